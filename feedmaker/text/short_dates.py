"""Whether a short text is nothing but a date, without reading which one.

`dates` reads them; it takes 34 ms to import, which listings without such texts do without.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import chain
from typing import Final

from feedmaker.text import arabic
from feedmaker.text.date_words import PREFIXES, WORDS_OF_DATES
from feedmaker.text.months import GREGORIAN_MONTHS, HIJRI_MONTHS, SOLAR_MONTHS

_MOST_WORDS: Final = 12  # of two calendars with a weekday and a time
_DIGITS: Final = "0123456789"
_CLOCK: Final = re.compile(r"\d{1,2}:\d{2}")
# "3d ago" or "4 hrs ago", and as a whole text "3d", "5h": of a day at most so many hours.
_SHORT_AGO: Final = re.compile(
    r"(\d{1,2}) ?(m|mins?|h|hrs?|d|w|wks?|mos?|y|yrs?)\.? ago"
    r"|([1-9]|[1-5]\d)(m)|([1-9]|1\d|2[0-3])(h)|([1-9]|[12]\d|30)([dw])"
)
_AGO_UNITS: Final = {
    "m": "minutes",
    "h": "hours",
    "d": "days",
    "w": "weeks",
    "mo": "months",
    "y": "years",
}
_UNITS: Final = frozenset({"unit", "unit in date", "unit clock", "oclock"})
_NAMED: Final = frozenset({"month", "weekday", "half", "clock"})
_NO_DAY: Final = frozenset({"range", "zone word", "place", "numeral"})


def is_date(text: str) -> bool:
    """Whether a text is a date, a time of day or an amount of time before now, and nothing else.

    A month with its day alone is none: stories are called after some of them («25 يناير»).
    """
    if text[:1].isdigit() and spell_out_ago(text) is not text:
        return True
    words = arabic.fold(text).split()
    if not 0 < len(words) <= _MOST_WORDS:
        return False
    table = _kinds_of_words()
    first = words[0].strip(_DIGITS)
    if first and first not in table:  # most texts are told by their first word
        return False
    names = list(filter(None, (word.strip(_DIGITS) for word in words)))
    if not all(map(table.__contains__, names)):
        return False
    kinds = set(chain.from_iterable(map(table.__getitem__, names)))
    if "day" in kinds or (kinds & _UNITS and _says_ago(words, kinds)):
        return True
    numbers = sum(word[0].isdigit() or word[-1].isdigit() for word in words)
    if not kinds:
        return numbers > 2 or _CLOCK.fullmatch(text.strip()) is not None  # «2 - 1» is a result
    return numbers > 2 or (numbers == 2 and bool(kinds & _NAMED))


def spell_out_ago(text: str) -> str:
    """Return "3 days ago" for "3d ago", or "3d" alone; any other text as it is."""
    found = _SHORT_AGO.fullmatch(text)
    if found is None:
        return text
    count, unit = filter(None, found.groups())
    return f"{count} {_AGO_UNITS.get(unit[:2]) or _AGO_UNITS[unit[0]]} ago"


def _says_ago(words: list[str], kinds: set[str]) -> bool:
    """Whether words say that an amount of time is one before now, by a word or a phrase."""
    return "ago" in kinds or any(f" {phrase} " in f" {' '.join(words)} " for phrase in _phrases())


@cache
def _phrases() -> tuple[str, ...]:
    """The phrases that say "ago"."""
    words = " ".join(words for kind, _, words in WORDS_OF_DATES if kind == "ago").split()
    return tuple(arabic.fold(word.replace("_", " ")) for word in words if "_" in word)


@cache
def _kinds_of_words() -> dict[str, set[str]]:
    """What each word of date texts can be; one of a month's name may stand for the month."""
    kinds: dict[str, set[str]] = {}
    for kind, _, words in WORDS_OF_DATES:
        if kind not in _NO_DAY:
            _add_words(kinds, kind, words)
    for table in (GREGORIAN_MONTHS, HIJRI_MONTHS, SOLAR_MONTHS):
        _add_words(kinds, "month", table)
    return kinds


def _add_words(kinds: dict[str, set[str]], kind: str, words: str) -> None:
    for phrase in words.split():
        parts = arabic.fold(phrase.replace("_", " ")).split()
        in_phrase = kind if kind == "month" or len(parts) == 1 else "part"
        for part in parts:
            kinds.setdefault(part, set()).add(in_phrase)
            for prefix in PREFIXES.get(kind, ""):
                kinds.setdefault(prefix + part, set()).add(in_phrase)
