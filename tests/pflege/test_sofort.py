"""Bad news at once, visibly and reversibly; new texts wait for a coordinator."""

import datetime as dt

import pytest
from django.utils import timezone

from angebote.models import Angebot, Hinweis, Sofortmeldung, Termin, Vorschlag
from angebote.pflege import sofort
from praeventionsketten.lib import zeit
from praeventionsketten.models import Mail
from tests.factories import (
    make_kommune,
    make_kontakt,
    make_konto,
    make_landesprogramm,
    make_pflegelink,
    make_termin,
    make_vorschlag,
    make_zeitfenster,
    make_zustaendigkeit,
)

from .hilfen import EMAIL, geoeffnet, make_faelliges

pytestmark = pytest.mark.django_db
BALD = timezone.localdate() + dt.timedelta(days=9)


@pytest.fixture
def kommune():
    make_landesprogramm(email="programm@land.example")
    kommune = make_kommune()
    konto = make_konto(email="koordination@kreis.example")
    make_zustaendigkeit(konto=konto, kommune=kommune)
    make_konto(email="fremde@kreis.example")
    return kommune


@pytest.fixture
def angebot(kommune) -> Angebot:
    return make_faelliges(kommune=kommune, titel="Elterncafé am Park")


def melde(angebot: Angebot, aktion: str, **felder):
    """Send one form of the page of this Angebot; returns browser, page and answer."""
    _link, zeichen = make_pflegelink(angebot)
    client, ziel = geoeffnet(zeichen)
    seite = f"{ziel}{angebot.uuid}/"
    daten = {f"{aktion}-{name}": wert for name, wert in felder.items()}
    return client, seite, client.post(seite, daten | {"aktion": aktion})


def zuruecknehmen(client, seite):
    meldung = Sofortmeldung.objects.gueltig().get()
    return client.post(seite, {"aktion": "zuruecknehmen", "meldung": meldung.pk})


def oeffentlich(client, angebot: Angebot) -> str:
    return client.get(Angebot.objects.get(pk=angebot.pk).get_absolute_url()).content.decode()


def test_a_pause_stands_on_the_page_and_can_be_taken_back(angebot):
    client, seite, _ = melde(angebot, "pause", bis=BALD.isoformat())

    assert f"Das Angebot macht Pause bis {zeit.tag(BALD)}." in oeffentlich(client, angebot)
    assert "pausiert bis" in client.get("/angebote/").content.decode()

    zuruecknehmen(client, seite)

    assert "macht Pause" not in oeffentlich(client, angebot)
    assert "pausiert bis" not in client.get("/angebote/").content.decode()


def test_what_has_ended_leaves_the_lists_and_comes_back(angebot):
    client, seite, _ = melde(angebot, "ende")

    assert "Dieses Angebot gibt es nicht mehr." in oeffentlich(client, angebot)
    assert "Elterncafé am Park" not in client.get("/angebote/").content.decode()
    assert "Zurücknehmen" in client.get(seite).content.decode()

    zuruecknehmen(client, seite)

    assert "Elterncafé am Park" in client.get("/angebote/").content.decode()


def test_a_cancelled_date_is_shown_and_told_to_calendars(angebot):
    termin, anderer = make_termin(angebot), make_termin(angebot, in_tagen=14)

    client, seite, _ = melde(angebot, "ausfall", termine=[termin.pk])

    termin.refresh_from_db()
    anderer.refresh_from_db()
    assert (termin.abgesagt, termin.sequenz, anderer.abgesagt) == (True, 1, False)
    assert "Fällt aus." in oeffentlich(client, angebot)

    zuruecknehmen(client, seite)

    termin.refresh_from_db()
    assert (termin.abgesagt, termin.sequenz) == (False, 2)


