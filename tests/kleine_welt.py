"""A small world with something in every corner: what the inventory's addresses show."""

import datetime as dt

from django.core.files.base import ContentFile
from django.utils import timezone

from angebote.models import Angebot, Pflegeadresse, Pflegelink, Programm
from angebote.models.pflege import pruefsumme
from kommunen.models import (
    Beteiligung,
    Gremium,
    Kennzahl,
    Kommune,
    Meilenstein,
    Steckbriefdokument,
    Teilraum,
)
from praeventionsketten.models import Bild, Seite, Seitendokument, Status
from tests import factories as make
from tests.indizieren import spaeter_indiziert
from tests.inventar import PFLEGELINK, UEBERNAHME
from tests.portal.test_dateien import bild_datei
from veranstaltungen.models import (
    Anmeldung,
    Einwilligung,
    Einwilligungstext,
    Programmpunkt,
    Veranstaltung,
    Zweck,
)

TEXT = "Ein Absatz über das Aufwachsen.\n\nUnd noch einer."


def kleine_welt(viele: int = 1) -> None:
    """Build the world; lists get `viele` rows where a page shows many of a kind."""
    _roof()
    kommune = _kommunen(viele)
    with spaeter_indiziert():
        _angebote(kommune, viele)
    _pflegelinks(viele)
    fachtag = _fachtag(kommune, viele)
    _veranstaltungen_in_jedem_zustand()
    _anmeldungen_in_jedem_zustand(viele)
    _berichte(kommune, fachtag, viele)


def _roof() -> None:
    make.make_landesprogramm(foerderer="Ministerium\nStiftung", oft_gesucht="Hebamme")
    seiten = {
        "programm": "Über das Programm",
        "impressum": "Impressum",
        "datenschutz": "Datenschutz",
        "barrierefreiheit": "Erklärung zur Barrierefreiheit",
        "kontakt": "Kontakt",
    }
    text = "<h2>Worum es geht</h2><p>Kinder wachsen gut auf.</p><ul><li>eins</li></ul>"
    for slug, titel in seiten.items():
        make.make_seite(slug=slug, titel=titel, teaser="Kurz gesagt.", text=text)
    make.make_seite(
        slug="leichte-sprache",
        titel="Leichte Sprache",
        sprache=Seite.Sprache.LEICHT,
        text="<p>Das ist leicht.</p>",
    )
    Seitendokument.objects.create(
        seite=Seite.objects.get(slug="programm"), titel="Faktenblatt", datei=_pdf()
    )


def _pdf() -> ContentFile:
    return ContentFile(b"%PDF-1.7 klein", name="faktenblatt.pdf")


def _bild() -> Bild:
    return Bild.objects.create(
        titel="Netz",
        datei=bild_datei(),
        alternativtext="Hände halten ein Netz",
        nachweis="Foto: Amt",
    )


def _vokabular() -> None:
    phasen = [
        make.make_lebensphase(code, alter_von=12 * n, alter_bis=12 * n + 36, reihenfolge=n)
        for n, code in enumerate(["fruehe-kindheit", "kita", "grundschule"])
    ]
    make.make_uebergang("in-die-kita", von=phasen[0], nach=phasen[1], reihenfolge=1)
    make.make_uebergang("in-die-grundschule", von=phasen[1], nach=phasen[2], reihenfolge=2)


def _kommunen(viele: int) -> Kommune:
    _vokabular()
    kachel = make.make_kachel(name="Landkreis Kassel", reihe=0, spalte=3)
    make.make_kachel(name="Vogelsbergkreis", reihe=1, spalte=2)
    kommune = make.make_kommune(
        name="Landkreis Kassel",
        slug="landkreis-kassel",
        kachel=kachel,
        teaser="Hand in Hand.",
        motivation=TEXT,
        ziele=TEXT,
        arbeitsweise=TEXT,
        schwerpunkte="Ankommen\nVereine",
        einwohner=238000,
        luecken_oeffentlich=True,
        website="https://kreis.example.org",
        stand=dt.date(2026, 9, 15),
    )
    make.make_kommune(
        name="Stadt Kassel", slug="stadt-kassel", art=Kommune.Art.KREISFREIE_STADT
    )
    make.make_kommune(
        name="Odenwaldkreis", slug="odenwaldkreis", programm_bis=dt.date(2025, 12, 31)
    )
    raum = Teilraum.objects.create(
        kommune=kommune, name="Naumburg", slug="naumburg", art="stadt"
    )
    for n in range(viele):
        _steckbriefteile(kommune, raum, n)
    return kommune


