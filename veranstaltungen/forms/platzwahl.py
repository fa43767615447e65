"""Choosing a Fachforum per Durchgang, and a seat to hold while waiting for it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from django import forms
from django.template.loader import render_to_string
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from praeventionsketten.lib import zeit
from veranstaltungen import plaetze
from veranstaltungen.models import Durchgang, Platzkontingent, Veranstaltung

KEIN_FORUM = "kein"
Hindernis = plaetze.Hindernis


@dataclass(frozen=True)
class Eigenes:
    """What the person has in a Fachforum already, in words; a seat or something less."""

    text: str
    sitz: bool


def ansage(kontingent: Platzkontingent) -> SafeString:
    """What is free in a pool or who waits there, in words."""
    return _ansage("_platzansage", kontingent.gesperrt, kontingent.frei, kontingent.wartend)


def haus_ansage(haus: Platzkontingent) -> SafeString:
    """That the house is full, and who waits for it."""
    return _ansage("_haus_voll", haus.gesperrt, haus.frei, haus.wartend)


@lru_cache(1000)
def _ansage(template: str, gesperrt: bool, frei: int, wartend: int) -> SafeString:
    """The same few numbers are said again and again while everybody comes at once."""
    kontingent = Platzkontingent(gesperrt=gesperrt, kapazitaet=frei)
    kontingent.wartend = wartend
    text = render_to_string(f"veranstaltungen/{template}.html", {"kontingent": kontingent})
    return SafeString(text.strip())


class Platzwahl(forms.RadioSelect):
    """Radio buttons that say what is free; a full Fachforum is chosen as a waiting list."""

    template_name = "veranstaltungen/_platzwahl.html"
    kontingente: dict[int, Platzkontingent]
    # What to say of a Fachforum instead of its numbers; such a one is never closed to her.
    eigene: dict[int, Eigenes]
    haus_voll: bool
    ansage: Callable[[Platzkontingent], str]

    def create_option(self, name, value, label, selected, *args, **kwargs):
        option = super().create_option(name, value, label, selected, *args, **kwargs)
        kontingent = self.kontingente.get(value)
        option["kontingent"], option["eigen"] = kontingent, self.eigene.get(value)
        sitz = option["eigen"] and option["eigen"].sitz
        # Of a full house nobody needs to know where in it there would be room.
        zu_sagen = kontingent and (kontingent.gesperrt or not self.haus_voll)
        option["ansage"] = self.ansage(kontingent) if zu_sagen else ""
        option["voll"] = kontingent and not kontingent.hat_platz and not sitz
        if kontingent and kontingent.gesperrt and not option["eigen"]:
            option["attrs"] |= {"disabled": True, "checked": False}
        return option

    def optgroups(self, name, value, attrs=None):
        gruppen = super().optgroups(name, value, attrs)
        optionen = [option for _, teil, _ in gruppen for option in teil]
        # The error summary links to number 0, which must be one that can take the focus.
        optionen.sort(key=lambda option: bool(option["attrs"].get("disabled")))
        for nummer, option in enumerate(optionen):
            option["attrs"]["id"] = f"{attrs['id']}_{nummer}"
        return gruppen


def _forum_oder_keines(wert: str) -> int | None:
    return None if wert == KEIN_FORUM else int(wert)


class MitPlatzwahl(forms.Form):
    """Mixin of the forms that ask for Fachforen; `waehlbar` builds the fields.

    What it refuses, plaetze would refuse as well. Whether there are seats is decided in the
    booking alone.
    """

    ansage, haus_ansage = staticmethod(ansage), staticmethod(haus_ansage)

    def waehlbar(
        self,
        veranstaltung: Veranstaltung,
        *,
        haus_voll: bool,
        eigene: dict[tuple[int, int], Eigenes] | None = None,
    ) -> None:
        """Add the fields; `eigene` says of (Durchgang, Fachforum) what the person has there.

        In a full house every choice is a wish, and nobody holds a seat until then.
        """
        self.veranstaltung = veranstaltung
        self.kontingente = list(veranstaltung.kontingente.all())
        self.haus_voll, self.eigene = haus_voll, eigene or {}
        for durchgang in self._durchgaenge:
            self.fields[_name(durchgang)] = self._feld_fuer(durchgang)
            if ersatz := self._ersatz_fuer(durchgang):
                self.fields[_ersatzname(durchgang)] = ersatz

    @property
    def zu_den_foren(self) -> list[tuple[forms.BoundField, forms.BoundField | None]]:
        """Per Durchgang the choice and, where something is full, the seat until then."""
        return [
            (self[_name(d)], self[_ersatzname(d)] if _ersatzname(d) in self.fields else None)
            for d in self._durchgaenge
        ]

    @property
    def hat_warteliste(self) -> bool:
        return any(ersatz for _, ersatz in self.zu_den_foren)

    @property
    def wahl(self) -> plaetze.Wahl:
        return {
            durchgang.pk: self._wunsch(durchgang)
            for durchgang in self._durchgaenge
            if _name(durchgang) in self.cleaned_data
        }

    def clean(self) -> dict:
        daten = super().clean() or self.cleaned_data
        gegen = plaetze.hindernisse(self.kontingente, self.wahl)
        if not self.errors:
            # With the key of a form sent twice, what is closed now may be hers already.
            gegen = {d: h for d, h in gegen.items() if h is Hindernis.DOPPELT}
        self.zeige(gegen)
        return daten

    def zeige(self, hindernisse: dict[int | None, Hindernis]) -> None:
        """Say at each Durchgang what stands against the choice, and what is free instead."""
        for durchgang in self._durchgaenge:
            hindernis = hindernisse.get(durchgang.pk)
            if hindernis and not self.has_error(_name(durchgang)):
                feld, forum = self._schuld(durchgang, hindernis)
                self.add_error(feld, self._satz(durchgang, hindernis, forum))

    # ------------------------------------------------------------------ fields

    @cached_property
    def _durchgaenge(self) -> list[Durchgang]:
        """In the order of the day."""
        return sorted(
            {k.durchgang for k in self.kontingente if k.durchgang}, key=lambda d: d.nummer
        )

    def _hier(self, durchgang: Durchgang) -> dict[int, Platzkontingent]:
        """The pools of a Durchgang by Fachforum, in the order of their numbers."""
        hier = [k for k in self.kontingente if k.durchgang_id == durchgang.pk]
        return {k.fachforum_id: k for k in sorted(hier, key=lambda k: k.fachforum.nummer)}

    def _feld_fuer(self, durchgang: Durchgang) -> forms.Field:
        kontingente = self._hier(durchgang)
        feld = forms.TypedChoiceField(
            label=str(durchgang),
            help_text=zeit.uhrzeiten(durchgang.beginn, durchgang.ende),
            choices=[
                *((pk, str(k.fachforum)) for pk, k in kontingente.items()),
                (KEIN_FORUM, _("Kein Fachforum in diesem Durchgang")),
            ],
            coerce=_forum_oder_keines,
            required=False,
            initial=KEIN_FORUM,
            empty_value=None,
            widget=Platzwahl,
            error_messages={
                "invalid_choice": gettext(
                    "Das gibt es in %(durchgang)s nicht. Bitte wählen Sie ein Fachforum aus der Liste."
                )
                % {"durchgang": durchgang}
            },
        )
        feld.widget.kontingente = kontingente
        feld.widget.haus_voll, feld.widget.ansage = self.haus_voll, self.ansage
        feld.widget.eigene = {
            forum: eigenes for (d, forum), eigenes in self.eigene.items() if d == durchgang.pk
        }
        return feld

    def _ersatz_fuer(self, durchgang: Durchgang) -> forms.Field | None:
        """The seat until then; only where something is full and something else is free."""
        kontingente = self._hier(durchgang)
        offene = [k for k in kontingente.values() if not k.gesperrt]
        freie = [k for k in offene if k.hat_platz]
        if self.haus_voll or not freie or len(freie) == len(offene):
            return None
        feld = forms.TypedChoiceField(
            label=_("Bis dahin nehme ich"),
            help_text=_(
                "Einen Platz, den Sie sicher haben. Wird Ihr Wunsch frei, tauschen wir ihn."
            ),
            choices=[("", _("nichts, ich warte nur"))]
            + [(pk, str(k.fachforum)) for pk, k in kontingente.items()],
            coerce=int,
            required=False,
            empty_value=None,
            widget=forms.Select(attrs={"class": "eingabe"}),
            error_messages={
                "invalid_choice": gettext(
                    "Das gibt es in %(durchgang)s nicht. Bitte wählen Sie aus der Liste."
                )
                % {"durchgang": durchgang}
            },
        )
        # What filled up since she read the page may still be sent, and is then not given.
        feld.widget.choices = feld.choices[:1] + [
            (k.fachforum_id, str(k.fachforum)) for k in freie
        ]
        return feld

    def _wunsch(self, durchgang: Durchgang) -> plaetze.Wunsch:
        forum = self.cleaned_data[_name(durchgang)]
        ersatz = self.cleaned_data.get(_ersatzname(durchgang))
        kontingent = self._hier(durchgang).get(forum)
        wartet = kontingent is not None and not kontingent.hat_platz
        # The field stays in the page when she thinks again and takes a free one.
        return plaetze.Wunsch(forum, ersatz if wartet else None)

    # --------------------------------------------------------------- sentences

    def _schuld(self, durchgang: Durchgang, hindernis: Hindernis) -> tuple[str, int | None]:
        """The field and the Fachforum that stand in the way."""
        wunsch, kontingente = self.wahl[durchgang.pk], self._hier(durchgang)
        andere = self._andere(durchgang)
        am_ersatz = wunsch.ersatz is not None and (
            (hindernis is Hindernis.DOPPELT and wunsch.forum not in andere)
            or (hindernis is Hindernis.GESPERRT and not kontingente[wunsch.forum].gesperrt)
        )
        if am_ersatz:
            return _ersatzname(durchgang), wunsch.ersatz
        return _name(durchgang), wunsch.forum

    def _andere(self, durchgang: Durchgang) -> dict[int, Durchgang]:
        """What was chosen in the other Durchgänge, and where."""
        nach_pk = {d.pk: d for d in self._durchgaenge}
        return {
            forum: nach_pk[pk]
            for pk, wunsch in self.wahl.items()
            if pk != durchgang.pk
            for forum in (wunsch.ersatz, wunsch.forum)
            if forum is not None
        }

    def _satz(self, durchgang: Durchgang, hindernis: Hindernis, forum: int | None) -> str:
        saetze = {
            Hindernis.GESPERRT: gettext(
                "„%(forum)s“ ist in %(durchgang)s für die Anmeldung geschlossen."
            ),
            Hindernis.DOPPELT: gettext("„%(forum)s“ haben Sie schon in %(wo)s gewählt."),
            Hindernis.FREMD: gettext("Das gibt es in %(durchgang)s nicht."),
        }
        kontingent, frei = self._hier(durchgang).get(forum), self._frei(durchgang)
        rat = (
            gettext("Frei ist hier zum Beispiel „%(frei)s“.")
            if frei
            else gettext("Bitte wählen Sie hier „Kein Fachforum“.")
        )
        return f"{saetze[hindernis]} {rat}" % {
            "forum": kontingent.fachforum.titel if kontingent else "",
            "durchgang": durchgang,
            "wo": self._andere(durchgang).get(forum, durchgang),
            "frei": frei,
        }

    def _frei(self, durchgang: Durchgang) -> str:
        """The title of a Fachforum with seats that was not chosen for another Durchgang."""
        schon = self._andere(durchgang)
        for kontingent in self._hier(durchgang).values():
            if kontingent.hat_platz and kontingent.fachforum_id not in schon:
                return kontingent.fachforum.titel
        return ""


def _name(durchgang: Durchgang) -> str:
    return f"durchgang_{durchgang.nummer}"


def _ersatzname(durchgang: Durchgang) -> str:
    return f"ersatz_{durchgang.nummer}"
