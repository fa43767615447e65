"""Where a person's own Kommunen end: the one place that turns the rule into a query.

Somebody limited to her Kommunen sees their rows and the ones of nobody (landesweit), and
changes only the former. Whether she is limited is a matter of the roles table.
"""

from django.db.models import Model, Q, QuerySet

from praeventionsketten import rollen

EIGENER_SCHLUESSEL = "pk"


def bedingung(pfad: str, konto, *, mit_landesweiten: bool) -> Q:
    """The rows within a person's reach; `pfad` leads from the row to its Kommune."""
    eigene = Q(**{f"{pfad}__in": konto.eigene_kommunen})
    if mit_landesweiten and pfad != EIGENER_SCHLUESSEL:
        eigene |= Q(**{f"{pfad}__isnull": True})
    return eigene


def erreichbar(model: type[Model], pfad: str, konto, *, mit_landesweiten: bool) -> QuerySet:
    """Keys of those rows, as a subquery: a path over many-to-many doubles no row."""
    rows = model._base_manager.filter(bedingung(pfad, konto, mit_landesweiten=mit_landesweiten))
    return rows.values("pk")


def begrenzt(konto, model: type[Model], pfad: str | None, aktion: str) -> bool:
    """Whether this action on this model stops at the person's own Kommunen."""
    return pfad is not None and rollen.nur_eigene(konto, model, aktion)