def _steckbriefteile(kommune: Kommune, raum: Teilraum, n: int) -> None:
    ebene = make.make_ebene()
    make.make_koordination(
        kommune=kommune,
        teilraum=raum,
        telefon="0561 000-1",
        email="k@example.org",
        vakant=bool(n),
    )
    Gremium.objects.create(
        kommune=kommune,
        name=f"Gremium {n}",
        typ=make.make_gremientyp(),
        ebene=ebene,
        aufgabe="Ziele",
    )
    for stand in Meilenstein.Stand:
        Meilenstein.objects.create(
            kommune=kommune,
            titel=f"Schritt {n}",
            prozessschritt=make.make_prozessschritt(),
            datum=dt.date(2024, 3, 1),
            genauigkeit="quartal",
            stand=stand,
            ebene=ebene,
        )
    Beteiligung.objects.create(
        kommune=kommune,
        titel=f"Befragung {n}",
        wer="Eltern",
        ergebnis="Treff",
        datum=dt.date(2024, 1, 1),
    )
    Kennzahl.objects.create(kommune=kommune, bezeichnung=f"Kinder {n}", wert=22000, stand=None)
    Steckbriefdokument.objects.create(kommune=kommune, titel=f"Faltblatt {n}", datei=_pdf())


def _angebote(kommune: Kommune, viele: int) -> None:
    begriffe = {
        "lebensphasen": [make.make_lebensphase("kita")],
        "uebergaenge": [make.make_uebergang("in-die-grundschule")],
        "handlungsfelder": [make.make_handlungsfeld()],
        "zielgruppen": [make.make_zielgruppe()],
        "leitdimensionen": [make.make_leitdimension()],
        "sprachen": [make.make_sprache("tr", name="Türkisch", eigenname="Türkçe")],
        "formate": [make.make_angebotsformat()],
    }
    ort = make.make_ort(kommune=kommune, stufenlos="ja", lat=51.31, lon=9.48)
    make.make_ferien(timezone.localdate())
    haupt, programm = None, _programme(viele)
    for n in range(viele):
        angebot = make.make_angebot(
            programm=programm,
            titel="Elterncafé",
            slug="elterncafe" if n == 0 else "",
            kommune=kommune,
            beschreibung=TEXT,
            einfache_sprache="Hier trinken Sie Kaffee.",
            alter_von=36,
            alter_bis=72,
            kosten=Angebot.Kosten.KOSTENLOS,
            praxisbeispiel=True,
            geschichte=TEXT,
            partner=[make.make_einrichtung(), make.make_einrichtung()],
            danach=[haupt] if haupt else [],
            **begriffe,
        )
        haupt = haupt or angebot
        make.make_kontakt(haupt, email="cafe@example.org")
        make.make_bestaetigung(angebot)
        make.make_zeitfenster(haupt, ort=ort, ferienregel="pausiert")
        ersatz = make.make_termin(haupt, in_tagen=9 + n, ort=ort)
        make.make_termin(haupt, in_tagen=7, ort=ort, abgesagt=True, ersetzt_durch=ersatz)
    _angebote_in_jedem_zustand(kommune)
    _erhebungen(kommune)


def _erhebungen(kommune: Kommune) -> None:
    """One of last week and one of long ago, where no Angebot stands."""
    for code, vor_tagen in (("fruehe-kindheit", 7), ("grundschule", 500)):
        make.make_erhebung(
            kommune, vor_tagen=vor_tagen, lebensphase=make.make_lebensphase(code)
        )


def _programme(viele: int) -> Programm:
    make.make_programm(name="Ohne Angebote", slug="ohne-angebote")
    for _n in range(viele):
        make.make_programm()
    return make.make_programm(
        name="Schatzsuche",
        slug="schatzsuche",
        beschreibung=TEXT,
        bausteine="Treffen | Sechs Nachmittage.\nAbschluss",
        website="https://schatz.example.org",
    )


def _angebote_in_jedem_zustand(kommune: Kommune) -> None:
    heute = timezone.localdate()
    make.make_angebot(
        titel="Pausiert",
        kommune=kommune,
        status="pausiert",
        pausiert_bis=heute + dt.timedelta(30),
    )
    make.make_angebot(titel="Beendet", kommune=kommune, status="beendet")
    make.make_angebot(
        titel="Landesweit", hinweis="Neue Nummer", hinweis_bis=heute + dt.timedelta(9)
    )
    make.make_angebot(titel="Entwurf", kommune=kommune, status="entwurf")


def _pflegelinks(viele: int) -> None:
    """Behind one link some Angebote, behind the other nothing before somebody agrees."""
    angebote = [make.make_angebot(titel="Spielkreis", uuid=PFLEGELINK)]
    angebote += [make.make_angebot(titel=f"Spielkreis {n}") for n in range(viele)]
    for angebot in angebote:
        make.make_pflegekontakt(angebot)
        make.make_kontakt(angebot)
        make.make_zeitfenster(angebot)
        make.make_termin(angebot)
    frueher = Pflegeadresse.objects.zu("team@kita.example")
    for kennung, von in {PFLEGELINK: None, UEBERNAHME: frueher}.items():
        link, _ = make.make_pflegelink(
            *angebote, email=f"{kennung}@kita.example" if von else frueher.email, von=von
        )
        # The inventory knows the address and the token, which is the same.
        Pflegelink.objects.filter(pk=link.pk).update(
            kennung=kennung, pruefsumme=pruefsumme(kennung)
        )


