import pytest
from django.test import RequestFactory

from praeventionsketten.lib.blaettern import SeiteFehlt, blaettere

LISTE = range(45)


def anfrage(query: str):
    return RequestFactory().get(f"/angebote/?{query}")


@pytest.mark.parametrize("query", ["", "seite=", "seite=1", "q=kita&seite=1"])
def test_the_first_page_has_many_names(query):
    assert list(blaettere(anfrage(query), LISTE)) == list(range(20))


def test_the_last_page_is_the_rest():
    seite = blaettere(anfrage("seite=3"), LISTE)

    assert list(seite) == [40, 41, 42, 43, 44]
    assert not seite.has_next()


@pytest.mark.parametrize(
    "nummer", ["4", "0", "-1", "abc", "1.5", "10^30", "1_0", "%202", "٢", "9" * 5000]
)
def test_a_page_that_does_not_exist_names_the_first_one(nummer):
    with pytest.raises(SeiteFehlt) as fehler:
        blaettere(anfrage(f"q=kita&seite={nummer}"), LISTE)

    assert fehler.value.erste_seite == "/angebote/?q=kita"


def test_an_empty_list_has_one_empty_page():
    assert list(blaettere(anfrage(""), [])) == []


def test_a_count_that_is_known_is_not_asked_for_again():
    class Ungezaehlt(list):
        def count(self, *args):
            raise AssertionError("counted twice")

    assert list(blaettere(anfrage(""), Ungezaehlt("ab"), anzahl=2)) == ["a", "b"]
