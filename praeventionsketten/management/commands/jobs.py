"""The worker: `manage.py jobs` runs what is due once, `--loop` until it is told to stop."""

import signal
import threading

from django.core.management.base import BaseCommand
from django.db import close_old_connections

from praeventionsketten import jobs, post


class Command(BaseCommand):
    help = "Runs background jobs and sends the outbox."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--loop", action="store_true", help="keep running until SIGTERM")
        parser.add_argument("--pause", type=float, default=2.0, help="seconds between rounds")

    def handle(self, *, loop: bool, pause: float, **options) -> None:
        ende = threading.Event()
        if loop:
            for zeichen in (signal.SIGTERM, signal.SIGINT):
                signal.signal(zeichen, lambda *_: ende.set())
        while True:
            close_old_connections()
            jobs.eine_runde()
            # A mail that was just written should not wait for the next minute.
            post.versenden()
            if not loop or ende.wait(pause):
                return
