"""What a review would stop at: style, imports, migrations, sizes."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from importlinter.cli import lint_imports

from tests.haus.dateien import ROOT, tracked

pytestmark = pytest.mark.haus

PROGRAMS = Path(sys.executable).parent
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def run(*command) -> subprocess.CompletedProcess:
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True)


def assert_clean(*command) -> None:
    result = run(*command)

    assert result.returncode == 0, result.stdout + result.stderr


def sources(*, with_migrations: bool = False) -> list[Path]:
    return [
        path for path in tracked("*.py") if with_migrations or path.parent.name != "migrations"
    ]


def length(function: ast.FunctionDef) -> int:
    """Lines of the body; signature and docstring explain and do not count."""
    body = function.body
    if ast.get_docstring(function) and len(body) > 1:
        body = body[1:]
    return body[-1].end_lineno - body[0].lineno + 1


def long_functions(source: str, limit: int) -> list[str]:
    functions = [node for node in ast.walk(ast.parse(source)) if isinstance(node, FUNCTIONS)]
    return [function.name for function in functions if length(function) > limit]


def test_ruff_finds_nothing():
    assert_clean(sys.executable, "-m", "ruff", "check", ".")


def test_python_is_formatted():
    assert_clean(sys.executable, "-m", "ruff", "format", "--check", ".")


def test_templates_are_formatted():
    assert_clean(PROGRAMS / "djade", "--check", *tracked("*.html"))


def test_imports_point_down():
    assert lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True) == 0


@pytest.mark.django_db
def test_every_model_change_has_its_migration():
    call_command("makemigrations", check=True, dry_run=True)


def test_migrations_have_names_that_tell_something():
    files = [path for path in sources(with_migrations=True) if path.parent.name == "migrations"]

    assert not [path for path in files if "_auto_" in path.name or "_alter_" in path.name]


@pytest.mark.parametrize("path", sources(), ids=lambda path: str(path.relative_to(ROOT)))
def test_python_stays_short(path):
    source = path.read_text()
    is_views = "views" in (path.stem, path.parent.name)

    assert len(source.splitlines()) <= 400
    assert long_functions(source, 20 if is_views else 40) == []


def test_the_length_check_sees_a_long_function():
    source = "def f():\n" + "    x = 1\n" * 41

    assert long_functions(source, 40) == ["f"]


def test_no_module_is_called_utils_and_none_listens_to_signals():
    for path in tracked("*.py"):
        assert path.stem not in {"utils", "helpers", "misc", "services"}
        if path.is_relative_to(ROOT / "tests"):
            continue
        assert "@receiver" not in path.read_text()


def test_local_mode_is_the_only_one_that_debugs():
    assert settings.LOKAL
    assert not settings.DEBUG
