from django.db import models
from django.urls import reverse

from praeventionsketten.lib.adresse import absolut
from praeventionsketten.lib.rich_text import RichTextField
from praeventionsketten.lib.zeilen import paare

from .basis import Veroeffentlichbar
from .medien import Dokument
from .version import Veroeffentlichend

# The fixed pages header and footer link to, as soon as they are published.
FESTE_SEITEN = (
    "programm",
    "impressum",
    "datenschutz",
    "barrierefreiheit",
    "kontakt",
    "leichte-sprache",
)


class LandesprogrammQuerySet(models.QuerySet):
    def mit_seiten(self):
        """Adds which of the fixed pages exist, so that a page's frame costs one query."""
        sichtbar = Seite.objects.sichtbar()
        return self.annotate(
            **{
                f"hat_{slug}": models.Exists(sichtbar.filter(slug=slug))
                for slug in FESTE_SEITEN
            }
        )


class Landesprogramm(Veroeffentlichend):
    """The one record that names programme and operator; every page and mail reads it."""

    name = models.CharField(
        max_length=120, help_text="Z. B. „Landesprogramm Präventionsketten Hessen“."
    )
    kurzname = models.CharField(max_length=60, help_text="Steht oben auf jeder Seite.")
    langname = models.CharField("voller Name", max_length=200, blank=True)
    claim = models.CharField("Motto", max_length=120, blank=True)
    leitsatz = models.CharField(
        max_length=120, blank=True, help_text="Überschrift der Startseite."
    )
    einleitung = models.TextField(blank=True, help_text="Der Satz darunter.")
    land = models.CharField("Bundesland", max_length=60)
    traeger = models.CharField("Träger", max_length=200)
    stelle = models.CharField("zuständige Stelle", max_length=200)
    anschrift = models.TextField(blank=True)
    email = models.EmailField("E-Mail-Adresse")
    telefon = models.CharField(max_length=60, blank=True)
    foerderer = models.TextField("Förderer", blank=True, help_text="Je Zeile einer.")
    oft_gesucht = models.TextField(
        blank=True, help_text="Suchwörter auf der Startseite, je Zeile eines."
    )
    hilfenummern = models.TextField(
        blank=True,
        help_text="Stehen zuerst im Fuß jeder Seite. Je Zeile „Nummer | Name“, z. B. "
        "„116 111 | Nummer gegen Kummer für Kinder und Jugendliche“.",
    )
    vertraut_nach = models.PositiveSmallIntegerField(
        "Anbietern vertrauen nach",
        default=5,
        db_default=5,
        help_text="So viele angenommene Vorschläge, dann erscheinen ihre Texte ohne Prüfung. "
        "Mit 0 wird jeder Text geprüft.",
    )
    demo_hinweis = models.TextField(
        blank=True, help_text="Steht im Fuß jeder Seite, solange dies eine Beispielwelt ist."
    )

    objects = LandesprogrammQuerySet.as_manager()

    class Meta:
        verbose_name = "Landesprogramm"
        verbose_name_plural = "Landesprogramm"
        constraints = [
            models.CheckConstraint(condition=models.Q(pk=1), name="landesprogramm_nur_eines")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def foerderer_liste(self) -> list[str]:
        return self.foerderer.splitlines()

    @property
    def hilfenummern_liste(self) -> list[tuple[str, str]]:
        """Pairs of number and name."""
        return paare(self.hilfenummern)

    @property
    def seiten(self) -> set[str]:
        """Slugs of the fixed pages that are published; needs `mit_seiten()`."""
        return {slug for slug in FESTE_SEITEN if getattr(self, f"hat_{slug}", False)}

    @property
    def als_organisation(self) -> dict:
        """The operator as linked data (schema.org/Organization)."""
        daten = {
            "@type": "Organization",
            "name": self.stelle,
            "alternateName": self.name,
            "url": absolut("/"),
            "email": self.email,
            "telephone": self.telefon,
            "address": self.anschrift,
            "areaServed": self.land,
            "parentOrganization": {"@type": "Organization", "name": self.traeger},
        }
        return {name: wert for name, wert in daten.items() if wert}

    @property
    def oft_gesucht_liste(self) -> list[str]:
        return self.oft_gesucht.splitlines()


class Seite(Veroeffentlichbar):
    """A fixed page whose text the Redaktion edits; its address is set in urls.py."""

    class Sprache(models.TextChoices):
        DEUTSCH = "de", "Deutsch"
        LEICHT = "de-simple", "Leichte Sprache"

    slug = models.SlugField("Adresse", max_length=60, unique=True)
    titel = models.CharField(max_length=120)
    teaser = models.TextField(blank=True, help_text="Ein bis zwei Sätze unter der Überschrift.")
    text = RichTextField(blank=True)
    sprache = models.CharField(max_length=10, choices=Sprache, default=Sprache.DEUTSCH)
    stand = models.DateField(
        null=True, blank=True, help_text="Wann wurde der Inhalt zuletzt geprüft?"
    )

    class Meta:
        verbose_name = "Seite"
        verbose_name_plural = "Seiten"
        ordering = ["titel"]
        permissions = [("publish_seite", "Kann Seiten veröffentlichen")]

    def __str__(self) -> str:
        return self.titel

    def get_absolute_url(self) -> str:
        return reverse(self.slug)


class Seitendokument(Dokument):
    """A document offered on a fixed page."""

    seite = models.ForeignKey(Seite, on_delete=models.CASCADE, related_name="dokumente")

    class Meta(Dokument.Meta):
        verbose_name = "Dokument"
        verbose_name_plural = "Dokumente"


class Barrieremeldung(models.Model):
    """Somebody told us that something is not accessible (HVBIT § 4: feedback mechanism)."""

    schluessel = models.UUIDField(
        "Schlüssel",
        null=True,
        unique=True,
        editable=False,
        help_text="Ein Formular, eine Meldung.",
    )
    eingegangen_am = models.DateTimeField("eingegangen am", auto_now_add=True)
    seite = models.CharField("betroffene Seite", max_length=500, blank=True)
    text = models.TextField("Was ist das Problem?")
    name = models.CharField(max_length=120, blank=True)
    email = models.EmailField("E-Mail-Adresse", blank=True)
    erledigt = models.BooleanField(default=False)
    notiz = models.TextField("interne Notiz", blank=True)

    class Meta:
        verbose_name = "Barrieremeldung"
        verbose_name_plural = "Barrieremeldungen"
        ordering = ["erledigt", "-eingegangen_am"]

    def __str__(self) -> str:
        return f"Meldung vom {self.eingegangen_am:%d.%m.%Y}"
