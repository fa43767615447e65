"""The Merkliste: kept in one cookie, passed on by a signed address, changed only by us."""

import datetime as dt
import re
from http.cookies import SimpleCookie

import pytest
from django.core import signing
from django.test import Client
from django.utils import timezone

from angebote import merkliste
from angebote.models import Angebot
from tests.factories import (
    make_angebot,
    make_kontakt,
    make_landesprogramm,
    make_ort,
    make_termin,
    make_zeitfenster,
)

pytestmark = pytest.mark.django_db

ADRESSE = "/angebote/merkliste/"
EIGEN = {"sec-fetch-site": "same-origin"}


def druecke(client, headers=EIGEN, **felder):
    return client.post(ADRESSE, felder, headers=headers)


def gemerkt(client) -> str:
    keks = client.cookies.get(merkliste.COOKIE)
    return keks.value if keks else ""


def mit(client, wert: str):
    client.cookies = SimpleCookie({merkliste.COOKIE: wert})
    return client.get(ADRESSE)


def blatt(client, pks, *, vom: dt.datetime | None = None):
    """A list passed on, as if at that moment."""
    sekunden = int((vom or timezone.now()).timestamp())
    zeichen = merkliste._signer().sign_object([sekunden, *pks], compress=True)
    return client.get(f"{ADRESSE}{zeichen}/")


# ---------------------------------------------------------------- keeping


def test_keeping_leads_back_to_the_button_and_sets_one_cookie_for_this_page_alone(client):
    angebot = make_angebot()

    response = druecke(client, merken=angebot.pk, zurueck="/angebote/?q=Caf%C3%A9&seite=2")

    assert response.status_code == 302
    assert response["Location"] == f"/angebote/?q=Caf%C3%A9&seite=2#gemerkt-{angebot.pk}"
    [keks] = response.cookies.values()
    assert (keks.key, keks.value) == ("merkliste", str(angebot.pk))
    assert keks["path"] == ADRESSE
    assert keks["httponly"]
    assert keks["samesite"] == "Lax"
    assert keks["max-age"] == 180 * 24 * 60 * 60


def test_the_address_of_a_page_leads_back_to_it(client):
    angebot = make_angebot()
    seite = client.get("/angebote/?q=Elterncaf%C3%A9&unsinn=1").text
    [zurueck] = re.findall(r'name="zurueck" value="([^"]+)"', seite)

    response = druecke(client, merken=angebot.pk, zurueck=zurueck)

    assert response["Location"] == f"/angebote/?q=Elterncaf%C3%A9#gemerkt-{angebot.pk}"


def test_in_production_the_cookie_travels_only_encrypted(client, settings):
    settings.SESSION_COOKIE_SECURE = True

    response = druecke(client, merken=make_angebot().pk)

    assert response.cookies["merkliste"]["secure"]


def test_the_button_works_although_csrf_is_enforced():
    streng = Client(enforce_csrf_checks=True)

    druecke(streng, merken=(angebot := make_angebot()).pk)

    assert gemerkt(streng) == str(angebot.pk)


def test_what_is_kept_keeps_its_order_and_stands_once(client):
    eins, zwei = make_angebot(), make_angebot()

    for angebot in (zwei, eins, zwei):
        druecke(client, merken=angebot.pk)

    assert gemerkt(client) == f"{zwei.pk}.{eins.pk}"


@pytest.mark.parametrize(
    "kopf",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "none"},
        {"sec-fetch-site": "cross-site", "origin": "https://portal.example.org"},
        {"origin": "https://boese.example"},
        {"origin": "null"},
        {"origin": ""},
        {"origin": "https://testserver.boese.example"},
        {"origin": "javascript://testserver"},
        {"referer": "https://portal.example.org/angebote/"},
        {},
    ],
)
def test_nobody_else_can_press_the_button(client, kopf):
    eigenes, fremdes = make_angebot(), make_angebot()
    druecke(client, merken=eigenes.pk)

    for felder in ({"merken": fremdes.pk}, {"leeren": 1}, {"entfernen": eigenes.pk}):
        response = druecke(client, headers=kopf, **felder)
        assert response.status_code == 403
        assert not response.cookies

    assert gemerkt(client) == str(eigenes.pk)


@pytest.mark.parametrize(
    "kopf",
    [
        {"origin": "http://testserver"},
        {"origin": "https://portal.example.org"},
        {"sec-fetch-site": "same-origin", "origin": "null"},
    ],
)
def test_our_own_pages_can(client, kopf):
    druecke(client, headers=kopf, merken=(angebot := make_angebot()).pk)

    assert gemerkt(client) == str(angebot.pk)


