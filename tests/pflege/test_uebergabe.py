"""Giving the task away: nobody is made responsible who has not agreed."""

import pytest
from django.utils import timezone

from angebote.models import Angebot, Kontakt, Pflegeadresse, Pflegelink
from angebote.pflege import versand
from praeventionsketten.models import Mail
from tests.factories import make_pflegelink

from .hilfen import EMAIL, geoeffnet, make_faelliges

pytestmark = pytest.mark.django_db
NEUE = "neu@kita.example"


@pytest.fixture
def angebot() -> Angebot:
    angebot = make_faelliges(titel="Elterncafé am Park")
    angebot.kontakte.update(telefon="0561 1", name="Alte Person")
    return angebot


def gib_weiter(angebot: Angebot, email: str = NEUE):
    _link, zeichen = make_pflegelink(angebot)
    client, ziel = geoeffnet(zeichen)
    return client.post(f"{ziel}weitergeben/", {"email": email, "aktion": "weitergeben"})


def zeichen_der_mail() -> str:
    return Mail.objects.get(an=NEUE).text.split("/angebote/bestaetigen/")[1].split("/")[0]


def test_the_new_one_is_asked_and_the_old_one_stays_until_she_agrees(angebot):
    gib_weiter(angebot)

    assert angebot.kontakte.get().email == EMAIL
    text = Mail.objects.get(an=NEUE).text
    assert "Elterncafé am Park" in text
    assert EMAIL not in text
    assert "Alte Person" not in text


def test_opening_her_link_changes_nothing(angebot):
    gib_weiter(angebot)

    client, ziel = geoeffnet(zeichen_der_mail())
    seite = client.get(ziel).content.decode()

    assert "Sind Sie jetzt zuständig?" in seite
    assert angebot.kontakte.get().email == EMAIL


def test_her_yes_puts_her_in_the_place_of_the_other(angebot):
    gib_weiter(angebot)
    client, ziel = geoeffnet(zeichen_der_mail())

    antwort = client.post(ziel, {"aktion": "ja"}, follow=True)

    kontakt = angebot.kontakte.get()
    assert (kontakt.email, kontakt.name, kontakt.telefon) == (NEUE, "", "")
    assert "Stimmt das noch?" in antwort.content.decode()
    assert not angebot.telefonaufgaben.offen().exists()


def test_her_no_ends_it_and_somebody_calls(angebot):
    gib_weiter(angebot)
    client, ziel = geoeffnet(zeichen_der_mail())

    client.post(ziel, {"aktion": "nein"})

    assert angebot.kontakte.get().email == EMAIL
    assert Pflegeadresse.objects.get(email=NEUE).keine_mails_seit is not None
    assert angebot.telefonaufgaben.faellig().get().grund == "abgegeben"
    assert client.get(ziel).status_code == 404


def test_her_silence_ends_in_a_call_after_two_weeks(angebot):
    gib_weiter(angebot)

    aufgabe = angebot.telefonaufgaben.get()

    assert (aufgabe.wieder_am - timezone.localdate()).days == 14
    assert not angebot.telefonaufgaben.faellig().exists()


def test_the_link_of_the_old_one_ends(angebot):
    _link, zeichen = make_pflegelink(angebot)
    client, ziel = geoeffnet(zeichen)
    gib_weiter(angebot)

    assert client.get(ziel).status_code == 404


def test_nobody_is_asked_twice_by_whoever_names_her(angebot):
    gib_weiter(angebot)
    anderes = make_faelliges()

    gib_weiter(anderes)

    assert Mail.objects.filter(an=NEUE).count() == 1
    assert anderes.telefonaufgaben.faellig().exists()


def test_whoever_said_no_is_not_asked_again(angebot):
    Pflegeadresse.objects.create(email=NEUE, keine_mails_seit=timezone.now())

    gib_weiter(angebot)

    assert not Mail.objects.filter(an=NEUE).exists()
    assert angebot.telefonaufgaben.faellig().exists()


def test_a_coordinator_who_enters_her_address_herself_ends_that(angebot):
    gib_weiter(angebot)
    client, ziel = geoeffnet(zeichen_der_mail())
    client.post(ziel, {"aktion": "nein"})
    neues = make_faelliges(email=NEUE.upper())

    versand.fragen()

    assert neues.pflegepositionen.filter(link__adresse__email=NEUE).exists()
    assert not neues.telefonaufgaben.exists()


def test_without_a_name_the_address_is_forgotten_and_somebody_calls(angebot):
    gib_weiter(angebot, email="")

    kontakt = Kontakt.objects.get()
    assert (kontakt.email, kontakt.telefon) == ("", "0561 1")
    assert angebot.telefonaufgaben.faellig().get().grund == "abgegeben"
    versand.fragen()
    assert not Mail.objects.exists()


def test_a_contact_that_has_only_an_address_goes_with_it():
    angebot = make_faelliges()

    gib_weiter(angebot, email="")

    assert not angebot.kontakte.exists()


def test_an_address_that_is_none_is_refused_and_kept_in_the_form(angebot):
    antwort = gib_weiter(angebot, email="keine Adresse")

    assert antwort.status_code == 422
    assert "Bitte prüfen Sie die E-Mail-Adresse" in antwort.content.decode()
    assert "keine Adresse" in antwort.content.decode()
    assert angebot.telefonaufgaben.count() == 0


def test_naming_oneself_changes_nothing_but_asks_for_a_call(angebot):
    gib_weiter(angebot, email=EMAIL)

    assert not Pflegelink.objects.filter(von__isnull=False).exists()
    assert angebot.telefonaufgaben.exists()


def test_a_no_to_one_entry_says_nothing_about_her_own(angebot):
    eigenes = make_faelliges(email=NEUE)
    gib_weiter(angebot)
    client, ziel = geoeffnet(zeichen_der_mail())

    client.post(ziel, {"aktion": "nein"})
    versand.fragen()

    assert Pflegeadresse.objects.get(email=NEUE).keine_mails_seit is None
    assert eigenes.pflegepositionen.filter(link__adresse__email=NEUE).exists()
    assert not eigenes.telefonaufgaben.exists()
