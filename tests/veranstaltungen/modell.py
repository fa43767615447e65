"""What the seats of one event should be, told a second time without a database.

It knows neither counters nor locks nor a clever order: seats are counted anew each time,
and moving up repeats until nothing moves.
"""

from dataclasses import dataclass, field

HAUS = "haus"
AKTIV = ("unbestaetigt", "bestaetigt", "warteliste", "angeboten")
MIT_PLATZ = ("belegt", "angeboten")

Platz = tuple[int, int]  # Durchgang, Fachforum


@dataclass
class Person:
    nummer: int  # also her place in the queue of the house
    status: str = "unbestaetigt"
    im_haus: bool = False
    # (Durchgang, Fachforum) → [state, place in the queue]; only what is active.
    wahlen: dict[Platz, list] = field(default_factory=dict)

    def gehen(self, status: str) -> None:
        self.status, self.im_haus, self.wahlen = status, False, {}

    def bild(self) -> tuple:
        return self.status, self.im_haus, {p: stand for p, (stand, _) in self.wahlen.items()}


@dataclass
class Modell:
    kapazitaet: dict  # HAUS or Platz → seats
    bietet_an: bool = False
    personen: list[Person] = field(default_factory=list)
    uhr: int = 0

    def frei(self, platz) -> int:
        if platz == HAUS:
            genommen = sum(p.im_haus for p in self.personen)
        else:
            staende = (p.wahlen.get(platz, [None])[0] for p in self.personen)
            genommen = sum(stand in MIT_PLATZ for stand in staende)
        return self.kapazitaet[platz] - genommen

    def fuer_neue(self, platz) -> bool:
        """Free, and nobody waits who would be overtaken."""
        if platz == HAUS:
            wartet = any(p.status in AKTIV and not p.im_haus for p in self.personen)
        else:
            wartet = any(
                p.im_haus and p.wahlen.get(platz, [None])[0] == "wartend" for p in self.personen
            )
        return self.frei(platz) > 0 and not wartet

    def anmelden(self, wahl: dict[int, tuple]) -> Person:
        neu = Person(len(self.personen), im_haus=self.fuer_neue(HAUS))
        self.personen.append(neu)
        for durchgang, (forum, ersatz) in wahl.items():
            if forum and not self._nimm(neu, (durchgang, forum)) and ersatz:
                self._nimm(neu, (durchgang, ersatz), nur_frei=True)
        return neu

    def bestaetigen(self, person: Person) -> None:
        if person.status == "unbestaetigt":
            person.status = "bestaetigt" if person.im_haus else "warteliste"
            self.ruecke_nach()

    def beenden(self, person: Person, status: str) -> None:
        if person.status in AKTIV:
            person.gehen(status)
            self.ruecke_nach()

    def wechseln(self, person: Person, durchgang: int, forum, ersatz) -> None:
        """To another Fachforum of one Durchgang; the caller asks for nothing forbidden.

        Whoever has to wait keeps the seat she has, or takes the free one she named.
        """
        hier = {p for p in person.wahlen if p[0] == durchgang}
        gehalten = {p for p in hier if person.wahlen[p][0] == "belegt"}
        ziel, statt = (durchgang, forum), (durchgang, ersatz)
        behaelt = {ziel}
        if forum and ziel not in gehalten:
            bekommt = ziel not in hier and self._nimm(person, ziel)
            if not bekommt and ersatz and statt not in gehalten:
                behaelt |= {statt} if self._nimm(person, statt, nur_frei=True) else gehalten
            elif not bekommt:
                behaelt |= gehalten
        for platz in hier - behaelt:
            del person.wahlen[platz]
        self.ruecke_nach()

    def annehmen(self, person: Person, platz) -> None:
        if platz == HAUS:
            person.status = "bestaetigt"
        else:
            self._gib_anderen(person, platz)
            person.wahlen[platz][0] = "belegt"
        self.ruecke_nach()

    def lasse_weg(self, person: Person, platz: Platz) -> None:
        del person.wahlen[platz]
        self.ruecke_nach()

    def ruecke_nach(self) -> None:
        while self._ins_haus() or any(self._ins_forum(p) for p in self.kapazitaet):
            pass

    def _nimm(self, person: Person, platz: Platz, *, nur_frei: bool = False) -> bool:
        frei = person.im_haus and self.fuer_neue(platz)
        if frei or not nur_frei:
            self.uhr += 1
            person.wahlen[platz] = ["belegt" if frei else "wartend", self.uhr]
        return frei

    def _ins_haus(self) -> bool:
        wer = next((p for p in self.personen if p.status == "warteliste"), None)
        if wer is None or self.frei(HAUS) <= 0:
            return False
        wer.im_haus = True
        wer.status = "angeboten" if self.bietet_an else "bestaetigt"
        return True

    def _ins_forum(self, platz) -> bool:
        wartende = [
            p
            for p in self.personen
            if p.status == "bestaetigt" and p.wahlen.get(platz, [None])[0] == "wartend"
        ]
        if platz == HAUS or not wartende or self.frei(platz) <= 0:
            return False
        wer = min(wartende, key=lambda p: p.wahlen[platz][1])
        if not self.bietet_an:
            self._gib_anderen(wer, platz)
        wer.wahlen[platz][0] = "angeboten" if self.bietet_an else "belegt"
        return True

    def _gib_anderen(self, person: Person, platz: Platz) -> None:
        for anderer, (stand, _) in list(person.wahlen.items()):
            if anderer[0] == platz[0] and anderer != platz and stand == "belegt":
                del person.wahlen[anderer]
