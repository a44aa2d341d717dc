"""Bytes of a page -> text, as browsers read them, with the repairs that Arabic pages need.

`decode` believes, in this order: a byte order mark, UTF-8 that is valid, the HTTP header, the
page's own `meta`, what the site usually uses, the letters. A label is believed unless the bytes
refute it, as Arabic words do under a Latin one. Labels and prescan are those of the WHATWG Encoding
and HTML Standards.
"""

from __future__ import annotations

import codecs
import math
import re
from collections import Counter
from functools import cache, lru_cache
from typing import Final, NamedTuple

from feedmaker.text.mojibake import unmojibake

# ---- labels


class Encoding(NamedTuple):
    """An encoding of the web: its name in the standard, and the Python codec nearest to it."""

    name: str
    codec: str


# What `codecs.lookup` names a label, the standard's name, and our codec. What is not here is not
# for the web (utf-7, rot13, ...).
_ENCODINGS: Final = """
utf-8 utf-8 utf-8
utf-16 utf-16le utf-16-le
utf-16-le utf-16le utf-16-le
utf-16-be utf-16be utf-16-be
cp874 windows-874 cp874
tis-620 windows-874 cp874
iso8859-11 windows-874 cp874
cp1250 windows-1250 cp1250
cp1251 windows-1251 cp1251
cp1252 windows-1252 cp1252
ascii windows-1252 cp1252
iso8859-1 windows-1252 cp1252
cp1253 windows-1253 cp1253
cp1254 windows-1254 cp1254
iso8859-9 windows-1254 cp1254
cp1255 windows-1255 cp1255
cp1256 windows-1256 cp1256
cp1257 windows-1257 cp1257
cp1258 windows-1258 cp1258
iso8859-2 iso-8859-2 iso8859-2
iso8859-3 iso-8859-3 iso8859-3
iso8859-4 iso-8859-4 iso8859-4
iso8859-5 iso-8859-5 iso8859-5
iso8859-6 iso-8859-6 iso8859-6
iso8859-7 iso-8859-7 iso8859-7
iso8859-8 iso-8859-8 iso8859-8
iso8859-10 iso-8859-10 iso8859-10
iso8859-13 iso-8859-13 iso8859-13
iso8859-14 iso-8859-14 iso8859-14
iso8859-15 iso-8859-15 iso8859-15
iso8859-16 iso-8859-16 iso8859-16
koi8-r koi8-r koi8-r
koi8-u koi8-u koi8-u
cp866 ibm866 cp866
mac-roman macintosh mac-roman
mac-cyrillic x-mac-cyrillic mac-cyrillic
gbk gbk gb18030
gb2312 gbk gb18030
gb18030 gb18030 gb18030
big5hkscs big5 big5hkscs
big5 big5 big5hkscs
cp949 euc-kr cp949
euc_kr euc-kr cp949
cp932 shift_jis cp932
shift_jis shift_jis cp932
euc_jp euc-jp euc_jp
iso2022_jp iso-2022-jp iso2022_jp
"""
_ENCODING_OF_CODEC: Final = {
    python_name: Encoding(name, codec)
    for python_name, name, codec in map(str.split, _ENCODINGS.strip().splitlines())
}
# Encodings in which ASCII is something else: then the bytes cannot show another encoding.
_UNLIKE_ASCII: Final = frozenset(
    found for found in _ENCODING_OF_CODEC.values() if found.name.startswith(("utf-16", "iso-2022"))
)
# Labels of the standard that Python does not know, with a Python name of their encoding.
_LABELS: Final = """
unicode-1-1-utf-8=utf-8 unicode11utf8=utf-8 x-unicode20utf8=utf-8 csiso88596e=iso8859-6
csiso88596i=iso8859-6 iso-8859-6-e=iso8859-6 iso-8859-6-i=iso8859-6 csiso88598e=iso8859-8
csiso88598i=iso8859-8 iso-8859-8-e=iso8859-8 iso-8859-8-i=iso8859-8 logical=iso8859-8
visual=iso8859-8 koi=koi8-r koi8=koi8-r windows-874=cp874 dos-874=cp874 x-sjis=cp932
windows-31j=cp932 windows-949=cp949 x-gbk=gbk x-euc-jp=euc_jp x-x-big5=big5 x-mac-roman=mac-roman
x-mac-cyrillic=mac-cyrillic
"""
_CODEC_OF_LABEL: Final = dict(pair.split("=") for pair in _LABELS.split())

