"""Putting an earlier state back in the admin, and whose history it is."""

import datetime as dt

import pytest
from django.contrib.admin.models import LogEntry

from angebote.models import Angebot
from kommunen.models import Kommune
from praeventionsketten import rollen
from tests import factories as f

from .seiten import adresse, text, wiederherstellen
from .welt import alles_anders, volles_angebot

pytestmark = pytest.mark.django_db
GEHEIM = "Qzx7Marke"


def test_a_preview_shows_what_changes_and_changes_nothing(koordination, angebot):
    angebot.festhalten()
    alles_anders(angebot)
    vorher = angebot.fassungen.count()

    seite = text(koordination, angebot, "fassungen/1/")

    angebot.refresh_from_db()
    assert (angebot.titel, angebot.fassungen.count()) == ("Anders", vorher)
    assert "Fassung 1 wiederherstellen" in seite
    assert "Elterncafé Nordstadt" in seite


def test_a_coordinator_puts_back_what_is_hers(koordination, angebot):
    angebot.festhalten()
    alles_anders(angebot)

    antwort = wiederherstellen(koordination, angebot, 1)

    assert antwort.headers["Location"] == adresse(angebot, "history/")
    angebot.refresh_from_db()
    assert (angebot.titel, angebot.termine.count()) == ("Elterncafé Nordstadt", 2)
    assert angebot.fassungen.first().konto == koordination.konto
    assert LogEntry.objects.first().get_change_message() == "Fassung 1 wiederhergestellt."


def test_what_was_put_back_is_found_by_the_search(koordination, angebot, client):
    angebot.festhalten()
    Angebot.objects.filter(pk=angebot.pk).update(titel="Anders", suchwoerter="")
    angebot.indizieren()

    wiederherstellen(koordination, angebot, 1)

    assert angebot.titel in client.get("/angebote/?q=elterncafe").content.decode()


def test_a_stale_preview_is_shown_again(koordination, angebot):
    angebot.festhalten()
    Angebot.objects.filter(pk=angebot.pk).update(titel="Zweiter")

    antwort = wiederherstellen(koordination, angebot, 1, gesehen="alt")

    assert "Inzwischen hat sich der Eintrag geändert" in antwort.content.decode()
    assert "<title>Fehler: " in antwort.content.decode()
    angebot.refresh_from_db()
    assert angebot.titel == "Zweiter"


def test_master_data_are_put_back_by_the_redaktion_alone(koordination, anmelden, kommune):
    kommune.festhalten()
    Kommune.objects.filter(pk=kommune.pk).update(
        name="Anderer Name", ags="06999", programm_von=dt.date(2020, 1, 1), teaser="Anders"
    )

    seite = text(koordination, kommune, "fassungen/1/")
    wiederherstellen(koordination, kommune, 1)
    danach = Kommune.objects.get(pk=kommune.pk)
    wiederherstellen(anmelden(rollen.REDAKTION), kommune, 1)
    am_ende = Kommune.objects.get(pk=kommune.pk)

    assert "Bleibt, wie es heute ist: Name, Gemeindeschlüssel, Im Programm seit." in seite
    assert (danach.name, danach.ags, danach.teaser) == ("Anderer Name", "06999", "")
    assert (am_ende.name, am_ende.ags) == ("Werra-Meißner-Kreis", kommune.ags)
    assert am_ende.slug == kommune.slug


def test_an_angebot_stays_in_its_kommune_for_a_coordinator(anmelden, angebot, kommune):
    zweite = f.make_kommune()
    client = anmelden(rollen.KOORDINATION, kommunen=[kommune, zweite])
    angebot.festhalten()
    Angebot.objects.filter(pk=angebot.pk).update(kommune=zweite, titel="Anders")

    wiederherstellen(client, angebot, 1)

    angebot.refresh_from_db()
    assert (angebot.kommune, angebot.titel) == (zweite, "Elterncafé Nordstadt")


# ------------------------------------------------------------------ whose it is


def fremd(**fields) -> Angebot:
    angebot = volles_angebot(termine=1, kommune=f.make_kommune(), **fields)
    Angebot.objects.filter(pk=angebot.pk).update(titel=f"{GEHEIM} alt")
    angebot.festhalten()
    Angebot.objects.filter(pk=angebot.pk).update(titel=f"{GEHEIM} neu")
    angebot.festhalten()
    return angebot


