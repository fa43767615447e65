"""The page of one Angebot: plain facts, how true they are, and what never shows."""

import datetime as dt
import json
import re
from html import unescape

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.utils import timezone

from praeventionsketten import rollen
from tests.factories import (
    make_angebot,
    make_angebotsformat,
    make_bestaetigung,
    make_einrichtung,
    make_handlungsfeld,
    make_kommune,
    make_kontakt,
    make_konto,
    make_landesprogramm,
    make_lebensphase,
    make_ort,
    make_sprache,
    make_termin,
    make_uebergang,
    make_zeitfenster,
    make_zielgruppe,
    make_zustaendigkeit,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _programm():
    make_landesprogramm()
    # Asks SQLite once per connection whether it knows JSON; not the page's query.
    assert connection.features.supports_json_field


def html(client, angebot) -> str:
    response = client.get(f"/angebote/{angebot.slug}/")

    assert response.status_code == 200
    return unescape(response.content.decode())


def text(client, angebot) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html(client, angebot)).split())


def volles_angebot(n: int = 1):
    kommune = make_kommune()
    angebot = make_angebot(
        kommune=kommune,
        beschreibung="Erster Absatz.\n\nZweiter Absatz.",
        einfache_sprache="Kurz.",
        lebensphasen=[make_lebensphase("kita"), make_lebensphase("grundschule")],
        uebergaenge=[make_uebergang()],
        handlungsfelder=[make_handlungsfeld()],
        zielgruppen=[make_zielgruppe()],
        sprachen=[make_sprache("de"), make_sprache("tr")],
        formate=[make_angebotsformat()],
        partner=[make_einrichtung() for _ in range(n)],
        danach=[make_angebot(kommune=kommune) for _ in range(n)],
        praxisbeispiel=True,
        geschichte="So begann es.",
    )
    make_angebot(danach=[angebot])
    for _ in range(n):
        make_kontakt(angebot)
        make_zeitfenster(angebot, ort=make_ort())
        make_bestaetigung(angebot)
        ersatz = make_termin(angebot, ort=make_ort(), in_tagen=8)
        make_termin(angebot, ort=make_ort(), abgesagt=True, ersetzt_durch=ersatz)
    angebot.orte.set([make_ort() for _ in range(n)])
    return angebot


def test_a_page_costs_the_same_with_one_and_with_many_of_everything(
    client, django_assert_max_num_queries, django_assert_num_queries
):
    eins, viele = volles_angebot(1), volles_angebot(5)
    with django_assert_max_num_queries(4) as abfragen:
        html(client, eins)

    with django_assert_num_queries(len(abfragen)):
        html(client, viele)


def test_the_plain_facts_are_there(client):
    angebot = make_angebot(
        zielgruppen=[make_zielgruppe("eltern", name="Eltern")],
        alter_von=36,
        alter_bis=72,
        kosten="betrag",
        kosten_text="2 Euro je Termin",
        zugang="anmeldung",
        zugang_text="Per Telefon.",
        unterlagen="Impfpass",
        name_noetig=False,
        kinderbetreuung=True,
        sprachmittlung=True,
        einzugsgebiet="Stadtteil Nordstadt",
        sprachen=[make_sprache("tr", name="Türkisch", eigenname="Türkçe")],
        einrichtung=make_einrichtung(name="Familienzentrum Nord"),
    )
    make_zeitfenster(angebot, ort=make_ort(name="Saal", strasse="Weg 1", stufenlos="ja"))
    make_kontakt(angebot, telefon="0561 000-1", email="team@example.org")

    seite = text(client, angebot)

    for fakt in (
        "Für wen Eltern Alter der Kinder: 3 bis 6 Jahre Stadtteil Nordstadt",
        "Kosten 2 Euro je Termin",
        "jeden Dienstag, 9:30 bis 11:00 Uhr Saal Weg 1, 34117 Kassel",
        "Anmeldung nötig Per Telefon.",
        "Türkçe (Türkisch) Sprachmittlung auf Anfrage",
        "stufenlos: ja barrierefreies WC: nicht bekannt",
        "Sie müssen Ihren Namen nicht nennen.",
        "Es gibt eine Kinderbetreuung.",
        "Bringen Sie mit, wenn Sie es haben: Impfpass.",
        "Anrufen: 0561 000-1",
        "Familienzentrum Nord",
    ):
        assert fakt in seite
    assert 'href="tel:+495610001"' in html(client, angebot)
    assert 'href="mailto:team@example.org"' in html(client, angebot)


def test_what_is_not_known_is_said(client):
    seite = text(client, make_angebot())

    for frage in ("Kosten", "Barrierefreiheit"):
        assert f"{frage} nicht bekannt, bitte fragen Sie nach" in seite
    assert "Sprachen nicht bekannt" in seite
    assert "Ob Sie Ihren Namen nennen müssen, wissen wir nicht." in seite
    assert "Noch nicht bestätigt" in seite


