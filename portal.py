#!/usr/bin/env python3
"""Starts or tests the portal; needs nothing but Python 3.11 or newer.

Everything it makes lies in .venv/ and var/. A step whose ingredients have not changed
since the last time is skipped: its stamp holds their hash.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin/python"
VAR = Path(os.environ.get("VAR_DIR", ROOT / "var")).resolve()
LOCK = ROOT / "requirements/base.txt"
DATABASE = VAR / "portal.sqlite3"
DATA_STAMP = VAR / "stand-daten"
DEMO_ACCOUNTS = VAR / "demo-zugaenge.txt"
APPS = ["praeventionsketten", "kommunen", "angebote", "veranstaltungen"]
LOOPBACK = {"127.0.0.1", "::1", "localhost"}


def stop(message: str) -> None:
    sys.exit(f"\n{message}")


# ------------------------------------------------------------------ steps


def fingerprint(files: Iterable[Path], *words: str) -> str:
    """One hash over the names and contents of files, and over words."""
    total = hashlib.sha256("\0".join(words).encode())
    for file in sorted(files):
        total.update(f"\0{file.name}\0".encode() + file.read_bytes())
    return total.hexdigest()


@contextlib.contextmanager
def step(title: str, stamp: Path, state: str) -> Iterator[bool]:
    """Yield whether the step is needed; announce it, and stamp it when it is done."""
    if stamp.exists() and stamp.read_text() == state:
        yield False
        return
    print(f"  {title} …", end=" ", flush=True)
    begin = time.monotonic()
    yield True
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(state)
    print(f"fertig ({time.monotonic() - begin:.0f} s)", flush=True)


def local() -> dict[str, str]:
    return os.environ | {"PORTAL_MODUS": "lokal"}


def run_quietly(command: list[str | Path]) -> None:
    """Show what a command says only if it fails."""
    result = subprocess.run(
        command,
        cwd=ROOT,
        env=local(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )
    if result.returncode:
        last_lines = "\n".join(result.stdout.splitlines()[-15:])
        stop(f"{last_lines}\n\nDieser Schritt ist nicht gelungen; die Meldung steht darüber.")


def manage(*arguments: str) -> None:
    run_quietly([PYTHON, "manage.py", *arguments])


def make_environment(*lists: str) -> None:
    """A virtual environment with exactly the locked libraries, each checked by hash."""
    if sys.version_info < (3, 11):
        stop("Das Portal braucht Python 3.11 oder neuer.")
    if find_spec("ensurepip") is None:
        stop("Es fehlt das Python-Paket „venv“. Unter Debian: apt install python3-venv")
    # A virtual environment works only where it was made, and with the Python that made it.
    with step("Umgebung anlegen", VENV / ".stand", f"{VENV} {sys.version}") as needed:
        if needed:
            run_quietly([sys.executable, "-m", "venv", "--clear", VENV])
    titles = {"base": "Bibliotheken laden (einmalig)", "test": "Prüfwerkzeuge laden (einmalig)"}
    for name in lists:
        lock = ROOT / "requirements" / f"{name}.txt"
        with step(titles[name], VENV / f".stand-{name}", fingerprint([lock])) as needed:
            if needed:
                pip = [PYTHON, "-m", "pip", "install", "-q", "--disable-pip-version-check"]
                hashed = ["--require-hashes", "--only-binary", ":all:", "-r", lock]
                run_quietly([*pip, "--no-input", *hashed])


# ------------------------------------------------------------------ start


def start_over() -> None:
    """Back to the untouched demo world, after asking."""
    print("Alle Einträge, Bilder, Konten und Mails dieser Beispielwelt gehen verloren.")
    try:
        answer = input("Wirklich neu anfangen? [j/N] ")
    except EOFError:
        answer = ""
    if answer.strip().lower() not in {"j", "ja"}:
        stop("Es bleibt alles, wie es ist.")
    if os.environ.get("DATABASE_URL"):
        manage("flush", "--no-input")
    for file in [*VAR.glob(f"{DATABASE.name}*"), DEMO_ACCOUNTS, DATA_STAMP]:
        file.unlink(missing_ok=True)
    for folder in ("medien", "post"):
        shutil.rmtree(VAR / folder, ignore_errors=True)


def make_key() -> None:
    VAR.mkdir(parents=True, exist_ok=True)
    key = VAR / "schluessel"
    if not key.exists():
        key.touch(mode=0o600)
        key.write_text(secrets.token_urlsafe(60))


def prepare_data(*options: str) -> None:
    """Tables, base data and demo world; what people edited stays."""
    url = os.environ.get("DATABASE_URL", "")
    if DATA_STAMP.exists() and not (has_tables() if url else DATABASE.exists()):
        DATA_STAMP.unlink()
    folders = ["migrations", "management", "grunddaten", "beispielwelt"]
    found = [f for app in APPS for name in folders for f in (ROOT / app).glob(f"{name}/**/*")]
    sources = [file for file in found if file.suffix in {".py", ".toml"}]
    state = fingerprint([LOCK, *sources], url, *options)
    with step("Datenbank einrichten", DATA_STAMP, state) as needed:
        if needed:
            manage("einrichten", *options)


def has_tables() -> bool:
    """A stamp cannot know that a server's database was emptied; this asks it."""
    ask = [PYTHON, "manage.py", "migrate", "--check"]
    return subprocess.run(ask, cwd=ROOT, env=local(), capture_output=True).returncode == 0


