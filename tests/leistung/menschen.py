"""People before the portal: a small browser over one connection, and what they do with it."""

import asyncio
import html
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlencode

from .buehne import HOST

FELD = re.compile(r'name="(csrfmiddlewaretoken|schluessel)" value="([^"]+)"')
RADIO = re.compile(r'<input type="radio" name="(durchgang_\d+)" value="(\d+)"')
GEDULD = 120  # seconds somebody tries again before she gives up


class Abgewiesen(Exception):
    """An answer that is not the expected one; the same again may help."""


@dataclass
class Zeiten:
    """How long each answered request took, and what was not answered."""

    je_art: dict[str, list[float]] = field(default_factory=dict)
    fehler: list[str] = field(default_factory=list)

    def merke(self, art: str, dauer: float) -> None:
        self.je_art.setdefault(art, []).append(dauer)


@dataclass
class Browser:
    port: int
    zeiten: Zeiten
    cookies: dict[str, str] = field(default_factory=dict)
    leser: asyncio.StreamReader | None = None
    schreiber: asyncio.StreamWriter | None = None

    async def holen(self, pfad: str, art: str, erwartet: int = 200) -> tuple[dict, str]:
        return await self._frage(art, erwartet, "GET", pfad, b"")

    async def senden(self, pfad: str, art: str, daten: dict) -> tuple[dict, str]:
        """A form; every form of the portal answers a success with a redirect."""
        return await self._frage(art, 302, "POST", pfad, urlencode(daten).encode())

    async def verbinden(self) -> None:
        if self.schreiber is None or self.schreiber.is_closing() or self.leser.at_eof():
            self.leser, self.schreiber = await asyncio.open_connection("127.0.0.1", self.port)

    def trennen(self) -> None:
        if self.schreiber is not None:
            self.schreiber.close()
            self.schreiber = None

    async def _frage(self, art, erwartet, methode, pfad, rumpf) -> tuple[dict, str]:
        beginn = time.perf_counter()
        try:
            await self.verbinden()
            self.schreiber.write(self._kopf(methode, pfad, rumpf) + rumpf)
            await self.schreiber.drain()
            status, kopf, inhalt = await self._antwort()
        except (OSError, EOFError, ValueError) as fehler:
            self.trennen()
            raise Abgewiesen(f"{art}: {type(fehler).__name__}") from fehler
        if kopf.get("connection") == "close":
            self.trennen()
        if status != erwartet:
            raise Abgewiesen(f"{art}: {status}")
        self.zeiten.merke(art, time.perf_counter() - beginn)
        return kopf, inhalt

    def _kopf(self, methode: str, pfad: str, rumpf: bytes) -> bytes:
        zeilen = [
            f"{methode} {pfad} HTTP/1.1",
            f"Host: {HOST}",
            "X-Forwarded-Proto: https",
            f"Referer: https://{HOST}{pfad}",
            "Cookie: " + "; ".join(f"{name}={wert}" for name, wert in self.cookies.items()),
        ]
        if rumpf:
            zeilen.append("Content-Type: application/x-www-form-urlencoded")
            zeilen.append(f"Content-Length: {len(rumpf)}")
        return "\r\n".join([*zeilen, "", ""]).encode()

    async def _antwort(self) -> tuple[int, dict, str]:
        roh = (await self.leser.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        kopf: dict[str, str] = {}
        for name, _, wert in (zeile.partition(": ") for zeile in roh[1:] if zeile):
            if name.lower() == "set-cookie":
                cookie, _, inhalt = wert.partition(";")[0].partition("=")
                self.cookies[cookie] = inhalt
            kopf[name.lower()] = wert
        inhalt = await self.leser.readexactly(int(kopf["content-length"]))
        return int(roh[0].split()[1]), kopf, inhalt.decode()


@dataclass
class Mensch:
    """One person: what she wants, and what the portal acknowledged to her."""

    nummer: int
    pfad: str  # of the registration form
    browser: Browser
    bestaetigt: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        return f"Mensch {self.nummer}"

    @property
    def email(self) -> str:
        return f"mensch{self.nummer}@example.org"

    async def formular(self) -> dict:
        """The form as filled in by this person: two different Fachforen."""
        _, seite = await self.browser.holen(self.pfad, "GET Formular")
        daten = {name: html.unescape(wert) for name, wert in FELD.findall(seite)}
        daten |= {"name": self.name, "email": self.email}
        je_durchgang: dict[str, list[str]] = {}
        for durchgang, forum in RADIO.findall(seite):
            je_durchgang.setdefault(durchgang, []).append(forum)
        for stelle, (durchgang, foren) in enumerate(sorted(je_durchgang.items())):
            daten[durchgang] = foren[(self.nummer + stelle) % len(foren)]
        return daten

    async def anmelden(self, daten: dict) -> None:
        await self.browser.senden(self.pfad, "POST Anmeldung", daten)
        self.bestaetigt.append("angemeldet")

    async def antworten(self, link: str, *, absagen: bool) -> None:
        """Open the link of the mail, confirm or cancel by the button there."""
        kopf, _ = await self.browser.holen(link, "GET Link", 302)
        seite = kopf["location"] + ("absagen/" if absagen else "")
        _, inhalt = await self.browser.holen(seite, "GET Meine Anmeldung")
        knopf = {} if absagen else {"aktion": "bestaetigen"}
        daten = dict(FELD.findall(inhalt)) | knopf
        await self.browser.senden(seite, "POST Antwort", daten)
        self.bestaetigt.append("storniert" if absagen else "bestaetigt")


async def beharrlich(schritt, zeiten: Zeiten):
    """Do it again until it is acknowledged, as a person presses the button again."""
    ende = time.monotonic() + GEDULD
    for pause in _pausen():
        try:
            return await schritt()
        except Abgewiesen as fehler:
            zeiten.fehler.append(str(fehler))
            if time.monotonic() > ende:
                raise
        await asyncio.sleep(pause)


def _pausen() -> Iterator[float]:
    pause = 0.2
    while True:
        yield pause
        pause = min(pause * 1.5, 3)
