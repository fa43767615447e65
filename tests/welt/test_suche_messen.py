"""`manage.py suche_messen`: the numbers of the search as visitors have it."""

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from angebote.models import Angebot, Suchzeile
from praeventionsketten.lib.deutsch.messen import EINSTELLEN, PRUEFEN, lies, messe, mittel
from tests.lib.korpus import ANFRAGEN

EIGENE = """
[[suche]]
anfrage = "Hebame Kassel"
art = "tippfehler"
relevant = ["hebammensprechstunde-nordstadt-kassel", "elternschule-auepark"]

[[suche]]
anfrage = "xyzzy"
art = "tippfehler"
relevant = ["hebammenmobil-odenwald"]
"""


@pytest.fixture
def indiziert(welt):
    Angebot.objects.sichtbar().indizieren()


@pytest.fixture
def datei(tmp_path):
    datei = tmp_path / "eigene.toml"
    datei.write_text(EIGENE)
    return datei


@pytest.mark.parametrize(
    ("haelfte", "trefferquote", "genauigkeit"),
    [(EINSTELLEN, 0.95, 0.925), (PRUEFEN, 0.88, 0.87)],
)
def test_the_directory_finds_as_well_as_the_reference(
    indiziert, haelfte, trefferquote, genauigkeit
):
    from angebote.management.commands.suche_messen import finde

    slugs = dict(Angebot.objects.values_list("pk", "slug"))
    bewertete = [b for b in lies(ANFRAGEN) if b.haelfte == haelfte]

    ergebnis = mittel(messe(lambda text: [slugs[pk] for pk in finde(text)], bewertete))

    assert ergebnis.trefferquote >= trefferquote
    assert ergebnis.genauigkeit >= genauigkeit


def test_a_file_of_ones_own_is_one_set_and_shows_its_misses(indiziert, datei, capsys):
    call_command("suche_messen", datei, "--fehler")

    ausgabe = capsys.readouterr().out
    erwartet = ["gesamt", "gesamt", "2", *["0.500"] * 5]
    assert ausgabe.splitlines()[1].split() == erwartet
    assert "xyzzy (tippfehler)\n  fehlt:  hebammenmobil-odenwald" in ausgabe
    assert "pruefen" not in ausgabe


def test_measuring_without_the_words_of_the_editors_leaves_them_there(indiziert, datei, capsys):
    def stand():
        woerter = Angebot.objects.order_by("pk").values_list("suchwoerter", flat=True)
        tokens = Suchzeile.objects.order_by("pk").values_list("tokens", flat=True)
        return [*woerter], [*tokens]

    vorher = stand()

    call_command("suche_messen", datei, "--ohne-suchwoerter")

    assert stand() == vorher
    assert any(vorher[0])


def test_a_file_that_cannot_be_read_is_named(indiziert, tmp_path):
    with pytest.raises(CommandError, match=r"fehlt\.toml"):
        call_command("suche_messen", tmp_path / "fehlt.toml")


def test_unknown_angebote_of_a_file_are_told(indiziert, tmp_path, capsys):
    datei = tmp_path / "fremd.toml"
    datei.write_text(
        '[[suche]]\nanfrage = "Kita"\nart = "alltag"\nrelevant = ["gibt-es-nicht"]'
    )

    call_command("suche_messen", datei)

    assert "1 der genannten Angebote gibt es hier nicht." in capsys.readouterr().err
