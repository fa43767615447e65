"""The locked pools of an event while a verb works on them."""

from collections import Counter
from functools import cache, reduce
from operator import or_

from django.db import connection
from django.db.models import Q, QuerySet

from praeventionsketten.lib.abfrage import Abfrage, Offen
from praeventionsketten.models import Landesprogramm
from veranstaltungen import aushang
from veranstaltungen.models import Anmeldung, Forumswahl, Platzkontingent

from .wahl import Wahl


class Bestand:
    """Knows what is free and who waits, counts what is taken, writes the counters once."""

    def __init__(
        self, kontingente: list[Platzkontingent], programm: Landesprogramm | None = None
    ) -> None:
        self.programm = programm  # for the mails, where it is known already
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
        """Write the counters in one statement; as differences, so that the CHECK is a proof.

        Plain SQL: everybody waits behind the locks it is written under.
        """
        betroffen = [pk for pk in self.je_pk if self._belegt[pk] or self._position[pk]]
        if betroffen:
            je_pk = f"CASE id {'WHEN %s THEN %s ' * len(betroffen)}END"
            stellen = ", ".join(["%s"] * len(betroffen))
            sql = (
                f"UPDATE {Platzkontingent._meta.db_table} SET belegt = belegt + {je_pk}, "  # noqa: S608
                f"naechste_position = naechste_position + {je_pk} WHERE id IN ({stellen})"
            )
            belegt = [wert for pk in betroffen for wert in (pk, self._belegt[pk])]
            position = [wert for pk in betroffen for wert in (pk, self._position[pk])]
            with connection.cursor() as cursor:
                cursor.execute(sql, [*belegt, *position, *betroffen])
        self._belegt.clear()
        self._position.clear()


def sperren(veranstaltung_id: int, wahl: Wahl | None = None) -> Bestand:
    """Lock the house and the wanted pools, or without a choice all pools of the event.

    One query in key order, evaluated at once; on SQLite the transaction itself is the lock.
    A second one reads: the first began before the wait and saw the event as it was then.
    """
    if wahl is None:
        alle = Platzkontingent.objects.filter(veranstaltung=veranstaltung_id)
        return gelesen([pk for (pk,) in _zu_sperren(alle)])
    pks = _gesperrt(veranstaltung_id, wahl)
    if not pks:
        return Bestand([])
    # On opening day this runs for everybody: what has not changed is not read again.
    tafel, veranstaltung = aushang.unter_sperre(pks)
    return Bestand(list(veranstaltung.kontingente.all()), tafel.programm)


def _gesperrt(veranstaltung_id: int, wahl: Wahl) -> list[int]:
    werte, orte = {"veranstaltung": veranstaltung_id}, 0
    for durchgang, wunsch in wahl.items():
        for forum in {wunsch.forum, wunsch.ersatz} - {None}:
            werte |= {f"durchgang{orte}": durchgang, f"forum{orte}": forum}
            orte += 1
    return [pk for (pk,) in _sperre(orte)(**werte)]


@cache
def _sperre(anzahl: int) -> Abfrage:
    """The lock for so many Fachforen."""
    orte = [
        Q(durchgang=Offen(f"durchgang{n}"), fachforum=Offen(f"forum{n}")) for n in range(anzahl)
    ]
    haus = Q(art=Platzkontingent.Art.GESAMT)
    gewollt = Q(reduce(or_, orte, haus), veranstaltung=Offen("veranstaltung"))
    return Abfrage(lambda: _zu_sperren(Platzkontingent.objects.filter(gewollt)))


def _zu_sperren(kontingente: QuerySet) -> QuerySet:
    gesperrt = kontingente.select_for_update(no_key=True, of=("self",)).order_by("pk")
    return gesperrt.values_list("pk")


def gelesen(pks: list[int]) -> Bestand:
    """The pools with their event and their queues, as they are at this moment."""
    kontingente = Platzkontingent.objects.filter(pk__in=pks).mit_warteliste()
    mit_allem = kontingente.select_related("veranstaltung", "fachforum", "durchgang")
    return Bestand(list(mit_allem.order_by("pk")))
