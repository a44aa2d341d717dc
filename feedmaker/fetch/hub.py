"""Telling a WebSub hub that a feed changed."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from feedmaker.model import Fetching, Site

if TYPE_CHECKING:
    from feedmaker.fetch.client import Fetcher

# The hub is the operator's own word, so it may be at a private address that is written out, as a
# site's home may.
_FETCHING = Fetching(concurrency=4, delay=0, timeout=10, retries=0)


async def ping(fetcher: Fetcher, hub: str, topic: str) -> None:
    """Tell the hub that the feed at `topic` changed. Raises FetchError where it does not take it.

    WebSub (W3C Recommendation, 2018) leaves open how; all hubs understand what PubSubHubbub 0.4
    section 7.2 says.
    """
    site = Site(slug="hub", name="hub", home=hub, sections=(), fetch=_FETCHING)
    form = urlencode({"hub.mode": "publish", "hub.url": topic, "hub.topic": topic})
    await fetcher.post(hub, site, form.encode())
