"""The index beside what the factories make."""

import contextlib

from django.db import models

from angebote.models import Angebot

_wartend: list[list[int]] = []


def indiziert(angebot: Angebot, teil: models.Model | None = None):
    """The Angebot, or a part of it, once the index knows it."""
    if _wartend:
        _wartend[-1].append(angebot.pk)
    else:
        angebot.indizieren()
    return teil or angebot


@contextlib.contextmanager
def spaeter_indiziert():
    """Once at the end, not with every part: for whole worlds."""
    _wartend.append([])
    yield
    Angebot.objects.filter(pk__in=_wartend.pop()).indizieren()
