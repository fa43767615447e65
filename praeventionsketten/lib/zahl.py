"""Numbers as a sentence writes them, and as a request brings them."""

ZIFFERN = 18  # of the longest number that every key column holds

WOERTER = [
    "keine",
    "eine",
    "zwei",
    "drei",
    "vier",
    "fünf",
    "sechs",
    "sieben",
    "acht",
    "neun",
    "zehn",
    "elf",
    "zwölf",
]


def zahlwort(zahl: int) -> str:
    """Up to twelve in words, as before a feminine noun: „zehn Kommunen“, „eine Kommune“."""
    return WOERTER[zahl] if 0 <= zahl < len(WOERTER) else str(zahl)


def kilometer(km: float) -> str:
    """A distance, no more exact than we know it: „3 km“, „unter 1 km“."""
    return "unter 1 km" if km < 1 else f"{round(km)} km"


def ganze_zahl(text: str) -> int | None:
    """The whole number somebody sent; None if it is none, or too long to be a key.

    int() would also read „ 2 “, „1_0“ and the digits of other scripts.
    """
    lesbar = text.isascii() and text.isdecimal() and len(text) <= ZIFFERN
    return int(text) if lesbar else None
