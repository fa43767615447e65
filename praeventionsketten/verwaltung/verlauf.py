"""The history of records with Fassungen: what was when, what changed, and the way back.

Whoever may read the record reads its Fassungen. Of the rows in them she sees the kinds
she may read, and a Fassung from a time when the record belonged to another Kommune stays
closed. Putting one back needs the right to change all of it.
"""

from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Q
from django.http import Http404

from praeventionsketten.lib.ganzes import (
    NichtHerstellbar,
    Ueberholt,
    benennen,
    geaendert,
    vergleichen,
)
from praeventionsketten.lib.ganzes.worte import beschriftung
from praeventionsketten.lib.zahl import ganze_zahl

from . import grenze
from .basis import PortalAdmin
from .seiten import MitSeiten, seite

JE_SEITE = 20
HEUTE = "heute"


class VerlaufAdmin(MitSeiten, PortalAdmin):
    """A record of which every published state is kept (`MitFassungen`)."""

    object_history_template = "admin/fassungen/verlauf.html"

    # -------------------------------------------------------------- saving

    def save_model(self, request, obj, form, change) -> None:
        """What was never kept, because nobody has edited it here, is kept before it goes."""
        if change:
            gespeichert = self.model._base_manager.get(pk=obj.pk)
            if gespeichert.hat_seite:
                gespeichert.festhalten(grund="Stand vor der Änderung")
        super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change) -> None:
        super().save_related(request, form, formsets, change)
        if form.instance.hat_seite:
            form.instance.festhalten(request.user, "Gespeichert")
        self.nachfuehren(form.instance)

    def nachfuehren(self, obj) -> None:
        """What follows a record once all its parts are stored, in the same transaction."""

    # -------------------------------------------------------------- reach

    def fassungen(self, request, obj):
        """Those the person may read."""
        alle = obj.fassungen.select_related("konto")
        pfad = self.kommune_pfad
        eigen = pfad == grenze.EIGENER_SCHLUESSEL or not grenze.begrenzt(
            request.user, self.model, pfad, "view"
        )
        if eigen:
            return alle
        damals = f"daten__felder__{pfad}"
        return alle.filter(
            Q(**{f"{damals}__in": request.user.eigene_kommunen}) | Q(**{damals: None})
        )

    def lesbare_teile(self, request) -> list[str]:
        return [
            teil.name
            for teil in self._teile()
            if request.user.has_perm(_recht("view", teil.model))
        ]

    def darf_wiederherstellen(self, request, obj) -> bool:
        """It may write, add and remove every kind of row."""
        return self.has_change_permission(request, obj) and all(
            request.user.has_perm(_recht(aktion, teil.model))
            for teil in self._teile()
            for aktion in ("add", "change", "delete")
        )

    def unantastbar(self, request, obj) -> set[str]:
        """What the person could not edit in the form, she does not put back either."""
        felder = set(self.get_readonly_fields(request, obj))
        return felder | {self.kommune_pfad} if self.ist_begrenzt(request) else felder

    def _teile(self) -> list:
        return self._ganzes.teile_von(self.model)

    @property
    def _ganzes(self):
        return self.model._meta.get_field("fassungen").related_model.GANZES

    def _erlaubt(self, request, obj):
        """Which rows a link may lead to: the same as in the form."""
        klassen = {i.model: i for i in self.get_inline_instances(request, obj)}

        def erlaubt(teil, feld):
            klasse = klassen[teil.model] if teil else self
            return klasse.waehlbar(feld, request, feld.related_model._default_manager.all())

        return erlaubt

    # -------------------------------------------------------------- pages

    def history_view(self, request, object_id, extra_context=None):
        obj = self.get_object(request, unquote(object_id))
        kontext = self._verlauf(request, obj) if obj else {}
        return super().history_view(request, object_id, kontext | (extra_context or {}))

    def _verlauf(self, request, obj) -> dict:
        if not self.has_view_permission(request, obj):
            raise PermissionDenied
        fassungen = self.fassungen(request, obj)
        blatt = Paginator(fassungen.defer("namen"), JE_SEITE).get_page(request.GET.get("f"))
        return {
            "fassungen": self._mit_vorgaengern(request, fassungen, list(blatt)),
            "blatt": blatt,
            "auswahl": list(fassungen.values_list("nummer", "wann", named=True)),
            "darf_wiederherstellen": self.darf_wiederherstellen(request, obj),
            "vergleich": self.adresse("vergleich", obj),
        }

    def _mit_vorgaengern(self, request, fassungen, zeilen: list) -> list:
        """Every Fassung knows the one before and what changed since."""
        if not zeilen:
            return []
        davor = fassungen.defer("namen").filter(nummer__lt=zeilen[-1].nummer).first()
        lesbar = self.lesbare_teile(request)
        for fassung, vorige in zip(zeilen, [*zeilen[1:], davor], strict=True):
            fassung.vorige = vorige
            fassung.geaendert = vorige and geaendert(
                self.model, self._ganzes, vorige.zustand, fassung.zustand, lesbar
            )
        return zeilen

    @seite("fassungen/vergleich/", "view")
    def vergleich(self, request, obj):
        fassungen = self.fassungen(request, obj)
        gewaehlt = [self._gewaehlt(fassungen, request.GET.get(w, "")) for w in ("von", "bis")]
        # The older one first, whichever way they were chosen; None is today.
        alt, neu = sorted(gewaehlt, key=lambda f: (f is None, f and f.nummer))
        return self._zeige(
            request,
            obj,
            "vergleich",
            title="Vergleich",
            alt=alt,
            neu=neu,
            auswahl=list(fassungen.values_list("nummer", "wann", named=True)),
            ohne_kontakte=any(f and f.kontakte_geloescht for f in (alt, neu)),
            abschnitte=self._vergleich(request, self._stand(obj, alt), self._stand(obj, neu)),
        )

    @seite("fassungen/<int:nummer>/")
    def fassung(self, request, obj, nummer: int):
        """What putting a Fassung back would change; POST does it."""
        fassung = self.fassungen(request, obj).filter(nummer=nummer).first()
        if fassung is None:
            raise Http404
        if not self.darf_wiederherstellen(request, obj):
            raise PermissionDenied
        fehler: list[str] = []
        if request.method == "POST":
            try:
                self._wiederherstellen(request, obj, fassung)
                return self.zur_seite("history", obj)
            except Ueberholt:
                fehler = [
                    "Inzwischen hat sich der Eintrag geändert. Bitte sehen Sie noch einmal nach."
                ]
            except NichtHerstellbar as grund:
                fehler = grund.gruende
        return self._vorschau(request, obj, fassung, fehler)

    @transaction.atomic
    def _wiederherstellen(self, request, obj, fassung):
        obj.wiederherstellen(
            fassung,
            self._erlaubt(request, obj),
            self.unantastbar(request, obj),
            konto=request.user,
            gesehen=request.POST.get("gesehen") or "-",
        )
        self.nachfuehren(obj)
        self.log_change(request, obj, f"{fassung} wiederhergestellt.")
        self.message_user(
            request, f"{fassung} ist wiederhergestellt. Der Status ist geblieben."
        )

    def _vorschau(self, request, obj, fassung, fehler: list[str]):
        bleibt = self.unantastbar(request, obj)
        plan = obj.plan(fassung, self._erlaubt(request, obj), bleibt)
        namen = benennen(self.model, self._ganzes, plan.jetzt)
        neue_namen = benennen(self.model, self._ganzes, plan.ziel)
        return self._zeige(
            request,
            obj,
            "wiederherstellen",
            title=f"{fassung} wiederherstellen",
            fassung=fassung,
            plan=plan,
            fehlerliste=[(text, "") for text in fehler],
            abschnitte=self._vergleich(request, (plan.jetzt, namen), (plan.ziel, neue_namen)),
            bleibt=self._geblieben(fassung, plan, {*self._ganzes.bleibt, *bleibt}),
        )

    def _geblieben(self, fassung, plan, bleibt: set[str]) -> list[str]:
        """Labels of what was different then and stays as it is."""
        damals = fassung.zustand["felder"]
        return [
            beschriftung(feld)
            for feld in self._ganzes.felder(self.model)
            if feld.name in bleibt and damals[feld.name] != plan.jetzt["felder"][feld.name]
        ]

    # -------------------------------------------------------------- parts of the pages

    def _gewaehlt(self, fassungen, nummer: str):
        """The Fassung with this number, or None for today."""
        if nummer in ("", HEUTE):
            return None
        fassung = fassungen.filter(nummer=ganze_zahl(nummer)).first()
        if fassung is None:
            raise Http404
        return fassung

    def _stand(self, obj, fassung) -> tuple[dict, dict]:
        if fassung:
            return fassung.zustand, fassung.namen
        daten = obj.stand_der_dinge()
        return daten, benennen(self.model, self._ganzes, daten)

    def _vergleich(self, request, alt, neu):
        teile = self.lesbare_teile(request)
        return vergleichen(self.model, self._ganzes, alt, neu, teile)

    def _zeige(self, request, obj, vorlage: str, **kontext):
        wege = {name: self.adresse(name, obj) for name in ("change", "history", "vergleich")}
        vorlage = f"fassungen/{vorlage}.html"
        return self.zeige(request, obj, vorlage, subtitle=str(obj), adressen=wege, **kontext)


def _recht(aktion: str, model) -> str:
    return f"{model._meta.app_label}.{aktion}_{model._meta.model_name}"
