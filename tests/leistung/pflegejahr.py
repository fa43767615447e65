"""`python -m tests.leistung.pflegejahr`: how well a year of asking keeps a directory true.

1,000 Angebote in 50 Kommunen, with one coordinator each, who calls on one day a week. Their
providers answer at once, late or never, their mails come back, or they leave. The engine,
the models and the outbox are the real ones in a database of their own; only the clock is
ours (`Uhr`), and people are drawn by lot. Exits with 1 if a target is missed.
"""

import argparse
import datetime as dt
import os
import random
import re
import sys
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from statistics import mean

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django
from dateutil.relativedelta import relativedelta
from django.db import connection, transaction
from django.test.utils import get_runner
from django.utils import timezone

ZEICHEN = re.compile(r"/angebote/bestaetigen/([\w-]{43})/")
ZIELE = {"bestaetigt": 0.95, "mails": 6, "anrufe": 3.0}


class Uhr:
    """The one clock: everything in the house asks django.utils.timezone.now for the time."""

    def __init__(self, beginn: dt.datetime) -> None:
        self.jetzt = beginn
        timezone.now = lambda: self.jetzt

    def stelle(self, tag: dt.date, stunde: int = 9) -> None:
        self.jetzt = timezone.make_aware(dt.datetime.combine(tag, dt.time(stunde)))


@dataclass
class Anbieter:
    """Whoever reads a mailbox, and how she takes to mails from us."""

    email: str
    art: str  # sofort, spaet, nie, zurueck, geht
    mails: int = 0
    # On which day she means to answer, and by which token.
    vorhaben: dict[dt.date, list[str]] = field(default_factory=lambda: defaultdict(list))


@dataclass
class Jahr:
    """What is counted on the way."""

    innerhalb: list[float] = field(default_factory=list)
    verlaesslich: list[float] = field(default_factory=list)
    anrufe: Counter = field(default_factory=Counter)
    wege: Counter = field(default_factory=Counter)


