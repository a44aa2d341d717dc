"""Date texts in Arabic and other languages -> aware datetimes; None for what is no date.

    text --tokens--> tokens --date_parts--> day, time, zone --> datetime

A text is read word by word: each word is looked up in `date_words`, each group of digits is known
by its form. Then the tokens must make a date as a whole: a day, a month and a year of four digits
in any order, and at most one time; or an amount of time with «منذ» or its like; or «أمس» with or
without a time. A number or a word left over makes it none.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, tzinfo
from datetime import timezone as fixed
from functools import cache
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from feedmaker.text.dates.date_parts import DateParts, clock_of, day_of, joins_day_and_month
from feedmaker.text.dates.foreign_months import with_foreign_month
from feedmaker.text.dates.tokens import Token, tokens_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feedmaker.text.dates.date_parts import Zone

__all__ = ["find_date", "parse_date"]

# Characters; the longest date text seen has 110: two calendars, a time, a zone and a label.
_LONGEST: Final = 240


# ---- parts -> an instant


@cache
def _zone(name: str) -> tzinfo:
    return UTC if name == "UTC" else ZoneInfo(name)


def _local(naive: datetime, zone: tzinfo) -> datetime:
    """Return a clock's time in a zone.

    Of two equal times the first; in a gap, what a clock not yet put forward shows. Such a time
    comes with its offset as a zone: Python holds one of ZoneInfo unequal to the same instant in any
    other zone (PEP 495).
    """
    there = naive.replace(tzinfo=zone)
    offset = there.utcoffset()
    if offset is None or offset == there.replace(fold=1).utcoffset():
        return there
    return naive.replace(tzinfo=fixed(offset))


def _in_stated_zone(naive: datetime, stated: Zone, site: tzinfo) -> datetime | None:
    """Return a clock's time in the zone that the text states, else in the site's."""
    if stated is None:
        return _local(naive, site)
    if isinstance(stated, str):
        return _local(naive, _zone(stated))
    at_site = _local(naive, site)
    if stated.name and (at_site.tzname() or "").lower() == stated.name:
        return at_site
    if stated.minutes is None:
        return None
    zone = fixed(timedelta(minutes=stated.minutes)) if stated.minutes else UTC
    return naive.replace(tzinfo=zone)


def _day(parts: DateParts, site: tzinfo, now: datetime | None) -> date | None:
    """Return a day that is named, or counted from today."""
    if parts.months or parts.dates or parts.weak_months:
        return day_of(parts)
    if now is None or len(set(parts.relative)) != 1 or parts.days or parts.years:
        return None
    return now.astimezone(site).date() + timedelta(days=parts.relative[0])


def _day_and_time(tokens: list[Token], site: tzinfo, now: datetime | None) -> datetime | None:
    """Return a day with its time."""
    parts = DateParts(tokens)
    day = _day(parts, site, now) if parts.gather() else None
    clock = clock_of(parts) if day else None
    if day is None or clock is None:
        return None
    hour, minute, second, micro = clock
    naive = datetime(day.year, day.month, day.day, hour % 24, minute, second, micro)  # noqa: DTZ001
    if hour == 24:
        naive += timedelta(days=1)
    stated = parts.zones[0][0] if parts.zones else None
    return _in_stated_zone(naive, stated, site)


# ---- amounts of time

_SECONDS: Final = {"second": 1, "minute": 60, "hour": 3600}
_DAYS: Final = {"day": 1, "week": 7}
_MONTHS: Final = {"month": 1, "year": 12}
_COUNTS: Final = frozenset({"number", "count", "article"})
_UNIT_KINDS: Final = frozenset({"unit", "unit in date", "unit clock", "oclock"})
_IN_AGO: Final = frozenset({"ago", "furniture", "label", "clock", "of", "day", "now", *"()|-,:"})


class _Amounts:
    """Amounts of time by their unit, gathered token by token."""

    def __init__(self) -> None:
        self.of_unit: dict[str, float] = {}
        self.count: float | None = None  # of the next unit
        self.last_unit = ""

    def add(self, kind: str, value: Any) -> bool:
        """Take a token; whether it may stand in such a text."""
        if kind in _COUNTS:
            has_count = self.count is not None
            self.count = 1 if kind == "article" else value
            return not has_count
        if kind == "numeral":
            self._add_numeral(value)
            return True
        if kind in _UNIT_KINDS:
            unit, alone = value
            return self._add_unit(unit, alone)
        return kind in _IN_AGO

    def _add_numeral(self, value: float) -> None:
        follows_unit = bool(self.last_unit) and self.count is None
        if follows_unit and value < 1:  # «ساعة ونصف»
            self.of_unit[self.last_unit] += value
        elif not follows_unit or value != 1:  # not «يوم واحد»; «خمسة وعشرين»
            self.count = (self.count or 0) + value

    def _add_unit(self, unit: str, alone: float | None) -> bool:
        """Take a unit, and what it says without a count; nothing in «منذ ساعات»."""
        amount = alone if self.count is None else self.count
        if amount is None:
            return False
        self.of_unit[unit] = self.of_unit.get(unit, 0) + amount
        self.last_unit = unit
        self.count = None
        return True

    def total(self, scale: dict[str, int]) -> float:
        """Return the sum of the amounts in the units of a scale."""
        return sum(self.of_unit.get(unit, 0) * length for unit, length in scale.items())


def _ago(tokens: list[Token], now: datetime) -> datetime | None:
    """Return `now` less the amounts of time that the tokens count.

    Days and longer are counted by the calendar, at the same hour.
    """
    amounts = _Amounts()
    for kind, value in tokens:
        if not amounts.add(kind, value):
            return None
    if not amounts.of_unit or amounts.count is not None:
        return None
    months = amounts.total(_MONTHS)
    days = amounts.total(_DAYS) + months % 1 * 30
    year, month = divmod(now.year * 12 + now.month - 1 - int(months), 12)
    try:
        first = date(year, month + 1, 1)
        length = ((first + timedelta(days=31)).replace(day=1) - first).days
        day = first.replace(day=min(now.day, length))
        naive = datetime.combine(day, now.time()) - timedelta(days=days)
        there = _local(naive, now.tzinfo or UTC) if months or days else now
        exact = there.astimezone(UTC) - timedelta(seconds=amounts.total(_SECONDS))
        return exact.astimezone(there.tzinfo)
    except (ValueError, OverflowError):
        return None


# ---- a text as a whole


def _date_of(tokens: list[Token], site: tzinfo, now: datetime | None) -> datetime | None:
    """Return the date that the tokens make as a whole."""
    kinds = [token.kind for token in tokens]
    if now is None or ("ago" not in kinds and "now" not in kinds):
        return _day_and_time(tokens, site, now)
    there = now.astimezone(site)
    found = _ago(tokens, there)
    if found is None and "now" in kinds and _IN_AGO.issuperset(kinds):
        found = there
    # "ago" is August in Spanish.
    if found is None and ("ago", 8) in tokens:
        found = _day_and_time(tokens, site, now)
    return found


def parse_date(text: str, *, timezone: str = "UTC", now: datetime | None) -> datetime | None:
    """Return the instant that a date text means, in the zone it states, else in `timezone` (IANA).

    Labels («آخر تحديث:») and a few words parted from the date by a sign may stand beside it. A date
    without a time is midnight. `now` (aware) is what relative dates count from; without it they
    give None. So does all that is no date: no number or word is left out of account, a day must
    exist, years have four digits, bare digits have the day before the month, weekdays are not
    trusted. Raises ZoneInfoNotFoundError if there is no such zone, and nothing else.
    """
    site = _zone(timezone)
    tokens = _tokens_of_line(text)
    found = _date_of(tokens, site, now)
    if found:
        return found
    kinds = [token.kind for token in tokens]
    strange = sum(map(kinds.count, _STRANGE))
    if strange > _MOST_STRANGE or _NUMERIC.isdisjoint(kinds):
        return None
    if not strange and _BARS.isdisjoint(kinds):
        return None
    return _date_within(with_foreign_month(tokens), site, now, is_all=True)


def find_date(text: str, *, timezone: str = "UTC", now: datetime | None) -> datetime | None:
    """Return the first date among the other words of one line, as in a dateline.

    Else as `parse_date`.
    """
    site = _zone(timezone)
    tokens = _tokens_of_line(text)
    is_named = not _NAMED.isdisjoint([token.kind for token in tokens])
    found = _date_of(tokens, site, now) if is_named else None
    found = found or _date_within(tokens, site, now, is_all=False)
    if found:
        return found
    rest = with_foreign_month(_without_amounts(tokens))
    return None if rest is tokens else _date_within(rest, site, now, is_all=False)


def _tokens_of_line(text: str) -> list[Token]:
    """Return the tokens of a text; none if it is too long to be one line."""
    if len(text) > _LONGEST:
        text = " ".join(text.split()) if len(text) < 10 * _LONGEST else ""
    return tokens_of(text) if len(text) <= 2 * _LONGEST else []


def _without_amounts(tokens: list[Token]) -> list[Token]:
    """Return the tokens with a bar for each count beside a date: «3 تعليقات», a reading time.

    The same list if there is none.
    """
    kinds = [token.kind for token in tokens]
    if "ago" in kinds or _UNITS.isdisjoint(kinds):
        return tokens
    rest: list[Token] = []
    for token in tokens:
        if _ends_amount(rest, token):
            rest[-1] = Token("|")
        else:
            rest.append(token)
    return rest if len(rest) < len(tokens) else tokens


def _ends_amount(before: list[Token], token: Token) -> bool:
    """Whether a token is the unit of the number before it, or what is counted after a date."""
    kinds = [token.kind for token in before[-2:]]
    if not kinds or kinds[-1] not in ("number", "count", "numeral"):
        return False
    return token.kind == "unit" or (token.kind == "unknown" and kinds[0] in ("year", "date"))


# ---- a date among other words

_STRANGE: Final = frozenset({"unknown", "bad", "range"})
# Words beside a date that is still the text's matter: a label, a name, a place.
_MOST_STRANGE: Final = 6
_MOST_BARS: Final = 12  # that may part a run
_PLAIN_NUMBERS: Final = frozenset({"number", "count"})
_EXACT_NUMBERS: Final = frozenset(
    {"year", "bad", "date", "time", "iso", "decimal", "offset"},
)
_NUMERIC: Final = _PLAIN_NUMBERS | _EXACT_NUMBERS
_UNITS: Final = frozenset({"unit", "unknown"})
_NAMED: Final = frozenset({"month", "weak month", "date", "iso"})
_TELLING: Final = _NAMED | {"ago", "day"}
_BARS: Final = frozenset({"(", ")", "|", "label"})
_SIGNS: Final = _BARS | frozenset("-,:")
_FILLING: Final = _SIGNS | {"furniture"}


def _date_within(
    tokens: list[Token],
    site: tzinfo,
    now: datetime | None,
    *,
    is_all: bool,
) -> datetime | None:
    """Return the first date that a stretch of the tokens makes.

    Relative ones count only if signs part them from the words around, and with a time: «المغرب
    اليوم» is a name. With `is_all` all dates must be so parted, and no other numbers may stand
    beside.
    """
    for start, end in _runs(tokens):
        for first, last in _stretches(tokens, start, end):
            if not _may_be_date(tokens, first, last, is_all=is_all):
                continue
            if is_all and not _is_negligible(tokens[:first] + tokens[last:], site, now):
                continue
            found = _date_of(tokens[first:last], site, now)
            if found:
                return found
    return None


def _may_be_date(tokens: list[Token], first: int, last: int, *, is_all: bool) -> bool:
    """Whether a stretch has what dates are known by, and signs around it where it needs them."""
    kinds = {token.kind for token in tokens[first:last]}
    if _TELLING.isdisjoint(kinds):
        return False
    is_named = not _NAMED.isdisjoint(kinds)
    if is_named and not is_all:
        return True
    # A comma parts «Vor fünf Jahren, …» from a sentence.
    signs = _SIGNS if is_named else _SIGNS - {","}
    is_parted = _is_parted(tokens, first - 1, -1, signs) and _is_parted(tokens, last, 1, signs)
    return is_parted and (is_named or "ago" in kinds or "time" in kinds)


def _runs(tokens: list[Token]) -> Iterator[tuple[int, int]]:
    """Yield the runs of tokens without a strange one, but for the ends of a span of time."""
    kinds = [*(token.kind for token in tokens), ""]
    start = 0
    for end, kind in enumerate(kinds):
        if not _breaks_run(kinds, end):
            continue
        ends_span = start > 0 and kinds[start - 1] in ("range", "of")
        begins_span = kind == "range" and not _NUMERIC.isdisjoint(kinds[end:])
        if end > start and not ends_span and not begins_span:
            yield start, end
        start = end + 1


def _breaks_run(kinds: list[str], at: int) -> bool:
    """Whether a token is a strange one, an «of» that joins nothing, or the end of the text."""
    if kinds[at] == "of":
        return not joins_day_and_month(kinds, at)
    return not kinds[at] or kinds[at] in _STRANGE


def _stretches(tokens: list[Token], start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the stretches of a run that may make a date: all of it, then what bars part."""
    yield start, end
    bars = [start - 1, *(at for at in range(start, end) if tokens[at].kind in _BARS), end]
    if 2 < len(bars) <= _MOST_BARS:
        for first in range(len(bars) - 1):
            for last in range(len(bars) - 1, first, -1):
                yield bars[first] + 1, bars[last]


def _is_parted(tokens: list[Token], at: int, step: int, signs: frozenset[str]) -> bool:
    """Whether a sign or the end of the text is next to a date: at its edge or after it."""
    edge = at - step
    while 0 <= edge < len(tokens) and tokens[edge].kind in _FILLING:
        if tokens[edge].kind in signs:
            return True
        edge -= step
    return not 0 <= at < len(tokens) or tokens[at].kind in signs


def _is_negligible(rest: list[Token], site: tzinfo, now: datetime | None) -> bool:
    """Whether what stands beside a date leaves it the text's matter.

    Words do, counts, «منذ ساعتين» and a labelled date.
    """
    kinds = [token.kind for token in rest]
    if "ago" in kinds or ("label" in kinds and _date_of(rest, site, now) is not None):
        return True
    for at, kind in enumerate(kinds):
        if kind in _EXACT_NUMBERS:
            return False
        # «قراءة 5 دقائق», «12 تعليقا»
        if kind in _PLAIN_NUMBERS and _UNITS.isdisjoint(kinds[max(0, at - 1) : at + 2]):
            return False
    return True
