import copy
from collections.abc import Iterable
from datetime import timedelta

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Prefetch, Q
from django.urls import reverse
from django.utils import timezone

from kommunen.models import Kommune
from kommunen.models.einrichtung import plz_validator
from praeventionsketten.lib import zeit
from praeventionsketten.models import Begriff, Dokument, MitBild, MitSlug, Veroeffentlichend


class Veranstaltungsart(Begriff):
    class Meta(Begriff.Meta):
        verbose_name = "Veranstaltungsart"
        verbose_name_plural = "Veranstaltungsarten"


class VeranstaltungQuerySet(models.QuerySet):
    def sichtbar(self):
        """Everything but drafts; a cancelled event stays visible and says so."""
        return self.exclude(status=Veranstaltung.Status.ENTWURF)

    def kommend(self):
        return self.filter(ende__gte=timezone.now()).order_by("beginn", "pk")

    def vergangen(self):
        return self.filter(ende__lt=timezone.now()).order_by("-beginn", "pk")

    def mit_bericht(self):
        """Loads each event's published Bericht; without one, `bericht` is missing."""
        berichte = self.model._meta.get_field("bericht").related_model.objects
        return self.prefetch_related(Prefetch("bericht", berichte.sichtbar()))

    def mit_plaetzen(self):
        """Loads the pools with their Fachforen, Durchgänge and queues in one query."""
        return self.prefetch_related(_plaetze())

    def mit_haus(self):
        """Loads the pools for a list, which says of the house alone whether it has room."""
        return self.prefetch_related(
            Prefetch("kontingente", _kontingente().mit_warteliste_am_haus())
        )


def _plaetze() -> Prefetch:
    volle = _kontingente().mit_warteliste().select_related("fachforum", "durchgang")
    return Prefetch("kontingente", volle)


def _kontingente():
    return Veranstaltung._meta.get_field("kontingente").related_model.objects


def _frist(name: str, tage: int) -> models.PositiveSmallIntegerField:
    """Days until personal data go; bounded, so that no event keeps them for ever."""
    return models.PositiveSmallIntegerField(
        f"{name} (Tage)",
        default=tage,
        db_default=tage,
        validators=[MinValueValidator(1), MaxValueValidator(365)],
    )


