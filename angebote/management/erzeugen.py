"""Invented Angebote in any number, as measuring needs them: like real ones, but nobody's."""

import datetime as dt
import random
from collections.abc import Iterable

from django.utils import timezone

from angebote.models import (
    Angebot,
    Angebotsformat,
    Bestaetigung,
    Zeitfenster,
)
from kommunen.models import (
    Akteurstyp,
    Einrichtung,
    Handlungsfeld,
    Kommune,
    Lebensphase,
    Ort,
    Sprache,
    Uebergang,
    Zielgruppe,
)

ARTEN = [
    "Elterncafé",
    "Beratung",
    "Sprechstunde",
    "Krabbelgruppe",
    "Spielkreis",
    "Schwimmkurs",
    "Elternkurs",
    "Treffpunkt",
    "Sprachkurs",
    "Lernhilfe",
    "Hausbesuch",
    "Schuldnerberatung",
    "Erziehungsberatung",
    "Hebammensprechstunde",
    "Vorlesestunde",
    "Ferienspiele",
    "Familienfrühstück",
    "Väterabend",
    "Stillgruppe",
    "Familienpatenschaft",
    "Hausaufgabenhilfe",
    "Mittagstisch",
    "Kleiderstube",
    "Bewegungskurs",
    "Musikgarten",
    "Trennungsgruppe",
    "Jugendtreff",
    "Ausbildungslotsen",
    "Babymassage",
    "Geburtsvorbereitung",
    "Mutter-Kind-Gruppe",
    "Frauencafé",
    "Rechtsberatung",
    "Wohnungsberatung",
    "Frühförderung",
    "Logopädie",
    "Ernährungsberatung",
    "Kochkurs",
    "Chor",
]
GEBIETE = [
    "Nordstadt",
    "Südstadt",
    "Altstadt",
    "Weststadt",
    "Bergheim",
    "Talblick",
    "Lindenhof",
    "Neustadt",
    "Mühlgraben",
    "Rosengarten",
    "Sonnenhang",
    "Bahnhofsviertel",
    "Waldsiedlung",
    "Marktplatz",
    "Brückenfeld",
    "Kirchberg",
]
SAETZE = (
    "Eltern und Kinder treffen sich hier jede Woche.",
    "Wir hören zu und suchen gemeinsam eine Lösung.",
    "Eine Hebamme beantwortet Fragen rund um Schwangerschaft, Geburt und Stillen.",
    "Kinder können spielen, basteln und turnen.",
    "Sie brauchen keine Anmeldung, kommen Sie einfach vorbei.",
    "Wir helfen beim Ausfüllen von Anträgen und begleiten zum Amt.",
    "Geschwister sind willkommen, für eine Betreuung ist gesorgt.",
    "Die Beratung ist vertraulich und auf Wunsch anonym.",
    "Fachkräfte aus Kita, Schule und Jugendhilfe arbeiten hier zusammen.",
    "Bei Schulden, Trennung oder Streit finden Familien Unterstützung.",
    "Wir sprechen mehrere Sprachen und vermitteln eine Dolmetscherin.",
    "Der Übergang in die Grundschule gelingt leichter, wenn alle sich kennen.",
    "Jugendliche bekommen Hilfe bei Bewerbungen und der Suche nach einer Ausbildung.",
    "Ein gesundes Frühstück gehört dazu.",
    "Die Teilnahme kostet nichts, Spenden sind möglich.",
    "Väter sind ausdrücklich eingeladen.",
    "Der Raum liegt im Erdgeschoss und ist mit dem Kinderwagen gut zu erreichen.",
    "In den Ferien gibt es Ausflüge in den Wald, ins Museum und ins Schwimmbad.",
)
SILBEN = [
    "ba",
    "do",
    "fe",
    "gi",
    "ha",
    "jo",
    "ka",
    "le",
    "mi",
    "no",
    "pa",
    "ro",
    "su",
    "ta",
    "ul",
    "wi",
    "zo",
    "ber",
    "gen",
    "dal",
    "hofen",
    "stein",
]


