"""The index follows every change at once, in every worker, and a check finds what slips."""

import datetime as dt

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.http import QueryDict
from django.utils import timezone

from angebote.aufgaben import nachziehen
from angebote.filters import AngebotFilter
from angebote.models import Angebot, Suchblock, Suchvokabel, Suchzeile
from angebote.suche import aktuelles_werk, werk
from praeventionsketten.jobs import eine_runde
from praeventionsketten.models import Inhaltsversion, Job
from tests.factories import (
    make_angebot,
    make_einrichtung,
    make_handlungsfeld,
    make_kommune,
    make_ort,
    make_termin,
    make_wortgruppe,
    make_zeitfenster,
)

pytestmark = pytest.mark.django_db


def gefunden(query: str) -> set[int]:
    return set(AngebotFilter(QueryDict(query)).ergebnis.seite())


def test_a_worker_that_knew_an_older_state_finds_what_another_published(monkeypatch):
    alt = make_angebot(titel="Hebamme")
    dieser, _ = aktuelles_werk("Hebamme")
    neu = make_angebot(titel="Hebamme")
    aktuelles_werk("Hebamme")

    monkeypatch.setattr(werk, "_werk", dieser)

    assert gefunden("q=Hebamme") == {alt.pk, neu.pk}


def test_a_changed_word_is_found_and_the_old_one_no_more():
    angebot = make_angebot(titel="Hebamme")
    assert gefunden("q=Hebamme") == {angebot.pk}

    angebot.titel = "Trommelkurs"
    angebot.save()
    angebot.indizieren()

    assert gefunden("q=Trommelkurs") == {angebot.pk}
    assert gefunden("q=Hebamme") == set()


@pytest.mark.parametrize("weg", ["entwurf", "loeschen", "alle loeschen"])
def test_what_is_gone_leaves_no_trace(weg):
    angebot = make_angebot(titel="Hebamme", handlungsfelder=[make_handlungsfeld("wohnen")])
    assert gefunden("feld=wohnen") == {angebot.pk}

    if weg == "loeschen":
        angebot.delete()
    elif weg == "alle loeschen":
        Angebot.objects.all().delete()
    else:
        angebot.status = "entwurf"
        angebot.save()
        angebot.indizieren()

    assert gefunden("feld=wohnen") == set()
    assert gefunden("q=Hebamme") == set()
    assert not Suchblock.objects.exists()
    assert not Suchvokabel.objects.filter(anzahl__gt=0).exists()


def test_a_name_that_changes_is_found_by_the_new_one():
    kommune, traeger = make_kommune(name="Kassel"), make_einrichtung(name="Sonnenhaus")
    ort = make_ort(name="Lindensaal", ort="Baunatal")
    angebot = make_angebot(kommune=kommune, einrichtung=traeger)
    make_zeitfenster(angebot, ort=ort)

    for objekt, feld, wort in (
        (kommune, "name", "Vogelsberg"),
        (traeger, "name", "Mondhaus"),
        (ort, "ort", "Lohfelden"),
    ):
        setattr(objekt, feld, wort)
        objekt.save()

        assert gefunden(f"q={wort}") == {angebot.pk}


def test_a_rollback_takes_the_index_back_with_the_change():
    version = Inhaltsversion.erhoehen()

    with pytest.raises(ZeroDivisionError):
        _publish_and_fail()

    assert Inhaltsversion.objects.get().nummer == version
    assert not Suchzeile.objects.exists()


def _publish_and_fail() -> None:
    with transaction.atomic():
        make_angebot(titel="Hebamme")
        raise ZeroDivisionError


def test_an_untouched_text_writes_no_block():
    angebot = make_angebot()
    vorher = list(Suchblock.objects.order_by("pk").values_list("pk", "gewichte"))

    angebot.indizieren()

    assert list(Suchblock.objects.order_by("pk").values_list("pk", "gewichte")) == vorher


def test_what_was_forgotten_is_found_and_repaired(capsys):
    richtig, vergessen = make_angebot(titel="Hebamme"), make_angebot(titel="Chor")
    Angebot.objects.filter(pk=vergessen.pk).update(titel="Trommelkurs")
    Suchblock.objects.filter(token="hebamm").delete()
    assert gefunden("q=Trommelkurs") == set()

    with pytest.raises(CommandError, match="1 Angebote"):
        call_command("suche_pruefen")
    call_command("suche_pruefen", reparieren=True)
    call_command("suche_pruefen")

    assert gefunden("q=Trommelkurs") == {vergessen.pk}
    assert gefunden("q=Hebamme") == {richtig.pk}
    assert "Der Index stimmt." in capsys.readouterr().out


def test_a_time_that_runs_out_is_noticed_without_anybody_saving():
    angebot = make_angebot()
    make_termin(angebot, ort=make_ort(stufenlos="ja"))
    assert gefunden("stufenlos=1") == {angebot.pk}
    vorbei = timezone.now() - dt.timedelta(hours=1)
    angebot.termine.update(beginn=vorbei - dt.timedelta(hours=1), ende=vorbei)
    Suchzeile.objects.update(gilt_bis=vorbei)

    nachziehen()

    assert gefunden("stufenlos=1") == set()


def test_new_words_of_the_redaktion_work_after_the_job():
    angebot = make_angebot(titel="Elterncafé")
    make_angebot(titel="Chor")
    assert gefunden("q=Frühstückstreff") == set()

    make_wortgruppe("synonyme", "Elterncafé, Frühstückstreff")
    make_wortgruppe("synonyme", "Chor, Singkreis")
    assert Job.objects.filter(name="angebote_indizieren", erledigt_am=None).count() == 1
    eine_runde()

    assert gefunden("q=Frühstückstreff") == {angebot.pk}
