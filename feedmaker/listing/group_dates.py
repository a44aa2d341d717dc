"""Dates that head a group of stories: «الاثنين 30 نونبر», then five links."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Final

from feedmaker.html.blocks import tag_ids
from feedmaker.listing.cards import ancestors, spell_out, squeeze

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from feedmaker.listing.cards import TreePosition
    from feedmaker.listing.page_links import PageLinks

_LEVELS: Final = 3  # elements from a card up to the one that its date stands in
_LONGEST: Final = 60  # characters
_MOST_CHILDREN: Final = 2000
_LEAST: Final = 2  # dates: one alone may be the day on which the page was made
_NUMBER: Final = re.compile(r"\d")
_UNSHOWN: Final = tag_ids("script style template noscript")


def dates_above(
    page: PageLinks,
    cards: Mapping[str, TreePosition],
    timezone: str,
    now: datetime | None,
) -> dict[str, datetime]:
    """Return the dates of stories whose cards stand below one, where the page has several such.

    A date stands in an element without links, before the card or an element around it; that of the
    group before ends where the next one begins.
    """
    reader = _GroupDates(page, timezone, now)
    found: dict[str, datetime] = {}
    for url, card in cards.items():
        date = reader.above(card)
        if date is not None:
            found[url] = date
    return found if len(set(found.values())) >= _LEAST else {}


class _GroupDates:
    """The dates of a page before its elements; those in one element are read once."""

    def __init__(self, page: PageLinks, timezone: str, now: datetime | None) -> None:
        self._page = page
        self._timezone = timezone
        self._now = now
        self._before: dict[TreePosition, dict[int, datetime]] = {}

    def above(self, card: TreePosition) -> datetime | None:
        """The date nearest before a card."""
        for place in islice(ancestors(card), _LEVELS):
            around = place.above
            if around is None:
                return None
            if around not in self._before:
                self._before[around] = self._read(around)
            date = self._before[around].get(place.node.mem_id)
            if date is not None:
                return date
        return None

    def _read(self, around: TreePosition) -> dict[int, datetime]:
        """The last date before each child of an element that holds links."""
        found: dict[int, datetime] = {}
        last: datetime | None = None
        for child in islice(around.node.iter(), _MOST_CHILDREN):
            if not self._page.is_around_links(child) and child.tag_id not in _UNSHOWN:
                last = self._date(child.text()) or last
            elif last is not None:
                found[child.mem_id] = last
        return found

    def _date(self, said: str) -> datetime | None:
        if not _NUMBER.search(said):
            return None
        text = squeeze(said[: 2 * _LONGEST])
        if len(text) > _LONGEST or not _NUMBER.search(text):
            return None
        from feedmaker.text.dates import parse_date  # 34 ms, which runs of `build` do without

        whole = spell_out(text, lambda: self._page.is_month_first)
        return parse_date(whole, timezone=self._timezone, now=self._now)
