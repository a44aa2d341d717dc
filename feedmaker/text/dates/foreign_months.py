"""Month names of languages that `text.months` does not have, asked of dateparser.

It costs a quarter of a second to import and makes dates of many texts that are none. So it is asked
about single words, each once, and only in texts that want nothing but a month to be a date; whether
they are one is decided as ever.
"""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache
from typing import Any, Final

from feedmaker.text.dates.tokens import Token

_MOST_UNKNOWN: Final = 6
_LANGUAGES: Final = {
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


def with_foreign_month(tokens: list[Token]) -> list[Token]:
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
    if len(word) < 3 or script not in _LANGUAGES:
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
        languages=_LANGUAGES[script].split(),
        settings=settings,
        use_given_order=True,
    )
