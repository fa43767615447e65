"""System checks of the house; each refuses what a review would have to find by hand."""

from django.apps import apps
from django.conf import settings
from django.core.checks import Error, Tags, register
from django.db.models import Model

from praeventionsketten import rollen
from praeventionsketten.models import Konto

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
