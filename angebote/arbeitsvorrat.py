"""What waits for a coordinator: one list, each line with one thing to do.

Sorted by harm to families, not by age: a closed door before a wrong number, a wrong
number before a missing description. It costs the same few queries however much waits.
"""

import datetime as dt
from dataclasses import dataclass, field
from enum import IntEnum

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from praeventionsketten.lib import zeit

from .models import Angebot, Fehlsuche, Hinweis, Kontakt, Linkpruefung, Vorschlag

HOECHSTENS_WORTE = 5  # that people miss; the list is about what is wrong first of all


class Schaden(IntEnum):
    """How much harm it does to wait, the worst first."""

    ZUE_TUER = 1
    FALSCHE_NUMMER = 2
    FALSCHE_ZEIT = 3
    UNBESTAETIGT = 4
    NIEMAND_PFLEGT = 5
    FALSCHES = 6
    FEHLENDES = 7
    NACHFRAGE = 8
    VIELLEICHT_WERBUNG = 9


JE_THEMA = {
    Hinweis.Thema.GIBT_ES_NICHT: Schaden.ZUE_TUER,
    Hinweis.Thema.TELEFON: Schaden.FALSCHE_NUMMER,
    Hinweis.Thema.ZEITEN: Schaden.FALSCHE_ZEIT,
    Hinweis.Thema.SONSTIGES: Schaden.FALSCHES,
}


@dataclass(frozen=True)
class Bereich:
    """Whose work it is: these Kommunen, and what belongs to none if nobody else has it."""

    kommunen: tuple[int, ...]
    landesweit: bool

    def an(self, pfad: str) -> Q:
        """The rows whose Kommune, at the end of this path, is one of them."""
        eigene = Q(**{f"{pfad}__in": self.kommunen})
        return eigene | Q(**{f"{pfad}__isnull": True}) if self.landesweit else eigene


@dataclass(frozen=True, order=True)
class Aufgabe:
    """One line: what it is about, why, since when, and the one thing to do."""

    schaden: Schaden
    seit: dt.date
    titel: str
    was: str = field(compare=False)
    tat: str = field(compare=False)
    adresse: str = field(compare=False)
    genauer: str = field(default="", compare=False)
    eintrag: str = field(default="", compare=False)  # where to read what it is about
    anzurufen: Kontakt | None = field(default=None, compare=False)
    druecken: bool = field(default=False, compare=False)  # a button instead of a way
    gesehen: int = field(default=0, compare=False)  # the Fassung such a button is about
    abhaken: dict | None = field(default=None, compare=False)  # what is sent to have it go


def aufgaben(bereich: Bereich) -> list[Aufgabe]:
    """All that waits, the most harmful first and among equals the longest wait."""
    angebote = Angebot.objects.filter(bereich.an("kommune"))
    hinweise = Hinweis.objects.filter(bereich.an("angebot__kommune"))
    gemeldet = list(hinweise.exclude(status="erledigt").select_related("angebot"))
    vorschlaege = Vorschlag.objects.filter(bereich.an("kommune"))
    offen = vorschlaege.exclude(status__in=Vorschlag.ENTSCHIEDEN).select_related("angebot")
    stumme = list(_stumme_seiten(angebote))
    anrufe = _anzurufende(angebote, {g.angebot_id for g in (*gemeldet, *stumme)})
    return sorted(
        [
            *map(_hinweis, gemeldet),
            *map(_vorschlag, offen),
            *map(_abgelaufenes, angebote.abgelaufen()),
            *(_anruf(angebot, seit) for angebot, seit in anrufe),
            *_unerreichbare(angebote, {angebot.pk for angebot, _seit in anrufe}),
            *map(_tote_seite, stumme),
            *map(_gesuchtes, _haeufige_fehlsuchen(bereich)),
        ]
    )


def _hinweis(hinweis: Hinweis) -> Aufgabe:
    werbung = hinweis.status == Hinweis.Status.VERDACHT
    return Aufgabe(
        Schaden.VIELLEICHT_WERBUNG if werbung else JE_THEMA[hinweis.thema],
        timezone.localdate(hinweis.eingegangen_am),
        hinweis.angebot.titel,
        "Hinweis, vielleicht Werbung" if werbung else "Hinweis von außen",
        "Hinweis prüfen",
        reverse("admin:angebote_hinweis_pruefen", args=[hinweis.pk]),
        hinweis.get_thema_display(),
        _eintrag(hinweis.angebot_id),
    )


def _vorschlag(vorschlag: Vorschlag) -> Aufgabe:
    werbung = vorschlag.status == Vorschlag.Status.VERDACHT
    was = "Neues Angebot vorgeschlagen" if vorschlag.ist_neu else "Änderung vorgeschlagen"
    return Aufgabe(
        Schaden.VIELLEICHT_WERBUNG if werbung else Schaden.FEHLENDES,
        timezone.localdate(vorschlag.eingegangen_am),
        vorschlag.titel if vorschlag.ist_neu else vorschlag.angebot.titel,
        f"{was}, vielleicht Werbung" if werbung else was,
        "Vorschlag prüfen",
        reverse("admin:angebote_vorschlag_pruefen", args=[vorschlag.pk]),
        f"Von: {vorschlag.get_herkunft_display()}",
        "" if vorschlag.ist_neu else _eintrag(vorschlag.angebot_id),
    )


