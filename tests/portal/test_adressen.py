import pytest
from django.core.exceptions import ValidationError

from angebote.models import Angebot
from praeventionsketten.fehler import neue_adresse
from praeventionsketten.models import AlteAdresse
from praeventionsketten.models.adressen import slug_aus
from tests.factories import make_angebot, make_kommune, make_landesprogramm

pytestmark = pytest.mark.django_db


def test_german_titles_become_readable_slugs():
    assert slug_aus("Café für Väter & Söhne, Gießen") == "cafe-fuer-vaeter-soehne-giessen"


def test_equal_titles_get_a_silent_suffix():
    slugs = [make_angebot(titel="Elterncafé").slug for _ in range(3)]

    assert slugs == ["elterncafe", "elterncafe-2", "elterncafe-3"]


def test_a_title_that_is_a_reserved_word_gets_a_suffix():
    assert make_angebot(titel="Merkliste").slug == "merkliste-2"


def test_a_reserved_word_typed_by_hand_is_refused():
    with pytest.raises(ValidationError, match="schon vergeben"):
        Angebot(slug="merkliste").clean()


def test_a_title_without_letters_still_gets_an_address():
    assert make_angebot(titel="!!!").slug == "angebot"


def test_a_changed_slug_leaves_a_permanent_redirect(client):
    make_landesprogramm()
    angebot = make_angebot(slug="alt")
    angebot.slug = "neu"
    angebot.save()

    response = client.get("/angebote/alt/")

    assert (response.status_code, response["Location"]) == (301, "/angebote/neu/")


def test_the_rest_of_an_old_address_is_kept():
    angebot = make_angebot(slug="alt")
    angebot.slug = "neu"
    angebot.save()

    assert neue_adresse("/angebote/alt/kalender.ics") == "/angebote/neu/kalender.ics"


def test_an_old_address_does_not_betray_a_draft():
    angebot = make_angebot(slug="alt")
    angebot.slug = "geheim"
    angebot.status = Angebot.Status.ENTWURF
    angebot.save()

    assert neue_adresse("/angebote/alt/") is None


def test_going_back_to_the_first_slug_leaves_no_loop():
    kommune = make_kommune(slug="a")
    for slug in ("b", "a"):
        kommune.slug = slug
        kommune.save()

    assert list(AlteAdresse.objects.values_list("slug", flat=True)) == ["b"]


@pytest.mark.parametrize(
    "pfad", ["/", "/angebote/", "/fremd/alt/", "/angebote/" + "x" * 5000 + "/"]
)
def test_other_paths_have_no_new_address(pfad):
    assert neue_adresse(pfad) is None
