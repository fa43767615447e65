"""An entry that somebody keeps true: when it was confirmed, and what speaks against it."""

import datetime as dt

from dateutil.relativedelta import relativedelta
from django.db import transaction
from django.db.models import Case, DateTimeField, Exists, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from .frische import UEBERFAELLIG_NACH, Frische, frische
from .indiziert import Indiziert, IndizierteQuerySet

RHYTHMEN = {3: "3 Monate", 6: "6 Monate", 12: "12 Monate"}


class GepflegtQuerySet(IndizierteQuerySet):
    def mit_bestaetigung(self):
        """Adds `bestaetigt_am`, `bestaetigt_wie` and `gestoert`: how true it is today."""
        letzte = self._von("bestaetigungen").order_by("-wann")
        return self.annotate(
            bestaetigt_am=Subquery(letzte.values("wann")[:1]),
            bestaetigt_wie=Subquery(letzte.values("wie")[:1]),
            gestoert=self._stoerung(),
        )

    def mit_fassungsnummer(self):
        """Adds `fassungsnummer`: what is read now, to be sent back with a yes; 0 is none."""
        letzte = self._von("fassungen").order_by("-nummer").values("nummer")[:1]
        return self.annotate(fassungsnummer=Coalesce(Subquery(letzte), 0))

    def gesichert(self):
        """What lists show by themselves: confirmed, or published, not too long ago."""
        return self._zuletzt(nach=timezone.localdate(), takte=2)

    def mit_ablauf_bis(self, tag: dt.date):
        """Those whose last confirmation runs out on this day or before."""
        return self.exclude(
            pk__in=self.model.objects.all()._zuletzt(nach=tag, takte=1).values("pk")
        )

    def ueberfaellig(self):
        """Those whose `ueberfaellig` is true, found by the database."""
        abgelaufen = self.model.objects.mit_ablauf_bis(timezone.localdate() - UEBERFAELLIG_NACH)
        return self.filter(Q(pk__in=abgelaufen.values("pk")) | self._stoerung())

    def verlaesslich(self):
        """Those whose `frische.gut` is true: confirmed, and nothing speaks against it."""
        ueberfaellige = self.model.objects.ueberfaellig().values("pk")
        return self.filter(Exists(self._von("bestaetigungen"))).exclude(pk__in=ueberfaellige)

    def _zuletzt(self, nach: dt.date, takte: int):
        """Those for which so many rhythms after the last confirmation end after this day."""
        letzte = self._von("bestaetigungen").order_by("-wann").values("wann")[:1]
        seit = Coalesce(
            Subquery(letzte, output_field=DateTimeField()), "veroeffentlicht_am", "erstellt_am"
        )
        ab = Case(
            *(
                When(rhythmus_monate=monate, then=Value(_erster_tag(nach, monate * takte)))
                for monate in RHYTHMEN
            ),
            output_field=DateTimeField(),
        )
        return self.alias(pflege_seit=seit).filter(pflege_seit__gte=ab)

    def telefonisch_zu_bestaetigen(self):
        """Adds `telefonisch_seit` and `telefonversuche`: whom a coordinator calls today."""
        aufgaben = self._von("telefonaufgaben").faellig()
        return (
            self.sichtbar()
            .annotate(
                telefonisch_seit=Subquery(aufgaben.values("entstanden_am")[:1]),
                telefonisch_grund=Subquery(aufgaben.values("grund")[:1]),
                telefonversuche=Subquery(aufgaben.values("versuche")[:1]),
            )
            .filter(telefonisch_seit__isnull=False)
            .order_by("telefonisch_seit", "pk")
        )

    def _von(self, name: str):
        """Rows of this kind that belong to the Angebot of the outer query."""
        zeilen = self.model._meta.get_field(name).related_model.objects
        return zeilen.filter(angebot=OuterRef("pk"))

    def _stoerung(self):
        """Whether something says that it may no longer be true.

        Somebody has reported it, its website is gone, or all mails to those who keep it
        come back.
        """
        mit_adresse = self._von("kontakte").pflege().exclude(email="")
        kommt_an = mit_adresse.filter(unzustellbar_seit__isnull=True)
        gemeldet = Exists(self._von("hinweise").offen())
        tote_seite = Exists(self._von("linkpruefung").tot())
        return gemeldet | tote_seite | (Exists(mit_adresse) & ~Exists(kommt_an))


def _erster_tag(nach: dt.date, monate: int) -> dt.datetime:
    """The first moment so many months after which lies behind this day.

    Adding months to a day is not undone by taking them away: 31 August and 28 February.
    """
    frist = relativedelta(months=monate)
    tag = nach - frist
    while tag + frist <= nach:
        tag += dt.timedelta(days=1)
    return timezone.make_aware(dt.datetime.combine(tag, dt.time.min))


class Gepflegt(Indiziert):
    # What `mit_bestaetigung()` says; without it nothing is known to be wrong.
    gestoert = False

    class Meta:
        abstract = True

    @transaction.atomic
    def bestaetigen(self, wie: str, konto=None, **angaben):
        """Write down that somebody said today: this is true; lists follow."""
        bestaetigung = self.bestaetigung_vermerken(wie, konto, **angaben)
        self.indizieren()
        return bestaetigung

    @transaction.atomic
    def gesehenes_bestaetigen(self, gesehen: int, wie: str, konto=None, **angaben):
        """Confirm what somebody looked at: its `fassungsnummer`.

        None if it reads differently by now, or if the public does not read it at all.
        """
        sichtbare = type(self).objects.sichtbar().select_for_update(no_key=True)
        aktuell = sichtbare.filter(pk=self.pk).first()
        if aktuell is None or not aktuell.ist_wie_gesehen(gesehen):
            return None
        return aktuell.bestaetigen(wie, konto, **angaben)

    def ist_wie_gesehen(self, gesehen: int) -> bool:
        """Whether it still reads as it did with this `fassungsnummer`; 0 was before the first.

        Keeps what it says now, so that a yes has something to point to.
        """
        war_die_erste = gesehen == 0 and not self.fassungen.exists()
        return self.aktuelle_fassung() == gesehen or war_die_erste

    @transaction.atomic
    def bestaetigung_vermerken(
        self, wie: str, konto=None, *, felder: tuple[str, ...] = (), runde=None
    ):
        """The same for one of several, which the caller indexes together.

        `felder` are the parts she was shown (`haltbarkeit.TEILE`); none means all of it.
        `runde` is the meeting in which it was said.
        What was confirmed is kept as a Fassung; a draft has none.
        """
        if self.hat_seite:
            self.festhalten(grund="Vorgefunden")
        bestaetigung = self.bestaetigungen.create(
            wann=timezone.now(),
            wie=wie,
            konto=konto,
            runde=runde,
            felder=list(felder),
            fassung=self.fassungen.first(),
        )
        self.telefonaufgaben.all().erledigen("bestaetigt")
        return bestaetigung

    @property
    def frische(self) -> Frische:
        """How true this still is; needs `mit_bestaetigung()`."""
        seit = self.veroeffentlicht_am or self.erstellt_am
        return frische(
            self.bestaetigt_am, seit, self.rhythmus_monate, gestoert=bool(self.gestoert)
        )

    @property
    def faellig_am(self) -> dt.date:
        """From when on a new confirmation is asked for."""
        return self.frische.faellig_am

    @property
    def ueberfaellig(self) -> bool:
        return self.frische.ueberfaellig
