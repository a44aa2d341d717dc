"""The icon of a site, for its feeds: fetched once, kept in the store, written beside the feeds."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from feedmaker.html.site_icons import icon_ending
from feedmaker.model import NotModified
from feedmaker.model.errors import FeedmakerError, StoreError
from feedmaker.pipeline import page_work

if TYPE_CHECKING:
    from feedmaker.pipeline.section import SiteRun

_SECONDS: Final = 10.0  # for all of it: a feed is worth more than its icon
_MOST_BYTES: Final = 200_000
_AGAIN: Final = timedelta(days=30)  # where a site had none, or could not be asked


async def keep_icon(run: SiteRun) -> None:
    """Fetch the icon of the run's site, once; feeds need the address that `base_url` gives it.

    Whatever fails is no failure of the run.
    """
    icons = run.store.icons
    if not run.settings.base_url or not icons.is_due(run.site.slug, run.now):
        return
    data, ending = b"", ""
    with suppress(TimeoutError):
        async with asyncio.timeout(_SECONDS), asyncio.timeout_at(run.deadline):
            data, ending = await _fetch_icon(run)
    icons.keep(run.site.slug, data, ending, again=run.now + _AGAIN)


async def _fetch_icon(run: SiteRun) -> tuple[bytes, str]:
    """The icon and its ending; empty where there is none that readers show."""
    try:
        home = await run.fetch(run.site.home)
        if isinstance(home, NotModified):
            return b"", ""
        addresses = await run.process.call(home.url, page_work.find_icons, home)
    except StoreError:
        raise
    except FeedmakerError:
        return b"", ""
    for address in addresses:
        try:
            data = await run.fetcher.picture(
                address, run.fetch_limits, seconds=_SECONDS, most=_MOST_BYTES
            )
        except StoreError:
            raise
        except FeedmakerError:
            continue
        if ending := icon_ending(data):
            return data, ending
    return b"", ""
