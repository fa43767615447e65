"""The team's pages of an event: how full it is, its rooms, by phone, calling off."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client

from praeventionsketten import jobs, rollen
from praeventionsketten.models import Mail
from tests import factories as f
from tests.veranstaltungen.hilfen import anmelden as einbuchen
from tests.veranstaltungen.hilfen import belegt, pruefe_zaehler, wahl
from veranstaltungen.models import Anmeldung, Einwilligungstext, Forumswahl, Protokoll

BASIS = "/verwaltung/veranstaltungen/veranstaltung/"
TELEFON = {"quelle": "telefon"}


@pytest.fixture
def team(anmelden) -> Client:
    return anmelden(rollen.VERANSTALTUNGSTEAM)


@pytest.fixture
def fachtag(gruppen):
    """One seat per room. Anna holds one, Berta holds another and waits for Anna's."""
    fachtag = f.make_fachtag(je_forum=1)
    einbuchen(fachtag, name="Anna Eins", wahl=wahl(fachtag, 1, 2), **TELEFON)
    einbuchen(fachtag, name="Berta Zwei", wahl=wahl(fachtag, (1, 2), None), **TELEFON)
    return fachtag


def raum(fachtag, forum: int = 1, durchgang: int = 1):
    return fachtag.kontingente.get(fachforum__nummer=forum, durchgang__nummer=durchgang)


def text(antwort) -> str:
    return " ".join(antwort.content.decode().split())


def test_the_matrix_counts_seats_and_waiting_people(team, fachtag):
    seite = text(team.get(f"{BASIS}{fachtag.pk}/plaetze/"))

    assert "2 von 6" in seite
    assert seite.count("1 von 1") == 3
    assert seite.count("<strong>1 wartet</strong>") == 1


def test_the_matrix_costs_the_same_however_many_come(
    team, fachtag, django_assert_max_num_queries
):
    for n in range(3):
        einbuchen(fachtag, wahl=wahl(fachtag, 1 + n % 3, None), **TELEFON)

    with django_assert_max_num_queries(12):
        team.get(f"{BASIS}{fachtag.pk}/plaetze/")


def test_a_room_lists_who_sits_and_who_waits_in_order(team, fachtag):
    einbuchen(fachtag, name="Cora Drei", wahl=wahl(fachtag, 1, None), **TELEFON)

    seite = text(team.get(f"{BASIS}{fachtag.pk}/plaetze/{raum(fachtag).pk}/"))

    stellen = [seite.index(name) for name in ("Anna Eins", "Berta Zwei", "Cora Drei")]
    assert stellen == sorted(stellen)
    assert stellen[0] < seite.index("Warteliste <span") < stellen[1]


def test_the_house_lists_everybody(team, fachtag):
    haus = fachtag.kontingente.get(art="gesamt")

    seite = text(team.get(f"{BASIS}{fachtag.pk}/plaetze/{haus.pk}/"))

    assert "Anna Eins" in seite
    assert "Berta Zwei" in seite


def aendern(client, fachtag, kontingent, **werte):
    vorgabe = {"kapazitaet": 1, "notplaetze": 0, "raum": "", "gesperrt": "False"}
    adresse = f"{BASIS}{fachtag.pk}/plaetze/{kontingent.pk}/aendern/"
    return client.post(adresse, vorgabe | werte, follow=True)


def test_a_larger_room_lets_the_next_one_in_who_gets_a_mail(team, fachtag):
    antwort = aendern(team, fachtag, raum(fachtag), kapazitaet=2, raum="Saal 3")

    assert "1 Person ist nachgerückt" in text(antwort)
    assert belegt(fachtag) == {"haus": 2, (1, 1): 2, (2, 2): 1}
    assert Mail.objects.filter(schluessel__contains=":nachgerueckt:").count() == 1
    assert raum(fachtag).raum == "Saal 3"
    assert Protokoll.objects.get(was="raum_geaendert").konto == team.konto
    pruefe_zaehler(fachtag)


def test_a_room_never_gets_smaller_than_its_people_and_nothing_typed_is_lost(team, fachtag):
    antwort = aendern(team, fachtag, raum(fachtag), kapazitaet=0, raum="Kleiner Saal")

    assert antwort.status_code == 422
    assert "Es sind schon 1 Plätze vergeben" in text(antwort)
    assert 'value="Kleiner Saal"' in text(antwort)
    assert "<title>Fehler:" in text(antwort)
    assert raum(fachtag).kapazitaet == 1


