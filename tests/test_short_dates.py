"""Short texts that are dates and nothing else, told without reading which."""

from __future__ import annotations

import pytest

from feedmaker.text.short_dates import is_date

DATES = (
    "12.05.2024 14:05|الأحد، 12 مايو 2024 14:05|04 ذو القعدة 1445 هـ - 12 مايو 2024 م|۱۴۰۳/۰۲/۲۳"
    "|یکشنبه، ۲۳ اردیبهشت ۱۴۰۳ - ۱۴:۰۵|الأحد 12 أيار 2024|12 במאי 2024|May 12, 2024 at 3:05 pm|14:05"
    "|2 hours ago|an hour ago|il y a 2 h|hace 1 hora|منذ ساعة|قبل يومين|לפני שעתיים|۲ ساعت پیش"
    "|vor 2 Std.|yesterday|أمس|сегодня, 17:06"
)
OTHERS = (
    "2 - 1|25 يناير|A year|Day one|7 days|1984|Today in court|48 hours in Rome|World in 2024|Sunday"
    "|Euro 2024 in June|رمضان|12 ساعة|منذ|مارس|من هو؟||Council votes 12 to 10 on 3 May 2024 again"
)


@pytest.mark.parametrize("text", DATES.split("|"))
def test_dates(text: str):
    """In words or in numbers, with a time or alone, and amounts of time before now."""
    assert is_date(text)


@pytest.mark.parametrize("text", OTHERS.split("|"))
def test_no_dates(text: str):
    """Words that dates have do not make one, nor does a month with its day, which stories have."""
    assert not is_date(text)
