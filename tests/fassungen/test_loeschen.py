"""Contacts in old Fassungen go after two years, old Fassungen after five."""

import datetime as dt

import pytest
from django.utils import timezone

from angebote.models import Angebot, Angebotsfassung
from kommunen.models import Kommune, Steckbrieffassung
from praeventionsketten import loeschung
from praeventionsketten.lib import fristen
from praeventionsketten.models import Fassung, Konto
from praeventionsketten.personendaten import konten_loeschen
from tests import factories as f

from .welt import volles_angebot

pytestmark = pytest.mark.django_db


def make_fassungen(angebot, *alter_in_jahren: float) -> list[Angebotsfassung]:
    """One after the other, the oldest first, kept so many years ago."""
    fassungen = []
    for nummer, jahre in enumerate(alter_in_jahren):
        Angebot.objects.filter(pk=angebot.pk).update(titel=f"Titel {nummer}")
        fassung = angebot.festhalten()
        fassung.wann = timezone.now() - dt.timedelta(days=365 * jahre)
        fassung.save()
        fassungen.append(fassung)
    return fassungen


def test_every_kind_of_fassung_declares_periods_a_clock_keeps():
    for model in Fassung.__subclasses__():
        eintrag = fristen.erklaert(model)
        assert set(eintrag.felder) == {"daten", "namen"}
        assert [frist.tage for frist in eintrag.fristen] == [2 * 365, 5 * 365]
        assert set(model.GANZES.kontakte) <= set(model.GANZES.teile)


def test_contacts_go_two_years_after_a_newer_one_came():
    angebot = volles_angebot(termine=1)
    alt, mittel, neu = make_fassungen(angebot, 4, 2.1, 1)

    list(loeschung.ausfuehren())

    for fassung in (alt, mittel, neu):
        fassung.refresh_from_db()
    assert "sam@kita.de" not in str(alt.daten)
    assert "sam@kita.de" in str(mittel.daten)
    assert "sam@kita.de" in str(neu.daten)
    assert (alt.kontakte_geloescht, mittel.kontakte_geloescht) == (True, False)


def test_the_last_one_is_never_too_old():
    angebot = volles_angebot(termine=1)
    (einzige,) = make_fassungen(angebot, 20)

    list(loeschung.ausfuehren())

    einzige.refresh_from_db()
    assert "sam@kita.de" in str(einzige.daten)
    assert angebot.festhalten() is None


def test_a_fassung_goes_five_years_after_a_newer_one_came():
    angebot = volles_angebot(termine=1)
    make_fassungen(angebot, 9, 5.1, 1)

    list(loeschung.ausfuehren())

    assert [fassung.nummer for fassung in angebot.fassungen.all()] == [3, 2]


def test_the_names_of_a_koordination_go_as_well():
    kommune = f.make_kommune()
    f.make_koordination(kommune=kommune, name="Sam Beispiel", name_einwilligung=True)
    kommune.festhalten()
    Kommune.objects.filter(pk=kommune.pk).update(teaser="Neu")
    kommune.festhalten()
    Steckbrieffassung.objects.update(wann=timezone.now() - dt.timedelta(days=3 * 365))

    list(loeschung.ausfuehren())

    alte = kommune.fassungen.get(nummer=1)
    assert "Sam Beispiel" not in str(alte.daten)
    assert alte.daten["felder"]["name"] == kommune.name


def test_putting_back_without_contacts_leaves_those_of_today():
    angebot = volles_angebot(termine=1)
    alt, _ = make_fassungen(angebot, 4, 3)
    list(loeschung.ausfuehren())
    alt.refresh_from_db()
    angebot.kontakte.all().delete()
    f.make_kontakt(angebot, funktion="Von heute")

    angebot.wiederherstellen(alt)

    angebot.refresh_from_db()
    assert angebot.titel == "Titel 0"
    assert [kontakt.funktion for kontakt in angebot.kontakte.all()] == ["Von heute"]


def test_a_fassung_goes_with_its_record_and_stays_without_its_konto():
    konto = f.make_konto()
    angebot, anderes = volles_angebot(termine=1), f.make_angebot()
    angebot.festhalten(konto)
    anderes.festhalten(konto)

    konto.delete()
    Angebot.objects.filter(pk=angebot.pk).delete()

    assert Angebotsfassung.objects.get().angebot == anderes
    assert Angebotsfassung.objects.get().konto is None


def test_a_konto_that_is_erased_is_forgotten_by_what_it_saved():
    konto = f.make_konto(is_active=False, last_login=timezone.now() - dt.timedelta(days=999))
    anderes = f.make_konto()
    angebot = f.make_angebot()
    angebot.festhalten(konto)
    Angebot.objects.filter(pk=angebot.pk).update(titel="Neu")
    angebot.festhalten(anderes)

    konten_loeschen(Konto.objects.filter(pk=konto.pk))

    assert [fassung.konto for fassung in angebot.fassungen.all()] == [anderes, None]
