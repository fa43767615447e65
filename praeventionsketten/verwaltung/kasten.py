from dataclasses import dataclass, field


@dataclass(frozen=True)
class Kasten:
    """A box of the start page: what waits for the person, told by the admin that knows."""

    vorlage: str
    kontext: dict = field(default_factory=dict)
    rang: int = 50
    am_rand: bool = False
