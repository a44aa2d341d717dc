"""Date texts in Arabic, and in any other language -> aware datetimes; what is not a date gives
None, never a guess.

    text --words.fold--> signs and words --tokens--> tokens --parts--> day, time, zone --> datetime

A text is read word by word: each word is looked up in `words`, each group of digits is known by its
form. Then the tokens must make a date as a whole: a day, a month and a year of four digits in any
order, and at most one time; or an amount of time with «منذ» or its like; or «أمس» with or without a
time. A number or a word left over makes it none.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, tzinfo
from datetime import timezone as fixed
from functools import cache
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from feedmaker.text.dates.date_parts import Bag, clock_of, day_of, links
from feedmaker.text.dates.date_words import fold
from feedmaker.text.dates.foreign import translated
from feedmaker.text.dates.tokens import tokens_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feedmaker.text.dates.date_words import Token

_LONGEST = (
    240  # characters; the longest date text seen has 110: two calendars, a time, a zone and a label
)

# ---- parts -> an instant


@cache
def _zone(name: str) -> tzinfo:
    return UTC if name == "UTC" else ZoneInfo(name)


def _local(naive: datetime, zone: tzinfo) -> datetime:
    """A clock's time in a zone: the first of two equal ones; in a gap, what a clock not yet put
    forward shows.

    Such a time comes with its offset as a zone: Python holds one of ZoneInfo unequal to the same
    instant in any other zone (PEP 495).
    """
    there = naive.replace(tzinfo=zone)
    offset = there.utcoffset()
    if offset is None or offset == there.replace(fold=1).utcoffset():
        return there
    return naive.replace(tzinfo=fixed(offset))


def _zoned(naive: datetime, stated: list[tuple[Any, int]], site: tzinfo) -> datetime | None:
    """A clock's time in the zone that the text states, else in the site's."""
    value = stated[0][0] if stated else None
    if value is None:
        return _local(naive, site)
    if isinstance(value, str):
        return _local(naive, _zone(value))
    name, minutes = value
    at_site = _local(naive, site)
    if name and (at_site.tzname() or "").lower() == name:
        return at_site
    return (
        None
        if minutes is None
        else naive.replace(tzinfo=fixed(timedelta(minutes=minutes)) if minutes else UTC)
    )


def _absolute(tokens: list[Token], site: tzinfo, now: datetime | None) -> datetime | None:
    """A day that is named, or counted from today, with its time."""
    bag = Bag(tokens)
    if not bag.gather():
        return None
    if bag.months or bag.dates or bag.weak:
        day = day_of(bag)
    elif now is not None and len(set(bag.relative)) == 1 and not (bag.days or bag.years):
        day = now.astimezone(site).date() + timedelta(days=bag.relative[0])
    else:
        return None
    clock = clock_of(bag) if day else None
    if day is None or clock is None:
        return None
    hour, minute, second, micro = clock
    naive = datetime(day.year, day.month, day.day, hour % 24, minute, second, micro)  # noqa: DTZ001 - its zone follows
    return _zoned(naive if hour < 24 else naive + timedelta(days=1), bag.zones, site)


_EXACT = {"second": 1, "minute": 60, "hour": 3600}
_BY_CALENDAR = {"day": 1, "week": 7}


def _ago(tokens: list[Token], now: datetime) -> datetime | None:
    """`now` less the amounts of time that the tokens count; days and longer by the calendar, at the
    same hour.
    """
    amounts: dict[str, float] = {}
    count: float | None = None
    last = ""
    for kind, value in tokens:
        if kind in ("number", "count", "article"):
            if count is not None:
                return None
            count = 1 if kind == "article" else value
        elif kind == "numeral":
            if value < 1 and last and count is None:  # «ساعة ونصف»
                amounts[last] += value
            elif not (value == 1 and last and count is None):  # «يوم واحد»; «خمسة وعشرين»
                count = (count or 0) + value
        elif kind in _UNIT_KINDS:
            last, alone = value
            if count is None and alone is None:  # «منذ ساعات»
                return None
            amounts[last] = amounts.get(last, 0) + (alone if count is None else count)
            count = None
        elif kind not in _IN_AGO:
            return None
    return _less(now, amounts) if amounts and count is None else None


_UNIT_KINDS = frozenset({"unit", "unit in date", "unit clock", "oclock"})
_IN_AGO = frozenset({"ago", "furniture", "label", "clock", "of", "day", "now", *"()|-,:"})


def _less(now: datetime, amounts: dict[str, float]) -> datetime | None:
    zone = now.tzinfo or UTC
    months = 12 * amounts.get("year", 0) + amounts.get("month", 0)
    days = (
        sum(amounts.get(unit, 0) * length for unit, length in _BY_CALENDAR.items())
        + months % 1 * 30
    )
    seconds = sum(amounts.get(unit, 0) * length for unit, length in _EXACT.items())
    year, month = divmod(now.year * 12 + now.month - 1 - int(months), 12)
    try:
        day = date(year, month + 1, 1)
        length = ((day + timedelta(days=31)).replace(day=1) - day).days
        naive = now.replace(
            year=year, month=month + 1, day=min(now.day, length), tzinfo=None
        ) - timedelta(days=days)
        there = _local(naive, zone) if months or days else now
        return (there.astimezone(UTC) - timedelta(seconds=seconds)).astimezone(there.tzinfo)
    except (ValueError, OverflowError):
        return None


# ---- a text as a whole


def _read(tokens: list[Token], site: tzinfo, now: datetime | None) -> datetime | None:
    """The date that the tokens make as a whole."""
    kinds = [kind for kind, _ in tokens]
    if now is not None and ("ago" in kinds or "now" in kinds):
        there = now.astimezone(site)
        found = _ago(tokens, there) or (
            there if "now" in kinds and _IN_AGO.issuperset(kinds) else None
        )
        if found or ("ago", 8) not in tokens:
            return found
    return _absolute(tokens, site, now)


def parse_date(text: str, *, timezone: str = "UTC", now: datetime | None) -> datetime | None:
    """The instant that a date text means, in the zone it states, else in `timezone` (IANA).

    Labels («آخر تحديث:») and a few words parted from the date by a sign may stand beside it. A date
    without a time is midnight. `now` (aware) is what relative dates count from; without it they
    give None. So does all that is no date: no number or word is left out of account, a day must
    exist, years have four digits, bare digits have the day before the month, weekdays are not
    trusted. Raises ZoneInfoNotFoundError where there is no such zone, and for nothing else.
    """
    site = _zone(timezone)
    tokens = _tokens(text)
    found = _read(tokens, site, now)
    if found:
        return found
    kinds = [kind for kind, _ in tokens]
    strange = sum(map(kinds.count, _STRANGE))
    if (
        strange > _MOST_STRANGE
        or _NUMERIC.isdisjoint(kinds)
        or (not strange and _BARS.isdisjoint(kinds))
    ):
        return None
    return _inside(translated(tokens), site, now, alone=True)


def find_date(text: str, *, timezone: str = "UTC", now: datetime | None) -> datetime | None:
    """The first date among the other words of one line, as in a dateline; else as `parse_date`."""
    site = _zone(timezone)
    tokens = _tokens(text)
    named = not _NAMED.isdisjoint([kind for kind, _ in tokens])
    found = (_read(tokens, site, now) if named else None) or _inside(tokens, site, now, alone=False)
    if found:
        return found
    rest = translated(_without_amounts(tokens))
    return None if rest is tokens else _inside(rest, site, now, alone=False)


def _without_amounts(tokens: list[Token]) -> list[Token]:
    """The tokens with a bar for each count beside a date: «3 تعليقات», a reading time; the same
    list without any.
    """
    kinds = [kind for kind, _ in tokens]
    if "ago" in kinds or _UNITS.isdisjoint(kinds):
        return tokens
    rest: list[Token] = []
    for kind, value in tokens:
        counted = bool(rest) and rest[-1][0] in ("number", "count", "numeral")
        if counted and (
            kind == "unit"
            or (kind == "unknown" and len(rest) > 1 and rest[-2][0] in ("year", "date"))
        ):
            rest[-1] = ("|", None)
        else:
            rest.append((kind, value))
    return rest if len(rest) < len(tokens) else tokens


def _tokens(text: str) -> list[Token]:
    """The tokens of a text; none where it is too long to be one line."""
    if len(text) > _LONGEST:
        text = " ".join(text.split()) if len(text) < 10 * _LONGEST else ""
    return tokens_of(fold(text)) if len(text) <= 2 * _LONGEST else []


# ---- a date among other words

_STRANGE = frozenset({"unknown", "bad", "range"})
_MOST_STRANGE = 6  # words beside a date that is still the text's matter: a label, a name, a place
_NUMERIC = frozenset({"number", "count", "year", "bad", "date", "time", "iso", "decimal", "offset"})
_UNITS = frozenset({"unit", "unknown"})
_NAMED = frozenset({"month", "weak month", "date", "iso"})
_TELLING = _NAMED | {"ago", "day"}
_BARS = frozenset({"(", ")", "|", "label"})
_SIGNS = _BARS | frozenset("-,:")
_FILLING = _SIGNS | {"furniture"}


def _inside(
    tokens: list[Token], site: tzinfo, now: datetime | None, *, alone: bool
) -> datetime | None:
    """The first date that a stretch of the tokens makes.

    Relative ones count only where signs part them from the words around, and with a time: «المغرب
    اليوم» is a name. With `alone` all dates must be so parted, and no other numbers may stand
    beside.
    """
    for start, end in _runs(tokens):
        for first, last in _parts(tokens, start, end):
            piece = tokens[first:last]
            kinds = {kind for kind, _ in piece}
            if _TELLING.isdisjoint(kinds):
                continue
            named = not _NAMED.isdisjoint(kinds)
            signs = (
                _SIGNS if named else _SIGNS - {","}
            )  # a comma parts «Vor fünf Jahren, …» from a sentence
            parted = _parted(tokens, first - 1, -1, signs) and _parted(tokens, last, 1, signs)
            if not named and not (parted and ("ago" in kinds or "time" in kinds)):
                continue
            if alone and not (parted and _negligible(tokens[:first] + tokens[last:], site, now)):
                continue
            found = _read(piece, site, now)
            if found:
                return found
    return None


def _runs(tokens: list[Token]) -> Iterator[tuple[int, int]]:
    """The runs of tokens without a strange one, but for those that begin or end a span of time."""
    start = 0
    kinds = [*(kind for kind, _ in tokens), ""]
    strange = [
        at
        for at, kind in enumerate(kinds)
        if kind in _STRANGE or (kind == "of" and not links(kinds, at))
    ]
    for end in [*strange, len(tokens)]:
        ends = start > 0 and tokens[start - 1][0] in ("range", "of")
        begins = (
            end < len(tokens)
            and tokens[end][0] == "range"
            and any(kind in _NUMERIC for kind, _ in tokens[end:])
        )
        if end > start and not ends and not begins:
            yield start, end
        start = end + 1


def _parts(tokens: list[Token], start: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretches of a run that may make a date by themselves: all of it, then what bars and
    labels part.
    """
    yield start, end
    bars = [start - 1, *(at for at in range(start, end) if tokens[at][0] in _BARS), end]
    if 2 < len(bars) <= 12:
        for first in range(len(bars) - 1):
            for last in range(len(bars) - 1, first, -1):
                yield bars[first] + 1, bars[last]


def _parted(tokens: list[Token], at: int, step: int, signs: frozenset[str]) -> bool:
    """Whether one of the signs, or the end of the text, is what comes next beside a date: at its
    edge or after it.
    """
    edge = at - step
    while 0 <= edge < len(tokens) and tokens[edge][0] in _FILLING:
        if tokens[edge][0] in signs:
            return True
        edge -= step
    return not 0 <= at < len(tokens) or tokens[at][0] in signs


def _negligible(rest: list[Token], site: tzinfo, now: datetime | None) -> bool:
    """Whether what stands beside a date leaves it the text's: words, counts, «منذ ساعتين», a
    labelled date.
    """
    kinds = [kind for kind, _ in rest]
    if "ago" in kinds or ("label" in kinds and _read(rest, site, now) is not None):
        return True
    beside = [
        kinds[max(0, at - 1) : at + 2]
        for at, kind in enumerate(kinds)
        if kind in ("number", "count")
    ]
    counts = all(
        "unit" in near or "unknown" in near for near in beside
    )  # «قراءة 5 دقائق», «12 تعليقا»
    return counts and not any(kind in _NUMERIC - {"number", "count"} for kind in kinds)
