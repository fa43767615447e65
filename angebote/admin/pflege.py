"""Buttons of an Angebot for who asks its provider: on the phone, and about the links."""

from collections import defaultdict
from enum import IntEnum

from django.contrib import admin, messages
from django.shortcuts import redirect
from django.utils.html import format_html

from angebote.models import Angebot, Bestaetigung
from angebote.pflege import sofort
from praeventionsketten.lib.zahl import ganze_zahl

INZWISCHEN = "„{}“ wurde gerade geändert. Bitte sehen Sie noch einmal darauf."
NICHT_OEFFENTLICH = "„{}“ ist nicht veröffentlicht und wird deshalb nicht bestätigt."


class Zeile(IntEnum):
    """What became of a ticked row of the list."""

    BESTAETIGT = 1
    GEAENDERT = 2
    NICHT_OEFFENTLICH = 3
    NICHT_GEZEIGT = 4


JE_ERGEBNIS = {
    Zeile.BESTAETIGT: "Bestätigt: {n} Angebote.",
    Zeile.GEAENDERT: "Inzwischen geändert und deshalb nicht bestätigt: {titel}. "
    "Bitte sehen Sie noch einmal darauf.",
    Zeile.NICHT_OEFFENTLICH: "Nicht veröffentlicht und deshalb nicht bestätigt: {n}.",
    Zeile.NICHT_GEZEIGT: "Auf anderen Seiten der Liste und deshalb nicht bestätigt: {n}. "
    "Bestätigt wird nur, was Sie sehen.",
}
HOECHSTENS_TITEL = 10


def _aufzaehlung(angebote: list[Angebot]) -> str:
    titel = ", ".join(f"„{angebot}“" for angebot in angebote[:HOECHSTENS_TITEL])
    weitere = len(angebote) - HOECHSTENS_TITEL
    return f"{titel} und {weitere} weitere" if weitere > 0 else titel


def gesehene_nummer(request) -> int:
    """The Fassung the pressed button was shown with; -1 is none there ever was."""
    gesehen = ganze_zahl(request.POST.get("gesehen", ""))
    return -1 if gesehen is None else gesehen


