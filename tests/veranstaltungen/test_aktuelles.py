"""Aktuelles: the list, a report, the feed."""

import datetime as dt
from xml.etree import ElementTree

import pytest
from django.contrib.auth.models import Permission
from django.utils import timezone

from tests.factories import (
    make_beitrag,
    make_bericht,
    make_kommune,
    make_konto,
    make_landesprogramm,
    make_veranstaltung,
)

pytestmark = pytest.mark.django_db

ATOM = {"a": "http://www.w3.org/2005/Atom"}
MORGEN = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def _programm():
    make_landesprogramm()


def seite(client, bericht) -> str:
    response = client.get(bericht.get_absolute_url())
    assert response.status_code == 200
    assert not response.cookies
    return response.text


def test_the_list_has_the_newest_first_with_kind_day_and_teaser(client):
    alt = make_bericht(veroeffentlicht_am=dt.date(2024, 5, 3), teaser="Damals.")
    neu = make_bericht(
        veroeffentlicht_am=dt.date(2025, 5, 3), veranstaltung=make_veranstaltung()
    )

    html = client.get("/aktuelles/").text

    assert html.index(neu.titel) < html.index(alt.titel)
    for text in ("Bericht", "Meldung", "3.\xa0Mai 2025", "Damals."):
        assert text in html


def test_neither_drafts_nor_tomorrows_reports_are_out(client):
    da = make_bericht()
    entwurf = make_bericht(titel="Geheimer Entwurf", status="entwurf")
    morgen = make_bericht(
        titel="Geheimer Plan", veroeffentlicht_am=timezone.localdate() + MORGEN
    )

    liste, feed = client.get("/aktuelles/").text, client.get("/aktuelles/feed/").text

    assert da.titel in liste
    assert da.titel in feed
    assert "Geheim" not in liste + feed
    for bericht in (entwurf, morgen):
        assert client.get(bericht.get_absolute_url()).status_code == 404


def test_the_list_has_pages(client):
    for _ in range(21):
        make_bericht()

    assert client.get("/aktuelles/?seite=2").text.count('class="treffer"') == 1
    assert client.get("/aktuelles/?seite=3").status_code == 404
    assert client.get("/aktuelles/?seite=x").status_code == 404


def test_an_empty_list_says_so(client):
    assert "Noch ist nichts erschienen." in client.get("/aktuelles/").text


def test_a_report_tells_where_it_comes_from_and_what_comes_next(client):
    fachtag = make_veranstaltung(
        beginn=dt.datetime(2025, 11, 5, 9, tzinfo=dt.UTC),
        ende=dt.datetime(2025, 11, 5, 16, tzinfo=dt.UTC),
    )
    naechster = make_veranstaltung(titel="Das nächste Treffen")
    bericht = make_bericht(
        veranstaltung=fachtag,
        naechster_termin=naechster,
        veroeffentlicht_am=dt.date(2025, 11, 20),
        text="<h2>Was war</h2><p>Viel.</p>",
        ebene_strategisch="Beschluss gefasst\nStelle gesichert",
        ebene_zielgruppe="Mehr Angebote",
    )

    html = seite(client, bericht)

    for text in (
        "Bericht zur Veranstaltung vom 5.\xa0November 2025, veröffentlicht am 20.\xa0November 2025",
        "<h2>Was war</h2>",
        "<h3>Strategische Ebene</h3>",
        "<p>Stelle gesichert</p>",
        "Das nächste Treffen",
        naechster.get_absolute_url(),
        fachtag.get_absolute_url(),
        "mailto:programm@example.org",
    ):
        assert text in html
    assert "Akteurinnen und Akteure" not in html


def test_contributions_link_to_the_steckbrief_if_there_is_one(client):
    bericht = make_bericht()
    offen = make_beitrag(bericht=bericht, titel="Rat ohne Termin")
    verdeckt = make_kommune(status="entwurf")
    make_beitrag(bericht=bericht, kommune=verdeckt, titel="Noch geheim")

    html = seite(client, bericht)

    assert f'href="{offen.kommune.get_absolute_url()}"' in html
    assert verdeckt.name in html
    assert verdeckt.get_absolute_url() not in html


