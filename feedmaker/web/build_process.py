"""The process that builds beside the server: `feedmaker worker`, started again where it ends.

It may be killed; what it was at is still due. It waits for a configuration that can be used. It
ends with the server, however that ends: its standard input is the other end of a pipe.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
import sys
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from feedmaker import config
from feedmaker.model.errors import ConfigError
from feedmaker.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_log = logging.getLogger(__name__)

# Seconds before a process that ended is started again, doubled with each that ended soon.
_FIRST_PAUSE: Final = 1.0
_LONGEST_PAUSE: Final = 60.0
# One that lived so long was well.
_WELL: Final = 60.0
# Seconds from SIGTERM until it is killed: service managers and people wait for five in all, and on
# a machine with ten times as much to do as it can a process takes one or two to be gone.
_GRACE: Final = 3.0
# Seconds between two looks whether there is a configuration now.
_LOOK_EVERY: Final = 0.5


class BuildProcess:
    """Runs the process, and asks it for builds by the store.

    `problem` says why nothing is built at the moment, "" where all is well; `is_configured` whether
    there is something to build.
    """

    def __init__(self, folder: Path, out: Path | None, log: str, store: Callable[[], str]) -> None:
        self._folder = folder
        self._out = out
        self._log_form = log
        self._store = store
        self._process: asyncio.subprocess.Process | None = None
        self._told_to_end_at: float | None = None
        self.is_configured = False
        self.problem = "not started yet"

    def has_to_end(self) -> bool:
        """Whether it was told to end."""
        return self._told_to_end_at is not None

    def request(self, site: str, section: str = "") -> None:
        """Ask for a build of a section now, or of all sections of a site."""
        with Store(self._store()) as store:
            store.sections.ask_now(site, section, datetime.now(UTC) + store.clock_ahead)

    async def run(self) -> None:
        """Keep a process running until told to end."""
        pause = _FIRST_PAUSE
        while not self.has_to_end():
            if not await self._look_at_configuration():
                await asyncio.sleep(_LOOK_EVERY)
                continue
            started = time.monotonic()
            code = await self._run_once()
            if self.has_to_end():
                return
            pause = _FIRST_PAUSE if time.monotonic() - started > _WELL else pause
            self.problem = f"the building process ended ({_how_ended(code)})"
            _log.warning("%s; started again in %.0f s", self.problem, pause)
            await asyncio.sleep(pause)
            pause = min(2 * pause, _LONGEST_PAUSE)

    async def _look_at_configuration(self) -> bool:
        """Whether there is a configuration that can be used."""
        try:
            await asyncio.to_thread(config.load_usable, self._folder, self._out)
        except ConfigError as error:
            if self.problem != str(error):
                self.problem = str(error)
                log = _log.warning if self._folder.exists() else _log.debug
                log("nothing is built yet: %s", error)
            self.is_configured = False
        else:
            self.is_configured = True
        return self.is_configured

    async def _run_once(self) -> int:
        """Start the process and wait for its end; return its exit code."""
        arguments = ["worker", "--end-with-input", "--log", self._log_form]
        arguments += ["--config", str(self._folder)]
        if self._out:
            arguments += ["--out", str(self._out)]
        self._process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "feedmaker",
            *arguments,
            stdin=asyncio.subprocess.PIPE,
            start_new_session=True,  # what a terminal sends (Ctrl-C) comes to the server alone
        )
        self.problem = ""
        if self.has_to_end():  # told so while it started
            self.tell_to_end()
        return await self._process.wait()

    def begin_anew(self) -> None:
        """End the process, so that it is started again where there is still something to build."""
        if self._process and self._process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                self._process.terminate()

    def tell_to_end(self) -> None:
        """Tell the process to end; what it is at is cut off, and still due."""
        self._told_to_end_at = self._told_to_end_at or time.monotonic()
        self.begin_anew()

    async def wait_until_ended(self) -> None:
        """Wait for its end, and kill it where that takes too long."""
        self.tell_to_end()
        process = self._process
        if process is None or process.returncode is not None:
            return
        left = _GRACE - (time.monotonic() - (self._told_to_end_at or 0.0))
        try:
            await asyncio.wait_for(process.wait(), max(left, 0.1))
        except TimeoutError:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()


def _how_ended(code: int) -> str:
    """Say how a process ended, by its return code."""
    if code >= 0:
        return f"exit code {code}"
    with contextlib.suppress(ValueError):
        return signal.Signals(-code).name
    return f"signal {-code}"
