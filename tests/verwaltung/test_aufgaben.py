"""The daily work: publish, confirm, copy, seats, pictures."""

import pytest

from angebote.models import Angebot
from praeventionsketten import rollen
from praeventionsketten.models import Bild, Seite
from tests import factories as f
from veranstaltungen.models import Anmeldung, Bericht, Veranstaltung

from .formulare import fehler, senden
from .welt import bilddatei

ANGEBOT = "/verwaltung/angebote/angebot/"
BERICHT = "/verwaltung/veranstaltungen/bericht/"
VERANSTALTUNG = "/verwaltung/veranstaltungen/veranstaltung/"
BILD = "/verwaltung/praeventionsketten/bild/add/"

# ---------------------------------------------------------------- Angebote


def test_a_coordinator_who_publishes_confirms(koordination, eigenes):
    angebot = eigenes["angebot"]

    senden(koordination, f"{ANGEBOT}{angebot.pk}/change/", status="veroeffentlicht")

    bestaetigung = angebot.bestaetigungen.first()
    assert (bestaetigung.wie, bestaetigung.konto) == ("verwaltung", koordination.konto)
    assert Angebot.objects.get(pk=angebot.pk).veroeffentlicht_am


def test_saving_alone_confirms_nothing(koordination, eigenes):
    angebot = eigenes["angebot"]
    angebot.status = Angebot.Status.VEROEFFENTLICHT
    angebot.save()
    vorher = angebot.bestaetigungen.count()

    senden(koordination, f"{ANGEBOT}{angebot.pk}/change/", titel="Neuer Titel")

    assert angebot.bestaetigungen.count() == vorher


def test_the_redaktion_publishes_without_confirming(anmelden, eigenes):
    angebot = eigenes["angebot"]

    senden(
        anmelden(rollen.REDAKTION), f"{ANGEBOT}{angebot.pk}/change/", status="veroeffentlicht"
    )

    assert Angebot.objects.get(pk=angebot.pk).status == "veroeffentlicht"
    assert angebot.bestaetigungen.count() == 1


def test_the_button_on_the_start_page_confirms_and_returns(koordination, eigenes):
    angebot = eigenes["angebot"]
    angebot.status = Angebot.Status.VEROEFFENTLICHT
    angebot.save()

    antwort = koordination.post(
        f"{ANGEBOT}{angebot.pk}/knopf/bestaetigen/", {"zurueck": "start", "gesehen": "0"}
    )

    assert antwort.headers["Location"] == "/verwaltung/"
    assert angebot.bestaetigungen.count() == 2


def test_a_copy_is_a_draft_with_everything_but_dates(koordination, eigenes):
    angebot = eigenes["angebot"]
    angebot.lebensphasen.add(f.make_lebensphase())
    angebot.partner.add(eigenes["einrichtung"])

    antwort = koordination.post(f"{ANGEBOT}{angebot.pk}/knopf/kopieren/")

    kopie = Angebot.objects.latest("pk")
    assert antwort.headers["Location"] == f"{ANGEBOT}{kopie.pk}/change/"
    assert (kopie.titel, kopie.status) == (f"Kopie von {angebot.titel}", "entwurf")
    assert kopie.slug != angebot.slug
    assert kopie.uuid != angebot.uuid
    assert list(kopie.lebensphasen.all()) == list(angebot.lebensphasen.all())
    assert list(kopie.partner.all()) == [eigenes["einrichtung"]]
    assert kopie.kontakte.get().funktion == angebot.kontakte.get().funktion
    assert kopie.zeitfenster.count() == angebot.zeitfenster.count() == 1
    assert kopie.termine.count() == kopie.bestaetigungen.count() == 0


