"""Every page of our own below an event or a registration asks who opens it."""

import re

import pytest
from django.contrib import admin
from django.test import Client

from praeventionsketten import rollen
from praeventionsketten.models import Mail
from praeventionsketten.verwaltung import MitSeiten
from tests import factories as f
from tests.veranstaltungen.hilfen import anmelden as einbuchen
from tests.veranstaltungen.hilfen import belegt, wahl
from veranstaltungen.models import Anmeldung, Protokoll, Veranstaltung

# Those of Angebot and Steckbrief have another reach, and their tests in tests/fassungen.
ADMINS = [admin.site._registry[model] for model in (Veranstaltung, Anmeldung)]
EIGENE = [
    (model_admin.model, name, *getattr(type(model_admin), name).seite)
    for model_admin in ADMINS
    for name in sorted(dir(type(model_admin)))
    if hasattr(getattr(type(model_admin), name, None), "seite")
]


@pytest.fixture
def zeile(gruppen):
    """A row of each model with such pages; the event belongs to a Kommune."""
    fachtag = f.make_fachtag(je_forum=1)
    fachtag.kommunen.add(f.make_kommune())
    anna = einbuchen(
        fachtag, name="Anna Geheim", wahl=wahl(fachtag, 1, 2), quelle="telefon"
    ).anmeldung
    return {Veranstaltung: fachtag, Anmeldung: anna}


def adresse(zeile, model, pfad: str) -> str:
    fachtag = zeile[Veranstaltung]
    teile = {"kontingent": fachtag.kontingente.first().pk, "kennung": "team", "was": "link"}
    pfad = re.sub(r"<\w+:(\w+)>", lambda treffer: str(teile[treffer[1]]), pfad)
    name = model._meta.model_name
    return f"/verwaltung/veranstaltungen/{name}/{zeile[model].pk}/{pfad}"


def stand(fachtag):
    return (
        belegt(fachtag),
        # Who looks at a list of participants is noted: health data lie in it.
        Protokoll.objects.exclude(was="liste_geholt").count(),
        Mail.objects.count(),
        list(Anmeldung.objects.values_list("name", "status", "folge")),
        list(Veranstaltung.objects.values_list("status")),
    )


def test_there_are_such_pages():
    assert all(isinstance(model_admin, MitSeiten) for model_admin in ADMINS)
    assert {model for model, *_ in EIGENE} == {Veranstaltung, Anmeldung}
    assert len(EIGENE) > 12


@pytest.mark.parametrize(("model", "name", "pfad", "recht", "auch"), EIGENE)
def test_a_page_is_closed_to_a_coordinator_even_of_the_same_kommune(
    anmelden, zeile, model, name, pfad, recht, auch
):
    kommune = zeile[Veranstaltung].kommunen.get()
    client = anmelden(rollen.KOORDINATION, kommunen=[kommune])
    ziel, vorher = adresse(zeile, model, pfad), stand(zeile[Veranstaltung])

    antworten = [client.get(ziel), client.post(ziel), Client().post(ziel)]

    assert [a.status_code for a in antworten] == [403, 403, 302]
    assert not any(b"Geheim" in a.content for a in antworten)
    assert stand(zeile[Veranstaltung]) == vorher


@pytest.mark.parametrize(("model", "name", "pfad", "recht", "auch"), EIGENE)
@pytest.mark.parametrize("rolle", rollen.ROLLEN[1:])
def test_to_look_at_a_page_changes_nothing(
    anmelden, zeile, rolle, model, name, pfad, recht, auch
):
    """The control of the test above: these roles may open them."""
    client = anmelden(rolle)
    vorher = stand(zeile[Veranstaltung])

    antwort = client.get(adresse(zeile, model, pfad))

    assert antwort.status_code in {200, 302, 405}
    assert stand(zeile[Veranstaltung]) == vorher


@pytest.mark.parametrize(("model", "name", "pfad", "recht", "auch"), EIGENE)
@pytest.mark.parametrize("pk", ["999999", "x", "9" * 40, "_5B"])
def test_a_row_that_does_not_exist_is_not_found(
    anmelden, zeile, pk, model, name, pfad, recht, auch
):
    client = anmelden(rollen.VERANSTALTUNGSTEAM)
    ziel = adresse(zeile, model, pfad).replace(f"/{zeile[model].pk}/", f"/{pk}/", 1)

    assert client.post(ziel).status_code == 404
