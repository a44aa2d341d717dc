"""Tokens -> the parts of a date: a day of one of three calendars, a time of day, a zone."""

from __future__ import annotations

from datetime import date
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, ClassVar

from feedmaker.text.dates.tokens import NUMBERS

if TYPE_CHECKING:
    from collections.abc import Callable

    from feedmaker.text.dates.date_words import Token


Day = tuple[str, int, int, int]  # calendar, year, month, day
Clock = tuple[int, ...]  # hour and minute, then second and microsecond where they are stated


class Bag:
    """What the tokens of one text say, gathered without regard to their order.

    A zone is the name of an IANA zone, None for the site's own, or an abbreviation with its minutes
    east of Greenwich. Times and zones come with their places among the tokens.
    """

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.kinds = [kind for kind, _ in tokens] + [
            "",
            "",
        ]  # so that there is one before the first and after the last
        self.days: list[int] = []
        self.months: list[tuple[str, int]] = []
        self.weak: list[int] = []  # months, if there is no other
        self.years: list[int] = []
        self.dates: list[Day] = []
        self.times: list[tuple[Clock, int]] = []
        self.halves: list[str] = []
        self.zones: list[tuple[str | tuple[str, int | None] | None, int]] = []
        self.relative: list[int] = []  # days from today

    def gather(self) -> bool:
        """Whether each token is one that a date may hold."""
        for at, (kind, value) in enumerate(self.tokens):
            if kind not in _IDLE:
                take = self._take.get(kind)
                if take is None or not take(self, at, value):
                    return False
        return True

    def _before(self, at: int) -> str:
        """The kind before a token, and before the colon or the bracket between them."""
        at -= 1
        while self.kinds[at] in _SLIGHT:
            at -= 1
        return self.kinds[at]

    def _number(self, at: int, value: int) -> bool:
        after = self.kinds[at + 1]
        if after == "month mark":
            return self._month(at, ("gregorian", value))
        if self._hour_before(at) and (
            self.kinds[at - 1] == "oclock" or after == "unit"
        ):  # «14 heures 30»
            self.times[-1] = ((self.times[-1][0][0], value), at)
            return True
        hour = after in ("half", "oclock") or (after == "m" and value <= 12)
        if hour or (after != "month" and self._before(at) in _CLOCKS):
            self.times.append(((value, 0), at))
        else:
            self.days.append(value)
        return True

    def _hour_before(self, at: int) -> bool:
        """Whether an hour without minutes stands before a number, with a word between them."""
        return bool(self.times) and self.times[-1][1] == at - 2 and self.kinds[at - 2] == "number"

    def _unit(self, at: int, value: tuple[str, int]) -> bool:
        """«الساعة 10 و15 دقيقة»: the unit of minutes that have their hour; amounts of time are not
        of a date.
        """
        before = self.kinds[at - 1]
        return before == "time" or (
            before == "number"
            and value[0] == "minute"
            and (at - 1) in (one[1] for one in self.times)
        )

    def _first(self, at: int, _value: None) -> bool:
        self.days.append(1)
        return self.kinds[at + 1] in ("of", "month")

    def _of(self, at: int, _value: None) -> bool:
        return links(self.kinds, at)

    def _year(self, _at: int, value: int) -> bool:
        self.years.append(value)
        return True

    def _month(self, _at: int, value: tuple[str, int]) -> bool:
        if value not in self.months:  # «تشرين الثاني / نوفمبر»
            self.months.append(value)
        return True

    def _weak_month(self, _at: int, value: int | None) -> bool:
        if value is not None:
            self.weak.append(value)
        return value is not None

    def _date(self, at: int, value: tuple[int, int, int]) -> bool:
        mark = self.kinds[at + 1]
        solar = mark == "solar" or (mark == "hijri" and self.kinds[at + 2] == "solar")
        self.dates.append(
            ("solar" if solar else "hijri" if mark == "hijri" else _calendar(value[0]), *value)
        )
        return True

    def _iso(self, at: int, value: tuple[tuple[int, int, int], Clock, int | None]) -> bool:
        day, time, minutes = value
        if minutes is not None:
            self.zones.insert(0, (("", minutes), at))
        self.times.append((time, at))
        return self._date(at, day)

    def _time(self, at: int, value: Clock) -> bool:
        if self.kinds[at + 1] != "unit":  # «2:03 min» is how long a film takes
            self.times.append((value, at))
        return True

    def _decimal(self, at: int, value: Clock) -> bool:
        """«10.15» is a time only where a word says so."""
        self.times.append((value, at))
        return self._before(at) in _CLOCKS or self.kinds[at + 1] in ("half", "oclock")

    def _half(self, at: int, value: str) -> bool:
        """A word for a half of the day; not the German «am», which stands before a day: «am 13. Mai
        2026 um 15:44».
        """
        german = value == "am" and self.kinds[at + 1] in _DAYS and self.kinds[at - 1] not in _HOURS
        if not german:
            self.halves.append(value)
        return True

    def _m(self, at: int, _value: None) -> bool:
        """«م» is for the common era after a year, for the second half of the day elsewhere."""
        if self.kinds[at - 1] not in ("year", "date"):
            self.halves.append("pm")
        return True

    def _zone(self, at: int, value: Any) -> bool:
        self.zones.append((value, at))
        return True

    def _offset(self, at: int, value: tuple[str, int | None]) -> bool:
        """An offset after a time or a zone; «10:15-11:00» may as well be a span of time and is
        none.
        """
        piece, minutes = value
        before = self._before(at)
        seconds = bool(self.times) and len(self.times[-1][0]) > 2
        exact = before == "time" and (piece[0] == "+" or ":" not in piece or seconds)
        if minutes is not None and (before == "zone" or exact):
            self.zones.insert(0, (("", minutes), at))
            return True
        if piece[0] != "-":
            return False
        if ":" in piece:
            return before != "time" and self._time(at, tuple(map(int, NUMBERS.findall(piece))))
        return len(piece) == 5 and self._year(at, int(piece[1:]))

    def _day(self, _at: int, value: int) -> bool:
        self.relative.append(value)
        return True

    _take: ClassVar[dict[str, Callable[[Bag, int, Any], bool]]] = {
        "number": _number,
        "unit": _unit,
        "first": _first,
        "of": _of,
        "year": _year,
        "month": _month,
        "weak month": _weak_month,
        "ago": _weak_month,
        "date": _date,
        "iso": _iso,
        "time": _time,
        "decimal": _decimal,
        "half": _half,
        "m": _m,
        "zone": _zone,
        "place": _zone,
        "offset": _offset,
        "day": _day,
    }


