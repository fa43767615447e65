from itertools import pairwise

import pytest

from kommunen.karte import faden, karte, sechseck
from kommunen.models import Kachel
from tests.factories import make_kachel, make_kommune

# Two rows that interlock: tiles at (spalte, 3 · reihe) in grid units.
REIHE = [(0, 0), (2, 0), (4, 0), (6, 0)]


def test_a_tile_is_a_hexagon_with_its_points_up_and_down():
    assert sechseck(47, 54) == "47,5 89.5,30 89.5,78 47,103 4.5,78 4.5,30"


def test_neighbours_are_joined_directly():
    assert faden(REIHE, [(0, 0), (2, 0)]) == [[(0, 0), (2, 0)]]


def test_the_thread_runs_along_the_borders_of_tiles_in_between():
    (linie,) = faden(REIHE, [(0, 0), (6, 0)])

    assert (linie[0], linie[-1]) == ((0, 0), (6, 0))
    assert not {(2, 0), (4, 0)} & set(linie)
    schritte = {(abs(a[0] - b[0]), abs(a[1] - b[1])) for a, b in pairwise(linie)}
    assert schritte <= {(1, 1), (0, 2)}, "corner to corner, or centre to corner"


def test_every_participant_is_joined_once():
    dabei = [(0, 0), (6, 0), (2, 0)]

    linien = faden(REIHE, dabei)

    assert len(linien) == 2
    assert {linie[-1] for linie in linien} == {(2, 0), (6, 0)}


def test_a_tile_that_no_border_leads_to_stays_alone():
    assert faden([*REIHE, (40, 60)], [(0, 0), (40, 60)]) == []


def test_one_participant_or_none_needs_no_thread():
    assert faden(REIHE, [(0, 0)]) == []
    assert faden(REIHE, []) == []


@pytest.mark.django_db
def test_the_map_fits_its_tiles_and_knots_lie_between_participants():
    for spalte in (0, 2):
        make_kommune(kachel=make_kachel(reihe=0, spalte=spalte))
    make_kachel(reihe=1, spalte=3)

    bild = karte(
        Kachel.objects.all(),
        [k for kachel in Kachel.objects.all() for k in kachel.kommunen.all()],
    )

    assert (bild.breite, bild.hoehe) == (47 + 3 * 45 + 47, 54 + 78 + 54)
    assert bild.faden == "M47 54L137 54"
    assert bild.knoten == [(92, 54)]
    assert len(bild.stumm) == 1


@pytest.mark.django_db
def test_a_tile_links_to_its_only_kommune_and_else_to_the_list():
    allein, geteilt = make_kachel(reihe=0, spalte=0), make_kachel(reihe=0, spalte=2)
    stadt = make_kommune(kachel=allein, kurzname="Bad Stadt", teil_der_kachel=True)
    gemeinde = make_kommune(kachel=geteilt, teil_der_kachel=True)
    kreis = make_kommune(kachel=geteilt)

    felder = karte([allein, geteilt], [stadt, gemeinde, kreis]).dabei

    assert felder[0].url == stadt.get_absolute_url()
    assert felder[0].ist_teil
    assert felder[0].beschriftung == f"{allein.kuerzel} Bad Stadt"
    assert felder[1].url == f"/kommunen/#{kreis.slug}"
    assert not felder[1].ist_teil


@pytest.mark.django_db
def test_a_hyphen_at_the_end_of_a_line_joins_it_to_the_next():
    kachel = make_kachel(kuerzel="ESW", zeilen="Werra-|Meißner")

    (feld,) = karte([kachel], [make_kommune(kachel=kachel)]).dabei

    assert feld.beschriftung == "ESW Werra-Meißner"


def test_without_tiles_there_is_no_map():
    assert karte([], []) is None
