from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from praeventionsketten.models.adressen import slug_aus

from .einrichtung import plz_validator


class Postleitzahl(models.Model):
    """Where a Postleitzahl lies, from an official list; see `manage.py plz_import`.

    The portal works without: it then knows those that occur in its own addresses.
    """

    plz = models.CharField("Postleitzahl", max_length=5, validators=[plz_validator])
    ort = models.CharField("Ort", max_length=80)
    suchname = models.CharField(max_length=100, editable=False, db_index=True)
    lat = models.FloatField(
        "Breitengrad", validators=[MinValueValidator(-90), MaxValueValidator(90)]
    )
    lon = models.FloatField(
        "Längengrad", validators=[MinValueValidator(-180), MaxValueValidator(180)]
    )

    class Meta:
        verbose_name = "Postleitzahl"
        verbose_name_plural = "Postleitzahlen"
        ordering = ["plz", "ort"]
        constraints = [
            models.UniqueConstraint(fields=["plz", "ort"], name="postleitzahl_eindeutig")
        ]

    def __str__(self) -> str:
        return f"{self.plz} {self.ort}"

    def save(self, *args, **kwargs) -> None:
        self.suchname = slug_aus(self.ort, 100)
        super().save(*args, **kwargs)
