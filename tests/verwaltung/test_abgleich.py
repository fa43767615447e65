"""A round in a meeting: what people say becomes true at once, and can be taken back."""

import datetime as dt
import io

import pytest
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from angebote.models import Abgleich, Abgleichrunde, Bestaetigung, Hinweis
from praeventionsketten import rollen
from tests import factories as f

BASIS = "/verwaltung/angebote/abgleichrunde/"
STIMMT, KORREKTUR = (
    {"antwort": "stimmt", "gesehen": "0"},
    {"antwort": "korrektur", "notiz": "Neue Nummer"},
)


@pytest.fixture
def kommune(gruppen):
    return f.make_kommune(name="Werra-Meißner-Kreis")


@pytest.fixture
def koordination(anmelden, kommune):
    return anmelden(rollen.KOORDINATION, kommunen=[kommune])


@pytest.fixture
def runde(kommune):
    return f.make_abgleichrunde(kommune, datum=dt.date(2026, 3, 3))


def make_faelliges(kommune, titel: str, traeger: str = "Verein", **fields):
    einrichtung = f.make_einrichtung(name=traeger, kommune=kommune)
    angebot = f.make_angebot(titel=titel, kommune=kommune, einrichtung=einrichtung, **fields)
    f.make_bestaetigung(angebot, wann=timezone.now() - dt.timedelta(days=400))
    return angebot


def seite(runde, angebot=None) -> str:
    return f"{BASIS}{runde.pk}/" + (f"angebot/{angebot.pk}/" if angebot else "runde/")


def test_opening_a_round_leads_into_it(koordination, kommune):
    daten = {"kommune": kommune.pk, "name": "Treffen Nord", "datum": "2026-03-03"}

    antwort = koordination.post(f"{BASIS}add/", daten)

    assert antwort["Location"] == seite(Abgleichrunde.objects.get(kommune=kommune))


def test_a_round_goes_through_what_is_due_by_traeger(koordination, kommune, runde):
    for titel, traeger in [("Kurs", "Verein B"), ("Treff", "Verein A"), ("Café", "Verein B")]:
        make_faelliges(kommune, titel, traeger)
    f.make_bestaetigung(f.make_angebot(titel="Gerade bestätigt", kommune=kommune))
    make_faelliges(kommune, "Nur Entwurf", status="entwurf")
    make_faelliges(f.make_kommune(), "Fremdes")

    html = koordination.get(seite(runde)).text

    stellen = [html.index(wort) for wort in ("Verein A", "Treff", "Verein B", "Café", "Kurs")]
    assert stellen == sorted(stellen)
    for wort in ("Gerade bestätigt", "Nur Entwurf", "Fremdes"):
        assert wort not in html


def test_a_round_may_go_through_all_that_is_public(koordination, kommune, runde):
    f.make_bestaetigung(f.make_angebot(titel="Gerade bestätigt", kommune=kommune))
    Abgleichrunde.objects.update(alle=True)

    assert "Gerade bestätigt" in koordination.get(seite(runde)).text


def test_a_yes_is_a_bestaetigung_of_this_meeting_and_leads_on(koordination, kommune, runde):
    erstes, zweites = make_faelliges(kommune, "A"), make_faelliges(kommune, "B")

    antwort = koordination.post(seite(runde, erstes), STIMMT)

    bestaetigung = erstes.bestaetigungen.first()
    assert antwort["Location"] == seite(runde, zweites)
    assert bestaetigung.wie == Bestaetigung.Wie.NETZWERKTREFFEN
    assert bestaetigung.runde == runde
    assert bestaetigung.konto == koordination.konto
    assert timezone.localdate(bestaetigung.wann) == timezone.localdate()
    assert zweites.bestaetigungen.count() == 1


@pytest.mark.parametrize("liste", [{}, {"liste": "1"}])
def test_a_yes_to_what_was_edited_meanwhile_shows_it_again(koordination, kommune, runde, liste):
    angebot = make_faelliges(kommune, "A")
    gesehen = angebot.aktuelle_fassung()
    assert f'name="gesehen" value="{gesehen}"' in koordination.get(seite(runde)).text
    angebot.kurzbeschreibung = "Jetzt um 15 Uhr."
    angebot.save()

    daten = STIMMT | liste | {"gesehen": gesehen}
    antwort = koordination.post(seite(runde, angebot), daten, follow=True)

    assert antwort.redirect_chain == [(seite(runde, angebot), 302)]
    assert "wurde gerade geändert" in antwort.text
    assert f'name="gesehen" value="{gesehen + 1}"' in antwort.text
    assert angebot.bestaetigungen.count() == 1
    assert not Abgleich.objects.exists()