class Veranstaltung(MitSlug, MitBild, Veroeffentlichend):
    """A dated event; what sets a Fachtag apart is its Art, not a subclass."""

    RESERVIERT = frozenset({"kalender", "feed", "anmelden"})

    class Status(models.TextChoices):
        ENTWURF = "entwurf", "Entwurf"
        SAVE_THE_DATE = "save_the_date", "Termin vormerken (Save the Date)"
        VEROEFFENTLICHT = "veroeffentlicht", "Veröffentlicht"
        ABGESAGT = "abgesagt", "Abgesagt"

    class Format(models.TextChoices):
        PRAESENZ = "praesenz", "vor Ort"
        DIGITAL = "digital", "digital"
        HYBRID = "hybrid", "vor Ort und digital"

    class Nachruecken(models.TextChoices):
        DIREKT = "direkt", "rückt die nächste Person nach"
        ANGEBOT = "angebot", "bieten wir ihn der nächsten Person an"

    class Fenster(models.TextChoices):
        """The registration window, always computed."""

        OHNE = "ohne", "ohne Anmeldung über das Portal"
        NOCH_NICHT = "noch_nicht", "Anmeldung noch nicht offen"
        OFFEN = "offen", "Anmeldung offen"
        VOLL = "voll", "ausgebucht"
        GESCHLOSSEN = "geschlossen", "Anmeldung geschlossen"

    titel = models.CharField(max_length=160)
    untertitel = models.CharField(max_length=200, blank=True)
    art = models.ForeignKey(
        Veranstaltungsart, on_delete=models.PROTECT, related_name="veranstaltungen"
    )
    format = models.CharField(max_length=10, choices=Format, default=Format.PRAESENZ)
    status = models.CharField(max_length=20, choices=Status, default=Status.ENTWURF)
    beginn = models.DateTimeField()
    ende = models.DateTimeField()
    zeit_bekannt = models.BooleanField(
        "Uhrzeit steht fest", default=True, help_text="Ohne Haken erscheint nur der Tag."
    )
    zeitraum_text = models.CharField(
        "ungefährer Zeitraum",
        max_length=60,
        blank=True,
        help_text="Nur wenn der Tag nicht feststeht, z. B. „Herbst 2027“. Ersetzt das Datum.",
    )
    ort_name = models.CharField("Haus", max_length=160, blank=True)
    strasse = models.CharField("Straße und Hausnummer", max_length=120, blank=True)
    plz = models.CharField("Postleitzahl", max_length=5, blank=True, validators=[plz_validator])
    ort = models.CharField("Ort", max_length=80, blank=True)
    online_link = models.URLField(
        "Zugangslink",
        blank=True,
        help_text="Sehen nur angemeldete Personen, ab dem Tag darunter.",
    )
    link_ab = models.DateTimeField("Link zeigen ab", null=True, blank=True)
    veranstalter = models.CharField(
        max_length=200, blank=True, help_text="Leer: das Landesprogramm."
    )
    kommunen = models.ManyToManyField(Kommune, blank=True, related_name="veranstaltungen")
    teaser = models.TextField(blank=True, help_text="Ein bis zwei Sätze für Listen.")
    motto = models.CharField(max_length=200, blank=True)
    beschreibung = models.TextField(
        blank=True, help_text="Absätze durch eine Leerzeile trennen."
    )
    leitfragen = models.TextField(blank=True, help_text="Je Zeile eine Frage.")
    zielgruppe = models.TextField("Für wen?", blank=True)
    nur_programmkommunen = models.BooleanField("nur für Kommunen im Programm", default=False)
    kosten_text = models.CharField("Kosten", max_length=200, blank=True, default="keine")
    barriere_info = models.TextField("Barrierefreiheit", blank=True)
    teilnehmende = models.PositiveIntegerField(
        null=True, blank=True, help_text="Nach der Veranstaltung: wie viele waren da?"
    )
    anmeldung_von = models.DateTimeField("Anmeldung ab", null=True, blank=True)
    anmeldung_bis = models.DateTimeField("Anmeldung bis", null=True, blank=True)
    storno_bis = models.DateTimeField("Absagen bis", null=True, blank=True)
    wahl_aenderung_bis = models.DateTimeField("Fachforum wechseln bis", null=True, blank=True)
    nachruecken = models.CharField(
        "Wird ein Platz frei",
        max_length=8,
        choices=Nachruecken,
        default=Nachruecken.DIREKT,
        db_default=Nachruecken.DIREKT,
    )
    angebot_tage = models.PositiveSmallIntegerField(
        "Kurz vorher nur anbieten",
        default=7,
        db_default=7,
        help_text="So viele Tage vor dem Beginn fragen wir, statt nachrücken zu lassen.",
    )
    angebot_stunden = models.PositiveSmallIntegerField(
        "Bedenkzeit in Arbeitsstunden",
        default=16,
        db_default=16,
        validators=[MinValueValidator(1), MaxValueValidator(80)],
        help_text="Montag bis Freitag, 9 bis 17 Uhr, ohne Feiertage: 16 sind zwei Tage.",
    )
    beitrag = models.DecimalField(
        "Teilnahmebeitrag in Euro",
        max_digits=7,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
        help_text="Das Portal nimmt kein Geld ein, es nennt nur den Betrag.",
    )
    rechtsgrundlage = models.TextField(
        "Hinweis zum Datenschutz",
        blank=True,
        help_text="Wer die Daten verarbeitet und auf welcher Grundlage. Leer: wie auf der "
        "Seite „Datenschutz“.",
    )
    loeschen_unbestaetigt = _frist("Nicht bestätigte Anmeldungen löschen nach", 7)
    loeschen_bedarf = _frist("Angaben zu Zugang und Essen löschen nach", 7)
    loeschen_abgesagt = _frist("Abgesagte und wartende Anmeldungen löschen nach", 30)
    loeschen_teilnahme = _frist("Anmeldungen anonymisieren nach", 90)
    geaendert_am = models.DateTimeField("geändert am", auto_now=True)

    objects = VeranstaltungQuerySet.as_manager()

    class Meta:
        verbose_name = "Veranstaltung"
        verbose_name_plural = "Veranstaltungen"
        ordering = ["-beginn", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(beginn__lt=F("ende")),
                name="veranstaltung_endet_nach_beginn",
                violation_error_message="Das Ende muss nach dem Beginn liegen.",
            ),
            models.CheckConstraint(
                condition=Q(anmeldung_von__isnull=True, anmeldung_bis__isnull=True)
                | Q(anmeldung_von__lt=F("anmeldung_bis"), anmeldung_bis__lte=F("ende")),
                name="veranstaltung_anmeldefenster",
                violation_error_message="Die Anmeldung braucht Anfang und Ende, und sie endet "
                "spätestens mit der Veranstaltung.",
            ),
        ]

    def __str__(self) -> str:
        return self.titel

    def get_absolute_url(self) -> str:
        return reverse("veranstaltung", args=[self.slug])

    def plaetze_laden(self) -> "Veranstaltung":
        """What `mit_plaetzen` does, for an event that is here already."""
        models.prefetch_related_objects([self], _plaetze())
        return self

    def kopie_mit(self, kontingente: Iterable) -> "Veranstaltung":
        """The same event, with pools that were read elsewhere."""
        kopie = copy.copy(self)
        geladen = type(self)._meta.get_field("kontingente").related_model.objects.all()
        geladen._result_cache = list(kontingente)
        kopie._prefetched_objects_cache = {"kontingente": geladen}
        for kontingent in geladen:
            kontingent.veranstaltung = kopie
        return kopie

    @property
    def leitfragen_liste(self) -> list[str]:
        return self.leitfragen.splitlines()

    @property
    def vorbei(self) -> bool:
        return self.ende < timezone.now()

    @property
    def anschrift(self) -> str:
        return ", ".join(t for t in (self.strasse, f"{self.plz} {self.ort}".strip()) if t)

    @property
    def wann(self) -> str:
        """When, in words, as exactly as it is known."""
        return self.zeitraum_text or zeit.zeitspanne(
            self.beginn, self.ende, mit_uhrzeit=self.zeit_bekannt
        )

    @property
    def wo(self) -> str:
        """Where, in one line; the format where no house is named yet."""
        orte = [t for t in (self.ort_name, self.ort) if t]
        if self.format != self.Format.PRAESENZ:
            orte.append("digital")
        return ", ".join(orte) or self.get_format_display()

    @property
    def anmeldung_laeuft(self) -> bool:
        """Published and inside the window, whether or not seats are left."""
        return (
            self.status == self.Status.VEROEFFENTLICHT
            and self.anmeldung_von is not None
            and self.anmeldung_von <= timezone.now() < min(self.anmeldung_bis, self.beginn)
        )

    @property
    def nimmt_an(self) -> bool:
        """Whether the team may still register somebody, whatever the window says."""
        return (
            self.status == self.Status.VEROEFFENTLICHT
            and self.anmeldung_von is not None
            and not self.vorbei
        )

    @property
    def rueckt_nach(self) -> bool:
        """Whether a seat that comes free still goes to somebody who waits."""
        return self.nimmt_an and timezone.now() < self.beginn

    @property
    def bietet_an(self) -> bool:
        """Whether the next person is asked rather than moved: always, or late in time."""
        kurz_vorher = self.beginn - timedelta(days=self.angebot_tage)
        return self.nachruecken == self.Nachruecken.ANGEBOT or timezone.now() >= kurz_vorher

    @property
    def fenster(self) -> "Veranstaltung.Fenster":
        """The state of the registration window now; reads the pool of the house."""
        if not self.anmeldung_von or self.status != self.Status.VEROEFFENTLICHT:
            return self.Fenster.OHNE
        jetzt = timezone.now()
        if jetzt < self.anmeldung_von:
            return self.Fenster.NOCH_NICHT
        if jetzt >= min(self.anmeldung_bis, self.beginn):
            return self.Fenster.GESCHLOSSEN
        haus = self.haus
        if haus is None:
            return self.Fenster.OHNE
        return self.Fenster.OFFEN if haus.frei else self.Fenster.VOLL

    @property
    def hat_foren(self) -> bool:
        """Whether one chooses Fachforen when registering; uses prefetched rows."""
        return any(k.fachforum_id for k in self.kontingente.all())

    @property
    def haus(self):
        """The Platzkontingent of the whole house, or None; uses prefetched rows."""
        return next((k for k in self.kontingente.all() if k.art == k.Art.GESAMT), None)


