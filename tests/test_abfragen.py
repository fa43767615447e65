"""Lists cost the same number of queries with one row and with many."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from angebote import suche
from tests.inventar import SEITEN
from tests.kleine_welt import kleine_welt
from veranstaltungen import aushang


def kosten() -> dict[str, int]:
    """Queries per state of the inventory, for a worker that knows nothing yet."""
    suche.vergiss()
    aushang.vergiss()
    anzahl = {}
    for zustand in SEITEN:
        with CaptureQueriesContext(connection) as abfragen:
            zustand.besucher().get(zustand.adresse)
        anzahl[zustand.name] = sum("zwischenspeicher" not in q["sql"] for q in abfragen)
    return anzahl


@pytest.mark.django_db
def test_every_page_costs_the_same_with_one_row_and_with_many(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    with transaction.atomic():
        kleine_welt(viele=1)
        mit_einer = kosten()
        transaction.set_rollback(True)
    kleine_welt(viele=7)

    mit_vielen = kosten()

    assert mit_vielen == mit_einer
