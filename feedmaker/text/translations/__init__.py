"""What feedmaker writes for people, in the language that they read.

English words are the keys of the tables beside this module (`words_ar`, `words_fa` ...), and what
is shown where a table lacks them. Words that change with a count have a form for each plural
category of their language (CLDR: zero, one, two, few, many, other). Tables, and Babel's knowledge
of plurals, dates and numbers, are loaded when a word of them is first asked for.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache, cached_property, lru_cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from feedmaker.model.errors import PageError
from feedmaker.model.reasons import Reason
from feedmaker.text.languages import RTL_LANGUAGES
from feedmaker.text.months import SOLAR_MONTHS
from feedmaker.text.sayings import Saying
from feedmaker.text.solar_calendar import solar_date

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from babel import Locale

    from feedmaker.model import UiLanguage
    from feedmaker.model.errors import FeedmakerError
    from feedmaker.text.arabic import Direction

ENGLISH: Final[UiLanguage] = "en"
UI_LANGUAGES: Final[tuple[UiLanguage, ...]] = ("ar", ENGLISH, "fa", "ur", "he", "fr")
# Whose dates and numbers: English ones put the day before the month, as everyone else does here.
_LOCALES: Final[dict[str, str]] = {ENGLISH: "en_GB"}
_DIGITS: Final = {"fa": str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")}
_MONTHS_OF_IRAN: Final = SOLAR_MONTHS.split()[:12]


def ui_language(languages: Iterable[str]) -> UiLanguage:
    """Return the language of ours that most of these are (BCP 47), English where none is."""
    known = [language.lower().partition("-")[0] for language in languages]
    spoken = [own for own in UI_LANGUAGES if own in known]
    return max(spoken, key=known.count, default=ENGLISH)


@cache
def translation(language: str) -> Translation:
    """Return the words of a language; English for one that is none of ours."""
    return Translation(language if language in UI_LANGUAGES else ENGLISH)


class Translation:
    """The words of one language of `UI_LANGUAGES`, and how it writes counts, dates and numbers."""

    def __init__(self, language: UiLanguage) -> None:
        self.language = language
        self.direction: Direction = "rtl" if language in RTL_LANGUAGES else "ltr"

    @cached_property
    def _words(self) -> dict[str, str | dict[str, str]]:
        """English words -> those of the language, as one text or by plural category."""
        if self.language == ENGLISH:
            return {}
        return import_module(f"{__name__}.words_{self.language}").WORDS  # type: ignore[no-any-return]

    @cached_property
    def _locale(self) -> Locale:
        # Babel and the data of a language take 0.1 s to load, and most runs write nothing.
        from babel import Locale

        return Locale.parse(_LOCALES.get(self.language, self.language))

    def _own_digits(self, text: str) -> str:
        return text.translate(_DIGITS.get(self.language, {}))

    # ---- words

    def words(self, english: str) -> str:
        """Return words as they stand in the table, with the places of their values."""
        found = self._words.get(english, english)
        return found if isinstance(found, str) else english

    def tell(self, english: str, **values: Any) -> str:
        """Return words with their values."""
        return self.words(english).format(**values)

    def counted(self, one: str, many: str, count: int, **values: Any) -> str:
        """Return what is said of so many, which `{n}` shows: "1 story", "3 stories"."""
        forms = self._words.get(one)
        if isinstance(forms, dict):
            form = self._locale.plural_form(count)
            words = forms.get(form) or forms["other"]
        else:
            words = one if count == 1 else many
        return words.format(n=self.number(count), **values)

    def reason(self, reason: Reason | None) -> str:
        """Return why something failed, without the address that it is about; "" for None."""
        return reason.words(self.words) if reason else ""

    def reason_with_page(self, reason: Reason | None) -> str:
        """Return why something failed, then the page that it is about as people read addresses."""
        from feedmaker.text import urls  # `--help` needs none of it

        if not reason or not reason.url:
            return self.reason(reason)
        return f"{self.reason(reason)} ({urls.readable(reason.url)})"

    def told(self, text: str) -> str:
        """Return what was said in English; what was not made as a `Saying` stays as it is."""
        if not isinstance(text, Saying):
            return self.words(text)
        values = {name: self._told_value(value) for name, value in text.values.items()}
        return self.tell(text.english, **values)

    def error(self, error: FeedmakerError) -> str:
        """Return what is wrong, a line each; of a page why, and its address as people read it."""
        if isinstance(error, PageError):
            return self.reason_with_page(error.full_reason)
        return "\n".join(map(self.told, error.args))

    def _told_value(self, value: object) -> object:
        if isinstance(value, Reason):
            return self.reason(value)
        return self.told(value) if isinstance(value, Saying) else value

    # ---- counts and times

    def number(self, value: float) -> str:
        """Return a number in the digits of the language."""
        return self._own_digits(_decimal(value, self._locale))

    def percent(self, hundredths: int) -> str:
        """Return so many in a hundred: «75%»."""
        from babel.numbers import format_percent

        share = hundredths / 100
        text = format_percent(share, locale=self._locale, numbering_system="default")
        return self._own_digits(text)

    @property
    def _is_solar(self) -> bool:
        """Whether dates are those of the solar calendar, which Babel does not know."""
        return self.language == "fa"

    def year(self, when: date) -> int:
        """Return the year that a day is of in the calendar of the language."""
        return solar_date(when).year if self._is_solar else when.year

    def day(self, when: date) -> str:
        """Return a day: «22 نوفمبر 2026»، «۱ آذر ۱۴۰۵»."""
        if self._is_solar:
            return self._own_digits(f"{self.day_of_year(when)} {self.year(when)}")
        return _long_date(when.year, when.month, when.day, self._locale)

    def day_of_year(self, when: date) -> str:
        """Return a day whose year is known: «22 نوفمبر»، «۱ آذر»."""
        if self._is_solar:
            solar = solar_date(when)
            return self._own_digits(f"{solar.day} {_MONTHS_OF_IRAN[solar.month - 1]}")
        return self._by_skeleton(when, "MMMMd")

    def month(self, month: str) -> str:
        """Return a month, "2026-11": «نوفمبر 2026»; of two in Iran «آبان و آذر ۱۴۰۵»."""
        start = date.fromisoformat(f"{month}-01")
        if not self._is_solar:
            return self._by_skeleton(start, "yMMMM")
        first, last = solar_date(start), solar_date(start + timedelta(days=27))
        names = [_MONTHS_OF_IRAN[solar.month - 1] for solar in (first, last)]
        if first.year != last.year:
            names[0] += f" {first.year}"
        return self._own_digits(f"{' و '.join(names)} {last.year}")

    def _by_skeleton(self, when: date, skeleton: str) -> str:
        from babel.dates import format_skeleton

        return format_skeleton(skeleton, when, locale=self._locale)

    def time_of_day(self, instant: datetime, timezone: str) -> str:
        """Return the time on the clocks of `timezone`: «19:27»."""
        from zoneinfo import ZoneInfo  # 1.5 ms, and a run with no news writes no time

        return self._own_digits(f"{instant.astimezone(ZoneInfo(timezone)):%H:%M}")

    def instant(self, instant: datetime, timezone: str) -> str:
        """Return day and time on the clocks of `timezone`: «22 نوفمبر 2026، 19:27»."""
        from zoneinfo import ZoneInfo

        local = instant.astimezone(ZoneInfo(timezone))
        time = self.time_of_day(instant, timezone)
        return self.tell("{day}, {time}", day=self.day(local), time=time)

    def span(self, length: timedelta) -> str:
        """Return a length of time in the largest unit that fits: «ساعتان»، «11 يومًا»."""
        days, hours, minutes = _in_largest_unit(length)
        if days:
            return self.counted("{n} day", "{n} days", days)
        if hours:
            return self.counted("{n} hour", "{n} hours", hours)
        return self.counted("{n} minute", "{n} minutes", minutes)

    def rhythm(self, pause: timedelta) -> str:
        """Return how often something comes: «خبر كل يومين تقريبًا»."""
        days, hours, minutes = _in_largest_unit(pause)
        if days:
            return self.counted("a story about every day", "a story about every {n} days", days)
        if hours:
            return self.counted("a story about every hour", "a story about every {n} hours", hours)
        return self.counted(
            "a story about every minute", "a story about every {n} minutes", minutes
        )


# Pages show few numbers and days again and again; each takes Babel a twentieth of a millisecond.
@lru_cache(maxsize=1_000)
def _decimal(value: float, locale: Locale) -> str:
    from babel.numbers import format_decimal

    return format_decimal(value, locale=locale, numbering_system="default")


@lru_cache(maxsize=1_000)
def _long_date(year: int, month: int, day: int, locale: Locale) -> str:
    from babel.dates import format_date

    return format_date(date(year, month, day), "long", locale=locale)


def _in_largest_unit(length: timedelta) -> tuple[int, int, int]:
    """Return a length of time as days, as hours or as minutes, one at least; the others are 0."""
    if length >= timedelta(days=1):
        return round(length / timedelta(days=1)), 0, 0
    if length >= timedelta(hours=1):
        return 0, round(length / timedelta(hours=1)), 0
    return 0, 0, max(1, round(length / timedelta(minutes=1)))