@pytest.mark.parametrize(
    ("aenderung", "feld"),
    [
        ({"alter_von": 40, "alter_bis": 12}, "id_alter_bis"),
        ({"hinweis": "Fällt aus"}, "id_hinweis_bis"),
        ({"status": "pausiert"}, "id_pausiert_bis"),
    ],
)
def test_a_broken_rule_is_said_once_and_at_its_field(koordination, eigenes, aenderung, feld):
    eigenes["angebot"].hinweis_bis = None
    eigenes["angebot"].save()

    antwort = senden(koordination, f"{ANGEBOT}{eigenes['angebot'].pk}/change/", **aenderung)

    assert [ziel for _, ziel in antwort.context["fehlerliste"]] == [feld]
    assert "<title>Fehler:" in antwort.content.decode()


# ---------------------------------------------------------------- Berichte und Seiten


def bericht_daten(**aenderungen) -> dict:
    return {"titel": "Fachtag in Kassel", "teaser": "Viele kamen.", "text": "<p>Gut.</p>"} | (
        aenderungen
    )


def test_publishing_a_bericht_without_a_day_means_today(anmelden):
    antwort = senden(
        anmelden(rollen.REDAKTION), f"{BERICHT}add/", **bericht_daten(status="veroeffentlicht")
    )

    assert fehler(antwort) == []
    assert Bericht.objects.sichtbar().get().veroeffentlicht_am is not None


def test_the_veranstaltungsteam_drafts_and_does_not_publish(anmelden):
    team = anmelden(rollen.VERANSTALTUNGSTEAM)

    senden(team, f"{BERICHT}add/", **bericht_daten(status="veroeffentlicht"))
    bericht = Bericht.objects.get()
    assert bericht.status == "entwurf"
    team.post(BERICHT, {"action": "veroeffentlichen", "_selected_action": [bericht.pk]})
    bericht.refresh_from_db()
    assert bericht.status == "entwurf"

    Bericht.objects.update(status="veroeffentlicht", veroeffentlicht_am="2024-01-01")
    seite = team.get(f"{BERICHT}{bericht.pk}/change/")
    geschrieben = team.post(f"{BERICHT}{bericht.pk}/change/", bericht_daten(titel="Anders"))

    assert 'name="_save"' not in seite.content.decode()
    assert geschrieben.status_code == 403


@pytest.mark.parametrize("adresse", ["veranstaltungen/bericht", "praeventionsketten/seite"])
def test_the_redaktion_publishes_and_withdraws_from_the_list(anmelden, adresse):
    redaktion = anmelden(rollen.REDAKTION)
    seite = (
        f.make_bericht(status="entwurf", veroeffentlicht_am=None)
        if "bericht" in adresse
        else f.make_seite(status="entwurf")
    )
    auswahl = {"_selected_action": [seite.pk]}

    redaktion.post(f"/verwaltung/{adresse}/", {"action": "veroeffentlichen"} | auswahl)
    seite.refresh_from_db()
    assert seite.status == "veroeffentlicht"

    redaktion.post(f"/verwaltung/{adresse}/", {"action": "zurueckziehen"} | auswahl)
    seite.refresh_from_db()
    assert seite.status == "entwurf"


def test_a_draft_is_previewed_by_staff_and_hidden_from_others(anmelden, client):
    bericht = f.make_bericht(status="entwurf")

    assert (
        "Vorschau"
        in anmelden(rollen.REDAKTION).get(f"{BERICHT}{bericht.pk}/change/").content.decode()
    )
    assert anmelden(rollen.REDAKTION).get(bericht.get_absolute_url()).status_code == 200
    assert anmelden(rollen.KOORDINATION).get(bericht.get_absolute_url()).status_code == 404
    assert client.get(bericht.get_absolute_url()).status_code == 404


