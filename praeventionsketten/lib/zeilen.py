"""Text fields that hold a list, a line each."""


def paare(text: str) -> list[tuple[str, str]]:
    """Name and text of each line „Name | Text“; the text may be missing, the name not."""
    zeilen = (zeile.partition("|") for zeile in text.splitlines())
    return [(name.strip(), rest.strip()) for name, _, rest in zeilen if name.strip()]
