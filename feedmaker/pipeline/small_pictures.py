"""The thumbnails of a section: fetched and drawn once, removed with the stories that had them."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from feedmaker.files import write_file
from feedmaker.model.errors import FeedmakerError, PublishError
from feedmaker.output import thumbnails

if TYPE_CHECKING:
    from pathlib import Path

    from feedmaker.model import Enclosure, Section
    from feedmaker.pipeline.section import SiteRun

# Thumbnails of one section that are made in one run, and the seconds that may take.
_MOST: Final = 50
_SECONDS: Final = 20.0
_SECONDS_OF_ONE: Final = 8.0


async def make_thumbnails(run: SiteRun, section: Section) -> None:
    """Make the thumbnails that the pages of a section lack; no feed waits for them for long."""
    if not run.settings.thumbnails:
        return
    site = run.site
    shown = run.store.stories.shown_pictures(site.slug, section.slug, section.items)
    wanted = {
        thumbnails.file_name(picture.url): picture
        for picture in shown
        if picture.type in thumbnails.KINDS and picture.length <= thumbnails.MOST_BYTES
    }
    folder = thumbnails.folder(run.settings, site, section)
    there = {path.name: path for path in folder.glob("*.jpg")}
    for name in there.keys() - wanted.keys():
        there[name].unlink(missing_ok=True)
    missing = [name for name in wanted if name not in there][:_MOST]
    with suppress(TimeoutError):
        async with asyncio.timeout(_SECONDS), asyncio.timeout_at(run.deadline):
            await asyncio.gather(*(_make_one(run, wanted[name], folder / name) for name in missing))


async def _make_one(run: SiteRun, picture: Enclosure, path: Path) -> None:
    """Fetch a picture and draw its thumbnail; what fails leaves an empty file."""
    try:
        async with run.at_once:
            content = await run.fetcher.picture(
                picture.url,
                run.fetch_limits,
                seconds=_SECONDS_OF_ONE,
                most=thumbnails.MOST_BYTES,
            )
        drawn = await run.process.call(picture.url, thumbnails.draw, content)
    except FeedmakerError:
        drawn = b""
    with suppress(PublishError):  # the feed is written next, and says so
        write_file(path, drawn)
