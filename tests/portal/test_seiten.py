import datetime as dt

import pytest

from praeventionsketten.models import Seitendokument, Status
from praeventionsketten.models.programm import FESTE_SEITEN
from tests.factories import make_konto, make_landesprogramm, make_seite

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("slug", FESTE_SEITEN)
def test_each_fixed_page_has_its_address(client, slug, django_assert_max_num_queries):
    make_landesprogramm()
    make_seite(slug=slug, titel=f"Titel {slug}", stand=dt.date(2026, 11, 1))

    with django_assert_max_num_queries(3):
        antwort = client.get(f"/{slug}/")

    html = antwort.content.decode()
    assert f"<h1>Titel {slug}</h1>" in html
    assert "1.\xa0November 2026" in html
    assert not antwort.cookies


@pytest.mark.parametrize("slug", FESTE_SEITEN)
def test_a_draft_of_a_fixed_page_is_seen_by_staff_alone(client, slug):
    make_seite(slug=slug, status=Status.ENTWURF)
    assert client.get(f"/{slug}/").status_code == 404

    client.force_login(make_konto(is_superuser=True))

    assert "Vorschau." in client.get(f"/{slug}/").content.decode()


def test_an_account_that_was_closed_sees_no_draft(client):
    make_seite(status=Status.ENTWURF)
    konto = make_konto(is_superuser=True)
    client.force_login(konto)
    konto.is_active = False
    konto.save()

    assert client.get("/impressum/").status_code == 404


def test_header_and_footer_link_only_pages_that_are_public(client):
    make_landesprogramm()
    make_seite(slug="programm")
    make_seite(slug="kontakt", status=Status.ENTWURF)

    html = client.get("/programm/").content.decode()

    assert 'href="/programm/"' in html
    assert 'href="/kontakt/"' not in html


def test_leichte_sprache_says_so_in_the_markup(client):
    make_seite(slug="leichte-sprache", sprache="de-simple")

    assert 'lang="de-simple"' in client.get("/leichte-sprache/").content.decode()


def test_a_document_says_what_one_gets(client):
    seite = make_seite(slug="programm")
    Seitendokument.objects.create(
        seite=seite, titel="Anderswo", link="https://example.org/a.pdf"
    )

    html = client.get("/programm/").content.decode()

    assert "https://example.org/a.pdf" in html
    assert "auf einer anderen Internetseite" in html
