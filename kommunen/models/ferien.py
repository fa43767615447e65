from django.db import models
from django.db.models import F, Q
from django.utils import timezone


class FerienQuerySet(models.QuerySet):
    def kommend(self):
        """Those that are not over yet."""
        return self.filter(bis__gte=timezone.localdate())


class Ferien(models.Model):
    """School holidays of the Land; many Angebote pause in them."""

    name = models.CharField(
        max_length=60, unique=True, help_text="Mit dem Jahr, z. B. „Sommerferien 2027“."
    )
    von = models.DateField("erster Ferientag")
    bis = models.DateField("letzter Ferientag")

    objects = FerienQuerySet.as_manager()

    class Meta:
        verbose_name = "Schulferien"
        verbose_name_plural = "Schulferien"
        ordering = ["von"]
        constraints = [
            models.CheckConstraint(
                condition=Q(von__lte=F("bis")),
                name="ferien_enden_nach_beginn",
                violation_error_message="Der letzte Ferientag muss nach dem ersten liegen.",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def __contains__(self, tag) -> bool:
        return self.von <= tag <= self.bis
