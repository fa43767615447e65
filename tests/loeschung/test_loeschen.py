"""What goes when its period is over, what stays a day before, and what is never touched."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from io import StringIO

import pytest
from allauth.account.models import EmailAddress
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connection

from angebote.models import Sofortmeldung
from praeventionsketten import jobs, loeschung
from praeventionsketten.lib import fristen
from praeventionsketten.models import Barrieremeldung, Job, Konto, Loeschnachweis, Mail
from tests.factories import make_angebot, make_konto, make_mail
from tests.loeschung.hilfen import loeschen, vor

pytestmark = pytest.mark.django_db


# ------------------------------------------------------------------ mails


def gesendet_vor(tage: float, **felder) -> Mail:
    return make_mail(
        status="gesendet",
        gesendet_am=vor(tage),
        anhaenge=[{"name": "termin.ics", "inhalt": "x", "typ": "text/calendar"}],
        **felder,
    )


def test_texts_go_after_30_days_addresses_after_90_and_the_row_after_a_year():
    frisch, monat, quartal, jahr = (gesendet_vor(tage) for tage in (29, 31, 91, 366))

    loeschen()

    frisch.refresh_from_db()
    monat.refresh_from_db()
    quartal.refresh_from_db()
    assert (frisch.text, frisch.an) != ("", "")
    assert (monat.text, monat.html, monat.anhaenge) == ("", "", [])
    assert "@" in monat.an
    assert (quartal.text, quartal.an, quartal.betreff) == ("", "", "")
    assert not Mail.objects.filter(pk=jahr.pk).exists()


@pytest.mark.parametrize("status", ["fehler", "unzustellbar", "abgebrochen", "erledigt"])
def test_what_never_went_out_goes_too(status):
    mail = make_mail(status=status, fehler="550 unbekannt")
    Mail.objects.update(erstellt_am=vor(91))

    loeschen()

    mail.refresh_from_db()
    assert (mail.an, mail.text, mail.fehler) == ("", "", "")


def test_what_still_waits_keeps_everything():
    mail = make_mail()
    Mail.objects.update(erstellt_am=vor(400))

    loeschen()

    mail.refresh_from_db()
    assert mail.text
    assert mail.an


# ------------------------------------------------------------------ accounts and reports


def test_an_account_switched_off_for_a_year_loses_its_person():
    aus = make_konto(email="alex@kita.de", name="Alex Beispiel", is_active=False)
    an = make_konto(email="kim@kita.de", name="Kim Beispiel")
    EmailAddress.objects.create(user=aus, email=aus.email)
    Konto.objects.update(last_login=vor(366))

    loeschen()

    aus.refresh_from_db()
    an.refresh_from_db()
    assert (aus.name, aus.email) == ("Gelöschtes Konto", f"konto-{aus.pk}@geloescht.invalid")
    assert not aus.has_usable_password()
    assert not EmailAddress.objects.exists()
    assert an.name == "Kim Beispiel"
    [nachweis] = Loeschnachweis.objects.filter(model="praeventionsketten.Konto")
    assert (nachweis.anzahl, nachweis.geprueft, nachweis.reste) == (1, True, [])


def make_meldung(tage: float, **felder) -> Barrieremeldung:
    meldung = Barrieremeldung.objects.create(
        text="Der Aufzug fehlt.", **{"name": "Alex Beispiel", "email": "a@kita.de"} | felder
    )
    Barrieremeldung.objects.filter(pk=meldung.pk).update(eingegangen_am=vor(tage))
    return meldung


def test_a_settled_report_loses_its_sender_and_an_open_one_keeps_her():
    erledigt, offen = make_meldung(91, erledigt=True), make_meldung(91)

    loeschen()

    erledigt.refresh_from_db()
    offen.refresh_from_db()
    assert (erledigt.name, erledigt.email, erledigt.text) == ("", "", "Der Aufzug fehlt.")
    assert offen.email == "a@kita.de"


def test_after_a_year_no_report_is_left():
    make_meldung(366)

    loeschen()

    assert not Barrieremeldung.objects.exists()


def test_what_a_provider_reported_goes_after_a_year_and_her_angebot_stays():
    angebot = make_angebot(kurzbeschreibung="Frau Müller leitet es.")
    for tage in (364, 366):
        angebot.sofortmeldungen.create(
            art=Sofortmeldung.Art.FAELLT_AUS,
            text=f"Vor {tage} Tagen.",
            vorher={
                "angebot": {str(angebot.pk): {"kurzbeschreibung": "Frau Meier leitet es."}}
            },
            gemeldet_am=vor(tage),
        )

    loeschen()

    assert angebot.sofortmeldungen.get().text == "Vor 364 Tagen."
    angebot.refresh_from_db()
    assert angebot.kurzbeschreibung == "Frau Müller leitet es."


def test_sessions_logs_and_failed_jobs_go():
    konto = make_konto()
    art = ContentType.objects.get_for_model(Konto)
    for tage in (1, 366):
        eintrag = LogEntry.objects.create(
            user=konto, content_type=art, object_id="1", object_repr="Alex", action_flag=2
        )
        LogEntry.objects.filter(pk=eintrag.pk).update(action_time=vor(tage))
        Session.objects.create(
            session_key=f"s{tage}", session_data="", expire_date=vor(tage - 2)
        )

    loeschen()

    assert LogEntry.objects.count() == Session.objects.count() == 1


def test_jobs_that_are_over_go_and_a_late_one_waits_for_its_worker():
    Job.objects.all().delete()  # a migration has left one
    Job.objects.create(name="geplatzt", faellig_ab=vor(31), versuche=jobs.MAX_VERSUCHE)
    Job.objects.create(name="fertig", faellig_ab=vor(31), erledigt_am=vor(31))
    Job.objects.create(name="verspaetet", faellig_ab=vor(31))

    loeschen()

    assert Job.objects.get().name == "verspaetet"


# ------------------------------------------------------------------ the command


def test_a_trial_counts_and_erases_nothing():
    gesendet_vor(31)
    ausgabe = StringIO()

    call_command("loeschen", probe=True, stdout=ausgabe)

    assert "1  E-Mails, die das Portal verschickt: Text und Anhänge, 30\xa0Tage" in (
        ausgabe.getvalue()
    )
    assert Mail.objects.get().text
    assert not Loeschnachweis.objects.exists()


def test_a_second_run_finds_nothing_to_do():
    gesendet_vor(91)
    loeschen()
    nachweise = Loeschnachweis.objects.count()

    ausgabe = loeschen()

    assert Loeschnachweis.objects.count() == nachweise == 2
    assert {zeile.split()[0] for zeile in ausgabe.splitlines()} == {"0"}


def test_more_than_one_batch_goes_in_one_run(monkeypatch):
    monkeypatch.setattr(loeschung, "STAPEL", 2)
    for _ in range(5):
        gesendet_vor(31)

    loeschen()

    assert not Mail.objects.exclude(text="").exists()
    assert [n.anzahl for n in Loeschnachweis.objects.order_by("pk")] == [2, 2, 1]


def test_a_period_that_fails_does_not_hold_up_the_next(monkeypatch):
    gesendet_vor(91)
    mails = fristen.ERKLAERT["praeventionsketten.Mail"]
    texte, adressen, _ = mails.fristen
    kaputt = replace(texte, loeschen=lambda mails: 1 / 0)
    monkeypatch.setattr(
        loeschung, "_mit_uhr", lambda: iter([(mails, kaputt), (mails, adressen)])
    )

    with pytest.raises(ExceptionGroup, match="Not everything"):
        loeschen()

    mail = Mail.objects.get()
    assert mail.text
    assert mail.an == ""


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_erase_everything_once(monkeypatch):
    monkeypatch.setattr(loeschung, "STAPEL", 3)
    for _ in range(12):
        gesendet_vor(31)

    def lauf(_):
        try:
            return list(loeschung.ausfuehren())
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lauf, range(2)))

    assert not Mail.objects.exclude(text="").exists()
    assert sum(n.anzahl for n in Loeschnachweis.objects.all()) == 12
