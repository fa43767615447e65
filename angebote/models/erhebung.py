from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from kommunen.models import Handlungsfeld, Kommune, Lebensphase, Uebergang
from praeventionsketten.lib import zeit
from praeventionsketten.models.version import Veroeffentlichend

from .angebot import Angebot


class AngebotVorhanden(Exception):
    """Nobody can have found nothing where an Angebot is to be read."""


class ErhebungQuerySet(models.QuerySet):
    def der_zelle(self, kommune: Kommune, glied: Lebensphase | Uebergang, feld: Handlungsfeld):
        return self.filter(kommune=kommune, handlungsfeld=feld, **_glied(glied))


class Erhebung(Veroeffentlichend):
    """Append-only: somebody looked in a Kommune for Angebote of this kind and found none.

    The newest of a cell counts, the older ones stay to be read. Taking one back is a row
    as well, so that the history says that somebody had been mistaken.
    """

    class Ergebnis(models.TextChoices):
        KEIN_ANGEBOT = "kein-angebot", "geprüft: kein Angebot"
        ZURUECKGENOMMEN = "zurueckgenommen", "zurückgenommen: noch nicht erhoben"

    kommune = models.ForeignKey(Kommune, on_delete=models.CASCADE, related_name="erhebungen")
    lebensphase = models.ForeignKey(
        Lebensphase, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    uebergang = models.ForeignKey(
        Uebergang,
        verbose_name="Übergang",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    handlungsfeld = models.ForeignKey(Handlungsfeld, on_delete=models.PROTECT, related_name="+")
    ergebnis = models.CharField(max_length=20, choices=Ergebnis, default=Ergebnis.KEIN_ANGEBOT)
    wann = models.DateTimeField(default=timezone.now)
    konto = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    objects = ErhebungQuerySet.as_manager()

    class Meta:
        verbose_name = "Erhebung"
        # What it is for; the admin lists it under this name.
        verbose_name_plural = "Lückenanalyse"
        ordering = ["-wann", "-pk"]
        indexes = [models.Index(fields=["kommune", "-wann"], name="erhebung_letzte")]
        constraints = [
            models.CheckConstraint(
                condition=Q(lebensphase__isnull=True, uebergang__isnull=False)
                | Q(lebensphase__isnull=False, uebergang__isnull=True),
                name="erhebung_phase_oder_uebergang",
                violation_error_message="Eine Lebensphase oder ein Übergang, nicht beides.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_ergebnis_display()}, {zeit.tag(self.wann)}"

    @classmethod
    @transaction.atomic
    def festhalten(cls, kommune, glied, feld, ergebnis: str, konto=None) -> "Erhebung":
        """Write down what somebody found; pressing twice says it once."""
        vorhanden = angebote_der_zelle(kommune, glied, feld)
        if ergebnis == cls.Ergebnis.KEIN_ANGEBOT and vorhanden.exists():
            raise AngebotVorhanden
        letzte = cls.objects.der_zelle(kommune, glied, feld).first()
        if letzte and letzte.ergebnis == ergebnis and letzte.ist_von_heute:
            return letzte
        return cls.objects.create(
            kommune=kommune, handlungsfeld=feld, ergebnis=ergebnis, konto=konto, **_glied(glied)
        )

    @property
    def glied(self) -> Lebensphase | Uebergang:
        return self.lebensphase or self.uebergang

    @property
    def ist_von_heute(self) -> bool:
        return timezone.localdate(self.wann) == timezone.localdate()


def _glied(glied: Lebensphase | Uebergang) -> dict:
    return {glied._meta.model_name: glied}


def angebote_der_zelle(kommune, glied, feld):
    """The public Angebote of a Kommune for this phase or transition and this field."""
    verweis = "lebensphasen" if isinstance(glied, Lebensphase) else "uebergaenge"
    alle = Angebot.objects.sichtbar().filter(kommune=kommune)
    return alle.filter(**{verweis: glied}).filter(handlungsfelder=feld)