@pytest.mark.parametrize("wert", ["", "x", "-1", "9" * 40, "1.5"])
def test_nonsense_for_a_room_comes_back_with_its_error(team, fachtag, wert):
    antwort = aendern(team, fachtag, raum(fachtag), kapazitaet=wert)

    assert antwort.status_code == 422
    assert raum(fachtag).kapazitaet == 1


def test_closing_a_room_keeps_its_people_and_lets_nobody_in(team, fachtag):
    aendern(team, fachtag, raum(fachtag), kapazitaet=5, gesperrt="True")
    zu = belegt(fachtag)[1, 1]
    aendern(team, fachtag, raum(fachtag), kapazitaet=5, gesperrt="False")

    assert (zu, belegt(fachtag)[1, 1]) == (1, 2)


def test_looking_at_a_room_changes_nothing(team, fachtag):
    vorher = belegt(fachtag)

    team.get(f"{BASIS}{fachtag.pk}/plaetze/{raum(fachtag).pk}/aendern/?kapazitaet=9")

    assert belegt(fachtag) == vorher
    assert raum(fachtag).kapazitaet == 1


def test_a_room_of_another_event_is_not_found(team, fachtag):
    anderer = f.make_fachtag()

    antwort = aendern(team, fachtag, raum(anderer), kapazitaet=50)

    assert antwort.status_code == 404
    assert raum(anderer).kapazitaet == 10


# ---------------------------------------------------------------- by phone


def telefon(client, fachtag, **werte):
    adresse = f"{BASIS}{fachtag.pk}/anmelden/"
    form = client.get(adresse).context["form"]
    daten = {name: form[name].value() for name in form.fields}
    daten = {name: "" if wert is None else wert for name, wert in daten.items()}
    daten |= {"name": "Dora Vier", "email": "dora@example.org"}
    return client.post(adresse, daten | werte, follow=True)


def test_somebody_on_the_phone_is_registered_and_gets_her_link(team, fachtag):
    forum = fachtag.fachforen.get(nummer=3).pk

    antwort = telefon(team, fachtag, forum_1=forum)

    dora = Anmeldung.objects.get(name="Dora Vier")
    assert "Eingetragen." in text(antwort)
    assert (dora.status, dora.quelle) == ("bestaetigt", "telefon")
    assert dora.wahlen.get().fachforum_id == forum
    assert dora.zeichen in Mail.objects.get(an="dora@example.org").text
    assert Protokoll.objects.get(anmeldung=dora).konto == team.konto


@pytest.fixture
def wortlaut(db):
    return Einwilligungstext.objects.create(
        zweck="bedarf", fassung=1, text="Sie dürfen das verwenden."
    )


def test_needs_told_by_phone_are_kept_with_the_consent_they_rest_on(team, fachtag, wortlaut):
    Einwilligungstext.objects.create(zweck="foto", fassung=1, text="Fotos sind gut.")

    antwort = telefon(team, fachtag, bedarf_zugang="Rollstuhl", einwilligung_bedarf=wortlaut.pk)
    gefragt = team.get(f"{BASIS}{fachtag.pk}/anmelden/").context["form"].fields

    dora = Anmeldung.objects.get(name="Dora Vier")
    assert [(b.art, b.text) for b in dora.bedarfe.all()] == [("zugang", "Rollstuhl")]
    assert [e.text for e in dora.einwilligungen.all()] == [wortlaut]
    assert "Rollstuhl" in text(antwort)
    assert "einwilligung_foto" not in gefragt


def test_by_phone_too_no_need_is_kept_without_consent(team, fachtag, wortlaut):
    antwort = telefon(team, fachtag, bedarf_essen="ohne Nüsse")

    assert antwort.status_code == 422
    assert "ohne Nüsse" in text(antwort)
    assert "Bitte stimmen Sie zu" in text(antwort)
    assert not Anmeldung.objects.filter(name="Dora Vier").exists()


