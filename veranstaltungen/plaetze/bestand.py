"""The locked pools of an event while a verb works on them."""

from collections import Counter

from django.db.models import Case, F, IntegerField, Q, Value, When

from veranstaltungen.models import Anmeldung, Forumswahl, Platzkontingent

from .wahl import Wahl


class Bestand:
    """Knows what is free and who waits, counts what is taken, writes the counters once."""

    def __init__(self, kontingente: list[Platzkontingent]) -> None:
        self.je_pk = {k.pk: k for k in kontingente}
        self.je_platz = {(k.durchgang_id, k.fachforum_id): k for k in kontingente}
        self._belegt: Counter[int] = Counter()
        self._position: Counter[int] = Counter()

    @property
    def kontingente(self) -> list[Platzkontingent]:
        return list(self.je_pk.values())

    @property
    def haus(self) -> Platzkontingent | None:
        return self.je_platz.get((None, None))

    def hat_platz(self, kontingent: Platzkontingent, *, notplatz: bool = False) -> bool:
        """Free for a newcomer: nobody is overtaken who waits, confirmed or not yet.

        `notplatz` is the team's right to seat somebody beside the queue.
        """
        if notplatz:
            return kontingent.belegt < kontingent.kapazitaet + kontingent.notplaetze
        return kontingent.hat_platz

    def nimm(self, kontingent: Platzkontingent) -> None:
        kontingent.belegt += 1
        self._belegt[kontingent.pk] += 1

    def gib(self, kontingent: Platzkontingent) -> None:
        kontingent.belegt -= 1
        self._belegt[kontingent.pk] -= 1

    def naechste_position(self, kontingent: Platzkontingent) -> int:
        """A number nobody in this pool had before; whoever is first has the smaller one."""
        kontingent.naechste_position += 1
        self._position[kontingent.pk] += 1
        return kontingent.naechste_position

    def wahl(
        self, anmeldung: Anmeldung, kontingent: Platzkontingent, *, mit_platz: bool
    ) -> Forumswahl:
        """A new row, not saved yet: a seat that is counted from now on, or a place in the queue."""
        if mit_platz:
            self.nimm(kontingent)
        return Forumswahl(
            anmeldung=anmeldung,
            kontingent=kontingent,
            fachforum=kontingent.fachforum,
            durchgang=kontingent.durchgang,
            status=Forumswahl.Status.BELEGT if mit_platz else Forumswahl.Status.WARTEND,
            position=self.naechste_position(kontingent),
        )

    def sichern(self) -> None:
        """Write the counters in one statement; as differences, so that the CHECK is a proof."""
        belegt = {pk: um for pk, um in self._belegt.items() if um}
        position = {pk: um for pk, um in self._position.items() if um}
        if betroffen := belegt.keys() | position.keys():
            Platzkontingent.objects.filter(pk__in=betroffen).update(
                belegt=F("belegt") + _je_pk(belegt),
                naechste_position=F("naechste_position") + _je_pk(position),
            )
        self._belegt.clear()
        self._position.clear()


def sperren(veranstaltung_id: int, wahl: Wahl | None = None) -> Bestand:
    """Lock the house and the wanted pools, or without a choice all pools of the event.

    One query in key order, evaluated at once; on SQLite the transaction itself is the lock.
    A second one reads: the first began before the wait and saw the event as it was then.
    """
    kontingente = Platzkontingent.objects.filter(veranstaltung=veranstaltung_id)
    if wahl is not None:
        ziel = Q(art=Platzkontingent.Art.GESAMT)
        for durchgang, wunsch in wahl.items():
            for forum in (wunsch.forum, wunsch.ersatz):
                if forum is not None:
                    ziel |= Q(durchgang=durchgang, fachforum=forum)
        kontingente = kontingente.filter(ziel)
    gesperrt = kontingente.select_for_update(no_key=True, of=("self",)).order_by("pk")
    return gelesen(list(gesperrt.values_list("pk", flat=True)))


def gelesen(pks: list[int]) -> Bestand:
    """The pools with their event and their queues, as they are at this moment."""
    kontingente = Platzkontingent.objects.filter(pk__in=pks).mit_warteliste()
    mit_allem = kontingente.select_related("veranstaltung", "fachforum", "durchgang")
    return Bestand(list(mit_allem.order_by("pk")))


def _je_pk(unterschiede: dict[int, int]):
    if not unterschiede:
        return Value(0)
    faelle = [When(pk=pk, then=Value(um)) for pk, um in unterschiede.items()]
    return Case(*faelle, default=Value(0), output_field=IntegerField())
