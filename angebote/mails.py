"""One function per occasion; each writes a row of the outbox inside the caller's change."""

from collections.abc import Sequence

from django.urls import reverse

from praeventionsketten import post
from praeventionsketten.lib.adresse import absolut
from praeventionsketten.models import Konto, Landesprogramm

from .arbeitsvorrat import Aufgabe
from .models import Angebot, Hinweis, Kontakt, Pflegelink, Sofortmeldung, Vorschlag

ZEILEN = 10  # of the list of work in a mail; the rest waits in the admin


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


# ------------------------------------------------------------------ to people outside


def hinweis_erledigt(hinweis: Hinweis) -> None:
    """What became of a report, if somebody wants to know; advertising gets no answer."""
    if not hinweis.absender_email or hinweis.ergebnis == Hinweis.Ergebnis.WERBUNG:
        return
    post.schreiben(
        f"hinweis-{hinweis.pk}:erledigt",
        bezug=f"hinweis-{hinweis.pk}",
        an=hinweis.absender_email,
        vorlage="hinweis_erledigt",
        hinweis=hinweis,
        berichtigt=hinweis.ergebnis == Hinweis.Ergebnis.BERICHTIGT,
        # Who keeps an entry stays with it: no end is promised.
        anbieter=Kontakt.objects.pflege().filter(email__iexact=hinweis.absender_email).exists(),
        adresse=absolut(hinweis.angebot.get_absolute_url()),
    )


def vorschlag_entschieden(vorschlag: Vorschlag, *, neu: bool) -> None:
    """What became of a proposal, if somebody wants to know.

    A provider's address stays as long as an Angebot names it, so no end is promised.
    """
    if not vorschlag.absender_email:
        return
    angenommen = vorschlag.status == Vorschlag.Status.ANGENOMMEN
    titel = vorschlag.titel if neu else vorschlag.angebot.titel
    post.schreiben(
        f"vorschlag-{vorschlag.pk}:entschieden",
        bezug=f"vorschlag-{vorschlag.pk}",
        an=vorschlag.absender_email,
        vorlage="vorschlag_entschieden",
        # Words nobody took over go to no address their sender typed.
        titel="" if neu and not angenommen else titel,
        neu=neu,
        angenommen=angenommen,
        antwort=vorschlag.antwort,
        anbieter=vorschlag.herkunft == Vorschlag.Herkunft.ANBIETER,
        adresse=absolut(reverse("angebot_liste")),
    )


# ------------------------------------------------------------------ to coordinators


def arbeitsvorrat(konto: Konto, woche: str, aufgaben: Sequence[Aufgabe]) -> None:
    """What waits this week, the most harmful first; once a week, whoever asks again."""
    post.schreiben(
        f"arbeitsvorrat-{konto.pk}:{woche}",
        bezug=f"arbeitsvorrat-{konto.pk}",
        an=konto.email,
        vorlage="arbeitsvorrat",
        aufgaben=aufgaben[:ZEILEN],
        anzahl=len(aufgaben),
        weitere=max(0, len(aufgaben) - ZEILEN),
        verwaltung=absolut(reverse("admin:index")),
    )