def _abgelaufenes(angebot: Angebot) -> Aufgabe:
    if angebot.status == Angebot.Status.PAUSIERT:
        seit = angebot.pausiert_bis
        was, tat = f"Die Pause ging bis {zeit.tag(seit)}", "Pause beenden"
    else:
        seit = timezone.localdate(angebot.geaendert_am)
        was, tat = "Alle Termine sind vorbei", "Termine eintragen"
    eintrag = _eintrag(angebot.pk)
    return Aufgabe(
        Schaden.FALSCHE_ZEIT, seit, angebot.titel, was, tat, eintrag, eintrag=eintrag
    )


def _anzurufende(angebote: QuerySet, gemeldet: set[int]) -> list[tuple[Angebot, dt.date]]:
    """Those to call and since when, also whom nobody has confirmed for long.

    A Hinweis or a silent website says more about an Angebot, so it stands there alone.
    """
    anrufe = {
        a.pk: timezone.localdate(a.telefonisch_seit)
        for a in angebote.telefonisch_zu_bestaetigen()
    }
    ueberfaellige = angebote.ueberfaellig().values("pk")
    wartende = (
        angebote.sichtbar()
        .filter(Q(pk__in=anrufe) | Q(pk__in=ueberfaellige))
        .exclude(pk__in=gemeldet)
        .mit_bestaetigung()
        .mit_fassungsnummer()
        .prefetch_related("kontakte")
    )
    return [(angebot, anrufe.get(angebot.pk) or angebot.faellig_am) for angebot in wartende]


def _anruf(angebot: Angebot, seit: dt.date) -> Aufgabe:
    anzurufen = next((k for k in angebot.kontakte.all() if k.nummer), None)
    zuletzt = angebot.bestaetigt_am
    return Aufgabe(
        Schaden.UNBESTAETIGT,
        seit,
        angebot.titel,
        "Anrufen:" if anzurufen else "Nachfragen, ob alles stimmt",
        "Stimmt noch",
        reverse("admin:angebote_angebot_knopf", args=[angebot.pk, "am_telefon_bestaetigen"]),
        f"zuletzt bestätigt: {zeit.tag(zuletzt)}" if zuletzt else "noch nie bestätigt",
        _eintrag(angebot.pk),
        anzurufen=anzurufen,
        druecken=True,
        gesehen=angebot.fassungsnummer,
    )


def _unerreichbare(angebote: QuerySet, anrufe: set[int]) -> list[Aufgabe]:
    """Mails to who keeps the entry come back; whoever is called is asked then."""
    kontakte = Kontakt.objects.filter(
        angebot__in=angebote.sichtbar(), unzustellbar_seit__isnull=False
    ).select_related("angebot")
    je_angebot = {kontakt.angebot_id: kontakt for kontakt in kontakte}
    return [_kontakt(k) for pk, k in je_angebot.items() if pk not in anrufe]


def _kontakt(kontakt: Kontakt) -> Aufgabe:
    return Aufgabe(
        Schaden.NIEMAND_PFLEGT,
        timezone.localdate(kontakt.unzustellbar_seit),
        kontakt.angebot.titel,
        "E-Mails an den Pflegekontakt kommen zurück",
        "Kontakt ändern",
        _eintrag(kontakt.angebot_id),
        str(kontakt),
        _eintrag(kontakt.angebot_id),
    )


def _stumme_seiten(angebote: QuerySet) -> QuerySet:
    tote = Linkpruefung.objects.tot().filter(angebot__in=angebote.sichtbar())
    return tote.select_related("angebot")


def _tote_seite(pruefung: Linkpruefung) -> Aufgabe:
    eintrag = _eintrag(pruefung.angebot_id)
    return Aufgabe(
        Schaden.FALSCHES,
        pruefung.stumm_seit,
        pruefung.angebot.titel,
        "Die Website antwortet nicht",
        "Adresse ändern",
        f"{eintrag}#id_website",
        pruefung.adresse,
        eintrag,
    )


def _eintrag(pk: int) -> str:
    return reverse("admin:angebote_angebot_change", args=[pk])


def _haeufige_fehlsuchen(bereich: Bereich) -> QuerySet:
    return Fehlsuche.objects.filter(bereich.an("kommune")).haeufige()[:HOECHSTENS_WORTE]


def _gesuchtes(zeile: dict) -> Aufgabe:
    """How often, never by whom; it leaves once something is found, or by hand."""
    frage = {"titel": zeile["wort"].capitalize()}
    if zeile["kommune"]:
        frage["kommune"] = zeile["kommune"]
    return Aufgabe(
        Schaden.NACHFRAGE,
        zeile["zuerst"],
        f"„{zeile['wort']}“",
        "Wird gesucht und nicht gefunden",
        "Angebot eintragen",
        f"{reverse('admin:angebote_angebot_add')}?{urlencode(frage)}",
        f"{zeile['gesucht']}-mal in 30 Tagen",
        abhaken={"wort": zeile["wort"], "kommune": zeile["kommune"] or ""},
    )
