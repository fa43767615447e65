"""How gunicorn serves the portal, on a desk (portal.py) as in production (systemd)."""

import gc
import os

worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = 4
timeout = 60
keepalive = 5
# One import for all workers: faster to start, and they share its memory.
preload_app = True
# An address may have 8 KB, and the next request repeats it in its Referer.
limit_request_line = 0
limit_request_field_size = 16_380
# It would open a socket in the home directory.
control_socket_disable = True
loglevel = "warning"


def when_ready(server) -> None:
    """Read the words of German once, for all workers."""
    from praeventionsketten.lib.deutsch.wortschatz import deutsch

    deutsch()


def post_worker_init(worker) -> None:
    """Read the directory before the first visitor has to wait for it."""
    from django.db import DatabaseError, connection

    from angebote.suche import aktuelles_werk

    sammle_selten()
    try:
        # With a slip, because some of it is read only to understand one.
        aktuelles_werk("Hebame")
    except DatabaseError as fehler:
        worker.log.warning("The directory is read with the first request: %s", fehler)
    finally:
        # It belongs to this thread, which serves nobody.
        connection.close()


def sammle_selten() -> None:
    """Let the garbage collector look less often, and never at code, models and addresses.

    They live as long as the worker; what it knows of the directory does not, so this comes
    before it is read. A request leaves hardly anything that only the collector can find.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
