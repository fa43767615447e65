"""Requests no browser sends: answered with a German page, never with a failure."""

import pytest
from django.conf import settings

from tests.factories import make_landesprogramm

pytestmark = pytest.mark.django_db

LOGIN = "/konto/login/"


@pytest.fixture(autouse=True)
def _landesprogramm():
    make_landesprogramm()


def assert_german_page(response, status: int) -> None:
    html = response.content.decode()

    assert response.status_code == status
    assert html.count("<h1") == 1
    assert '<html lang="de">' in html


@pytest.mark.parametrize(
    "address",
    [
        "/kommunen/%00/",
        "/%00",
        "/suche/?q=%00",
        "/angebote/?kommune=kassel%00&q=x",
        "/konto/login/?next=%00",
        "/static/css/%00.css",
        "/medien/%00.pdf",
    ],
)
def test_a_nul_byte_in_the_address_is_refused(client, address):
    assert_german_page(client.get(address), 400)


@pytest.mark.parametrize("cookie", ['"\\000abcdefghijk"', "%00abcdefghijk"])
def test_a_nul_byte_in_a_cookie_is_refused(client, cookie):
    response = client.get(LOGIN, headers={"cookie": f"{settings.SESSION_COOKIE_NAME}={cookie}"})

    assert_german_page(response, 400)


def test_a_nul_byte_in_a_form_comes_back_as_an_error_of_the_form(client):
    response = client.post(LOGIN, {"login": "anna\0@example.org", "password": "x\0y"})

    assert response.status_code == 200
    assert "<form" in response.content.decode()


@pytest.mark.parametrize("encoding", ["hex", "rot13", "utf-16", "idna"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_strange_encoding_is_refused(client, method, encoding):
    kind = f"application/x-www-form-urlencoded; charset={encoding}"

    assert_german_page(client.generic(method.upper(), LOGIN, b"a=b", content_type=kind), 400)


@pytest.mark.parametrize("encoding", ["utf-8", "UTF8", "gibt-es-nicht"])
def test_an_ordinary_encoding_is_not(client, encoding):
    kind = f"application/x-www-form-urlencoded; charset={encoding}"

    assert client.generic("GET", LOGIN, content_type=kind).status_code == 200


@pytest.mark.parametrize("address", ["/%ff%fe/", "/kommunen/%c3%28/", "/%ed%a0%80"])
def test_a_path_that_is_no_text_is_not_found(client, address):
    assert_german_page(client.get(address), 404)


def test_a_query_that_is_no_text_is_read_as_far_as_it_goes(client):
    assert client.get(f"{LOGIN}?next=%ff%fe&%c3%28=1").status_code == 200


def test_an_address_of_8_kb_is_answered(client):
    assert client.get(f"{LOGIN}?{'q=ae&' * 1600}{'x' * 190}").status_code == 200


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"garbage", "multipart/form-data; boundary=x"),
        (b"--x\r\nContent-Disposition: form-data\r\n\r\n", "multipart/form-data"),
        (b"--x\r\nno header at all", "multipart/form-data; boundary=x"),
        (b"--x\r\n" * 2000, "multipart/form-data; boundary=x"),
        (b"%" * 100, "application/x-www-form-urlencoded"),
        (b'{"a": 1', "application/json"),
        (b"\xff\xfe", "application/x-www-form-urlencoded"),
    ],
)
def test_a_broken_form_is_no_failure(client, body, kind):
    response = client.generic("POST", LOGIN, body, content_type=kind)

    assert response.status_code in {200, 400, 403}
    assert "<h1" in response.content.decode()


def test_a_field_of_1_mb_comes_back_as_an_error_of_the_form(client):
    response = client.post(LOGIN, {"login": "x" * 1_000_000, "password": "geheim"})

    assert response.status_code == 200


def test_a_form_larger_than_any_of_ours_is_refused(client):
    response = client.post(LOGIN, {"login": "x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)})

    assert_german_page(response, 400)


def test_too_many_fields_are_refused(client):
    fields = {
        f"feld{number}": "" for number in range(settings.DATA_UPLOAD_MAX_NUMBER_FIELDS + 1)
    }

    assert_german_page(client.post(LOGIN, fields), 400)


def test_a_form_without_its_token_is_refused_with_a_way_back():
    from django.test import Client

    response = Client(enforce_csrf_checks=True).post(LOGIN, {"login": "anna@example.org"})

    assert_german_page(response, 403)


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_the_wrong_method_is_explained(client, method):
    response = client.generic(method, "/livez")

    assert_german_page(response, 405)
    assert response.headers["Allow"] == "GET, HEAD"


@pytest.mark.parametrize("host", ["boese.example", "a b", "", "[::1", "x" * 5000, "ä.de"])
def test_a_foreign_host_is_refused(client, host):
    assert_german_page(client.get("/konto/login/", headers={"host": host}), 400)
