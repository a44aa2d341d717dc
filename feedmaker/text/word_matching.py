"""Words that stand for one another when texts are compared: other spellings, inflections, months,
and numbers.

Words are as `arabic.fold` leaves them, but those of `has_word`.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from functools import cache, lru_cache

from feedmaker.text import arabic
from feedmaker.text.months import ARABIC_MONTHS

_PREFIX = re.compile(r"(?:[وف]?(?:[بكل]?ال|لل)|[وف])(?=\w{3})")
_SUFFIX = re.compile(r"(?<=\w{3})(?:ات|ون|ين|ان|ها|هم|يه|وا|ا|ه|ي|ت)$")


def stem(word: str) -> str:
    """A word without article, conjunction and ending, as far as two spellings of one may differ in
    them.
    """
    return _SUFFIX.sub("", _PREFIX.sub("", word))


def are_one(word: str, other: str) -> bool:
    """Whether two words may be one, otherwise spelt or inflected, or the same number in other
    signs.
    """
    if stem(word) == stem(other) or _are_one_month(word, other):
        return True
    value, another = number(word), number(other)
    if value or another:
        return value == another
    return (
        min(len(word), len(other)) > 3
        and SequenceMatcher(None, word, other, autojunk=False).ratio() >= 0.75
    )


_UNITS = ("واحد", "اثن", "ثلاث", "اربع", "خمس", "ست", "سبع", "ثمان", "تسع", "عشر")
_ORDINALS = ("اول", "ثاني", "ثالث", "رابع", "خامس", "سادس", "سابع", "ثامن", "تاسع", "عاشر")
_HUNDREDS = ("ميه", "مايه", "ميتين", "ميتان", "مايتين", "مايتان")
_THOUSANDS = {
    "الف": 1000,
    "الفا": 1000,
    "الاف": 1000,
    "مليون": 10**6,
    "ملايين": 10**6,
    "مليار": 10**9,
}
_LONGEST = 19  # digits of a number that anything is added to
_NAMED = {
    **{
        f"{name}{end}": value
        for value, name in enumerate(_UNITS, 1)
        for end in ("", "ه", "ا", "ي", "ان", "ين", "تين")
    },
    **{
        f"{name}{end}": value * 10
        for value, name in enumerate(_UNITS, 1)
        for end in ("ون", "ين")
        if value > 2
    },
    **{f"{name}{end}": value for value, name in enumerate(_ORDINALS, 1) for end in ("", "ه")},
    **dict.fromkeys(("احد", "احدي"), 1),
    **dict.fromkeys(("اثنا", "اثني", "اثنتا", "اثنتي"), 2),
    **{name: 100 if name in _HUNDREDS[:2] else 200 for name in _HUNDREDS},
    **{
        f"{name}{end}": value * 100
        for value, name in enumerate(_UNITS, 1)
        for end in _HUNDREDS[:2]
        if value > 2
    },
    **dict.fromkeys(("عشرون", "عشرين"), 20),
    **dict.fromkeys(("الفين", "الفان"), 2000),
    **dict.fromkeys(("مليونين", "مليونان"), 2 * 10**6),
    **_THOUSANDS,
}

_TWIN_MONTHS = ("تشرين", "كانون")  # of which there is a first and a second


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
    """The number that a word is, in digits or, of the usual ones, in letters; empty where it is
    none.
    """
    figures = word[1:] if word[0] in "وبل" else word
    if figures.isdecimal():
        return figures.lstrip("0") or figures
    value = _NAMED.get(word) or _NAMED.get(_PREFIX.sub("", word))
    return str(value) if value else ""


def numbers(words: list[str]) -> str:
    """The numbers among words as one text of digits, since one number may be written as two words
    («1,200»).

    Spelt ones are added up («ثلاثة وعشرين») and multiplied («30 ألف»).
    """
    found: list[str] = []
    spelt = -2  # where the last spelt number was
    for at, word in enumerate(words):
        figures = number(word)
        if not figures or (at and words[at - 1] in _TWIN_MONTHS):
            continue
        last = int(found[-1]) if found and len(found[-1]) < _LONGEST else 0
        value = int(figures) if len(figures) < _LONGEST else 0
        in_letters = not word[-1].isdecimal()
        if last and value in _THOUSANDS.values():
            found[-1] = str(last * value)
        elif last and in_letters and spelt == at - 1 and (word[0] == "و" or value == 10):
            found[-1] = str(last + value)
        else:
            found.append(figures)
        if in_letters:
            spelt = at
    return "".join(found)


# What is written onto the front of a word without making it another: conjunctions, prepositions and
# the article; in the form of `arabic.fold`. A lone preposition is believed before words of four
# letters and more: «وليد» is no «يد».
_ARTICLE = "(?:[وف]?[بك]?ال|[وف]?لل)"
_HEBREW = "(?:ו?(?:כש|מש|[הבלמשכ]){0,2})"


@lru_cache(maxsize=512)
def _word(word: str) -> re.Pattern[str] | None:
    """A pattern that finds a word or phrase in a folded text."""
    folded = arabic.fold(word)
    if not folded:
        return None
    first = folded.split()[0]
    body = re.escape(folded)
    if re.match("[\u0621-\u064a]", folded):
        if first.startswith("ال") and len(first) > 4:
            body = _ARTICLE + re.escape(folded[2:])
        else:
            body = f"(?:{_ARTICLE}|[وف]?{'[بكل]?' if len(first) > 3 else ''}){body}"
    elif re.match("[\u05d0-\u05ea]", folded):
        body = _HEBREW + body
    return re.compile(rf"(?:^|(?<=\s)){body}(?=\s|$)")


def has_word(text: str, word: str) -> bool:
    """Whether a text holds a word or phrase as whole words, in any spelling that `arabic.fold`
    makes equal.

    An Arabic or Hebrew word is found behind conjunctions, prepositions and the article written onto
    it.
    """
    pattern = _word(word)
    return pattern is not None and pattern.search(arabic.fold(text)) is not None
