"""The registration form as a browser reads and sends it."""

import re
import uuid

from tests.veranstaltungen.hilfen import ALEX, wahl


def adresse(veranstaltung) -> str:
    return f"/veranstaltungen/{veranstaltung.slug}/anmelden/"


def eingaben(veranstaltung, *foren, **felder) -> dict:
    """What a browser sends; the Fachforum numbers in the order of the Durchgänge."""
    gewaehlt = wahl(veranstaltung, *foren) if foren else {}
    nummern = dict(veranstaltung.durchgaenge.values_list("pk", "nummer"))
    je_durchgang = {
        f"{feld}_{nummern[d]}": wert
        for d, wunsch in gewaehlt.items()
        for feld, wert in (
            ("durchgang", wunsch.forum or "kein"),
            ("ersatz", wunsch.ersatz or ""),
        )
    }
    return ALEX | {"schluessel": str(uuid.uuid4())} | je_durchgang | felder


def gewaehlt(html: str) -> list[str]:
    """The values of the radio buttons that are chosen."""
    knoepfe = re.findall(r'<input type="radio"[^>]*>', html)
    return [re.search(r'value="([^"]*)"', k)[1] for k in knoepfe if " checked" in k]


def versteckt(html: str) -> dict[str, str]:
    """What the browser sends along unseen: token and key."""
    return dict(re.findall(r'name="(csrfmiddlewaretoken|schluessel)" value="([^"]+)"', html))
