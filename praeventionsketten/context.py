from functools import cached_property

from praeventionsketten.lib.adresse import absolut
from praeventionsketten.models import Landesprogramm


class Rahmen:
    """What header and footer show; asked of the database only where a template reads it.

    A portal that is not set up yet has an empty Landesprogramm rather than none.
    """

    @cached_property
    def landesprogramm(self) -> Landesprogramm:
        return Landesprogramm.objects.mit_seiten().first() or Landesprogramm()


def landesprogramm(request) -> dict:
    """Gives every template `programm`, lazily, and this page's own address."""
    rahmen = Rahmen()
    return {"programm": lambda: rahmen.landesprogramm, "seitenadresse": absolut(request.path)}
