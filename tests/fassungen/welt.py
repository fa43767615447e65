"""An Angebot and a Steckbrief with something in every field, and ways to upset them."""

import datetime as dt

from django.core.files.base import ContentFile
from django.db.models import Model
from django.utils import timezone

from angebote.models import Angebot
from kommunen.models import Kommune
from praeventionsketten.models import Bild, Fassung
from tests import factories as f
from tests.verwaltung.welt import bilddatei

# Stamps, counters and addresses: not what a record says, so an earlier state leaves them.
BUCHHALTUNG = {
    "Angebot.uuid",
    "Angebot.slug",
    "Angebot.erstellt_am",
    "Angebot.geaendert_am",
    "Angebot.veroeffentlicht_am",
    "Zeitfenster.sequenz",
    "Zeitfenster.stand",
    "Termin.sequenz",
    "Termin.stand",
    # About the mailbox, not about the entry.
    "Kontakt.unzustellbar_seit",
    "Kommune.slug",
    "Kommune.geaendert_am",
    "Steckbriefdokument.groesse",
}


TEXTE = {
    "titel": "Elterncafé Nordstadt",
    "kurzbeschreibung": "Kaffee und ein offenes Ohr.",
    "beschreibung": "Erster Absatz.\n\nZweiter Absatz.",
    "einfache_sprache": "Hier trinken Sie Kaffee.",
    "suchwoerter": "Kaffee, Treff",
    "hinweis": "Am 3. Mai fällt es aus.",
    "einzugsgebiet": "Nordstadt",
    "kosten_text": "2 Euro",
    "zugang_text": "Anrufen",
    "unterlagen": "Hausschuhe",
    "website": "https://cafe.example.org",
    "geschichte": "Es begann in der Küche.",
}
ANGABEN = {
    "hinweis_bis": dt.date(2026, 5, 3),
    "alter_von": 36,
    "alter_bis": 72,
    "kosten": "betrag",
    "zugang": "anmeldung",
    "sprachmittlung": True,
    "name_noetig": False,
    "kinderbetreuung": True,
    "zeiten": "einzeltermine",
    "rhythmus_monate": 3,
    "praxisbeispiel": True,
}
STECKBRIEF = {
    "teaser": "Hand in Hand.",
    "motivation": "Warum.",
    "ziele": "Wohin.",
    "arbeitsweise": "Wie.",
    "schwerpunkte": "Ankommen\nVereine",
    "einwohner": 238000,
    "einwohner_stand": dt.date(2025, 12, 31),
    "flaeche_km2": "1292.50",
    "website": "https://kreis.example.org",
    "sitz": "Kassel",
    "stand": dt.date(2026, 9, 15),
    "foerderrunde": 2,
    "programm_bis": dt.date(2030, 12, 31),
    "teil_der_kachel": True,
}


def volles_angebot(termine: int = 10, **fields) -> Angebot:
    """Ten Termine at changing Orte, one replaced by another, and every vocabulary."""
    kommune = fields.pop("kommune", None) or f.make_kommune()
    begriffe = {
        "partner": [f.make_einrichtung(), f.make_einrichtung()],
        "lebensphasen": [f.make_lebensphase("kita"), f.make_lebensphase("grundschule")],
        "uebergaenge": [f.make_uebergang()],
        "handlungsfelder": [f.make_handlungsfeld(), f.make_handlungsfeld("gesundheit")],
        "zielgruppen": [f.make_zielgruppe()],
        "leitdimensionen": [f.make_leitdimension()],
        "sprachen": [f.make_sprache("tr"), f.make_sprache("ar")],
        "formate": [f.make_angebotsformat()],
        "orte": [f.make_ort(kommune=kommune)],
        "danach": [f.make_angebot(titel="Schulcafé", kommune=kommune)],
    }
    fields.setdefault("programm", f.make_programm())
    angebot = f.make_angebot(kommune=kommune, **TEXTE, **ANGABEN, **begriffe, **fields)
    _zeiten(angebot, termine)
    f.make_kontakt(angebot, name="Sam Beispiel", email="sam@kita.de", erreichbar="Mo bis Do")
    f.make_kontakt(angebot, art="pflege", funktion="Leitung", telefon="0561 99")
    return angebot


