"""The tables of the search: written by `angebote.suche.index`, read by its engine."""

from django.db import models

from .angebot import Angebot


class Suchzeile(models.Model):
    """What lists must know of an Angebot to filter, count, sort and show it.

    No foreign key for the database: the row of a deleted Angebot stays, invisible, so
    that every worker learns from its version that the Angebot is gone.
    """

    angebot = models.OneToOneField(
        Angebot,
        primary_key=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="suchzeile",
    )
    version = models.PositiveBigIntegerField(db_index=True)
    sichtbar = models.BooleanField()
    # Filters, order and places; of an Angebot that nobody may see it is empty.
    merkmale = models.JSONField(blank=True)
    # What its row in a list says.
    karte = models.JSONField(blank=True)
    # What stands for it in Suchblock and Suchvokabel; an update touches the difference.
    tokens = models.JSONField(blank=True)
    vokabeln = models.JSONField(blank=True)
    # From then on it reads otherwise, because a date or a time has passed.
    gilt_bis = models.DateTimeField(null=True, blank=True, db_index=True)

    class Meta:
        verbose_name = "Suchzeile"
        verbose_name_plural = "Suchzeilen"

    def __str__(self) -> str:
        return f"Angebot {self.pk}"


class Suchblock(models.Model):
    """The inverted index: how well a word fits each of 2,048 Angebote.

    One byte per Angebot (0 to 100), compressed: a word that stands everywhere is read in
    as many rows as there are blocks, one that stands nowhere else takes some bytes.
    """

    token = models.CharField(max_length=140)
    block = models.PositiveIntegerField()
    gewichte = models.BinaryField()

    class Meta:
        verbose_name = "Suchblock"
        verbose_name_plural = "Suchblöcke"
        constraints = [
            models.UniqueConstraint(fields=["token", "block"], name="suchblock_eindeutig")
        ]

    def __str__(self) -> str:
        return f"{self.token}, {self.block}"


class Suchvokabel(models.Model):
    """A word of the Angebote as people type it, for spelling and beginnings."""

    wort = models.CharField(max_length=60, unique=True)
    anzahl = models.PositiveIntegerField()
    version = models.PositiveBigIntegerField(db_index=True)

    class Meta:
        verbose_name = "Suchvokabel"
        verbose_name_plural = "Suchvokabeln"

    def __str__(self) -> str:
        return self.wort
