"""The rules of the W3C feed validator that matter, on the bytes of a rendered feed.

What breaks one would make readers refuse the feed, lose items or show them wrong. The full texts
are escaped and nine tenths of the bytes, so they are looked through as text, and only the rest is
parsed.
"""

from __future__ import annotations

import json
import re
from datetime import datetime
from email.utils import format_datetime, parsedate_to_datetime
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feedmaker.model import Format

_ATOM = "{http://www.w3.org/2005/Atom}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_CONTENT_TAG = "{http://purl.org/rss/1.0/modules/content/}encoded"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_TEXT_STARTS = (b'content type="html">', b"content:encoded>")
_CONTROLS = bytes({*range(0x20)} - {0x09, 0x0A, 0x0D})
_REFERENCES = (b"gt;", b"amp;", b"quot;", b"apos;", b"#")
# A tag in escaped HTML up to its first reference; elements that readers drop with a warning;
# relative addresses.
_UNSAFE = re.compile(rb"lt;(?:script|iframe|object|embed|style|form|meta|link)\b", re.IGNORECASE)
_RELATIVE = re.compile(rb'lt;(?:a|img)\b[^>]* (?:href|src)="(?!https?://)')
_ADDRESS = re.compile(
    r"https?://[^\s/?#]+[!#-;=?-Z\[\]_a-z~]*"
)  # ASCII that needs no escaping (RFC 3986)
_ID = re.compile(r"[a-z][a-z0-9+.-]*:[!#-;=?-Z\[\]_a-z~]+", re.IGNORECASE)
_TAGGED = re.compile(r"<(?:/?[a-z][^<>]*|!--.*?--)>", re.IGNORECASE)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


class Fault(NamedTuple):
    """A rule that a feed breaks: line, item (its id; "" for the feed itself), and how."""

    line: int
    item: str
    what: str

    def __str__(self) -> str:
        return f"line {self.line}{f', item {self.item}' if self.item else ''}: {self.what}"


def faults(data: bytes, form: Format) -> list[Fault]:
    """What is wrong with a feed file, in its order; [] mostly."""
    return list(_json(data) if form == "json" else _xml(data, form))


def _line(data: bytes, at: int) -> int:
    return data.count(b"\n", 0, at) + 1


# ---- XML


def _xml(data: bytes, form: Format) -> Iterator[Fault]:
    from lxml import etree

    yield from _text_faults(data)
    # Each text is taken out but for its line ends, so that lines stay where they are.
    parts = data.split(b"<")
    for place, part in enumerate(parts):
        if part.startswith(_TEXT_STARTS):
            start, _, text = part.partition(b">")
            parts[place] = start + b">" + (b"-" * bool(text) + b"\n" * text.count(b"\n"))
    bare = b"<".join(parts)
    try:
        root: Any = etree.fromstring(bare, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        yield Fault(error.lineno or 0, "", f"not XML: {error.msg}")
        return
    yield from _atom(root) if form == "atom" else _rss(root)


def _text_faults(data: bytes) -> Iterator[Fault]:
    """What is wrong in the texts. Each different tag is looked at once."""
    if len(data.translate(None, _CONTROLS)) < len(data):
        at = next(n for n, byte in enumerate(data) if byte in _CONTROLS)
        yield Fault(_line(data, at), "", f"control character U+{data[at]:04X}")
    tags: set[bytes] = set()
    for piece in data.split(b"&")[1:]:
        if piece.startswith(b"lt;"):
            tags.add(piece)
        elif not piece.startswith(_REFERENCES):
            yield Fault(
                _line(data, data.find(b"&" + piece)), "", "an ampersand that is not escaped"
            )
            return
    for tag in tags:
        if _UNSAFE.match(tag) or _RELATIVE.match(tag):
            what = (
                "a relative address" if _RELATIVE.match(tag) else "an element that readers refuse"
            )
            yield Fault(
                _line(data, data.find(tag)),
                "",
                f"{what} in the content: {tag[3:80].decode(errors='replace')}",
            )


def _atom(root: Any) -> Iterator[Fault]:
    if root.tag != f"{_ATOM}feed":
        yield Fault(1, "", "no Atom feed")
        return
    own = _children(root)
    yield from _common(root, "", own, (f"{_ATOM}id", f"{_ATOM}title", f"{_ATOM}updated"))
    yield from _dates("", own, (f"{_ATOM}updated",), _is_rfc3339)
    seen: set[str] = set()
    for entry in own.get(f"{_ATOM}entry", ()):
        found = _children(entry)
        name = _text(found, f"{_ATOM}id") or "?"
        yield from _common(entry, name, found, _ATOM_NEEDS)
        yield from _dates(name, found, (f"{_ATOM}updated", f"{_ATOM}published"), _is_rfc3339)
        yield from _once(found.get(f"{_ATOM}id", [entry])[0], name, seen)
        links = found.get(f"{_ATOM}link", [])
        addresses = [
            link.get("href") or "" for link in links if link.get("rel", "alternate") == "alternate"
        ]
        enclosures = [
            dict(link.attrib, url=link.get("href", ""))
            for link in links
            if link.get("rel") == "enclosure"
        ]
        yield from _links(entry, name, addresses, enclosures)
        if f"{_ATOM}author" not in found and f"{_ATOM}author" not in own:
            yield Fault(entry.sourceline, name, "no author")
        yield from _language(entry, name, entry.get(_LANG))


def _rss(root: Any) -> Iterator[Fault]:
    channel = root.find("channel")
    if root.tag != "rss" or channel is None:
        yield Fault(1, "", "no RSS channel")
        return
    own = _children(channel)
    yield from _common(channel, "", own, ("title", "link", "description"))
    yield from _dates("", own, ("lastBuildDate",), _is_rfc822)
    seen: set[str] = set()
    for item in own.get("item", ()):
        found = _children(item)
        name = _text(found, "guid") or "?"
        yield from _common(item, name, found, _RSS_NEEDS)
        yield from _dates(name, found, ("pubDate",), _is_rfc822)
        yield from _once(found.get("guid", [item])[0], name, seen)
        yield from _links(
            item, name, [_text(found, "link")], [one.attrib for one in found.get("enclosure", ())]
        )
        if (
            found.get("guid")
            and found["guid"][0].get("isPermaLink") != "false"
            and not _ADDRESS.fullmatch(name)
        ):
            yield Fault(found["guid"][0].sourceline, name, "a permanent link that is no address")
        order = list(found)
        if {"description", _CONTENT_TAG} <= found.keys() and order.index(
            "description"
        ) > order.index(_CONTENT_TAG):
            yield Fault(item.sourceline, name, "the description stands after the content")
        yield from _language(item, name, _text(found, f"{_DC}language") or None)


_ATOM_NEEDS = tuple(
    f"{_ATOM}{name}" for name in ("id", "title", "updated", "published", "summary", "content")
)
_RSS_NEEDS = ("guid", "title", "link", "description", "pubDate", _CONTENT_TAG)


def _children(parent: Any) -> dict[str, list[Any]]:
    """The children of an element by their names, in the order in which the names come."""
    found: dict[str, list[Any]] = {}
    for child in parent:
        found.setdefault(child.tag, []).append(child)
    return found


def _text(found: dict[str, list[Any]], tag: str) -> str:
    return (found[tag][0].text or "").strip() if tag in found else ""


def _common(
    parent: Any, name: str, found: dict[str, list[Any]], needed: tuple[str, ...]
) -> Iterator[Fault]:
    for tag in needed:
        if not _text(found, tag):
            yield Fault(parent.sourceline or 0, name, f"no {tag.rpartition('}')[2]}")
    if _TAGGED.search(_text(found, next(tag for tag in needed if tag.endswith("title")))):
        yield Fault(parent.sourceline or 0, name, "markup in the title")
    if parent.get("dir"):
        yield Fault(parent.sourceline or 0, name, "a dir attribute, which the format does not know")


def _once(told: Any, name: str, seen: set[str]) -> Iterator[Fault]:
    if name in seen:
        yield Fault(told.sourceline, name, "an id that another item has")
    elif not _ID.fullmatch(name):
        yield Fault(told.sourceline, name, "an id that is no URI")
    seen.add(name)


def _links(item: Any, name: str, addresses: list[str], enclosures: list[Any]) -> Iterator[Fault]:
    if len(addresses) != 1 or not _ADDRESS.fullmatch(addresses[0]):
        yield Fault(
            item.sourceline, name, f"no whole address to link to: {' '.join(addresses)[:80]!r}"
        )
    if len(enclosures) > 1:
        yield Fault(item.sourceline, name, "more than one enclosure")
    for file in enclosures:
        if not (_ADDRESS.fullmatch(file.get("url", "")) and "/" in file.get("type", "")):
            yield Fault(item.sourceline, name, "an enclosure without a whole address and a type")
        if not file.get("length", "").isdecimal():
            yield Fault(item.sourceline, name, "an enclosure without its length")


def _dates(
    name: str, found: dict[str, list[Any]], tags: tuple[str, ...], right: Any
) -> Iterator[Fault]:
    for tag in tags:
        if tag in found and not right(_text(found, tag)):
            line, what = found[tag][0].sourceline, tag.rpartition("}")[2]
            yield Fault(line, name, f"{what} is no date of this format: {_text(found, tag)[:40]!r}")


def _language(item: Any, name: str, language: str | None) -> Iterator[Fault]:
    if language is not None and not _LANGUAGE.fullmatch(language):
        yield Fault(item.sourceline, name, f"no language tag: {language[:20]!r}")


def _is_rfc3339(text: str) -> bool:
    try:
        return "T" in text and datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False


def _is_rfc822(text: str) -> bool:
    """A date as RFC 822 has it: with four digits of the year and the right day of the week."""
    try:
        return format_datetime(parsedate_to_datetime(text)) == text
    except ValueError:
        return False


# ---- JSON


def _json(data: bytes) -> Iterator[Fault]:
    try:
        read = json.loads(data.decode())
    except ValueError as error:
        yield Fault(getattr(error, "lineno", 0), "", f"not JSON: {error}")
        return
    if not str(read.get("version", "")).startswith(
        "https://jsonfeed.org/version/1"
    ) or not read.get("title"):
        yield Fault(1, "", "no version and title of JSON Feed")
    seen: set[str] = set()
    for number, item in enumerate(read.get("items", ()), 2):  # a line each, after the feed's own
        name = str(item.get("id", "?"))
        if name in seen:
            yield Fault(number, name, "an id that another item has")
        seen.add(name)
        if not (item.get("title") and item.get("content_html")):
            yield Fault(number, name, "no title and text")
        if not _ADDRESS.fullmatch(item.get("url", "")):
            yield Fault(number, name, f"no whole address to link to: {item.get('url', '')[:80]!r}")
        for key in ("date_published", "date_modified"):
            if not _is_rfc3339(item.get(key, "")):
                yield Fault(
                    number, name, f"{key} is no date of this format: {item.get(key, '')[:40]!r}"
                )
        for file in item.get("attachments", ()):
            if not (_ADDRESS.fullmatch(file.get("url", "")) and "/" in file.get("mime_type", "")):
                yield Fault(number, name, "an attachment without a whole address and a type")
