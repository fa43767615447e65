"""The page of one registration: what stands there, and every action of the team."""

import json

import pytest
from django.test import Client

from praeventionsketten import rollen
from praeventionsketten.models import Mail
from tests import factories as f
from tests.veranstaltungen.hilfen import anmelden as einbuchen
from tests.veranstaltungen.hilfen import belegt, pruefe_zaehler, wahl
from veranstaltungen.models import Anmeldung, Bedarf, Forumswahl, Protokoll

BASIS = "/verwaltung/veranstaltungen/anmeldung/"
TELEFON = {"quelle": "telefon"}
ANGABEN = {"name": "Anna Eins", "email": "anna@example.org", "organisation": "", "funktion": ""}


@pytest.fixture
def team(anmelden) -> Client:
    return anmelden(rollen.VERANSTALTUNGSTEAM)


@pytest.fixture
def fachtag(gruppen):
    return f.make_fachtag(je_forum=1)


@pytest.fixture
def anna(fachtag) -> Anmeldung:
    anna = einbuchen(fachtag, wahl=wahl(fachtag, 1, 2), **TELEFON, **ANGABEN).anmeldung
    Bedarf.objects.create(anmeldung=anna, art="essen", text="ohne Erdnüsse")
    return anna


@pytest.fixture
def berta(fachtag, anna) -> Anmeldung:
    """Holds Forum 3 and waits for Anna's in Durchgang 1."""
    wunsch = wahl(fachtag, (1, 3), None)
    return einbuchen(fachtag, name="Berta Zwei", wahl=wunsch, **TELEFON).anmeldung


def text(antwort) -> str:
    return " ".join(antwort.content.decode().split())


def tun(client, anmeldung, was: str, daten: dict | None = None, frage: str = ""):
    return client.post(f"{BASIS}{anmeldung.pk}/{was}/{frage}", daten or {}, follow=True)


def test_the_page_tells_how_things_stand_and_what_was_done(team, berta):
    seite = text(team.get(f"{BASIS}{berta.pk}/change/"))

    assert "Platz: 3 · Forum 3" in seite
    assert "Wartet auf Platz 1: 1 · Forum 1" in seite
    assert "Angemeldet" in seite
    assert "Sie sind angemeldet: " in seite
    assert "wartet" in seite


def test_needs_are_read_by_the_team_alone(anmelden, team, anna):
    seiten = {r: text(anmelden(r).get(f"{BASIS}{anna.pk}/change/")) for r in rollen.ROLLEN[2:]}

    assert "ohne Erdnüsse" in text(team.get(f"{BASIS}{anna.pk}/change/"))
    for seite in seiten.values():
        assert "Anna Eins" in seite
        assert "Erdnüsse" not in seite
        assert "Zugang und Essen" not in seite


@pytest.mark.parametrize(
    "rolle", [rollen.REDAKTION, rollen.ADMINISTRATION, rollen.KOORDINATION]
)
def test_every_door_to_needs_is_closed_to_the_others(anmelden, anna, rolle):
    client = anmelden(rolle)
    bedarf = anna.bedarfe.get()
    event = f"/verwaltung/veranstaltungen/veranstaltung/{anna.veranstaltung_id}/"
    tueren = [
        "/verwaltung/veranstaltungen/bedarf/",
        "/verwaltung/veranstaltungen/bedarf/?q=Erd",
        f"/verwaltung/veranstaltungen/bedarf/{bedarf.pk}/change/",
        f"/verwaltung/veranstaltungen/bedarf/{bedarf.pk}/history/",
        f"/verwaltung/veranstaltungen/bedarf/{bedarf.pk}/delete/",
        f"{BASIS}?bedarfe__text__startswith=ohne",
        f"{event}listen/bedarf/",
        f"{event}listen/bedarf/?als=csv",
        f"{event}listen/bedarf/?als=xlsx",
        f"{event}delete/",
        "/verwaltung/",
    ]

    antworten = [client.get(tuer, follow=True) for tuer in tueren]

    assert all(a.status_code < 500 for a in antworten)
    assert not any(b"Erdn" in a.content for a in antworten)
    assert {a.status_code for a in antworten[6:9]} == {403}


def test_moving_somebody_frees_the_old_seat_for_who_waits(team, fachtag, anna, berta):
    foren = {n.nummer: n.pk for n in fachtag.fachforen.all()}
    daten = {
        "forum_1": 0,
        "ersatz_1": 0,
        "forum_2": foren[3],
        "ersatz_2": 0,
        "notplatz": "False",
    }

    tun(team, anna, "wechseln", daten)

    assert belegt(fachtag) == {"haus": 2, (1, 1): 1, (2, 3): 1}
    wunsch = berta.wahlen.get(fachforum__nummer=1)
    assert wunsch.status == Forumswahl.Status.BELEGT
    assert Protokoll.objects.get(was="gewechselt").konto == team.konto
    pruefe_zaehler(fachtag)


