"""Text of Arabic pages, and of the languages around it: digits, direction, language, repair, and a
form to compare.

Pure functions from text to text. `tidy` gives the text a person typed; `fold` the one form in which
two texts are compared. Neither raises on any string, and doing either twice changes nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache, lru_cache
from typing import Literal

from feedmaker.text.charset import unmojibake
from feedmaker.text.label_words import WORDS

Direction = Literal["rtl", "ltr"]

# ---- digits


_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")


def digits(text: str) -> str:
    """`text` with Arabic-Indic and Persian digits in ASCII."""
    return text if text.isascii() else text.translate(_DIGITS)


# ---- comparing

# Letters that are written for one another, beyond what taking the marks off a letter (NFKD) makes
# equal, as the seats of hamza and alef with madda. Barree yeh, peh, gaf and their like make other
# words and stay.
_ALIKE = dict(zip("ٱىیېةۃہھەکڪ", "اييي" + "ههههه" + "كك", strict=True))
# Marks that writers leave out: of Latin, Greek and Cyrillic, Hebrew and Arabic; tatweel; variation
# selectors.
_UNWRITTEN = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u08ca-\u08ff\ufe00-\ufe0f\ufe20-\ufe2f]"
)


def _fold_character(character: str) -> str:
    """What one character counts for when texts are compared; a space for punctuation, symbols and
    white space.
    """
    out = []
    for mark in unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", character).casefold()):
        letter = _ALIKE.get(mark, mark)
        category = unicodedata.category(letter)
        if category == "Nd":
            out.append(str(unicodedata.decimal(letter)))
        elif (
            category in ("Cf", "Cs")
            or _UNWRITTEN.match(letter)
            or (category == "Cc" and not letter.isspace())
        ):
            continue
        else:
            out.append(letter if category[0] in "LNM" else " ")
    return "".join(out)


_MOST_FOLDED = 100_000  # characters


class _FoldTable(dict[int, str]):
    """The table of `fold`, filled as characters are met, with more than any language writes but not
    all there are.
    """

    def __missing__(self, code: int) -> str:
        folded = _fold_character(chr(code))
        if len(self) < _MOST_FOLDED:
            self[code] = folded
        return folded


_FOLD = _FoldTable()


def fold(text: str) -> str:
    """The one form in which texts are compared: words with single spaces between them.

    Case, marks (Arabic harakat, Latin accents), the seats of hamza, the forms of alef, yeh, kaf,
    heh and teh marbuta, presentation forms, tatweel, digits, invisible characters, punctuation and
    symbols make no difference in it.
    """
    return " ".join(text.translate(_FOLD).split())


@lru_cache(maxsize=1)
def fold_lines(text: str) -> tuple[str, ...]:
    """The lines of a text as `fold` gives them, without empty ones; those of the last text are
    remembered.

    Folding a story takes a sixth of a millisecond, and two ask for it.
    """
    return tuple(line for line in map(fold, text.splitlines()) if line)


# ---- repairing

_LETTER = "\u0620-\u063f\u0641-\u064a\u066e-\u06d3\u06d5\u06ee\u06ef\u06fa-\u06ff\u0750-\u077f"  # of Arabic script
_HARAKA = "\u064b-\u065f\u0670"

_BREAK = re.compile("\r\n?|[\x0b\x0c\u2028\u2029]")
# What stands where Windows has its quotes and dashes is meant as those (HTML Standard, numeric
# character references).
_CONTROL = re.compile("[\x0b-\r\x80-\x9f\u2028\u2029]")
_C1 = re.compile("[\x80-\x9f]")
_AS_TYPED = {chr(code): bytes([code]).decode("cp1252", "ignore") for code in range(0x80, 0xA0)}
# Illegal in XML 1.0 (section 2.2), or of no meaning in a text: controls, noncharacters, lone
# surrogates, soft hyphens, invisible operators, byte order marks, the private letters of icon
# fonts. And bidi embeddings and overrides (UAX #9): direction is the reader's page's business, and
# one left open turns all that follows.
_JUNK = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f\xad\u180e\u202a-\u202e\u2060-\u2065\u206a-\u206f\ud800-\uf8ff\ufdd0-\ufdef\ufeff\ufff9-\ufffc\ufffe\uffff"
    "\U000f0000-\U0010ffff]"
)
_INSIDE = rf"[\w\u0300-\u036f{_HARAKA}\u0900-\u0dff]"
_JOINED = r"[^\x00-\u024f\u2000-\u206f\s]"
# Each begins with the character itself, so that searching skips all others.
_DEBRIS = re.compile(
    # Zero width space: kept between letters of scripts that have no other, as Thai and Khmer.
    "\u200b(?<![\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]\u200b)"
    # Zero width non-joiner: the form of a letter inside a word; not at a word's edge, nor between
    # Latin letters.
    rf"|\u200c(?<!{_INSIDE}\u200c)(?<!\u200c\u200c)|\u200c(?!{_INSIDE})|\u200c(?<=[A-Za-z]\u200c)(?=[A-Za-z])"
    # Zero width joiner: in emoji, in scripts that join, and after heh, whose initial form means
    # "Hijri" in Persian.
    rf"|\u200d(?<!{_JOINED}\u200d)|\u200d(?<!\u0647\u200d)(?!{_JOINED})"
    # A direction mark before a letter of its own direction does nothing, and two say what one says
    # (UAX #9).
    f"|\u200f(?=[ \xa0]*[\u05d0-\u05ea{_LETTER}]|\u200f)|\u061c(?=[ \xa0]*[{_LETTER}]|\u061c)"
    "|\u200e(?=[ \xa0]*[A-Za-z]|\u200e)"
)
_ISOLATES = re.compile("[\u2066-\u2069]")
# Presentation forms of letters. The symbols among them stay, a person types those: «ﷺ» «﷼» «﴾». «ﷲ»
# too, unless the letters around it are such forms.
_FORMS = "\ufb50-\ufbb1\ufbd3-\ufd3d\ufd50-\ufdc7\ufe70-\ufefc"
_FORM_RUN = re.compile(f"[{_FORMS}](?:[ {_HARAKA}]*[{_FORMS}\ufdf2])*")
_TATWEEL = re.compile("\u0640+")
_BEFORE_LETTER = re.compile(f"[{_HARAKA}]*[{_LETTER}]")
_SUSPECT = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u0640\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\uf8ff\ufb50-\ufdff\ufe70-\ufefc"
    "\ufeff\ufff9-\ufffc\ufffe\uffff\U000f0000-\U0010ffff]"
)
_TWICE = ("Ã", "Ø", "Ù", "â", "Â", "Ð", "×", "ط§", "ظ„", "Çá")
# Nothing of all this: the characters that are none of the suspects, and no first or last sign of a
# text decoded twice. Ordered by how often they are met, because they are tried in order; a tenth of
# the time of the searches it saves.
_PLAIN = re.compile(
    "[ -~\u061d-\u063f\u0641-\u06dc\n\t\u2010-\u201d\u201f-\u2027\xa0-\xa6\xa8-\xac\xae-\xc1\xc4-\xc6\xc8-\xcf\xd1-\xd6"
    "\xda-\xe1\xe3-\u061b\u06dd-\u180d\u180f-\u200a\u202f-\u205f\u2070-\ud7ff\U00010000-\U000effff]*+"
)


def tidy(text: str, language: str | None = None) -> str:
    """The text a person typed: without what machines left in it, in NFC, legal in XML 1.0; its
    lines are kept.

    `language` is the page's (BCP 47): on an Arabic one Persian yeh and kaf are slips of the
    keyboard, and only there.
    """
    arabic = language is not None and language.lower().partition("-")[0] == "ar"
    while True:
        before = text
        plain = _PLAIN.fullmatch(text) is not None
        if not plain and any(sign in text for sign in _TWICE):
            text = unmojibake(text)
        if not plain and _SUSPECT.search(text):
            text = _repaired(text)
        if not unicodedata.is_normalized("NFC", text):
            text = unicodedata.normalize("NFC", text)
        if (
            arabic
            and _FOREIGN.search(text)
            and guess_language(" ".join(_WORD.findall(text))) in ("ar", None)
        ):
            text = _WORD.sub(_own_letters, text)
        if text == before:  # most often at once; else one repair may have made room for another
            return text


def _repaired(text: str) -> str:
    """`text` without controls, invisible debris, presentation forms and stretched letters."""
    if _CONTROL.search(text):
        text = _C1.sub(lambda found: _AS_TYPED[found[0]], _BREAK.sub("\n", text))
    text = _DEBRIS.sub("", _JUNK.sub("", text))
    if _ISOLATES.search(text):
        text = "\n".join(map(_balanced, text.split("\n")))
    return _TATWEEL.sub(_unstretched, _FORM_RUN.sub(_typed, text))


def _balanced(line: str) -> str:
    """A line without isolates that are not closed, close nothing, or stand around all of it (UAX
    #9, BD9).
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
def _form(character: str) -> tuple[str, str]:
    """The letters that a presentation form stands for, and its kind: isolated, initial, medial or
    final.
    """
    kind = unicodedata.decomposition(character).partition(" ")[0].strip("<>")
    return unicodedata.normalize("NFKC", character).replace(" ", "").replace(
        "\u0640", ""
    ) if kind else character, kind


def _typed(match: re.Match[str]) -> str:
    """A run of presentation forms as letters; turned round where it was stored as it is seen, last
    letter first.
    """
    run = match[0]
    turned = 0
    for word in run.split():
        if len(word) > 1:
            first, last = _form(word[0])[1], _form(word[-1])[1]
            turned += (first in ("final", "medial")) + (last in ("initial", "medial"))
            turned -= (first == "initial") + (last == "final")
    return "".join(_form(c)[0] if c > "\ufb00" else c for c in (run[::-1] if turned > 0 else run))


def _unstretched(match: re.Match[str]) -> str:
    """A run of tatweel: nothing between two letters, which it only stretches; else once, as typed
    («لـ"رويترز"»).
    """
    text, start, end = match.string, *match.span()
    inside = (
        start > 0
        and re.match(f"[{_LETTER}{_HARAKA}]", text[start - 1])
        and _BEFORE_LETTER.match(text, end)
    )
    return "" if inside else "\u0640"


# Letters that the keyboards of Persian and Urdu give for Arabic ones.
_FOREIGN = re.compile("[کڪھہۃی]")
_WORD = re.compile(f"[{_LETTER}{_HARAKA}]+")
_OWN = str.maketrans("کڪھہۃی", "ككههةي")
# The last letter of these is alef maksura, which looks like Persian yeh; of most others it is yeh.
_MAKSURA = re.compile(
    "[وفبل]?(?:ال)?(?:على|إلى|الى|حتى|متى|لدى|سوى|مدى|أخرى|اخرى|كبرى|أعلى|أولى|ذكرى|معنى|مبنى|مستوى|مستشفى"
    "|قوى|جدوى|شورى|فتوى|دعوى|موسى|عيسى|مصطفى|يحيى|مرتضى|ليلى|سلمى|منى|هدى|ندى)"
)


def _own_letters(match: re.Match[str]) -> str:
    """An Arabic word, typed on another keyboard perhaps, in Arabic letters."""
    if not _FOREIGN.search(match[0]):
        return match[0]
    word = match[0].translate(_OWN)
    final = word[:-1] + "ى"
    return final if match[0].endswith("ی") and _MAKSURA.fullmatch(final) else word


# ---- direction

_RTL_LANGUAGES = re.compile("ar|arc|arz|ckb|dv|fa|he|iw|nqo|pnb|prs|ps|sd|syr|ug|ur|yi")
_RTL_SCRIPTS = re.compile("adlm|arab|aran|hebr|nkoo|rohg|syrc|thaa")
# May be strong: of ASCII only letters are, beyond it flags, squared letters and marks, too.
_STRONG = re.compile("[A-Za-z]|[^\x00-\x7f]")


def direction(language: str) -> Direction:
    """The direction of a language tag (BCP 47): of its script where it names one, else of its
    language.
    """
    first, *others = language.replace("_", "-").lower().split("-")
    for subtag in others:
        if len(subtag) == 4 and subtag.isalpha():
            return "rtl" if _RTL_SCRIPTS.fullmatch(subtag) else "ltr"
    return "rtl" if _RTL_LANGUAGES.fullmatch(first) else "ltr"


def _strong(character: str) -> Direction | None:
    kind = unicodedata.bidirectional(character)
    return "rtl" if kind in ("R", "AL") else "ltr" if kind == "L" else None


def first_strong(text: str) -> Direction | None:
    """The direction of the first strong character, as `dir="auto"` finds it (UAX #9, P2); None
    where there is none.
    """
    return next(filter(None, (_strong(match[0]) for match in _STRONG.finditer(text))), None)


def lead(text: str, direction: Direction) -> str:
    """`text` opened by one direction mark where its first strong character would have readers show
    it wrongly.

    That is the case only where it also has letters of the wanted direction: a name in Latin letters
    alone is shown right as it is. (W3C, Strings on the Web, 2024: a mark where it is needed, never
    elsewhere.)
    """
    if first_strong(text) in (None, direction):
        return text
    if all(_strong(match[0]) != direction for match in _STRONG.finditer(text)):
        return text
    return ("\u200f" if direction == "rtl" else "\u200e") + text


# ---- language

_KANA = "[\u3040-\u30ff]"
_SCRIPTS = {
    "[\u0620-\u06ff]": ("ar", "fa", "ur", "ckb", "ps"),
    "[A-Za-zÀ-ɏ]": ("en", "fr", "de", "es", "it", "pt", "nl", "pl", "tr", "sv", "id"),
    "[\u0400-\u04ff]": ("ru", "uk", "bg"),
    "[\u05d0-\u05ea]": ("he",),
    "[\u0370-\u03ff]": ("el",),
    _KANA: ("ja",),
    "[\u4e00-\u9fff]": ("zh",),
    "[\uac00-\ud7a3]": ("ko",),
}
# Letters that only one language of a script has, or nearly so; each counts as a word.
_LETTERS = {
    "ur": "[ٹڈڑںےۓھ]",
    "fa": "[پچژگ]",
    "ckb": "[ەێۆڕڵ]",
    "ps": "[ښځډګړ]",
    "ar": "ة|\\bال|[أإ]|ى\\b",
    "uk": "[іїєґ]",
    "ru": "[ыэё]",
}


@cache
def _index() -> dict[str, list[str]]:
    """Frequent word, folded -> the languages that have it."""
    index: dict[str, list[str]] = {}
    for language, words in WORDS.items():
        for word in {fold(word) for word in words.split()}:
            index.setdefault(word, []).append(language)
    return index


def guess_language(text: str) -> str | None:
    """The language of a text (ISO 639) by its letters and frequent words; None when unsure, as of
    names and numbers.
    """
    sample = text[:1500]
    some = sample[:: len(sample) // 300 + 1]
    sizes: dict[str, int] = {}
    for script in _SCRIPTS:
        sizes[script] = len(re.findall(script, some))
        if 2 * sizes[script] > len(some):
            break
    script = max(sizes, key=lambda s: sizes[s])
    languages = _SCRIPTS[script]
    if languages == ("zh",) and re.search(_KANA, some):
        return "ja"
    if sizes[script] < 3 or len(languages) == 1:
        return languages[0] if sizes[script] > 1 else None
    index = _index()
    hits = Counter(
        language
        for word in fold(sample).split()
        for language in index.get(word, ())
        if language in languages
    )
    for language in _LETTERS.keys() & set(languages):
        hits[language] += len(re.findall(_LETTERS[language], sample))
    (first, best), (_, second) = [*hits.most_common(2), ("", 0), ("", 0)][:2]
    if "ar" in languages:
        # A word of Arabic script tells more than one of Latin, and letters that all but Arabic have
        # tell the rest.
        if not best:
            return "fa" if re.search("[کی]", sample) else None
        return first if best > second * 1.2 else None
    return first if best > 1 and best > second * 1.2 else None
