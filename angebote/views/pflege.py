"""Behind the link of a mail: a person says whether her Angebote are still true.

GET shows and changes nothing, whoever opens the link; every answer is a POST.
"""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from angebote.models import Pflegelink
from angebote.pflege import antwort, sofort, uebergabe
from angebote.pflege.antwort import Frage
from angebote.pflege.formulare import WeitergabeForm, formulare
from praeventionsketten.eigenseite import merken, verschwiegen
from praeventionsketten.lib.formularseite import FORMULAR, formularstatus
from praeventionsketten.lib.zahl import ganze_zahl

KEKS = "pflege"
SEKUNDEN = 2 * 60 * 60


@never_cache
@require_safe
def pflege_link(request: HttpRequest, zeichen: str) -> HttpResponse:
    """The link of the mail: takes the token out of the address and changes nothing."""
    link = Pflegelink.objects.finde(zeichen)
    if link is None:
        return _gilt_nicht(request)
    response = redirect("pflege", link.kennung)
    merken(response, KEKS, zeichen, pfad=_adresse(link), sekunden=SEKUNDEN)
    return verschwiegen(response, "no-referrer")


def mit_link(view: Callable) -> Callable:
    """Gives the view the link that was opened in this browser; else there is no page."""

    @wraps(view)
    def geprueft(request: HttpRequest, kennung: UUID, **kwargs) -> HttpResponse:
        link = Pflegelink.objects.finde(request.COOKIES.get(KEKS, ""))
        if link is None or link.kennung != kennung:
            return _gilt_nicht(request)
        try:
            antwort_ = view(request, link, **kwargs)
        except antwort.GiltNicht:
            return _gilt_nicht(request)
        except antwort.ZuOft:
            return _zu_oft(request)
        # Not "no-referrer": with it browsers hide the Origin that the CSRF check asks for.
        return verschwiegen(antwort_, "same-origin")

    return never_cache(geprueft)


@FORMULAR
@mit_link
def pflege(request: HttpRequest, link: Pflegelink) -> HttpResponse:
    """All that was asked for, to be confirmed with one press."""
    if link.von_id:
        return _uebernahme(request, link)
    if request.method != "POST":
        return _zeige(request, link)
    gesehen = _gesehen(request)
    if not gesehen:
        return _zeige(request, link, nichts_gewaehlt=True)
    ergebnis = antwort.bestaetigen(link, gesehen)
    if ergebnis.bestaetigt:
        n = len(ergebnis.bestaetigt)
        danke = ngettext(
            "Danke! Der Eintrag ist bestätigt.",
            "Danke! %(n)s Einträge sind bestätigt.",
            n,
        )
        messages.success(request, danke % {"n": n})
    for angebot in ergebnis.geaendert:
        text = _("„%(titel)s“ wurde gerade geändert. Bitte sehen Sie noch einmal darauf.")
        messages.warning(request, text % {"titel": angebot.titel})
    return redirect("pflege", link.kennung)


def _gesehen(request: HttpRequest) -> dict[int, int]:
    """Which entries are confirmed, and the number of what was shown of each."""
    gewaehlt = set(request.POST.getlist("angebot"))
    gesehen = {}
    for name, wert in request.POST.items():
        vorne, _strich, pk = name.partition("stand_")
        nummer, stand = ganze_zahl(pk), ganze_zahl(wert)
        if vorne or nummer is None or stand is None:
            continue
        if "alle" in request.POST or pk in gewaehlt:
            gesehen[nummer] = stand
    return gesehen


@FORMULAR
@mit_link
def pflege_angebot(request: HttpRequest, link: Pflegelink, eintrag: UUID) -> HttpResponse:
    """One Angebot: bad news stands on its page at once, new words wait."""
    [frage] = _fragen(link, nur=eintrag)
    if link.von_id or not frage.sichtbar_beim_anbieter:
        raise antwort.GiltNicht
    aktion = request.POST.get("aktion", "")
    alle = formulare(frage, aktion, request.POST)
    if request.method == "POST" and aktion == "zuruecknehmen":
        return _zuruecknehmen(request, link, frage)
    form = alle.get(aktion)
    if request.method == "POST" and form and frage.oeffentlich and form.is_valid():
        _danke(request, aktion, form.melden(link))
        return redirect("pflege_angebot", link.kennung, eintrag)
    return _zeige_angebot(request, link, frage, alle, aktion)


def _danke(request: HttpRequest, aktion: str, ergebnis) -> None:
    if aktion != "texte":
        text = _("Danke! Auf der Seite steht jetzt: %(text)s") % {"text": ergebnis.text}
    elif ergebnis and ergebnis.entschieden_am:
        text = _("Danke! Ihre Änderung steht schon auf der Seite.")
    else:
        text = _("Danke! Die Koordination sieht sich Ihre Änderung an und übernimmt sie.")
    messages.success(request, text)


