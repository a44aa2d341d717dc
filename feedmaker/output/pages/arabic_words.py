"""What pages say in Arabic: dates, counts and spans of time, whose nouns change with their number."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from feedmaker.text import arabic
from feedmaker.text.months import STANDARD_ARABIC_MONTHS

if TYPE_CHECKING:
    from datetime import date, datetime

# One, two, three to ten, eleven to ninety-nine, and round hundreds.
_STORY = ("خبر واحد", "خبران", "أخبار", "خبرًا", "خبر")
_SECTION = ("قسم واحد متوقف", "قسمان متوقفان", "أقسام متوقفة", "قسمًا متوقفًا", "قسم متوقف")
_MINUTE = ("دقيقة", "دقيقتين", "دقائق", "دقيقة", "دقيقة")
_HOUR = ("ساعة", "ساعتين", "ساعات", "ساعة", "ساعة")
_DAY = ("يوم", "يومين", "أيام", "يومًا", "يوم")


def line(text: str) -> str:
    """Clean text on one line."""
    return " ".join(arabic.tidy(text).split())


def date_and_time(instant: datetime, timezone: str) -> str:
    """An instant as Arabic readers write it, on the clocks of `timezone`: «22 نوفمبر 2026، 19:27»."""
    local = instant.astimezone(ZoneInfo(timezone))
    return f"{day(local)}، {local:%H:%M}"


def day(when: date) -> str:
    """A day: «22 نوفمبر 2026»."""
    return f"{when.day} {STANDARD_ARABIC_MONTHS[when.month - 1]} {when.year}"


def stories(count: int) -> str:
    """So many stories: خبر واحد، خبران، 3 أخبار، 11 خبرًا، 100 خبر."""
    return _counted(count, _STORY) if count else "لا أخبار بعد"


def stopped(count: int) -> str:
    """So many sections do not work: قسم واحد متوقف، قسمان متوقفان، 3 أقسام متوقفة."""
    return _counted(count, _SECTION)


def span(length: timedelta) -> str:
    """About so long, in the largest unit that fits: «دقيقتين»، «3 ساعات»، «11 يومًا»."""
    for unit, words in ((timedelta(days=1), _DAY), (timedelta(hours=1), _HOUR)):
        if length >= unit:
            return _counted(round(length / unit), words)
    return _counted(max(1, round(length / timedelta(minutes=1))), _MINUTE)


def _counted(count: int, words: tuple[str, str, str, str, str]) -> str:
    if count <= 2:
        return words[count - 1]
    few, many = 3 <= count % 100 <= 10, 11 <= count % 100 <= 99
    return f"{count} {words[2] if few else words[3] if many else words[4]}"
