"""A storm: people register, confirm and cancel while processes are killed at random.

    python -m tests.leistung.sturm [--menschen 150] [--samen 4]

Ends with a ledger that holds what was acknowledged against what is stored; each line of it
must be 0, or the exit code is 1.
"""

import argparse
import asyncio
import contextlib
import random
import sys
import time
from collections import Counter

from asgiref.sync import sync_to_async
from django.db import OperationalError, close_old_connections, connection

from .buehne import Buehne, erschiessen
from .menschen import Abgewiesen, Browser, Mensch, Zeiten, beharrlich

HOECHSTENS = 30  # kills; then those who are left get their peace
ABSTAND = (1.5, 4.0)  # seconds between two kills: long enough for the worker to start


async def leben(mensch: Mensch, buehne: Buehne, zufall: random.Random) -> None:
    """One person from the form to the end; patient, as somebody who wants a seat is."""
    zeiten = mensch.browser.zeiten
    bestaetigt, sagt_ab = zufall.random() < 0.8, zufall.random() < 0.3
    await asyncio.sleep(zufall.uniform(0, 3))
    daten = await beharrlich(mensch.formular, zeiten)
    await beharrlich(lambda: mensch.anmelden(daten), zeiten)
    if bestaetigt or sagt_ab:
        link = await buehne.postfach.link_an(mensch.email)
    if bestaetigt:
        await beharrlich(lambda: mensch.antworten(link, absagen=False), zeiten)
    if sagt_ab:
        await beharrlich(lambda: mensch.antworten(link, absagen=True), zeiten)
    mensch.browser.trennen()


async def toeten(buehne: Buehne, zufall: random.Random, getoetet: Counter) -> None:
    """At random moments the web, the worker or the whole database; until cancelled."""
    while getoetet.total() < HOECHSTENS:
        await asyncio.sleep(zufall.uniform(*ABSTAND))
        was = zufall.choices(["web", "worker", "database"], [5, 3, 2])[0]
        getoetet[was] += 1
        match was:
            case "web" if pids := buehne.webprozesse():
                erschiessen(zufall.choice(pids))
            case "worker":
                erschiessen(buehne.arbeiter.pid)
                await asyncio.to_thread(buehne.arbeiter.wait)
            case "database":
                await asyncio.to_thread(buehne.datenbank.abstuerzen)


async def waechter(buehne: Buehne) -> None:
    """Restarts the worker two seconds after it is gone, like deploy/portal-jobs.service.

    What a dead worker had claimed is free again at once, not after five minutes: the only
    thing here that is faster than life.
    """
    while True:
        if buehne.arbeiter.poll() is not None:
            await asyncio.sleep(2)
            with contextlib.suppress(OperationalError):
                await sync_to_async(frei_geben)()
                buehne.arbeiter_starten()
        await asyncio.sleep(0.1)


def frei_geben() -> None:
    close_old_connections()
    from praeventionsketten.models import Mail

    Mail.objects.filter(status=Mail.Status.NEU).update(lease_bis=None)


def wartende_mails() -> int:
    close_old_connections()
    from praeventionsketten.models import Mail

    return Mail.objects.filter(status=Mail.Status.NEU).count()


async def ausliefern() -> None:
    """Waits until the outbox is empty."""
    ende = time.monotonic() + 120
    while time.monotonic() < ende and await sync_to_async(wartende_mails)():
        await asyncio.sleep(0.5)


async def sturm(buehne: Buehne, fachtag, anzahl: int, samen: int) -> tuple:
    zufall, getoetet, zeiten = random.Random(samen), Counter(), Zeiten()  # noqa: S311
    await buehne.postfach.oeffnen()
    buehne.arbeiter_starten()
    pfad = f"/veranstaltungen/{fachtag.slug}/anmelden/"
    menschen = [Mensch(n, pfad, Browser(buehne.port, zeiten)) for n in range(anzahl)]
    moerder = asyncio.create_task(toeten(buehne, zufall, getoetet))
    wache = asyncio.create_task(waechter(buehne))
    laeufe = [leben(m, buehne, random.Random(samen + m.nummer)) for m in menschen]  # noqa: S311
    enden = await asyncio.gather(*laeufe, return_exceptions=True)
    moerder.cancel()
    await asyncio.gather(moerder, return_exceptions=True)
    await ausliefern()
    wache.cancel()
    if fremde := [e for e in enden if e and not isinstance(e, Abgewiesen)]:
        raise fremde[0]
    return menschen, getoetet, zeiten, sum(isinstance(e, Abgewiesen) for e in enden)


def main() -> int:
    frage = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    frage.add_argument("--menschen", type=int, default=150)
    frage.add_argument("--samen", type=int, default=4)
    wahl = frage.parse_args()
    buehne = Buehne()
    try:
        import django

        django.setup()
        from tests.factories import make_fachtag, make_landesprogramm

        make_landesprogramm()
        haus = wahl.menschen * 2 // 3
        fachtag = make_fachtag(foren=3, je_forum=haus // 4, plaetze=haus, in_tagen=60)
        ergebnis = asyncio.run(sturm(buehne, fachtag, wahl.menschen, wahl.samen))
        return berichten(fachtag, buehne, *ergebnis)
    finally:
        buehne.schliessen()


def berichten(fachtag, buehne: Buehne, menschen, getoetet, zeiten, aufgegeben) -> int:
    from .rechnung import rechnung

    connection.close()  # it is older than the crashes

    print(f"people {len(menschen)}, gave up {aufgegeben}")
    print("killed: " + ", ".join(f"{was} {n}" for was, n in sorted(getoetet.items())))
    antworten = Counter(antwort for m in menschen for antwort in m.bestaetigt)
    print("acknowledged: " + ", ".join(f"{a} {n}" for a, n in sorted(antworten.items())))
    print("turned away and tried again:")
    for fehler, anzahl in sorted(Counter(zeiten.fehler).items()):
        print(f"  {anzahl:5} {fehler}")
    doppelt = len(buehne.postfach.message_ids) - len(set(buehne.postfach.message_ids))
    print(f"mails {len(set(buehne.postfach.message_ids))}, second copies {doppelt}")
    buch = rechnung(fachtag, menschen, buehne.postfach)
    for zeile, anzahl in buch.items():
        print(f"  {anzahl:5} {zeile}")
    return int(any(buch.values()) or aufgegeben > 0)


if __name__ == "__main__":
    sys.exit(main())
