"""What a coordinator does about it in the admin, one button each."""

import re

import pytest
from django.utils import timezone

from angebote.models import Angebot, Telefonaufgabe
from angebote.pflege import sofort
from praeventionsketten import rollen
from tests.factories import (
    make_kommune,
    make_konto,
    make_landesprogramm,
    make_pflegelink,
    make_zustaendigkeit,
)

from .hilfen import geoeffnet, make_faelliges

pytestmark = pytest.mark.django_db
LISTE = "/verwaltung/angebote/angebot/"


@pytest.fixture
def kommune():
    make_landesprogramm()
    return make_kommune()


@pytest.fixture
def koordination(kommune, client):
    rollen.einrichten()
    konto = make_konto(is_staff=True)
    konto.groups.add(*konto.groups.model.objects.filter(name=rollen.KOORDINATION))
    make_zustaendigkeit(konto=konto, kommune=kommune)
    client.force_login(konto)
    return client


def druecke(client, angebot: Angebot, knopf: str, gesehen: int | str | None = None):
    """Press it beside what the page shows now, or beside the Fassung that is named."""
    if gesehen is None:
        gesehen = angebot.fassungen.values_list("nummer", flat=True).first() or 0
    return client.post(
        f"/verwaltung/angebote/angebot/{angebot.pk}/knopf/{knopf}/",
        {"gesehen": gesehen},
        follow=True,
    )


def in_der_liste(client) -> dict[str, str]:
    """The hidden number of each row, by the key of its Angebot."""
    html = client.get(LISTE).content.decode()
    return dict(re.findall(r'name="stand_(\d+)" value="(\d+)"', html))


def bestaetige_alle(client, staende: dict, **mehr) -> str:
    auswahl = {"action": "angaben_bestaetigen", "_selected_action": list(staende), **mehr}
    auswahl |= {f"stand_{pk}": stand for pk, stand in staende.items()}
    return client.post(LISTE, auswahl, follow=True).content.decode()


def formular(client, angebot: Angebot) -> str:
    return client.get(f"/verwaltung/angebote/angebot/{angebot.pk}/change/").content.decode()


def test_a_call_that_succeeded_confirms_by_phone(koordination, kommune):
    angebot = make_faelliges(kommune=kommune)
    angebot.telefonaufgaben.create(grund=Telefonaufgabe.Grund.KEINE_ANTWORT)
    assert "Am Telefon bestätigt" in formular(koordination, angebot)

    druecke(koordination, angebot, "am_telefon_bestaetigen")

    assert angebot.bestaetigungen.first().wie == "telefon"
    assert not angebot.telefonaufgaben.offen().exists()
    assert "Am Telefon bestätigt</button>" not in formular(koordination, angebot)


@pytest.mark.parametrize("knopf", ["am_telefon_bestaetigen", "bestaetigen"])
def test_what_was_edited_since_the_page_was_opened_is_shown_again(koordination, kommune, knopf):
    angebot = make_faelliges(kommune=kommune)
    gesehen = angebot.aktuelle_fassung()
    angebot.kurzbeschreibung = "Jetzt um 15 Uhr."
    angebot.save()
    vorher = angebot.bestaetigungen.count()

    html = druecke(koordination, angebot, knopf, gesehen).content.decode()

    assert angebot.bestaetigungen.count() == vorher
    assert "wurde gerade geändert. Bitte sehen Sie noch einmal darauf." in html
    assert f'name="gesehen" value="{gesehen + 1}"' in html
    druecke(koordination, angebot, knopf, gesehen + 1)
    assert angebot.bestaetigungen.count() == vorher + 1


@pytest.mark.parametrize("gesehen", ["", "-1", "²", "9" * 30, "1 OR 1"])
def test_a_forged_number_confirms_nothing(koordination, kommune, gesehen):
    angebot = make_faelliges(kommune=kommune)
    angebot.aktuelle_fassung()
    vorher = angebot.bestaetigungen.count()

    antwort = druecke(koordination, angebot, "bestaetigen", gesehen)

    assert antwort.status_code == 200
    assert angebot.bestaetigungen.count() == vorher


@pytest.mark.parametrize("knopf", ["am_telefon_bestaetigen", "bestaetigen"])
@pytest.mark.parametrize("status", ["entwurf", "beendet"])
def test_what_the_public_does_not_read_is_not_confirmed(koordination, kommune, knopf, status):
    angebot = make_faelliges(kommune=kommune, status=status)
    angebot.telefonaufgaben.create(grund=Telefonaufgabe.Grund.KEINE_ANTWORT)
    vorher = angebot.bestaetigungen.count()

    html = druecke(koordination, angebot, knopf).content.decode()

    assert angebot.bestaetigungen.count() == vorher
    assert "ist nicht veröffentlicht und wird deshalb nicht bestätigt" in html
    assert f"/knopf/{knopf}/" not in html


