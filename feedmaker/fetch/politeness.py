"""Politeness: what robots.txt closes (RFC 9309), and when a host may be asked the next time.

That is a question of how many requests a host sees at a time, how far apart they are, and when it
asked for a pause.
"""

from __future__ import annotations

import asyncio
import math
import re
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

    from feedmaker.model import FetchLimits

    FetchText = Callable[[httpx.URL], Awaitable[str]]
    _Value = TypeVar("_Value")

    class KeptValues(Protocol[_Value]):
        """What is kept from run to run, by host or origin. A dict is one."""

        def get(self, key: str, /) -> _Value | None:
            """Return what is kept, or None."""

        def __setitem__(self, key: str, value: _Value, /) -> None:
            """Keep a new value."""


TOO_MANY = 429
# The name that robots.txt files know this program by (RFC 9309 section 2.2.1).
PRODUCT = "feedmaker"
# Seconds. RFC 9309 section 2.4: a copy is good for a day; an older one only where no newer can be
# fetched. No host is left alone for longer, whatever it asks for: it may have been a mistake.
_DAY = 86400.0
# RFC 9309 section 2.5 asks for 500 KiB at least.
MAX_ROBOTS_BYTES = 512 * 1024
# Seconds. Longer than this no request waits for a host that asked for a pause: the next run is a
# better time. Longer ones between any two requests are waited for, within the site's budget.
PATIENCE = 30.0
# Before a host's name: until when it is to have no further page, by its Crawl-delay.
_NEXT_PAGE = "next page of "
# Requests under way to all hosts together.
CONNECTIONS = 16
# A line that says for whom a group of rules is, in the forms that Protego reads.
_AGENT_LINE = re.compile(r"\s*user(?:-|\s*)agent(?:\s*:|\s)([^#]*)", re.IGNORECASE)


