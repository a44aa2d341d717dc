"""Text in Arabic and in the languages around it: digits, folding, tidying, direction, language.

Pure functions. `tidy` gives the text that a person typed; `fold` gives the form in which two texts
are compared. Neither raises on any string, and doing either twice changes nothing.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections import Counter
from functools import cache, lru_cache
from typing import Final, Literal, TypeAlias

from feedmaker.text.languages import (
    FREQUENT_WORDS,
    KANA,
    LANGUAGES_OF_SCRIPT,
    OWN_LETTERS,
    RTL_LANGUAGES,
    RTL_SCRIPTS,
)

Direction: TypeAlias = Literal["rtl", "ltr"]

# ---- digits


_DIGITS: Final = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")


def digits(text: str) -> str:
    """Return `text` with Arabic-Indic and Persian digits in ASCII."""
    return text if text.isascii() else text.translate(_DIGITS)


# ---- folding

# Letters that are written for one another, beyond what taking the marks off a letter (NFKD) makes
# equal, as the seats of hamza and alef with madda. Barree yeh, peh, gaf and their like make other
# words and stay.
_SAME_LETTER: Final = dict(zip("ٱىیېةۃہھەکڪ", "اييي" + "ههههه" + "كك", strict=True))
# Marks that writers leave out: of Latin, Greek and Cyrillic, Hebrew and Arabic; tatweel; variation
# selectors.
_OPTIONAL_MARK: Final = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670"
    "\u06d6-\u06ed\u08ca-\u08ff\ufe00-\ufe0f\ufe20-\ufe2f]"
)
_MOST_FOLDED: Final = 100_000  # characters: more than any language writes, but not all there are


class _FoldTable(dict[int, str]):
    """The table of `fold`, filled as characters are met."""

    def __missing__(self, code: int) -> str:
        """Return the folded form of a character; a space for punctuation, symbols and blanks."""
        compatible = unicodedata.normalize("NFKD", chr(code)).casefold()
        folded = ""
        for mark in unicodedata.normalize("NFKD", compatible):
            letter = _SAME_LETTER.get(mark, mark)
            category = unicodedata.category(letter)
            if category == "Nd":
                folded += str(unicodedata.decimal(letter))
            elif letter.isspace():
                folded += " "
            elif category not in ("Cf", "Cs", "Cc") and not _OPTIONAL_MARK.match(letter):
                folded += letter if category[0] in "LNM" else " "
        if len(self) < _MOST_FOLDED:
            self[code] = folded
        return folded


_FOLD_TABLE: Final = _FoldTable()
# The same of ASCII, for bytes.
_ASCII_FOLDED: Final = bytes([ord(_FOLD_TABLE[code] or " ") for code in range(128)]) + bytes(128)
_ASCII_DROPPED: Final = bytes([code for code in range(128) if not _FOLD_TABLE[code]])

# What most texts in Arabic, Persian, Urdu and Latin letters are made of. With a byte for each
# character a text is folded in half the time.
_FREQUENT: Final = (
    "\0\t\n\r"
    + "".join(map(chr, range(32, 127)))
    + "ءآأؤإئابةتثجحخدذرزسشصضطظعغـفقكلمنهوىيپچژگکیہھےٹڈڑںۃۓە\u064b\u064c\u064d\u064e\u064f\u0650"
    "\u0651\u0652\u0653\u0654\u0655\u0670٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹،؛؟٪٫٬۔"
    "éèàçäöüáíóñêúâîôûëïãõøåÄÖÜÉÀÁÓıİşŞğ‘’“”„«»–—…•·€©®°\xa0\xad\u200b\u200c\u200d\u200e\u200f"
)
_UNUSED: Final = "\ufffe" * (256 - len(_FREQUENT))
_BYTES: Final = codecs.charmap_build(_FREQUENT + _UNUSED)
# Three points are a space three times, and spaces are made one.
_FOLDED: Final = [_FOLD_TABLE[ord(character)][:1] for character in _FREQUENT]
_DROPPED: Final = bytes([byte for byte, folded in enumerate(_FOLDED) if not folded])
_CHARACTERS: Final = "".join([folded or "\ufffe" for folded in _FOLDED]) + _UNUSED


def fold(text: str) -> str:
    """Return the form in which texts are compared: words with single spaces between them.

    Case, marks (Arabic harakat, Latin accents), the seats of hamza, the forms of alef, yeh, kaf,
    heh and teh marbuta, presentation forms, tatweel, digits, invisible characters, punctuation and
    symbols make no difference in it.
    """
    return " ".join(fold_words(text))


def fold_words(text: str) -> list[str]:
    """Return the words of a text in the form of `fold`."""
    if text.isascii():  # bytes take half the time of a long text
        return text.encode().translate(_ASCII_FOLDED, _ASCII_DROPPED).decode().split()
    try:
        content, _ = codecs.charmap_encode(text, "strict", _BYTES)
    except UnicodeEncodeError:
        return text.translate(_FOLD_TABLE).split()
    letters, _ = codecs.charmap_decode(content.translate(None, _DROPPED), "strict", _CHARACTERS)
    return letters.split()


@lru_cache(maxsize=1)
def fold_lines(text: str) -> tuple[str, ...]:
    """Return the folded lines of a text, without empty ones.

    Folding a story takes a sixth of a millisecond, and two callers in a row ask for it.
    """
    return tuple(filter(None, map(fold, text.splitlines())))


# ---- stems

# The article, prepositions and conjunctions before a folded word, and the endings after it.
PREFIX: Final = re.compile(r"(?:[وف]?(?:[بكل]?ال|لل)|[وف])(?=\w{3})")
_SUFFIX: Final = re.compile(r"(?<=\w{3})(?:ات|ون|ين|ان|ها|هم|يه|وا|ا|ه|ي|ت)$")


def stem(word: str) -> str:
    """Return a folded word without the article, conjunction and ending that spellings differ in."""
    return _SUFFIX.sub("", PREFIX.sub("", word))


# ---- tidying

# Most texts are of these characters alone, which are plain and stand in NFC as they are: letters
# without marks of their own, digits, signs. «„» is one but behind «ظ».
_SIMPLE: Final = re.compile(
    "(?:[ -~\u060c\u061b\u061f\u0621-\u063a\u0641-\u064a\u0660-\u0669\n\t\u2010-\u201d\u201f-\u2027"
    "\u20ac\u2122\u2190-\u2193\xa0-\xa6\xa8-\xac\xae-\xc1\xc4-\xc6\xc8-\xcf\xd1-\xd6\xda-\xe1\xe3-\u017f"
    "\u0391-\u03a1\u03a3-\u03ce\u0400-\u0481\u048a-\u052f\u05d0-\u05ea\u3001\u3002\u300c\u300d"
    "\u3041-\u3096\u30a1-\u30fa\u30fc\u4e00-\u9fff\uac00-\ud7a3\uff01-\uff1f]++"
    "|(?<!ظ)„)*+"
)


def tidy(text: str, language: str | None = None) -> str:
    """Return the text a person typed: without what machines left in it, in NFC, legal in XML 1.0.

    Lines are kept. `language` is the page's (BCP 47): on an Arabic one Persian yeh and kaf are
    slips of the keyboard, and only there.
    """
    if (text.isascii() and text.isprintable()) or _SIMPLE.fullmatch(text):
        return text
    # Its patterns take as long to make as to fetch five listings, and a run itself tidies no page.
    from feedmaker.text import repairs

    is_arabic = language is not None and language.lower().partition("-")[0] == "ar"
    while True:
        before = text
        # Nine marks in a row have one at every ninth place.
        if repairs.MARK.search(text[repairs.MOST_MARKS :: repairs.MOST_MARKS + 1]):
            text = repairs.MANY_MARKS.sub(repairs.cut_marks, text)
        if not repairs.PLAIN.fullmatch(text):
            text = repairs.repair(text)
        if not unicodedata.is_normalized("NFC", text):
            text = unicodedata.normalize("NFC", text)
        if is_arabic and repairs.FOREIGN_LETTER.search(text):
            text = _with_arabic_letters(text)
        if text == before:  # most often at once; else one repair may have made room for another
            return text


def tidy_line(text: str) -> str:
    """Return tidy text on one line; most is so already, which `isprintable` tells quickest."""
    if text.isprintable() and "  " not in text:
        return text.strip()
    return " ".join(tidy(text).split())


def _with_arabic_letters(text: str) -> str:
    """Replace letters of a foreign keyboard, unless the text is in another language."""
    from feedmaker.text.repairs import ARABIC_WORD, replace_foreign_letters  # as above

    words = " ".join(ARABIC_WORD.findall(text))
    if guess_language(words) not in ("ar", None):
        return text
    return ARABIC_WORD.sub(replace_foreign_letters, text)


# ---- direction

# May be strong: of ASCII only letters are, beyond it flags, squared letters and marks, too.
_MAY_BE_STRONG: Final = re.compile("[A-Za-z]|[^\x00-\x7f]")
_DIRECTION_OF_CLASS: Final[dict[str, Direction]] = {"R": "rtl", "AL": "rtl", "L": "ltr"}


def direction(language: str) -> Direction:
    """Return the direction of a language tag (BCP 47): of its script if it names one."""
    first, *others = language.replace("_", "-").lower().split("-")
    for subtag in others:
        if len(subtag) == 4 and subtag.isalpha():
            return "rtl" if subtag in RTL_SCRIPTS else "ltr"
    return "rtl" if first in RTL_LANGUAGES else "ltr"


def first_strong(text: str) -> Direction | None:
    """Return the direction of the first strong character, as `dir="auto"` finds it (UAX #9, P2)."""
    for match in _MAY_BE_STRONG.finditer(text):
        found = _DIRECTION_OF_CLASS.get(unicodedata.bidirectional(match[0]))
        if found:
            return found
    return None


def lead(text: str, direction: Direction) -> str:
    """Begin `text` with a direction mark if its first strong character would show it wrongly.

    That is the case only if it also has letters of the wanted direction: a name in Latin letters
    alone is shown right as it is. (W3C, Strings on the Web, 2024: a mark where it is needed, never
    elsewhere.)
    """
    if first_strong(text) in (None, direction):
        return text
    classes = {unicodedata.bidirectional(match[0]) for match in _MAY_BE_STRONG.finditer(text)}
    if direction not in map(_DIRECTION_OF_CLASS.get, classes):
        return text
    return _MARK_OF[direction] + text


_MARK_OF: Final[dict[Direction, str]] = {"rtl": "\u200f", "ltr": "\u200e"}
_STRONG_OR_NUMBER: Final = frozenset([*_DIRECTION_OF_CLASS, "EN", "AN", "NSM", "BN"])


def with_marks(text: str, direction: Direction) -> str:
    """Return `text` as every program shows it in this direction: see `lead` and `trail`."""
    return trail(lead(text, direction), direction)


def trail(text: str, direction: Direction) -> str:
    """End `text` with a direction mark if its end would stand in a wrong place elsewhere.

    In a program with the other direction that is punctuation behind a letter of this direction: in
    a list from left to right the full stop of an Arabic line stands at its beginning. Behind a name
    in other letters no mark can help.
    """
    end = len(text.rstrip())
    if not end or unicodedata.bidirectional(text[end - 1]) in _STRONG_OR_NUMBER:
        return text
    for character in reversed(text[:end]):
        found = _DIRECTION_OF_CLASS.get(unicodedata.bidirectional(character))
        if found:
            return text + _MARK_OF[direction] if found == direction else text
    return text


# ---- language


@cache
def _languages_of_words() -> dict[str, list[str]]:
    """Return the languages of each frequent word, folded."""
    found: dict[str, list[str]] = {}
    for language, words in FREQUENT_WORDS.items():
        for word in set(fold(words).split()):
            found.setdefault(word, []).append(language)
    return found


def guess_language(text: str) -> str | None:
    """Return the language of a text (ISO 639) by its letters and frequent words.

    None when unsure, as for names and numbers. The first 1500 characters are looked at.
    """
    sample = text[:1500]
    languages, letters = _languages_of_script(sample)
    if letters < 2:
        return None
    if letters < 3 or len(languages) == 1:
        return languages[0]
    votes = _votes(sample, languages).most_common(2)
    (first, best), (_, second) = [*votes, ("", 0), ("", 0)][:2]
    is_arabic_script = "ar" in languages
    if is_arabic_script and not best:
        return "fa" if re.search("[کی]", sample) else None
    # A word of Arabic script says more than one of Latin: there are fewer languages.
    needed = 1 if is_arabic_script else 2
    return first if best >= needed and best > second * 1.2 else None


def _languages_of_script(sample: str) -> tuple[tuple[str, ...], int]:
    """Return the languages of the script that most letters are of, and the number of these."""
    some = sample[:: len(sample) // 300 + 1]
    best: tuple[str, ...] = ()
    most = -1
    for script, languages in LANGUAGES_OF_SCRIPT.items():
        letters = len(re.findall(script, some))
        if letters > most:
            best, most = languages, letters
        if 2 * letters > len(some):
            break
    if best == ("zh",) and re.search(KANA, some):
        best = ("ja",)
    return best, most


def _votes(sample: str, languages: tuple[str, ...]) -> Counter[str]:
    """Count the frequent words and the own letters of each language."""
    known = _languages_of_words()
    votes: Counter[str] = Counter()
    for word in fold(sample).split():
        votes.update(known.get(word, ()))
    for language in languages:
        if language in OWN_LETTERS:
            votes[language] += len(re.findall(OWN_LETTERS[language], sample))
    return Counter({language: votes[language] for language in languages})
