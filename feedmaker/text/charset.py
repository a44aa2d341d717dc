"""Bytes and labels -> text, as browsers read them, with the repairs Arabic pages need.

`decode` believes, in this order: a byte order mark, UTF-8 that is valid, the HTTP header, the
page's own `meta`, what the site usually uses, the letters. A label is believed unless the bytes
refute it, as Arabic words do under a Latin one. `unmojibake` is for text that was decoded wrongly
before we got it. Labels and prescan are those of the WHATWG Encoding and HTML Standards.
"""

from __future__ import annotations

import codecs
import math
import re
from collections import Counter
from functools import cache, lru_cache
from itertools import islice

# ---- labels

# Python's name of a codec -> the standard's name of the encoding and the Python codec nearest to
# that. What is not here is not for the web (utf-7, rot13, ...) and no label.
_CODECS = {
    "utf-8": ("utf-8", "utf-8"),
    "utf-16": ("utf-16le", "utf-16-le"),
    "utf-16-le": ("utf-16le", "utf-16-le"),
    "utf-16-be": ("utf-16be", "utf-16-be"),
    **dict.fromkeys(("ascii", "iso8859-1"), ("windows-1252", "cp1252")),
    **dict.fromkeys(("iso8859-11", "tis-620", "cp874"), ("windows-874", "cp874")),
    **dict.fromkeys(("gb2312", "gbk"), ("gbk", "gb18030")),
    **dict.fromkeys(("big5", "big5hkscs"), ("big5", "big5hkscs")),
    **dict.fromkeys(("euc_kr", "cp949"), ("euc-kr", "cp949")),
    **dict.fromkeys(("shift_jis", "cp932"), ("shift_jis", "cp932")),
    "gb18030": ("gb18030", "gb18030"),
    "euc_jp": ("euc-jp", "euc_jp"),
    "iso2022_jp": ("iso-2022-jp", "iso2022_jp"),
    "koi8-r": ("koi8-r", "koi8-r"),
    "koi8-u": ("koi8-u", "koi8-u"),
    "cp866": ("ibm866", "cp866"),
    "mac-roman": ("macintosh", "mac-roman"),
    "mac-cyrillic": ("x-mac-cyrillic", "mac-cyrillic"),
    **{f"cp{n}": (f"windows-{n}", f"cp{n}") for n in range(1250, 1259)},
    **{
        f"iso8859-{n}": (f"iso-8859-{n}", f"iso8859-{n}")
        for n in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)
    },
    "iso8859-9": ("windows-1254", "cp1254"),
}
# Labels of the standard that Python does not know.
_ALIASES = {
    **dict.fromkeys(("csiso88596e", "csiso88596i", "iso-8859-6-e", "iso-8859-6-i"), "iso8859-6"),
    **dict.fromkeys(
        ("csiso88598e", "csiso88598i", "iso-8859-8-e", "iso-8859-8-i", "logical", "visual"),
        "iso8859-8",
    ),
    **dict.fromkeys(("unicode-1-1-utf-8", "unicode11utf8", "x-unicode20utf8"), "utf-8"),
    **dict.fromkeys(("x-sjis", "windows-31j"), "cp932"),
    **dict.fromkeys(("windows-874", "dos-874"), "cp874"),
    **dict.fromkeys(("koi", "koi8"), "koi8-r"),
    "windows-949": "cp949",
    "x-gbk": "gbk",
    "x-euc-jp": "euc_jp",
    "x-x-big5": "big5",
    "x-mac-roman": "mac-roman",
    "x-mac-cyrillic": "mac-cyrillic",
}


@lru_cache(256)
def encoding(label: str) -> tuple[str, str] | None:
    """The standard's name and the Python codec of a label; None where it is none of the web."""
    label = label.strip().lower()
    # x-cp1256, win-1256, windows1256, iso8859-6, iso88596: all seen, all plain in what they mean.
    label = re.sub(r"^(?:x-cp|win|windows)[-_]?(?=125\d$)", "cp", label)
    label = re.sub(r"^iso[-_]?8859[-_]?(?=\d{1,2}$)", "iso8859-", label)
    try:
        return _CODECS.get(_ALIASES.get(label) or codecs.lookup(label).name)
    except (LookupError, ValueError):
        return None


