import datetime as dt

import pytest

from kommunen.models import Gremium, Kommune, Meilenstein
from kommunen.steckbrief import TEILE, lade_teile, nach_ebene
from praeventionsketten.models import Begriff
from tests.factories import (
    make_beteiligung,
    make_ebene,
    make_gremium,
    make_kennzahl,
    make_kommune,
    make_koordination,
    make_meilenstein,
    make_steckbriefdokument,
    make_teilraum,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def kommune() -> Kommune:
    """One whose every table has a full row and one with gaps."""
    kommune = make_kommune()
    stadt = make_teilraum(kommune=kommune, name="Stadt im Kreis")
    for fields in ({}, {"teilraum": stadt}):
        make_koordination(kommune=kommune, **fields)
        make_gremium(kommune=kommune, **fields)
        make_meilenstein(kommune=kommune, **fields)
        make_beteiligung(kommune=kommune, **fields)
        make_kennzahl(kommune=kommune, **fields)
    make_gremium(kommune=kommune, ebene=make_ebene("akteure", reihenfolge=2), turnus="jährlich")
    make_kennzahl(kommune=kommune, wert="0.25", stand=None)
    make_kennzahl(kommune=kommune, wert="999999999999.99", stand=dt.date(2023, 12, 31))
    make_steckbriefdokument(kommune=kommune, stand=dt.date(2024, 1, 1))
    make_steckbriefdokument(kommune=kommune, titel="Ohne Stand", reihenfolge=1)
    return kommune


def columns(row) -> dict:
    """Every column, and those of the vocabularies the row points to."""
    werte = {feld.attname: getattr(row, feld.attname) for feld in row._meta.concrete_fields}
    for feld in row._meta.concrete_fields:
        if feld.is_relation and issubclass(feld.related_model, Begriff):
            begriff = getattr(row, feld.name)
            werte[feld.name] = begriff and columns(begriff)
    return werte


@pytest.mark.parametrize("name", TEILE)
def test_the_union_gives_the_same_rows_as_the_tables(name, kommune, django_assert_num_queries):
    make_gremium()
    einzeln = list(TEILE[name].objects.filter(kommune=kommune))
    assert einzeln, "an empty table proves nothing"

    teile = lade_teile(kommune)[name]

    assert [columns(zeile) for zeile in teile] == [columns(zeile) for zeile in einzeln]
    assert [type(zeile) for zeile in teile] == [type(zeile) for zeile in einzeln]


def test_everything_a_page_reads_of_the_parts_costs_one_query(
    kommune, django_assert_num_queries
):
    with django_assert_num_queries(1):
        teile = lade_teile(kommune)
        for gremium in teile["gremien"]:
            str(gremium.typ), str(gremium.ebene), str(gremium.teilraum), str(gremium.kommune)
        for schritt in teile["meilensteine"]:
            str(schritt.prozessschritt), str(schritt.ebene), str(schritt.teilraum)
        for zeile in [*teile["koordinationen"], *teile["kennzahlen"], *teile["beteiligungen"]]:
            str(zeile.teilraum), str(zeile.kommune)


def test_a_kommune_without_any_part_gives_empty_lists():
    make_meilenstein()

    assert lade_teile(make_kommune()) == {name: [] for name in TEILE}


def test_a_part_can_be_saved_again(kommune):
    schritt = lade_teile(kommune)["meilensteine"][0]

    schritt.titel = "Geändert"
    schritt.save()

    assert Meilenstein.objects.filter(titel="Geändert").get().pk == schritt.pk
    assert Meilenstein.objects.count() == 2


def test_gremien_are_grouped_by_ebene_with_those_without_one_last(kommune):
    gruppen = nach_ebene(lade_teile(kommune)["gremien"])

    assert [ebene for ebene, _ in gruppen] == ["Strategisch", "Akteure"]
    Gremium.objects.filter(turnus="jährlich").update(ebene=None)
    gruppen = nach_ebene(lade_teile(kommune)["gremien"])
    assert [ebene for ebene, _ in gruppen] == ["Strategisch", ""]
