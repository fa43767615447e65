"""The list „Zu tun“ on the start page, what is ticked off there, and its weekly mail."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_POST

from angebote.arbeitsvorrat import Bereich, aufgaben
from angebote.models import Fehlsuche
from praeventionsketten import rollen
from praeventionsketten.lib.eingabe import lesbar
from praeventionsketten.lib.zahl import ganze_zahl
from praeventionsketten.verwaltung import Kasten

HOECHSTENS = 50  # tasks on the start page; nobody does more in a day


class MitVorrat:
    """Mixin of the admin of Angebote."""

    def get_urls(self) -> list:
        eigene = [
            path(
                f"{name}/",
                self.admin_site.admin_view(require_POST(getattr(self, name))),
                name=f"angebote_angebot_{name}",
            )
            for name in ("wochenmail", "abhaken")
        ]
        return [*eigene, *super().get_urls()]

    def vorrat(self, request: HttpRequest) -> Kasten:
        """What waits for the person; the Redaktion has what belongs to no Kommune."""
        konto, bereich = request.user, self._bereich(request)
        alle = aufgaben(bereich)
        kontext = {
            "aufgaben": alle[:HOECHSTENS],
            "anzahl": len(alle),
            "weitere": max(0, len(alle) - HOECHSTENS),
            "bekommt_mail": rollen.KOORDINATION in rollen.rollen_von(konto),
            "wochenmail": konto.wochenmail,
        }
        if not alle:
            kontext |= self._pflegestand(request, bereich)
        return Kasten("admin/angebote/kasten_vorrat.html", kontext, rang=1)

    def _bereich(self, request: HttpRequest) -> Bereich:
        kommunen = tuple(request.user.eigene_kommunen)
        return Bereich(kommunen, landesweit=not self.ist_begrenzt(request))

    def _pflegestand(self, request: HttpRequest, bereich: Bereich) -> dict:
        """How well the Angebote are kept, for who has nothing left to do."""
        angebote = self.get_queryset(request).filter(bereich.an("kommune"))
        sichtbare = angebote.sichtbar()
        return {"gesamt": sichtbare.count(), "bestaetigt": sichtbare.verlaesslich().count()}

    def wochenmail(self, request: HttpRequest) -> HttpResponse:
        """Everybody switches her own mail, and no other."""
        request.user.wochenmail = request.POST.get("wochenmail") == "an"
        request.user.save(update_fields=["wochenmail"])
        satz = (
            "Dienstags kommt eine E-Mail, wenn etwas zu tun ist."
            if request.user.wochenmail
            else "Die wöchentliche E-Mail ist abbestellt."
        )
        self.message_user(request, satz, messages.SUCCESS)
        return redirect("admin:index")

    def abhaken(self, request: HttpRequest) -> HttpResponse:
        """A word nobody needs to enter an Angebot for: she says so for her own Kommunen."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        wort = lesbar(request.POST.get("wort", ""))
        kommune = ganze_zahl(request.POST.get("kommune", ""))
        eigene = Fehlsuche.objects.filter(self._bereich(request).an("kommune"))
        if eigene.filter(wort=wort, kommune=kommune).exclude(wort="").update(erledigt=True):
            satz = f"Erledigt. „{wort}“ steht die nächsten Wochen nicht mehr hier."
            self.message_user(request, satz, messages.SUCCESS)
        return redirect("admin:index")
