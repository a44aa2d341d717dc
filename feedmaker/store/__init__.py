"""What feedmaker remembers between runs, in a SQLite file or a PostgreSQL database.

    Store --> links, stories, sections, robots, pauses --> Database

`Database` is SQLite or PostgreSQL. Each part writes its own SQL and gives and takes the types of
`model`. Every method that writes is one transaction: a killed run leaves all of it or nothing. Each
site is worked on by one run at a time (`Store.site_lock`); on a SQLite store there is also one
whole run at a time (`lock`).

The schema is made by numbered steps, `schema/1.sql`, `2.sql` and so on: a new store runs all of
them, an older one those it lacks, all in one transaction. So there is one way to today's schema,
and it cannot differ between old and new stores. To change the schema, add a step of the next number
(`ALTER TABLE`, `CREATE TABLE`, `UPDATE`) in SQL that SQLite and PostgreSQL both read, by the rules
in `schema/1.sql`, and leave released steps alone; nothing else is to be done, `SCHEMA` counts the
files. `meta` holds the version of a store under "schema".
"""

from __future__ import annotations

import os
import re
from collections import Counter
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self

from feedmaker.files import make_folder
from feedmaker.model.errors import CorruptError, StoreError
from feedmaker.model.work_counts import WorkCounts, read_work_counts
from feedmaker.store import copying, damage, forgetting, sqlite, wrong_clock
from feedmaker.store.icons import Icons
from feedmaker.store.links import Links
from feedmaker.store.sections import SectionName, Sections, StoredPauses, StoredRobots, ToldSection
from feedmaker.store.sqlite import set_aside
from feedmaker.store.stories import Stories, StoryOutline, StoryRecord
from feedmaker.text.sayings import Saying, placed
from feedmaker.text.urls import is_postgres_url

if TYPE_CHECKING:
    from feedmaker.store.database import Database

__all__ = [
    "SectionName",
    "Store",
    "StoryOutline",
    "StoryRecord",
    "ToldSection",
    "exists",
    "is_shared",
    "lock",
    "set_aside",
]

_STEPS = Path(__file__).parent / "schema"
# A statement ends at the end of a line, where a comment may follow it.
_END: Final = re.compile(r";(?: *--.*)?\n")
SCHEMA = sum(step.name.endswith(".sql") for step in _STEPS.iterdir())
"""Version of the schema; a store of a later one is refused."""
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
        self._db = _connect(where)
        self.links = Links(self._db)
        self.stories = Stories(self._db)
        self.sections = Sections(self._db)
        self.icons = Icons(self._db)
        self.robots = StoredRobots(self._db)
        self.pauses = StoredPauses(self._db)
        self.clock_ahead = self._db.clock_ahead
        self.site_lock = self._db.site_lock
        self.queue = self._db.queue

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self._db.close()

    def adopt_dates(self, site: str, last_run: datetime | None, now: datetime) -> None:
        """Date stories by their pages that were first seen by a clock that was behind.

        `last_run` is the time of the last run by the clock of that time.
        """
        db = self._db
        if wrong_clock.refused_dates(db, site, now):  # hardly ever
            db.transaction(lambda: wrong_clock.adopt_dates(db, site, last_run, now))

    def correct_times(self, site: str, now: datetime, latest: datetime) -> None:
        """Correct what was remembered of a site by a clock that was ahead.

        What is due after `latest` is due now.
        """
        db = self._db
        db.transaction(lambda: wrong_clock.correct_future_times(db, site, now, latest))

    def now(self) -> datetime:
        """Return the time, by the clock of the database, which all workers share."""
        return datetime.now(UTC) + self._db.clock_ahead

    def forget(
        self, site: str, section: str, *, items: int, keep_days: float, now: datetime
    ) -> None:
        """Forget what is long off a section's listing: links, and stories after `keep_days`."""
        db = self._db
        db.transaction(lambda: forgetting.forget_links(db, site, section, now))
        if keep_days:
            old = now - timedelta(days=keep_days)
            forget = partial(forgetting.forget_stories, items=items, before=old, now=now)
            db.transaction(lambda: forget(db, site, section))

    def set_damaged_aside(self, now: datetime) -> dict[str, int]:
        """Set aside the rows that cannot be read; return how many by table."""
        return damage.set_damaged_aside(self._db, now)

    def problems(self) -> list[str]:
        """Return what is wrong with the store, a line each: with its file, and rows of it."""
        lines = self._db.file_problems()
        damaged = Counter(table for table, _, _ in damage.find_damaged(self._db))
        rows = "{count} damaged rows"
        return lines + [placed(table, Saying(rows, count=n)) for table, n in damaged.items()]

    def copy_to(self, other: Store) -> dict[str, int]:
        """Copy all that is remembered into an empty store; return how many rows by table."""
        return copying.copy_rows(self._db, other._db)

    def back_up(self, path: Path) -> None:
        """Write the store as it is now into a new SQLite file; runs may go on meanwhile.

        Raises StoreError where there is a file already, or it cannot be written.
        """
        part = path.with_name(f"{path.name}.part")  # so that a broken one is not taken for whole
        try:
            if path.exists():
                raise StoreError(placed(path, Saying("is there already; name another file")))
            make_folder(path.parent, 0o700)
            part.unlink(missing_ok=True)
            if not self._db.write_copy(part):
                with Store(part) as copy:
                    self.copy_to(copy)
            part.replace(path)
        except OSError as error:
            problem = Saying("cannot be written: {why}", why=error.strerror)
            raise StoreError(placed(path, problem)) from error

    def meta(self, name: str) -> str:
        """Return one remembered value, "" where there is none.

        "name" is a name that no other store has: counts of changes are those of one store.
        """
        row = self._db.row(_META, name=name)
        return str(row["value"]) if row else ""

    def set_meta(self, name: str, value: str) -> None:
        """Remember one value."""
        self._db.execute(_SET_META, name=name, value=value)

    def work_counts(self, site: str) -> WorkCounts:
        """Return how often and how long a site was worked on since the store began."""
        return read_work_counts(self.meta(f"counts {site}"))

    def count_work(self, site: str, counts: WorkCounts) -> None:
        """Add to these counts, while the site is held: nobody else adds to them then."""
        known = self.work_counts(site)
        known.add(counts)
        self.set_meta(f"counts {site}", known.to_text())


