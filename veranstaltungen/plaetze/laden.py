from veranstaltungen.models import Anmeldung

from .zug import Ueberlastet


def frisch(anmeldung: Anmeldung) -> Anmeldung:
    """The row as it is under the lock, with its event; what a page held may be old.

    Raises Ueberlastet if another person has it since the page was asked for: her link is
    another one, and looking again will say so.
    """
    gelesen = Anmeldung.objects.select_related("veranstaltung").get(pk=anmeldung.pk)
    if gelesen.token_version != anmeldung.token_version:
        raise Ueberlastet
    return gelesen