# x-cp1256, win-1256, windows1256; iso8859-6, iso88596: all seen, all plain in what they mean.
_WINDOWS_LABEL: Final = re.compile(r"^(?:x-cp|win|windows)[-_]?(?=125\d$)")
_ISO_LABEL: Final = re.compile(r"^iso[-_]?8859[-_]?(?=\d{1,2}$)")


@lru_cache(256)
def encoding(label: str) -> Encoding | None:
    """Return the encoding of a label; None if it is none of the web."""
    label = _WINDOWS_LABEL.sub("cp", label.strip().lower())
    label = _ISO_LABEL.sub("iso8859-", label)
    try:
        codec = _CODEC_OF_LABEL.get(label) or codecs.lookup(label).name
    except (LookupError, ValueError):
        return None
    return _ENCODING_OF_CODEC.get(codec)


_HEADER: Final = re.compile(r"charset\s*+=\s*+[\"']?\s*+([^\s\"';,]+)", re.IGNORECASE)
_META: Final = re.compile(
    rb"<meta\b[^>]*?charset\s*=\s*[\"']?\s*([^\s\"'/>;]+)",
    re.IGNORECASE,
)
_XML: Final = re.compile(rb"\s*<\?xml\b[^>]*?encoding\s*=\s*[\"']([^\"']+)", re.IGNORECASE)
_COMMENT: Final = re.compile(rb"<!--.*?(?:-->|$)", re.DOTALL)
_END_OF_HEAD: Final = re.compile(rb"</head|<body", re.IGNORECASE)


def _label_in_page(content: bytes) -> str:
    """Return the label in a page's first 1024 bytes (prescan), or in its head (as Chromium)."""
    for length in (1024, 16384):
        head = content[:length]
        if b"<!--" in head:
            head = _COMMENT.sub(b"", head)
        found = _XML.match(head) or _META.search(_END_OF_HEAD.split(head, maxsplit=1)[0])
        if found:
            return found[1].decode("ascii", "replace")
    return ""


# ---- guessing

# Letters per thousand letters of running text, rounded: Arabic as counted in news pages, the others
# as is well known.
_FREQUENCIES: Final = {
    "ar": (
        "ا159ل117ي71م65و56ن48ت47ر46ة40د35ب33ع31س27ف26ق21ح19ه19ك17ج14أ13ش10ص10ط10خ8ض8إ7ى7ذ6ز5ث5"
        "ئ5ء4غ3ظ2آ1ؤ1"
    ),
    "he": ("י110ו104ה93ל74א63ר60ת56ב53מ52ש50נ40ע35ד33ם31ח25ק23פ20ט16כ15ן13ג13צ12ס12ז10ך6ף3ץ3"),
    "ru": (
        "о110е85а80и74н67т63с55р47в45л44к35м32д30п28у26я20ы19ь17г17з16б16ч14й12х10ж9ш7ю6ц5щ4э3ф3"
    ),
}
_LANGUAGE_OF_GUESS: Final = {
    "windows-1256": "ar",
    "iso-8859-6": "ar",
    "windows-1255": "he",
    "windows-1251": "ru",
}
# Frequencies of a sign of punctuation, of another character, and of what is no text.
_PUNCTUATION: Final = "،؛؟«»“”‘’–…ًّ"
_OF_PUNCTUATION: Final = 0.004
_OF_OTHERS: Final = 0.0005
_OF_NO_TEXT: Final = 0.00001
# The mean frequency of a byte above 127 is about .04 in running text of the right language and .01
# in the wrong one.
_ENOUGH: Final = math.log(0.022)
_CLEARLY: Final = math.log(2)
_MOST_WORDS: Final = 500  # looked at
# Encodings that servers and editors declare without asking.
_LATIN: Final = frozenset(
    {"windows-1250", "windows-1252", "windows-1254", "iso-8859-2", "iso-8859-15", "macintosh"}
)


