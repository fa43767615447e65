"""What keeps the index of the search beside the Angebote: every change passes here."""

from collections.abc import Iterable

from django.db import models, transaction


def indiziere(pks: Iterable[int]) -> None:
    from angebote.suche import indiziere  # it reads the models of this package

    indiziere(pks)


class IndizierteQuerySet(models.QuerySet):
    def indizieren(self) -> None:
        """What lists and search know of these follows what they say now."""
        indiziere(self.order_by().values_list("pk", flat=True))

    @transaction.atomic
    def delete(self):
        pks = list(self.order_by().values_list("pk", flat=True))
        ergebnis = super().delete()
        indiziere(pks)
        return ergebnis

    delete.queryset_only = True
    delete.alters_data = True


class Indiziert(models.Model):
    class Meta:
        abstract = True

    def indizieren(self) -> None:
        """What lists and search know of it follows what it says now.

        Called by whoever publishes, once all its parts are saved, in the same transaction.
        """
        indiziere([self.pk])

    @transaction.atomic
    def delete(self, *args, **kwargs):
        pk = self.pk
        ergebnis = super().delete(*args, **kwargs)
        indiziere([pk])
        return ergebnis
