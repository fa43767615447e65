"""Forged requests of a coordinator change nothing beyond her own Kommunen."""

import pytest

from angebote.models import Angebot, Bestaetigung
from kommunen.models import Kommune, Ort
from tests import factories as f

from .formulare import fehler, gelesen, senden
from .welt import bilddatei

NEU = "/verwaltung/angebote/angebot/add/"


def angebot_daten(eigenes, **aenderungen) -> dict:
    return {
        "titel": "Krabbelgruppe",
        "kurzbeschreibung": "Für die Kleinsten.",
        "einrichtung": eigenes["einrichtung"].pk,
    } | aenderungen


@pytest.mark.parametrize(
    ("feld", "model"),
    [
        ("kommune", "kommune"),
        ("einrichtung", "einrichtung"),
        ("partner", "einrichtung"),
        ("orte", "ort"),
        ("danach", "angebot"),
    ],
)
def test_a_new_angebot_points_to_nothing_foreign(koordination, eigenes, fremdes, feld, model):
    daten = angebot_daten(eigenes, **{feld: fremdes[model].pk})

    antwort = senden(koordination, NEU, **daten)

    assert any("Auswahl" in text for text in fehler(antwort)), fehler(antwort)
    assert not Angebot.objects.filter(titel="Krabbelgruppe").exists()


def test_the_same_form_with_own_rows_is_accepted(koordination, eigenes):
    ort = eigenes["ort"].pk
    daten = angebot_daten(eigenes, kommune=eigenes.kommune.pk, orte=ort)

    antwort = senden(koordination, NEU, **daten)

    assert fehler(antwort) == []
    assert Angebot.objects.get(titel="Krabbelgruppe").kommune == eigenes.kommune


def test_the_own_kommune_is_preset_and_landesweit_is_no_choice(koordination, eigenes):
    antwort = senden(koordination, NEU, **angebot_daten(eigenes, kommune=""))

    assert gelesen(koordination, NEU)["kommune"] == [str(eigenes.kommune.pk)]
    assert fehler(antwort) != []
    assert not Angebot.objects.filter(titel="Krabbelgruppe").exists()


def test_a_row_of_times_points_to_no_foreign_ort(koordination, eigenes, fremdes):
    angebot, zeile = eigenes["angebot"], eigenes["zeitfenster"]
    adresse = f"/verwaltung/angebote/angebot/{angebot.pk}/change/"

    antwort = senden(koordination, adresse, **{"zeitfenster-0-ort": fremdes["ort"].pk})

    assert fehler(antwort) != []
    zeile.refresh_from_db()
    assert zeile.ort == eigenes["ort"]


@pytest.mark.parametrize("feld", ["id", "angebot"])
def test_a_row_of_another_angebot_cannot_be_drawn_over(koordination, eigenes, fremdes, feld):
    adresse = f"/verwaltung/angebote/angebot/{eigenes['angebot'].pk}/change/"
    fremd = fremdes["kontakt" if feld == "id" else "angebot"]

    senden(
        koordination,
        adresse,
        **{f"kontakte-0-{feld}": fremd.pk, "kontakte-0-funktion": "Meins"},
    )

    fremdes["kontakt"].refresh_from_db()
    assert fremdes["kontakt"].funktion != "Meins"
    assert fremdes["angebot"].kontakte.count() == 1


@pytest.mark.parametrize("aktion", ["delete_selected", "angaben_bestaetigen"])
def test_actions_stop_at_the_own_kommune(koordination, eigenes, fremdes, aktion):
    landesweit = f.make_angebot(kommune=None)
    alle = [fremdes["angebot"].pk, landesweit.pk, eigenes["angebot"].pk]
    vorher = Bestaetigung.objects.exclude(angebot=eigenes["angebot"]).count()
    staende = Angebot.objects.mit_fassungsnummer().filter(pk__in=alle)
    daten = {f"stand_{a.pk}": a.fassungsnummer for a in staende}

    koordination.post(
        "/verwaltung/angebote/angebot/",
        daten
        | {"action": aktion, "_selected_action": alle, "select_across": "1", "post": "yes"},
    )

    assert Angebot.objects.filter(pk__in=alle[:2]).count() == 2
    assert Bestaetigung.objects.exclude(angebot=eigenes["angebot"]).count() == vorher


