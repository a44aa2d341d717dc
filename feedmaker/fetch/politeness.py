"""Politeness: what robots.txt closes (RFC 9309), and when a host may be asked the next time.

That is a question of how many requests a host sees at a time, how far apart they are, and when it
asked for a pause.
"""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Protocol, TypeVar

from protego import Protego

from feedmaker.model.errors import FetchError, RefusedError
from feedmaker.model.reasons import Code, Reason

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    import httpx

    FetchText = Callable[[httpx.URL], Awaitable[str]]
    _Value = TypeVar("_Value")

    class KeptValues(Protocol[_Value]):
        """What is kept from run to run, by host or origin. A dict is one."""

        def get(self, key: str, /) -> _Value | None:
            """Return what is kept, or None."""

        def __setitem__(self, key: str, value: _Value, /) -> None:
            """Keep a new value."""


# The name that robots.txt files know this program by (RFC 9309 section 2.2.1).
PRODUCT = "feedmaker"
# Seconds. RFC 9309 section 2.4: a copy is good for a day; an older one only where no newer can be
# fetched.
_DAY = 86400.0
# RFC 9309 section 2.5 asks for 500 KiB at least.
MAX_ROBOTS_BYTES = 512 * 1024
# Seconds. Longer than this no request waits for a host: the next run is a better time.
PATIENCE = 30.0
# Seconds, the longest pause that a host may ask for.
_MONTH = 30 * 86400
# Requests under way to all hosts together.
CONNECTIONS = 16


@dataclass(slots=True)
class _Host:
    """How it stands with one host; times are those of the event loop's clock.

    `door` is held by whoever has the next turn, until its request is sent.
    """

    closed_until: float
    last_start: float = float("-inf")
    under_way: int = 0
    door: asyncio.Lock = field(default_factory=asyncio.Lock)
    freed: asyncio.Event = field(default_factory=asyncio.Event)

    async def wait(self, concurrency: int, delay: float) -> None:
        """Wait until the next request may start. Raises RefusedError."""
        while self.under_way >= concurrency:
            self.freed.clear()
            await self.freed.wait()
        clock = asyncio.get_running_loop().time
        while (pause := max(self.last_start + delay, self.closed_until) - clock()) > 0:
            if pause > PATIENCE:
                retry_at = datetime.now(UTC) + timedelta(seconds=pause)
                raise RefusedError(Reason.of(Code.HOST_PAUSE), retry_at=retry_at)
            await asyncio.sleep(pause)


@dataclass(slots=True)
class Politeness:
    """The rules of each origin ("https://host"), and turns at each host, first come first served.

    `copies` has the text of each origin's robots.txt, "" where the server has none, and when it was
    fetched. `pauses` says until when hosts asked to be left alone. Both in seconds of the epoch.
    """

    copies: KeptValues[tuple[str, float]]
    pauses: KeptValues[float]
    _rules: dict[str, Protego] = field(default_factory=dict)
    _failures: dict[str, FetchError] = field(default_factory=dict)
    _locks: dict[str, asyncio.Lock] = field(default_factory=lambda: defaultdict(asyncio.Lock))
    _hosts: dict[str, _Host] = field(default_factory=dict)
    _total: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(CONNECTIONS))

    async def crawl_delay(self, url: httpx.URL, fetch_text: FetchText) -> float | None:
        """Return the seconds between two requests that the rules for a URL ask for.

        A month at most; 0 where they ask for none, None where they close the URL. `fetch_text`
        returns the text of a robots.txt, "" where the server has none, and raises FetchError where
        that cannot be known; unless there is an old copy, so does this method then, as long as this
        object lives.
        """
        origin = f"{url.scheme}://{url.netloc.decode('ascii')}"
        async with self._locks[origin]:
            if failure := self._failures.get(origin):
                raise failure
            if origin not in self._rules:
                text, fetched_at = self.copies.get(origin) or ("", None)
                now = time.time()
                if fetched_at is None or not 0 <= now - fetched_at < _DAY:
                    try:
                        text = await fetch_text(url.copy_with(raw_path=b"/robots.txt"))
                        self.copies[origin] = text, now
                    except FetchError as error:
                        if fetched_at is None:
                            self._failures[origin] = error
                            raise
                self._rules[origin] = Protego.parse(text)
        rules = self._rules[origin]
        if not rules.can_fetch(str(url), PRODUCT):
            return None
        delay = float(rules.crawl_delay(PRODUCT) or 0.0)
        return min(delay, _MONTH)

    @asynccontextmanager
    async def turn(
        self,
        name: str,
        concurrency: int,
        delay: float,
    ) -> AsyncIterator[Callable[[], None]]:
        """Wait for a turn at a host, and hold it.

        It begins `delay` seconds after the last request to the host was sent, with fewer than
        `concurrency` under way. A request may be sent long after its turn began, when it had to
        connect first: so the caller gets a function to call as it is sent, and nobody else's turn
        begins before. Raises RefusedError where the host wants a longer pause than PATIENCE.
        """
        clock = asyncio.get_running_loop().time
        if name not in self._hosts:
            left = (self.pauses.get(name) or 0.0) - time.time()
            is_pause = 0 < left <= _MONTH  # more is a clock that was wrong
            self._hosts[name] = _Host(closed_until=clock() + left if is_pause else float("-inf"))
        host = self._hosts[name]
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
        """Start nothing at a host that had a turn for so many seconds, in later runs neither."""
        until = asyncio.get_running_loop().time() + seconds
        host = self._hosts[name]
        host.closed_until = max(host.closed_until, until)
        self.pauses[name] = time.time() + seconds


def retry_after(value: str, now: datetime) -> float | None:
    """Return the seconds that a Retry-After header asks for (RFC 9110 section 10.2.3).

    A month at most; None if it cannot be read.
    """
    value = value.strip()
    if value.isdecimal():
        seconds = int(value[:9])
        return float(min(seconds, _MONTH))
    try:
        until = parsedate_to_datetime(value)
    except ValueError:
        return None
    if until.tzinfo is None:
        until = until.replace(tzinfo=UTC)
    left = (until - now).total_seconds()
    return min(max(left, 0.0), float(_MONTH))
