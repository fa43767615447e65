"""A mail server for tests: it speaks SMTP, keeps what it accepts and refuses on demand."""

import socketserver
import threading
from collections import Counter
from collections.abc import Callable
from email import message_from_bytes, policy
from email.message import EmailMessage


class Gespraech(socketserver.StreamRequestHandler):
    """One connection; just enough of RFC 5321 for smtplib."""

    def handle(self) -> None:
        self.sage("220 postamt")
        while befehl := self.rfile.readline().decode().strip():
            wort = befehl[:4].upper()
            if wort == "QUIT":
                return self.sage("221 auf Wiedersehen")
            if wort == "RCPT":
                adresse = befehl.partition("<")[2].partition(">")[0]
                self.sage(self.server.absagen.get(adresse, "250 ok"))
            elif wort == "DATA":
                self.annehmen()
            else:
                self.sage("250 ok")

    def annehmen(self) -> None:
        self.sage("354 bitte")
        zeilen = []
        while (zeile := self.rfile.readline()) not in (b".\r\n", b""):
            zeilen.append(zeile.removeprefix(b".") if zeile.startswith(b"..") else zeile)
        self.server.empfangen.append(
            message_from_bytes(b"".join(zeilen), policy=policy.default)
        )
        self.server.nach_annahme()
        self.sage(self.server.nach_daten)

    def sage(self, antwort: str) -> None:
        self.wfile.write(f"{antwort}\r\n".encode())


class Postamt(socketserver.ThreadingTCPServer):
    """Use as a context manager; listens on a free port of this machine."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Gespraech)
        self.empfangen: list[EmailMessage] = []
        self.absagen: dict[str, str] = {}
        self.nach_daten = "250 angenommen"
        self.nach_annahme: Callable[[], None] = lambda: None

    def __enter__(self) -> "Postamt":
        threading.Thread(target=self.serve_forever, args=[0.05], daemon=True).start()
        return self

    def __exit__(self, *fehler) -> None:
        self.shutdown()
        self.server_close()

    def handle_error(self, request, client_address) -> None:
        """A worker that was killed hangs up in the middle of a sentence."""

    @property
    def port(self) -> int:
        return self.server_address[1]

    @property
    def exemplare(self) -> Counter:
        """How many copies arrived of each Message-ID."""
        return Counter(nachricht["Message-ID"] for nachricht in self.empfangen)
