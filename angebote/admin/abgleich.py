"""Rounds in which a meeting says of many Angebote whether they are true, one key each."""

from itertools import groupby

from django.contrib import admin, messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from angebote.beziehungen import ORTE, TERMINE, ZEITEN, lade
from angebote.models import Abgleich, Abgleichrunde, zusammengefasst
from angebote.models.abgleich import Posten
from praeventionsketten.lib import tabelle, zeit
from praeventionsketten.verwaltung import MitSeiten, PortalAdmin, seite
from praeventionsketten.verwaltung.herunterladen import als_datei

from .pflege import INZWISCHEN, gesehene_nummer

NOTIZ_HOECHSTENS = 1000
KOPF = ("Träger", "Angebot", "Ergebnis", "Zuletzt bestätigt", "Was zu ändern ist")


@admin.register(Abgleichrunde)
class AbgleichrundeAdmin(MitSeiten, PortalAdmin):
    kommune_pfad = "kommune"
    verweise = {"runde": "Runde", "ergebnis": "Ergebnis für das Protokoll"}
    list_display = ["name", "datum", "kommune"]
    list_filter = ["kommune"]
    list_select_related = ["kommune"]
    search_fields = ["name"]
    fields = ["kommune", "name", "datum", "alle"]

    def response_add(self, request, obj, post_url_continue=None):
        """Whoever opens a round wants to begin."""
        return self.zur_seite("runde", obj)

    # -------------------------------------------------------------- pages

    @seite("runde/")
    def runde(self, request, runde):
        """All of it as a list, by Träger, and the way to the first that is open."""
        posten = runde.posten()
        return self.zeige(
            request,
            runde,
            "angebote/abgleich/runde.html",
            title=str(runde),
            gruppen=_je_traeger(posten),
            erster=_naechster(posten),
            **_zahlen(posten),
        )

    @seite("angebot/<int:angebot>/")
    def angebot(self, request, runde, angebot: int):
        """One Angebot, large enough for the last row of the room."""
        posten = runde.posten()
        stelle = next((n for n, p in enumerate(posten) if p.angebot.pk == angebot), None)
        if stelle is None:
            return self._nicht_mehr(request, runde, angebot)
        if request.method == "POST":
            return self._antwort(request, runde, posten[stelle].angebot)
        hier = posten[stelle].angebot
        lade([hier], "kontakte", ORTE, ZEITEN, TERMINE)
        return self.zeige(
            request,
            runde,
            "angebote/abgleich/angebot.html",
            title=hier.titel,
            posten=posten[stelle],
            angebot=hier,
            zeiten=zusammengefasst(hier.aktuelle_zeiten),
            stelle=stelle + 1,
            weiter=_naechster(posten, nach=stelle),
            **_zahlen(posten),
        )

    @seite("rueckgaengig/")
    def rueckgaengig(self, request, runde):
        if request.method != "POST":
            return self.zur_seite("runde", runde)
        angebot = runde.rueckgaengig(request.user)
        if angebot is None:
            self.message_user(
                request, "Von Ihnen ist in dieser Runde noch keine Antwort.", messages.WARNING
            )
            return self.zur_seite("runde", runde)
        self.message_user(request, f"Zurückgenommen: „{angebot}“.", messages.SUCCESS)
        return self.zur_seite("angebot", runde, angebot.pk)

    @seite("ergebnis/", "view")
    def ergebnis(self, request, runde):
        """For the minutes: to print, or as a file. It names no persons."""
        posten = runde.posten()
        liste = tabelle.Tabelle(f"Ergebnis: {runde}", KOPF, [_zeile(p) for p in posten])
        if datei := als_datei(liste, request.GET.get("als")):
            return datei
        return self.zeige(
            request,
            runde,
            "angebote/abgleich/ergebnis.html",
            title=liste.titel,
            tabelle=liste,
            jetzt=timezone.now(),
            **_zahlen(posten),
        )

    # -------------------------------------------------------------- acts

    def _nicht_mehr(self, request, runde, angebot: int) -> HttpResponse:
        """Somebody confirmed it elsewhere while the room was talking."""
        angebot = get_object_or_404(runde.angebote, pk=angebot)
        text = f"„{angebot}“ ist inzwischen bestätigt und steht nicht mehr an."
        self.message_user(request, text, messages.INFO)
        return self.zur_seite("runde", runde)

    def _antwort(self, request, runde, angebot) -> HttpResponse:
        """What the room says, and on to the next."""
        match request.POST.get("antwort"):
            case "stimmt":
                neu = runde.stimmt(angebot, gesehene_nummer(request), request.user)
            case "korrektur":
                notiz = request.POST.get("notiz", "").replace("\0", "").strip()
                neu = runde.korrektur(angebot, request.user, notiz[:NOTIZ_HOECHSTENS])
            case _:
                raise Http404
        if neu is None:
            self.message_user(request, INZWISCHEN.format(angebot), messages.WARNING)
            return self.zur_seite("angebot", runde, angebot.pk)
        if not neu:
            text = f"Zu „{angebot}“ hat in dieser Runde schon jemand geantwortet."
            self.message_user(request, text, messages.WARNING)
        if request.POST.get("liste"):
            return self.zur_seite("runde", runde)
        posten = runde.posten()
        stelle = next((n for n, p in enumerate(posten) if p.angebot == angebot), 0)
        weiter = _naechster(posten, nach=stelle)
        if weiter is None:
            self.message_user(request, "Alles besprochen. Danke!", messages.SUCCESS)
            return self.zur_seite("ergebnis", runde)
        return self.zur_seite("angebot", runde, weiter.pk)


def _naechster(posten: list[Posten], nach: int = -1):
    """The next Angebot nobody has answered, from the beginning again at the end."""
    offene = [(n, p.angebot) for n, p in enumerate(posten) if p.abgleich is None and n != nach]
    danach = [angebot for n, angebot in offene if n > nach]
    return next(iter(danach), None) or next((angebot for _n, angebot in offene), None)


def _je_traeger(posten: list[Posten]) -> list[tuple]:
    gruppen = groupby(posten, key=lambda p: p.angebot.einrichtung)
    return [(einrichtung, list(gruppe)) for einrichtung, gruppe in gruppen]


def _zahlen(posten: list[Posten]) -> dict[str, int]:
    antworten = [p.abgleich.antwort if p.abgleich else "" for p in posten]
    return {
        "anzahl": len(posten),
        "offen": antworten.count(""),
        "stimmen": antworten.count(Abgleich.Antwort.STIMMT),
        "korrekturen": antworten.count(Abgleich.Antwort.KORREKTUR),
    }


def _zeile(posten: Posten) -> tuple[str, ...]:
    angebot, abgleich = posten
    return (
        angebot.einrichtung.name,
        angebot.titel,
        abgleich.get_antwort_display() if abgleich else "nicht besprochen",
        zeit.tag(angebot.bestaetigt_am) if angebot.bestaetigt_am else "noch nie",
        abgleich.hinweis.text if abgleich and abgleich.hinweis else "",
    )
