"""Where an answer of an API in JSON goes on, as it says itself: an address, a number or a cursor.

Nothing is guessed of an answer that names nothing; one that says it is the last is the last.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from feedmaker.html import state_objects
from feedmaker.text import urls

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feedmaker.html.state_objects import Object

_DEEP: Final = 4  # objects within each other
_MOST: Final = 500  # objects that are looked at, and keys of one
_NEXT: Final = (
    "next",
    "nexturl",
    "nexturi",
    "nexthref",
    "nextlink",
    "nextpage",
    "nextpageurl",
    "nextpagelink",
    "nextpageuri",
    "loadmore",
    "loadmoreurl",
    "moreurl",
    "odatanextlink",
)
_CURSORS: Final = {
    "nextcursor": "cursor",
    "nexttoken": "token",
    "nextpagetoken": "pageToken",
    "nextoffset": "offset",
    "nextstart": "start",
    "nextmaxid": "max_id",
    "endcursor": "after",
    "continuation": "continuation",
}
_PAGES: Final = ("page", "paged", "p", "pagenumber", "pageno")
_MORE: Final = frozenset(("hasmore", "hasnext", "hasnextpage", "more", "moreavailable"))
_LONGEST: Final = 1_000  # characters of an address or a cursor


def next_address(data: Any, url: str) -> str | None:
    """Return where the answer at `url` goes on: "" where it ends, None where it does not say.

    The address is of the same site, and another one than `url`.
    """
    answer: str | None = None
    for node in _objects(data):
        values = {state_objects.plain_key(str(key)): value for key, value in _some(node)}
        if any(values.get(name) is False for name in _MORE):
            return ""
        for name, value in values.items():
            if name not in _NEXT and name not in _CURSORS:
                continue
            address = _address(name, value, url)
            if address:
                return address
            answer = ""
    return answer


def _some(node: Object) -> Iterator[tuple[Any, Any]]:
    return islice(node.items(), _MOST)


def _objects(data: Any) -> Iterator[Object]:
    """The objects that are not within lists, which hold the stories, the outer ones first."""
    level = [data]
    count = 0
    for _ in range(_DEEP):
        objects = [one for one in level if isinstance(one, dict)][: _MOST - count]
        count += len(objects)
        yield from objects
        level = []
        for node in objects:
            level += [value for _, value in _some(node)]


def _address(name: str, value: Any, url: str) -> str:
    """The address that a value stands for; "" of one that is empty or leads elsewhere."""
    if isinstance(value, dict):
        value = value.get("href") or value.get("url")
    text = state_objects.word(value)
    if not text or len(text) > _LONGEST:
        return ""
    address = urls.canonical(_made_address(name, text, url), url) or ""
    is_other = urls.same_site(address, url) and urls.key(address) != urls.key(url)
    return address if is_other else ""


def _made_address(name: str, text: str, url: str) -> str:
    """The address of an answer that a cursor, a number or an address leads to; else its own."""
    if name in _CURSORS:
        return _with_parameter(url, name, text)
    if text.isdigit():
        return _with_page(url, text)
    return text if text.startswith(("http:", "https:", "/", "?")) else url


def _with_parameter(url: str, name: str, value: str) -> str:
    """An address with a cursor: in its parameter that is called so, else as the key is called."""
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query, keep_blank_values=True))
    own = _CURSORS[name]
    called = {state_objects.plain_key(own), name}
    same = [key for key in query if state_objects.plain_key(key) in called]
    query[same[0] if same else own] = value
    return urlunsplit(parts._replace(query=urlencode(query)))


def _with_page(url: str, number: str) -> str:
    """An address with the number of a page."""
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query, keep_blank_values=True))
    same = [key for key in query if state_objects.plain_key(key) in _PAGES]
    query[same[0] if same else "page"] = number
    return urlunsplit(parts._replace(query=urlencode(query)))
