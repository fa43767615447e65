"""An earlier state comes back as a whole, or not at all."""

import datetime as dt

import pytest

from angebote.models import Angebot, Angebotsfassung, Termin
from kommunen.models import Kommune, Lebensphase, Ort, Steckbrieffassung, Uebergang
from praeventionsketten.lib import ganzes
from praeventionsketten.lib.ganzes import NichtHerstellbar, Ueberholt
from tests import factories as f

from .welt import abzug, alles_anders, voller_steckbrief, volles_angebot

pytestmark = pytest.mark.django_db


def test_an_angebot_with_ten_termine_and_all_vocabularies_comes_back_field_by_field():
    angebot = volles_angebot(termine=10)
    vorher = abzug(angebot, Angebotsfassung)
    fassung = angebot.festhalten()

    alles_anders(angebot)
    assert abzug(angebot, Angebotsfassung) != vorher
    angebot.wiederherstellen(fassung)

    assert abzug(angebot, Angebotsfassung) == vorher


def test_a_steckbrief_comes_back_with_all_its_rows():
    kommune = voller_steckbrief()
    vorher = abzug(kommune, Steckbrieffassung)
    fassung = kommune.festhalten()

    Kommune.objects.filter(pk=kommune.pk).update(teaser="Anders", bild=None, einwohner=None)
    kommune.teilraeume.all().delete()
    kommune.koordinationen.all().delete()
    kommune.dokumente.all().delete()
    kommune.meilenstein_set.update(titel="Anders", datum=dt.date(2020, 1, 1))
    f.make_gremium(kommune=kommune)
    kommune.wiederherstellen(fassung)

    assert abzug(kommune, Steckbrieffassung) == vorher


def test_restoring_is_a_new_fassung_and_keeps_the_state_before():
    angebot = volles_angebot(termine=1)
    erste = angebot.festhalten()
    Angebot.objects.filter(pk=angebot.pk).update(titel="Zweiter Titel")
    konto = f.make_konto()

    angebot.wiederherstellen(erste, konto=konto)

    titel = [fassung.daten["felder"]["titel"] for fassung in angebot.fassungen.all()]
    assert titel == ["Elterncafé Nordstadt", "Zweiter Titel", "Elterncafé Nordstadt"]
    letzte = angebot.fassungen.first()
    assert (letzte.nummer, letzte.konto, letzte.grund) == (
        3,
        konto,
        "Wiederhergestellt: Fassung 1",
    )


@pytest.mark.parametrize("status", ["entwurf", "pausiert", "beendet"])
def test_restoring_neither_publishes_nor_withdraws(status):
    angebot = volles_angebot(termine=1)
    fassung = angebot.festhalten()
    pause = dt.date(2030, 1, 1) if status == "pausiert" else None
    Angebot.objects.filter(pk=angebot.pk).update(
        status=status, pausiert_bis=pause, titel="Anders"
    )

    angebot.wiederherstellen(fassung)

    angebot.refresh_from_db()
    assert (angebot.status, angebot.pausiert_bis) == (status, pause)
    assert angebot.titel == "Elterncafé Nordstadt"


def test_address_uuid_and_key_stay():
    angebot = volles_angebot(termine=1)
    fassung = angebot.festhalten()
    angebot.titel, angebot.slug = "Anders", "anders"
    angebot.save()

    angebot.wiederherstellen(fassung)

    wieder = Angebot.objects.get(pk=angebot.pk)
    assert (wieder.slug, wieder.uuid) == ("anders", angebot.uuid)


def test_a_date_that_comes_back_is_the_same_one_for_calendars():
    angebot = volles_angebot(termine=2)
    termin = angebot.termine.first()
    fassung = angebot.festhalten()
    termin.beginn -= dt.timedelta(hours=1)
    termin.save()
    angebot.festhalten()
    bekannt = termin.sequenz
    termin.delete()

    angebot.wiederherstellen(fassung)

    wieder = Termin.objects.get(pk=fassung.daten["teile"]["termine"][0]["id"])
    assert wieder.sequenz > bekannt == 2


def test_a_date_that_is_set_back_is_told_to_calendars():
    angebot = volles_angebot(termine=1)
    fassung = angebot.festhalten()
    termin = angebot.termine.get()
    termin.beginn -= dt.timedelta(hours=1)
    termin.save()

    angebot.wiederherstellen(fassung)

    assert angebot.termine.get().sequenz == termin.sequenz + 1


def test_a_row_that_has_moved_to_another_angebot_stays_there():
    angebot = volles_angebot(termine=1)
    fassung = angebot.festhalten()
    anderes = f.make_angebot()
    angebot.termine.update(angebot=anderes, text="Mein neues Zuhause")

    angebot.wiederherstellen(fassung)

    assert anderes.termine.get().text == "Mein neues Zuhause"
    assert angebot.termine.get().text == "Nummer 1"