@pytest.mark.parametrize(
    "zurueck",
    [
        "https://boese.example/",
        "//boese.example/",
        "/\\boese.example/",
        "\\\\boese.example",
        "javascript:alert(1)",
        "https://portal.example.org.boese.example/",
        "https://portal.example.org//boese.example/",
        "https://portal.example.org@boese.example/",
        "angebote/",
        "",
        "/" + "x" * 9000,
    ],
)
def test_the_way_back_never_leaves_the_portal(client, zurueck):
    response = druecke(client, merken=make_angebot().pk, zurueck=zurueck)

    assert response["Location"].startswith(f"{ADRESSE}#gemerkt-")


def test_a_line_break_in_the_way_back_makes_no_header(client):
    response = druecke(client, merken=make_angebot().pk, zurueck="/a\r\nX-Boese: ja")

    assert "X-Boese" not in response.headers


@pytest.mark.parametrize("nummer", ["", "0", "-1", "abc", "1.5", "9" * 30, "१", "999999999"])
def test_what_does_not_exist_cannot_be_kept(client, nummer):
    make_angebot()

    response = druecke(client, merken=nummer)

    assert response.status_code == 404
    assert not response.cookies


def test_a_draft_cannot_be_kept(client):
    assert druecke(client, merken=make_angebot(status="entwurf").pk).status_code == 404


def test_a_full_list_says_so_and_keeps_what_it_has(client):
    voll = ".".join(str(n) for n in range(1_000_001, 1_000_061))
    client.cookies = SimpleCookie({"merkliste": voll})

    response = client.post(
        ADRESSE, {"merken": make_angebot().pk, "zurueck": "/angebote/"}, headers=EIGEN
    )

    assert response["Location"] == ADRESSE
    assert not response.cookies
    assert "Ihre Merkliste ist voll." in client.get(ADRESSE).text


def test_nothing_to_do_changes_nothing(client):
    druecke(client, merken=(angebot := make_angebot()).pk)

    assert druecke(client, unsinn=1)["Location"] == ADRESSE
    assert gemerkt(client) == str(angebot.pk)


# ---------------------------------------------------------------- the list


def test_the_list_shows_what_one_wants_on_paper(client, django_assert_max_num_queries):
    make_landesprogramm()
    angebote = [make_angebot(titel=f"Café {n}") for n in range(5)]
    for angebot in angebote:
        make_kontakt(angebot, telefon="0561 000-1")
        make_kontakt(angebot, art="pflege", email="geheim@example.org")
        make_termin(angebot, ort=make_ort(name="Saal"))
        make_zeitfenster(angebot)
        druecke(client, merken=angebot.pk)

    with django_assert_max_num_queries(3):
        response = client.get(ADRESSE)

    seite = response.text
    assert "Sie haben sich 5 Angebote gemerkt." in seite
    assert seite.count('href="tel:+495610001"') == 5
    assert seite.count("Nächster Termin") == 5
    assert "geheim@example.org" not in seite
    assert "https://portal.example.org/angebote/merkliste/" in seite
    assert "Cookie" in response["Vary"]
    assert "private" in response["Cache-Control"]
    assert not response.cookies


def test_one_and_all_can_be_taken_out_again(client):
    eins, zwei = make_angebot(), make_angebot()
    for angebot in (eins, zwei):
        druecke(client, merken=angebot.pk)

    druecke(client, entfernen=eins.pk)
    assert gemerkt(client) == str(zwei.pk)

    response = druecke(client, leeren=1)
    assert gemerkt(client) == ""
    assert response.cookies["merkliste"]["max-age"] == 0
    assert response.cookies["merkliste"]["path"] == ADRESSE


def test_ended_ones_stay_and_dead_ones_are_counted(client):
    beendet = make_angebot(titel="Früher", status="beendet")
    weg, entwurf = make_angebot(), make_angebot(titel="Geheim", status="entwurf")
    Angebot.objects.filter(pk=weg.pk).delete()

    seite = mit(client, f"{beendet.pk}.{weg.pk}.{entwurf.pk}").text

    assert "Dieses Angebot gibt es nicht mehr." in seite
    assert "Früher" in seite
    assert "2 Angebote aus Ihrer Liste gibt es hier nicht mehr." in seite
    assert "Geheim" not in seite


@pytest.mark.parametrize(
    "wert",
    ["", "....", "abc", "-1", "1e9", "9" * 4000, "0.0.0", "'; DROP TABLE", "²", "1 2 3"],
)
def test_junk_in_the_cookie_is_ignored(client, wert):
    make_landesprogramm()

    assert mit(client, wert).status_code == 200


def test_eight_kilobytes_of_numbers_are_no_more_than_sixty(client, rf):
    client.cookies = SimpleCookie({"merkliste": ".".join(str(n) for n in range(1, 2000))})
    anfrage = rf.get(ADRESSE, headers={"cookie": client.cookies.output(header="")})

    assert len(merkliste.aus_cookie(anfrage)) == merkliste.HOECHSTENS
    assert client.get(ADRESSE).status_code == 200


