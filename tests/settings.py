"""The portal's settings for tests: local mode in a folder that is gone afterwards.

The environment is set before the real settings read it, so that neither var/ nor a
variable of the machine decides about a test; only DATABASE_URL is let through.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_ORDNER = Path(tempfile.mkdtemp(prefix="portal-test-"))
atexit.register(shutil.rmtree, _ORDNER, ignore_errors=True)

for _name in ("ALLOWED_HOSTS", "DEBUG", "EMAIL_URL", "ABSENDER", "MEDIA_ROOT", "HINTER_PROXY"):
    os.environ.pop(_name, None)
os.environ |= {
    "PORTAL_MODUS": "lokal",
    "SECRET_KEY": "a key for tests only, long enough for every check of Django",
    "BASIS_URL": "https://portal.example.org",
    "VAR_DIR": str(_ORDNER),
}

from praeventionsketten.settings import *  # noqa: E402, F403
from praeventionsketten.settings import DATABASES, STORAGES  # noqa: E402

# A file, not memory: threads and the live server need connections of their own.
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": str(_ORDNER / "test.sqlite3")}

# Names without a hash need no collectstatic; tests/portal/test_statisch.py runs the real one.
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

FEHLSUCHEN_SEKUNDEN = 0  # no thread writes beside a test