class Welt:
    def __init__(self, anzahl: int, antwortend: float, saat: int) -> None:
        self.zufall = random.Random(saat)  # noqa: S311
        self.anbieter: dict[str, Anbieter] = {}
        self.antwortend = antwortend
        self.jahr = Jahr()
        self.gelesen = 0  # the last mail that was delivered
        self._bauen(anzahl)

    # -------------------------------------------------------------- building

    def _bauen(self, anzahl: int) -> None:
        from tests.factories import make_kommune, make_konto, make_landesprogramm
        from tests.factories import make_zustaendigkeit as zustaendig
        from tests.indizieren import spaeter_indiziert

        make_landesprogramm()
        self.kommunen = [make_kommune() for _ in range(50)]
        for kommune in self.kommunen:
            zustaendig(konto=make_konto(), kommune=kommune)
        with spaeter_indiziert():
            offen = anzahl
            while offen:
                offen -= self._anbieter(min(offen, self.zufall.choice((1, 1, 2, 3, 5, 10))))

    def _anbieter(self, anzahl: int) -> int:
        """One of them with so many Angebote; one in twenty has no e-mail address."""
        email = self._neue_adresse()
        vertretung = self._neue_adresse() if self.zufall.random() < 0.3 else ""
        ohne = self.zufall.random() < 0.05
        kommune = self.zufall.choice(self.kommunen)
        for _ in range(anzahl):
            self._angebot(kommune, "" if ohne else email, "" if ohne else vertretung)
        return anzahl

    def _angebot(self, kommune, email: str, vertretung: str) -> None:
        from angebote.models import Angebot
        from tests.factories import make_angebot, make_bestaetigung, make_pflegekontakt

        rhythmus = self.zufall.choice((3, 6, 6, 6, 12))
        angebot = make_angebot(kommune=kommune, rhythmus_monate=rhythmus)
        vor = dt.timedelta(days=self.zufall.randrange(rhythmus * 30))
        Angebot.objects.filter(pk=angebot.pk).update(veroeffentlicht_am=timezone.now() - vor)
        make_bestaetigung(angebot, wann=timezone.now() - vor, wie="verwaltung")
        for nummer, adresse in enumerate(filter(None, (email, vertretung))):
            make_pflegekontakt(angebot, adresse, reihenfolge=nummer)

    def _neue_adresse(self) -> str:
        arten = {"sofort": 0.6, "spaet": 0.4}
        los = self.zufall.random()
        if los < self.antwortend:
            [art] = self.zufall.choices(list(arten), arten.values())
        else:
            [art] = self.zufall.choices(("nie", "zurueck", "geht"), (0.6, 0.2, 0.2))
        email = f"anbieter{len(self.anbieter)}@kita.example"
        self.anbieter[email] = Anbieter(email, art)
        return email

    # -------------------------------------------------------------- a day

    def tag(self, tag: dt.date, uhr: Uhr) -> None:
        from angebote import aufgaben

        uhr.stelle(tag, 9)
        aufgaben.pflege()
        self._zustellen(tag)
        uhr.stelle(tag, 14)
        for anbieter in list(self.anbieter.values()):
            for zeichen in anbieter.vorhaben.pop(tag, ()):
                self._antworten(anbieter, zeichen)
        if tag.weekday() == 1:
            self._anrufen(tag)

    def _zustellen(self, tag: dt.date) -> None:
        """The mail server takes every mail, or refuses it for good."""
        from praeventionsketten.models import Mail

        for mail in Mail.objects.filter(pk__gt=self.gelesen).order_by("pk"):
            self.gelesen = mail.pk
            anbieter = self.anbieter.get(mail.an)
            zurueck = anbieter is not None and anbieter.art == "zurueck"
            mail.status = Mail.Status.UNZUSTELLBAR if zurueck else Mail.Status.GESENDET
            mail.save(update_fields=["status"])
            if anbieter is None or not (zeichen := ZEICHEN.search(mail.text)):
                continue
            anbieter.mails += 1
            if (warten := self._bedenkzeit(anbieter)) is not None:
                anbieter.vorhaben[tag + dt.timedelta(days=warten)].append(zeichen[1])

    def _bedenkzeit(self, anbieter: Anbieter) -> int | None:
        match anbieter.art:
            case "sofort":
                return self.zufall.randint(0, 5)
            case "spaet":
                return self.zufall.randint(6, 25)
            case "geht":
                return self.zufall.randint(0, 10)
        return None

    def _antworten(self, anbieter: Anbieter, zeichen: str) -> None:
        """What the page does, without the page."""
        from angebote.models import Pflegelink
        from angebote.pflege import antwort, uebergabe

        link = Pflegelink.objects.finde(zeichen)
        if link is None or not link.offene_positionen().exists():
            self.jahr.wege["zu spät für den Link"] += 1
        elif link.von_id:
            uebergabe.annehmen(link)
        elif anbieter.art == "geht":
            kennt = self.zufall.random() < 0.5
            uebergabe.abgeben(link, self._neue_adresse() if kennt else "")
            anbieter.art = "nie"
            self.jahr.wege["weitergegeben" if kennt else "abgegeben"] += 1
            return
        link = Pflegelink.objects.finde(zeichen)
        if link is not None:
            gesehen = {f.angebot.pk: f.stand for f in antwort.fragen(link) if f.offen}
            if gesehen:
                ergebnis = antwort.bestaetigen(link, gesehen)
                self.jahr.wege["über den Link bestätigt"] += len(ergebnis.bestaetigt)

    def _anrufen(self, tag: dt.date) -> None:
        """Each coordinator works off her list; nobody picks up once in four times."""
        from angebote.models import Angebot

        woche = tag.isocalendar()[:2]
        anrufe = Angebot.objects.telefonisch_zu_bestaetigen()
        for angebot in anrufe.prefetch_related("kontakte"):
            self.jahr.anrufe[woche, angebot.kommune_id] += 1
            aufgabe = angebot.telefonaufgaben.offen().get()
            if self.zufall.random() < 0.25:
                aufgabe.nicht_erreicht()
                continue
            self._neue_adresse_eintragen(angebot, aufgabe.grund)
            angebot.bestaetigen("telefon")
            self.jahr.wege["am Telefon bestätigt"] += 1

    def _neue_adresse_eintragen(self, angebot, grund: str) -> None:
        """On the phone one learns who answers mails now, every other time."""
        from tests.factories import make_pflegekontakt

        if grund == "keine-antwort" or self.zufall.random() < 0.5:
            return
        angebot.kontakte.pflege().delete()
        make_pflegekontakt(angebot, self._neue_adresse())

    # -------------------------------------------------------------- counting

    def messen(self) -> None:
        from angebote.models import Angebot

        heute = timezone.localdate()
        alle = list(Angebot.objects.sichtbar().mit_bestaetigung())
        frist = [
            timezone.localdate(a.bestaetigt_am) + relativedelta(months=a.rhythmus_monate)
            for a in alle
        ]
        self.jahr.innerhalb.append(mean(tag >= heute for tag in frist))
        self.jahr.verlaesslich.append(mean(a.frische.gut for a in alle))


