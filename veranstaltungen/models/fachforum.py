from django.db import models
from django.db.models import Case, Count, F, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce

from kommunen.models import Kommune, Leitdimension
from praeventionsketten.models import Veroeffentlichend

from .veranstaltung import Veranstaltung


class Durchgang(Veroeffentlichend):
    """A time slot of the day; a Fachforum may be offered in each, with the same content."""

    veranstaltung = models.ForeignKey(
        Veranstaltung, on_delete=models.CASCADE, related_name="durchgaenge"
    )
    nummer = models.PositiveSmallIntegerField()
    beginn = models.TimeField()
    ende = models.TimeField()

    class Meta:
        verbose_name = "Durchgang"
        verbose_name_plural = "Durchgänge"
        ordering = ["nummer"]
        constraints = [
            models.UniqueConstraint(
                fields=["veranstaltung", "nummer"], name="durchgang_eindeutig"
            ),
            models.CheckConstraint(
                condition=Q(beginn__lt=F("ende")),
                name="durchgang_endet_nach_beginn",
                violation_error_message="Das Ende muss nach dem Beginn liegen.",
            ),
        ]

    def __str__(self) -> str:
        return f"Durchgang {self.nummer}"


class Fachforum(Veroeffentlichend):
    """A workshop of a Fachtag with its topic."""

    veranstaltung = models.ForeignKey(
        Veranstaltung, on_delete=models.CASCADE, related_name="fachforen"
    )
    nummer = models.PositiveSmallIntegerField()
    titel = models.CharField(max_length=160)
    teaser = models.CharField(max_length=300, blank=True)
    leitdimension = models.ForeignKey(
        Leitdimension,
        verbose_name="Themenstrang",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        limit_choices_to={"fuer_fachforen": True},
    )
    leitung = models.CharField(
        max_length=200, blank=True, help_text="Funktion, nicht die Person."
    )
    kommune = models.ForeignKey(
        Kommune, null=True, blank=True, on_delete=models.SET_NULL, related_name="fachforen"
    )

    class Meta:
        verbose_name = "Fachforum"
        verbose_name_plural = "Fachforen"
        ordering = ["nummer"]
        constraints = [
            models.UniqueConstraint(
                fields=["veranstaltung", "nummer"], name="fachforum_eindeutig"
            )
        ]

    def __str__(self) -> str:
        return f"{self.nummer} · {self.titel}"


class PlatzkontingentQuerySet(models.QuerySet):
    def mit_warteliste(self):
        """Adds `wartend`: how many people are in the queue of each pool."""
        wahlen = self.model._meta.get_field("wahlen").related_model.objects
        am_forum = wahlen.wartend().filter(kontingent=OuterRef("pk"))
        return self._mit_wartend(am_forum=anzahl(am_forum))

    def mit_warteliste_am_haus(self):
        """The same for the house alone; where many wait, the others are counted in one go."""
        return self._mit_wartend(am_forum=models.Value(0))

    def _mit_wartend(self, *, am_forum):
        anmeldungen = Veranstaltung._meta.get_field("anmeldungen").related_model.objects
        am_haus = anmeldungen.im_haus_wartend().filter(veranstaltung=OuterRef("veranstaltung"))
        ist_haus = Q(art=self.model.Art.GESAMT)
        return self.annotate(wartend=Case(When(ist_haus, anzahl(am_haus)), default=am_forum))


def anzahl(zeilen: models.QuerySet) -> Coalesce:
    """How many rows, as a subquery."""
    gezaehlt = zeilen.order_by().values(eine=models.Value(1)).annotate(zahl=Count("*"))
    return Coalesce(Subquery(gezaehlt.values("zahl")), 0)


class Platzkontingent(models.Model):
    """The seats of one Fachforum in one Durchgang, or of the whole house.

    `belegt` and `naechste_position` are written by veranstaltungen.plaetze alone.
    """

    class Art(models.TextChoices):
        GESAMT = "gesamt", "ganzes Haus"
        FORUM = "forum", "Fachforum"

    veranstaltung = models.ForeignKey(
        Veranstaltung, on_delete=models.CASCADE, related_name="kontingente"
    )
    art = models.CharField(max_length=10, choices=Art, default=Art.FORUM)
    fachforum = models.ForeignKey(
        Fachforum, null=True, blank=True, on_delete=models.PROTECT, related_name="kontingente"
    )
    durchgang = models.ForeignKey(
        Durchgang, null=True, blank=True, on_delete=models.PROTECT, related_name="kontingente"
    )
    raum = models.CharField(max_length=80, blank=True)
    kapazitaet = models.PositiveIntegerField("Plätze")
    notplaetze = models.PositiveIntegerField("Notplätze", default=0)
    belegt = models.PositiveIntegerField(default=0, editable=False)
    naechste_position = models.PositiveIntegerField(
        "nächste Position", default=0, editable=False
    )
    gesperrt = models.BooleanField(
        default=False, help_text="Gesperrt: niemand kann mehr wählen."
    )

    objects = PlatzkontingentQuerySet.as_manager()

    class Meta:
        verbose_name = "Plätze"
        verbose_name_plural = "Plätze"
        ordering = ["art", "durchgang__nummer", "fachforum__nummer"]
        constraints = [
            models.UniqueConstraint(
                fields=["fachforum", "durchgang"], name="kontingent_je_durchgang"
            ),
            models.UniqueConstraint(
                fields=["veranstaltung"],
                condition=Q(art="gesamt"),
                name="kontingent_ein_haus",
                violation_error_message="Für das ganze Haus gibt es nur eine Zeile.",
            ),
            models.CheckConstraint(
                condition=Q(art="gesamt", fachforum__isnull=True, durchgang__isnull=True)
                | Q(art="forum", fachforum__isnull=False, durchgang__isnull=False),
                name="kontingent_art_passt",
                violation_error_message="Ein Fachforum braucht Forum und Durchgang, das Haus keines.",
            ),
            models.CheckConstraint(
                condition=Q(belegt__lte=F("kapazitaet") + F("notplaetze")),
                name="kontingent_nie_ueberbucht",
                violation_error_message="Es sind schon mehr Plätze vergeben.",
            ),
        ]

    def __str__(self) -> str:
        if self.art == self.Art.GESAMT:
            return f"Haus: {self.veranstaltung}"
        return f"{self.fachforum} ({self.durchgang})"

    @property
    def frei(self) -> int:
        """Seats left, never negative; none while the pool is closed."""
        return 0 if self.gesperrt else max(0, self.kapazitaet - self.belegt)

    @property
    def hat_platz(self) -> bool:
        """Whether a newcomer gets a seat at once; needs mit_warteliste()."""
        return self.frei > 0 and not self.wartend