class Erzeuger:
    """One run; the same `saat` gives the same Angebote."""

    def __init__(self, saat: int) -> None:
        self.zufall = random.Random(saat)  # noqa: S311
        self.kommunen = list(Kommune.objects.sichtbar())
        self.begriffe = {
            feld: list(model.objects.values_list("pk", flat=True))
            for feld, model in {
                "lebensphasen": Lebensphase,
                "uebergaenge": Uebergang,
                "handlungsfelder": Handlungsfeld,
                "zielgruppen": Zielgruppe,
                "sprachen": Sprache,
                "formate": Angebotsformat,
            }.items()
        }

    def erzeuge(self, nummern: Iterable[int]) -> list[int]:
        """Angebote with these numbers; returns their keys, still to be indexed."""
        nummern = list(nummern)
        traeger, orte = self._traeger(nummern[0]), self._orte(nummern[0])
        angebote = Angebot.objects.bulk_create(
            [self._angebot(nummer, self.zufall.choice(traeger)) for nummer in nummern]
        )
        for feld in self.begriffe:
            self._verknuepfe(feld, angebote)
        Bestaetigung.objects.bulk_create(self._bestaetigung(a) for a in angebote)
        Zeitfenster.objects.bulk_create(self._zeitfenster(a, orte) for a in angebote)
        return [angebot.pk for angebot in angebote]

    def _wort(self) -> str:
        """A name that occurs nowhere else, as directories are full of them."""
        return "".join(self.zufall.choices(SILBEN, k=self.zufall.randint(2, 4))).title()

    def _traeger(self, stapel: int) -> list[Einrichtung]:
        art, _ = Akteurstyp.objects.get_or_create(
            code="freier-traeger", defaults={"name": "freier Träger"}
        )
        return Einrichtung.objects.bulk_create(
            Einrichtung(
                name=f"Verein {self._wort()}", slug=f"muster-{stapel}-{n}", akteurstyp=art
            )
            for n in range(20)
        )

    def _orte(self, stapel: int) -> list[Ort]:
        return Ort.objects.bulk_create(
            Ort(
                name=f"Haus {self._wort()}",
                plz=f"{self.zufall.randint(34000, 36999)}",
                ort=f"{self.zufall.choice(GEBIETE)} {stapel // 5000 + 1}",
                lat=round(self.zufall.uniform(49.4, 51.6), 3),
                lon=round(self.zufall.uniform(7.8, 10.2), 3),
                stufenlos=self.zufall.choice(Ort.Angabe.values),
            )
            for _ in range(50)
        )

    def _angebot(self, nummer: int, traeger: Einrichtung) -> Angebot:
        zufall = self.zufall
        art, von = zufall.choice(ARTEN), zufall.choice([None, 0, 12, 36, 72, 144])
        saetze = zufall.sample(SAETZE, zufall.randint(4, 9))
        return Angebot(
            titel=f"{art} {zufall.choice(GEBIETE)} {self._wort()}",
            slug=f"muster-{nummer}",
            kurzbeschreibung=" ".join(zufall.sample(SAETZE, 2)),
            beschreibung="\n\n".join(saetze),
            status=Angebot.Status.VEROEFFENTLICHT,
            veroeffentlicht_am=timezone.now(),
            kommune=zufall.choice([*self.kommunen, *self.kommunen, None]),
            einrichtung=traeger,
            alter_von=von,
            alter_bis=None if von is None else von + zufall.choice([24, 36, 72]),
            kosten=zufall.choice(Angebot.Kosten.values),
            zugang=zufall.choice(Angebot.Zugang.values),
            rhythmus_monate=zufall.choice([3, 6, 12]),
        )

    def _verknuepfe(self, feld: str, angebote: list[Angebot]) -> None:
        beziehung = Angebot._meta.get_field(feld)
        zeile, pks = beziehung.remote_field.through, self.begriffe[feld]
        hin, zurueck = beziehung.m2m_field_name(), beziehung.m2m_reverse_field_name()
        zeile.objects.bulk_create(
            zeile(**{f"{hin}_id": angebot.pk, f"{zurueck}_id": pk})
            for angebot in angebote
            for pk in self.zufall.sample(pks, min(len(pks), self.zufall.randint(0, 3)))
        )

    def _bestaetigung(self, angebot: Angebot) -> Bestaetigung:
        wann = timezone.now() - dt.timedelta(days=self.zufall.randint(0, 500))
        return Bestaetigung(angebot=angebot, wann=wann, wie=Bestaetigung.Wie.TELEFON)

    def _zeitfenster(self, angebot: Angebot, orte: list[Ort]) -> Zeitfenster:
        return Zeitfenster(
            angebot=angebot,
            wochentag=self.zufall.randint(0, 4),
            von=dt.time(9),
            bis=dt.time(11),
            ort=self.zufall.choice(orte),
        )