@cache
def _log_frequencies(name: str) -> tuple[float, ...]:
    """Return the logarithm of the frequency of each byte in text of the encoding's language."""
    table = _FREQUENCIES[_LANGUAGE_OF_GUESS[name]]
    known = {letter: int(share) / 1000 for letter, share in re.findall(r"(\D)(\d+)", table)}
    frequencies: list[float] = []
    for byte in range(256):
        letter = bytes([byte]).decode(name, "ignore").lower()
        other = _OF_OTHERS if letter and letter.isprintable() else _OF_NO_TEXT
        if letter and letter in _PUNCTUATION:
            other = _OF_PUNCTUATION
        frequencies.append(math.log(known.get(letter, other)))
    return tuple(frequencies)


def _fits(words: list[bytes]) -> dict[str, float]:
    """Return how well runs of bytes above 127 fit each encoding that can be guessed.

    Nothing if the letters are mostly Latin: Latin text has such bytes one by one among ASCII
    letters, other scripts have them in runs, as words.
    """
    some = words[:: len(words) // _MOST_WORDS + 1]
    # 0xA0 is the no-break space of most encodings.
    runs = b" ".join(some).replace(b"\xa0", b" ").split()
    bytes_of_runs = b"".join(runs)
    long_runs = sum([len(run) for run in runs if len(run) > 2])
    if long_runs * 2 <= len(bytes_of_runs):
        return {}
    counts = Counter(bytes_of_runs)
    fits: dict[str, float] = {}
    for name in _LANGUAGE_OF_GUESS:
        frequencies = _log_frequencies(name)
        total = sum([frequencies[byte] * count for byte, count in counts.items()])
        fits[name] = total / len(bytes_of_runs)
    return fits


def _choose_encoding(words: list[bytes], labels: list[str]) -> Encoding:
    """Return the encoding of a page that is not UTF-8.

    It is the first label that the runs of bytes above 127 (`words`) do not refute, else a guess.
    """
    fits = _fits(words)
    best = max(fits, key=lambda name: fits[name], default="")
    is_guess = bool(best) and fits[best] >= _ENOUGH
    for label in labels:
        known = encoding(label)
        if known is None or known.name == "utf-8":
            continue
        refuted = known.name in _LATIN
        if known.name in fits:
            refuted = fits[known.name] + _CLEARLY < fits[best]
        if not (is_guess and refuted):
            return known
    guess = encoding(best if is_guess else "windows-1252")
    assert guess
    return guess


# ---- pages that are not UTF-8, or not all of it

_HIGH_RUN: Final = re.compile(rb"[\x80-\xff]+")
_MOST_RUNS: Final = 50_000  # of a page that are looked at: more than the words of any
_ASCII_LETTER: Final = re.compile(rb"[A-Za-z]")
# Everything but the bytes above 127 as a space.
_HIGH_BYTES: Final = bytes(byte if byte > 0x7F else 0x20 for byte in range(0x100))
# Bytes that begin no character of four bytes.
_NOT_LONG: Final = bytes(byte for byte in range(0x100) if not 0xF0 <= byte <= 0xF4)
_ARABIC: Final = re.compile(rb"(?:[\xd8-\xdb][\x80-\xbf]){3}")  # three letters in UTF-8
_MOST_COUNTED: Final = (
    1_000_000  # bytes that show an encoding; words of more take memory for nothing
)


def _decode_other(content: bytes, labels: list[str]) -> tuple[str, str]:
    """Return the text of a page that is not wholly UTF-8, and the name of its encoding."""
    words = content[:_MOST_COUNTED].translate(_HIGH_BYTES).split()
    high = b" ".join(words)
    # Counted by what is left when errors are ignored: an error handler would be called for each of
    # thousands.
    left = high.decode("utf-8", "ignore")
    valid = left.encode()
    wrong = len(high) - len(valid)
    right = len(left) - len(words) + 1 - len(valid.translate(None, _NOT_LONG))
    if right > wrong:
        codec = "cp1256" if _ARABIC.search(content) else "cp1252"
        return _decode_runs(content, codec), "utf-8"
    chosen = _choose_encoding(words, labels)
    return content.decode(chosen.codec, "replace"), chosen.name


def _decode_runs(content: bytes, codec: str) -> str:
    """Decode a page that is mostly UTF-8, and other runs of bytes in an encoding of one byte.

    Broken characters become U+FFFD.
    """

    def to_utf8(match: re.Match[bytes]) -> bytes:
        run = match[0]
        start, end = match.span()
        if len(run) == 1 and run >= b"\xc0":
            # «é» inside a word, or the rest of a character that was cut in two.
            beside = content[max(start - 1, 0) : start] + content[end : end + 1]
            run_codec = "cp1252" if _ASCII_LETTER.search(beside) else "utf-8"
        else:
            text = run.decode("utf-8", "surrogateescape")
            if text.isprintable():  # nothing is broken, as in most
                return run
            wrong = sum("\udc80" <= character <= "\udcff" for character in text)
            run_codec = codec if wrong * 2 > len(text) else "utf-8"
        return run.decode(run_codec, "replace").encode()

    return _HIGH_RUN.sub(to_utf8, content, count=_MOST_RUNS).decode("utf-8", "replace")


# ---- pages

# What doubly encoded text begins with: «Ø§», «Ã©», «â€»; «ط§». Single characters are found at many
# times the speed.
_DOUBLED: Final = re.compile(
    rb"\xc3[\x82\x83\x85\x90\x91\x97-\x99\x9a\x9b\xa2][\xc2\xc5\xc6\xcb\xe2]"
)
_DOUBLED_ARABIC: Final = "ط§".encode()
_DOUBLED_SIGNS: Final = "ÂÃÅÐÑ×ØÙÚÛâ§"
_MARKS: Final = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF16_LE: "utf-16le",
    codecs.BOM_UTF16_BE: "utf-16be",
}
_BOMS: Final = tuple(_MARKS)
_PIECE: Final = 16_384  # bytes
_SAMPLE: Final = 5000  # bytes looked at to tell text from pictures, archives and the like
_CONTROLS: Final = bytes({*range(0x20), 0x7F} - {*b"\t\n\v\f\r"})


