"""Fachforen, substitute, needs and consents: changed by the person herself."""

import pytest

from praeventionsketten.models import Mail
from tests.factories import make_fachtag, make_landesprogramm, make_veranstaltung
from tests.veranstaltungen.eigene import geoeffnet, link, seite
from tests.veranstaltungen.formular import adresse, eingaben, gewaehlt
from tests.veranstaltungen.hilfen import ALEX, angemeldet, anmelden, belegt, foren, wahl
from veranstaltungen import plaetze
from veranstaltungen.models import Anmeldung, Einwilligungstext

pytestmark = pytest.mark.django_db

KIM = {"name": "Kim Muster", "email": "kim@example.org"}


@pytest.fixture(autouse=True)
def _programm():
    make_landesprogramm()


@pytest.fixture
def texte() -> dict[str, Einwilligungstext]:
    return {
        zweck: Einwilligungstext.objects.create(zweck=zweck, fassung=1, text=f"Ja zu {zweck}.")
        for zweck in ("foto", "einladungen", "bedarf")
    }


def wechsle(anmeldung: Anmeldung, *neue, **felder):
    daten = eingaben(anmeldung.veranstaltung, *neue, **felder)
    return geoeffnet(anmeldung).post(seite(anmeldung, "foren/"), daten, follow=True)


# ------------------------------------------------------------------ Fachforen


def test_the_form_shows_what_one_has():
    fachtag = make_fachtag(je_forum=1)
    angemeldet(fachtag, wahl=wahl(fachtag, 1, None))
    anmeldung = angemeldet(fachtag, **ALEX, wahl=wahl(fachtag, (1, 2), 3))
    nummern = {f.pk: f.nummer for f in fachtag.fachforen.all()}

    html = geoeffnet(anmeldung).get(seite(anmeldung, "foren/")).text

    assert [nummern[int(wert)] for wert in gewaehlt(html)] == [1, 3]
    assert html.count("<b>Ihr Platz</b>") == 2
    assert html.count("<b>Sie warten hier, auf Platz\xa01</b>") == 1


def test_a_free_forum_is_changed_at_once():
    fachtag = make_fachtag()
    anmeldung = angemeldet(fachtag, **ALEX, wahl=wahl(fachtag, 1, 2))

    response = wechsle(anmeldung, 3, 2)

    assert "Ihre Änderung ist eingetragen." in response.text
    assert foren(anmeldung) == {(1, 3): "belegt", (2, 2): "belegt"}


def test_the_old_seat_stays_until_the_wish_comes_true():
    fachtag = make_fachtag(je_forum=1)
    andere = angemeldet(fachtag, wahl=wahl(fachtag, 1, None))
    anmeldung = angemeldet(fachtag, **ALEX, wahl=wahl(fachtag, 2, 3))

    wechsle(anmeldung, 1, 3)
    wartend = foren(anmeldung)
    plaetze.stornieren(andere)

    assert wartend == {(1, 1): "wartend", (1, 2): "belegt", (2, 3): "belegt"}
    assert foren(anmeldung) == {(1, 1): "belegt", (2, 3): "belegt"}


def test_a_seat_one_keeps_cannot_be_chosen_in_the_other_durchgang():
    fachtag = make_fachtag(je_forum=1)
    angemeldet(fachtag, wahl=wahl(fachtag, 1, None))
    anmeldung = angemeldet(fachtag, **ALEX, wahl=wahl(fachtag, 2, 3))

    response = wechsle(anmeldung, 1, 2)

    assert response.status_code == 422
    assert "„Forum 2“ haben Sie schon in Durchgang 1 gewählt." in response.text
    assert foren(anmeldung) == {(1, 2): "belegt", (2, 3): "belegt"}


def test_both_fora_can_change_places():
    fachtag = make_fachtag()
    anmeldung = angemeldet(fachtag, **ALEX, wahl=wahl(fachtag, 1, 2))

    wechsle(anmeldung, 2, 1)

    assert foren(anmeldung) == {(1, 2): "belegt", (2, 1): "belegt"}


def test_sending_the_form_unchanged_changes_nothing():
    fachtag = make_fachtag()
    anmeldung = angemeldet(fachtag, **ALEX, wahl=wahl(fachtag, 1, None))
    mails = Mail.objects.count()

    response = wechsle(anmeldung, 1, None)

    assert "Es bleibt alles, wie es war." in response.text
    assert Mail.objects.count() == mails


def test_the_forum_of_another_event_is_refused():
    fachtag, fremder = make_fachtag(), make_fachtag()
    anmeldung = angemeldet(fachtag, **ALEX, wahl=wahl(fachtag, 1, None))

    response = wechsle(anmeldung, 1, None, durchgang_2=fremder.fachforen.first().pk)

    assert response.status_code == 422
    assert "Das gibt es in Durchgang 2 nicht." in response.text
    assert foren(anmeldung) == {(1, 1): "belegt"}


