"""A participant of the Fachtag, who takes every wrong turn there is."""

import email
import email.policy
import re
from urllib.parse import urlsplit

import pytest

from praeventionsketten import post
from veranstaltungen import plaetze
from veranstaltungen.models import Anmeldung, Platzkontingent, Veranstaltung

pytestmark = pytest.mark.browser

FORMULAR = "/veranstaltungen/fachtag/anmelden/"
FERTIG = f"{FORMULAR}fertig/"


@pytest.fixture(autouse=True)
def _voll(welt):
    """Forum 2 is full in the first Durchgang."""
    Platzkontingent.objects.filter(
        veranstaltung__slug="fachtag", fachforum__titel="Forum 2", durchgang__nummer=1
    ).update(kapazitaet=0)


@pytest.fixture
def fachtag(welt) -> Veranstaltung:
    return Veranstaltung.objects.get(slug="fachtag")


def gesendete_mails(settings) -> list:
    """What lies in var/post/ once the worker has been there, oldest first."""
    post.versenden()
    return [
        email.message_from_bytes(datei.read_bytes(), policy=email.policy.default)
        for datei in sorted(settings.EMAIL_FILE_PATH.glob("*.eml"))
    ]


def betreff(mail) -> str:
    return mail["subject"].strip()  # a long one is folded and begins with a space


def link(mail) -> str:
    text = mail.get_body().get_content()
    return urlsplit(re.search(r"https://\S*/meine-anmeldung/\S+", text).group()).path


def ausfuellen(mensch, *, name="Alex Beispiel", adresse="alex@example.org", foren) -> None:
    mensch.schreibe("Vor- und Nachname", name)
    mensch.schreibe("E-Mail-Adresse", adresse)
    for durchgang, forum in enumerate(foren, start=1):
        mensch.waehle(f"Durchgang {durchgang}", forum)


def bestaetige(mensch, mail) -> None:
    mensch.oeffne(link(mail))
    assert mensch.h1 == "Bitte bestätigen Sie Ihre Anmeldung"
    mensch.folge("Anmeldung bestätigen")


def test_a_participant_registers_confirms_and_cancels(mensch, settings, fachtag):
    mensch.oeffne("/")
    mensch.menue("Veranstaltungen")
    mensch.folge("Übergänge gestalten")
    mensch.folge("Jetzt anmelden")
    assert mensch.pfad == FORMULAR

    ausfuellen(mensch, foren=["1 ·", "Kein Fachforum"])
    mensch.folge("Anmelden")
    assert mensch.pfad == FERTIG
    assert mensch.sieht("Wir haben Ihnen eine E-Mail an alex@example.org geschickt.")

    [mail] = gesendete_mails(settings)
    assert mail["to"] == "alex@example.org"
    assert betreff(mail) == "Bitte bestätigen: Ihre Anmeldung zu Übergänge gestalten"
    bestaetige(mensch, mail)
    assert mensch.h1 == "Sie sind angemeldet"
    assert mensch.sieht("1 · Forum 1 Platz reserviert")
    assert betreff(gesendete_mails(settings)[-1]) == "Sie sind angemeldet: Übergänge gestalten"

    mensch.folge("Anmeldung absagen")
    mensch.folge("Nein, zurück")
    assert mensch.h1 == "Sie sind angemeldet"
    mensch.folge("Anmeldung absagen")
    mensch.folge("Ja, ich sage ab")
    assert mensch.h1 == "Sie sind nicht mehr angemeldet"
    assert set(fachtag.kontingente.values_list("belegt", flat=True)) == {0}
    assert betreff(gesendete_mails(settings)[-1]).startswith("Abgesagt: ")

    mensch.folge("Neu anmelden")
    ausfuellen(mensch, foren=["3 ·", "1 ·"])
    mensch.folge("Anmelden")
    assert mensch.pfad == FERTIG
    assert fachtag.anmeldungen.filter(status=Anmeldung.Status.UNBESTAETIGT).count() == 1


def test_every_wrong_turn_says_what_to_do_and_keeps_what_was_typed(mensch, fachtag):
    page = mensch.page
    mensch.oeffne(FORMULAR)

    mensch.folge("Anmelden")
    assert page.title().startswith("Fehler: ")
    assert mensch.sieht("Bitte prüfen Sie 2 Angaben")
    mensch.folge("Bitte nennen Sie Ihre E-Mail-Adresse")
    assert page.locator(":focus").get_attribute("name") == "email"

    mensch.oeffne(FORMULAR)
    ausfuellen(mensch, adresse="alex@", foren=["1 ·", "1 ·"])
    mensch.schreibe("Was sollen wir beim Essen beachten?", "vegan")
    mensch.folge("Anmelden")
    assert mensch.sieht("Diese E-Mail-Adresse ist unvollständig.")
    assert mensch.sieht("„Forum 1“ haben Sie schon in Durchgang 1 gewählt.")
    assert mensch.sieht("Bitte stimmen Sie zu, dass wir diese Angaben verwenden")
    assert page.get_by_label("Vor- und Nachname").input_value() == "Alex Beispiel"
    assert page.locator("[name=durchgang_1]:checked").count() == 1

    mensch.schreibe("E-Mail-Adresse", "alex@example.org")
    mensch.waehle("Durchgang 2", "2 ·")
    mensch.kreuze_an("Ja zu Angaben zu Zugang und Essen.")
    mensch.folge("Anmelden")
    assert mensch.pfad == FERTIG
    anmeldung = fachtag.anmeldungen.get()
    wahlen = anmeldung.wahlen.order_by("durchgang__nummer")
    assert [str(w.fachforum) for w in wahlen] == ["1 · Forum 1", "2 · Forum 2"]
    assert anmeldung.bedarfe.get().text == "vegan"


