"""Accounts are given: who may invite whom, and nobody gains rights on the way."""

import pytest
from django.contrib.auth.models import Group

from kommunen.models import Zustaendigkeit
from praeventionsketten import rollen
from praeventionsketten.models import Konto, Mail
from tests import factories as f

from .formulare import fehler, senden
from .welt import make_mitglied

KONTO = "/verwaltung/praeventionsketten/konto/"


def neues_konto(client, **aenderungen):
    daten = {"name": "Kim Beispiel", "email": "Kim@Stadt.example.org"} | aenderungen
    return senden(client, f"{KONTO}add/", **daten)


def test_the_redaktion_invites_a_coordinator(anmelden):
    kommune = f.make_kommune()
    antwort = neues_konto(
        anmelden(rollen.REDAKTION),
        **{
            "zustaendigkeiten-TOTAL_FORMS": "1",
            "zustaendigkeiten-0-kommune": kommune.pk,
            "zustaendigkeiten-0-von": "2024-01-01",
        },
    )

    assert fehler(antwort) == []
    konto = Konto.objects.get(email="kim@stadt.example.org")
    assert [g.name for g in konto.groups.all()] == [rollen.KOORDINATION]
    assert konto.eigene_kommunen == [kommune.pk]
    assert not konto.has_usable_password()
    mail = Mail.objects.get()
    assert mail.an == konto.email
    assert "https://portal.example.org/konto/login/code/" in mail.text


def test_the_redaktion_gives_no_role(anmelden):
    administration = Group.objects.get(name=rollen.ADMINISTRATION)
    redaktion = anmelden(rollen.REDAKTION)

    neues_konto(redaktion, groups=[administration.pk], is_superuser="on", is_staff="on")

    konto = Konto.objects.get(email="kim@stadt.example.org")
    assert [g.name for g in konto.groups.all()] == [rollen.KOORDINATION]
    assert not konto.is_superuser


@pytest.mark.parametrize(
    "rolle", [rollen.VERANSTALTUNGSTEAM, rollen.REDAKTION, rollen.ADMINISTRATION]
)
def test_the_redaktion_changes_only_coordinators(anmelden, rolle):
    redaktion = anmelden(rollen.REDAKTION)
    andere = make_mitglied(rolle)
    koordination = make_mitglied(rollen.KOORDINATION)

    fremd = redaktion.post(f"{KONTO}{andere.pk}/change/", {"email": "meins@example.org"})
    erlaubt = senden(redaktion, f"{KONTO}{koordination.pk}/change/", name="Neuer Name")

    assert fremd.status_code == 403
    assert fehler(erlaubt) == []
    andere.refresh_from_db()
    koordination.refresh_from_db()
    assert (andere.email != "meins@example.org", koordination.name) == (True, "Neuer Name")


def test_nobody_changes_her_own_role(anmelden):
    redaktion = anmelden(rollen.REDAKTION)
    administration = Group.objects.get(name=rollen.ADMINISTRATION)

    antwort = redaktion.post(
        f"{KONTO}{redaktion.konto.pk}/change/", {"groups": [administration.pk]}
    )

    assert antwort.status_code == 403
    assert not redaktion.konto.groups.filter(pk=administration.pk).exists()


def test_the_administration_gives_roles_and_no_superpowers(anmelden):
    redaktion = Group.objects.get(name=rollen.REDAKTION)

    antwort = neues_konto(
        anmelden(rollen.ADMINISTRATION), groups=[redaktion.pk], is_superuser="on"
    )

    assert fehler(antwort) == []
    konto = Konto.objects.get(email="kim@stadt.example.org")
    assert [g.name for g in konto.groups.all()] == [rollen.REDAKTION]
    assert not konto.is_superuser


def test_the_first_account_is_out_of_reach(anmelden):
    erstes = Konto.objects.create_superuser("erstes@stadt.example.org", name="Erstes")
    administration = anmelden(rollen.ADMINISTRATION)

    geaendert = administration.post(
        f"{KONTO}{erstes.pk}/change/", {"email": "meins@example.org"}
    )
    geloescht = administration.post(f"{KONTO}{erstes.pk}/delete/", {"post": "yes"})

    assert (geaendert.status_code, geloescht.status_code) == (403, 403)
    assert Konto.objects.filter(email="erstes@stadt.example.org").exists()


@pytest.mark.parametrize("rolle", [rollen.REDAKTION, rollen.ADMINISTRATION])
def test_no_password_shows_and_none_can_be_guessed(anmelden, rolle):
    client = anmelden(rolle)
    konto = make_mitglied(rollen.KOORDINATION)

    seite = client.get(f"{KONTO}{konto.pk}/change/").content.decode()
    geraten = client.get(f"{KONTO}?password__startswith=md5")

    assert "password" not in seite.replace("/konto/password/change/", "")
    assert konto.password not in seite
    assert geraten.status_code == 400


def test_a_taken_address_is_refused_whatever_its_case(anmelden):
    f.make_konto(email="kim@stadt.example.org")

    antwort = neues_konto(anmelden(rollen.ADMINISTRATION))

    assert fehler(antwort) != []
    assert not Mail.objects.exists()


def test_a_second_invitation_of_a_day_is_not_sent_twice(anmelden):
    redaktion = anmelden(rollen.REDAKTION)
    konto = make_mitglied(rollen.KOORDINATION)

    for _ in range(2):
        redaktion.post(f"{KONTO}{konto.pk}/knopf/einladen/")

    assert Mail.objects.filter(an=konto.email).count() == 1


def test_a_mail_with_a_login_code_is_not_read_by_anybody(anmelden):
    from django.core.mail import send_mail

    send_mail("Ihr Code", "ABC-DEF", None, ["kim@stadt.example.org"])
    mail = Mail.objects.get()
    administration = anmelden(rollen.ADMINISTRATION)

    seite = administration.get(f"/verwaltung/praeventionsketten/mail/{mail.pk}/change/")
    geraten = administration.get("/verwaltung/praeventionsketten/mail/?text__contains=ABC")

    assert "ABC-DEF" not in seite.content.decode()
    assert geraten.status_code == 400


def test_zustaendigkeiten_are_not_the_coordinators_to_give(anmelden):
    kommune = f.make_kommune()
    koordination = anmelden(rollen.KOORDINATION, kommunen=[f.make_kommune()])

    antwort = koordination.post(
        f"{KONTO}{koordination.konto.pk}/change/", {"zustaendigkeiten-0-kommune": kommune.pk}
    )

    assert antwort.status_code == 403
    assert not Zustaendigkeit.objects.filter(kommune=kommune).exists()
