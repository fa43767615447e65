"""Whatever is changed between a Fassung and its return, the whole is as it was."""

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from angebote.models import Angebot, Angebotsfassung
from tests import factories as f

from .welt import abzug, volles_angebot

pytestmark = pytest.mark.django_db

TEXT = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\x00"), max_size=40
)


def aendern(**werte):
    return lambda angebot, text: Angebot.objects.filter(pk=angebot.pk).update(**werte)


def termin_verschieben(angebot: Angebot, text: str) -> None:
    for termin in angebot.termine.all()[:1]:
        termin.ende += dt.timedelta(hours=1)
        termin.save()


SCHRITTE = {
    "Titel": lambda a, text: aendern(titel=text, geschichte=text * 3)(a, text),
    "leeren": aendern(alter_von=None, hinweis="", hinweis_bis=None, name_noetig=None),
    "Einrichtung": lambda a, _: aendern(einrichtung=f.make_einrichtung())(a, _),
    "Termin weg": lambda a, _: a.termine.filter(pk__in=a.termine.all()[:1]).delete(),
    "Termin verschoben": termin_verschieben,
    "Termin neu": lambda a, text: f.make_termin(a, text=text),
    "Termin ersetzt": lambda a, _: a.termine.update(ersetzt_durch=a.termine.first()),
    "Kontakte weg": lambda a, _: a.kontakte.all().delete(),
    "Zeit anders": lambda a, text: a.zeitfenster.update(wochentag=6, text=text),
    "Begriffe weg": lambda a, _: (a.zielgruppen.clear(), a.orte.clear()),
    "Begriffe neu": lambda a, _: a.sprachen.add(f.make_sprache("en")),
}
REIHE = st.lists(st.sampled_from(sorted(SCHRITTE)), max_size=8)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(vorher=REIHE, danach=REIHE, text=TEXT)
def test_a_fassung_comes_back_whatever_happened_before_and_since(db, vorher, danach, text):
    angebot = volles_angebot(termine=3)
    for name in vorher:
        SCHRITTE[name](angebot, text)
    soll = abzug(angebot, Angebotsfassung)
    fassung = angebot.festhalten()

    for name in danach:
        SCHRITTE[name](angebot, text[::-1])
        angebot.festhalten()
    angebot.wiederherstellen(fassung)

    assert abzug(angebot, Angebotsfassung) == soll
