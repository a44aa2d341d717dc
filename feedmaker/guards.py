"""What a page is looked through for before and while it is read: no HTML, too deep, too many attributes."""

from __future__ import annotations

import gc
import re
from contextlib import contextmanager
from itertools import accumulate
from operator import sub
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_DEEPEST = 5000  # elements within each other: real pages have tens, and the deepest of a thousand some hundred
MOST_TAGS = 200_000  # of a page, opening and closing ones: the longest of a thousand real ones has ten thousand
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


@contextmanager
def uncollected() -> Iterator[None]:
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


def unfit(page: bytes) -> str:
    """Why a page is not to be parsed, as a phrase; empty where it is."""
    if b"<" not in page or is_binary(page):
        return "the page holds no HTML"
    if len(page) > _SHORT and page.count(b"<") > MOST_TAGS:
        return "the page has too many elements to be read"
    return "the page nests its elements too deeply to be read" if too_deep(page) else ""


def is_binary(page: bytes) -> bool:
    """Whether bytes are of a picture, an archive or the like: text has hardly any control or broken characters."""
    sample = page[:_SAMPLE]
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    return controls + sample.count("\ufffd".encode()) > _SAMPLE // 50


def too_deep(page: bytes) -> bool:
    """Whether a page nests its elements so deeply that parsing it would take minutes.

    The parser looks through the open elements at each new one, so its time grows with the square of the depth.
    """
    if len(page) < _SHORT or page.count(b"<") < 2 * _DEEPEST:
        return False
    depths = list(accumulate(-1 if closes else 1 for closes in _NESTING.findall(page)))
    return max(map(sub, depths, accumulate(depths, min)), default=0) > _DEEPEST


def uncrowded(page: bytes) -> bytes:
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
