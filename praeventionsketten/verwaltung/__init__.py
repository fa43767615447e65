"""The admin of the portal: its site, and the base that keeps Kommunen apart.

Every ModelAdmin stands on `PortalAdmin`, every inline on `PortalTabular` or
`PortalStacked`; a system check refuses anything else.
"""

from .basis import PortalAdmin, PortalStacked, PortalTabular
from .kasten import Kasten
from .seiten import MitSeiten, seite
from .site import Verwaltung
from .verlauf import VerlaufAdmin
from .vorlagen import BegriffAdmin, EntwurfAdmin

__all__ = [
    "BegriffAdmin",
    "EntwurfAdmin",
    "Kasten",
    "MitSeiten",
    "PortalAdmin",
    "PortalStacked",
    "PortalTabular",
    "VerlaufAdmin",
    "Verwaltung",
    "seite",
]