@pytest.mark.parametrize(
    "ende", ["history/", "fassungen/vergleich/?von=1&bis=2", "fassungen/1/"]
)
def test_nobody_reads_the_history_of_another_kommune(koordination, ende):
    angebot = fremd()

    antwort = koordination.get(adresse(angebot, ende), follow=True)

    assert GEHEIM not in antwort.content.decode()


def test_nobody_puts_back_what_belongs_to_another_kommune(koordination, anmelden):
    angebot = fremd()
    seite = anmelden(rollen.REDAKTION).get(adresse(angebot, "fassungen/1/"))

    antwort = koordination.post(
        adresse(angebot, "fassungen/1/"), {"gesehen": seite.context["plan"].kennung}
    )

    assert antwort.status_code in (302, 403, 404)
    angebot.refresh_from_db()
    assert angebot.titel == f"{GEHEIM} neu"


def test_what_is_landesweit_is_read_but_not_put_back(koordination):
    angebot = volles_angebot(termine=1)
    Angebot.objects.filter(pk=angebot.pk).update(kommune=None)
    angebot.festhalten()
    Angebot.objects.filter(pk=angebot.pk).update(titel="Neu")
    angebot.festhalten()

    seite = text(koordination, angebot, "history/")
    versuch = koordination.post(adresse(angebot, "fassungen/1/"), {"gesehen": "x"})

    assert "Fassung 2" in seite
    assert "Wiederherstellen" not in seite
    assert versuch.status_code == 403


def test_the_time_in_another_kommune_stays_closed_after_a_move(koordination, kommune):
    angebot = fremd()
    Angebot.objects.filter(pk=angebot.pk).update(kommune=kommune, titel="Umgezogen")
    angebot.festhalten()

    seite = text(koordination, angebot, "history/")
    vergleich = koordination.get(adresse(angebot, "fassungen/vergleich/?von=1&bis=3"))
    zurueck = koordination.get(adresse(angebot, "fassungen/1/"))

    assert "Fassung 3" in seite
    assert GEHEIM not in seite
    assert (vergleich.status_code, zurueck.status_code) == (404, 404)


def test_a_link_to_a_row_of_another_kommune_does_not_come_back(koordination, angebot):
    fremder_ort = f.make_ort(kommune=f.make_kommune(), name="Fremder Saal")
    angebot.orte.set([fremder_ort])
    angebot.termine.update(ort=fremder_ort)
    angebot.festhalten()
    angebot.orte.clear()
    angebot.termine.update(ort=None)

    seite = text(koordination, angebot, "fassungen/1/")
    Angebot.objects.filter(pk=angebot.pk).update(titel="Anders")
    wiederherstellen(koordination, angebot, 1)

    assert "Fremder Saal“ gibt es nicht mehr oder steht Ihnen nicht offen" in seite
    assert not angebot.orte.exists()
    assert not angebot.termine.filter(ort=fremder_ort).exists()


def test_rows_a_role_may_not_read_are_not_in_what_it_compares(anmelden, kommune):
    f.make_koordination(kommune=kommune, funktion=GEHEIM)
    kommune.festhalten()
    kommune.koordinationen.all().delete()
    Kommune.objects.filter(pk=kommune.pk).update(teaser="Anders")
    kommune.festhalten()
    team = anmelden(rollen.VERANSTALTUNGSTEAM)

    vergleich = text(team, kommune, "fassungen/vergleich/?von=1&bis=2")
    verlauf = text(team, kommune, "history/")

    assert "Anders" in vergleich
    assert GEHEIM not in vergleich
    assert "Koordination</td>" not in verlauf
    assert team.get(adresse(kommune, "fassungen/1/")).status_code == 403


def test_a_stranger_sees_only_the_way_in(client, angebot):
    angebot.festhalten()

    for ende in ("history/", "fassungen/vergleich/?von=1", "fassungen/1/"):
        antwort = client.get(adresse(angebot, ende))
        assert antwort.status_code == 302
        assert (
            "login" in antwort.headers["Location"] or "anmelden" in antwort.headers["Location"]
        )
