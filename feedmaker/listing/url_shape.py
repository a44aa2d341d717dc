"""The form of a URL: whether it looks like a story's, and which URLs are made after one pattern."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final
from urllib.parse import parse_qsl, unquote, urlsplit

from feedmaker.text.months import ENGLISH_MONTHS
from feedmaker.text.path_words import LIST_PARAMETERS, MEDIA, NO_STORY, RARELY_STORY

_RARELY_STORY: Final = RARELY_STORY | MEDIA
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
_MIXED: Final = re.compile(r"(?=[a-z]*\d)(?=\d*[a-z])[a-z\d]{8,}", re.IGNORECASE)
_CACHED: Final = 8192  # answers: more than a page has links, so that its links are met again

# What parts of a URL are worth as evidence that it is a story's.
_DATE_WORTH: Final = 1.0
_YEAR_WORTH: Final = 0.6
_NUMBER_WORTH: Final = {3: 0.2, 4: 0.6}  # by the digits of the longest number
_LONG_NUMBER_WORTH: Final = 0.9
_ID_WORTH: Final = 0.5
_SHORT_SLUG_WORTH: Final = 0.4  # three words
_SLUG_WORTH: Final = 0.9


def slug_words(segment: str) -> list[str]:
    """The words of a path segment: parts with a letter in them, without ids and file endings."""
    words = _WORD_BREAK.split(_PAGE.sub("", segment))
    return [word for word in words if word and not word.isdigit() and not _MIXED.fullmatch(word)]


@lru_cache(maxsize=_CACHED)
def shape(url: str) -> float:
    """How much a canonical URL looks like a story's: from -3 (certainly none) to 1.5.

    Dates, long numbers and slugs of several words speak for a story; the site's root, files,
    networks, and paths named after tags, authors, searches, videos and the like against it.
    """
    parts = urlsplit(url)
    segments = [*filter(None, unquote(parts.path, errors="replace").split("/"))]
    if segments and _INDEX.fullmatch(segments[-1]):
        segments.pop()
    query = parse_qsl(parts.query, keep_blank_values=False)
    is_root = not (segments or query)
    if is_root or _NETWORKS.search(parts.netloc) or _FILES.search(parts.path):
        return -3.0
    score = _path_score(parts.path, segments, [value for _, value in query])
    if score > -2 and not LIST_PARAMETERS.isdisjoint(map(str.casefold, dict(query))):
        score -= 0.8
    return min(score, 1.5)


def _path_score(path: str, segments: list[str], values: list[str]) -> float:
    names = {segment.casefold() for segment in segments}
    if segments:
        names.add(_PAGE.sub("", segments[-1].casefold()))
    if names & NO_STORY:
        return -2.0
    score = _evidence(path, segments, values)
    if not names.isdisjoint(_RARELY_STORY):
        return score - 0.9 if score >= 0.9 else -2.0
    if score <= 0:
        return -0.8 if len(segments) <= 1 else -0.5
    return score


@lru_cache(maxsize=_CACHED)
def is_media(url: str) -> bool:
    """Whether the path of a canonical URL says that the page shows a video or pictures."""
    segments = unquote(urlsplit(url).path, errors="replace").split("/")
    return not MEDIA.isdisjoint(_PAGE.sub("", segment.casefold()) for segment in segments)


def _evidence(path: str, segments: list[str], values: list[str]) -> float:
    """What in a URL speaks for a story: a date, a long number or mixed id, a slug; or 0."""
    score = 0.0
    if _DATE.search(path):
        score += _DATE_WORTH
    elif any(map(_YEAR.fullmatch, segments[:-1])):
        score += _YEAR_WORTH
    values = [*segments, *values]
    numbers = _DIGITS.findall(" ".join(values))
    longest = max(map(len, numbers), default=0)
    if longest > 4:
        score += _LONG_NUMBER_WORTH
    else:
        score += _NUMBER_WORTH.get(longest, 0.0)
        if longest < 4 and any(map(_MIXED.search, values)):
            score += _ID_WORTH
    words = max((len(slug_words(segment)) for segment in segments[-2:]), default=0)
    if words >= 4:
        return score + _SLUG_WORTH
    return score + _SHORT_SLUG_WORTH if words == 3 else score


def _pattern(value: str) -> str:
    """A segment with what differs from story to story replaced.

    S stands for a slug, N for a number, X for a mixed id.
    """
    if len(slug_words(value)) >= 3:
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
    segments = [*filter(None, unquote(parts.path, errors="replace").split("/"))]
    patterns = [_pattern(segment) for segment in segments]
    narrow, last = patterns[:-1], patterns[-1] if patterns else ""
    wide = ["w" if pattern.isalpha() else pattern for pattern in narrow]
    if segments and not parts.query and last == segments[-1].casefold():
        last = "W"
        wide[:1] = narrow[:1]
    query = "&".join(sorted(_query_pattern(key, value) for key, value in parse_qsl(parts.query)))
    host = parts.netloc.removeprefix("www.")
    return (
        f"{host}/{'/'.join([*narrow, last])}?{query}",
        f"{host}/*{'/'.join([*wide, last])}?{query}",
    )


def _query_pattern(key: str, value: str) -> str:
    return f"{key}={_pattern(value) if _DIGITS.search(value) else 'w'}"


def long_number(url: str) -> str:
    """The longest number in a URL that may be a story's id (five digits or more), or ''."""
    parts = urlsplit(url)
    numbers = _DIGITS.findall(unquote(parts.path, errors="replace") + "?" + parts.query)
    longest = max(numbers, key=len, default="")
    return longest if len(longest) >= 5 else ""


@lru_cache(maxsize=_CACHED)
def lasting_part(url: str) -> str:
    """What stays of a story's URL when its site moves: its longest number and its slug, or ''."""
    path = unquote(urlsplit(url).path, errors="replace")
    words = slug_words(path.rstrip("/").rpartition("/")[2])
    slug = "-".join(words).casefold() if len(words) >= 3 else ""
    return f"{long_number(url)} {slug}".strip()
