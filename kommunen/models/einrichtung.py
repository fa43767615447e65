from urllib.parse import urlencode

from django.apps import apps
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models, transaction
from django.db.models import Q

from praeventionsketten.models import MitSlug

from .kommune import Kommune
from .vokabular import Akteurstyp, Ebene, Lebensphase

plz_validator = RegexValidator(r"^\d{5}$", "Eine Postleitzahl hat fünf Ziffern.")


class Adresse(models.Model):
    strasse = models.CharField("Straße und Hausnummer", max_length=120, blank=True)
    plz = models.CharField("Postleitzahl", max_length=5, blank=True, validators=[plz_validator])
    ort = models.CharField("Ort", max_length=80, blank=True)
    lat = models.FloatField(
        "Breitengrad",
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
    )
    lon = models.FloatField(
        "Längengrad",
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
    )

    class Meta:
        abstract = True

    @property
    def anschrift(self) -> str:
        """Street and town in one line, whatever of it is known."""
        return ", ".join(t for t in (self.strasse, f"{self.plz} {self.ort}".strip()) if t)


class Einrichtung(MitSlug, Adresse):
    """An organisation: Träger, partner or actor of the network."""

    slug_quelle = "name"

    name = models.CharField(max_length=160)
    akteurstyp = models.ForeignKey(Akteurstyp, on_delete=models.PROTECT)
    kommune = models.ForeignKey(
        Kommune,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="einrichtungen",
        help_text="Leer lassen, wenn die Einrichtung landesweit arbeitet.",
    )
    telefon = models.CharField(max_length=60, blank=True)
    email = models.EmailField("E-Mail-Adresse", blank=True)
    website = models.URLField("Internetseite", blank=True)
    lebensphasen = models.ManyToManyField(Lebensphase, blank=True)
    ebene = models.ForeignKey(Ebene, null=True, blank=True, on_delete=models.PROTECT)

    class Meta:
        verbose_name = "Einrichtung"
        verbose_name_plural = "Einrichtungen"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @transaction.atomic
    def save(self, *args, **kwargs) -> None:
        super().save(*args, **kwargs)
        self.angebote.indizieren()


class Ort(Adresse):
    """A place where something happens; accessibility belongs to the place."""

    class Angabe(models.TextChoices):
        JA = "ja", "ja"
        NEIN = "nein", "nein"
        UNBEKANNT = "unbekannt", "unbekannt"

    name = models.CharField(max_length=160, help_text="Z. B. „Familienzentrum Heuberg, Saal“.")
    kommune = models.ForeignKey(
        Kommune, null=True, blank=True, on_delete=models.PROTECT, related_name="orte"
    )
    adresse_verborgen = models.BooleanField(
        "Anschrift nicht veröffentlichen",
        default=False,
        help_text="Z. B. für ein Frauenhaus: Öffentlich erscheint nur der Ort.",
    )
    stufenlos = models.CharField(max_length=10, choices=Angabe, default=Angabe.UNBEKANNT)
    wc = models.CharField(
        "barrierefreies WC", max_length=10, choices=Angabe, default=Angabe.UNBEKANNT
    )
    hoerhilfe = models.CharField(
        "Hörhilfe", max_length=10, choices=Angabe, default=Angabe.UNBEKANNT
    )
    gebaerden = models.CharField(
        "Gebärdensprache", max_length=10, choices=Angabe, default=Angabe.UNBEKANNT
    )
    barriere_hinweis = models.CharField(
        "Hinweis", max_length=200, blank=True, help_text="Z. B. „zwei Stufen, Rampe auf Anruf“."
    )

    class Meta:
        verbose_name = "Ort"
        verbose_name_plural = "Orte"
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(lat__isnull=True, lon__isnull=True)
                | Q(lat__isnull=False, lon__isnull=False),
                name="ort_koordinaten_vollstaendig",
                violation_error_message="Bitte Breiten- und Längengrad angeben, oder keines von beiden.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.ort}" if self.ort else self.name

    @transaction.atomic
    def save(self, *args, **kwargs) -> None:
        if self.adresse_verborgen and self.lat is not None:
            # About one kilometre, and rounded before it is stored anywhere.
            self.lat, self.lon = round(self.lat, 2), round(self.lon, 2)
        super().save(*args, **kwargs)
        # This app does not import the one above it.
        apps.get_model("angebote.Angebot").objects.an_orten([self]).indizieren()

    @property
    def bezeichnung(self) -> str:
        """What the public calls it; a name can give a hidden address away."""
        return self.ort if self.adresse_verborgen else self.name

    @property
    def oeffentliche_anschrift(self) -> str:
        return f"{self.plz} {self.ort}".strip() if self.adresse_verborgen else self.anschrift

    @property
    def karte(self) -> str:
        """Where a map shows it, on another website; nothing for a hidden address."""
        if self.adresse_verborgen or not self.strasse:
            return ""
        return f"https://www.openstreetmap.org/search?{urlencode({'query': self.anschrift})}"
