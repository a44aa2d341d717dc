"""Telling a WebSub hub that a feed changed."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from feedmaker.model import FetchLimits

if TYPE_CHECKING:
    from feedmaker.fetch.client import Fetcher


async def ping(fetcher: Fetcher, hub: str, topic: str) -> None:
    """Tell the hub that the feed at `topic` changed. Raises FetchError where it does not take it.

    WebSub (W3C Recommendation, 2018) leaves open how; all hubs understand what PubSubHubbub 0.4
    section 7.2 says.
    """
    # As `home` the hub, which the operator named, may be at a private address that is written out.
    limits = FetchLimits(
        home=hub,
        concurrency=4,
        delay=0,
        timeout=10,
        budget=10,
        retries=0,
        max_bytes=5_000_000,
        max_redirects=0,
    )
    form = urlencode({"hub.mode": "publish", "hub.url": topic, "hub.topic": topic})
    await fetcher.post(hub, limits, form.encode())