_HEADER = re.compile(r"charset\s*=\s*[\"']?\s*([^\s\"';,]+)", re.IGNORECASE)
_META = re.compile(rb"<meta\b[^>]*?charset\s*=\s*[\"']?\s*([^\s\"'/>;]+)", re.IGNORECASE)
_XML = re.compile(rb"\s*<\?xml\b[^>]*?encoding\s*=\s*[\"']([^\"']+)", re.IGNORECASE)
_COMMENT = re.compile(rb"<!--.*?(?:-->|$)", re.DOTALL)
_HEAD_ENDS = re.compile(rb"</head|<body", re.IGNORECASE)


def _declared(content: bytes) -> str:
    """The label of a page's own: in its first 1024 bytes (prescan), or later in its head, as
    Chromium looks on.
    """
    for length in (1024, 16384):
        head = content[:length]
        if b"<!--" in head:
            head = _COMMENT.sub(b"", head)
        found = _XML.match(head) or _META.search(_HEAD_ENDS.split(head, maxsplit=1)[0])
        if found:
            return found[1].decode("ascii", "replace")
    return ""


# ---- guessing

# Letters per thousand letters of running text, rounded: Arabic as counted in news pages, the others
# as is well known.
_FREQUENT = {
    "ar": "ا159ل117ي71م65و56ن48ت47ر46ة40د35ب33ع31س27ف26ق21ح19ه19ك17ج14أ13ش10ص10ط10خ8ض8إ7ى7ذ6ز5ث5ئ5ء4غ3ظ2آ1ؤ1",
    "he": "י110ו104ה93ל74א63ר60ת56ב53מ52ש50נ40ע35ד33ם31ח25ק23פ20ט16כ15ן13ג13צ12ס12ז10ך6ף3ץ3",
    "ru": "о110е85а80и74н67т63с55р47в45л44к35м32д30п28у26я20ы19ь17г17з16б16ч14й12х10ж9ш7ю6ц5щ4э3ф3",
}
_GUESSES = {"windows-1256": "ar", "iso-8859-6": "ar", "windows-1255": "he", "windows-1251": "ru"}
# The mean weight of a byte above 127 is about .04 in running text of the right language and .01 in
# the wrong one.
_ENOUGH = math.log(0.022)
_CLEARLY = math.log(2)
_MOST_WORDS = 500  # looked at
# Labels that servers and editors set without asking.
_LATIN = frozenset(
    {"windows-1250", "windows-1252", "windows-1254", "iso-8859-2", "iso-8859-15", "macintosh"}
)


# Everything but the bytes above 127 as a space.
_LETTERS = bytes(byte if byte > 0x7F else 0x20 for byte in range(0x100))


@cache
def _weights(name: str) -> tuple[float, ...]:
    """What each byte counts for in text of the encoding's language: the logarithm of its letter's
    frequency.
    """
    known = {
        letter: int(share) / 1000
        for letter, share in re.findall(r"(\D)(\d+)", _FREQUENT[_GUESSES[name]])
    }

    def weight(byte: int) -> float:
        letter = bytes([byte]).decode(name, "ignore")
        rare = (
            0.004
            if letter and letter in "،؛؟«»“”‘’–…ًّ"
            else 0.0005
            if letter.isprintable() and letter
            else 0.00001
        )
        return math.log(known.get(letter.lower(), rare))

    return tuple(weight(byte) for byte in range(256))


