"""Telling the operator's own servers: a WebSub hub of changed feeds, others of anything."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from feedmaker.model import FetchLimits

if TYPE_CHECKING:
    from collections.abc import Callable

    from feedmaker.fetch.client import Fetcher


async def ping(fetcher: Fetcher, hub: str, topic: str) -> None:
    """Tell the hub that the feed at `topic` changed. Raises FetchError where it does not take it.

    WebSub (W3C Recommendation, 2018) leaves open how; all hubs understand what PubSubHubbub 0.4
    section 7.2 says.
    """
    form = urlencode({"hub.mode": "publish", "hub.url": topic, "hub.topic": topic})
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    await fetcher.post(hub, _limits(hub), form.encode(), headers)


async def post_json(
    fetcher: Fetcher, url: str, value: Any, sign: Callable[[bytes], dict[str, str]]
) -> None:
    """Post JSON, with the headers that `sign` gives for it. Raises FetchError if it is refused."""
    body = json.dumps(value, ensure_ascii=False).encode()
    headers = {"Content-Type": "application/json; charset=utf-8", **sign(body)}
    await fetcher.post(url, _limits(url, retries=2), body, headers)


def _limits(url: str, retries: int = 0) -> FetchLimits:
    """Return the limits for a server that the operator named."""
    # As `home` it may be at a private address that is written out.
    return FetchLimits(
        home=url,
        concurrency=4,
        delay=0,
        timeout=10,
        budget=10,
        retries=retries,
        max_bytes=5_000_000,
        max_redirects=0,
    )
