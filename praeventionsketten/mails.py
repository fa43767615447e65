"""The mails of the roof, one function per occasion."""

from django.urls import reverse
from django.utils import timezone

from praeventionsketten import post
from praeventionsketten.lib.adresse import absolut
from praeventionsketten.models import Barrieremeldung, Landesprogramm

POST = "post"  # what the outbox says about itself


def barriere_gemeldet(meldung: Barrieremeldung) -> None:
    """Tell the programme office; without an address of it the row alone has to do."""
    programm = Landesprogramm.objects.first()
    if programm is None:
        return
    post.schreiben(
        f"barrieremeldung-{meldung.pk}",
        an=programm.email,
        vorlage="barriere_gemeldet",
        meldung=meldung,
        verwaltung=absolut("/verwaltung/"),
    )


def nicht_zugestellt(anzahl: int) -> None:
    """Tell the programme office of dead letters, once a day, without naming anybody."""
    programm = Landesprogramm.objects.first()
    if programm is None:
        return
    post.schreiben(
        f"post-nicht-zugestellt:{timezone.localdate()}",
        bezug=POST,
        an=programm.email,
        vorlage="post_nicht_zugestellt",
        anzahl=anzahl,
        verwaltung=absolut(reverse("admin:index")),
    )
