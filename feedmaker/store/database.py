"""What the two databases have in common: statements, rows, transactions and locks.

The parts of the store (`links`, `stories`, `sections`) write SQL that SQLite and
PostgreSQL both read, with parameters as `:name`; the rules for it stand in `schema/1.sql`. A test
asks both databases to prepare every statement, so that a wrong name or column fails there.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import wraps
from inspect import isfunction, isgeneratorfunction
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar, cast

from feedmaker.model.errors import DamagedRowError
from feedmaker.text.sayings import Saying

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

Row = Mapping[str, Any]
"""A row by its columns."""
# What rows raise that are not as they were written.
_UNREADABLE = (ValueError, TypeError, AttributeError)


class Database(ABC):
    """A database. Its methods raise StoreError, never the errors of the driver."""

    name: str
    """Where it is, as people are told: without a password."""
    clock_ahead: timedelta = timedelta(0)
    """How far the database's clock, which all its users share, is ahead of this machine's."""
    upgrade_lock: str = ""
    """Waits, within a transaction, until no other session makes or upgrades the tables.

    "" where a transaction that may write is alone from its beginning.
    """

    snapshot: str = ""
    """Begins a transaction that sees the store as it is then; "" where each one does."""

    @abstractmethod
    def execute(self, sql: str, **parameters: object) -> list[Row]:
        """Run one statement and return its rows, read at once: every database error is raised here.

        A statement that is no query has none.
        """

    def execute_raw(self, sql: str, **parameters: object) -> list[Row]:
        """Do the same where rows may be damaged: what is no text is given as bytes."""
        return self.execute(sql, **parameters)

    def row(self, sql: str, **parameters: object) -> Row | None:
        """Return the first row of a query, or None."""
        found = self.execute(sql, **parameters)
        return found[0] if found else None

    @abstractmethod
    def transaction(self, work: Callable[[], None]) -> None:
        """Do `work` whole or not at all; perhaps more than once, where that heals a failure."""

    @abstractmethod
    def site_lock(self, site: str) -> AbstractContextManager[None]:
        """Keep other runs off a site.

        Raises LockedError at once where another run is at work on it. The lock of a killed run is
        freed.
        """

    @abstractmethod
    def tables(self) -> set[str]:
        """Return the names of its tables."""

    def file_problems(self) -> list[str]:
        """Return what is wrong with the file, a line each; a server looks after its own."""
        return []

    def write_copy(self, path: Path) -> bool:
        """Write the database as it is now into a new SQLite file; return whether it can do that."""
        del path
        return False

    def queue(self) -> dict[str, int] | None:
        """Return what the workers on it have before them; None where there never was one.

        `workers` gave a sign of life in the last half minute; sites are `waiting` and `under_way`,
        some of these were `tried_again`; the `longest` has been waiting so many seconds.
        """
        return None

    @abstractmethod
    def close(self) -> None:
        """Close the connection; its locks are free then."""


@dataclass
class StorePart:
    """A part of the store: what all parts need.

    Its methods raise DamagedRowError where a row of the store is not as it was written.
    """

    _db: Database

    def __init_subclass__(cls) -> None:
        for name, method in vars(cls).copy().items():
            if isgeneratorfunction(method):
                setattr(cls, name, _reading_rows(method))
            elif isfunction(method):
                setattr(cls, name, _reading(method))


def _reading(method: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(method)
    def read(*given: Any, **named: Any) -> Any:
        try:
            return method(*given, **named)
        except _UNREADABLE as error:
            raise _damaged(method, error) from error

    return read


def _reading_rows(method: Callable[..., Iterator[Any]]) -> Callable[..., Iterator[Any]]:
    @wraps(method)
    def read(*given: Any, **named: Any) -> Iterator[Any]:
        rows = method(*given, **named)
        while True:
            try:
                row = next(rows)
            except StopIteration:
                return
            except _UNREADABLE as error:
                raise _damaged(method, error) from error
            yield row

    return read


def _damaged(method: Callable[..., Any], error: Exception) -> DamagedRowError:
    damaged = "the store has a damaged row ({why}); `feedmaker build` sets it aside"
    return DamagedRowError(Saying(damaged, why=f"{method.__qualname__}: {error}"))


_Part = TypeVar("_Part", bound=StorePart)
_Given = ParamSpec("_Given")


def in_transaction(
    method: Callable[Concatenate[_Part, _Given], None],
) -> Callable[Concatenate[_Part, _Given], None]:
    """Make a method of a store part one transaction: a killed run leaves all of it or nothing.

    PostgreSQL may run the method twice, where the connection broke or another run was in the way.
    So the method sets values instead of adding to them, and takes lists instead of iterators.
    """

    @wraps(method)
    def whole(self: _Part, *given: _Given.args, **named: _Given.kwargs) -> None:
        self._db.transaction(lambda: method(self, *given, **named))

    return cast("Callable[Concatenate[_Part, _Given], None]", whole)


def utc_text(at: datetime | None) -> str | None:
    """Write an instant as it is stored and sorted: in UTC, to the second."""
    return at.astimezone(UTC).isoformat(timespec="seconds") if at else None


def instant(text: str | None) -> datetime | None:
    """Read a stored instant."""
    return datetime.fromisoformat(text) if text else None
