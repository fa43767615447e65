"""`manage.py plz_import liste.csv`: Postleitzahlen with their places, whole or not at all."""

import csv
import io
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from kommunen.models import Postleitzahl
from praeventionsketten.models import Inhaltsversion, Job
from praeventionsketten.models.adressen import slug_aus

# What the columns are called in the lists that offices and map services hand out.
SPALTEN = {
    "plz": {"plz", "postleitzahl", "plz_code", "plz5", "zip", "postal_code"},
    "ort": {"ort", "ortsname", "plz_name", "stadt", "gemeinde", "name", "place_name"},
    "lat": {"lat", "latitude", "breite", "breitengrad", "geo_breite"},
    "lon": {"lon", "lng", "longitude", "länge", "laenge", "längengrad", "laengengrad"},
}
PUNKT = {"geo_point_2d", "geo_point", "koordinaten"}  # both degrees in one column
# Germany with its islands: whoever swaps the two columns is told so.
BREITE, LAENGE = (47.0, 55.2), (5.8, 15.2)
HOECHSTENS = 20  # errors that are shown


class Command(BaseCommand):
    help = (
        "Liest Postleitzahlen aus einer CSV-Datei mit den Spalten plz, ort, lat und lon "
        "oder Breitengrad und Längengrad (Komma, Semikolon oder Tabulator). Weitere Spalten "
        "bleiben unbeachtet."
    )

    def add_arguments(self, parser) -> None:
        parser.add_argument("datei", type=Path)
        parser.add_argument("--probe", action="store_true", help="nur prüfen und zählen")

    def handle(self, *, datei: Path, probe: bool, **options) -> None:
        try:
            neue, fehler = lies(_text(datei))
        except csv.Error as grund:
            raise CommandError(f"{datei} ist keine CSV-Datei: {grund}") from grund
        if fehler:
            zeilen = [*fehler[:HOECHSTENS], f"{len(fehler)} Fehler. Es wurde nichts geladen."]
            raise CommandError("\n".join(zeilen))
        with transaction.atomic():
            zahlen = speichere(neue)
            transaction.set_rollback(probe)
        self.stdout.write("{} neu, {} geändert, {} schon da".format(*zahlen))
        if probe:
            self.stdout.write("Das war eine Probe: Es wurde nichts geladen.")


def lies(text: str) -> tuple[dict[tuple[str, str], Postleitzahl], list[str]]:
    """The rows by (Postleitzahl, town), and what is wrong, each with its line."""
    kopf = text.partition("\n")[0]
    tabelle = csv.DictReader(io.StringIO(text), delimiter=max(";\t,", key=kopf.count))
    tabelle.fieldnames = [_spalte(name or "") for name in tabelle.fieldnames or []]
    vorhanden = {
        *tabelle.fieldnames,
        *(("lat", "lon") if "punkt" in tabelle.fieldnames else ()),
    }
    if fehlend := [name for name in SPALTEN if name not in vorhanden]:
        return {}, [f"Zeile 1: Es fehlen die Spalten {', '.join(fehlend)}."]
    neue, fehler = {}, []
    for zeile in tabelle:
        try:
            ort = _zeile(zeile)
        except (ValidationError, ValueError) as grund:
            texte = getattr(grund, "messages", [str(grund)])
            fehler.append(f"Zeile {tabelle.line_num}: {' '.join(texte)}")
        else:
            neue[ort.plz, ort.ort] = ort
    if not neue and not fehler:
        fehler.append("Die Datei enthält keine Postleitzahlen.")
    return neue, fehler


def speichere(neue: dict[tuple[str, str], Postleitzahl]) -> tuple[int, int, int]:
    """How many were new, changed and there already; what the list lacks stays."""
    alte = {(alt.plz, alt.ort): alt for alt in Postleitzahl.objects.all()}
    anders = []
    for schluessel in neue.keys() & alte.keys():
        alt, neu = alte[schluessel], neue[schluessel]
        if (alt.lat, alt.lon) != (neu.lat, neu.lon):
            alt.lat, alt.lon = neu.lat, neu.lon
            anders.append(alt)
    dazu = [neu for schluessel, neu in neue.items() if schluessel not in alte]
    Postleitzahl.objects.bulk_create(dazu, batch_size=1000)
    Postleitzahl.objects.bulk_update(anders, ["lat", "lon"], batch_size=500)
    if dazu or anders:
        Inhaltsversion.erhoehen()
        # An Ort without coordinates lies in the middle of its Postleitzahl.
        Job.objects.vormerken("angebote_indizieren")
    return len(dazu), len(anders), len(neue) - len(dazu) - len(anders)


def _text(datei: Path) -> str:
    try:
        inhalt = datei.read_bytes()
    except OSError as grund:
        raise CommandError(f"{datei}: {grund.strerror}") from grund
    try:
        return inhalt.decode("utf-8-sig")
    except UnicodeDecodeError:
        # What a spreadsheet in a German office writes.
        return inhalt.decode("cp1252", errors="replace")


def _spalte(name: str) -> str:
    """Our word for a column, whatever its list calls it."""
    name = "_".join(name.strip().lower().replace("-", " ").split())
    if name in PUNKT:
        return "punkt"
    return next((unser for unser, andere in SPALTEN.items() if name in andere), name)


def _zeile(zeile: dict[str, str | None]) -> Postleitzahl:
    if "punkt" in zeile:
        zeile["lat"], _, zeile["lon"] = (zeile["punkt"] or "").partition(",")
    werte = {name: (zeile[name] or "").strip() for name in SPALTEN}
    ort = Postleitzahl(
        plz=werte["plz"],
        ort=werte["ort"],
        suchname=slug_aus(werte["ort"], 100),
        lat=_grad(werte["lat"], "lat", *BREITE),
        lon=_grad(werte["lon"], "lon", *LAENGE),
    )
    ort.clean_fields(exclude=["suchname"])
    return ort


def _grad(text: str, spalte: str, von: float, bis: float) -> float:
    """A degree, with the comma that German tables write or with a point."""
    try:
        wert = float(text.replace(",", "."))
    except ValueError:
        raise ValueError(f"„{text}“ in der Spalte {spalte} ist keine Zahl.") from None
    if not von <= wert <= bis:
        raise ValueError(f"{spalte} {text} liegt nicht in Deutschland.")
    return wert
