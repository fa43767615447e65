"""The numbers of the list of /angebote/ in words."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def ueberschrift(n: int, wo: str) -> str:
    """Of the hits, or of those that are where somebody looks: in a Kommune or a circle."""
    if wo == "kommune":
        text = ngettext("%(n)s Angebot vor Ort", "%(n)s Angebote vor Ort", n)
    elif wo == "umkreis":
        text = ngettext("%(n)s Angebot im Umkreis", "%(n)s Angebote im Umkreis", n)
    else:
        text = ngettext("%(n)s Angebot", "%(n)s Angebote", n)
    return text % {"n": n}


def landesweit(n: int) -> str:
    return ngettext(
        "%(n)s Angebot für das ganze Land", "%(n)s Angebote für das ganze Land", n
    ) % {"n": n}


def dazu(n: int, *, allein: bool) -> str:
    """What else there is for everybody, beside the local ones or for want of them."""
    if allein:
        text = ngettext(
            "Es gibt aber ein Angebot für das ganze Land.",
            "Es gibt aber %(n)s Angebote für das ganze Land.",
            n,
        )
    else:
        text = ngettext(
            "Dazu kommt am Ende der Liste ein Angebot für das ganze Land.",
            "Dazu kommen am Ende der Liste %(n)s Angebote für das ganze Land.",
            n,
        )
    return text % {"n": n}


def davor(wo: str) -> str:
    if wo == "umkreis":
        return _("Die Angebote im Umkreis stehen auf den Seiten davor.")
    return _("Die Angebote vor Ort stehen auf den Seiten davor.")


def ungesichert(n: int) -> tuple[str, str]:
    """What the list leaves out, and the words of the link to it."""
    satz = ngettext(
        "Ein weiteres Angebot wurde lange nicht bestätigt.",
        "%(n)s weitere Angebote wurden lange nicht bestätigt.",
        n,
    )
    return satz % {"n": n}, _("Auch diese zeigen")
