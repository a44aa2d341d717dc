"""A feed to the bytes that readers take: Atom 1.0, RSS 2.0 and JSON Feed 1.1.

`items` makes of each story what readers get, once for all formats; `xml` and `jsonfeed` write it down. The same stories
give the same bytes: every date is a story's, and nothing here knows a clock, a folder or a version.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from feedmaker.feed import jsonfeed, xml
from feedmaker.feed.address import address as address

if TYPE_CHECKING:
    from feedmaker.model import Feed, Format


def render(feed: Feed, form: Format) -> bytes:
    """The feed file of a section, in UTF-8; of a month of it, its archive (Atom).

    The stories must be as the store gives them: with `id`, and with `first_seen` or `published`; of two with one id
    the first is taken. Without a base URL there is no self link.
    """
    return jsonfeed.render(feed) if form == "json" else xml.render(feed, form)
