"""The portal under gunicorn, and beside it an empty view without any middleware.

/leer/ has none, /leer/mit-schichten/ passes all that the portal has.
"""

from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application
from django.test import override_settings

portal = get_wsgi_application()
with override_settings(MIDDLEWARE=[]):
    leer = WSGIHandler()


def application(environ, start_response):
    handler = leer if environ["PATH_INFO"] == "/leer/" else portal
    return handler(environ, start_response)