def _fits(words: list[bytes]) -> dict[str, float]:
    """How well the runs of bytes above 127 fit each encoding we can guess; nothing where its
    letters are mostly Latin.

    Latin text has bytes above 127 one by one among ASCII letters, other scripts have them in runs,
    as words.
    """
    some = words[:: len(words) // _MOST_WORDS + 1]
    runs = (
        b" ".join(some).replace(b"\xa0", b" ").split()
    )  # the space without break of most encodings
    high = b"".join(runs)
    if sum([len(run) for run in runs if len(run) > 2]) * 2 <= len(high):
        return {}
    counts = Counter(high)
    number = counts.total()
    fits = {}
    for name in _GUESSES:
        weights = _weights(name)
        fits[name] = sum([weights[byte] * n for byte, n in counts.items()]) / number
    return fits


def _choose(words: list[bytes], labels: list[str]) -> tuple[str, str]:
    """The encoding of a page that is not UTF-8: the first label that its bytes do not refute, else
    by its letters.

    `words` are its runs of bytes above 127.
    """
    fits = _fits(words)
    best = max(fits, key=lambda name: fits[name], default="")
    if best and fits[best] < _ENOUGH:
        best = ""
    for label in labels:
        known = encoding(label)
        if known is None or known[0] == "utf-8":
            continue
        name = known[0]
        refuted = best and (fits[name] + _CLEARLY < fits[best] if name in fits else name in _LATIN)
        if not refuted:
            return known
    return _CODECS[codecs.lookup(best or "windows-1252").name]


# ---- text decoded wrongly before


def _characters(codec: str) -> dict[str, int]:
    """Which byte above 127 each character was; bytes that the encoding leaves out stand for
    themselves (latin-1).
    """
    table = {bytes([byte]).decode(codec, "ignore"): byte for byte in range(0x80, 0x100)}
    table.pop("", None)
    return table if codec == "cp1256" else {chr(byte): byte for byte in range(0x80, 0xA0)} | table


@cache
def _doubled(codec: str) -> tuple[re.Pattern[str], dict[str, int]]:
    """What UTF-8 looks like when read in a one-byte encoding, as a pattern of runs, and the way
    back.
    """
    table = _characters(codec)

    def span(low: int, high: int) -> str:
        return "[" + "".join(re.escape(c) for c, byte in table.items() if low <= byte <= high) + "]"

    # In windows-1256 most lead bytes are letters that words are made of: only those of Arabic and
    # punctuation count.
    two, three = (span(0xC2, 0xDF), span(0xE0, 0xEF)) if codec == "cp1252" else ("[آأطظعغ]", "[âï]")
    four, more = span(0xF0, 0xF4), span(0x80, 0xBF)
    first = f"[{two[1:-1]}{three[1:-1]}{four[1:-1]}]"  # one set at the start is looked for many times as fast
    rest = f"(?:(?<={two}){more}|(?<={three}){more}{{2}}|(?<={four}){more}{{3}})"
    return re.compile(f"{first}{rest}(?:{two}{more}|{three}{more}{{2}}|{four}{more}{{3}})*"), table


_MOST_RUNS = 50_000  # of a page that are mended: more than the words of any
_MOST_TIMES = 4  # that a text was read in the wrong way
# What shows for certain that a run was read twice: no one types it.
_CERTAIN = re.compile("[\x80-\x9f]|^Â|^â€")


def _undoubled(text: str, codec: str, most: int) -> tuple[str, bool, int]:
    """`text` with its first runs of UTF-8 that were read in `codec` read as UTF-8, where it has any
    beyond doubt.

    And whether what was read anew may be such a run itself, and how many runs were looked at:
    `most` of them.
    """
    pattern, table = _doubled(codec)
    runs = list(islice(pattern.finditer(text), most))
    if not runs:
        return text, False, 0

    def read(run: str) -> str:
        try:
            return bytes(map(table.__getitem__, run)).decode("utf-8")
        except UnicodeDecodeError:
            return run

    read_once = [read(run[0]) for run in runs]
    # Four such characters in a row, or three letters that are not Latin, do not come about by
    # chance.
    sure = any(
        len(once) > 3 or (len(once) == 3 and once.isalpha() and min(once) > "\u0250")
        for once in read_once
        if codec == "cp1252" or min(once) > "\u0590"
    )
    if not sure and codec != "cp1252":
        return text, False, len(runs)
    pieces: list[str] = []
    at, twice = 0, False
    for run, once in zip(runs, read_once, strict=True):
        if not (sure or _is_certain(run)):
            continue
        start, end = run.span()
        pieces += (text[at:start], once)
        at = end
        # What could not be read anew would be looked at for ever: each pass must make the text
        # shorter.
        if not twice and once != run[0]:
            around = text[max(start - 3, 0) : start] + once + text[end : end + 3]
            twice = bool(pattern.search(around)) or _holds(around, _HINTS)
    return "".join(pieces) + text[at:], twice, len(runs)


def _is_certain(run: re.Match[str]) -> bool:
    """Whether a run by itself shows that it was read in windows-1252: by what no one types, or by
    «Ã» in a word.
    """
    if _CERTAIN.search(run[0]):
        return True
    text, (start, end) = run.string, run.span()
    return run[0][0] == "Ã" and bool(
        re.search("[A-Za-z]", text[max(start - 1, 0) : start] + text[end : end + 1])
    )


_LATIN_RUN = re.compile("(?<![A-Za-z])[¡º¿À-ÿ]+(?![A-Za-z])")
_AS_ARABIC = {
    ord(c): c.encode("cp1252").decode("cp1256")
    for c in ("¡", "º", "¿", *map(chr, range(0xC0, 0x100)))
}
_HINTS = ("Ã", "â", "Â", "Ø", "Ù", "×", "Ð", "Ñ", "Î", "Å", "Ä", "ð", "ط§", "ظ„", "Çá")
_ARABIC_HINTS = ("ط§", "ظ„", "غŒ", "â€ژ", "â€ڈ")


def unmojibake(text: str) -> str:
    """`text` with what was decoded wrongly before decoded rightly; as it is where that is not
    beyond doubt.

    Three ways of going wrong are mended: UTF-8 read as windows-1252 or latin-1 («Ø§Ù„»), UTF-8 read
    as windows-1256 («ط§ظ„»), each also when done twice, and windows-1256 read as windows-1252
    («Çá»).
    """
    twice, left = _holds(text, _HINTS), _MOST_RUNS
    for _ in range(_MOST_TIMES):
        if not twice or not left:
            break
        arabic = _holds(text, _ARABIC_HINTS)
        text, twice, count = _undoubled(text, "cp1252", left)
        left -= count
        if arabic:
            text, more, count = _undoubled(text, "cp1256", left)
            twice, left = twice or more, left - count
        if _holds(text, ("Çá",)) and re.search("(?<![A-Za-z])Çá[À-ÿ]{2}", text):
            text = _LATIN_RUN.sub(lambda run: run[0].translate(_AS_ARABIC), text, count=_MOST_RUNS)
    return text


def _holds(text: str, hints: tuple[str, ...]) -> bool:
    """Whether a text holds one of the hints. A single character is found at many times the speed of
    more.
    """
    return any(hint[-1] in text and hint in text for hint in hints)


# ---- the whole


def _by_runs(content: bytes, codec: str) -> str:
    """A page that is mostly UTF-8: each run of other bytes in the one-byte encoding, broken
    characters as U+FFFD.
    """

    def read(match: re.Match[bytes]) -> bytes:
        run = match[0]
        text = run.decode("utf-8", "surrogateescape")
        wrong = sum("\udc80" <= c <= "\udcff" for c in text)
        if (
            len(run) == 1 and run >= b"\xc0"
        ):  # «é» inside a word, or what was left of a character cut in two
            beside = (
                content[max(match.start() - 1, 0) : match.start()]
                + content[match.end() : match.end() + 1]
            )
            return run.decode(
                "cp1252" if re.search(rb"[A-Za-z]", beside) else "utf-8", "replace"
            ).encode()
        return run.decode(codec if wrong * 2 > len(text) else "utf-8", "replace").encode()

    return re.sub(rb"[\x80-\xff]+", read, content, count=_MOST_RUNS).decode("utf-8", "replace")


# What no character of four bytes begins with.
_NOT_LONG = bytes(byte for byte in range(0x100) if not 0xF0 <= byte <= 0xF4)
_ARABIC = re.compile(rb"(?:[\xd8-\xdb][\x80-\xbf]){3}")  # three letters in UTF-8


def _not_utf8(content: bytes, labels: list[str]) -> tuple[str, str]:
    """The text of a page that is not, or not in all its parts, UTF-8."""
    words = content[:_TOLD].translate(_LETTERS).split()
    high = b" ".join(words)
    # Counted by what is left when errors are ignored: a handler that tells of them is called for
    # each of thousands.
    left = high.decode("utf-8", "ignore")
    good = left.encode()
    wrong = len(high) - len(good)
    right = len(left) - len(words) + 1 - len(good.translate(None, _NOT_LONG))
    if right > wrong:
        arabic = _ARABIC.search(content)
        return _by_runs(content, "cp1256" if arabic else "cp1252"), "utf-8"
    name, codec = _choose(words, labels)
    return content.decode(codec, "replace"), name


# What doubly encoded text begins with: «Ø§», «Ã©», «â€»; «ط§». Single characters are found at many
# times the speed.
_DOUBLED = re.compile(rb"\xc3[\x82\x83\x85\x90\x91\x97-\x99\x9a\x9b\xa2][\xc2\xc5\xc6\xcb\xe2]")
_DOUBLED_ARABIC = "ط§".encode()
_DOUBLED_SIGNS = "ÂÃÅÐÑ×ØÙÚÛâ§"
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16le"),
    (codecs.BOM_UTF16_BE, "utf-16be"),
)
_BOMS = tuple(mark for mark, _ in _MARKS)
_PIECE = 16_384  # bytes
_TOLD = 1_000_000  # bytes that tell how a page is encoded; the words of more would take memory for nothing
_SAMPLE = 5000  # bytes looked at to tell text from pictures, archives and the like
_CONTROLS = bytes({*range(0x20), 0x7F} - {*b"\t\n\v\f\r"})


