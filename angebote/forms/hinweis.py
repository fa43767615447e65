from django import forms
from django.utils.translation import gettext_lazy as _

from angebote.models import Angebot, Hinweis
from praeventionsketten.formulare import Wahlknoepfe

from .rueckmeldung import RueckmeldungForm

HOECHSTENS = 2000


class HinweisForm(RueckmeldungForm):
    """What is wrong with an entry: one choice, and a sentence for who wants to."""

    model = Hinweis
    field_order = ["thema", "text", "absender_email", "bitte_leer"]

    thema = forms.ChoiceField(
        label=_("Was stimmt nicht?"),
        choices=Hinweis.Thema.choices,
        widget=Wahlknoepfe,
        error_messages={
            "required": _("Bitte wählen Sie aus, was nicht stimmt."),
            "invalid_choice": _("Bitte wählen Sie aus, was nicht stimmt."),
        },
    )
    text = forms.CharField(
        label=_("Was wissen Sie genauer?"),
        required=False,
        max_length=HOECHSTENS,
        help_text=_(
            "Ein Satz genügt, zum Beispiel „Beginnt jetzt um 10 Uhr“. Bitte nennen Sie keine "
            "Namen von Familien."
        ),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "max_length": _(
                "Das ist zu lang. Bitte kürzen Sie den Text auf %(limit_value)d Zeichen."
            )
        },
    )

    def __init__(self, *args, angebot: Angebot, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.angebot = angebot

    def clean(self) -> dict:
        daten = super().clean()
        sonstiges = daten.get("thema") == Hinweis.Thema.SONSTIGES
        if sonstiges and not daten.get("text") and "text" not in self.errors:
            self.add_error("text", _("Bitte schreiben Sie in einem Satz, was nicht stimmt."))
        return daten

    def nachfuehren(self, zeile: Hinweis) -> None:
        """The first one makes the entry overdue, and lists say so; more change nothing."""
        if self.angebot.hinweise.offen().count() == 1:
            self.angebot.indizieren()

    @property
    def getippt(self) -> str:
        return self.cleaned_data["text"]

    @property
    def gegenstand(self) -> str:
        return str(self.angebot.pk)

    @property
    def angaben(self) -> dict:
        felder = {name: self.cleaned_data[name] for name in ("thema", "text")}
        return {"angebot": self.angebot, **felder}
