"""What a server needs, and what the README says about it, keep up with the code."""

import re

import pytest
from django.conf import settings

from praeventionsketten.middleware import KOPFZEILEN
from tests.haus.dateien import ROOT, tracked

pytestmark = pytest.mark.haus

READS_A_VARIABLE = re.compile(
    r"""(?:env\.(?:str|bool|list|db|email_url)|environ\.get)\(\s*"([A-Z_]+)\""""
)
README = (ROOT / "README.md").read_text()


def nginx_headers() -> dict[str, str]:
    config = (ROOT / "deploy/nginx.conf").read_text()
    return dict(re.findall(r'add_header ([\w-]+) "?([^"]*?)"? always;', config))


def test_nginx_gives_media_the_headers_the_portal_gives():
    headers = nginx_headers()

    assert headers.items() >= KOPFZEILEN.items()
    assert headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert headers["X-Frame-Options"] == settings.X_FRAME_OPTIONS
    assert headers["Cross-Origin-Opener-Policy"] == settings.SECURE_CROSS_ORIGIN_OPENER_POLICY


def test_the_readme_explains_every_variable_and_no_other():
    sources = ["praeventionsketten/settings.py", "portal.py", "deploy/gunicorn.conf.py"]
    read = {
        name for file in sources for name in READS_A_VARIABLE.findall((ROOT / file).read_text())
    }

    table = README.split("## Configuration")[1].split("## ")[0]
    explained = {
        name
        for line in table.splitlines()
        if line.startswith("| `")
        for name in re.findall(r"`([A-Z_]+)`", line.split("|")[1])
    }

    assert explained == read | {"CI"}


def test_the_readme_stays_readable_and_names_only_files_that_exist():
    assert len(README.splitlines()) <= 150

    paths = re.findall(r"`((?:deploy|docs|tests|praeventionsketten|static)/[\w./-]+)`", README)

    assert [path for path in paths if not (ROOT / path).exists()] == []


def test_the_units_start_what_exists():
    for unit in tracked("deploy/*.service"):
        command = re.search(r"ExecStart=\S+ (.+)", unit.read_text())[1]

        assert command.startswith(("-m gunicorn -c deploy/gunicorn.conf.py", "manage.py jobs"))
