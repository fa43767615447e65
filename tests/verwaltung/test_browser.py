"""The admin in a real browser: axe, narrow windows, the strict policy, the editor."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from praeventionsketten import rollen
from tests import factories as f
from veranstaltungen.models import Bericht

REGELN = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
pytestmark = pytest.mark.browser

SEITEN = {
    rollen.KOORDINATION: [
        "",
        "angebote/angebot/",
        "angebote/angebot/add/",
        "angebote/angebot/{angebot}/change/",
        "angebote/angebot/{angebot}/history/",
        "angebote/angebot/{angebot}/delete/",
        "angebote/hinweis/",
        "angebote/hinweis/{hinweis}/pruefen/",
        "angebote/vorschlag/",
        "angebote/vorschlag/{vorschlag}/pruefen/",
        "kommunen/kommune/{kommune}/change/",
        "angebote/erhebung/kommune/{kommune}/",
        "angebote/erhebung/kommune/{kommune}/?alle",
        "angebote/erhebung/kommune/{kommune}/phase.kita.wohnen/",
        "angebote/erhebung/kommune/{kommune}/anschluss/",
        "angebote/erhebung/kommune/{kommune}/akteure/",
        "angebote/abgleichrunde/",
        "angebote/abgleichrunde/add/",
        "angebote/abgleichrunde/{abgleichrunde}/runde/",
        "angebote/abgleichrunde/{abgleichrunde}/ergebnis/",
        "kommunen/ort/?q=gibt-es-nicht",
        "kommunen/ort/add/?_popup=1",
    ],
    rollen.VERANSTALTUNGSTEAM: [
        "",
        "veranstaltungen/veranstaltung/{veranstaltung}/change/",
        "veranstaltungen/veranstaltung/{veranstaltung}/plaetze/",
        "veranstaltungen/veranstaltung/{veranstaltung}/plaetze/{platzkontingent}/",
        "veranstaltungen/veranstaltung/{veranstaltung}/anmelden/",
        "veranstaltungen/veranstaltung/{veranstaltung}/absagen/",
        "veranstaltungen/veranstaltung/{veranstaltung}/listen/",
        "veranstaltungen/veranstaltung/{veranstaltung}/listen/tuer/",
        "veranstaltungen/veranstaltung/{veranstaltung}/schreiben/",
        "veranstaltungen/anmeldung/",
        "veranstaltungen/anmeldung/add/",
        "veranstaltungen/anmeldung/{anmeldung}/change/",
        "veranstaltungen/anmeldung/{anmeldung}/wechseln/",
        "veranstaltungen/anmeldung/{anmeldung}/berichtigen/",
        "veranstaltungen/anmeldung/{anmeldung}/vorziehen/",
        "veranstaltungen/anmeldung/{anmeldung}/stornieren/",
        "veranstaltungen/bedarf/",
        "veranstaltungen/protokoll/",
    ],
    rollen.REDAKTION: [
        "",
        "veranstaltungen/bericht/{bericht}/change/",
        "praeventionsketten/bild/add/",
        "praeventionsketten/konto/add/",
        "kommunen/lebensphase/",
    ],
    rollen.ADMINISTRATION: ["", "praeventionsketten/konto/", "praeventionsketten/mail/"],
}


@pytest.fixture
def herein(live_server, anmelden, eigenes):
    """Logs somebody with this role in, in the window of this page."""

    def herein(seite, rolle):
        client = anmelden(rolle, kommunen=[eigenes.kommune])
        sitzung = client.cookies["sessionid"].value
        seite.context.add_cookies(
            [{"name": "sessionid", "value": sitzung, "url": live_server.url}]
        )
        return seite

    return herein


@pytest.fixture
def oeffnen(fenster, herein):
    """Opens a window in which somebody with this role is logged in."""
    return lambda rolle: herein(fenster(), rolle)


@pytest.fixture
def pruefen(chromium, live_server, herein):
    """The same without our policy: axe writes styles into the page it looks at."""
    kontext = chromium.new_context(base_url=live_server.url, locale="de-DE", bypass_csp=True)
    yield lambda rolle: herein(kontext.new_page(), rolle)
    kontext.close()


def adresse(muster: str, haus) -> str:
    namen = (
        "abgleichrunde",
        "angebot",
        "hinweis",
        "vorschlag",
        "veranstaltung",
        "platzkontingent",
        "anmeldung",
        "bericht",
    )
    schluessel = {name: haus[name].pk for name in namen} | {"kommune": haus.kommune.pk}
    return f"/verwaltung/{muster.format(**schluessel)}"


@pytest.mark.parametrize("rolle", SEITEN)
def test_axe_finds_nothing_and_nothing_scrolls_sideways(pruefen, eigenes, rolle):
    seite = pruefen(rolle)

    for muster in SEITEN[rolle]:
        seite.goto(adresse(muster, eigenes))
        seite.wait_for_load_state("networkidle")
        seite.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        assert seite.locator("h1").count() == 1
        for farben, breite in [("light", 1280), ("dark", 320)]:
            seite.emulate_media(color_scheme=farben, reduced_motion="reduce")
            seite.set_viewport_size({"width": breite, "height": 900})
            befund = Axe().run(seite, options=REGELN)
            assert befund.response["violations"] == [], (
                muster,
                farben,
                breite,
                befund.generate_report(),
            )
            assert seite.evaluate("document.documentElement.scrollWidth <= innerWidth"), (
                muster,
                breite,
            )


def test_axe_finds_nothing_on_a_form_with_errors(pruefen, eigenes):
    seite = pruefen(rollen.REDAKTION)
    seite.goto("/verwaltung/praeventionsketten/bild/add/")
    seite.get_by_role("button", name="Speichern", exact=True).click()

    assert seite.title().startswith("Fehler:")
    seite.wait_for_load_state("networkidle")
    assert Axe().run(seite, options=REGELN).response["violations"] == []
    seite.locator("#fehler a").first.click()
    assert seite.evaluate("document.activeElement.id") == "id_datei"


def test_the_editor_speaks_german_and_keeps_what_is_written(oeffnen, eigenes):
    seite = oeffnen(rollen.REDAKTION)
    bericht = eigenes["bericht"]
    seite.goto(f"/verwaltung/veranstaltungen/bericht/{bericht.pk}/change/")

    feld = seite.get_by_role("textbox", name="Text", exact=True).first
    feld.click()
    seite.keyboard.press("Control+End")
    seite.keyboard.type(" Und es war voll.")
    seite.get_by_role("button", name="fett", exact=True).wait_for()
    seite.get_by_role("button", name="Speichern", exact=True).click()
    seite.locator(".messagelist .success").wait_for()

    assert Bericht.objects.get().text == "<p>Es war gut. Und es war voll.</p>"


def test_a_row_is_added_by_keyboard_and_an_ort_is_found_while_typing(oeffnen, eigenes):
    ort = f.make_ort(name="Bürgerhaus Sontra", kommune=eigenes.kommune)
    angebot = eigenes["angebot"]
    seite = oeffnen(rollen.KOORDINATION)
    seite.goto(f"/verwaltung/angebote/angebot/{angebot.pk}/change/")

    seite.get_by_role("button", name="Zeit hinzufügen").press("Enter")
    reihe = seite.locator("#zeitfenster-1")
    reihe.get_by_label("Wochentag").select_option("2")
    reihe.get_by_label("Von").fill("10:00")
    reihe.get_by_label("Bis", exact=False).first.fill("11:30")
    reihe.locator(".select2-selection").first.click()
    seite.locator(".select2-search__field").last.type("Sontra")
    seite.locator(".select2-results__option", has_text="Bürgerhaus Sontra").click()
    seite.get_by_role("button", name="Speichern", exact=True).click()
    seite.locator(".messagelist .success").wait_for()

    assert angebot.zeitfenster.get(wochentag=2).ort == ort


def test_a_round_is_answered_by_one_key_each(oeffnen, eigenes):
    runde = f.make_abgleichrunde(eigenes.kommune)
    for titel in ("Anfang", "Mitte", "Schluss"):
        f.make_angebot(titel=titel, kommune=eigenes.kommune)
    seite = oeffnen(rollen.KOORDINATION)
    seite.goto(f"/verwaltung/angebote/abgleichrunde/{runde.pk}/runde/")
    seite.get_by_role("link", name="Runde beginnen").click()
    seite.wait_for_url("**/angebot/*/")
    erstes = seite.locator("h1").inner_text()

    with seite.expect_navigation():
        seite.keyboard.press("j")
    zweites = seite.locator("h1").inner_text()
    with seite.expect_navigation():
        seite.keyboard.press("z")

    assert erstes != zweites
    assert seite.locator("h1").inner_text() == erstes
    assert not runde.abgleiche.exists()
    seite.keyboard.press("k")
    seite.keyboard.type("jetzt zu, wirklich")
    assert seite.locator("textarea").input_value() == "jetzt zu, wirklich"
    seite.locator("#tasten").uncheck()
    seite.locator("h1").focus()
    seite.keyboard.press("j")
    seite.wait_for_timeout(300)
    assert not runde.abgleiche.exists()
