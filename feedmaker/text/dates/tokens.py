"""Folded date texts -> tokens: what each word and each group of digits can be, by its form alone."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache

from feedmaker.text.dates.date_words import PHRASES, WORDS, Token

_ISO = re.compile(
    r"(\d{4})-?(?:(\d\d)-?(\d\d)|w(\d\d)-?(\d)|(\d{3}))(?:[t ](\d\d)(?::?(\d\d)(?::?(\d\d))?)?([.,]\d+)? ?(z|[+-].+)?)?"
)
NUMBERS = re.compile("[0-9]+")
_UNKNOWN: Token = ("unknown", None)


def _number(digits: str) -> Token:
    if len(digits) <= 2:
        return "number", int(digits)
    if len(digits) == 4 and digits[0] != "0":
        return "year", int(digits)
    return ("count", int(digits)) if len(digits) == 3 else ("bad", None)


def _date(piece: str) -> Token:
    """A date in digits: year, month and day, or day, month and year; never the month first.

    A site that writes 12/25/2024 also writes 12/05/2024, which reads as another day: better none of
    its dates than half of them wrong.
    """
    first, second, third = map(int, NUMBERS.findall(piece))
    return "date", (first, second, third) if first > 99 else (third, second, first)


def _micro(fraction: str | None) -> int:
    """A decimal fraction of a second, or what follows its sign, in microseconds."""
    return int(f"{(fraction or '').lstrip('.,'):0<6}"[:6])


def _time(piece: str) -> Token:
    """Hour, minute, and where they are stated second and microsecond."""
    hour, minute, *seconds = NUMBERS.findall(piece)
    if len(seconds) > 1:
        return "time", (int(hour), int(minute), int(seconds[0]), _micro(seconds[1]))
    return "time", (int(hour), int(minute), *map(int, seconds))


def _decimal(piece: str) -> Token:
    return "decimal", tuple(map(int, piece.split(".")))


def _minutes(piece: str) -> int | None:
    """Minutes east of Greenwich; None where no zone is so far from it, or its clocks differ by odd
    minutes.
    """
    digits = "".join(NUMBERS.findall(piece))
    hours, minutes = (int(digits[:-2]), int(digits[-2:])) if len(digits) > 2 else (int(digits), 0)
    if piece[0] == "-":
        return -60 * hours - minutes if hours <= 12 and minutes in (0, 30) else None
    return 60 * hours + minutes if hours <= 14 and minutes in (0, 30, 45) else None


def _offset(piece: str) -> Token:
    """What may be an offset, with its text: where it cannot be one, its sign is a dash between
    parts.
    """
    return "offset", (piece, _minutes(piece))


def _iso(piece: str) -> Token:
    """Year, month and day, the time of day, minutes east of Greenwich (None: local time) of a form
    of ISO 8601.

    The day may be given by its week or as the day of the year. Months are not yet those of a
    calendar: there are sites that write «1403-02-31T10:15:00+03:30».
    """
    found = _ISO.fullmatch(piece)
    assert found
    year, month, day, week, weekday, of_year, *clock, fraction, zone = found.groups()
    hour, minute, second = (int(part or 0) for part in clock)
    minutes = None if not zone else 0 if zone == "z" else _minutes(zone)
    if zone and minutes is None:
        return "bad", None
    try:
        if week:
            there = date.fromisocalendar(int(year), int(week), int(weekday))
        elif of_year:
            there = date(int(year), 1, 1) + timedelta(days=int(of_year) - 1)
        else:
            return "iso", (
                (int(year), int(month), int(day)),
                (hour, minute, second, _micro(fraction)),
                minutes,
            )
    except (ValueError, OverflowError):
        return "bad", None
    if there.year != int(year) and of_year:
        return "bad", None
    return "iso", (
        (there.year, there.month, there.day),
        (hour, minute, second, _micro(fraction)),
        minutes,
    )


# ---- the pieces of a text

_DATES = (
    part
    for sign in ("-", "/", r"\.")
    for part in (
        rf"[0-9]{{4}} *{sign} *[0-9]{{1,2}} *{sign} *[0-9]{{1,2}}(?![0-9])",
        rf"[0-9]{{1,2}} *{sign} *[0-9]{{1,2}} *{sign} *[0-9]{{4}}(?![0-9])",
    )
)
_CLOCK = "[0-9]{2}(?::?[0-9]{2}(?::?[0-9]{2})?)?(?:[.,][0-9]+)?"
_EAST = "[+-][0-9]{2}(?::?[0-9]{2})?"
# Groups of digits by their form. They are taken from a text from left to right and whole, so that
# none begins within a number; what may not follow is stated, so that none ends within one.
_FORMS = (
    (
        _iso,
        rf"[0-9]{{4}}-?(?:[0-9]{{2}}-?[0-9]{{2}}|w[0-9]{{2}}-?[1-7]|[0-9]{{3}})t{_CLOCK}(?:z|{_EAST})?(?![0-9a-z:])",
    ),
    (_iso, rf"[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}} {_CLOCK} ?{_EAST}(?![0-9:])"),
    (_iso, r"[0-9]{4}-w[0-9]{2}-[1-7]\b"),
    *((_date, form) for form in _DATES),
    (_time, "[0-9]{1,2}(?::| : )[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]+)?)?(?![0-9]|:[0-9])"),
    (_time, "[0-9]{1,2} ?(?:h|سا?) ?[0-9]{2}(?![0-9])"),
    (_offset, r"[0-9]{1,2}\+(?![0-9])"),
    (_offset, r"\+ ?[0-9]{1,2}(?::?[0-9]{2})?(?![0-9:])"),
    (_offset, "(?<=gmt|utc)-[0-9]{1,2}(?::?[0-9]{2})?(?![0-9:/-])"),
    (_offset, "-[0-9]{2}:?[0-9]{2}(?![0-9:/]|-[0-9])"),
    (_decimal, r"(?<!\.)[0-9]{1,2}\.[0-9]{2}(?![0-9]|\.[0-9])"),
    (_number, "[0-9]+"),
)
# Of a folded text: letters and marks of any script; said by what is none, which is compiled in no
# time.
_WORD = r"[^\x00-`{-\xa4]+"
_PIECE = re.compile("|".join((_WORD, "[|():,]", *(form for _, form in _FORMS), "-", r"[^\s./+]")))
_READERS = [(re.compile(form), read) for read, form in _FORMS]


@lru_cache(maxsize=8192)
def _form(piece: str) -> Token:
    """What a piece is that is no known word; numbers and signs come again and again."""
    if piece in "|():,-":
        return piece, None
    if piece[0] in "+-":
        return _offset(piece)
    if piece[0] > "9":
        return ("bad", None) if piece == "\xa4" else ("unknown", piece)
    return next((read(piece) for form, read in _READERS if form.fullmatch(piece)), ("bad", None))


def tokens_of(text: str) -> list[Token]:
    """What the signs and words of a folded text are; places count only beside a word such as
    «بتوقيت».
    """
    pieces = _PIECE.findall(text)
    tokens: list[Token] = []
    at = places = 0
    while at < len(pieces):
        piece = pieces[at]
        at += 1
        token = WORDS.get(piece) or _form(piece)
        if piece in PHRASES:
            for rest, phrase in PHRASES[piece]:
                if pieces[at : at + len(rest)] == rest:
                    token = phrase
                    at += len(rest)
                    break
        places += token[0] == "place"
        tokens.append(token)
    if places:
        for here, (kind, _) in enumerate(tokens):
            if kind == "place" and not _beside_zone_word(tokens, here):
                tokens[here] = _UNKNOWN
    return tokens


def _beside_zone_word(tokens: list[Token], at: int) -> bool:
    """Whether a place names a zone: «بتوقيت مدينة القدس», «Cairo time», «22:07 (مكة المكرمة)»."""
    kinds = [kind for kind, _ in tokens]
    if kinds[at - 1 : at + 2] == ["(", "place", ")"]:
        return "time" in kinds[max(0, at - 3) : at - 1]
    before = at - 1
    while before >= 0 and kinds[before] == "furniture":
        before -= 1
    return (before >= 0 and kinds[before] == "zone word") or kinds[at + 1 : at + 2] == ["zone word"]
