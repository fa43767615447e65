"""A coordinator compares what is proposed with what stands there, field by field."""

import pytest

from angebote.models import Angebot, Vorschlag
from praeventionsketten import rollen
from praeventionsketten.models import Mail
from tests import factories as f

from .formulare import fehler, senden
from .welt import MARKE

pytestmark = pytest.mark.django_db


def seite(vorschlag) -> str:
    return f"/verwaltung/angebote/vorschlag/{vorschlag.pk}/pruefen/"


@pytest.fixture
def angebot(eigenes):
    angebot = eigenes["angebot"]
    Angebot.objects.filter(pk=angebot.pk).update(
        titel="Elterncafé", kurzbeschreibung="Kaffee.", status="veroeffentlicht"
    )
    return Angebot.objects.get(pk=angebot.pk)


@pytest.fixture
def vorschlag(angebot):
    felder = {
        "titel": {"alt": "Elterncafé", "neu": "Elterncafé im Park"},
        "kurzbeschreibung": {"alt": "Kaffee.", "neu": "Kaffee und Kuchen."},
    }
    return f.make_vorschlag(angebot, felder=felder, absender_email="kim@example.org")


@pytest.fixture
def neuer(eigenes):
    felder = {
        "titel": {"alt": "", "neu": "Krabbelgruppe"},
        "kurzbeschreibung": {"alt": "", "neu": "Singen und Spielen."},
        "wo": {"alt": "", "neu": "Gemeindehaus"},
        "traeger": {"alt": "", "neu": "Kirchengemeinde"},
    }
    return f.make_vorschlag(
        kommune=eigenes.kommune, felder=felder, absender_email="kim@example.org"
    )


def test_every_field_is_shown_with_what_goes_and_what_comes(koordination, vorschlag):
    html = koordination.get(seite(vorschlag)).content.decode()

    assert "im Park" in html
    assert "<ins>" in html
    assert html.count('name="feld"') == 2


def test_single_fields_are_taken_over(koordination, angebot, vorschlag):
    daten = {"tun": "uebernehmen", "feld": ["kurzbeschreibung"], "gesehen": vorschlag.kennung}

    antwort = koordination.post(seite(vorschlag), daten)

    angebot.refresh_from_db()
    assert antwort["Location"] == "/verwaltung/"
    assert (angebot.titel, angebot.kurzbeschreibung) == ("Elterncafé", "Kaffee und Kuchen.")
    assert "übernommen" in Mail.objects.get().text


def test_without_a_field_nothing_is_decided(koordination, vorschlag):
    antwort = koordination.post(seite(vorschlag), {"tun": "uebernehmen"})

    assert antwort.status_code == 422
    assert "wenigstens ein Feld" in antwort.content.decode()
    assert Vorschlag.objects.offen().filter(pk=vorschlag.pk).exists()


@pytest.mark.parametrize("gesehen", ["", "x", None])
def test_what_changed_meanwhile_is_shown_before_it_is_overwritten(
    koordination, angebot, vorschlag, gesehen
):
    daten = {"tun": "uebernehmen", "feld": ["titel"]}
    if gesehen is not None:
        daten["gesehen"] = gesehen
    Angebot.objects.filter(pk=angebot.pk).update(titel="Inzwischen neu")

    antwort = koordination.post(seite(vorschlag), daten)

    html = antwort.content.decode()
    assert antwort.status_code == 422
    assert "Hat sich inzwischen geändert" in html
    assert "Inzwischen" in html
    angebot.refresh_from_db()
    assert angebot.titel == "Inzwischen neu"


def test_a_value_that_breaks_a_rule_is_said_in_words(koordination, angebot):
    felder = {"titel": {"alt": "Elterncafé", "neu": "T" * 200}}
    vorschlag = f.make_vorschlag(angebot, felder=felder)
    daten = {"tun": "uebernehmen", "feld": ["titel"], "gesehen": vorschlag.kennung}

    antwort = koordination.post(seite(vorschlag), daten)

    assert antwort.status_code == 422
    assert "Titel" in antwort.content.decode()
    assert Vorschlag.objects.offen().filter(pk=vorschlag.pk).exists()


def test_it_is_declined_with_kind_words(koordination, angebot, vorschlag):
    daten = {"tun": "ablehnen", "antwort": "Das Café zieht erst im Mai um."}

    koordination.post(seite(vorschlag), daten)

    mail = Mail.objects.get()
    angebot.refresh_from_db()
    assert angebot.titel == "Elterncafé"
    assert "Das Café zieht erst im Mai um." in mail.text
    assert "die Zeit für „Elterncafé“ genommen" in mail.text


def test_a_declined_new_one_mails_no_word_of_who_sent_it(koordination, neuer):
    neuer.felder |= {"titel": {"alt": "", "neu": "Jetzt gewinnen auf werbung.example"}}
    neuer.save()

    koordination.post(seite(neuer), {"tun": "ablehnen"})

    mail = Mail.objects.get()
    assert mail.an == neuer.absender_email
    assert "Vorschlag" in mail.betreff
    assert "können ihn so nicht übernehmen" in mail.text
    assert "werbung.example" not in mail.betreff + mail.text + (mail.html or "")


def test_advertising_is_declined_without_a_word(koordination, neuer):
    koordination.post(seite(neuer), {"tun": "werbung"})

    neuer.refresh_from_db()
    assert (neuer.status, neuer.absender_email) == ("abgelehnt", "")
    assert not Mail.objects.exists()


