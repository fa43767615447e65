from django.db import models

from praeventionsketten.lib.ganzes import Ganzes
from praeventionsketten.models import Fassung

from .angebot import Angebot


class Angebotsfassung(Fassung):
    """An Angebot with its times, dates, contacts and terms, as the public read it."""

    OBJEKT = "angebot"
    GANZES = Ganzes(
        teile=("zeitfenster", "termine", "kontakte"),
        ohne=(
            "abgleiche",
            "bestaetigungen",
            "fassungen",
            "hinweise",
            "linkpruefung",
            "pflegepositionen",
            "sofortmeldungen",
            "telefonaufgaben",
            "vorschlaege",
        ),
        kontakte=("kontakte",),
        # A pause belongs to the status, which stays as well.
        bleibt=("status", "pausiert_bis"),
    )

    angebot = models.ForeignKey(Angebot, on_delete=models.CASCADE, related_name="fassungen")

    class Meta(Fassung.Meta):
        constraints = [
            models.UniqueConstraint(fields=["angebot", "nummer"], name="angebotsfassung_nummer")
        ]