def test_the_form_to_move_sent_unchanged_changes_nothing(team, fachtag, berta):
    form = team.get(f"{BASIS}{berta.pk}/wechseln/").context["form"]
    vorher = belegt(fachtag)

    antwort = tun(team, berta, "wechseln", {n: form[n].value() for n in form.fields})

    assert "nichts geändert" in text(antwort)
    assert belegt(fachtag) == vorher


def test_a_spare_seat_is_given_beside_the_queue(team, fachtag, berta):
    foren = {n.nummer: n.pk for n in fachtag.fachforen.all()}
    fachtag.kontingente.update(notplaetze=1)
    dora = einbuchen(fachtag, **TELEFON).anmeldung
    daten = {"forum_1": foren[1], "ersatz_1": 0, "forum_2": 0, "ersatz_2": 0}

    tun(team, dora, "wechseln", daten | {"notplatz": "True"})

    assert dora.wahlen.get().status == Forumswahl.Status.BELEGT
    assert berta.wahlen.get(fachforum__nummer=1).status == Forumswahl.Status.WARTEND


def test_the_same_forum_twice_is_refused_at_its_field(team, fachtag, anna):
    forum = fachtag.fachforen.get(nummer=3).pk
    daten = {"forum_1": forum, "ersatz_1": 0, "forum_2": forum, "ersatz_2": 0}

    antwort = tun(team, anna, "wechseln", daten | {"notplatz": "False"})

    assert antwort.status_code == 422
    assert "schon gewählt" in text(antwort)
    assert belegt(fachtag)[1, 1] == 1


def test_cancelling_asks_first_and_lets_the_next_in(team, fachtag, anna, berta):
    team.get(f"{BASIS}{anna.pk}/stornieren/")
    davor = belegt(fachtag)["haus"]

    tun(team, anna, "stornieren")
    nochmal = tun(team, anna, "stornieren")

    anna.refresh_from_db()
    assert (davor, anna.status) == (2, "storniert")
    assert "geht bei dieser Anmeldung nicht mehr" in text(nochmal)
    assert berta.wahlen.get(fachforum__nummer=1).status == "belegt"


def test_a_corrected_address_gets_a_new_link(team, anna):
    alt = anna.zeichen

    tun(team, anna, "berichtigen", ANGABEN | {"email": "anna.eins@example.org"})

    anna.refresh_from_db()
    assert not anna.gilt(alt)
    assert anna.zeichen in Mail.objects.get(an="anna.eins@example.org").text


def test_a_correction_into_somebody_else_is_refused(team, fachtag, anna, berta):
    daten = {"name": "Berta Zwei", "email": berta.email, "organisation": "Kita"}

    antwort = tun(team, anna, "berichtigen", daten)

    assert antwort.status_code == 422
    assert "schon jemand angemeldet" in text(antwort)
    assert 'value="Kita"' in text(antwort)


def test_a_substitute_takes_the_seats_and_is_asked_to_confirm(team, fachtag, anna):
    tun(team, anna, "vertretung", {"name": "Robin Neu", "email": "robin@example.org"})

    anna.refresh_from_db()
    assert (anna.name, anna.status) == ("Robin Neu", "unbestaetigt")
    assert not anna.bedarfe.exists()
    assert belegt(fachtag)["haus"] == 1


def test_the_link_is_sent_again(team, anna):
    vorher = Mail.objects.count()

    tun(team, anna, "tun/link")

    assert Mail.objects.count() == vorher + 1


def test_the_team_confirms_for_somebody_who_got_no_mail(team, fachtag):
    anmeldung = einbuchen(fachtag).anmeldung

    tun(team, anmeldung, "tun/bestaetigen")

    anmeldung.refresh_from_db()
    assert anmeldung.status == "bestaetigt"
    assert Protokoll.objects.get(was="bestaetigt").konto == team.konto


def test_putting_first_needs_a_reason(team, fachtag, berta):
    cora = einbuchen(fachtag, wahl=wahl(fachtag, 1, None), **TELEFON).anmeldung
    frage = f"?wahl={cora.wahlen.get().pk}"

    ohne = tun(team, cora, "vorziehen", {"grund": ""}, frage)
    mit = tun(team, cora, "vorziehen", {"grund": "mitwirkung"}, frage)

    reihe = Forumswahl.objects.filter(status="wartend").order_by("position")
    assert ohne.status_code == 422
    assert "wirkt am Programm mit" in text(mit)
    assert [w.anmeldung_id for w in reihe] == [cora.pk, berta.pk]