def links(kinds: list[str], at: int) -> bool:
    """Whether the word «من» stands between a day and its month, and not before the beginning of a
    span of time.
    """
    return kinds[at - 1] in ("number", "first") and kinds[at + 1] in ("month", "unit in date")


_SLIGHT = frozenset("():,")
_DAYS = frozenset({"number", "date", "weekday"})
_HOURS = frozenset({"number", "time", "decimal"})
_CLOCKS = frozenset({"clock", "unit clock"})
# Kinds that may stand in a date and say nothing: weekdays are not trusted.
_IDLE = frozenset(
    {
        "furniture",
        "label",
        "weekday",
        "article",
        "clock",
        "unit clock",
        "oclock",
        "unit in date",
        "month mark",
    }
    | {"hijri", "solar", "common", "zone word", *"()|-,:"}
)
# ---- the day


def _calendar(year: int) -> str:
    """The calendar of a bare year: no page of the web is older than 1420 AH or younger than 1420 in
    Iran (2041).
    """
    if 1800 <= year < 2200:
        return "gregorian"
    return "solar" if 1300 <= year < 1420 else "hijri" if 1420 <= year < 1500 else ""


_YEARS = {"gregorian": range(1800, 2200), "hijri": range(1343, 1501), "solar": range(1300, 1500)}


