"""Loading into an empty portal: what production gets, and what it never gets."""

import datetime as dt
import itertools

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from angebote.models import Angebot, Suchzeile
from kommunen.models import Ferien, Kachel, Kommune
from praeventionsketten.management.laden import laufe
from praeventionsketten.management.laden.quelle import Eintrag, Ladefehler, Verweise, baue
from praeventionsketten.models import Job, Landesprogramm, Seite
from tests.factories import make_angebot
from tests.welt.hilfe import lade
from veranstaltungen.models import Anmeldung, Einwilligungstext, Zweck


def test_a_page_edited_before_the_demo_world_comes_stays_a_draft(db):
    lade("grunddaten")
    Seite.objects.filter(slug="impressum").update(text="<p>Unser Impressum</p>")

    lade("beispielwelt")

    assert Seite.objects.get(slug="impressum").status == Seite.Status.ENTWURF
    assert Seite.objects.get(slug="datenschutz").status == Seite.Status.VEROEFFENTLICHT


def test_the_demo_world_is_refused_in_production(db, settings):
    lade("grunddaten")
    settings.LOKAL = False

    with pytest.raises(CommandError, match="lokalen Betrieb"):
        lade("beispielwelt")

    assert not Kommune.objects.exists()
    assert not Anmeldung.objects.exists()


def test_the_demo_world_asks_for_the_base_data_first(db):
    with pytest.raises(CommandError, match=r"manage\.py grunddaten"):
        lade("beispielwelt")


def test_base_data_publishes_no_page_with_open_placeholders(db):
    lade("grunddaten")

    offen = Seite.objects.filter(text__contains="[Angaben des Betreibers")
    assert {seite.slug for seite in offen} == {
        "impressum",
        "datenschutz",
        "barrierefreiheit",
        "kontakt",
    }
    assert not offen.sichtbar().exists()
    assert {seite.slug for seite in Seite.objects.sichtbar()} == {"programm", "leichte-sprache"}
    assert Landesprogramm.objects.get().demo_hinweis == ""
    assert Kachel.objects.count() == 27


def test_a_wording_somebody_may_have_agreed_to_is_never_written_over(db):
    lade("grunddaten")
    alle = Einwilligungstext.objects.count()
    Einwilligungstext.objects.filter(zweck="foto").update(text="Vom Betreiber geprüft.")
    Einwilligungstext.objects.create(zweck="foto", fassung=2, text="Neuer Wortlaut.")

    lade("grunddaten")

    assert set(Einwilligungstext.objects.geltende()) == set(Zweck)
    assert Einwilligungstext.objects.count() == alle + 1
    assert Einwilligungstext.objects.get(zweck="foto", fassung=1).text.startswith("Vom Betr")
    assert Einwilligungstext.objects.geltende()["foto"].fassung == 2


def test_a_step_that_fails_leaves_nothing_behind(db):
    def halber_schritt():
        make_angebot(slug="halb")
        raise Ladefehler("Datei endet zu früh.")

    with pytest.raises(Ladefehler):
        laufe((("Angebote", halber_schritt),), print)

    assert not Angebot.objects.filter(slug="halb").exists()


@pytest.mark.parametrize(
    ("werte", "meldung"),
    [
        ({"kommune": "atlantis"}, "Kommune „atlantis“ gibt es nicht"),
        ({"titl": "Tippfehler"}, "„titl“ ist unbekannt"),
    ],
)
def test_a_wrong_field_or_key_names_file_and_record(db, werte, meldung):
    eintrag = Eintrag({"slug": "elterncafe"} | werte, "angebote_9.toml")

    with pytest.raises(Ladefehler, match=rf"angebote_9\.toml, elterncafe: .*{meldung}"):
        baue(Angebot, eintrag, Verweise())


def test_a_missing_field_names_file_and_record():
    eintrag = Eintrag({"slug": "elterncafe"}, "angebote_9.toml")

    with pytest.raises(Ladefehler, match=r"angebote_9\.toml, elterncafe: „titel“ fehlt"):
        eintrag["titel"]


def test_school_holidays_come_once_and_stay_as_somebody_corrected_them(db):
    lade("grunddaten")
    Ferien.objects.filter(name="Osterferien 2027").update(
        name="Frühlingsferien 2027", bis=dt.date(2027, 4, 3)
    )
    anzahl = Ferien.objects.count()

    lade("grunddaten")

    assert Ferien.objects.count() == anzahl
    assert Ferien.objects.get(name="Frühlingsferien 2027").bis == dt.date(2027, 4, 3)


def test_school_holidays_begin_and_end_on_days_of_school_and_never_overlap(db):
    lade("grunddaten")

    ferien = list(Ferien.objects.all())

    assert len(ferien) >= 9
    for vorher, nachher in itertools.pairwise(ferien):
        assert vorher.bis < nachher.von
    assert not [f for f in ferien if f.von.weekday() > 4 or f.bis.weekday() == 6]


def test_a_new_portal_finds_what_is_there_before_the_worker_comes(db):
    angebot = make_angebot(titel="Elterncafé")
    Suchzeile.objects.all().delete()

    call_command("einrichten", verbosity=0)

    assert Suchzeile.objects.get(sichtbar=True).pk == angebot.pk


def test_an_update_has_its_index_built_anew_by_the_worker(db):
    make_angebot()

    call_command("einrichten", verbosity=0)

    assert Job.objects.filter(name="angebote_indizieren").count() == 1
