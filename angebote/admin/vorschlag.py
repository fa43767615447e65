"""Proposals: compared field by field, taken over one by one or as a whole."""

from django.contrib import admin, messages
from django.db import transaction
from django.db.models import Q
from django.http import HttpResponseRedirect
from django.urls import reverse

from angebote import mails
from angebote.models import Konflikt, NichtAnwendbar, Vorschlag
from kommunen.models import Einrichtung, Kommune
from praeventionsketten.verwaltung import seite

from .rueckmeldung import SCHON, RueckmeldungAdmin

UEBERHOLT = (
    "Inzwischen steht im Eintrag etwas anderes. Bitte sehen Sie noch einmal hin und wählen "
    "Sie neu."
)


@admin.register(Vorschlag)
class VorschlagAdmin(RueckmeldungAdmin):
    kommune_pfad = "kommune"
    list_display = ["__str__", "kommune", "herkunft", "status", "eingegangen_am"]
    list_filter = ["status", "herkunft"]
    list_select_related = ["angebot", "kommune"]
    search_fields = ["angebot__titel"]
    fields = readonly_fields = ["angebot", "kommune", "herkunft", "eingegangen_am", "status"]

    @seite("pruefen/", "view")
    def pruefen(self, request, vorschlag):
        """What is proposed beside what stands there, and what to do with it."""
        if request.method != "POST":
            return self._zeigen(request, vorschlag)
        self.verlangt(request, vorschlag)
        if not vorschlag.ist_offen:
            return self._schon(request, vorschlag)
        tun = self.TATEN.get(request.POST.get("tun", ""))
        return tun(self, request, vorschlag) if tun else self._zeigen(request, vorschlag)

    def _zeigen(self, request, vorschlag, *fehler: str):
        einrichtungen = self._einrichtungen(vorschlag) if vorschlag.ist_neu else []
        name = vorschlag.traeger.casefold()
        return self.zeige(
            request,
            vorschlag,
            "angebote/vorschlag.html",
            422 if fehler else 200,
            title=str(vorschlag),
            darf=self.has_change_permission(request, vorschlag),
            fehlerliste=[(text, "") for text in fehler],
            einrichtungen=einrichtungen,
            genannte=next((e.pk for e in einrichtungen if e.name.casefold() == name), None),
            kommunen=Kommune.objects.order_by("name") if self._verteilt(request) else [],
        )

    def _einrichtungen(self, vorschlag) -> list[Einrichtung]:
        """Who could offer it."""
        bereich = Q(kommune=vorschlag.kommune_id) | Q(kommune__isnull=True)
        return list(Einrichtung.objects.filter(bereich))

    def _verteilt(self, request) -> bool:
        """Whether the person may hand a proposal to the Kommune it is about."""
        return not self.ist_begrenzt(request)

    # -------------------------------------------------------------- what a button does

    @transaction.atomic
    def _uebernehmen(self, request, vorschlag):
        nur, gesehen = request.POST.getlist("feld"), request.POST.get("gesehen", "-")
        if not nur or vorschlag.ist_neu:
            return self._zeigen(request, vorschlag, "Bitte wählen Sie wenigstens ein Feld.")
        try:
            with transaction.atomic():
                neu = vorschlag.annehmen(request.user, nur, gesehen)
        except Konflikt:
            return self._noch_einmal(request, vorschlag, UEBERHOLT)
        except NichtAnwendbar as fehler:
            return self._noch_einmal(request, vorschlag, *fehler.gruende)
        if not neu:
            return self._schon(request, vorschlag)
        mails.vorschlag_entschieden(vorschlag, neu=False)
        return self.fertig(request, vorschlag, "Der Vorschlag ist übernommen.")

    def _schon(self, request, vorschlag):
        """Somebody else was faster."""
        self.message_user(request, SCHON, messages.INFO)
        return self.zur_seite("pruefen", vorschlag)

    def _noch_einmal(self, request, vorschlag, *fehler: str):
        return self._zeigen(request, Vorschlag.objects.get(pk=vorschlag.pk), *fehler)

    @transaction.atomic
    def _entwurf(self, request, vorschlag):
        """A new Angebot begins as a draft, which opens at once."""
        wahl = request.POST.get("einrichtung", "")
        einrichtung = next(
            (e for e in self._einrichtungen(vorschlag) if str(e.pk) == wahl), None
        )
        if einrichtung is None:
            return self._zeigen(request, vorschlag, "Bitte wählen Sie, wer es anbietet.")
        angebot = vorschlag.als_entwurf(request.user, einrichtung)
        if angebot is None:
            return self._schon(request, vorschlag)
        mails.vorschlag_entschieden(vorschlag, neu=True)
        self.fertig(request, vorschlag, "Der Entwurf ist angelegt. Bitte ergänzen Sie ihn.")
        adresse = reverse("admin:angebote_angebot_change", args=[angebot.pk])
        return HttpResponseRedirect(adresse)

    @transaction.atomic
    def _ablehnen(self, request, vorschlag):
        neu = vorschlag.ist_neu
        if not vorschlag.ablehnen(request.user, self.antwort(request)):
            return self._schon(request, vorschlag)
        mails.vorschlag_entschieden(vorschlag, neu=neu)
        return self.fertig(request, vorschlag, "Der Vorschlag ist abgelehnt.")

    @transaction.atomic
    def _werbung(self, request, vorschlag):
        if not vorschlag.ablehnen(request.user):
            return self._schon(request, vorschlag)
        vorschlag.absender_email = ""  # nobody is answered, nothing is kept
        vorschlag.save(update_fields=["absender_email"])
        return self.fertig(request, vorschlag, "Als Werbung abgelehnt.")

    @transaction.atomic
    def _weitergeben(self, request, vorschlag):
        wahl = request.POST.get("kommune", "")
        alle = Kommune.objects.all() if self._verteilt(request) else Kommune.objects.none()
        kommune = next((k for k in alle if str(k.pk) == wahl), None)
        if kommune is None or not vorschlag.ist_neu:
            return self._zeigen(request, vorschlag, "Bitte wählen Sie eine Kommune.")
        vorschlag.kommune = kommune
        vorschlag.save(update_fields=["kommune"])
        satz = f"Weitergegeben an {kommune.kurzname}."
        self.log_change(request, vorschlag, satz)
        self.message_user(request, satz, messages.SUCCESS)
        return self.zur_seite("pruefen", vorschlag)

    TATEN = {
        "uebernehmen": _uebernehmen,
        "entwurf": _entwurf,
        "ablehnen": _ablehnen,
        "werbung": _werbung,
        "weitergeben": _weitergeben,
    }
