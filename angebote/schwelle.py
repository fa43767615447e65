"""How low the threshold of an Angebot is: sentences from facts, and no praise of our own.

What nobody has told us is said as openly as the rest; there is no sum and no mark.
"""

from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from django.utils.translation import gettext as _

from kommunen.models import Ort

from .models import Angebot


class Niedrig(StrEnum):
    """Whether the threshold is low in this respect."""

    JA = "ja"
    NEIN = "nein"
    UNBEKANNT = "unbekannt"


class Punkt(NamedTuple):
    niedrig: Niedrig
    satz: str


def schwellenprofil(angebot: Angebot) -> list[Punkt]:
    """All that makes coming easy or hard: what is easy first, what is unknown last."""
    punkte = [
        _kosten(angebot),
        _anmeldung(angebot),
        _unterlagen(angebot),
        _name(angebot),
        _sprachen(angebot),
        *_stufenlos(angebot),
        _kinderbetreuung(angebot),
    ]
    return sorted(punkte, key=lambda punkt: list(Niedrig).index(punkt.niedrig))


def _kosten(angebot: Angebot) -> Punkt:
    niedrig, satz = {
        Angebot.Kosten.KOSTENLOS: (Niedrig.JA, _("Es kostet nichts.")),
        Angebot.Kosten.BETRAG: (Niedrig.NEIN, _("Es kostet etwas.")),
        Angebot.Kosten.EINKOMMENSABHAENGIG: (
            Niedrig.NEIN,
            _("Was es kostet, hängt von Ihrem Einkommen ab."),
        ),
    }.get(angebot.kosten, (Niedrig.UNBEKANNT, _("Ob es etwas kostet, wissen wir nicht.")))
    return Punkt(niedrig, " ".join(filter(None, [satz, _als_satz(angebot.kosten_text)])))


def _anmeldung(angebot: Angebot) -> Punkt:
    if angebot.zugang == Angebot.Zugang.OFFEN:
        return Punkt(Niedrig.JA, _("Sie brauchen keine Anmeldung."))
    if angebot.zugang == Angebot.Zugang.ANMELDUNG:
        return Punkt(Niedrig.NEIN, _("Sie müssen sich vorher anmelden."))
    return Punkt(Niedrig.NEIN, _("Sie brauchen eine Überweisung oder Vermittlung."))


def _unterlagen(angebot: Angebot) -> Punkt:
    if not angebot.unterlagen:
        return Punkt(
            Niedrig.UNBEKANNT, _("Ob Sie etwas mitbringen sollen, ist nicht angegeben.")
        )
    unterlagen = angebot.unterlagen.rstrip(".")
    satz = _("Bringen Sie mit, wenn Sie es haben: %(was)s.")
    return Punkt(Niedrig.NEIN, satz % {"was": unterlagen})


def _name(angebot: Angebot) -> Punkt:
    return _drei(
        None if angebot.name_noetig is None else not angebot.name_noetig,
        _("Sie müssen Ihren Namen nicht nennen."),
        _("Sie müssen Ihren Namen nennen."),
        _("Ob Sie Ihren Namen nennen müssen, wissen wir nicht."),
    )


def _kinderbetreuung(angebot: Angebot) -> Punkt:
    return _drei(
        angebot.kinderbetreuung,
        _("Es gibt eine Kinderbetreuung."),
        _("Es gibt keine Kinderbetreuung."),
        _("Ob es eine Kinderbetreuung gibt, wissen wir nicht."),
    )


def _sprachen(angebot: Angebot) -> Punkt:
    namen = [sprache.name for sprache in angebot.sprachen.all()]
    mittlung = _("Auf Anfrage übersetzt jemand.") if angebot.sprachmittlung else ""
    if len(namen) > 1:
        satz = _("Es geht in %(n)s Sprachen.") % {"n": len(namen)}
    elif namen:
        # „Es geht nur auf Deutsch“ and somebody who translates would contradict each other.
        auf = {"sprache": namen[0]}
        satz = _("Es geht auf %(sprache)s.") if mittlung else _("Es geht nur auf %(sprache)s.")
        satz %= auf
    elif mittlung:
        return Punkt(Niedrig.JA, mittlung)
    else:
        return Punkt(Niedrig.UNBEKANNT, _("In welchen Sprachen es geht, wissen wir nicht."))
    niedrig = Niedrig.JA if mittlung or len(namen) > 1 else Niedrig.NEIN
    return Punkt(niedrig, f"{satz} {mittlung}".strip())


def _stufenlos(angebot: Angebot) -> Iterator[Punkt]:
    """Nothing where there is no place to go to."""
    if not angebot.aktuelle_orte:
        return
    if angebot.stufenlos == "je-nach-ort":
        angaben = {ort.stufenlos for ort in angebot.aktuelle_orte}
        if Ort.Angabe.NEIN in angaben:
            yield Punkt(Niedrig.NEIN, _("Nicht alle Orte sind stufenlos zu erreichen."))
        else:
            yield Punkt(
                Niedrig.UNBEKANNT,
                _("Nur von einigen Orten wissen wir, dass sie stufenlos sind."),
            )
        return
    yield _drei(
        {"ja": True, "nein": False}.get(angebot.stufenlos),
        _("Der Weg hinein ist stufenlos."),
        _("Der Weg hinein hat Stufen."),
        _("Ob es Stufen gibt, wissen wir nicht."),
    )


def _drei(wert: bool | None, ja: str, nein: str, unbekannt: str) -> Punkt:
    if wert is None:
        return Punkt(Niedrig.UNBEKANNT, unbekannt)
    return Punkt(Niedrig.JA, ja) if wert else Punkt(Niedrig.NEIN, nein)


def _als_satz(text: str) -> str:
    text = text.strip()
    return text if not text or text[-1] in ".!?" else f"{text}."
