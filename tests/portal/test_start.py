import json
import re

import pytest

from tests.factories import (
    make_angebot,
    make_bericht,
    make_kachel,
    make_kommune,
    make_landesprogramm,
    make_lebensphase,
    make_leitdimension,
    make_uebergang,
    make_veranstaltung,
)

pytestmark = pytest.mark.django_db


def make_world() -> None:
    make_kommune(kachel=make_kachel())
    make_angebot(lebensphasen=[make_lebensphase()], uebergaenge=[make_uebergang()])
    make_veranstaltung(plaetze=20)
    make_bericht()
    make_leitdimension()


def test_the_start_page_costs_the_same_with_one_and_with_many(
    client, django_assert_max_num_queries
):
    make_landesprogramm()
    make_world()
    with django_assert_max_num_queries(8) as eine:
        client.get("/")
    for _ in range(3):
        make_world()

    with django_assert_max_num_queries(len(eine)):
        client.get("/")


def test_the_start_page_counts_who_takes_part_today(client):
    make_landesprogramm()
    for _ in range(3):
        make_kommune()
    make_kommune(status="entwurf")

    assert "Drei Kommunen, ein Landesprogramm" in client.get("/").content.decode()


def test_the_start_page_works_before_anything_is_entered(client):
    antwort = client.get("/")

    assert antwort.status_code == 200
    assert not antwort.cookies


def test_drafts_do_not_appear_on_the_start_page(client):
    make_landesprogramm()
    make_veranstaltung(titel="Geheim", status="entwurf")
    make_bericht(titel="Geheim", status="entwurf")
    make_kommune(name="Geheim", kurzname="Geheim", kachel=make_kachel(), status="entwurf")

    assert "Geheim" not in client.get("/").content.decode()


def test_linked_data_cannot_leave_its_block(client):
    make_landesprogramm(stelle="</script><script>alert(1)</script>&")

    html = client.get("/").content.decode()

    (block,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.S)
    assert json.loads(block)["name"] == "</script><script>alert(1)</script>&"
    assert "<script>alert" not in html


def test_addresses_come_from_the_configuration_and_not_from_the_request(client):
    make_landesprogramm()

    html = client.get("/?utm=1", headers={"host": "localhost"}).content.decode()

    assert '<link rel="canonical" href="https://portal.example.org/">' in html
    assert '<meta property="og:url" content="https://portal.example.org/">' in html
    assert "localhost" not in html


def test_the_title_is_the_same_for_readers_and_for_messengers(client):
    make_landesprogramm()
    make_kommune(name="Kreis „Ä“ & <b>")

    html = client.get("/kommunen/kreis-ae-b/").content.decode()

    assert "<title>Kreis „Ä“ &amp; &lt;b&gt; – Präventionsketten Hessen</title>" in html
    assert '<meta property="og:title" content="Kreis „Ä“ &amp; &lt;b&gt;">' in html