def _named(bag: Bag) -> list[Day] | None:
    """The days whose months are named; None where days, months and years do not go together."""
    months = bag.months or [("gregorian", month) for month in bag.weak[:1]]
    if len(bag.days) != len(months):
        return None
    found: list[Day] = []
    for day, (calendar, month) in zip(bag.days, months, strict=True):
        years = {year for year in bag.years if year in _YEARS[calendar]}
        if len(years) != 1 or any(one[0] == calendar for one in found):
            return None
        found.append((calendar, years.pop(), month, day))
    used = {year for _, year, _, _ in (*found, *bag.dates)}
    return found if used.issuperset(bag.years) else None


@cache
def _nowruz(year: int) -> int:
    """The ordinal of 1 Farvardin of a year of the Persian solar calendar; right for 1300 to 1500
    (1921 to 2122).
    """
    first, step = (year, 1) if year < 1400 else (1400, -1)
    days = sum(
        366 if y % 33 in (1, 5, 9, 13, 17, 22, 26, 30) else 365
        for y in range(first, max(year, 1400))
    )
    return date(2021, 3, 21).toordinal() - step * days


@lru_cache(maxsize=1024)
def _gregorian(calendar: str, year: int, month: int, day: int) -> date:
    """The day in the Gregorian calendar. Raises ValueError or OverflowError where there is no such
    day.
    """
    if calendar == "gregorian":
        return date(year, month, day)
    if calendar == "hijri":
        from hijridate import Hijri

        found = Hijri(year, month, day).to_gregorian()
        return date(found.year, found.month, found.day)
    if calendar != "solar" or year not in _YEARS["solar"] or not 1 <= month <= 12:
        raise ValueError(year)
    start = _nowruz(year) + 31 * (month - 1) - max(0, month - 7)
    end = _nowruz(year + 1) if month == 12 else start + (31 if month <= 6 else 30)
    if not 1 <= day <= end - start:
        raise ValueError(day)
    return date.fromordinal(start + day - 1)


def day_of(bag: Bag) -> date | None:
    """The one day that a text with day, month and year means; where two calendars are printed, the
    Gregorian one.
    """
    named = _named(bag)
    if named is None:
        return None
    stated = {*bag.dates, *named}
    try:
        for calendar in ("gregorian", "solar", "hijri"):
            days = {_gregorian(*one) for one in stated if one[0] == calendar}
            if days:
                return days.pop() if len(days) == 1 else None
    except (ValueError, OverflowError):
        pass  # there is no such day
    return None


# ---- time of day


def _hour(hour: int, half: str) -> int | None:
    """An hour with its word as one of 24; None where they contradict each other.

    The word does not change an hour beyond 12. Twelve in the night is 0, and so is «12 ص».
    """
    if half in ("am", "dawn"):
        return hour % 12 if hour <= 12 else None
    if hour > 12:
        return hour
    if half == "pm":
        return hour % 12 + 12
    if half in ("noon", "midday"):
        return hour if hour >= 10 else hour + 12 if hour <= 5 else None
    return hour % 12 if hour <= 5 or hour == 12 else hour + 12  # in the night


def clock_of(bag: Bag) -> tuple[int, int, int, int] | None:
    """Hour (24 at the end of a day), minute, second, microsecond; midnight where no time is stated.

    None where more than one is, or it is none. Of «10:15 (07:15 GMT)» the one with the zone is
    taken.
    """
    times = {time for time, _ in bag.times}
    if len(times) > 1:
        if not bag.zones:
            return None
        _, place = bag.zones[0]
        times = {min(bag.times, key=lambda one: abs(one[1] - place))[0]}
    if not times:
        return (12, 0, 0, 0) if "midday" in bag.halves else (0, 0, 0, 0)
    hour, minute, second, micro = (*times.pop(), 0, 0)[:4]
    hours = {_hour(hour, half) for half in bag.halves} or {hour}
    found = hours.pop()
    if (
        hours
        or found is None
        or found > 24
        or minute > 59
        or second > 60
        or (found == 24 and (minute or second))
    ):
        return None
    return found, minute, min(second, 59), micro
