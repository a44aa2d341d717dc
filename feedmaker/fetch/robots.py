"""robots.txt (RFC 9309): what hosts close to crawlers, and how far apart requests shall be."""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict
from typing import TYPE_CHECKING

from protego import Protego

from feedmaker.fetch.turns import MONTH
from feedmaker.model.errors import FetchError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    import httpx

    from feedmaker.fetch.turns import KeptValues

    FetchText = Callable[[httpx.URL], Awaitable[str]]

# The name that robots.txt files know this program by (RFC 9309 section 2.2.1).
PRODUCT = "feedmaker"
# Seconds. RFC 9309 section 2.4: a copy is good for a day; an older one only where no newer can be
# fetched.
_DAY = 86400.0
# RFC 9309 section 2.5 asks for 500 KiB at least.
MAX_BYTES = 512 * 1024


class Robots:
    """The rules of each origin ("https://host"), fetched when there is no copy of the last day.

    `copies` has the text of each origin's robots.txt, "" where the server has none, and when it was
    fetched, in seconds of the epoch.
    """

    def __init__(self, copies: KeptValues[tuple[str, float]]) -> None:
        self._copies = copies
        self._rules: dict[str, Protego] = {}
        self._failures: dict[str, FetchError] = {}
        self._locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def crawl_delay(self, url: httpx.URL, fetch_text: FetchText) -> float | None:
        """Return the seconds between two requests that the rules for a URL ask for.

        A month at most; 0 where they ask for none, None where they close the URL. `fetch_text`
        returns the text of a robots.txt, "" where the server has none, and raises FetchError where
        that cannot be known; unless there is an old copy, so does this method then, as long as this
        object lives.
        """
        origin = f"{url.scheme}://{url.netloc.decode('ascii')}"
        async with self._locks[origin]:
            if origin not in self._rules:
                text = await self._text(origin, url, fetch_text)
                self._rules[origin] = Protego.parse(text)
        rules = self._rules[origin]
        if not rules.can_fetch(str(url), PRODUCT):
            return None
        return min(float(rules.crawl_delay(PRODUCT) or 0.0), MONTH)

    async def _text(self, origin: str, url: httpx.URL, fetch_text: FetchText) -> str:
        if failure := self._failures.get(origin):
            raise failure
        text, fetched_at = self._copies.get(origin) or (None, float("-inf"))
        now = time.time()
        if text is not None and 0 <= now - fetched_at < _DAY:
            return text
        try:
            new = await fetch_text(url.copy_with(raw_path=b"/robots.txt"))
        except FetchError as error:
            if text is not None:
                return text
            self._failures[origin] = error
            raise
        self._copies[origin] = new, now
        return new
