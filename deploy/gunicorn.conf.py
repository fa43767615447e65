"""How gunicorn serves the portal, on a desk (portal.py) as in production (systemd)."""

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
