"""Where a listing goes on that loads more: by its button's attributes, or by an API's answer.

A script asks the address of the button and adds the answer to the page, HTML or JSON. JSON may say
where it goes on: by an address, a number or a cursor. Where it names nothing, the number of a page
in its address tells where the answer after it is; one that says it is the last is the last.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from feedmaker.html import state_objects
from feedmaker.text import urls

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from selectolax.lexbor import LexborHTMLParser, LexborNode

    from feedmaker.html.state_objects import Object

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
_DEEP: Final = 4  # objects within each other
_MOST_VALUES: Final = 500  # objects that are looked at, and keys of one
_NEXT: Final = re.compile(
    r"next(?:page)?(?:ur[il]|href|link)?|odatanextlink|loadmore(?:url)?|moreurl", re.IGNORECASE
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
_MORE: Final = frozenset(("hasmore", "hasnext", "hasnextpage", "more", "moreavailable"))
_LONGEST_STATED: Final = 1_000  # characters of an address or a cursor


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
            if name not in _CURSORS and not _NEXT.fullmatch(name):
                continue
            address = _stated_address(name, value, url)
            if address:
                return address
            answer = ""
    return answer


def _some(node: Object) -> Iterator[tuple[Any, Any]]:
    return islice(node.items(), _MOST_VALUES)


def _objects(data: Any) -> Iterator[Object]:
    """The objects that are not within lists, which hold the stories, the outer ones first."""
    level = [data]
    count = 0
    for _ in range(_DEEP):
        objects = [one for one in level if isinstance(one, dict)][: _MOST_VALUES - count]
        count += len(objects)
        yield from objects
        level = []
        for node in objects:
            level += [value for _, value in _some(node)]


def _stated_address(name: str, value: Any, url: str) -> str:
    """The address that a value stands for; "" of one that is empty or leads elsewhere."""
    if isinstance(value, dict):
        value = value.get("href") or value.get("url")
    text = state_objects.word(value)
    if not text or len(text) > _LONGEST_STATED:
        return ""
    address = urls.canonical(_made_address(name, text, url), url) or ""
    is_other = urls.same_site(address, url) and urls.key(address) != urls.key(url)
    return address if is_other else ""


def _made_address(name: str, text: str, url: str) -> str:
    """The address of an answer that a cursor, a number or an address leads to; else its own."""
    if name in _CURSORS:
        own = _CURSORS[name]
        return _with_parameter(url, {name, state_objects.plain_key(own)}, own, text)
    if text.isdigit():
        return _with_parameter(url, _PAGE, "page", text)
    return text if text.startswith(("http:", "https:", "/", "?")) else url


def _with_parameter(url: str, called: Collection[str], usual: str, value: str) -> str:
    """An address with a value in the parameter that is called so, else in the usual one."""
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query, keep_blank_values=True))
    same = [key for key in query if state_objects.plain_key(key) in called]
    query[same[0] if same else usual] = value
    return urlunsplit(parts._replace(query=urlencode(query)))
