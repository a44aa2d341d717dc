"""A feed to the bytes that readers take: Atom 1.0, RSS 2.0 and JSON Feed 1.1.

`items` makes of each story what readers get, once for all formats; `xml` and `jsonfeed` write it
down, and `proof` looks at what they wrote. The same stories give the same bytes: every date is a
story's, and nothing here knows a clock, a folder or a version.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from feedmaker.model.errors import InvalidFeedError
from feedmaker.output.feed import json_feed, validator, xml_feed
from feedmaker.output.feed.feed_urls import address as address

if TYPE_CHECKING:
    from feedmaker.model import Feed, Format


def render(feed: Feed, form: Format) -> bytes:
    """The feed file of a section, in UTF-8; of a month of it, its archive (Atom).

    The stories must be as the store gives them: with `id`, and with `first_seen` or `published`; of
    two with one id the first is taken. Without a base URL there is no self link.
    """
    return json_feed.render(feed) if form == "json" else xml_feed.render(feed, form)


def checked(feed: Feed, form: Format) -> bytes:
    """A feed file as `render` makes it, once it is found to be what its format asks for.

    Raises InvalidFeedError, with file, item and line, where it is not: then it is not to take the
    place of a good one.
    """
    data = render(feed, form)
    found = validator.faults(data, form)
    if found:
        more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
        raise InvalidFeedError(f"{address(feed, form)}: would be no valid feed: {found[0]}{more}")
    return data
