"""The forms of the team's own pages; what they refuse, plaetze would refuse as well."""

import uuid

from django import forms
from django.core.validators import RegexValidator

from praeventionsketten.formulare import PortalForm
from praeventionsketten.lib import zeit
from veranstaltungen import plaetze
from veranstaltungen.forms.beigaben import MitBeigaben
from veranstaltungen.models import (
    Anmeldung,
    Durchgang,
    Einwilligungstext,
    Fachforum,
    Forumswahl,
    Platzkontingent,
    Veranstaltung,
    Zweck,
)
from veranstaltungen.rundmail import GRUPPEN, PLATZHALTER, unbekannte

nur_ein_name = RegexValidator(
    r"[\x00-\x1f\x7f]|://|www\.",
    inverse_match=True,
    message="Bitte nur den Namen, ohne Internetadresse.",
)
HINDERNISSE = {
    plaetze.Hindernis.GESPERRT: "Das ist gerade gesperrt.",
    plaetze.Hindernis.FREMD: "Dieses Fachforum gibt es in diesem Durchgang nicht.",
    plaetze.Hindernis.DOPPELT: "Dieses Fachforum hat die Person schon gewählt.",
}
KEINES = 0  # no Fachforum has this key
# Codes, not sentences: the log knows no names.
GRUENDE = {
    "mitwirkung": "wirkt am Programm mit",
    "zugang": "braucht einen bestimmten Raum oder eine bestimmte Zeit",
    "versehen": "Versehen des Teams",
    "leitung": "Entscheidung der Programmleitung",
}


def _ja(wert: str) -> bool:
    return wert == "True"


