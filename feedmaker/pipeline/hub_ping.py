"""Tell the WebSub hub of the feeds that changed."""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from typing import TYPE_CHECKING

from feedmaker.fetch import ping

if TYPE_CHECKING:
    from feedmaker.fetch import Fetcher
    from feedmaker.model import Settings
    from feedmaker.store import Store

_log = logging.getLogger(__name__)
_HUB_SECONDS = 20.0  # for all feeds together


async def tell_hub(settings: Settings, store: Store, fetcher: Fetcher) -> None:
    """Tell the hub of each feed that changed, once its file is out.

    A hub that fails or is slow fails nothing else; the next run tells it what it did not take.
    """

    async def ping_topic(topic: str) -> None:
        try:
            await ping(fetcher, settings.hub, topic)
        except Exception as error:  # noqa: BLE001 - whatever it is, the feeds are out
            _log.info("%s: the hub was not told: %s", topic, error)
        else:
            store.sections.ping_sent(topic)

    with suppress(TimeoutError):
        async with asyncio.timeout(_HUB_SECONDS):
            await asyncio.gather(*map(ping_topic, store.sections.pings()))
