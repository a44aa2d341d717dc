"""The address behind the button of a listing that loads more: its attributes name it.

A script asks it and adds the answer to the page, HTML or JSON. Its number of a page tells where the
answer after it is.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from feedmaker.text import urls

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_ATTRIBUTES: Final = (
    "hx-get",
    "data-url",
    "data-href",
    "data-next",
    "data-next-url",
    "data-next-page",
    "data-next-page-url",
    "data-load-url",
    "data-load-more-url",
    "data-more-url",
    "data-ajax-url",
    "data-api",
    "data-api-url",
    "data-endpoint",
    "data-path",
    "data-link",
)
_WITH_ADDRESS: Final = ", ".join(f"[{name}]" for name in _ATTRIBUTES)
_MOST: Final = 200  # elements of a page that are looked at
_NAMED: Final = re.compile(
    r"(?:load|show|view|see)[-_]?more|more[-_]?(?:button|btn|posts|news)", re.IGNORECASE
)
_SAID: Final = re.compile(
    r"\b(?:more|plus|mehr|más|mais|المزيد|بیشتر|مزید|עוד|daha fazla)\b", re.IGNORECASE
)
_LONGEST: Final = 60  # characters of what a button says
_PAGE: Final = frozenset(
    ["page", "paged", "p", "pg", "pageno", "pagenum", "pagenumber", "currentpage", "index"]
)
_OFFSET: Final = frozenset(["offset", "skip", "start", "from"])
_SIZE: Final = frozenset(
    ["limit", "size", "count", "per_page", "perpage", "pagesize", "take", "rows"]
)
_CURSOR: Final = re.compile(
    r"(?:next[-_]?)?(?:cursor|after|(?:page[-_]?)?token|continuation|max[-_]?id)", re.IGNORECASE
)
_LAST_NUMBER: Final = re.compile(r"/(\d{1,4})/?$")


def load_more_address(tree: LexborHTMLParser, url: str) -> str:
    """Return the address that the button of a listing at `url` asks for more; "" for none."""
    for node in tree.css(_WITH_ADDRESS)[:_MOST]:
        if not _says_more(node):
            continue
        for name in _ATTRIBUTES:
            address = urls.canonical(node.attributes.get(name) or "", url) or ""
            is_own = urls.same_site(address, url) and urls.key(address) != urls.key(url)
            if is_own and (following_address(address) or _has_cursor(address)):
                return address
    return ""


def _has_cursor(address: str) -> bool:
    """Whether an address says where its answer begins by a mark, which the answer then names."""
    query = parse_qsl(urlsplit(address).query, keep_blank_values=True)
    return any(_CURSOR.fullmatch(name) for name, _ in query)


def _says_more(node: LexborNode) -> bool:
    """Whether a button says that it shows more, by its words or its names."""
    text = (node.text() or "")[:_LONGEST]
    names = f"{node.attributes.get('class') or ''} {node.attributes.get('id') or ''}"
    return _SAID.search(text) is not None or _NAMED.search(names[:500]) is not None


def following_address(address: str) -> str:
    """Return the address with the next number of a page, or the next offset; "" without one."""
    parts = urlsplit(address)
    query = parse_qsl(parts.query, keep_blank_values=True)
    for place, (name, value) in enumerate(query):
        step = _step(name.lower(), query)
        if step and _is_number(value):
            query[place] = (name, str(int(value) + step))
            return urlunsplit(parts._replace(query=urlencode(query)))
    found = _LAST_NUMBER.search(parts.path)
    if found is None:
        return ""
    path = parts.path[: found.start(1)] + str(int(found[1]) + 1) + parts.path[found.end(1) :]
    return urlunsplit(parts._replace(path=path))


def _step(name: str, query: list[tuple[str, str]]) -> int:
    """By how much a parameter grows from one answer to the next; 0 of one that does not."""
    if name in _PAGE:
        return 1
    sizes = (int(value) for key, value in query if key.lower() in _SIZE and _is_number(value))
    return next(sizes, 0) if name in _OFFSET else 0


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 6
