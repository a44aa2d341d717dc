"""Feeds as the bytes that readers take: Atom 1.0, RSS 2.0 and JSON Feed 1.1.

`prepare` makes of each story what readers get, once for all formats, and names the stories that it
leaves out. `WRITERS` has a writer for each format. The same stories give the same bytes: every date
is a story's, and nothing here knows a clock, a folder or a version.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from feedmaker.output.feed.formats import write_json, write_xml
from feedmaker.output.feed.items import FeedContent, address, prepare

if TYPE_CHECKING:
    from collections.abc import Callable

    from feedmaker.model import Feed, Format

__all__ = [
    "WRITERS",
    "FeedContent",
    "address",
    "prepare",
    "render",
]

WRITERS: dict[Format, Callable[[FeedContent], bytes]] = {
    "atom": partial(write_xml, form="atom"),
    "rss": partial(write_xml, form="rss"),
    "json": write_json,
}


def render(feed: Feed, form: Format) -> bytes:
    """Return one feed file of a section, in UTF-8; of a month of it, its archive.

    The stories must be as the store gives them: with `id`, and with `first_seen` or `published`.
    Raises InvalidFeedError where the file would be no XML.
    """
    return WRITERS[form](prepare(feed))