def test_rich_text_is_cleaned_when_it_is_saved(anmelden):
    boese = (
        '<h2 style="color:red">Titel</h2><p onclick="x()">Text<script>alert(1)</script></p>'
        '<p><a href="javascript:alert(1)">da</a><iframe src="https://example.org"></iframe></p>'
        "<style>p{}</style><img src=x onerror=alert(1)>"
    )

    senden(anmelden(rollen.REDAKTION), f"{BERICHT}add/", **bericht_daten(text=boese))

    text = Bericht.objects.get().text
    assert "<h2>Titel</h2>" in text
    for verboten in ("script", "onclick", "javascript:", "iframe", "style", "img", "onerror"):
        assert verboten not in text


def test_a_fixed_page_keeps_its_address(anmelden):
    seite = f.make_seite(slug="impressum")
    adresse = f"/verwaltung/praeventionsketten/seite/{seite.pk}/change/"

    senden(anmelden(rollen.REDAKTION), adresse, slug="anders", titel="Wer wir sind")

    assert Seite.objects.values_list("slug", "titel").get() == ("impressum", "Wer wir sind")


# ---------------------------------------------------------------- Veranstaltungen


@pytest.fixture
def fachtag(gruppen) -> Veranstaltung:
    fachtag = f.make_fachtag(foren=1, durchgaenge=1, je_forum=10)
    fachtag.kontingente.update(belegt=6)
    return fachtag


def test_the_form_of_an_event_changes_no_room_there_is(anmelden, fachtag):
    """Every door that frees a seat calls plaetze; this one leads to the page that does."""
    antwort = senden(
        anmelden(rollen.VERANSTALTUNGSTEAM),
        f"{VERANSTALTUNG}{fachtag.pk}/change/",
        titel="Fachtag Herbst",
        **{"kontingente-0-kapazitaet": "500", "kontingente-0-gesperrt": "on"},
    )

    assert fehler(antwort) == []
    assert Veranstaltung.objects.get().titel == "Fachtag Herbst"
    assert set(fachtag.kontingente.values_list("kapazitaet", "gesperrt")) == {(10, False)}


def test_the_form_of_an_event_makes_new_rooms(anmelden, gruppen):
    treffen = f.make_veranstaltung()

    antwort = senden(
        anmelden(rollen.VERANSTALTUNGSTEAM),
        f"{VERANSTALTUNG}{treffen.pk}/change/",
        **{
            "kontingente-TOTAL_FORMS": "1",
            "kontingente-0-art": "gesamt",
            "kontingente-0-kapazitaet": "40",
            "kontingente-0-notplaetze": "2",
        },
    )

    assert fehler(antwort) == []
    assert list(treffen.kontingente.values_list("kapazitaet", "notplaetze")) == [(40, 2)]


def test_an_event_with_registrations_is_not_called_off_by_a_select(anmelden, fachtag):
    f.make_anmeldung(veranstaltung=fachtag)
    team = anmelden(rollen.VERANSTALTUNGSTEAM)
    leer = f.make_veranstaltung()

    antwort = senden(team, f"{VERANSTALTUNG}{fachtag.pk}/change/", status="abgesagt")
    ohne = senden(team, f"{VERANSTALTUNG}{leer.pk}/change/", status="abgesagt")

    assert any("Es gibt 1 Anmeldungen" in text for text in fehler(antwort))
    assert fehler(ohne) == []
    assert Veranstaltung.objects.get(pk=fachtag.pk).status == "veroeffentlicht"


def test_given_seats_are_not_deleted(anmelden, fachtag):
    antwort = senden(
        anmelden(rollen.VERANSTALTUNGSTEAM),
        f"{VERANSTALTUNG}{fachtag.pk}/change/",
        **{"kontingente-0-DELETE": "on"},
    )

    assert any("kann nicht gelöscht werden" in text for text in fehler(antwort))
    assert fachtag.kontingente.count() == 2


