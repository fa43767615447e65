"""System checks of the house; each refuses what a review would have to find by hand."""

import re

from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.core.checks import Error, Tags, register
from django.core.exceptions import FieldDoesNotExist
from django.db.models import (
    CharField,
    EmailField,
    GenericIPAddressField,
    JSONField,
    Model,
    TextField,
)

from praeventionsketten import rollen
from praeventionsketten.lib import fristen
from praeventionsketten.lib.ganzes import Ganzes
from praeventionsketten.models import Fassung, Konto
from praeventionsketten.verwaltung.basis import Begrenzt

KOMMUNE = "kommunen.Kommune"
FRAMEWORK_ACTIONS = {"view", "add", "change", "delete"}


@register()
def check_roles(app_configs, **kwargs) -> list[Error]:
    """The table of roles names every model, and nothing that does not exist."""
    models = {model._meta.label_lower: model for model in apps.get_models()}
    named = set(rollen.RECHTE) | rollen.NIEMAND
    errors = [
        Error(f"rollen names {label}, which is no model", id="portal.E001")
        for label in sorted(named - set(models))
    ]
    errors += [
        Error(f"rollen does not say who may do what with {label}", id="portal.E002")
        for label in sorted(set(models) - named)
    ]
    for label in sorted(set(rollen.RECHTE) & set(models)):
        unknown = _actions(label) - FRAMEWORK_ACTIONS - _own_actions(models[label])
        errors += [
            Error(f"rollen grants {action}, which {label} does not know", id="portal.E003")
            for action in sorted(unknown)
        ]
    return errors


@register(Tags.database, deploy=True)
def check_demo_accounts(app_configs, databases=None, **kwargs) -> list[Error]:
    """No account of the demo world in production; `check --deploy --database default`."""
    if settings.LOKAL or not databases or not Konto.objects.demo().exists():
        return []
    return [
        Error(
            "There are accounts of the demo world, whose passwords are no secret.",
            hint="manage.py demokonten lists them; delete them.",
            id="portal.E010",
        )
    ]


def _actions(label: str) -> set[str]:
    return {aktion for recht in rollen.RECHTE[label] for aktion in recht.aktionen}


def _own_actions(model: type[Model]) -> set[str]:
    ending = f"_{model._meta.model_name}"
    return {codename.removesuffix(ending) for codename, _ in model._meta.permissions}


@register()
def check_reach(app_configs, **kwargs) -> list[Error]:
    """Whatever leads to a Kommune stands on the base that keeps Kommunen apart."""
    return unlimited_classes(admin.site)


def unlimited_classes(site: admin.AdminSite) -> list[Error]:
    """The ModelAdmins and inlines of a site through which Kommunen would mix."""
    errors = []
    for model_admin in site._registry.values():
        inlines = [inline(model_admin.model, site) for inline in model_admin.inlines]
        for klasse in [model_admin, *inlines]:
            errors += _reach_errors(klasse)
    return errors


def _reach_errors(klasse) -> list[Error]:
    wo = f"{type(klasse).__name__} ({klasse.model._meta.label})"
    if not isinstance(klasse, Begrenzt):
        return [Error(f"{wo} does not stand on the base of the admin", id="portal.E010")]
    way = way_to_kommune(klasse.model)
    if klasse.kommune_pfad is None:
        return [Error(f"{wo} has a way to Kommune: {way}", id="portal.E011")] if way else []
    if not _ends_at_kommune(klasse.model, klasse.kommune_pfad):
        pfad = klasse.kommune_pfad
        return [Error(f"{wo}: „{pfad}“ is no way to Kommune", id="portal.E012")]
    return []


def way_to_kommune(model: type[Model]) -> str | None:
    """The shortest way over forward relations from a row to its Kommune, or None."""
    kommune = apps.get_model(KOMMUNE)
    if model is kommune:
        return "pk"
    open_ways, seen = [(model, [])], {model}
    while open_ways:
        here, way = open_ways.pop(0)
        for feld in [*here._meta.fields, *here._meta.many_to_many]:
            target = feld.related_model if feld.is_relation else None
            if target is kommune:
                return "__".join([*way, feld.name])
            if target is not None and target not in seen:
                seen.add(target)
                open_ways.append((target, [*way, feld.name]))
    return None


def _ends_at_kommune(model: type[Model], pfad: str) -> bool:
    kommune = apps.get_model(KOMMUNE)
    if pfad == "pk":
        return model is kommune
    try:
        for teil in pfad.split("__"):
            model = model._meta.get_field(teil).related_model
    except (AttributeError, FieldDoesNotExist):
        return False
    return model is kommune


# ------------------------------------------------------------------ Fassungen


@register()
def check_fassungen(app_configs, **kwargs) -> list[Error]:
    """Rows that hang on a record with Fassungen are part of them, or said not to be."""
    return [
        fehler
        for fassung in Fassung.__subclasses__()
        for fehler in forgotten_parts(
            fassung._meta.get_field(fassung.OBJEKT).related_model, fassung.GANZES
        )
    ]


def forgotten_parts(model: type[Model], ganzes: Ganzes) -> list[Error]:
    return [
        Error(
            f"{model._meta.label}.{name} is neither in the Fassungen nor left out of them",
            hint="Name it in GANZES of the Fassung, under `teile` or under `ohne`.",
            id="portal.E030",
        )
        for name in ganzes.vergessene(model)
    ]


# ------------------------------------------------------------------ personal data

# Names of fields that hold a person, unless somebody says why not.
PERSOENLICH = re.compile(
    r"(^|_)(name|vorname|nachname|email|mail|telefon|mobil|fax|anschrift|strasse|geburt\w*"
    r"|leitung|moderation|person|kontakt|organisation|referent\w*|ip|user_agent)(_|$)|^an$"
)


@register()
def check_personal_data(app_configs, **kwargs) -> list[Error]:
    """Personal data declare purpose and period; what only looks personal says why."""
    labels = {model._meta.label: model for model in apps.get_models()}
    errors = [
        Error(f"personendaten names {label}, which is no model", id="portal.E020")
        for label in sorted(set(fristen.ERKLAERT) - set(labels))
    ]
    for model in labels.values():
        errors += undeclared_fields(model)
    return errors


def undeclared_fields(model: type[Model]) -> list[Error]:
    """Where a model keeps something personal that no period ends."""
    label, eintrag = model._meta.label, fristen.erklaert(model)
    errors, declared = [], set()
    if eintrag:
        declared = set(eintrag.felder)
        known = {feld.name for feld in model._meta.concrete_fields}
        errors = [
            Error(f"personendaten names {label}.{name}, which is no field", id="portal.E021")
            for name in sorted(declared - known)
        ]
        if not eintrag.zweck or not eintrag.fristen:
            errors.append(Error(f"{label} declares no purpose or no period", id="portal.E022"))
    return errors + [
        Error(
            f"{label}.{feld.name} looks personal and has no purpose and period",
            hint="Declare it in personendaten.py of the app, or say why it is not personal.",
            id="portal.E023",
        )
        for feld in model._meta.concrete_fields
        if looks_personal(feld) and feld.name not in declared and not _excused(model, feld)
    ]


def looks_personal(feld) -> bool:
    is_text = isinstance(feld, CharField | TextField | JSONField | GenericIPAddressField)
    return is_text and (isinstance(feld, EmailField) or bool(PERSOENLICH.search(feld.name)))


def _excused(model: type[Model], feld) -> bool:
    return any(
        f"{base.__name__}.{feld.name}" in fristen.UNPERSOENLICH for base in model.__mro__
    )
