from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.text import slugify

UMLAUTE = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"}
)


def slug_aus(text: str, max_length: int = 80) -> str:
    """The German slug of a text: „Café für Väter“ becomes cafe-fuer-vaeter."""
    return slugify(text.translate(UMLAUTE))[:max_length].strip("-")


class AlteAdresse(models.Model):
    """A slug that was once public; opening it answers 301 to the present one."""

    bereich = models.CharField(max_length=60, help_text="Modell, z. B. „angebote.angebot“.")
    slug = models.SlugField(max_length=100)
    ziel_id = models.PositiveBigIntegerField()
    seit = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "alte Adresse"
        verbose_name_plural = "alte Adressen"
        constraints = [
            models.UniqueConstraint(fields=["bereich", "slug"], name="alteadresse_eindeutig")
        ]

    def __str__(self) -> str:
        return f"{self.bereich}: {self.slug}"


class MitSlug(models.Model):
    """A record with a public address made from its title.

    Equal titles get a silent suffix, reserved words are refused, and a changed slug
    leaves an AlteAdresse behind.
    """

    RESERVIERT: frozenset[str] = frozenset()
    slug_quelle = "titel"

    slug = models.SlugField(
        "Adresse",
        max_length=100,
        unique=True,
        blank=True,
        help_text="Letzter Teil der Internetadresse. Leer lassen: entsteht aus dem Titel.",
    )

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        if self.slug in self.RESERVIERT:
            raise ValidationError({"slug": "Dieses Wort ist im Portal schon vergeben."})

    def save(self, *args, **kwargs) -> None:
        with transaction.atomic():
            alter_slug = self._gespeicherter_slug()
            if not self.slug:
                self.slug = self._freier_slug()
                if kwargs.get("update_fields") is not None:
                    kwargs["update_fields"] = {*kwargs["update_fields"], "slug"}
            super().save(*args, **kwargs)
            bereich = self._meta.label_lower
            if alter_slug and alter_slug != self.slug:
                AlteAdresse.objects.filter(bereich=bereich, slug=self.slug).delete()
                AlteAdresse.objects.update_or_create(
                    bereich=bereich, slug=alter_slug, defaults={"ziel_id": self.pk}
                )

    def _gespeicherter_slug(self) -> str | None:
        if not self.pk:
            return None
        gespeichert = type(self)._base_manager.filter(pk=self.pk)
        return gespeichert.values_list("slug", flat=True).first()

    def _freier_slug(self) -> str:
        basis = slug_aus(str(getattr(self, self.slug_quelle))) or self._meta.model_name
        vergeben = set(
            type(self)
            ._base_manager.filter(slug__startswith=basis)
            .exclude(pk=self.pk)
            .values_list("slug", flat=True)
        )
        kandidat, nummer = basis, 2
        while kandidat in vergeben or kandidat in self.RESERVIERT:
            kandidat, nummer = f"{basis}-{nummer}", nummer + 1
        return kandidat
