"""The protection headers stand on every response, whoever made it."""

import pytest
from django.core.exceptions import SuspiciousOperation
from django.test import Client
from django.urls import path

from praeventionsketten.urls import *  # noqa: F403
from praeventionsketten.urls import urlpatterns as portal
from tests.factories import make_konto, make_landesprogramm

pytestmark = pytest.mark.django_db

EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def refuse(request):
    raise SuspiciousOperation


def break_down(request):
    raise RuntimeError("on purpose")


urlpatterns = [path("verdacht/", refuse), path("panne/", break_down), *portal]


def directives(response) -> dict[str, str]:
    policy = response.headers["Content-Security-Policy"]
    return dict(part.strip().partition(" ")[::2] for part in policy.split(";"))


@pytest.fixture
def browser(client):
    """A client that shows the page of a failure instead of raising it."""
    make_landesprogramm()
    client.raise_request_exception = False
    return client


@pytest.mark.urls(__name__)
@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/livez", 200),
        ("/konto/login/", 200),
        ("/verwaltung/", 302),
        ("/static/css/portal.css", 200),
        ("/gibt-es-nicht/", 404),
        ("/medien/gibt-es-nicht.pdf", 404),
        ("/verdacht/", 400),
        ("/panne/", 500),
    ],
)
def test_every_response_is_protected(browser, address, status):
    response = browser.get(address)
    response.close()

    assert response.status_code == status
    assert response.headers.items() >= EVERYWHERE.items()
    assert "camera=()" in response.headers["Permissions-Policy"]
    assert directives(response)["default-src"] == "'none'"
    assert "Access-Control-Allow-Origin" not in response.headers


def test_a_foreign_host_is_refused_with_every_header(browser):
    response = browser.get("/livez", headers={"host": "boese.example"})

    assert response.status_code == 400
    assert response.headers.items() >= EVERYWHERE.items()
    assert "boese.example" not in response.content.decode()


def test_the_policy_of_public_pages_allows_nothing_unsafe(browser):
    policy = directives(browser.get("/gibt-es-nicht/"))

    assert policy["script-src"] == policy["style-src"] == policy["img-src"] == "'self'"
    assert policy["require-trusted-types-for"] == "'script'"
    assert policy["trusted-types"] == "'none'"
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert "connect-src" not in policy


def test_the_verwaltung_gets_a_wider_policy_but_no_unsafe(browser):
    browser.force_login(make_konto(is_superuser=True))

    policy = directives(browser.get("/verwaltung/"))

    assert policy["connect-src"] == "'self'"
    assert "data:" in policy["img-src"]
    assert "trusted-types" not in policy
    assert not [value for value in policy.values() if "unsafe" in value]


def test_the_wider_policy_ends_where_the_verwaltung_ends(browser):
    for address in ("/verwaltungsrat/", "/konto/login/?next=/verwaltung/"):
        assert "data:" not in directives(browser.get(address))["img-src"]


def test_a_foreign_host_is_refused_before_the_way_to_https_too(settings):
    settings.SECURE_SSL_REDIRECT = True
    expected = {**EVERYWHERE}
    del expected["Cross-Origin-Opener-Policy"]  # means nothing without https

    response = Client(headers={"host": "boese.example"}).get("/konto/login/")

    assert response.status_code == 400
    assert response.headers.items() >= expected.items()
    assert directives(response)["default-src"] == "'none'"


def test_https_is_remembered(settings):
    settings.SECURE_HSTS_SECONDS = 63_072_000

    response = Client().get("/livez", secure=True)

    assert response.headers["Strict-Transport-Security"].startswith("max-age=63072000")


def test_machines_get_no_cookie(client):
    for address in ("/livez", "/readyz"):
        assert not client.get(address).cookies


@pytest.mark.parametrize("address", ["/konto/logout/", "/verwaltung/logout/"])
def test_leaving_takes_everything_along(browser, address):
    browser.force_login(make_konto())

    assert "Clear-Site-Data" not in browser.get("/konto/logout/").headers
    assert browser.post(address).headers["Clear-Site-Data"] == '"cache", "storage"'
