"""An Angebot that was confirmed so long ago, and a browser that opened its link."""

import datetime as dt
import hashlib

from dateutil.relativedelta import relativedelta
from django.apps import apps
from django.core import serializers
from django.test import Client
from django.utils import timezone

from angebote.models import Angebot, Bestaetigung, Pflegelink
from tests.factories import make_angebot, make_bestaetigung, make_pflegekontakt

EMAIL = "team@kita.example"


def vor_ablauf(tage: int, rhythmus: int = 6) -> dt.datetime:
    """When it was confirmed, if that runs out in so many days."""
    tag = timezone.localdate() + dt.timedelta(days=tage) - relativedelta(months=rhythmus)
    return timezone.make_aware(dt.datetime.combine(tag, dt.time(12)))


def make_faelliges(*, tage: int = 10, email: str = EMAIL, **fields) -> Angebot:
    """Its confirmation runs out in so many days; with a Pflegekontakt, unless email is ""."""
    angebot = make_angebot(**fields)
    # Last before it was published, so that it is the only word on how fresh it is.
    Angebot.objects.filter(pk=angebot.pk).update(veroeffentlicht_am=vor_ablauf(tage))
    angebot.refresh_from_db()
    make_bestaetigung(angebot, wann=vor_ablauf(tage, angebot.rhythmus_monate))
    if email:
        make_pflegekontakt(angebot, email)
    return angebot


def geoeffnet(zeichen: str, **angaben) -> tuple[Client, str]:
    """A browser in which the link of the mail was opened, and where it led."""
    client = Client(**angaben)
    antwort = client.get(f"/angebote/bestaetigen/{zeichen}/")
    return client, antwort.get("Location", "")


def vor_tagen(link: Pflegelink, tage: int) -> None:
    """The link as if its mail had gone out so many days ago."""
    Pflegelink.objects.filter(pk=link.pk).update(
        erstellt_am=timezone.now() - dt.timedelta(days=tage),
        gilt_bis=timezone.now() + dt.timedelta(days=60 - tage),
    )


def ueber_link(angebot: Angebot) -> int:
    """How often it was confirmed by link."""
    return angebot.bestaetigungen.filter(wie=Bestaetigung.Wie.ANBIETER_LINK).count()


def ganze_datenbank() -> str:
    """A fingerprint of every row of every table."""
    summe = hashlib.sha256()
    for model in sorted(apps.get_models(), key=lambda model: model._meta.label):
        if model._meta.managed and not model._meta.proxy:
            zeilen = model._base_manager.order_by("pk")
            summe.update(serializers.serialize("json", zeilen).encode())
    return summe.hexdigest()
