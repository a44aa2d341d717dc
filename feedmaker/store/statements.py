"""What the two databases have in common: how aiosql's named statements are put to them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager


class Statements(ABC):
    """A database, and at the same time the driver adapter of its own statements (aiosql's interface for drivers).

    Statements raise StoreError, never the driver's errors. Rows are dicts by column.
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
        """Do `work` as one transaction, all of it or nothing; perhaps more than once, where that heals a failure."""

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

    # aiosql calls these: the first argument after `self` is whatever the caller gave as its connection.

    def process_sql(self, _name: str, _kind: Any, sql: str) -> str:
        """The statement in the driver's own parameter style."""
        return sql

    def select(self, _db: Any, _name: str, sql: str, parameters: Any, _record: Any = None) -> list[dict[str, Any]]:
        """All rows."""
        return self.rows(sql, parameters)

    def select_one(self, _db: Any, _name: str, sql: str, parameters: Any, _record: Any = None) -> dict[str, Any] | None:
        """The first row, or None."""
        return next(iter(self.rows(sql, parameters)), None)

    def select_value(self, _db: Any, _name: str, sql: str, parameters: Any) -> Any:
        """The first value of the first row, or None."""
        row = next(iter(self.rows(sql, parameters)), None)
        return next(iter(row.values())) if row else None

    def insert_update_delete(self, _db: Any, _name: str, sql: str, parameters: Any) -> int:
        """How many rows were touched."""
        return self.execute(sql, parameters)
