"""Pages with a form: how they are asked for, and how they answer."""

from django.views.decorators.http import require_http_methods

FORMULAR = require_http_methods(["GET", "HEAD", "POST"])
