"""What the public writes to us: the forms, and the words of thanks."""

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from angebote.filters import AngebotFilter
from angebote.forms import HinweisForm, VorschlagForm
from angebote.models import Angebot
from kommunen.models import Kommune
from praeventionsketten.lib.formularseite import FORMULAR, formularstatus

WARTEN = "120"  # seconds
HOECHSTENS_AEHNLICHE = 5


@never_cache
@FORMULAR
def hinweis(request: HttpRequest, slug: str) -> HttpResponse:
    """Say that something about an Angebot is wrong."""
    angebot = _angebot(slug)
    daten = request.POST if request.method == "POST" else None
    form = HinweisForm(daten, angebot=angebot)
    if form.is_valid() and form.abgeben(request):
        return redirect("hinweis_danke", slug)
    context = {"angebot": angebot, "form": form, **_rahmen(angebot, _("Fehler melden"))}
    return _formular(request, "angebote/hinweis.html", form, context)


@require_safe
def hinweis_danke(request: HttpRequest, slug: str) -> HttpResponse:
    angebot = _angebot(slug)
    context = {"angebot": angebot, **_rahmen(angebot, _("Danke"))}
    return render(request, "angebote/hinweis_danke.html", context)


@never_cache
@FORMULAR
def vorschlagen(request: HttpRequest) -> HttpResponse:
    """Propose a new Angebot; what could be the same is shown once before it is stored."""
    daten = request.POST if request.method == "POST" else None
    form = VorschlagForm(daten, initial={"kommune": request.GET.get("kommune", "")})
    gefunden = []
    if form.is_valid():
        gefunden = [] if "neu" in request.POST else _aehnliche(**form.cleaned_data)
        if not gefunden and form.abgeben(request):
            return redirect("vorschlagen_danke")
    context = {"form": form, "gefunden": gefunden, **_pfad(_("Angebot vorschlagen"))}
    return _formular(request, "angebote/vorschlagen.html", form, context)


@require_safe
def vorschlagen_danke(request: HttpRequest) -> HttpResponse:
    return render(request, "angebote/vorschlagen_danke.html", _pfad(_("Danke")))


def _aehnliche(titel: str, kommune: Kommune | None, **_andere) -> list[Angebot]:
    """What the directory already has that could be meant."""
    frage = QueryDict(mutable=True)
    frage["q"] = titel
    if kommune:
        frage["kommune"] = kommune.slug
    gefunden = AngebotFilter(frage).ergebnis.seite(0, HOECHSTENS_AEHNLICHE)
    je_pk = Angebot.objects.sichtbar().select_related("kommune").in_bulk(gefunden)
    return [je_pk[pk] for pk in gefunden if pk in je_pk]


def _angebot(slug: str) -> Angebot:
    return get_object_or_404(Angebot.objects.mit_seite().select_related("kommune"), slug=slug)


def _rahmen(angebot: Angebot, hier: str) -> dict:
    return _pfad(hier, (angebot.titel, angebot.get_absolute_url()))


def _pfad(hier: str, *davor: tuple[str, str]) -> dict:
    pfad = [(_("Angebote"), reverse("angebot_liste")), *davor, (hier, None)]
    return {"bereich": "angebote", "pfad": pfad}


def _formular(request: HttpRequest, vorlage: str, form, context: dict) -> HttpResponse:
    status = 429 if form.zu_viel else formularstatus(form)
    response = render(request, vorlage, context, status=status)
    if form.zu_viel:
        response["Retry-After"] = WARTEN
    return response
