from collections.abc import Iterable

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from kommunen.models import Ort
from praeventionsketten.lib import zeit

from .angebot import Angebot


class ZeitfensterQuerySet(models.QuerySet):
    def gueltig(self):
        return self.filter(
            Q(gueltig_bis__isnull=True) | Q(gueltig_bis__gte=timezone.localdate())
        )


class TerminQuerySet(models.QuerySet):
    def kommend(self):
        """Not over yet; cancelled ones stay, so that nobody waits at a closed door."""
        return self.filter(ende__gte=timezone.now())


class Kalendereintrag(models.Model):
    """Something that people keep in their calendars: a change must reach them there.

    Calendars take a change only with a higher number, so `save` raises it whenever time,
    place or cancellation change. QuerySet.update() does not.
    """

    IM_KALENDER: tuple[str, ...]

    sequenz = models.PositiveIntegerField(default=0, editable=False)
    stand = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        abstract = True

    def save(self, *args, **kwargs) -> None:
        alt = self._gespeichert()
        if alt and any(alt[feld] != getattr(self, feld) for feld in self.IM_KALENDER):
            self.sequenz, self.stand = alt["sequenz"] + 1, timezone.now()
            if kwargs.get("update_fields") is not None:
                kwargs["update_fields"] = {*kwargs["update_fields"], "sequenz", "stand"}
        super().save(*args, **kwargs)

    def _gespeichert(self) -> dict | None:
        zeilen = type(self)._base_manager.filter(pk=self.pk) if self.pk else None
        return zeilen and zeilen.values("sequenz", *self.IM_KALENDER).first()


class Zeitfenster(Kalendereintrag):
    """A rhythm of the week or month at an Ort; no rule editor, a coordinator fills it in."""

    IM_KALENDER = ("wochentag", "takt", "von", "bis", "ort_id", "ferienregel", "gueltig_bis")

    class Wochentag(models.IntegerChoices):
        MONTAG = 0, "Montag"
        DIENSTAG = 1, "Dienstag"
        MITTWOCH = 2, "Mittwoch"
        DONNERSTAG = 3, "Donnerstag"
        FREITAG = 4, "Freitag"
        SAMSTAG = 5, "Samstag"
        SONNTAG = 6, "Sonntag"

    class Takt(models.TextChoices):
        WOECHENTLICH = "woechentlich", "jede Woche"
        ERSTE = "erste", "jeden ersten im Monat"
        ZWEITE = "zweite", "jeden zweiten im Monat"
        DRITTE = "dritte", "jeden dritten im Monat"
        VIERTE = "vierte", "jeden vierten im Monat"
        LETZTE = "letzte", "jeden letzten im Monat"
        ANDERS = "anders", "anders, siehe Text"

    class Ferien(models.TextChoices):
        FINDET_STATT = "findet_statt", "findet auch in den Schulferien statt"
        PAUSIERT = "pausiert", "pausiert in den Schulferien"
        UNBEKANNT = "unbekannt", "unbekannt"

    angebot = models.ForeignKey(Angebot, on_delete=models.CASCADE, related_name="zeitfenster")
    wochentag = models.PositiveSmallIntegerField(choices=Wochentag)
    takt = models.CharField(max_length=14, choices=Takt, default=Takt.WOECHENTLICH)
    von = models.TimeField()
    bis = models.TimeField()
    ort = models.ForeignKey(
        Ort, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    text = models.CharField(
        "Zusatz", max_length=160, blank=True, help_text="Z. B. „für Väter“."
    )
    ferienregel = models.CharField(max_length=14, choices=Ferien, default=Ferien.UNBEKANNT)
    gueltig_bis = models.DateField("gilt bis", null=True, blank=True)

    objects = ZeitfensterQuerySet.as_manager()

    class Meta:
        verbose_name = "Zeit"
        verbose_name_plural = "Zeiten"
        ordering = ["wochentag", "von"]
        constraints = [
            models.CheckConstraint(
                condition=Q(von__lt=F("bis")),
                name="zeitfenster_endet_nach_beginn",
                violation_error_message="„Bis“ muss nach „von“ liegen.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_wochentag_display()}, {self.von:%H:%M}–{self.bis:%H:%M} Uhr"

    @cached_property
    def wochentage(self) -> list[int]:
        """Its day, and the others `zusammengefasst` has found with the same times."""
        return [self.wochentag]

    @property
    def in_worten(self) -> str:
        """„jeden Dienstag, 9:30 bis 11:00 Uhr, pausiert in den Schulferien“."""
        rhythmus = {
            self.Takt.WOECHENTLICH: _("jeden %(tage)s"),
            self.Takt.ERSTE: _("jeden ersten %(tage)s im Monat"),
            self.Takt.ZWEITE: _("jeden zweiten %(tage)s im Monat"),
            self.Takt.DRITTE: _("jeden dritten %(tage)s im Monat"),
            self.Takt.VIERTE: _("jeden vierten %(tage)s im Monat"),
            self.Takt.LETZTE: _("jeden letzten %(tage)s im Monat"),
        }.get(self.takt, "%(tage)s")
        namen = [str(self.Wochentag(tag).label) for tag in self.wochentage]
        tage = " und ".join(filter(None, [", ".join(namen[:-1]), namen[-1]]))
        if self.takt == self.Takt.WOECHENTLICH and _am_stueck(self.wochentage):
            rhythmus, tage = "%(tage)s", f"{namen[0]} bis {namen[-1]}"
        teile = [rhythmus % {"tage": tage}, zeit.uhrzeiten(self.von, self.bis), self.text]
        if self.ferienregel != self.Ferien.UNBEKANNT:
            teile.append(self.get_ferienregel_display())
        return ", ".join(filter(None, teile))


def zusammengefasst(zeiten: Iterable[Zeitfenster]) -> list[Zeitfenster]:
    """One for all days with the same times: opening hours need no five lines."""
    gruppen: dict[tuple, Zeitfenster] = {}
    je_zeile = {"id", "wochentag", "sequenz", "stand"}
    for fenster in zeiten:
        alles_ausser_dem_tag = tuple(
            getattr(fenster, feld.attname)
            for feld in Zeitfenster._meta.concrete_fields
            if feld.name not in je_zeile
        )
        erstes = gruppen.setdefault(alles_ausser_dem_tag, fenster)
        if erstes is not fenster:
            erstes.wochentage.append(fenster.wochentag)
    return list(gruppen.values())


def _am_stueck(tage: list[int]) -> bool:
    return len(tage) > 2 and tage == list(range(tage[0], tage[-1] + 1))


class Termin(Kalendereintrag):
    """A dated occurrence at an Ort, which may change from time to time."""

    IM_KALENDER = ("beginn", "ende", "ort_id", "abgesagt")

    angebot = models.ForeignKey(Angebot, on_delete=models.CASCADE, related_name="termine")
    beginn = models.DateTimeField()
    ende = models.DateTimeField()
    ort = models.ForeignKey(
        Ort, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    text = models.CharField("Zusatz", max_length=160, blank=True)
    abgesagt = models.BooleanField("fällt aus", default=False)
    ersetzt_durch = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="ersetzt"
    )

    objects = TerminQuerySet.as_manager()

    class Meta:
        verbose_name = "Termin"
        verbose_name_plural = "Termine"
        ordering = ["beginn"]
        indexes = [models.Index(fields=["angebot", "beginn"], name="termin_naechster")]
        constraints = [
            models.CheckConstraint(
                condition=Q(beginn__lt=F("ende")),
                name="termin_endet_nach_beginn",
                violation_error_message="Das Ende muss nach dem Beginn liegen.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.beginn:%d.%m.%Y}"
