"""The store's database in one SQLite file, for one machine."""

from __future__ import annotations

import errno
import re
import sqlite3
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Final

from feedmaker.files import make_folder
from feedmaker.model.errors import CorruptError, DamagedRowError, StoreError
from feedmaker.store.database import Database
from feedmaker.store.file_locks import OpenMark, held_run, held_site, nobody_inside
from feedmaker.text.sayings import Saying, placed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from datetime import datetime
    from pathlib import Path

    from feedmaker.store.database import Row

# Seconds that a statement waits for another program that is writing to the file. A run must be able
# to end within 5 seconds.
_WAIT: Final = 3.0
# A file whose last run was killed is checked first, unless it is so large that this takes seconds.
_CHECKED_UP_TO: Final = 256 << 20
# The file is for its owner alone, whatever the umask. SQLite gives the files that it makes beside
# it the same mode.
_FILE_MODE: Final = 0o600
_FOLDER_MODE: Final = 0o700
# What SQLite says of our statements, which are right, when tables are not as they were made.
_LOST: Final = re.compile(
    "no such (table|column)|has no column|ON CONFLICT clause does not match"
    "|duplicate column name|already exists"
)
_COMPANIONS: Final = ("", "-wal", "-shm")
# Readers (`status`) never wait for a run. Without a flush per transaction a crash of the machine,
# not of the program, can lose the last transactions, which the next run then finds again.
_PRAGMAS: Final = ("journal_mode = WAL", "synchronous = NORMAL", "foreign_keys = ON")


class Sqlite(Database):
    """One SQLite file, made with its folder where it is missing.

    Raises CorruptError where SQLite cannot read it, StoreError where it cannot be used for another
    reason.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._closing = ExitStack()
        self.name = str(path)
        try:
            make_folder(path.parent, _FOLDER_MODE)
            mark = OpenMark(path)
        except OSError as error:
            raise _store_error(path, error) from error
        self._closing.callback(mark.close)
        try:
            was_killed = mark.is_first and path.with_name(f"{path.name}-wal").exists()
            self._connection = _connect(path)
            self._closing.callback(self._connection.close)
            self._connection.row_factory = sqlite3.Row
            for pragma in _PRAGMAS:
                self.execute(f"PRAGMA {pragma}")
            if was_killed and path.stat().st_size <= _CHECKED_UP_TO:
                self._check_file()
            mark.let_others_in()
        except BaseException:
            self.close()
            raise

    def _check_file(self) -> None:
        row = self.row("PRAGMA quick_check(1)")
        found = row["quick_check"] if row else "ok"
        if found != "ok":
            raise CorruptError(placed(self.name, Saying("the store is corrupt ({why})", why=found)))

    def close(self) -> None:
        """Close it."""
        self._closing.close()

    def tables(self) -> set[str]:
        """Return the names of all its tables, without SQLite's own."""
        found = self.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT GLOB 'sqlite_*'"
        )
        return {row["name"] for row in found}

    def file_problems(self) -> list[str]:
        """Return what SQLite finds wrong with the file, a line each."""
        found = [row["integrity_check"] for row in self.execute("PRAGMA integrity_check(20)")]
        lost = {row["table"] for row in self.execute("PRAGMA foreign_key_check")}
        lines = [line for line in found if line != "ok"]
        gone = Saying("rows refer to others that are gone")
        return lines + [placed(table, gone) for table in sorted(lost)]

    def write_copy(self, path: Path) -> bool:
        """Write the database as it is now into a new file, which no run waits for."""
        path.touch(_FILE_MODE)  # an empty file may be written into
        self.execute("VACUUM INTO :path", path=str(path))
        return True

    def execute(self, sql: str, **parameters: object) -> list[Row]:
        """Run one statement and return its rows. Raises CorruptError and StoreError."""
        try:
            return self._connection.execute(sql, parameters).fetchall()
        except sqlite3.Error as error:
            raise _store_error(self._path, error) from error

    def execute_raw(self, sql: str, **parameters: object) -> list[Row]:
        """Do the same where rows may be damaged: what is no text is given as bytes."""
        self._connection.text_factory = _text_or_bytes
        try:
            return self.execute(sql, **parameters)
        finally:
            self._connection.text_factory = str

    def transaction(self, work: Callable[[], None]) -> None:
        """Do `work` whole or not at all. Raises CorruptError and StoreError."""
        self.execute("BEGIN IMMEDIATE")
        try:
            work()
            self.execute("COMMIT")
        except BaseException:
            if self._connection.in_transaction:  # SQLite itself rolls some failed ones back
                self._connection.execute("ROLLBACK")
            raise

    def site_lock(self, site: str) -> AbstractContextManager[None]:
        """Keep other runs off a site; the kernel frees the lock of a killed one."""
        return _lock(self._path, held_site(self._path, site))


