"""The Lückenanalyse in the admin: what one may see, and what one may say about it."""

import pytest
from django.test import Client

from angebote.models import Erhebung
from praeventionsketten import rollen
from tests import factories as f

BASIS = "/verwaltung/angebote/erhebung/"
ZELLE = "phase.kita.wohnen"
KEINES = {"ergebnis": "kein-angebot"}
PFADE = ["", f"{ZELLE}/", "anschluss/", "akteure/", "?als=xlsx", "akteure/?als=csv"]


@pytest.fixture(autouse=True)
def _worte(gruppen):
    f.make_uebergang()
    f.make_handlungsfeld()


@pytest.fixture
def kommune(gruppen):
    return f.make_kommune(name="Werra-Meißner-Kreis")


@pytest.fixture
def koordination(anmelden, kommune):
    return anmelden(rollen.KOORDINATION, kommunen=[kommune])


def worte() -> dict:
    return {
        "lebensphasen": [f.make_lebensphase("kita")],
        "handlungsfelder": [f.make_handlungsfeld()],
    }


def test_who_has_one_kommune_comes_to_its_matrix_at_once(koordination, kommune):
    assert koordination.get(BASIS)["Location"] == f"{BASIS}kommune/{kommune.pk}/"


def test_the_redaktion_chooses_among_all(anmelden, kommune):
    f.make_kommune(name="Kreis Kassel")

    html = anmelden(rollen.REDAKTION).get(BASIS).text

    assert "Werra-Meißner-Kreis" in html
    assert "Kreis Kassel" in html


def test_several_cells_are_said_to_be_looked_at_in_one_go(koordination, kommune):
    zellen = [ZELLE, "uebergang.in-die-grundschule.wohnen", ZELLE, "phase.gibts.nicht"]

    antwort = koordination.post(f"{BASIS}kommune/{kommune.pk}/", {"zelle": zellen}, follow=True)

    assert "Als geprüft vermerkt: 2." in antwort.text
    assert {e.konto for e in Erhebung.objects.all()} == {koordination.konto}
    assert Erhebung.objects.filter(kommune=kommune).count() == 2


def test_a_cell_with_an_angebot_is_not_said_to_be_empty(koordination, kommune):
    f.make_angebot(kommune=kommune, **worte())

    viele = koordination.post(f"{BASIS}kommune/{kommune.pk}/", {"zelle": [ZELLE]}, follow=True)
    eine = koordination.post(f"{BASIS}kommune/{kommune.pk}/{ZELLE}/", KEINES, follow=True)

    assert "Dort steht inzwischen ein Angebot." in viele.text
    assert "Dort steht inzwischen ein Angebot." in eine.text
    assert not Erhebung.objects.exists()


def test_a_cell_shows_its_angebote_its_history_and_how_to_begin_one(koordination, kommune):
    f.make_angebot(titel="Wohnhilfe", kommune=kommune, **worte())
    f.make_angebot(titel="Fremdes", kommune=f.make_kommune(), **worte())
    f.make_erhebung(kommune, konto=koordination.konto)

    html = koordination.get(f"{BASIS}kommune/{kommune.pk}/{ZELLE}/").text

    assert "Wohnhilfe" in html
    assert "Fremdes" not in html
    assert koordination.konto.name in html


def test_a_new_angebot_begins_with_what_is_known(koordination, kommune):
    kita, wohnen = f.make_lebensphase("kita"), f.make_handlungsfeld()
    seite = koordination.get(f"{BASIS}kommune/{kommune.pk}/{ZELLE}/")

    formular = koordination.get(seite.context["neu"])

    anfang = formular.context["adminform"].form.initial
    assert anfang["kommune"] == kommune.pk
    assert [str(pk) for pk in anfang["lebensphasen"]] == [str(kita.pk)]
    assert [str(pk) for pk in anfang["handlungsfelder"]] == [str(wohnen.pk)]


def test_a_look_is_taken_back_and_stays_to_be_read(koordination, kommune):
    koordination.post(f"{BASIS}kommune/{kommune.pk}/{ZELLE}/", KEINES)

    ziel = f"{BASIS}kommune/{kommune.pk}/{ZELLE}/"
    html = koordination.post(ziel, {"ergebnis": "zurueckgenommen"}, follow=True).text

    assert "zurückgenommen: noch nicht erhoben" in html
    assert "geprüft: kein Angebot" in html
    assert Erhebung.objects.count() == 2


@pytest.mark.parametrize("daten", [{}, {"ergebnis": "alles-gut"}, {"ergebnis": "\x00"}])
def test_a_result_we_do_not_know_is_refused(koordination, kommune, daten):
    assert koordination.post(f"{BASIS}kommune/{kommune.pk}/{ZELLE}/", daten).status_code == 404
    assert not Erhebung.objects.exists()


