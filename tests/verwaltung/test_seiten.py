"""Every model opens, and saves unchanged, for the roles the table gives it to."""

import pytest
from django.apps import apps
from django.contrib import admin

from praeventionsketten import rollen
from praeventionsketten.models import AlteAdresse, Barrieremeldung, Job, Loeschnachweis, Mail
from praeventionsketten.verwaltung.site import BEREICHE
from tests import factories as f

from .formulare import fehler, senden
from .welt import Haus

MODELS = [model for model, _ in sorted(admin.site._registry.items(), key=str)]
# Rows come from a page that asks more than a form would.
OHNE_FORMULAR = {"angebote.erhebung"}


@pytest.fixture
def welt(eigenes) -> Haus:
    """A row of every model the admin serves."""
    eigenes.zeilen += [
        f.make_seite(),
        Barrieremeldung.objects.create(text="Zu klein"),
        Job.objects.create(name="probe"),
        Loeschnachweis.objects.create(was="Text", frist="30 Tage", anzahl=1),
        Mail.objects.create(
            schluessel="a",
            bezug="anmeldung-1",
            an="a@example.org",
            betreff="Hallo",
            message_id="a",
        ),
        AlteAdresse.objects.create(bereich="angebote.angebot", slug="alt", ziel_id=1),
        f.make_konto(),
        f.make_uebergang(),
        f.make_handlungsfeld(),
        f.make_zielgruppe(),
        f.make_leitdimension(),
        f.make_sprache(),
        f.make_ebene(),
        f.make_kachel(),
        f.make_ferien(),
        f.make_angebotsformat(),
        f.make_programm(),
        f.make_wortgruppe("synonyme", "Kita, Kindergarten"),
        apps.get_model("praeventionsketten.landesprogramm").objects.get(),
    ]
    return eigenes


def recht(rolle: str, model) -> tuple[str, ...]:
    spalte = rollen.ROLLEN.index(rolle)
    return rollen.RECHTE[model._meta.label_lower][spalte].aktionen


@pytest.mark.parametrize("rolle", rollen.ROLLEN)
@pytest.mark.parametrize("model", MODELS, ids=lambda m: m._meta.model_name)
def test_a_model_opens_for_the_roles_of_the_table(anmelden, welt, model, rolle):
    client = anmelden(rolle, kommunen=[welt.kommune])
    basis = f"/verwaltung/{model._meta.app_label}/{model._meta.model_name}/"
    zeile = next((z for z in welt.zeilen if type(z) is model), None)
    zeile = zeile or model._base_manager.first()
    erlaubt = recht(rolle, model)

    mit_formular = "add" in erlaubt and model._meta.label_lower not in OHNE_FORMULAR

    liste, neu = client.get(basis, follow=True), client.get(f"{basis}add/")
    # Some are read and decided upon on a page of their own.
    eintrag = client.get(f"{basis}{zeile.pk}/change/", follow=True)

    assert liste.status_code == (200 if "view" in erlaubt else 403)
    assert neu.status_code == (200 if mit_formular else 403)
    assert eintrag.status_code == (200 if "view" in erlaubt else 403)
    if "change" in erlaubt and 'name="_save"' in eintrag.content.decode():
        antwort = senden(client, f"{basis}{zeile.pk}/change/")
        assert (fehler(antwort), antwort.status_code) == ([], 302)


@pytest.mark.parametrize("rolle", rollen.ROLLEN)
def test_the_start_page_leads_to_nothing_closed(anmelden, welt, rolle):
    client = anmelden(rolle, kommunen=[welt.kommune])

    start = client.get("/verwaltung/")

    ziele = [model["admin_url"] for b in start.context["app_list"] for model in b["models"]]
    assert ziele
    assert {client.get(ziel, follow=True).status_code for ziel in ziele} == {200}


def test_every_model_has_its_place_on_the_start_page():
    geordnet = [label for labels in BEREICHE.values() for label in labels]

    assert sorted(geordnet) == sorted(m._meta.label_lower for m in MODELS)


@pytest.mark.parametrize("rolle", rollen.ROLLEN)
def test_lists_cost_the_same_with_many_rows(
    anmelden, welt, django_assert_max_num_queries, rolle
):
    client = anmelden(rolle, kommunen=[welt.kommune])
    for _ in range(12):
        f.make_angebot(kommune=welt.kommune)
        f.make_ort(kommune=welt.kommune)
        f.make_einrichtung(kommune=welt.kommune)
        f.make_veranstaltung(plaetze=5)
        f.make_bericht(status="entwurf")
        f.make_konto()

    for model in MODELS:
        if "view" in recht(rolle, model):
            with django_assert_max_num_queries(22):
                client.get(f"/verwaltung/{model._meta.app_label}/{model._meta.model_name}/")
    with django_assert_max_num_queries(34):
        client.get("/verwaltung/")
