"""What people see while the database restarts."""

import pytest
from django.db import OperationalError, connection
from django.test import Client

from praeventionsketten.middleware import ohne_datenbank

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.postgresql  # SQLite has no server that could go away
def test_a_lost_database_is_a_pause_and_not_a_crash():
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        [eigene] = cursor.fetchone()
    andere = connection.copy()
    with andere.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [eigene])
    andere.close()

    response = Client().get("/kommunen/")
    connection.close()  # as the end of a request does outside of tests

    assert response.status_code == 503
    assert response.headers["Retry-After"] == "10"
    assert "Das Portal startet gerade neu" in response.content.decode()
    assert Client().get("/livez").status_code == 200


def test_a_mistake_of_ours_is_not_called_a_pause():
    """The negative control: with a database that answers, an error stays an error."""
    connection.ensure_connection()
    middleware = ohne_datenbank(lambda request: None)

    assert middleware.process_exception(None, OperationalError("no such column")) is None
