"""Turns: how many requests a host sees at a time, how far apart, and when it asked for a pause."""

from __future__ import annotations

import asyncio
import time
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    _Value = TypeVar("_Value")

    class KeptValues(Protocol[_Value]):
        """What is kept from run to run, by host or origin. A dict is one."""

        def get(self, key: str, /) -> _Value | None:
            """Return what is kept, or None."""

        def __setitem__(self, key: str, value: _Value, /) -> None:
            """Keep a new value."""


# Seconds. Longer than this no request waits for a host: the next run is a better time.
PATIENCE = 30.0
# Seconds, the longest pause that a host may ask for.
MONTH = 30 * 86400
# Requests under way to all hosts together.
CONNECTIONS = 16


class BusyError(Exception):
    """A host wants a longer pause than PATIENCE; `seconds` are left of it."""

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self.seconds = seconds


@dataclass(slots=True)
class _Host:
    """How it stands with one host; times are those of the event loop's clock.

    `door` is held by whoever has the next turn, until its request is sent.
    """

    door: asyncio.Lock = field(default_factory=asyncio.Lock)
    freed: asyncio.Event = field(default_factory=asyncio.Event)
    under_way: int = 0
    last_start: float = float("-inf")
    closed_until: float = float("-inf")

    async def wait(self, concurrency: int, delay: float) -> None:
        """Wait until the next request may start. Raises BusyError."""
        while self.under_way >= concurrency:
            self.freed.clear()
            await self.freed.wait()
        clock = asyncio.get_running_loop().time
        while (pause := max(self.last_start + delay, self.closed_until) - clock()) > 0:
            if pause > PATIENCE:
                raise BusyError(pause)
            await asyncio.sleep(pause)


class Turns:
    """The turns of all hosts: first come, first served at each.

    `pauses` says until when hosts asked to be left alone, in seconds of the epoch.
    """

    def __init__(self, pauses: KeptValues[float]) -> None:
        self._pauses = pauses
        self._hosts: dict[str, _Host] = {}
        self._total = asyncio.Semaphore(CONNECTIONS)

    @asynccontextmanager
    async def turn(
        self, name: str, concurrency: int, delay: float
    ) -> AsyncIterator[Callable[[], None]]:
        """Wait for a turn at a host, and hold it.

        It begins `delay` seconds after the last request to the host was sent, with fewer than
        `concurrency` under way. A request may be sent long after its turn began, when it had to
        connect first: so the caller gets a function to call as it is sent, and nobody else's turn
        begins before. Raises BusyError.
        """
        host = self._host(name)
        clock = asyncio.get_running_loop().time
        await host.door.acquire()
        try:
            await host.wait(concurrency, delay)
            await self._total.acquire()
        except BaseException:
            host.door.release()
            raise
        host.under_way += 1
        is_sent = False

        def sent() -> None:
            nonlocal is_sent
            if not is_sent:
                is_sent = True
                host.last_start = clock()
                host.door.release()

        try:
            yield sent
        finally:
            sent()
            host.under_way -= 1
            host.freed.set()
            self._total.release()

    def hold(self, name: str, seconds: float) -> None:
        """Start nothing at a host for so many seconds, in later runs neither."""
        until = asyncio.get_running_loop().time() + seconds
        host = self._host(name)
        host.closed_until = max(host.closed_until, until)
        self._pauses[name] = time.time() + seconds

    def _host(self, name: str) -> _Host:
        if name not in self._hosts:
            host = self._hosts[name] = _Host()
            left = (self._pauses.get(name) or 0.0) - time.time()
            if 0 < left <= MONTH:  # more is a clock that was wrong
                host.closed_until = asyncio.get_running_loop().time() + left
        return self._hosts[name]


def retry_after(value: str, now: datetime) -> float | None:
    """Return the seconds that a Retry-After header asks for (RFC 9110 section 10.2.3).

    A month at most; None if it cannot be read.
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
