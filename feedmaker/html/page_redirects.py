"""Redirects that stand in a page in place of its content: a meta refresh, or a line of script.

HTML Standard, "Refresh state". Only those count that take effect at once, on a page that shows
nothing else.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from feedmaker.text import urls

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser

_LARGEST: Final = 8_000  # bytes of a page that only redirects
_MOST_TEXT: Final = 200  # characters that it shows: a few words and a link
_AT_ONCE: Final = 3  # seconds
_REFRESH: Final = re.compile(
    r"\s*+(\d{1,4})(?:\.[\d.]*+)?+(?:\s*+[;,]|\s)\s*+(?:url\s*+=\s*+)?+(.+)",
    re.IGNORECASE | re.DOTALL,
)
_LOCATION: Final = re.compile(
    r"\blocation(?:\.href\s*+=(?!=)|\s*+=(?!=)|\.(?:replace|assign)\s*+\()\s*+"
    r"(\"[^\"<>\s]{1,2000}\"|'[^'<>\s]{1,2000}')"
)
_MARKS: Final = (b"fresh", b"Fresh", b"FRESH", b"location")  # what a page that leads elsewhere has
# A script that asks for something first is no bare redirect.
_CONDITION: Final = re.compile(r"\b(?:if|function|addEventListener|setTimeout|cookie)\b|=>|\?|\+")


def redirect_target(page: bytes, url: str, refresh: str = "") -> str | None:
    """Return where a page of UTF-8 at `url` leads at once in place of a content; None for none.

    `refresh` is the header of that name, which says the same as a meta element.
    """
    if len(page) > _LARGEST or not (refresh or any(mark in page for mark in _MARKS)):
        return None
    from feedmaker.html import parsing  # 4 ms, and few pages come so far

    tree = parsing.parse(page)
    address = _refreshed_to(tree, refresh) or _scripted_to(tree)
    if not address or _shows_text(tree):
        return None
    target = urls.canonical(address, url)
    return target if target and urls.key(target) != urls.key(url) else None


def _shows_text(tree: LexborHTMLParser) -> bool:
    """Whether a page shows more than a few words; its scripts and head are dropped."""
    tree.strip_tags(["script", "style", "noscript", "title", "head"])
    shown = tree.body.text(separator=" ") if tree.body else ""
    return len(" ".join(shown.split())) > _MOST_TEXT


def _refreshed_to(tree: LexborHTMLParser, header: str) -> str:
    """The address of an immediate refresh, by a header or a meta element; "" for none."""
    metas = tree.css("meta[http-equiv=refresh i]")
    for refresh in (header, *(meta.attributes.get("content") or "" for meta in metas)):
        stated = _REFRESH.match(refresh)
        if stated and int(stated[1]) <= _AT_ONCE:
            return stated[2].strip().strip("\"'")
    return ""


def _scripted_to(tree: LexborHTMLParser) -> str:
    """The address that the page's only script leads to, and does nothing else; "" for none."""
    scripts = [script.text() for script in tree.css("script")]
    if len(scripts) != 1 or _CONDITION.search(_LOCATION.sub("", scripts[0])):
        return ""
    found = _LOCATION.search(scripts[0])
    return found[1][1:-1].replace("\\/", "/") if found else ""
