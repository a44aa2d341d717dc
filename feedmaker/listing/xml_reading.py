"""Sitemaps and feeds in XML that may be broken or hostile: their elements, texts and dates."""

from __future__ import annotations

import re
import zlib
from contextlib import suppress
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from html import unescape
from typing import TYPE_CHECKING, Final

from feedmaker.listing.cards import LONGEST_TEXT, squeeze
from feedmaker.model.errors import ListingError
from feedmaker.model.reasons import Code, Reason
from feedmaker.text import urls

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.etree import _Element

    from feedmaker.model import Page

_UNPACKED: Final = 50_000_000  # a sitemap's limit, uncompressed (sitemaps.org)
# Tags of a sitemap or feed, opening and closing ones: the largest that is fetched has no more.
_MOST_TAGS: Final = 400_000
_DOCTYPE: Final = re.compile(rb"<!DOCTYPE[^\[>]*", re.IGNORECASE)
_END_OF_SUBSET: Final = re.compile(rb"\]\s*>")
# References to halves of characters, which some sites write for emoji: XML has none, and the parser
# would give texts that cannot be decoded.
_SURROGATE: Final = re.compile(
    rb"&#(?:x0{0,8}d[89a-f][0-9a-f]{2}"
    rb"|0{0,8}(?:55(?:29[6-9]|[3-9]\d\d)|56\d{3}|57(?:[0-2]\d\d|3[0-3]\d|34[0-3])));",
    re.IGNORECASE,
)
# A text of an item, which no link needs.
_TEXT_TAG: Final = re.compile(
    rb"<(description|content:encoded|summary)(?:\s[^<>]{0,300})?(?<!/)>\s{0,9}", re.IGNORECASE
)
# Tags of HTML where a text should be; no element of a feed or sitemap has such a name.
_HTML_TAG: Final = re.compile(
    rb"</?(?:a|b|big|br|center|div|em|font|h[1-6]|hr|i|img|li|ol|p|small|span|strong|sub|sup|u|ul|wbr)"
    rb"(?:\s[^<>]{0,1000})?/?>",
    re.IGNORECASE,
)
_BEFORE: Final = 3_000  # bytes in which XML begins, where something stands before it
_START: Final = re.compile(
    rb"<\?xml\b|<!DOCTYPE|<!--|<(?:\w{1,20}:)?(?:urlset|sitemapindex|rss|feed|rdf)\b", re.IGNORECASE
)
_XML_BASE: Final = "{http://www.w3.org/XML/1998/namespace}base"
_MOST_MARKUP: Final = 10_000  # characters of a title and its markup that are read
_MARKUP: Final = re.compile(r"<[^<>]{1,200}>")
GZIP: Final = b"\x1f\x8b"  # the first bytes of a packed page


def read_xml(page: Page) -> _Element:
    """The root of a page in XML, read as far as it goes. Raises ListingError where there is none.

    Without a document type there are no entities to expand or fetch; sizes stay limited.
    """
    is_packed = page.content.startswith(GZIP)
    data = _unpacked(page) if is_packed else page.utf8
    data = _without_texts(_without_doctype(data[start_of_xml(data) :]))
    data = _SURROGATE.sub(b"", data)
    if data.count(b"<") > _MOST_TAGS:
        rest = data.split(b"<", _MOST_TAGS)[-1]
        data = data[: -len(rest) - 1]
    encoding = None if is_packed else "utf-8"
    root, fault = _parsed(data, encoding)
    if root is None or not is_whole(root):
        # Markup that is left open would take the items behind it along.
        again, _ = _parsed(_HTML_TAG.sub(b"", data), encoding)
        root = root if again is None else again
    if root is None:
        reason = Reason.of(Code.BROKEN_SOURCE, fault=fault)
        raise ListingError(page.url, reason)
    return root


