"""Two workers, one directory: what one publishes, both answer with at the next request."""

import contextlib
import http.client
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client

from praeventionsketten import rollen
from tests.factories import make_angebot, make_landesprogramm
from tests.verwaltung.formulare import Leser
from tests.verwaltung.welt import make_mitglied


def datenbank() -> str:
    """The address of the test's own database, for another process."""
    s = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{s['NAME']}"
    zugang = f"{s['USER']}:{s['PASSWORD']}" if s["PASSWORD"] else s["USER"]
    ort = f"/{s['HOST']}" if s["HOST"].startswith("/") else f"{s['HOST']}:{s['PORT'] or 5432}"
    return f"postgres://{zugang}@{ort}/{s['NAME']}"


@contextlib.contextmanager
def worker() -> Iterator[int]:
    """One gunicorn worker; yields its port."""
    with socket.socket() as frei:
        frei.bind(("127.0.0.1", 0))
        port = frei.getsockname()[1]
    befehl = [sys.executable, "-m", "gunicorn", "praeventionsketten.wsgi", "--workers", "1"]
    befehl += ["--bind", f"127.0.0.1:{port}", "--no-control-socket", "--log-level", "error"]
    umgebung = os.environ | {
        "DATABASE_URL": datenbank(),
        "DJANGO_SETTINGS_MODULE": "tests.settings",
    }
    prozess = subprocess.Popen(befehl, env=umgebung)
    try:
        warte(port)
        yield port
    finally:
        prozess.terminate()
        prozess.wait()


def warte(port: int) -> None:
    for _ in range(300):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.1)
    raise TimeoutError("gunicorn does not answer")


def frage(port: int, adresse: str, keks: str = "", daten: dict | None = None):
    """(status, cookies, text)"""
    verbindung = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    kopf = {"Cookie": keks} | (
        {"Content-Type": "application/x-www-form-urlencoded"} if daten else {}
    )
    rumpf = urlencode(daten, doseq=True) if daten else None
    verbindung.request("POST" if daten else "GET", adresse, rumpf, kopf)
    antwort = verbindung.getresponse()
    kekse = [zeile.partition(";")[0] for zeile in antwort.msg.get_all("Set-Cookie", [])]
    return antwort.status, kekse, antwort.read().decode()


def ohne_marken(html: str) -> str:
    return re.sub("</?mark>", "", html)


def veroeffentliche(port: int, pk: int, titel: str, keks: str) -> None:
    """In the admin, as the Redaktion does it."""
    adresse = f"/verwaltung/angebote/angebot/{pk}/change/"
    _, kekse, html = frage(port, adresse, keks)
    formular = Leser("angebot_form")
    formular.feed(html)
    daten = formular.daten | {"titel": titel, "status": "veroeffentlicht"}
    status, _, html = frage(port, adresse, "; ".join([keks, *kekse]), daten)
    assert status == 302, html


@pytest.mark.django_db(transaction=True)
def test_what_one_worker_publishes_both_find_at_the_next_request():
    rollen.einrichten()
    make_landesprogramm()
    client = Client()
    client.force_login(make_mitglied(rollen.REDAKTION))
    keks = f"sessionid={client.cookies['sessionid'].value}"
    make_angebot(titel="Hebamme")
    entwurf = make_angebot(titel="Neues", status="entwurf")

    with worker() as einer, worker() as anderer:
        for port in (einer, anderer):
            assert "Trommelkurs" not in frage(port, "/angebote/")[2]
            assert "1 Angebot<" in frage(port, "/angebote/")[2]

        veroeffentliche(einer, entwurf.pk, "Trommelkurs", keks)
        listen = [frage(port, "/angebote/?q=Trommel")[2] for port in (einer, anderer)]
        suchen = [frage(port, "/suche/?q=Trommel")[2] for port in (einer, anderer)]
        veroeffentliche(anderer, entwurf.pk, "Singkreis", keks)
        danach = [frage(port, "/angebote/?q=Trommel")[2] for port in (einer, anderer)]

    assert all("Trommelkurs" in ohne_marken(html) for html in [*listen, *suchen])
    assert not any("Trommelkurs" in ohne_marken(html) for html in danach)
