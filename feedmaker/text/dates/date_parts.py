"""Tokens -> the parts of a date: a day of one of three calendars, a time of day, a zone."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any, ClassVar, Final, NamedTuple, TypeAlias

from feedmaker.text import solar_calendar
from feedmaker.text.dates.tokens import NUMBERS

if TYPE_CHECKING:
    from collections.abc import Callable

    from feedmaker.text.dates.tokens import Token

Clock: TypeAlias = tuple[int, ...]  # hour, minute; second, microsecond where they are stated


class Day(NamedTuple):
    """A day of a calendar: "gregorian", "hijri" or "solar", "" if none is likely."""

    calendar: str
    year: int
    month: int
    day: int


class NamedZone(NamedTuple):
    """An abbreviation of a zone ("" for an offset) and its minutes east of Greenwich, if known."""

    name: str
    minutes: int | None


Zone: TypeAlias = str | NamedZone | None  # the name of an IANA zone; None is the site's own


class Time(NamedTuple):
    """A time of day, and its place among the tokens."""

    clock: Clock
    at: int


class DateParts:
    """What the tokens of one text say, gathered without regard to their order."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        # The empty kinds stand after the last token and, as index -1, before the first.
        self.kinds = [*(token.kind for token in tokens), "", ""]
        self.days: list[int] = []
        self.months: list[tuple[str, int]] = []
        self.weak_months: list[int] = []  # if there is no other
        self.years: list[int] = []
        self.dates: list[Day] = []
        self.times: list[Time] = []
        self.halves: list[str] = []
        self.zones: list[tuple[Zone, int]] = []  # with their places
        self.relative: list[int] = []  # days from today

    def gather(self) -> bool:
        """Gather the tokens; whether each is one that a date may hold."""
        for at, (kind, value) in enumerate(self.tokens):
            if kind in _IDLE:
                continue
            add = self._adders.get(kind)
            if add is None or not add(self, at, value):
                return False
        return True

    def _kind_before(self, at: int) -> str:
        """Return the kind before a token, and before a colon or a bracket between them."""
        at -= 1
        while self.kinds[at] in _SLIGHT:
            at -= 1
        return self.kinds[at]

    def _add_number(self, at: int, value: int) -> bool:
        after = self.kinds[at + 1]
        if after == "month mark":
            return self._add_month(at, ("gregorian", value))
        is_minute = self.kinds[at - 1] == "oclock" or after == "unit"
        if is_minute and self._is_after_hour(at):  # «14 heures 30»
            self.times[-1] = Time((self.times[-1].clock[0], value), at)
            return True
        is_hour = after in ("half", "oclock") or (after == "m" and value <= 12)
        if is_hour or (after != "month" and self._kind_before(at) in _CLOCKS):
            self.times.append(Time((value, 0), at))
        else:
            self.days.append(value)
        return True

    def _is_after_hour(self, at: int) -> bool:
        """Whether an hour without minutes stands before a number, with a word between them."""
        return bool(self.times) and self.times[-1].at == at - 2 and self.kinds[at - 2] == "number"

    def _add_unit(self, at: int, value: tuple[str, int]) -> bool:
        """Take the unit of minutes that have their hour: «الساعة 10 و15 دقيقة».

        Amounts of time are not of a date.
        """
        before = self.kinds[at - 1]
        return before == "time" or (
            before == "number"
            and value[0] == "minute"
            and (at - 1) in [time.at for time in self.times]
        )

    def _add_first(self, at: int, _value: None) -> bool:
        self.days.append(1)
        return self.kinds[at + 1] in ("of", "month")

    def _add_of(self, at: int, _value: None) -> bool:
        return joins_day_and_month(self.kinds, at)

    def _add_year(self, _at: int, value: int) -> bool:
        self.years.append(value)
        return True

    def _add_month(self, _at: int, value: tuple[str, int]) -> bool:
        if value not in self.months:  # «تشرين الثاني / نوفمبر»
            self.months.append(value)
        return True

    def _add_weak_month(self, _at: int, value: int | None) -> bool:
        if value is not None:
            self.weak_months.append(value)
        return value is not None

    def _add_date(self, at: int, value: tuple[int, int, int]) -> bool:
        mark = self.kinds[at + 1]
        solar = mark == "solar" or (mark == "hijri" and self.kinds[at + 2] == "solar")
        calendar = mark if mark == "hijri" else _likely_calendar(value[0])
        self.dates.append(Day("solar" if solar else calendar, *value))
        return True

    def _add_iso(self, at: int, value: tuple[tuple[int, int, int], Clock, int | None]) -> bool:
        day, time, minutes = value
        if minutes is not None:
            self.zones.insert(0, (NamedZone("", minutes), at))
        self.times.append(Time(time, at))
        return self._add_date(at, day)

    def _add_time(self, at: int, value: Clock) -> bool:
        if self.kinds[at + 1] != "unit":  # «2:03 min» is how long a film takes
            self.times.append(Time(value, at))
        return True

    def _add_decimal(self, at: int, value: Clock) -> bool:
        """Take «10.15» for a time only behind a year, or if a word says so."""
        self.times.append(Time(value, at))
        is_said = self._kind_before(at) in _CLOCKS or self.kinds[at + 1] in ("half", "oclock")
        return is_said or (self._kind_before(at) == "year" and self.kinds[at + 1] in _AFTER_TIME)

    def _add_half(self, at: int, value: str) -> bool:
        """Take a word for a half of the day; not the German «am» before a day («am 13. Mai»)."""
        is_before_day = self.kinds[at + 1] in _DAYS and self.kinds[at - 1] not in _HOURS
        if value != "am" or not is_before_day:
            self.halves.append(value)
        return True

    def _add_m(self, at: int, _value: None) -> bool:
        """Take «م» for the second half of the day; after a year it means the common era."""
        if self.kinds[at - 1] not in ("year", "date"):
            self.halves.append("pm")
        return True

    def _add_zone(self, at: int, value: Any) -> bool:
        self.zones.append((NamedZone(*value) if isinstance(value, tuple) else value, at))
        return True

    def _add_offset(self, at: int, value: tuple[str, int | None]) -> bool:
        """Take an offset after a time or a zone; «10:15-11:00» may be a span and is none."""
        piece, minutes = value
        before = self._kind_before(at)
        is_zone = before == "zone" or (before == "time" and self._is_no_span(piece))
        if minutes is not None and is_zone:
            self.zones.insert(0, (NamedZone("", minutes), at))
            return True
        if piece[0] != "-":
            return False
        if ":" in piece:
            return before != "time" and self._add_time(at, tuple(map(int, NUMBERS.findall(piece))))
        return len(piece) == 5 and self._add_year(at, int(piece[1:]))

    def _is_no_span(self, piece: str) -> bool:
        """Whether an offset after a time cannot be the end of a span of time."""
        has_seconds = bool(self.times) and len(self.times[-1].clock) > 2
        return piece[0] == "+" or ":" not in piece or has_seconds

    def _add_day(self, _at: int, value: int) -> bool:
        self.relative.append(value)
        return True

    _adders: ClassVar[dict[str, Callable[[DateParts, int, Any], bool]]] = {
        "number": _add_number,
        "unit": _add_unit,
        "first": _add_first,
        "of": _add_of,
        "year": _add_year,
        "month": _add_month,
        "weak month": _add_weak_month,
        "ago": _add_weak_month,
        "date": _add_date,
        "iso": _add_iso,
        "time": _add_time,
        "decimal": _add_decimal,
        "half": _add_half,
        "m": _add_m,
        "zone": _add_zone,
        "place": _add_zone,
        "offset": _add_offset,
        "day": _add_day,
    }


