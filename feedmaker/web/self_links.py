"""Feeds and the list of feeds, made without `base_url`, as they are at the address asked for.

A feed says where it is itself (RFC 4287, "self"), and readers import no list (OPML) of relative
addresses. What says so already stays as it is.
"""

from __future__ import annotations

import re
from html import escape
from typing import Final

_HEAD: Final = 8_192  # bytes that hold all a feed says before its first story
_RELATIVE: Final = re.compile(rb'xmlUrl="(?!https?://)')
_ADDRESS: Final = re.compile(rb'xmlUrl="[^"]{1,2000}')
# The title of a list of relative addresses warns of them in brackets.
_WARNING: Final = re.compile(rb"(<title>[^<(]{1,200}?) \([^<]{1,500}\)</title>")
_JSON_BEGINS: Final = b'{"version":"https://jsonfeed.org/version/1.1",'


def with_addresses(data: bytes, file: str, base: str, query: str = "") -> bytes:
    """Return the bytes of a file in `out`, as they are below `base`, "http://localhost:8000/".

    `query` is what addresses end in, "?key=..." or nothing.
    """
    address = escape(f"{base}{file}{query}").encode()
    if file.endswith(".opml"):
        return _with_list_addresses(data, base, query)
    if file.endswith(".json") and data.startswith(_JSON_BEGINS):
        has_own = b'"feed_url":' in data[:_HEAD].partition(b'"items":')[0]
        return data if has_own else _with_json_address(data, address)
    if not file.endswith(".xml"):
        return data
    return _with_link(data, address)


def _with_list_addresses(data: bytes, base: str, query: str) -> bytes:
    """Return a list of feeds with whole addresses."""
    whole = _RELATIVE.sub(b'xmlUrl="' + escape(base).encode(), data)
    if whole != data:
        whole = _WARNING.sub(rb"\1</title>", whole)
    ending = escape(query).encode()
    return _ADDRESS.sub(lambda found: found[0] + ending, whole) if query else whole


def _with_json_address(data: bytes, address: bytes) -> bytes:
    rest = data[len(_JSON_BEGINS) :]
    return b'%b"feed_url":"%b",%b' % (_JSON_BEGINS, address, rest)


def _with_link(data: bytes, address: bytes) -> bytes:
    """Return an Atom or RSS feed with its link to itself."""
    head = data[:_HEAD]
    is_rss = b"<rss " in head
    head = re.split(rb"<entry\b|<item\b", head, maxsplit=1)[0]
    place = head.find(b"<docs>" if is_rss else b"<updated>")  # every feed has one of its own
    if place < 0 or b'rel="self"' in head:
        return data
    name, kind = (b"atom:link", b"rss") if is_rss else (b"link", b"atom")
    link = b'<%b href="%b" rel="self" type="application/%b+xml"/>\n' % (name, address, kind)
    indent = data[data.rfind(b"\n", 0, place) + 1 : place]
    return data[:place] + link + indent + data[place:]
