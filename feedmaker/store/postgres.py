"""The store's database in PostgreSQL: for many workers, each with one site at a time.

psycopg is imported here alone, and this module only for a store that is a PostgreSQL URL.
"""

from __future__ import annotations

import os
import re
import socket
import threading
import time
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NoReturn

from feedmaker.model.errors import LockedError, StoreError
from feedmaker.store.database import Database
from feedmaker.text.sayings import Saying, placed

try:
    import psycopg
    from psycopg.conninfo import conninfo_to_dict
    from psycopg.rows import dict_row
except ImportError as error:
    needs = "a PostgreSQL store needs more packages ({why}): pip install 'feedmaker[postgres]'"
    raise StoreError(Saying(needs, why=error)) from error

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from feedmaker.store.database import Row

# How long a restart of the database is waited for, in seconds, and the pause between two tries.
_PATIENCE = 20.0
_PAUSE = 0.2
# Clocks of machines that are set by a time server differ by less.
_CLOCK_SKEW = timedelta(seconds=5)
# How often a transaction is begun again that was in another one's way.
_TRIES = 5
_CONFLICTS = (psycopg.errors.DeadlockDetected, psycopg.errors.SerializationFailure)
# A worker whose machine vanished is found out by the server after a minute, and its locks are
# freed.
_KEEPALIVE = (
    "SET tcp_keepalives_idle = 30; SET tcp_keepalives_interval = 10; SET tcp_keepalives_count = 3"
)
# A locked table, a server that hangs, and one that vanished end in an error within half a minute.
_LIMITS = "SET lock_timeout = '15s'; SET statement_timeout = '20s'"
# Seconds after which a server that answers nothing, not even that, has vanished.
_SILENCE = 21.0
_BLOCKED = (psycopg.errors.LockNotAvailable, psycopg.errors.QueryCanceled)
# Procrastinate's own tables, where a worker made them.
_QUEUE = """
SELECT (SELECT count(*) FROM procrastinate_workers
        WHERE last_heartbeat > now() - interval '30 seconds') AS workers,
    count(*) FILTER (WHERE jobs.status = 'todo') AS waiting,
    count(*) FILTER (WHERE jobs.status = 'doing') AS under_way,
    count(*) FILTER (WHERE jobs.attempts > 0) AS tried_again,
    coalesce(
        max(extract(epoch FROM now() - deferred.at)) FILTER (WHERE jobs.status = 'todo'), 0
    )::integer AS longest
FROM procrastinate_jobs AS jobs
LEFT JOIN procrastinate_events AS deferred
    ON deferred.job_id = jobs.id AND deferred.type = 'deferred'
WHERE jobs.task_name = 'site'
"""
# Site locks are of one store, so of one schema of one database; the transaction that makes the
# tables has its own.
_LOCK = "hashtextextended(current_schema() || '/feedmaker/' || :site, 0)"


