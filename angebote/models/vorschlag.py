"""Changes that somebody from outside proposes, and new Angebote."""

import hashlib
import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.text import capfirst

from kommunen.models import Kommune
from praeventionsketten.lib.wortvergleich import Stueck, ersetzt, wortvergleich

from .angebot import Angebot
from .kontakt import Kontakt
from .rueckmeldung import Rueckmeldung

# What may be proposed; everything else of an Angebot belongs to those who keep it.
ANGEBOTSFELDER = (
    "titel",
    "kurzbeschreibung",
    "beschreibung",
    "einfache_sprache",
    "einzugsgebiet",
    "kosten",
    "kosten_text",
    "zugang",
    "zugang_text",
    "unterlagen",
    "website",
    "geschichte",
)
# Of a new Angebot, in plain words; what it is called and what it is stand beside.
WISSEN = {"wo": "Wo", "erreichbar": "Erreichbar", "traeger": "Wer bietet es an"}
KONTAKTFELDER = ("funktion", "name", "email", "telefon", "erreichbar")


class Konflikt(Exception):
    """Fields say something else today than what was seen; nothing was changed."""

    def __init__(self, felder: list[str]) -> None:
        super().__init__(*felder)
        self.felder = felder


class NichtAnwendbar(Exception):
    """A proposed value breaks a rule of today; nothing was changed."""

    def __init__(self, gruende: list[str]) -> None:
        super().__init__(*gruende)
        self.gruende = gruende


@dataclass
class Aenderung:
    """One proposed field: what it said, what it says today, what it should say."""

    name: str
    titel: str
    alt: str
    neu: str
    heute: str | None  # None: it is gone
    stuecke: list[Stueck]

    @property
    def ueberholt(self) -> bool:
        return self.heute not in (self.alt, self.neu)

    @property
    def erledigt(self) -> bool:
        return self.heute == self.neu