def decode(content: bytes, content_type: str = "", *, usual: str = "") -> tuple[str, str]:
    """The text of a page, and the name (WHATWG) of the encoding it was read in.

    `content_type` is the HTTP header's value, `usual` a label for pages that declare none and are
    not UTF-8. Never raises: bytes that mean nothing become U+FFFD.
    """
    labels = _labels(content_type)
    for mark, name in _MARKS:
        if content.startswith(mark):
            labels.insert(0, name)
            content = content[len(mark) :]
            break
    if first := _unlike_ascii(labels):
        return content.decode(first[1], "replace"), first[0]
    try:
        text, name = content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        text, name = _not_utf8(content, [*labels, _declared(content), usual])
    if (name != "utf-8" or _is_doubled(content)) and not is_binary(
        text[:_SAMPLE].encode("utf-8", "replace")
    ):
        text = unmojibake(text)
    return text, name


def _labels(content_type: str) -> list[str]:
    header = _HEADER.search(content_type)
    return [header[1]] if header else []


def _unlike_ascii(labels: list[str]) -> tuple[str, str] | None:
    """The encoding of the first label, where ASCII is something else in it: then the bytes cannot
    tell of another.
    """
    first = encoding(labels[0]) if labels else None
    return first if first and first[0].startswith(("utf-16", "iso-2022")) else None


