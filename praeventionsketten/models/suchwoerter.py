import re
from collections import defaultdict

from django.core.exceptions import ValidationError
from django.db import models, transaction

from praeventionsketten.lib.deutsch import Woerterbuch
from praeventionsketten.lib.deutsch.falten import MAX_WORT
from praeventionsketten.lib.deutsch.falten import woerter as worte_in

from .post import Job

HOECHSTENS = 2000  # words in one row; nobody reads a longer list


class WortgruppeQuerySet(models.QuerySet):
    def woerterbuch(self) -> Woerterbuch:
        """All of them as the analyser wants them; one query."""
        daten = defaultdict(list)
        for art, woerter in self.order_by("pk").values_list("art", "woerter"):
            liste = teile(woerter)
            daten[art] += liste if art in Wortgruppe.EINZELNE else [liste]
        return Woerterbuch.aus(daten)


class Wortgruppe(models.Model):
    """Words of the search that the Redaktion may change; the index follows by a job."""

    class Art(models.TextChoices):
        SYNONYME = "synonyme", "andere Wörter für dasselbe"
        BEGRIFFE = "begriffe", "das erste Wort führt zu den weiteren"
        FAMILIEN = "familien", "Ableitungen eines Wortes"
        LEXIKON = "lexikon", "Bestandteile zusammengesetzter Wörter"
        EIGEN = "eigen", "Wörter, deren Ende keine Endung ist"
        SCHWACH = "schwach", "zählt mit, muss aber nicht vorkommen"
        NEBENBEI = "nebenbei", "gehört zu jeder Anfrage"
        STOPP = "stopp", "wird nie gesucht"
        FELDER = "felder", "ein Handlungsfeld und die Wörter, die dort zu Hause sind"

    # Their words stand for themselves; in the others a row is one group.
    EINZELNE = frozenset({Art.LEXIKON, Art.EIGEN, Art.SCHWACH, Art.NEBENBEI, Art.STOPP})

    art = models.CharField(max_length=20, choices=Art)
    woerter = models.TextField(
        "Wörter",
        help_text="Mit Komma getrennt. Groß und klein, Umlaute und Endungen sind gleichgültig.",
    )

    objects = WortgruppeQuerySet.as_manager()

    class Meta:
        verbose_name = "Wortgruppe der Suche"
        verbose_name_plural = "Wörter der Suche"
        ordering = ["art", "woerter"]

    def clean(self) -> None:
        worte = teile(self.woerter)
        if len(worte) > HOECHSTENS:
            text = (
                f"Das sind {len(worte)} Wörter. Mehr als {HOECHSTENS} gehen nicht auf einmal."
            )
        elif sinnlos := [w for w in worte if not worte_in(w)]:
            text = f"„{sinnlos[0][:MAX_WORT]}“ enthält keinen Buchstaben und keine Ziffer."
        elif lang := [w for w in worte if len(w) > MAX_WORT]:
            text = f"„{lang[0][:MAX_WORT]}…“ ist zu lang. Trennen Sie Wörter mit Komma."
        elif not worte or (self.art not in self.EINZELNE and len(worte_in(self.woerter)) < 2):
            # One expression of two words is a group: it is looked for as one word.
            text = "Bitte nennen Sie mindestens zwei, mit Komma getrennt."
        else:
            self.woerter = ", ".join(dict.fromkeys(worte))
            return
        raise ValidationError({"woerter": text})

    @transaction.atomic
    def save(self, *args, **kwargs) -> None:
        super().save(*args, **kwargs)
        Job.objects.vormerken("angebote_indizieren")

    @transaction.atomic
    def delete(self, *args, **kwargs):
        Job.objects.vormerken("angebote_indizieren")
        return super().delete(*args, **kwargs)

    def __str__(self) -> str:
        return self.woerter if len(self.woerter) <= 60 else f"{self.woerter[:59]}…"


class Wortlieferung(models.Model):
    """A file of words that was loaded: what the Redaktion made of them since stays so."""

    datei = models.CharField(max_length=60, unique=True)
    geladen_am = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "Lieferung von Suchwörtern"
        verbose_name_plural = "Lieferungen von Suchwörtern"

    def __str__(self) -> str:
        return self.datei


def teile(text: str) -> list[str]:
    """Words as a person lists them, by comma or by line."""
    return [wort for teil in re.split(r"[,\n]", text) if (wort := " ".join(teil.split()))]
