import datetime as dt
import re

import pytest
from django.utils import timezone

from angebote.models import Angebot
from praeventionsketten.models import Status
from tests.factories import (
    make_angebot,
    make_beitrag,
    make_bericht,
    make_beteiligung,
    make_gremium,
    make_kachel,
    make_kennzahl,
    make_kommune,
    make_konto,
    make_koordination,
    make_landesprogramm,
    make_lebensphase,
    make_meilenstein,
    make_steckbriefdokument,
    make_teilraum,
    make_uebergang,
    make_veranstaltung,
)

pytestmark = pytest.mark.django_db
HEUTE = timezone.localdate()


@pytest.fixture(autouse=True)
def programm():
    return make_landesprogramm()


def text(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def make_full_kommune(**fields):
    """A Kommune with one row of everything its Steckbrief can show."""
    kommune = make_kommune(kachel=make_kachel(), **fields)
    teilraum = make_teilraum(kommune=kommune)
    make_koordination(kommune=kommune, teilraum=teilraum)
    make_gremium(kommune=kommune, teilraum=teilraum)
    make_meilenstein(kommune=kommune, teilraum=teilraum)
    make_beteiligung(kommune=kommune, teilraum=teilraum)
    make_kennzahl(kommune=kommune, teilraum=teilraum)
    make_steckbriefdokument(kommune=kommune)
    make_angebot(
        kommune=kommune,
        praxisbeispiel=True,
        lebensphasen=[make_lebensphase()],
        uebergaenge=[make_uebergang()],
    )
    make_veranstaltung().kommunen.add(kommune)
    make_beitrag(kommune=kommune)
    return kommune


# ---------------------------------------------------------------- the list


def test_the_list_costs_the_same_with_one_and_with_many(client, django_assert_max_num_queries):
    make_full_kommune()
    with django_assert_max_num_queries(8) as eine:
        client.get("/kommunen/")
    for _ in range(4):
        make_full_kommune()

    with django_assert_max_num_queries(len(eine)):
        antwort = client.get("/kommunen/")

    assert "Fünf Kommunen" in text(antwort)


def test_drafts_are_neither_in_the_list_nor_on_the_map(client):
    make_kommune(name="Landkreis Sichtbar", kachel=make_kachel())
    make_kommune(name="Landkreis Geheim", status=Status.ENTWURF, kachel=make_kachel())

    antwort = client.get("/kommunen/")

    assert "Landkreis Sichtbar" in text(antwort)
    assert "Geheim" not in text(antwort)
    assert antwort.content.decode().count("<polygon") == 2
    assert (
        antwort.content.decode().count('<a href="/kommunen/landkreis-sichtbar/" aria-label')
        == 1
    )


def test_the_list_can_be_narrowed_to_one_kind(client):
    make_kommune(name="Der Kreis")
    make_kommune(name="Die Stadt", art="kreisfreie-stadt")

    antwort = client.get("/kommunen/?art=kreisfreie-stadt")

    assert "Die Stadt" in text(antwort)
    assert "Der Kreis" not in text(antwort)


@pytest.mark.parametrize("art", ["dorf", "landkreis%00", "%F0%9F%8C%B3", "x" * 7000])
def test_an_unknown_kind_is_ignored_with_a_word(client, art):
    make_kommune(name="Der Kreis")

    antwort = client.get(f"/kommunen/?art={art}")

    if antwort.status_code == 200:
        assert "Der Kreis" in text(antwort)
        assert "kennen wir nicht" in text(antwort)
    else:
        assert "%00" in art
        assert antwort.status_code == 400


def test_who_has_left_is_listed_apart_and_not_counted(client):
    make_kommune(name="Der Treue")
    make_kommune(name="Der Ehemalige", programm_bis=dt.date(2025, 12, 31), kachel=make_kachel())

    antwort = client.get("/kommunen/")

    assert "Eine Kommune baut" in text(antwort)
    assert "War bis 31. Dezember 2025 im Programm." in text(antwort)
    assert 'aria-label="KS' not in antwort.content.decode(), "no tile links to it"


def test_only_visible_angebote_are_counted(client):
    kommune = make_kommune()
    make_angebot(kommune=kommune)
    make_angebot(kommune=kommune, status=Angebot.Status.ENTWURF)
    make_angebot(kommune=kommune, status=Angebot.Status.BEENDET)

    assert "1 Angebot aus" in text(client.get("/kommunen/"))


def test_the_list_is_sorted_by_name(client):
    for name in ("Werra", "Alsfeld", "Melsungen"):
        make_kommune(name=name)

    namen = re.findall(r"<h3><a[^>]*>(\w+)</a>", client.get("/kommunen/").content.decode())

    assert namen == ["Alsfeld", "Melsungen", "Werra"]


# ---------------------------------------------------------------- the Steckbrief


def test_a_steckbrief_costs_at_most_eight_queries(client, django_assert_max_num_queries):
    kommune = make_full_kommune()
    with django_assert_max_num_queries(8) as eine:
        client.get(kommune.get_absolute_url())
    for _ in range(3):
        make_gremium(kommune=kommune)
        make_meilenstein(kommune=kommune)
        make_beitrag(kommune=kommune)
        make_angebot(kommune=kommune, praxisbeispiel=True, lebensphasen=[make_lebensphase()])
        make_veranstaltung().kommunen.add(kommune)

    with django_assert_max_num_queries(len(eine)):
        client.get(kommune.get_absolute_url())


def test_a_steckbrief_shows_all_its_parts(client):
    kommune = make_full_kommune(
        teaser="Zwei Ämter.", ziele="Ankommen.", schwerpunkte="Eltern\nVereine"
    )

    antwort = text(client.get(kommune.get_absolute_url()))

    for teil in (
        *("Zwei Ämter.", "Ankommen.", "Eltern", "Jugendamt", "Steuerungsgruppe", "Auftakt"),
        *("Befragung", "1.653", "Leitfaden", "Elterncafé", "Jahresfachtag", "Ein Beispiel."),
    ):
        assert teil in antwort


def test_a_steckbrief_does_not_leak_what_is_not_public(client):
    kommune = make_kommune()
    make_angebot(kommune=kommune, praxisbeispiel=True, titel="Geheim", status="entwurf")
    make_veranstaltung(titel="Geheim", status="entwurf").kommunen.add(kommune)
    make_beitrag(kommune=kommune, titel="Geheim", bericht=make_bericht(status="entwurf"))
    morgen = make_bericht(veroeffentlicht_am=HEUTE + dt.timedelta(days=1))
    make_beitrag(kommune=kommune, titel="Geheim", bericht=morgen)
    make_gremium(name="Geheim")

    antwort = client.get(kommune.get_absolute_url())

    assert antwort.status_code == 200
    assert "Geheim" not in text(antwort)


def test_a_vacant_post_says_so_and_names_nobody(client):
    stelle = make_koordination(name="Kim Beispiel", name_einwilligung=True, vakant=True)

    antwort = text(client.get(stelle.kommune.get_absolute_url()))

    assert "zurzeit nicht besetzt" in antwort
    assert "Kim Beispiel" not in antwort


def test_a_name_appears_with_consent(client):
    stelle = make_koordination(name="Kim Beispiel", name_einwilligung=True)

    assert "Kim Beispiel" in text(client.get(stelle.kommune.get_absolute_url()))


@pytest.mark.parametrize(
    ("stand", "genauigkeit", "worte"),
    [
        (dt.date(2023, 12, 31), "tag", "Stand: 31. Dezember 2023"),
        (dt.date(2023, 12, 31), "jahr", "Stand: 2023"),
        (None, "tag", "Stand nicht angegeben"),
    ],
)
def test_a_figure_says_how_old_it_is(client, stand, genauigkeit, worte):
    zahl = make_kennzahl(stand=stand, stand_genauigkeit=genauigkeit)

    assert worte in text(client.get(zahl.kommune.get_absolute_url()))


def test_an_ended_participation_says_so(client):
    kommune = make_kommune(programm_bis=dt.date(2025, 12, 31))

    assert "Nicht mehr im Programm." in text(client.get(kommune.get_absolute_url()))


def test_a_gap_in_the_kette_is_named(client):
    kommune = make_kommune()
    make_uebergang("in-die-grundschule", name="von der Kita in die Grundschule")
    make_angebot(kommune=kommune)

    antwort = text(client.get(kommune.get_absolute_url()))

    assert "Hier fehlt noch etwas: Für einen Übergang" in antwort
    assert "von der Kita in die Grundschule" in antwort


def test_what_people_write_is_escaped(client):
    kommune = make_kommune(ziele="<script>alert(1)</script>", teaser='"><b>fett</b>')

    html = client.get(kommune.get_absolute_url()).content.decode()

    assert "<script>alert" not in html
    assert "<b>fett" not in html


# ---------------------------------------------------------------- drafts


def test_a_draft_is_not_public(client):
    kommune = make_kommune(status=Status.ENTWURF)

    assert client.get(kommune.get_absolute_url()).status_code == 404


def test_staff_without_the_right_to_see_it_gets_no_preview(client):
    kommune = make_kommune(status=Status.ENTWURF)
    client.force_login(make_konto(is_staff=True))

    assert client.get(kommune.get_absolute_url()).status_code == 404


def test_staff_sees_a_draft_as_a_preview_that_no_search_engine_keeps(client):
    kommune = make_kommune(status=Status.ENTWURF)
    client.force_login(make_konto(is_superuser=True))

    antwort = client.get(kommune.get_absolute_url())

    assert "Vorschau." in text(antwort)
    assert 'content="noindex"' in antwort.content.decode()
    assert "Cookie" in antwort["Vary"]


@pytest.mark.parametrize("adresse", ["/kommunen/", "/kommunen/kreis/"])
def test_public_pages_know_no_cookie_and_no_session(client, adresse):
    make_kommune(name="Kreis")

    antwort = client.get(adresse)

    assert antwort.status_code == 200
    assert not antwort.cookies
    assert "Cookie" not in antwort.headers.get("Vary", "")


@pytest.mark.parametrize(
    "adresse", ["/kommunen/nirgends/", "/kommunen/kreis/x/", "/kommunen/%00/"]
)
def test_what_does_not_exist_is_a_page_in_plain_german(client, adresse):
    antwort = client.get(adresse)

    assert antwort.status_code in (400, 404)
    assert "<h1>" in antwort.content.decode()
