"""The solar calendar of Iran and Afghanistan (Jalali); right for 1300 to 1500 (1921 to 2122)."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import NamedTuple


class SolarDate(NamedTuple):
    """A day of the solar calendar."""

    year: int
    month: int
    day: int


@cache
def _nowruz(year: int) -> int:
    """Return the ordinal of 1 Farvardin of a year."""
    first, step = (year, 1) if year < 1400 else (1400, -1)
    days = sum(
        366 if y % 33 in (1, 5, 9, 13, 17, 22, 26, 30) else 365
        for y in range(first, max(year, 1400))
    )
    return date(2021, 3, 21).toordinal() - step * days


def _month_start(year: int, month: int) -> int:
    """Return the ordinal of the first day of a month: six have 31 days, those behind them 30."""
    return _nowruz(year) + 31 * (month - 1) - max(0, month - 7)


def gregorian_date(year: int, month: int, day: int) -> date:
    """Return a day of the solar calendar in the Gregorian one; ValueError if there is none."""
    if not 1 <= month <= 12:
        raise ValueError(month)
    start = _month_start(year, month)
    end = _nowruz(year + 1) if month == 12 else _month_start(year, month + 1)
    if not 1 <= day <= end - start:
        raise ValueError(day)
    return date.fromordinal(start + day - 1)


def solar_date(when: date) -> SolarDate:
    """Return a day of the Gregorian calendar in the solar one."""
    ordinal = when.toordinal()
    year = when.year - 621
    if ordinal < _nowruz(year):
        year -= 1
    month = max(m for m in range(1, 13) if _month_start(year, m) <= ordinal)
    return SolarDate(year, month, ordinal - _month_start(year, month) + 1)
