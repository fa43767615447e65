from django.db import models, transaction
from django.db.models import F


class Inhaltsversion(models.Model):
    """One row, one number: what the public reads has changed.

    Every worker keeps what it needs for a list in memory and asks with each request
    whether the number is still the one it knows.
    """

    nummer = models.PositiveBigIntegerField(default=0)
    # The number at which the index was last built with new words of the search.
    woerter = models.PositiveBigIntegerField("Wörter", default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(pk=1), name="inhaltsversion_nur_eine")
        ]

    def __str__(self) -> str:
        return str(self.nummer)

    @classmethod
    @transaction.atomic
    def erhoehen(cls, *, woerter: bool = False) -> int:
        """Raise the number inside the caller's transaction, and return it.

        The row stays locked until that transaction ends: who publishes waits for who
        published before, so numbers become visible in their order.
        """
        zeile = cls.objects.filter(pk=1)
        if not zeile.update(nummer=F("nummer") + 1):
            cls.objects.get_or_create(pk=1, defaults={"nummer": 0})
            zeile.update(nummer=F("nummer") + 1)
        if woerter:
            zeile.update(woerter=F("nummer"))
        return zeile.values_list("nummer", flat=True).get()


class Veroeffentlichend(models.Model):
    """A record that stands on public pages: whoever saves or deletes it says so."""

    class Meta:
        abstract = True

    @transaction.atomic
    def save(self, *args, **kwargs) -> None:
        super().save(*args, **kwargs)
        Inhaltsversion.erhoehen()

    @transaction.atomic
    def delete(self, *args, **kwargs):
        ergebnis = super().delete(*args, **kwargs)
        Inhaltsversion.erhoehen()
        return ergebnis
