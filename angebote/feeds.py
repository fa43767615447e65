"""The Atom feed of new Angebote, of all or of one Kommune."""

import datetime as dt

from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import gettext_lazy as _

from kommunen.models import Kommune
from praeventionsketten.lib.adresse import absolut
from praeventionsketten.models import Landesprogramm

from .models import Angebot

EINTRAEGE = 30


class AngebotFeed(Feed):
    """What was published last; every address from BASIS_URL, whatever host was asked."""

    feed_type = Atom1Feed
    language = "de"
    subtitle = _("Was in der letzten Zeit dazugekommen ist")

    def get_object(self, request: HttpRequest) -> Kommune | None:
        slug = request.GET.get("kommune", "")
        if not slug:
            return None
        # A reader of feeds cannot be told that we left something out.
        kommune = Kommune.objects.sichtbar().filter(slug=slug).first()
        if kommune is None:
            raise Http404("no such Kommune")
        return kommune

    def title(self, kommune: Kommune | None) -> str:
        neue = _("Neue Angebote")
        return f"{neue}: {kommune.kurzname}" if kommune else str(neue)

    def author_name(self) -> str:
        programm = Landesprogramm.objects.first()
        return programm.traeger if programm else "Portal"

    def link(self, kommune: Kommune | None) -> str:
        return absolut(_mit_kommune("angebot_liste", kommune))

    def feed_url(self, kommune: Kommune | None) -> str:
        return absolut(_mit_kommune("angebot_feed", kommune))

    def feed_guid(self, kommune: Kommune | None) -> str:
        return self.feed_url(kommune)

    def items(self, kommune: Kommune | None):
        alle = Angebot.objects.sichtbar().filter(veroeffentlicht_am__isnull=False)
        if kommune is not None:
            alle = alle.filter(kommune=kommune)
        return alle.select_related("kommune").order_by("-veroeffentlicht_am", "-pk")[:EINTRAEGE]

    def item_guid(self, angebot: Angebot) -> str:
        return angebot.uuid.urn

    def item_title(self, angebot: Angebot) -> str:
        gebiet = angebot.kommune.kurzname if angebot.kommune else _("landesweit")
        return f"{angebot.titel} ({gebiet})"

    def item_description(self, angebot: Angebot) -> str:
        # A summary is HTML in Django's Atom.
        return escape(angebot.kurzbeschreibung)

    def item_link(self, angebot: Angebot) -> str:
        return absolut(angebot.get_absolute_url())

    def item_pubdate(self, angebot: Angebot) -> dt.datetime:
        return angebot.veroeffentlicht_am

    def item_updateddate(self, angebot: Angebot) -> dt.datetime:
        return max(angebot.geaendert_am, angebot.veroeffentlicht_am)


def _mit_kommune(name: str, kommune: Kommune | None) -> str:
    return f"{reverse(name)}?kommune={kommune.slug}" if kommune else reverse(name)
