"""The portal as in production, as far as its speed is concerned."""

from praeventionsketten.settings import *  # noqa: F403
from praeventionsketten.settings import DATABASES, STORAGES

DEBUG = False
ROOT_URLCONF = "tests.leistung.urls"
ALLOWED_HOSTS = ["127.0.0.1"]
DATABASES["default"]["CONN_MAX_AGE"] = None
# Names without a hash need no collectstatic; pages are rendered once and cost the same.
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
