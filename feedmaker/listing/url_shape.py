"""The form of a URL: whether it looks like a story's, and which URLs are made after one pattern."""

from __future__ import annotations

import re
from contextlib import suppress
from functools import lru_cache
from operator import attrgetter
from typing import TYPE_CHECKING, Final, Literal, NamedTuple
from urllib.parse import parse_qsl, unquote

from feedmaker.text.months import ENGLISH_MONTHS
from feedmaker.text.path_words import LIST_PARAMETERS, MEDIA, NO_STORY, RARELY_STORY

if TYPE_CHECKING:
    from collections.abc import Sequence

# How rarely a story's path has a word. Pages with videos or pictures may be stories.
_ListWord = Literal["", "media", "rarely", "never"]
_STRONGEST: Final[tuple[_ListWord, ...]] = ("never", "rarely", "media")
_NO_LIKELY_STORY: Final = _STRONGEST[:2]
_LIST_WORDS: Final[dict[str, _ListWord]] = {
    **dict.fromkeys(MEDIA, "media"),
    **dict.fromkeys(RARELY_STORY, "rarely"),
    **dict.fromkeys(NO_STORY, "never"),
}
_FILES: Final = re.compile(
    r"\.(?:jpe?g|png|gif|webp|svg|avif|pdf|zip|rar|7z|mp[34]|m4[av]|webm|avi|mov|apk|exe|docx?|xlsx?"
    r"|pptx?|ttf|otf|xml|rss|json|css|js|ics)$",
    re.IGNORECASE,
)
_PAGE: Final = re.compile(r"\.(?:s?html?|php\d?|aspx?|jsp|cfm|cms|do)$", re.IGNORECASE)
# Hosts that are networks or shops, whatever page links to them.
_NETWORKS: Final = re.compile(
    r"(?:^|\.)(?:facebook|fb|twitter|x|instagram|youtube|youtu|tiktok|linkedin|pinterest|snapchat"
    r"|whatsapp|wa|telegram|t|threads|reddit|tumblr|flickr|vk|soundcloud|spotify"
    r"|(?:plus|play|news|maps|docs|drive|accounts|podcasts)\.google|goo|itunes\.apple|apps\.apple"
    r"|podcasts\.apple|nabd|doubleclick|googlesyndication|googleadservices|taboola|outbrain"
    r"|addtoany|sharethis|feedburner|disqus|paypal|patreon|appgallery\.huawei)"
    r"\.(?:com|net|org|me|be|gl|co|ly|cloud|google)$"
)
_YEAR: Final = re.compile(r"20\d\d|1[349]\d\d")
# Some year that is a number by itself, or that four digits or more follow: all dates have one. With
# this asked first, few URLs are searched for a date, which takes as long as all else.
_HAS_YEAR: Final = re.compile(r"(?:20|1[349])(?<!\d\d\d)\d\d(?!\d{1,3}(?!\d))")
_INDEX: Final = re.compile(r"(?:index|default|home)(?:\.\w{2,5})?", re.IGNORECASE)
_MONTH: Final = "|".join(name[:3] for name in ENGLISH_MONTHS)
_DAY_NUMBER: Final = r"(?:0?[1-9]|[12]\d|3[01])"
_MONTH_NUMBER: Final = r"(?:0?[1-9]|1[0-2])"
_DATE: Final = re.compile(
    rf"(?:^|[/_-])(?:19|20)\d\d[/_-](?:{_MONTH})[a-z]*[/_-]"
    rf"|(?:^|[/_-])(?:19|20|13|14)\d\d[/_-]{_MONTH_NUMBER}(?:[/_-]{_DAY_NUMBER})?(?:[/_-]|$)"
    rf"|(?:^|[/_-]){_DAY_NUMBER}[/_-](?:{_MONTH_NUMBER}|[a-z]{{3,9}})[/_-](?:19|20)\d\d(?:[/_-]|$)"
    r"|(?:^|\D)20[0-3]\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])",
    re.IGNORECASE,
)
_WORD_BREAK: Final = re.compile(r"[-_+\s.,~:;!|–—]+")
_DIGITS: Final = re.compile(r"\d+")
# Tokens of hexadecimal or mixed ids: `c4gd2x7k9e0o`, a UUID; a short one has letters on both sides
# of a digit, or digits on both sides of a letter.
_MIXED: Final = re.compile(
    r"(?<![a-z\d])(?:(?=[a-z]*\d)(?=\d*[a-z])[a-z\d]{8,}"
    r"|(?=[a-z]{1,4}\d{1,4}[a-z]|\d{1,4}[a-z]{1,4}\d)[a-z\d]{5,7}(?![a-z\d]))",
    re.IGNORECASE,
)
_UUID: Final = re.compile(r"[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}", re.IGNORECASE)  # RFC 9562
_CACHED: Final = 8192  # answers: more than a page has links, so that its links are met again