class MitPflege:
    """Mixin of the admin of Angebote; a button shows where it has something to do."""

    pflegeknoepfe = {
        "am_telefon_bestaetigen": "Am Telefon bestätigt",
        "nicht_erreicht": "Niemanden erreicht",
        "meldung_zuruecknehmen": "Meldung des Anbieters zurücknehmen",
        "links_widerrufen": "Links zum Bestätigen widerrufen",
        "wieder_anschreiben": "E-Mail-Adresse geht wieder",
    }

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        antwort = super().render_change_form(request, context, *args, obj=obj, **kwargs)
        if obj and context["knoepfe"]:
            sinnvoll = self._sinnvolle(obj)
            context["knoepfe"] = {
                name: text
                for name, text in context["knoepfe"].items()
                if sinnvoll.get(name, True)
            }
            antwort.context_data.update(knoepfe=context["knoepfe"], gesehen=obj.fassungsnummer)
        return antwort

    def _sinnvolle(self, angebot: Angebot) -> dict[str, bool]:
        anrufen = angebot.telefonaufgaben.offen().exists()
        oeffentlich = Angebot.objects.sichtbar().filter(pk=angebot.pk).exists()
        kommt_zurueck = angebot.kontakte.pflege().filter(unzustellbar_seit__isnull=False)
        return {
            "bestaetigen": oeffentlich,
            "am_telefon_bestaetigen": oeffentlich and anrufen,
            "nicht_erreicht": anrufen,
            "meldung_zuruecknehmen": angebot.sofortmeldungen.gueltig().exists(),
            "links_widerrufen": angebot.pflegepositionen.gueltige().exists(),
            "wieder_anschreiben": kommt_zurueck.exists(),
        }

    def bestaetigen(self, request, angebot):
        return self._bestaetigen(
            request, angebot, Bestaetigung.Wie.VERWALTUNG, "Angaben bestätigt."
        )

    def am_telefon_bestaetigen(self, request, angebot):
        return self._bestaetigen(
            request, angebot, Bestaetigung.Wie.TELEFON, "Am Telefon bestätigt."
        )

    def _bestaetigen(self, request, angebot, wie: str, protokoll: str):
        """Confirm what stood beside the button; otherwise show what stands there now."""
        gesehen = gesehene_nummer(request)
        if angebot.gesehenes_bestaetigen(gesehen, wie, request.user):
            self.log_change(request, angebot, protokoll)
            self.message_user(request, f"„{angebot}“ ist bestätigt. Danke!", messages.SUCCESS)
            return None
        oeffentlich = Angebot.objects.sichtbar().filter(pk=angebot.pk).exists()
        text = INZWISCHEN if oeffentlich else NICHT_OEFFENTLICH
        self.message_user(request, text.format(angebot), messages.WARNING)
        return redirect("admin:angebote_angebot_change", angebot.pk)

    def action_checkbox(self, angebot):
        """Beside the tick box the Fassung the row is shown with."""
        stand = '{}<input type="hidden" name="stand_{}" value="{}">'
        haken = super().action_checkbox(angebot)
        return format_html(stand, haken, angebot.pk, angebot.fassungsnummer)

    @admin.action(description="Angaben bestätigen", permissions=["change"])
    def angaben_bestaetigen(self, request, queryset):
        """Confirm each row as the list showed it, and say which ones could not be."""
        ergebnisse = defaultdict(list)
        for angebot in queryset:
            if self.has_change_permission(request, angebot):
                ergebnisse[self._bestaetige_zeile(request, angebot)].append(angebot)
        for ergebnis, angebote in sorted(ergebnisse.items()):
            text = JE_ERGEBNIS[ergebnis].format(n=len(angebote), titel=_aufzaehlung(angebote))
            stufe = messages.SUCCESS if ergebnis is Zeile.BESTAETIGT else messages.WARNING
            self.message_user(request, text, stufe)

    def _bestaetige_zeile(self, request, angebot) -> Zeile:
        gesehen = ganze_zahl(request.POST.get(f"stand_{angebot.pk}", ""))
        if gesehen is None:
            return Zeile.NICHT_GEZEIGT
        if angebot.gesehenes_bestaetigen(gesehen, Bestaetigung.Wie.VERWALTUNG, request.user):
            self.log_change(request, angebot, "Angaben bestätigt.")
            return Zeile.BESTAETIGT
        return Zeile.GEAENDERT if angebot.ist_sichtbar else Zeile.NICHT_OEFFENTLICH

    def nicht_erreicht(self, request, angebot) -> None:
        aufgabe = angebot.telefonaufgaben.offen().first()
        if aufgabe is None:
            return
        aufgabe.nicht_erreicht()
        text = f"Notiert. Am {aufgabe.wieder_am:%d.%m.} erinnern wir Sie noch einmal."
        self.message_user(request, text, messages.SUCCESS)

    def meldung_zuruecknehmen(self, request, angebot) -> None:
        meldung = angebot.sofortmeldungen.gueltig().first()
        if meldung is None:
            return
        try:
            sofort.zuruecknehmen(meldung, request.user)
        except sofort.Ueberholt:
            text = "Das wurde inzwischen anders geändert. Der Verlauf zeigt, von wem."
            self.message_user(request, text, messages.WARNING)
            return
        self.log_change(request, angebot, f"Meldung zurückgenommen: {meldung.text}")
        self.message_user(request, f"Zurückgenommen: {meldung.text}", messages.SUCCESS)

    def links_widerrufen(self, request, angebot) -> None:
        anzahl = angebot.pflegepositionen.gueltige().widerrufen()
        self.log_change(request, angebot, "Links zum Bestätigen widerrufen.")
        text = f"{anzahl} Links öffnen dieses Angebot nicht mehr."
        self.message_user(request, text, messages.SUCCESS)

    def wieder_anschreiben(self, request, angebot) -> None:
        angebot.kontakte.pflege().update(unzustellbar_seit=None)
        angebot.indizieren()
        text = "Wir schreiben diese Adresse wieder an."
        self.message_user(request, text, messages.SUCCESS)
