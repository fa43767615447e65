from kommunen.models import Einrichtung, Kommune, Ort

from .quelle import Eintrag, Ladefehler, Verweise

BARRIEREN = ("stufenlos", "wc", "hoerhilfe", "gebaerden")


class Orte:
    """The places of the Angebote, each once within its Kommune.

    The files describe accessibility at the Angebot; it belongs to the Ort. What one
    Angebot knows fills what another leaves open, but never a place somebody edited.
    """

    def __init__(self, verweise: Verweise) -> None:
        self._verweise = verweise
        self._orte = {
            (ort.kommune_id, ort.name, ort.strasse, ort.plz, ort.ort): ort
            for ort in Ort.objects.all()
        }
        self._lagen = {
            (lage[0], lage[1]): lage[2:]
            for lage in Einrichtung.objects.values_list("strasse", "plz", "lat", "lon")
        }

    def lege_an(self, angebote: list[Eintrag]) -> None:
        """Make every place these Angebote name, in one go."""
        for angebot in angebote:
            for ort in angebot.kinder("ort") + _orte_der_termine(angebot):
                self._merke(angebot, ort)
        Ort.objects.bulk_create([ort for ort in self._orte.values() if ort.pk is None])

    def finde(self, angebot: Eintrag, ort: dict) -> Ort:
        return self._orte[self._schluessel(angebot, ort)]

    def _merke(self, angebot: Eintrag, eintrag: Eintrag) -> None:
        schluessel = self._schluessel(angebot, eintrag)
        if schluessel not in self._orte:
            kommune, name, strasse, plz, stadt = schluessel
            lat, lon = self._lagen.get((strasse, plz), (None, None))
            self._orte[schluessel] = Ort(
                kommune_id=kommune,
                name=name,
                strasse=strasse,
                plz=plz,
                ort=stadt,
                lat=lat,
                lon=lon,
            )
        ort = self._orte[schluessel]
        if ort.pk is None:
            _ergaenze(ort, angebot["barrierefrei"] | eintrag, angebot.wo)
            ort.barriere_hinweis = ort.barriere_hinweis or eintrag.get("barriere_hinweis", "")

    def _schluessel(self, angebot: Eintrag, ort: dict) -> tuple:
        kommune = self._verweise.pk(Kommune, angebot["kommune"], angebot)
        return (kommune, ort["name"], ort["strasse"], ort["plz"], ort["ort"])


def _orte_der_termine(angebot: Eintrag) -> list[Eintrag]:
    return [
        Eintrag(termin["ort"], angebot.wo)
        for termin in angebot.kinder("termin")
        if "ort" in termin
    ]


def _ergaenze(ort: Ort, angaben: dict, wo: str) -> None:
    for feld in BARRIEREN:
        neu, bekannt = angaben.get(feld, Ort.Angabe.UNBEKANNT), getattr(ort, feld)
        if Ort.Angabe.UNBEKANNT not in (neu, bekannt) and neu != bekannt:
            raise Ladefehler(f"{wo}: {ort.name} ist anderswo mit {feld} „{bekannt}“ angegeben.")
        if bekannt == Ort.Angabe.UNBEKANNT:
            setattr(ort, feld, neu)
