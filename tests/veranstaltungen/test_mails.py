"""The mails of a registration, as they leave the house."""

import email.policy
from email import message_from_bytes

import pytest
from icalendar import Calendar

from praeventionsketten import post
from praeventionsketten.lib import zeit
from praeventionsketten.models import Mail
from tests.factories import make_fachtag, make_landesprogramm, make_veranstaltung
from tests.veranstaltungen.hilfen import ALEX, angemeldet, anmelden, wahl
from veranstaltungen import mails, plaetze

pytestmark = pytest.mark.django_db

BOESE = 'Kim <b>& "Co"; CN=boss,x</b>'


def nachricht(mail: Mail):
    roh = post.nachricht(mail).message().as_bytes()
    return message_from_bytes(roh, policy=email.policy.default)


def einladung(mail: Mail) -> Calendar:
    [anhang] = nachricht(mail).iter_attachments()
    return Calendar.from_ical(anhang.get_content())


def letzte(anmeldung) -> Mail:
    return Mail.objects.filter(an=anmeldung.email).latest("pk")


def test_the_first_mail_asks_to_confirm_and_says_until_when():
    make_landesprogramm()
    fachtag = make_fachtag()

    anmeldung = anmelden(fachtag, **ALEX, wahl=wahl(fachtag, 1, 2)).anmeldung

    mail = Mail.objects.get()
    assert mail.betreff == f"Bitte bestätigen: Ihre Anmeldung zu {fachtag.titel}"
    assert f"bis {zeit.wochentag(anmeldung.haltefrist)}, " in mail.text
    assert "Festgehalten, bis Sie bestätigen: 1 · Forum 1" in mail.text
    assert mail.anhaenge == []


def test_a_confirmation_names_event_day_place_fora_and_the_own_page():
    make_landesprogramm()
    fachtag = make_fachtag(ort_name="Tagungshaus", strasse="Weg 1", plz="34117", ort="Kassel")

    anmeldung = angemeldet(fachtag, **ALEX, wahl=wahl(fachtag, 1, 2))

    mail = letzte(anmeldung)
    assert mail.betreff == f"Sie sind angemeldet: {fachtag.titel}"
    for text in (
        "Guten Tag Alex Beispiel,",
        fachtag.wann,
        "Tagungshaus\nWeg 1, 34117 Kassel",
        "Durchgang 1, 11:00 bis 12:00\xa0Uhr\nPlatz: 1 · Forum 1",
        "Durchgang 2, 13:00 bis 14:00\xa0Uhr\nPlatz: 2 · Forum 2",
        f"https://portal.example.org/meine-anmeldung/{anmeldung.public_id}/{anmeldung.zeichen}/",
        f"https://portal.example.org/veranstaltungen/{fachtag.slug}/",
        "Landeskoordinierungsstelle",
    ):
        assert text in mail.text


def test_the_invitation_is_the_same_method_inside_and_outside():
    fachtag = make_fachtag()
    anmeldung = angemeldet(fachtag, **ALEX, wahl=wahl(fachtag, 1, 2))
    bestaetigt = letzte(anmeldung)
    plaetze.stornieren(anmeldung)
    storniert = letzte(anmeldung)

    nummern = []
    for mail, methode in ((bestaetigt, "REQUEST"), (storniert, "CANCEL")):
        [anhang] = nachricht(mail).iter_attachments()
        kalender = einladung(mail)
        [termin] = kalender.events
        assert anhang.get_content_type() == "text/calendar"
        assert anhang.get_param("method") == kalender["METHOD"] == methode
        assert termin["UID"] == f"anmeldung-{anmeldung.public_id}@portal.example.org"
        assert termin["ATTENDEE"] == f"mailto:{ALEX['email']}"
        nummern.append(termin["SEQUENCE"])
    assert nummern == sorted(set(nummern))
    assert "Durchgang 1: 1 · Forum 1" in einladung(bestaetigt).events[0]["DESCRIPTION"]
    assert einladung(storniert).events[0]["STATUS"] == "CANCELLED"


def test_a_name_cannot_break_out_of_mail_or_calendar():
    fachtag = make_fachtag(titel="Fachtag <i>& mehr;\nX")

    anmeldung = angemeldet(fachtag, name=BOESE, email="kim@example.org")

    mail = letzte(anmeldung)
    assert f"Guten Tag {BOESE}," in mail.text
    assert "\n" not in mail.betreff
    [termin] = einladung(mail).events
    assert termin["ATTENDEE"] == "mailto:kim@example.org"
    assert "boss" not in termin["ATTENDEE"].params.get("ROLE", "")
    assert termin["SUMMARY"] == "Fachtag <i>& mehr;\nX"


def test_an_event_without_a_day_sends_no_calendar():
    fachtag = make_fachtag(zeitraum_text="Herbst 2027")

    mail = letzte(angemeldet(fachtag))

    assert mail.anhaenge == []
    assert "Herbst 2027" in mail.text


