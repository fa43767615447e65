"""A meeting in which people say of many Angebote at once whether they are still true."""

from typing import NamedTuple

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone

from kommunen.models import Kommune
from praeventionsketten.lib import zeit

from .angebot import Angebot
from .bestaetigung import Bestaetigung
from .hinweis import Hinweis


class Posten(NamedTuple):
    """An Angebot of a round, and what was said about it so far."""

    angebot: Angebot
    abgleich: "Abgleich | None"


class Abgleichrunde(models.Model):
    """The round of one meeting; what is due in the Kommune is gone through by Träger."""

    kommune = models.ForeignKey(
        Kommune, on_delete=models.CASCADE, related_name="abgleichrunden"
    )
    name = models.CharField(
        "Name des Treffens", max_length=120, help_text="Z. B. „Netzwerktreffen Frühe Hilfen“."
    )
    datum = models.DateField(default=timezone.localdate)
    alle = models.BooleanField(
        "auch Angebote, die noch nicht fällig sind",
        default=False,
        help_text="Dann geht die Runde durch alle veröffentlichten Angebote der Kommune.",
    )

    class Meta:
        verbose_name = "Abgleichrunde"
        verbose_name_plural = "Abgleichrunden"
        ordering = ["-datum", "-pk"]

    def __str__(self) -> str:
        return f"{self.name}, {zeit.tag(self.datum)}"

    @property
    def angebote(self):
        """All it may speak about: what the public sees of the Kommune."""
        return Angebot.objects.sichtbar().filter(kommune=self.kommune_id)

    def posten(self) -> list[Posten]:
        """What is due, and what was answered already, by Träger and title; two queries."""
        abgleiche = {a.angebot_id: a for a in self.abgleiche.select_related("hinweis")}
        alle = self.angebote.select_related("einrichtung")
        alle = alle.mit_bestaetigung().mit_fassungsnummer()
        return [
            Posten(angebot, abgleiche.get(angebot.pk))
            for angebot in alle.nach_titel("einrichtung__name", "einrichtung")
            if self.alle or angebot.pk in abgleiche or _steht_an(angebot)
        ]

    # ------------------------------------------------------------------ answers

    @transaction.atomic
    def stimmt(self, angebot: Angebot, gesehen: int, konto=None) -> bool | None:
        """Somebody in the room says that what was shown (its `fassungsnummer`) is true.

        False if it was answered already, None if it reads differently by now.
        """
        if self._schon_beantwortet(angebot):
            return False
        bestaetigung = angebot.gesehenes_bestaetigen(
            gesehen, Bestaetigung.Wie.NETZWERKTREFFEN, konto, runde=self
        )
        if bestaetigung is None:
            return None
        antwort = Abgleich.Antwort.STIMMT
        self.abgleiche.create(
            angebot=angebot, antwort=antwort, konto=konto, bestaetigung=bestaetigung
        )
        return True

    @transaction.atomic
    def korrektur(self, angebot: Angebot, konto=None, notiz: str = "") -> bool:
        """Somebody says that it is not; the note waits as a Hinweis for who corrects it."""
        if self._schon_beantwortet(angebot):
            return False
        text = f"{self}: {notiz or 'Bitte prüfen, hier stimmt etwas nicht.'}"
        hinweis = angebot.hinweise.create(thema=Hinweis.Thema.SONSTIGES, text=text)
        angebot.indizieren()
        antwort = Abgleich.Antwort.KORREKTUR
        self.abgleiche.create(angebot=angebot, antwort=antwort, konto=konto, hinweis=hinweis)
        return True

    def _schon_beantwortet(self, angebot: Angebot) -> bool:
        # Two who answer at once wait for each other; the first answer stands.
        Abgleichrunde.objects.select_for_update().get(pk=self.pk)
        return self.abgleiche.filter(angebot=angebot).exists()

    @transaction.atomic
    def rueckgaengig(self, konto) -> Angebot | None:
        """Take back the last answer this person gave, with what it led to."""
        Abgleichrunde.objects.select_for_update().get(pk=self.pk)
        # An Angebot that went to another Kommune took its Bestätigungen there.
        eigene = self.abgleiche.filter(konto=konto, angebot__in=self.angebote)
        letzter = eigene.select_related("angebot").last()
        if letzter is None:
            return None
        if letzter.bestaetigung:
            _wieder_anrufen(letzter)
        for folge in (letzter.bestaetigung, letzter.hinweis):
            # What somebody has decided upon meanwhile stays decided.
            if folge is not None and not getattr(folge, "entschieden_am", None):
                folge.delete()
        letzter.delete()
        letzter.angebot.indizieren()
        return letzter.angebot


class Abgleich(models.Model):
    """What people said in a round about one Angebot; each is answered once."""

    class Antwort(models.TextChoices):
        STIMMT = "stimmt", "stimmt"
        KORREKTUR = "korrektur", "Korrektur nötig"

    runde = models.ForeignKey(Abgleichrunde, on_delete=models.CASCADE, related_name="abgleiche")
    angebot = models.ForeignKey(Angebot, on_delete=models.CASCADE, related_name="abgleiche")
    antwort = models.CharField(max_length=10, choices=Antwort)
    wann = models.DateTimeField(default=timezone.now)
    konto = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    # What the answer led to, so that it can be taken back.
    bestaetigung = models.OneToOneField(
        Bestaetigung,
        verbose_name="Bestätigung",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    hinweis = models.OneToOneField(
        Hinweis, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = "Abgleich"
        verbose_name_plural = "Abgleiche"
        ordering = ["wann", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["runde", "angebot"], name="abgleich_je_runde_einmal"
            )
        ]

    def __str__(self) -> str:
        return f"{self.angebot}: {self.get_antwort_display()}"


def _wieder_anrufen(abgleich: Abgleich) -> None:
    """The call this answer had made needless is needed again."""
    aufgaben = abgleich.angebot.telefonaufgaben
    if not aufgaben.all().offen().exists():
        dabei = (abgleich.bestaetigung.wann, abgleich.wann)
        letzte = aufgaben.filter(erledigt_am__range=dabei).first()
        if letzte:
            letzte.erledigt_am, letzte.ergebnis = None, ""
            letzte.save(update_fields=["erledigt_am", "ergebnis"])


def _steht_an(angebot: Angebot) -> bool:
    """Due by its rhythm, or something says that it may be wrong."""
    frische = angebot.frische
    return not frische.gut or frische.faellig_am <= timezone.localdate()
