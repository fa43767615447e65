"""The Lückenanalyse: a matrix per Kommune, and what somebody found out about a cell."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.http import urlencode

from angebote import luecken
from angebote.anschluss import ohne_anschluss
from angebote.models import Angebot, AngebotVorhanden, Erhebung, angebote_der_zelle
from kommunen.akteure import Akteure, akteure
from kommunen.models import Kommune
from praeventionsketten.lib.tabelle import Tabelle
from praeventionsketten.verwaltung import Kasten, PortalAdmin
from praeventionsketten.verwaltung.grenze import begrenzt
from praeventionsketten.verwaltung.herunterladen import als_datei

KOPF_ANSCHLUSS = ("Träger", "Angebot", "Alter")
SEITEN = {"matrix": "Angebote", "anschluss": "Ohne Anschluss", "akteure": "Einrichtungen"}
SEITE = "admin:angebote_erhebung_%s"


@admin.register(Erhebung)
class ErhebungAdmin(PortalAdmin):
    """Rows are only added, by the pages here; each page asks for the Kommune first."""

    kommune_pfad = "kommune"

    def has_add_permission(self, request) -> bool:
        """Not by the form of a row: it would not ask what is there."""
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False

    def get_model_perms(self, request) -> dict[str, bool]:
        """The list of everything says that there is more to do here than to read."""
        return super().get_model_perms(request) | {"change": self.darf_festhalten(request)}

    def get_urls(self) -> list:
        seiten = [
            ("kommune/<int:kommune>/", self.matrix, "matrix"),
            ("kommune/<int:kommune>/anschluss/", self.anschluss, "anschluss"),
            ("kommune/<int:kommune>/akteure/", self.akteure, "akteure"),
            ("kommune/<int:kommune>/<str:kennung>/", self.zelle, "zelle"),
        ]
        eigene = [
            path(pfad, self.admin_site.admin_view(view), name=f"angebote_erhebung_{name}")
            for pfad, view, name in seiten
        ]
        return [*eigene, *super().get_urls()]

    # -------------------------------------------------------------- reach

    def kommunen(self, request: HttpRequest) -> QuerySet:
        """Those whose gaps the person may read."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        alle = Kommune.objects.order_by("name")
        if begrenzt(request.user, Erhebung, self.kommune_pfad, "view"):
            return alle.filter(pk__in=request.user.eigene_kommunen)
        return alle

    def darf_festhalten(self, request: HttpRequest) -> bool:
        """Who reads the gaps of a Kommune and may add an Erhebung adds it there."""
        return request.user.has_perm("angebote.add_erhebung")

    # -------------------------------------------------------------- pages

    def changelist_view(self, request, extra_context=None) -> HttpResponse:
        """The Kommunen to choose from; who has only one goes to it at once."""
        kommunen = list(self.kommunen(request))
        if len(kommunen) == 1:
            return redirect(SEITE % "matrix", kommunen[0].pk)
        return self._zeige(request, "kommunen", title="Lückenanalyse", kommunen=kommunen)

    def matrix(self, request: HttpRequest, kommune: int) -> HttpResponse:
        kommune = get_object_or_404(self.kommunen(request), pk=kommune)
        matrix = luecken.matrix(kommune, alle="alle" in request.GET)
        if request.method == "POST":
            return self._geprueft(request, matrix)
        if datei := als_datei(matrix.tabelle(), request.GET.get("als")):
            return datei
        return self._zeige(
            request,
            "matrix",
            title="Lückenanalyse",
            subtitle=kommune.name,
            kommune=kommune,
            matrix=matrix,
            alle="alle" in request.GET,
            darf_festhalten=self.darf_festhalten(request),
        )

    def zelle(self, request: HttpRequest, kommune: int, kennung: str) -> HttpResponse:
        kommune = get_object_or_404(self.kommunen(request), pk=kommune)
        zelle = luecken.matrix(kommune, alle=True).zelle(kennung)
        if zelle is None:
            raise Http404
        if request.method == "POST":
            return self._festgehalten(request, kommune, zelle)
        glied, feld = zelle.spalte.glied, zelle.feld
        angebote = angebote_der_zelle(kommune, glied, feld).mit_bestaetigung().nach_titel()
        return self._zeige(
            request,
            "zelle",
            title=f"{glied.name} · {feld.name}",
            kommune=kommune,
            zelle=zelle,
            angebote=angebote.select_related("einrichtung"),
            erhebungen=Erhebung.objects.der_zelle(kommune, glied, feld).select_related("konto"),
            neu=self._neues_angebot(request, kommune, zelle),
            darf_festhalten=self.darf_festhalten(request),
        )

    def anschluss(self, request: HttpRequest, kommune: int) -> HttpResponse:
        """Where a child grows out of an Angebot and nothing takes it up."""
        kommune = get_object_or_404(self.kommunen(request), pk=kommune)
        angebote = ohne_anschluss(kommune)
        zeilen = [(a.einrichtung.name, a.titel, a.alter) for a in angebote]
        tabelle = Tabelle(f"Ohne Anschluss: {kommune.name}", KOPF_ANSCHLUSS, zeilen)
        if datei := als_datei(tabelle, request.GET.get("als")):
            return datei
        return self._zeige(
            request,
            "anschluss",
            title="Angebote ohne Anschluss",
            subtitle=kommune.name,
            kommune=kommune,
            angebote=angebote,
        )

    def akteure(self, request: HttpRequest, kommune: int) -> HttpResponse:
        """Who works for which phase on which level."""
        kommune = get_object_or_404(self.kommunen(request), pk=kommune)
        alle = akteure(kommune)
        if datei := als_datei(_akteurstabelle(kommune, alle), request.GET.get("als")):
            return datei
        return self._zeige(
            request,
            "akteure",
            title="Wer wo mitwirkt",
            subtitle=kommune.name,
            kommune=kommune,
            akteure=alle,
        )

    # -------------------------------------------------------------- acts

    def _geprueft(self, request, matrix: luecken.Matrix) -> HttpResponse:
        """The cells that were ticked: nothing was found there."""
        if not self.darf_festhalten(request):
            raise PermissionDenied
        gewaehlt = [matrix.zelle(k) for k in dict.fromkeys(request.POST.getlist("zelle"))]
        frei = [zelle for zelle in gewaehlt if zelle and zelle.darf_geprueft_werden]
        anzahl = sum(self._halte_fest(request, matrix.kommune, zelle) for zelle in frei)
        if anzahl:
            self.message_user(
                request, f"Als geprüft vermerkt: {anzahl}. Danke!", messages.SUCCESS
            )
        if anzahl < len(gewaehlt):
            text = (
                f"Nicht vermerkt: {len(gewaehlt) - anzahl}. Dort steht inzwischen ein Angebot."
            )
            self.message_user(request, text, messages.WARNING)
        if not gewaehlt:
            self.message_user(
                request, "Kreuzen Sie zuerst an, was Sie geprüft haben.", messages.WARNING
            )
        return redirect(request.get_full_path())

    def _festgehalten(self, request, kommune: Kommune, zelle: luecken.Zelle) -> HttpResponse:
        if not self.darf_festhalten(request):
            raise PermissionDenied
        ergebnis = request.POST.get("ergebnis", "")
        if ergebnis not in Erhebung.Ergebnis:
            raise Http404
        if self._halte_fest(request, kommune, zelle, ergebnis):
            name = Erhebung.Ergebnis(ergebnis).label
            self.message_user(request, f"Vermerkt: {name}.", messages.SUCCESS)
        else:
            self.message_user(request, "Dort steht inzwischen ein Angebot.", messages.WARNING)
        return redirect(SEITE % "zelle", kommune.pk, zelle.kennung)

    def _halte_fest(
        self, request, kommune, zelle, ergebnis=Erhebung.Ergebnis.KEIN_ANGEBOT
    ) -> bool:
        """Whether it was written: meanwhile somebody may have published an Angebot."""
        try:
            Erhebung.festhalten(kommune, zelle.spalte.glied, zelle.feld, ergebnis, request.user)
        except AngebotVorhanden:
            return False
        return True

    # -------------------------------------------------------------- frame

    def _neues_angebot(self, request, kommune: Kommune, zelle: luecken.Zelle) -> str:
        """Where an Angebot of this kind is begun, with what is known filled in."""
        if not self.admin_site.get_model_admin(Angebot).has_add_permission(request):
            return ""
        verweis = "uebergaenge" if zelle.spalte.ist_uebergang else "lebensphasen"
        felder = {
            "kommune": kommune.pk,
            verweis: zelle.spalte.glied.pk,
            "handlungsfelder": zelle.feld.pk,
        }
        return f"{reverse('admin:angebote_angebot_add')}?{urlencode(felder)}"

    def _zeige(self, request, vorlage: str, **kontext) -> HttpResponse:
        request.current_app = self.admin_site.name
        kontext = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "seiten": [(SEITE % name, text) for name, text in SEITEN.items()],
            **kontext,
        }
        return render(request, f"admin/angebote/luecken/{vorlage}.html", kontext)

    def kaesten(self, request) -> list[Kasten]:
        if not begrenzt(request.user, Erhebung, self.kommune_pfad, "view"):
            return []
        kontext = {"kommunen": list(self.kommunen(request))}
        return [Kasten("admin/angebote/luecken/kasten.html", kontext, rang=65, am_rand=True)]


def _akteurstabelle(kommune: Kommune, alle: Akteure) -> Tabelle:
    kopf = ("Ebene", *(phase.name for phase in alle.phasen), "ohne Lebensphase")
    zeilen = [
        (ebene, *("; ".join(e.name for e in zelle) for zelle in zellen))
        for ebene, zellen in alle.zeilen
    ]
    return Tabelle(f"Einrichtungen: {kommune.name}", kopf, zeilen)
