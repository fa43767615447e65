"""What a place in a queue is worth: our own experience, if there is enough of it."""

import pytest

from tests.factories import make_veranstaltung
from veranstaltungen.aussicht import Aussicht, Quote, absagequote
from veranstaltungen.models import Protokoll

pytestmark = pytest.mark.django_db


def schritte(veranstaltung, was: str, anzahl: int, wer: str = "person") -> None:
    Protokoll.objects.bulk_create(
        Protokoll(veranstaltung=veranstaltung, was=was, wer=wer) for _ in range(anzahl)
    )


def test_the_share_comes_from_past_events_and_from_no_other():
    vorbei, kommend = make_veranstaltung(in_tagen=-30), make_veranstaltung()
    schritte(vorbei, "bestaetigt", 80)
    schritte(vorbei, "angemeldet", 20, wer="team")
    schritte(vorbei, "angemeldet", 80)
    schritte(vorbei, "storniert", 12)
    schritte(kommend, "bestaetigt", 50)
    schritte(kommend, "storniert", 50)

    quote = absagequote()

    assert (quote.prozent, quote.eigene) == (12, True)


@pytest.mark.parametrize("bestaetigt", [0, 49])
def test_too_little_experience_is_none(bestaetigt):
    vorbei = make_veranstaltung(in_tagen=-30)
    schritte(vorbei, "bestaetigt", bestaetigt)
    schritte(vorbei, "storniert", bestaetigt)

    quote = absagequote()

    assert (quote.prozent, quote.eigene) == (10, False)


@pytest.mark.parametrize(
    ("plaetze", "platz", "von", "bis", "gut", "gering"),
    [
        (100, 3, 8, 16, True, False),
        (100, 9, 8, 16, False, False),
        (100, 17, 8, 16, False, True),
        (1, 1, 0, 1, False, False),
        (0, 1, 0, 1, False, False),
    ],
)
def test_the_range_is_wide_and_honest(plaetze, platz, von, bis, gut, gering):
    aussicht = Aussicht(Quote(0.12, eigene=True), plaetze, platz)

    assert (aussicht.von, aussicht.bis) == (von, bis)
    assert (aussicht.gut, aussicht.gering) == (gut, gering)
