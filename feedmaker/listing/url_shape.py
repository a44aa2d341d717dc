"""The form of a URL: whether it looks like a story's, and which URLs are made after one pattern."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple
from urllib.parse import parse_qsl, unquote, urlsplit

from feedmaker.text.months import ENGLISH_MONTHS
from feedmaker.text.path_words import LIST_PARAMETERS, MEDIA, NO_STORY, RARELY_STORY

_RARELY_STORY: Final = RARELY_STORY | MEDIA
_NO_LIKELY_STORY: Final = NO_STORY | RARELY_STORY
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
_YEAR: Final = re.compile(r"(?:19|20)\d\d|1[34]\d\d")
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
# Tokens of hexadecimal or mixed ids: `c4gd2x7k9e0o`, a UUID.
_MIXED: Final = re.compile(r"(?<![a-z\d])(?=[a-z]*\d)(?=\d*[a-z])[a-z\d]{8,}", re.IGNORECASE)
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
_SLUG_WORDS: Final = 3  # that make a slug
_LONG_NUMBER: Final = 5  # digits


class UrlForm(NamedTuple):
    """What a URL looks like.

    `evidence` is what speaks for a story: a date, a long number, a slug. `named_list` says that its
    path has a word of pages that are no stories; `is_nowhere` that it is the site's root or a file.
    """

    evidence: float = 0.0
    named_list: bool = False
    media: bool = False
    list_parameter: bool = False
    network: bool = False
    is_nowhere: bool = False


NO_FORM: Final = UrlForm()


def slug_words(segment: str) -> list[str]:
    """The words of a path segment: parts with a letter in them, without ids and file endings."""
    found: list[str] = []
    for word in _WORD_BREAK.split(_PAGE.sub("", segment)):
        if not word or word.isdigit():
            continue
        if not _MIXED.fullmatch(word):
            found.append(word)
    return found


@lru_cache(maxsize=_CACHED)
def url_form(url: str) -> UrlForm:
    """What a canonical URL looks like."""
    parts = urlsplit(url)
    path = unquote(parts.path, errors="replace")
    segments = list(filter(None, path.split("/")))
    if segments and _INDEX.fullmatch(segments[-1]):
        segments.pop()
    query = parse_qsl(parts.query, keep_blank_values=False)
    names = {segment.casefold() for segment in segments}
    if segments:
        last = segments[-1].casefold()
        names.add(_PAGE.sub("", last))
    parameters = {name.casefold() for name, _ in query}
    return UrlForm(
        evidence=_evidence(parts.path, segments, [value for _, value in query]),
        named_list=not _NO_LIKELY_STORY.isdisjoint(names),
        media=not MEDIA.isdisjoint(names),
        list_parameter=not LIST_PARAMETERS.isdisjoint(parameters),
        network=_NETWORKS.search(parts.netloc) is not None,
        is_nowhere=not (segments or query) or _FILES.search(parts.path) is not None,
    )


@lru_cache(maxsize=_CACHED)
def shape(url: str) -> float:
    """How much a canonical URL looks like a story's: from -3 (certainly none) to 1.5.

    Dates, long numbers and slugs of several words speak for a story; the site's root, files,
    networks, and paths named after tags, authors, searches, videos and the like against it.
    """
    parts = urlsplit(url)
    path = unquote(parts.path, errors="replace")
    segments = list(filter(None, path.split("/")))
    if segments and _INDEX.fullmatch(segments[-1]):
        segments.pop()
    query = parse_qsl(parts.query, keep_blank_values=False)
    if not (segments or query):
        return _NOWHERE
    if _NETWORKS.search(parts.netloc) or _FILES.search(parts.path):
        return _NOWHERE
    values = [value for _, value in query]
    score = _path_score(parts.path, segments, values)
    if score > NEVER:
        names = map(str.casefold, dict(query))
        if not LIST_PARAMETERS.isdisjoint(names):
            score += _LIST_LOSS
    return min(score, _MOST)


def _path_score(
    path: str,
    segments: list[str],
    values: list[str],
) -> float:
    """What the path of a URL says for a story and against it, from -2 on.

    `values` are those of its query's parameters.
    """
    names = {segment.casefold() for segment in segments}
    if segments:
        last = segments[-1].casefold()
        names.add(_PAGE.sub("", last))
    if names & NO_STORY:
        return NEVER
    score = _evidence(path, segments, values)
    if names & _RARELY_STORY:
        if score < -_RARELY:
            return NEVER
        return score + _RARELY
    if score > 0:
        return score
    return _SHORT if len(segments) <= 1 else _PLAIN


@lru_cache(maxsize=_CACHED)
def is_media(url: str) -> bool:
    """Whether the path of a canonical URL says that the page shows a video or pictures."""
    path = unquote(urlsplit(url).path, errors="replace")
    segments = path.casefold().split("/")
    names = {_PAGE.sub("", segment) for segment in segments}
    return not MEDIA.isdisjoint(names)


def _evidence(
    path: str,
    segments: list[str],
    values: list[str],
) -> float:
    """What in a URL speaks for a story: a date, a long number or mixed id, a slug; or 0."""
    score = 0.0
    if _DATE.search(path):
        score += _DATE_WORTH
    elif any(map(_YEAR.fullmatch, segments[:-1])):
        score += _YEAR_WORTH
    texts = [*segments, *values]
    numbers = _DIGITS.findall(" ".join(texts))
    digits = max(map(len, numbers), default=0)
    most = len(_NUMBER_WORTH) - 1
    score += _NUMBER_WORTH[min(digits, most)]
    if digits < _ID_DIGITS and any(map(_MIXED.search, texts)):
        score += _ID_WORTH
    slugs = map(slug_words, segments[-2:])
    words = max(map(len, slugs), default=0)
    most = len(_SLUG_WORTH) - 1
    return score + _SLUG_WORTH[min(words, most)]


def _pattern(value: str) -> str:
    """A segment with what differs from story to story replaced.

    S stands for a slug, N for a number, X for a mixed id.
    """
    if len(slug_words(value)) >= _SLUG_WORDS:
        return "N-S" if value[:1].isdigit() else "S"
    if _MIXED.fullmatch(_PAGE.sub("", value)):
        return "X"
    return _DIGITS.sub("N", value.casefold())


@lru_cache(maxsize=_CACHED)
def template(url: str) -> tuple[str, str]:
    """The pattern of a canonical URL, narrow and wide: its ids, dates and slugs replaced.

    In the wide one the plain words of directories are one too, so that `/sport/123` and `/arts/123`
    are of one pattern; where the last segment is a plain word (W), the first directory is what the
    URLs have in common.
    """
    parts = urlsplit(url)
    path = unquote(parts.path, errors="replace")
    segments = list(filter(None, path.split("/")))
    narrow = [_pattern(segment) for segment in segments]
    last = narrow.pop() if narrow else ""
    wide = ["w" if pattern.isalpha() else pattern for pattern in narrow]
    is_plain = segments and last == segments[-1].casefold()
    if is_plain and not parts.query:
        last = "W"
        wide[:1] = narrow[:1]
    query: list[str] = []
    for key, value in parse_qsl(parts.query):
        pattern = _pattern(value) if _DIGITS.search(value) else "w"
        query.append(f"{key}={pattern}")
    host = parts.netloc.removeprefix("www.")
    parameters = "&".join(sorted(query))
    ending = f"{last}?{parameters}"
    return (
        "/".join([host, *narrow, ending]),
        "/".join([host, "*", *wide, ending]),
    )


def long_number(url: str) -> str:
    """The longest number in a URL that may be a story's id (five digits or more), or ''."""
    parts = urlsplit(url)
    path = unquote(parts.path, errors="replace")
    numbers = _DIGITS.findall(f"{path}?{parts.query}")
    longest = max(numbers, key=len, default="")
    return longest if len(longest) >= _LONG_NUMBER else ""


@lru_cache(maxsize=_CACHED)
def lasting_part(url: str) -> str:
    """What stays of a story's URL when its site moves: its longest number and its slug, or ''."""
    path = unquote(urlsplit(url).path, errors="replace")
    path = path.rstrip("/")
    _, _, last = path.rpartition("/")
    words = slug_words(last)
    slug = ""
    if len(words) >= _SLUG_WORDS:
        slug = "-".join(words).casefold()
    return f"{long_number(url)} {slug}".strip()
