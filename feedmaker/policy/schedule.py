"""What a section wants and shows, what is fetched when, and which dates are shown.

Everything here is pure and is given `now`. What these functions hold stands in
docs/how-it-works.md, "Behaviour worth knowing".
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256
from html import unescape
from itertools import pairwise
from typing import TYPE_CHECKING, Final
from zlib import crc32

from feedmaker._version import EXTRACTOR
from feedmaker.model import Code, Note, Reason, Rhythm, Severity
from feedmaker.text import arabic

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from feedmaker.model import Report, Site, State, StoredLink, Story

# A page may be dated a little ahead of us: clocks differ. Anything further ahead is a mistake in
# the zone or year.
_CLOCK_SKEW: Final = timedelta(minutes=10)
# Pauses between two tries of a failed article.
_FIRST_PAUSE: Final = timedelta(minutes=5)
_LONGEST_PAUSE: Final = timedelta(days=1)
_GIVE_UP: Final = timedelta(days=14)
# Failures in a row: a clock that is wrong once makes an article old, and does not give it up.
_TRIES: Final = 12
# For so long an article that is not found may still come.
_EARLY: Final = timedelta(hours=6)
# A person is told of a broken section again after this.
_REMIND: Final = timedelta(days=1)
# What fails for so long is no blip, though it was not tried again.
_BLIP: Final = timedelta(hours=1)
_MOST_NOTES: Final = 20  # of a section
_PICTURE: Final = re.compile(r'<img [^<>]*?src="([^"]+)"')
# Of a text: an editor who takes so much away rarely takes it from its end alone.
_CUT_OFF: Final = 0.5
# The longest pause between two runs of a section by workers.
_LONGEST_WAIT: Final = timedelta(hours=1)
# The longest time that a failing section is left alone.
_LONGEST_BACKOFF: Final = timedelta(hours=6)
# Of a section's newest stories: what it did a year ago says little of today.
_BEATS: Final = 50
# Minutes; a few steps, so that the `ttl` of a feed does not change with each story.
_TTLS: Final = (15, 30, 60, 120, 240, 720, 1440)


def next_check(
    first_seen: datetime, checks: int, ages: Sequence[float], now: datetime
) -> datetime | None:
    """Return when an article that was fetched `checks` times before now is due; None: never.

    `ages` are hours since first sight. What was missed while nothing ran is not made up for, except
    the first; that is due in the next run at the earliest.
    """
    for age in ages[checks:]:
        at = first_seen + timedelta(hours=age)
        if checks == 0 or at > now:
            return max(at, now + timedelta(seconds=1))
    return None


def latest_check(ages: Sequence[float], now: datetime) -> datetime:
    """Return when the last article of a site that is asked by these rules is due.

    What is due later was set by a clock that was wrong.
    """
    longest = timedelta(hours=max(ages, default=0.0))
    return now + max(longest, _LONGEST_PAUSE) + _CLOCK_SKEW


def retry_at(link: StoredLink, now: datetime, asked: datetime | None = None) -> datetime | None:
    """Return when a failed article is tried again; None: never.

    Pauses grow from five minutes to a day, and last at least until `asked`, the server's own wish.
    After two weeks and twelve tries the article is given up.
    """
    if now - link.first_seen > _GIVE_UP and link.failures >= _TRIES - 1:
        return None
    pause = min(_FIRST_PAUSE * 4.0 ** min(link.failures, 10), _LONGEST_PAUSE)
    return max(now + pause, asked) if asked else now + pause


def may_still_come(link: StoredLink, status: int | None, now: datetime) -> bool:
    """Whether an article that is not found may still come.

    Listings name some before all servers of a site have them.
    """
    return status == 404 and not link.digest and now - link.first_seen < _EARLY


def ask_picture_again(tries: int, now: datetime) -> datetime | None:
    """Return when a picture that could not be described `tries` times before is asked for again.

    None says never.
    """
    return now + _LONGEST_PAUSE if tries < 2 else None


def digest(story: Story) -> str:
    """Return a digest of the folded title and text: an edit changes it, an advert does not."""
    text = " ".join(arabic.fold_lines(story.text))
    return sha256(f"{arabic.fold(story.title)}\n{text}".encode()).hexdigest()[:32]


def read_with(site: Site) -> str:
    """Return what stories of a site are read with: the extractor's version, a digest of rules."""
    rules = repr((site.rules, site.language, site.timezone))
    return f"{EXTRACTOR} {sha256(rules.encode()).hexdigest()[:16]}"


def may_be_stale(state: State, asked_with: str, now: datetime) -> bool:
    """Whether a section's stories may be read with other rules than now.

    After a change of configuration, and once a day.
    """
    if state.asked_with != asked_with or state.good_at is None:
        return True
    return state.good_at.date() != now.date()