# What a URL looks like.
NEVER: Final = -2.0  # so low or lower: it is no story's, whatever its words
_NOWHERE: Final = -3.0  # the site's root, a file, a network
_RARELY: Final = -0.9  # what a path loses that is rarely a story's
_LIST_LOSS: Final = -0.8  # and one with a parameter of lists
_PLAIN: Final = -0.5  # nothing speaks for a story,
_SHORT: Final = -0.8  # nor is there more than one segment
_MOST: Final = 1.5

# What parts of a URL are worth as evidence that it is a story's.
_DATE_WORTH: Final = 1.0
_YEAR_WORTH: Final = 0.6
# Numbers by the digits of the longest; it may be an id.
_NUMBER_WORTH: Final = (
    0.0,
    0.0,
    0.0,
    0.2,
    0.6,
    0.9,  # five digits or more
)
_ID_DIGITS: Final = 4  # without so long a number, a mixed id counts
_ID_WORTH: Final = 0.5
# Slugs by their words.
_SLUG_WORTH: Final = (
    0.0,
    0.0,
    0.0,
    0.4,
    0.9,  # four words or more
)
_MOST_NUMBER: Final = len(_NUMBER_WORTH) - 1
_MOST_SLUG: Final = len(_SLUG_WORTH) - 1
_SLUG_WORDS: Final = 3  # that make a slug
_LONG_NUMBER: Final = 5  # digits
_LONG_DIGITS: Final = re.compile(rf"\d{{{_LONG_NUMBER},}}")


class UrlForm(NamedTuple):
    """What a URL looks like, and what it has in common with others.

    `evidence` is what speaks for a story's: a date, a long number, a slug. `list_word` is what its
    path has of pages that are no stories; `is_nowhere` says that it is the site's root or a file.

    `narrow` is its pattern: ids, dates and slugs replaced. In the `wide` one the plain words of
    directories are one too, so that `/sport/123` and `/arts/123` are of one pattern; where the last
    segment is a plain word (W), the first directory is what the URLs have in common. `words` are
    those of the longest slug, `segments` counts those of the path.
    """

    host: str = ""
    evidence: float = 0.0
    list_word: _ListWord = ""
    is_named_list: bool = False
    media: bool = False
    list_parameter: bool = False
    network: bool = False
    is_nowhere: bool = False
    narrow: str = ""
    wide: str = ""
    words: tuple[str, ...] = ()
    segments: int = 0


class _Part(NamedTuple):
    """What a segment of a path, or the value of a parameter, looks like.

    `words` are those of its slug, `digits` is the length of its longest number. `pattern` has what
    differs from story to story replaced: S stands for a slug, N for a number, X for a mixed id, in
    the `wide` one w for any plain word.
    """

    is_word: bool
    list_word: _ListWord
    words: tuple[str, ...]
    digits: int
    has_id: bool
    pattern: str
    wide: str


class _Folder(NamedTuple):
    """What the URLs in one folder have in common.

    `dated` is what a date in the path is worth, `last_words` counts those of its last segment, and
    `wide_of_words` is the wide pattern of URLs that end in a plain word.
    """

    host: str
    network: bool
    segments: int
    list_words: tuple[_ListWord, ...]
    digits: int
    has_id: bool
    words: tuple[str, ...]
    last_words: int
    dated: float
    narrow: str
    wide: str
    wide_of_words: str


NO_FORM: Final = UrlForm()
_NO_PART: Final = _Part(False, "", (), 0, False, "", "")
_WORDS: Final = attrgetter("words")


