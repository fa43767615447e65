"""The roles of the house as data: which group may do what.

One table, one row per model, one column per role. `EIGENE_…` holds for the person's own
Kommunen alone (see praeventionsketten.verwaltung); rows without a Kommune can then be
read and not changed. A right named here becomes a permission of the group in `einrichten`.
"""

from dataclasses import dataclass, replace

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import Model

KOORDINATION = "Koordination"
VERANSTALTUNGSTEAM = "Veranstaltungsteam"
REDAKTION = "Redaktion"
ADMINISTRATION = "Administration"
ROLLEN = (KOORDINATION, VERANSTALTUNGSTEAM, REDAKTION, ADMINISTRATION)


@dataclass(frozen=True)
class Recht:
    """What a role may do with a model, and whether only within its own Kommunen."""

    aktionen: tuple[str, ...] = ()
    nur_eigene: bool = False


NICHTS = Recht()
LESEN = Recht(("view",))
AENDERN = Recht(("view", "change"))
ERLEDIGEN = Recht(("view", "change", "delete"))
PFLEGEN = Recht(("view", "add", "change"))
ALLES = Recht(("view", "add", "change", "delete"))
# Without "publish" a page can be edited only as long as it is a draft.
FREIGEBEN = Recht(("view", "change", "publish"))
ZUSTELLEN = Recht(("view", "zustellen"))
VEROEFFENTLICHEN = Recht(("view", "add", "change", "delete", "publish"))
EIGENE_LESEN = replace(LESEN, nur_eigene=True)
EIGENE_AENDERN = replace(AENDERN, nur_eigene=True)
EIGENE_PFLEGEN = replace(PFLEGEN, nur_eigene=True)
EIGENE_ALLES = replace(ALLES, nur_eigene=True)

# Events that are only added: what was said on a day stays said.
FESTHALTEN = Recht(("view", "add"))
EIGENE_FESTHALTEN = replace(FESTHALTEN, nur_eigene=True)

BEGRIFF = (LESEN, LESEN, PFLEGEN, PFLEGEN)
STECKBRIEFTEIL = (EIGENE_ALLES, NICHTS, ALLES, ALLES)
ANGEBOTSTEIL = (EIGENE_ALLES, EIGENE_LESEN, ALLES, ALLES)
VERANSTALTUNGSTEIL = (NICHTS, ALLES, ALLES, ALLES)
NUR_LESEN = (NICHTS, LESEN, LESEN, LESEN)

RECHTE: dict[str, tuple[Recht, Recht, Recht, Recht]] = {
    # model: Koordination, Veranstaltungsteam, Redaktion, Administration
    "angebote.angebot": ANGEBOTSTEIL,
    "angebote.kontakt": ANGEBOTSTEIL,
    "angebote.zeitfenster": ANGEBOTSTEIL,
    "angebote.termin": ANGEBOTSTEIL,
    "angebote.hinweis": (EIGENE_AENDERN, NICHTS, AENDERN, AENDERN),
    "angebote.vorschlag": (EIGENE_AENDERN, NICHTS, AENDERN, AENDERN),
    "angebote.bestaetigung": (EIGENE_LESEN, EIGENE_LESEN, LESEN, LESEN),
    "angebote.abgleichrunde": (EIGENE_PFLEGEN, NICHTS, PFLEGEN, PFLEGEN),
    "angebote.erhebung": (EIGENE_FESTHALTEN, NICHTS, FESTHALTEN, FESTHALTEN),
    "angebote.programm": (LESEN, LESEN, ALLES, ALLES),
    "kommunen.einrichtung": ANGEBOTSTEIL,
    "kommunen.ort": ANGEBOTSTEIL,
    "kommunen.kommune": (EIGENE_AENDERN, LESEN, PFLEGEN, ALLES),
    "kommunen.koordination": STECKBRIEFTEIL,
    "kommunen.gremium": STECKBRIEFTEIL,
    "kommunen.meilenstein": STECKBRIEFTEIL,
    "kommunen.beteiligung": STECKBRIEFTEIL,
    "kommunen.kennzahl": STECKBRIEFTEIL,
    "kommunen.teilraum": STECKBRIEFTEIL,
    "kommunen.steckbriefdokument": STECKBRIEFTEIL,
    "praeventionsketten.bild": (EIGENE_PFLEGEN, PFLEGEN, ALLES, ALLES),
    "veranstaltungen.veranstaltung": VERANSTALTUNGSTEIL,
    "veranstaltungen.programmpunkt": VERANSTALTUNGSTEIL,
    "veranstaltungen.durchgang": VERANSTALTUNGSTEIL,
    "veranstaltungen.fachforum": VERANSTALTUNGSTEIL,
    "veranstaltungen.platzkontingent": VERANSTALTUNGSTEIL,
    "veranstaltungen.veranstaltungsdokument": VERANSTALTUNGSTEIL,
    # "change" opens the pages of the team; the row itself is written by plaetze alone.
    "veranstaltungen.anmeldung": (NICHTS, PFLEGEN, PFLEGEN, PFLEGEN),
    "veranstaltungen.forumswahl": NUR_LESEN,
    # Health data: those who prepare the day, nobody else.
    "veranstaltungen.bedarf": (NICHTS, ALLES, NICHTS, NICHTS),
    "veranstaltungen.einwilligung": NUR_LESEN,
    "veranstaltungen.einwilligungstext": (NICHTS, LESEN, PFLEGEN, PFLEGEN),
    "veranstaltungen.protokoll": NUR_LESEN,
    "veranstaltungen.bericht": (NICHTS, PFLEGEN, VEROEFFENTLICHEN, VEROEFFENTLICHEN),
    "veranstaltungen.beitrag": VERANSTALTUNGSTEIL,
    "praeventionsketten.seite": (NICHTS, AENDERN, FREIGEBEN, FREIGEBEN),
    "praeventionsketten.seitendokument": VERANSTALTUNGSTEIL,
    "praeventionsketten.barrieremeldung": (NICHTS, NICHTS, ERLEDIGEN, ERLEDIGEN),
    "praeventionsketten.landesprogramm": (NICHTS, NICHTS, AENDERN, AENDERN),
    "praeventionsketten.wortgruppe": (NICHTS, NICHTS, ALLES, ALLES),
    "praeventionsketten.alteadresse": (NICHTS, NICHTS, LESEN, LESEN),
    "kommunen.ferien": BEGRIFF,
    "kommunen.kachel": BEGRIFF,
    "kommunen.lebensphase": BEGRIFF,
    "kommunen.uebergang": BEGRIFF,
    "kommunen.handlungsfeld": BEGRIFF,
    "kommunen.zielgruppe": BEGRIFF,
    "kommunen.leitdimension": BEGRIFF,
    "kommunen.akteurstyp": BEGRIFF,
    "kommunen.ebene": BEGRIFF,
    "kommunen.gremientyp": BEGRIFF,
    "kommunen.prozessschritt": BEGRIFF,
    "kommunen.sprache": BEGRIFF,
    "angebote.angebotsformat": BEGRIFF,
    "veranstaltungen.veranstaltungsart": BEGRIFF,
    "praeventionsketten.konto": (NICHTS, NICHTS, PFLEGEN, ALLES),
    "kommunen.zustaendigkeit": (NICHTS, NICHTS, ALLES, ALLES),
    "praeventionsketten.mail": (NICHTS, ZUSTELLEN, NICHTS, ZUSTELLEN),
    "praeventionsketten.job": (NICHTS, NICHTS, NICHTS, LESEN),
    "praeventionsketten.loeschnachweis": (NICHTS, LESEN, LESEN, LESEN),
}

