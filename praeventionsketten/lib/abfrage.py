"""Questions to the database that are put together once and asked with every request.

Building a query costs the ORM several times what the database needs to answer it. An
`Abfrage` is written with the ORM like any other, with `Offen` where a value comes later.
"""

import threading
from collections.abc import Callable, Sequence

from django.db import InterfaceError, OperationalError, connection
from django.db.models import Expression, Field, QuerySet


class Offen(Expression):
    """Stands in a filter for a value that is given when the question is asked."""

    def __init__(self, name: str, feld: Field | None = None) -> None:
        super().__init__(output_field=feld)
        self.name, self._feld = name, feld

    def as_sql(self, compiler, connection) -> tuple[str, list]:
        return "%s", [self]

    def wert(self, werte: dict):
        """As the database wants it; without a field it is passed on as it is."""
        wert = werte[self.name]
        return self._feld.get_db_prep_value(wert, connection) if self._feld else wert


class Abfrage:
    """A QuerySet of `values_list`, built when it is first asked; rows are plain tuples.

    They come as the driver gives them, so ask for texts and numbers.
    """

    def __init__(self, bauen: Callable[[], QuerySet]) -> None:
        self._bauen, self._schloss = bauen, threading.Lock()
        self._gebaut: tuple[str, tuple] | None = None

    def __call__(self, **werte) -> list[tuple]:
        if self._gebaut is None:
            with self._schloss:
                self._gebaut = self._bauen().query.get_compiler(connection=connection).as_sql()
        sql, parameter = self._gebaut
        return zeilen(sql, [p.wert(werte) if isinstance(p, Offen) else p for p in parameter])


def zeilen(sql: str, werte: Sequence) -> list[tuple]:
    """The rows; a kept connection that broke meanwhile shows now and is opened anew.

    Else Django would ask the server first whether it is there: one round trip more.
    """
    ungeprueft = not (connection.health_check_done or connection.in_atomic_block)
    connection.health_check_done = True
    try:
        return _zeilen(sql, werte)
    except (InterfaceError, OperationalError):
        if not ungeprueft:
            raise
        connection.close()
        return _zeilen(sql, werte)


def _zeilen(sql: str, werte: Sequence) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, werte)
        return cursor.fetchall()
