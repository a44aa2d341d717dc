"""Turns: how many requests one host sees at a time, how far apart they start, and when it asked to
be left alone.
"""

from __future__ import annotations

import asyncio
import time
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

# Longer than this no request waits for a host: the next run is a better time.
PATIENCE = 30.0
MONTH = 30 * 86400


class BusyError(Exception):
    """A host wants a longer pause than anyone waits; `seconds` are left of it."""

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self.seconds = seconds


class Host:
    """One host's turns: first come, first served."""

    def __init__(self, name: str = "") -> None:
        self.name = name
        self._door = asyncio.Lock()
        self._freed = asyncio.Event()
        self._under_way = 0
        self._last_start = float("-inf")
        self._closed_until = float("-inf")

    def hold(self, seconds: float) -> None:
        """Start nothing for so long."""
        self._closed_until = max(self._closed_until, asyncio.get_running_loop().time() + seconds)

    @asynccontextmanager
    async def turn(
        self, concurrency: int, delay: float, total: asyncio.Semaphore
    ) -> AsyncIterator[Callable[[], None]]:
        """Wait for a turn and hold it: `delay` seconds after the last start, with fewer than
        `concurrency` under way.

        The host sees a request start when it is sent, which may be long after a connection was
        asked for: so what is given is to be called at that moment, and nobody else's turn comes
        before. `total` caps the requests to all hosts. Raises BusyError where the pause is longer
        than PATIENCE.
        """
        await self._door.acquire()
        try:
            await self._wait(concurrency, delay)
            await total.acquire()
        except BaseException:
            self._door.release()
            raise
        self._under_way += 1
        started = False

        def start() -> None:
            nonlocal started
            if not started:
                started = True
                self._last_start = asyncio.get_running_loop().time()
                self._door.release()

        try:
            yield start
        finally:
            start()
            self._under_way -= 1
            self._freed.set()
            total.release()

    async def _wait(self, concurrency: int, delay: float) -> None:
        while self._under_way >= concurrency:
            self._freed.clear()
            await self._freed.wait()
        clock = asyncio.get_running_loop().time
        while (pause := max(self._last_start + delay, self._closed_until) - clock()) > 0:
            if pause > PATIENCE:
                raise BusyError(pause)
            await asyncio.sleep(pause)


class HostPauses(Protocol):
    """Where the pauses that hosts ask for are kept: until when, in seconds of the epoch. A dict is
    one.
    """

    def get(self, host: str, /) -> float | None:
        """Until when a host asked to be left alone, or None."""

    def __setitem__(self, host: str, until: float, /) -> None:
        """Keep a new pause."""


class Hosts:
    """The turns of all hosts, each as earlier runs left it."""

    def __init__(self, pauses: HostPauses) -> None:
        self._pauses = pauses
        self._hosts: dict[str, Host] = {}

    def __getitem__(self, name: str) -> Host:
        if name not in self._hosts:
            host = self._hosts[name] = Host(name)
            left = (self._pauses.get(name) or 0.0) - time.time()
            if 0 < left <= MONTH:  # more is a clock that was wrong
                host.hold(left)
        return self._hosts[name]

    def hold(self, host: Host, seconds: float) -> None:
        """Start nothing at a host for so long, not in later runs either."""
        host.hold(seconds)
        self._pauses[host.name] = time.time() + seconds


def retry_after(value: str, now: datetime) -> float | None:
    """The seconds that a Retry-After header asks for (RFC 9110 section 10.2.3), a month at most;
    None if unreadable.
    """
    value = value.strip()
    if value.isdecimal():
        return float(min(int(value[:9]), MONTH))
    try:
        until = parsedate_to_datetime(value)
    except ValueError:
        return None
    if until.tzinfo is None:
        until = until.replace(tzinfo=UTC)
    return min(max((until - now) / timedelta(seconds=1), 0.0), float(MONTH))
