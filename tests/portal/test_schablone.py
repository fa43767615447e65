"""A template rendered once and filled often reads as if it were rendered each time."""

import re

import pytest
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from praeventionsketten.schablone import (
    Html,
    Schablone,
    Vordruck,
    als_html,
    als_klartext,
    marke,
)

FELDER = ("url", "titel", "ort", "text", "kettchen", "merkmale")
BOESE = "<script>alert('&\"')</script>"


def eng(html: str) -> str:
    """Without the lines and indents of the template."""
    return re.sub(r"\s*\n\s*", "\n", html)


@pytest.mark.parametrize("wert", ["Elterncafé", BOESE, "", 7, "\ue000titel\ue001"])
def test_it_reads_like_the_template(wert):
    werte = dict.fromkeys(FELDER, "fest") | {"titel": wert}

    html = Schablone("angebote/_karte.html", FELDER).fuelle(werte)

    assert str(html) == eng(render_to_string("angebote/_karte.html", werte))


def test_a_text_that_looks_like_a_mark_stays_a_text():
    werte = dict.fromkeys(FELDER, "fest") | {"ort": "5 \ue000titel\ue001 Euro"}

    html = Schablone("angebote/_karte.html", ["titel"], **werte).fuelle({"titel": "Café"})

    assert "5 \ue000titel\ue001 Euro" in str(html)


def test_what_is_fixed_and_what_is_filled_in_are_escaped_alike():
    felder = [feld for feld in FELDER if feld != "ort"]
    schablone = Schablone("angebote/_karte.html", felder, ort=BOESE)

    html = str(schablone.fuelle(dict.fromkeys(felder, BOESE)))

    assert "<script>" not in html
    assert html.count("&lt;script&gt;") == len(FELDER)


def test_a_mark_may_stand_deeper_than_the_top():
    glied = {"art": "phase", "code": "kita", "name": "Kita", "anzahl": 2, "zahl": marke("zahl")}

    html = Schablone("includes/glied.html", glied=glied).fuelle({"zahl": 12})

    assert '<span class="kette__zahl">12<' in str(html)


@pytest.mark.parametrize("text", ["", BOESE, "&amp;", "&lt;b&gt; & Co", "„So“ 'n' Café"])
def test_what_was_escaped_can_be_read_again(text):
    assert als_klartext(als_html(text)) == text


def test_what_a_visitor_typed_keeps_its_lines():
    werte = dict.fromkeys(FELDER, "fest") | {"text": "eins\n\n  zwei"}

    assert "eins\n\n  zwei" in str(Schablone("angebote/_karte.html", FELDER).fuelle(werte))


def test_only_markup_of_ours_is_written_as_it_is():
    werte = dict.fromkeys(FELDER, "fest")
    schablone = Schablone("angebote/_karte.html", FELDER)

    assert "<b>x</b>" in str(schablone.fuelle(werte | {"text": Html(b"<b>x</b>")}))
    assert "<b>x</b>" in str(schablone.fuelle(werte | {"text": mark_safe("<b>x</b>")}))
    assert "&lt;b&gt;x&lt;/b&gt;" in str(schablone.fuelle(werte | {"text": "<b>x</b>"}))


def test_a_form_filled_in_beforehand_takes_what_differs():
    schablone = Schablone("angebote/_karte.html", FELDER)
    vordruck = Vordruck(schablone, dict.fromkeys(FELDER, BOESE))

    erste = vordruck.fuelle({"ort": als_html("Kassel"), "titel": als_html("Café")})
    zweite = vordruck.fuelle({})

    anders = dict.fromkeys(FELDER, BOESE) | {"ort": "Kassel", "titel": "Café"}
    assert erste == schablone.fuelle(anders)
    # What one page sets, the next one does not see.
    assert zweite == schablone.fuelle(dict.fromkeys(FELDER, BOESE))


def test_a_field_that_stands_twice_cannot_be_set_by_its_place():
    zweimal = Schablone("angebote/_karte.html", ["ort"], text=marke("ort"))

    with pytest.raises(ValueError, match="2 places"):
        zweimal.stelle("ort")
