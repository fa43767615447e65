from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from kommunen.models import Kommune
from praeventionsketten.lib.rich_text import RichTextField
from praeventionsketten.models import (
    MitBild,
    MitSlug,
    Veroeffentlichbar,
    VeroeffentlichbarQuerySet,
)

from .veranstaltung import Veranstaltung


class BerichtQuerySet(VeroeffentlichbarQuerySet):
    def sichtbar(self):
        """Published, and not dated into the future."""
        return super().sichtbar().filter(veroeffentlicht_am__lte=timezone.localdate())


class Bericht(MitSlug, MitBild, Veroeffentlichbar):
    """A report of a Veranstaltung, or a Meldung that stands alone."""

    RESERVIERT = frozenset({"feed"})

    titel = models.CharField(max_length=160)
    teaser = models.TextField(help_text="Zwei Sätze, die neugierig machen und stimmen.")
    text = RichTextField(blank=True)
    bildunterschrift = models.CharField(max_length=200, blank=True)
    veroeffentlicht_am = models.DateField(
        "veröffentlicht am",
        null=True,
        blank=True,
        help_text="Ein Tag in der Zukunft: erscheint dann.",
    )
    veranstaltung = models.OneToOneField(
        Veranstaltung,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="bericht",
        help_text="Leer lassen für eine Meldung ohne Veranstaltung.",
    )
    naechster_termin = models.ForeignKey(
        Veranstaltung,
        verbose_name="nächster Termin",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    ebene_strategisch = models.TextField(
        "Strategische Ebene", blank=True, help_text="Ergebnisse, je Zeile eines."
    )
    ebene_akteure = models.TextField(
        "Akteurinnen und Akteure", blank=True, help_text="Ergebnisse, je Zeile eines."
    )
    ebene_zielgruppe = models.TextField(
        "Kinder und Familien", blank=True, help_text="Ergebnisse, je Zeile eines."
    )

    objects = BerichtQuerySet.as_manager()

    class Meta:
        verbose_name = "Bericht oder Meldung"
        verbose_name_plural = "Berichte und Meldungen"
        ordering = ["-veroeffentlicht_am", "-pk"]
        permissions = [("publish_bericht", "Kann Berichte veröffentlichen")]
        constraints = [
            models.CheckConstraint(
                condition=Q(status="entwurf") | Q(veroeffentlicht_am__isnull=False),
                name="bericht_hat_datum",
                violation_error_message="Bitte geben Sie an, wann der Bericht erscheint.",
            )
        ]

    def __str__(self) -> str:
        return self.titel

    def clean(self) -> None:
        super().clean()
        if self.status == self.Status.VEROEFFENTLICHT and not self.veroeffentlicht_am:
            self.veroeffentlicht_am = timezone.localdate()
        termin = self.naechster_termin_id
        if termin and termin == self.veranstaltung_id:
            raise ValidationError(
                {"naechster_termin": "Das ist die Veranstaltung dieses Berichts."}
            )

    def get_absolute_url(self) -> str:
        return reverse("bericht", args=[self.slug])

    @property
    def kicker(self) -> str:
        return "Bericht" if self.veranstaltung_id else "Meldung"

    @property
    def ebenen(self) -> list[tuple[str, list[str]]]:
        """The review on three levels, with only those that are filled."""
        felder = ("ebene_strategisch", "ebene_akteure", "ebene_zielgruppe")
        return [
            (str(self._meta.get_field(feld).verbose_name), getattr(self, feld).splitlines())
            for feld in felder
            if getattr(self, feld)
        ]


class BeitragQuerySet(models.QuerySet):
    def sichtbar(self):
        """A contribution is public with its Bericht."""
        return self.filter(bericht__in=Bericht.objects.sichtbar())


class Beitrag(models.Model):
    """A Kommune's contribution inside a Bericht; shown on its Steckbrief too."""

    bericht = models.ForeignKey(Bericht, on_delete=models.CASCADE, related_name="beitraege")
    kommune = models.ForeignKey(Kommune, on_delete=models.CASCADE, related_name="beitraege")
    titel = models.CharField(max_length=160)
    text = models.TextField()
    reihenfolge = models.PositiveSmallIntegerField(default=0)

    objects = BeitragQuerySet.as_manager()

    class Meta:
        verbose_name = "Beitrag"
        verbose_name_plural = "Beiträge der Kommunen"
        ordering = ["reihenfolge", "pk"]

    def __str__(self) -> str:
        return self.titel
