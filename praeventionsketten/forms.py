import contextlib
import uuid

from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from praeventionsketten import mails
from praeventionsketten.formulare import MitHonigtopf, PortalForm
from praeventionsketten.models import Barrieremeldung

HOECHSTENS = 5000


class BarriereForm(PortalForm, MitHonigtopf, forms.ModelForm):
    """What is not accessible, told without having to say who one is."""

    schluessel = forms.CharField(
        required=False, initial=uuid.uuid4, widget=forms.HiddenInput(attrs={"id": False})
    )

    class Meta:
        model = Barrieremeldung
        fields = ["text", "seite", "name", "email"]
        labels = {
            "text": _("Was ist das Problem?"),
            "seite": _("Auf welcher Seite?"),
            "name": _("Ihr Name"),
            "email": _("Ihre E-Mail-Adresse"),
        }
        help_texts = {
            "text": _("Was wollten Sie tun, und was ging nicht? Ein, zwei Sätze genügen."),
            "seite": _("Die Adresse der Seite, wenn Sie sie wissen."),
            "email": _("Nur wenn Sie eine Antwort möchten."),
        }
        error_messages = {
            "text": {"required": _("Bitte schreiben Sie, was nicht geht.")},
            "email": {
                "invalid": _("Bitte prüfen Sie die E-Mail-Adresse, z. B. name@beispiel.de.")
            },
        }
        widgets = {
            "text": forms.Textarea(attrs={"rows": 6}),
            "name": forms.TextInput(attrs={"autocomplete": "name"}),
            "email": forms.EmailInput(attrs={"autocomplete": "email"}),
        }

    def clean_text(self) -> str:
        text = self.cleaned_data["text"]
        if len(text) > HOECHSTENS:
            raise forms.ValidationError(
                _("Das ist zu lang. Bitte kürzen Sie den Text auf %(n)s Zeichen."),
                params={"n": HOECHSTENS},
            )
        return text

    def clean_schluessel(self) -> uuid.UUID:
        with contextlib.suppress(ValueError):
            return uuid.UUID(self.cleaned_data["schluessel"])
        return uuid.uuid4()

    def melden(self) -> None:
        """Store and mail the report, once however often the form is sent."""
        daten = {name: self.cleaned_data[name] for name in self.Meta.fields}
        with transaction.atomic():
            meldung, neu = Barrieremeldung.objects.get_or_create(
                schluessel=self.cleaned_data["schluessel"], defaults=daten
            )
            if neu:
                mails.barriere_gemeldet(meldung)