def test_a_correction_waits_as_an_open_task_and_confirms_nothing(koordination, kommune, runde):
    angebot = make_faelliges(kommune, "A")

    antwort = koordination.post(seite(runde, angebot), KORREKTUR)

    hinweis = Hinweis.objects.offen().get(angebot=angebot)
    assert "Neue Nummer" in hinweis.text
    assert angebot.bestaetigungen.count() == 1
    assert antwort["Location"] == f"{BASIS}{runde.pk}/ergebnis/"


@pytest.mark.parametrize("daten", [STIMMT, KORREKTUR])
def test_the_last_answer_is_taken_back_with_what_it_led_to(koordination, kommune, runde, daten):
    erstes, zweites = make_faelliges(kommune, "A"), make_faelliges(kommune, "B")
    koordination.post(seite(runde, erstes), STIMMT)
    koordination.post(seite(runde, zweites), daten)

    antwort = koordination.post(f"{BASIS}{runde.pk}/rueckgaengig/")

    assert antwort["Location"] == seite(runde, zweites)
    assert Abgleich.objects.get().angebot == erstes
    assert (erstes.bestaetigungen.count(), zweites.bestaetigungen.count()) == (2, 1)
    assert not Hinweis.objects.exists()


def test_what_went_to_another_kommune_is_not_taken_back_there(koordination, kommune, runde):
    bleibt, geht = make_faelliges(kommune, "A"), make_faelliges(kommune, "B")
    koordination.post(seite(runde, bleibt), STIMMT)
    koordination.post(seite(runde, geht), STIMMT)
    geht.kommune = f.make_kommune()
    geht.save()

    antwort = koordination.post(f"{BASIS}{runde.pk}/rueckgaengig/", follow=True)

    assert antwort.redirect_chain == [(seite(runde, bleibt), 302)]
    assert antwort.status_code == 200
    assert (bleibt.bestaetigungen.count(), geht.bestaetigungen.count()) == (1, 2)


def test_a_call_that_was_needless_for_a_moment_is_needed_again(koordination, kommune, runde):
    angebot = make_faelliges(kommune, "A")
    aufgabe = angebot.telefonaufgaben.create(grund="keine-antwort")
    koordination.post(seite(runde, angebot), STIMMT)
    aufgabe.refresh_from_db()
    erledigt = aufgabe.erledigt_am

    koordination.post(f"{BASIS}{runde.pk}/rueckgaengig/")

    aufgabe.refresh_from_db()
    assert erledigt
    assert aufgabe.erledigt_am is None


def test_what_was_confirmed_elsewhere_meanwhile_is_said_kindly(koordination, kommune, runde):
    angebot = make_faelliges(kommune, "A")
    f.make_bestaetigung(angebot)

    antwort = koordination.post(seite(runde, angebot), STIMMT, follow=True)

    assert "ist inzwischen bestätigt und steht nicht mehr an" in antwort.text
    assert not Abgleich.objects.exists()


def test_nobody_takes_back_the_answer_of_another(anmelden, koordination, kommune, runde):
    andere = anmelden(rollen.KOORDINATION, kommunen=[kommune])
    angebot = make_faelliges(kommune, "A")
    koordination.post(seite(runde, angebot), STIMMT)

    html = andere.post(f"{BASIS}{runde.pk}/rueckgaengig/", follow=True).text

    assert "Von Ihnen ist in dieser Runde noch keine Antwort." in html
    assert Abgleich.objects.count() == 1


def test_the_first_answer_stands_when_two_press_at_once(anmelden, koordination, kommune, runde):
    andere = anmelden(rollen.KOORDINATION, kommunen=[kommune])
    angebot = make_faelliges(kommune, "A")

    koordination.post(seite(runde, angebot), STIMMT)
    html = andere.post(seite(runde, angebot), KORREKTUR, follow=True).text

    assert "hat in dieser Runde schon jemand geantwortet" in html
    assert Abgleich.objects.get().antwort == "stimmt"
    assert angebot.bestaetigungen.count() == 2
    assert not Hinweis.objects.exists()


