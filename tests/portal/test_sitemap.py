import pytest
from django.utils import timezone

from tests.factories import (
    make_angebot,
    make_bericht,
    make_kommune,
    make_landesprogramm,
    make_seite,
    make_veranstaltung,
)

pytestmark = pytest.mark.django_db


def make_world(**fields) -> list:
    return [
        make_angebot(**fields),
        make_kommune(**fields),
        make_veranstaltung(**fields),
        make_bericht(**fields),
    ]


def test_the_sitemap_names_what_is_public_by_the_configured_address(
    client, django_assert_max_num_queries
):
    oeffentlich = [*make_world(), make_seite(slug="programm")]
    entwuerfe = [*make_world(status="entwurf"), make_seite(slug="kontakt", status="entwurf")]

    with django_assert_max_num_queries(8):
        xml = client.get("/sitemap.xml", headers={"host": "localhost"}).content.decode()

    for objekt in oeffentlich:
        assert f"<loc>https://portal.example.org{objekt.get_absolute_url()}</loc>" in xml
    for objekt in entwuerfe:
        assert objekt.get_absolute_url() not in xml
    assert "localhost" not in xml


def test_an_empty_portal_has_a_sitemap(client):
    assert client.get("/sitemap.xml").status_code == 200


def test_robots_txt_leads_to_the_sitemap(client):
    zeilen = client.get("/robots.txt").content.decode().splitlines()

    assert "Sitemap: https://portal.example.org/sitemap.xml" in zeilen
    assert "Disallow: /verwaltung/" in zeilen


def test_security_txt_says_whom_to_tell_and_never_expires(client):
    make_landesprogramm(email="programm@example.org")

    zeilen = client.get("/.well-known/security.txt").content.decode().splitlines()
    angaben = dict(zeile.split(": ", 1) for zeile in zeilen)

    assert angaben["Contact"] == "mailto:programm@example.org"
    assert angaben["Expires"] > timezone.now().isoformat()
    assert angaben["Canonical"] == "https://portal.example.org/.well-known/security.txt"
