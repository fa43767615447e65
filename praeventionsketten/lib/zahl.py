"""Numbers as a sentence writes them."""

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