def test_words_and_places_that_are_gone_are_named_and_left_out():
    angebot = volles_angebot(termine=3)
    fassung = angebot.festhalten()
    angebot.lebensphasen.clear()
    angebot.uebergaenge.clear()
    angebot.termine.update(ort=None)
    Ort.objects.filter(name="Saal 1").delete()
    Uebergang.objects.all().delete()
    Lebensphase.objects.filter(code="kita").delete()

    plan = angebot.plan(fassung, ganzes.alles_erlaubt)
    angebot.wiederherstellen(fassung)

    assert any("Lebensphasen: „Kita“" in luecke for luecke in plan.luecken)
    assert any("Termin „" in luecke and "„Saal 1“" in luecke for luecke in plan.luecken)
    assert [phase.code for phase in angebot.lebensphasen.all()] == ["grundschule"]
    assert angebot.termine.filter(ort=None).count() == 1
    assert angebot.termine.count() == 3


def test_a_row_that_cannot_be_without_what_is_gone_is_left_out_openly():
    kommune = voller_steckbrief()
    fassung = kommune.festhalten()
    kommune.meilenstein_set.all().delete()
    f.make_prozessschritt().delete()

    plan = kommune.plan(fassung)
    kommune.wiederherstellen(fassung)

    assert any("Meilenstein „" in luecke and "„Auftakt“" in luecke for luecke in plan.luecken)
    assert not kommune.meilenstein_set.exists()
    assert kommune.gremium_set.count() == 1


def test_a_document_whose_file_is_gone_is_left_out_openly():
    kommune = voller_steckbrief()
    fassung = kommune.festhalten()
    faltblatt = kommune.dokumente.get(titel="Faltblatt")
    faltblatt.datei.storage.delete(faltblatt.datei.name)
    kommune.dokumente.all().delete()

    plan = kommune.plan(fassung)
    kommune.wiederherstellen(fassung)

    assert plan.luecken == ["Dokument „Faltblatt“, die Datei gibt es nicht mehr."]
    assert [dokument.titel for dokument in kommune.dokumente.all()] == ["Leitfaden"]


def test_a_broken_rule_of_today_leaves_everything_as_it_was():
    kommune = voller_steckbrief(ags="06633")
    fassung = kommune.festhalten()
    Kommune.objects.filter(pk=kommune.pk).update(ags="06634", teaser="Anders")
    kommune.koordinationen.all().delete()
    f.make_kommune(ags="06633")
    vorher = abzug(kommune, Steckbrieffassung)

    with pytest.raises(NichtHerstellbar) as fehler:
        kommune.wiederherstellen(fassung)

    assert "Gemeindeschlüssel" in fehler.value.gruende[0]
    assert abzug(kommune, Steckbrieffassung) == vorher
    assert kommune.fassungen.count() == 1


def test_what_the_database_refuses_in_the_middle_leaves_everything_as_it_was():
    angebot = volles_angebot(termine=2)
    fassung = angebot.festhalten()
    fassung.daten["teile"]["kontakte"][1]["felder"]["funktion"] = None
    alles_anders(angebot)
    vorher = abzug(angebot, Angebotsfassung)

    with pytest.raises(NichtHerstellbar):
        angebot.wiederherstellen(fassung)

    assert abzug(angebot, Angebotsfassung) == vorher
    assert angebot.fassungen.count() == 1


def test_a_plan_that_is_out_of_date_changes_nothing():
    angebot = volles_angebot(termine=1)
    fassung = angebot.festhalten()
    Angebot.objects.filter(pk=angebot.pk).update(titel="Zweiter")
    gesehen = angebot.plan(fassung).kennung
    Angebot.objects.filter(pk=angebot.pk).update(titel="Dritter")

    with pytest.raises(Ueberholt):
        angebot.wiederherstellen(fassung, gesehen=gesehen)

    angebot.refresh_from_db()
    assert angebot.titel == "Dritter"


def test_a_field_that_came_later_stays_as_it_is():
    angebot = volles_angebot(termine=1)
    fassung = angebot.festhalten()
    del fassung.daten["felder"]["website"], fassung.daten["listen"]["sprachen"]
    del fassung.daten["teile"]["termine"][0]["felder"]["text"]
    fassung.daten["felder"]["gab_es_frueher"] = "weg"
    Angebot.objects.filter(pk=angebot.pk).update(website="https://neu.example.org", titel="X")
    angebot.termine.update(text="Neuer Zusatz")

    angebot.wiederherstellen(fassung)

    angebot.refresh_from_db()
    assert (angebot.titel, angebot.website) == (
        "Elterncafé Nordstadt",
        "https://neu.example.org",
    )
    assert (angebot.sprachen.count(), angebot.termine.get().text) == (2, "Neuer Zusatz")


def test_restoring_what_is_said_already_keeps_nothing_new():
    angebot = volles_angebot(termine=1)
    fassung = angebot.festhalten()

    assert angebot.wiederherstellen(fassung) is None
    assert angebot.fassungen.count() == 1
