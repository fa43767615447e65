"""What search engines should know of, with addresses from the configuration."""

from functools import cached_property

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from angebote.models import Angebot, Programm
from kommunen.models import Kommune, Uebergang
from praeventionsketten.models import Seite
from praeventionsketten.models.programm import FESTE_SEITEN
from veranstaltungen.models import Bericht, Veranstaltung

LISTEN = (
    "start",
    "angebot_liste",
    "programm_liste",
    "kommune_liste",
    "veranstaltung_liste",
    "bericht_liste",
)


class Portal(Sitemap):
    """Every public page with the day of its last change."""

    def get_protocol(self, protocol=None) -> str:
        return settings.BASIS_URL.partition("://")[0]

    def get_domain(self, site=None) -> str:
        return settings.BASIS_URL.partition("://")[2]

    def items(self) -> list[tuple]:
        return self._eintraege

    def location(self, eintrag: tuple) -> str:
        return eintrag[0]

    def lastmod(self, eintrag: tuple):
        return eintrag[1]

    @cached_property
    def _eintraege(self) -> list[tuple]:
        objekte = [
            *Kommune.objects.sichtbar(),
            *Angebot.objects.sichtbar().gesichert().only("slug", "geaendert_am"),
            *Programm.objects.sichtbar().only("slug", "geaendert_am"),
            *Veranstaltung.objects.sichtbar().only("slug", "geaendert_am"),
            *Bericht.objects.sichtbar().only("slug", "geaendert_am"),
            *Seite.objects.sichtbar()
            .filter(slug__in=FESTE_SEITEN)
            .only("slug", "geaendert_am"),
        ]
        zeilen = [(objekt.get_absolute_url(), objekt.geaendert_am) for objekt in objekte]
        letzte = max((geaendert for _, geaendert in zeilen), default=None)
        uebergaenge = Uebergang.objects.values_list("code", flat=True)
        adressen = [reverse(name) for name in LISTEN]
        adressen += [reverse("uebergang", args=[code]) for code in uebergaenge]
        return [(adresse, letzte) for adresse in adressen] + zeilen