def test_a_new_one_becomes_a_draft_that_opens_at_once(koordination, eigenes, neuer):
    einrichtung = f.make_einrichtung(name="Kirchengemeinde", kommune=eigenes.kommune)

    html = koordination.get(seite(neuer)).content.decode()
    antwort = koordination.post(seite(neuer), {"tun": "entwurf", "einrichtung": einrichtung.pk})

    neuer.refresh_from_db()
    entwurf = neuer.angebot
    assert f'<option value="{einrichtung.pk}" selected>Kirchengemeinde</option>' in html
    assert antwort["Location"] == f"/verwaltung/angebote/angebot/{entwurf.pk}/change/"
    assert (entwurf.status, entwurf.titel, entwurf.kommune, entwurf.einrichtung) == (
        "entwurf",
        "Krabbelgruppe",
        eigenes.kommune,
        einrichtung,
    )
    assert "Wo: Gemeindehaus" in entwurf.beschreibung
    assert neuer.status == "angenommen"
    assert koordination.get(antwort["Location"]).status_code == 200


def test_pressed_twice_it_is_one_draft(koordination, eigenes, neuer):
    daten = {"tun": "entwurf", "einrichtung": eigenes["einrichtung"].pk}

    koordination.post(seite(neuer), daten)
    antwort = koordination.post(seite(neuer), daten, follow=True)

    assert Angebot.objects.filter(titel="Krabbelgruppe").count() == 1
    assert "schon jemand entschieden" in antwort.content.decode()


def test_a_foreign_einrichtung_is_neither_shown_nor_taken(
    koordination, eigenes, fremdes, neuer
):
    html = koordination.get(seite(neuer)).content.decode()
    antwort = koordination.post(
        seite(neuer), {"tun": "entwurf", "einrichtung": fremdes["einrichtung"].pk}
    )

    assert MARKE not in html
    assert antwort.status_code == 422
    assert not Angebot.objects.filter(titel="Krabbelgruppe").exists()


@pytest.mark.parametrize(
    "tun", ["uebernehmen", "entwurf", "ablehnen", "werbung", "weitergeben"]
)
def test_a_foreign_proposal_is_nobodys_business(koordination, fremdes, tun):
    for vorschlag in (f.make_vorschlag(fremdes["angebot"]), f.make_vorschlag()):
        antwort = koordination.post(seite(vorschlag), {"tun": tun, "feld": "titel"})

        assert antwort.status_code == 404
        assert Vorschlag.objects.offen().filter(pk=vorschlag.pk).exists()


def test_the_redaktion_hands_a_proposal_to_its_kommune(anmelden, koordination, eigenes):
    vorschlag = f.make_vorschlag()
    redaktion = anmelden(rollen.REDAKTION)
    daten = {"tun": "weitergeben", "kommune": eigenes.kommune.pk}

    redaktion.post(seite(vorschlag), daten)

    assert koordination.get(seite(vorschlag)).status_code == 200


def test_a_coordinator_hands_nothing_on(koordination, neuer, fremdes):
    daten = {"tun": "weitergeben", "kommune": fremdes.kommune.pk}

    html = koordination.get(seite(neuer)).content.decode()
    antwort = koordination.post(seite(neuer), daten)

    neuer.refresh_from_db()
    assert MARKE not in html
    assert antwort.status_code == 422
    assert neuer.kommune != fremdes.kommune


@pytest.mark.parametrize("tun", ["", "erfunden", "__class__"])
def test_a_forged_button_does_nothing(koordination, vorschlag, tun):
    assert koordination.post(seite(vorschlag), {"tun": tun}).status_code == 200
    assert Vorschlag.objects.offen().filter(pk=vorschlag.pk).exists()


def test_a_new_one_has_no_fields_to_take_over(koordination, neuer):
    antwort = koordination.post(seite(neuer), {"tun": "uebernehmen", "feld": "titel"})

    neuer.refresh_from_db()
    assert antwort.status_code == 422
    assert neuer.status == Vorschlag.Status.OFFEN


def test_a_proposal_goes_with_its_entry_to_another_kommune(
    anmelden, koordination, angebot, vorschlag, fremdes
):
    redaktion = anmelden(rollen.REDAKTION)
    adresse = f"/verwaltung/angebote/angebot/{angebot.pk}/change/"

    antwort = senden(redaktion, adresse, kommune=fremdes.kommune.pk)

    vorschlag.refresh_from_db()
    assert fehler(antwort) == []
    assert vorschlag.kommune == fremdes.kommune
    assert koordination.get(seite(vorschlag)).status_code == 404


def test_a_nul_in_an_answer_is_left_out(koordination, vorschlag):
    koordination.post(seite(vorschlag), {"tun": "ablehnen", "antwort": "Leider\0 nicht."})

    vorschlag.refresh_from_db()
    assert vorschlag.antwort == "Leider nicht."


def test_a_provider_is_promised_no_end_that_is_not_kept(koordination, vorschlag):
    vorschlag.herkunft = Vorschlag.Herkunft.ANBIETER
    vorschlag.save()

    koordination.post(seite(vorschlag), {"tun": "ablehnen"})

    assert "löschen wir" not in Mail.objects.get().text
