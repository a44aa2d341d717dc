"""What the two databases have in common, and how the named statements of `queries.sql` are put to
them.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import aiosql

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager


class Statements(ABC):
    """A database. Its methods raise StoreError, never the driver's errors; rows are dicts by
    column.
    """

    name: str
    """Where it is, as people are told: without a password."""

    @abstractmethod
    def execute(self, sql: str, parameters: Any = ()) -> int:
        """Run one statement; return how many rows it touched."""

    @abstractmethod
    def rows(self, sql: str, parameters: Any = ()) -> list[dict[str, Any]]:
        """All rows of a query, read at once: so whatever is wrong with the database is told here."""

    @abstractmethod
    def whole(self, work: Callable[[], None]) -> None:
        """Do `work` as one transaction, all of it or nothing; perhaps more than once, where that
        heals a failure.
        """

    @abstractmethod
    def take_turn(self) -> None:
        """Within a transaction: wait until no other session makes or upgrades the tables."""

    @abstractmethod
    def alone(self, site: str) -> AbstractContextManager[None]:
        """Keep other runs off a site. Raises LockedError where one is at work on it."""

    @abstractmethod
    def tables(self) -> set[str]:
        """The names of its tables."""

    def queue(self) -> dict[str, Any] | None:
        """What workers have before them; None where there are none. See `Store.queue`."""
        return None

    @abstractmethod
    def close(self) -> None:
        """Close it; what it held is free."""

    @staticmethod
    def spelled(sql: str) -> str:
        """A statement in the driver's own parameter style."""
        return sql


class _Adapter:
    """aiosql's interface for drivers: puts a statement to the database that is its first argument."""

    def __init__(self, kind: type[Statements]) -> None:
        self._kind = kind

    def process_sql(self, _name: str, _kind: Any, sql: str) -> str:
        return self._kind.spelled(sql)

    def select(
        self, db: Statements, _name: str, sql: str, values: Any, _record: Any = None
    ) -> list[dict[str, Any]]:
        return db.rows(sql, values)

    def select_one(
        self, db: Statements, _name: str, sql: str, values: Any, _record: Any = None
    ) -> dict[str, Any] | None:
        return next(iter(db.rows(sql, values)), None)

    def select_value(self, db: Statements, _name: str, sql: str, values: Any) -> Any:
        row = next(iter(db.rows(sql, values)), None)
        return next(iter(row.values())) if row else None

    def insert_update_delete(self, db: Statements, _name: str, sql: str, values: Any) -> int:
        return db.execute(sql, values)


@cache
def queries(kind: type[Statements]) -> Any:
    """The statements of `queries.sql` as functions of a database of this kind; read once in a
    process.
    """
    text = (files(__name__.rpartition(".")[0]) / "queries.sql").read_text("utf-8")
    adapter: Any = _Adapter(kind)
    return aiosql.from_str(text, lambda: adapter)
