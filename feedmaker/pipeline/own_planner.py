"""What runs when, on a store that is a file: `feedmaker worker` by itself, without cron.

    find_due_sites --some at once--> run_sites --> store, out/ --> pages that tell of all sections

A site is held while it is worked on, and no longer: `feedmaker build` does the others beside it.
What is killed looks up what is due when it comes back.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import signal
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from feedmaker.model.errors import CorruptError, FeedmakerError, LockedError
from feedmaker.output import overview
from feedmaker.pipeline.due_sites import find_due_sites, run_sites
from feedmaker.pipeline.run import build_feeds
from feedmaker.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable

    from feedmaker.pipeline.due_sites import Configuration
    from feedmaker.pipeline.page_process import PageProcess
    from feedmaker.pipeline.section import Progress

_log = logging.getLogger(__name__)

# Seconds between two looks for what is due, which take a few ms.
_LOOK_EVERY: Final = 1.0
# Seconds until what cannot be kept or written is tried again.
_PAUSE: Final = 10.0
# The pages that tell of all sections are left alone for so many times as long as they took: of
# very many sections they take long.
_REST: Final = 20
# Seconds after which they are looked at though nothing was built: a section may have fallen silent.
_PAGES_EVERY: Final = 60.0


class OwnPlanner:
    """Runs what is due of a configuration, one look after the other."""

    def __init__(
        self, configuration: Configuration, progress: Progress, process: PageProcess
    ) -> None:
        self._configuration = configuration
        self._progress = progress
        self._process = process
        self._pages_shown: object = None  # the configuration that the pages were last made for
        self._pages_after = 0.0
        self._pages_due = 0.0

    async def run(self) -> None:
        """Run until cancelled."""
        while True:
            try:
                pause = await self._run_due()
            except LockedError:  # `feedmaker build` is at work on one of them
                pause = _LOOK_EVERY
            except CorruptError:
                # A whole run sets the store, or its damaged rows, aside.
                sites = list(self._configuration.sites.values())
                await build_feeds(
                    self._configuration.settings,
                    sites,
                    progress=self._progress,
                    process=self._process,
                )
                pause = _LOOK_EVERY
            except (FeedmakerError, OSError) as error:
                _log.error("%s; tried again in %d s", error, _PAUSE)
                pause = _PAUSE
            await asyncio.sleep(pause)

    async def _run_due(self) -> float:
        """Run some of the due sites, longest due first; return the pause before the next look."""
        configuration = self._configuration
        configuration.refresh()
        settings, sites = configuration.settings, configuration.sites
        names = find_due_sites(settings, list(sites.values()))
        some = [sites[name] for name in names[: settings.sites_at_once]]
        if some and await run_sites(settings, some, self._progress, self._process):
            self._pages_due = 0.0
        if self._pages_shown is not sites:
            self._pages_due = 0.0
        if time.monotonic() >= max(self._pages_due, self._pages_after):
            await self._publish_pages()
        return 0.1 if len(names) > len(some) else _LOOK_EVERY

    async def _publish_pages(self) -> None:
        """Write the pages that tell of all sections."""
        started = time.monotonic()
        settings, sites = self._configuration.settings, self._configuration.sites
        with Store(settings.store) as store:
            await overview.publish_pages_apart(
                settings, list(sites.values()), store, datetime.now(UTC), self._process.call
            )
        self._pages_shown = sites
        ended = time.monotonic()
        self._pages_after = ended + _REST * (ended - started)
        self._pages_due = ended + _PAGES_EVERY


async def work_until_stopped(
    configuration: Configuration,
    progress: Progress,
    process: PageProcess,
    at_sigterm: list[Callable[[], object]],
) -> None:
    """Work until SIGTERM or SIGINT; what was done is kept, and the rest is still due."""
    loop = asyncio.get_running_loop()
    task = asyncio.ensure_future(OwnPlanner(configuration, progress, process).run())
    loop.add_signal_handler(signal.SIGINT, task.cancel)
    at_sigterm.append(lambda: loop.call_soon_threadsafe(task.cancel))
    with contextlib.suppress(asyncio.CancelledError):
        await task


def end_with_input() -> None:
    """Tell this process to end, by SIGTERM, once its standard input ends.

    So a child ends with the program that holds the other end, however that one ended.
    """
    loop = asyncio.get_running_loop()

    def read() -> None:
        if not os.read(0, 4_096):
            loop.remove_reader(0)
            os.kill(os.getpid(), signal.SIGTERM)

    loop.add_reader(0, read)
