"""The parameters of /angebote/: what they are called, what they may be, what they mean.

Values of one group widen the list (OR), groups narrow it (AND); Lebensphasen and Übergänge
are one group. Nothing is refused: what is not known is left out and named in `unbekannt`.
"""

from collections.abc import Callable
from typing import NamedTuple

import django_filters
from django.db.models import F, Q
from django.db.models.lookups import IsNull
from django.forms.boundfield import BoundWidget
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import strip_tags
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from kommunen.kette import Glied, kette

from . import suche, vokabular
from .felder import AlterField, CodesField, TextField
from .models import Angebot

LEBENSWEG = ("phase", "uebergang")
LANDESWEIT = "landesweit"  # in place of a Kommune's slug
SORTIERUNGEN = {"titel": _("von A bis Z"), "stand": _("zuletzt bestätigt")}
# The fieldsets of the form: legend, parameters, how many options show at once.
GRUPPEN = (
    (_("Kommune"), ["kommune"], 6),
    (_("Für wen?"), ["zielgruppe"], 6),
    (_("Thema"), ["feld"], 6),
    (_("Sprache"), ["sprache"], 6),
    (_("Außerdem"), ["kosten", "zugang", "stufenlos"], 9),
    (_("Wie?"), ["format"], 9),
)


class Gruppe(NamedTuple):
    """A fieldset: its first options, the others behind a click, open if one is chosen."""

    legende: str
    optionen: list[BoundWidget]
    weitere: list[BoundWidget]
    offen: bool


class Gewaehlt(NamedTuple):
    """A chosen value, and the address of the list without it."""

    text: str
    ohne: str


class Codes(django_filters.Filter):
    """One or more codes, of which an Angebot must have one."""

    field_class = CodesField

    def bedingung(self, codes: list[str]) -> Q:
        # A subquery, because a join would list an Angebot once for each of its codes.
        treffer = Angebot.objects.filter(**{f"{self.field_name}__in": codes})
        return Q(pk__in=treffer.order_by().values("pk"))

    def filter(self, queryset, codes):
        return queryset.filter(self.bedingung(codes)) if codes else queryset


class KommunenFilter(Codes):
    """The Angebote of these Kommunen, and those for the whole Land."""

    def bedingung(self, codes: list[str]) -> Q:
        return Q(kommune__slug__in=codes) | Q(kommune__isnull=True)


class Schalter(Codes):
    """One code that stands for a word of the QuerySet."""

    def __init__(self, code: str, label: str, wort: Callable):
        super().__init__(choices=[(code, label)], label=label)
        self.wort = wort

    def filter(self, queryset, codes):
        return self.wort(queryset) if codes else queryset


class TextFilter(django_filters.Filter):
    field_class = TextField

    def filter(self, queryset, text):
        return suche.finde(queryset, text) if text else queryset


class AlterFilter(django_filters.Filter):
    """For a child of so many years, until its next birthday; no limit fits everybody."""

    field_class = AlterField

    def filter(self, queryset, jahre):
        if jahre is None:
            return queryset
        return queryset.filter(
            Q(alter_von__isnull=True) | Q(alter_von__lt=12 * (jahre + 1)),
            Q(alter_bis__isnull=True) | Q(alter_bis__gte=12 * jahre),
        )


