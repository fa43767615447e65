"""Two addresses for machines: does the process answer, and could it serve a page?"""

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from praeventionsketten.models import Konto, Landesprogramm


@require_safe
@never_cache
def livez(request):
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
@never_cache
def readyz(request):
    gruende = list(was_fehlt())
    text = "\n".join(gruende) or "ok"
    status = 503 if gruende else 200
    return HttpResponse(f"{text}\n", status=status, content_type="text/plain; charset=utf-8")


def was_fehlt():
    """Why this portal must not serve the public; nothing if it may."""
    try:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            yield "Migrationen stehen aus."
        elif not Landesprogramm.objects.exists():
            yield "Das Landesprogramm fehlt: manage.py grunddaten"
        elif not settings.LOKAL and Konto.objects.demo().exists():
            yield "Es gibt Konten der Beispielwelt."
    except DatabaseError:
        yield "Die Datenbank antwortet nicht."
