import uuid

from django.db import models, transaction
from django.db.models import Exists, ExpressionWrapper, F, Q, Value
from django.db.models.functions import Lower, Replace
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from kommunen.models import (
    Einrichtung,
    Handlungsfeld,
    Kommune,
    Lebensphase,
    Leitdimension,
    Ort,
    Sprache,
    Uebergang,
    Zielgruppe,
)
from praeventionsketten.lib import zeit
from praeventionsketten.models import Begriff, MitFassungen, MitSlug

from .gepflegt import RHYTHMEN, Gepflegt, GepflegtQuerySet
from .programm import Programm

BARRIEREMERKMALE = ("stufenlos", "wc", "hoerhilfe", "gebaerden")
# Letters that would sort behind „z“, and marks that are no letters at all.
SORTIERT_WIE = {"Ä": "a", "ä": "a", "Ö": "o", "ö": "o", "Ü": "u", "ü": "u", "é": "e", "„": ""}


class Angebotsformat(Begriff):
    """How one gets to an Angebot: on site, at home, online, by phone."""

    class Meta(Begriff.Meta):
        verbose_name = "Format"
        verbose_name_plural = "Formate"


class AngebotQuerySet(GepflegtQuerySet):
    def sichtbar(self):
        """What lists and counts show: published, and paused ones that say until when."""
        return self.filter(status__in=Angebot.SICHTBAR)

    def mit_seite(self):
        """What has a public page; an ended Angebot keeps its address with a notice."""
        return self.exclude(status=Angebot.Status.ENTWURF)

    def landesweit(self):
        return self.filter(kommune__isnull=True)

    def kostenlos(self):
        return self.filter(kosten=Angebot.Kosten.KOSTENLOS)

    def offen(self):
        return self.filter(zugang=Angebot.Zugang.OFFEN)

    def stufenlos(self):
        """Reachable without a step in at least one place; the entry says in which."""
        return self.an_orten(Ort.objects.filter(stufenlos=Ort.Angabe.JA))

    def an_orten(self, orte):
        """Those that happen from now on at one of these Orte."""
        feld = self.model._meta.get_field
        zeitfenster = feld("zeitfenster").related_model.objects.gueltig()
        termine = feld("termine").related_model.objects.kommend().filter(abgesagt=False)
        return self.filter(
            Q(pk__in=zeitfenster.filter(ort__in=orte).values("angebot"))
            | Q(pk__in=termine.filter(ort__in=orte).values("angebot"))
            | Q(pk__in=self.model.orte.through.objects.filter(ort__in=orte).values("angebot"))
        )

    def abgelaufen(self):
        """Visible ones whose pause is over, or whose times and dates have all run out."""
        zeitfenster = self._von("zeitfenster")
        kommt = Exists(self._von("termine").kommend().filter(abgesagt=False))
        pause = Q(status=Angebot.Status.PAUSIERT, pausiert_bis__lt=timezone.localdate())
        termine = Q(zeiten=Angebot.Zeiten.EINZELTERMINE) & ~kommt
        rhythmus = Q(zeiten=Angebot.Zeiten.REGELMAESSIG) & ~Exists(zeitfenster.gueltig())
        vorbei = termine | rhythmus & Exists(zeitfenster) & ~kommt
        return self.sichtbar().filter(pause | Q(status=Angebot.Status.VEROEFFENTLICHT) & vorbei)

    def nach_titel(self, *zuerst):
        """From A to Z as a German reads it; the databases would put „Ä“ behind „Z“."""
        titel = F("titel")
        for zeichen, ersatz in SORTIERT_WIE.items():
            titel = Replace(titel, Value(zeichen), Value(ersatz))
        return self.order_by(*zuerst, Lower(titel), "pk")


