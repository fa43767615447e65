"""The log: every step of a registration, by whom, without names."""

from veranstaltungen.models import Anmeldung, Protokoll


def vermerken(anmeldung: Anmeldung, was: str, durch=None, **daten) -> None:
    """`durch`: a Konto of the team, "system", or None for the person herself."""
    team = durch is not None and durch != "system"
    wer = Protokoll.Wer.PERSON
    if durch == "system":
        wer = Protokoll.Wer.SYSTEM
    elif team:
        wer = Protokoll.Wer.TEAM
    Protokoll.objects.create(
        veranstaltung_id=anmeldung.veranstaltung_id,
        anmeldung=anmeldung,
        wer=wer,
        konto=durch if team else None,
        was=was,
        daten=daten,
    )
