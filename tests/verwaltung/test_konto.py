"""The way in: by password or by code, with friendly wrong turns and no hint to strangers."""

import re

import pytest
from django.test import Client

from praeventionsketten.models import Konto, Mail
from tests import factories as f

PASSWORT = "ein-langes-passwort"
LOGIN = "/konto/login/"
CODE = "/konto/login/code/"
RESET = "/konto/password/reset/"


@pytest.fixture
def konto(gruppen) -> Konto:
    return f.make_konto(email="kim@stadt.example.org")


def angemeldet(client) -> bool:
    return "_auth_user_id" in client.session


def code_aus_mail() -> str:
    text = Mail.objects.latest("pk").text
    return re.search(r"^([A-Z0-9]{3,}-?[A-Z0-9]{3,})$", text, re.M)[1]


def test_the_admin_sends_strangers_to_the_login_and_back(client, konto):
    antwort = client.get("/verwaltung/", follow=True)
    ziel, _ = antwort.redirect_chain[-1]

    herein = client.post(ziel, {"login": konto.email, "password": PASSWORT})

    assert ziel.startswith(f"{LOGIN}?next=%2Fverwaltung%2F")
    assert (herein.status_code, herein.headers["Location"]) == (302, "/verwaltung/")
    assert angemeldet(client)


@pytest.mark.parametrize(
    ("email", "passwort"),
    [("kim@stadt.example.org", "falsch-geraten"), ("niemand@example.org", PASSWORT)],
)
def test_a_wrong_login_says_the_same_for_known_and_unknown(client, konto, email, passwort):
    antwort = client.post(LOGIN, {"login": email, "password": passwort})

    seite = antwort.content.decode()
    assert "passen nicht zusammen" in seite
    assert "<title>Fehler: Anmelden" in seite
    assert f'value="{email}"' in seite
    assert passwort not in seite
    assert not angemeldet(client)


def test_too_many_wrong_passwords_close_the_door_for_a_while(client, konto):
    for _ in range(5):
        client.post(LOGIN, {"login": konto.email, "password": "falsch-geraten"})

    antwort = client.post(LOGIN, {"login": konto.email, "password": PASSWORT})

    assert "zu viele Versuche" in antwort.content.decode()
    assert not angemeldet(client)


def test_a_code_from_the_mail_opens_the_admin(client, konto):
    client.post(CODE, {"email": konto.email})
    herein = client.post(f"{CODE}confirm/", {"code": code_aus_mail()})

    assert herein.headers["Location"] == "/verwaltung/"
    assert angemeldet(client)


def test_a_wrong_code_is_refused_in_words(client, konto):
    client.post(CODE, {"email": konto.email})
    antwort = client.post(f"{CODE}confirm/", {"code": "AAA-BBB"})

    assert "Dieser Code stimmt nicht" in antwort.content.decode()
    assert not angemeldet(client)


def test_nobody_learns_whether_an_address_has_an_account(konto):
    bekannt, unbekannt = Client(), Client()

    a = bekannt.post(CODE, {"email": konto.email}, follow=True)
    b = unbekannt.post(CODE, {"email": "niemand@example.org"}, follow=True)
    c = bekannt.post(RESET, {"email": konto.email})
    d = unbekannt.post(RESET, {"email": "niemand@example.org"})

    assert a.redirect_chain == b.redirect_chain
    assert (c.status_code, c.headers["Location"]) == (d.status_code, d.headers["Location"])
    assert set(Mail.objects.values_list("an", flat=True)) == {konto.email}


def test_a_forgotten_password_is_replaced_through_the_portals_own_address(client, konto):
    client.post(RESET, {"email": konto.email}, headers={"host": "127.0.0.1"})
    mail = Mail.objects.get()
    link = re.search(r"https://\S+", mail.text)[0]
    assert link.startswith("https://portal.example.org/konto/password/reset/key/")

    seite = client.get(link.removeprefix("https://portal.example.org"), follow=True)
    formular, _ = seite.redirect_chain[-1]
    client.post(
        formular, {"password1": "ein ganz neuer Satz", "password2": "ein ganz neuer Satz"}
    )

    konto.refresh_from_db()
    assert konto.check_password("ein ganz neuer Satz")
    assert mail.vertraulich


def test_a_used_link_says_so(client, konto):
    antwort = client.get(f"{RESET}key/1-falsch/", follow=True)

    assert "Dieser Link gilt nicht mehr" in antwort.content.decode()


@pytest.mark.parametrize(
    "adresse", ["/konto/signup/", "/konto/email/", "/konto/confirm-email/"]
)
def test_nobody_signs_up(client, konto, adresse):
    antwort = client.post(
        adresse, {"email": "neu@example.org", "password1": PASSWORT, "password2": PASSWORT}
    )

    assert (antwort.status_code, antwort.headers["Location"]) == (302, LOGIN)
    assert Konto.objects.count() == 1


def test_a_closed_account_does_not_come_in(client, konto):
    Konto.objects.update(is_active=False)

    client.post(LOGIN, {"login": konto.email, "password": PASSWORT})
    client.post(CODE, {"email": konto.email})

    assert not angemeldet(client)
    assert not Mail.objects.exists()


def test_a_closed_account_is_out_at_once(anmelden):
    client = anmelden("Redaktion")
    Konto.objects.update(is_active=False)

    assert client.get("/verwaltung/").status_code == 302


def test_an_account_without_the_admin_is_refused_there(client, konto):
    Konto.objects.update(is_staff=False)
    client.force_login(konto)

    assert client.get("/verwaltung/", follow=True).status_code == 403


def test_leaving_takes_a_post(anmelden):
    client = anmelden("Redaktion")

    client.get("/konto/logout/")
    client.get("/verwaltung/logout/")
    assert angemeldet(client)

    client.post("/konto/logout/")
    assert not angemeldet(client)


def test_the_password_is_changed_on_one_page_only(anmelden):
    client = anmelden("Redaktion")

    antwort = client.get("/verwaltung/password_change/")
    falsch = client.post(
        "/konto/password/change/",
        {"oldpassword": "falsch", "password1": "kurz", "password2": "kurz"},
    )
    geaendert = client.post(
        "/konto/password/change/",
        {
            "oldpassword": PASSWORT,
            "password1": "ein ganz neuer Satz",
            "password2": "ein ganz neuer Satz",
        },
    )

    assert antwort.headers["Location"] == "/konto/password/change/"
    assert "Das ist nicht Ihr bisheriges Passwort." in falsch.content.decode()
    assert geaendert.headers["Location"] == "/verwaltung/"
    assert Konto.objects.get().check_password("ein ganz neuer Satz")


def test_who_came_by_code_may_set_a_password(client, konto):
    konto.set_unusable_password()
    konto.save()
    client.post(CODE, {"email": konto.email})
    client.post(f"{CODE}confirm/", {"code": code_aus_mail()})

    seite = client.get("/konto/password/change/", follow=True)
    neu = {"password1": "ein ganz neuer Satz", "password2": "ein ganz neuer Satz"}
    client.post("/konto/password/set/", neu)

    assert "Passwort festlegen" in seite.content.decode()
    assert Konto.objects.get().check_password("ein ganz neuer Satz")
