"""What the public may write: that an entry is wrong, and what is missing."""

from .hinweis import HinweisForm
from .vorschlag import VorschlagForm

__all__ = ["HinweisForm", "VorschlagForm"]
