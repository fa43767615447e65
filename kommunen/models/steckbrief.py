from django.db import models

from praeventionsketten.models import Dokument

from .kommune import Kommune, Teilraum
from .vokabular import Ebene, Gremientyp, Prozessschritt


class Genauigkeit(models.TextChoices):
    """How exactly a date is known; it is never shown more exactly than that."""

    TAG = "tag", "auf den Tag"
    MONAT = "monat", "auf den Monat"
    QUARTAL = "quartal", "auf das Quartal"
    JAHR = "jahr", "auf das Jahr"


class Steckbriefteil(models.Model):
    """A row of a Steckbrief; it may belong to one Teilraum of the Kommune."""

    kommune = models.ForeignKey(Kommune, on_delete=models.CASCADE, related_name="%(class)s_set")
    teilraum = models.ForeignKey(Teilraum, null=True, blank=True, on_delete=models.SET_NULL)

    class Meta:
        abstract = True


class Gremium(Steckbriefteil):
    name = models.CharField(max_length=160)
    typ = models.ForeignKey(Gremientyp, on_delete=models.PROTECT)
    ebene = models.ForeignKey(Ebene, null=True, blank=True, on_delete=models.PROTECT)
    aufgabe = models.TextField(blank=True)
    turnus = models.CharField(max_length=120, blank=True, help_text="Z. B. „zweimal im Jahr“.")

    class Meta:
        verbose_name = "Gremium"
        verbose_name_plural = "Gremien"
        ordering = ["ebene__reihenfolge", "typ__reihenfolge", "name"]

    def __str__(self) -> str:
        return self.name


class Meilenstein(Steckbriefteil):
    """A step on the Kommune's way; the steps are a cycle, not a checklist."""

    class Stand(models.TextChoices):
        ERLEDIGT = "erledigt", "erledigt"
        LAEUFT = "laeuft", "läuft"
        GEPLANT = "geplant", "geplant"

    titel = models.CharField(max_length=160)
    prozessschritt = models.ForeignKey(Prozessschritt, on_delete=models.PROTECT)
    datum = models.DateField()
    genauigkeit = models.CharField(
        max_length=10, choices=Genauigkeit, default=Genauigkeit.MONAT
    )
    stand = models.CharField(max_length=10, choices=Stand)
    ebene = models.ForeignKey(Ebene, null=True, blank=True, on_delete=models.PROTECT)
    text = models.TextField(blank=True)

    class Meta:
        verbose_name = "Meilenstein"
        verbose_name_plural = "Meilensteine"
        ordering = ["datum", "pk"]

    def __str__(self) -> str:
        return self.titel


class Beteiligung(Steckbriefteil):
    """Children or families were asked: who, how, with what result, and what changed."""

    titel = models.CharField(max_length=160)
    wer = models.CharField("Wer wurde gefragt?", max_length=300)
    wie = models.TextField("Wie?", blank=True)
    ergebnis = models.TextField("Was kam heraus?", blank=True)
    veraenderung = models.TextField("Was hat sich dadurch geändert?", blank=True)
    datum = models.DateField()
    genauigkeit = models.CharField(
        max_length=10, choices=Genauigkeit, default=Genauigkeit.MONAT
    )
    ebene = models.ForeignKey(Ebene, null=True, blank=True, on_delete=models.PROTECT)

    class Meta:
        verbose_name = "Beteiligung"
        verbose_name_plural = "Beteiligung"
        ordering = ["-datum"]

    def __str__(self) -> str:
        return self.titel


class Kennzahl(Steckbriefteil):
    """A figure with the day it was true on; figures never compare municipalities."""

    bezeichnung = models.CharField(
        max_length=160, help_text="Z. B. „Kinder von 0 bis 10 Jahren“."
    )
    wert = models.DecimalField(max_digits=14, decimal_places=2)
    einheit = models.CharField(
        max_length=60, blank=True, help_text="Z. B. „Kinder (gerundet)“."
    )
    stand = models.DateField(null=True, blank=True, help_text="Leer: „Stand nicht angegeben“.")
    stand_genauigkeit = models.CharField(
        "Wie genau ist der Stand bekannt?",
        max_length=10,
        choices=Genauigkeit,
        default=Genauigkeit.TAG,
    )
    quelle = models.CharField(max_length=200, blank=True)
    reihenfolge = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = "Kennzahl"
        verbose_name_plural = "Kennzahlen"
        ordering = ["reihenfolge", "pk"]

    def __str__(self) -> str:
        return self.bezeichnung


class Steckbriefdokument(Dokument):
    """A document offered on a Steckbrief."""

    class Art(models.TextChoices):
        BERICHT = "bericht", "Bericht"
        BILD = "bild", "Bild"
        FALTBLATT = "faltblatt", "Faltblatt"
        LEITFADEN = "leitfaden", "Leitfaden"
        MATERIAL = "material", "Material"
        RUNDBRIEF = "rundbrief", "Rundbrief"

    kommune = models.ForeignKey(Kommune, on_delete=models.CASCADE, related_name="dokumente")
    art = models.CharField(max_length=20, choices=Art, default=Art.MATERIAL)

    class Meta(Dokument.Meta):
        verbose_name = "Dokument"
        verbose_name_plural = "Dokumente"
