"""The portal as in production, on a stage of its own: PostgreSQL, gunicorn, worker, mail server.

Everything lives in one temporary folder and is gone afterwards. PostgreSQL keeps its
durable settings: what was acknowledged must survive a crash.
"""

import asyncio
import contextlib
import email
import email.policy
import os
import pwd
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path

from tests.run import server_programs

HOST = "portal.example.org"
LINK = re.compile(r"https://\S+?(/meine-anmeldung/\S+/\S+/)")


def freier_port() -> int:
    with socket.socket() as horcher:
        horcher.bind(("127.0.0.1", 0))
        return horcher.getsockname()[1]


class Datenbank:
    def __init__(self, ordner: Path) -> None:
        self.ordner, self.programme = ordner / "pg", server_programs()
        self.ordner.mkdir()
        self.optionen: dict = {"cwd": self.ordner, "stdout": subprocess.DEVNULL}
        if os.geteuid() == 0:  # the server refuses to run as root
            konto = pwd.getpwnam("postgres")
            ordner.chmod(0o755)
            os.chown(self.ordner, konto.pw_uid, konto.pw_gid)
            self.optionen |= {"user": konto.pw_uid, "group": konto.pw_gid, "extra_groups": []}
        self.url = f"postgres://postgres@/{self.ordner}/portal"
        self.daten, self.log = self.ordner / "data", self.ordner / "log"
        self._ruf("initdb", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
        self.schalter = f"-k {self.ordner} -c listen_addresses= -c max_connections=60"
        self.starten()
        anlegen = [self.programme / "createdb", "-h", self.ordner, "-U", "postgres", "portal"]
        subprocess.run(anlegen, check=True)

    def starten(self) -> None:
        self._ruf("pg_ctl", "-l", self.log, "-w", "-o", self.schalter, "start")

    @property
    def pid(self) -> int:
        return int((self.daten / "postmaster.pid").read_text().splitlines()[0])

    def abstuerzen(self) -> None:
        """As after a power cut of the process: no shutdown, recovery at the next start."""
        self._ruf("pg_ctl", "-m", "immediate", "-w", "stop")
        self.starten()

    def schliessen(self) -> None:
        with contextlib.suppress(subprocess.CalledProcessError):
            self._ruf("pg_ctl", "-m", "immediate", "stop")

    def _ruf(self, programm: str, *argumente) -> None:
        befehl = [self.programme / programm, "-D", self.daten, *argumente]
        subprocess.run(befehl, check=True, **self.optionen)


class Postfach:
    """A mail server that accepts everything and remembers each Message-ID."""

    def __init__(self) -> None:
        self.port = freier_port()
        self.message_ids: list[str] = []
        self.links: dict[str, str] = {}
        self._da: dict[str, asyncio.Event] = defaultdict(asyncio.Event)

    async def oeffnen(self) -> None:
        self.server = await asyncio.start_server(self._gespraech, "127.0.0.1", self.port)

    async def link_an(self, adresse: str) -> str:
        """The path of the link in the first mail to this address."""
        await self._da[adresse].wait()
        return self.links[adresse]

    async def _gespraech(self, leser, schreiber) -> None:
        with contextlib.suppress(
            ConnectionError, EOFError, asyncio.CancelledError
        ):  # it was killed
            await self._antworten(leser, schreiber)
        schreiber.close()

    async def _antworten(self, leser, schreiber) -> None:
        schreiber.write(b"220 sink\r\n")
        while zeile := await leser.readline():
            match zeile[:4].upper():
                case b"DATA":
                    schreiber.write(b"354 go on\r\n")
                    self._lesen(await leser.readuntil(b"\r\n.\r\n"))
                    schreiber.write(b"250 taken\r\n")
                case b"QUIT":
                    break
                case _:
                    schreiber.write(b"250 ok\r\n")

    def _lesen(self, roh: bytes) -> None:
        mail = email.message_from_bytes(roh[:-5], policy=email.policy.default)
        self.message_ids.append(mail["Message-ID"].strip())
        if gefunden := LINK.search(mail.get_body().get_content()):
            self.links.setdefault(mail["To"], gefunden[1])
            self._da[mail["To"]].set()


class Buehne:
    """Starts everything, knows what may be killed, and cleans up."""

    def __init__(self) -> None:
        # Whoever stops us by a signal gets the same clean stage as at the end.
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
        self.ordner = Path(tempfile.mkdtemp(prefix="portal-leistung-"))
        self.datenbank = Datenbank(self.ordner)
        self.postfach, self.port = Postfach(), freier_port()
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "praeventionsketten.settings",
            "PORTAL_MODUS": "produktion",
            "SECRET_KEY": "nothing secret: this portal lives for a minute and knows nobody",
            "BASIS_URL": f"https://{HOST}",
            "ALLOWED_HOSTS": HOST,
            "DATABASE_URL": self.datenbank.url,
            "EMAIL_URL": f"smtp://127.0.0.1:{self.postfach.port}",
            "ABSENDER": f"Portal <post@{HOST}>",
            "HINTER_PROXY": "1",
            "VAR_DIR": str(self.ordner),
            "WEB_CONCURRENCY": "2",
        }
        for befehl in (["migrate", "-v0"], ["collectstatic", "-v0", "--noinput"]):
            subprocess.run([sys.executable, "manage.py", *befehl], check=True)
        self.web = self._starte(
            "-m", "gunicorn", "-c", "deploy/gunicorn.conf.py", "-b", f"127.0.0.1:{self.port}",
            "praeventionsketten.wsgi",
        )  # fmt: skip
        self._warten()
        self.arbeiter: subprocess.Popen | None = None

    def _warten(self) -> None:
        """Until gunicorn listens."""
        for _ in range(600):
            with socket.socket() as frage:
                if frage.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.1)
        raise RuntimeError((self.ordner / "prozesse.log").read_text())

    def arbeiter_starten(self) -> None:
        """The worker, again whenever it is gone: what systemd does in production."""
        if self.arbeiter is None or self.arbeiter.poll() is not None:
            self.arbeiter = self._starte("manage.py", "jobs", "--loop", "--pause", "0.2")

    def webprozesse(self) -> list[int]:
        kinder = Path(f"/proc/{self.web.pid}/task/{self.web.pid}/children").read_text()
        return [int(pid) for pid in kinder.split()]

    def schliessen(self) -> None:
        for prozess in (self.web, self.arbeiter):
            if prozess and prozess.poll() is None:
                prozess.terminate()
                with contextlib.suppress(subprocess.TimeoutExpired):
                    prozess.wait(10)
                prozess.kill()
        self.datenbank.schliessen()
        shutil.rmtree(self.ordner, ignore_errors=True)

    def _starte(self, *argumente: str) -> subprocess.Popen:
        with (self.ordner / "prozesse.log").open("ab") as log:
            return subprocess.Popen([sys.executable, *argumente], stdout=log, stderr=log)


def erschiessen(pid: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