def lock(path: Path) -> AbstractContextManager[None]:
    """Hold the file at `path` for one whole run; the kernel frees the lock of a killed one.

    Raises LockedError at once where another run holds it, StoreError where the folder cannot be
    written.
    """
    return _lock(path, held_run(path))


@contextmanager
def _lock(path: Path, held: AbstractContextManager[None]) -> Iterator[None]:
    """Hold a lock. Raises StoreError where its file cannot be written."""
    with ExitStack() as until_done:
        try:
            until_done.enter_context(held)
        except OSError as error:
            problem = "cannot be locked ({why}); is its folder writable?"
            if _is_full(error):
                problem = "cannot be locked ({why}); free some space"
            raise StoreError(placed(path, Saying(problem, why=error.strerror))) from error
        yield


def _connect(path: Path) -> sqlite3.Connection:
    try:
        if not path.exists():
            path.touch(_FILE_MODE)
        # `transaction` begins transactions; the driver's own would begin too late to hold several
        # statements.
        return sqlite3.connect(path, isolation_level=None, timeout=_WAIT)
    except (sqlite3.Error, OSError) as error:
        raise _store_error(path, error) from error


def set_aside(path: Path, now: datetime) -> Path:
    """Move a corrupt store away, with what SQLite keeps beside it; return where it is now.

    Raises LockedError where another has it open, who would write into what was moved.
    """
    aside = path.with_name(f"{path.name}.corrupt-{now:%Y%m%dT%H%M%S}")
    try:
        with nobody_inside(path):
            for companion in _COMPANIONS:
                beside = path.with_name(path.name + companion)
                if beside.exists():
                    beside.replace(aside.with_name(aside.name + companion))
    except OSError as error:
        stays = Saying("corrupt, and cannot be moved away ({why}); remove it", why=error.strerror)
        raise StoreError(placed(path, stays)) from error
    return aside


def _text_or_bytes(value: bytes) -> str | bytes:
    try:
        return value.decode()
    except UnicodeDecodeError:
        return value


def _store_error(path: Path, error: sqlite3.Error | OSError) -> StoreError:
    """Return an error of the database as one that says what to do."""
    # See sqlite.org/rescode.html.
    code = _primary_code(error)
    if isinstance(error, sqlite3.OperationalError) and not code:  # the driver's: no UTF-8
        damaged = "the store has a damaged row ({why}); `feedmaker build` sets it aside"
        return DamagedRowError(placed(path, Saying(damaged, why=error)))
    lost = code == sqlite3.SQLITE_ERROR and _LOST.search(str(error))
    if lost or code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return CorruptError(placed(path, Saying("the store is corrupt ({why})", why=error)))
    return StoreError(placed(path, Saying(_remedy(code, error), why=error)))


def _remedy(code: int, error: sqlite3.Error | OSError) -> str:
    """Return what is wrong with a store that is whole, and what to do."""
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return "another program is writing to the store ({why}); run again when it has ended"
    if code == sqlite3.SQLITE_FULL or _is_full(error):
        return "the store cannot be written ({why}); free some space"
    if code == sqlite3.SQLITE_IOERR:
        # SQLite says so, too, where there is no room for the files beside the store.
        return "the store cannot be written ({why}); the disk may be full: free some space"
    return (
        "cannot be used as a store ({why}); is it writable, and has its disk room? else set another"
        " `store`"
    )


def _primary_code(error: sqlite3.Error | OSError) -> int:
    """The result code of an error without its details; 0 of what is not SQLite's own."""
    return (getattr(error, "sqlite_errorcode", 0) or 0) & 0xFF


def _is_full(error: Exception) -> bool:
    return isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT)