class Postgres(Database):
    """One session of a PostgreSQL database.

    A connection that was lost is made anew between statements, and a transaction that it broke is
    done again whole: a restart of the database shows as a pause. What cannot be healed within half
    a minute raises StoreError.
    """

    # An upgrade of a large store may take long.
    upgrade_lock = (
        "SELECT pg_advisory_xact_lock(hashtextextended(current_schema() || '/feedmaker/', 0)),"
        " set_config('statement_timeout', '0', true)"
    )

    snapshot = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"

    def __init__(self, where: str) -> None:
        self._where = where
        self._held: list[str] = []
        self._within = False
        self._asked_at = 0.0  # when the server was asked what it has not answered yet
        self._is_upgrading = False
        self._has_vanished = False
        self._is_closed = threading.Event()
        try:
            told = conninfo_to_dict(where)
        except psycopg.Error:
            told = {}
        shown = f"{told.get('host', '')}/{told.get('dbname', '')}"
        if not told or "@" in shown:
            # What the library says would show a password that is not escaped.
            raise StoreError(
                Saying(
                    "store: no PostgreSQL URL, like postgresql://user@host/name; in a password"
                    " write % as %25, @ as %40, / as %2F and a blank as %20"
                )
            )
        self.name = f"postgresql://{shown}"
        self._connection = self._connect(patience=0)
        threading.Thread(target=self._watch, daemon=True).start()

    def _connect(self, patience: float = _PATIENCE) -> psycopg.Connection[Row]:
        until = time.monotonic() + patience
        while True:
            try:
                connection = psycopg.connect(
                    self._where,
                    autocommit=True,
                    row_factory=dict_row,
                    client_encoding="utf8",
                    connect_timeout=5,
                    keepalives_idle=5,
                    keepalives_interval=5,
                    keepalives_count=3,
                    tcp_user_timeout=20_000,  # milliseconds
                    fallback_application_name="feedmaker",
                )
                connection.execute(_KEEPALIVE)
                connection.execute(_LIMITS)
                self._compare_clocks(connection)
            except psycopg.OperationalError as error:
                if time.monotonic() > until:
                    lost = "the database cannot be reached ({why}); is it up, and `store` right?"
                    problem = Saying(lost, why=_line(error))
                    raise StoreError(placed(self.name, problem)) from error
                time.sleep(_PAUSE)
            else:
                return connection

    def _compare_clocks(self, connection: psycopg.Connection[Row]) -> None:
        """See how far this machine's clock is off, if by more than clocks differ."""
        (row,) = connection.execute("SELECT clock_timestamp() AS at").fetchall()
        ahead: timedelta = row["at"] - datetime.now(UTC)
        self.clock_ahead = ahead if abs(ahead) > _CLOCK_SKEW else timedelta(0)

    def _watch(self) -> None:
        """Break the connection where the server hangs: nothing else ends the driver's wait."""
        while not self._is_closed.wait(1.0):
            asked_at = self._asked_at
            if not asked_at or time.monotonic() - asked_at < _SILENCE:
                continue
            self._asked_at = 0.0
            self._has_vanished = True
            with suppress(OSError, psycopg.Error):
                descriptor = os.dup(self._connection.fileno())
                with socket.socket(fileno=descriptor) as connected:
                    connected.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Close the session; the server frees its locks."""
        self._is_closed.set()
        self._connection.close()

    def tables(self) -> set[str]:
        """`meta`, where it is there; other programs may keep tables beside ours."""
        # Read from the table of tables: to_regclass would answer from memory what was so before
        # another session made it.
        found = self.execute(
            "SELECT tablename FROM pg_tables"
            " WHERE schemaname = current_schema() AND tablename = 'meta'"
        )
        return {row["tablename"] for row in found}

    def execute(self, sql: str, **parameters: object) -> list[Row]:
        """Run one statement and return its rows. Raises StoreError."""
        cursor = self._run(sql, parameters)
        return cursor.fetchall() if cursor.description else []

    def _run(self, sql: str, parameters: dict[str, object]) -> psycopg.Cursor[Row]:
        """Return the cursor of a statement.

        Outside of a transaction it is run once more where the connection was lost.
        """
        statement, values = sql.encode(), None
        if parameters:
            statement = _pyformat(sql)
            values = {name: _without_nul(value) for name, value in parameters.items()}
        self._is_upgrading |= sql == self.upgrade_lock
        if self._within:
            return self._send(statement, values)
        try:
            return self._send(statement, values)
        except psycopg.Error as error:
            self._recover(error)
        try:
            return self._send(statement, values)
        except psycopg.Error as error:
            self._give_up(error)

    def _send(self, statement: bytes, values: dict[str, object] | None) -> psycopg.Cursor[Row]:
        self._asked_at = 0.0 if self._is_upgrading else time.monotonic()
        try:
            return self._connection.execute(statement, values)
        finally:
            self._asked_at = 0.0

    def queue(self) -> dict[str, int] | None:
        """Return what workers have before them; None before the first."""
        there = self.execute(
            "SELECT 1 FROM pg_tables"
            " WHERE schemaname = current_schema() AND tablename = 'procrastinate_jobs'"
        )
        return dict(self.execute(_QUEUE)[0]) if there else None

    def transaction(self, work: Callable[[], None]) -> None:
        """Do `work` whole or not at all; again where the connection broke, or a lock did.

        Where the connection broke at the very end, `work` may have been done already: it must bear
        being done twice. Raises StoreError.
        """
        for last in [*[False] * (_TRIES - 1), True]:
            try:
                self._asked_at = time.monotonic()
                with self._connection.transaction():
                    self._within = True
                    work()
                    self._asked_at = time.monotonic()
            except psycopg.Error as error:
                if last:
                    self._give_up(error)
                if not isinstance(error, _CONFLICTS):
                    self._recover(error)
            else:
                return
            finally:
                self._within = self._is_upgrading = False
                self._asked_at = 0.0

    def _recover(self, error: psycopg.Error) -> None:
        """Connect again where the connection failed, and take the locks that were held.

        Raises StoreError.
        """
        if not self._connection.closed and not isinstance(error, psycopg.errors.AdminShutdown):
            self._give_up(error)
        self._connection.close()
        self._connection = self._connect(patience=0 if self._has_vanished else _PATIENCE)
        for site in self._held:
            self._take(site)

    def _give_up(self, error: psycopg.Error) -> NoReturn:
        problem = "the store cannot be read or written ({why})"
        if isinstance(error, _BLOCKED):
            problem = (
                "the store cannot be read or written ({why}); another session holds a lock, or the"
                " server is too busy: run again later"
            )
        raise StoreError(placed(self.name, Saying(problem, why=_line(error)))) from error

    @contextmanager
    def site_lock(self, site: str) -> Iterator[None]:
        """Keep other runs off a site.

        The server frees the lock when this session ends, however it ends.
        """
        self._take(site)
        self._held.append(site)
        try:
            yield
        finally:
            self._held.remove(site)
            if not self._connection.closed:
                self.execute(f"SELECT pg_advisory_unlock({_LOCK})", site=site)

    def _take(self, site: str) -> None:
        (row,) = self.execute(f"SELECT pg_try_advisory_lock({_LOCK}) AS had", site=site)
        if not row["had"]:
            at_work = Saying("another run is at work on this site; it is left to that one")
            raise LockedError(placed(site, at_work))


# A parameter `:name`, which stands in none of our texts or casts.
_PARAMETER: Final = re.compile(r"(?<!:):([a-z_]+)")


@lru_cache(maxsize=256)
def _pyformat(sql: str) -> bytes:
    """Return a statement with `%(name)s` in place of `:name`, as psycopg wants it."""
    return _PARAMETER.sub(r"%(\1)s", sql.replace("%", "%%")).encode()


def _without_nul(value: object) -> object:
    """Return a value without NUL, which PostgreSQL's texts cannot hold and no feed may."""
    return value.replace("\0", "") if isinstance(value, str) else value


def _line(error: Exception) -> str:
    """The first line of an error, without what libpq adds below it."""
    return (str(error).splitlines() or [type(error).__name__])[0]
