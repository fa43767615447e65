"""The filters as plain sets of Angebote by value: slow, obvious, and always right."""

from django.db.models import Q

from angebote.models import Angebot
from angebote.naehe import entfernungen, lagen
from kommunen.naehe import lade_lagen, mittelpunkt

FELDER = {
    "phase": "lebensphasen__code",
    "uebergang": "uebergaenge__code",
    "zielgruppe": "zielgruppen__code",
    "feld": "handlungsfelder__code",
    "sprache": "sprachen__code",
    "format": "formate__code",
    "kommune": "kommune__slug",
}
SCHALTER = {
    ("kosten", "frei"): lambda angebote: angebote.kostenlos(),
    ("zugang", "offen"): lambda angebote: angebote.offen(),
    ("stufenlos", "1"): lambda angebote: angebote.stufenlos(),
    ("kommune", "landesweit"): lambda angebote: angebote.landesweit(),
}
GRUPPIERT = {*FELDER, *(name for name, _ in SCHALTER)}
LEBENSWEG = ("phase", "uebergang")


def gruppe_von(name: str) -> tuple[str, ...]:
    return LEBENSWEG if name in LEBENSWEG else (name,)


class Referenz:
    """Asks the database for each value alone and joins the answers one by one."""

    def __init__(self, codes: dict[str, list[str]]) -> None:
        self.alle = self._pks(Angebot.objects.sichtbar().gesichert())
        self.mit = {(n, c): self._mit(n, c) for n, liste in codes.items() for c in liste}

    def _mit(self, name: str, code: str) -> set[int]:
        sichtbare = Angebot.objects.sichtbar().gesichert()
        if (name, code) in SCHALTER:
            return self._pks(SCHALTER[name, code](sichtbare))
        return self._pks(sichtbare.filter(**{FELDER[name]: code}))

    def _pks(self, angebote) -> set[int]:
        return set(angebote.order_by().values_list("pk", flat=True))

    def im_alter(self, jahre: int) -> set[int]:
        return self._pks(
            Angebot.objects.filter(
                Q(alter_von__isnull=True) | Q(alter_von__lt=12 * (jahre + 1)),
                Q(alter_bis__isnull=True) | Q(alter_bis__gte=12 * jahre),
            )
        )

    def im_umkreis(self, ort: str, km: int) -> set[int]:
        """Those that near; of the Kommunen there what comes to the people; and of the whole
        Land those to which nobody needs to travel. What is on site needs a place."""
        orte, von = lagen(), mittelpunkt(ort)
        hier = entfernungen(von, lade_lagen().kommunen, min(km, 20))
        der_kommunen = self._pks(Angebot.objects.filter(kommune__slug__in=hier))
        landesweite = Angebot.objects.landesweit()
        vor_ort = self._pks(Angebot.objects.filter(formate__code="vor-ort"))
        ohne_weg = self._mit_formaten("digital", "telefonisch")
        kommt = self._mit_formaten("aufsuchend", "digital", "telefonisch") - vor_ort
        ohne_ort = self._pks(Angebot.objects) - set(orte) - vor_ort
        return (
            set(entfernungen(von, orte, km))
            | (der_kommunen & (kommt | ohne_ort)) - self._pks(landesweite)
            | self._pks(landesweite) & (ohne_weg | ohne_ort)
        )

    def _mit_formaten(self, *codes: str) -> set[int]:
        return self._pks(Angebot.objects.filter(formate__code__in=codes))

    def treffer(self, werte: dict, ohne: tuple[str, ...] = ()) -> set[int]:
        """What the parameters leave; those of one group can be ignored."""
        gruppen: dict[tuple, set[int]] = {}
        for name, codes in werte.items():
            if name in GRUPPIERT and codes and gruppe_von(name) != ohne:
                gruppe = gruppen.setdefault(gruppe_von(name), set())
                gruppe.update(*(self.mit[name, code] for code in codes))
        if ("kommune",) in gruppen:
            gruppen["kommune",] |= self.mit["kommune", "landesweit"]
        uebrig = set(self.alle)
        for gruppe in gruppen.values():
            uebrig &= gruppe
        if "plz" in werte:
            uebrig &= self.im_umkreis(werte["plz"], werte["km"])
        return uebrig & self.im_alter(werte["alter"]) if "alter" in werte else uebrig

    def zahlen(self, werte: dict) -> dict[tuple[str, str], int]:
        """How many each value would give, if it were the only one of its group."""
        rest = {gruppe_von(n): self.treffer(werte, gruppe_von(n)) for n, _ in self.mit}
        return {wert: len(rest[gruppe_von(wert[0])] & pks) for wert, pks in self.mit.items()}
