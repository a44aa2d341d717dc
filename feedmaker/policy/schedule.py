"""Decisions, apart from doing: which links are fetched and when again, which stories a section
shows with which dates.

Everything here is pure and is given `now`; the table "How it behaves" of the README is what these
functions hold.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256
from html import unescape
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from feedmaker.model import Rhythm
from feedmaker.text import arabic
from feedmaker.text.word_matching import has_word

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from feedmaker.model import Link, Report, Section, State, StoredLink, Story

# A page may be dated a little ahead of us: clocks differ. Anything further ahead is a mistake in
# zone or year.
_CLOCK_SKEW = timedelta(minutes=10)
_FIRST_PAUSE = timedelta(minutes=5)
_LONGEST_PAUSE = timedelta(days=1)
_GIVE_UP = timedelta(days=14)
_EARLY = timedelta(hours=6)
_REMIND = timedelta(days=1)
_PICTURE = re.compile(r'<img [^>]*?src="([^"]+)"')
_LONGEST_WAIT = timedelta(hours=1)
_LONGEST_REST = timedelta(hours=6)
_BEATS = 50  # of a section's newest stories: what it did a year ago says little of today
_TTLS = (
    15,
    30,
    60,
    120,
    240,
    720,
    1440,
)  # minutes; a few steps, so that a feed's does not change with each story


class FirstLook(NamedTuple):
    """When a new link was first seen, and when its article is due (None: never)."""

    first_seen: datetime
    next_check: datetime | None


def first_looks(
    new: Sequence[Link], section: Section, *, first_run: bool, known: int = 0, now: datetime
) -> dict[str, FirstLook]:
    """When each new link of a listing, in page order, is first seen and when its article is due
    (None: never).

    First-seen times are a second apart, so that undated stories keep the order of the list. Links
    dated older than `max_age` days are noted and not fetched; so is, on the first run of a section,
    what is beyond its newest `items`, of which `known` are had already.
    """
    oldest = now - timedelta(days=section.max_age) if section.max_age else None
    looks: dict[str, FirstLook] = {}
    room = section.items - known
    for place, link in enumerate(new):
        seen = now.replace(microsecond=0) - timedelta(seconds=place)
        old = bool(oldest and link.published and link.published < oldest)
        wanted = not old and (room > 0 or not first_run)
        room -= wanted
        looks[link.url] = FirstLook(seen, seen if wanted else None)
    return looks


def next_check(
    first_seen: datetime, checks: int, ages: Sequence[float], now: datetime
) -> datetime | None:
    """When an article that was had `checks` times before now is asked again; None: never.

    `ages` are hours since first sight. What was missed while nothing ran is not made up for, except
    the first; that is due in the next run at the earliest.
    """
    for age in ages[checks:]:
        at = first_seen + timedelta(hours=age)
        if checks == 0 or at > now:
            return max(at, now + timedelta(seconds=1))
    return None


def retry_at(seen: StoredLink, now: datetime, asked: datetime | None = None) -> datetime | None:
    """When a failed article is tried again; None: never.

    Pauses grow from five minutes to a day, and not before the server's `asked`; after two weeks it
    is given up.
    """
    if now - seen.first_seen > _GIVE_UP:
        return None
    pause = min(_FIRST_PAUSE * 4.0 ** min(seen.failures, 10), _LONGEST_PAUSE)
    return max(now + pause, asked) if asked else now + pause


def early(seen: StoredLink, status: int | None, now: datetime) -> bool:
    """Whether an article that is not found may still come: listings tell of some before all servers
    of a site do.
    """
    return status == 404 and not seen.digest and now - seen.first_seen < _EARLY


def ask_picture_again(tries: int, now: datetime) -> datetime | None:
    """When a picture is asked for again that a server told nothing of `tries` times before; None:
    never.
    """
    return now + _LONGEST_PAUSE if tries < 2 else None


def digest(story: Story) -> str:
    """A digest of the normalised title and text: an edit changes it, an advert, a picture or a
    counter does not.
    """
    text = " ".join(arabic.fold_lines(story.text))
    return sha256(f"{arabic.fold(story.title)}\n{text}".encode()).hexdigest()[:32]


def settle(story: Story, seen: StoredLink, old: Story | None, now: datetime) -> Story:
    """The story as it is to be kept: with its id and with dates that never move.

    A page's date counts unless it lies in the future; else the first-seen time does. `updated` is
    the page's own modification time where it makes sense, else the publication of a new story and
    `now` for a changed one.
    """
    if old:
        published, floor, fallback = old.published or old.first_seen or now, old.updated or now, now
    else:
        dated = (
            story.published if story.published and story.published <= now + _CLOCK_SKEW else None
        )
        published = floor = fallback = dated or seen.first_seen
    told = story.modified
    updated = told if told and floor < told <= now else fallback
    return replace(
        story,
        id=seen.story,
        title=story.title or seen.title,
        image=story.image or _first_picture(story.html),
        published=published,
        first_seen=old.first_seen if old else seen.first_seen,
        also=old.also if old else (),
        updated=max(updated, published),
    )


def _first_picture(html: str) -> str | None:
    """The address of the first picture in a story's own HTML: its lead picture, where the page
    names none.
    """
    found = _PICTURE.search(html)
    return unescape(found[1]) if found else None


def replaces(story: Story, old: Story) -> bool:
    """Whether a story takes the place of the stored one: its words changed, and no teaser replaces
    a text.
    """
    return not (story.teaser and not old.teaser) and digest(story) != digest(old)


def joined(story: Story, copy: Story) -> Story:
    """A story with the category that a copy of it stands under."""
    known = {arabic.fold(category) for category in (story.category or "", *story.also)}
    if not copy.category or arabic.fold(copy.category) in known:
        return story
    return replace(story, also=(*story.also, copy.category))


def shows(section: Section, story: Story) -> bool:
    """Whether a story passes its section's filters by words of the title and by category."""
    if section.include and not any(has_word(story.title, word) for word in section.include):
        return False
    if any(has_word(story.title, word) for word in section.exclude):
        return False
    wanted = {arabic.fold(category) for category in section.category}
    return not wanted or any(
        arabic.fold(category) in wanted for category in (story.category or "", *story.also)
    )


