"""portal.py: stamps, refusals, and German sentences instead of tracebacks."""

import os
import socket
import subprocess
import sys

import pytest

import portal
from tests.haus.dateien import ROOT

pytestmark = pytest.mark.haus


def portal_py(*arguments: str, **environment: str) -> subprocess.CompletedProcess:
    command = [sys.executable, ROOT / "portal.py", *arguments]
    environment |= {"PATH": os.environ["PATH"]}
    return subprocess.run(
        command, env=environment, capture_output=True, text=True, stdin=subprocess.DEVNULL
    )


@pytest.fixture
def busy_port():
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield str(server.getsockname()[1])


@pytest.fixture
def var(tmp_path, monkeypatch):
    """A var/ of its own, with everything a used demo world leaves behind."""
    monkeypatch.setattr(portal, "VAR", tmp_path)
    for constant in ("DATABASE", "DATA_STAMP", "DEMO_ACCOUNTS"):
        monkeypatch.setattr(portal, constant, tmp_path / getattr(portal, constant).name)
        (tmp_path / getattr(portal, constant).name).write_text("used")
    (tmp_path / "medien/bilder").mkdir(parents=True)
    (tmp_path / "schluessel").write_text("secret")
    monkeypatch.delenv("DATABASE_URL", raising=False)
    return tmp_path


# ------------------------------------------------------------------ stamps


def test_a_step_is_done_once_and_again_when_its_ingredients_change(tmp_path, capsys):
    done = []

    for state in ["a", "a", "b"]:
        with portal.step("Backen", tmp_path / "stand", state) as needed:
            if needed:
                done.append(state)

    assert done == ["a", "b"]
    assert capsys.readouterr().out.count("Backen") == 2


def test_a_step_that_failed_is_not_stamped(tmp_path):
    with pytest.raises(SystemExit), portal.step("Backen", tmp_path / "stand", "a"):
        portal.stop("Der Ofen ist aus.")

    assert not (tmp_path / "stand").exists()


def test_a_fingerprint_knows_names_contents_and_words(tmp_path):
    a, b = tmp_path / "a", tmp_path / "b"
    a.write_text("x")
    b.write_text("x")

    prints = {
        portal.fingerprint([a]),
        portal.fingerprint([b]),
        portal.fingerprint([a, b]),
        portal.fingerprint([a], "word"),
    }
    before = portal.fingerprint([a, b])
    b.write_text("y")

    assert len(prints) == 4
    assert portal.fingerprint([b, a]) != before
    assert portal.fingerprint([b, a]) == portal.fingerprint([a, b])


def test_the_key_is_made_once_and_for_the_owner_only(tmp_path, monkeypatch):
    monkeypatch.setattr(portal, "VAR", tmp_path / "var")

    portal.make_key()
    first = (tmp_path / "var/schluessel").read_text()
    portal.make_key()

    assert len(first) >= 50
    assert (tmp_path / "var/schluessel").read_text() == first
    assert (tmp_path / "var/schluessel").stat().st_mode & 0o077 == 0


# ------------------------------------------------------------------ refusals


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.7", "portal.example.org"])  # noqa: S104
def test_demo_passwords_are_not_offered_to_other_machines(tmp_path, host):
    (tmp_path / "demo-zugaenge.txt").write_text("Redaktion\tr@example.org\tgeheim-geheim\n")

    result = portal_py("start", VAR_DIR=str(tmp_path), HOST=host, PORT="0")

    assert result.returncode == 1
    assert "Beispielkonten" in result.stderr
    assert "geheim-geheim" not in result.stdout + result.stderr


@pytest.mark.parametrize(("host", "demo"), [("127.0.0.1", True), ("0.0.0.0", False)])  # noqa: S104
def test_a_port_in_use_is_said_in_german(tmp_path, busy_port, host, demo):
    if demo:
        (tmp_path / "demo-zugaenge.txt").write_text("Redaktion\tr@example.org\tgeheim\n")

    result = portal_py("start", VAR_DIR=str(tmp_path), HOST=host, PORT=busy_port)

    assert result.returncode == 1
    assert "vielleicht läuft dort schon etwas" in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("port", ["achtzig", "70000", "-1"])
def test_a_port_that_is_none_is_said_in_german(tmp_path, port):
    result = portal_py("start", VAR_DIR=str(tmp_path), PORT=port)

    assert result.returncode == 1
    assert "lässt sich nichts starten" in result.stderr


def test_a_python_without_venv_is_said_in_one_german_sentence(monkeypatch):
    monkeypatch.setattr(portal, "find_spec", lambda name: None)

    with pytest.raises(SystemExit) as leaving:
        portal.make_environment()

    assert "Es fehlt das Python-Paket „venv“" in str(leaving.value)


def test_a_step_that_fails_shows_its_last_lines():
    with pytest.raises(SystemExit) as leaving:
        portal.run_quietly([sys.executable, "-c", "raise ValueError('kaputt')"])

    assert "kaputt" in str(leaving.value)
    assert "nicht gelungen" in str(leaving.value)


@pytest.mark.parametrize("arguments", [[], ["fliegen"], ["start", "--schnell"]])
def test_an_unknown_command_is_refused(arguments):
    assert portal_py(*arguments).returncode == 2


# ------------------------------------------------------------------ starting over


@pytest.mark.parametrize("answer", ["", "n", "nein", "vielleicht"])
def test_starting_over_needs_a_clear_yes(var, monkeypatch, answer):
    monkeypatch.setattr("builtins.input", lambda question: answer)

    with pytest.raises(SystemExit):
        portal.start_over()

    assert (var / "portal.sqlite3").exists()
    assert (var / "medien").exists()


def test_starting_over_removes_the_demo_world_and_keeps_the_key(var, monkeypatch):
    monkeypatch.setattr("builtins.input", lambda question: "ja")

    portal.start_over()

    assert [path.name for path in var.iterdir()] == ["schluessel"]
