import datetime as dt
from collections import defaultdict
from collections.abc import Collection

from django.conf import settings
from django.db import DatabaseError, models, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from praeventionsketten.lib.ganzes import (
    Ganzes,
    NichtHerstellbar,
    Plan,
    Ueberholt,
    alles_erlaubt,
    aufnehmen,
    benennen,
    ergaenzt,
    geaendert,
    herstellen,
    planen,
)
from praeventionsketten.lib.ganzes.herstellung import Erlaubt

from .basis import Status


class FassungQuerySet(models.QuerySet):
    def abgeloest_vor(self, stichtag: dt.datetime):
        """Those that were followed by a newer one before this day; never the last one."""
        objekt = self.model.OBJEKT
        neuere = self.model.objects.filter(
            **{objekt: OuterRef(objekt)}, nummer__gt=OuterRef("nummer"), wann__lt=stichtag
        )
        return self.filter(Exists(neuere))

    def mit_kontakten(self):
        return self.filter(kontakte_geloescht=False)

    def kontakte_loeschen(self) -> int:
        """Who could be reached then; putting the Fassung back leaves today's contacts."""
        fassungen = list(self)
        for fassung in fassungen:
            for name in self.model.GANZES.kontakte:
                fassung.daten["teile"].pop(name, None)
            fassung.kontakte_geloescht = True
        return self.model.objects.bulk_update(fassungen, ["daten", "kontakte_geloescht"])


class Fassung(models.Model):
    """A published state of a record as one whole, with all rows and links.

    A small table of our own instead of django-reversion. Tried on an Angebot with ten
    Termine, that wrote 15 rows in 29 queries, set the numbers that calendars count by back
    (so they would not hear of it), and refused everything when one Ort was gone.
    """

    GANZES: Ganzes
    # The foreign key to the record; its related name is „fassungen“.
    OBJEKT: str

    nummer = models.PositiveIntegerField()
    wann = models.DateTimeField(default=timezone.now)
    konto = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    grund = models.CharField(max_length=200, blank=True)
    daten = models.JSONField()
    # What the keys in the data were called then, by model.
    namen = models.JSONField(default=dict)
    kontakte_geloescht = models.BooleanField("Kontakte gelöscht", default=False)

    objects = FassungQuerySet.as_manager()

    class Meta:
        abstract = True
        verbose_name = "Fassung"
        verbose_name_plural = "Fassungen"
        ordering = ["-nummer"]

    def __str__(self) -> str:
        return f"Fassung {self.nummer}"

    @property
    def zustand(self) -> dict:
        """Its data as they would read today."""
        objekt = type(self)._meta.get_field(self.OBJEKT).related_model
        return ergaenzt(objekt, self.GANZES, self.daten)


class MitFassungen(models.Model):
    """A record whose published states are kept, compared and put back."""

    class Meta:
        abstract = True

    @property
    def hat_seite(self) -> bool:
        """Whether the public can read it, if only a notice that it has ended."""
        return self.status != Status.ENTWURF

    @transaction.atomic
    def festhalten(self, konto=None, grund: str = "") -> Fassung | None:
        """Keep what is stored now as one whole, unless the last Fassung says the same.

        Called by whoever publishes, once all its parts are saved, in the same transaction.
        """
        daten = self.stand_der_dinge(sperren=True)
        letzte = self.fassungen.first()
        if letzte and not geaendert(type(self), letzte.GANZES, letzte.zustand, daten):
            return None
        return self.fassungen.create(
            nummer=letzte.nummer + 1 if letzte else 1,
            konto=konto,
            grund=grund,
            daten=daten,
            namen=benennen(type(self), self.ganzes, daten),
        )

    def aktuelle_fassung(self) -> int:
        """The number of what the public reads now; a draft has the last one it had, or 0."""
        if self.hat_seite and (neu := self.festhalten(grund="Vorgefunden")):
            return neu.nummer
        return self.fassungen.values_list("nummer", flat=True).first() or 0

    @property
    def ganzes(self) -> Ganzes:
        return self._meta.get_field("fassungen").related_model.GANZES

    def stand_der_dinge(self, *, sperren: bool = False) -> dict:
        """All it says now, as it is stored; nobody else writes meanwhile if `sperren`."""
        zeilen = type(self)._base_manager
        if sperren:
            zeilen = zeilen.select_for_update(no_key=True)
        return aufnehmen(zeilen.get(pk=self.pk), self.ganzes)

    # -------------------------------------------------------------- putting back

    def plan(
        self,
        fassung: Fassung,
        erlaubt: Erlaubt = alles_erlaubt,
        bleibt: Collection[str] = (),
    ) -> Plan:
        """What it would say if this Fassung were put back, and what could not come back."""
        return planen(
            type(self),
            self.ganzes,
            self.stand_der_dinge(),
            fassung.daten,
            fassung.namen,
            bleibt={*self.ganzes.bleibt, *bleibt},
            erlaubt=erlaubt,
        )

    def wiederherstellen(
        self,
        fassung: Fassung,
        erlaubt: Erlaubt = alles_erlaubt,
        bleibt: Collection[str] = (),
        *,
        konto=None,
        gesehen: str = "",
    ) -> Fassung | None:
        """Say again what it said then, as a new Fassung; all of it or nothing.

        Neither publishes nor withdraws: the status stays what it is. `gesehen` is the
        `kennung` of the plan somebody has agreed to.
        """
        try:
            with transaction.atomic():
                self.festhalten(grund="Stand vor dem Wiederherstellen")
                plan = self.plan(fassung, erlaubt, bleibt)
                if gesehen and plan.kennung != gesehen:
                    raise Ueberholt
                fruehere = self._sequenzen(ab=fassung.nummer)
                frisch = type(self)._base_manager.get(pk=self.pk)
                herstellen(frisch, self.ganzes, plan, fruehere)
                return self.festhalten(konto, f"Wiederhergestellt: {fassung}")
        except DatabaseError as fehler:
            raise NichtHerstellbar(["Die Datenbank nimmt diesen Stand nicht an."]) from fehler

    def _sequenzen(self, ab: int) -> dict[str, dict[int, int]]:
        """By kind and key, the highest number under which calendars know a row."""
        hoechste: dict[str, dict[int, int]] = defaultdict(dict)
        for daten in self.fassungen.filter(nummer__gte=ab).values_list("daten", flat=True):
            for name, zeilen in daten["teile"].items():
                for zeile in zeilen:
                    bisher = hoechste[name].get(zeile["id"], 0)
                    hoechste[name][zeile["id"]] = max(bisher, zeile.get("sequenz", 0))
        return hoechste
