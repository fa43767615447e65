"""What a search page costs, beside an empty Django view on the same gunicorn.

    python -m tests.leistung.messen [--runden 4]

measures the database of DATABASE_URL as it is (`manage.py angebote_erzeugen` fills it).
Requests per second wander with whatever else the machine does; the CPU time of workers and
database per request does not. Rounds alternate, so that a disturbance hits both alike.
"""

import argparse
import http.client
import os
import random
import signal
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlencode

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.leistung.settings")

PORT = 8197
TICK = os.sysconf("SC_CLK_TCK")


def gunicorn() -> subprocess.Popen:
    # As it is deployed, in two workers.
    befehl = [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py"]
    befehl += ["--workers", "2", "--bind", f"127.0.0.1:{PORT}", "tests.leistung.wsgi"]
    return subprocess.Popen(befehl)


def prozesse(gunicorn_pid: int, *, mit_datenbank: bool = True) -> list[int]:
    """The workers, and the servers of PostgreSQL they talk to."""
    datenbank = f" {os.environ.get('DATABASE_URL', '').rpartition('/')[2]} "
    pids = []
    for ordner in Path("/proc").glob("[0-9]*"):
        try:
            stat = (ordner / "stat").read_text().rpartition(")")[2].split()
            befehl = (ordner / "cmdline").read_text()
        except OSError:
            continue
        if int(stat[1]) == gunicorn_pid or (
            mit_datenbank and befehl.startswith("postgres: ") and datenbank in befehl
        ):
            pids.append(int(ordner.name))
    return pids


def cpu(pids: list[int]) -> float:
    """Seconds of CPU these processes have used."""
    ticks = 0
    for pid in pids:
        try:
            felder = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        ticks += int(felder[11]) + int(felder[12])
    return ticks / TICK


def speicher(pids: list[int]) -> float:
    """MB of the largest of them."""
    groesste = 0
    for pid in pids:
        for zeile in Path(f"/proc/{pid}/status").read_text().splitlines():
            if zeile.startswith("VmRSS"):
                groesste = max(groesste, int(zeile.split()[1]))
    return groesste / 1024


class Anfragen:
    """Addresses like those visitors ask for: a word, and up to three filters."""

    def __init__(self, woerter: list[str], codes: dict[str, list[str]]) -> None:
        self.zufall = random.Random(5)  # noqa: S311
        self.woerter, self.codes = woerter, codes

    def __iter__(self) -> Iterator[str]:
        while True:
            query = [("q", self.zufall.choice(self.woerter))]
            for name in self.zufall.sample(sorted(self.codes), self.zufall.randint(1, 3)):
                query.append((name, self.zufall.choice(self.codes[name])))
            yield f"/angebote/?{urlencode(query)}"


def lade(adressen: Iterator[str], anzahl: int, verbindungen: int = 4) -> list[float]:
    """Asks for so many pages over some connections; milliseconds of each."""
    zeiten: list[float] = []
    schloss = threading.Lock()

    def frage() -> None:
        verbindung = http.client.HTTPConnection("127.0.0.1", PORT, timeout=30)
        for _ in range(anzahl // verbindungen):
            with schloss:
                adresse = next(adressen)
            beginn = time.perf_counter()
            verbindung.request("GET", adresse)
            antwort = verbindung.getresponse()
            antwort.read()
            if antwort.status != 200:
                raise RuntimeError(f"{antwort.status} {adresse}")
            zeiten.append((time.perf_counter() - beginn) * 1000)

    faeden = [threading.Thread(target=frage) for _ in range(verbindungen)]
    for faden in faeden:
        faden.start()
    for faden in faeden:
        faden.join()
    return zeiten


def runde(gunicorn_pid: int, adressen: Iterator[str], anzahl: int) -> tuple[float, list[float]]:
    """CPU milliseconds per request, and how long each took."""
    pids = prozesse(gunicorn_pid)
    vorher = cpu(pids)
    zeiten = lade(adressen, anzahl)
    return (cpu(pids) - vorher) / len(zeiten) * 1000, zeiten


def immer(adresse: str) -> Iterator[str]:
    while True:
        yield adresse


def messe(runden: int, woerter: list[str], codes: dict, sage: Callable[[str], None]) -> None:
    server = gunicorn()
    try:
        _warte()
        suchen = iter(Anfragen(woerter, codes))
        for _ in range(4):
            lade(suchen, 400)
        verhaeltnisse, alle = [], []
        for nummer in range(1, runden + 1):
            leer, _ = runde(server.pid, immer("/leer/"), 2000)
            mit, _ = runde(server.pid, immer("/leer/mit-schichten/"), 1000)
            suche, zeiten = runde(server.pid, suchen, 800)
            verhaeltnisse.append((leer / suche, mit / suche))
            alle += zeiten
            sage(
                f"Runde {nummer}, CPU je Anfrage: leer {leer:.3f} ms, leer mit Middleware "
                f"{mit:.3f} ms, Suche {suche:.3f} ms"
            )
        alle.sort()
        for name, werte in zip(
            ("leer", "leer mit Middleware"), zip(*verhaeltnisse, strict=True), strict=True
        ):
            sage(
                f"Verhältnis zu „{name}“: {statistics.median(werte):.3f} "
                f"({min(werte):.3f} bis {max(werte):.3f})"
            )
        sage(
            f"Antwort p50 {alle[len(alle) // 2]:.1f} ms, p99 {alle[len(alle) * 99 // 100]:.1f} ms; "
            f"größter Worker {speicher(prozesse(server.pid, mit_datenbank=False)):.0f} MB"
        )
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait()


def _warte() -> None:
    for _ in range(100):
        try:
            socket.create_connection(("127.0.0.1", PORT), timeout=1).close()
            return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError("gunicorn does not answer")


def worte_messen(woerter: list[str], sage: Callable[[str], None]) -> None:
    """New words as the engine sees them: the dearest one, and the same again."""
    from angebote.suche import aktuelles_werk

    werk, _ = aktuelles_werk()
    neu, wieder = {}, []
    # The best of three, because other programs take the processor away.
    for _ in range(3):
        werk.gemerkt.clear()
        for wort in woerter:
            dauer = _dauer(lambda wort=wort: aktuelles_werk(wort))
            neu[wort] = min(dauer, neu.get(wort, dauer))
            wieder.append(_dauer(lambda wort=wort: aktuelles_werk(wort)))
    teuerstes = max(neu, key=neu.get)
    sage(
        f"{werk.stand.alle.bit_count()} Angebote. Neues Wort: Median {statistics.median(neu.values()):.1f} ms, "
        f"teuerstes „{teuerstes}“ {neu[teuerstes]:.1f} ms; noch einmal {statistics.median(wieder):.2f} ms"
    )


def _dauer(tu: Callable) -> float:
    """Milliseconds."""
    beginn = time.perf_counter()
    tu()
    return (time.perf_counter() - beginn) * 1000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runden", type=int, default=4)
    runden = parser.parse_args().runden

    import django

    django.setup()
    from django.http import QueryDict

    from angebote.filters import AngebotFilter
    from angebote.models import Suchvokabel

    vokabeln = Suchvokabel.objects.order_by("-anzahl").values_list("wort", flat=True)
    woerter = list(vokabeln[:400])
    felder = AngebotFilter(QueryDict()).felder
    namen = ("phase", "feld", "zielgruppe", "sprache", "kommune", "kosten", "zugang")
    codes = {name: [code for code, _ in felder[name].choices] for name in namen}

    def sage(text: str) -> None:
        sys.stdout.write(f"{text}\n")
        sys.stdout.flush()

    worte_messen(woerter, sage)
    # So many different words come again soon enough to be remembered.
    messe(runden, woerter[:120], codes, sage)


if __name__ == "__main__":
    main()
