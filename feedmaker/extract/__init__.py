"""Page -> Story: what an article page says of itself, its story as clean HTML and text, its picture and summary.

    page --outline--> blocks --metadata--> title, authors, dates, picture ...
                             --features, forest--> scores --body--> the story's blocks --clean--> html, text

`page_story` is the whole of it. A page is parsed once and walked once; everything later works on a few hundred blocks.
"""

from __future__ import annotations

import gc
import re
from contextlib import contextmanager
from itertools import accumulate
from operator import sub
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from feedmaker.model import Rules, Story, Trace

_DEEPEST = 5000  # elements within each other: real pages have tens, and the deepest of a thousand some hundred
_SHORT = 100_000  # bytes; what is no longer is parsed in a second, however deep
_SAMPLE = 5000  # bytes looked at to tell text from pictures, archives and the like
_CONTROLS = bytes({*range(0x20), 0x7F} - {*b"\t\n\v\f\r"})
_NESTING = re.compile(
    rb"<(/?)(?:div|section|article|span|ul|ol|dl|table|blockquote|main|aside|center|font|b|i|a|form|fieldset|details|nav"
    rb"|menu)\b",
    re.IGNORECASE,
)
_STRETCH = 10_000  # bytes; where as many have no tag in them, that is mostly a script, a style or a picture
_ATTRIBUTE = rb"""[\s/]*+(?:[^\s/>=]++|=)(?>\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>]*+))?+"""
_CROWD = re.compile(rb"<[A-Za-z](?:%b){2000}" % _ATTRIBUTE)  # attributes of one element: real ones have tens
_REST = re.compile(rb"(?:%b)*+" % _ATTRIBUTE)


def extract(
    html: bytes | str,
    url: str = "",
    *,
    rules: Rules | None = None,
    language: str | None = None,
    timezone: str = "UTC",
    now: datetime | None = None,
) -> Story:
    """Pick the story out of an article page.

    `html` is the page as bytes (decoded as browsers do) or text, `url` where it was had. `rules` are selectors that
    override the finding; `language` and `timezone` (IANA) hold where the page names none. Without `now`, a relative
    date gives none. Raises ExtractError where the page holds no story, and for nothing else.
    """
    from feedmaker.charset import utf8
    from feedmaker.model import Rules

    page = html if isinstance(html, str) else utf8(html)
    return page_story(page, url, rules=rules or Rules(), language=language, timezone=timezone, now=now)


def page_story(
    html: str | bytes,
    url: str,
    *,
    rules: Rules,
    language: str | None,
    timezone: str,
    now: datetime | None,
    trace: Trace | None = None,
) -> Story:
    """The story of a page in text or in UTF-8; what `extract` says holds. `trace` is filled with how it was decided.

    The ExtractError of an article page without a story has its teaser: title, picture and the page's own description.
    """
    from selectolax.lexbor import LexborHTMLParser

    from feedmaker.errors import ExtractError
    from feedmaker.extract import body, clean, metadata, outline
    from feedmaker.model import Story
    from feedmaker.urls import absolute

    content = html.encode(errors="replace") if isinstance(html, str) else html
    if b"<" not in content or _is_binary(content[:_SAMPLE]):
        raise ExtractError(url, "the page holds no HTML")
    if _too_deep(content):
        raise ExtractError(url, "the page nests its elements too deeply to be read")
    with _uncollected():
        tree = LexborHTMLParser(_uncrowded(content))
        page = outline.read(tree.body) if tree.body is not None else outline.Outline()
        about = metadata.read(
            tree, url, rules=rules, language=language, timezone=timezone, now=now, page=page, trace=trace
        )
        found = body.choose(tree, page, about, rules, trace)
        story = Story(
            url=about.canonical or url,
            title=about.title,
            raw_title=about.raw_title,
            authors=about.authors,
            image=about.image,
            published=about.published,
            modified=about.modified,
            category=about.category,
            tags=about.tags,
            language=about.language or language,
        )
        if not found.blocks:
            teaser = clean.teaser(story, about.description) if about.article and about.title else None
            raise ExtractError(url, "the page holds no story", teaser=teaser)
        base = tree.css_first("base[href]")
        address = absolute((base.attributes.get("href") or "") if base else "", url) or url
        return clean.render(story, found, address, about.description)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Keep the garbage collector from looking through the thousands of objects of a page, none of which is in a cycle.

    It takes a sixth of the time otherwise.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _is_binary(sample: bytes) -> bool:
    """Whether bytes are of a picture, an archive or the like: text has hardly any control or broken characters."""
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    return controls + sample.count("\ufffd".encode()) > _SAMPLE // 50


def _too_deep(page: bytes) -> bool:
    """Whether a page nests its elements so deeply that parsing it would take minutes.

    The parser looks through the open elements at each new one, so its time grows with the square of the depth.
    """
    if len(page) < _SHORT or page.count(b"<") < 2 * _DEEPEST:
        return False
    depths = list(accumulate(-1 if closes else 1 for closes in _NESTING.findall(page)))
    return max(map(sub, depths, accumulate(depths, min)), default=0) > _DEEPEST


def _uncrowded(page: bytes) -> bytes:
    """The page without an element's attributes from the 2000th on.

    The parser looks through the attributes of an element at each new one, so that fifty thousand would take it ten
    seconds. Such an element is longer than two stretches, so that one of them has no `<`: that is quickly seen.
    """
    at = 0
    while 0 <= at < len(page) - _STRETCH:
        if page.find(b"<", at, at + _STRETCH) >= 0:
            at += _STRETCH
            continue
        start = max(0, page.rfind(b"<", 0, at))
        if found := _CROWD.match(page, start):
            rest = _REST.match(page, found.end())
            page = page[: found.end()] + page[rest.end() if rest else found.end() :]
        at = page.find(b"<", start + 1)
    return page
