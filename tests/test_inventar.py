"""What every public page owes everybody, run over the inventory of page states."""

import contextlib
import re
from collections import Counter
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin, urlsplit

import html5lib
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve

from tests.inventar import SEITEN, ZUSTAENDE, Zustand
from tests.kleine_welt import kleine_welt

MAX_QUERIES = 8
UNSINN = [
    f"seite=1{'0' * 30}",
    "seite=%D9%A3&kommune=x&phase=x&alter=-1&art=x",
    "_connector=OR&__class__=x&pk=1&a[]=1&=&&&",
    "q=%ff%fe%ed%a0%80&kommune=%00",
    f"q={'ae&q=' * 1500}",
]
METHODEN = ["OPTIONS", "POST", "PUT", "DELETE", "TRACE"]
pytestmark = pytest.mark.django_db
jeder_zustand = pytest.mark.parametrize("zustand", ZUSTAENDE, ids=lambda z: z.name)
jede_seite = pytest.mark.parametrize("zustand", SEITEN, ids=lambda z: z.name)


@pytest.fixture(autouse=True)
def _welt(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    kleine_welt()


class Seite(HTMLParser):
    """Collects what the tests ask of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.h1 = 0
        self.ids: list[str] = []
        self.links: list[str] = []
        self.quellen: list[str] = []
        self.verweise: list[str] = []
        self.titel = re.search(r"<title>(.*?)</title>", html, re.S).group(1).strip()
        self.feed(html)

    def handle_starttag(self, tag, attrs) -> None:
        werte = dict(attrs)
        self.h1 += tag == "h1"
        if werte.get("id"):
            self.ids.append(werte["id"])
        if tag == "a" and werte.get("href"):
            self.links.append(werte["href"])
        if tag in {"img", "script", "source", "iframe"} and werte.get("src"):
            self.quellen.append(werte["src"])
        if tag == "link" and werte.get("rel") in {"stylesheet", "icon", "preload"}:
            self.quellen.append(werte["href"])
        for name in ("for", "aria-labelledby", "aria-describedby", "aria-controls"):
            self.verweise += (werte.get(name) or "").split()


def oeffnen(zustand: Zustand):
    return zustand.besucher().get(zustand.adresse)


@jeder_zustand
def test_status_and_type(zustand):
    response = oeffnen(zustand)

    assert response.status_code == zustand.status
    assert response["Content-Type"] == zustand.typ


@jede_seite
def test_one_h1_a_title_and_unique_ids(zustand):
    seite = Seite(oeffnen(zustand).text)

    assert seite.h1 == 1
    assert len(seite.titel) > 12
    assert [i for i, anzahl in Counter(seite.ids).items() if anzahl > 1] == []
    assert set(seite.verweise) - set(seite.ids) == set()


def test_no_two_pages_share_a_title():
    titel = Counter(
        Seite(oeffnen(z).text).titel
        for z in SEITEN
        if z.status == 200 and not z.noindex and "?" not in z.adresse
    )

    assert [t for t, anzahl in titel.items() if anzahl > 1] == []


@jede_seite
def test_the_html_parses_strictly(zustand):
    parser = html5lib.HTMLParser(strict=False)

    parser.parse(oeffnen(zustand).text)

    assert [(position, code) for position, code, _ in parser.errors] == []


@jede_seite
def test_nothing_is_inline_and_nothing_comes_from_elsewhere(zustand):
    html = oeffnen(zustand).text

    assert not re.search(r"<style|<[a-z][^>]*\s(style|on[a-z]+)=", html)
    assert not re.search(r"<script(?![^>]*(\ssrc=|type=\"application/ld\+json\"))", html)
    assert [q for q in Seite(html).quellen if urlsplit(q).netloc or q.startswith("data:")] == []


@jeder_zustand
def test_headers_protect_every_answer(zustand):
    kopf = oeffnen(zustand).headers

    policy = kopf["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "data:" not in policy
    assert kopf["X-Content-Type-Options"] == "nosniff"
    assert kopf["Cross-Origin-Opener-Policy"] == "same-origin"
    assert kopf["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "Referrer-Policy" in kopf
    assert "Permissions-Policy" in kopf


@jeder_zustand
def test_only_forms_set_a_cookie(zustand):
    response = oeffnen(zustand)

    assert bool(response.cookies) <= zustand.formular
    if not zustand.formular:
        assert "Cookie" not in response.get("Vary", "")


@jede_seite
def test_search_engines_are_kept_out_where_they_should_be(zustand):
    response = oeffnen(zustand)

    noindex = "noindex" in response.text or "noindex" in response.get("X-Robots-Tag", "")
    assert noindex == zustand.noindex


@jede_seite
def test_every_internal_link_leads_somewhere(zustand):
    seite = Seite(oeffnen(zustand).text)

    kaputt = []
    for link in set(seite.links):
        if urlsplit(link).scheme in {"mailto", "tel", "geo", "https", "http"}:
            continue
        ziel, anker = urldefrag(urljoin(zustand.adresse, link))
        if ziel == zustand.adresse or not urlsplit(link).path:
            if anker and anker not in seite.ids:
                kaputt.append(link)
        elif _status(zustand, ziel) not in {200, 302}:
            kaputt.append(link)
    assert kaputt == []


def _status(zustand: Zustand, adresse: str) -> int:
    response = zustand.besucher().get(adresse)
    if response.streaming:
        response.getvalue()  # a file is open until somebody has read it
    return response.status_code


@jeder_zustand
def test_nonsense_gets_an_answer_and_never_a_failure(zustand):
    client = zustand.besucher(enforce_csrf_checks=True)
    trenner = "&" if "?" in zustand.adresse else "?"

    antworten = [client.get(f"{zustand.adresse}{trenner}{unsinn}") for unsinn in UNSINN]
    antworten += [client.generic(methode, zustand.adresse) for methode in METHODEN]

    for antwort in antworten:
        assert antwort.status_code < 500
        assert antwort.status_code < 400 or antwort.text.count("<h1") == 1


@jede_seite
def test_a_page_costs_few_queries(zustand):
    # A worker that has just started reads what it then keeps in memory.
    oeffnen(zustand)

    with CaptureQueriesContext(connection) as abfragen:
        oeffnen(zustand)

    # The rate limit of the login counts in the cache, which is a table.
    fragen = [q["sql"] for q in abfragen if "zwischenspeicher" not in q["sql"]]
    assert len(fragen) <= MAX_QUERIES, "\n".join(fragen)


@pytest.mark.parametrize(
    "zustand", [z for z in SEITEN if z.status == 200], ids=lambda z: z.name
)
def test_conditional_requests_are_answered(zustand):
    response = oeffnen(zustand)
    if zustand.formular or "no-store" in response.get("Cache-Control", ""):
        assert "ETag" not in response or response.status_code == 200
        return

    zweite = zustand.besucher().get(
        zustand.adresse, headers={"If-None-Match": response["ETag"]}
    )

    assert zweite.status_code == 304


def test_the_inventory_opens_every_public_address():
    geoeffnet = {_route(zustand.adresse) for zustand in ZUSTAENDE}

    fehlend = set(_routen(get_resolver().url_patterns)) - geoeffnet

    assert fehlend == set()


def _route(adresse: str) -> str | None:
    with contextlib.suppress(Resolver404):
        return resolve(urlsplit(adresse).path).route
    return None


def _routen(muster, praefix: str = ""):
    for eintrag in muster:
        route = praefix + str(eintrag.pattern)
        if route.split("/")[0] in {"verwaltung", "medien"}:  # tests/verwaltung, tests/portal
            continue
        if isinstance(eintrag, URLResolver):
            yield from _routen(eintrag.url_patterns, route)
        elif isinstance(eintrag, URLPattern) and not route.startswith("konto/"):
            yield route
