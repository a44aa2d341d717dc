"""Tell the WebSub hub of the feeds that changed."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING

from feedmaker.fetch import ping
from feedmaker.model import clean_line

if TYPE_CHECKING:
    from feedmaker.fetch import Fetcher
    from feedmaker.model import Settings
    from feedmaker.pipeline.section import Progress
    from feedmaker.store import Store

_HUB_SECONDS = 20.0  # for all feeds together
_LONGEST = 200  # characters of what is said of a failure


async def tell_hub(settings: Settings, store: Store, fetcher: Fetcher, progress: Progress) -> None:
    """Tell the hub, where there is one, of each feed that changed, once its file is out.

    A hub that fails or is slow fails nothing else; the next run tells it what it did not take, and
    `status` says so until then.
    """
    if not settings.hub:
        return
    failures: list[str] = []

    async def ping_topic(topic: str) -> None:
        try:
            await ping(fetcher, settings.hub, topic)
        except Exception as error:  # noqa: BLE001 - whatever it is, the feeds are out
            failures.append(clean_line(str(error), _LONGEST))
        else:
            store.sections.ping_sent(topic)

    topics = store.sections.pings()
    with suppress(TimeoutError):
        async with asyncio.timeout(_HUB_SECONDS):
            await asyncio.gather(*map(ping_topic, topics))
    left = len(store.sections.pings()) if topics else 0
    told = ""
    if left:
        why = failures[0] if failures else f"no answer within {_HUB_SECONDS:g} s"
        told = f"the hub was not told of {left} changed feeds: {why}"
        progress.detail(told)
    if told != (store.meta("hub") or ""):
        store.set_meta("hub", told)