def is_read_otherwise(story: str, was: str, read: str, now: datetime) -> bool:
    """Whether a story, by its id, would be read otherwise now, and it is its day to be read again.

    `was` and `read` are what it was read with and what it would be read with. After a change of
    rules that is now; those of another extractor have each their day of the week.
    """
    version, _, rules = was.partition(" ")
    now_version, _, now_rules = read.partition(" ")
    if rules and rules != now_rules:
        return True
    return version != now_version and crc32(story.encode()) % 7 == now.weekday()


def settle(story: Story, link: StoredLink, stored: Story | None, now: datetime) -> Story:
    """Return a story as it is kept: with its id, and with dates that never move.

    A page's date counts unless it lies in the future; else the first-seen time does. `updated` is
    the page's own modification time where it makes sense, else the publication of a new story and
    `now` for one whose words changed.
    """
    if stored:
        first_seen, published = stored.first_seen, stored.published or stored.first_seen or now
    else:
        first_seen = published = min(link.first_seen, now)
        if story.published and not is_ahead(story.published, now):
            published = story.published
    return replace(
        story,
        id=link.story,
        title=story.title or link.title,
        image=story.image or _first_picture(story.html),
        published=published,
        first_seen=first_seen,
        also=stored.also if stored else (),
        updated=_updated(story, link, stored, now) if stored else _modified(story, published, now),
    )


def _updated(story: Story, link: StoredLink, stored: Story, now: datetime) -> datetime:
    """When a story that takes the place of the stored one was updated."""
    before = max(stored.updated or now, stored.published or now)
    if link.again and digest(story) == digest(stored):
        return before
    modified = story.modified
    return max(modified if modified and before < modified <= now else now, before)


def _modified(story: Story, published: datetime, now: datetime) -> datetime:
    """When a new story was modified."""
    modified = story.modified
    return modified if modified and published < modified <= now else published


def _first_picture(html: str) -> str | None:
    """The first picture in a story's own HTML: the lead picture, where the page names none."""
    found = _PICTURE.search(html)
    return unescape(found[1]) if found else None


def replaces(story: Story, stored: Story, *, again: bool = False) -> bool:
    """Whether a story takes the place of the stored one: its words changed, or it is read again.

    A teaser never takes the place of a text, nor does the beginning of one take that of the whole.
    """
    if story.teaser and not stored.teaser:
        return False
    return again or (digest(story) != digest(stored) and not _is_cut_off(story, stored))


def _is_cut_off(story: Story, stored: Story) -> bool:
    """Whether a story is less than half of the stored one: its page came in part, or is guarded."""
    if not story.text or arabic.fold(story.title) != arabic.fold(stored.title):
        return False
    text = " ".join(arabic.fold_lines(story.text))
    whole = " ".join(arabic.fold_lines(stored.text))
    return len(text) < len(whole) * _CUT_OFF and whole.startswith(text)


def after_run(
    state: State, report: Report, now: datetime, *, asked: bool = True, is_new: bool = False
) -> State:
    """Return the state of a section after a run, in which it was `asked` or left alone.

    `since` moves where the section broke or recovered. What broke while the clock was ahead breaks
    now, since the clock was set back, and nothing stays in the future. `told` is by `_told_again`;
    of a section that `is_new`, one that never had a story, a person is told at once.
    """
    turned = _has_turned(state, report, now)
    state = _set_back(state, now)
    if turned:
        state = replace(state, since=None, told=None)
    since = state.since or now
    again = is_new or state.good_at is None or (asked and not turned)
    told = _told_again(state.told, since, now, again=again)
    notes = state.notes  # one that failed was not looked at to its end
    if report.good:
        told, notes = None, _notes_after(state.notes, report.notes, now)
    return replace(
        state,
        status=report.status,
        reason=report.reason,
        since=since,
        told=told,
        good_at=now if report.good else state.good_at,
        links=state.links if report.links is None else report.links,
        doubted=report.doubted,
        notes=notes,
        failing=state.failing if report.failing is None else report.failing,
    )


def _has_turned(state: State, report: Report, now: datetime) -> bool:
    """Whether a section broke or recovered; one that broke under a clock ahead breaks now."""
    return report.good != state.good or (not report.good and was_ahead(state, now))


def _set_back(state: State, now: datetime) -> State:
    """The state of a section with nothing that lies in the future."""
    if not was_ahead(state, now):
        return state
    since, good_at = state.since, state.good_at
    return replace(
        state,
        since=now if is_ahead(since, now) else since,
        good_at=now if is_ahead(good_at, now) else good_at,
    )


def is_told(before: State, after: State) -> bool:
    """Whether a person is told of a section after a run: it is broken, or recovered from that."""
    if after.good:
        return not before.good and before.told is not None
    return after.told is not None and after.told != before.told


def _told_again(
    told: datetime | None, since: datetime, now: datetime, *, again: bool
) -> datetime | None:
    """Return when a person was last told of what is wrong since `since`.

    One failure is no news: it is told when it is met `again`, or after an hour, and then daily.
    """
    if told is None:
        return now if again or now - since >= _BLIP else None
    return now if now - told >= _REMIND else told