def test_an_offer_is_taken_or_left_on_the_phone(team, fachtag, anna, berta):
    fachtag.nachruecken = "angebot"
    fachtag.save()
    tun(team, anna, "stornieren")
    angebot = berta.wahlen.get(status="angeboten")
    seite = text(team.get(f"{BASIS}{berta.pk}/change/"))

    tun(team, berta, "tun/annehmen", frage=f"?wahl={angebot.pk}")

    angebot.refresh_from_db()
    assert "Durchgang 1: Angebot annehmen" in seite
    assert angebot.status == "belegt"
    assert belegt(fachtag) == {"haus": 1, (1, 1): 1}


@pytest.mark.parametrize("was", ["link", "bestaetigen", "aufnehmen", "annehmen", "ablehnen"])
def test_a_link_alone_does_nothing(team, anna, was):
    vorher = Protokoll.objects.count()

    antwort = team.get(f"{BASIS}{anna.pk}/tun/{was}/")

    assert (antwort.status_code, Protokoll.objects.count()) == (405, vorher)


@pytest.mark.parametrize(
    "adresse",
    [
        "tun/loeschen/",
        "tun/link/?wahl=x",
        "vorziehen/?wahl=999999",
        f"tun/link/?wahl={'9' * 40}",
    ],
)
def test_nonsense_is_not_found(team, anna, adresse):
    assert team.post(f"{BASIS}{anna.pk}/{adresse}").status_code == 404


def test_somebody_elses_choice_is_not_found(team, anna, berta):
    fremde = anna.wahlen.first()

    antwort = tun(team, berta, "tun/annehmen", frage=f"?wahl={fremde.pk}")

    assert antwort.status_code == 404


TATEN = [
    (
        "wechseln",
        {"forum_1": 0, "ersatz_1": 0, "forum_2": 0, "ersatz_2": 0, "notplatz": "False"},
    ),
    ("berichtigen", ANGABEN | {"name": "Anders"}),
    ("vertretung", ANGABEN | {"name": "Anders"}),
    ("stornieren", {}),
    ("vorziehen", {"grund": "leitung"}),
    ("tun/link", {}),
]


@pytest.mark.parametrize(("was", "daten"), TATEN, ids=[t[0] for t in TATEN])
def test_without_the_right_nothing_is_done(anmelden, fachtag, anna, was, daten):
    """The control: the team may."""
    koordination = anmelden(rollen.KOORDINATION, kommunen=[f.make_kommune()])
    niemand = Client()
    vorher = (belegt(fachtag), Protokoll.objects.count(), Mail.objects.count())

    fremd = koordination.post(f"{BASIS}{anna.pk}/{was}/", daten)
    ohne = niemand.post(f"{BASIS}{anna.pk}/{was}/", daten)

    assert (fremd.status_code, ohne.status_code) == (403, 302)
    assert b"Anna" not in fremd.content + ohne.content
    assert (belegt(fachtag), Protokoll.objects.count(), Mail.objects.count()) == vorher
    anna.refresh_from_db()
    assert (anna.name, anna.status) == ("Anna Eins", "bestaetigt")


def test_who_may_only_read_is_offered_nothing_and_refused(anmelden, fachtag, anna, monkeypatch):
    nur_lesen = dict(rollen.RECHTE) | {"veranstaltungen.anmeldung": rollen.NUR_LESEN}
    monkeypatch.setattr(rollen, "RECHTE", nur_lesen)
    rollen.einrichten()
    client = anmelden(rollen.VERANSTALTUNGSTEAM)

    seite = text(client.get(f"{BASIS}{anna.pk}/change/"))
    antworten = [client.post(f"{BASIS}{anna.pk}/{was}/", daten) for was, daten in TATEN]

    assert "Anna Eins" in seite
    assert "Was Sie tun können" not in seite
    assert {a.status_code for a in antworten} == {403}


def test_without_a_csrf_token_nothing_is_done(team, anna):
    streng = Client(enforce_csrf_checks=True)
    streng.cookies = team.cookies

    antwort = streng.post(f"{BASIS}{anna.pk}/stornieren/")

    anna.refresh_from_db()
    assert (antwort.status_code, anna.status) == (403, "bestaetigt")


def test_no_step_of_the_team_writes_a_name_into_the_log(team, fachtag, anna, berta):
    for was, daten in TATEN:
        tun(team, berta, was, daten)
    tun(team, anna, "stornieren")

    zeilen = json.dumps([[str(p), p.was, p.daten] for p in Protokoll.objects.all()])
    liste = text(team.get("/verwaltung/veranstaltungen/protokoll/"))
    for wort in ("Anna", "Berta", "Anders", "@example.org", "Erdnüsse"):
        assert wort not in zeilen
        assert wort not in liste
    assert "Storniert" in liste
