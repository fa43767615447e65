"""What nobody has confirmed for long: lists leave it out, its address stays."""

import datetime as dt

import pytest
from dateutil.relativedelta import relativedelta
from django.utils import timezone

from angebote.models import Angebot, Suchzeile
from kommunen.kette import sichtbare_angebote
from tests.factories import make_angebot, make_bestaetigung, make_kommune, make_zielgruppe
from tests.indizieren import indiziert

pytestmark = pytest.mark.django_db


def make_altes(monate: int, tage: int = 0, **fields) -> Angebot:
    """Confirmed so many months and days ago, and published just as long ago."""
    angebot = make_angebot(**fields)
    tag = timezone.localdate() - relativedelta(months=monate) - dt.timedelta(days=tage)
    wann = timezone.make_aware(dt.datetime.combine(tag, dt.time(12)))
    Angebot.objects.filter(pk=angebot.pk).update(veroeffentlicht_am=wann)
    make_bestaetigung(angebot, wann=wann)
    return angebot


def liste(client, query: str = "") -> str:
    return client.get(f"/angebote/?{query}").content.decode()


def test_lists_leave_it_out_and_say_so(client):
    make_altes(12, titel="Vergessenes Café")
    make_altes(1, titel="Frisches Café")

    seite = liste(client)

    assert "Frisches Café" in seite
    assert "Vergessenes Café" not in seite
    assert "Ein weiteres Angebot wurde lange nicht bestätigt." in seite
    assert ">1 Angebot<" in seite


def test_who_asks_for_it_finds_it_with_its_word_of_warning(client):
    make_altes(12, titel="Vergessenes Café")

    seite = liste(client, "ungesichert=1")

    assert "Vergessenes Café" in seite
    assert "lange nicht bestätigt, zuletzt" in seite
    assert "noindex" in seite


def test_counts_are_exact_with_and_without_it(client):
    wer = make_zielgruppe("vaeter")
    make_altes(12, zielgruppen=[wer])
    make_altes(1, zielgruppen=[wer])

    ohne, mit = (
        liste(client, "zielgruppe=vaeter"),
        liste(client, "zielgruppe=vaeter&ungesichert=1"),
    )

    assert ">1 Angebot<" in ohne
    assert ">2 Angebote<" in mit


def test_its_page_stays_and_search_engines_are_sent_away(client):
    angebot = make_altes(13)

    antwort = client.get(angebot.get_absolute_url())

    assert antwort.status_code == 200
    assert "noindex" in antwort.content.decode()
    assert angebot.get_absolute_url() not in client.get("/sitemap.xml").content.decode()


def test_a_confirmation_brings_it_back(client):
    angebot = make_altes(12, titel="Vergessenes Café")

    angebot.bestaetigen("telefon")

    assert "Vergessenes Café" in liste(client)


def test_what_nobody_ever_confirmed_leaves_after_two_rhythms(client):
    angebot = make_angebot(titel="Nie bestätigt", rhythmus_monate=3)
    vor_jahren = timezone.now() - dt.timedelta(days=400)
    Angebot.objects.filter(pk=angebot.pk).update(veroeffentlicht_am=vor_jahren)
    indiziert(angebot)

    assert "Nie bestätigt" not in liste(client)
    assert "noch nicht bestätigt" in liste(client, "ungesichert=1")


@pytest.mark.parametrize("rhythmus", [3, 6, 12])
@pytest.mark.parametrize("tage", [-1, 0, 1])
def test_database_index_and_freshness_agree_on_the_day(rhythmus, tage, client):
    make_altes(2 * rhythmus, tage, rhythmus_monate=rhythmus, titel="An der Grenze")

    [angebot] = Angebot.objects.mit_bestaetigung()
    ungesichert = angebot.frische.stufe == "ungesichert"

    assert ungesichert is (tage >= 0)
    assert Angebot.objects.gesichert().exists() is not ungesichert
    assert ("An der Grenze" in liste(client)) is not ungesichert


@pytest.mark.parametrize(
    "tag", [dt.date(2027, 2, 28), dt.date(2028, 2, 29), dt.date(2027, 8, 31)]
)
def test_the_end_of_a_month_is_counted_as_in_python(tag):
    angebot = make_angebot(rhythmus_monate=6)
    for vor in range(175, 190):
        bestaetigt = tag - dt.timedelta(days=vor)
        mittags = timezone.make_aware(dt.datetime.combine(bestaetigt, dt.time(12)))
        Angebot.objects.filter(pk=angebot.pk).update(veroeffentlicht_am=mittags)

        abgelaufen = bestaetigt + relativedelta(months=6) <= tag

        assert Angebot.objects.mit_ablauf_bis(tag).exists() is abgelaufen, vor


def test_the_row_of_the_index_ends_where_the_entry_becomes_due():
    angebot = make_angebot()
    make_bestaetigung(angebot)

    faellig = Angebot.objects.mit_bestaetigung().get().faellig_am

    assert timezone.localdate(Suchzeile.objects.get().gilt_bis) == faellig


def test_the_numbers_on_the_map_are_those_of_the_list(client):
    kommune = make_kommune()
    make_altes(12, kommune=kommune)
    make_altes(1, kommune=kommune)

    assert sichtbare_angebote().filter(kommune=kommune).count() == 1
    assert "1 Angebot vor Ort" in liste(client, f"kommune={kommune.slug}")
