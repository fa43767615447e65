"""The mails of a registration, as they leave the house."""

import email.policy
from email import message_from_bytes

import pytest
from icalendar import Calendar

from praeventionsketten import post
from praeventionsketten.models import Mail
from tests.factories import make_fachtag, make_landesprogramm
from tests.veranstaltungen.hilfen import ALEX, anmelden, wahl
from veranstaltungen import plaetze

pytestmark = pytest.mark.django_db

BOESE = 'Kim <b>& "Co"; CN=boss,x</b>'


def nachricht(mail: Mail):
    roh = post.nachricht(mail).message().as_bytes()
    return message_from_bytes(roh, policy=email.policy.default)


def einladung(mail: Mail) -> Calendar:
    [anhang] = nachricht(mail).iter_attachments()
    return Calendar.from_ical(anhang.get_content())


def test_a_confirmation_names_event_day_place_fora_and_the_own_page():
    make_landesprogramm()
    fachtag = make_fachtag(ort_name="Tagungshaus", strasse="Weg 1", plz="34117", ort="Kassel")

    anmeldung = anmelden(fachtag, **ALEX, wahl=wahl(fachtag, 1, 2)).anmeldung

    mail = Mail.objects.get()
    assert mail.betreff == f"Sie sind angemeldet: {fachtag.titel}"
    for text in (
        "Guten Tag Alex Beispiel,",
        fachtag.wann,
        "Tagungshaus\nWeg 1, 34117 Kassel",
        "Durchgang 1, 11:00 bis 12:00\xa0Uhr\n1 · Forum 1",
        "Durchgang 2, 13:00 bis 14:00\xa0Uhr\n2 · Forum 2",
        f"https://portal.example.org/meine-anmeldung/{anmeldung.public_id}/{anmeldung.zeichen}/",
        f"https://portal.example.org/veranstaltungen/{fachtag.slug}/",
        "Landeskoordinierungsstelle",
    ):
        assert text in mail.text


def test_the_invitation_is_the_same_method_inside_and_outside():
    fachtag = make_fachtag()
    anmeldung = anmelden(fachtag, **ALEX, wahl=wahl(fachtag, 1, 2)).anmeldung
    bestaetigt = Mail.objects.get()
    plaetze.stornieren(anmeldung)
    storniert = Mail.objects.get(schluessel__endswith="storniert")

    for mail, methode, nummer in ((bestaetigt, "REQUEST", 0), (storniert, "CANCEL", 1)):
        [anhang] = nachricht(mail).iter_attachments()
        kalender = einladung(mail)
        [termin] = kalender.events
        assert anhang.get_content_type() == "text/calendar"
        assert anhang.get_param("method") == kalender["METHOD"] == methode
        assert termin["UID"] == f"anmeldung-{anmeldung.public_id}@portal.example.org"
        assert termin["SEQUENCE"] == nummer
        assert termin["ATTENDEE"] == f"mailto:{ALEX['email']}"
    assert "Durchgang 1: 1 · Forum 1" in einladung(bestaetigt).events[0]["DESCRIPTION"]
    assert einladung(storniert).events[0]["STATUS"] == "CANCELLED"


def test_a_name_cannot_break_out_of_mail_or_calendar():
    fachtag = make_fachtag(titel="Fachtag <i>& mehr;\nX")

    anmelden(fachtag, name=BOESE, email="kim@example.org")

    mail = Mail.objects.get()
    assert f"Guten Tag {BOESE}," in mail.text
    assert "\n" not in mail.betreff
    [termin] = einladung(mail).events
    assert termin["ATTENDEE"] == "mailto:kim@example.org"
    assert "boss" not in termin["ATTENDEE"].params.get("ROLE", "")
    assert termin["SUMMARY"] == "Fachtag <i>& mehr;\nX"


def test_an_event_without_a_day_sends_no_calendar():
    fachtag = make_fachtag(zeitraum_text="Herbst 2027")

    anmelden(fachtag)

    mail = Mail.objects.get()
    assert mail.anhaenge == []
    assert "Herbst 2027" in mail.text


def test_every_mail_is_addressed_politely_and_ends_with_the_sender():
    make_landesprogramm()
    fachtag = make_fachtag()
    anmeldung = anmelden(fachtag, **ALEX).anmeldung
    anmelden(fachtag, **ALEX)
    plaetze.stornieren(anmeldung)

    assert Mail.objects.count() == 3
    for mail in Mail.objects.all():
        assert mail.text.startswith("Guten Tag Alex Beispiel,")
        assert mail.text.rstrip().endswith("programm@example.org")
        assert "&" not in mail.text
        assert "\n\n\n" not in mail.text
