"""Fixtures for every test: the outbox, and windows of a real browser."""

import os
import shutil

import pytest
from django.conf import settings
from django.db import connection

IN_CI = os.environ.get("CI", "").lower() in {"1", "true"}
CHROMIUM_NAMES = ["chromium", "chromium-browser", "google-chrome"]
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

# Playwright's synchronous interface keeps an event loop running in this thread.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")


def missing(what: str) -> None:
    """Skip for want of a tool on a desk, fail for it in CI."""
    if IN_CI:
        pytest.fail(f"{what} is missing, and CI=true accepts no gaps")
    pytest.skip(f"{what} is missing on this machine")


def pytest_collection_modifyitems(config, items) -> None:
    """What only the other database can show is not part of a run."""
    hier_sqlite = "sqlite" in settings.DATABASES["default"]["ENGINE"]
    andere = "postgresql" if hier_sqlite else "sqlite"
    fremd = [test for test in items if test.get_closest_marker(andere)]
    items[:] = [test for test in items if test not in fremd]
    config.hook.pytest_deselected(items=fremd)


@pytest.fixture(scope="session", autouse=True)
def _outbox(django_test_environment):
    """Mails become rows, as in the portal; pytest-django would keep them in memory."""
    settings.EMAIL_BACKEND = "praeventionsketten.post.Postausgang"


@pytest.fixture(autouse=True)
def _fresh_worker():
    """A rollback takes back what a worker has seen; each test starts with a new one."""
    from angebote import fehlsuchen, suche  # tests.run reads this file without Django
    from veranstaltungen import aushang

    fehlsuchen.SAMMLER.vergiss()
    suche.vergiss()
    aushang.vergiss()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """SQLite is asked once per process whether it knows JSON; no query budget pays for it."""
    with django_db_blocker.unblock():
        assert connection.features.supports_json_field


@pytest.fixture(scope="session")
def chromium():
    executable = next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    if executable is None:
        missing("Chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=CHROMIUM_FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def fenster(chromium, live_server):
    """Opens browser windows on the live server: `fenster(width=320, dark=True)`.

    Whatever a test does in them, nothing may be asked of another host and nothing may
    break the Content Security Policy.
    """
    contexts, foreign, violations = [], [], []

    def watch(request) -> None:
        if not request.url.startswith((live_server.url, "data:")):
            foreign.append(request.url)

    def listen(message) -> None:
        if "Content Security Policy" in message.text:
            violations.append(message.text)

    def open_window(width=1280, height=900, dark=False, java_script=True):
        context = chromium.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
            java_script_enabled=java_script,
            locale="de-DE",
            timezone_id="Europe/Berlin",
        )
        contexts.append(context)
        page = context.new_page()
        page.on("request", watch)
        page.on("console", listen)
        return page

    yield open_window
    for context in contexts:
        context.close()
    assert foreign == []
    assert violations == []