def test_a_draft_is_for_nobody_outside(client):
    assert client.get(f"/angebote/{make_angebot(status='entwurf').slug}/").status_code == 404


def test_a_draft_is_a_preview_for_those_who_keep_it(client):
    entwurf = make_angebot(status="entwurf", titel="Bald")
    client.force_login(make_konto(is_superuser=True))

    seite = html(client, entwurf)

    assert "Vorschau." in seite
    assert '<meta name="robots" content="noindex">' in seite


def test_a_coordinator_has_no_preview_of_a_strangers_draft(client):
    rollen.einrichten()
    eigene, fremde = make_kommune(), make_kommune()
    konto = make_konto(is_staff=True)
    konto.groups.add(Group.objects.get(name=rollen.KOORDINATION))
    make_zustaendigkeit(konto=konto, kommune=eigene)
    client.force_login(konto)

    eigener = make_angebot(status="entwurf", kommune=eigene)
    fremder = make_angebot(status="entwurf", kommune=fremde)

    assert client.get(eigener.get_absolute_url()).status_code == 200
    assert client.get(fremder.get_absolute_url()).status_code == 404


def test_an_ended_angebot_keeps_its_page_without_a_way_to_a_closed_door(client):
    angebot = volles_angebot()
    angebot.status = "beendet"
    angebot.save()

    seite = html(client, angebot)

    assert "Dieses Angebot gibt es nicht mehr." in seite
    assert '<meta name="robots" content="noindex">' in seite
    assert f"/angebote/?kommune={angebot.kommune.slug}" in seite
    assert "Anrufen" not in seite
    assert "Nächste Termine" not in seite
    assert 'content="noindex"' not in html(client, volles_angebot())


def test_a_pause_is_announced(client):
    bald = timezone.localdate() + dt.timedelta(days=40)

    pausiert = text(client, make_angebot(status="pausiert", pausiert_bis=bald))
    vorbei = text(client, make_angebot(status="pausiert", pausiert_bis=dt.date(2024, 5, 3)))

    assert "Das Angebot macht Pause bis " in pausiert
    assert "Sie sollte am 3. Mai 2024 enden; bitte fragen Sie nach." in vorbei


def test_a_notice_ends_by_itself(client):
    heute = timezone.localdate()
    gilt = make_angebot(hinweis="Raum 7 statt 3", hinweis_bis=heute)
    alt = make_angebot(hinweis="Raum 9", hinweis_bis=heute - dt.timedelta(days=1))

    assert "Aktuell: Raum 7 statt 3" in text(client, gilt)
    assert "Raum 9" not in text(client, alt)


def test_coming_dates_are_told_and_cancelled_ones_struck_through(client):
    sontra = make_ort(name="Rathaus Sontra")
    angebot = make_angebot(zeiten="einzeltermine")
    make_termin(angebot, ort=make_ort(name="Gestern"), in_tagen=-1)
    ersatz = make_termin(angebot, ort=sontra, in_tagen=14)
    make_termin(angebot, ort=sontra, in_tagen=7, abgesagt=True, ersetzt_durch=ersatz)
    make_termin(angebot, ort=make_ort(name="Park"), in_tagen=21, abgesagt=True)

    seite = html(client, angebot)

    assert "Gestern" not in seite
    assert seite.count("termin--aus") == 2
    assert seite.count("Fällt aus.") == 2
    tag = timezone.localdate(ersatz.beginn).day
    assert re.search(rf"Fällt aus\. Ersatz: {tag}\.\s\w+ \d{{4}}, gleicher Ort", seite)


def test_the_next_date_is_among_the_first_facts(client):
    angebot = make_angebot(zeiten="einzeltermine")
    make_termin(angebot, ort=make_ort(name="Park"), in_tagen=3, abgesagt=True)
    beginn = timezone.localtime().replace(hour=10) + dt.timedelta(days=9)
    ende = beginn + dt.timedelta(hours=2)
    make_termin(angebot, ort=make_ort(name="Rathaus"), beginn=beginn, ende=ende)

    seite = text(client, angebot)

    assert re.search(r"nächster Termin: \w+, .{10,60} Uhr, Rathaus", seite)


def test_times_that_ran_out_are_gone(client):
    angebot = make_angebot()
    make_zeitfenster(angebot, gueltig_bis=timezone.localdate() - dt.timedelta(days=1))

    seite = text(client, angebot)

    assert "jeden Dienstag" not in seite
    assert "Die nächsten Termine stehen noch nicht fest." in seite


