"""Which states are kept, and that nothing a person fills in is forgotten."""

import pytest
from django.db import connection, models, transaction
from django.test.utils import CaptureQueriesContext

from angebote.models import Angebot, Angebotsfassung, Kontakt, Termin, Zeitfenster
from kommunen.models import Kommune, Steckbrieffassung
from praeventionsketten import checks
from praeventionsketten.lib.ganzes import Ganzes, aufnehmen, geaendert
from praeventionsketten.models import Fassung
from tests import factories as f
from tests.veranstaltungen.hilfen import gleichzeitig

from .welt import BUCHHALTUNG, abzug, voller_steckbrief, volles_angebot

FASSUNGEN = [Angebotsfassung, Steckbrieffassung]


@pytest.mark.django_db
def test_an_unchanged_state_is_kept_once():
    angebot = volles_angebot()

    angebot.festhalten()
    angebot.bestaetigen("telefon")
    angebot.save()

    assert angebot.festhalten() is None
    assert angebot.fassungen.count() == 1


@pytest.mark.django_db
def test_every_kind_of_row_and_link_makes_a_new_state():
    angebot = volles_angebot(termine=2)
    angebot.festhalten()

    angebot.sprachen.remove(angebot.sprachen.first())
    angebot.festhalten()
    angebot.termine.first().delete()
    angebot.festhalten()
    angebot.kontakte.update(telefon="0561 1")
    angebot.festhalten()

    assert [fassung.nummer for fassung in angebot.fassungen.all()] == [4, 3, 2, 1]


@pytest.mark.django_db
def test_the_number_is_for_a_confirmation_to_name_what_was_seen():
    angebot = volles_angebot(termine=1)

    erste = angebot.aktuelle_fassung()
    noch_immer = angebot.aktuelle_fassung()
    Angebot.objects.filter(pk=angebot.pk).update(titel="Neu")

    assert (erste, noch_immer, angebot.aktuelle_fassung()) == (1, 1, 2)


@pytest.mark.django_db
def test_a_draft_has_no_state_to_keep():
    entwurf = f.make_angebot(status="entwurf")

    assert (entwurf.aktuelle_fassung(), entwurf.fassungen.count()) == (0, 0)


@pytest.mark.django_db
def test_a_copy_is_a_draft_without_history():
    angebot = volles_angebot(termine=1)
    angebot.festhalten()

    assert angebot.kopie().fassungen.count() == 0


@pytest.mark.django_db
def test_a_renamed_word_is_no_change_and_keeps_its_old_name():
    angebot = volles_angebot(termine=1)
    fassung = angebot.festhalten()
    phase = f.make_lebensphase("kita")

    phase.name = "Kindertagesbetreuung"
    phase.save()

    assert angebot.festhalten() is None
    fassung.refresh_from_db()
    assert fassung.namen["kommunen.lebensphase"][str(phase.pk)] == "Kita"


@pytest.mark.django_db
def test_keeping_costs_a_handful_of_queries_however_much_there_is():
    klein, gross = volles_angebot(termine=1), volles_angebot(termine=40)
    kosten = []

    for angebot in (klein, gross):
        with CaptureQueriesContext(
            connection,
        ) as abfragen:
            angebot.festhalten()
        kosten.append(len([a for a in abfragen if "SAVEPOINT" not in a["sql"]]))

    # The record, its links, three kinds of rows, the last Fassung, the names, the new one.
    assert kosten == [8, 8]


@pytest.mark.django_db(transaction=True)
def test_people_who_save_at_once_get_numbers_of_their_own():
    angebot = volles_angebot(termine=1)

    def speichern(nummer: int):
        with transaction.atomic():
            Angebot.objects.filter(pk=angebot.pk).update(titel=f"Titel {nummer}")
            return angebot.festhalten().nummer

    nummern = gleichzeitig(speichern, range(8))

    assert sorted(nummern) == [1, 2, 3, 4, 5, 6, 7, 8]
    assert {f.daten["felder"]["titel"] for f in angebot.fassungen.all()} == {
        f"Titel {nummer}" for nummer in range(8)
    }