class TeamForm(PortalForm, forms.Form):
    """The summary above the heading names the field that is missing."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name, feld in self.fields.items():
            feld.error_messages["required"] = f"„{feld.label or name.title()}“ fehlt."


class RaumForm(TeamForm):
    kapazitaet = forms.IntegerField(label="Plätze", min_value=0, max_value=20_000)
    notplaetze = forms.IntegerField(
        label="Notplätze",
        min_value=0,
        max_value=1_000,
        help_text="Vergibt nur das Team, an der Warteliste vorbei.",
    )
    raum = forms.CharField(label="Raum", max_length=80, required=False)
    gesperrt = forms.TypedChoiceField(
        label="Zustand",
        coerce=_ja,
        choices=[
            (False, "offen"),
            (True, "gesperrt: niemand kann wählen, niemand rückt nach"),
        ],
    )


class PersonForm(TeamForm):
    name = forms.CharField(
        label="Vor- und Nachname",
        max_length=120,
        validators=[nur_ein_name],
        help_text="So steht er auf dem Namensschild.",
    )
    email = forms.EmailField(label="E-Mail-Adresse", max_length=254)
    organisation = forms.CharField(
        label="Einrichtung oder Kommune", max_length=160, required=False
    )
    funktion = forms.CharField(label="Funktion", max_length=120, required=False)

    @property
    def angaben(self) -> dict[str, str]:
        felder = ("name", "email", "organisation", "funktion")
        return {feld: self.cleaned_data[feld] for feld in felder}

    @classmethod
    def mit(cls, anmeldung: Anmeldung, **kwargs) -> "PersonForm":
        felder = ("name", "email", "organisation", "funktion")
        return cls(initial={feld: getattr(anmeldung, feld) for feld in felder}, **kwargs)


class MitForen(TeamForm):
    """Mixin: per Durchgang the Fachforum, and the one to sit in while that is full."""

    gehalten: frozenset[int] = frozenset()  # keys of the rooms she has a seat in

    def __init__(self, *args, veranstaltung: Veranstaltung, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        kontingente = veranstaltung.kontingente.filter(
            art=Platzkontingent.Art.FORUM
        ).select_related("fachforum", "durchgang")
        self.durchgaenge = sorted({k.durchgang for k in kontingente}, key=lambda d: d.nummer)
        for durchgang in self.durchgaenge:
            hier = [k for k in kontingente if k.durchgang_id == durchgang.pk]
            hier.sort(key=lambda k: k.fachforum.nummer)
            frei = [
                (k.fachforum_id, str(k.fachforum))
                for k in hier
                if k.frei or k.pk in self.gehalten
            ]
            foren = [(k.fachforum_id, f"{k.fachforum} ({_platzwort(k)})") for k in hier]
            zeiten = zeit.uhrzeiten(durchgang.beginn, durchgang.ende)
            self._feld(f"forum_{durchgang.nummer}", f"{durchgang}, {zeiten}", foren)
            self._feld(
                f"ersatz_{durchgang.nummer}", f"{durchgang}: wenn das voll ist, solange", frei
            )

    def _feld(self, name: str, label: str, foren: list[tuple[int, str]]) -> None:
        self.fields[name] = forms.TypedChoiceField(
            label=label,
            coerce=int,
            choices=[(KEINES, "kein Fachforum"), *foren],
            initial=KEINES,
            widget=forms.Select(attrs={"class": "eingabe"}),
        )

    @property
    def wahl(self) -> plaetze.Wahl:
        return {
            d.pk: plaetze.Wunsch(
                self.cleaned_data.get(f"forum_{d.nummer}") or None,
                self.cleaned_data.get(f"ersatz_{d.nummer}") or None,
            )
            for d in self.durchgaenge
        }

    def clean(self) -> dict:
        super().clean()
        for d in self.durchgaenge:
            ersatz = self.cleaned_data.get(f"ersatz_{d.nummer}")
            if ersatz and not self.cleaned_data.get(f"forum_{d.nummer}"):
                self.add_error(f"ersatz_{d.nummer}", "Wählen Sie das darüber aus.")
        return self.cleaned_data

    def zeige(self, ergebnis: plaetze.Ergebnis) -> None:
        """Say what the booking refused, at the field it is about."""
        nummern = {d.pk: d.nummer for d in self.durchgaenge}
        for durchgang, hindernis in ergebnis.hindernisse.items():
            feld = f"forum_{nummern[durchgang]}" if durchgang in nummern else None
            text = HINDERNISSE[hindernis] if feld else "Das ganze Haus ist gesperrt."
            self.add_error(feld, text)
        if not ergebnis.hindernisse:
            self.add_error(None, "Das geht nicht mehr: Bitte laden Sie die Seite neu.")


class TelefonForm(MitForen, PersonForm, MitBeigaben):
    """What a caller says; of the consents only the one her needs rest on.

    The others she gives, or not, on her own page: nobody ticks them for her.
    """

    schluessel = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def __init__(self, *args, mit_bedarf: bool, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        texte = Einwilligungstext.objects.geltende() if mit_bedarf else {}
        self.fragbar({z: text for z, text in texte.items() if z == Zweck.BEDARF})

    @property
    def zu_person_und_foren(self) -> list[forms.BoundField]:
        zum_bedarf = {feld.name for feld in self.zum_bedarf}
        return [feld for feld in self.visible_fields() if feld.name not in zum_bedarf]


class WechselForm(MitForen):
    notplatz = forms.TypedChoiceField(
        label="Wenn ein Fachforum voll ist",
        coerce=_ja,
        initial=False,
        choices=[
            (False, "auf die Warteliste setzen"),
            (True, "Notplatz geben, an der Warteliste vorbei"),
        ],
    )

    def __init__(self, *args, anmeldung: Anmeldung, **kwargs) -> None:
        kwargs.setdefault("initial", self._bisher(anmeldung))
        belegt = anmeldung.wahlen.filter(status=Forumswahl.Status.BELEGT)
        self.gehalten = frozenset(belegt.values_list("kontingent", flat=True))
        super().__init__(*args, veranstaltung=anmeldung.veranstaltung, **kwargs)
        self.order_fields([*(n for n in self.fields if n != "notplatz"), "notplatz"])

    @staticmethod
    def _bisher(anmeldung: Anmeldung) -> dict:
        """The wish stands above, the seat held meanwhile below."""
        bisher = {}
        wahlen = anmeldung.wahlen.select_related("durchgang")
        for wahl in sorted(wahlen, key=lambda w: w.status != w.Status.BELEGT):
            if wahl.status in wahl.AKTIV:
                nummer = wahl.durchgang.nummer
                if f"forum_{nummer}" in bisher:
                    bisher[f"ersatz_{nummer}"] = bisher[f"forum_{nummer}"]
                bisher[f"forum_{nummer}"] = wahl.fachforum_id
        return bisher


class VorziehenForm(TeamForm):
    grund = forms.ChoiceField(label="Grund", choices=[("", "Bitte wählen"), *GRUENDE.items()])


class RundmailForm(TeamForm):
    gruppe = forms.ChoiceField(
        label="An wen?", choices=[(k, g.name) for k, g in GRUPPEN.items()]
    )
    fachforum = forms.ModelChoiceField(
        Fachforum.objects.none(), required=False, empty_label="alle"
    )
    durchgang = forms.ModelChoiceField(
        Durchgang.objects.none(), required=False, empty_label="alle"
    )
    betreff = forms.CharField(max_length=150, widget=forms.TextInput)
    text = forms.CharField(
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text="Diese Wörter ersetzt das Portal: "
        + ", ".join(f"{{{wort}}} ({was})" for wort, was in PLATZHALTER.items())
        + ". Gruß und Absender stehen schon darunter.",
    )
    anlass = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def __init__(self, *args, veranstaltung: Veranstaltung, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["fachforum"].queryset = veranstaltung.fachforen.all()
        self.fields["durchgang"].queryset = veranstaltung.durchgaenge.all()

    def clean_betreff(self) -> str:
        return self._nur_bekannte("betreff")

    def clean_text(self) -> str:
        return self._nur_bekannte("text")

    def _nur_bekannte(self, feld: str) -> str:
        text = self.cleaned_data[feld]
        if fremd := unbekannte(text):
            raise forms.ValidationError(
                f"Das kann das Portal nicht ersetzen: {', '.join(fremd)}"
            )
        return text


def _platzwort(kontingent: Platzkontingent) -> str:
    if kontingent.gesperrt:
        return "gesperrt"
    return f"{kontingent.frei} frei" if kontingent.frei else "voll"
