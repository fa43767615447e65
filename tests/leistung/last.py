"""Opening day: 2,000 people register for two Fachforen each, on gunicorn and PostgreSQL.

    python -m tests.leistung.last [--menschen 2000] [--zugleich 32] [--offen 1000]

Prints how long people waited, how many statements a registration costs, and the CPU of
workers, PostgreSQL and these clients apart: on one machine they share the cores. Beside it
runs the same transaction by hand, round after round in turn, because what a shared machine
does in a second wanders and a ratio does not.
"""

import argparse
import asyncio
import itertools
import re
import resource
import statistics
import sys
import time
from collections import Counter

from .buehne import Buehne
from .menschen import Abgewiesen, Browser, Mensch, Zeiten
from .messen import cpu, prozesse

RUNDEN = 8
PROBE = 96  # registrations without HTTP in each round
STATEMENT = re.compile(r"LOG:  (?:statement|execute [^:]*): (.*)")


async def einer(mensch: Mensch) -> None:
    """One person once; whoever is turned away counts as an error."""
    try:
        await mensch.anmelden(await mensch.formular())
        await mensch.browser.holen(f"{mensch.pfad}fertig/", "GET Danke")
    except Abgewiesen as fehler:
        mensch.browser.zeiten.fehler.append(str(fehler))
    mensch.browser.trennen()


async def gruppe(menschen, zugleich: int) -> float:
    """Seconds until the last of them is through, so many of them at the counter at once."""
    reihe = iter(menschen)

    async def schalter() -> None:
        for mensch in reihe:
            await einer(mensch)

    beginn = time.perf_counter()
    await asyncio.gather(*(schalter() for _ in range(zugleich)))
    return time.perf_counter() - beginn


async def alle_zugleich(menschen: list[Mensch]) -> float:
    """All connections are open before anybody asks for anything."""
    for mensch in menschen:
        await mensch.browser.verbinden()
    beginn = time.perf_counter()
    await asyncio.gather(*(einer(mensch) for mensch in menschen))
    return time.perf_counter() - beginn


def zaehle(buehne: Buehne, mensch: Mensch) -> list[str]:
    """Everything PostgreSQL is told during one POST: BEGIN, COMMIT and health check too."""
    from django.db import connection

    def protokolliere(wert: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"ALTER SYSTEM SET log_statement = '{wert}'")
            cursor.execute("SELECT pg_reload_conf()")
        time.sleep(0.5)

    async def lauf() -> str:
        daten = await mensch.formular()
        await asyncio.to_thread(protokolliere, "all")
        vorher = buehne.datenbank.log.stat().st_size
        await mensch.anmelden(daten)
        mensch.browser.trennen()
        with buehne.datenbank.log.open() as log:
            log.seek(vorher)
            return log.read()

    gefunden = STATEMENT.findall(asyncio.run(lauf()))
    protokolliere("none")
    return [s for s in gefunden if "pg_reload_conf" not in s and "log_statement" not in s]


def zeile(name: str, werte: list[float]) -> str:
    werte = sorted(werte)
    p99 = werte[min(len(werte) - 1, int(len(werte) * 0.99))]
    return f"  {name:18} {statistics.median(werte):6.3f} {p99:6.3f} {werte[-1]:6.3f}  ({len(werte)})"