# Models no role works with by hand: the frame's own tables, what a command loads, and
# Fassungen and answers of a round, which are read on pages of their record, by its rights.
NIEMAND = frozenset(
    {
        "account.emailaddress",
        "account.emailconfirmation",
        "admin.logentry",
        "angebote.abgleich",
        "angebote.angebotsfassung",
        "angebote.linkpruefung",
        "angebote.pflegeadresse",
        "angebote.pflegelink",
        "angebote.pflegeposition",
        "angebote.sofortmeldung",
        "angebote.fehlsuche",
        "angebote.sendung",
        "angebote.suchblock",
        "angebote.suchvokabel",
        "angebote.suchzeile",
        "angebote.telefonaufgabe",
        "auth.group",
        "auth.permission",
        "contenttypes.contenttype",
        "kommunen.postleitzahl",
        "kommunen.steckbrieffassung",
        "praeventionsketten.inhaltsversion",
        "praeventionsketten.wortlieferung",
        "sessions.session",
    }
)


@transaction.atomic
def einrichten() -> None:
    """Make the groups what the table says; can be run again at any time."""
    vorhanden = {
        (p.content_type.app_label, p.codename): p
        for p in Permission.objects.select_related("content_type")
    }
    for rolle in ROLLEN:
        gruppe, _ = Group.objects.get_or_create(name=rolle)
        gruppe.permissions.set([vorhanden[name] for name in berechtigungen(rolle)])


def berechtigungen(rolle: str) -> list[tuple[str, str]]:
    """The permissions of a role as (app label, codename)."""
    spalte = ROLLEN.index(rolle)
    paare = []
    for label, zeile in RECHTE.items():
        app, model = label.split(".")
        paare += [(app, f"{aktion}_{model}") for aktion in zeile[spalte].aktionen]
    return paare


def rollen_von(konto) -> frozenset[str]:
    """The roles of a Konto, asked for once per request."""
    if not hasattr(konto, "_rollen"):
        konto._rollen = frozenset(konto.groups.values_list("name", flat=True))
    return konto._rollen


def nur_eigene(konto, model: type[Model], aktion: str) -> bool:
    """Whether the action ends at the person's own Kommunen.

    It does unless one of her roles grants it everywhere; what the table does not know
    is never granted everywhere.
    """
    if konto.is_superuser:
        return False
    zeile = RECHTE.get(model._meta.label_lower, (NICHTS,) * len(ROLLEN))
    return not any(
        aktion in recht.aktionen and not recht.nur_eigene
        for rolle, recht in zip(ROLLEN, zeile, strict=True)
        if rolle in rollen_von(konto)
    )
