"""The page of an event, from save-the-date to report."""

import datetime as dt
import json
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.auth.models import Permission
from django.utils import timezone
from django.utils.html import escape

from tests.factories import (
    make_beitrag,
    make_bericht,
    make_fachtag,
    make_kommune,
    make_konto,
    make_landesprogramm,
    make_leitdimension,
    make_veranstaltung,
)
from tests.veranstaltungen.hilfen import anmelden, wahl
from veranstaltungen.models import Programmpunkt, Veranstaltung, Veranstaltungsdokument

pytestmark = pytest.mark.django_db

BOESE = "</script><b>&\"'"


@pytest.fixture(autouse=True)
def _programm():
    make_landesprogramm()


def seite(client, veranstaltung) -> str:
    response = client.get(veranstaltung.get_absolute_url())
    assert response.status_code == 200
    assert not response.cookies
    return response.text


def ausfuehrlicher_fachtag() -> Veranstaltung:
    kommune = make_kommune(name="Odenwaldkreis")
    fachtag = make_fachtag(
        untertitel="Was Kinder brauchen",
        motto="Übergänge gestalten",
        leitfragen="Wer fragt?\nWer antwortet?",
        beschreibung="Erster Absatz.\n\nZweiter Absatz.",
        zielgruppe="alle Fachkräfte",
        kosten_text="keine",
        barriere_info="Das Haus ist stufenlos.",
        ort_name="Tagungshaus",
        ort="Kassel",
        beginn=dt.datetime(2030, 3, 18, 9, tzinfo=timezone.get_current_timezone()),
        ende=dt.datetime(2030, 3, 18, 16, 30, tzinfo=timezone.get_current_timezone()),
    )
    fachtag.kommunen.add(kommune)
    Programmpunkt.objects.create(
        veranstaltung=fachtag, beginn=dt.time(9), ende=dt.time(9, 30), titel="Ankommen"
    )
    Veranstaltungsdokument.objects.create(
        veranstaltung=fachtag, titel="Tagesordnung", link="https://example.org/t.pdf"
    )
    return fachtag


def test_the_page_tells_all_there_is(client):
    fachtag = ausfuehrlicher_fachtag()

    html = seite(client, fachtag)

    for text in (
        fachtag.titel,
        "Was Kinder brauchen",
        "Montag, 18. März 2030, 9:00 bis 16:30 Uhr",
        "Tagungshaus, Kassel",
        "Übergänge gestalten",
        "<li>Wer antwortet?</li>",
        "<p>Zweiter Absatz.</p>",
        "alle Fachkräfte",
        "Das Haus ist stufenlos.",
        "9:00 Uhr",
        "Ankommen",
        "Tagesordnung",
        "Odenwaldkreis",
        f'href="/veranstaltungen/{fachtag.slug}/kalender.ics"',
    ):
        assert text in html


def test_the_matrix_shows_the_free_seats_of_every_forum_in_every_durchgang(client):
    fachtag = make_fachtag(foren=2, je_forum=2)
    fachtag.kontingente.filter(fachforum__nummer=2, durchgang__nummer=2).delete()
    for _ in range(2):
        anmelden(fachtag, wahl=wahl(fachtag, 1, None))

    html = seite(client, fachtag)

    zellen = re.findall(r'<td role="cell".*?</td>', html, re.S)
    assert ["Ausgebucht" in z for z in zellen] == [True, False, False, False]
    assert ["2 frei" in z for z in zellen] == [False, True, True, False]
    assert "findet hier nicht statt" in zellen[3]
    assert 'value="2"' in zellen[0]


def test_after_the_day_the_fora_stay_and_the_seats_go(client):
    fachtag = make_fachtag(in_tagen=-10, anmeldung_von=None, anmeldung_bis=None)

    html = seite(client, fachtag)

    assert "1 · Forum 1" in html
    assert "frei" not in html.split('id="foren"')[1].split("</section>")[0]


TAG = dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("felder", "text", "offen"),
    [
        ({}, "Noch 5 von 5 Plätzen frei", True),
        ({"anmeldung_von": TAG, "anmeldung_bis": 2 * TAG}, "Anmeldung ab ", False),
        (
            {"anmeldung_von": -2 * TAG, "anmeldung_bis": -TAG},
            "Anmeldung ist geschlossen",
            False,
        ),
        ({"status": "save_the_date"}, "Bitte vormerken", False),
        ({"status": "abgesagt"}, "Diese Veranstaltung ist abgesagt", False),
    ],
)
def test_the_box_says_how_registration_stands(client, felder, text, offen):
    treffen = make_veranstaltung(plaetze=5)
    for feld, wert in felder.items():
        setattr(
            treffen, feld, timezone.now() + wert if isinstance(wert, dt.timedelta) else wert
        )
    treffen.save()

    html = seite(client, treffen)

    assert text in html
    assert ('/anmelden/"' in html) is offen


def test_a_full_event_says_so_and_offers_its_waiting_list(client):
    treffen = make_veranstaltung(plaetze=1)
    anmelden(treffen)
    anmelden(treffen)

    html = seite(client, treffen)

    assert "Ausgebucht" in html
    assert "Alle 1 Plätze sind vergeben. Eine Person wartet schon." in html
    assert re.search(r'/anmelden/">\s*Auf die Warteliste', html)


