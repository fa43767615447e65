"""Fill in a form of the admin the way a browser would: read it, change it, send it."""

from html.parser import HTMLParser


class Leser(HTMLParser):
    """Collects what the first form with method post inside <main> would send."""

    def __init__(self, form_id: str) -> None:
        super().__init__()
        self.form_id, self.daten, self.offen = form_id, {}, False
        self.auswahl = self.textfeld = None

    def handle_starttag(self, tag, attrs) -> None:
        a = dict(attrs)
        if tag == "form":
            self.offen = a.get("id") == self.form_id
        if not self.offen:
            return
        if tag == "input" and a.get("name"):
            ist_wahl = a.get("type") in {"checkbox", "radio"}
            if a.get("type") != "file" and (not ist_wahl or "checked" in a):
                self._merken(a["name"], a.get("value", "on" if ist_wahl else ""))
        elif tag == "select":
            self.auswahl = a["name"]
        elif tag == "option" and "selected" in a and self.auswahl:
            self._merken(self.auswahl, a.get("value", ""))
        elif tag == "textarea":
            self.textfeld = a["name"]
            self._merken(self.textfeld, "")

    def handle_endtag(self, tag) -> None:
        if tag == "form":
            self.offen = False
        if tag == "select":
            self.auswahl = None
        if tag == "textarea":
            self.textfeld = None

    def handle_data(self, data) -> None:
        if self.textfeld:
            self.daten[self.textfeld][-1] += data.removeprefix("\n")

    def _merken(self, name: str, wert: str) -> None:
        self.daten.setdefault(name, []).append(wert)


def gelesen(client, adresse: str) -> dict[str, list[str]]:
    """What the form at this address would send unchanged."""
    antwort = client.get(adresse)
    assert antwort.status_code == 200, (adresse, antwort.status_code)
    model = adresse.strip("/").split("/")[2]
    leser = Leser(f"{model}_form")
    leser.feed(antwort.content.decode())
    leser.daten.pop("csrfmiddlewaretoken", None)
    return leser.daten


def senden(client, adresse: str, **aenderungen):
    """Open the form, change these fields, save; returns the answer."""
    daten = gelesen(client, adresse) | aenderungen
    return client.post(
        adresse, {name: wert for name, wert in daten.items() if wert is not None}
    )


def fehler(antwort) -> list[str]:
    """The texts of the error summary, empty when the form was accepted."""
    return [text for text, _ in (antwort.context or {}).get("fehlerliste", [])]
