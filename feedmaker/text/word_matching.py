"""Words that mean the same when texts are compared: spellings, inflections, months and numbers.

Words are as `arabic.fold` leaves them, but those of `has_word`.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

from feedmaker.text import arabic
from feedmaker.text.months import ARABIC_MONTHS

if TYPE_CHECKING:
    from collections.abc import Iterator

_ALIKE: Final = 0.75  # of the letters, from which two words may be one
_LONGEST: Final = 40  # letters: what is longer is no word, and takes long to compare


def are_one(word: str, other: str) -> bool:
    """Whether two words may be one in another spelling or inflection, or the same number."""
    if arabic.stem(word) == arabic.stem(other) or _are_one_month(word, other):
        return True
    value, another = number(word), number(other)
    if value or another:
        return value == another
    if min(len(word), len(other)) <= 3 or max(len(word), len(other)) > _LONGEST:
        return False
    return SequenceMatcher(None, word, other, autojunk=False).ratio() >= _ALIKE


# ---- numbers, folded

_UNITS: Final = ("واحد", "اثن", "ثلاث", "اربع", "خمس", "ست", "سبع", "ثمان", "تسع", "عشر")
_ORDINALS: Final = (
    *("اول", "ثاني", "ثالث", "رابع", "خامس"),
    *("سادس", "سابع", "ثامن", "تاسع", "عاشر"),
)
_HUNDREDS: Final = ("ميه", "مايه")
_THOUSANDS: Final = {
    "الف": 1000,
    "الفا": 1000,
    "الاف": 1000,
    "مليون": 10**6,
    "ملايين": 10**6,
    "مليار": 10**9,
}
_OTHER_NUMBERS: Final = {
    1: "احد احدي",
    2: "اثنا اثني اثنتا اثنتي",
    20: "عشرون عشرين",
    100: "ميه مايه",
    200: "ميتين ميتان مايتين مايتان",
    2000: "الفين الفان",
    2 * 10**6: "مليونين مليونان",
}
_MOST_DIGITS: Final = 19  # of a number that anything is added to


@cache
def _number_words() -> dict[str, int]:
    """Return the values of the usual numbers in letters."""
    values: dict[str, int] = {}
    for value, name in enumerate(_UNITS, 1):
        for end in ("", "ه", "ا", "ي", "ان", "ين", "تين"):
            values[name + end] = value
    for value, name in enumerate(_UNITS[2:], 3):
        for end in ("ون", "ين"):
            values[name + end] = value * 10
        for hundred in _HUNDREDS:
            values[name + hundred] = value * 100
    for value, name in enumerate(_ORDINALS, 1):
        values[name] = values[name + "ه"] = value
    for value, names in _OTHER_NUMBERS.items():
        values.update(dict.fromkeys(names.split(), value))
    return values | _THOUSANDS


_TWIN_MONTHS: Final = ("تشرين", "كانون")  # of which there is a first and a second


@cache
def _months() -> tuple[frozenset[str], ...]:
    """Return the Arabic names of each month, folded; of names of two words the first one."""
    rows = [line.split() for line in ARABIC_MONTHS.strip().splitlines()]
    months: list[frozenset[str]] = []
    for names in zip(*rows, strict=True):
        words = arabic.fold(" ".join(name.partition("_")[0] for name in names)).split()
        months.append(frozenset(word for word in words if len(word) > 1))
    return tuple(months)


def _are_one_month(word: str, other: str) -> bool:
    return any(word in names and other in names for names in _months())


def number(word: str) -> str:
    """Return the number that a word is, in digits; empty if it is none.

    Numbers in letters are known as far as they are usual.
    """
    figures = word[1:] if word[0] in "وبل" else word
    if figures.isdecimal():
        return figures.lstrip("0") or figures
    values = _number_words()
    value = values.get(word) or values.get(arabic.PREFIX.sub("", word))
    return str(value) if value else ""


def numbers(words: list[str]) -> str:
    """Return the numbers among words as one text of digits.

    For one number may be written as two words («1,200»). Numbers in letters are added up («ثلاثة
    وعشرين») and multiplied («30 ألف»).
    """
    found = [""]
    last_in_letters = -2  # place of the last number in letters
    for at, figures in _places_of_numbers(words):
        word = words[at]
        value, last = _small_value(figures), _small_value(found[-1])
        in_letters = not word[-1].isdecimal()
        is_next = last and in_letters and last_in_letters == at - 1
        if last and value in _THOUSANDS.values():
            found[-1] = str(last * value)
        elif is_next and (word[0] == "و" or value == 10):
            found[-1] = str(last + value)
        else:
            found.append(figures)
        if in_letters:
            last_in_letters = at
    return "".join(found)


def _places_of_numbers(words: list[str]) -> Iterator[tuple[int, str]]:
    """Yield the place and the figures of each number, without those in names of months."""
    before = ""
    for at, word in enumerate(words):
        figures = number(word)
        if figures and before not in _TWIN_MONTHS:
            yield at, figures
        before = word


def _small_value(figures: str) -> int:
    """Return the value of figures; 0 if they are too many to be added to."""
    return int(figures or 0) if len(figures) < _MOST_DIGITS else 0


# ---- words within a text

# What is written onto the front of a word without making it another: conjunctions, prepositions and
# the article, folded. A lone preposition is believed before words of four letters and more: «وليد»
# is no «يد».
_ARTICLE: Final = "(?:[وف]?[بك]?ال|[وف]?لل)"
_HEBREW: Final = "(?:ו?(?:כש|מש|[הבלמשכ]){0,2})"


@lru_cache(maxsize=512)
def _word_pattern(word: str) -> re.Pattern[str] | None:
    """Return a pattern that finds a word or phrase in a folded text."""
    folded = arabic.fold(word)
    if not folded:
        return None
    first = folded.split()[0]
    body = re.escape(folded)
    if re.match("[\u0621-\u064a]", folded):
        preposition = "[بكل]?" if len(first) > 3 else ""
        if first.startswith("ال") and len(first) > 4:
            body = _ARTICLE + re.escape(folded[2:])
        else:
            body = f"(?:{_ARTICLE}|[وف]?{preposition}){body}"
    elif re.match("[\u05d0-\u05ea]", folded):
        body = _HEBREW + body
    return re.compile(rf"(?:^|(?<=\s)){body}(?=\s|$)")


def has_word(text: str, word: str) -> bool:
    """Whether a text holds a word or phrase as whole words, in any spelling.

    An Arabic or Hebrew word is found behind conjunctions, prepositions and the article written onto
    it.
    """
    pattern = _word_pattern(word)
    return pattern is not None and pattern.search(arabic.fold(text)) is not None
