"""A participant of the Fachtag, who takes every wrong turn there is."""

import email
import email.policy
import re
from urllib.parse import urlsplit

import pytest

from praeventionsketten import post
from veranstaltungen.models import Anmeldung, Fachforum, Platzkontingent, Veranstaltung

pytestmark = pytest.mark.browser

FORMULAR = "/veranstaltungen/fachtag/anmelden/"
FERTIG = f"{FORMULAR}fertig/"


@pytest.fixture(autouse=True)
def _voll(welt):
    """Forum 2 is full in the first Durchgang."""
    Platzkontingent.objects.filter(fachforum__titel="Forum 2", durchgang__nummer=1).update(
        kapazitaet=0
    )


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


def test_a_participant_registers_and_cancels(mensch, settings, fachtag):
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
    assert betreff(mail) == "Sie sind angemeldet: Übergänge gestalten"
    mensch.oeffne(link(mail))
    assert mensch.h1 == "Sie sind angemeldet"
    assert mensch.sieht("1 · Forum 1 Platz reserviert")

    mensch.kreuze_an("Anmeldung absagen")
    mensch.folge("Ja, ich sage ab")
    assert mensch.h1 == "Sie sind nicht mehr angemeldet"
    assert Anmeldung.objects.get().status == Anmeldung.Status.STORNIERT
    assert set(fachtag.kontingente.values_list("belegt", flat=True)) == {0}
    assert betreff(gesendete_mails(settings)[-1]).startswith("Abgesagt: ")

    mensch.folge("Neu anmelden")
    ausfuellen(mensch, foren=["3 ·", "1 ·"])
    mensch.folge("Anmelden")
    assert mensch.pfad == FERTIG
    assert Anmeldung.objects.filter(status=Anmeldung.Status.BESTAETIGT).count() == 1


def test_every_wrong_turn_says_what_to_do_and_keeps_what_was_typed(mensch):
    page = mensch.page
    mensch.oeffne(FORMULAR)

    mensch.folge("Anmelden")
    assert page.title().startswith("Fehler: ")
    assert mensch.sieht("Bitte prüfen Sie 4 Angaben")
    mensch.folge("Bitte wählen Sie für Durchgang 1")
    assert page.locator(":focus").get_attribute("name") == "durchgang_1"
    assert page.locator(":focus").is_enabled()

    mensch.oeffne(FORMULAR)
    ausfuellen(mensch, adresse="alex@", foren=["1 ·", "1 ·"])
    mensch.folge("Anmelden")
    assert mensch.sieht("Diese E-Mail-Adresse ist unvollständig.")
    assert mensch.sieht("„Forum 1“ haben Sie schon in Durchgang 1 gewählt.")
    assert page.get_by_label("Vor- und Nachname").input_value() == "Alex Beispiel"
    assert page.locator("[name=durchgang_1]:checked").count() == 1

    mensch.schreibe("E-Mail-Adresse", "alex@example.org")
    mensch.waehle("Durchgang 2", "2 ·")
    mensch.folge("Anmelden")
    assert mensch.pfad == FERTIG
    wahlen = Anmeldung.objects.get().wahlen.order_by("durchgang__nummer")
    assert [str(w.fachforum) for w in wahlen] == ["1 · Forum 1", "2 · Forum 2"]


def test_a_full_forum_cannot_be_chosen_not_even_by_force(mensch):
    page, voll = (
        mensch.page,
        Fachforum.objects.get(titel="Forum 2", veranstaltung__slug="fachtag"),
    )
    mensch.oeffne(FORMULAR)
    gesperrt = page.locator(f"[name=durchgang_1][value='{voll.pk}']")
    assert gesperrt.is_disabled()
    assert mensch.sieht("2 · Forum 2 ausgebucht")

    ausfuellen(mensch, foren=["1 ·", "Kein Fachforum"])
    gesperrt.evaluate("radio => { radio.disabled = false; radio.checked = true; }")
    mensch.folge("Anmelden")

    assert mensch.sieht(
        "„Forum 2“ ist in Durchgang 1 jetzt ausgebucht. Frei ist hier zum Beispiel"
    )
    assert page.get_by_label("Vor- und Nachname").input_value() == "Alex Beispiel"
    assert not Anmeldung.objects.exists()


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
    assert Anmeldung.objects.count() == 1
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
    assert Anmeldung.objects.count() == 1
    erste, zweite = gesendete_mails(settings)
    assert betreff(zweite) == "Sie sind schon angemeldet: Übergänge gestalten"
    assert link(zweite) == link(erste)


def test_pressing_twice_in_a_hurry_registers_once(mensch):
    mensch.oeffne(FORMULAR)
    ausfuellen(mensch, foren=["1 ·", "2 ·"])
    mensch.gehe_zu("Anmelden")

    mensch.druecke("Enter", "Enter")
    mensch.page.wait_for_url(f"**{FERTIG}")

    assert Anmeldung.objects.count() == 1
