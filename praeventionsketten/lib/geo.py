"""Distances on the earth, good to some metres: enough to say how far away something is."""

from math import asin, cos, radians, sin, sqrt

ERDRADIUS_KM = 6371.0
KM_JE_GRAD = 111.2  # of latitude; a degree of longitude is shorter by the cosine


def entfernung(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Kilometres as the crow flies (haversine)."""
    breite1, breite2 = radians(lat1), radians(lat2)
    h = (
        sin((breite2 - breite1) / 2) ** 2
        + cos(breite1) * cos(breite2) * sin(radians(lon2 - lon1) / 2) ** 2
    )
    return 2 * ERDRADIUS_KM * asin(min(1.0, sqrt(h)))


def weit_weg(lat1: float, lon1: float, lat2: float, lon2: float, km: float) -> bool:
    """Certainly further than `km`: a cheap test before the exact one."""
    if abs(lat1 - lat2) * KM_JE_GRAD > km * 1.01:
        return True
    # The shorter degree is the one nearer to the pole.
    breite = min(89.0, max(abs(lat1), abs(lat2)))
    return abs(lon1 - lon2) * KM_JE_GRAD * cos(radians(breite)) > km * 1.01


def mitte(punkte: list[tuple[float, float]]) -> tuple[float, float]:
    """The average of points that lie close together, as the places of one town do."""
    return (
        sum(lat for lat, _lon in punkte) / len(punkte),
        sum(lon for _lat, lon in punkte) / len(punkte),
    )