def test_a_day_of_a_weekly_time_is_told_in_the_short_notice(angebot):
    make_zeitfenster(angebot)
    Angebot.objects.filter(pk=angebot.pk).update(hinweis="Eingang hinten.", hinweis_bis=BALD)

    client, seite, _ = melde(angebot, "ausfall", tag=BALD.isoformat())

    satz = f"Eingang hinten. Am {zeit.wochentag(BALD)} fällt es aus."
    assert satz in oeffentlich(client, angebot)

    zuruecknehmen(client, seite)

    assert "fällt es aus" not in oeffentlich(client, angebot)
    assert "Eingang hinten." in oeffentlich(client, angebot)


def test_a_wrong_number_is_hidden_and_somebody_looks_for_the_right_one(angebot):
    kontakt = make_kontakt(angebot, telefon="0561 4711")

    client, seite, _ = melde(angebot, "nummer", kontakt=kontakt.pk)

    assert "0561 4711" not in oeffentlich(client, angebot)
    assert Hinweis.objects.offen().get().thema == Hinweis.Thema.TELEFON

    zuruecknehmen(client, seite)

    assert "0561 4711" in oeffentlich(client, angebot)
    assert not Hinweis.objects.offen().exists()


def test_a_new_number_is_shown_at_once_when_a_coordinator_writes_it(angebot):
    kontakt = make_kontakt(angebot, telefon="0561 4711")
    client, _seite, _ = melde(angebot, "nummer", kontakt=kontakt.pk)

    kontakt.refresh_from_db()
    kontakt.telefon = "0561 4712"
    kontakt.save()

    assert "0561 4712" in oeffentlich(client, angebot)


def test_the_coordinator_is_told_and_nobody_else(angebot):
    melde(angebot, "ende")

    [mail] = Mail.objects.all()
    assert mail.an == "koordination@kreis.example"
    assert "Elterncafé am Park: Gibt es nicht mehr." in mail.text


def test_where_nobody_is_responsible_the_programme_is_told():
    make_landesprogramm(email="programm@land.example")

    melde(make_faelliges(), "ende")

    assert Mail.objects.get().an == "programm@land.example"


def test_each_state_is_kept_as_a_version_with_its_reason(angebot):
    client, seite, _ = melde(angebot, "ende")
    zuruecknehmen(client, seite)

    gruende = list(angebot.fassungen.values_list("grund", flat=True))
    assert gruende[:2] == [
        "Zurückgenommen: Gibt es nicht mehr.",
        "Gemeldet über den Pflegelink: Gibt es nicht mehr.",
    ]


def test_two_presses_are_one_report(angebot):
    client, seite, _ = melde(angebot, "pause", bis=BALD.isoformat())

    client.post(seite, {"aktion": "pause", "pause-bis": BALD.isoformat()})

    assert Sofortmeldung.objects.count() == 1
    assert Mail.objects.count() == 1


def test_two_presses_say_a_day_once(angebot):
    client, seite, _ = melde(angebot, "ausfall", tag=BALD.isoformat())

    client.post(seite, {"aktion": "ausfall", "ausfall-tag": BALD.isoformat()})

    assert oeffentlich(client, angebot).count("fällt es aus") == 1
    assert Sofortmeldung.objects.count() == 1


def test_her_next_link_takes_back_what_she_reported_by_the_last(angebot):
    melde(angebot, "pause", bis=BALD.isoformat())
    _link, zeichen = make_pflegelink(angebot)
    client, ziel = geoeffnet(zeichen)

    zuruecknehmen(client, f"{ziel}{angebot.uuid}/")

    angebot.refresh_from_db()
    assert angebot.status == Angebot.Status.VEROEFFENTLICHT


def test_what_somebody_changed_since_is_not_undone(angebot):
    client, seite, _ = melde(angebot, "pause", bis=BALD.isoformat())
    spaeter = BALD + dt.timedelta(days=30)
    Angebot.objects.filter(pk=angebot.pk).update(pausiert_bis=spaeter)

    zuruecknehmen(client, seite)

    assert Angebot.objects.get(pk=angebot.pk).pausiert_bis == spaeter
    assert "inzwischen jemand anderes geändert" in client.get(seite).content.decode()