def decode(content: bytes, content_type: str = "", *, usual: str = "") -> tuple[str, str]:
    """Return the text of a page, and the name (WHATWG) of the encoding it was read in.

    `content_type` is the HTTP header's value, `usual` a label for pages that declare none and are
    not UTF-8. Never raises: bytes that mean nothing become U+FFFD.
    """
    labels = _HEADER.findall(content_type)[:1]
    for mark, name in _MARKS.items():
        if content.startswith(mark):
            labels.insert(0, name)
            content = content.removeprefix(mark)
            break
    declared = encoding(labels[0]) if labels else None
    if declared and declared in _UNLIKE_ASCII:
        return content.decode(declared.codec, "replace"), declared.name
    try:
        text, name = content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        text, name = _decode_other(content, [*labels, _label_in_page(content), usual])
    if name != "utf-8" or _is_doubled(content):
        sample = text[:_SAMPLE].encode("utf-8", "replace")
        text = text if is_binary(sample) else unmojibake(text)
    return text, name


def is_binary(page: bytes) -> bool:
    """Whether a page, in UTF-8, is a picture, an archive or the like.

    Text has hardly any control or broken characters in its first 5000 bytes.
    """
    sample = page[:_SAMPLE]
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    return controls + sample.count("\ufffd".encode()) > _SAMPLE // 50


def utf8(content: bytes, content_type: str = "", *, usual: str = "") -> bytes:
    """Return a page in UTF-8: the same bytes if that is what `decode` makes of them.

    Most often they are, so they are looked through in pieces: to make text of a page and bytes of
    it again costs half as much as to parse it.
    """
    header = _HEADER.search(content_type)
    declared = encoding(header[1]) if header else None
    is_utf8 = not content.startswith(_BOMS) and declared not in _UNLIKE_ASCII
    view = memoryview(content)
    at = 0
    has_signs = False
    try:
        while at < len(content):
            start = at
            is_last = at + _PIECE >= len(content)
            piece, read = codecs.utf_8_decode(view[at : at + _PIECE], "strict", is_last)
            at += read
            # Their first or last bytes are found at a glance, and most pieces have none of them.
            found = content.find(b"\xc3", start, at), content.find(b"\xa7", start, at)
            if not has_signs and found != (-1, -1):
                has_signs = any(map(piece.__contains__, _DOUBLED_SIGNS))
    except UnicodeDecodeError:
        is_utf8 = False
    if is_utf8 and not (has_signs and _is_doubled(content)):
        return content
    return decode(content, content_type, usual=usual)[0].encode()


def _is_doubled(content: bytes) -> bool:
    """Whether a page has what doubly encoded text begins with."""
    # A byte is found at many times the speed.
    if b"\xa7" in content and _DOUBLED_ARABIC in content:
        return True
    return b"\xc3" in content and _DOUBLED.search(content) is not None
