"""The forms of one Angebot behind a Pflegelink: what is no longer true, what is new."""

import datetime as dt

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from angebote.models import Angebot, Sofortmeldung, Vorschlag
from praeventionsketten.formulare import PortalForm, Wahlhaken, Wahlknoepfe
from praeventionsketten.lib import zeit

from . import sofort, texte
from .antwort import Frage

LAENGSTENS = dt.timedelta(days=730)
LANG = 200  # letters; from there on a field has several lines
JE_ZEILE = 50  # letters, on a screen of middling width


def tagfeld(label: str, hilfe: str = "", *, required: bool = True) -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=hilfe,
        required=required,
        error_messages={
            "required": _("Bitte nennen Sie einen Tag."),
            "invalid": _("Bitte nennen Sie einen Tag, zum Beispiel 24.12.2026."),
        },
        widget=forms.DateInput(
            attrs={"type": "date", "class": "eingabe eingabe--kurz"}, format="%Y-%m-%d"
        ),
    )


class MeldungForm(PortalForm, forms.Form):
    """What all of them share: the Angebot they are about."""

    def __init__(self, *args, frage: Frage, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.frage, self.angebot = frage, frage.angebot

    def _kommend(self, tag: dt.date | None) -> dt.date | None:
        heute = timezone.localdate()
        if tag and tag < heute:
            raise ValidationError(_("Dieser Tag ist schon vorbei."))
        if tag and tag > heute + LAENGSTENS:
            raise ValidationError(_("Bitte nennen Sie einen Tag in den nächsten zwei Jahren."))
        return tag


class AusfallForm(MeldungForm):
    termine = forms.MultipleChoiceField(
        label=_("Welche Termine fallen aus?"),
        required=False,
        widget=Wahlhaken,
        error_messages={"invalid_choice": _("Einen dieser Termine gibt es nicht mehr.")},
    )
    tag = tagfeld(_("An welchem Tag fällt es aus?"), required=False)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        # Pressed twice: what is cancelled by now may be said once more.
        gesendet = self["termine"].data or []
        self.termine = {
            str(t.pk): t for t in self.frage.termine if not t.abgesagt or str(t.pk) in gesendet
        }
        self.fields["termine"].choices = [
            (pk, zeit.zeitspanne(t.beginn, t.ende)) for pk, t in self.termine.items()
        ]
        if self.termine:
            self.fields["tag"].label = _("Oder an einem anderen Tag?")
        else:
            del self.fields["termine"]
        for feld in self.fields.values():
            feld.eines_davon = True

    def clean_tag(self) -> dt.date | None:
        return self._kommend(self.cleaned_data["tag"])

    def clean(self) -> None:
        if not self.errors and not any(map(self.cleaned_data.get, ("tag", "termine"))):
            self.add_error("tag", _("Bitte sagen Sie, wann es ausfällt."))

    def melden(self, link) -> Sofortmeldung:
        termine = [self.termine[pk] for pk in self.cleaned_data.get("termine", [])]
        return sofort.faellt_aus(link, self.angebot, termine, self.cleaned_data["tag"])


class PauseForm(MeldungForm):
    bis = tagfeld(_("Bis wann macht es Pause?"), _("Der letzte Tag der Pause."))

    def clean_bis(self) -> dt.date:
        return self._kommend(self.cleaned_data["bis"])

    def melden(self, link) -> Sofortmeldung:
        return sofort.pausiert(link, self.angebot, self.cleaned_data["bis"])


class EndeForm(MeldungForm):
    def melden(self, link) -> Sofortmeldung:
        return sofort.beendet(link, self.angebot)


class NummerForm(MeldungForm):
    kontakt = forms.ChoiceField(
        label=_("Welche Nummer ist falsch?"),
        widget=Wahlknoepfe,
        error_messages={
            "required": _("Bitte wählen Sie die Nummer, die nicht stimmt."),
            "invalid_choice": _("Diese Nummer steht nicht mehr auf der Seite."),
        },
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.kontakte = {str(k.pk): k for k in self.angebot.oeffentliche_kontakte if k.nummer}
        self.fields["kontakt"].choices = [
            (pk, f"{k.nummer} ({k.funktion})") for pk, k in self.kontakte.items()
        ]

    def melden(self, link) -> Sofortmeldung:
        kontakt = self.kontakte[self.cleaned_data["kontakt"]]
        return sofort.nummer_falsch(link, self.angebot, kontakt)


class TextForm(MeldungForm):
    """The texts as they are, to be written over; times in words."""

    zeiten_text = forms.CharField(
        label=_("Was ist an den Zeiten oder am Ort anders?"),
        required=False,
        max_length=1000,
        help_text=_("Schreiben Sie es in Ihren Worten, wir tragen es ein."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    stand = forms.IntegerField(required=False, widget=forms.HiddenInput(attrs={"id": False}))

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["stand"].initial = self.frage.stand
        # The name of each field in `Vorschlag.felder`.
        self.ziele: dict[str, str] = {}
        for kontakt in self.angebot.oeffentliche_kontakte:
            label = gettext("Telefonnummer: %(wer)s") % {"wer": kontakt.funktion}
            feld = kontakt._meta.get_field("telefon").formfield(label=label)
            ziel = f"kontakt:{kontakt.pk}:telefon"
            self._dazu(f"telefon_{kontakt.pk}", feld, kontakt.telefon, ziel)
        for name in texte.TEXTE:
            modellfeld = Angebot._meta.get_field(name)
            https = {"assume_scheme": "https"} if name == "website" else {}
            feld = modellfeld.formfield(**https)
            if not https and (feld.max_length or LANG) >= LANG:
                zeilen = len(getattr(self.angebot, name)) // JE_ZEILE + 1
                feld.widget = forms.Textarea(attrs={"rows": min(max(zeilen, 3), 12)})
            if name != "beschreibung" or self.angebot.beschreibung:
                self._dazu(name, feld, getattr(self.angebot, name), name)

    def _dazu(self, name: str, feld: forms.Field, wert: str, ziel: str) -> None:
        feld.initial = wert
        feld.widget.attrs["class"] = "eingabe"
        self.fields[name], self.ziele[name] = feld, ziel

    def clean(self) -> None:
        if not self.errors and not {*self.changed_data} - {"stand"}:
            raise ValidationError(_("Sie haben noch nichts geändert."))

    @transaction.atomic
    def melden(self, link) -> Vorschlag | None:
        """Returns the proposal; what is said of times becomes a task."""
        if self.cleaned_data["zeiten_text"]:
            texte.zeiten_anders(link, self.angebot, self.cleaned_data["zeiten_text"])
        neu = {
            ziel: self.cleaned_data[name]
            for name, ziel in self.ziele.items()
            if name in self.changed_data
        }
        # Old words of a tab left open are no new ones: somebody looks at them.
        frisch = self.cleaned_data["stand"] in (None, self.frage.stand)
        return texte.vorschlagen(link, self.angebot, neu, frisch=frisch) if neu else None


class WeitergabeForm(PortalForm, forms.Form):
    """Who is asked from now on."""

    email = forms.EmailField(
        label=_("E-Mail-Adresse der Person, die jetzt zuständig ist"),
        max_length=254,
        required=False,
        help_text=_(
            "Sie bekommt eine einzige E-Mail und stimmt selbst zu. Wissen Sie es nicht, "
            "lassen Sie das Feld leer; dann rufen wir in der Einrichtung an."
        ),
        error_messages={
            "invalid": _("Bitte prüfen Sie die E-Mail-Adresse, z. B. name@beispiel.de.")
        },
        widget=forms.EmailInput(
            attrs={"autocomplete": "off", "class": "eingabe eingabe--mittel"}
        ),
    )


FORMULARE: dict[str, type[MeldungForm]] = {
    "ausfall": AusfallForm,
    "pause": PauseForm,
    "nummer": NummerForm,
    "ende": EndeForm,
    "texte": TextForm,
}


def formulare(frage: Frage, aktion: str = "", daten=None) -> dict[str, MeldungForm]:
    """All of them for one Angebot; the one that was sent is bound."""
    alle = {
        name: klasse(daten if name == aktion else None, frage=frage, prefix=name)
        for name, klasse in FORMULARE.items()
    }
    if not alle["nummer"].kontakte:
        del alle["nummer"]
    return alle
