"""Page -> Story: what an article page says of itself, its story as clean HTML and text, its picture and summary.

    page --metadata--> title, authors, dates, picture ...
         --outline--> blocks --features, forest--> scores --body--> the story's blocks --clean--> html, text

`page_story` is the whole of it. A page is parsed once and walked once; everything later works on a few hundred blocks.
"""

from __future__ import annotations

import gc
import re
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from feedmaker.model import Rules, Story, Trace

_DEEPEST = 5000  # elements within each other: real pages have tens, and the deepest of a thousand some hundred
_SAMPLE = 5000  # characters looked at to tell text from pictures, archives and the like
_BINARY = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufffd]")
_NESTING = re.compile(
    r"<(/?)(?:div|section|article|span|ul|ol|dl|table|blockquote|main|aside|center|font|b|i|a|form|fieldset|details|nav"
    r"|menu)\b",
    re.IGNORECASE,
)
_STRETCH = 10_000  # characters; where as many have no tag in them, that is mostly a script, a style or a picture
_ATTRIBUTE = r"""[\s/]*+(?:[^\s/>=]++|=)(?>\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>]*+))?+"""
_CROWD = re.compile(rf"<[A-Za-z](?:{_ATTRIBUTE}){{2000}}")  # attributes of one element: real ones have tens
_REST = re.compile(rf"(?:{_ATTRIBUTE})*+")


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
    from feedmaker.charset import decode
    from feedmaker.model import Rules

    text = html if isinstance(html, str) else decode(html)[0]
    return page_story(text, url, rules=rules or Rules(), language=language, timezone=timezone, now=now)


def page_story(
    text: str,
    url: str,
    *,
    rules: Rules,
    language: str | None,
    timezone: str,
    now: datetime | None,
    trace: Trace | None = None,
) -> Story:
    """The story of a decoded page; what `extract` says holds. `trace` is filled with how everything was decided.

    The ExtractError of an article page without a story has its teaser: title, picture and the page's own description.
    """
    from selectolax.lexbor import LexborHTMLParser

    from feedmaker.errors import ExtractError
    from feedmaker.extract import body, clean, metadata
    from feedmaker.model import Story
    from feedmaker.urls import absolute

    if "<" not in text or len(_BINARY.findall(text, 0, _SAMPLE)) > _SAMPLE // 50:
        raise ExtractError(url, "the page holds no HTML")
    if _too_deep(text):
        raise ExtractError(url, "the page nests its elements too deeply to be read")
    text = _uncrowded(text)
    with _uncollected():
        tree = LexborHTMLParser(text)
        about = metadata.read(tree, url, rules=rules, language=language, timezone=timezone, now=now, trace=trace)
        found = body.choose(tree, about, rules, trace)
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


def _too_deep(text: str) -> bool:
    """Whether a page nests its elements so deeply that parsing it would take minutes.

    The parser looks through the open elements at each new one, so its time grows with the square of the depth.
    """
    if text.count("<") < 2 * _DEEPEST:
        return False
    depth = deepest = 0
    for match in _NESTING.finditer(text):
        depth = max(0, depth - 1) if match[1] else depth + 1
        deepest = max(deepest, depth)
    return deepest > _DEEPEST


def _uncrowded(text: str) -> str:
    """The page without an element's attributes from the 2000th on.

    The parser looks through the attributes of an element at each new one, so that fifty thousand would take it ten
    seconds. Such an element is longer than two stretches, so that one of them has no `<`: that is quickly seen.
    """
    at = 0
    while 0 <= at < len(text) - _STRETCH:
        if text.find("<", at, at + _STRETCH) >= 0:
            at += _STRETCH
            continue
        start = max(0, text.rfind("<", 0, at))
        if found := _CROWD.match(text, start):
            rest = _REST.match(text, found.end())
            text = text[: found.end()] + text[rest.end() if rest else found.end() :]
        at = text.find("<", start + 1)
    return text