def _part(text: str) -> _Part:
    """What a segment or a value looks like."""
    name = text.casefold()
    if text.isalpha():
        return _Part(True, _LIST_WORDS.get(name, ""), (text,), 0, False, name, "w")
    bare = _PAGE.sub("", text) if "." in text else text
    words = _WORD_BREAK.split(bare)
    numbers = _DIGITS.findall(text)
    digits = 0
    if numbers:
        words = [word for word in words if word.isalpha() or not _is_id(word)]
        digits = _LONG_NUMBER if _UUID.fullmatch(bare) else max(map(len, numbers))
    slug = tuple(filter(None, words))
    has_id = 0 < digits < _ID_DIGITS and _MIXED.search(text) is not None
    list_word = _LIST_WORDS.get(bare.casefold(), "")
    pattern = _pattern(name, bare, len(slug))
    wide = "w" if pattern.isalpha() else pattern
    return _Part(pattern == name, list_word, slug, digits, has_id, pattern, wide)


def _is_id(word: str) -> bool:
    return word.isdigit() or _MIXED.fullmatch(word) is not None


def _pattern(name: str, bare: str, words: int) -> str:
    """The pattern of a segment whose slug has so many words; `bare` is without a file's ending."""
    if words >= _SLUG_WORDS:
        return "N-S" if name[0].isdigit() else "S"
    return "X" if _MIXED.fullmatch(bare) else _DIGITS.sub("N", name)


def _decoded(path: str) -> str:
    """A path with letters in place of their percent-encoding."""
    if "%" not in path:
        return path
    if "\\" not in path:
        with suppress(UnicodeError):  # of what is no canonical path
            # Escapes of Python are read many times as fast as those of URLs.
            octets = path.replace("%", "\\x").encode("ascii").decode("unicode_escape")
            return octets.encode("latin-1").decode("utf-8", "replace")
    return unquote(path, errors="replace")


@lru_cache(maxsize=_CACHED)
def _folder(address: str) -> _Folder:
    """What the URLs in a folder have in common, by its host and path."""
    host, slash, path = address.removeprefix("www.").partition("/")
    segments = list(filter(None, _decoded(path).split("/")))
    parts = list(map(_part, segments))
    patterns = [part.pattern for part in parts]
    wide = [part.wide for part in parts]
    dated = _YEAR_WORTH if any(map(_YEAR.fullmatch, segments)) else 0.0
    return _Folder(
        host,
        _NETWORKS.search(host) is not None,
        len(parts),
        tuple(filter(None, [part.list_word for part in parts])),
        max([part.digits for part in parts], default=0),
        any(part.has_id for part in parts),
        max(map(_WORDS, parts), key=len, default=()),
        len(parts[-1].words) if parts else 0,
        _DATE_WORTH if _has_date(f"{slash}{path}/", 0) else dated,
        "/".join([host, *patterns]),
        "/".join([host, "*", *wide]),
        "/".join([host, "*", *patterns[:1], *wide[1:]]),
    )


def url_form(url: str) -> UrlForm:
    """What a canonical URL looks like; that of an index is its folder's."""
    address, _, query = url.partition("://")[2].replace("%2F", "/").partition("?")
    above, slash, name = address.rstrip("/").rpartition("/")
    if _INDEX.fullmatch(name):
        above, slash, name = above.rpartition("/")
    folder = _folder(above if slash else name)
    part = _part(_decoded(name)) if slash else _NO_PART
    parameters = parse_qsl(query) if query else []
    values = [_part(value) for _, value in parameters]
    narrow, wide = _patterns(folder, part, parameters, values)
    list_word, is_named_list, media = _kind_of_list((*folder.list_words, part.list_word))
    is_file = "." in name and _FILES.search(address) is not None
    return UrlForm(
        folder.host,
        _evidence(address, folder, part, values),
        list_word,
        is_named_list,
        media,
        _asks_for_list(parameters),
        folder.network,
        is_file or not (slash or parameters),
        narrow,
        wide,
        part.words if len(part.words) > len(folder.words) else folder.words,
        folder.segments + bool(slash),
    )


@lru_cache(maxsize=256)
def _kind_of_list(words: tuple[_ListWord, ...]) -> tuple[_ListWord, bool, bool]:
    """The strongest of a URL's words, whether it is no likely story's, and whether one is media."""
    strongest: _ListWord = next(filter(words.__contains__, _STRONGEST), "")
    return strongest, strongest in _NO_LIKELY_STORY, "media" in words