def test_a_report_of_another_entry_is_not_undone_here(angebot, kommune):
    anderes = make_faelliges(kommune=kommune, email="andere@kita.example")
    fremder, _ = make_pflegelink(anderes, email="andere@kita.example")
    fremde = sofort.beendet(fremder, anderes)
    client, seite, _ = melde(angebot, "pause", bis=BALD.isoformat())

    client.post(seite, {"aktion": "zuruecknehmen", "meldung": fremde.pk})

    anderes.refresh_from_db()
    assert anderes.status == Angebot.Status.BEENDET


@pytest.mark.parametrize(
    ("aktion", "felder", "fehler"),
    [
        ("ausfall", {}, "Bitte sagen Sie, wann es ausfällt."),
        ("ausfall", {"tag": "2020-01-01"}, "Dieser Tag ist schon vorbei."),
        ("ausfall", {"tag": "irgendwann"}, "Bitte nennen Sie einen Tag"),
        ("pause", {"bis": ""}, "Bitte nennen Sie einen Tag."),
        ("pause", {"bis": "2999-01-01"}, "in den nächsten zwei Jahren"),
        ("nummer", {"kontakt": "999999"}, "Diese Nummer steht nicht mehr auf der Seite."),
        ("texte", {"kurzbeschreibung": "x" * 281}, "280"),
        ("texte", {"website": "kein Link"}, "gültige"),
    ],
)
def test_a_mistake_is_said_and_nothing_is_written(angebot, aktion, felder, fehler):
    make_kontakt(angebot)
    vorher = angebot.fassungen.count()

    _client, _seite, antwort = melde(angebot, aktion, **felder)

    text = antwort.content.decode()
    assert antwort.status_code == 422
    assert fehler in text
    assert "<title>Fehler:" in text
    assert not Sofortmeldung.objects.exists()
    assert not Vorschlag.objects.exists()
    assert angebot.fassungen.count() == vorher + 1  # the one of the mail


def test_dates_of_other_entries_cannot_be_cancelled(angebot):
    fremder = make_termin(make_faelliges(email="andere@kita.example"))
    make_termin(angebot)

    melde(angebot, "ausfall", termine=[fremder.pk])

    assert not Termin.objects.filter(abgesagt=True).exists()


# ------------------------------------------------------------------ new texts


def texte(angebot: Angebot, **neu) -> dict:
    """What the form sends: all its fields, some of them changed."""
    felder = ("kurzbeschreibung", "kosten_text", "zugang_text", "website")
    alt = {name: getattr(angebot, name) for name in felder}
    return alt | {f"telefon_{k.pk}": k.telefon for k in angebot.kontakte.all()} | neu


def test_a_new_text_waits_for_the_coordinator(angebot):
    client, seite, _ = melde(angebot, "texte", **texte(angebot, kurzbeschreibung="Jetzt neu."))

    vorschlag = Vorschlag.objects.get()
    assert vorschlag.felder == {
        "kurzbeschreibung": {"alt": angebot.kurzbeschreibung, "neu": "Jetzt neu."}
    }
    assert (vorschlag.herkunft, vorschlag.absender_email) == ("anbieter", EMAIL)
    assert "Jetzt neu." not in oeffentlich(client, angebot)
    assert "liegt bei der Koordination" in client.get(seite).content.decode()


def test_a_new_number_is_proposed_by_its_contact(angebot):
    kontakt = make_kontakt(angebot, telefon="0561 4711")
    neu = {f"telefon_{kontakt.pk}": "0561 4712"}

    melde(angebot, "texte", **texte(angebot, **neu))

    [(name, werte)] = Vorschlag.objects.get().felder.items()
    assert (name, werte["neu"]) == (f"kontakt:{kontakt.pk}:telefon", "0561 4712")


def test_nothing_changed_is_no_proposal(angebot):
    _client, _seite, antwort = melde(angebot, "texte", **texte(angebot))

    assert "Sie haben noch nichts geändert." in antwort.content.decode()
    assert not Vorschlag.objects.exists()


