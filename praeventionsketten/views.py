from datetime import timedelta
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from angebote.models import Angebot
from kommunen.karte import karte
from kommunen.kette import kette
from kommunen.models import Kachel, Kommune, Leitdimension
from praeventionsketten.forms import BarriereForm
from praeventionsketten.lib import fristen
from praeventionsketten.lib.adresse import absolut
from praeventionsketten.lib.eingabe import lesbar
from praeventionsketten.lib.formularseite import FORMULAR, formularstatus
from praeventionsketten.lib.suche import woerter
from praeventionsketten.models import Landesprogramm, Seite
from praeventionsketten.suche import ARTEN, durchsuche, gelockert, waehle
from praeventionsketten.vorschau import hole_oder_vorschau
from veranstaltungen.models import Bericht, Veranstaltung


@require_safe
def start(request):
    kommunen = list(Kommune.objects.sichtbar().im_programm())
    termine = Veranstaltung.objects.sichtbar().kommend().mit_haus()
    context = {
        "bereich": "start",
        "kommunen": kommunen,
        "karte": karte(Kachel.objects.all(), kommunen),
        "glieder": kette(Angebot.objects.sichtbar().gesichert()),
        "termine": termine[:3],
        "berichte": Bericht.objects.sichtbar()[:4],
        "leitdimensionen": Leitdimension.objects.filter(fuer_angebote=True),
    }
    return render(request, "portal/start.html", context)


@require_safe
def seite(request, slug: str):
    alle = Seite.objects.all()
    seite, vorschau = hole_oder_vorschau(request, alle.sichtbar(), alle, slug=slug)
    leicht = seite.sprache == Seite.Sprache.LEICHT
    context = {
        "bereich": slug,
        "pfad": [(_("Leichte Sprache") if leicht else seite.titel, None)],
        "vorschau": vorschau,
        "seite": seite,
        "leicht": leicht,
        "dokumente": seite.dokumente.all(),
        "fristen": fristen.nach_thema() if slug == "datenschutz" else None,
    }
    return render(request, "portal/seite.html", context)


@require_safe
def suche(request):
    eingabe = lesbar(request.GET.get("q", ""))
    worte = woerter(eingabe)
    text = " ".join(worte)
    werk, gruppen = durchsuche(text)
    art = request.GET.get("art", "")
    gewaehlt = waehle(gruppen, art, request)
    context = {
        "programm": werk.programm,
        "pfad": [(_("Suche"), None)],
        "q": text,
        "worte": worte,
        "gekuerzt": eingabe != text,
        "gelockert": gelockert(gruppen, text),
        "gruppen": gruppen,
        "anzahl": sum(g.anzahl for g in gruppen),
        "gewaehlt": gewaehlt,
        "anfrage": urlencode({"q": text, "art": art}),
        "art_unbekannt": bool(art) and art not in ARTEN,
    }
    return render(request, "portal/suche.html", context)


@FORMULAR
def barriere_melden(request):
    seite = request.GET.get("seite") or request.headers.get("Referer", "")
    form = BarriereForm(request.POST or None, initial={"seite": seite[:500]})
    if request.method == "POST" and form.is_valid():
        form.melden()
        return redirect("barriere-gemeldet")
    context = {"pfad": [(_("Barriere melden"), None)], "form": form}
    status = formularstatus(form)
    return render(request, "portal/barriere_melden.html", context, status=status)


@require_safe
def barriere_gemeldet(request):
    return render(request, "portal/barriere_gemeldet.html")


@require_safe
def robots(request):
    text = (
        "User-agent: *\n"
        "Disallow: /verwaltung/\n"
        "Disallow: /konto/\n"
        "Disallow: /meine-anmeldung/\n"
        "Disallow: /angebote/bestaetigen/\n"
        f"Sitemap: {absolut('/sitemap.xml')}\n"
    )
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


@require_safe
def security_txt(request):
    """Whom to tell about a hole in the portal (RFC 9116); it always expires ahead of us."""
    programm = Landesprogramm.objects.first()
    if programm is None:
        raise Http404
    ablauf = (timezone.now() + timedelta(days=180)).strftime("%Y-%m-%dT00:00:00Z")
    text = (
        f"Contact: mailto:{programm.email}\n"
        f"Expires: {ablauf}\n"
        "Preferred-Languages: de, en\n"
        f"Canonical: {absolut(request.path)}\n"
    )
    return HttpResponse(text, content_type="text/plain; charset=utf-8")