class AngebotFilter(django_filters.FilterSet):
    q = TextFilter(label=_("Stichwort"))
    kommune = KommunenFilter(label=_("Kommune"))
    phase = Codes("lebensphasen__code", label=_("Lebensphase"))
    uebergang = Codes("uebergaenge__code", label=_("Übergang"))
    alter = AlterFilter(label=_("Alter des Kindes in Jahren"))
    zielgruppe = Codes("zielgruppen__code", label=_("Für wen?"))
    feld = Codes("handlungsfelder__code", label=_("Thema"))
    sprache = Codes("sprachen__code", label=_("Sprache"))
    kosten = Schalter("frei", _("kostenlos"), lambda angebote: angebote.kostenlos())
    zugang = Schalter("offen", _("ohne Anmeldung"), lambda angebote: angebote.offen())
    stufenlos = Schalter("1", _("stufenlos"), lambda angebote: angebote.stufenlos())
    format = Codes("formate__code", label=_("Wie?"))
    sort = Codes(label=_("Sortierung"), choices=list(SORTIERUNGEN.items()))

    def __init__(self, data, queryset):
        super().__init__(data, queryset)
        for name, worte in vokabular.lade().items():
            self.filters[name].extra["choices"] = [(w.code, w.beschriftung) for w in worte]
        kommunen = self.filters["kommune"].extra.setdefault("choices", [])
        kommunen.append((LANDESWEIT, _("landesweit")))
        self.form.full_clean()
        self.werte = self.form.cleaned_data

    def filter_queryset(self, queryset):
        """Lebensphasen and Übergänge by OR, on top of everything else."""
        lebensweg = [
            self.filters[name].bedingung(self.werte[name])
            for name in LEBENSWEG
            if self.werte[name]
        ]
        return self.ohne_lebensweg.filter(Q(*lebensweg, _connector=Q.OR))

    @cached_property
    def ohne_lebensweg(self):
        """What the other filters leave: the Kette above the list counts it."""
        queryset = self.queryset
        for name, wert in self.werte.items():
            if name not in (*LEBENSWEG, "sort"):
                queryset = self.filters[name].filter(queryset, wert)
        return queryset

    @property
    def treffer(self):
        """The list in its order; where a Kommune is chosen, its own Angebote come first."""
        zuerst = [IsNull(F("kommune"), True)] if self.werte["kommune"] else []
        if self.sortierung == "stand":
            zuerst.append(F("bestaetigt_am").desc(nulls_last=True))
        return self.qs.select_related("kommune").mit_bestaetigung().nach_titel(*zuerst)

    def kette(self) -> list[Glied]:
        """The Kette above the list, counting what the other filters leave."""
        fest = {name: werte for name, werte in self.parameter.items() if werte}
        return kette(
            self.ohne_lebensweg,
            parameter=fest,
            phasen=self.werte["phase"],
            uebergaenge=self.werte["uebergang"],
        )

    # ------------------------------------------------------------ what was understood

    @property
    def sortierung(self) -> str:
        return next(iter(self.werte["sort"]), "titel")

    @property
    def woerter(self) -> list[str]:
        return suche.woerter(self.werte["q"])

    @property
    def nach_kommune(self) -> bool:
        """Whether local Angebote and those for the whole Land stand apart."""
        return bool(set(self.werte["kommune"]) - {LANDESWEIT})

    @property
    def gekuerzt(self) -> bool:
        return self.form.fields["q"].gekuerzt

    @property
    def unbekannt(self) -> list[str]:
        """Values that mean nothing to us; the page says that they were left out."""
        felder = self.form.fields.values()
        return [wert for feld in felder for wert in getattr(feld, "unbekannt", [])]

    @property
    def umkreis(self) -> bool:
        """Whether somebody asked for a distance, which the list does not know yet."""
        return any(self.data.get(name) for name in ("plz", "km"))

    @cached_property
    def parameter(self) -> dict[str, list[str]]:
        """The same values as they stand in an address, in one order for equal lists."""
        je_name = {
            name: [str(w) for w in (wert if isinstance(wert, list) else [wert])]
            for name, wert in self.werte.items()
            if wert not in ("", None, [])
        }
        return je_name | {"sort": [self.sortierung] if self.sortierung != "titel" else []}

    @property
    def anfrage(self) -> str:
        return _query(self.parameter)

    def adresse(self, *, seite: int = 1, **anders: list[str]) -> str:
        """The address of this list, with some parameters changed."""
        query = _query(self.parameter | anders | {"seite": [seite] if seite > 1 else []})
        return f"{reverse('angebot_liste')}?{query}" if query else reverse("angebot_liste")

    @property
    def versteckt(self) -> list[tuple[str, str]]:
        """What the form must carry along, because it has no field for it."""
        namen = (*LEBENSWEG, "sort")
        return [(name, wert) for name in namen for wert in self.parameter.get(name, [])]

    @property
    def gewaehlt(self) -> list[Gewaehlt]:
        return [
            Gewaehlt(
                self._in_worten(name, wert),
                self.adresse(**{name: [w for w in werte if w != wert]}),
            )
            for name, werte in self.parameter.items()
            if name != "sort"
            for wert in werte
        ]

    @property
    def in_worten(self) -> str:
        """The choice for the title of the page."""
        texte = [wahl.text for wahl in self.gewaehlt]
        # Only labels of our own carry markup; what somebody typed stays as it is.
        return ", ".join(strip_tags(t) if isinstance(t, SafeString) else str(t) for t in texte)

    @property
    def lebensweg(self) -> str:
        return ", ".join(
            self._in_worten(name, code) for name in LEBENSWEG for code in self.werte[name]
        )

    def _in_worten(self, name: str, wert: str) -> str:
        if name == "q":
            return gettext("„%(text)s“") % {"text": wert}
        if name == "alter":
            return ngettext("%(n)s Jahr", "%(n)s Jahre", int(wert)) % {"n": wert}
        return dict(self.form.fields[name].choices)[wert]

    @property
    def sortierungen(self) -> list[tuple[str, str, bool]]:
        return [
            (
                label,
                self.adresse(sort=[code] if code != "titel" else []),
                code == self.sortierung,
            )
            for code, label in SORTIERUNGEN.items()
        ]

    @property
    def gruppen(self) -> list[Gruppe]:
        return [self._gruppe(*gruppe) for gruppe in GRUPPEN]

    def _gruppe(self, legende: str, namen: list[str], zuerst: int) -> Gruppe:
        optionen = [option for name in namen for option in self.form[name].subwidgets]
        weitere = optionen[zuerst:]
        offen = any(option.data["selected"] for option in weitere)
        return Gruppe(legende, optionen[:zuerst], weitere, offen)

    @property
    def fuer_suchmaschinen(self) -> bool:
        """One choice is a page of its own; combinations are endless and stay out."""
        gewaehlt = [name for name, werte in self.parameter.items() for _wert in werte]
        return len(gewaehlt) <= 1 and not {"q", "alter", "sort"} & set(gewaehlt)


def _query(parameter: dict[str, list]) -> str:
    return urlencode({name: werte for name, werte in parameter.items() if werte}, doseq=True)
