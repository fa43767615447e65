"""Pages with a form: how they are asked for, and how they answer."""

from django.views.decorators.http import require_http_methods

FORMULAR = require_http_methods(["GET", "HEAD", "POST"])


def formularstatus(form) -> int:
    """Of a page that shows a form: 422 as long as something in it is wrong.

    Neither a log nor a programme takes the form for an answer that worked.
    """
    return 422 if form and form.errors else 200
