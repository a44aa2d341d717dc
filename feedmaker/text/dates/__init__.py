"""Date texts in Arabic and other languages -> aware datetimes; None for what is no date.

    text --tokens--> tokens --date_parts--> day, time, zone --instants--> datetime

A text is read word by word: each word is looked up in `date_words`, each group of digits is known
by its form. Then the tokens must make a date as a whole: a day, a month and a year of four digits
in any order, and at most one time; or an amount of time with «منذ» or its like; or «أمس» with or
without a time. A number or a word left over makes it none.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime
from functools import cache, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from feedmaker.text.dates.date_parts import joins_day_and_month
from feedmaker.text.dates.instants import instant_of, zone_named
from feedmaker.text.dates.tokens import Token, may_have, tokens_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import tzinfo

__all__ = ["date_label", "find_date", "find_dates", "is_relative", "parse_date", "read_timestamp"]

# Characters; the longest date text seen has 110: two calendars, a time, a zone and a label.
_LONGEST: Final = 240


_TIMESTAMP: Final = re.compile(
    r"(?:\\?/Date\()?([01]?\d{9})(?:\.\d+|(\d{3}))?(?:[+-]\d{4})?(?:\)\\?/)?"
)


_RELATIVE: Final = ("ago", "day", "now")

# ---- a text as a whole


def read_timestamp(text: str) -> datetime | None:
    """Return the instant of a count of seconds or milliseconds since 1970 (POSIX).

    Also in the form of `/Date(1773729000000)/` (ASP.NET). Only for what a page states for machines:
    such digits in a text are no date.
    """
    found = _TIMESTAMP.fullmatch(text)
    if found is None:
        return None
    seconds, milliseconds = found.groups()
    at = datetime.fromtimestamp(int(seconds), tz=UTC)
    return at.replace(microsecond=int(milliseconds or 0) * 1000)


def parse_date(text: str, *, timezone: str = "UTC", now: datetime | None) -> datetime | None:
    """Return the instant that a date text means, in the zone it states, else in `timezone` (IANA).

    Labels («آخر تحديث:») and a few words parted from the date by a sign may stand beside it. A date
    without a time is midnight. `now` (aware) is what relative dates count from; without it they
    give None. So does all that is no date: no number or word is left out of account, a day must
    exist, years have four digits, bare digits have the day before the month, weekdays are not
    trusted. Raises ZoneInfoNotFoundError if there is no such zone, and nothing else.
    """
    site = zone_named(timezone)
    tokens = _tokens_of_line(text)
    found = instant_of(tokens, site, now)
    if found:
        return found
    kinds = [token.kind for token in tokens]
    strange = sum(map(kinds.count, _STRANGE))
    if strange > _MOST_STRANGE or _NUMERIC.isdisjoint(kinds):
        return None
    if not strange and _BARS.isdisjoint(kinds):
        return None
    return _date_within(_with_foreign_month(tokens), site, now, is_all=True)


def find_date(text: str, *, timezone: str = "UTC", now: datetime | None) -> datetime | None:
    """Return the first date among the other words of one line, as in a dateline.

    Else as `parse_date`.
    """
    return _find_date(_tokens_of_line(text), zone_named(timezone), now)


class LabelledDate(NamedTuple):
    """A date and what it dates by its label: "published", "updated", "other", "" without one."""

    label: str
    at: datetime


def find_dates(text: str, *, timezone: str = "UTC", now: datetime | None) -> list[LabelledDate]:
    """Return the dates of one line: `3 May 2025. Updated: 7 May 2025`; each as `find_date` does.

    A label goes with the date behind it, and with the only one wherever it stands.
    """
    site = zone_named(timezone)
    tokens = _tokens_of_line(text)
    labels = [at for at, token in enumerate(tokens) if token.kind == "label" and token.value]
    dates: list[LabelledDate] = []
    for start, end in pairwise([0, *labels, len(tokens)]):
        part = tokens[start:end]
        at = _find_date(part, site, now)
        if at is not None:
            label = part[0].value if start in labels else ""
            dates.append(LabelledDate(label, at))
    if len(dates) > 1:
        return dates
    only = _find_date(tokens, site, now)
    label = tokens[labels[0]].value if labels else ""
    return [LabelledDate(label, only)] if only is not None else []


def date_label(text: str) -> str:
    """Return what the first label in a text dates: "published", "updated", "other"; "" for none."""
    if not may_have(text, "label"):
        return ""
    labels = (token.value for token in tokens_of(text) if token.kind == "label" and token.value)
    return next(labels, "")


def is_relative(text: str) -> bool:
    """Whether a text has a word such as «منذ», "yesterday" or "now"."""
    if not may_have(text, *_RELATIVE):
        return False
    return any(token.kind in _RELATIVE for token in tokens_of(text))


def _find_date(tokens: list[Token], site: tzinfo, now: datetime | None) -> datetime | None:
    """Return the first date among these tokens, and others."""
    is_named = not _NAMED.isdisjoint([token.kind for token in tokens])
    found = instant_of(tokens, site, now) if is_named else None
    found = found or _date_within(tokens, site, now, is_all=False)
    if found:
        return found
    rest = _with_foreign_month(_without_amounts(tokens))
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
_NAMED: Final = frozenset({"month", "weak month", "month mark", "date", "iso"})
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
            found = instant_of(tokens[first:last], site, now)
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
    if "ago" in kinds or ("label" in kinds and instant_of(rest, site, now) is not None):
        return True
    for at, kind in enumerate(kinds):
        if kind in _EXACT_NUMBERS:
            return False
        # «قراءة 5 دقائق», «12 تعليقا»
        if kind in _PLAIN_NUMBERS and _UNITS.isdisjoint(kinds[max(0, at - 1) : at + 2]):
            return False
    return True


# ---- month names of other languages
#
# They are asked of dateparser. It costs a quarter of a second to import and makes dates of many
# texts that are none. So it is asked about single words, each once, and only in texts that want
# nothing but a month to be a date; whether they are one is decided as ever.

_MOST_UNKNOWN: Final = 6
_LANGUAGES_OF_SCRIPT: Final = {
    "LATIN": "cs sk hu ro fi hr sl et lv lt ca sq vi bs az",
    "CYRILLIC": "bg sr mk be kk",
    "GREEK": "el",
    "DEVANAGARI": "hi mr ne",
    "BENGALI": "bn",
    "THAI": "th",
    "GEORGIAN": "ka",
    "ARMENIAN": "hy",
}
_IDLE: Final = frozenset({"furniture", "label", "weekday", "article", *"-,:"})
# Kinds around a month, and the place of the year among them. None of these languages has the month
# first: "Nitro 16 (2023)" is not worth asking about.
_PLACES_OF_YEAR: Final = {("number", "unknown", "year"): 2, ("year", "unknown", "number"): 0}


def _with_foreign_month(tokens: list[Token]) -> list[Token]:
    """Return the tokens with an unknown word as a month, if it stands with a day and a year.

    Else the same list.
    """
    kinds = [token.kind for token in tokens]
    if "month" in kinds or kinds.count("unknown") > _MOST_UNKNOWN:
        return tokens
    places = [at for at, kind in enumerate(kinds) if kind not in _IDLE]
    for three in zip(places, places[1:], places[2:], strict=False):
        first, middle, last = three
        place = _PLACES_OF_YEAR.get((kinds[first], kinds[middle], kinds[last]))
        if place is None or not 1900 <= tokens[three[place]].value < 2100:
            continue
        month = _foreign_month(tokens[middle].value)
        if month:
            token = Token("month", ("gregorian", month))
            return [*tokens[:middle], token, *tokens[middle + 1 :]]
    return tokens


@lru_cache(maxsize=4096)
def _foreign_month(word: str) -> int | None:
    """Return the month that dateparser takes a word for, between a day and a year."""
    script = unicodedata.name(word[:1] or " ", "").partition(" ")[0]
    if len(word) < 3 or script not in _LANGUAGES_OF_SCRIPT:
        return None
    found = _dateparser(script).get_date_data(f"15 {word} 2020").date_obj
    return found.month if found and (found.day, found.year) == (15, 2020) else None


@cache
def _dateparser(script: str) -> Any:
    from dateparser.date import DateDataParser  # a quarter of a second

    settings = {
        "REQUIRE_PARTS": ["day", "month", "year"],
        "STRICT_PARSING": True,
        "DATE_ORDER": "DMY",
    }
    return DateDataParser(
        languages=_LANGUAGES_OF_SCRIPT[script].split(),
        settings=settings,
        use_given_order=True,
    )