def test_the_matrix_says_how_many_wait(client):
    fachtag = make_fachtag(je_forum=1)
    for _ in range(3):
        anmelden(fachtag, wahl=wahl(fachtag, 1, None))

    html = seite(client, fachtag)

    assert "von 1 Platz, 2 warten" in html


def test_event_and_report_lead_to_each_other(client):
    fachtag = make_veranstaltung(in_tagen=-30)
    bericht = make_bericht(veranstaltung=fachtag)
    beitrag = make_beitrag(bericht=bericht)

    assert bericht.get_absolute_url() in seite(client, fachtag)
    assert beitrag.kommune.name in seite(client, fachtag)
    assert fachtag.get_absolute_url() in client.get(bericht.get_absolute_url()).text


def test_neither_a_draft_report_nor_a_draft_kommune_leaks_into_the_page(client):
    fachtag = make_veranstaltung(in_tagen=-30)
    fachtag.kommunen.add(make_kommune(name="Geheimkreis", status="entwurf"))
    bericht = make_bericht(veranstaltung=fachtag, titel="Geheimbericht", status="entwurf")
    make_beitrag(bericht=bericht, kommune=make_kommune(name="Geheimstadt"))

    assert "Geheim" not in seite(client, fachtag)


def test_a_period_in_words_replaces_the_date_everywhere(client):
    treffen = make_veranstaltung(
        titel="Treffen",
        zeitraum_text="irgendwann im Herbst",
        beginn=dt.datetime(2031, 10, 9, 9, tzinfo=dt.UTC),
        ende=dt.datetime(2031, 10, 9, 12, tzinfo=dt.UTC),
    )

    html = seite(client, treffen) + client.get("/veranstaltungen/").text

    assert "irgendwann im Herbst" in html
    assert "2031" not in html
    assert "/treffen/kalender.ics" not in html


def test_weitersagen_is_a_mail_with_title_day_and_address(client):
    treffen = make_veranstaltung(titel="Rat & Tat: 100 % Austausch?")

    html = seite(client, treffen)

    mail = re.search(r'href="(mailto:\?[^"]+)"', html)[1].replace("&amp;", "&")
    felder = parse_qs(urlsplit(mail).query)
    assert felder["subject"] == [treffen.titel]
    assert f"https://portal.example.org/veranstaltungen/{treffen.slug}/" in felder["body"][0]


def test_linked_data_describes_the_event_and_cannot_break_out(client):
    fachtag = make_veranstaltung(
        titel=f"Fachtag {BOESE}", teaser=BOESE, ort_name="Haus", ort="Kassel", status="abgesagt"
    )

    html = seite(client, fachtag)

    block = re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.S)[1]
    daten = json.loads(block)
    assert daten["@type"] == "Event"
    assert daten["name"] == f"Fachtag {BOESE}"
    assert daten["eventStatus"].endswith("EventCancelled")
    assert daten["location"][0]["address"]["addressLocality"] == "Kassel"
    assert dt.datetime.fromisoformat(daten["startDate"]).tzinfo
    assert "<b>&" not in html


def test_what_people_typed_is_escaped_on_the_page(client):
    fachtag = make_fachtag(
        untertitel=BOESE, motto=BOESE, leitfragen=BOESE, zielgruppe=BOESE, barriere_info=BOESE
    )
    fachtag.fachforen.update(titel=BOESE, teaser=BOESE, leitung=BOESE)

    html = seite(client, fachtag)

    assert escape(BOESE) in html
    assert "<b>&" not in html


def test_the_page_costs_the_same_with_one_and_with_many_rows(
    client, django_assert_max_num_queries, django_assert_num_queries
):
    def fachtag(anzahl: int) -> Veranstaltung:
        fachtag = make_fachtag(foren=anzahl)
        for forum in fachtag.fachforen.all():
            forum.kommune = make_kommune()
            forum.leitdimension = make_leitdimension(f"d{anzahl}")
            forum.save()
            fachtag.kommunen.add(forum.kommune)
        bericht = make_bericht(veranstaltung=fachtag)
        for _ in range(anzahl):
            make_beitrag(bericht=bericht)
        return fachtag

    klein, gross = fachtag(1), fachtag(5)

    with django_assert_max_num_queries(8) as wenige:
        client.get(klein.get_absolute_url())
    with django_assert_num_queries(len(wenige)):
        client.get(gross.get_absolute_url())


def test_a_draft_is_for_staff_alone_and_says_that_it_is_one(client):
    entwurf = make_veranstaltung(status=Veranstaltung.Status.ENTWURF)
    konto = make_konto()
    konto.user_permissions.add(Permission.objects.get(codename="view_veranstaltung"))

    fremd = client.get(entwurf.get_absolute_url())
    client.force_login(konto)
    eigen = client.get(entwurf.get_absolute_url())

    assert fremd.status_code == 404
    assert eigen.status_code == 200
    assert "Vorschau." in eigen.text
    assert 'content="noindex"' in eigen.text


def test_an_old_slug_leads_to_the_event(client):
    fachtag = make_veranstaltung(slug="alt")
    fachtag.slug = "neu"
    fachtag.save()

    response = client.get("/veranstaltungen/alt/")

    assert (response.status_code, response.url) == (301, "/veranstaltungen/neu/")