def test_a_draft_event_is_not_named_by_its_report(client):
    geheim = make_veranstaltung(titel="Geheimes Treffen", status="entwurf")
    bericht = make_bericht(naechster_termin=geheim)

    assert "Geheimes" not in seite(client, bericht)


def test_text_is_clean_html_and_everything_else_is_escaped(client):
    bericht = make_bericht(
        titel="A <b>& B",
        teaser="<script>x</script>",
        text='<p onclick="x">Gut</p><script>y</script>',
    )
    make_beitrag(bericht=bericht, titel="<i>T</i>", text="<i>kursiv</i>")

    html = seite(client, bericht)

    assert "<p>Gut</p>" in html
    for verboten in ("onclick", "<script>x", "<script>y", "<i>", "<b>&"):
        assert verboten not in html


def test_a_draft_is_for_staff_alone(client):
    entwurf = make_bericht(status="entwurf")
    konto = make_konto()
    konto.user_permissions.add(Permission.objects.get(codename="view_bericht"))

    fremd = client.get(entwurf.get_absolute_url())
    client.force_login(konto)
    eigen = client.get(entwurf.get_absolute_url())

    assert fremd.status_code == 404
    assert "Vorschau." in eigen.text
    assert 'content="noindex"' in eigen.text


def test_pages_cost_the_same_with_one_and_with_many_rows(
    client, django_assert_max_num_queries, django_assert_num_queries
):
    def bericht(beitraege: int):
        bericht = make_bericht(
            veranstaltung=make_veranstaltung(), naechster_termin=make_veranstaltung()
        )
        for _ in range(beitraege):
            make_beitrag(bericht=bericht)
        return bericht

    klein = bericht(1)
    with django_assert_max_num_queries(8) as eine_liste:
        client.get("/aktuelles/")
    with django_assert_max_num_queries(8) as eine_seite:
        client.get(klein.get_absolute_url())
    gross = bericht(4)
    for _ in range(4):
        bericht(4)

    with django_assert_num_queries(len(eine_liste)):
        client.get("/aktuelles/")
    with django_assert_num_queries(len(eine_seite)):
        client.get(gross.get_absolute_url())


# ------------------------------------------------------------------ the feed


def test_the_feed_is_atom_with_absolute_addresses_whatever_host_was_asked(client):
    bericht = make_bericht(titel="Rat & Tat <b>", teaser="Ein <b> Teaser")

    response = client.get("/aktuelles/feed/", headers={"host": "localhost"})

    feed = ElementTree.fromstring(response.content)  # noqa: S314
    assert response["Content-Type"].startswith("application/atom+xml")
    assert not response.cookies
    assert b"localhost" not in response.content
    basis = "https://portal.example.org"
    adressen = {link.get("rel"): link.get("href") for link in feed.findall("a:link", ATOM)}
    assert adressen == {
        "alternate": f"{basis}/aktuelles/",
        "self": f"{basis}/aktuelles/feed/",
    }
    assert feed.find("a:author/a:name", ATOM).text == "Träger e. V."
    for pflicht in ("a:id", "a:title", "a:updated"):
        assert feed.find(pflicht, ATOM).text
    [eintrag] = feed.findall("a:entry", ATOM)
    assert eintrag.find("a:title", ATOM).text == "Rat & Tat <b>"
    assert eintrag.find("a:link", ATOM).get("href") == basis + bericht.get_absolute_url()
    assert eintrag.find("a:summary", ATOM).text == "Ein &lt;b&gt; Teaser"
    for pflicht in ("a:id", "a:updated", "a:published"):
        assert eintrag.find(pflicht, ATOM).text


def test_an_empty_feed_is_valid(client):
    feed = ElementTree.fromstring(client.get("/aktuelles/feed/").content)  # noqa: S314

    assert feed.findall("a:entry", ATOM) == []