def settled(state: State, report: Report, now: datetime) -> State:
    """The state of a section after a run; `since` moves when it broke or healed, `told` when a
    person is to be told.

    That is when the section breaks, when it heals, and a day after it was last told that it is
    still broken. One that broke while the clock was ahead breaks now, since it was set back.
    """
    turned = report.good != state.good or (not report.good and _is_ahead(state, now))
    remind = not report.good and (state.told is None or now - state.told >= _REMIND)
    return replace(
        state,
        status=report.status,
        reason=report.reason,
        since=now if turned or state.since is None else state.since,
        told=now if turned or remind else state.told,
        good_at=now if report.good else state.good_at,
        links=state.links if report.links is None else report.links,
        doubted=report.doubted,
        note=report.note,
    )


def rests(state: State, asked_with: str, now: datetime) -> bool:
    """Whether a section that failed is left in peace for now.

    A new configuration is tried at once, and so is what was last asked while the clock was ahead:
    it might rest for years, now that it was set back.
    """
    if state.good or state.next_poll is None or state.asked_with != asked_with:
        return False
    return now < state.next_poll and not _is_ahead(state, now)


def _is_ahead(state: State, now: datetime) -> bool:
    """Whether what happened to a section stands in the future: the clock was ahead of itself, and
    was set back.
    """
    return any(at is not None and at > now + _CLOCK_SKEW for at in (state.since, state.told))


def rested(state: State, asked_with: str, now: datetime, asked: datetime | None = None) -> State:
    """The state of a section that was asked in this run, with when it is asked next.

    One that fails is left in peace for a thirtieth of the time that it is broken, six hours at
    most, and not before the server's `asked`: so it is asked ever more rarely.
    """
    if state.good or state.since is None:
        return replace(state, next_poll=None, asked_with=asked_with)
    next_poll = now + min((now - state.since) / 30, _LONGEST_REST)
    return replace(
        state, next_poll=max(next_poll, asked) if asked else next_poll, asked_with=asked_with
    )


def rhythm(published: Iterable[datetime], now: datetime) -> Rhythm | None:
    """How often a section has something new, by the times of its stories in any order; None of
    fewer than four.

    Stories of one minute count as one: they came in a batch, or are undated and have first-seen
    times. What is dated after `now` does not count.
    """
    beats = sorted({at.replace(second=0, microsecond=0) for at in published if at <= now})[-_BEATS:]
    pauses = [later - earlier for earlier, later in pairwise(beats)]
    if len(pauses) < 3:
        return None
    return Rhythm(
        usual=timedelta(seconds=median(map(timedelta.total_seconds, pauses))),
        longest=max(pauses),
        quiet=now - beats[-1],
    )


def pause(known: Rhythm | None, least: timedelta) -> timedelta:
    """How long workers leave a section alone after a run: half the usual pause between its stories.

    At least `least`, and mostly no longer than an hour, when its newest articles are due to be
    asked again.
    """
    half = known.usual / 2 if known else least
    return max(min(half, _LONGEST_WAIT), least)


def ttl(published: Iterable[datetime]) -> int:
    """Minutes after which it is worth asking for a section's feed again (RSS 2.0, `ttl`); 60 where
    nothing is known.

    By the times of the stories alone, so that the same stories give the same feed.
    """
    times = list(published)
    known = rhythm(times, max(times)) if times else None
    if known is None:
        return 60
    minutes = known.usual / timedelta(minutes=1)
    return max((step for step in _TTLS if step <= minutes), default=_TTLS[0])