@pytest.mark.django_db(transaction=True)
def test_the_state_before_a_change_is_kept_once_by_many_at_once():
    angebot = volles_angebot(termine=1)

    gefunden = gleichzeitig(lambda _: angebot.aktuelle_fassung(), range(8))

    assert gefunden == [1] * 8
    assert angebot.fassungen.count() == 1


# ------------------------------------------------------------------ nothing is forgotten


@pytest.mark.parametrize("fassung", FASSUNGEN)
def test_every_field_is_kept_or_is_bookkeeping(fassung):
    model = fassung._meta.get_field(fassung.OBJEKT).related_model
    ganzes = fassung.GANZES
    tabellen = [(model, ganzes.felder(model), set())]
    tabellen += [(teil.model, teil.felder, {teil.verweis}) for teil in ganzes.teile_von(model)]

    for tabelle, felder, verweis in tabellen:
        alle = {feld for feld in tabelle._meta.concrete_fields if feld.name not in verweis}
        nicht_gehalten = {str(feld).partition(".")[2] for feld in alle - set(felder)}
        schluessel = {f"{tabelle.__name__}.id"}
        bekannt = {name for name in BUCHHALTUNG if name.startswith(f"{tabelle.__name__}.")}
        assert nicht_gehalten - schluessel == bekannt


@pytest.mark.parametrize("fassung", FASSUNGEN)
def test_rows_that_hang_on_a_record_are_in_its_fassungen_or_left_out_by_name(fassung):
    model = fassung._meta.get_field(fassung.OBJEKT).related_model

    assert checks.forgotten_parts(model, fassung.GANZES) == []


def test_a_forgotten_kind_of_rows_is_refused():
    ganzes = Angebot._meta.get_field("fassungen").related_model.GANZES
    ohne = tuple(name for name in ganzes.ohne if name != "fassungen")
    ohne_kontakte = Ganzes(teile=("zeitfenster", "termine"), ohne=ohne)

    fehler = checks.forgotten_parts(Angebot, ohne_kontakte)

    assert sorted(eintrag.msg.split()[0] for eintrag in fehler) == [
        "angebote.Angebot.fassungen",
        "angebote.Angebot.kontakte",
    ]


def test_every_record_with_fassungen_is_checked():
    from praeventionsketten.models import MitFassungen

    mit = {m for m in MitFassungen.__subclasses__() if not m._meta.abstract}

    assert mit == {
        fassung._meta.get_field(fassung.OBJEKT).related_model for fassung in FASSUNGEN
    }
    assert set(Fassung.__subclasses__()) == set(FASSUNGEN)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("bauen", "fassung"),
    [(volles_angebot, Angebotsfassung), (voller_steckbrief, Steckbrieffassung)],
)
def test_the_world_of_these_tests_fills_every_field(bauen, fassung):
    """Or a restore could lose a field that was empty anyway."""
    objekt = bauen()
    leer = set()

    for name, zeilen in abzug(objekt, fassung).items():
        assert zeilen, name
        for feld in zeilen[0]:
            if all(zeile[feld] in (None, "", set()) for zeile in zeilen):
                leer.add(f"{name}.{feld}")

    assert leer <= {".pausiert_bis"}


@pytest.mark.django_db
@pytest.mark.parametrize("bauen", [volles_angebot, voller_steckbrief])
def test_each_single_field_and_link_counts_as_a_change(bauen):
    """Field by field: what is changed alone, is seen."""
    objekt = bauen()
    ganzes, model = objekt.ganzes, type(objekt)
    vorher = aufnehmen(objekt, ganzes)

    for feld in ganzes.felder(model):
        anders = {**vorher, "felder": vorher["felder"] | {feld.name: "?"}}
        assert len(geaendert(model, ganzes, vorher, anders)) == 1
    for teil in ganzes.teile_von(model):
        anders = {**vorher, "teile": vorher["teile"] | {teil.name: []}}
        assert len(geaendert(model, ganzes, vorher, anders)) == 1


def test_links_have_no_columns_of_their_own():
    """A table in between with more than two keys would need rows of its own."""
    for model in (Angebot, Kommune, Termin, Zeitfenster, Kontakt):
        for feld in model._meta.many_to_many:
            assert isinstance(feld, models.ManyToManyField)
            assert feld.remote_field.through._meta.auto_created
