"""A person who walks the portal by keyboard alone, with JavaScript switched off."""

import pytest
from django.db import transaction

from tests.kleine_welt import kleine_welt

HOECHSTENS = 200  # presses of Tab; more would mean that something holds the focus
FOKUS = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  const teile = [e, ...e.querySelectorAll("*")];
  const umrandet = teil => {
    const stil = getComputedStyle(teil);
    const linie = stil.outlineStyle === "none" ? 0 : parseFloat(stil.outlineWidth);
    return linie >= 2 || (teil.matches("polygon") && parseFloat(stil.strokeWidth) >= 6);
  };
  const zu_sehen = teil => {
    const r = teil.getClientRects()[0];
    return r && e.contains(document.elementFromPoint(r.x + r.width / 2, r.y + r.height / 2));
  };
  const schilder = [...(e.labels || [])].map(label => label.innerText).join(" ");
  const name = e.getAttribute("aria-label") || schilder || e.textContent || e.value;
  const gruppe = e.type === "radio" && e.closest("fieldset").querySelector("legend").innerText;
  return {
    gruppe: gruppe || "",
    name: name.replace(/[\\s\\u00ad]+/g, " ").trim(),
    stelle: [...document.querySelectorAll("*")].indexOf(e),
    umrandet: teile.some(umrandet),
    zu_sehen: teile.some(zu_sehen),
    passt: document.documentElement.scrollWidth <= window.innerWidth,
  };
}"""


class Mensch:
    """Goes from page to page by Tab, Enter, Space and arrows; never touches a mouse.

    On every step the focus must be seen, be covered by nothing and move on in the order
    of the page.
    """

    def __init__(self, page) -> None:
        self.page = page

    def oeffne(self, adresse: str) -> None:
        self.page.goto(adresse)

    def gehe_zu(self, name: str, *, rueckwaerts: bool = False) -> None:
        """Press Tab until the focus stands on what has a name, or a group, with this beginning."""
        taste, vorher = ("Shift+Tab" if rueckwaerts else "Tab"), None
        for _ in range(HOECHSTENS):
            self.page.keyboard.press(taste)
            hier = self.page.evaluate(FOKUS)
            assert hier, f"„{name}“ is out of reach on {self.page.url}"
            assert hier["umrandet"], f"no focus to be seen on {hier}"
            assert hier["zu_sehen"], f"something covers {hier}"
            assert hier["passt"], f"the page scrolls sideways at {hier}"
            if vorher is not None:
                assert (hier["stelle"] > vorher) != rueckwaerts, f"trapped at {hier}"
            vorher = hier["stelle"]
            if hier["name"].startswith(name) or hier["gruppe"].startswith(name):
                return
        raise AssertionError(f"„{name}“ is not reached in {HOECHSTENS} steps")

    def druecke(self, *tasten: str) -> None:
        for taste in tasten:
            self.page.keyboard.press(taste)

    def schreibe(self, name: str, text: str) -> None:
        """Type over what stands in the field."""
        self.gehe_zu(name)
        self.druecke("Control+a")
        self.page.keyboard.type(text)

    def kreuze_an(self, name: str) -> None:
        self.gehe_zu(name)
        self.druecke("Space")

    def waehle(self, gruppe: str, name: str) -> None:
        """Choose a radio button: Tab to its group, arrows inside it."""
        self.gehe_zu(gruppe)
        for _ in range(HOECHSTENS):
            if self.page.evaluate(FOKUS)["name"].startswith(name):
                return self.druecke("Space")
            self.druecke("ArrowDown")
        raise AssertionError(f"„{name}“ cannot be chosen")

    def waehle_aus(self, name: str, anfang: str) -> None:
        """Choose from a list by typing how the entry begins."""
        self.gehe_zu(name)
        self.page.keyboard.type(anfang)

    def folge(self, name: str, *, rueckwaerts: bool = False) -> None:
        """Go to a link or button and press Enter."""
        self.gehe_zu(name, rueckwaerts=rueckwaerts)
        with self.page.expect_navigation():
            self.druecke("Enter")

    def klappe_auf(self, name: str) -> None:
        """Open what a phone folds away; on a desk it lies open."""
        summary = self.page.locator("summary", has_text=name)
        if summary.first.is_visible():
            self.gehe_zu(name)
            self.druecke("Enter")

    def menue(self, punkt: str) -> None:
        """By the main menu, from wherever the focus is."""
        self.druecke("Control+Home")
        self.page.evaluate("document.activeElement?.blur()")
        self.klappe_auf("Menü")
        self.folge(punkt)

    @property
    def h1(self) -> str:
        return self.page.locator("h1").inner_text().replace("\u00ad", "")

    @property
    def pfad(self) -> str:
        return self.page.evaluate("location.pathname")

    def sieht(self, text: str) -> bool:
        return text in " ".join(self.page.locator("body").inner_text().split())


@pytest.fixture
def welt(live_server, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "medien"
    settings.EMAIL_FILE_PATH = tmp_path / "post"
    with transaction.atomic():
        kleine_welt()


@pytest.fixture(params=[320, 1280])
def mensch(welt, fenster, request):
    page = fenster(width=request.param, java_script=False)
    page.set_default_timeout(20_000)
    return Mensch(page)