def is_binary(page: bytes) -> bool:
    """Whether a page, in UTF-8, is a picture, an archive or the like: text has hardly any control
    or broken characters.

    Its first 5000 bytes are looked at.
    """
    sample = page[:_SAMPLE]
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    return controls + sample.count("\ufffd".encode()) > _SAMPLE // 50


def utf8(content: bytes, content_type: str = "", *, usual: str = "") -> bytes:
    """A page in UTF-8: its bytes as they are where that is what `decode` makes of them, which most
    often is so.

    Such bytes are only looked through, in pieces: making the text of a page and bytes of it again
    costs half as much as parsing it.
    """
    view, at, suspect = memoryview(content), 0, False
    try:
        while at < len(content):
            piece, read = codecs.utf_8_decode(
                view[at : at + _PIECE], "strict", at + _PIECE >= len(content)
            )
            at += read
            suspect = suspect or (
                not piece.isascii() and any(map(piece.__contains__, _DOUBLED_SIGNS))
            )
        same = not content.startswith(_BOMS) and not (suspect and _is_doubled(content))
        same = same and not _unlike_ascii(_labels(content_type))
    except UnicodeDecodeError:
        same = False
    return content if same else decode(content, content_type, usual=usual)[0].encode()


def _is_doubled(content: bytes) -> bool:
    """Whether a page has what doubly encoded text begins with."""
    return bool(b"\xc3" in content and _DOUBLED.search(content)) or _DOUBLED_ARABIC in content
