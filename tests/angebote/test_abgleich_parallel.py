"""Two coordinators with one projector each: whoever presses first is heard, once."""

from functools import partial

import pytest

from angebote.models import Abgleich, Bestaetigung, Hinweis
from tests.factories import make_abgleichrunde, make_angebot, make_kommune
from tests.veranstaltungen.hilfen import gleichzeitig

pytestmark = pytest.mark.django_db(transaction=True)


def test_eight_keys_at_once_give_one_answer():
    kommune = make_kommune()
    runde, angebot = make_abgleichrunde(kommune), make_angebot(kommune=kommune)
    tasten = [partial(runde.stimmt, gesehen=0), runde.korrektur] * 4

    ergebnisse = gleichzeitig(lambda taste: taste(angebot), tasten)

    assert sorted(ergebnisse) == [False] * 7 + [True]
    antwort = Abgleich.objects.get().antwort
    folgen = (Bestaetigung.objects.count(), Hinweis.objects.count())
    assert folgen == ((1, 0) if antwort == "stimmt" else (0, 1))


def test_answers_about_different_angebote_do_not_stand_in_each_others_way():
    kommune = make_kommune()
    runde = make_abgleichrunde(kommune)
    angebote = [make_angebot(kommune=kommune) for _n in range(6)]

    ergebnisse = gleichzeitig(partial(runde.stimmt, gesehen=0), angebote)

    assert ergebnisse == [True] * 6
    assert Bestaetigung.objects.filter(runde=runde).count() == 6
