"""Asks a page of somebody else whether it is there, and nothing behind our own door.

Whoever may write an address into an entry could point it at our own network. So the name
is looked up here, every address it has must be public, and the connection goes to one of
these: what the name says a moment later changes nothing. A redirect is asked the same.
"""

import contextlib
import http.client
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit, urlunsplit

from django.utils.encoding import iri_to_uri

from .adresse import absolut

SEKUNDEN = 8  # for each step of a conversation
HOECHSTENS_SEKUNDEN = 30  # for all of it, however slowly the letters drip
UMLEITUNGEN = 5
PORTS = {"http": 80, "https": 443}
UMGELEITET = {301, 302, 303, 307, 308}
# Somebody is at home and opens to people, but not to a programme, or not right now.
IST_DA = {401, 403, 405, 406, 429}
# IPv6 that carries an IPv4 address inside, which may be one of ours.
UEBERSETZT = [ipaddress.ip_network(n) for n in ("64:ff9b::/96", "2002::/16", "2001::/32")]

Erlaubt = Callable[[str, int], bool]


class Verboten(ValueError):
    """An address nobody asks from here."""


class Ziel(NamedTuple):
    schema: str
    host: str
    port: int
    pfad: str


def ist_oeffentlich(ip: str, port: int) -> bool:
    """Whether a website of the public may stand there."""
    adresse = ipaddress.ip_address(ip)
    if adresse.version == 6 and (
        adresse.ipv4_mapped or any(adresse in netz for netz in UEBERSETZT)
    ):
        return False
    return port in PORTS.values() and adresse.is_global and not adresse.is_multicast


def antwortet(adresse: str, erlaubt: Erlaubt = ist_oeffentlich) -> bool:
    """Whether a page is there; some answer only to GET. Takes no more than its head."""
    bis = time.monotonic() + HOECHSTENS_SEKUNDEN
    return any(_ist_da(methode, adresse, erlaubt, bis) for methode in ("HEAD", "GET"))


def _ist_da(methode: str, adresse: str, erlaubt: Erlaubt, bis: float) -> bool:
    try:
        for _ in range(UMLEITUNGEN + 1):
            status, weiter = _frage(methode, _ziel(adresse), erlaubt, bis)
            if status not in UMGELEITET or not weiter:
                return status < 400 or (methode == "GET" and status in IST_DA)
            adresse = urljoin(adresse, weiter)
    except (OSError, http.client.HTTPException, ValueError):
        return False
    return False


def _ziel(adresse: str) -> Ziel:
    teile = urlsplit(adresse)
    if teile.scheme not in PORTS or not teile.hostname or "@" in teile.netloc:
        raise Verboten(adresse)
    host = teile.hostname.encode("idna").decode()
    pfad = iri_to_uri(urlunsplit(("", "", teile.path or "/", teile.query, "")))
    return Ziel(teile.scheme, host, teile.port or PORTS[teile.scheme], pfad)


def _frage(methode: str, ziel: Ziel, erlaubt: Erlaubt, bis: float) -> tuple[int, str]:
    """Status and Location."""
    with _verbunden(ziel, erlaubt, bis) as leitung:
        sicher = ziel.schema == "https"
        art = http.client.HTTPSConnection if sicher else http.client.HTTPConnection
        verbindung = art(ziel.host, ziel.port)
        # With a line of its own it looks up no name again.
        verbindung.sock = leitung
        wer = f"Praeventionsketten-Linkpruefung (+{absolut('/')})"
        verbindung.request(methode, ziel.pfad, headers={"User-Agent": wer, "Accept": "*/*"})
        antwort = verbindung.getresponse()
        return antwort.status, antwort.headers.get("Location", "")


@contextlib.contextmanager
def _verbunden(ziel: Ziel, erlaubt: Erlaubt, bis: float) -> Iterator[socket.socket]:
    """A line to one of its addresses, cut off when time is up."""
    leitung = _leitung(ziel, erlaubt, bis)
    if ziel.schema == "https":
        leitung = ssl.create_default_context().wrap_socket(
            leitung, server_hostname=ziel.host, do_handshake_on_connect=False
        )
    wecker = threading.Timer(bis - time.monotonic(), _trenne, [leitung])
    wecker.daemon = True
    wecker.start()
    try:
        if ziel.schema == "https":
            leitung.do_handshake()
        yield leitung
    finally:
        wecker.cancel()
        leitung.close()


def _leitung(ziel: Ziel, erlaubt: Erlaubt, bis: float) -> socket.socket:
    gefunden = socket.getaddrinfo(ziel.host, ziel.port, type=socket.SOCK_STREAM)
    ips = list(dict.fromkeys(stelle[0] for *_, stelle in gefunden))
    if not ips or not all(erlaubt(ip, ziel.port) for ip in ips):
        raise Verboten(ziel.host)
    if time.monotonic() >= bis:
        raise TimeoutError
    # A machine without IPv6 still finds those that have it.
    ip = next((ip for ip in ips if ":" not in ip), ips[0])
    return socket.create_connection((ip, ziel.port), timeout=SEKUNDEN)


def _trenne(leitung: socket.socket) -> None:
    with contextlib.suppress(OSError):
        leitung.shutdown(socket.SHUT_RDWR)
