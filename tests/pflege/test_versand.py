"""Who is asked when: one mail per person with all that is due, and a call in the end."""

import datetime as dt

import pytest
from django.utils import timezone

from angebote.models import Angebot, Pflegelink, Telefonaufgabe
from angebote.pflege import versand
from praeventionsketten.models import Mail
from tests.factories import (
    make_kommune,
    make_landesprogramm,
    make_pflegekontakt,
    make_pflegelink,
)

from .hilfen import EMAIL, make_faelliges, vor_tagen

pytestmark = pytest.mark.django_db
ZWEITE = "vertretung@kita.example"


def gefragt(angebot: Angebot, *tage: int, email: str = EMAIL) -> None:
    """A mail about it went out so many days ago."""
    for vor in tage:
        link, _ = make_pflegelink(angebot, email=email)
        vor_tagen(link, vor)


def an_wen() -> list[str]:
    """To whom mails went just now, in their order."""
    Mail.objects.all().delete()
    versand.fragen()
    return list(Mail.objects.order_by("pk").values_list("an", flat=True))


def anrufe() -> list[str]:
    return list(Telefonaufgabe.objects.offen().values_list("grund", flat=True))


def test_two_weeks_before_it_runs_out_the_first_mail_goes():
    make_faelliges(tage=15)

    assert an_wen() == []

    make_faelliges(tage=14, email="heute@kita.example")

    assert an_wen() == ["heute@kita.example"]


def test_all_that_is_due_stands_in_one_mail():
    for tage in (10, 0, -20):
        make_faelliges(tage=tage)

    assert an_wen() == [EMAIL]
    assert Pflegelink.objects.get().positionen.count() == 3


def test_many_due_entries_are_not_cut_off():
    for _ in range(12):
        make_faelliges()

    an_wen()

    assert Pflegelink.objects.get().positionen.count() == 12


def test_what_is_due_soon_comes_along():
    make_faelliges(tage=10)
    make_faelliges(tage=30)
    make_faelliges(tage=100)

    an_wen()

    assert Pflegelink.objects.get().positionen.count() == 2


def test_nobody_gets_two_mails_within_two_weeks():
    angebot = make_faelliges(tage=5)
    gefragt(angebot, 13)
    make_faelliges(tage=1)

    assert an_wen() == []

    Pflegelink.objects.update(erstellt_am=timezone.now() - dt.timedelta(days=14, hours=1))

    assert an_wen() == [EMAIL]


def test_running_twice_asks_nobody_twice():
    make_faelliges()

    assert an_wen() == [EMAIL]
    assert an_wen() == []


def test_when_it_runs_out_the_second_mail_goes():
    angebot = make_faelliges(tage=0)
    gefragt(angebot, 14)

    assert an_wen() == [EMAIL]


def test_before_it_runs_out_one_mail_is_enough():
    angebot = make_faelliges(tage=3)
    gefragt(angebot, 20)

    assert an_wen() == []


def test_then_the_second_contact_is_asked():
    angebot = make_faelliges(tage=-7)
    make_pflegekontakt(angebot, ZWEITE, reihenfolge=2)
    gefragt(angebot, 21, 7)

    assert an_wen() == [ZWEITE]
    assert anrufe() == []


def test_then_somebody_calls():
    angebot = make_faelliges(tage=-14)
    make_pflegekontakt(angebot, ZWEITE, reihenfolge=2)
    gefragt(angebot, 28, 14)
    gefragt(angebot, 7, email=ZWEITE)

    assert an_wen() == []
    assert anrufe() == ["keine-antwort"]


def test_a_call_is_asked_for_once():
    angebot = make_faelliges(tage=-30)
    gefragt(angebot, 45, 20)

    for _mal in range(2):
        an_wen()

    assert anrufe() == ["keine-antwort"]


def test_an_entry_without_an_address_is_called_and_not_forgotten():
    make_faelliges(email="")

    an_wen()

    assert anrufe() == ["keine-adresse"]


def test_where_all_mails_come_back_somebody_calls_before_it_is_due():
    angebot = make_faelliges(tage=100)
    angebot.kontakte.update(unzustellbar_seit=timezone.now())

    an_wen()

    assert anrufe() == ["unzustellbar"]


def test_where_one_address_is_broken_the_other_is_asked():
    angebot = make_faelliges()
    angebot.kontakte.update(unzustellbar_seit=timezone.now())
    make_pflegekontakt(angebot, ZWEITE, reihenfolge=2)

    assert an_wen() == [ZWEITE]


def test_a_new_address_makes_the_call_needless():
    angebot = make_faelliges(email="")
    an_wen()
    make_pflegekontakt(angebot)

    assert an_wen() == [EMAIL]
    assert anrufe() == []


def test_after_six_mails_in_a_year_somebody_calls():
    angebot = make_faelliges(tage=0)
    gefragt(angebot, 20, 60, 100, 140, 180, 220)
    angebot.bestaetigen("telefon")
    frueher = timezone.now() - dt.timedelta(days=200)
    angebot.bestaetigungen.update(wann=frueher)

    assert an_wen() == []
    assert anrufe() == ["genug-mails"]


def test_a_confirmation_begins_anew():
    angebot = make_faelliges(tage=-40)
    gefragt(angebot, 50, 30)
    angebot.bestaetigen("telefon")

    assert an_wen() == []
    assert anrufe() == []


@pytest.mark.parametrize("status", ["entwurf", "beendet"])
def test_about_what_is_not_public_nobody_is_asked(status):
    angebot = make_faelliges()
    Angebot.objects.filter(pk=angebot.pk).update(status=status)

    assert an_wen() == []


def test_during_a_pause_nobody_is_asked_and_after_it_at_once():
    angebot = make_faelliges(tage=100)
    heute = timezone.localdate()
    pause = Angebot.objects.filter(pk=angebot.pk)
    pause.update(status="pausiert", pausiert_bis=heute)

    assert an_wen() == []

    pause.update(pausiert_bis=heute - dt.timedelta(days=1))

    assert an_wen() == [EMAIL]


def test_one_mail_tells_entries_of_several_kommunen_and_nothing_of_others():
    kassel, fulda = make_kommune(kurzname="Kassel"), make_kommune(kurzname="Fulda")
    make_faelliges(titel="Café in Kassel", kommune=kassel)
    make_faelliges(titel="Café in Fulda", kommune=fulda)
    make_faelliges(titel="Fremdes Café", kommune=fulda, email="fremd@kita.example")

    an_wen()

    text = Mail.objects.get(an=EMAIL).text
    assert "Café in Kassel (Kassel)" in text
    assert "Café in Fulda (Fulda)" in text
    assert "Fremdes Café" not in text


def test_only_the_first_mail_says_why_it_comes():
    angebot = make_faelliges(tage=0)
    warum = "Warum bekommen Sie diese E-Mail?"
    an_wen()
    assert warum in Mail.objects.get().text
    vor_tagen(Pflegelink.objects.get(), 15)

    an_wen()

    assert angebot.pflegepositionen.count() == 2
    assert warum not in Mail.objects.get().text


def test_the_text_with_the_link_is_gone_once_it_is_sent():
    make_landesprogramm()
    make_faelliges()
    versand.fragen()

    assert Mail.objects.get().vertraulich


def test_asking_costs_the_same_queries_for_one_and_for_many_that_wait(
    django_assert_max_num_queries,
):
    for nummer in range(10):
        angebot = make_faelliges(tage=3, email=f"team{nummer}@kita.example")
        gefragt(angebot, 5, email=f"team{nummer}@kita.example")

    with django_assert_max_num_queries(12):
        assert an_wen() == []
