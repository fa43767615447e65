from django import forms
from django.utils.translation import gettext_lazy as _

from angebote.models import Vorschlag
from kommunen.models import Kommune

from .rueckmeldung import RueckmeldungForm

ZU_LANG = {
    "max_length": _("Das ist zu lang. Bitte kürzen Sie den Text auf %(limit_value)d Zeichen.")
}


class VorschlagForm(RueckmeldungForm):
    """A new Angebot with what somebody knows who has been there."""

    model = Vorschlag
    WISSEN = ("titel", "kurzbeschreibung", "wo", "erreichbar", "traeger")
    field_order = [
        "titel",
        "kurzbeschreibung",
        "wo",
        "kommune",
        "erreichbar",
        "traeger",
        "absender_email",
        "bitte_leer",
    ]

    titel = forms.CharField(
        label=_("Wie heißt es?"),
        max_length=120,
        help_text=_("So, wie man es vor Ort nennt, zum Beispiel „Elterncafé Nordstadt“."),
        error_messages=ZU_LANG | {"required": _("Bitte schreiben Sie, wie das Angebot heißt.")},
    )
    kurzbeschreibung = forms.CharField(
        label=_("Was bekommt man dort?"),
        max_length=280,
        help_text=_("Ein, zwei Sätze: für wen, und was passiert dort?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages=ZU_LANG
        | {"required": _("Bitte schreiben Sie in einem Satz, was man dort bekommt.")},
    )
    wo = forms.CharField(
        label=_("Wo ist es?"),
        max_length=200,
        help_text=_("Adresse oder Haus, so genau Sie es wissen."),
        error_messages=ZU_LANG | {"required": _("Bitte schreiben Sie, wo es ist.")},
    )
    kommune = forms.ModelChoiceField(
        label=_("In welcher Kommune?"),
        queryset=Kommune.objects.none(),
        to_field_name="slug",
        required=False,
        empty_label=_("Weiß ich nicht oder steht nicht in der Liste"),
        error_messages={"invalid_choice": _("Bitte wählen Sie eine Kommune aus der Liste.")},
    )
    erreichbar = forms.CharField(
        label=_("Wie erreicht man jemanden?"),
        max_length=280,
        required=False,
        help_text=_("Telefon, E-Mail oder Internetseite des Angebots."),
        error_messages=ZU_LANG,
    )
    traeger = forms.CharField(
        label=_("Wer bietet es an?"),
        max_length=160,
        required=False,
        help_text=_("Zum Beispiel Verein, Kirchengemeinde, Jugendamt."),
        error_messages=ZU_LANG,
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kommune"].queryset = Kommune.objects.sichtbar().order_by("kurzname")
        self.fields["kommune"].label_from_instance = lambda kommune: kommune.kurzname

    @property
    def getippt(self) -> str:
        return " ".join(self.cleaned_data[name] for name in self.WISSEN)

    @property
    def angaben(self) -> dict:
        felder = {
            name: {"alt": "", "neu": self.cleaned_data[name]}
            for name in self.WISSEN
            if self.cleaned_data[name]
        }
        return {"kommune": self.cleaned_data["kommune"], "felder": felder}
