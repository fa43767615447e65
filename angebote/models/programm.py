from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse

from praeventionsketten.lib.zeilen import paare
from praeventionsketten.models import MitSlug, Veroeffentlichbar, VeroeffentlichbarQuerySet


class ProgrammQuerySet(VeroeffentlichbarQuerySet):
    def mit_angebotszahl(self, angebote):
        """Adds how many of `angebote` carry it out, and in how many Kommunen."""
        gezaehlt = Q(angebote__in=angebote.order_by().values("pk"))
        return self.annotate(
            angebotszahl=models.Count("angebote", filter=gezaehlt),
            kommunenzahl=models.Count("angebote__kommune", filter=gezaehlt, distinct=True),
        )


class Programm(MitSlug, Veroeffentlichbar):
    """A named concept with Bausteine that several Angebote carry out, e.g. „Schatzsuche“.

    Not the Landesprogramm, which templates know as `programm`.
    """

    slug_quelle = "name"

    name = models.CharField(
        max_length=120, unique=True, help_text="So, wie man es kennt, z. B. „Schatzsuche“."
    )
    teaser = models.CharField(
        max_length=280, help_text="Zwei Sätze: Was ist das, und für wen? Höchstens 280 Zeichen."
    )
    beschreibung = models.TextField(blank=True)
    bausteine = models.TextField(
        blank=True,
        help_text="Je Zeile einer. Nach einem „|“ steht, was er bedeutet, z. B. "
        "„Elterntreffen | Sechs Nachmittage in der Kita.“",
    )
    website = models.URLField("Internetseite", blank=True)

    objects = ProgrammQuerySet.as_manager()

    class Meta:
        verbose_name = "Programm"
        verbose_name_plural = "Programme"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @transaction.atomic
    def save(self, *args, **kwargs) -> None:
        super().save(*args, **kwargs)
        # Its name is one of the words they are found by.
        self.angebote.indizieren()

    def get_absolute_url(self) -> str:
        return reverse("programm_einzeln", args=[self.slug])

    @property
    def bausteine_liste(self) -> list[tuple[str, str]]:
        """Name and meaning of each Baustein; the meaning may be empty."""
        return paare(self.bausteine)

    @property
    def ist_oeffentlich(self) -> bool:
        return self.status == self.Status.VEROEFFENTLICHT
