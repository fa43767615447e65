from veranstaltungen.models import Anmeldung


def frisch(anmeldung: Anmeldung) -> Anmeldung:
    """The row as it is under the lock, with its event; what a page held may be old."""
    return Anmeldung.objects.select_related("veranstaltung").get(pk=anmeldung.pk)
