"""A coordinator decides about the Hinweise of her Kommunen, and about no others."""

import pytest

from angebote.models import Hinweis
from praeventionsketten import rollen
from praeventionsketten.models import Mail
from tests import factories as f

pytestmark = pytest.mark.django_db


def seite(hinweis) -> str:
    return f"/verwaltung/angebote/hinweis/{hinweis.pk}/pruefen/"


@pytest.fixture
def hinweis(eigenes):
    return f.make_hinweis(eigenes["angebot"], absender_email="kim@example.org")


def test_she_reads_what_was_reported_beside_what_stands_there(koordination, eigenes, hinweis):
    html = koordination.get(seite(hinweis)).content.decode()

    assert "Da geht niemand ans Telefon." in html
    assert eigenes["kontakt"].telefon in html
    assert f"/verwaltung/angebote/angebot/{eigenes['angebot'].pk}/change/" in html


def test_the_row_of_the_list_leads_to_this_page(koordination, hinweis):
    antwort = koordination.get(f"/verwaltung/angebote/hinweis/{hinweis.pk}/change/")

    assert antwort["Location"] == seite(hinweis)


@pytest.mark.parametrize(
    ("ergebnis", "satz"),
    [("berichtigt", "den Eintrag berichtigt"), ("stimmt", "Der Eintrag stimmt.")],
)
def test_the_person_hears_how_it_ended(koordination, hinweis, ergebnis, satz):
    daten = {"ergebnis": ergebnis, "antwort": "Schöne Grüße!"}

    antwort = koordination.post(seite(hinweis), daten)

    hinweis.refresh_from_db()
    assert antwort["Location"] == "/verwaltung/"
    assert (hinweis.status, hinweis.entschieden_von) == ("erledigt", koordination.konto)
    mail = Mail.objects.get()
    assert mail.an == "kim@example.org"
    assert satz in mail.text
    assert "Schöne Grüße!" in mail.text
    assert "Da geht niemand" not in mail.text


@pytest.mark.parametrize(("art", "verspricht"), [("pflege", False), ("oeffentlich", True)])
def test_a_provider_is_not_promised_that_her_address_goes(
    koordination, eigenes, hinweis, art, verspricht
):
    f.make_kontakt(eigenes["angebot"], art=art, email="Kim@example.org")

    koordination.post(seite(hinweis), {"ergebnis": "stimmt"})

    assert ("löschen wir 30 Tage" in Mail.objects.get().text) is verspricht


def test_advertising_is_not_answered(koordination, hinweis):
    koordination.post(seite(hinweis), {"ergebnis": "werbung"})

    assert not Mail.objects.exists()
    assert Hinweis.objects.get(pk=hinweis.pk).ergebnis == "werbung"


def test_who_left_no_address_gets_no_mail(koordination, eigenes):
    hinweis = f.make_hinweis(eigenes["angebot"])

    koordination.post(seite(hinweis), {"ergebnis": "stimmt"})

    assert not Mail.objects.exists()


def test_pressed_twice_it_is_one_decision_and_one_mail(koordination, hinweis):
    koordination.post(seite(hinweis), {"ergebnis": "stimmt"})

    antwort = koordination.post(seite(hinweis), {"ergebnis": "berichtigt"}, follow=True)

    assert "schon jemand entschieden" in antwort.content.decode()
    assert Hinweis.objects.get(pk=hinweis.pk).ergebnis == "stimmt"
    assert Mail.objects.count() == 1


@pytest.mark.parametrize("ergebnis", ["", "erfunden", "x" * 100_000])
def test_a_forged_outcome_changes_nothing(koordination, hinweis, ergebnis):
    antwort = koordination.post(seite(hinweis), {"ergebnis": ergebnis})

    assert antwort.status_code == 200
    assert Hinweis.objects.offen().filter(pk=hinweis.pk).exists()


def test_a_foreign_hinweis_cannot_be_read_or_decided(koordination, fremdes):
    hinweis = f.make_hinweis(fremdes["angebot"])

    assert koordination.get(seite(hinweis)).status_code == 404
    assert koordination.post(seite(hinweis), {"ergebnis": "stimmt"}).status_code == 404
    assert Hinweis.objects.offen().filter(pk=hinweis.pk).exists()


def test_what_belongs_to_no_kommune_is_for_the_redaktion_alone(koordination, anmelden):
    hinweis = f.make_hinweis(f.make_angebot(kommune=None))

    assert koordination.get(seite(hinweis)).status_code == 404
    redaktion = anmelden(rollen.REDAKTION)
    assert redaktion.post(seite(hinweis), {"ergebnis": "stimmt"}).status_code == 302


def test_the_team_of_events_does_not_decide_about_the_directory(anmelden, hinweis):
    team = anmelden(rollen.VERANSTALTUNGSTEAM)

    assert team.get(seite(hinweis)).status_code in (403, 404)
    assert team.post(seite(hinweis), {"ergebnis": "stimmt"}).status_code in (403, 404)


def test_nobody_adds_or_deletes_one_by_hand(koordination, hinweis):
    assert koordination.get("/verwaltung/angebote/hinweis/add/").status_code == 403
    pfad = f"/verwaltung/angebote/hinweis/{hinweis.pk}/delete/"
    assert koordination.post(pfad, {"post": "yes"}).status_code == 403