def test_seats_belong_to_the_fachforen_of_their_own_event(anmelden, fachtag):
    anderer = f.make_fachtag(foren=1, durchgaenge=1)

    antwort = senden(
        anmelden(rollen.VERANSTALTUNGSTEAM),
        f"{VERANSTALTUNG}{fachtag.pk}/change/",
        **{
            "kontingente-TOTAL_FORMS": "3",
            "kontingente-2-art": "forum",
            "kontingente-2-fachforum": str(anderer.fachforen.get().pk),
            "kontingente-2-durchgang": str(fachtag.durchgaenge.get().pk),
            "kontingente-2-kapazitaet": "5",
            "kontingente-2-notplaetze": "0",
        },
    )

    assert fehler(antwort) != []
    assert fachtag.kontingente.count() == 2


@pytest.mark.parametrize("rolle", [rollen.VERANSTALTUNGSTEAM, rollen.ADMINISTRATION])
def test_registrations_have_no_form_that_writes_them(anmelden, fachtag, rolle):
    client = anmelden(rolle)
    anmeldung = f.make_anmeldung(veranstaltung=fachtag, name="Alex Muster")
    basis = "/verwaltung/veranstaltungen/anmeldung/"

    liste = client.get(
        f"{basis}?veranstaltung__id__exact={fachtag.pk}&status__exact=bestaetigt"
    )
    geschrieben = client.post(f"{basis}{anmeldung.pk}/change/", {"status": "storniert"})
    geloescht = client.post(f"{basis}{anmeldung.pk}/delete/", {"post": "yes"})
    neu = client.get(f"{basis}add/")

    assert "Alex Muster" in liste.content.decode()
    assert [r.status_code for r in (geschrieben, geloescht, neu)] == [405, 403, 200]
    assert Anmeldung.objects.get().status == "bestaetigt"


def test_an_event_with_registrations_is_not_deleted(anmelden, fachtag):
    f.make_anmeldung(veranstaltung=fachtag)

    anmelden(rollen.REDAKTION).post(f"{VERANSTALTUNG}{fachtag.pk}/delete/", {"post": "yes"})

    assert Veranstaltung.objects.filter(pk=fachtag.pk).exists()


# ---------------------------------------------------------------- pictures


def test_a_picture_needs_words_or_the_word_that_it_needs_none(anmelden):
    redaktion = anmelden(rollen.REDAKTION)
    daten = {"titel": "Fest", "nachweis": "Foto: Stadt"}

    ohne = redaktion.post(BILD, daten | {"datei": bilddatei()})
    schmuck = redaktion.post(BILD, daten | {"datei": bilddatei(), "schmueckend": "on"})

    assert [ziel for _, ziel in ohne.context["fehlerliste"]] == ["id_alternativtext"]
    assert (fehler(schmuck), Bild.objects.count()) == ([], 1)


def test_a_picture_needs_its_credit(anmelden):
    antwort = anmelden(rollen.REDAKTION).post(
        BILD, {"titel": "Fest", "alternativtext": "Ein Fest.", "datei": bilddatei()}
    )

    assert [ziel for _, ziel in antwort.context["fehlerliste"]] == ["id_nachweis"]


def test_only_real_pictures_are_taken(anmelden):
    from django.core.files.base import ContentFile

    svg = ContentFile(b"<svg xmlns='http://www.w3.org/2000/svg'/>", name="bild.png")
    daten = {"titel": "Fest", "alternativtext": "Ein Fest.", "nachweis": "x"}

    antwort = anmelden(rollen.REDAKTION).post(BILD, daten | {"datei": svg})

    assert [ziel for _, ziel in antwort.context["fehlerliste"]] == ["id_datei"]
    assert not Bild.objects.exists()


def test_a_code_of_a_vocabulary_never_changes(anmelden):
    phase = f.make_lebensphase("kita")
    adresse = f"/verwaltung/kommunen/lebensphase/{phase.pk}/change/"

    senden(anmelden(rollen.REDAKTION), adresse, code="anders", name="Kindertagesstätte")

    phase.refresh_from_db()
    assert (phase.code, phase.name) == ("kita", "Kindertagesstätte")
