"""What a section wants of a listing's links, and shows of the stories: pure, and given `now`."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from feedmaker.text import arabic
from feedmaker.text.word_matching import has_word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from feedmaker.model import Link, ListedLink, Section, Story

# Links of a listing whose order tells whether it begins with the oldest.
_ORDERED: Final = 5
_RISES: Final = 3
_MAY_BE_PINNED: Final = 7
_FIRST_OF_SEGMENT: Final = re.compile(r"(?<=/)\d{1,18}(?![^\W\d_])")
_LONG_NUMBER: Final = re.compile(r"\d{3,18}")
# A listing that shows another headline in each run has corrected none.
_RETITLED: Final = 3


def wants(section: Section, link: Link) -> bool:
    """Whether a section's `match`, `include` and `exclude` let a link pass.

    Of a link without a title only `match` can tell.
    """
    if section.match:
        spellings = (link.url, unquote(link.url))
        if not any(re.search(section.match, url) for url in spellings):
            return False
    return not link.title or _has_wanted_words(section, link.title)


def shows(section: Section, story: Story) -> bool:
    """Whether a story passes its section's `include`, `exclude` and `category`."""
    if not _has_wanted_words(section, story.title):
        return False
    if not section.category:
        return True
    wanted = {arabic.fold(category) for category in section.category}
    return not wanted.isdisjoint(folded_categories(story))


def _has_wanted_words(section: Section, title: str) -> bool:
    if section.include and not any(has_word(title, word) for word in section.include):
        return False
    return not any(has_word(title, word) for word in section.exclude)


def folded_categories(story: Story) -> set[str]:
    """The categories that a story and its copies stand under, folded."""
    return {arabic.fold(category) for category in (story.category or "", *story.also)}


def judge_links(
    listed: Sequence[ListedLink],
    section: Section,
    *,
    first_run: bool,
    now: datetime,
    changed: frozenset[str] = frozenset(),
) -> list[ListedLink]:
    """Return the links of a listing, in page order, that are new or changed, as they are noted.

    A wanted link without a story is due. Links dated older than `max_age` days are not wanted; nor
    is, of what the section found in its first run, what is beyond the newest `items`. First-seen
    times are a second apart, so that undated stories keep the order of the list. A headline that
    was corrected makes its article due; so does its URL among those that the listing says to have
    `changed`.
    """
    oldest = now - timedelta(days=section.max_age) if section.max_age else None
    room = section.items
    noted = []
    for place, one in enumerate(_newest_first(listed)):
        seen = now.replace(microsecond=0) - timedelta(seconds=place)
        if _is_known(one):
            after = _with_changes(one, now, changed)
        else:
            has_room = room > 0 or not (first_run or one.is_noted)
            after = _first_look(one, seen, is_wanted=has_room and not _is_old(one, oldest))
        room -= _is_known(after)
        after = replace(after, seen=f"{now:%Y-%m-%d}")
        if after != one or not one.is_noted:
            noted.append(after)
    return noted


def _is_known(one: ListedLink) -> bool:
    """Whether a link's story is known, its article due, or was tried."""
    return one.is_stored or one.is_tried or one.next_check is not None


def _is_old(one: ListedLink, oldest: datetime | None) -> bool:
    latest = one.link.published or one.link.changed
    return oldest is not None and latest is not None and latest < oldest


def _first_look(one: ListedLink, seen: datetime, *, is_wanted: bool) -> ListedLink:
    if is_wanted:
        return replace(one, first_seen=min(one.first_seen or seen, seen), next_check=seen)
    return replace(one, first_seen=one.first_seen or seen)


def _newest_first(listed: Sequence[ListedLink]) -> Sequence[ListedLink]:
    """The links of a listing, turned round where it begins with the oldest.

    Its dates say so, or, of an undated one, the numbers in its addresses: the last long one, or
    those that segments begin with, such as year, month and day.
    """
    dates = [(one.link.published.timestamp(),) for one in listed if one.link.published]
    if dates:
        return listed[::-1] if _is_rising(dates, len(listed)) else listed
    keys = [unquote(one.key) for one in listed]
    segments = [tuple(map(int, _FIRST_OF_SEGMENT.findall(key))) for key in keys]
    last = [tuple(map(int, _LONG_NUMBER.findall(key)[-1:])) for key in keys]
    is_turned = any(_is_rising(values, len(listed)) for values in (last, segments))
    return listed[::-1] if is_turned else listed


def _is_rising(values: Sequence[tuple[float, ...]], count: int) -> bool:
    """Whether values of links, of which there are `count` in all, rise from one to the next.

    Some may be equal, of one day. One in ten may fall; so may, in a list of some length, a single
    one, such as a pinned story.
    """
    known = [value for value in values if value]
    if len(known) < max(_ORDERED, 0.8 * count):
        return False
    pairs = list(pairwise(known))
    falling = sum(second < first for first, second in pairs)
    rising = sum(second > first for first, second in pairs)
    return rising >= _RISES and falling <= max(0.1 * len(pairs), len(pairs) >= _MAY_BE_PINNED)


def _with_changes(one: ListedLink, now: datetime, changed: frozenset[str]) -> ListedLink:
    """A known link as the listing has it now; due, where its story is among those `changed`."""
    after = _with_headline(one, now)
    is_changed = one.is_stored and one.link.url in changed
    return replace(after, next_check=now) if is_changed else after


def _with_headline(one: ListedLink, now: datetime) -> ListedLink:
    """A known link under the headline that the listing has now."""
    title = one.link.title
    if not title or title == one.title or one.retitled >= _RETITLED:
        return one
    if arabic.fold(title) == arabic.fold(one.title):
        return one
    return replace(one, title=title, retitled=one.retitled + 1, next_check=now)


def joined(story: Story, copy: Story) -> Story:
    """Return a story with the category that a copy of it stands under."""
    if not copy.category or arabic.fold(copy.category) in folded_categories(story):
        return story
    return replace(story, also=(*story.also, copy.category))
