"""How Kommunen, Einrichtungen, Orte and the vocabularies are kept."""

from . import einrichtung, kommune, konto, vokabular

__all__ = ["einrichtung", "kommune", "konto", "vokabular"]
