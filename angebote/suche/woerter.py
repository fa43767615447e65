"""The analyser with the words of the Redaktion, built once per change of them."""

from functools import lru_cache

from praeventionsketten.lib.deutsch import Analyse, Woerterbuch
from praeventionsketten.models import Wortgruppe


def analyse_von_jetzt() -> Analyse:
    """With the words as they are stored now; one query."""
    return _analyse(Wortgruppe.objects.woerterbuch())


@lru_cache(2)
def _analyse(woerterbuch: Woerterbuch) -> Analyse:
    return Analyse(woerterbuch)
