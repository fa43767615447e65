"""`manage.py plz_import`: whole or not at all, with errors that name their line."""

import io

import pytest
from django.core.management import CommandError, call_command

from kommunen.models import Postleitzahl

pytestmark = pytest.mark.django_db


@pytest.fixture
def lade(tmp_path):
    def lade(inhalt: str | bytes, **optionen) -> str:
        datei = tmp_path / "plz.csv"
        datei.write_bytes(inhalt if isinstance(inhalt, bytes) else inhalt.encode())
        ausgabe = io.StringIO()
        call_command("plz_import", str(datei), stdout=ausgabe, **optionen)
        return ausgabe.getvalue()

    return lade


@pytest.mark.parametrize(
    "inhalt",
    [
        "plz,ort,lat,lon\n34117,Kassel,51.31,9.49\n",
        "\ufeffOrt;PLZ;Einwohner;Lat;Lon\r\nKassel;34117;200000;51,31;9,49\r\n",
        "Postleitzahl\tOrtsname\tBreitengrad\tLängengrad\n34117\tKassel\t51,31\t9,49\n",
        'PLZ Code;PLZ Name;Kreis;geo_point_2d\n34117;Kassel;Kassel;"51.31, 9.49"\n',
        "PLZ;Ort;Länge;Breite\n34117;Kassel;9,49;51,31\n".encode("cp1252"),
    ],
)
def test_lists_of_many_offices_will_do(lade, inhalt):
    assert "1 neu, 0 geändert, 0 schon da" in lade(inhalt)

    plz = Postleitzahl.objects.get()
    assert (plz.plz, plz.ort, plz.suchname) == ("34117", "Kassel", "kassel")
    assert (plz.lat, plz.lon) == (51.31, 9.49)


def test_a_second_time_changes_only_what_changed(lade):
    lade("plz,ort,lat,lon\n34117,Kassel,51.31,9.49\n36251,Bad Hersfeld,50.87,9.71\n")

    ausgabe = lade(
        "plz,ort,lat,lon\n34117,Kassel,51.32,9.49\n36251,Bad Hersfeld,50.87,9.71\n"
        "36251,Bad Hersfeld,50.87,9.71\n99999,Neu,50,9\n"
    )

    assert "1 neu, 1 geändert, 1 schon da" in ausgabe
    assert Postleitzahl.objects.get(plz="34117").lat == 51.32


def test_a_trial_says_what_would_happen_and_does_nothing(lade):
    ausgabe = lade("plz,ort,lat,lon\n34117,Kassel,51.31,9.49\n", probe=True)

    assert "1 neu" in ausgabe
    assert "Probe" in ausgabe
    assert not Postleitzahl.objects.exists()


@pytest.mark.parametrize(
    ("zeile", "meldung"),
    [
        ("341177,Kassel,51.3,9.5", "Zeile 3: .*fünf Ziffern"),
        (",Kassel,51.3,9.5", "Zeile 3"),
        ("34117,,51.3,9.5", "Zeile 3"),
        ("34117,Kassel,9.5,51.3", "lat 9.5 liegt nicht in Deutschland"),
        ("34117,Kassel,nan,9.5", "lat nan liegt nicht in Deutschland"),
        ("34117,Kassel,51.3,östlich", "„östlich“ in der Spalte lon ist keine Zahl"),
        ("34117,Kassel", "Zeile 3"),
    ],
)
def test_one_wrong_line_stops_everything_and_is_named(lade, zeile, meldung):
    with pytest.raises(CommandError, match=meldung):
        lade(f"plz,ort,lat,lon\n36251,Bad Hersfeld,50.87,9.71\n{zeile}\n")

    assert not Postleitzahl.objects.exists()


@pytest.mark.parametrize(
    ("inhalt", "meldung"),
    [
        ("plz,ort\n34117,Kassel\n", "fehlen die Spalten lat, lon"),
        ("", "fehlen die Spalten"),
        ("plz,ort,lat,lon\n", "keine Postleitzahlen"),
        ("plz;ort;lat;lon\n" + '"' + "x" * 200_000, "ist keine CSV-Datei"),
        (bytes(range(256)) * 9, "fehlen die Spalten"),
        ("plz;ort;geo_point_2d\n34117;Kassel;51.31\n", "Zeile 2: „“ in der Spalte lon"),
    ],
)
def test_a_file_that_is_no_list_is_refused_in_words(lade, inhalt, meldung):
    with pytest.raises(CommandError, match=meldung):
        lade(inhalt)


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(CommandError, match=r"fehlt\.csv"):
        call_command("plz_import", str(tmp_path / "fehlt.csv"))
