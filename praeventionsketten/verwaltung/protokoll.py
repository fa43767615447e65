"""The log of the admin: who changed which row, without the names of people."""

from praeventionsketten.lib import fristen


class Namenlos:
    """Stands for a row in the log: what it is and its number, not whom it is about."""

    def __init__(self, zeile) -> None:
        self._meta, self.pk = zeile._meta, zeile.pk

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"


def fuer_das_protokoll(zeile):
    """The row itself, or its number if a clock ends what it says about somebody."""
    eintrag = fristen.erklaert(zeile)
    endet = eintrag is not None and any(frist.faellig for frist in eintrag.fristen)
    return Namenlos(zeile) if endet else zeile


def ohne_namen(zeile, aenderungen):
    """What was changed, without the names of rows that hang on such a row."""
    if not isinstance(aenderungen, list) or not isinstance(fuer_das_protokoll(zeile), Namenlos):
        return aenderungen
    return [
        {art: was | {"object": "…"} if "object" in was else was for art, was in eintrag.items()}
        for eintrag in aenderungen
    ]
