"""The list „Zu tun“ on the start page, and the switch of its weekly mail."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import path

from angebote.arbeitsvorrat import Bereich, aufgaben
from praeventionsketten import rollen
from praeventionsketten.verwaltung import Kasten

HOECHSTENS = 50  # tasks on the start page; nobody does more in a day


class MitVorrat:
    """Mixin of the admin of Angebote."""

    def get_urls(self) -> list:
        view = self.admin_site.admin_view(self.wochenmail)
        eigene = path("wochenmail/", view, name="angebote_angebot_wochenmail")
        return [eigene, *super().get_urls()]

    def vorrat(self, request: HttpRequest) -> Kasten:
        """What waits for the person; the Redaktion has what belongs to no Kommune."""
        eigene, konto = self.ist_begrenzt(request), request.user
        bereich = Bereich(tuple(konto.eigene_kommunen), landesweit=not eigene)
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

    def _pflegestand(self, request: HttpRequest, bereich: Bereich) -> dict:
        """How well the Angebote are kept, for who has nothing left to do."""
        angebote = self.get_queryset(request).filter(bereich.an("kommune"))
        sichtbare = angebote.sichtbar()
        return {"gesamt": sichtbare.count(), "bestaetigt": sichtbare.verlaesslich().count()}

    def wochenmail(self, request: HttpRequest) -> HttpResponse:
        """Everybody switches her own mail, and no other."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        request.user.wochenmail = request.POST.get("wochenmail") == "an"
        request.user.save(update_fields=["wochenmail"])
        satz = (
            "Dienstags kommt eine E-Mail, wenn etwas zu tun ist."
            if request.user.wochenmail
            else "Die wöchentliche E-Mail ist abbestellt."
        )
        self.message_user(request, satz, messages.SUCCESS)
        return redirect("admin:index")
