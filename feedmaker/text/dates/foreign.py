"""Month names of languages that `months` does not have, asked of dateparser.

It costs a quarter of a second to import and makes dates of many texts that are none. So it is asked
about single words, each once, and only in texts that want nothing but a month to be a date; whether
they are one is decided as ever.
"""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from feedmaker.text.dates.date_words import Token

_MOST_UNKNOWN = 6
_LANGUAGES = {
    "LATIN": "cs sk hu ro fi hr sl et lv lt ca sq vi bs az",
    "CYRILLIC": "bg sr mk be kk",
    "GREEK": "el",
    "DEVANAGARI": "hi mr ne",
    "BENGALI": "bn",
    "THAI": "th",
    "GEORGIAN": "ka",
    "ARMENIAN": "hy",
}


_IDLE = frozenset({"furniture", "label", "weekday", "article", *"-,:"})
# None of the languages below has the month first: "Nitro 16 (2023)" is not worth asking about.
_ORDERS = (["number", "unknown", "year"], ["year", "unknown", "number"])


def translated(tokens: list[Token]) -> list[Token]:
    """The tokens with an unknown word as a month, where it stands with a day and a year; else the
    same list.
    """
    kinds = [kind for kind, _ in tokens]
    if (
        "year" not in kinds
        or "number" not in kinds
        or "month" in kinds
        or kinds.count("unknown") > _MOST_UNKNOWN
    ):
        return tokens
    places = [at for at, kind in enumerate(kinds) if kind not in _IDLE]
    for three in zip(places, places[1:], places[2:], strict=False):
        years = [tokens[at][1] for at in three if kinds[at] == "year"]
        if [kinds[at] for at in three] in _ORDERS and 1900 <= years[0] < 2100:
            at = next(place for place in three if kinds[place] == "unknown")
            month = _foreign_month(tokens[at][1] or "")
            if month:
                return [*tokens[:at], ("month", ("gregorian", month)), *tokens[at + 1 :]]
    return tokens


@lru_cache(maxsize=4096)
def _foreign_month(word: str) -> int | None:
    """The month that dateparser takes a word for, between a day and a year; it is imported when
    first needed.
    """
    script = unicodedata.name(word[:1] or " ", "").partition(" ")[0]
    if len(word) < 3 or script not in _LANGUAGES:
        return None
    found = _reader(script).get_date_data(f"15 {word} 2020").date_obj
    return found.month if found and (found.day, found.year) == (15, 2020) else None


@cache
def _reader(script: str) -> Any:
    from dateparser.date import DateDataParser

    settings = {
        "REQUIRE_PARTS": ["day", "month", "year"],
        "STRICT_PARSING": True,
        "DATE_ORDER": "DMY",
    }
    return DateDataParser(
        languages=_LANGUAGES[script].split(), settings=settings, use_given_order=True
    )