WIE_EINE_ZUSAGE = [
    "Sie sind angemeldet",
    "Wir freuen uns",
    "schon angemeldet",
    "Platz: ",
    "haben ihn bekommen",
    "gehört Ihnen:",
]


def zusagen(mail: Mail) -> list[str]:
    text = " ".join(f"{mail.betreff} {mail.text}".split())
    return [satz for satz in WIE_EINE_ZUSAGE if satz in text]


def test_no_mail_to_a_person_without_a_sure_seat_reads_like_a_confirmation():
    """Whoever has not confirmed, waits or is only asked; whatever happens around her."""
    make_landesprogramm()
    fachtag = make_fachtag(plaetze=1, nachruecken="angebot")
    erste = angemeldet(fachtag, wahl=wahl(fachtag, 1, None))
    alex = {**ALEX, "wahl": wahl(fachtag, (1, 2), 3)}

    anmeldung = anmelden(fachtag, **alex).anmeldung
    anmelden(fachtag, **alex)
    plaetze.bestaetigen(anmeldung)
    Mail.objects.filter(schluessel__contains="schon-angemeldet").update(schluessel="gestern")
    anmelden(fachtag, **alex)
    plaetze.wechseln(anmeldung, wahl(fachtag, 2, 1))
    plaetze.stornieren(erste)
    angeboten = letzte(anmeldung)
    Mail.objects.filter(schluessel__contains="schon-angemeldet").update(schluessel="vorgestern")
    anmelden(fachtag, **alex)

    an_sie = Mail.objects.filter(an=ALEX["email"])
    anmeldung.refresh_from_db()
    assert anmeldung.status == "angeboten"
    assert "bitte antworten" in angeboten.betreff
    assert an_sie.count() >= 6
    assert [(m.betreff, zusagen(m)) for m in an_sie if zusagen(m)] == []


def test_what_is_looked_for_stands_in_a_real_confirmation():
    fachtag = make_fachtag()

    mail = letzte(angemeldet(fachtag, wahl=wahl(fachtag, 1, None)))

    assert zusagen(mail) == ["Sie sind angemeldet", "Wir freuen uns", "Platz: "]


def test_whoever_confirms_just_when_a_seat_is_free_is_asked_and_not_confirmed():
    treffen = make_veranstaltung(plaetze=1, nachruecken="angebot")
    erste = angemeldet(treffen)
    anmeldung = anmelden(treffen, **ALEX).anmeldung
    plaetze.stornieren(erste)

    plaetze.bestaetigen(anmeldung)

    anmeldung.refresh_from_db()
    assert anmeldung.status == "angeboten"
    assert letzte(anmeldung).betreff.startswith("Ein Platz ist frei, bitte antworten Sie")
    assert zusagen(letzte(anmeldung)) == []


def test_an_offered_forum_asks_for_an_answer_by_its_deadline():
    fachtag = make_fachtag(je_forum=1, nachruecken="angebot")
    erste = angemeldet(fachtag, wahl=wahl(fachtag, 1, None))
    anmeldung = angemeldet(fachtag, **ALEX, wahl=wahl(fachtag, (1, 2), None))

    plaetze.stornieren(erste)

    mail = letzte(anmeldung)
    frist = anmeldung.wahlen.get(status="angeboten").angebot_bis
    assert mail.betreff.startswith("Ein Platz ist frei, bitte antworten Sie")
    assert (
        f"Wir halten ihn bis {zeit.wochentag(frist)}, {zeit.uhrzeit(frist)} Uhr." in mail.text
    )
    assert "Platz: 2 · Forum 2" in mail.text


def test_every_mail_is_addressed_politely_and_ends_with_the_sender():
    make_landesprogramm()
    fachtag = make_fachtag(je_forum=1, plaetze=3)
    andere = angemeldet(fachtag, wahl=wahl(fachtag, 1, None))
    anmeldung = anmelden(fachtag, **ALEX, wahl=wahl(fachtag, (1, 2), 3)).anmeldung
    anmelden(fachtag, **ALEX)
    plaetze.bestaetigen(anmeldung)
    plaetze.stornieren(andere)
    plaetze.wechseln(anmeldung, wahl(fachtag, 2, None))
    mails.erinnerung(anmeldung, 7)
    mails.eigene_links(ALEX["email"])
    plaetze.stornieren(anmeldung)

    an_sie = Mail.objects.filter(an=ALEX["email"])
    assert an_sie.count() == 8
    for mail in an_sie:
        assert mail.text.startswith(("Guten Tag Alex Beispiel,", "Guten Tag,"))
        assert mail.text.rstrip().endswith("programm@example.org")
        assert "&" not in mail.text
        assert "\n\n\n" not in mail.text
        assert " \n" not in mail.text