def test_whoever_waits_for_the_house_changes_what_she_wishes_for():
    fachtag = make_fachtag(plaetze=1)
    erste = angemeldet(fachtag)
    anmeldung = angemeldet(fachtag, **ALEX, wahl=wahl(fachtag, 1, None))

    response = wechsle(anmeldung, 2, 3)
    wuensche = foren(anmeldung)
    plaetze.stornieren(erste)

    assert "Ihre Änderung ist eingetragen." in response.text
    assert wuensche == {(1, 2): "wartend", (2, 3): "wartend"}
    assert foren(anmeldung) == {(1, 2): "belegt", (2, 3): "belegt"}


def test_after_the_deadline_there_is_no_form():
    fachtag = make_fachtag()
    anmeldung = angemeldet(fachtag, **ALEX, wahl=wahl(fachtag, 1, None))
    fachtag.wahl_aenderung_bis = fachtag.anmeldung_von
    fachtag.save()

    response = wechsle(anmeldung, 2, None)

    assert "Wechseln können Sie hier nicht mehr." in response.text
    assert "foren/" not in response.text
    assert foren(anmeldung) == {(1, 1): "belegt"}


def test_too_busy_to_change_keeps_the_form(monkeypatch):
    fachtag = make_fachtag()
    anmeldung = angemeldet(fachtag, **ALEX, wahl=wahl(fachtag, 1, None))

    def ueberlastet(*args, **kwargs):
        raise plaetze.Ueberlastet

    monkeypatch.setattr(plaetze, "wechseln", ueberlastet)

    response = wechsle(anmeldung, 3, None)

    assert response.status_code == 503
    assert response["Retry-After"]
    assert gewaehlt(response.text)[0] == str(fachtag.fachforen.get(nummer=3).pk)


# ------------------------------------------------------------------ substitute


def test_a_substitute_takes_the_seats_and_the_old_link_opens_nothing():
    fachtag = make_fachtag()
    anmeldung = angemeldet(fachtag, **ALEX, wahl=wahl(fachtag, 1, 2))
    alter_link, client = link(anmeldung), geoeffnet(anmeldung)

    response = client.post(seite(anmeldung, "vertretung/"), KIM, follow=True)

    assert response.redirect_chain[-1][0] == "/meine-anmeldung/abgegeben/"
    assert "Ihre Vertretung ist eingetragen" in response.text
    assert client.get(seite(anmeldung)).status_code == 404
    assert client.get(alter_link).status_code == 404
    anmeldung.refresh_from_db()
    assert (anmeldung.name, anmeldung.status) == (KIM["name"], "unbestaetigt")
    assert belegt(fachtag) == {"haus": 1, (1, 1): 1, (2, 2): 1}


def test_somebody_who_is_registered_cannot_be_the_substitute():
    fachtag = make_fachtag()
    anmelden(fachtag, **KIM)
    anmeldung = angemeldet(fachtag, **ALEX)

    response = geoeffnet(anmeldung).post(seite(anmeldung, "vertretung/"), KIM)

    assert response.status_code == 422
    assert "Diese Person ist schon angemeldet." in response.text
    assert 'value="Kim Muster"' in response.text
    anmeldung.refresh_from_db()
    assert anmeldung.name == ALEX["name"]


@pytest.mark.parametrize("vorher", ["unbestaetigt", "storniert"])
def test_only_a_confirmed_person_can_hand_over(vorher):
    treffen = make_veranstaltung(plaetze=5)
    anmeldung = anmelden(treffen, **ALEX).anmeldung
    if vorher == "storniert":
        plaetze.stornieren(anmeldung)

    response = geoeffnet(anmeldung).post(seite(anmeldung, "vertretung/"), KIM, follow=True)

    assert "Eine Vertretung können Sie hier nicht eintragen." in response.text
    assert not Anmeldung.objects.filter(name=KIM["name"]).exists()


# ------------------------------------------------------------------ needs and consents


def test_needs_and_consents_are_stored_with_their_wording(client, texte):
    treffen = make_veranstaltung(plaetze=5)

    client.post(
        adresse(treffen),
        eingaben(
            treffen,
            bedarf_essen="vegan",
            einwilligung_bedarf=texte["bedarf"].pk,
            einwilligung_foto=texte["foto"].pk,
        ),
    )

    anmeldung = Anmeldung.objects.get()
    assert anmeldung.bedarfe.get().text == "vegan"
    assert {e.text for e in anmeldung.einwilligungen.all()} == {texte["bedarf"], texte["foto"]}


