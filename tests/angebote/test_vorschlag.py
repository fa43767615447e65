"""Proposals: taken over field by field, never over what somebody else wrote meanwhile."""

import datetime as dt

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from angebote.models import Angebot, Hinweis, Konflikt, NichtAnwendbar, Vorschlag
from praeventionsketten.models import Inhaltsversion
from tests.factories import (
    make_angebot,
    make_bestaetigung,
    make_hinweis,
    make_kommune,
    make_kontakt,
    make_konto,
    make_pflegekontakt,
    make_vorschlag,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def angebot():
    return make_angebot(titel="Elterncafé", kurzbeschreibung="Kaffee.", kommune=make_kommune())


def aendert(angebot, **neu) -> Vorschlag:
    felder = {name: {"alt": getattr(angebot, name), "neu": wert} for name, wert in neu.items()}
    return make_vorschlag(angebot, felder=felder)


def test_an_accepted_proposal_is_written_kept_and_found(angebot):
    vorschlag, konto = aendert(angebot, titel="Elterncafé im Park"), make_konto()
    vorher = Inhaltsversion.objects.get().nummer

    assert vorschlag.annehmen(konto)

    angebot.refresh_from_db()
    assert angebot.titel == "Elterncafé im Park"
    assert [(v.konto, v.grund) for v in angebot.fassungen.all()] == [
        (konto, "Vorschlag angenommen"),
        (None, "Stand vor dem Vorschlag"),
    ]
    assert Inhaltsversion.objects.get().nummer > vorher
    vorschlag.refresh_from_db()
    assert vorschlag.status == Vorschlag.Status.ANGENOMMEN
    assert vorschlag.entschieden_von == konto
    assert not Vorschlag.objects.offen().exists()


def test_only_the_chosen_fields_are_written(angebot):
    vorschlag = aendert(angebot, titel="Anders", kurzbeschreibung="Tee.")

    vorschlag.annehmen(make_konto(), nur=["kurzbeschreibung"])

    angebot.refresh_from_db()
    assert (angebot.titel, angebot.kurzbeschreibung) == ("Elterncafé", "Tee.")
    assert not vorschlag.felder["titel"]["angenommen"]
    assert vorschlag.felder["kurzbeschreibung"]["angenommen"]


def test_a_number_of_a_contact_is_proposed_and_taken_over(angebot):
    kontakt = make_kontakt(angebot, telefon="0561 1")
    name = f"kontakt:{kontakt.pk}:telefon"
    vorschlag = make_vorschlag(angebot, felder={name: {"alt": "0561 1", "neu": "0561 2"}})

    vorschlag.annehmen(make_konto())

    kontakt.refresh_from_db()
    assert kontakt.telefon == "0561 2"


def test_what_changed_meanwhile_is_never_overwritten_silently(angebot):
    vorschlag = aendert(angebot, titel="Anders", kurzbeschreibung="Tee.")
    Angebot.objects.update(titel="Inzwischen neu")

    with pytest.raises(Konflikt) as konflikt:
        vorschlag.annehmen(make_konto())

    assert konflikt.value.felder == ["titel"]
    angebot.refresh_from_db()
    assert (angebot.titel, angebot.kurzbeschreibung) == ("Inzwischen neu", "Kaffee.")
    assert Vorschlag.objects.offen().count() == 1


def test_who_has_seen_what_stands_there_today_may_overwrite_it(angebot):
    vorschlag = aendert(angebot, titel="Anders")
    Angebot.objects.update(titel="Inzwischen neu")
    gesehen = Vorschlag.objects.get().kennung

    vorschlag.annehmen(make_konto(), gesehen=gesehen)

    angebot.refresh_from_db()
    assert angebot.titel == "Anders"


def test_seen_is_only_what_still_stands_there(angebot):
    vorschlag = aendert(angebot, titel="Anders")
    gesehen = Vorschlag.objects.get().kennung
    Angebot.objects.update(titel="Nach dem Hinsehen geändert")

    with pytest.raises(Konflikt):
        vorschlag.annehmen(make_konto(), gesehen=gesehen)


def test_a_contact_that_is_gone_is_a_conflict(angebot):
    kontakt = make_kontakt(angebot)
    name = f"kontakt:{kontakt.pk}:telefon"
    vorschlag = make_vorschlag(
        angebot, felder={name: {"alt": kontakt.telefon, "neu": "0561 2"}}
    )
    kontakt.delete()

    with pytest.raises(Konflikt):
        vorschlag.annehmen(make_konto(), gesehen=Vorschlag.objects.get().kennung)


def test_what_breaks_a_rule_is_refused_as_a_whole(angebot):
    vorschlag = aendert(angebot, titel="T" * 121, kurzbeschreibung="Tee.")

    with pytest.raises(NichtAnwendbar):
        vorschlag.annehmen(make_konto())

    angebot.refresh_from_db()
    assert (angebot.titel, angebot.kurzbeschreibung) == ("Elterncafé", "Kaffee.")


@pytest.mark.parametrize(
    "name", ["status", "slug", "kommune", "kontakt:1:art", "kontakte", "pk"]
)
def test_what_may_not_be_proposed_is_not_written(angebot, name):
    vorschlag = make_vorschlag(angebot, felder={name: {"alt": "", "neu": "entwurf"}})

    vorschlag.annehmen(make_konto())

    vorher = Angebot.objects.get()
    assert (vorher.status, vorher.slug, vorher.kommune) == (
        angebot.status,
        angebot.slug,
        angebot.kommune,
    )


def test_a_contact_of_another_angebot_is_not_touched(angebot):
    fremder = make_kontakt(make_angebot(), telefon="0561 1")
    name = f"kontakt:{fremder.pk}:telefon"
    vorschlag = make_vorschlag(angebot, felder={name: {"alt": "0561 1", "neu": "0561 2"}})

    with pytest.raises(Konflikt):
        vorschlag.annehmen(make_konto())

    fremder.refresh_from_db()
    assert fremder.telefon == "0561 1"


def test_it_is_decided_once(angebot):
    vorschlag = aendert(angebot, titel="Anders")
    zweite = Vorschlag.objects.get()

    assert vorschlag.ablehnen(make_konto())
    assert not zweite.annehmen(make_konto())

    angebot.refresh_from_db()
    assert angebot.titel == "Elterncafé"


def test_a_change_belongs_to_the_kommune_of_its_angebot(angebot):
    assert aendert(angebot, titel="x").kommune == angebot.kommune


def test_a_hinweis_is_closed_once(angebot):
    hinweis, konto = make_hinweis(angebot), make_konto()
    zweiter = Hinweis.objects.get()

    assert hinweis.erledigen(konto, Hinweis.Ergebnis.STIMMT, "Danke!")
    assert not zweiter.erledigen(make_konto(), Hinweis.Ergebnis.WERBUNG)

    zweiter.refresh_from_db()
    assert (zweiter.ergebnis, zweiter.entschieden_von) == ("stimmt", konto)
    assert not Hinweis.objects.offen().exists()


def test_what_looks_like_advertising_is_not_open(angebot):
    make_hinweis(angebot, status=Hinweis.Status.VERDACHT)

    assert not Hinweis.objects.offen().exists()
    assert Hinweis.objects.verdaechtig().count() == 1


@pytest.mark.parametrize(
    "falsch", [{"status": "erledigt"}, {"entschieden_am": "2026-01-01T00:00:00Z"}]
)
def test_the_database_insists_on_when_it_was_closed(angebot, falsch):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_hinweis(angebot, **falsch)


def test_neither_is_part_of_a_fassung(angebot):
    make_hinweis(angebot)
    make_vorschlag(angebot)
    make_bestaetigung(angebot)

    teile = angebot.stand_der_dinge()["teile"]

    assert set(teile) == {"zeitfenster", "termine", "kontakte"}


def test_their_words_are_erased_in_time(angebot):
    hinweis = make_hinweis(angebot, absender_email="kim@example.org")
    hinweis.erledigen(None, Hinweis.Ergebnis.STIMMT)
    frisch = make_hinweis(angebot, absender_email="lea@example.org")
    Hinweis.objects.filter(pk=hinweis.pk).update(entschieden_am="2026-01-01T00:00:00Z")
    uralt = make_hinweis(angebot, absender_email="ali@example.org")
    Hinweis.objects.filter(pk=uralt.pk).update(eingegangen_am="2025-01-01T00:00:00Z")

    call_command("loeschen")

    hinweis.refresh_from_db()
    frisch.refresh_from_db()
    assert (hinweis.absender_email, frisch.absender_email) == ("", "lea@example.org")
    assert not Hinweis.objects.filter(pk=uralt.pk).exists()


def test_whose_proposals_count_as_trust_is_known_as_long_as_an_entry_names_her(angebot):
    make_pflegekontakt(angebot, "Team@kita.example")
    felder = {"herkunft": "anbieter", "status": "abgelehnt", "entschieden_am": timezone.now()}
    felder["entschieden_am"] -= dt.timedelta(days=60)
    benannt = make_vorschlag(angebot, absender_email="team@kita.example", **felder)
    frueher = make_vorschlag(angebot, absender_email="weg@kita.example", **felder)
    fremd = make_vorschlag(
        angebot, absender_email="team@kita.example", **felder | {"herkunft": "oeffentlich"}
    )

    call_command("loeschen")

    for vorschlag, email in ((benannt, "team@kita.example"), (frueher, ""), (fremd, "")):
        vorschlag.refresh_from_db()
        assert vorschlag.absender_email == email
