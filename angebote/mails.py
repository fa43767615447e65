"""One function per occasion; each writes a row of the outbox inside the caller's change."""

from collections.abc import Sequence

from django.urls import reverse

from praeventionsketten import post
from praeventionsketten.lib.adresse import absolut
from praeventionsketten.models import Konto, Landesprogramm

from .models import Angebot, Pflegelink, Sofortmeldung


def stimmt_das_noch(
    link: Pflegelink, zeichen: str, angebote: Sequence[Angebot], *, erste: bool
) -> None:
    """All that is due of one person; the first one says why she gets it."""
    _an_den_anbieter(link, zeichen, "pflege_stimmt_das_noch", angebote=angebote, erste=erste)


def uebernehmen(link: Pflegelink, zeichen: str, angebote: Sequence[Angebot]) -> None:
    """Somebody was named as the new one to ask; nothing changes unless she agrees."""
    _an_den_anbieter(link, zeichen, "pflege_uebernehmen", angebote=angebote)


def _an_den_anbieter(link: Pflegelink, zeichen: str, vorlage: str, **kontext) -> None:
    post.schreiben(
        link.bezug,
        an=link.adresse.email,
        vorlage=vorlage,
        bezug=link.bezug,
        # Whoever reads the outbox later must not be able to answer for her.
        vertraulich=True,
        adresse=absolut(reverse("pflege_link", args=[zeichen])),
        datenschutz=absolut(reverse("datenschutz")),
        gilt_bis=link.gilt_bis,
        **kontext,
    )


def sofort_gemeldet(meldung: Sofortmeldung, *, zurueck: bool = False) -> None:
    """Those who look after the Kommune learn what a provider has put on its page."""
    angebot = meldung.angebot
    for email in zustaendige(angebot):
        anlass = "zurueckgenommen" if zurueck else "gemeldet"
        post.schreiben(
            f"sofortmeldung-{meldung.pk}:{anlass}:{email}"[:200],
            an=email,
            vorlage="pflege_sofort_gemeldet",
            bezug=f"sofortmeldung-{meldung.pk}",
            meldung=meldung,
            zurueck=zurueck,
            angebot=angebot,
            seite=absolut(angebot.get_absolute_url()),
            verwaltung=absolut(reverse("admin:angebote_angebot_change", args=[angebot.pk])),
        )


def zustaendige(angebot: Angebot) -> list[str]:
    """The addresses of those who work for its Kommune; the programme where nobody does."""
    konten = Konto.objects.none()
    if angebot.kommune_id:
        gueltige = angebot.kommune.zustaendigkeiten.gueltig()
        konten = Konto.objects.filter(pk__in=gueltige.values("konto"), is_active=True)
    programm = Landesprogramm.objects.values_list("email", flat=True)
    return [*konten.values_list("email", flat=True)] or [*programm]