def _parsed(data: bytes, encoding: str | None) -> tuple[_Element | None, str]:
    """The root of XML, read as far as it goes; where there is none, what is wrong with it."""
    from lxml import etree  # 10 ms, which runs that read HTML alone do without

    parser = etree.XMLParser(
        encoding=encoding,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        recover=True,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(data.strip(), parser), "it holds no element"
    except (etree.XMLSyntaxError, ValueError) as error:
        return None, str(error)


def is_whole(root: _Element) -> bool:
    """Whether a page in XML was well-formed to its end, and all of it was read."""
    from lxml.etree import ErrorLevels  # see `_parsed`

    log = root.getroottree().parser.error_log
    return all(fault.level < ErrorLevels.FATAL for fault in log)


def start_of_xml(data: bytes) -> int:
    """Where the XML of a page begins: behind a warning of PHP and the like; 0 where it has none."""
    found = _START.search(data, 0, _BEFORE)
    return found.start() if found else 0


def _without_texts(data: bytes) -> bytes:
    """XML without the texts of its items, which links do without: markup in them is often broken.

    What stands in CDATA cannot be, and stays.
    """
    parts: list[bytes] = []
    at = 0
    for tag in _TEXT_TAG.finditer(data):
        start = tag.end()
        if tag.start() < at or data.startswith(b"<![CDATA[", start):
            continue
        end = data.find(b"</" + tag[1], start)
        if end < 0:
            break
        parts.append(data[at:start])
        at = end
    return b"".join([*parts, data[at:]])


def _without_doctype(data: bytes) -> bytes:
    """XML without its document type, with the declarations in it."""
    doctype = _DOCTYPE.search(data)
    if not doctype:
        return data
    end = doctype.end()
    if data.startswith(b"[", end):
        subset_end = _END_OF_SUBSET.search(data, end)
        end = len(data)
        if subset_end:
            end = subset_end.end() - 1
    before = data[: doctype.start()]
    after = data[end + 1 :]
    return before + after


def _unpacked(page: Page) -> bytes:
    """The content of a packed page, as much as a sitemap may have. Raises ListingError."""
    decompressor = zlib.decompressobj(wbits=31)
    try:
        return decompressor.decompress(page.content, _UNPACKED)
    except zlib.error as error:
        reason = Reason.of(Code.BROKEN_GZIP, fault=str(error))
        raise ListingError(page.url, reason) from None


def local_name(element: _Element) -> str:
    """An element's name without namespace, in lower case; '' of what is no element."""
    tag: object = element.tag  # of a comment it is a function
    if not isinstance(tag, str):
        return ""
    _, _, name = tag.rpartition("}")
    return name.lower()


def children(element: _Element, name: str) -> Iterator[_Element]:
    """The elements of this name right in an element."""
    for child in element:
        if local_name(child) == name:
            yield child


def base_of(element: _Element, base: str) -> str:
    """What the addresses in an element are relative to: `xml:base`, of those around it too."""
    around = (element, *element.iterancestors())
    for one in reversed(around):
        stated = one.get(_XML_BASE)
        if stated:
            base = urls.absolute(stated, base) or base
    return base


def first_texts(elements: Iterable[_Element], *names: str) -> dict[str, str]:
    """The first text of the elements with each of the names; "" where there is none."""
    found = dict.fromkeys(names, "")
    for one in elements:
        name = local_name(one)
        if one.text and found.get(name) == "":
            found[name] = one.text.strip()
    return found


def title_of(element: _Element) -> str:
    """The text of the title in an element."""
    for child in children(element, "title"):
        text = "".join(map(str, child.itertext()))
        return plain_text(text.strip())
    return ""


def plain_text(text: str) -> str:
    """The text of a feed's title, in which markup may be escaped once more; its beginning."""
    text = text[:_MOST_MARKUP]
    if "<" in text or "&" in text:
        without_markup = _MARKUP.sub(" ", unescape(text))
        text = unescape(without_markup)
    return squeeze(text)[:LONGEST_TEXT]


def parse_instant(text: str) -> datetime | None:
    """An instant as RSS (RFC 2822) or Atom and sitemaps (RFC 3339) write it; UTC without a zone."""
    for parse in (datetime.fromisoformat, parsedate_to_datetime):
        with suppress(ValueError, TypeError, IndexError, OverflowError):
            found = parse(text.strip())
            if found.tzinfo:
                return found
            return found.replace(tzinfo=UTC)
    return None


def timestamp(when: datetime | None) -> float:
    """An instant as Unix time, to sort by; 0 where it is unknown or cannot be told."""
    if when is None:
        return 0.0
    try:
        return when.timestamp()
    except (ValueError, OverflowError):
        return 0.0
