from django.apps import apps
from django.utils.text import capfirst


def ohne_verknuepfungen(baum: list, anzahl: dict) -> tuple[list, dict]:
    """What is deleted with a row, without the tables in between that nobody knows by name."""
    zwischen = [m for m in apps.get_models(include_auto_created=True) if m._meta.auto_created]
    namen = tuple(f"{capfirst(m._meta.verbose_name)}: " for m in zwischen)
    mehrzahl = {m._meta.verbose_name_plural for m in zwischen}
    return _gefiltert(baum, namen), {n: z for n, z in anzahl.items() if n not in mehrzahl}


def _gefiltert(baum: list, namen: tuple[str, ...]) -> list:
    """A tree of texts in Django's form: a list after a text holds its children."""
    return [
        _gefiltert(eintrag, namen) if isinstance(eintrag, list) else eintrag
        for eintrag in baum
        if isinstance(eintrag, list) or not str(eintrag).startswith(namen)
    ]
