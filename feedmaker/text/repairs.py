"""Text as a person typed it: what machines left in it is repaired or removed.

Mojibake, control and invisible characters, presentation forms, stretched letters, unbalanced
isolates, and letters of a foreign keyboard. `arabic.tidy` looks whether a text needs any of it.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Final

from feedmaker.text.mojibake import unmojibake

# Letters of Arabic script, and their marks.
_LETTER: Final = (
    "\u0620-\u063f\u0641-\u064a\u066e-\u06d3\u06d5\u06ee\u06ef\u06fa-\u06ff\u0750-\u077f"
)
_HARAKA: Final = "\u064b-\u065f\u0670"

_BREAK: Final = re.compile("\r\n?|[\x0b\x0c\u2028\u2029]")
# What stands where Windows has its quotes and dashes is meant as those (HTML Standard, numeric
# character references).
_CONTROL: Final = re.compile("[\x0b-\r\x80-\x9f\u2028\u2029]")
_C1: Final = re.compile("[\x80-\x9f]")
_CP1252: Final = {chr(code): bytes([code]).decode("cp1252", "ignore") for code in range(0x80, 0xA0)}
# Illegal in XML 1.0 (section 2.2), or of no meaning in a text: controls, noncharacters, lone
# surrogates, soft hyphens, invisible operators, byte order marks, the private letters of icon
# fonts. And bidi embeddings and overrides (UAX #9): direction is the reader's page's business, and
# one left open turns all that follows.
_JUNK: Final = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f\xad\u180e\u202a-\u202e\u2060-\u2065\u206a-\u206f\ud800-\uf8ff\ufdd0-\ufdef\ufeff\ufff9-\ufffc\ufffe\uffff"
    "\U000f0000-\U0010ffff]"
)
_WORD_LETTER: Final = rf"[\w\u0300-\u036f{_HARAKA}\u0900-\u0dff]"
_JOINING: Final = r"[^\x00-\u024f\u2000-\u206f\s]"
# Each begins with the character itself, so that searching skips all others.
_DEBRIS: Final = re.compile(
    # Zero width space: kept between letters of scripts that have no other, as Thai and Khmer.
    "\u200b(?<![\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]\u200b)"
    # Zero width non-joiner: the form of a letter inside a word; not at a word's edge, nor between
    # Latin letters.
    rf"|\u200c(?<!{_WORD_LETTER}\u200c)(?<!\u200c\u200c)|\u200c(?!{_WORD_LETTER})|\u200c(?<=[A-Za-z]\u200c)(?=[A-Za-z])"
    # Zero width joiner: in emoji, in scripts that join, and after heh, whose initial form means
    # "Hijri" in Persian.
    rf"|\u200d(?<!{_JOINING}\u200d)|\u200d(?<!\u0647\u200d)(?!{_JOINING})"
    # A direction mark before a letter of its own direction does nothing, and two say what one says
    # (UAX #9).
    f"|\u200f(?=[ \xa0]*[\u05d0-\u05ea{_LETTER}]|\u200f)|\u061c(?=[ \xa0]*[{_LETTER}]|\u061c)"
    "|\u200e(?=[ \xa0]*[A-Za-z]|\u200e)"
)
_UNSEEN: Final = re.compile("[\u061c\u200b-\u200f]")  # that may be debris
_ISOLATES: Final = re.compile("[\u2066-\u2069]")
# Presentation forms of letters. The symbols among them stay, a person types those: «ﷺ» «﷼» «﴾». «ﷲ»
# too, unless the letters around it are such forms.
_FORMS: Final = "\ufb50-\ufbb1\ufbd3-\ufd3d\ufd50-\ufdc7\ufe70-\ufefc"
_FORM_RUN: Final = re.compile(f"[{_FORMS}](?:[ {_HARAKA}]*[{_FORMS}\ufdf2])*")
_TATWEEL: Final = re.compile("\u0640+")
_LETTER_OR_HARAKA: Final = re.compile(f"[{_LETTER}{_HARAKA}]")
_BEFORE_LETTER: Final = re.compile(f"[{_HARAKA}]*[{_LETTER}]")
_SUSPECT: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u0640\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\uf8ff\ufb50-\ufdff\ufe70-\ufefc"
    "\ufeff\ufff9-\ufffc\ufffe\uffff\U000f0000-\U0010ffff]"
)
# Needs no repair: characters that are not suspect, and do not begin or end a sign of mojibake.
# Ordered by how often they are met, because they are tried in order. It takes a tenth of the time
# of the searches that it saves.
PLAIN: Final = re.compile(
    "[ -~\u061d-\u063f\u0641-\u06dc\n\t\u2010-\u201d\u201f-\u2027"
    "\xa0-\xa6\xa8-\xac\xae-\xc1\xc4-\xc6\xc8-\xcf\xd1-\xd6"
    "\xda-\xe1\xe3-\u061b\u06dd-\u180d\u180f-\u200a\u202f-\u205f\u2070-\ud7ff\U00010000-\U000effff]*+"
)
_SIGNS_OF_MOJIBAKE: Final = ("Ã", "Ø", "Ù", "â", "Â", "Ð", "×", "ط§", "ظ„", "Çá")


def repair(text: str) -> str:
    """Repair the encoding and the characters of a text; lines are kept.

    One repair may make room for another, so it is called until nothing changes.
    """
    if any(sign in text for sign in _SIGNS_OF_MOJIBAKE):
        text = unmojibake(text)
    # Each repair looks through the whole text: only those are made whose characters it has.
    suspects = "".join(set(_SUSPECT.findall(text)))
    if _CONTROL.search(suspects):
        text = _C1.sub(lambda found: _CP1252[found[0]], _BREAK.sub("\n", text))
    if _JUNK.search(suspects):
        text = _JUNK.sub("", text)
    if _UNSEEN.search(suspects):
        text = _DEBRIS.sub("", text)
    if _ISOLATES.search(suspects):
        text = "\n".join(map(_balance_isolates, text.split("\n")))
    if _FORM_RUN.search(suspects):
        text = _FORM_RUN.sub(_replace_forms, text)
    return _TATWEEL.sub(_remove_tatweel, text) if "\u0640" in suspects else text


# ---- marks

# On one letter; Tibetan has the most, seven. Normalizing takes time that grows with the square of
# their number (UAX #15 counts on 30), and they cover the lines above and below.
MOST_MARKS: Final = 8
# Where combining marks are in Unicode, and letters of scripts beyond the Arabic ones beside them.
_MARKS: Final = (
    "\u064b-\u065f\u0670\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u06d6-\u06ed\u0711-\u1dff\u20d0-\u20ff"
    "\u2cef-\u2cf1\u2d7f-\u2dff\u302a-\u302f\u3099\u309a\ua66f-\uabed\ufb1e\ufe00-\ufe2f\U00010000-\U0010ffff"
)
MARK: Final = re.compile(f"[{_MARKS}]")
MANY_MARKS: Final = re.compile(f"[{_MARKS}]{{{MOST_MARKS + 1},}}")


def cut_marks(run: re.Match[str]) -> str:
    """Return what is found by `MANY_MARKS` with at most eight marks on each letter."""
    kept = []
    marks = 0
    for character in run[0]:
        marks = marks + 1 if unicodedata.category(character)[0] == "M" else 0
        if marks <= MOST_MARKS:
            kept.append(character)
    return "".join(kept)


# ---- isolates


def _balance_isolates(line: str) -> str:
    """Remove isolates that are not closed, close nothing, or stand around a whole line.

    (UAX #9, BD9.)
    """
    opened: list[int] = []
    pairs: dict[int, int] = {}
    for match in _ISOLATES.finditer(line):
        if match[0] != "\u2069":
            opened.append(match.start())
        elif opened:
            pairs[opened.pop()] = match.start()
    if pairs.get(0) == len(line) - 1:
        del pairs[0]
    keep = {*pairs, *pairs.values()}
    return _ISOLATES.sub(lambda match: match[0] if match.start() in keep else "", line)


@cache
def _kind_of_form(character: str) -> str:
    """Return the kind of a presentation form: isolated, initial, medial, final, or none."""
    return unicodedata.decomposition(character).partition(" ")[0].strip("<>")


@cache
def _letters_of_form(character: str) -> str:
    """Return the letters that a presentation form stands for."""
    if character <= "\ufb00" or not _kind_of_form(character):
        return character
    letters = unicodedata.normalize("NFKC", character)
    return letters.replace(" ", "").replace("\u0640", "")


def _replace_forms(match: re.Match[str]) -> str:
    """Return a run of presentation forms as letters.

    Some programs store text as it is seen, last letter first: such a run is turned round.
    """
    run = match[0]
    turned = 0  # signs that it is, less signs that it is not
    for word in run.split():
        if len(word) > 1:
            first, last = _kind_of_form(word[0]), _kind_of_form(word[-1])
            turned += (first in ("final", "medial")) + (last in ("initial", "medial"))
            turned -= (first == "initial") + (last == "final")
    if turned > 0:
        run = run[::-1]
    return "".join(map(_letters_of_form, run))


def _remove_tatweel(match: re.Match[str]) -> str:
    """Remove tatweel between letters, which it only stretches; else keep one: «لـ"رويترز"»."""
    text, start, end = match.string, *match.span()
    after_letter = start > 0 and _LETTER_OR_HARAKA.match(text, start - 1)
    return "" if after_letter and _BEFORE_LETTER.match(text, end) else "\u0640"


# Letters that the keyboards of Persian and Urdu give for Arabic ones.
FOREIGN_LETTER: Final = re.compile("[کڪھہۃی]")
ARABIC_WORD: Final = re.compile(f"[{_LETTER}{_HARAKA}]+")
_ARABIC_LETTERS: Final = str.maketrans("کڪھہۃی", "ككههةي")
# The last letter of these is alef maksura, which looks like Persian yeh; of most others it is yeh.
_MAKSURA: Final = re.compile(
    "[وفبل]?(?:ال)?(?:على|إلى|الى|حتى|متى|لدى|سوى|مدى|أخرى|اخرى|كبرى|أعلى|أولى|ذكرى|معنى|مبنى|مستوى|مستشفى"
    "|قوى|جدوى|شورى|فتوى|دعوى|موسى|عيسى|مصطفى|يحيى|مرتضى|ليلى|سلمى|منى|هدى|ندى)"
)


def replace_foreign_letters(match: re.Match[str]) -> str:
    """Return an Arabic word, perhaps typed on another keyboard, in Arabic letters."""
    if not FOREIGN_LETTER.search(match[0]):
        return match[0]
    word = match[0].translate(_ARABIC_LETTERS)
    final = word[:-1] + "ى"
    return final if match[0].endswith("ی") and _MAKSURA.fullmatch(final) else word
