"""No mark of a foreign Kommune appears anywhere in the admin of a coordinator."""

import itertools
from html import unescape
from html.parser import HTMLParser
from urllib.parse import urljoin

import pytest
from django.apps import apps
from django.contrib import admin

from praeventionsketten import checks, rollen
from tests import factories as f

from .welt import MARKE, models_mit_weg

WENIGSTENS = 500


class Verweise(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.ziele: list[str] = []

    def handle_starttag(self, tag, attrs) -> None:
        if tag == "a" and (ziel := dict(attrs).get("href")):
            self.ziele.append(ziel)


def adressen(hauser) -> list[str]:
    """Every door of the admin, for own and for foreign rows."""
    liste = ["/verwaltung/", "/verwaltung/jsi18n/"]
    for model, model_admin in admin.site._registry.items():
        basis = f"/verwaltung/{model._meta.app_label}/{model._meta.model_name}/"
        liste += [f"/verwaltung/{model._meta.app_label}/", basis, f"{basis}add/"]
        liste += [
            f"{basis}?_popup=1",
            f"{basis}?_to_field=id",
            f"{basis}?q=Qzx",
            f"{basis}?all=",
        ]
        spalten = range(1, len(model_admin.list_display) + 1)
        liste += [f"{basis}?o={vorzeichen}{n}" for n in spalten for vorzeichen in ("", "-")]
        liste += [f"{basis}?{weg}__startswith=Qzx" for weg in geratene_wege(model)]
        for haus in hauser:
            for zeile in haus.zeilen:
                if type(zeile) is model:
                    liste += [
                        f"{basis}{zeile.pk}/{t}/" for t in ("change", "history", "delete")
                    ]
                    liste += [f"{basis}{zeile.pk}/change/?_popup=1", f"{basis}add/?_popup=1"]
                    liste.append(f"/verwaltung/r/1/{zeile.pk}/")
    return liste + vorschlaege()


def geratene_wege(model) -> list[str]:
    """Lookups over relations, in both directions: the oracle somebody would try."""
    wege = []
    for feld in model._meta.get_fields():
        if feld.is_relation and feld.related_model:
            wege += [f"{feld.name}__{text}" for text in ("name", "titel")]
        elif getattr(feld, "attname", ""):
            wege.append(feld.name)
    return wege


def vorschlaege() -> list[str]:
    """The suggestions for every relation of every model."""
    liste = []
    for model in apps.get_models():
        for feld in model._meta.get_fields():
            if feld.is_relation:
                ort = f"app_label={model._meta.app_label}&model_name={model._meta.model_name}"
                frage = f"/verwaltung/autocomplete/?{ort}&field_name={feld.name}"
                liste += [frage, f"{frage}&term=Qzx"]
    return liste


def durchsuchen(client, hauser) -> tuple[list[str], int]:
    """Addresses whose answer carries the mark, and how many were opened."""
    offen, gesehen, funde = adressen(hauser), set(), []
    while offen:
        adresse = offen.pop(0)
        if adresse in gesehen:
            continue
        gesehen.add(adresse)
        antwort = client.get(adresse)
        assert antwort.status_code < 500, adresse
        # The pages lead to files as well, which are no text.
        text = antwort.content.decode(errors="replace") + antwort.headers.get("Location", "")
        if MARKE.lower() in unescape(text).lower():
            funde.append(adresse)
        if antwort.status_code == 200 and "html" in antwort.headers["Content-Type"]:
            offen += verweise(adresse, antwort.content.decode())
    return funde, len(gesehen)


def verweise(adresse: str, html: str) -> list[str]:
    """Where a page leads inside the admin; a list by one filter, not by all mixtures."""
    leser = Verweise()
    leser.feed(html)
    ziele = {urljoin(adresse, ziel).split("#")[0] for ziel in leser.ziele}
    return [
        ziel
        for ziel in ziele
        if ziel.startswith("/verwaltung/")
        and ziel.count("=") <= 1
        and "?o=" not in ziel
        and "_changelist_filters" not in ziel
    ]


def test_the_marked_world_has_a_row_of_every_model(fremdes):
    assert models_mit_weg() <= {type(zeile) for zeile in fremdes.zeilen}


def test_a_coordinator_meets_no_mark_of_another_kommune(koordination, eigenes, fremdes):
    funde, anzahl = durchsuchen(koordination, [eigenes, fremdes])

    assert funde == []
    assert anzahl > WENIGSTENS


@pytest.mark.parametrize(
    "adresse",
    [
        "angebote/angebot/",
        "angebote/angebot/{angebot}/change/",
        "kommunen/ort/{ort}/delete/",
        "autocomplete/?app_label=angebote&model_name=angebot&field_name=einrichtung",
    ],
)
def test_without_the_limit_the_same_doors_show_marks(
    koordination, fremdes, monkeypatch, adresse
):
    adresse = adresse.format(angebot=fremdes["angebot"].pk, ort=fremdes["ort"].pk)
    monkeypatch.setattr(rollen, "nur_eigene", lambda konto, model, aktion: False)

    antwort = koordination.get(f"/verwaltung/{adresse}")

    assert MARKE in antwort.content.decode()


@pytest.mark.parametrize("model", ["angebote/angebot", "kommunen/ort", "kommunen/kommune"])
def test_a_foreign_row_cannot_be_told_from_one_that_does_not_exist(
    koordination, fremdes, model
):
    pk = fremdes[model.partition("/")[2]].pk

    fremd = koordination.get(f"/verwaltung/{model}/{pk}/change/")
    keines = koordination.get(f"/verwaltung/{model}/999999/change/")

    assert (fremd.status_code, fremd.headers["Location"]) == (302, "/verwaltung/")
    assert keines.headers["Location"] == fremd.headers["Location"]


def test_what_belongs_to_nobody_is_read_by_all_and_changed_by_none_of_them(koordination):
    landesweit = f.make_angebot(titel="Elterntelefon", kommune=None)
    adresse = f"/verwaltung/angebote/angebot/{landesweit.pk}/"

    seite = koordination.get(f"{adresse}change/")
    geschrieben = koordination.post(f"{adresse}change/", {"titel": "Anders"})
    geloescht = koordination.post(f"{adresse}delete/", {"post": "yes"})

    assert "Elterntelefon" in seite.content.decode()
    assert 'name="_save"' not in seite.content.decode()
    assert (geschrieben.status_code, geloescht.status_code) == (403, 403)
    landesweit.refresh_from_db()
    assert landesweit.titel == "Elterntelefon"


def test_a_zustaendigkeit_that_has_ended_opens_nothing(koordination, eigenes):
    koordination.konto.zustaendigkeiten.update(bis="2024-01-01")

    liste = koordination.get("/verwaltung/angebote/angebot/")
    neu = koordination.get("/verwaltung/angebote/angebot/add/")

    assert eigenes["angebot"].titel not in liste.content.decode()
    assert neu.status_code == 403


class Ungeschuetzt(admin.ModelAdmin):
    pass


@pytest.mark.parametrize(
    ("label", "attribute", "kennung"),
    [
        ("angebote.kontakt", None, "portal.E010"),
        ("angebote.kontakt", {}, "portal.E011"),
        ("angebote.kontakt", {"kommune_pfad": "angebot__titel"}, "portal.E012"),
        ("angebote.kontakt", {"kommune_pfad": "angebot__gemeinde"}, "portal.E012"),
        ("kommunen.kommune", {"kommune_pfad": "bild"}, "portal.E012"),
    ],
)
def test_a_class_without_limit_is_refused(label, attribute, kennung):
    from praeventionsketten.verwaltung import PortalAdmin

    klasse = Ungeschuetzt if attribute is None else type("Probe", (PortalAdmin,), attribute)
    site = admin.AdminSite()
    site.register(apps.get_model(label), klasse)

    assert [fehler.id for fehler in checks.unlimited_classes(site)] == [kennung]


def test_every_class_of_the_house_is_limited():
    assert checks.unlimited_classes(admin.site) == []


def test_a_filter_offers_only_values_within_reach(koordination, eigenes, fremdes):
    f.make_ort(kommune=eigenes.kommune)

    seite = koordination.get("/verwaltung/angebote/angebot/")

    filter_ = {spec.title: spec for spec in seite.context["cl"].filter_specs}
    werte = itertools.chain(*filter_["kommune"].lookup_choices)
    assert fremdes.kommune.pk not in werte
