"""What was ticked or entered about an entry, in the words people type for it."""

import re

# What a child is called at an age in months, and the month that is typical of it.
LEBENSALTER = {"Baby": 6, "Kleinkind": 24, "Schulkind": 96, "Jugendliche": 180}
# What was ticked about a place, in the words for it and for nothing else: „schwerhörig“
# would answer those who ask about the ears of a child.
ZUGANG = {
    "stufenlos": ("barrierefrei", "stufenlos"),
    "gebaerden": ("Gebärdensprache", "Gebärden", "DGS", "gehörlos"),
    "hoerhilfe": ("Höranlage", "Hörschleife", "Induktionsschleife"),
}
# „Mit Bildungskarte kostenlos“: who asks for something free can have it free.
# Places are free too, and so is a choice.
GRATIS = re.compile(
    r"(?<!\bnicht )(?<!\bnie )(?<!\bplätze )(?<!\bplatz )"
    r"\b(?:kostenlos|kostenfrei|gratis|umsonst|frei(?! wählbar))\b",
    re.IGNORECASE,
)
# The hour from which a time of day has its name.
TAGESZEITEN = {17: "abends", 12: "nachmittags", 0: "vormittags"}
WOCHENTAGE = (
    "Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"
)  # fmt: skip
SAMSTAG = 5


def gratis_fuer_manche(kosten_text: str) -> bool:
    """Whether a price that depends on the income says that it may be nothing."""
    return bool(GRATIS.search(kosten_text))


def lebensalter(von: int | None, bis: int | None) -> list[str]:
    """For whom an entry is by age in months; for none where it names no age."""
    if von is None and bis is None:
        return []
    unten, oben = von or 0, 1200 if bis is None else bis
    return [name for name, monat in LEBENSALTER.items() if unten <= monat <= oben]


def zeitworte(wochentag: int, stunde: int) -> list[str]:
    """What people call a time; Monday is 0."""
    tageszeit = next(name for ab, name in TAGESZEITEN.items() if stunde >= ab)
    wochenende = ["Wochenende"] if wochentag >= SAMSTAG else []
    return [WOCHENTAGE[wochentag], tageszeit, *wochenende]