class Angebot(MitSlug, MitFassungen, Gepflegt):
    """An offer for families or professionals (Open Referral HSDS 3.0: service)."""

    RESERVIERT = frozenset(
        {
            "bestaetigen",
            "feed",
            "kalender",
            "merkliste",
            "programme",
            "uebergang",
            "vorschlagen",
        }
    )

    class Status(models.TextChoices):
        ENTWURF = "entwurf", "Entwurf"
        VEROEFFENTLICHT = "veroeffentlicht", "Veröffentlicht"
        PAUSIERT = "pausiert", "Pausiert"
        BEENDET = "beendet", "Beendet"

    SICHTBAR = (Status.VEROEFFENTLICHT, Status.PAUSIERT)

    class Kosten(models.TextChoices):
        KOSTENLOS = "kostenlos", "kostenlos"
        BETRAG = "betrag", "kostet etwas"
        EINKOMMENSABHAENGIG = "einkommensabhaengig", "je nach Einkommen"
        UNBEKANNT = "unbekannt", "unbekannt"

    class Zugang(models.TextChoices):
        OFFEN = "offen", "offen, ohne Anmeldung"
        ANMELDUNG = "anmeldung", "mit Anmeldung"
        UEBERWEISUNG = "ueberweisung", "mit Überweisung oder Vermittlung"

    class Zeiten(models.TextChoices):
        REGELMAESSIG = "regelmaessig", "regelmäßig"
        EINZELTERMINE = "einzeltermine", "einzelne Termine"
        NACH_VEREINBARUNG = "nach_vereinbarung", "nach Vereinbarung"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    titel = models.CharField(
        max_length=120, help_text="So, wie es vor Ort heißt, z. B. „Elterncafé Nordstadt“."
    )
    kurzbeschreibung = models.CharField(
        max_length=280, help_text="Zwei Sätze: Was bekommt man dort? Höchstens 280 Zeichen."
    )
    beschreibung = models.TextField(blank=True)
    einfache_sprache = models.TextField(
        "in Einfacher Sprache", blank=True, help_text="Kurze Sätze, ein Gedanke je Satz."
    )
    suchwoerter = models.CharField(
        "Suchwörter",
        max_length=400,
        blank=True,
        help_text="Wonach suchen Menschen, die hier richtig sind? Mit Komma getrennt, z. B. "
        "„Schulden, Mahnung, Brief vom Amt“. Die Wörter stehen nicht auf der Seite.",
    )
    status = models.CharField(max_length=20, choices=Status, default=Status.ENTWURF)
    pausiert_bis = models.DateField(null=True, blank=True)
    hinweis = models.CharField(
        "aktueller Hinweis",
        max_length=280,
        blank=True,
        help_text="Z. B. „Am 3. Mai fällt es aus.“",
    )
    hinweis_bis = models.DateField("Hinweis gilt bis", null=True, blank=True)
    kommune = models.ForeignKey(
        Kommune,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="angebote",
        help_text="Leer lassen, wenn das Angebot landesweit gilt.",
    )
    einrichtung = models.ForeignKey(
        Einrichtung, verbose_name="Träger", on_delete=models.PROTECT, related_name="angebote"
    )
    partner = models.ManyToManyField(
        Einrichtung, blank=True, related_name="angebote_als_partner"
    )
    programm = models.ForeignKey(
        Programm,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="angebote",
        help_text="Wenn das Angebot ein bekanntes Programm umsetzt, z. B. „Schatzsuche“.",
    )
    einzugsgebiet = models.CharField(
        max_length=200,
        blank=True,
        help_text="Für wen in welchem Gebiet, z. B. „Stadtteil Nordstadt“.",
    )
    lebensphasen = models.ManyToManyField(Lebensphase, blank=True, related_name="angebote")
    uebergaenge = models.ManyToManyField(
        Uebergang, verbose_name="Übergänge", blank=True, related_name="angebote"
    )
    handlungsfelder = models.ManyToManyField(Handlungsfeld, blank=True, related_name="angebote")
    zielgruppen = models.ManyToManyField(Zielgruppe, blank=True, related_name="angebote")
    leitdimensionen = models.ManyToManyField(
        Leitdimension,
        blank=True,
        related_name="angebote",
        limit_choices_to={"fuer_angebote": True},
    )
    alter_von = models.SmallIntegerField(
        "Alter von (Monate)",
        null=True,
        blank=True,
        help_text="3 Jahre sind 36 Monate. Leer: keine Grenze.",
    )
    alter_bis = models.SmallIntegerField("Alter bis (Monate)", null=True, blank=True)
    kosten = models.CharField(max_length=20, choices=Kosten, default=Kosten.UNBEKANNT)
    kosten_text = models.CharField("Genaueres zu den Kosten", max_length=280, blank=True)
    zugang = models.CharField(max_length=20, choices=Zugang, default=Zugang.OFFEN)
    zugang_text = models.CharField("So kommt man hinein", max_length=280, blank=True)
    sprachen = models.ManyToManyField(Sprache, blank=True, related_name="angebote")
    sprachmittlung = models.BooleanField("Sprachmittlung auf Anfrage", default=False)
    formate = models.ManyToManyField(Angebotsformat, blank=True, related_name="angebote")
    unterlagen = models.CharField("Was mitbringen?", max_length=280, blank=True)
    name_noetig = models.BooleanField(
        "Muss man den Namen nennen?",
        null=True,
        blank=True,
        help_text="„Unbekannt“, wenn Sie es nicht wissen.",
    )
    kinderbetreuung = models.BooleanField("Kinderbetreuung", null=True, blank=True)
    zeiten = models.CharField(max_length=20, choices=Zeiten, default=Zeiten.REGELMAESSIG)
    orte = models.ManyToManyField(
        Ort,
        blank=True,
        related_name="angebote",
        help_text="Nur für Angebote ohne feste Zeiten. Sonst steht der Ort an der Zeit "
        "oder am Termin.",
    )
    rhythmus_monate = models.PositiveSmallIntegerField(
        "Bestätigen alle",
        choices=RHYTHMEN,
        default=6,
    )
    website = models.URLField("Internetseite", blank=True)
    praxisbeispiel = models.BooleanField(
        "Praxisbeispiel",
        default=False,
        help_text="Erscheint auf dem Steckbrief als Beispiel für andere.",
    )
    geschichte = models.TextField("Wie es dazu kam", blank=True)
    danach = models.ManyToManyField(
        "self",
        verbose_name="Was kommt danach?",
        symmetrical=False,
        blank=True,
        related_name="davor",
    )
    erstellt_am = models.DateTimeField(auto_now_add=True)
    geaendert_am = models.DateTimeField("geändert am", auto_now=True)
    veroeffentlicht_am = models.DateTimeField(
        "veröffentlicht am", null=True, blank=True, editable=False
    )

    objects = AngebotQuerySet.as_manager()

    class Meta:
        verbose_name = "Angebot"
        verbose_name_plural = "Angebote"
        ordering = ["titel", "pk"]
        indexes = [models.Index(fields=["status", "kommune"], name="angebot_status_kommune")]
        constraints = [
            models.CheckConstraint(
                condition=Q(alter_von__isnull=True)
                | Q(alter_bis__isnull=True)
                | Q(alter_von__lte=F("alter_bis")),
                name="angebot_alter_steigt",
                violation_error_message="„Alter von“ muss kleiner sein als „Alter bis“.",
            ),
            models.CheckConstraint(
                condition=Q(hinweis="") | Q(hinweis_bis__isnull=False),
                name="angebot_hinweis_laeuft_ab",
                violation_error_message="Bitte geben Sie an, bis wann der Hinweis gilt.",
            ),
            models.CheckConstraint(
                condition=~Q(status="pausiert") | Q(pausiert_bis__isnull=False),
                name="angebot_pause_hat_ende",
                violation_error_message="Bitte geben Sie an, bis wann das Angebot pausiert.",
            ),
        ]

    def __str__(self) -> str:
        return self.titel

    def get_absolute_url(self) -> str:
        return reverse("angebot", args=[self.slug])

    def save(self, *args, **kwargs) -> None:
        if self.status == self.Status.VEROEFFENTLICHT and not self.veroeffentlicht_am:
            self.veroeffentlicht_am = timezone.now()
            if kwargs.get("update_fields") is not None:
                kwargs["update_fields"] = {*kwargs["update_fields"], "veroeffentlicht_am"}
        super().save(*args, **kwargs)

    @transaction.atomic
    def kopie(self) -> "Angebot":
        """A draft with the same words, vocabularies, contacts and weekly times."""
        kopie = Angebot.objects.get(pk=self.pk)
        kopie.pk = None
        kopie.uuid, kopie.slug = uuid.uuid4(), ""
        kopie.titel = f"Kopie von {self.titel}"[: self._meta.get_field("titel").max_length]
        kopie.status, kopie.veroeffentlicht_am = self.Status.ENTWURF, None
        kopie.hinweis, kopie.hinweis_bis, kopie.pausiert_bis = "", None, None
        kopie._state.adding = True
        kopie.save()
        for feld in self._meta.many_to_many:
            getattr(kopie, feld.name).set(getattr(self, feld.name).all())
        for teil in [*self.kontakte.all(), *self.zeitfenster.all()]:
            teil.pk, teil.angebot = None, kopie
            teil._state.adding = True
            teil.save()
        return kopie

    @property
    def ist_sichtbar(self) -> bool:
        """What `sichtbar()` says, of a row that is read already."""
        return self.status in self.SICHTBAR

    @property
    def aktueller_hinweis(self) -> str:
        """The short notice, as long as it holds."""
        gilt = self.hinweis_bis and self.hinweis_bis >= timezone.localdate()
        return self.hinweis if gilt else ""

    @property
    def pause_abgelaufen(self) -> bool:
        """The pause should be over, but nobody has said so yet."""
        return self.pausiert_bis is not None and self.pausiert_bis < timezone.localdate()

    @property
    def oeffentliche_kontakte(self) -> list:
        return [kontakt for kontakt in self.kontakte.all() if kontakt.ist_oeffentlich]

    @property
    def alter(self) -> str:
        return zeit.altersspanne(self.alter_von, self.alter_bis)

    @cached_property
    def aktuelle_orte(self) -> list[Ort]:
        """Where it happens from now on, every Ort once."""
        termine = self.termine.kommend().filter(abgesagt=False)
        return list(
            Ort.objects.filter(
                Q(pk__in=self.zeitfenster.gueltig().values("ort"))
                | Q(pk__in=termine.values("ort"))
                | Q(pk__in=self.orte.values("pk"))
            )
        )

    @property
    def wo(self) -> str:
        """The place in a word or two, for lists."""
        orte = self.aktuelle_orte
        if len(orte) > 1:
            wechselnd = self.zeiten == self.Zeiten.EINZELTERMINE
            return _("wechselnde Orte") if wechselnd else _("mehrere Orte")
        return orte[0].bezeichnung if orte else ""

    def barriere(self, merkmal: str) -> str:
        """ja, nein, unbekannt or je-nach-ort: what its Orte say about „stufenlos“ and others."""
        angaben = {getattr(ort, merkmal) for ort in self.aktuelle_orte}
        if len(angaben) > 1:
            return "je-nach-ort"
        return angaben.pop() if angaben else Ort.Angabe.UNBEKANNT

    @property
    def anzahl_sprachen(self) -> int:
        return len(self.sprachen.all())

    @property
    def stufenlos(self) -> str:
        return self.barriere("stufenlos")

    @property
    def barrierefreiheit(self) -> list[tuple[str, str]]:
        """Every feature with its answer; empty where nothing at all is known."""
        feld = Ort._meta.get_field
        antworten = [(feld(m).verbose_name, self.barriere(m)) for m in BARRIEREMERKMALE]
        bekannt = any(wert != Ort.Angabe.UNBEKANNT for _name, wert in antworten)
        return antworten if bekannt else []

    def nachbarn(self):
        """What comes before and after it in the Kette; `kommt_danach` tells which."""
        verbindung = Angebot.danach.through.objects
        danach = verbindung.filter(from_angebot=self).values("to_angebot")
        davor = verbindung.filter(to_angebot=self).values("from_angebot")
        return (
            Angebot.objects.sichtbar()
            .filter(Q(pk__in=danach) | Q(pk__in=davor))
            .annotate(kommt_danach=ExpressionWrapper(Q(pk__in=danach), models.BooleanField()))
        )
