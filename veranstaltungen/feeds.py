"""The Atom feed of Aktuelles."""

import datetime as dt

from django.contrib.syndication.views import Feed
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import gettext_lazy as _

from praeventionsketten.lib.adresse import absolut
from praeventionsketten.models import Landesprogramm

from .models import Bericht

EINTRAEGE = 20


class BerichtFeed(Feed):
    """The latest reports; every address from BASIS_URL, whatever host was asked."""

    feed_type = Atom1Feed
    language = "de"
    subtitle = _("Berichte von Veranstaltungen und Meldungen")

    def get_object(self, request) -> Landesprogramm | None:
        return Landesprogramm.objects.first()

    def title(self, programm: Landesprogramm | None) -> str:
        aktuelles = _("Aktuelles")
        return f"{programm.kurzname}: {aktuelles}" if programm else str(aktuelles)

    def author_name(self, programm: Landesprogramm | None) -> str:
        return programm.traeger if programm else "Portal"

    def link(self) -> str:
        return absolut(reverse("bericht_liste"))

    def feed_url(self) -> str:
        return absolut(reverse("bericht_feed"))

    def items(self):
        return Bericht.objects.sichtbar()[:EINTRAEGE]

    def item_title(self, bericht: Bericht) -> str:
        return bericht.titel

    def item_description(self, bericht: Bericht) -> str:
        # A summary is HTML in Django's Atom.
        return escape(bericht.teaser)

    def item_link(self, bericht: Bericht) -> str:
        return absolut(bericht.get_absolute_url())

    def item_pubdate(self, bericht: Bericht) -> dt.datetime:
        return timezone.make_aware(dt.datetime.combine(bericht.veroeffentlicht_am, dt.time()))

    def item_updateddate(self, bericht: Bericht) -> dt.datetime:
        return bericht.geaendert_am
