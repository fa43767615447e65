"""What the search did instead of what it was asked for, in words."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from praeventionsketten.lib.deutsch import Gelockert
from praeventionsketten.lib.deutsch.falten import schreibweisen, woerter

SAETZE = {
    "anfang": _("„%(wort)s“ kommt so nicht vor. Wir zeigen, was so anfängt."),
    "aehnlich": _("„%(wort)s“ kommt nicht vor. Wir zeigen Treffer zu „%(statt)s“."),
    "teil": _("„%(wort)s“ kommt nicht vor. Wir zeigen Treffer zu einem Teil des Wortes."),
    "weggelassen": _("„%(wort)s“ kommt nicht vor. Wir haben ohne dieses Wort gesucht."),
    "ort": _("In „%(wort)s“ haben wir dazu nichts gefunden. Wir zeigen andere Orte."),
    "nicht_alle": _(
        "Alle Wörter zusammen kommen nicht vor. Wir zeigen, was am nächsten kommt."
    ),
}
UNBEKANNT = {
    "weggelassen": _("„%(wort)s“ kommt in keinem Angebot vor."),
    "aehnlich": _("„%(wort)s“ kommt nicht vor, und auch zu „%(statt)s“ finden wir nichts."),
}


def in_worten(gelockert: Iterable[Gelockert], text: str, *, gefunden: bool = True) -> list[str]:
    """One sentence for each step; words as they were typed.

    Where nothing was `gefunden`, nothing was searched without a word either.
    """
    saetze = SAETZE if gefunden else SAETZE | UNBEKANNT
    getippt = {wort: getippt for getippt in schreibweisen(text) for wort in woerter(getippt)}
    return [
        saetze[lockerung.art]
        % {
            "wort": getippt.get(lockerung.wort, lockerung.wort),
            "statt": lockerung.stattdessen,
        }
        for lockerung in gelockert
    ]
