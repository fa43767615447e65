from django.core.validators import FileExtensionValidator
from django.db import models
from django.db.models import Q
from imagefield.fields import ImageField

from praeventionsketten.lib import dateien


class Bild(models.Model):
    """A picture of the library, always with its credit and its alternative text."""

    datei = ImageField(
        "Bilddatei",
        upload_to="bilder/",
        width_field="breite",
        height_field="hoehe",
        formats={
            "klein": ["default", ("thumbnail", (480, 960))],
            "mittel": ["default", ("thumbnail", (960, 1920))],
        },
        auto_add_fields=False,
        validators=[dateien.ist_erlaubtes_bild],
        help_text="JPEG, PNG oder WebP, höchstens 10 MB. Aufnahmeort und Kameradaten werden entfernt.",
    )
    breite = models.PositiveIntegerField(null=True, editable=False)
    hoehe = models.PositiveIntegerField("Höhe", null=True, editable=False)
    titel = models.CharField(max_length=120, help_text="Nur für die Suche in der Verwaltung.")
    alternativtext = models.CharField(
        max_length=300,
        blank=True,
        help_text="Was ist zu sehen? Ein Satz für Menschen, die das Bild nicht sehen, "
        "z. B. „Drei Kinder pflanzen eine Sonnenblume.“",
    )
    schmueckend = models.BooleanField(
        "nur schmückend",
        default=False,
        help_text="Das Bild sagt nichts, was nicht im Text steht. Vorleseprogramme überspringen es.",
    )
    nachweis = models.CharField(
        "Bildnachweis",
        max_length=200,
        help_text="Wer hat es gemacht? Z. B. „Foto: Stadt Kassel“.",
    )
    lizenz = models.CharField(max_length=120, blank=True, help_text="Z. B. „CC BY 4.0“.")
    kommune = models.ForeignKey(
        "kommunen.Kommune",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="bilder",
        help_text="Leer lassen, wenn alle das Bild verwenden dürfen.",
    )

    class Meta:
        verbose_name = "Bild"
        verbose_name_plural = "Bilder"
        ordering = ["titel"]
        constraints = [
            models.CheckConstraint(
                condition=Q(schmueckend=True) | ~Q(alternativtext=""),
                name="bild_hat_alternativtext",
                violation_error_message="Bitte beschreiben Sie das Bild, oder kreuzen Sie "
                "„nur schmückend“ an.",
            ),
            models.CheckConstraint(
                condition=~Q(nachweis=""),
                name="bild_hat_nachweis",
                violation_error_message="Bitte nennen Sie den Bildnachweis.",
            ),
        ]

    def __str__(self) -> str:
        return self.titel

    def save(self, *args, **kwargs) -> None:
        if self.datei and not self.datei._committed:
            self.datei = dateien.bereinigtes_bild(self.datei)
        super().save(*args, **kwargs)

    @property
    def alt(self) -> str:
        return "" if self.schmueckend else self.alternativtext


class Dokument(models.Model):
    """A file or a link that belongs to one record; concrete models add the owner."""

    class Barrierefrei(models.TextChoices):
        JA = "ja", "ja, geprüft"
        NEIN = "nein", "nein"
        UNBEKANNT = "unbekannt", "nicht geprüft"

    titel = models.CharField(max_length=200)
    beschreibung = models.CharField(max_length=300, blank=True)
    datei = models.FileField(
        "PDF-Datei",
        upload_to="dokumente/",
        blank=True,
        validators=[FileExtensionValidator(["pdf"]), dateien.ist_pdf],
        help_text="Nur PDF, höchstens 10 MB. Oder unten eine Internetadresse eintragen.",
    )
    link = models.URLField("Internetadresse", blank=True)
    barrierefrei = models.CharField(
        max_length=10, choices=Barrierefrei, default=Barrierefrei.UNBEKANNT
    )
    groesse = models.PositiveIntegerField("Größe in Byte", null=True, editable=False)
    stand = models.DateField(null=True, blank=True)
    reihenfolge = models.PositiveSmallIntegerField(default=0)

    class Meta:
        abstract = True
        ordering = ["reihenfolge", "-stand", "titel"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(datei="") & ~Q(link="")) | (~Q(datei="") & Q(link="")),
                name="%(app_label)s_%(class)s_datei_oder_link",
                violation_error_message="Bitte laden Sie eine Datei hoch oder nennen Sie eine "
                "Internetadresse, nicht beides.",
            )
        ]

    def __str__(self) -> str:
        return self.titel

    def save(self, *args, **kwargs) -> None:
        self.groesse = self.datei.size if self.datei else None
        super().save(*args, **kwargs)

    @property
    def adresse(self) -> str:
        return self.datei.url if self.datei else self.link
