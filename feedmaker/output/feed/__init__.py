"""Feeds as the bytes that readers take: Atom 1.0, RSS 2.0 and JSON Feed 1.1.

`prepare` makes of each story what readers get, once for all formats, and names the stories that it
leaves out. `write_files` writes them in the formats asked for. The same stories give the same
bytes: every date is a story's, and nothing here knows a clock, a folder or a version.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from feedmaker.output.feed.formats import write_files
from feedmaker.output.feed.items import FeedContent, address, prepare

if TYPE_CHECKING:
    from feedmaker.model import Feed, Format

__all__ = [
    "FeedContent",
    "address",
    "prepare",
    "render",
    "write_files",
]


def render(feed: Feed, form: Format) -> bytes:
    """Return one feed file of a section, in UTF-8; of a month of it, its archive.

    The stories must be as the store gives them: with `id`, and with `first_seen` or `published`.
    Raises InvalidFeedError where the file would be no XML.
    """
    return write_files(prepare(feed), (form,))[form]
