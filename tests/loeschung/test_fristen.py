"""The check that insists, and that words and deeds come from the same number."""

import datetime as dt

import pytest
from django.db import models

from praeventionsketten import checks
from praeventionsketten.lib import fristen
from praeventionsketten.lib.fristen import Frist, Personendaten
from praeventionsketten.models import Mail


class Zettel(models.Model):
    """A table somebody forgot to think about."""

    ansprechpartner_name = models.CharField(max_length=80)
    adresse = models.EmailField()
    titel = models.CharField(max_length=80)

    class Meta:
        app_label = "tests"
        managed = False

    def __str__(self) -> str:
        return self.titel


@pytest.fixture
def erklaeren(monkeypatch):
    """Declare something for this test alone."""
    monkeypatch.setattr(fristen, "ERKLAERT", fristen.ERKLAERT.copy())
    monkeypatch.setattr(fristen, "UNPERSOENLICH", fristen.UNPERSOENLICH.copy())
    return fristen.erklaeren


def fehlend(model) -> set[str]:
    return {fehler.msg.split()[0] for fehler in checks.undeclared_fields(model)}


def test_everything_personal_in_the_house_has_purpose_and_period():
    assert checks.check_personal_data(None) == []


def test_a_new_personal_field_is_refused():
    assert fehlend(Zettel) == {"tests.Zettel.ansprechpartner_name", "tests.Zettel.adresse"}


def test_a_declared_or_excused_field_is_accepted(erklaeren):
    erklaeren(Personendaten("tests.Zettel", ("adresse",), "x", "y", (Frist("a", "b"),)))
    fristen.unpersoenlich({"Zettel.ansprechpartner_name": "a robot"})

    assert fehlend(Zettel) == set()


def test_a_declaration_without_purpose_or_with_a_wrong_field_is_refused(erklaeren):
    erklaeren(Personendaten("tests.Zettel", ("adresse", "gibtsnicht"), "x", "", ()))

    ids = {fehler.id for fehler in checks.undeclared_fields(Zettel)}

    assert ids == {"portal.E021", "portal.E022", "portal.E023"}


def test_forgetting_the_address_of_a_mail_would_be_noticed(erklaeren):
    ohne = fristen.ERKLAERT["praeventionsketten.Mail"]
    felder = tuple(f for f in ohne.felder if f != "an")
    erklaeren(Personendaten(ohne.model, felder, ohne.thema, ohne.zweck, ohne.fristen))

    assert fehlend(Mail) == {"praeventionsketten.Mail.an"}


@pytest.mark.parametrize(
    ("tage", "wann"),
    [
        (1, "1\xa0Tag nach dem Versand"),
        (30, "30\xa0Tage nach dem Versand"),
        (365, "1\xa0Jahr nach dem Versand"),
        (730, "2\xa0Jahre nach dem Versand"),
        (None, "nach dem Versand"),
    ],
)
def test_a_period_is_told_and_kept_by_the_same_number(tage, wann):
    frist = Frist("Text", "nach dem Versand", tage=tage)
    jetzt = dt.datetime(2026, 11, 22, tzinfo=dt.UTC)

    assert frist.wann == wann
    assert jetzt - frist.stichtag(jetzt) == dt.timedelta(days=tage or 0)
