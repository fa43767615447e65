"""The pages of the history in a real browser, wide and narrow, light and dark."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from angebote.models import Angebot
from tests.verwaltung.test_browser import REGELN

from .seiten import adresse
from .welt import alles_anders

pytestmark = pytest.mark.browser

SEITEN = [
    "history/",
    "fassungen/vergleich/?von=1&bis=2",
    "fassungen/vergleich/?von=2&bis=2",
    "fassungen/1/",
]


@pytest.fixture
def seite(chromium, live_server, koordination, angebot):
    """A window without our policy: axe writes styles into the page it looks at."""
    angebot.festhalten()
    alles_anders(angebot)
    angebot.festhalten()
    kontext = chromium.new_context(base_url=live_server.url, locale="de-DE", bypass_csp=True)
    sitzung = koordination.cookies["sessionid"].value
    kontext.add_cookies([{"name": "sessionid", "value": sitzung, "url": live_server.url}])
    yield kontext.new_page()
    kontext.close()


def test_axe_finds_nothing_and_nothing_scrolls_sideways(seite, angebot):
    for ende in SEITEN:
        seite.goto(adresse(angebot, ende))
        assert seite.locator("h1").count() == 1
        for farben, breite in [("light", 1280), ("dark", 320)]:
            seite.emulate_media(color_scheme=farben, reduced_motion="reduce")
            seite.set_viewport_size({"width": breite, "height": 900})
            befund = Axe().run(seite, options=REGELN)
            assert befund.response["violations"] == [], (ende, befund.generate_report())
            assert seite.evaluate("document.documentElement.scrollWidth <= innerWidth"), ende


def test_a_fassung_is_restored_by_keyboard(seite, angebot):
    seite.goto(adresse(angebot, "change/"))
    seite.get_by_role("link", name="Verlauf").press("Enter")
    seite.get_by_role("link", name="Wiederherstellen … Fassung 1").press("Enter")
    seite.get_by_role("button", name="Fassung 1 wiederherstellen").press("Enter")
    seite.get_by_text("Fassung 1 ist wiederhergestellt.").wait_for()

    assert Angebot.objects.get(pk=angebot.pk).titel == "Elterncafé Nordstadt"
    assert seite.get_by_text("Wiederhergestellt: Fassung 1").is_visible()
