from django.db import models

from praeventionsketten.lib.ganzes import Ganzes
from praeventionsketten.models import Fassung

from .kommune import Kommune


class Steckbrieffassung(Fassung):
    """A Steckbrief: the Kommune with all parts of its page, as the public read it."""

    OBJEKT = "kommune"
    GANZES = Ganzes(
        teile=(
            "teilraeume",
            "kennzahl_set",
            "koordinationen",
            "gremium_set",
            "meilenstein_set",
            "beteiligung_set",
            "dokumente",
        ),
        # A Beitrag belongs to its Bericht; who works for the Kommune, to the Konto; what
        # was looked for or said in a meeting, to the day somebody did.
        ohne=(
            "fassungen",
            "zustaendigkeiten",
            "beitraege",
            "erhebungen",
            "abgleichrunden",
            "fehlsuchen",
        ),
        kontakte=("koordinationen",),
        # Whether the gaps are shown is decided today, not by what was shown then.
        bleibt=("status", "luecken_oeffentlich"),
    )

    kommune = models.ForeignKey(Kommune, on_delete=models.CASCADE, related_name="fassungen")

    class Meta(Fassung.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["kommune", "nummer"], name="steckbrieffassung_nummer"
            )
        ]