def test_pages_with_the_button_know_nothing_of_the_list(client):
    angebot = make_angebot()
    leer = [client.get(a) for a in ("/angebote/", angebot.get_absolute_url())]
    druecke(client, merken=angebot.pk)

    voll = [client.get(a) for a in ("/angebote/", angebot.get_absolute_url())]

    for vorher, nachher in zip(leer, voll, strict=True):
        assert nachher.content == vorher.content
        assert not nachher.cookies
        assert "Cookie" not in nachher.get("Vary", "")
        assert f'name="merken" value="{angebot.pk}"' in nachher.text
        assert "in einem Cookie" in nachher.text


# ---------------------------------------------------------------- passing on


def test_a_list_can_be_passed_on_to_somebody_without_a_cookie(client):
    angebote = [make_angebot(titel="Eins"), make_angebot(titel="Zwei")]
    adresse = merkliste.adresse([a.pk for a in angebote])

    response = client.get(adresse.removeprefix("https://portal.example.org"))

    assert "Eins" in response.text
    assert "Zwei" in response.text
    assert "Seitdem hat sich nichts geändert." in response.text
    assert "noindex" in response.text
    assert not response.cookies


def test_it_says_what_changed_since(client):
    angebote = [make_angebot(titel=f"Angebot {n}") for n in range(7)]
    vorgestern = timezone.now() - dt.timedelta(days=2)
    Angebot.objects.update(geaendert_am=vorgestern - dt.timedelta(days=1))
    angebote[0].titel = "Umbenannt"
    angebote[0].save()
    termin = make_termin(angebote[1], stand=vorgestern - dt.timedelta(days=1))
    make_termin(angebote[2], stand=vorgestern - dt.timedelta(days=1))
    termin.abgesagt = True
    termin.save()
    angebote[3].status = "beendet"
    angebote[3].save()

    seite = " ".join(blatt(client, [a.pk for a in angebote], vom=vorgestern).text.split())

    assert "</strong> 2 von 7 geändert, 1 beendet." in seite
    assert seite.count("Geändert seit diesem Blatt") == 2
    assert seite.count("Dieses Angebot gibt es nicht mehr.") == 1


def test_what_was_deleted_or_drafted_since_counts_as_ended(client):
    bleibt, entwurf = make_angebot(), make_angebot(titel="Geheim", status="entwurf")

    seite = blatt(client, [bleibt.pk, entwurf.pk, 999_999]).text

    assert "2 beendet." in seite
    assert "Was hier fehlt, gibt es nicht mehr." in seite
    assert "Geheim" not in seite


def test_a_list_passed_on_can_be_taken_over(client):
    eigenes, fremdes = make_angebot(), make_angebot()
    druecke(client, merken=eigenes.pk)
    zeichen = merkliste.adresse([fremdes.pk, eigenes.pk]).split("/")[-2]

    druecke(client, uebernehmen=zeichen)

    assert gemerkt(client) == f"{eigenes.pk}.{fremdes.pk}"


def test_a_forged_list_takes_nothing_over(client):
    druecke(client, merken=(eigenes := make_angebot()).pk)

    druecke(client, uebernehmen="gefaelscht")

    assert gemerkt(client) == str(eigenes.pk)


def faelschungen() -> dict[str, str]:
    echt = merkliste._signer().sign_object([1_790_000_000, 1], compress=True)
    anders = signing.Signer(salt="praeventionsketten.anmeldung")
    return {
        "changed": "X" + echt[1:],
        "cut": echt[:-4],
        "of another purpose": anders.sign_object([1_790_000_000, 1], compress=True),
        "without signature": echt.split(":")[0],
        "junk": "🙂:🙂",
        "huge": "A" * 8000,
        "compressed junk": ".AAAA:BBBB",
    }


@pytest.mark.parametrize("art", list(faelschungen()))
def test_a_forged_address_is_a_friendly_page(client, art):
    make_angebot()

    response = client.get(f"{ADRESSE}{faelschungen()[art]}/")

    assert response.status_code == 404
    assert "Diese Merkliste kennen wir nicht" in response.text


def test_a_list_of_before_a_change_of_the_key_still_opens(client, settings):
    zeichen = merkliste.adresse([make_angebot(titel="Noch da").pk]).split("/")[-2]
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another key, as long as every key of a portal has to be"

    assert "Noch da" in client.get(f"{ADRESSE}{zeichen}/").text


def test_the_longest_list_fits_into_a_message(client):
    pks = range(10_000_001, 10_000_001 + merkliste.HOECHSTENS * 7, 7)

    adresse = merkliste.adresse(pks)

    assert len(adresse) < 700
    assert merkliste.oeffne(adresse.split("/")[-2]).pks == list(pks)
