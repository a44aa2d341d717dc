"""The icon of a site: which addresses its home page names, and which files are pictures of one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from feedmaker.text.urls import absolute, canonical

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

# How files begin that every reader shows (WHATWG, MIME Sniffing, "image type pattern matching").
# SVG is left out: it may hold scripts.
_BEGINNINGS: Final = {
    "png": re.compile(rb"\x89PNG\r\n\x1a\n"),
    "jpg": re.compile(rb"\xff\xd8\xff"),
    "gif": re.compile(rb"GIF8[79]a"),
    "webp": re.compile(rb"RIFF....WEBP", re.DOTALL),
    "ico": re.compile(rb"\x00\x00\x01\x00"),
}
_SIZE: Final = re.compile(r"(\d{2,4})x\d{2,4}", re.IGNORECASE)
_TOUCH: Final = frozenset(["apple-touch-icon", "apple-touch-icon-precomposed"])
_TOUCH_SIZE: Final = 180  # pixels of an apple-touch-icon that states none
_LARGEST: Final = 512
_MOST_LINKS: Final = 50
_MOST: Final = 3  # addresses that are worth asking for


def icon_addresses(tree: LexborHTMLParser, url: str) -> tuple[str, ...]:
    """Return addresses of the icon of a site, by its home page at `url`, the best first.

    Large ones come before small ones; the last is where browsers look (HTML, "rel-icon").
    """
    sizes: dict[str, int] = {}
    for node in tree.css("link[rel][href]")[:_MOST_LINKS]:
        address = canonical(node.attributes.get("href") or "", url)
        size = _stated_size(node)
        if address and size is not None:
            sizes.setdefault(address, size)
    best = sorted(sizes, key=lambda address: -sizes[address])[: _MOST - 1]
    usual = absolute("/favicon.ico", url)
    return tuple(dict.fromkeys([*best, usual] if usual else best))


def _stated_size(node: LexborNode) -> int | None:
    """The pixels of the icon that a `link` names; 0 where it says none, None where it is none."""
    attributes = node.attributes
    rel = (attributes.get("rel") or "").lower().split()
    path = (attributes.get("href") or "").partition("?")[0].lower()
    is_touch = not _TOUCH.isdisjoint(rel)
    if path.endswith(".svg") or not (is_touch or "icon" in rel):
        return None
    found = _SIZE.search(attributes.get("sizes") or "")
    if found is None:
        return _TOUCH_SIZE if is_touch else 0
    return int(found[1]) if int(found[1]) <= _LARGEST else 1


def icon_ending(data: bytes) -> str | None:
    """Return the ending of the file name of a picture: "png", "ico"; None of what is none."""
    matching = (ending for ending, begins in _BEGINNINGS.items() if begins.match(data))
    return next(matching, None)
