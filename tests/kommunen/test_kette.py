import pytest
from django.http import QueryDict
from django.urls import path

from angebote.models import Angebot
from kommunen.kette import kettchen, kettchen_von, kette
from kommunen.models import Uebergang
from tests.factories import make_angebot, make_kommune, make_lebensphase, make_uebergang

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]
urlpatterns = [path("angebote/", lambda request: None, name="angebot_liste")]


@pytest.fixture
def vokabular():
    """Three Lebensphasen and the two Übergänge between them."""
    kita, schule, beruf = (
        make_lebensphase(code, kurz=code.title(), reihenfolge=rang)
        for rang, code in enumerate(["kita", "schule", "beruf"], start=1)
    )
    make_uebergang("in-die-schule", von=kita, nach=schule, reihenfolge=1, kurz="in die Schule")
    make_uebergang("in-den-beruf", von=schule, nach=beruf, reihenfolge=2, kurz="in den Beruf")


def test_the_kette_follows_life_with_each_uebergang_after_its_phase(vokabular):
    glieder = kette(Angebot.objects.all())

    assert [glied.code for glied in glieder] == [
        "kita",
        "in-die-schule",
        "schule",
        "in-den-beruf",
        "beruf",
    ]


def test_the_kette_counts_only_the_given_angebote(vokabular):
    hier, dort = make_kommune(), make_kommune()
    kita, uebergang = make_lebensphase("kita"), Uebergang.objects.get(code="in-die-schule")
    make_angebot(kommune=hier, lebensphasen=[kita], uebergaenge=[uebergang])
    make_angebot(kommune=hier, lebensphasen=[kita, make_lebensphase("schule")])
    make_angebot(kommune=hier, lebensphasen=[kita], status=Angebot.Status.ENTWURF)
    make_angebot(kommune=dort, lebensphasen=[kita], uebergaenge=[uebergang])

    glieder = kette(hier.angebote.sichtbar())

    assert [glied.anzahl for glied in glieder] == [2, 1, 1, 0, 0]


def test_the_kette_costs_one_query_with_one_and_with_many_angebote(
    vokabular, django_assert_num_queries
):
    for _ in range(5):
        make_angebot(lebensphasen=[make_lebensphase("kita")])

    with django_assert_num_queries(1):
        kette(Angebot.objects.sichtbar().mit_bestaetigung())


def test_links_of_the_kette_keep_the_other_parameters(vokabular):
    anfrage = QueryDict("kommune=a&kommune=b&q=caf%C3%A9+%26&phase=beruf&seite=3")

    erstes = kette(Angebot.objects.all(), parameter=anfrage, phasen=["kita"])[0]

    assert erstes.url == "/angebote/?kommune=a&kommune=b&q=caf%C3%A9+%26&phase=kita"
    assert erstes.aktuell


def test_a_phase_and_an_uebergang_of_the_same_code_are_not_both_current(vokabular):
    make_uebergang("beruf", von=make_lebensphase("kita"), nach=make_lebensphase("beruf"))

    glieder = kette(Angebot.objects.all(), phasen={"beruf"})

    assert [g.art for g in glieder if g.aktuell] == ["phase"]


@pytest.mark.parametrize(
    ("phasen", "uebergaenge", "worte"),
    [
        ([], [], ""),
        (["kita"], [], "Kita"),
        (["kita", "beruf"], [], "Kita und Beruf"),
        (["kita", "schule"], ["in-die-schule"], "Kita und Schule, Übergang in die Schule"),
        (["kita", "schule", "beruf"], [], "alle Lebensphasen"),
        ([], ["in-die-schule", "in-den-beruf"], "Übergänge in die Schule und in den Beruf"),
    ],
)
def test_the_kettchen_says_in_words_what_it_draws(vokabular, phasen, uebergaenge, worte):
    glieder = kette(Angebot.objects.all())

    assert kettchen(glieder, phasen, uebergaenge).worte == worte


def test_the_kettchen_names_a_long_run_by_its_ends(vokabular):
    make_lebensphase("alter", kurz="Alter", reihenfolge=9)
    glieder = kette(Angebot.objects.all())

    assert kettchen(glieder, ["kita", "schule", "beruf"], []).worte == "Kita bis Beruf"


def test_the_kettchen_draws_one_circle_per_phase_and_one_line_per_uebergang(vokabular):
    angebot = make_angebot(
        lebensphasen=[make_lebensphase("schule")],
        uebergaenge=[Uebergang.objects.get(code="in-den-beruf")],
    )

    klein = kettchen_von(kette(Angebot.objects.all()), angebot)

    assert klein.kreise == [(9, False), (34, True), (59, False)]
    assert klein.striche == [(16, 27, False), (41, 52, True)]
    assert klein.breite == 68
