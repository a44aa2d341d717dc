"""The icon of a site: which addresses its home page names, and which files are pictures of one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from feedmaker.text.urls import absolute, canonical

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser

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
        rel = (node.attributes.get("rel") or "").lower().split()
        is_touch = "apple-touch-icon" in rel or "apple-touch-icon-precomposed" in rel
        stated = absolute(node.attributes.get("href") or "", url)
        address = canonical(stated) if stated else None
        is_icon = is_touch or "icon" in rel
        if not (is_icon and address) or address.partition("?")[0].lower().endswith(".svg"):
            continue
        found = _SIZE.search(node.attributes.get("sizes") or "")
        size = int(found[1]) if found else _TOUCH_SIZE * is_touch
        sizes.setdefault(address, size if size <= _LARGEST else 1)
    best = sorted(sizes, key=lambda address: -sizes[address])[: _MOST - 1]
    usual = absolute("/favicon.ico", url)
    return tuple(dict.fromkeys([*best, usual] if usual else best))


def icon_ending(data: bytes) -> str | None:
    """Return the ending of the file name of a picture: "png", "ico"; None of what is none."""
    matching = (ending for ending, begins in _BEGINNINGS.items() if begins.match(data))
    return next(matching, None)
