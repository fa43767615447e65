"""What both forms share: no account, hardly a field, and nothing that gets lost."""

from django import forms
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from angebote.abwehr import SEKUNDEN, ZuVieleSendungen, ist_verdaechtig
from angebote.models.rueckmeldung import Rueckmeldung
from praeventionsketten.formulare import MitHonigtopf, MitZeichen, PortalForm


class RueckmeldungForm(PortalForm, MitHonigtopf, MitZeichen):
    model: type[Rueckmeldung]
    zu_viel = False  # whether it was refused for the pace alone

    absender_email = forms.EmailField(
        label=_("Ihre E-Mail-Adresse"),
        required=False,
        max_length=254,
        help_text=_(
            "Nur wenn Sie erfahren möchten, was daraus geworden ist. 30 Tage nach unserer "
            "Antwort löschen wir sie."
        ),
        error_messages={
            "invalid": _(
                "Diese E-Mail-Adresse ist unvollständig. Sie sieht zum Beispiel so aus: "
                "name@beispiel.de"
            )
        },
        widget=forms.EmailInput(
            attrs={"autocomplete": "email", "class": "eingabe eingabe--mittel"}
        ),
    )

    def abgeben(self, request: HttpRequest) -> bool:
        """Store what was written, once however often it is sent; False if that is too much."""
        if self.model.objects.filter(schluessel=self.schluessel).exists():
            return True
        try:
            schnell = self.schnell_abgeschickt(SEKUNDEN)
            verdacht = ist_verdaechtig(
                request, self.getippt, schnell=schnell, gegenstand=self.gegenstand
            )
        except ZuVieleSendungen:
            self.zu_viel = True
            self.add_error(
                None,
                gettext(
                    "Von hier kamen gerade sehr viele Nachrichten. Ihre Angaben stehen noch "
                    "da. Bitte schicken Sie das Formular in ein paar Minuten noch einmal ab."
                ),
            )
            return False
        self._speichern(self.model.Status.VERDACHT if verdacht else self.model.Status.OFFEN)
        return True

    @transaction.atomic
    def _speichern(self, status: str) -> None:
        felder = {"status": status, "absender_email": self.cleaned_data["absender_email"]}
        zeile, neu = self.model.objects.get_or_create(
            schluessel=self.schluessel, defaults=felder | self.angaben
        )
        if neu and status == self.model.Status.OFFEN:
            self.nachfuehren(zeile)

    def nachfuehren(self, zeile: Rueckmeldung) -> None:
        """What follows from an open one, in the same transaction."""

    @property
    def getippt(self) -> str:
        """All that was typed, for those who look for advertising."""
        raise NotImplementedError

    @property
    def gegenstand(self) -> str:
        """Which entry it is about; none by default."""
        return ""

    @property
    def angaben(self) -> dict:
        """The fields of the row, without what all have in common."""
        raise NotImplementedError
