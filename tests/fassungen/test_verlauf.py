"""Saving keeps what was and what is; the pages say in German what changed."""

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test.utils import CaptureQueriesContext

from angebote.models import Angebot
from praeventionsketten import rollen
from tests import factories as f
from tests.verwaltung.formulare import fehler, senden

from .seiten import adresse, text
from .welt import voller_steckbrief

pytestmark = pytest.mark.django_db


# ------------------------------------------------------------------ saving in the admin


def test_the_first_change_keeps_what_was_there_before_and_what_is_now(koordination, angebot):
    antwort = senden(koordination, adresse(angebot, "change/"), titel="Neuer Titel")

    assert fehler(antwort) == []
    neue, alte = angebot.fassungen.all()
    assert (alte.daten["felder"]["titel"], alte.konto) == ("Elterncafé Nordstadt", None)
    assert (neue.daten["felder"]["titel"], neue.konto) == ("Neuer Titel", koordination.konto)


def test_a_save_keeps_rows_and_links_that_are_written_after_the_record(koordination, angebot):
    sprache = f.make_sprache("ukr").pk

    senden(
        koordination,
        adresse(angebot, "change/"),
        **{"sprachen": [sprache], "kontakte-0-telefon": "0561 4711"},
    )

    daten = angebot.fassungen.first().daten
    assert daten["listen"]["sprachen"] == [sprache]
    assert daten["teile"]["kontakte"][0]["felder"]["telefon"] == "0561 4711"


def test_saving_without_a_change_keeps_nothing_new(koordination, angebot):
    for _ in range(3):
        senden(koordination, adresse(angebot, "change/"))

    assert angebot.fassungen.count() == 1


def test_a_draft_is_kept_from_the_day_it_is_published(koordination, angebot):
    Angebot.objects.filter(pk=angebot.pk).update(status="entwurf")
    senden(koordination, adresse(angebot, "change/"), titel="Noch nicht")
    vorher = angebot.fassungen.count()

    senden(koordination, adresse(angebot, "change/"), status="veroeffentlicht")

    assert (vorher, angebot.fassungen.count()) == (0, 1)


def test_what_is_withdrawn_was_kept_before(koordination, angebot):
    senden(koordination, adresse(angebot, "change/"), status="entwurf")

    assert angebot.fassungen.get().daten["felder"]["status"] == "veroeffentlicht"


def test_what_is_confirmed_is_kept_once_and_a_copy_keeps_nothing(koordination, angebot):
    for nummer in (0, 1):
        koordination.post(adresse(angebot, "knopf/bestaetigen/"), {"gesehen": nummer})
    koordination.post(adresse(angebot, "knopf/kopieren/"))

    fassung = angebot.fassungen.get()
    assert [b.fassung for b in angebot.bestaetigungen.all()] == [fassung, fassung]
    assert Angebot.objects.get(titel__startswith="Kopie").fassungen.count() == 0


def test_a_steckbrief_is_kept_with_its_rows(anmelden):
    kommune = voller_steckbrief()
    redaktion = anmelden(rollen.REDAKTION)

    antwort = senden(redaktion, adresse(kommune, "change/"), teaser="Neu gesagt.")

    assert fehler(antwort) == []
    neue, alte = kommune.fassungen.all()
    assert (alte.daten["felder"]["teaser"], neue.daten["felder"]["teaser"]) == (
        "Hand in Hand.",
        "Neu gesagt.",
    )
    assert len(neue.daten["teile"]["koordinationen"]) == 1


# ------------------------------------------------------------------ reading


def test_the_history_names_in_german_what_changed_and_keeps_the_log(koordination, angebot):
    senden(koordination, adresse(angebot, "change/"), titel="Neuer Titel", kosten="kostenlos")

    seite = text(koordination, angebot, "history/")

    assert "Gespeichert: Titel, Kosten" in seite
    assert "Stand vor der Änderung" in seite
    assert "Kim Koordination" in seite
    assert LogEntry.objects.get().get_change_message() in seite


