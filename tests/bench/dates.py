"""How many date texts a second are read on one core: dates of all kinds, and the texts beside them
that are none.

Run it by itself; it prints texts a second of process time, the best of five rounds, beside a loop
of plain Python.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from feedmaker.text.dates import find_date, parse_date

if TYPE_CHECKING:
    from collections.abc import Callable

DATES = """الإثنين، 24 أغسطس 2020 09:23 ص
الجمعة 24 نيسان / أبريل 2020 09:22 مساءً
12 دجنبر 2024 - 14:05
14 جويلية 2023 على الساعة 18:40
٢٠٢٠/٠٨/٢٤ ٠٩:٢٣
5 تشرين الثاني 2021 الساعة 17:30 بتوقيت غرينتش
GMT 08:40 2024 السبت ,23 تشرين الثاني / نوفمبر
آخر تحديث: الثلاثاء 5 مارس 2024، 11:20 م
الأحد 1 محرم 1445هـ - 10:30 م
۳ خرداد ۱۳۹۹ - ۱۱:۲۰
منذ 3 ساعات
قبل يومين
أمس 22:10
2024-11-21T10:15:00+01:00
Thu, 21 Nov 2024 10:15:00 GMT
Le 3 juin 2020 à 14h05""".splitlines()
OTHERS = """قراءة 5 دقائق
كتب: أحمد علي
هاتف: 0522-123456
32 يناير 2024
الرباط - المغرب اليوم
ارتفاع أسعار النفط إلى أعلى مستوى منذ 3 أشهر بعد قرار أوبك
كأس العالم 2022: المغرب يفوز على بلجيكا
مشاركة
10 things to know about the 2024 elections in Europe""".splitlines()
NOW = datetime(2026, 11, 22, 14, 30, tzinfo=UTC)


def rate(read: Callable[..., datetime | None], texts: list[str]) -> float:
    """Texts a second of process time, the best of five rounds."""
    best = 0.0
    for _ in range(5):
        count, start = 0, time.process_time()
        while (spent := time.process_time() - start) < 0.3:
            for text in texts:
                read(text, timezone="Africa/Cairo", now=NOW)
            count += len(texts)
        best = max(best, count / spent)
    return best


def words(text: str, **_: object) -> None:
    """What any reader must do at least: take the text apart."""
    for word in text.split():
        word.casefold()


def main() -> None:
    """Print the figures."""
    for name, texts in {"dates": DATES, "none": OTHERS, "mixed": DATES + OTHERS}.items():
        base = rate(words, texts)
        for read in (parse_date, find_date):
            found = rate(read, texts)
            print(
                f"{name:6} {read.__name__:11} {found:8,.0f} texts/s, {base / found:4.1f} times a split into words"
            )


if __name__ == "__main__":
    main()
