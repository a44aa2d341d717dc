"""The file of the store: locked for one run, opened, brought to the schema of today, set aside when it is corrupt.

The schema is made by numbered steps, `schema/1.sql`, `2.sql` and so on: a new store runs all of them, an older one
those it lacks, all in one transaction. So there is one way to today's schema, and it cannot differ between old and new
stores. To change the schema, add a step of the next number (`ALTER TABLE`, `CREATE TABLE`, `UPDATE`) in SQL that SQLite
and PostgreSQL both read, a statement at a time ended by `;`, and leave released steps alone; nothing else is to be
done, `SCHEMA` counts the files. `meta` holds the version of a store under "schema".
"""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from importlib.resources import files
from typing import TYPE_CHECKING

from feedmaker.errors import CorruptError, LockedError, StoreError
from feedmaker.store.rows import as_dict

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

_STEPS = files(__name__.rpartition(".")[0]) / "schema"
SCHEMA = sum(step.name.endswith(".sql") for step in _STEPS.iterdir())
"""Version of the schema; a store of a later one is refused."""

# Seconds that a statement waits for another program that is writing to the file; a run must be able to end within 5.
_WAIT = 3.0
# A file whose last run was killed is looked through first, unless it is so large that this takes seconds.
_LOOKED_THROUGH = 256 << 20
_COMPANIONS = ("", "-wal", "-shm")


@contextmanager
def lock(path: Path) -> Iterator[None]:
    """Hold the store at `path` for one run; the kernel frees the lock of a killed one.

    Raises LockedError at once when another run holds it, StoreError when the folder cannot be written.
    """
    from filelock import FileLock, Timeout

    held = FileLock(path.with_name(path.name + ".lock"))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        held.acquire(timeout=0)
    except Timeout:
        raise LockedError(f"{path}: another run is at work on this store; this one ends") from None
    except OSError as error:
        raise StoreError(f"{path}: cannot be locked ({error.strerror}); is its folder writable?") from error
    try:
        yield
    finally:
        held.release()


def connect(path: Path) -> sqlite3.Connection:
    """Open the store at `path`, made when it is not there, at today's schema; its rows are dicts.

    Raises CorruptError where the file is none that SQLite can read, StoreError where it cannot be used for another
    reason: another program's database, of a later feedmaker, locked, not writable.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        killed = path.with_name(path.name + "-wal").exists()
        # Transactions are begun by hand; the driver's own would begin too late to hold several statements.
        db = sqlite3.connect(path, isolation_level=None, timeout=_WAIT)
    except (sqlite3.Error, OSError) as error:
        raise told(path, error) from error
    try:
        db.row_factory = as_dict
        # Readers (`status`) never wait for a run; without a flush per transaction a crash of the machine, not of the
        # program, can lose the last ones, which the next run then finds again.
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = NORMAL")
        db.execute("PRAGMA foreign_keys = ON")
        if killed and path.stat().st_size <= _LOOKED_THROUGH:
            _look_through(db, path)
        _upgrade(db, path)
    except (sqlite3.Error, OSError) as error:
        db.close()
        raise told(path, error) from error
    except BaseException:
        db.close()
        raise
    return db


def _look_through(db: sqlite3.Connection, path: Path) -> None:
    if found := [line for row in db.execute("PRAGMA quick_check(1)") for line in row.values() if line != "ok"]:
        raise CorruptError(f"{path}: the store is corrupt ({found[0]})")


def _version(db: sqlite3.Connection, path: Path) -> int:
    """The schema version of the store; 0 of an empty one."""
    tables = {row["name"] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if not tables:
        return 0
    row = db.execute("SELECT value FROM meta WHERE name = 'schema'").fetchone() if "meta" in tables else None
    if row is None or not str(row["value"]).isdecimal():
        raise StoreError(f"{path}: is a database, but no store of feedmaker; move it away, or set another `store`")
    version = int(row["value"])
    if version > SCHEMA:
        raise StoreError(
            f"{path}: written by a later feedmaker (store version {version}, this one reads {SCHEMA}); "
            "upgrade feedmaker or set another `store`"
        )
    return version


def _upgrade(db: sqlite3.Connection, path: Path) -> None:
    """Run the steps that the store lacks, all of them or, when one fails or the program is killed, none."""
    if _version(db, path) == SCHEMA:
        return
    db.execute("BEGIN IMMEDIATE")
    try:
        for number in range(_version(db, path) + 1, SCHEMA + 1):  # asked again: `status` may have been quicker
            for statement in statements((_STEPS / f"{number}.sql").read_text("utf-8")):
                db.execute(statement)
            db.execute(
                "INSERT INTO meta (name, value) VALUES ('schema', ?) "
                "ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                (str(number),),
            )
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise


def statements(script: str) -> Iterator[str]:
    """The statements of a step, which each end at the end of a line."""
    held = ""
    for line in script.splitlines(keepends=True):
        held += line
        if sqlite3.complete_statement(held):
            yield held
            held = ""


def told(path: Path, error: sqlite3.Error | OSError) -> StoreError:
    """An error of the database as one that says what to do."""
    code = (getattr(error, "sqlite_errorcode", 0) or 0) & 0xFF  # the primary code; sqlite.org/rescode.html
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return CorruptError(f"{path}: the store is corrupt ({error})")
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return StoreError(f"{path}: another program is writing to the store ({error}); run again when it has ended")
    if code == sqlite3.SQLITE_FULL:
        return StoreError(f"{path}: the store cannot be written ({error}); free some space")
    return StoreError(f"{path}: cannot be used as a store ({error}); is it writable? else set another `store`")


def set_aside(path: Path, now: datetime) -> Path:
    """Move a corrupt store out of the way, with what SQLite keeps beside it; return where it is now."""
    aside = path.with_name(f"{path.name}.corrupt-{now:%Y%m%dT%H%M%S}")
    try:
        for companion in _COMPANIONS:
            beside = path.with_name(path.name + companion)
            if beside.exists():
                beside.replace(aside.with_name(aside.name + companion))
    except OSError as error:
        raise StoreError(f"{path}: corrupt, and cannot be moved away ({error.strerror}); remove it") from error
    return aside
