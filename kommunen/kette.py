"""The Kette: the Angebote along Lebensphasen and the Übergänge between them.

`kette` builds the big one with its counts (includes/kette.html), `kettchen` the small
one of a single entry (includes/kettchen.html).
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import urlencode

from django.apps import apps
from django.db.models import Count, Q, QuerySet, Value
from django.db.models.functions import Coalesce, NullIf
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from .models import Lebensphase, Uebergang

PHASE, UEBERGANG = "phase", "uebergang"  # also the names of the parameters in addresses
ABSTAND, RAND, RADIUS = 25, 9, 7  # of the circles of the Kettchen


@dataclass(frozen=True)
class Glied:
    """One link of the Kette: a Lebensphase, or the Übergang that follows it."""

    art: str
    code: str
    name: str
    kurz: str
    anzahl: int
    url: str
    aktuell: bool = False

    @property
    def zahl(self) -> int:
        """What to write beside it."""
        return self.anzahl


class Kettchen(NamedTuple):
    """A small drawing of which links are there, and the same in words."""

    breite: int
    kreise: list[tuple[int, bool]]
    striche: list[tuple[int, int, bool]]
    worte: str


def kette(
    angebote: QuerySet,
    *,
    parameter: QueryDict | dict | None = None,
    phasen: Collection[str] = (),
    uebergaenge: Collection[str] = (),
) -> list[Glied]:
    """All links in the order of life, each with how many of `angebote` it has; one query.

    `angebote` is any unsliced queryset of Angebote, e.g. `sichtbare_angebote()`.
    `parameter` are kept in every link's address (a QueryDict or a dict; without phase,
    uebergang and seite); `phasen` and `uebergaenge` are the codes that are current.
    """
    fest = parameter.lists() if isinstance(parameter, QueryDict) else (parameter or {}).items()
    behalten = [(name, wert) for name, wert in fest if name not in (PHASE, UEBERGANG, "seite")]
    adresse = reverse("angebot_liste")
    # By their code at last: of two at the same place the database has no order.
    zeilen = sorted(_zeilen(angebote), key=lambda zeile: zeile[:4])
    return [
        Glied(
            art=art,
            code=code,
            name=name,
            kurz=kurz,
            anzahl=anzahl,
            url=f"{adresse}?{urlencode([*behalten, (art, code)], doseq=True)}",
            aktuell=code in (phasen if art == PHASE else uebergaenge),
        )
        for _von, art, _rang, code, name, kurz, anzahl in zeilen
    ]


def leere_kette(phasen: Iterable[Lebensphase], uebergaenge: Iterable[Uebergang]) -> list[Glied]:
    """The links without numbers and addresses, for Kettchen; of words loaded already."""
    danach = defaultdict(list)
    for uebergang in uebergaenge:
        danach[uebergang.von_id].append(uebergang)
    return [
        Glied(art=art, code=wort.code, name=wort.name, kurz=wort.kurz, anzahl=0, url="")
        for phase in phasen
        for art, wort in [(PHASE, phase), *((UEBERGANG, u) for u in danach[phase.pk])]
    ]


def _zeilen(angebote: QuerySet) -> QuerySet:
    """Both vocabularies as one union; "phase" sorts before its "uebergang"."""
    zahl = Count("angebote", filter=Q(angebote__in=angebote.order_by().values("pk")))
    trennbar = Coalesce(NullIf("name_trennbar", Value("")), "name")
    lebensphasen = Lebensphase.objects.order_by().annotate(zahl=zahl)
    uebergaenge = Uebergang.objects.order_by().annotate(zahl=zahl)
    phasen = lebensphasen.values_list(
        "reihenfolge", Value(PHASE), Value(0), "code", trennbar, "kurz", "zahl"
    )
    return phasen.union(
        uebergaenge.values_list(
            "von__reihenfolge", Value(UEBERGANG), "reihenfolge", "code", "name", "kurz", "zahl"
        ),
        all=True,
    )


def kettchen(
    glieder: Iterable[Glied], phasen: Collection[str], uebergaenge: Collection[str]
) -> Kettchen:
    """The small Kette of something that has these codes; no query."""
    kreise, striche, x = [], [], RAND - ABSTAND
    for glied in glieder:
        if glied.art == PHASE:
            x += ABSTAND
            kreise.append((x, glied.code in phasen))
        else:
            striche.append((x + RADIUS, x + ABSTAND - RADIUS, glied.code in uebergaenge))
    worte = _worte(glieder, phasen, uebergaenge)
    return Kettchen(x + RAND, kreise, striche, worte)


def kettchen_von(glieder: Iterable[Glied], angebot) -> Kettchen:
    """The small Kette of an Angebot; prefetch `lebensphasen` and `uebergaenge` in lists."""
    return kettchen(
        glieder,
        {phase.code for phase in angebot.lebensphasen.all()},
        {uebergang.code for uebergang in angebot.uebergaenge.all()},
    )


def mit_kettchen(objekte: list, glieder: list[Glied], codes: dict) -> list:
    """The same objects, each with its `kettchen` from the result of `codes_je`."""
    for objekt in objekte:
        eigene = codes[objekt.pk]
        objekt.kettchen = kettchen(glieder, eigene[PHASE], eigene[UEBERGANG])
    return objekte


def _worte(glieder, phasen, uebergaenge) -> str:
    alle = [g for g in glieder if g.art == PHASE]
    an = [g for g in alle if g.code in phasen]
    alle_wechsel = [g for g in glieder if g.art == UEBERGANG]
    wechsel = [g.kurz for g in alle_wechsel if g.code in uebergaenge]
    teile = [_phasen_in_worten(alle, an)] if an else []
    if len(wechsel) == 1:
        teile.append(_("Übergang %(name)s") % {"name": wechsel[0]})
    elif len(wechsel) == len(alle_wechsel) > 2:
        teile.append(_("alle Übergänge"))
    elif wechsel:
        teile.append(_("Übergänge %(namen)s") % {"namen": _aufzaehlung(wechsel)})
    return ", ".join(teile)


def _phasen_in_worten(alle: list[Glied], an: list[Glied]) -> str:
    if len(an) == len(alle) > 1:
        return _("alle Lebensphasen")
    erste = alle.index(an[0])
    if len(an) > 2 and an == alle[erste : erste + len(an)]:
        return _("%(von)s bis %(bis)s") % {"von": an[0].kurz, "bis": an[-1].kurz}
    return _aufzaehlung([g.kurz for g in an])


def _aufzaehlung(namen: list[str]) -> str:
    if len(namen) < 2:
        return "".join(namen)
    return _("%(namen)s und %(letzter)s") % {
        "namen": ", ".join(namen[:-1]),
        "letzter": namen[-1],
    }


def codes_je(
    angebote: QuerySet | list, merkmal: str = "pk"
) -> dict[object, dict[str, set[str]]]:
    """Codes of phases and Übergänge by a field of the Angebote, in one query.

    `codes_je(liste)` for the Kettchen of each Angebot of a list, `codes_je(angebote,
    "kommune_id")` for that of each Kommune.
    """
    fragen = [
        model.objects.order_by()
        .filter(angebote__in=angebote)
        .values_list(f"angebote__{merkmal}", Value(art), "code")
        for model, art in ((Lebensphase, PHASE), (Uebergang, UEBERGANG))
    ]
    codes = defaultdict(lambda: {PHASE: set(), UEBERGANG: set()})
    for schluessel, art, code in fragen[0].union(fragen[1]):
        codes[schluessel][art].add(code)
    return codes


def sichtbare_angebote() -> QuerySet:
    """What lists show by themselves, reached from below: this app does not import theirs."""
    return apps.get_model("angebote.Angebot").objects.sichtbar().gesichert()