@dataclass(slots=True)
class _Host:
    """How it stands with one host; times are those of the event loop's clock.

    `closed_by` is the status that closed it in this run. `next_page` is when a page may be sent
    though the last one was sent by an earlier run. `busy` counts its answers that it cannot serve
    us (503). `door` is held by whoever has the next turn, until its request is sent.
    """

    closed_until: float
    closed_by: int = 0
    next_page: float = -math.inf
    last_start: float = -math.inf
    under_way: int = 0
    busy: int = 0
    door: asyncio.Lock = field(default_factory=asyncio.Lock)
    freed: asyncio.Event = field(default_factory=asyncio.Event)

    async def wait(self, limits: FetchLimits, delay: float) -> None:
        """Wait until the next request may start. Raises RefusedError."""
        while self.under_way >= limits.concurrency:
            self.freed.clear()
            await self.freed.wait()
        clock = asyncio.get_running_loop().time
        # After a longer delay it is `next_page` that is waited for: a page may follow robots.txt at
        # once, or the budget of a run would end before the first one.
        spacing = delay if delay <= PATIENCE else limits.delay
        while True:
            held = self.closed_until - clock()
            if held > PATIENCE:
                raise RefusedError(self._pause_reason(), _instant(held))
            pause = max(held, self.next_page - clock(), self.last_start + spacing - clock())
            if pause > max(limits.budget, PATIENCE):
                raise RefusedError(Reason.of(Code.CRAWL_DELAY, seconds=delay), _instant(pause))
            if pause <= 0:
                return
            await asyncio.sleep(pause)

    def _pause_reason(self) -> Reason:
        """Return why it is not asked, with the status that said so in this run."""
        status = Reason.of(Code.STATUS, status=self.closed_by) if self.closed_by else None
        return Reason.of(Code.HOST_PAUSE, cause=status)


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

        A day at most; 0 where they ask for none, None where they close the URL. `fetch_text`
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
                self._rules[origin] = read_rules(text)
        rules = self._rules[origin]
        return _crawl_delay(rules) if rules.can_fetch(str(url), PRODUCT) else None

    def known_delay(self, url: httpx.URL) -> float:
        """Return the Crawl-delay of a URL's origin by the robots.txt that is at hand."""
        return _crawl_delay(read_rules(self.known_robots(url)))

    def known_robots(self, url: httpx.URL) -> str:
        """Return the text of the robots.txt of a URL's origin that is at hand; "" for none."""
        text, _ = self.copies.get(f"{url.scheme}://{url.netloc.decode('ascii')}") or ("", 0.0)
        return text

    @asynccontextmanager
    async def turn(
        self,
        name: str,
        limits: FetchLimits,
        delay: float,
    ) -> AsyncIterator[Callable[[], None]]:
        """Wait for a turn at a host, and hold it.

        It begins `delay` seconds after the last request to the host was sent, with fewer than
        `limits.concurrency` under way. A request may be sent long after its turn began, when it had
        to connect first: so the caller gets a function to call as it is sent, and nobody else's
        turn begins before. Raises RefusedError where the host asked for a longer pause than
        PATIENCE, or its turn would come after `limits.budget`.
        """
        clock = asyncio.get_running_loop().time
        if name not in self._hosts:
            self._hosts[name] = _Host(closed_until=clock() + self._seconds_left(name))
        host = self._hosts[name]
        is_slow = delay > PATIENCE
        if is_slow and host.next_page < 0:
            host.next_page = clock() + self._seconds_left(_NEXT_PAGE + name)
        await host.door.acquire()
        try:
            await host.wait(limits, delay)
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
                if is_slow:
                    host.next_page = clock() + delay
                    self.pauses[_NEXT_PAGE + name] = time.time() + delay
                host.door.release()

        try:
            yield sent
        finally:
            sent()
            host.under_way -= 1
            host.freed.set()
            self._total.release()

    def _seconds_left(self, key: str) -> float:
        """Return how long a pause still lasts that an earlier run kept."""
        left = (self.pauses.get(key) or 0.0) - time.time()
        return left if 0 < left <= _DAY else -math.inf  # more is a clock that was wrong

    def put_off(self, name: str, status: int, seconds: float | None) -> None:
        """Leave a host alone that cannot serve us now: at its first 429, at its second 503.

        It has no further request by this object, or none for so many `seconds` as it asked for, in
        later runs neither; few of them are believed once. A single 503 may be about one page.
        """
        host = self._hosts[name]
        host.busy += 1
        if status != TOO_MANY and host.busy < 2:
            return
        host.closed_until = math.inf
        host.closed_by = status
        if seconds and (host.busy < 2 or seconds > PATIENCE):
            host.closed_until = asyncio.get_running_loop().time() + seconds
            self.pauses[name] = time.time() + seconds


def read_rules(text: str) -> Protego:
    """Return the rules of a robots.txt, in which all agents but ours are one.

    Protego keeps each rule once for each agent of its group: two thousand of both in 60 kB take six
    seconds and 250 MB, and the file may be eight times as large.
    """
    return Protego.parse("\n".join(map(_known_agent, text.splitlines())))


def _known_agent(line: str) -> str:
    """Return a line of a robots.txt; one that names an agent names us, all, or some other."""
    named = _AGENT_LINE.match(line)
    if named is None or not named[1].strip():
        return line
    agent = named[1].strip().lower().replace("*", "")
    return "User-agent: " + ((agent or "*") if PRODUCT.startswith(agent) else "other")


def _crawl_delay(rules: Protego) -> float:
    """Return the seconds between two requests that a robots.txt asks for, a day at most."""
    return min(float(rules.crawl_delay(PRODUCT) or 0.0), _DAY)


def _instant(seconds: float) -> datetime | None:
    """Return when so many seconds have passed; None of a time without end."""
    return None if math.isinf(seconds) else datetime.now(UTC) + timedelta(seconds=seconds)


def retry_after(value: str, now: datetime) -> float | None:
    """Return the seconds that a Retry-After header asks for (RFC 9110 section 10.2.3).

    A day at most; None if it cannot be read.
    """
    value = value.strip()
    whole = value.partition(".")[0]  # some ask for a part of a second
    if whole.isdecimal():
        seconds = int(whole[:9])
        return min(float(seconds), _DAY)
    try:
        until = parsedate_to_datetime(value)
    except ValueError:
        return None
    if until.tzinfo is None:
        until = until.replace(tzinfo=UTC)
    left = (until - now).total_seconds()
    return min(max(left, 0.0), _DAY)
