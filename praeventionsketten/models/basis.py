from django.db import models, transaction

from .post import Job
from .version import Veroeffentlichend


class Status(models.TextChoices):
    ENTWURF = "entwurf", "Entwurf"
    VEROEFFENTLICHT = "veroeffentlicht", "Veröffentlicht"


class VeroeffentlichbarQuerySet(models.QuerySet):
    def sichtbar(self):
        """What everybody may read."""
        return self.filter(status=Status.VEROEFFENTLICHT)


class Veroeffentlichbar(Veroeffentlichend):
    """A page that is drafted first and then published."""

    Status = Status
    status = models.CharField(
        max_length=20,
        choices=Status,
        default=Status.ENTWURF,
        help_text="Ein Entwurf ist nur für angemeldete Mitarbeitende zu sehen.",
    )
    geaendert_am = models.DateTimeField("geändert am", auto_now=True)

    objects = VeroeffentlichbarQuerySet.as_manager()

    class Meta:
        abstract = True

    def veroeffentlichen(self) -> None:
        self.status = Status.VEROEFFENTLICHT
        self.full_clean()
        self.save()

    def zurueckziehen(self) -> None:
        self.status = Status.ENTWURF
        self.save()


class Begriff(Veroeffentlichend):
    """A word of an editable vocabulary; its code is stable and stands in addresses."""

    code = models.SlugField(
        max_length=60,
        unique=True,
        help_text="Steht in Adressen und Exporten und ändert sich nie, z. B. „kita“.",
    )
    name = models.CharField(max_length=120)
    reihenfolge = models.PositiveSmallIntegerField(default=0)
    beschreibung = models.TextField(blank=True)

    class Meta:
        abstract = True
        ordering = ["reihenfolge", "name"]

    def __str__(self) -> str:
        return self.name

    @transaction.atomic
    def save(self, *args, **kwargs) -> None:
        vorhanden = not self._state.adding
        super().save(*args, **kwargs)
        if vorhanden:
            # Its name stands in the texts that are searched.
            Job.objects.vormerken("angebote_indizieren")


class MitBild(models.Model):
    """Something that may carry a picture from the library."""

    bild = models.ForeignKey(
        "praeventionsketten.Bild",
        verbose_name="Bild",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        abstract = True