def test_the_list_confirms_only_what_is_public(koordination, kommune):
    oeffentlich = make_faelliges(kommune=kommune)
    entwurf = make_faelliges(kommune=kommune, status="entwurf")
    vorher = entwurf.bestaetigungen.count()
    html = bestaetige_alle(koordination, in_der_liste(koordination))

    assert oeffentlich.bestaetigungen.count() == vorher + 1
    assert entwurf.bestaetigungen.count() == vorher
    assert "Bestätigt: 1 Angebote." in html
    assert "nicht bestätigt: 1." in html


def test_the_list_confirms_what_it_showed_and_names_what_changed_since(koordination, kommune):
    geaendert, anderes = (
        make_faelliges(kommune=kommune, titel=titel) for titel in ("Eltern<café>", "Spielkreis")
    )
    geaendert.festhalten()
    gesehen = in_der_liste(koordination)
    geaendert.kurzbeschreibung = "Findet jetzt in der Turnhalle statt."
    geaendert.save()

    html = bestaetige_alle(koordination, gesehen)

    assert (geaendert.bestaetigungen.count(), anderes.bestaetigungen.count()) == (1, 2)
    assert "nicht bestätigt: „Eltern&lt;café&gt;“. Bitte sehen Sie noch einmal" in html
    assert "Bestätigt: 2 Angebote." in bestaetige_alle(koordination, in_der_liste(koordination))


@pytest.mark.parametrize("stand", ["", "-1", "²", "9" * 400, "1; DROP"])
def test_rows_the_list_did_not_show_are_not_confirmed(koordination, kommune, stand):
    angebot = make_faelliges(kommune=kommune)

    html = bestaetige_alle(koordination, {angebot.pk: stand}, select_across="1")

    assert angebot.bestaetigungen.count() == 1
    assert "Bestätigt wird nur, was Sie sehen." in html


def test_nobody_picked_up_so_it_comes_back_some_days_later(koordination, kommune):
    angebot = make_faelliges(kommune=kommune)
    angebot.telefonaufgaben.create(grund=Telefonaufgabe.Grund.KEINE_ANTWORT)

    druecke(koordination, angebot, "nicht_erreicht")

    assert angebot.telefonaufgaben.get().wieder_am > timezone.localdate()
    assert not Angebot.objects.telefonisch_zu_bestaetigen().exists()


def test_bad_news_is_taken_back_with_a_version(koordination, kommune):
    angebot = make_faelliges(kommune=kommune)
    link, _ = make_pflegelink(angebot)
    sofort.beendet(link, angebot)

    druecke(koordination, angebot, "meldung_zuruecknehmen")

    angebot.refresh_from_db()
    assert angebot.status == Angebot.Status.VEROEFFENTLICHT
    assert angebot.fassungen.first().konto is not None


def test_a_link_that_was_withdrawn_opens_nothing(koordination, kommune):
    angebot = make_faelliges(kommune=kommune)
    _link, zeichen = make_pflegelink(angebot)
    fremd, ziel = geoeffnet(zeichen)

    druecke(koordination, angebot, "links_widerrufen")

    assert fremd.get(ziel).status_code == 404


def test_a_repaired_address_is_asked_again(koordination, kommune):
    angebot = make_faelliges(kommune=kommune)
    angebot.kontakte.update(unzustellbar_seit=timezone.now())
    angebot.indizieren()

    druecke(koordination, angebot, "wieder_anschreiben")

    assert angebot.kontakte.get().unzustellbar_seit is None
    angebot.suchzeile.refresh_from_db()
    assert not angebot.suchzeile.karte["gestoert"]


@pytest.mark.parametrize(
    "knopf", ["am_telefon_bestaetigen", "links_widerrufen", "wieder_anschreiben"]
)
def test_nobody_presses_a_button_of_another_kommune(koordination, knopf):
    fremdes = make_faelliges(kommune=make_kommune())
    make_pflegelink(fremdes)
    vorher = fremdes.bestaetigungen.count()

    antwort = druecke(koordination, fremdes, knopf)

    assert antwort.status_code in (302, 403, 404)
    assert fremdes.bestaetigungen.count() == vorher
    assert fremdes.pflegepositionen.gueltige().exists()
