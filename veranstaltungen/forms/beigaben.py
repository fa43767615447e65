"""Needs and consents: asked for apart from the registration, each with its own wording."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from praeventionsketten.lib.zahl import ganze_zahl
from veranstaltungen.models import Bedarf, Einwilligung, Einwilligungstext, Zweck


class Kasten(forms.CheckboxInput):
    """A box whose value is the wording beside it."""

    def __init__(self, text: Einwilligungstext) -> None:
        super().__init__(check_test=lambda wert: str(wert) == str(text.pk))
        self.text = text

    def format_value(self, value) -> str:
        return str(self.text.pk)

    def value_from_datadict(self, data, files, name):
        return data.get(name, "")


class Einwilligungsfeld(forms.Field):
    """Gives the wording that was agreed to, or None; a tick belongs to what stood there."""

    def __init__(self, text: Einwilligungstext) -> None:
        super().__init__(
            label=text.text,
            required=False,
            widget=Kasten(text),
            template_name="veranstaltungen/_einwilligung.html",
        )
        self.text = text

    def clean(self, value) -> Einwilligungstext | None:
        if not value:
            return None
        if str(value) == str(self.text.pk):
            return self.text
        # The wording changed while the page was open: she agreed to the old one.
        alt = Einwilligungstext.objects.filter(zweck=self.text.zweck)
        gemeint = alt.filter(pk=ganze_zahl(str(value))).first()
        if gemeint is None:
            raise ValidationError(_("Bitte setzen Sie das Häkchen noch einmal."))
        return gemeint


class MitBeigaben(forms.Form):
    """Mixin with the fields for needs and consents; `fragbar` adds them.

    Without a wording nothing is asked: there would be nothing to agree to.
    """

    BEDARFE = {
        Bedarf.Art.ZUGANG: (
            _("Was brauchen Sie, um gut dabei zu sein?"),
            _("Zum Beispiel Gebärdensprache, einen Platz für den Rollstuhl, Schrift in groß."),
        ),
        Bedarf.Art.ESSEN: (
            _("Was sollen wir beim Essen beachten?"),
            _("Zum Beispiel vegan, ohne Nüsse."),
        ),
    }

    def fragbar(
        self,
        texte: dict[str, Einwilligungstext],
        *,
        bedarfe: dict[str, str] | None = None,
        erteilte: dict[str, Einwilligung] | None = None,
    ) -> None:
        """Add the fields; what is stored already stands in them, as it was worded then."""
        erteilte = erteilte or {}
        self.texte = texte | {
            zweck: einwilligung.text for zweck, einwilligung in erteilte.items()
        }
        if Zweck.BEDARF in self.texte:
            for art, (frage, beispiel) in self.BEDARFE.items():
                self.fields[f"bedarf_{art}"] = forms.CharField(
                    label=frage,
                    help_text=beispiel,
                    max_length=300,
                    required=False,
                    initial=(bedarfe or {}).get(art, ""),
                    widget=forms.Textarea(attrs={"rows": 2, "class": "eingabe"}),
                )
        for zweck, text in self.texte.items():
            feld = Einwilligungsfeld(text)
            feld.initial = text.pk if zweck in erteilte else ""
            self.fields[f"einwilligung_{zweck}"] = feld

    @property
    def zum_bedarf(self) -> list[forms.BoundField]:
        namen = [*(f"bedarf_{art}" for art in self.BEDARFE), f"einwilligung_{Zweck.BEDARF}"]
        return [self[name] for name in namen if name in self.fields]

    @property
    def zur_einwilligung(self) -> list[forms.BoundField]:
        return [self[f"einwilligung_{z}"] for z in self.texte if z != Zweck.BEDARF]

    def clean(self) -> dict:
        daten = super().clean() or self.cleaned_data
        feld = f"einwilligung_{Zweck.BEDARF}"
        if self._angegeben and not daten.get(feld) and not self.has_error(feld):
            self.add_error(
                feld,
                _(
                    "Bitte stimmen Sie zu, dass wir diese Angaben verwenden, oder leeren Sie "
                    "die Felder darüber."
                ),
            )
        return daten

    @property
    def _angegeben(self) -> dict[str, str]:
        return {
            art: text
            for art in self.BEDARFE
            if (text := self.cleaned_data.get(f"bedarf_{art}", ""))
        }

    @property
    def bedarfe(self) -> list[Bedarf]:
        return [Bedarf(art=art, text=text) for art, text in self._angegeben.items()]

    @property
    def einwilligungen(self) -> list[Einwilligung]:
        """What was agreed to; that of the needs only if any were named."""
        texte = [self.cleaned_data.get(f"einwilligung_{zweck}") for zweck in self.texte]
        return [
            Einwilligung(zweck=text.zweck, text=text)
            for text in texte
            if text and (text.zweck != Zweck.BEDARF or self._angegeben)
        ]
