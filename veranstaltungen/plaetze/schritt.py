"""The log: every step of a registration, by whom, without names."""

from veranstaltungen.models import Anmeldung, Platzkontingent, Protokoll, Veranstaltung


def vermerken(anmeldung: Anmeldung, was: str, durch=None, **daten) -> None:
    """`durch`: a Konto of the team, "system", or None for the person herself."""
    Protokoll.objects.create(
        veranstaltung_id=anmeldung.veranstaltung_id,
        anmeldung=anmeldung,
        was=was,
        daten=daten,
        **_wer(durch),
    )


def vermerken_zum_raum(kontingent: Platzkontingent, durch) -> None:
    """A step of the event; a room without a Konto was changed by a command."""
    Protokoll.objects.create(
        veranstaltung_id=kontingent.veranstaltung_id,
        was="raum_geaendert",
        daten={
            "kontingent": kontingent.pk,
            "kapazitaet": kontingent.kapazitaet,
            "notplaetze": kontingent.notplaetze,
            "gesperrt": kontingent.gesperrt,
        },
        **_wer(durch or "system"),
    )


def vermerken_zur_liste(veranstaltung: Veranstaltung, liste: str, form: str, durch) -> None:
    """Who took which list of participants away, and when; never who stands on it."""
    Protokoll.objects.create(
        veranstaltung=veranstaltung,
        was="liste_geholt",
        daten={"liste": liste, "form": form},
        **_wer(durch),
    )


def _wer(durch) -> dict:
    if durch == "system":
        return {"wer": Protokoll.Wer.SYSTEM}
    if durch is None:
        return {"wer": Protokoll.Wer.PERSON}
    return {"wer": Protokoll.Wer.TEAM, "konto": durch}