def joins_day_and_month(kinds: list[str], at: int) -> bool:
    """Whether the word «من» at a place is between a day and its month; else it begins a span."""
    return kinds[at - 1] in ("number", "first") and kinds[at + 1] in ("month", "unit in date")


_SLIGHT: Final = frozenset("():,")
_DAYS: Final = frozenset({"number", "date", "weekday"})
_HOURS: Final = frozenset({"number", "time", "decimal"})
_CLOCKS: Final = frozenset({"clock", "unit clock"})
_AFTER_TIME: Final = frozenset({"", "zone", "|", "(", ")"})
# Kinds that may stand in a date and say nothing: weekdays are not trusted.
_IDLE: Final = frozenset(
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

_YEARS: Final = {
    "gregorian": range(1800, 2200),
    "hijri": range(1343, 1501),
    "solar": range(1300, 1500),
}


def _likely_calendar(year: int) -> str:
    """Return the calendar of a bare year.

    No page of the web is older than 1420 AH or younger than 1420 in Iran (2041).
    """
    if year in _YEARS["gregorian"]:
        return "gregorian"
    if 1300 <= year < 1420:
        return "solar"
    return "hijri" if 1420 <= year < 1500 else ""


def _named_days(parts: DateParts) -> list[Day] | None:
    """Return the days whose months are named; None if days, months and years do not fit."""
    months = parts.months or [("gregorian", month) for month in parts.weak_months[:1]]
    if len(parts.days) != len(months):
        return None
    found: dict[str, Day] = {}
    for day, (calendar, month) in zip(parts.days, months, strict=True):
        years = _YEARS[calendar].__contains__
        fitting = set(filter(years, parts.years))
        if len(fitting) != 1 or calendar in found:
            return None
        found[calendar] = Day(calendar, fitting.pop(), month, day)
    days = list(found.values())
    used = {day.year for day in (*days, *parts.dates)}
    return days if used.issuperset(parts.years) else None


@lru_cache(maxsize=1024)
def _to_gregorian(day: Day) -> date:
    """Return a day in the Gregorian calendar.

    Raises ValueError or OverflowError if there is no such day.
    """
    if day.calendar == "gregorian":
        return date(day.year, day.month, day.day)
    if day.calendar == "hijri":
        from hijridate import Hijri  # takes 24 ms, seldom needed

        found = Hijri(day.year, day.month, day.day).to_gregorian()
        return date(found.year, found.month, found.day)
    if day.year not in _YEARS["solar"]:
        raise ValueError(day)
    return solar_calendar.gregorian_date(day.year, day.month, day.day)


def day_of(parts: DateParts) -> date | None:
    """Return the one day that a text with day, month and year means.

    If two calendars are printed, the Gregorian one counts.
    """
    named = _named_days(parts)
    if named is None:
        return None
    stated = {*parts.dates, *named}
    try:
        for calendar in ("gregorian", "solar", "hijri"):
            days = {_to_gregorian(day) for day in stated if day.calendar == calendar}
            if days:
                return days.pop() if len(days) == 1 else None
    except (ValueError, OverflowError):
        pass  # there is no such day
    return None