def _patterns(
    folder: _Folder,
    part: _Part,
    parameters: Sequence[tuple[str, str]],
    values: Sequence[_Part],
) -> tuple[str, str]:
    """The patterns of a URL, narrow and wide, by its last segment and its parameters."""
    if values:
        names = sorted(map(_parameter_pattern, parameters, values))
        ending = f"{part.pattern}?{'&'.join(names)}"
    elif part.is_word:
        return f"{folder.narrow}/W?", f"{folder.wide_of_words}/W?"
    else:
        ending = f"{part.pattern}?"
    return f"{folder.narrow}/{ending}", f"{folder.wide}/{ending}"


@lru_cache(maxsize=_CACHED)
def shape(url: str) -> float:
    """How much a canonical URL looks like a story's: from -3 (certainly none) to 1.5.

    Dates, long numbers and slugs of several words speak for a story; the site's root, files,
    networks, and paths named after tags, authors, searches, videos and the like against it.
    """
    form = url_form(url)
    if form.is_nowhere or form.network:
        return _NOWHERE
    found = _path_score(form)
    if form.list_parameter and found > NEVER:
        found += _LIST_LOSS
    return min(found, _MOST)


def _path_score(form: UrlForm) -> float:
    """What the path of a URL says for a story and against it, from -2 on."""
    if form.list_word == "never":
        return NEVER
    if form.list_word:
        return NEVER if form.evidence < -_RARELY else form.evidence + _RARELY
    if form.evidence > 0:
        return form.evidence
    return _SHORT if form.segments <= 1 else _PLAIN


def _asks_for_list(parameters: list[tuple[str, str]]) -> bool:
    """Whether a query asks for a list: a category without the number of a story in it."""
    if not parameters:
        return False
    names = {name.casefold() for name, _ in parameters}
    if names.isdisjoint(LIST_PARAMETERS):
        return False
    return all(
        name in LIST_PARAMETERS or not _names_story(name, value) for name, value in parameters
    )


def _names_story(name: str, value: str) -> bool:
    """Whether a parameter is the long number of something."""
    return name.casefold().endswith("id") and value.isdigit() and len(value) >= _LONG_NUMBER


def _has_date(address: str, start: int) -> bool:
    return bool(_HAS_YEAR.search(address, start) and _DATE.search(address, start))


def _evidence(address: str, folder: _Folder, part: _Part, values: Sequence[_Part]) -> float:
    """What in a URL speaks for a story: a date, a long number or mixed id, a slug; or 0."""
    digits = max(folder.digits, part.digits)
    has_id = folder.has_id or part.has_id
    for value in values:
        digits = max(digits, value.digits)
        has_id = has_id or value.has_id
    score = folder.dated
    path = address.find("/")
    if score < _DATE_WORTH and _has_date(address, path):
        score = _DATE_WORTH
    score += _NUMBER_WORTH[min(digits, _MOST_NUMBER)]
    if has_id and digits < _ID_DIGITS:
        score += _ID_WORTH
    return score + _SLUG_WORTH[min(max(folder.last_words, len(part.words)), _MOST_SLUG)]


def _parameter_pattern(parameter: tuple[str, str], value: _Part) -> str:
    return f"{parameter[0]}={value.pattern if value.digits else 'w'}"


def _below_host(url: str) -> str:
    """The path of a canonical URL, without its first slash, and its query."""
    return url.partition("://")[2].partition("/")[2]


def long_number(url: str) -> str:
    """The longest number in a URL that may be a story's id (five digits or more), or ''."""
    path, sign, query = _below_host(url).partition("?")
    return max(_LONG_DIGITS.findall(_decoded(path) + sign + query), key=len, default="")


@lru_cache(maxsize=_CACHED)
def lasting_part(url: str) -> str:
    """What stays of a story's URL when its site moves: its longest number and its slug, or ''."""
    path, _, _ = _below_host(url).partition("?")
    _, _, last = _decoded(path).rstrip("/").rpartition("/")
    words = _part(last).words
    slug = ""
    if len(words) >= _SLUG_WORDS:
        slug = "-".join(words).casefold()
    return f"{long_number(url)} {slug}".strip()
