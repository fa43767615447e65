"""A new coordinator does her work by keyboard alone, in a window like hers."""

import time

import pytest

from angebote.models import Angebot, Hinweis, Vorschlag
from praeventionsketten import rollen
from tests import factories as f
from tests.verwaltung.welt import make_mitglied

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
GENUG_TASTEN = 80
ZWEI_MINUTEN = 120


@pytest.fixture
def kommune():
    rollen.einrichten()
    f.make_landesprogramm()
    return f.make_kommune()


@pytest.fixture
def seite(fenster, live_server, kommune, client):
    """The start page of somebody who has never been here."""
    client.force_login(make_mitglied(rollen.KOORDINATION, kommunen=[kommune]))
    seite = fenster()
    seite.context.add_cookies(
        [
            {
                "name": "sessionid",
                "value": client.cookies["sessionid"].value,
                "url": live_server.url,
            }
        ]
    )
    seite.goto("/verwaltung/")
    return seite


def tabbe_zu(seite, worte: str) -> None:
    """Press Tab until what has the focus is called like this; it must be seen."""
    for _ in range(GENUG_TASTEN):
        seite.keyboard.press("Tab")
        fokus = seite.locator(":focus")
        if fokus.count() and worte in (fokus.inner_text() or ""):
            assert fokus.is_visible()
            return
    raise AssertionError(f"„{worte}“ cannot be reached by Tab")


def test_a_hinweis_is_settled_by_keyboard(seite, kommune):
    hinweis = f.make_hinweis(f.make_angebot(titel="Elterncafé", kommune=kommune))
    seite.reload()
    beginn = time.monotonic()

    tabbe_zu(seite, "Hinweis prüfen")
    seite.keyboard.press("Enter")
    seite.get_by_role("heading", name="Was gemeldet wurde").wait_for()
    tabbe_zu(seite, "Eintrag stimmt")
    seite.keyboard.press("Enter")
    seite.get_by_text("Der Hinweis ist erledigt.").wait_for()

    assert time.monotonic() - beginn < ZWEI_MINUTEN
    assert Hinweis.objects.get(pk=hinweis.pk).ergebnis == "stimmt"


def test_a_proposal_is_taken_over_in_part_by_keyboard(seite, kommune):
    angebot = f.make_angebot(titel="Elterncafé", kurzbeschreibung="Kaffee.", kommune=kommune)
    felder = {
        "titel": {"alt": "Elterncafé", "neu": "Elterncafé im Park"},
        "kurzbeschreibung": {"alt": "Kaffee.", "neu": "Kaffee und Kuchen."},
    }
    f.make_vorschlag(angebot, felder=felder)
    seite.reload()

    tabbe_zu(seite, "Vorschlag prüfen")
    seite.keyboard.press("Enter")
    seite.get_by_role("checkbox", name="Titel").wait_for()
    seite.get_by_role("checkbox", name="Titel").focus()
    seite.keyboard.press("Space")
    tabbe_zu(seite, "Ausgewählte übernehmen")
    seite.keyboard.press("Enter")
    seite.get_by_text("Der Vorschlag ist übernommen.").wait_for()

    angebot = Angebot.objects.get(pk=angebot.pk)
    assert (angebot.titel, angebot.kurzbeschreibung) == ("Elterncafé", "Kaffee und Kuchen.")


def test_a_call_is_noted_by_keyboard_and_the_list_is_glad(seite, kommune):
    angebot = f.make_angebot(titel="Elterncafé", kommune=kommune)
    f.make_zeitfenster(angebot)
    f.make_bestaetigung(angebot, wann="2024-01-01T12:00:00Z")
    seite.reload()

    tabbe_zu(seite, "Stimmt noch")
    seite.keyboard.press("Enter")
    seite.get_by_text("Alles erledigt. Danke!").wait_for()

    assert angebot.bestaetigungen.count() == 2


def test_a_new_angebot_becomes_a_draft_by_keyboard(seite, kommune):
    f.make_einrichtung(name="Bücherei", kommune=kommune)
    felder = {
        "titel": {"alt": "", "neu": "Vorlesen"},
        "traeger": {"alt": "", "neu": "Bücherei"},
    }
    f.make_vorschlag(kommune=kommune, felder=felder)
    seite.reload()

    tabbe_zu(seite, "Vorschlag prüfen")
    seite.keyboard.press("Enter")
    seite.get_by_role("heading", name="Was vorgeschlagen wird").wait_for()
    tabbe_zu(seite, "Entwurf anlegen")
    seite.keyboard.press("Enter")
    seite.get_by_role("textbox", name="Titel").wait_for()

    assert Vorschlag.objects.get().angebot.titel == "Vorlesen"
