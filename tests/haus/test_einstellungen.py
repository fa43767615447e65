"""Production fails closed: what is missing or weak stops the process, with a reason."""

import os
import subprocess
import sys

import pytest

from tests.haus.dateien import ROOT

pytestmark = pytest.mark.haus

PRODUCTION = {
    "SECRET_KEY": "only-for-this-test-" * 4,
    "BASIS_URL": "https://portal.example.org",
    "ALLOWED_HOSTS": "portal.example.org",
    "DATABASE_URL": "postgres://portal@localhost/portal",
    "EMAIL_URL": "smtp+tls://portal:geheim@mail.example.org:587",
    "ABSENDER": "portal@example.org",
}


def django(*arguments: str, **environment: str) -> subprocess.CompletedProcess:
    """Run a fresh process that sees nothing but this environment."""
    command = [sys.executable, *arguments]
    environment |= {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "praeventionsketten.settings",
    }
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)


def value(name: str, **environment: str) -> str:
    code = f"from django.conf import settings; print(settings.{name})"
    return django("-c", code, **environment).stdout.strip()


def test_production_needs_nothing_else():
    result = django("manage.py", "check", "--deploy", "--fail-level", "INFO", **PRODUCTION)

    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize("name", PRODUCTION)
def test_production_refuses_to_start_without(name):
    environment = {key: value for key, value in PRODUCTION.items() if key != name}

    result = django("manage.py", "check", **environment)

    assert result.returncode != 0
    assert "ImproperlyConfigured" in result.stderr
    assert name in result.stderr


@pytest.mark.parametrize(
    ("name", "weak"),
    [
        ("SECRET_KEY", "kurz"),
        ("BASIS_URL", "http://portal.example.org"),
        ("ALLOWED_HOSTS", "*"),
        ("ALLOWED_HOSTS", ""),
        ("DATABASE_URL", ""),
    ],
)
def test_production_refuses_to_start_with_a_weak(name, weak):
    result = django("manage.py", "check", **PRODUCTION | {name: weak})

    assert result.returncode != 0
    assert "ImproperlyConfigured" in result.stderr


def test_production_is_what_one_gets_without_asking():
    assert value("LOKAL", **PRODUCTION) == "False"
    assert value("LOKAL", PORTAL_MODUS="lokal", SECRET_KEY="x") == "True"


@pytest.mark.parametrize("wish", ["1", "True", "on"])
def test_production_ignores_a_wish_for_debug(wish):
    assert value("DEBUG", **PRODUCTION, DEBUG=wish) == "False"
    assert value("DEBUG", PORTAL_MODUS="lokal", SECRET_KEY="x", DEBUG=wish) == "True"


@pytest.mark.parametrize(
    "name", ["SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT"]
)
def test_production_speaks_https_only(name):
    assert value(name, **PRODUCTION) == "True"


def test_an_error_never_tells_the_secret():
    environment = PRODUCTION | {"BASIS_URL": "http://portal.example.org"}

    result = django("manage.py", "check", **environment)

    assert PRODUCTION["SECRET_KEY"] not in result.stdout + result.stderr
