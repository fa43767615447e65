"""axe finds nothing, in light and dark, on a phone and on a desk.

The browser's requests are answered by Django's test client in this very thread, so the
pages of one transaction are looked at without a server, with their real headers.
"""

import itertools

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client

from tests.inventar import SEITEN, Zustand
from tests.kleine_welt import kleine_welt

HERKUNFT = "http://testserver"
REGELN = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
# axe itself is injected by the test; Trusted Types would refuse it, not the page.
AUSSETZEN = ("require-trusted-types-for 'script'", "trusted-types 'none'")

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


@pytest.fixture(autouse=True)
def _welt(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    settings.ALLOWED_HOSTS = ["testserver"]
    kleine_welt()


@pytest.fixture
def blatt(chromium):
    """Opens a page whose every request is answered by the test client."""
    fremd, client, seiten = [], Client(), {}

    def antworten(route) -> None:
        url = route.request.url
        if not url.startswith(HERKUNFT):
            fremd.append(url)
            route.abort()
            return
        pfad = url.removeprefix(HERKUNFT)
        # Playwright calls from a context with a database connection of its own, so the page
        # is asked for before; what it embeds needs no database.
        antwort = seiten.get(pfad) or client.get(pfad)
        kopf = {n: w for n, w in antwort.headers.items() if n.lower() != "set-cookie"}
        for regel in AUSSETZEN:
            kopf["Content-Security-Policy"] = kopf["Content-Security-Policy"].replace(regel, "")
        route.fulfill(status=antwort.status_code, headers=kopf, body=antwort.getvalue())

    kontext = chromium.new_context(locale="de-DE")
    kontext.route("**/*", antworten)
    fenster = kontext.new_page()

    def oeffnen(zustand: Zustand):
        seiten[zustand.adresse] = zustand.besucher().get(zustand.adresse)
        fenster.goto(HERKUNFT + zustand.adresse)
        return fenster

    yield oeffnen
    kontext.close()
    assert fremd == []


@pytest.mark.parametrize("zustand", [z for z in SEITEN if z.axe], ids=lambda z: z.name)
def test_axe_finds_nothing_and_nothing_scrolls_sideways(blatt, zustand):
    seite = blatt(zustand)

    for farben, breite in itertools.product(["light", "dark"], [320, 1280]):
        seite.emulate_media(color_scheme=farben, reduced_motion="reduce")
        seite.set_viewport_size({"width": breite, "height": 900})
        befund = Axe().run(seite, options=REGELN)
        assert befund.response["violations"] == [], (farben, breite, befund.generate_report())
        assert seite.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