class Vorschlag(Rueckmeldung):
    """Proposed texts; `felder` maps a name to {"alt": …, "neu": …}.

    A name is a field of the Angebot or „kontakt:<pk>:<field>“. Without an Angebot it
    proposes a new one, and `felder` holds what the person knew of it.
    """

    class Herkunft(models.TextChoices):
        ANBIETER = "anbieter", "Anbieter"
        OEFFENTLICH = "oeffentlich", "Öffentlichkeit"

    class Status(models.TextChoices):
        OFFEN = "offen", "Offen"
        VERDACHT = "verdacht", "Vielleicht Werbung"
        ANGENOMMEN = "angenommen", "Angenommen"
        ABGELEHNT = "abgelehnt", "Abgelehnt"

    ENTSCHIEDEN = (Status.ANGENOMMEN, Status.ABGELEHNT)

    angebot = models.ForeignKey(
        Angebot, null=True, blank=True, on_delete=models.CASCADE, related_name="vorschlaege"
    )
    kommune = models.ForeignKey(
        Kommune, null=True, blank=True, on_delete=models.PROTECT, related_name="vorschlaege"
    )
    herkunft = models.CharField(max_length=12, choices=Herkunft, default=Herkunft.OEFFENTLICH)
    felder = models.JSONField(default=dict)
    status = models.CharField(max_length=12, choices=Status, default=Status.OFFEN)

    class Meta:
        verbose_name = "Vorschlag"
        verbose_name_plural = "Vorschläge"
        ordering = ["-eingegangen_am", "-pk"]
        indexes = [models.Index(fields=["status", "kommune"], name="vorschlag_status_kommune")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    status__in=["angenommen", "abgelehnt"], entschieden_am__isnull=False
                )
                | models.Q(status__in=["offen", "verdacht"], entschieden_am__isnull=True),
                name="vorschlag_entschieden_hat_zeit",
            )
        ]

    def __str__(self) -> str:
        return f"Vorschlag zu „{self.angebot}“" if self.angebot_id else f"Neu: „{self.titel}“"

    def save(self, *args, **kwargs) -> None:
        """A change belongs to the Kommune of its Angebot."""
        if self.angebot_id and self._state.adding:
            self.kommune_id = self.angebot.kommune_id
        super().save(*args, **kwargs)

    @property
    def titel(self) -> str:
        return self.neu("titel")

    def neu(self, name: str) -> str:
        """The proposed value of this name."""
        return str(self.felder.get(name, {}).get("neu") or "")

    @property
    def was(self) -> str:
        return self.neu("kurzbeschreibung")

    @property
    def traeger(self) -> str:
        return self.neu("traeger")

    @property
    def wissen(self) -> list[tuple[str, str]]:
        """What the person knows about a new Angebot, in the words of the form."""
        return [(titel, self.neu(name)) for name, titel in WISSEN.items() if self.neu(name)]

    @property
    def ist_neu(self) -> bool:
        """A new Angebot is proposed, and nobody has made a draft of it yet."""
        return self.angebot_id is None

    @property
    def ist_offen(self) -> bool:
        return self.status not in self.ENTSCHIEDEN

    # -------------------------------------------------------------- looking at it

    @cached_property
    def aenderungen(self) -> list[Aenderung]:
        """Field by field, in the order in which they were proposed."""
        return list(self._aenderungen()) if self.angebot_id else []

    @property
    def kennung(self) -> str:
        """Tells whether the entry still says what somebody has seen beside the proposal."""
        heute = {a.name: a.heute for a in self.aenderungen}
        return hashlib.sha256(json.dumps(heute, sort_keys=True).encode()).hexdigest()

    def _aenderungen(self) -> Iterator[Aenderung]:
        kontakte = {str(k.pk): k for k in self.angebot.kontakte.all()}
        for name, werte in self.felder.items():
            ziel, feld = self._ziel(name, kontakte)
            if feld is None:
                continue
            alt, neu = str(werte.get("alt") or ""), str(werte.get("neu") or "")
            heute = None if ziel is None else str(getattr(ziel, feld.name) or "")
            worte = dict(feld.flatchoices)
            stuecke = (
                ersetzt(str(worte.get(heute or "", heute or "")), str(worte.get(neu, neu)))
                if worte
                else wortvergleich(heute or "", neu)
            )
            titel = capfirst(str(feld.verbose_name))
            if name.startswith("kontakt:"):
                titel = f"{titel} ({ziel or 'Kontakt gelöscht'})"
            yield Aenderung(name, titel, alt, neu, heute, stuecke)

    def _ziel(self, name: str, kontakte: dict) -> tuple[models.Model | None, object]:
        """The row and the field a name means; no field for what may not be proposed."""
        if name.startswith("kontakt:"):
            _, pk, feldname = name.split(":", 2)
            feld = Kontakt._meta.get_field(feldname) if feldname in KONTAKTFELDER else None
            return kontakte.get(pk), feld
        feld = Angebot._meta.get_field(name) if name in ANGEBOTSFELDER else None
        return self.angebot, feld

    # -------------------------------------------------------------- deciding

    @transaction.atomic
    def annehmen(self, konto, nur: Collection[str] | None = None, gesehen: str = "") -> bool:
        """Write the proposed values, or only those named in `nur`; False if it is decided.

        A field that changed meanwhile is a `Konflikt`, unless `gesehen` (the `kennung` that
        was shown) says that the person knows what stands there today.
        """
        # First the Angebot, as everybody who writes both.
        Angebot.objects.select_for_update(no_key=True).get(pk=self.angebot_id)
        if not self._sperren():
            return False
        gewaehlt = [a for a in self.aenderungen if nur is None or a.name in nur]
        self._pruefe(gewaehlt, gesehen)
        if self.angebot.hat_seite:
            self.angebot.festhalten(grund="Stand vor dem Vorschlag")
        self._schreibe({a.name: a.neu for a in gewaehlt if not a.erledigt})
        if self.angebot.hat_seite:
            self.angebot.festhalten(konto, "Vorschlag angenommen")
        self.angebot.indizieren()
        for name, werte in self.felder.items():
            werte["angenommen"] = any(a.name == name for a in gewaehlt)
        self._entscheiden(konto, self.Status.ANGENOMMEN)
        return True

    @transaction.atomic
    def als_entwurf(self, konto, einrichtung) -> Angebot | None:
        """A draft with what the person knew, for a coordinator to finish; None if decided.

        Where and how one gets there stands in the description: only a person can say which
        Ort and which number that is.
        """
        if not self._sperren() or not self.ist_neu:
            return None
        wissen = [f"{titel}: {wert}" for titel, wert in self.wissen]
        self.angebot = Angebot.objects.create(
            titel=self.titel[:120],
            kurzbeschreibung=self.was[:280],
            beschreibung="\n".join(["Aus dem Vorschlag, bitte prüfen:", *wissen]),
            kommune=self.kommune,
            einrichtung=einrichtung,
        )
        self._entscheiden(konto, self.Status.ANGENOMMEN)
        return self.angebot

    @transaction.atomic
    def ablehnen(self, konto, antwort: str = "") -> bool:
        """Leave the entry as it is; False if it is decided already."""
        if not self._sperren():
            return False
        self._entscheiden(konto, self.Status.ABGELEHNT, antwort)
        return True

    def _sperren(self) -> bool:
        """Whether it is still open, and nobody else decides meanwhile."""
        offen = type(self).objects.exclude(status__in=self.ENTSCHIEDEN)
        gesperrt = offen.select_for_update().filter(pk=self.pk).exists()
        self.refresh_from_db()
        self.__dict__.pop("aenderungen", None)
        return gesperrt

    def _pruefe(self, gewaehlt: list[Aenderung], gesehen: str) -> None:
        weg = [a.name for a in gewaehlt if a.heute is None]
        anders = [a.name for a in gewaehlt if a.ueberholt and gesehen != self.kennung]
        if weg or anders:
            raise Konflikt(list(dict.fromkeys([*weg, *anders])))

    def _schreibe(self, werte: dict[str, str]) -> None:
        kontakte = {str(k.pk): k for k in self.angebot.kontakte.all()}
        betroffen: dict[tuple, models.Model] = {}
        gruende = []
        for name, wert in werte.items():
            ziel, feld = self._ziel(name, kontakte)
            try:
                setattr(ziel, feld.name, feld.clean(wert, ziel))
            except ValidationError as fehler:
                gruende += [f"{capfirst(str(feld.verbose_name))}: {t}" for t in fehler.messages]
            betroffen[(type(ziel), ziel.pk)] = ziel
        for ziel in betroffen.values():
            gruende += _verletzte_regeln(ziel)
        if gruende:
            raise NichtAnwendbar(gruende)
        for ziel in betroffen.values():
            ziel.save()

    def _entscheiden(self, konto, status: str, antwort: str = "") -> None:
        self.status, self.antwort = status, antwort
        self.entschieden_am, self.entschieden_von = timezone.now(), konto
        self.save()


def _verletzte_regeln(zeile: models.Model) -> list[str]:
    try:
        zeile.validate_constraints()
    except ValidationError as fehler:
        return fehler.messages
    return []