class Messung:
    def __init__(self, buehne: Buehne, fachtag) -> None:
        self.buehne, self.fachtag = buehne, fachtag
        self.pfad = f"/veranstaltungen/{fachtag.slug}/anmelden/"
        self.nummern = itertools.count()
        asyncio.run(gruppe(self.menschen(40, Zeiten()), 8))  # every worker connects

    def menschen(self, anzahl: int, zeiten: Zeiten) -> list[Mensch]:
        return [
            Mensch(next(self.nummern), self.pfad, Browser(self.buehne.port, zeiten))
            for _ in range(anzahl)
        ]

    def andrang(self, anzahl: int, zugleich: int) -> Zeiten:
        """Registrations over HTTP, through plaetze and by hand, round after round."""
        from .vonhand import in_der_halle, von_hand

        zeiten, gesamt, gebraucht, raten = Zeiten(), 0.0, Counter(), []
        je_runde = anzahl // RUNDEN
        for _ in range(RUNDEN):
            vorher = self.verbrauch()
            dauer = asyncio.run(gruppe(self.menschen(je_runde, zeiten), zugleich))
            gesamt += dauer
            gebraucht.update(self.verbrauch() - vorher)
            andere = [PROBE / lauf(self.fachtag, PROBE) for lauf in (in_der_halle, von_hand)]
            raten.append([je_runde / dauer, *andere])
        fertig = je_runde * RUNDEN
        print(f"{fertig} registrations, {zugleich} at once: {gesamt:.1f} s,", end=" ")
        print(f"errors {len(zeiten.fehler)}")
        je_reise = (f"{wer} {1000 * wert / fertig:.1f}" for wer, wert in gebraucht.items())
        print(f"CPU ms per journey: {', '.join(je_reise)}")
        zeitentafel(zeiten)
        http, halle, hand = (statistics.median(s) for s in zip(*raten, strict=True))
        print(f"per second: by hand {hand:.0f}, plaetze {halle:.0f}, whole journeys {http:.0f}")
        plaetze = statistics.median(p / h for _, p, h in raten)
        reise = statistics.median(w / h for w, _, h in raten)
        print(f"ratio to the transaction by hand: plaetze {plaetze:.2f}, journey {reise:.2f}")
        return zeiten

    def verbrauch(self) -> Counter:
        """Seconds of CPU so far, by who spent them."""
        return Counter(
            workers=cpu(prozesse(self.buehne.web.pid, mit_datenbank=False)),
            PostgreSQL=cpu(prozesse(self.buehne.datenbank.pid, mit_datenbank=False)),
            clients=time.process_time(),
        )

    def offene(self, anzahl: int) -> Zeiten:
        zeiten = Zeiten()
        dauer = asyncio.run(alle_zugleich(self.menschen(anzahl, zeiten)))
        print(f"{anzahl} open connections: {dauer:.1f} s, errors {len(zeiten.fehler)}")
        zeitentafel(zeiten)
        return zeiten

    def statements(self) -> None:
        gefunden = zaehle(self.buehne, self.menschen(1, Zeiten())[0])
        rahmen = [s for s in gefunden if s in ("SELECT 1", "BEGIN", "COMMIT")]
        print(f"statements of a POST: {len(gefunden) - len(rahmen)}, and {', '.join(rahmen)}")
        for statement in gefunden:
            print(f"    {statement[:90]}")


def zeitentafel(zeiten: Zeiten) -> None:
    print("  seconds            median    p99    max")
    for art, werte in zeiten.je_art.items():
        print(zeile(art, werte))
    for fehler, anzahl in sorted(Counter(zeiten.fehler).items()):
        print(f"  {anzahl} x {fehler}")


def main() -> int:
    frage = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    frage.add_argument("--menschen", type=int, default=2000)
    frage.add_argument("--zugleich", type=int, default=32)
    frage.add_argument("--offen", type=int, default=1000)
    wahl = frage.parse_args()
    resource.setrlimit(
        resource.RLIMIT_NOFILE, (8192, resource.getrlimit(resource.RLIMIT_NOFILE)[1])
    )
    buehne = Buehne()
    try:
        import django

        django.setup()
        from tests.factories import make_fachtag, make_landesprogramm

        make_landesprogramm()
        fachtag = make_fachtag(foren=4, je_forum=100, plaetze=50_000, in_tagen=60)
        messung = Messung(buehne, fachtag)
        messung.statements()
        zeiten = messung.andrang(wahl.menschen, wahl.zugleich)
        offen = messung.offene(wahl.offen)
        return int(bool(zeiten.fehler or offen.fehler))
    finally:
        buehne.schliessen()


if __name__ == "__main__":
    sys.exit(main())
