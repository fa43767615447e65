"""A website on this machine, for tests that would otherwise ask a stranger's."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class FremdeSeite(ThreadingHTTPServer):
    """Answers `antworten[(method, path)]`, a status and perhaps where to go; else 404."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Antwort)
        self.antworten: dict[tuple[str, str], tuple[int, str]] = {}
        self.gefragt: list[tuple[str, str]] = []

    @property
    def adresse(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def erlaubt(self, ip: str, port: int) -> bool:
        """Only this server, so that a test reaches no other."""
        return (ip, port) == ("127.0.0.1", self.server_port)


class _Antwort(BaseHTTPRequestHandler):
    def antworte(self) -> None:
        frage = (self.command, self.path)
        self.server.gefragt.append(frage)
        status, wohin = self.server.antworten.get(frage, (404, ""))
        self.send_response(status)
        if wohin:
            self.send_header("Location", wohin)
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_HEAD = do_GET = antworte

    def log_message(self, *args) -> None:
        pass


@contextmanager
def fremde_seite() -> Iterator[FremdeSeite]:
    with FremdeSeite() as server:
        faden = threading.Thread(target=server.serve_forever, daemon=True)
        faden.start()
        try:
            yield server
        finally:
            server.shutdown()
            faden.join()
