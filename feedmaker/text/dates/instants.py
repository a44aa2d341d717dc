"""Tokens -> the instant that they mean as a whole: a day with its time, or an amount before now."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, tzinfo
from datetime import timezone as fixed
from functools import cache
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from feedmaker.text.dates.date_parts import DateParts, day_of

if TYPE_CHECKING:
    from feedmaker.text.dates.date_parts import Clock, Zone
    from feedmaker.text.dates.tokens import Token

# ---- zones


@cache
def zone_named(name: str) -> tzinfo:
    """Return a time zone (IANA). Raises ZoneInfoNotFoundError if there is none."""
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
        return _local(naive, zone_named(stated))
    at_site = _local(naive, site)
    if stated.name and (at_site.tzname() or "").lower() == stated.name:
        return at_site
    if stated.minutes is None:
        return None
    zone = fixed(timedelta(minutes=stated.minutes)) if stated.minutes else UTC
    return naive.replace(tzinfo=zone)


# ---- time of day


def _hour_of_24(hour: int, half: str) -> int | None:
    """Return an hour with its word as one of 24; None if they contradict each other.

    The word does not change an hour beyond 12. Twelve in the night is 0, and so is «12 ص».
    """
    if half in ("am", "dawn"):
        return hour % 12 if hour <= 12 else None
    if hour > 12:
        return hour
    is_night = half in ("night", "midnight")
    if half == "pm" or (is_night and 5 < hour < 12):
        return hour % 12 + 12
    if is_night:
        return hour % 12
    if hour >= 10:
        return hour
    return hour + 12 if hour <= 5 else None


def _stated_clock(parts: DateParts) -> Clock | None:
    """Return the one time that is stated, () if there is none, None if there are several.

    Of «10:15 (07:15 GMT)» the one with the zone is taken.
    """
    clocks = {time.clock for time in parts.times}
    if len(clocks) < 2:
        return clocks.pop() if clocks else ()
    if not parts.zones:
        return None
    _, place = parts.zones[0]
    return min(parts.times, key=lambda time: abs(time.at - place)).clock


def _clock_of(parts: DateParts) -> tuple[int, int, int, int] | None:
    """Return hour (24 at the end of a day), minute, second and microsecond.

    Midnight if none is stated. None if more than one is, or it is none.
    """
    clock = _stated_clock(parts)
    if clock is None:
        return None
    if not clock:
        return (12, 0, 0, 0) if "midday" in parts.halves else (0, 0, 0, 0)
    hour, minute, second, micro = (*clock, 0, 0)[:4]
    hours = {_hour_of_24(hour, half) for half in parts.halves} or {hour}
    found = hours.pop()
    if hours or found is None or not _is_clock(found, minute, second):
        return None
    return found, minute, min(second, 59), micro


def _is_clock(hour: int, minute: int, second: int) -> bool:
    """Whether there is such a time; 60 is a leap second."""
    if hour == 24:
        return not minute and not second
    return hour < 24 and minute <= 59 and second <= 60


# ---- days


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
    clock = _clock_of(parts) if day else None
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

    def take_token(self, kind: str, value: Any) -> bool:
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
        if not amounts.take_token(kind, value):
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


# ---- the whole


def instant_of(tokens: list[Token], site: tzinfo, now: datetime | None) -> datetime | None:
    """Return the instant that the tokens mean as a whole; None if they are no date."""
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