def _zeiten(angebot: Angebot, termine: int) -> None:
    kommune = angebot.kommune
    f.make_zeitfenster(angebot, ort=f.make_ort(kommune=kommune), ferienregel="pausiert")
    f.make_zeitfenster(angebot, text="für Väter", gueltig_bis=dt.date(2030, 1, 1))
    orte = [f.make_ort(kommune=kommune, name=f"Saal {n}") for n in range(3)]
    heute = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0)
    reihe = [
        f.make_termin(
            angebot,
            beginn=heute + dt.timedelta(days=7 * n, hours=9),
            ende=heute + dt.timedelta(days=7 * n, hours=11),
            ort=orte[n % 3],
            text=f"Nummer {n}",
        )
        for n in range(1, termine + 1)
    ]
    reihe[0].abgesagt, reihe[0].ersetzt_durch = True, reihe[-1]
    reihe[0].save()


def voller_steckbrief(**fields) -> Kommune:
    bild = Bild.objects.create(
        datei=bilddatei(), titel="Netz", alternativtext="Ein Netz", nachweis="Foto: Amt"
    )
    kommune = f.make_kommune(bild=bild, kachel=f.make_kachel(), **STECKBRIEF, **fields)
    raum = f.make_teilraum(kommune=kommune, name="Eschwege", beschreibung="Eine Stadt")
    teil = {"kommune": kommune, "teilraum": raum}
    kontakt = {"telefon": "05651 1", "email": "k@a.de", "hinweis": "vormittags"}
    f.make_koordination(name="Sam Beispiel", name_einwilligung=True, **kontakt, **teil)
    f.make_gremium(aufgabe="Steuern", turnus="zweimal im Jahr", **teil)
    ebene = f.make_ebene()
    f.make_meilenstein(text="Es ging los.", ebene=ebene, **teil)
    worte = {"wie": "Fragebogen", "ergebnis": "Treff", "veraenderung": "Bank"}
    f.make_beteiligung(ebene=ebene, **worte, **teil)
    f.make_kennzahl(stand=dt.date(2025, 1, 1), quelle="Statistik", **teil)
    _dokumente(kommune)
    return kommune


def _dokumente(kommune: Kommune) -> None:
    heft = {"beschreibung": "Ein Heft", "stand": dt.date(2024, 1, 1)}
    f.make_steckbriefdokument(kommune=kommune, titel="Leitfaden", **heft)
    datei = ContentFile(b"%PDF-1.7 klein", name="faltblatt.pdf")
    f.make_steckbriefdokument(kommune=kommune, titel="Faltblatt", link="", datei=datei)


def abzug(objekt: Model, fassung: type[Fassung]) -> dict:
    """Everything the database says about a record and its rows, asked in a plain way.

    On purpose not with the code that takes a Fassung: this is what it is judged by.
    """
    frisch = type(objekt)._base_manager.get(pk=objekt.pk)
    daten = {"": [_zeile(frisch)]}
    for name in fassung.GANZES.teile:
        daten[name] = [_zeile(zeile) for zeile in getattr(frisch, name).order_by("pk")]
    return daten


def _zeile(zeile: Model) -> dict:
    werte = {
        feld.name: feld.value_from_object(zeile)
        for feld in zeile._meta.concrete_fields
        if str(feld).partition(".")[2] not in BUCHHALTUNG
    }
    for feld in zeile._meta.many_to_many:
        werte[feld.name] = set(getattr(zeile, feld.name).values_list("pk", flat=True))
    if "datei" in werte:
        werte["datei"] = str(werte["datei"])
    return werte


def alles_anders(angebot: Angebot) -> None:
    """Nothing of it stays as it was."""
    Angebot.objects.filter(pk=angebot.pk).update(
        titel="Anders",
        kurzbeschreibung="Anders.",
        beschreibung="",
        alter_von=None,
        alter_bis=None,
        hinweis="",
        hinweis_bis=None,
        kosten="kostenlos",
        name_noetig=None,
        sprachmittlung=False,
        einrichtung=f.make_einrichtung(),
        website="",
    )
    for feld in Angebot._meta.many_to_many:
        getattr(angebot, feld.name).clear()
    angebot.termine.order_by("pk").first().delete()
    for termin in angebot.termine.all()[:3]:
        termin.beginn += dt.timedelta(hours=1)
        termin.ende += dt.timedelta(hours=1)
        termin.save()
    angebot.zeitfenster.all().delete()
    angebot.kontakte.all().delete()
    f.make_termin(angebot, in_tagen=99)
    f.make_kontakt(angebot, funktion="Neues Team")
    angebot.termine.filter(beginn__lt=timezone.now() + dt.timedelta(days=20)).delete()