def test_a_hidden_address_shows_neither_street_nor_name(client):
    fields = {"name": "Haus Lindenweg", "strasse": "Lindenweg 3", "ort": "Kassel"}
    geheim = make_ort(**fields, adresse_verborgen=True, lat=51.31, lon=9.48)
    offen = make_ort(**fields)
    verborgen, sichtbar = make_angebot(orte=[geheim]), make_angebot(orte=[offen])
    for angebot, ort in ((verborgen, geheim), (sichtbar, offen)):
        make_termin(angebot, ort=ort)
        make_zeitfenster(angebot, ort=ort)

    seite = html(client, verborgen)

    assert "Lindenweg" not in seite
    assert "51.3" not in seite
    assert "34117 Kassel" in seite
    assert "Die genaue Anschrift erfahren Sie auf Anfrage." in seite
    assert "Lindenweg 3" in html(client, sichtbar)


def test_the_maintenance_contact_is_never_public(client):
    angebot = make_angebot()
    geheim = {"funktion": "Leitung Geheim", "name": "Kim Geheim", "email": "geheim@example.org"}
    make_kontakt(angebot, art="pflege", telefon="0561 999", **geheim)
    make_kontakt(angebot, funktion="Team", telefon="0561 111")

    seite = html(client, angebot)

    assert "0561 111" in seite
    assert "0561 999" not in seite
    assert "geheim" not in seite.lower()

    angebot.kontakte.update(art="oeffentlich")

    assert "Kim Geheim" in html(client, angebot)


def test_the_chain_names_only_public_neighbours(client):
    danach = make_angebot(titel="Danach", lebensphasen=[make_lebensphase("kita", kurz="Kita")])
    entwurf = make_angebot(titel="Geheimer Entwurf", status="entwurf")
    beendet = make_angebot(titel="Beendetes", status="beendet")
    angebot = make_angebot(danach=[danach, entwurf, beendet])
    make_angebot(titel="Davor", danach=[angebot])
    make_angebot(titel="Unbeteiligt")

    seite = text(client, angebot)

    assert re.search(r"danach: Kita Danach", seite)
    assert re.search(r"davor: .*Davor", seite)
    for fremd in ("Geheimer Entwurf", "Beendetes", "Unbeteiligt"):
        assert fremd not in seite


def test_only_a_published_steckbrief_is_linked(client):
    oeffentlich = make_kommune(slug="kassel")
    entwurf = make_kommune(slug="entwurf", status="entwurf")

    assert 'href="/kommunen/kassel/"' in html(client, make_angebot(kommune=oeffentlich))
    assert "/kommunen/entwurf/" not in html(client, make_angebot(kommune=entwurf))


def test_the_page_says_when_and_how_it_was_confirmed(client):
    angebot = make_angebot()
    make_bestaetigung(angebot, wann=timezone.now(), wie="anbieter-link")
    alt = make_angebot()
    make_bestaetigung(alt, wann=dt.datetime(2024, 5, 3, 12, tzinfo=dt.UTC), wie="telefon")

    frisch, ungesichert = text(client, angebot), text(client, alt)

    assert "vom Anbieter selbst" in frisch
    assert "können veraltet sein" not in frisch
    assert "Zuletzt bestätigt am 3. Mai 2024 am Telefon" in ungesichert
    assert "Die Angaben können veraltet sein." in ungesichert


def test_search_engines_read_the_facts_as_linked_data(client):
    angebot = make_angebot(titel="</script>Café", kosten="kostenlos", kommune=make_kommune())

    roh = client.get(angebot.get_absolute_url()).content.decode()
    daten = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', roh)[1])

    assert daten["name"] == "</script>Café"
    assert daten["url"] == f"https://portal.example.org/angebote/{angebot.slug}/"
    assert daten["offers"]["price"] == 0
    assert daten["areaServed"] == angebot.kommune.name


def test_texts_are_text_and_never_markup(client):
    boese = "<script>alert(1)</script>"
    angebot = make_angebot(
        titel=f"T{boese}",
        kurzbeschreibung=boese,
        beschreibung=boese,
        einfache_sprache=boese,
        geschichte=boese,
        unterlagen=boese,
        zugang_text=boese,
        kosten_text=boese,
    )
    make_kontakt(angebot, funktion=boese, erreichbar=boese)

    roh = client.get(f"/angebote/{angebot.slug}/").content.decode()

    assert "<script>alert" not in roh
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in roh


def test_an_old_address_leads_to_the_new_one(client):
    angebot = make_angebot(slug="alter-name")
    angebot.slug = "neuer-name"
    angebot.save()

    response = client.get("/angebote/alter-name/")

    assert response.status_code == 301
    assert response["Location"] == "/angebote/neuer-name/"


@pytest.mark.parametrize("slug", ["gibt-es-nicht", "x" * 300, "10^30"])
def test_an_unknown_address_is_a_friendly_404(client, slug):
    assert client.get(f"/angebote/{slug}/").status_code == 404