def _notes_after(
    known: Sequence[Note], reasons: Sequence[Reason], now: datetime
) -> tuple[Note, ...]:
    """Return the notes of a section that was asked, by what was found now.

    What is only worth knowing stays for a day, since not each run meets it.
    """
    before = {_subject(note.reason): note for note in known if note.since <= now + _CLOCK_SKEW}
    notes = []
    for reason in reasons[:_MOST_NOTES]:
        note = before.pop(_subject(reason), None)
        since, told = (note.since, note.told) if note else (now, None)
        if reason.severity is not Severity.NOTE:
            told = _told_again(told, since, now, again=note is not None)
        notes.append(Note(reason, since, told))
    notes += [
        note
        for note in before.values()
        if note.reason.severity is Severity.NOTE and now - note.since < _REMIND
    ]
    return tuple(notes[:_MOST_NOTES])


def _subject(reason: Reason) -> tuple[Code, str]:
    return reason.code, reason.url


def told_notes(before: State, after: State) -> tuple[tuple[Reason, ...], tuple[Reason, ...]]:
    """Return the notes that a person is told of after a run, and those told that hold no more."""
    known = {_subject(note.reason): note.told for note in before.notes}
    news = [
        note.reason
        for note in after.notes
        if note.told is not None and note.told != known.get(_subject(note.reason))
    ]
    left = {_subject(note.reason) for note in after.notes}
    over = [
        note.reason
        for note in before.notes
        if note.told is not None and _subject(note.reason) not in left
    ]
    return tuple(news), tuple(over)


def is_backing_off(state: State, asked_with: str, now: datetime) -> bool:
    """Whether a section that failed is left alone for now.

    A new configuration is tried at once. So is what was last asked while the clock was ahead: it
    might wait for years, now that the clock was set back.
    """
    if state.good or state.next_poll is None or state.asked_with != asked_with:
        return False
    return now < state.next_poll and not was_ahead(state, now)


def was_ahead(state: State, now: datetime) -> bool:
    """Whether what happened to a section lies in the future: the clock was set back since."""
    times = (state.since, state.good_at, None if state.good else state.told)
    return any(is_ahead(at, now) for at in times)


def is_ahead(at: datetime | None, now: datetime) -> bool:
    """Whether an instant lies in the future, further than clocks differ."""
    return at is not None and at > now + _CLOCK_SKEW


def with_backoff(
    state: State, asked_with: str, now: datetime, asked: datetime | None = None
) -> State:
    """Return the state of a section that was asked in this run, with when it is asked next.

    One that fails is left alone for a thirtieth of the time that it is broken, six hours at most,
    and at least until `asked`, the server's own wish: so it is asked ever more rarely.
    """
    next_poll = None
    if not state.good and state.since is not None:
        next_poll = now + min((now - state.since) / 30, _LONGEST_BACKOFF)
        next_poll = max(next_poll, asked) if asked else next_poll
    return replace(state, next_poll=next_poll, asked_with=asked_with)


def rhythm(published: Iterable[datetime], now: datetime) -> Rhythm | None:
    """Return how often a section has something new; None of fewer than four stories.

    `published` are the times of its stories in any order. Stories of one minute count as one: they
    came in a batch, or are undated and have first-seen times. What is dated after `now` does not
    count.
    """
    minutes = {at.replace(second=0, microsecond=0) for at in published if at <= now}
    beats = sorted(minutes)[-_BEATS:]
    pauses = sorted(later - earlier for earlier, later in pairwise(beats))
    if len(pauses) < 3:
        return None
    middle = len(pauses) // 2
    return Rhythm(
        usual=(pauses[middle] + pauses[~middle]) / 2,
        longest=pauses[-1],
        quiet=now - beats[-1],
    )


def rhythm_lasts_until(
    published: Iterable[datetime], known: Rhythm | None, now: datetime
) -> datetime | None:
    """Return when a section's `rhythm` is another, or it falls silent, by the clock alone.

    None says that it does not without a new story.
    """
    moments = [at for at in published if at > now]
    if known and not known.overdue:
        moments.append(now - known.quiet + known.longest_silence)
    return min(moments, default=None)


def worker_pause(known: Rhythm | None, least: timedelta) -> timedelta:
    """Return how long workers leave a section alone: half the usual pause between its stories.

    It is at least `least`, and at most an hour, when the newest articles are due again.
    """
    half = known.usual / 2 if known else least
    return max(min(half, _LONGEST_WAIT), least)


def ttl(published: Iterable[datetime]) -> int:
    """Return the minutes after which a feed is worth asking for again (RSS 2.0, `ttl`).

    60 where nothing is known. By the times of the stories alone, so that the same stories give the
    same feed.
    """
    times = list(published)
    known = rhythm(times, max(times)) if times else None
    if known is None:
        return 60
    minutes = known.usual / timedelta(minutes=1)
    return max((step for step in _TTLS if step <= minutes), default=_TTLS[0])
