"""One hashed, compressed stylesheet on the wire; the layers in their order."""

import gzip
import json
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.test import override_settings

from praeventionsketten.statisch import verkleinert, zusammengefuegt

STORAGE = {"staticfiles": {"BACKEND": "praeventionsketten.statisch.PortalStorage"}}


@pytest.fixture(scope="module")
def collected(tmp_path_factory):
    """The folder that collectstatic fills in production."""
    folder = tmp_path_factory.mktemp("static")
    with override_settings(STATIC_ROOT=folder, STORAGES=STORAGE):
        call_command("collectstatic", verbosity=0, interactive=False)
    return folder


@pytest.fixture
def stylesheet(collected) -> Path:
    manifest = json.loads((collected / "staticfiles.json").read_text())["paths"]
    return collected / manifest["css/portal.css"]


@pytest.fixture
def source() -> str:
    return Path(finders.find("css/portal.css")).read_text()


def joined(**files: str) -> str:
    """What becomes of `portal` when these files lie beside it."""
    return zusammengefuegt("css/portal.css", lambda name: files[Path(name).stem])


def test_the_stylesheet_carries_its_hash_and_a_small_twin(stylesheet):
    assert re.fullmatch(r"portal\.[0-9a-f]{12}\.css", stylesheet.name)
    twin = stylesheet.with_name(f"{stylesheet.name}.gz")
    assert gzip.decompress(twin.read_bytes()) == stylesheet.read_bytes()


def test_no_import_and_no_comment_is_left(stylesheet, source):
    css = stylesheet.read_text()

    assert "@import" in source
    assert "@import" not in css
    assert "/*" not in css


def test_the_layers_keep_their_order(stylesheet, source):
    css = stylesheet.read_text()
    declared = re.search(r"@layer ([\w, ]+);", source)[1].split(", ")

    blocks = re.findall(r"@layer (\w+)\{", css)

    assert css.startswith(f"@layer {','.join(declared)};")
    assert blocks == re.findall(r"layer\((\w+)\)", source)
    assert sorted(blocks, key=declared.index) == blocks


def test_the_stylesheet_asks_for_no_further_file(stylesheet):
    """Every one would be a request of its own before the first page stands."""
    assert re.findall(r"""url\(["']?([^"')#]+)""", stylesheet.read_text()) == []


def test_every_address_in_a_stylesheet_leads_to_a_hashed_file(collected):
    manifest = json.loads((collected / "staticfiles.json").read_text())["paths"]
    sheets = [collected / hashed for name, hashed in manifest.items() if name.endswith(".css")]
    targets = [
        (sheet.parent / address).resolve()
        for sheet in sheets
        for address in re.findall(r"""url\(["']?(?!data:)([^"')#]+)""", sheet.read_text())
    ]

    assert targets
    for target in targets:
        assert target.is_relative_to(collected.resolve())
        assert target.is_file(), target
        assert re.search(r"\.[0-9a-f]{12}\.", target.name), target


def test_braces_stay_in_balance(stylesheet):
    css = re.sub(r"\"[^\"]*\"", "", stylesheet.read_text())

    assert css.count("{") == css.count("}")


def test_an_import_keeps_its_layer_and_its_medium():
    css = joined(portal='@import url("print.css") layer(print) print;', print="p { x: y }")

    assert verkleinert(css) == "@media print{@layer print{p{x: y}}}"


def test_imports_of_imports_are_followed_and_their_addresses_moved():
    css = joined(
        portal='@import url("teile/a.css") layer(a);',
        a="@import url(b/b.css);",
        b='p { mask: url("../../../bilder/x.svg"), url(data:none), url("/abs.svg"), url(#id) }',
    )

    assert 'url("../bilder/x.svg"), url(data:none), url("/abs.svg"), url(#id)' in css


def test_what_stands_in_a_comment_or_a_string_is_no_import():
    css = joined(portal='/* @import url("gone.css"); */ p::after { content: "/* a  b */" }')

    assert verkleinert(css) == 'p::after{content: "/* a  b */"}'


@pytest.mark.parametrize(
    "css",
    [
        "a :hover{b: calc(1px + 2px)}",
        "a+b>c~d{x: 1px 2px}",
        "@media (width >= 40em) and (x){a{b: c}}",
        'a{content: "\\201e x ; } "}',
    ],
)
def test_making_it_smaller_changes_no_meaning(css):
    assert verkleinert(css) == css


@pytest.mark.django_db
def test_a_hashed_file_may_be_kept_for_ever(stylesheet, collected, client):
    with override_settings(
        STATIC_ROOT=collected,
        STORAGES=STORAGE,
        WHITENOISE_AUTOREFRESH=False,
        WHITENOISE_USE_FINDERS=False,
    ):
        response = client.__class__().get(
            f"/static/css/{stylesheet.name}", headers={"accept-encoding": "gzip"}
        )
        body = b"".join(response)

    assert "immutable" in response.headers["Cache-Control"]
    assert response.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(body) == stylesheet.read_bytes()
