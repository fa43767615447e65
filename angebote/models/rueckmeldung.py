"""What Hinweis and Vorschlag share: how they arrive, wait and end."""

import uuid

from django.conf import settings
from django.db import models


class RueckmeldungQuerySet(models.QuerySet):
    def offen(self):
        """What somebody has to look at; what looks like advertising is kept apart."""
        return self.filter(status="offen")

    def verdaechtig(self):
        return self.filter(status="verdacht")


class Rueckmeldung(models.Model):
    """Words from outside that wait for a person's decision."""

    schluessel = models.UUIDField(
        "Schlüssel",
        default=uuid.uuid4,
        unique=True,
        editable=False,
        help_text="Ein Formular, eine Rückmeldung.",
    )
    absender_email = models.EmailField("E-Mail-Adresse für die Antwort", blank=True)
    eingegangen_am = models.DateTimeField("eingegangen am", auto_now_add=True)
    entschieden_am = models.DateTimeField("entschieden am", null=True, blank=True)
    entschieden_von = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="entschieden von",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    antwort = models.TextField(
        blank=True, help_text="Steht in der E-Mail an die Person, wenn sie eine möchte."
    )

    objects = RueckmeldungQuerySet.as_manager()

    class Meta:
        abstract = True