def is_shared(where: str | Path) -> bool:
    """Whether a store is a PostgreSQL URL, which many runs may use at once; else it is a file."""
    return is_postgres_url(str(where))


def exists(where: str | Path) -> bool:
    """Whether there may be a store to read: a file that is there, or a PostgreSQL URL."""
    return is_shared(where) or Path(where).exists()


def lock(where: str | Path) -> AbstractContextManager[None]:
    """Hold a store that is a file for one whole run; the kernel frees the lock of a killed run.

    Raises LockedError at once where another run holds it, StoreError where the folder cannot be
    written. What works on some sites alone takes `Store.site_lock`, as a whole run does for each;
    of a PostgreSQL store that is all.
    """
    return nullcontext() if is_shared(where) else sqlite.lock(Path(where))


def _connect(where: str | Path) -> Database:
    """Open the store at today's schema; it is made where it is missing.

    Raises CorruptError where it is a file that SQLite cannot read or a store that lost a part, and
    StoreError where it cannot be used for another reason: another program's database, of a later
    feedmaker, locked, not writable, out of reach.
    """
    db: Database
    if is_shared(where):
        # psycopg is an extra: it is there only where a PostgreSQL store is wanted.
        from feedmaker.store.postgres import Postgres

        db = Postgres(str(where))
    else:
        db = sqlite.Sqlite(Path(where))
    try:
        if _version(db) != SCHEMA:
            db.transaction(lambda: _upgrade(db))
    except BaseException:
        db.close()
        raise
    return db


def _version(db: Database) -> int:
    """Return the schema version of the store; 0 of an empty one."""
    tables = db.tables()
    if not tables:
        return 0
    written = _written_version(db, tables)
    if not written.isdecimal():
        if _is_damaged(db, tables):
            lost = Saying("the store is corrupt (its version is lost)")
            raise CorruptError(placed(db.name, lost))
        foreign = Saying(
            "is a database, but no store of feedmaker; move it away, or set another `store`"
        )
        raise StoreError(placed(db.name, foreign))
    version = int(written)
    if version > SCHEMA:
        later = Saying(
            "written by a later feedmaker (store version {version}, this one reads {own}); upgrade"
            " feedmaker or set another `store`",
            version=version,
            own=SCHEMA,
        )
        raise StoreError(placed(db.name, later))
    return version


def _written_version(db: Database, tables: set[str]) -> str:
    """Return what stands in the store as its version; "" where nothing does."""
    if "meta" not in tables:
        return ""
    try:
        row = db.row("SELECT value FROM meta WHERE name = 'schema'")
    except CorruptError:
        if _is_damaged(db, tables):
            raise
        return ""  # another program's `meta`
    return str(row["value"]) if row else ""


def _is_damaged(db: Database, tables: set[str]) -> bool:
    """Whether a file has tables of a store, perhaps not all, and no others.

    Another program's database is left alone.
    """
    if is_shared(db.name):
        return False
    script = "".join(step.read_text("utf-8") for step in _STEPS.iterdir())
    made = set(re.findall(r"CREATE TABLE (?:IF NOT EXISTS )?(\w+)", script))
    return tables <= made and 2 * len(tables) >= len(made)


_SET_SCHEMA: Final = """
INSERT INTO meta (name, value) VALUES ('schema', :version)
ON CONFLICT (name) DO UPDATE SET value = excluded.value
"""
_SET_NAME: Final = """
INSERT INTO meta (name, value) VALUES ('name', :name) ON CONFLICT (name) DO NOTHING
"""


def _upgrade(db: Database) -> None:
    """Run the steps that the store lacks, within one transaction: all of them or none."""
    if db.upgrade_lock:
        db.execute(db.upgrade_lock)
    # The version is asked again: another program may have been first.
    for number in range(_version(db) + 1, SCHEMA + 1):
        step = (_STEPS / f"{number}.sql").read_text("utf-8")
        for statement in _END.split(step):
            db.execute(statement)
    db.execute(_SET_SCHEMA, version=str(SCHEMA))
    # Counts of changes begin anew in a store that takes the place of a lost one, so it needs a name
    # of its own.
    db.execute(_SET_NAME, name=os.urandom(16).hex())