@pytest.mark.parametrize("knopf", ["bestaetigen", "kopieren"])
def test_buttons_open_no_foreign_row(koordination, fremdes, knopf):
    angebot = fremdes["angebot"]

    fremd = koordination.post(f"/verwaltung/angebote/angebot/{angebot.pk}/knopf/{knopf}/")
    landesweit = f.make_angebot(kommune=None)
    nur_lesbar = koordination.post(
        f"/verwaltung/angebote/angebot/{landesweit.pk}/knopf/{knopf}/"
    )

    assert (fremd.status_code, nur_lesbar.status_code) == (404, 403)
    assert angebot.bestaetigungen.count() == 1
    assert Angebot.objects.count() == 3


@pytest.mark.parametrize("adresse", ["change", "delete"])
@pytest.mark.parametrize("model", ["angebote/angebot", "kommunen/ort", "kommunen/einrichtung"])
def test_foreign_rows_are_neither_changed_nor_deleted(koordination, fremdes, model, adresse):
    zeile = fremdes[model.partition("/")[2]]
    vorher = str(zeile)

    koordination.post(
        f"/verwaltung/{model}/{zeile.pk}/{adresse}/", {"name": "Meins", "post": "yes"}
    )

    zeile.refresh_from_db()
    assert str(zeile) == vorher


def test_master_data_of_the_own_kommune_stay_as_they_are(koordination, eigenes):
    kommune = eigenes.kommune
    adresse = f"/verwaltung/kommunen/kommune/{kommune.pk}/change/"
    gefaelscht = {"name": "Neu", "slug": "neu", "ags": "99999", "status": "veroeffentlicht"}

    antwort = senden(koordination, adresse, teaser="Wir halten zusammen.", **gefaelscht)

    assert fehler(antwort) == []
    aktuell = Kommune.objects.get(pk=kommune.pk)
    assert aktuell.teaser == "Wir halten zusammen."
    assert (aktuell.name, aktuell.slug) == (kommune.name, kommune.slug)
    assert (aktuell.ags, aktuell.status) == (kommune.ags, "entwurf")


def test_a_teilraum_of_another_kommune_is_no_choice(koordination, eigenes, fremdes):
    adresse = f"/verwaltung/kommunen/kommune/{eigenes.kommune.pk}/change/"

    antwort = senden(
        koordination, adresse, **{"gremium_set-0-teilraum": fremdes["teilraum"].pk}
    )

    assert fehler(antwort) != []


def test_what_stands_in_the_way_of_deleting_is_not_named(koordination, eigenes, fremdes):
    f.make_zeitfenster(fremdes["angebot"], ort=eigenes["ort"])
    adresse = f"/verwaltung/kommunen/ort/{eigenes['ort'].pk}/delete/"

    seite = koordination.get(adresse).content.decode()
    koordination.post(adresse, {"post": "yes"})

    assert "Angaben außerhalb Ihrer Kommunen" in seite
    assert Ort.objects.filter(pk=eigenes["ort"].pk).exists()


def test_what_the_redaktion_has_linked_survives_saving(koordination, eigenes, fremdes):
    angebot = eigenes["angebot"]
    angebot.partner.add(fremdes["einrichtung"])
    adresse = f"/verwaltung/angebote/angebot/{angebot.pk}/change/"

    antwort = senden(koordination, adresse, titel="Neuer Titel")

    assert fehler(antwort) == []
    assert list(angebot.partner.all()) == [fremdes["einrichtung"]]


def test_a_picture_belongs_to_the_own_kommune(koordination, eigenes, fremdes):
    daten = {"titel": "Fest", "alternativtext": "Ein Fest.", "nachweis": "Foto: Stadt"}
    adresse = "/verwaltung/praeventionsketten/bild/add/"

    fremd = koordination.post(
        adresse, daten | {"datei": bilddatei(), "kommune": fremdes.kommune.pk}
    )
    eigen = koordination.post(
        adresse, daten | {"datei": bilddatei(), "kommune": eigenes.kommune.pk}
    )

    assert fehler(fremd) != []
    assert (fehler(eigen), eigen.status_code) == ([], 302)


def test_a_get_presses_no_button(koordination, eigenes):
    angebot = eigenes["angebot"]

    antwort = koordination.get(f"/verwaltung/angebote/angebot/{angebot.pk}/knopf/bestaetigen/")

    assert antwort.status_code == 405
    assert angebot.bestaetigungen.count() == 1
