"""The admin's site: start page with tasks, models grouped by task, one way in."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.contrib.admin.options import BaseModelAdmin
from django.db.models import Model
from django.shortcuts import redirect
from django.views.i18n import JavaScriptCatalog

from praeventionsketten import rollen

from . import grenze
from .auswahl import Auswahl
from .kasten import Kasten

# What belongs together in daily work; whatever is not named here stands at the end.
BEREICHE = {
    "Angebote": [
        "angebote.angebot",
        "angebote.hinweis",
        "angebote.vorschlag",
        "angebote.abgleichrunde",
        "angebote.erhebung",
        "kommunen.einrichtung",
        "kommunen.ort",
        "angebote.programm",
    ],
    "Kommunen": ["kommunen.kommune", "kommunen.kachel"],
    "Veranstaltungen": [
        "veranstaltungen.veranstaltung",
        "veranstaltungen.anmeldung",
        "veranstaltungen.bedarf",
        "veranstaltungen.protokoll",
        "veranstaltungen.einwilligungstext",
    ],
    "Website": [
        "veranstaltungen.bericht",
        "praeventionsketten.seite",
        "praeventionsketten.bild",
        "praeventionsketten.barrieremeldung",
        "praeventionsketten.landesprogramm",
        "praeventionsketten.wortgruppe",
    ],
    "Konten und Technik": [
        "praeventionsketten.konto",
        "praeventionsketten.mail",
        "praeventionsketten.job",
        "praeventionsketten.loeschnachweis",
        "praeventionsketten.alteadresse",
    ],
    "Auswahllisten": [
        "kommunen.lebensphase",
        "kommunen.uebergang",
        "kommunen.handlungsfeld",
        "kommunen.zielgruppe",
        "kommunen.leitdimension",
        "kommunen.akteurstyp",
        "kommunen.ebene",
        "kommunen.gremientyp",
        "kommunen.prozessschritt",
        "kommunen.sprache",
        "kommunen.ferien",
        "angebote.angebotsformat",
        "veranstaltungen.veranstaltungsart",
    ],
}
# Read by many, but no work for those who may only read them.
NUR_ZUM_AENDERN = {*BEREICHE["Auswahllisten"], "kommunen.kachel", "angebote.programm"}


class Verwaltung(admin.AdminSite):
    site_title = "Verwaltung"
    site_header = "Verwaltung"
    index_title = "Aufgaben"
    enable_nav_sidebar = False
    empty_value_display = "–"

    def register(self, model_or_iterable, admin_class=None, **options) -> None:
        """Takes in what the roles table knows; frames bring models that belong to nobody."""
        models = (
            [model_or_iterable] if isinstance(model_or_iterable, type) else model_or_iterable
        )
        eigene = [m for m in models if m._meta.label_lower in rollen.RECHTE]
        super().register(eigene, admin_class, **options)

    # -------------------------------------------------------------- reach

    def klassen(self, model: type[Model]) -> list[BaseModelAdmin]:
        """The ModelAdmin or the inlines that serve a model."""
        if self.is_registered(model):
            return [self.get_model_admin(model)]
        return [
            inline(model_admin.model, self)
            for model_admin in self._registry.values()
            for inline in model_admin.inlines
            if inline.model is model
        ]

    def kommune_pfad(self, model: type[Model]) -> str | None:
        """The way from a row to its Kommune, as the class that serves the model says."""
        return next((klasse.kommune_pfad for klasse in self.klassen(model)), None)

    def sieht(self, request, obj: Model) -> bool:
        """Whether the person may read this row; a row nobody serves is read by nobody."""
        konto, model, pfad = request.user, type(obj), self.kommune_pfad(type(obj))
        if not grenze.begrenzt(konto, model, pfad, "view"):
            return bool(self.klassen(model))
        rows = grenze.erreichbar(model, pfad, konto, mit_landesweiten=True)
        return rows.filter(pk=obj.pk).exists()

    # -------------------------------------------------------------- pages

    def get_urls(self) -> list:
        """Django's addresses without the one that opens a row of any model by its number."""
        return [url for url in super().get_urls() if getattr(url, "name", "") != "view_on_site"]

    def app_index(self, request, app_label, extra_context=None):
        """There is one list of everything, by task."""
        return redirect("admin:index")

    def index(self, request, extra_context=None):
        kaesten = self.kaesten(request)
        kontext = {
            "title": self.index_title,
            "kaesten": [k for k in kaesten if not k.am_rand],
            "am_rand": [k for k in kaesten if k.am_rand],
        }
        return super().index(request, kontext | (extra_context or {}))

    def kaesten(self, request) -> list[Kasten]:
        """The tasks of the person, told by the admins she may use."""
        kaesten = [
            kasten
            for model_admin in self._registry.values()
            if model_admin.has_view_permission(request)
            for kasten in model_admin.kaesten(request)
        ]
        return sorted(kaesten, key=lambda kasten: kasten.rang)

    def get_app_list(self, request, app_label=None) -> list[dict]:
        """The models by task instead of by app, and only what the person works with."""
        nach_label = {
            eintrag["model"]._meta.label_lower: eintrag
            for app in self._build_app_dict(request).values()
            for eintrag in app["models"]
        }
        for label in NUR_ZUM_AENDERN & nach_label.keys():
            rechte = nach_label[label]["perms"]
            if not (rechte["add"] or rechte["change"]):
                del nach_label[label]
        bereiche = []
        for name, labels in BEREICHE.items():
            models = [nach_label[label] for label in labels if label in nach_label]
            if models:
                bereiche.append(
                    {
                        "name": name,
                        "app_label": f"bereich-{len(bereiche)}",
                        "app_url": "",
                        "has_module_perms": True,
                        "models": models,
                    }
                )
        return bereiche

    def get_log_entries(self, request):
        """No panel of recent actions: it would name rows of a Kommune one has left."""
        return []

    # -------------------------------------------------------------- the way in and out

    def login(self, request, extra_context=None):
        return secure_admin_login(self.index)(request)

    def logout(self, request, extra_context=None):
        return redirect("account_logout")

    def password_change(self, request, extra_context=None):
        return redirect("account_change_password")

    def i18n_javascript(self, request, extra_context=None):
        """The German words of the admin's scripts, and of the text editor's dialogs."""
        packages = ["django.contrib.admin", "django_prose_editor"]
        return JavaScriptCatalog.as_view(packages=packages)(request)

    def autocomplete_view(self, request):
        return Auswahl.as_view(admin_site=self)(request)
