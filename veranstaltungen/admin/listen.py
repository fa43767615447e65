"""Lists to print and to take away: one page with all of them, each in three forms."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from praeventionsketten.lib.zahl import ganze_zahl
from praeventionsketten.verwaltung import MitSeiten, seite
from praeventionsketten.verwaltung.herunterladen import als_datei
from veranstaltungen.listen import LISTEN, Liste
from veranstaltungen.plaetze.schritt import vermerken_zur_liste

from .plaetze import LESEN


class ListenSeiten(MitSeiten):
    @seite("listen/", "view", auch=LESEN)
    def listen(self, request, veranstaltung):
        erlaubt = {
            k: liste for k, liste in LISTEN.items() if request.user.has_perm(liste.recht)
        }
        raeume = veranstaltung.kontingente.select_related("fachforum", "durchgang")
        return self.zeige(
            request,
            veranstaltung,
            "veranstaltungen/listen.html",
            title="Listen",
            listen=erlaubt,
            raeume=[r for r in raeume if r.fachforum_id],
        )

    @seite("listen/<slug:kennung>/", "view", auch=LESEN)
    def liste(self, request, veranstaltung, kennung: str):
        """A page to print, or a file; changes nothing, but is noted in the log."""
        liste = _erlaubte(request, kennung)
        raum = _gewaehlter_raum(request, veranstaltung)
        inhalt, als = liste.tabelle(veranstaltung, raum), request.GET.get("als")
        form = als if als in ("csv", "xlsx") else "seite"
        vermerken_zur_liste(veranstaltung, kennung, form, request.user)
        if datei := als_datei(inhalt, als):
            return datei
        return self.zeige(
            request,
            veranstaltung,
            "veranstaltungen/liste.html",
            title=inhalt.titel,
            liste=liste,
            tabelle=inhalt,
            raum=raum,
            jetzt=timezone.now(),
        )


def _erlaubte(request, kennung: str) -> Liste:
    if kennung not in LISTEN:
        raise Http404
    if not request.user.has_perm(LISTEN[kennung].recht):
        raise PermissionDenied
    return LISTEN[kennung]


def _gewaehlter_raum(request, veranstaltung):
    """The room named in the address, if there is one; it must belong to this event."""
    if not (pk := request.GET.get("raum", "")):
        return None
    raeume = veranstaltung.kontingente.select_related("fachforum", "durchgang")
    return get_object_or_404(raeume, pk=ganze_zahl(pk))