def test_the_history_of_what_was_never_edited_says_so(koordination, angebot):
    assert "Noch keine." in text(koordination, angebot, "history/")


def test_the_comparison_says_labels_names_and_words(koordination, angebot):
    angebot.festhalten()
    Angebot.objects.filter(pk=angebot.pk).update(
        kosten="kostenlos", kurzbeschreibung="Kaffee und zwei offene Ohren.", alter_von=None
    )
    angebot.sprachen.remove(f.make_sprache("tr"))
    angebot.termine.last().delete()
    f.make_kontakt(angebot, funktion="Neues Team")
    angebot.festhalten()

    seite = text(koordination, angebot, "fassungen/vergleich/?von=1&bis=2")

    assert '<del><span class="vh">weg: </span>kostet etwas' in seite
    assert '<ins><span class="vh">neu: </span>kostenlos' in seite
    assert '<del><span class="vh">weg: </span>ein offenes Ohr.' in seite
    assert "<span>Kaffee und</span>" in seite
    assert '<del><span class="vh">weg: </span>Tr' in seite
    assert 'Neues Team <span class="unterschied__art">kam dazu</span>' in seite
    assert "fiel weg" in seite
    assert "veroeffentlicht" not in seite


def test_the_older_one_stands_first_whichever_way_they_are_chosen(koordination, angebot):
    angebot.festhalten()
    Angebot.objects.filter(pk=angebot.pk).update(titel="Zweiter")

    vor = text(koordination, angebot, "fassungen/vergleich/?von=1&bis=heute")
    zurueck = text(koordination, angebot, "fassungen/vergleich/?von=heute&bis=1")

    for seite in (vor, zurueck):
        assert seite.index("Elterncafé Nordstadt<span") < seite.index("Zweiter<span")


def test_a_word_keeps_the_name_it_had(koordination, angebot):
    angebot.festhalten()
    angebot.lebensphasen.clear()
    phase = f.make_lebensphase("kita")
    phase.name = "Kindertagesbetreuung"
    phase.save()

    seite = text(koordination, angebot, "fassungen/vergleich/?von=1&bis=heute")

    assert "Kita</del>" in seite
    assert "Kindertagesbetreuung" not in seite


@pytest.mark.parametrize(
    "ende",
    [
        "fassungen/vergleich/?von=9&bis=1",
        "fassungen/vergleich/?von=x&bis=²",
        "fassungen/vergleich/?von=99999999999999999999",
        "fassungen/99/",
        "fassungen/99999999999999999999999/",
    ],
)
def test_a_number_that_does_not_exist_is_not_found(koordination, angebot, ende):
    angebot.festhalten()

    assert koordination.get(adresse(angebot, ende)).status_code == 404


def test_a_number_of_pages_beyond_the_end_shows_the_last(koordination, angebot):
    angebot.festhalten()

    assert "Fassung 1" in text(koordination, angebot, "history/?f=99")
    assert "Fassung 1" in text(koordination, angebot, "history/?f=x")


def test_the_history_costs_the_same_with_few_and_with_many(koordination, angebot):
    kosten = []
    for anzahl in (2, 25):
        while angebot.fassungen.count() < anzahl:
            nummer = angebot.fassungen.count()
            Angebot.objects.filter(pk=angebot.pk).update(titel=f"Titel {nummer}")
            angebot.festhalten(koordination.konto)
        with CaptureQueriesContext(connection) as abfragen:
            text(koordination, angebot, "history/")
        kosten.append(len(abfragen))

    assert kosten[0] == kosten[1]


def test_what_people_write_is_shown_as_text(koordination, angebot):
    angebot.festhalten()
    Angebot.objects.filter(pk=angebot.pk).update(
        titel="<script>alert(1)</script>", kurzbeschreibung="Kaffee <b>und</b> ein offenes Ohr."
    )

    seite = text(koordination, angebot, "fassungen/vergleich/?von=1&bis=heute")

    assert "<script>alert" not in seite
    assert "&lt;script&gt;" in seite
    assert "<b>und" not in seite
