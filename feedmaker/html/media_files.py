"""Files of sound and film: which a page plays or links to, and which the HTML of a story names.

A story keeps them as links. By those links feeds know what to enclose.
"""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, Final, NamedTuple

from feedmaker.text.media_types import FILE_ENDING, MEDIA_TYPES_BY_NAME, media_type
from feedmaker.text.urls import absolute

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborNode

_STANDS_IN: Final = re.compile(r"(?:blank|silence|empty|placeholder)[^/]*$", re.IGNORECASE)
_STREAM: Final = re.compile(r"\.(?:m3u8|mpd|f4m)(?=$|[?#;&])", re.IGNORECASE)
_HIDDEN: Final = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_LINK: Final = re.compile(r"<a\b([^>]*)>")
_HREF: Final = re.compile(r'\shref="([^"]*)"')
_HINT: Final = re.compile(r'\stype="((?:audio|video)/[^"]*)"')
_ADDRESSES: Final = ("src", "data-src", "data-lazy-src")
_MOST_SOURCES: Final = 20  # of a player that are looked at
_MOST: Final = 8  # files of one story
_LONGEST: Final = 400  # characters of a style that are looked at


class MediaFile(NamedTuple):
    """A file that a page plays: its address, and the media type that page or name tell of it."""

    url: str
    type: str


def linked_media(html: str) -> tuple[str, ...]:
    """Return the addresses of sound and film that sanitized HTML links to, each once, in order."""
    if not (FILE_ENDING.search(html) or ' type="' in html):  # mostly, and that is quickly told
        return ()
    found: dict[str, None] = {}
    for tag in _LINK.finditer(html):
        href = _HREF.search(tag[1])
        if href is None or len(found) == _MOST:
            continue
        url = unescape(href[1])
        if media_type(url) or _HINT.search(tag[1]):
            found[url] = None
    return tuple(found)


def played_file(node: LexborNode, base: str) -> MediaFile | None:
    """Return the file that an `audio` or `video` element plays.

    None where it plays a stream, which is no file, where scripts fill it, and where it only
    decorates the page: hidden, or without controls, by itself and in silence.
    """
    if _is_decoration(node):
        return None
    usual = "audio/mpeg" if node.tag == "audio" else "video/mp4"
    for address, stated in _sources(node):
        url = absolute(address, base)
        if url is None or _STREAM.search(address) or _STANDS_IN.search(address):
            continue
        kind = media_type(url) or stated or usual
        if kind in MEDIA_TYPES_BY_NAME:
            return MediaFile(url, kind)
    return None


def _is_decoration(node: LexborNode) -> bool:
    """Whether a player is hidden, or plays by itself and in silence."""
    attributes = node.attributes
    if "hidden" in attributes or ("muted" in attributes and "controls" not in attributes):
        return True
    return _HIDDEN.search((attributes.get("style") or "")[:_LONGEST]) is not None


def _sources(node: LexborNode) -> Iterator[tuple[str, str]]:
    """The addresses of a player's own attributes and its `source` elements, with their types."""
    elements = [node, *node.css("source")[:_MOST_SOURCES]]
    for element in elements:
        stated = (element.attributes.get("type") or "").partition(";")[0].strip().lower()
        for name in _ADDRESSES:
            address = (element.attributes.get(name) or "").strip()
            if address and not address.startswith(("#", "data:", "blob:", "about:")):
                yield address, stated