def prepare_static_files() -> None:
    folders = [ROOT / "static", *(ROOT / app / "static" for app in APPS)]
    sources = [file for folder in folders for file in folder.rglob("*") if file.is_file()]
    sources += [LOCK, ROOT / "praeventionsketten/statisch.py"]
    with step("Gestaltung vorbereiten", VAR / "static/.stand", fingerprint(sources)) as needed:
        if needed:
            manage("collectstatic", "--clear", "--no-input")


def demo_accounts_exist() -> bool:
    if DEMO_ACCOUNTS.exists():
        return True
    ask = [PYTHON, "manage.py", "demokonten"]
    return bool(subprocess.check_output(ask, cwd=ROOT, env=local()).strip())


def refuse(host: str) -> None:
    stop(
        f"HOST={host} wird abgelehnt: Es gibt Beispielkonten mit bekannten Passwörtern.\n"
        "Von anderen Rechnern erreichbar darf nur ein Portal ohne Beispielwelt sein."
    )


def check_port(host: str, port: str) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, int(port)))
        except (OSError, ValueError, OverflowError):
            stop(
                f"Unter {host}:{port} lässt sich nichts starten; vielleicht läuft dort schon "
                "etwas.\nMit einem anderen Port: PORT=8001 python3 portal.py start"
            )


def start(*, anew: bool) -> int:
    host, port = os.environ.get("HOST", "127.0.0.1"), os.environ.get("PORT", "8000")
    at_home = host in LOOPBACK
    if not at_home and DEMO_ACCOUNTS.exists():
        refuse(host)
    check_port(host, port)
    make_environment("base")
    make_key()
    if anew:
        start_over()
    prepare_data(*(["--beispielwelt"] if at_home else []))
    prepare_static_files()
    if not at_home and demo_accounts_exist():
        refuse(host)
    return serve(host, port)


def serve(host: str, port: str) -> int:
    """Web server and job worker side by side; when one ends, so does the other."""
    address = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    environment = {"BASIS_URL": f"http://{address}"} | local()
    web = ["-m", "gunicorn", "-c", "deploy/gunicorn.conf.py", "-b", address]
    listen_for_the_end()
    children = []
    try:
        for command in ([*web, "praeventionsketten.wsgi"], ["manage.py", "jobs", "--loop"]):
            # In a session of its own: Ctrl-C reaches this process alone, which ends both.
            options = {"cwd": ROOT, "env": environment, "start_new_session": True}
            children.append(subprocess.Popen([PYTHON, *command], **options))
        if wait_until_open(host, int(port), children):
            welcome(f"http://{address}")
        while all(child.poll() is None for child in children):
            time.sleep(0.2)
        print("\nEin Teil des Portals hat sich beendet; das Portal hält an.")
        return 1
    except KeyboardInterrupt:
        print("\nDas Portal wird beendet …", flush=True)
        return 0
    finally:
        end(children)


def listen_for_the_end() -> None:
    """Being told to end by a service manager or a closed terminal is like Ctrl-C."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    if signal.getsignal(signal.SIGHUP) is signal.SIG_DFL:
        signal.signal(signal.SIGHUP, signal.default_int_handler)


def end(children: list[subprocess.Popen]) -> None:
    for child in children:
        child.terminate()
    for child in children:
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(timeout=20)
        with contextlib.suppress(ProcessLookupError):  # whatever is left of its session
            os.killpg(child.pid, signal.SIGKILL)


def wait_until_open(host: str, port: int, children: list[subprocess.Popen]) -> bool:
    while all(child.poll() is None for child in children):
        with contextlib.suppress(OSError), socket.create_connection((host, port), timeout=1):
            return True
        time.sleep(0.1)
    return False


def welcome(address: str) -> None:
    print(f"\nDas Portal läuft: {address}/\nVerwaltung:       {address}/verwaltung/\n")
    if DEMO_ACCOUNTS.exists():
        rows = [line.split("\t") for line in DEMO_ACCOUNTS.read_text().splitlines()]
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        for row in rows:
            cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
            print("  " + "  ".join(cells).rstrip())
    print(f"\nGesendete Mails liegen in {VAR / 'post'}\nBeenden mit Strg+C.", flush=True)


# ------------------------------------------------------------------ command line


def test(arguments: list[str]) -> int:
    make_environment("base", "test")
    return subprocess.run([PYTHON, "-m", "tests.run", *arguments], cwd=ROOT).returncode


def main() -> int:
    parser = argparse.ArgumentParser(prog="portal.py", description=__doc__.splitlines()[0])
    commands = parser.add_subparsers(dest="command", required=True)
    starter = commands.add_parser("start", help="startet das Portal auf diesem Rechner")
    starter.add_argument("--neu", action="store_true", help="setzt die Beispielwelt zurück")
    commands.add_parser("test", help="prüft alles; weitere Angaben gehen an pytest")
    options, rest = parser.parse_known_args()
    if options.command == "test":
        return test(rest)
    if rest:
        parser.error(f"unbekannte Angabe: {' '.join(rest)}")
    return start(anew=options.neu)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit("\nAbgebrochen.")