def _zuruecknehmen(request: HttpRequest, link: Pflegelink, frage: Frage) -> HttpResponse:
    nummer = ganze_zahl(request.POST.get("meldung", ""))
    meldungen = _eigene_meldungen(link, frage)
    meldung = meldungen.filter(pk=nummer).first()
    if meldung is not None:
        try:
            sofort.zuruecknehmen(meldung)
        except sofort.Ueberholt:
            text = _("Das hat inzwischen jemand anderes geändert. Bitte fragen Sie uns.")
            messages.warning(request, text)
        else:
            messages.success(request, _("Zurückgenommen. Alles ist wieder wie vorher."))
    return redirect("pflege_angebot", link.kennung, frage.angebot.uuid)


@FORMULAR
@mit_link
def pflege_weitergeben(request: HttpRequest, link: Pflegelink) -> HttpResponse:
    """„Nicht mehr zuständig“: the link ends, somebody else is asked."""
    form = WeitergabeForm(request.POST or None)
    if request.method == "POST" and not link.von_id and form.is_valid():
        uebergabe.abgeben(link, form.cleaned_data["email"])
        return _fertig(request, link, "weitergegeben")
    context = _rahmen(link, _("Nicht mehr zuständig")) | {
        "form": form,
        "fragen": _fragen(link),
    }
    vorlage = "angebote/pflege/weitergeben.html"
    return render(request, vorlage, context, status=formularstatus(form))


def _uebernahme(request: HttpRequest, link: Pflegelink) -> HttpResponse:
    """Somebody named this address: does she agree?"""
    if request.method == "POST" and request.POST.get("aktion") == "ja":
        uebergabe.annehmen(link)
        text = _("Danke! Ab jetzt fragen wir Sie. Stimmt alles, was hier steht?")
        messages.success(request, text)
        return redirect("pflege", link.kennung)
    if request.method == "POST" and request.POST.get("aktion") == "nein":
        uebergabe.ablehnen(link)
        return _fertig(request, link, "abgelehnt")
    context = _rahmen(link, _("Sind Sie jetzt zuständig?")) | {"fragen": _fragen(link)}
    return render(request, "angebote/pflege/uebernehmen.html", context)


def _fertig(request: HttpRequest, link: Pflegelink, was: str) -> HttpResponse:
    """The last page of a link that opens nothing any more."""
    context = _rahmen(link, _("Danke")) | {"was": was}
    response = render(request, "angebote/pflege/fertig.html", context)
    response.delete_cookie(KEKS, path=_adresse(link), samesite="Lax")
    return response


def _zeige(
    request: HttpRequest, link: Pflegelink, *, nichts_gewaehlt: bool = False
) -> HttpResponse:
    fragen = _fragen(link)
    context = {
        "offene": [frage for frage in fragen if frage.offen],
        "erledigte": [frage for frage in fragen if not frage.offen],
        "nichts_gewaehlt": nichts_gewaehlt,
        **_rahmen(link, _("Stimmt das noch?")),
    }
    status = 422 if nichts_gewaehlt else 200
    return render(request, "angebote/pflege/seite.html", context, status=status)


def _zeige_angebot(request, link, frage, alle, aktion) -> HttpResponse:
    context = {
        "frage": frage,
        "formulare": alle,
        "aktion": aktion,
        "form": alle.get(aktion),
        "meldungen": _eigene_meldungen(link, frage),
        "vorschlag": frage.angebot.vorschlaege.offen()
        .filter(absender_email__iexact=link.adresse.email)
        .first(),
        **_rahmen(link, _("Etwas ist anders")),
    }
    status = formularstatus(context["form"])
    return render(request, "angebote/pflege/angebot.html", context, status=status)


def _eigene_meldungen(link: Pflegelink, frage: Frage) -> QuerySet:
    """Bad news from the same address, by whichever of its links."""
    return frage.angebot.sofortmeldungen.gueltig().filter(link__adresse=link.adresse)


def _fragen(link: Pflegelink, **welche) -> list[Frage]:
    """What the link opens; it is no good if that is nothing."""
    fragen = antwort.fragen(link, **welche)
    if not fragen:
        raise antwort.GiltNicht
    return fragen


def _rahmen(link: Pflegelink, hier: str) -> dict:
    pfad = [(_("Angebote"), reverse("angebot_liste")), (hier, None)]
    return {"bereich": "angebote", "pfad": pfad, "link": link, "zurueck": _adresse(link)}


def _adresse(link: Pflegelink) -> str:
    return reverse("pflege", args=[link.kennung])


def _gilt_nicht(request: HttpRequest) -> HttpResponse:
    """One answer for unknown, expired, withdrawn and forged links."""
    response = render(request, "angebote/pflege/unbekannt.html", status=404)
    return verschwiegen(response, "no-referrer")


def _zu_oft(request: HttpRequest) -> HttpResponse:
    response = render(request, "angebote/pflege/zu_oft.html", status=429)
    response["Retry-After"] = "3600"
    return verschwiegen(response, "same-origin")
