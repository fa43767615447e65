"""One's own page, as a browser walks it."""

from django.apps import apps
from django.test import Client
from django.urls import reverse

from veranstaltungen.models import Anmeldung


def link(anmeldung: Anmeldung, token: str = "") -> str:
    token = token or anmeldung.zeichen
    return reverse("meine_anmeldung_link", args=[anmeldung.public_id, token])


def seite(anmeldung: Anmeldung, unter: str = "") -> str:
    return f"/meine-anmeldung/{anmeldung.public_id}/{unter}"


def geoeffnet(anmeldung: Anmeldung, **angaben) -> Client:
    """A browser in which the link of the mail was opened."""
    client = Client(**angaben)
    client.get(link(anmeldung))
    return client


def druecke(anmeldung: Anmeldung, aktion: str, **felder):
    """Press a button of one's own page; returns the page it leads to."""
    client = geoeffnet(anmeldung)
    return client.post(seite(anmeldung), {"aktion": aktion, **felder}, follow=True)


def alles() -> dict:
    """Every row of every table, to compare before and after."""
    return {
        model._meta.label: sorted(map(repr, model._base_manager.values_list()))
        for model in apps.get_models()
    }
