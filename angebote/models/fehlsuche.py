import datetime as dt

from django.db import models
from django.db.models import Count, F, Min, Q, Sum
from django.utils import timezone

from kommunen.models import Kommune


class FehlsucheQuerySet(models.QuerySet):
    def in_der_frist(self):
        return self.filter(tag__gte=timezone.localdate() - Fehlsuche.FRIST)

    def haeufige(self):
        """Words by Kommune that enough people missed on enough days, most missed first.

        A word somebody has dealt with stays away until those searches are forgotten.
        """
        return (
            self.in_der_frist()
            .exclude(wort="")
            .values("kommune", "kommune__slug", "wort")
            .annotate(
                gesucht=Sum("anzahl"),
                tage=Count("tag", distinct=True),
                zuerst=Min("tag"),
                abgehakt=Count("pk", filter=Q(erledigt=True)),
            )
            .filter(gesucht__gte=Fehlsuche.MINDESTENS, tage__gte=Fehlsuche.TAGE, abgehakt=0)
            .order_by("-gesucht", "wort")
        )


class Fehlsuche(models.Model):
    """How often something was searched for on a day and not found.

    The words stand here only once so many have used them that they say nothing about one
    person; until then a keyed hash stands for them.
    """

    FRIST = dt.timedelta(days=30)
    MINDESTENS = 5
    TAGE = 3

    tag = models.DateField()
    kommune = models.ForeignKey(
        Kommune, null=True, blank=True, on_delete=models.CASCADE, related_name="fehlsuchen"
    )
    kennung = models.CharField(max_length=32)
    wort = models.CharField(max_length=60, blank=True)
    anzahl = models.PositiveIntegerField(default=0)
    erledigt = models.BooleanField(default=False, db_default=False)

    objects = FehlsucheQuerySet.as_manager()

    class Meta:
        verbose_name = "Suche ohne Treffer"
        verbose_name_plural = "Suchen ohne Treffer"
        constraints = [
            models.UniqueConstraint(
                fields=["tag", "kommune", "kennung"], name="fehlsuche_je_kommune"
            ),
            models.UniqueConstraint(
                fields=["tag", "kennung"],
                condition=Q(kommune__isnull=True),
                name="fehlsuche_ohne_kommune",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tag:%d.%m.%Y}: {self.anzahl}"

    @classmethod
    def zaehlen(
        cls, tag: dt.date, kommune: int | None, kennung: str, wort: str, n: int
    ) -> None:
        """Add to the day; the word itself is written only when enough have used it."""
        zeile, _ = cls.objects.get_or_create(tag=tag, kommune_id=kommune, kennung=kennung)
        cls.objects.filter(pk=zeile.pk).update(anzahl=F("anzahl") + n)
        gleiche = cls.objects.in_der_frist().filter(kommune_id=kommune, kennung=kennung)
        stand = gleiche.aggregate(gesucht=Sum("anzahl"), tage=Count("tag"))
        if stand["gesucht"] >= cls.MINDESTENS and stand["tage"] >= cls.TAGE:
            gleiche.update(wort=wort)