def test_no_box_is_ticked_and_registering_agrees_to_nothing(client, texte):
    treffen = make_veranstaltung(plaetze=5)

    html = client.get(adresse(treffen)).text
    client.post(adresse(treffen), eingaben(treffen))

    assert html.count('type="checkbox"') == 3
    assert "checked" not in html
    assert not Anmeldung.objects.get().einwilligungen.exists()


def test_needs_without_consent_are_not_taken(client, texte):
    treffen = make_veranstaltung(plaetze=5)

    response = client.post(adresse(treffen), eingaben(treffen, bedarf_zugang="Rollstuhl"))

    assert response.status_code == 422
    assert response.text.count("Bitte stimmen Sie zu, dass wir diese Angaben verwenden") == 2
    assert ">\nRollstuhl</textarea>" in response.text
    assert not Anmeldung.objects.exists()


def test_consent_to_needs_without_needs_is_none(client, texte):
    treffen = make_veranstaltung(plaetze=5)

    client.post(adresse(treffen), eingaben(treffen, einwilligung_bedarf=texte["bedarf"].pk))

    assert not Anmeldung.objects.get().einwilligungen.exists()


def test_a_wording_that_changed_while_the_form_was_open_is_the_one_agreed_to(client, texte):
    treffen = make_veranstaltung(plaetze=5)
    neu = Einwilligungstext.objects.create(zweck="foto", fassung=2, text="Ja zu allem.")

    client.post(adresse(treffen), eingaben(treffen, einwilligung_foto=texte["foto"].pk))

    assert "Ja zu allem." in client.get(adresse(treffen)).text
    assert Anmeldung.objects.get().einwilligungen.get().text == texte["foto"] != neu


@pytest.mark.parametrize("wert", ["on", "999999", "-1", "²", "9" * 400])
def test_a_forged_consent_is_none(client, texte, wert):
    treffen = make_veranstaltung(plaetze=5)

    response = client.post(adresse(treffen), eingaben(treffen, einwilligung_foto=wert))

    assert response.status_code == 422
    assert "Bitte setzen Sie das Häkchen noch einmal." in response.text
    assert not Anmeldung.objects.exists()


def test_the_wording_of_another_purpose_is_no_consent(client, texte):
    treffen = make_veranstaltung(plaetze=5)

    daten = eingaben(treffen, einwilligung_foto=texte["einladungen"].pk)

    assert client.post(adresse(treffen), daten).status_code == 422


def test_consents_are_given_and_taken_back_with_their_dates(texte):
    anmeldung = angemeldet(make_veranstaltung(plaetze=5), **ALEX)
    client = geoeffnet(anmeldung)

    client.post(seite(anmeldung, "angaben/"), {"einwilligung_foto": texte["foto"].pk})
    erlaubt = client.get(seite(anmeldung)).text
    client.post(seite(anmeldung, "angaben/"), {})

    einwilligung = anmeldung.einwilligungen.get()
    assert "<b>Fotos:</b> erlaubt am" in erlaubt
    assert einwilligung.erteilt_am < einwilligung.widerrufen_am
    assert "Sie haben nichts angegeben und nichts erlaubt." in client.get(seite(anmeldung)).text


def test_a_consent_is_shown_as_it_was_worded_when_given(texte):
    anmeldung = angemeldet(make_veranstaltung(plaetze=5), **ALEX)
    client = geoeffnet(anmeldung)
    client.post(seite(anmeldung, "angaben/"), {"einwilligung_foto": texte["foto"].pk})
    Einwilligungstext.objects.create(zweck="foto", fassung=2, text="Ja zu allem.")

    html = client.get(seite(anmeldung, "angaben/")).text

    assert "Ja zu foto." in html
    assert "Ja zu allem." not in html
    assert html.count("checked") == 1


def test_needs_are_changed_and_deleted_with_their_consent(texte):
    anmeldung = angemeldet(make_veranstaltung(plaetze=5), **ALEX)
    client, ja = geoeffnet(anmeldung), {"einwilligung_bedarf": texte["bedarf"].pk}

    client.post(seite(anmeldung, "angaben/"), {"bedarf_essen": "vegan", **ja})
    client.post(seite(anmeldung, "angaben/"), {"bedarf_essen": "ohne Nüsse", **ja})
    geaendert = anmeldung.bedarfe.get().text
    client.post(seite(anmeldung, "angaben/"), {"bedarf_essen": "", **ja})

    assert geaendert == "ohne Nüsse"
    assert not anmeldung.bedarfe.exists()
    assert not anmeldung.einwilligungen.gueltige().exists()
