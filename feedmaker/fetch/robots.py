"""robots.txt: what a host asks crawlers to leave alone (RFC 9309), and how far apart requests shall
be.
"""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict
from typing import TYPE_CHECKING, Protocol

from protego import Protego

from feedmaker.fetch.turns import MONTH
from feedmaker.model.errors import FetchError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    import httpx

# The name that robots.txt files know this program by (RFC 9309 section 2.2.1).
PRODUCT = "feedmaker"
# RFC 9309 section 2.4: a copy is good for a day; an older one only while there is no newer to be
# had.
_DAY = 86400.0
# RFC 9309 section 2.5 asks for 500 KiB at least.
MAX_BYTES = 512 * 1024


def crawl_delay(rules: Protego) -> float:
    """The seconds between two requests that rules ask for, 0 where they do not; a month at most, as
    of Retry-After.
    """
    return min(float(rules.crawl_delay(PRODUCT) or 0.0), MONTH)


class Copies(Protocol):
    """Where robots.txt files are kept by origin: the text, "" where the server has none, and when
    it was had.

    That is in seconds of the epoch. A dict is one.
    """

    def get(self, origin: str, /) -> tuple[str, float] | None:
        """The copy of an origin, or None."""

    def __setitem__(self, origin: str, copy: tuple[str, float], /) -> None:
        """Keep a new copy."""


class Robots:
    """The rules of each origin ("https://host"), asked for when there is no copy of the last 24
    hours.
    """

    def __init__(self, copies: Copies) -> None:
        self._copies = copies
        self._rules: dict[str, Protego] = {}
        self._closed: dict[str, FetchError] = {}
        self._locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def rules(self, url: httpx.URL, ask: Callable[[httpx.URL], Awaitable[str]]) -> Protego:
        """The rules for the origin of `url`.

        `ask` fetches the text of a robots.txt, "" where the server has none, and raises FetchError
        where that cannot be known; so does this method then, as long as this object lives, unless
        there is an old copy.
        """
        origin = f"{url.scheme}://{url.netloc.decode('ascii')}"
        async with self._locks[origin]:
            if origin in self._closed:
                raise self._closed[origin]
            if origin not in self._rules:
                try:
                    text = await self._text(
                        origin, lambda: ask(url.copy_with(raw_path=b"/robots.txt"))
                    )
                except FetchError as error:
                    self._closed[origin] = error
                    raise
                self._rules[origin] = Protego.parse(text)
        return self._rules[origin]

    async def _text(self, origin: str, ask: Callable[[], Awaitable[str]]) -> str:
        known = self._copies.get(origin)
        text, had_at = known or ("", float("-inf"))
        now = time.time()
        if 0 <= now - had_at < _DAY:
            return text
        try:
            text = await ask()
        except FetchError:
            if known is None:
                raise
        else:
            self._copies[origin] = text, now
        return text
