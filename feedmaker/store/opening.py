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
from typing import TYPE_CHECKING
from uuid import uuid4

from feedmaker.model.errors import CorruptError, StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feedmaker.store.statements import Statements

_STEPS = files(__name__.rpartition(".")[0]) / "schema"
SCHEMA = sum(step.name.endswith(".sql") for step in _STEPS.iterdir())
"""Version of the schema; a store of a later one is refused."""


def is_shared(where: str | Path) -> bool:
    """Whether a store is a PostgreSQL URL, for many runs at once, each on sites of its own; else it
    is a file.
    """
    return str(where).startswith(("postgresql://", "postgres://"))


def exists(where: str | Path) -> bool:
    """Whether there may be a store to read: a file that is there, or a PostgreSQL URL."""
    return is_shared(where) or Path(where).exists()


def lock(where: str | Path) -> AbstractContextManager[None]:
    """Hold a store that is a file for one run; the kernel frees the lock of a killed one.

    Raises LockedError at once when another run holds it, StoreError when the folder cannot be
    written. A PostgreSQL store is not held whole: see `Store.alone`.
    """
    if is_shared(where):
        return nullcontext()
    from feedmaker.store import sqlite

    return sqlite.lock(Path(where))


def connect(where: str | Path) -> Statements:
    """Open the store, made when it is not there, at today's schema.

    Raises CorruptError where it is a file that SQLite cannot read or a store that lost a part,
    StoreError where it cannot be used for another reason: another program's database, of a later
    feedmaker, locked, not writable, not to be reached.
    """
    if is_shared(where):
        from feedmaker.store.postgres import Postgres

        db: Statements = Postgres(str(where))
    else:
        from feedmaker.store.sqlite import Sqlite

        db = Sqlite(Path(where))
    try:
        if _version(db) != SCHEMA:
            db.whole(lambda: _upgrade(db))
    except BaseException:
        db.close()
        raise
    return db


def _version(db: Statements) -> int:
    """The schema version of the store; 0 of an empty one."""
    tables = db.tables()
    if not tables:
        return 0
    lost = not is_shared(db.name) and _are_ours(tables)
    try:
        row = next(
            iter(
                db.rows("SELECT value FROM meta WHERE name = 'schema'") if "meta" in tables else ()
            ),
            None,
        )
    except CorruptError:
        if lost:
            raise
        row = None  # another program's `meta`
    if row is None or not str(row["value"]).isdecimal():
        if lost:
            raise CorruptError(
                f"{db.name}: the store is corrupt (of which version it is does not stand in it)"
            )
        raise StoreError(
            f"{db.name}: is a database, but no store of feedmaker; move it away, or set another `store`"
        )
    version = int(row["value"])
    if version > SCHEMA:
        raise StoreError(
            f"{db.name}: written by a later feedmaker (store version {version}, this one reads {SCHEMA}); "
            "upgrade feedmaker or set another `store`"
        )
    return version


def _are_ours(tables: set[str]) -> bool:
    """Whether these are tables of a store, perhaps not all, and no others: another program's
    database is left alone.
    """
    made = {
        name
        for step in _steps()
        for name in re.findall(r"CREATE TABLE (?:IF NOT EXISTS )?(\w+)", step)
    }
    return tables <= made and 2 * len(tables) >= len(made)


def _steps() -> list[str]:
    return [(_STEPS / f"{number}.sql").read_text("utf-8") for number in range(1, SCHEMA + 1)]


def _upgrade(db: Statements) -> None:
    """Run the steps that the store lacks, within one transaction: all of them or, when one fails or
    we die, none.
    """
    db.take_turn()
    for number in range(
        _version(db) + 1, SCHEMA + 1
    ):  # asked again: another program may have been quicker
        for statement in statements(_steps()[number - 1]):
            db.execute(statement)
        db.execute(
            f"INSERT INTO meta (name, value) VALUES ('schema', '{number}') "  # noqa: S608 - our own number
            "ON CONFLICT (name) DO UPDATE SET value = excluded.value"
        )
    # Counts of changes begin anew in a store that takes the place of a lost one, so it needs a name
    # of its own.
    db.execute(
        f"INSERT INTO meta (name, value) VALUES ('name', '{uuid4().hex}') ON CONFLICT (name) DO NOTHING"  # noqa: S608
    )


def statements(script: str) -> Iterator[str]:
    """The statements of a step, which each end at the end of a line."""
    held = ""
    for line in script.splitlines(keepends=True):
        held += line
        if sqlite3.complete_statement(held):
            yield held
            held = ""
