"""What somebody typed or an address carries, without what nobody can see."""

import re

# Control characters, and those that turn the direction of the text around them.
UNSICHTBAR = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]+")


def lesbar(text: str) -> str:
    """One line of visible characters, single spaces between its words."""
    return " ".join(UNSICHTBAR.sub(" ", text).split())
