"""The fixed pages of the demo world: templates of the base data, filled in and published."""

from praeventionsketten.models import Landesprogramm, Seite

from . import dokumente
from .quelle import BEISPIELWELT, GRUNDDATEN, Eintrag, eintraege, lies

DATEI = "seiten.toml"


def seiten() -> int:
    """Publish the pages nobody has touched yet, with invented facts for the placeholders."""
    fuellungen = lies(BEISPIELWELT / DATEI)["fuellung"]
    gespeichert = Seite._meta.get_field("text").sanitize
    anzahl = 0
    for eintrag in eintraege(GRUNDDATEN, DATEI, "seite"):
        vorlage = eintrag["text"].strip()
        seite = Seite.objects.filter(
            slug=eintrag["slug"], status=Seite.Status.ENTWURF, text=gespeichert(vorlage)
        ).first()
        if seite:
            seite.text, seite.status = (
                _gefuellt(vorlage, fuellungen),
                Seite.Status.VEROEFFENTLICHT,
            )
            seite.save()
            anzahl += 1
    return anzahl


def _gefuellt(text: str, fuellungen: list[dict]) -> str:
    for fuellung in fuellungen:
        text = text.replace(fuellung["vorlage"], fuellung["text"])
    return text


def faktenblatt() -> int:
    seite = Seite.objects.filter(slug="programm", dokumente__isnull=True).first()
    if seite is None:
        return 0
    dokumente.faktenblatt(seite, Eintrag(lies(BEISPIELWELT / DATEI)["faktenblatt"], DATEI))
    return 1


def kennzeichne() -> None:
    """Say in every footer that this is a demo world."""
    hinweis = lies(BEISPIELWELT / DATEI)["demo_hinweis"]
    Landesprogramm.objects.filter(demo_hinweis="").update(demo_hinweis=hinweis)
