"""A date text -> tokens: what each word and each group of digits can be, by its form alone."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta
from functools import cache, lru_cache
from itertools import chain
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from feedmaker.text import arabic
from feedmaker.text.date_words import (
    AMBIGUOUS_WORDS,
    PREFIXES,
    WORDS_OF_DATES,
    ZONE_ABBREVIATIONS,
    ZONES_AFTER_TIME,
)
from feedmaker.text.label_tables import label_tables
from feedmaker.text.months import GREGORIAN_MONTHS, HIJRI_MONTHS, SOLAR_MONTHS
from feedmaker.text.places import PLACES_OF_ZONES

if TYPE_CHECKING:
    from collections.abc import Iterator


class Token(NamedTuple):
    """A word, a sign or a group of digits: what kind it is, and its value."""

    kind: str
    value: Any = None


_BAD: Final = Token("bad")  # what no date holds
# ---- folding: unlike `arabic.fold` it keeps what may stand inside a date

_KEPT: Final = frozenset("0123456789+-/.,:|() ")
_SAME_SIGN: Final = {
    **dict.fromkeys("–—−‐‑‒―", "-"),
    **dict.fromkeys("⁄∕⧸", "/"),
    **dict.fromkeys("،؛;、，", ","),
    **dict.fromkeys("：∶", ":"),
    **dict.fromkeys("[{（【", "("),
    **dict.fromkeys("]}）】", ")"),
    **dict.fromkeys("•·・●▪►¦«»‹›\n\r\x0b\x0c\x85\u2028\u2029", "|"),
    # Quotation marks are part of Hebrew abbreviations; tatweel only stretches.
    **dict.fromkeys('\u05f4\u05f3"“”„\u0640', ""),
    "٫": ".",
    # "Ago" is written as one with its unit, and stands apart here: «3小时前», «3시간전».
    "前": " 前",
    "전": " 전",
}
_BAD_SIGN: Final = "\xa4"  # for signs of money and addresses, and digits that dates do not have
_BAD_CATEGORIES: Final = frozenset({"Sc", "No", "Nl", "Co", "Cn"})


class _DateFoldTable(dict[int, str]):
    """The table of `fold_date_text`, filled as characters are met."""

    def __missing__(self, code: int) -> str:
        """Return the folded form of a character; a space for most signs."""
        character = chr(code)
        category = unicodedata.category(character)
        if character in _KEPT:
            folded = character
        elif character in _SAME_SIGN:
            folded = _SAME_SIGN[character]
        elif category == "Nd":
            digit = arabic.digits(character)
            folded = digit if digit.isascii() else _BAD_SIGN
        elif category[0] in "LM":
            folded = arabic.fold(character)
        elif category in ("Cf", "Cs"):
            folded = ""
        else:
            is_bad = category in _BAD_CATEGORIES or character in "%#=&*^~<>_"
            folded = _BAD_SIGN if is_bad else " "
        if code < 0x10000:  # not beyond the Basic Multilingual Plane, to stay small
            self[code] = folded
        return folded


_FOLD_TABLE: Final = _DateFoldTable()


def fold_date_text(text: str) -> str:
    """Return letters as `arabic.fold` has them, digits in ASCII, one sign for each separator."""
    return text.translate(_FOLD_TABLE)


# ---- known words

_MONTHS: Final = {"gregorian": GREGORIAN_MONTHS, "hijri": HIJRI_MONTHS, "solar": SOLAR_MONTHS}


def _known_words() -> Iterator[tuple[Token, str]]:
    """Yield words, and phrases with `_` in them, with what they can be."""
    for kind, value, words in WORDS_OF_DATES:
        yield Token(kind, value), words
    for minutes, names in ZONE_ABBREVIATIONS.items():
        for name in names.split():
            yield Token("zone", (name, minutes)), name
    for zone, places in PLACES_OF_ZONES.items():
        for place in places:
            yield Token("place", zone), place.replace(" ", "_")
    for calendar, table in _MONTHS.items():
        for line in table.splitlines():
            for month, name in enumerate(line.split(), 1):
                yield Token("month", (calendar, month)), name.replace(".", "")
    for kind, value, words in AMBIGUOUS_WORDS:
        yield Token(kind, value), words


def _known_labels() -> Iterator[tuple[Token, str]]:
    """Yield the labels that say what is dated: the value of their tokens."""
    for phrase, kind in label_tables().kinds.items():
        if kind in ("published", "updated"):
            yield Token("label", kind), phrase.replace(" ", "_")


class Phrase(NamedTuple):
    """The words of a phrase after the first, and what it can be."""

    rest: list[str]
    token: Token


def _index_words() -> tuple[dict[str, Token], dict[str, list[Phrase]]]:
    """Return tokens by word, and phrases by their first word, the longest first."""
    words: dict[str, Token] = {}
    variants: dict[str, Token] = {}
    phrases: dict[str, list[Phrase]] = {}
    for token, some in chain(_known_labels(), _known_words()):
        prefixes = PREFIXES.get(token.kind, "")
        for text in some.split():
            folded = fold_date_text(text.replace("_", " "))
            first, *rest = folded.split() if " " in folded else (folded,)
            if not rest:
                words[first] = token
                for prefix in prefixes:
                    variants[prefix + first] = token
                continue
            phrases.setdefault(first, []).append(Phrase(rest, token))
            if len(first) > 2:  # a zero width non-joiner between the words leaves no trace
                variants["".join((first, *rest))] = token
    for found in phrases.values():
        found.sort(key=lambda phrase: -len(phrase.rest))
    return variants | words, phrases


_WORDS, _PHRASES = _index_words()


# ---- groups of digits

_ISO: Final = re.compile(
    r"(?P<year>\d{4})-?"
    r"(?:(?P<month>\d\d)-?(?P<day>\d\d)|w(?P<week>\d\d)-?(?P<weekday>\d)|(?P<day_of_year>\d{3}))"
    r"(?:[t ](?P<hour>\d\d)(?::?(?P<minute>\d\d)(?::?(?P<second>\d\d))?)?(?P<fraction>[.,]\d+)?"
    r" ?(?P<zone>z|[+-].+)?)?"
)
NUMBERS: Final = re.compile("[0-9]+")


def _number_token(digits: str) -> Token:
    if len(digits) <= 2:
        return Token("number", int(digits))
    if len(digits) == 3:
        return Token("count", int(digits))
    if len(digits) == 4 and digits[0] != "0":
        return Token("year", int(digits))
    return _BAD


def _date_token(piece: str) -> Token:
    """Return year, month and day of a date in digits; never read the month first.

    A site that writes 12/25/2024 also writes 12/05/2024, which reads as another day: better none of
    its dates than half of them wrong.
    """
    first, second, third = map(int, NUMBERS.findall(piece))
    return Token("date", (first, second, third) if first > 99 else (third, second, first))


def _microseconds(fraction: str | None) -> int:
    """Return a decimal fraction of a second, with or without its sign, in microseconds."""
    return int(f"{(fraction or '').lstrip('.,'):0<6}"[:6])


def _time_token(piece: str) -> Token:
    """Return hour and minute, and second and microsecond where they are stated."""
    hour, minute, *seconds = NUMBERS.findall(piece)
    clock = [int(hour), int(minute), *map(int, seconds[:1])]
    if len(seconds) > 1:
        clock.append(_microseconds(seconds[1]))
    return Token("time", tuple(clock))


def _month_token(_piece: str) -> Token:
    """Return that a year and a month, such as 2020-03, are no date: the month is no day."""
    return _BAD


def _decimal_token(piece: str) -> Token:
    return Token("decimal", tuple(map(int, piece.split("."))))


def _minutes_east(piece: str) -> int | None:
    """Return minutes east of Greenwich; None if no zone has such an offset."""
    if piece == "z":
        return 0
    digits = "".join(NUMBERS.findall(piece))
    hours, minutes = int(digits), 0
    if len(digits) > 2:
        hours, minutes = int(digits[:-2]), int(digits[-2:])
    if piece[0] == "-":
        return -60 * hours - minutes if hours <= 12 and minutes in (0, 30) else None
    return 60 * hours + minutes if hours <= 14 and minutes in (0, 30, 45) else None


def _offset_token(piece: str) -> Token:
    """Return what may be an offset, with its text: else its sign is a dash between parts."""
    return Token("offset", (piece, _minutes_east(piece)))


def _iso_token(piece: str) -> Token:
    """Return day, time of day and minutes east of Greenwich (None: local) of a form of ISO 8601."""
    found = _ISO.fullmatch(piece)
    assert found
    day = _iso_day(found)
    minutes = _minutes_east(found["zone"]) if found["zone"] else None
    if day is None or (found["zone"] and minutes is None):
        return _BAD
    hour, minute, second = (int(found[part] or 0) for part in ("hour", "minute", "second"))
    return Token("iso", (day, (hour, minute, second, _microseconds(found["fraction"])), minutes))


def _iso_day(found: re.Match[str]) -> tuple[int, int, int] | None:
    """Return year, month and day, which may be given by the week or as the day of the year.

    Months are not yet those of a calendar: there are sites that write
    «1403-02-31T10:15:00+03:30».
    """
    year = int(found["year"])
    try:
        if found["week"]:
            day = date.fromisocalendar(year, int(found["week"]), int(found["weekday"]))
        elif found["day_of_year"]:
            day = date(year, 1, 1) + timedelta(days=int(found["day_of_year"]) - 1)
            if day.year != year:
                return None
        else:
            return year, int(found["month"]), int(found["day"])
    except (ValueError, OverflowError):
        return None
    return day.year, day.month, day.day


# Groups of digits by their form. They are taken from a text from left to right and whole, so that
# none begins within a number; what may not follow is stated, so that none ends within one.
_CLOCK: Final = "[0-9]{2}(?::?[0-9]{2}(?::?[0-9]{2})?)?(?:[.,][0-9]+)?"
_EAST: Final = "[+-][0-9]{2}(?::?[0-9]{2})?"
_ISO_DAY: Final = "[0-9]{4}-?(?:[0-9]{2}-?[0-9]{2}|w[0-9]{2}-?[1-7]|[0-9]{3})"
_YEAR_FIRST: Final = "[0-9]{{4}} *{0} *[0-9]{{1,2}} *{0} *[0-9]{{1,2}}(?![0-9])"
_YEAR_LAST: Final = "[0-9]{{1,2}} *{0} *[0-9]{{1,2}} *{0} *[0-9]{{4}}(?![0-9])"
_FORMS: Final = (
    (_iso_token, rf"{_ISO_DAY}t{_CLOCK}(?:z|{_EAST})?(?![0-9a-z:])"),
    (_iso_token, rf"[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}} {_CLOCK} ?{_EAST}(?![0-9:])"),
    (_iso_token, r"[0-9]{4}-w[0-9]{2}-[1-7]\b"),
    (_date_token, _YEAR_FIRST.format("-")),
    (_date_token, _YEAR_LAST.format("-")),
    (_date_token, _YEAR_FIRST.format("/")),
    (_date_token, _YEAR_LAST.format("/")),
    (_date_token, _YEAR_FIRST.format(r"\.")),
    (_date_token, _YEAR_LAST.format(r"\.")),
    (_month_token, r"[0-9]{4}-(?:0[1-9]|1[0-2])(?![0-9:/.]| ?-)"),
    (_time_token, "[0-9]{1,2}(?::| : )[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]+)?)?(?![0-9]|:[0-9])"),
    (_time_token, "[0-9]{1,2} ?(?:h|سا?) ?[0-9]{2}(?![0-9])"),
    (_offset_token, r"[0-9]{1,2}\+(?![0-9])"),
    (_offset_token, r"\+ ?[0-9]{1,2}(?::?[0-9]{2})?(?![0-9:])"),
    (_offset_token, "(?<=gmt|utc)-[0-9]{1,2}(?::?[0-9]{2})?(?![0-9:/-])"),
    (_offset_token, "-[0-9]{2}:?[0-9]{2}(?![0-9:/]|-[0-9])"),
    (_decimal_token, r"(?<!\.)[0-9]{1,2}\.[0-9]{2}(?![0-9]|\.[0-9])"),
    (_number_token, "[0-9]+"),
)
_PATTERNS: Final = [(re.compile(form), make_token) for make_token, form in _FORMS]
# A word of a folded text: letters and marks of any script; said by what is none, which is compiled
# in no time.
_WORD: Final = r"[^\x00-`{-\xa4]+"
_PIECE: Final = re.compile(
    "|".join((_WORD, "[|():,]", *(form for _, form in _FORMS), "-", r"[^\s./+]"))
)


_SATURDAY: Final = fold_date_text("ہفتہ")  # a week, too, in Urdu
_BY_CONTEXT: Final = frozenset((*ZONES_AFTER_TIME, _SATURDAY))


@lru_cache(maxsize=8192)
def _token_of_piece(piece: str) -> Token:
    """Return what a piece is that is no known word; numbers and signs come again and again."""
    if piece in "|():,-":
        return Token(piece)
    if piece[0] in "+-":
        return _offset_token(piece)
    if piece[0] > "9":
        return _BAD if piece == _BAD_SIGN else Token("unknown", piece)
    for pattern, make_token in _PATTERNS:
        if pattern.fullmatch(piece):
            return make_token(piece)
    return _BAD


# ---- texts


def tokens_of(text: str) -> list[Token]:
    """Return what the signs and words of a date text are.

    Places count only beside a word such as «بتوقيت».
    """
    pieces = _PIECE.findall(fold_date_text(text))
    tokens: list[Token] = []
    at = 0
    while at < len(pieces):
        piece = pieces[at]
        token = _WORDS.get(piece) or _token_of_piece(piece)
        at += 1
        if piece in _BY_CONTEXT:
            token = _by_context(piece, tokens, pieces[at : at + 2]) or token
        for rest, phrase_token in _PHRASES.get(piece, ()):
            if pieces[at : at + len(rest)] == rest:
                token = phrase_token
                at += len(rest)
                break
        tokens.append(token)
    is_placed = any(token.kind == "place" for token in tokens)
    return _with_places_of_zones(tokens) if is_placed else tokens


def may_have(text: str, *kinds: str) -> bool:
    """Whether a text has a word with which a token of one of these kinds may begin.

    That takes half the time of `tokens_of`, and few texts have one.
    """
    return not _beginnings(kinds).isdisjoint(_PIECE.findall(fold_date_text(text)))


@cache
def _beginnings(kinds: tuple[str, ...]) -> frozenset[str]:
    """Return the known words, and the first ones of phrases, of some kinds."""
    words = [word for word, token in _WORDS.items() if token.kind in kinds]
    for word, phrases in _PHRASES.items():
        words += [word for phrase in phrases if phrase.token.kind in kinds]
    return frozenset(words)


def _with_places_of_zones(tokens: list[Token]) -> list[Token]:
    """Return tokens with the places that name a zone; the others are unknown words."""
    kinds = [token.kind for token in tokens]
    return [
        Token("unknown", "") if kind == "place" and not _names_zone(kinds, at) else token
        for at, (kind, token) in enumerate(zip(kinds, tokens, strict=True))
    ]


def _ends_time(before: list[Token], after: list[str]) -> bool:
    """Whether a word follows a time of day, and joins it to nothing: not «10:15 et 11:30»."""
    is_behind = bool(before) and before[-1].kind in ("time", "half")
    return is_behind and not any(piece[0].isdigit() for piece in after)


def _by_context(piece: str, before: list[Token], after: list[str]) -> Token | None:
    """Return what a word of two meanings is between others; None for the usual meaning."""
    if piece == _SATURDAY:
        return Token("weekday", None) if _begins_date(before, after) else None
    return Token("zone", ZONES_AFTER_TIME[piece]) if _ends_time(before, after[:1]) else None


def _begins_date(before: list[Token], after: list[str]) -> bool:
    """Whether a word for Saturday or a week is the day: a number follows it, and none precedes."""
    is_counted = bool(before) and before[-1].kind == "number"
    return not is_counted and any(piece[0].isdigit() for piece in after)


def _names_zone(kinds: list[str], at: int) -> bool:
    """Whether a place names a zone: «بتوقيت مدينة القدس», «Cairo time», «22:07 (مكة المكرمة)»."""
    if kinds[at - 1 : at + 2] == ["(", "place", ")"]:
        return "time" in kinds[max(0, at - 3) : at - 1]
    before = at - 1
    while before >= 0 and kinds[before] == "furniture":
        before -= 1
    return (before >= 0 and kinds[before] == "zone word") or kinds[at + 1 : at + 2] == ["zone word"]
