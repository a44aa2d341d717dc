"""What feedmaker remembers between runs, in a SQLite file or a PostgreSQL database.

    Store --> links, stories, sections, pictures, pings, robots, pauses --> Database

`Database` is SQLite or PostgreSQL. Each part writes its own SQL and gives and takes the types of
`model`. Every method that writes is one transaction: a killed run leaves all of it or nothing. A
SQLite store is used by one run at a time (`lock`); in a PostgreSQL store each site is
(`Store.site_lock`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Self

from feedmaker.store.links import Links
from feedmaker.store.opening import connect, exists, is_shared, lock
from feedmaker.store.published import Pictures, Pings, StoredPauses, StoredRobots
from feedmaker.store.sections import SectionName, Sections
from feedmaker.store.sqlite import set_aside
from feedmaker.store.stories import Stories, StoryOutline, StoryRecord

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from pathlib import Path

__all__ = [
    "SectionName",
    "Store",
    "StoryOutline",
    "StoryRecord",
    "exists",
    "is_shared",
    "lock",
    "set_aside",
]

_META: Final = "SELECT value FROM meta WHERE name = :name"
_SET_META: Final = """
INSERT INTO meta (name, value) VALUES (:name, :value)
ON CONFLICT (name) DO UPDATE SET value = excluded.value
"""


class Store:
    """The store in a SQLite file or a PostgreSQL database, made where it is missing.

    It is a context manager that closes the store. It and its parts raise CorruptError where the
    file is one that SQLite cannot read, and StoreError where it cannot be used for another reason:
    of a later version of feedmaker, locked by another program, not writable, out of reach.
    """

    def __init__(self, where: str | Path) -> None:
        self._db = connect(where)
        self.links = Links(self._db)
        self.stories = Stories(self._db)
        self.sections = Sections(self._db)
        self.pictures = Pictures(self._db)
        self.pings = Pings(self._db)
        self.robots = StoredRobots(self._db)
        self.pauses = StoredPauses(self._db)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self._db.close()

    def site_lock(self, site: str) -> AbstractContextManager[None]:
        """Keep other runs off a site, where `lock` does not keep them off the store.

        Raises LockedError at once where another run is at work on the site. The server frees the
        lock of a killed run.
        """
        return self._db.site_lock(site)

    @property
    def name(self) -> str:
        """A name that no other store has: counts of changes are those of one store."""
        return self.meta("name") or ""

    def meta(self, name: str) -> str | None:
        """Return one remembered value, or None."""
        row = self._db.row(_META, name=name)
        return str(row["value"]) if row else None

    def set_meta(self, name: str, value: str) -> None:
        """Remember one value."""
        self._db.execute(_SET_META, name=name, value=value)

    def queue(self) -> dict[str, int] | None:
        """Return what the workers on this store have before them; None where there never was one.

        `workers` gave a sign of life in the last half minute; sites are `waiting` and `under_way`,
        some of these were `tried_again`; the `longest` has been waiting so many seconds.
        """
        return self._db.queue()
