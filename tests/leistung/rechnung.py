"""The ledger: what people were told, held against what is stored and what was sent."""

from collections import Counter

from praeventionsketten.models import Mail
from veranstaltungen import plaetze
from veranstaltungen.models import Anmeldung, Forumswahl, Protokoll

from .buehne import Postfach
from .menschen import Mensch

NACH_ANTWORT = {
    "angemeldet": set(Anmeldung.Status),
    "bestaetigt": {"bestaetigt", "warteliste", "storniert"},
    "storniert": {"storniert"},
}


def rechnung(fachtag, menschen: list[Mensch], postfach: Postfach) -> dict[str, int]:
    """Each line must be 0, except what is only told."""
    zeilen: dict[str, list[Anmeldung]] = {}
    for anmeldung in fachtag.anmeldungen.order_by("position"):
        zeilen.setdefault(anmeldung.email, []).append(anmeldung)
    return {
        "acknowledged but not stored": sum(_verloren(m, zeilen) for m in menschen),
        "stored twice": sum(len(z) - 1 for z in zeilen.values()),
        "half a registration": sum(_halb(z[0]) for z in zeilen.values()),
        "seats beyond the room": _ueberbucht(fachtag),
        "counters that drifted": len(plaetze.abgleich()),
        "overtaken in the queue": _ueberholt(fachtag),
        "changes without their mail": sum(_mails_fehlen(a) for z in zeilen.values() for a in z),
        "mails never sent": Mail.objects.exclude(
            status__in=["gesendet", "abgebrochen"]
        ).count(),
        "mails lost on the way": _nicht_angekommen(postfach),
        "mails nobody wrote": len(
            set(postfach.message_ids) - set(Mail.objects.values_list("message_id", flat=True))
        ),
    }


def _verloren(mensch: Mensch, zeilen: dict[str, list[Anmeldung]]) -> bool:
    if not mensch.bestaetigt:
        return False
    stand = {a.status for a in zeilen.get(mensch.email, [])}
    return not stand & NACH_ANTWORT[mensch.bestaetigt[-1]]


def _halb(anmeldung: Anmeldung) -> bool:
    """Two Fachforen were asked for: two rows, and the log knows of the registration."""
    schritte = anmeldung.protokoll.filter(was="angemeldet").count()
    return anmeldung.wahlen.count() != 2 or schritte != 1


def _ueberbucht(fachtag) -> int:
    zuviel = 0
    for kontingent in fachtag.kontingente.all():
        if kontingent.fachforum_id:
            belegt = kontingent.wahlen.filter(status__in=Forumswahl.MIT_PLATZ).count()
        else:
            belegt = fachtag.anmeldungen.filter(hausplatz=True).count()
        zuviel += max(0, belegt - kontingent.kapazitaet)
    return zuviel


def _ueberholt(fachtag) -> int:
    """Replays the log, which is written under the lock, and looks at who was next.

    A newcomer may get a seat of the house only where nobody waits; whoever moves up must be
    the first of those who had confirmed by then.
    """
    wartend: dict[int, bool] = {}  # registration → has confirmed
    position = dict(fachtag.anmeldungen.values_list("pk", "position"))
    vorbei = 0
    schritte = Protokoll.objects.filter(veranstaltung=fachtag).order_by("pk")
    for pk, was, daten in schritte.values_list("anmeldung", "was", "daten"):
        match was:
            case "angemeldet" if daten["platz"]:
                vorbei += bool(wartend)
            case "angemeldet":
                wartend[pk] = False
            case "bestaetigt" if pk in wartend:
                wartend[pk] = True
            case "nachgerueckt":
                vorbei += any(
                    bereit and position[andere] < position[pk]
                    for andere, bereit in wartend.items()
                )
                wartend.pop(pk)
            case "storniert":
                wartend.pop(pk, None)
    return vorbei


def _mails_fehlen(anmeldung: Anmeldung) -> int:
    """Every change raised the number by one, and each number has its one mail."""
    mails = Mail.objects.filter(bezug=f"anmeldung-{anmeldung.pk}")
    nummern = Counter(
        int(schluessel.rpartition(":")[2])
        for schluessel in mails.values_list("schluessel", flat=True)
        if "schon-angemeldet" not in schluessel
    )
    return sum(nummern[n] != 1 for n in range(anmeldung.folge + 1))


def _nicht_angekommen(postfach: Postfach) -> int:
    gesendet = Mail.objects.filter(status="gesendet").values_list("message_id", flat=True)
    return len(set(gesendet) - set(postfach.message_ids))
