"""The project stands alone: no trace of a machine, and every library checked by hash."""

import re

import pytest

from tests.haus.dateien import ROOT, tracked

pytestmark = pytest.mark.haus

TEXT = {".py", ".toml", ".md", ".txt", ".in", ".html", ".css", ".conf", ".service", ".yaml", ""}
# Written in pieces, so that this file does not find itself.
FORBIDDEN = re.compile(
    "|".join([r"/ro" + "ot/", r"/ho" + r"me/\w", "/wo" + "rk/", "py" + r"pi\."])
)
LOCKS = ["requirements/base.txt", "requirements/test.txt"]


def traces(text: str) -> list[str]:
    return FORBIDDEN.findall(text)


def test_no_file_names_a_machine_or_a_package_index():
    files = [path for path in tracked() if path.suffix in TEXT]

    found = {str(path.relative_to(ROOT)): traces(path.read_text()) for path in files}

    assert {name: where for name, where in found.items() if where} == {}


def test_a_trace_would_be_found():
    assert traces("see /ho" + "me/anna/portal and https://py" + "pi.org/simple")


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_library_has_its_hashes(lock):
    joined = (ROOT / lock).read_text().replace("\\\n", " ")
    lines = [line for line in joined.splitlines() if line and not line.startswith("#")]

    assert lines
    for line in lines:
        assert re.match(r"[\w.\[\]-]+==\S+ ", line), line
        assert "--hash=sha256:" in line, line


def test_nothing_but_sources_is_tracked():
    names = {path.relative_to(ROOT).parts[0] for path in tracked()}

    assert names.isdisjoint({"var", ".venv", "node_modules"})
