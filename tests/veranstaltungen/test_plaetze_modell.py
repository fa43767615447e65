"""Random journeys of many people: after each step the database must look like the model."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from praeventionsketten import post
from praeventionsketten.models import Mail
from tests.factories import make_fachtag
from tests.veranstaltungen.hilfen import anmelden
from tests.veranstaltungen.modell import AKTIV, HAUS, Modell, Person
from veranstaltungen import plaetze
from veranstaltungen.models import Anmeldung, Forumswahl, Platzkontingent, Veranstaltung
from veranstaltungen.plaetze import ausgang, wechsel
from veranstaltungen.plaetze.bestand import Bestand

DURCHGAENGE, FOREN = (1, 2), (1, 2, 3)
WER = st.integers(0, 30)
FORUM = st.sampled_from([None, *FOREN])


class Fachtag(RuleBasedStateMachine):
    """One event with few seats; each rule is one person, the team or the clock doing one thing."""

    def __init__(self) -> None:
        super().__init__()
        self.monkeypatch = pytest.MonkeyPatch()
        self.sicherung = transaction.savepoint()
        self.jetzt = timezone.now()
        self.monkeypatch.setattr(timezone, "now", lambda: self.jetzt)
        self.gesehen: dict[int, tuple] = {}
        self.mails: set[int] = set()

    def teardown(self) -> None:
        transaction.savepoint_rollback(self.sicherung)
        self.monkeypatch.undo()

    @initialize(haus=st.integers(1, 6), je_forum=st.integers(1, 2), bietet_an=st.booleans())
    def eroeffnen(self, haus: int, je_forum: int, bietet_an: bool) -> None:
        art = Veranstaltung.Nachruecken.ANGEBOT if bietet_an else "direkt"
        self.fachtag = make_fachtag(
            foren=len(FOREN), je_forum=je_forum, plaetze=haus, in_tagen=90, nachruecken=art
        )
        Veranstaltung.objects.update(anmeldung_bis=self.fachtag.beginn)
        self.fachtag.refresh_from_db()
        platz = {(d, f): je_forum for d in DURCHGAENGE for f in FOREN}
        self.modell = Modell({HAUS: haus} | platz, bietet_an)
        self.durchgang = dict(self.fachtag.durchgaenge.values_list("nummer", "pk"))
        self.forum = dict(self.fachtag.fachforen.values_list("nummer", "pk")) | {None: None}
        self.pks: list[int] = []

    # ------------------------------------------------------------ what people do

    @rule(eins=FORUM, zwei=FORUM, ersatz=FORUM)
    def anmelden(self, eins, zwei, ersatz) -> None:
        if zwei == eins:
            zwei = None
        if eins is None or ersatz in (eins, zwei):
            ersatz = None
        wunsch = {1: (eins, ersatz), 2: (zwei, None)}

        ergebnis = anmelden(self.fachtag, wahl=self._wahl(wunsch))

        assert ergebnis.art == plaetze.Ergebnis.Art.NEU
        self.pks.append(ergebnis.anmeldung.pk)
        self.modell.anmelden(wunsch)

    @precondition(lambda self: self.pks)
    @rule(wer=WER)
    def bestaetigen(self, wer) -> None:
        anmeldung, person = self._wer(wer)

        geschehen = plaetze.bestaetigen(anmeldung)

        assert geschehen == (person.status == "unbestaetigt")
        self.modell.bestaetigen(person)

    @precondition(lambda self: self.pks)
    @rule(wer=WER)
    def stornieren(self, wer) -> None:
        anmeldung, person = self._wer(wer)

        geschehen = plaetze.stornieren(anmeldung)

        assert geschehen == (person.status in AKTIV)
        self.modell.beenden(person, "storniert")

    @precondition(lambda self: self.pks)
    @rule(wer=WER, durchgang=st.sampled_from(DURCHGAENGE), forum=FORUM, ersatz=FORUM)
    def wechseln(self, wer, durchgang, forum, ersatz) -> None:
        anmeldung, person = self._wer(wer)
        anderswo = {f for d, f in person.wahlen if d != durchgang}
        if forum is None or ersatz in anderswo | {forum}:
            ersatz = None

        ergebnis = plaetze.wechseln(anmeldung, self._wahl({durchgang: (forum, ersatz)}))

        if person.status not in ("bestaetigt", "unbestaetigt"):
            assert ergebnis.art == plaetze.Ergebnis.Art.GESCHLOSSEN
        elif forum in anderswo:
            assert ergebnis.hindernisse == {
                self.durchgang[durchgang]: plaetze.Hindernis.DOPPELT
            }
        else:
            self.modell.wechseln(person, durchgang, forum, ersatz)

    @precondition(lambda self: self.pks)
    @rule(wer=WER)
    def ersetzen(self, wer) -> None:
        anmeldung, person = self._wer(wer)
        mail = f"vertretung-{anmeldung.pk}-{anmeldung.token_version}@example.org"

        ergebnis = plaetze.ersetzen(anmeldung, name="Vertretung", email=mail)

        geht = person.status == "bestaetigt"
        assert (ergebnis.art == plaetze.Ergebnis.Art.GEAENDERT) == geht
        if geht:
            person.status = "unbestaetigt"

    @precondition(lambda self: self._angebote())
    @rule(welches=WER, nimmt_an=st.booleans())
    def antworten(self, welches, nimmt_an) -> None:
        angebote = self._angebote()
        person, platz = angebote[welches % len(angebote)]
        anmeldung = Anmeldung.objects.get(pk=self.pks[person.nummer])
        wahl = None if platz == HAUS else self._zeile(anmeldung, platz)

        if nimmt_an:
            assert plaetze.annehmen(anmeldung, wahl)
            self.modell.annehmen(person, platz)
        elif platz == HAUS:
            plaetze.stornieren(anmeldung)
            self.modell.beenden(person, "storniert")
        else:
            assert plaetze.ablehnen(anmeldung, wahl)
            self.modell.lasse_weg(person, platz)

    # ------------------------------------------------------------ what the team and the clock do

    @rule(wo=st.integers(0, len(DURCHGAENGE) * len(FOREN)), seats=st.integers(0, 8))
    def raum_aendern(self, wo, seats) -> None:
        platz = list(self.modell.kapazitaet)[wo]
        kontingent = self._kontingente()[platz]
        genommen = self.modell.kapazitaet[platz] - self.modell.frei(platz)

        if seats < genommen:
            with pytest.raises(plaetze.ZuWenig):
                plaetze.raum_aendern(kontingent, kapazitaet=seats)
        else:
            plaetze.raum_aendern(kontingent, kapazitaet=seats)
            self.modell.kapazitaet[platz] = seats
            self.modell.ruecke_nach()

    @precondition(lambda self: self.pks)
    @rule(tage=st.integers(1, 3))
    def fristen(self, tage) -> None:
        """Some days later: holds and offers that nobody answered are over."""
        self.jetzt += timedelta(days=tage, minutes=1)
        anmeldungen = Anmeldung.objects.filter(pk__in=self.pks)
        vorbei = anmeldungen.filter(status="unbestaetigt", haltefrist__lte=self.jetzt)
        vorbei |= anmeldungen.filter(status="angeboten", angebot_bis__lte=self.jetzt)
        vorbei = {self.pks.index(pk) for pk in vorbei.values_list("pk", flat=True)}
        angebote = Forumswahl.objects.filter(
            anmeldung__in=self.pks, status="angeboten", angebot_bis__lte=self.jetzt
        )
        angebote = list(
            angebote.values_list("anmeldung", "durchgang__nummer", "fachforum__nummer")
        )

        plaetze.fristen_ablaufen()

        for pk, *platz in angebote:
            del self.modell.personen[self.pks.index(pk)].wahlen[tuple(platz)]
        for nummer in vorbei:
            self.modell.personen[nummer].gehen("verfallen")
        self.modell.ruecke_nach()

    @precondition(lambda self: len(self.pks) > 4)
    @rule(wirklich=st.integers(0, 9))
    def absagen(self, wirklich) -> None:
        if wirklich or self.fachtag.status == Veranstaltung.Status.ABGESAGT:
            return
        betroffen = [p for p in self.modell.personen if p.status in AKTIV]
        Veranstaltung.objects.filter(pk=self.fachtag.pk).update(status="abgesagt")

        assert plaetze.absagen(self.fachtag) == len(betroffen)
        for person in betroffen:
            person.gehen("abgesagt")
        Veranstaltung.objects.filter(pk=self.fachtag.pk).update(status="veroeffentlicht")

    # ------------------------------------------------------------ what must hold after each step

    @invariant()
    def datenbank_ist_wie_das_modell(self) -> None:
        if not hasattr(self, "modell"):
            return
        foren = {pk: {} for pk in self.pks}
        wahlen = Forumswahl.objects.filter(anmeldung__in=self.pks, status__in=Forumswahl.AKTIV)
        for pk, *platz, stand in wahlen.values_list(
            "anmeldung", "durchgang__nummer", "fachforum__nummer", "status"
        ):
            foren[pk][tuple(platz)] = stand
        zeilen = Anmeldung.objects.in_bulk(self.pks)
        for person, pk in zip(self.modell.personen, self.pks, strict=True):
            zeile = zeilen[pk]
            assert (zeile.status, zeile.hausplatz, foren[pk]) == person.bild()

    @invariant()
    def zaehler_stimmen(self) -> None:
        if hasattr(self, "modell"):
            for platz, kontingent in self._kontingente().items():
                assert kontingent.kapazitaet == self.modell.kapazitaet[platz]
                assert kontingent.frei == self.modell.frei(platz)
            assert plaetze.abgleich() == []

    @invariant()
    def wer_sich_bewegt_hat_genau_eine_mail(self) -> None:
        """The newest tells how things stand; what it overtook was withdrawn."""
        if not hasattr(self, "modell"):
            return
        bilder = {p.nummer: p.bild() for p in self.modell.personen}
        for nummer, bild in bilder.items():
            bezug = f"anmeldung-{self.pks[nummer]}"
            offen = set(
                Mail.objects.filter(bezug=bezug, status="neu").values_list("pk", flat=True)
            )
            assert len(offen) == 1
            if bild != self.gesehen.get(nummer):
                assert offen - self.mails, f"nobody told {bezug}: {bild}"
            self.mails |= offen
        self.gesehen = bilder

    # ------------------------------------------------------------ short words

    def _wahl(self, wunsch: dict[int, tuple]) -> plaetze.Wahl:
        return {
            self.durchgang[d]: plaetze.Wunsch(self.forum[f], self.forum[ersatz])
            for d, (f, ersatz) in wunsch.items()
        }

    def _wer(self, zahl: int) -> tuple[Anmeldung, Person]:
        nummer = zahl % len(self.pks)
        return Anmeldung.objects.get(pk=self.pks[nummer]), self.modell.personen[nummer]

    def _angebote(self) -> list[tuple]:
        if not hasattr(self, "modell"):
            return []
        alle = [(p, HAUS) for p in self.modell.personen if p.status == "angeboten"]
        for person in self.modell.personen:
            alle += [(person, w) for w, (s, _) in person.wahlen.items() if s == "angeboten"]
        return alle

    def _zeile(self, anmeldung: Anmeldung, platz) -> Forumswahl:
        durchgang, forum = platz
        return anmeldung.wahlen.exclude(status="abgegeben").get(
            durchgang__nummer=durchgang, fachforum__nummer=forum
        )

    def _kontingente(self) -> dict:
        kontingente = self.fachtag.kontingente.select_related("durchgang", "fachforum")
        return {
            (k.durchgang.nummer, k.fachforum.nummer) if k.fachforum else HAUS: k
            for k in kontingente
        }


def _nur_zaehlen(bestand: Bestand, *_args, **_mehr) -> dict:
    bestand.sichern()
    return {}


KURZ = settings(
    phases=[Phase.generate],
    max_examples=15,
    stateful_step_count=20,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
    report_multiple_bugs=False,
)


@pytest.mark.django_db
def test_whatever_people_do_the_seats_are_those_of_the_model():
    run_state_machine_as_test(Fachtag, settings=KURZ)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "fehler",
    [
        pytest.param(
            (Platzkontingent, "hat_platz", property(lambda k: k.frei > 0)),
            id="newcomers-overtake",
        ),
        pytest.param((ausgang, "ruecke_nach", _nur_zaehlen), id="a-cancelled-seat-stays-empty"),
        pytest.param((wechsel, "gib_auf", lambda *_: None), id="a-change-keeps-both-seats"),
        pytest.param((post, "zurueckziehen", lambda _: 0), id="mails-overtake-each-other"),
    ],
)
def test_the_model_notices_a_mistake(monkeypatch, fehler):
    """The negative control: with one mistake in the seats the journeys must not pass."""
    monkeypatch.setattr(*fehler)

    with pytest.raises((AssertionError, plaetze.Ueberlastet)):
        run_state_machine_as_test(
            Fachtag, settings=settings(KURZ, max_examples=200, phases=[Phase.generate])
        )
