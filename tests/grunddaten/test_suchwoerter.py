"""New search words reach a portal that is running; the work of its Redaktion stays."""

import pytest
from django.contrib.admin.models import ADDITION, LogEntry
from django.contrib.contenttypes.models import ContentType

from praeventionsketten.management.laden import grunddaten
from praeventionsketten.models import Job, Wortgruppe, Wortlieferung
from tests.factories import make_konto, make_wortgruppe
from tests.lib.korpus import analyse
from tests.welt.hilfe import lade

pytestmark = pytest.mark.django_db


def make_altbestand() -> None:
    """As an update finds a portal that loaded the first file before files were counted."""
    lade("grunddaten")
    Wortlieferung.objects.all().delete()


def make_spur() -> None:
    LogEntry.objects.create(
        user=make_konto(),
        content_type=ContentType.objects.get_for_model(Wortgruppe),
        action_flag=ADDITION,
    )


def test_a_file_is_loaded_once_and_what_was_edited_or_deleted_stays_so():
    lade("grunddaten")
    bearbeitet, geloescht = Wortgruppe.objects.filter(art="synonyme")[:2]
    Wortgruppe.objects.filter(pk=bearbeitet.pk).update(woerter="Kita, Zwergenburg")
    geloescht.delete()
    Job.objects.all().delete()
    vorher = list(Wortgruppe.objects.values_list())

    lade("grunddaten")

    assert list(Wortgruppe.objects.values_list()) == vorher
    assert not Job.objects.exists()


def test_a_new_file_comes_to_a_portal_whose_words_were_edited():
    lade("grunddaten")
    spaetere = Wortlieferung.objects.get(datei="suchwoerter_3.toml")
    Wortgruppe.objects.all().delete()
    eigene = make_wortgruppe("synonyme", "Kita, Zwergenburg")
    spaetere.delete()
    Job.objects.all().delete()

    lade("grunddaten")

    assert Wortgruppe.objects.filter(pk=eigene.pk).exists()
    assert Wortgruppe.objects.filter(woerter__startswith="акушерка, Hebamme").exists()
    assert not Wortgruppe.objects.filter(woerter__startswith="Hebamme, midwife").exists()
    assert Job.objects.filter(name="angebote_indizieren").exists()


def test_words_from_before_files_were_counted_are_completed_if_nobody_worked_on_them():
    make_altbestand()
    anzahl = Wortgruppe.objects.count()
    Wortgruppe.objects.filter(woerter__startswith="Hebamme, Geburtshelferin").delete()

    lade("grunddaten")

    assert Wortgruppe.objects.count() == anzahl


def test_words_from_before_files_were_counted_are_left_alone_if_somebody_worked_on_them():
    make_altbestand()
    make_spur()
    Wortgruppe.objects.filter(woerter__startswith="Hebamme, Geburtshelferin").delete()
    Wortgruppe.objects.filter(woerter__startswith="Hebamme, midwife").delete()

    lade("grunddaten")

    assert not Wortgruppe.objects.filter(
        woerter__startswith="Hebamme, Geburtshelferin"
    ).exists()
    assert Wortgruppe.objects.filter(woerter__startswith="Hebamme, midwife").exists()


@pytest.fixture
def ruecknahme(tmp_path, monkeypatch):
    """A later file that takes one group back and gives another in its place."""
    monkeypatch.setattr(grunddaten, "GRUNDDATEN", tmp_path)
    (tmp_path / "suchwoerter.toml").write_text(
        'begriffe = [["Brei", "Kochkurs"], ["Trage", "Tragetuch"]]'
    )

    def liefere():
        (tmp_path / "suchwoerter_2.toml").write_text(
            'begriffe = [["Brei", "Beikost"]]\n[zurueck]\nbegriffe = [["Brei", "Kochkurs"]]'
        )
        grunddaten.suchwoerter()

    return liefere


def gruppen() -> set[str]:
    return set(Wortgruppe.objects.values_list("woerter", flat=True))


def test_a_delivery_takes_back_what_led_astray(ruecknahme):
    grunddaten.suchwoerter()
    Job.objects.all().delete()

    ruecknahme()

    assert gruppen() == {"Brei, Beikost", "Trage, Tragetuch"}
    assert Job.objects.filter(name="angebote_indizieren").exists()


def test_a_group_somebody_edited_is_not_taken_back(ruecknahme):
    grunddaten.suchwoerter()
    Wortgruppe.objects.filter(woerter="Brei, Kochkurs").update(woerter="Brei, Babybrei")

    ruecknahme()

    assert gruppen() == {"Brei, Babybrei", "Brei, Beikost", "Trage, Tragetuch"}


def test_a_new_portal_never_gets_what_was_taken_back(ruecknahme):
    ruecknahme()

    assert gruppen() == {"Brei, Beikost", "Trage, Tragetuch"}
    assert ("Brei", "Kochkurs") not in Wortgruppe.objects.woerterbuch().begriffe


def test_the_files_and_the_database_make_the_same_dictionary():
    lade("grunddaten")

    assert Wortgruppe.objects.woerterbuch().version == analyse().woerterbuch.version