@pytest.mark.parametrize("daten", [{}, {"antwort": "vielleicht"}, {"antwort": "\x00"}])
def test_an_answer_we_do_not_know_is_refused(koordination, kommune, runde, daten):
    angebot = make_faelliges(kommune, "A")

    assert koordination.post(seite(runde, angebot), daten).status_code == 404
    assert not Abgleich.objects.exists()


def test_no_angebot_of_another_kommune_is_answered_in_my_round(koordination, runde):
    fremdes = make_faelliges(f.make_kommune(), "Geheimnis")

    antworten = [
        koordination.get(seite(runde, fremdes)),
        koordination.post(seite(runde, fremdes), STIMMT),
    ]

    assert [a.status_code for a in antworten] == [404, 404]
    assert not any("Geheimnis" in a.text for a in antworten)
    assert fremdes.bestaetigungen.count() == 1


def test_a_round_of_another_kommune_is_closed(koordination):
    fremde = f.make_abgleichrunde(f.make_kommune(), name="Geheimtreffen")
    angebot = make_faelliges(fremde.kommune, "Geheimnis")
    ziele = [
        seite(fremde),
        seite(fremde, angebot),
        f"{BASIS}{fremde.pk}/ergebnis/?als=xlsx",
        f"{BASIS}{fremde.pk}/rueckgaengig/",
    ]

    antworten = [tat(ziel) for ziel in ziele for tat in (koordination.get, koordination.post)]

    assert {a.status_code for a in antworten} == {404}
    assert not any("Geheim" in a.text for a in antworten)
    assert not Abgleich.objects.exists()


def test_the_same_pages_open_for_who_may(anmelden, koordination, kommune, runde):
    angebot = make_faelliges(kommune, "A")
    ziele = [seite(runde), seite(runde, angebot), f"{BASIS}{runde.pk}/ergebnis/"]

    for ziel in ziele:
        assert koordination.get(ziel).status_code == 200
        assert anmelden(rollen.REDAKTION).get(ziel).status_code == 200
        assert anmelden(rollen.VERANSTALTUNGSTEAM).get(ziel).status_code in {403, 404}
        assert Client().get(ziel).status_code == 302
    assert koordination.get(f"{BASIS}{runde.pk}/rueckgaengig/").status_code == 302
    assert not Abgleich.objects.exists()


def test_a_round_cannot_be_opened_for_another_kommune(koordination):
    fremd = f.make_kommune()
    daten = {"kommune": fremd.pk, "name": "Treffen", "datum": "2026-03-03"}

    koordination.post(f"{BASIS}add/", daten)

    assert not Abgleichrunde.objects.exists()


@pytest.mark.parametrize("als", ["xlsx", "csv"])
def test_the_result_for_the_minutes_names_no_persons_and_runs_no_formula(
    koordination, kommune, runde, als
):
    angebot = make_faelliges(kommune, "=1+1")
    f.make_kontakt(angebot, name="Erika Beispiel")
    make_faelliges(kommune, "Offen")
    koordination.post(seite(runde, angebot), KORREKTUR)

    inhalt = koordination.get(f"{BASIS}{runde.pk}/ergebnis/?als={als}").content
    if als == "xlsx":
        blatt = load_workbook(io.BytesIO(inhalt)).active
        text = "\n".join(str(zelle) for zeile in blatt.values for zelle in zeile)
    else:
        text = inhalt.decode("utf-8-sig")

    assert "'=1+1" in text
    assert "Neue Nummer" in text
    assert "nicht besprochen" in text
    assert "Erika" not in text
    assert koordination.konto.name not in text


def test_whoever_corrects_at_once_comes_back_to_the_round(koordination, kommune, runde):
    angebot = make_faelliges(kommune, "A")
    html = koordination.get(seite(runde, angebot)).text

    assert f"/verwaltung/angebote/angebot/{angebot.pk}/change/?_runde={runde.pk}" in html


def test_a_round_costs_the_same_with_one_and_with_many(
    koordination, kommune, runde, django_assert_max_num_queries
):
    make_faelliges(kommune, "A")
    koordination.get(seite(runde))
    with django_assert_max_num_queries(30) as eine:
        koordination.get(seite(runde))
    for n in range(6):
        make_faelliges(kommune, f"B{n}", f"Verein {n}")

    with django_assert_max_num_queries(len(eine)):
        koordination.get(seite(runde))
