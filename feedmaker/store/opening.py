"""The store opened: in which database, brought to the schema of today, locked for one run.

The schema is made by numbered steps, `schema/1.sql`, `2.sql` and so on: a new store runs all of
them, an older one those it lacks, all in one transaction. So there is one way to today's schema,
and it cannot differ between old and new stores. To change the schema, add a step of the next number
(`ALTER TABLE`, `CREATE TABLE`, `UPDATE`) in SQL that SQLite and PostgreSQL both read, by the rules
in `schema/1.sql`, and leave released steps alone; nothing else is to be done, `SCHEMA` counts the
files. `meta` holds the version of a store under "schema".
"""

from __future__ import annotations

import re
import sqlite3
from contextlib import AbstractContextManager, nullcontext
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Final
from uuid import uuid4

from feedmaker.model.errors import CorruptError, StoreError
from feedmaker.store import sqlite
from feedmaker.text.urls import is_postgres_url

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feedmaker.store.database import Database

_STEPS = files(__name__.rpartition(".")[0]) / "schema"
SCHEMA = sum(step.name.endswith(".sql") for step in _STEPS.iterdir())
"""Version of the schema; a store of a later one is refused."""


def is_shared(where: str | Path) -> bool:
    """Whether a store is a PostgreSQL URL, which many runs may use at once; else it is a file."""
    return is_postgres_url(str(where))


def exists(where: str | Path) -> bool:
    """Whether there may be a store to read: a file that is there, or a PostgreSQL URL."""
    return is_shared(where) or Path(where).exists()


def lock(where: str | Path) -> AbstractContextManager[None]:
    """Hold a store that is a file for one run; the kernel frees the lock of a killed run.

    Raises LockedError at once where another run holds it, StoreError where the folder cannot be
    written. A PostgreSQL store is not held whole: see `Store.site_lock`.
    """
    return nullcontext() if is_shared(where) else sqlite.lock(Path(where))


def connect(where: str | Path) -> Database:
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
            raise CorruptError(f"{db.name}: the store is corrupt (its version is lost)")
        raise StoreError(
            f"{db.name}: is a database, but no store of feedmaker; move it away,"
            " or set another `store`"
        )
    version = int(written)
    if version > SCHEMA:
        raise StoreError(
            f"{db.name}: written by a later feedmaker (store version {version}, this one reads"
            f" {SCHEMA}); upgrade feedmaker or set another `store`"
        )
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
    script = "".join(_step(number) for number in range(1, SCHEMA + 1))
    made = set(re.findall(r"CREATE TABLE (?:IF NOT EXISTS )?(\w+)", script))
    return tables <= made and 2 * len(tables) >= len(made)


def _step(number: int) -> str:
    return (_STEPS / f"{number}.sql").read_text("utf-8")


_SET_SCHEMA: Final = """
INSERT INTO meta (name, value) VALUES ('schema', :version)
ON CONFLICT (name) DO UPDATE SET value = excluded.value
"""
_SET_NAME: Final = """
INSERT INTO meta (name, value) VALUES ('name', :name) ON CONFLICT (name) DO NOTHING
"""


def _upgrade(db: Database) -> None:
    """Run the steps that the store lacks, within one transaction: all of them or none."""
    db.wait_for_upgrade()
    lacking = range(
        _version(db) + 1, SCHEMA + 1
    )  # asked again: another program may have been first
    for number in lacking:
        db.execute_all(list(split_statements(_step(number))))
    db.execute(_SET_SCHEMA, version=str(SCHEMA))
    # Counts of changes begin anew in a store that takes the place of a lost one, so it needs a name
    # of its own.
    db.execute(_SET_NAME, name=uuid4().hex)


def split_statements(script: str) -> Iterator[str]:
    """Return the statements of a script, which each end at the end of a line."""
    held = ""
    for line in script.splitlines(keepends=True):
        held += line
        if sqlite3.complete_statement(held):
            yield held
            held = ""
