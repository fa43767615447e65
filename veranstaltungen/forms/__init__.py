from .anmeldung import AnmeldungForm

__all__ = ["AnmeldungForm"]