def test_a_participant_waits_changes_moves_up_and_sends_a_substitute(mensch, settings, fachtag):
    mensch.oeffne(FORMULAR)
    assert mensch.sieht("2 · Forum 2 Warteliste: ausgebucht, noch wartet niemand")
    ausfuellen(mensch, foren=["2 ·"])
    mensch.waehle_aus("Bis dahin nehme ich", "3")
    mensch.waehle("Durchgang 2", "1 ·")
    mensch.folge("Anmelden")
    bestaetige(mensch, gesendete_mails(settings)[-1])
    assert mensch.sieht("2 · Forum 2 Warteliste, Platz 1")
    assert mensch.sieht("3 · Forum 3 Ihr Platz bis dahin")

    mensch.folge("Fachforen wechseln")
    mensch.waehle("Durchgang 2", "2 ·")
    mensch.folge("Änderung eintragen")
    assert mensch.sieht("„Forum 2“ haben Sie schon in Durchgang 1 gewählt.")
    mensch.waehle("Durchgang 2", "Kein Fachforum")
    mensch.folge("Änderung eintragen")
    assert mensch.sieht("Ihre Änderung ist eingetragen.")

    voll = fachtag.kontingente.get(fachforum__nummer=2, durchgang__nummer=1)
    plaetze.raum_aendern(voll, kapazitaet=1)
    nachgerueckt = gesendete_mails(settings)[-1]
    assert betreff(nachgerueckt).startswith("Für Sie ist ein Platz frei geworden")
    mensch.oeffne(link(nachgerueckt))
    assert mensch.sieht("2 · Forum 2 Platz reserviert")

    _schicke_vertretung(mensch)
    _finde_den_alten_link_nicht(mensch, link(nachgerueckt))
    bestaetige(mensch, gesendete_mails(settings)[-1])
    assert mensch.sieht("Kim Muster")
    assert mensch.sieht("2 · Forum 2 Platz reserviert")
    mensch.folge("Anmeldung absagen")
    mensch.folge("Ja, ich sage ab")
    assert set(fachtag.kontingente.values_list("belegt", flat=True)) == {0}


def _schicke_vertretung(mensch) -> None:
    mensch.folge("Vertretung schicken")
    mensch.folge("Plätze übergeben")
    assert mensch.sieht("Bitte prüfen Sie 2 Angaben")
    mensch.schreibe("Vor- und Nachname", "Kim Muster")
    mensch.schreibe("E-Mail-Adresse", "kim@example.org")
    mensch.folge("Plätze übergeben")
    assert mensch.h1 == "Ihre Vertretung ist eingetragen"


def _finde_den_alten_link_nicht(mensch, alter_link: str) -> None:
    mensch.oeffne(alter_link)
    assert mensch.h1 == "Dieser Link gilt nicht"
    mensch.folge("Link noch einmal schicken")
    mensch.schreibe("E-Mail-Adresse", "alex@example.org")
    mensch.folge("Link schicken")
    assert mensch.h1 == "Bitte sehen Sie in Ihr Postfach"


def test_whoever_deletes_her_data_is_asked_once_and_gone(mensch, settings, fachtag):
    mensch.oeffne(FORMULAR)
    ausfuellen(mensch, foren=["1 ·", "3 ·"])
    mensch.folge("Anmelden")
    bestaetige(mensch, gesendete_mails(settings)[-1])

    mensch.folge("Alles ansehen oder mitnehmen")
    assert mensch.sieht("alex@example.org")
    mensch.folge("Jetzt löschen")
    mensch.folge("Ja, jetzt löschen")

    assert mensch.h1 == "Ihre Daten sind gelöscht"
    assert not Anmeldung.objects.filter(email="alex@example.org").exists()
    assert set(fachtag.kontingente.values_list("belegt", flat=True)) == {0}


def test_going_back_and_sending_again_gives_no_second_seat(mensch, settings, fachtag):
    page = mensch.page
    mensch.oeffne(FORMULAR)
    ausfuellen(mensch, foren=["1 ·", "2 ·"])
    mensch.folge("Anmelden")

    page.go_back()
    if not page.get_by_label("Vor- und Nachname").input_value():
        ausfuellen(mensch, foren=["1 ·", "2 ·"])
    mensch.folge("Anmelden")
    assert mensch.pfad == FERTIG

    page.reload()
    assert mensch.sieht("alex@example.org")
    assert fachtag.anmeldungen.count() == 1
    assert fachtag.haus.belegt == 1


def test_the_same_person_in_a_second_tab_gets_the_same_page_and_the_same_link(
    mensch, settings, fachtag
):
    zweiter = type(mensch)(mensch.page.context.new_page())
    for tab in (mensch, zweiter):
        tab.oeffne(FORMULAR)
        ausfuellen(tab, foren=["1 ·", "2 ·"])

    seiten = []
    for tab in (mensch, zweiter):
        tab.folge("Anmelden")
        seiten.append(tab.page.locator("main").inner_text())

    assert seiten[0] == seiten[1]
    assert fachtag.anmeldungen.count() == 1
    erste, zweite = gesendete_mails(settings)
    assert betreff(zweite) == "Bitte bestätigen Sie noch: Übergänge gestalten"
    assert link(zweite) == link(erste)


def test_pressing_twice_in_a_hurry_registers_once(mensch, fachtag):
    mensch.oeffne(FORMULAR)
    ausfuellen(mensch, foren=["1 ·", "2 ·"])
    mensch.gehe_zu("Anmelden")

    mensch.druecke("Enter", "Enter")
    # The second press breaks the first journey off, which waiting for an address would report.
    mensch.page.locator("h1", has_text="Ein Schritt fehlt noch").wait_for()

    assert mensch.pfad == FERTIG
    assert fachtag.anmeldungen.count() == 1