def test_the_line_ends_of_a_browser_are_no_new_text(angebot):
    Angebot.objects.filter(pk=angebot.pk).update(beschreibung="Eins.\nZwei.")
    neu = {"beschreibung": "Eins.\r\nZwei.", "kosten_text": "2 Euro"}

    melde(angebot, "texte", **texte(angebot, **neu))

    assert list(Vorschlag.objects.get().felder) == ["kosten_text"]


def test_a_second_proposal_takes_the_place_of_the_unread_first(angebot):
    melde(angebot, "texte", **texte(angebot, kurzbeschreibung="Eins.", kosten_text="2 Euro"))
    melde(angebot, "texte", **texte(angebot, kurzbeschreibung="Zwei."))

    felder = Vorschlag.objects.get().felder
    assert felder["kurzbeschreibung"]["neu"] == "Zwei."
    assert felder["kosten_text"]["neu"] == "2 Euro"


def test_other_times_become_a_task_in_her_words(angebot):
    melde(angebot, "texte", **texte(angebot, zeiten_text="Ab Mai erst um zehn."))

    hinweis = Hinweis.objects.get()
    assert (hinweis.thema, hinweis.text) == ("zeiten", "Ab Mai erst um zehn.")


def angenommene(angebot: Angebot, anzahl: int, **felder) -> None:
    konto = make_konto()
    for _ in range(anzahl):
        make_vorschlag(
            angebot,
            **{
                "herkunft": "anbieter",
                "absender_email": EMAIL,
                "status": "angenommen",
                "entschieden_am": timezone.now(),
                "entschieden_von": konto,
            }
            | felder,
        )


def test_who_was_right_five_times_is_trusted(angebot):
    angenommene(angebot, 5)

    client, _seite, _ = melde(angebot, "texte", **texte(angebot, kurzbeschreibung="Sofort da."))

    assert "Sofort da." in oeffentlich(client, angebot)


@pytest.mark.parametrize(
    "felder",
    [
        {"absender_email": "andere@kita.example"},
        {"herkunft": "oeffentlich"},
        {"status": "abgelehnt"},
        {"entschieden_von": None},
    ],
)
def test_what_does_not_count_makes_nobody_trusted(angebot, felder):
    angenommene(angebot, 5, **felder)

    client, _seite, _ = melde(angebot, "texte", **texte(angebot, kurzbeschreibung="Zu früh."))

    assert "Zu früh." not in oeffentlich(client, angebot)


def test_one_kommune_does_not_trust_for_another(angebot):
    angenommene(make_faelliges(kommune=make_kommune()), 5)

    client, _seite, _ = melde(angebot, "texte", **texte(angebot, kurzbeschreibung="Zu früh."))

    assert "Zu früh." not in oeffentlich(client, angebot)


def test_a_tab_left_open_undoes_nothing_by_itself(angebot):
    angenommene(angebot, 5)
    alt = texte(angebot, kosten_text="2 Euro", stand=1)
    Angebot.objects.filter(pk=angebot.pk).update(kurzbeschreibung="Eben neu.")
    Angebot.objects.get(pk=angebot.pk).festhalten(grund="Gespeichert")
    Angebot.objects.filter(pk=angebot.pk).update(kurzbeschreibung="Noch neuer.")

    client, _seite, _ = melde(angebot, "texte", **alt)

    assert "Noch neuer." in oeffentlich(client, angebot)
    assert Vorschlag.objects.offen().count() == 1


def test_even_trusted_words_may_break_no_rule(angebot):
    """A contact must be reached by something; without its number it would not be."""
    angenommene(angebot, 5)
    kontakt = make_kontakt(angebot, telefon="0561 4711")

    neu = {f"telefon_{kontakt.pk}": ""}
    _client, _seite, antwort = melde(angebot, "texte", **texte(angebot, **neu))

    kontakt.refresh_from_db()
    assert antwort.status_code == 302
    assert kontakt.telefon == "0561 4711"
    assert Vorschlag.objects.offen().count() == 1
