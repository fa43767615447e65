"""Whether a page of somebody else is there, asked without reaching our own network."""

import pytest

from praeventionsketten.lib import netz
from tests.fremde_seite import fremde_seite


@pytest.fixture
def seite():
    with fremde_seite() as server:
        yield server


@pytest.mark.parametrize(
    ("antworten", "da"),
    [
        ({("HEAD", "/"): (200, "")}, True),
        ({("HEAD", "/"): (204, "")}, True),
        ({("HEAD", "/"): (405, ""), ("GET", "/"): (200, "")}, True),
        ({("HEAD", "/"): (500, ""), ("GET", "/"): (200, "")}, True),
        ({("GET", "/"): (403, "")}, True),
        ({("GET", "/"): (429, "")}, True),
        ({("GET", "/"): (500, "")}, False),
        ({("GET", "/"): (410, "")}, False),
        ({}, False),
    ],
)
def test_a_page_is_there_if_it_answers_people(seite, antworten, da):
    seite.antworten = antworten

    assert netz.antwortet(f"{seite.adresse}/", seite.erlaubt) is da


def test_who_answers_head_is_not_asked_twice(seite):
    seite.antworten = {("HEAD", "/caf%C3%A9?tag=mo"): (200, "")}

    assert netz.antwortet(f"{seite.adresse}/café?tag=mo", seite.erlaubt)
    assert seite.gefragt == [("HEAD", "/caf%C3%A9?tag=mo")]


@pytest.mark.parametrize("wohin", ["/neu", "neu", "//127.0.0.1:{port}/neu"])
def test_a_redirect_is_followed(seite, wohin):
    seite.antworten = {
        ("HEAD", "/"): (301, wohin.format(port=seite.server_port)),
        ("HEAD", "/neu"): (200, ""),
    }

    assert netz.antwortet(seite.adresse, seite.erlaubt)


def test_a_redirect_in_a_circle_ends(seite):
    seite.antworten = {(methode, "/"): (302, "/") for methode in ("HEAD", "GET")}

    assert not netz.antwortet(seite.adresse, seite.erlaubt)
    assert len(seite.gefragt) == 2 * (netz.UMLEITUNGEN + 1)


def test_all_of_it_takes_no_longer_than_a_moment(seite, monkeypatch):
    seite.antworten = {("HEAD", "/"): (200, "")}
    monkeypatch.setattr(netz, "HOECHSTENS_SEKUNDEN", 0)

    assert not netz.antwortet(seite.adresse, seite.erlaubt)
    assert seite.gefragt == []


def test_a_redirect_does_not_lead_where_nobody_may_go(seite):
    with fremde_seite() as innen:
        innen.antworten = {("HEAD", "/"): (200, ""), ("GET", "/"): (200, "")}
        seite.antworten = {(m, "/"): (302, innen.adresse) for m in ("HEAD", "GET")}

        assert not netz.antwortet(seite.adresse, seite.erlaubt)
        assert innen.gefragt == []
        assert netz.antwortet(innen.adresse, innen.erlaubt)


@pytest.mark.parametrize(
    "adresse",
    ["{}", "http://localhost:{port}", "http://2130706433:{port}", "http://[::1]:{port}"],
)
def test_our_own_machine_is_not_asked(seite, adresse):
    seite.antworten = {("HEAD", "/"): (200, ""), ("GET", "/"): (200, "")}

    assert not netz.antwortet(adresse.format(seite.adresse, port=seite.server_port))
    assert seite.gefragt == []


@pytest.mark.parametrize(
    "adresse",
    [
        "",
        "kita.example",
        "file:///etc/passwd",
        "ftp://127.0.0.1/",
        "gopher://127.0.0.1/",
        "http://",
        "http://kim:geheim@127.0.0.1/",
        "http://127.0.0.1:99999/",
        "http://[::1/",
        "http://127.0.0.1/a b\r\nHost: x",
        "http://" + "a" * 300,
        "http://.example",
    ],
)
def test_nonsense_is_no_page(adresse):
    assert not netz.antwortet(adresse, lambda ip, port: False)


def test_https_without_a_certificate_does_not_count(seite):
    seite.antworten = {("HEAD", "/"): (200, "")}

    adresse = seite.adresse.replace("http:", "https:")

    assert not netz.antwortet(adresse, seite.erlaubt)


@pytest.mark.parametrize(
    ("ip", "port", "oeffentlich"),
    [
        ("93.184.215.14", 443, True),
        ("2606:2800:21f:cb07:6820:80da:af6b:8b2c", 80, True),
        ("93.184.215.14", 22, False),
        ("93.184.215.14", 8080, False),
        ("0.0.0.0", 80, False),  # noqa: S104
        ("10.1.2.3", 80, False),
        ("100.64.0.1", 80, False),
        ("127.0.0.1", 80, False),
        ("169.254.169.254", 80, False),
        ("172.16.0.1", 80, False),
        ("192.168.1.1", 80, False),
        ("224.0.0.1", 80, False),
        ("255.255.255.255", 80, False),
        ("::", 80, False),
        ("::1", 80, False),
        ("::ffff:93.184.215.14", 80, False),
        ("64:ff9b::a00:1", 80, False),
        ("2002:a00:1::", 80, False),
        ("fd00::1", 80, False),
        ("fe80::1%1", 80, False),
        ("ff02::1", 80, False),
    ],
)
def test_only_public_addresses_on_the_ports_of_the_web(ip, port, oeffentlich):
    assert netz.ist_oeffentlich(ip, port) is oeffentlich
