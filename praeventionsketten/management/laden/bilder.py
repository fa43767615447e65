from django.core.files.base import ContentFile

from praeventionsketten.models import Bild

from .quelle import BEISPIELWELT, Eintrag, Ladefehler, lies

ORDNER = BEISPIELWELT / "bilder"


class Bilder:
    """The pictures of bilder.toml, each put into the library when a record needs it first."""

    def __init__(self) -> None:
        self._angaben = {
            zeile["datei"]: zeile for zeile in lies(ORDNER / "bilder.toml")["bild"]
        }
        self._bilder: dict[str, Bild] = {}

    def finde(self, eintrag: Eintrag) -> Bild | None:
        """The picture the table names in `bild`, if it does."""
        datei = eintrag.get("bild")
        if datei is None or datei in self._bilder:
            return self._bilder.get(datei)
        if datei not in self._angaben:
            raise Ladefehler(f"{eintrag.wo}: Bild „{datei}“ gibt es nicht.")
        angaben = {k: v for k, v in self._angaben[datei].items() if k != "datei"}
        bild = Bild.objects.filter(titel=angaben["titel"]).first()
        if bild is None:
            inhalt = (ORDNER / f"{datei}.webp").read_bytes()
            bild = Bild(datei=ContentFile(inhalt, name=f"{datei}.webp"), **angaben)
            bild.save()
        self._bilder[datei] = bild
        return bild
