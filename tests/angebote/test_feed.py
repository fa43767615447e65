"""The Atom feed of new Angebote, read by an XML parser."""

import datetime as dt
from xml.etree import ElementTree

import pytest
from django.utils import timezone

from tests.factories import make_angebot, make_kommune, make_landesprogramm

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"


def feed(client, adresse: str = "/angebote/feed/") -> ElementTree.Element:
    response = client.get(adresse, headers={"host": "127.0.0.1"})
    assert response.status_code == 200
    assert not response.cookies
    return ElementTree.fromstring(response.content)  # noqa: S314


def eintraege(wurzel) -> list[str]:
    return [e.findtext(f"{ATOM}title") for e in wurzel.findall(f"{ATOM}entry")]


def vor(tagen: int) -> dt.datetime:
    return timezone.now() - dt.timedelta(days=tagen)


def test_the_newest_comes_first_with_a_name_that_stays(client):
    make_landesprogramm(traeger="Träger e. V.")
    alt = make_angebot(titel="Alt", veroeffentlicht_am=vor(9))
    neu = make_angebot(titel="Neu & <gut>", kommune=make_kommune(kurzname="Kassel"))

    wurzel = feed(client)

    assert eintraege(wurzel) == ["Neu & <gut> (Kassel)", "Alt (landesweit)"]
    erster = wurzel.find(f"{ATOM}entry")
    assert erster.findtext(f"{ATOM}id") == neu.uuid.urn
    ziel = f"https://portal.example.org/angebote/{neu.slug}/"
    assert erster.find(f"{ATOM}link").get("href") == ziel
    assert wurzel.findtext(f"{ATOM}id") == "https://portal.example.org/angebote/feed/"
    assert alt.uuid.urn in ElementTree.tostring(wurzel, encoding="unicode")


def test_only_what_is_public_is_told(client):
    make_angebot(titel="Entwurf", status="entwurf", veroeffentlicht_am=vor(1))
    make_angebot(titel="Beendet", status="beendet", veroeffentlicht_am=vor(1))
    make_angebot(titel="Da")

    assert eintraege(feed(client)) == ["Da (landesweit)"]


def test_a_kommune_has_a_feed_of_its_own(client):
    kassel = make_kommune(kurzname="Kassel", slug="kassel")
    make_angebot(titel="Hier", kommune=kassel)
    make_angebot(titel="Dort", kommune=make_kommune())

    wurzel = feed(client, "/angebote/feed/?kommune=kassel")

    assert eintraege(wurzel) == ["Hier (Kassel)"]
    assert wurzel.findtext(f"{ATOM}title") == "Neue Angebote: Kassel"


@pytest.mark.parametrize("slug", ["atlantis", "geheim", "x" * 5000])
def test_a_feed_of_no_kommune_is_not_found(client, slug):
    make_kommune(slug="geheim", status="entwurf")
    make_angebot()

    assert client.get("/angebote/feed/", {"kommune": slug}).status_code == 404


def test_a_feed_costs_the_same_with_one_and_with_many(client, django_assert_num_queries):
    for _ in range(40):
        make_angebot(kommune=make_kommune())

    with django_assert_num_queries(2):
        assert len(eintraege(feed(client))) == 30