class Veranstaltungsdokument(Dokument):
    veranstaltung = models.ForeignKey(
        Veranstaltung, on_delete=models.CASCADE, related_name="dokumente"
    )

    class Meta(Dokument.Meta):
        verbose_name = "Dokument"
        verbose_name_plural = "Dokumente"


class Programmpunkt(models.Model):
    class Art(models.TextChoices):
        ANKOMMEN = "ankommen", "Ankommen"
        PLENUM = "plenum", "Plenum"
        FACHFOREN = "fachforen", "Fachforen"
        WERKSTATT = "werkstatt", "Werkstatt"
        PAUSE = "pause", "Pause"

    veranstaltung = models.ForeignKey(
        Veranstaltung, on_delete=models.CASCADE, related_name="programm"
    )
    beginn = models.TimeField()
    ende = models.TimeField()
    tag = models.PositiveSmallIntegerField(default=1, help_text="1 ist der erste Tag.")
    titel = models.CharField(max_length=160)
    text = models.CharField(max_length=300, blank=True)
    art = models.CharField(max_length=12, choices=Art, default=Art.PLENUM)
    raum = models.CharField(max_length=80, blank=True)

    class Meta:
        verbose_name = "Programmpunkt"
        verbose_name_plural = "Programm"
        ordering = ["tag", "beginn", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(beginn__lt=F("ende")),
                name="programmpunkt_endet_nach_beginn",
                violation_error_message="Das Ende muss nach dem Beginn liegen.",
            )
        ]

    def __str__(self) -> str:
        return self.titel
