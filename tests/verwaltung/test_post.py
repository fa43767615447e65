"""Dead letters in the admin: who sees them, and what one can do about them."""

import pytest
from django.contrib.admin.models import LogEntry

from praeventionsketten import aufgaben, rollen
from praeventionsketten.models import Mail
from tests import factories as f

pytestmark = pytest.mark.django_db

POST = "/verwaltung/praeventionsketten/mail/"


@pytest.fixture
def administration(anmelden):
    return anmelden(rollen.ADMINISTRATION)


def box(client) -> dict | None:
    kaesten = client.get("/verwaltung/").context["kaesten"]
    return next((k.kontext for k in kaesten if "post" in k.vorlage), None)


def test_the_start_page_shows_dead_letters_to_the_administration_alone(anmelden):
    tot = f.make_mail(status="unzustellbar", betreff="Ihre Anmeldung")
    f.make_mail(status="neu")
    f.make_mail(status="gesendet")

    kasten = box(anmelden(rollen.ADMINISTRATION))

    assert (list(kasten["mails"]), kasten["anzahl"]) == ([tot], 1)
    assert box(anmelden(rollen.REDAKTION)) is None


def test_a_day_without_mail_server_does_not_bury_the_start_page(administration):
    for _ in range(12):
        f.make_mail(status="fehler")

    seite = administration.get("/verwaltung/").content.decode()

    assert "Die neuesten 10." in seite
    assert '<span class="zaehler">12</span>' in seite


@pytest.mark.parametrize(
    ("knopf", "danach"), [("noch_einmal", "neu"), ("erledigen", "erledigt")]
)
def test_a_button_decides_about_a_dead_letter_and_is_logged(administration, knopf, danach):
    mail = f.make_mail(status="fehler", gestoert_seit="2026-11-01T09:00:00Z", an="alex@a.de")

    antwort = administration.post(f"{POST}{mail.pk}/knopf/{knopf}/", follow=True)

    mail.refresh_from_db()
    assert mail.status == danach
    assert antwort.status_code == 200
    eintrag = LogEntry.objects.get()
    assert eintrag.object_id == str(mail.pk)
    assert "alex" not in f"{eintrag.object_repr}{eintrag.change_message}"


def test_what_is_tried_again_has_its_three_days_again(administration):
    mail = f.make_mail(status="fehler", gestoert_seit="2026-11-01T09:00:00Z")

    administration.post(f"{POST}{mail.pk}/knopf/noch_einmal/")

    mail.refresh_from_db()
    assert mail.gestoert_seit is None
    assert Mail.objects.faellig().get() == mail


@pytest.mark.parametrize("status", ["neu", "gesendet", "abgebrochen", "erledigt"])
def test_a_mail_that_is_no_dead_letter_has_no_buttons(administration, status):
    mail = f.make_mail(status=status)

    seite = administration.get(f"{POST}{mail.pk}/change/").content.decode()
    antwort = administration.post(f"{POST}{mail.pk}/knopf/noch_einmal/")

    assert "Noch einmal versuchen" not in seite
    assert antwort.status_code == 403
    mail.refresh_from_db()
    assert mail.status == status


@pytest.mark.parametrize("rolle", [rollen.REDAKTION, rollen.VERANSTALTUNGSTEAM])
@pytest.mark.parametrize("bezug", ["", "post"])
def test_others_press_no_button(anmelden, rolle, bezug):
    mail = f.make_mail(status="fehler", bezug=bezug)

    antwort = anmelden(rolle).post(f"{POST}{mail.pk}/knopf/noch_einmal/")

    assert antwort.status_code in {403, 404}
    mail.refresh_from_db()
    assert mail.status == "fehler"


def test_the_event_team_sees_and_decides_about_mails_of_registrations_alone(anmelden):
    eigene = f.make_mail(status="unzustellbar", bezug="anmeldung-17", betreff="Ihr Platz")
    fremde = f.make_mail(status="unzustellbar", betreff="Geheimes", an="geheim@example.org")
    team = anmelden(rollen.VERANSTALTUNGSTEAM)

    kasten = box(team)
    liste = team.get(f"{POST}?q=geheim").content.decode()
    team.post(
        POST,
        {"action": "als_erledigt", "_selected_action": [eigene.pk, fremde.pk]},
    )

    assert list(kasten["mails"]) == [eigene]
    assert "Geheimes" not in liste
    assert team.get(f"{POST}{fremde.pk}/change/").status_code == 302
    eigene.refresh_from_db()
    fremde.refresh_from_db()
    assert (eigene.status, fremde.status) == ("erledigt", "unzustellbar")


def test_nobody_takes_the_link_of_a_person_out_of_her_mail(anmelden):
    link = "https://portal.example.org/meine-anmeldung/abc23/Zm9v:1tQ-x_y/"
    mail = f.make_mail(bezug="anmeldung-1", text=f"Ihre Anmeldung:\n{link}\nBis bald")

    for rolle in (rollen.VERANSTALTUNGSTEAM, rollen.ADMINISTRATION):
        seite = anmelden(rolle).get(f"{POST}{mail.pk}/change/").content.decode()
        assert "Zm9v" not in seite
        assert "/meine-anmeldung/abc23/…/" in seite
        assert "Bis bald" in seite


def test_opening_a_button_s_address_changes_nothing(administration):
    mail = f.make_mail(status="fehler")

    antwort = administration.get(f"{POST}{mail.pk}/knopf/noch_einmal/")

    assert antwort.status_code == 405
    mail.refresh_from_db()
    assert mail.status == "fehler"


def test_a_whole_evening_of_dead_letters_is_tried_again_at_once(administration):
    tote = [f.make_mail(status="fehler"), f.make_mail(status="unzustellbar")]
    gesendet = f.make_mail(status="gesendet")

    administration.post(
        POST,
        {
            "action": "noch_einmal_versuchen",
            "_selected_action": [m.pk for m in [*tote, gesendet]],
        },
    )

    assert set(Mail.objects.faellig()) == set(tote)


def test_nothing_of_a_mail_can_be_edited(administration):
    mail = f.make_mail(status="fehler", an="alex@example.org")

    administration.post(f"{POST}{mail.pk}/change/", {"an": "boese@example.org"})

    mail.refresh_from_db()
    assert mail.an == "alex@example.org"


# ------------------------------------------------------------------ the notice


def test_the_programme_office_is_told_once_a_day_without_names(gruppen):
    f.make_mail(status="unzustellbar", an="alex@a.de", betreff="Für Alex")
    f.make_mail(status="fehler")

    aufgaben.nicht_zugestelltes_melden()
    aufgaben.nicht_zugestelltes_melden()

    [meldung] = Mail.objects.filter(bezug="post")
    assert meldung.betreff == "2 E-Mails sind nicht angekommen"
    assert meldung.an == "programm@example.org"
    assert "https://portal.example.org/verwaltung/" in meldung.text
    assert "alex" not in meldung.text.lower()


def test_a_lost_notice_makes_no_other_notice(gruppen):
    f.make_mail(status="fehler", bezug="post")

    aufgaben.nicht_zugestelltes_melden()

    assert Mail.objects.count() == 1


def test_nobody_is_told_of_nothing(gruppen):
    f.make_mail(status="gesendet")

    aufgaben.nicht_zugestelltes_melden()

    assert Mail.objects.count() == 1
