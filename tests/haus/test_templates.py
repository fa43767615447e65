"""Templates: they compile, stay short, and leave style and script to files."""

import re

import pytest
from django.contrib.staticfiles import finders
from django.template.loader import get_template

from tests.haus.dateien import ROOT, tracked

pytestmark = pytest.mark.haus

TEMPLATES = tracked("templates/**", "*/templates/**")
INLINE = {
    "style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.I),
    "style element": re.compile(r"<style\b", re.I),
    "event handler": re.compile(r"<[^>]*\son[a-z]+\s*=", re.I),
    "script without src": re.compile(
        r"<script\b(?![^>]*\bsrc=)(?![^>]*application/(?:ld\+)?json)", re.I
    ),
    "javascript: address": re.compile(r"(?:href|action)\s*=\s*[\"']?\s*javascript:", re.I),
    "other host": re.compile(r"<(?:script|link|img|iframe|source)\b[^>]*[\"']https?://", re.I),
}
NONCE = 'nonce="{{ request.csp_nonce }}"'


def violations(html: str) -> list[str]:
    html = re.sub(rf"<(script|style)\b[^>]*{re.escape(NONCE)}", "<nonce", html)
    return [name for name, pattern in INLINE.items() if pattern.search(html)]


def short(path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", TEMPLATES, ids=short)
def test_a_template_compiles(path):
    get_template(short(path).split("templates/", 1)[1])


@pytest.mark.parametrize("path", TEMPLATES, ids=short)
def test_a_template_is_short_and_keeps_to_the_policy(path):
    text = path.read_text()

    assert len(text.splitlines()) <= 120
    assert violations(text) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=short)
def test_every_static_file_a_template_names_exists(path):
    names = re.findall(r"""\{%\s*static\s+["']([^"']+)["']""", path.read_text())

    assert [name for name in names if finders.find(name) is None] == []


@pytest.mark.parametrize(
    ("html", "name"),
    [
        ('<p style="color: red">', "style attribute"),
        ("<style>p {}</style>", "style element"),
        ('<a href="/" onclick="go()">', "event handler"),
        ("<script>go()</script>", "script without src"),
        ('<a href="javascript:go()">', "javascript: address"),
        ('<img src="https://elsewhere.example/x.png" alt="">', "other host"),
    ],
)
def test_the_template_check_sees_what_it_looks_for(html, name):
    assert violations(html) == [name]
