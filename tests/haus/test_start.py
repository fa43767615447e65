"""`portal.py start`, for real: demo world, gunicorn, worker, and what goes over the wire."""

import gzip
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests.haus.dateien import ROOT

pytestmark = pytest.mark.haus

# The libraries are already here; everything after them is the real thing.
START = """
import sys
from pathlib import Path
import portal
portal.PYTHON = Path(sys.executable)
portal.make_environment = lambda *lists: None
sys.exit(portal.start(anew=False))
"""


class Portal:
    """A running `portal.py start` with a var/ of its own."""

    def __init__(self, var: Path):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.address = f"http://127.0.0.1:{port}"
        self.log = var / "start.log"
        environment = {"PATH": os.environ["PATH"], "VAR_DIR": str(var), "PORT": str(port)}
        begin = time.monotonic()
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-u", "-c", START],
                cwd=ROOT,
                env=environment,
                stdout=log,
                stderr=log,
            )
        while "Beenden mit Strg+C" not in self.output():
            assert self.process.poll() is None, self.output()
            assert time.monotonic() - begin < 120, self.output()
            time.sleep(0.1)
        self.seconds = time.monotonic() - begin

    def output(self) -> str:
        return self.log.read_text()

    def get(self, path: str, **headers: str):
        request = urllib.request.Request(self.address + path, headers=headers)  # noqa: S310
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            return opener.open(request, timeout=30)
        except urllib.error.HTTPError as refusal:
            return refusal

    def size(self, path: str) -> int:
        """Bytes on the wire, compressed as for a browser."""
        with self.get(path, **{"Accept-Encoding": "gzip"}) as response:
            return len(response.read())

    def processes(self, word: str) -> list[int]:
        answer = subprocess.run(["ps", "-eo", "pid,ppid,args"], capture_output=True, text=True)  # noqa: S607
        rows = [line.split(None, 2) for line in answer.stdout.splitlines()[1:]]
        family = {self.process.pid}
        for pid, ppid, _ in rows:
            if int(ppid) in family:
                family.add(int(pid))
        return [int(pid) for pid, _, args in rows if int(pid) in family and word in args]

    def end(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=30)


@pytest.fixture(scope="module")
def var(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("var mit Leerzeichen")


@pytest.fixture(scope="module")
def portal(var):
    running = Portal(var)
    yield running
    if running.process.poll() is None:
        running.end()


def test_the_first_start_prints_the_address_and_an_account_for_every_role(portal, var):
    accounts = (var / "demo-zugaenge.txt").read_text().splitlines()

    assert f"Das Portal läuft: {portal.address}/" in portal.output()
    for account in accounts:
        for cell in account.split("\t"):
            assert cell in portal.output()
    for role in ("Koordination", "Veranstaltungsteam", "Redaktion", "Administration"):
        assert any(account.startswith(f"{role}\t") for account in accounts)


def test_the_portal_is_ready(portal):
    assert portal.get("/readyz").read() == b"ok\n"


def test_web_server_and_worker_run_side_by_side(portal):
    assert portal.processes("gunicorn")
    assert portal.processes("jobs --loop")


def test_an_address_of_8_kb_and_the_referer_that_repeats_it_are_answered(portal):
    path = "/konto/login/?" + "q=ae&" * 1635

    response = portal.get(path, Referer=portal.address + path)

    assert len(path) > 8180
    assert response.status == 200


def test_the_first_visit_is_light(portal):
    with portal.get("/", **{"Accept-Encoding": "gzip"}) as response:
        status, wire = response.status, response.read()
    html = gzip.decompress(wire).decode()
    head = html.split("</head>")[0]
    parts = re.findall(
        r"""<(?:link [^>]*rel="(?:stylesheet|icon)"[^>]*href|script [^>]*src)="([^"]+)""", html
    )

    assert status == 200
    assert head.count('rel="stylesheet"') == 1
    assert len(wire) <= 14 * 1024
    assert len(parts) + 1 <= 4
    assert len(wire) + sum(map(portal.size, parts)) <= 30 * 1024


def test_static_files_are_compressed_protected_and_kept_for_ever(portal):
    html = portal.get("/").read().decode()
    stylesheet = re.search(r'href="(/static/css/portal\.\w+\.css)"', html)[1]

    headers = portal.get(stylesheet, **{"Accept-Encoding": "gzip"}).headers

    assert headers["Content-Encoding"] == "gzip"
    assert "immutable" in headers["Cache-Control"]
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_a_worker_is_small(portal):
    for _ in range(20):
        portal.get("/").close()

    for pid in portal.processes("gunicorn"):
        status = Path(f"/proc/{pid}/status").read_text()
        assert int(re.search(r"VmRSS:\s+(\d+)", status)[1]) <= 120 * 1024


def test_ending_it_ends_both(portal):
    children = portal.processes("gunicorn") + portal.processes("jobs --loop")

    assert portal.end() == 0

    assert children
    assert not [pid for pid in children if Path(f"/proc/{pid}").exists()]


def test_a_later_start_is_quick_and_when_one_part_dies_the_other_ends(portal, var):
    again = Portal(var)
    children = again.processes("gunicorn")

    os.kill(again.processes("jobs --loop")[0], signal.SIGKILL)
    code = again.process.wait(timeout=30)

    assert again.seconds <= 8
    assert "Datenbank einrichten" not in again.output()
    assert code == 1
    assert not [pid for pid in children if Path(f"/proc/{pid}").exists()]