def ein_jahr(welt: Welt, uhr: Uhr, tage: int) -> None:
    beginn = timezone.localdate()
    for nummer in range(tage):
        with transaction.atomic():
            welt.tag(beginn + dt.timedelta(days=nummer), uhr)
        if nummer % 7 == 6:
            welt.messen()


def bericht(welt: Welt, tage: int, sekunden: float) -> bool:
    """Print what came out; whether every target is met."""
    jahr, wochen = welt.jahr, tage / 7
    mails = sorted((a.mails for a in welt.anbieter.values() if a.mails), reverse=True)
    je_woche = sum(jahr.anrufe.values()) / wochen / len(welt.kommunen)
    schlimmste = max(jahr.anrufe.values(), default=0)
    werte = {"bestaetigt": mean(jahr.innerhalb), "mails": mails[0], "anrufe": je_woche}
    erreicht = {
        "bestaetigt": werte["bestaetigt"] >= ZIELE["bestaetigt"],
        "mails": werte["mails"] <= ZIELE["mails"],
        "anrufe": werte["anrufe"] <= ZIELE["anrufe"],
    }
    zeilen = [
        f"{len(welt.anbieter)} Anbieter, {welt.antwortend:.0%} antworten, {tage} Tage "
        f"in {sekunden:.0f} Sekunden ({connection.vendor})",
        f"im eigenen Takt bestätigt: {werte['bestaetigt']:.1%} im Mittel, "
        f"{min(jahr.innerhalb):.1%} in der schlechtesten Woche (Ziel: 95 %)",
        f"nicht überfällig: {mean(jahr.verlaesslich):.1%}",
        f"Mails je Anbieter und Jahr: {mean(mails):.1f} im Mittel, "
        f"{mails[0]} höchstens (Ziel: 6)",
        f"Anrufe je Koordination und Woche: {je_woche:.2f} im Mittel, "
        f"{schlimmste} in der schlimmsten Woche (Ziel: 3)",
        *(f"  {weg}: {anzahl}" for weg, anzahl in sorted(jahr.wege.items())),
    ]
    print("\n".join(zeilen))
    for name, gut in erreicht.items():
        print(f"{name}: {'erreicht' if gut else 'VERFEHLT'}")
    return all(erreicht.values())


def main() -> int:
    argumente = argparse.ArgumentParser(description=__doc__)
    argumente.add_argument("--angebote", type=int, default=1000)
    argumente.add_argument("--antworten", type=float, default=0.7)
    argumente.add_argument("--tage", type=int, default=364)
    argumente.add_argument("--saat", type=int, default=1)
    wahl = argumente.parse_args()
    django.setup()
    laeufer = get_runner(django.conf.settings)(verbosity=0, interactive=False)
    datenbanken = laeufer.setup_databases()
    try:
        anfang = time.monotonic()
        uhr = Uhr(timezone.now())
        with transaction.atomic():
            welt = Welt(wahl.angebote, wahl.antworten, wahl.saat)
        ein_jahr(welt, uhr, wahl.tage)
        return 0 if bericht(welt, wahl.tage, time.monotonic() - anfang) else 1
    finally:
        laeufer.teardown_databases(datenbanken)


if __name__ == "__main__":
    sys.exit(main())
