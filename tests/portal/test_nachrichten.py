"""Messages survive a redirect and cost nothing where there are none."""

import pytest
from django.contrib import messages
from django.contrib.messages.storage import default_storage
from django.http import HttpResponse
from django.test import RequestFactory

from praeventionsketten.nachrichten import Nachrichten


@pytest.fixture
def nachrichten() -> Nachrichten:
    return neue({})


def neue(cookies: dict) -> Nachrichten:
    request = RequestFactory().get("/")
    request.COOKIES, request.session = cookies, {}
    return default_storage(request)


def test_a_message_is_read_with_the_next_request_and_then_gone(nachrichten):
    nachrichten.add(messages.SUCCESS, "Gespeichert.")
    antwort, danach = HttpResponse(), HttpResponse()
    nachrichten.update(antwort)

    naechste = neue({name: cookie.value for name, cookie in antwort.cookies.items()})
    gelesen = [str(nachricht) for nachricht in naechste]
    naechste.update(danach)

    assert gelesen == ["Gespeichert."]
    assert danach.cookies["messages"].value == ""


def test_a_request_without_messages_sets_nothing_up(nachrichten):
    antwort = HttpResponse()

    nachrichten.update(antwort)

    assert not antwort.cookies
    assert "storages" not in vars(nachrichten)
