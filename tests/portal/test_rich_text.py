import pytest

from tests.factories import make_seite

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "boese",
    [
        "<script>alert(1)</script>",
        '<p onclick="alert(1)">x</p>',
        '<a href="javascript:alert(1)">x</a>',
        '<a href="data:text/html,x">x</a>',
        '<iframe src="https://example.org"></iframe>',
        '<p style="color:red">x</p>',
        "<style>p{color:red}</style>",
        '<img src=x onerror="alert(1)">',
        '<svg><a xlink:href="javascript:alert(1)">x</a></svg>',
        "<h1>zweite Hauptüberschrift</h1>",
    ],
)
def test_saving_past_every_form_still_leaves_clean_html(boese):
    seite = make_seite(text=f"<p>davor</p>{boese}")
    seite.refresh_from_db()

    assert "<p>davor</p>" in seite.text
    for spur in (
        "<script",
        "onclick",
        "javascript:",
        "data:",
        "<iframe",
        "style",
        "onerror",
        "<h1",
        "<svg",
    ):
        assert spur not in seite.text


def test_semantic_html_is_kept():
    text = (
        "<h2>Thema</h2><p><strong>wichtig</strong>, <em>betont</em><br>neu</p>"
        "<ul><li><p>eins</p></li></ul><blockquote><p>Zitat</p></blockquote>"
        '<p><a href="/kommunen/">Kommunen</a> <a href="mailto:a@example.org">Mail</a></p>'
    )

    seite = make_seite(text=text)

    for teil in (
        "<h2>Thema</h2>",
        "<strong>wichtig</strong>",
        "<br>",
        "<li>",
        "<blockquote>",
        'href="/kommunen/"',
    ):
        assert teil in seite.text