@pytest.mark.parametrize("zelle", ["phase.kita", "x", "phase.kita.wohnen.x", "%00", "." * 300])
def test_a_cell_we_do_not_know_is_not_found(koordination, kommune, zelle):
    assert koordination.get(f"{BASIS}kommune/{kommune.pk}/{zelle}/").status_code in {400, 404}


@pytest.mark.parametrize("pfad", PFADE)
def test_another_kommune_is_closed_to_a_coordinator(koordination, pfad):
    fremd = f.make_kommune(name="Geheimkreis")
    f.make_angebot(titel="Geheimnis", kommune=fremd, **worte())
    ziel = f"{BASIS}kommune/{fremd.pk}/{pfad}"

    antworten = [
        koordination.get(ziel),
        koordination.post(ziel, {"zelle": [ZELLE], **KEINES}),
        koordination.get(f"{BASIS}kommune/999999/{pfad}"),
    ]

    assert [a.status_code for a in antworten] == [404, 404, 404]
    assert not any("Geheim" in a.text for a in antworten)
    assert not Erhebung.objects.exists()


@pytest.mark.parametrize("pfad", PFADE)
def test_the_same_pages_open_for_who_may(anmelden, koordination, kommune, pfad):
    ziel = f"{BASIS}kommune/{kommune.pk}/{pfad}"

    assert koordination.get(ziel).status_code == 200
    assert anmelden(rollen.REDAKTION).get(ziel).status_code == 200
    assert anmelden(rollen.VERANSTALTUNGSTEAM).get(ziel).status_code == 403
    assert Client().get(ziel).status_code == 302
    assert not Erhebung.objects.exists()


def test_to_look_at_it_changes_nothing_and_a_row_is_never_edited(koordination, kommune):
    erhebung = f.make_erhebung(kommune)
    formular = f"{BASIS}{erhebung.pk}/change/"

    gesehen = koordination.get(formular)
    antworten = [
        koordination.post(formular, KEINES),
        koordination.get(f"{BASIS}add/"),
        koordination.post(f"{BASIS}{erhebung.pk}/delete/", {"post": "yes"}),
    ]

    assert 'name="_save"' not in gesehen.text
    assert [a.status_code for a in antworten] == [403, 403, 403]
    assert Erhebung.objects.get() == erhebung


def test_the_start_page_leads_to_it_as_to_work(koordination, kommune):
    antwort = koordination.get("/verwaltung/")

    eintraege = [m for b in antwort.context["app_list"] for m in b["models"]]
    luecken = next(m for m in eintraege if m["object_name"] == "Erhebung")
    assert not luecken["view_only"]
    assert f"{BASIS}kommune/{kommune.pk}/" in antwort.text


def test_the_coordinator_decides_what_the_steckbrief_shows(koordination, kommune):
    html = koordination.get(f"/verwaltung/kommunen/kommune/{kommune.pk}/change/").text

    assert 'name="luecken_oeffentlich"' in html


def test_the_matrix_is_a_file_to_take_away(koordination, kommune):
    f.make_bestaetigung(f.make_angebot(kommune=kommune, **worte()))
    f.make_erhebung(kommune, handlungsfeld=f.make_handlungsfeld("=summe", name="=SUMME(A1)"))

    zeilen = koordination.get(f"{BASIS}kommune/{kommune.pk}/?als=csv").content.decode()

    assert "1 Angebot, davon 1 bestätigt" in zeilen
    assert "geprüft: kein Angebot, am" in zeilen
    assert "noch nicht erhoben" in zeilen
    assert '"\'=SUMME(A1)"' in zeilen


def test_einrichtungen_stand_by_level_and_phase_and_nobody_is_not_none(koordination, kommune):
    strategisch, kita = f.make_ebene(), f.make_lebensphase("kita")
    amt = f.make_einrichtung(name="Jugendamt", kommune=kommune, ebene=strategisch)
    amt.lebensphasen.add(kita)
    f.make_einrichtung(name="Ohne alles", kommune=kommune)
    f.make_einrichtung(name="Fremdes Amt", kommune=f.make_kommune(), ebene=strategisch)
    f.make_einrichtung(name="Landesstelle", kommune=None)

    antwort = koordination.get(f"{BASIS}kommune/{kommune.pk}/akteure/")

    alle = antwort.context["akteure"]
    zeilen = {ebene: [[e.name for e in z] for z in zellen] for ebene, zellen in alle.zeilen}
    stelle = [phase.code for phase in alle.phasen].index("kita")
    assert zeilen["Strategisch"][stelle] == ["Jugendamt"]
    assert zeilen["ohne Ebene"][-1] == ["Ohne alles"]
    assert (alle.anzahl, alle.landesweit) == (2, 1)
    assert "keine eingetragen" in antwort.text
    assert "Fremdes Amt" not in antwort.text