def test_who_may_not_read_needs_is_not_asked_for_them(anmelden, fachtag, wortlaut):
    leitung = anmelden(rollen.VERANSTALTUNGSTEAM)
    rechte = Permission.objects.filter(codename__endswith="_bedarf")
    Group.objects.get(name=rollen.VERANSTALTUNGSTEAM).permissions.remove(*rechte)

    telefon(leitung, fachtag, bedarf_essen="ohne Nüsse", einwilligung_bedarf=wortlaut.pk)

    dora = Anmeldung.objects.get(name="Dora Vier")
    assert not dora.bedarfe.exists()
    assert not dora.einwilligungen.exists()


def test_by_phone_it_works_before_and_after_the_window(team, fachtag):
    fachtag.anmeldung_bis = (
        fachtag.anmeldung_von + (fachtag.beginn - fachtag.anmeldung_bis) / 999
    )
    fachtag.save()

    telefon(team, fachtag)

    assert Anmeldung.objects.filter(name="Dora Vier").exists()


def test_the_same_form_sent_twice_registers_once(team, fachtag):
    schluessel = "00000000-0000-4000-8000-000000000001"

    telefon(team, fachtag, schluessel=schluessel)
    zweite = telefon(team, fachtag, schluessel=schluessel)

    assert "schon angemeldet" in text(zweite)
    assert Anmeldung.objects.filter(name="Dora Vier").count() == 1


def test_by_phone_a_full_forum_is_waited_for_in_another(team, fachtag):
    foren = {n.nummer: n.pk for n in fachtag.fachforen.all()}

    telefon(team, fachtag, forum_1=foren[1], ersatz_1=foren[3])

    stand = dict(
        Forumswahl.objects.filter(anmeldung__name="Dora Vier").values_list(
            "fachforum__nummer", "status"
        )
    )
    assert stand == {1: "wartend", 3: "belegt"}


@pytest.mark.parametrize(
    "werte",
    [
        {"name": ""},
        {"email": "dora"},
        {"name": "http://boese.example"},
        {"forum_1": "999999"},
        {"forum_1": "x"},
        {"ersatz_2": "doppelt"},
        {"forum_2": "selbes", "forum_1": "selbes"},
        {"schluessel": "x"},
    ],
)
def test_a_wrong_form_comes_back_with_everything_typed(team, fachtag, werte):
    forum = str(fachtag.fachforen.get(nummer=3).pk)
    werte = {k: forum if v in ("selbes", "doppelt") else v for k, v in werte.items()}

    antwort = telefon(team, fachtag, organisation="Kita Zwerge", **werte)

    assert antwort.status_code == 422
    assert 'value="Kita Zwerge"' in text(antwort)
    assert Anmeldung.objects.count() == 2


def test_an_event_that_is_over_registers_nobody(team, fachtag):
    fachtag.beginn -= (dauer := fachtag.ende - fachtag.anmeldung_von)
    fachtag.ende -= dauer + dauer / 999
    fachtag.anmeldung_von -= 2 * dauer
    fachtag.anmeldung_bis = fachtag.beginn
    fachtag.save()

    antwort = telefon(team, fachtag)

    assert antwort.status_code == 422
    assert "nicht (mehr) anmelden" in text(antwort)


# ---------------------------------------------------------------- calling off


def test_calling_off_asks_first_and_then_tells_everybody(team, fachtag):
    adresse = f"{BASIS}{fachtag.pk}/absagen/"
    frage = text(team.get(adresse))
    fachtag.refresh_from_db()
    davor = fachtag.status

    team.post(adresse)
    team.post(adresse)
    jobs.eine_runde()

    fachtag.refresh_from_db()
    assert "2 Anmeldungen enden" in frage
    assert (davor, fachtag.status) == ("veroeffentlicht", "abgesagt")
    assert Mail.objects.filter(schluessel__contains=":abgesagt:").count() == 2
    assert belegt(fachtag) == {}
    assert Protokoll.objects.get(was="veranstaltung_abgesagt").konto == team.konto


def test_seats_that_drifted_are_on_the_start_page(team, fachtag):
    vorher = text(team.get("/verwaltung/"))
    fachtag.kontingente.filter(art="gesamt").update(belegt=5)

    nachher = text(team.get("/verwaltung/"))

    assert "Plätze, die nicht stimmen" not in vorher
    assert "gezählt sind 5 vergebene Plätze" in nachher
