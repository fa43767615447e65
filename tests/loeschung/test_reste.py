"""After somebody was erased every table and file is searched; what is found is told."""

import pytest
from django.core.cache import cache

from praeventionsketten import post
from praeventionsketten.models import Job, Mail, Seite
from tests.factories import (
    make_anmeldung,
    make_konto,
    make_mail,
    make_seite,
    make_veranstaltung,
)
from tests.loeschung.hilfen import PERSON, reste_nach, vergangen
from veranstaltungen.models import Protokoll

pytestmark = pytest.mark.django_db


def test_a_leftover_in_a_table_is_found_and_named_without_the_person(caplog):
    anmeldung = make_anmeldung(veranstaltung=vergangen(91), **PERSON)
    job = Job.objects.create(name="x", daten={"wer": f"An {PERSON['email'].upper()}"})

    reste = reste_nach(anmeldung)

    assert reste == [f"praeventionsketten.Job:{job.pk}.daten"]
    assert "was left over" in caplog.text
    assert "aenne" not in caplog.text.lower()


def test_a_leftover_in_a_step_of_the_person_is_found_though_steps_are_declared():
    anmeldung = make_anmeldung(veranstaltung=vergangen(91), **PERSON)
    schritt = Protokoll.objects.create(
        veranstaltung=anmeldung.veranstaltung,
        anmeldung=anmeldung,
        wer="team",
        was="verschoben",
        daten={"grund": "Änne  MÜLLER-Lüdenscheidt rief an"},
    )

    assert reste_nach(anmeldung) == [f"veranstaltungen.Protokoll:{schritt.pk}.daten"]


@pytest.mark.parametrize(
    ("name", "inhalt"),
    [
        ("liste.csv", "Name;Mail\nÄnne Müller-Lüdenscheidt;x\n"),
        ("notiz.txt", "bitte an aenne@kita.de"),
        ("aenne@kita.de.txt", ""),
    ],
)
def test_a_leftover_in_a_file_is_found(settings, tmp_path, name, inhalt):
    settings.VAR_DIR = settings.MEDIA_ROOT = tmp_path
    (tmp_path / name).write_text(inhalt)
    anmeldung = make_anmeldung(veranstaltung=vergangen(91), **PERSON)

    [rest] = reste_nach(anmeldung)

    assert rest.startswith(f"{tmp_path.name}/…")
    assert "aenne" not in rest


def test_a_mail_somebody_kept_is_found_but_not_the_mailbox_it_was_sent_to(settings, tmp_path):
    settings.VAR_DIR = settings.MEDIA_ROOT = tmp_path
    settings.EMAIL_FILE_PATH = tmp_path / "post"
    settings.VERSAND_BACKEND = "praeventionsketten.post.EmlDateien"
    anmeldung = make_anmeldung(veranstaltung=vergangen(91), **PERSON)
    make_mail(an="x@example.org", text=f"Guten Tag {PERSON['name']},\n")
    post.versenden()
    [zugestellt] = settings.EMAIL_FILE_PATH.glob("*.eml")
    behalten = tmp_path / "behalten.eml"
    behalten.write_bytes(zugestellt.read_bytes())

    assert reste_nach(anmeldung) == [f"{tmp_path.name}/….eml ({behalten.stat().st_ino})"]


@pytest.fixture
def gemerkt():
    """The address lies in the cache."""
    cache.set("zuletzt", {"an": PERSON["email"]}, 3600)
    yield
    cache.clear()


@pytest.mark.usefixtures("gemerkt")
def test_a_leftover_in_a_table_without_a_model_is_found():
    anmeldung = make_anmeldung(veranstaltung=vergangen(91), **PERSON)

    assert reste_nach(anmeldung) == ["zwischenspeicher"]


def test_the_same_person_elsewhere_is_no_leftover():
    """Another registration, an account, a page that names her: each has its own period."""
    anmeldung = make_anmeldung(veranstaltung=vergangen(91), **PERSON)
    neue = make_anmeldung(veranstaltung=make_veranstaltung(plaetze=5), **PERSON)
    make_mail(bezug=f"anmeldung-{neue.pk}", an=PERSON["email"], betreff=PERSON["name"])
    make_konto(name=PERSON["name"], email=PERSON["email"])
    make_seite(text=f"<p>Es sprach {PERSON['name']}.</p>")

    assert reste_nach(anmeldung) == []
    neue.refresh_from_db()
    assert neue.name == PERSON["name"]
    assert Seite.objects.get().text


def test_a_last_mail_that_waits_arrives_and_then_nothing_is_left(settings, tmp_path):
    """Her period ends while the mail server is down."""
    settings.EMAIL_FILE_PATH = tmp_path
    settings.VERSAND_BACKEND = "praeventionsketten.post.EmlDateien"
    anmeldung = make_anmeldung(veranstaltung=vergangen(91), **PERSON)
    letzte = make_mail(bezug=f"anmeldung-{anmeldung.pk}", an=PERSON["email"])
    assert reste_nach(anmeldung) == []

    post.versenden()

    letzte.refresh_from_db()
    assert letzte.status == Mail.Status.GESENDET
    assert (letzte.an, letzte.text, letzte.anhaenge, letzte.betreff) == ("", "", [], "")
    [datei] = tmp_path.glob("*.eml")
    assert PERSON["email"] in datei.read_text()
