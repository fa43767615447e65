"""The whole suite on SQLite, then what touches data again on PostgreSQL.

`python3 portal.py test` runs this inside the virtual environment. What was used and
what was left out stands in one block at the end; in CI a gap is a failure.
"""

import contextlib
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.conftest import CHROMIUM_NAMES, IN_CI

NOTHING_SELECTED = 5
# Pages look the same on both databases, and house rules know none.
ONLY_ONCE = ["-m", "not browser and not haus"]


def server_programs() -> Path | None:
    """The folder with PostgreSQL's initdb; the newest if there are several."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda f: f.parent.name)
    if pg_config := shutil.which("pg_config"):
        answer = subprocess.run([pg_config, "--bindir"], capture_output=True, text=True)
        folders.append(Path(answer.stdout.strip()))
    return next((folder for folder in reversed(folders) if (folder / "initdb").exists()), None)


@contextlib.contextmanager
def temporary_cluster(programs: Path) -> Iterator[str]:
    """A cluster reachable by its own socket only, gone afterwards; yields its URL."""
    folder = Path(tempfile.mkdtemp(prefix="portal-pg-"))
    options: dict = {"cwd": folder, "stdout": subprocess.DEVNULL}
    if os.geteuid() == 0:  # the server refuses to run as root
        account = pwd.getpwnam("postgres")
        os.chown(folder, account.pw_uid, account.pw_gid)
        options |= {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
    data = folder / "data"
    initdb = [programs / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-N"]
    pg_ctl = [programs / "pg_ctl", "-D", data, "-l", folder / "log", "-w"]
    fast = f"-k {folder} -c listen_addresses= -c fsync=off -c full_page_writes=off"
    try:
        subprocess.run([*initdb, "-E", "UTF8", "--locale=C.UTF-8"], check=True, **options)
        subprocess.run([*pg_ctl, "-o", fast, "start"], check=True, **options)
        yield f"postgres://postgres@/{folder}/portal"
    finally:
        subprocess.run([*pg_ctl, "-m", "immediate", "stop"], **options)
        shutil.rmtree(folder, ignore_errors=True)


def pytest(arguments: list[str], **environment: str) -> int:
    """Exit code; on every processor unless the arguments say otherwise."""
    if "-n" not in arguments:
        arguments = ["-n", str(os.cpu_count()), *arguments]
    others = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    command = [sys.executable, "-m", "pytest", *arguments]
    return subprocess.run(command, env=others | environment).returncode


def on_postgresql(arguments: list[str]) -> tuple[int, str]:
    """Exit code and line of the report."""
    with contextlib.ExitStack() as stack:
        if (given := os.environ.get("DATABASE_URL", "")).startswith(("postgres", "pgsql")):
            url, where = given, "DATABASE_URL"
        elif programs := server_programs():
            url, where = stack.enter_context(temporary_cluster(programs)), str(programs)
        else:
            return int(IN_CI), "ausgelassen: weder Serverprogramme noch DATABASE_URL gefunden"
        print("\n=== PostgreSQL ===", flush=True)
        code = pytest([*ONLY_ONCE, *arguments], DATABASE_URL=url)
    code = 0 if code == NOTHING_SELECTED else code
    return code, f"{verdict(code)} ({where}; Browser und Hausregeln nur auf SQLite)"


def verdict(code: int) -> str:
    return "NICHT bestanden" if code else "bestanden"


def main(arguments: list[str]) -> int:
    print("=== SQLite ===", flush=True)
    sqlite = pytest(arguments)
    postgresql, report = on_postgresql(arguments)
    browser = next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)

    print("\n=== Ergebnis ===")
    print(f"SQLite:     {verdict(sqlite)}")
    print(f"PostgreSQL: {report}")
    print(f"Browser:    {browser or 'ausgelassen: kein Chromium gefunden'}", flush=True)
    return sqlite or postgresql


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