def _fachtag(kommune: Kommune, viele: int) -> Veranstaltung:
    fachtag = make.make_fachtag(
        slug="fachtag",
        titel="Übergänge gestalten",
        foren=2 + viele,
        motto="Kinder beteiligen",
        leitfragen="Wer fragt?\nWer hört zu?",
        beschreibung=TEXT,
        zielgruppe="Fachkräfte",
        barriere_info="Das Haus ist stufenlos.",
        ort_name="Tagungshaus",
        ort="Kassel",
        bild=_bild(),
    )
    for stunde in range(9, 11 + viele):
        Programmpunkt.objects.create(
            veranstaltung=fachtag,
            titel="Plenum",
            beginn=dt.time(stunde),
            ende=dt.time(stunde, 45),
        )
    fachtag.kommunen.add(kommune)
    return fachtag


def _veranstaltungen_in_jedem_zustand() -> None:
    jetzt, tag = timezone.now(), dt.timedelta(days=1)
    make.make_veranstaltung(
        slug="treffen", titel="Austauschtreffen", plaetze=10, format="digital"
    )
    make.make_veranstaltung(slug="voll", titel="Ausgebucht", plaetze=0)
    pause = make.make_veranstaltung(slug="pause", titel="Pause", plaetze=5)
    pause.kontingente.update(gesperrt=True)
    make.make_veranstaltung(
        slug="noch-nicht", titel="Bald", plaetze=5, anmeldung_von=jetzt + tag
    )
    make.make_veranstaltung(
        slug="geschlossen",
        titel="Geschlossen",
        plaetze=5,
        anmeldung_von=jetzt - 2 * tag,
        anmeldung_bis=jetzt - tag,
    )
    make.make_veranstaltung(slug="abgesagt", titel="Abgesagt", plaetze=5, status="abgesagt")
    make.make_veranstaltung(
        slug="vormerken",
        titel="Vormerken",
        status=Veranstaltung.Status.SAVE_THE_DATE,
        zeit_bekannt=False,
    )


def _anmeldungen_in_jedem_zustand(viele: int) -> None:
    """Bare rows with the state as public_id; their counters stay as they were made."""
    jetzt, tag = timezone.now(), dt.timedelta(days=1)
    texte = [
        Einwilligungstext.objects.create(zweck=zweck, fassung=1, text=f"Ja zu {name}.")
        for zweck, name in Zweck.choices
    ]
    tagung = make.make_fachtag(slug="tagung", titel="Tagung", foren=3)
    fristen = {
        "unbestaetigt": {"haltefrist": jetzt + tag},
        "angeboten": {"angebot_bis": jetzt + tag},
        "storniert": {"storniert_am": jetzt},
    }
    for stand in Anmeldung.Status:
        person = make.make_anmeldung(
            veranstaltung=tagung,
            public_id=stand,
            status=stand,
            position=1,
            bestaetigt_am=None if stand == "unbestaetigt" else jetzt,
            **fristen.get(stand, {}),
        )
        for text in texte[:viele]:
            Einwilligung.objects.create(anmeldung=person, zweck=text.zweck, text=text)
    _foren_in_jedem_zustand(tagung.anmeldungen.get(public_id="bestaetigt"), jetzt + tag)
    make.make_anmeldung(
        veranstaltung=make.make_veranstaltung(titel="Gewesen", in_tagen=-9),
        public_id="vorbei",
    )


def _foren_in_jedem_zustand(person: Anmeldung, angebot_bis: dt.datetime) -> None:
    tagung = person.veranstaltung
    person.bedarfe.create(art="essen", text="vegan")
    for (durchgang, forum), stand in {
        (1, 1): {"status": "belegt"},
        (1, 2): {"status": "wartend"},
        (2, 3): {"status": "angeboten", "angebot_bis": angebot_bis},
    }.items():
        platz = tagung.kontingente.get(durchgang__nummer=durchgang, fachforum__nummer=forum)
        person.wahlen.create(
            kontingent=platz,
            fachforum=platz.fachforum,
            durchgang=platz.durchgang,
            position=1,
            **stand,
        )


def _berichte(kommune: Kommune, fachtag: Veranstaltung, viele: int) -> None:
    vorbei = make.make_veranstaltung(slug="vorbei", titel="Vorbei", in_tagen=-40)
    vorbei.kommunen.add(kommune)
    bericht = make.make_bericht(
        slug="bericht",
        titel="Wie es war",
        veranstaltung=vorbei,
        naechster_termin=fachtag,
        bild=_bild(),
        ebene_strategisch="Rückhalt\nGeld",
        text="<h2>Worum es ging</h2><p>Um Kinder.</p><blockquote><p>Gut.</p></blockquote>",
    )
    for n in range(viele):
        make.make_beitrag(bericht=bericht, kommune=kommune, titel=f"Beitrag {n}")
        make.make_bericht(slug="meldung" if n == 0 else "", titel=f"Meldung {n}", bild=_bild())
        make.make_veranstaltung(titel=f"Treffen {n}", in_tagen=40 + n)
        make.make_veranstaltung(titel=f"Früher {n}", in_tagen=-100 - n)
    make.make_bericht(slug="entwurf", titel="Entwurf", status=Status.ENTWURF)
