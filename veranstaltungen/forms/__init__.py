from .anmeldung import AnmeldungForm
from .eigene import AngabenForm, LinkForm, VertretungForm, WechselForm

__all__ = ["AngabenForm", "AnmeldungForm", "LinkForm", "VertretungForm", "WechselForm"]
