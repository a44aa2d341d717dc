"""Mojibake: text that was decoded in the wrong encoding before we got it.

UTF-8 read as windows-1252 or latin-1 («Ø§Ù„»), UTF-8 read as windows-1256 («ط§ظ„»), each also when
done twice, and windows-1256 read as windows-1252 («Çá»). Text is changed only where it is beyond
doubt.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import islice
from typing import Final, NamedTuple

_MOST_RUNS: Final = 50_000  # of a text that are repaired: more than the words of any page
_MOST_TIMES: Final = 4  # that a text was read in the wrong way
# Shows for certain that a run was read twice: no one types it.
_CERTAIN: Final = re.compile("[\x80-\x9f]|^Â|^â€")
_LATIN_LETTER: Final = re.compile("[A-Za-z]")
# windows-1256 that was read as windows-1252.
_LATIN_RUN: Final = re.compile("(?<![A-Za-z])[¡º¿À-ÿ]+(?![A-Za-z])")
_ARTICLE_IN_LATIN: Final = re.compile("(?<![A-Za-z])Çá[À-ÿ]{2}")  # «ال» and two letters
_ARABIC_OF_LATIN: Final = {
    ord(character): character.encode("cp1252").decode("cp1256")
    for character in ("¡", "º", "¿", *map(chr, range(0xC0, 0x100)))
}
# What text needs to hold before it is looked at closely.
_SIGNS: Final = (
    *("Ã", "â", "Â", "Ø", "Ù", "×", "Ð", "Ñ", "Î", "Å", "Ä", "ð"),
    *("ط§", "ظ„", "Çá"),
)
_ARABIC_SIGNS: Final = ("ط§", "ظ„", "غŒ", "â€ژ", "â€ڈ")


def unmojibake(text: str) -> str:
    """Decode rightly what was decoded wrongly; the same text where that is not beyond doubt."""
    again = _holds(text, _SIGNS)
    left = _MOST_RUNS
    for _ in range(_MOST_TIMES):
        if not again or not left:
            break
        is_arabic = _holds(text, _ARABIC_SIGNS)
        text, again, runs = _decode_again(text, "cp1252", left)
        left -= runs
        if is_arabic:
            text, again_arabic, runs = _decode_again(text, "cp1256", left)
            again = again or again_arabic
            left -= runs
        if "á" in text and _ARTICLE_IN_LATIN.search(text):
            text = _LATIN_RUN.sub(_to_arabic, text, count=_MOST_RUNS)
    return text


def _holds(text: str, signs: tuple[str, ...]) -> bool:
    """Whether a text holds a sign. A single character is found at many times the speed of two."""
    return any(sign[-1] in text and sign in text for sign in signs)


def _to_arabic(run: re.Match[str]) -> str:
    return run[0].translate(_ARABIC_OF_LATIN)


# ---- UTF-8 that was read in an encoding of one byte


class _WrongReading(NamedTuple):
    """What UTF-8 looks like when it is read in an encoding of one byte, and the way back."""

    run: re.Pattern[str]  # of characters that were UTF-8
    byte_of: dict[str, int]  # character -> the byte that it was


@cache
def _wrong_reading(codec: str) -> _WrongReading:
    byte_of = {bytes([byte]).decode(codec, "ignore"): byte for byte in range(0x80, 0x100)}
    byte_of.pop("", None)
    if codec == "cp1252":
        # Bytes that the encoding leaves out stand for themselves (latin-1).
        byte_of = {chr(byte): byte for byte in range(0x80, 0xA0)} | byte_of
        two = _characters(byte_of, 0xC2, 0xDF)
        three = _characters(byte_of, 0xE0, 0xEF)
    else:
        # In windows-1256 most lead bytes are letters that words are made of: only those of Arabic
        # and punctuation count.
        two, three = "آأطظعغ", "âï"
    four = _characters(byte_of, 0xF0, 0xF4)
    more = f"[{_characters(byte_of, 0x80, 0xBF)}]"
    # One set at the start is searched for many times as fast as the alternatives.
    first = (
        f"[{two}{three}{four}]"
        f"(?:(?<=[{two}]){more}|(?<=[{three}]){more}{{2}}|(?<=[{four}]){more}{{3}})"
    )
    others = f"(?:[{two}]{more}|[{three}]{more}{{2}}|[{four}]{more}{{3}})*"
    return _WrongReading(re.compile(first + others), byte_of)


def _characters(byte_of: dict[str, int], low: int, high: int) -> str:
    """Return the characters that were bytes from `low` to `high`, escaped for a set."""
    return "".join(re.escape(one) for one, byte in byte_of.items() if low <= byte <= high)


def _decode_again(text: str, codec: str, most: int) -> tuple[str, bool, int]:
    """Decode runs of UTF-8 that were read in `codec`, if one of the first `most` is beyond doubt.

    Returns the text, whether it may hold such a run again, and the number of runs looked at.
    """
    reading = _wrong_reading(codec)
    runs = list(islice(reading.run.finditer(text), most))
    decoded = [_decode_run(run[0], reading.byte_of) for run in runs]
    is_sure = any(_is_sure(new, codec) for new in decoded)
    pieces: list[str] = []
    at = 0
    again = False
    for run, new in zip(runs, decoded, strict=True):
        if not is_sure and (codec != "cp1252" or not _is_certain(run)):
            continue
        start, end = run.span()
        pieces += (text[at:start], new)
        at = end
        # A run that could not be decoded would be looked at for ever: each pass must make the text
        # shorter.
        if not again and new != run[0]:
            around = text[max(start - 3, 0) : start] + new + text[end : end + 3]
            again = bool(reading.run.search(around)) or _holds(around, _SIGNS)
    return "".join(pieces) + text[at:], again, len(runs)


def _decode_run(run: str, byte_of: dict[str, int]) -> str:
    try:
        return bytes(map(byte_of.__getitem__, run)).decode("utf-8")
    except UnicodeDecodeError:
        return run


def _is_sure(decoded: str, codec: str) -> bool:
    """Whether a decoded run is no chance: four characters, or three letters that are not Latin."""
    lowest = min(decoded)
    if codec != "cp1252" and lowest <= "\u0590":
        return False
    return len(decoded) > 3 or (len(decoded) == 3 and decoded.isalpha() and lowest > "\u0250")


def _is_certain(run: re.Match[str]) -> bool:
    """Whether a run alone shows a wrong reading: no one types it, or it is «Ã» in a word."""
    if _CERTAIN.search(run[0]):
        return True
    text, start, end = run.string, *run.span()
    beside = text[max(start - 1, 0) : start] + text[end : end + 1]
    return run[0][0] == "Ã" and _LATIN_LETTER.search(beside) is not None
