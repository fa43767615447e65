"""What the demo world says: valid, complete, harmless, nothing lost by cleaning."""

import html
import re

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import models

from angebote.models import Angebot, Zeitfenster
from kommunen.models import Kommune, Ort
from praeventionsketten.management.laden.quelle import BEISPIELWELT, GRUNDDATEN, eintraege
from praeventionsketten.models import Bild, Landesprogramm, Seite
from veranstaltungen.models import Bericht, Veranstaltung

from .hilfe import EIGENE_APPS

EMAIL = re.compile(r"[\w.+-]+@([\w-]+(?:\.[\w-]+)+)")
ERLAUBT = {"example.org", "hage.de"}


def _alle_texte():
    for app in EIGENE_APPS:
        for modell in apps.get_app_config(app).get_models():
            felder = [
                f.name
                for f in modell._meta.fields
                if isinstance(f, models.CharField | models.TextField)
            ]
            for zeile in modell._base_manager.values_list("pk", *felder):
                for text in zeile[1:]:
                    yield modell, text or ""


def test_every_record_keeps_the_rules_its_form_would_ask_for(welt):
    for app in EIGENE_APPS:
        for modell in apps.get_app_config(app).get_models():
            if modell is get_user_model():
                continue
            for objekt in modell._base_manager.all():
                objekt.full_clean()
                for feld in modell._meta.fields:
                    if isinstance(feld, models.FileField) and getattr(objekt, feld.name):
                        getattr(objekt, feld.name).close()


def test_no_address_of_a_real_person_is_among_the_data(welt):
    fremde = {
        treffer.group(0)
        for _, text in _alle_texte()
        for treffer in EMAIL.finditer(text)
        if treffer.group(1) not in ERLAUBT
    }

    assert fremde == set()


def test_no_public_text_holds_a_placeholder(welt):
    offen = [(modell, text) for modell, text in _alle_texte() if "[Angaben" in text]

    assert Seite.objects.sichtbar().count() == 6
    assert offen == []


def test_cleaning_loses_nothing_of_the_rich_texts(welt):
    for datei, tabelle, modell in (
        (BEISPIELWELT / "berichte.toml", "bericht", Bericht),
        (GRUNDDATEN / "seiten.toml", "seite", Seite),
    ):
        gereinigt = modell._meta.get_field("text").sanitize
        for eintrag in eintraege(datei.parent, datei.name, tabelle):
            text = eintrag["text"].strip()
            assert html.unescape(gereinigt(text)) == html.unescape(text)


def test_cleaning_would_show_a_lost_element():
    gereinigt = Seite._meta.get_field("text").sanitize

    assert gereinigt("<p>a</p><figure>b</figure>") != "<p>a</p><figure>b</figure>"


def test_the_footer_says_that_this_is_a_demo_world(welt):
    assert "Beispielwelt" in Landesprogramm.objects.get().demo_hinweis


def test_every_picture_speaks_and_names_its_maker(welt):
    assert Bild.objects.count() == 6
    for bild in Bild.objects.all():
        assert bild.alternativtext
        assert bild.nachweis
        assert bild.datei.size < 60_000


def test_an_event_whose_day_is_unknown_says_so_in_words(welt):
    ungewiss = Veranstaltung.objects.exclude(zeitraum_text="")

    assert ungewiss.count() == 5
    assert not ungewiss.filter(zeit_bekannt=True).exists()


def test_steckbriefe_show_events_contributions_and_next_links(welt):
    offenbach = Kommune.objects.get(slug="offenbach-am-main")

    assert offenbach.veranstaltungen.sichtbar().exists()
    assert offenbach.beitraege.exists()
    assert offenbach.fachforen.exists()


def test_times_of_the_month_and_places_are_told_apart(welt):
    zeiten = Zeitfenster.objects.filter(angebot__slug="bildungspaket-sprechstunde-offenbach")
    drei_orte = Zeitfenster.objects.filter(angebot__slug="drop-in-elterncafe-bad-hersfeld")

    assert [(z.wochentag, z.takt) for z in zeiten.filter(takt__in=["erste", "dritte"])] == [
        (Zeitfenster.Wochentag.DONNERSTAG, "erste"),
        (Zeitfenster.Wochentag.DONNERSTAG, "dritte"),
    ]
    assert len({z.ort_id for z in drei_orte}) == 3


def test_termine_keep_their_weekday_and_say_what_replaces_them(welt):
    vaeter = Angebot.objects.get(slug="vaetersamstag-gallus")
    ausgefallen = Angebot.objects.get(slug="tag-der-familienleistungen").termine.get(
        abgesagt=True
    )

    assert {termin.beginn.weekday() for termin in vaeter.termine.all()} == {5}
    assert ausgefallen.ersetzt_durch.beginn > ausgefallen.beginn


def test_an_ort_is_shared_and_knows_what_one_angebot_knew(welt):
    witzenhausen = Ort.objects.get(name="Familienzentrum Witzenhausen")

    assert witzenhausen.stufenlos == Ort.Angabe.JA
    assert witzenhausen.lat is not None
    assert Ort.objects.values(
        "kommune", "name", "strasse", "plz", "ort"
    ).distinct().count() == (Ort.objects.count())


def test_an_angebot_by_appointment_still_says_where(welt):
    nach_vereinbarung = Angebot.objects.filter(zeiten=Angebot.Zeiten.NACH_VEREINBARUNG)

    assert nach_vereinbarung.filter(orte__isnull=False).distinct().count() == 39
