"""Sitemaps and feeds as listings: XML that may be broken or hostile, and JSON Feed."""

from __future__ import annotations

import json
import re
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from html import unescape
from typing import TYPE_CHECKING, Any

from feedmaker import urls
from feedmaker.errors import ListingError
from feedmaker.listing import address
from feedmaker.listing.titles import squeeze
from feedmaker.model import Link

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from lxml.etree import _Element

    from feedmaker.model import Page

_UNPACKED = 50_000_000  # a sitemap's limit, uncompressed (sitemaps.org)
_DOCTYPE = re.compile(rb"<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>", re.IGNORECASE | re.DOTALL)
_OPENINGS = ("<urlset", "<sitemapindex", "<rss", "<feed", "<rdf:rdf")


@dataclass(frozen=True, slots=True)
class _Found:
    link: Link
    changed: datetime | None = None


def kind(page: Page) -> str:
    """What a page is by its first words: "xml" (a sitemap or a feed), "json" (JSON Feed) or "html"."""
    if page.content[:2] == b"\x1f\x8b":
        return "xml"
    head = page.text[:2000].lstrip("\ufeff \t\r\n")
    if head.startswith("{") and "jsonfeed.org" in head:
        return "json"
    low = head.lower()
    return (
        "xml"
        if low.startswith(("<?xml", "<!--", *_OPENINGS)) and any(o in low or ":" + o[1:] in low for o in _OPENINGS)
        else "html"
    )


def links(page: Page) -> list[Link]:
    """The links of a sitemap (sitemaps.org, with Google's news and image parts), RSS, Atom, RDF or JSON feed.

    Feeds keep their order; sitemaps are put newest first where they tell. Raises ListingError for what cannot be read.
    """
    if kind(page) == "json":
        return _unique(_json_items(page))
    root = _root(page)
    name = _local(root)
    if name == "urlset":
        return _urlset(root, page)
    return _unique(_feed_items(root, page))


def child_sitemaps(page: Page) -> list[str]:
    """The sitemaps that a sitemap index names, the one changed last first; [] of any other page."""
    if kind(page) != "xml":
        return []
    try:
        root = _root(page)
    except ListingError:
        return []
    if _local(root) != "sitemapindex":
        return []
    found: dict[str, datetime | None] = {}
    for one in _children(root, "sitemap"):
        if url := urls.canonical(_text(one, "loc"), page.url):
            found[url] = _date(_text(one, "lastmod"))
    return sorted(found, key=lambda url: -_stamp(found[url]))


def _root(page: Page) -> _Element:
    from lxml import etree

    data = _unpacked(page) if page.content[:2] == b"\x1f\x8b" else page.text.encode("utf-8", "replace")
    # A document type is cut out, so there are no entities to expand or fetch; sizes stay limited; broken markup is
    # mended as far as it goes.
    parser = etree.XMLParser(
        encoding=None if page.content[:2] == b"\x1f\x8b" else "utf-8",
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(_DOCTYPE.sub(b"", data.strip(), count=1), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ListingError(f"{page.url}: neither a sitemap nor a feed that can be read: {error}") from None
    if root is None:
        raise ListingError(f"{page.url}: neither a sitemap nor a feed that can be read: it holds no element")
    return root


def _unpacked(page: Page) -> bytes:
    try:
        return zlib.decompressobj(wbits=31).decompress(page.content, _UNPACKED)
    except zlib.error as error:
        raise ListingError(f"{page.url}: a broken gzip file: {error}") from None


def _local(element: _Element) -> str:
    """An element's name without namespace, in lower case; '' of what is no element."""
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


def _children(element: _Element, name: str) -> Iterator[_Element]:
    return (child for child in element if _local(child) == name)


def _text(element: _Element, *names: str) -> str:
    """The text of the first descendant with one of the names, in the order of the names."""
    for name in names:
        for child in element.iter():
            if child is not element and _local(child) == name and (text := _all_text(child)):
                return text
    return ""


def _all_text(element: _Element) -> str:
    return "".join(str(part) for part in element.itertext()).strip()


def _plain(text: str) -> str:
    """The text of a feed's title, in which markup may be escaped once more."""
    return squeeze(unescape(re.sub(r"<[^<>]{1,200}>", " ", unescape(text))) if "<" in text or "&" in text else text)


def _date(text: str) -> datetime | None:
    """An instant as RSS (RFC 2822) or Atom and sitemaps write it (RFC 3339, NOTE-datetime); UTC if it names no zone."""
    text = text.strip()
    found: datetime | None = None
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            found = read(text)
            break
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
    if found is None:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _stamp(when: datetime | None) -> float:
    try:
        return when.timestamp() if when else 0.0
    except (ValueError, OverflowError):
        return 0.0


def _urlset(root: _Element, page: Page) -> list[Link]:
    found: list[_Found] = []
    own = urls.key(page.url)
    for one in _children(root, "url"):
        url = urls.canonical(_text(one, "loc"), page.url)
        if url is None or urls.key(url) == own or address.shape(url) <= -2:
            continue
        title = next((_plain(_all_text(t)) for n in _children(one, "news") for t in _children(n, "title")), "")
        published = _date(_text(one, "publication_date"))
        image = next((i for n in _children(one, "image") if (i := urls.absolute(_text(n, "loc"), page.url))), None)
        link = Link(url=url, title=title, published=published, image=image)
        found.append(_Found(link, published or _date(_text(one, "lastmod"))))
    likely = [f for f in found if f.link.title or address.shape(f.link.url) > 0] or found
    return _unique(f.link for f in sorted(likely, key=lambda f: -_stamp(f.changed)))


def _feed_items(root: _Element, page: Page) -> Iterator[Link]:
    base = page.url
    for one in root.iter():
        if _local(one) not in ("item", "entry"):
            continue
        url = urls.canonical(_feed_url(one), base)
        if url is None:
            continue
        title = next((_plain(_all_text(t)) for t in _children(one, "title")), "")
        dated = (_date(_text(one, name)) for name in ("pubdate", "published", "date", "issued", "updated"))
        yield Link(url=url, title=title, published=next((d for d in dated if d), None), image=_feed_image(one, base))


def _feed_url(item: _Element) -> str:
    """The address of an item's page: Atom's alternate link, RSS's link, else a guid that is one."""
    for name in ("origlink", "link"):
        for child in _children(item, name):
            if child.get("rel", "alternate") != "alternate":
                continue
            if text := (child.get("href") or child.text or "").strip():
                return text
    for child in _children(item, "guid"):
        if child.get("isPermaLink", "true") != "false" and (child.text or "").strip().startswith("http"):
            return (child.text or "").strip()
    return ""


def _feed_image(item: _Element, base: str) -> str | None:
    for child in item.iter():
        name, kind_of = _local(child), (child.get("type") or child.get("medium") or "") if _local(child) else ""
        if name == "thumbnail" or (name in ("content", "enclosure") and kind_of.startswith("image")):
            url = urls.absolute(child.get("url") or "", base)
            if url:
                return url
    return None


def _json_items(page: Page) -> Iterator[Link]:
    """The items of a JSON Feed (jsonfeed.org, version 1.1)."""
    try:
        data = json.loads(page.text.lstrip("\ufeff"))
    except (ValueError, RecursionError) as error:
        raise ListingError(f"{page.url}: a JSON Feed that cannot be read: {error}") from None
    items = data.get("items") if isinstance(data, dict) else None
    text: Callable[[Any], str] = lambda value: value if isinstance(value, str) else ""  # noqa: E731
    for item in items if isinstance(items, list) else []:
        if not isinstance(item, dict) or not (
            url := urls.canonical(text(item.get("url")) or text(item.get("external_url")), page.url)
        ):
            continue
        image = urls.absolute(text(item.get("image")) or text(item.get("banner_image")), page.url)
        yield Link(
            url=url,
            title=_plain(text(item.get("title"))),
            published=_date(text(item.get("date_published"))),
            image=image,
        )


def _unique(found: Iterable[Link]) -> list[Link]:
    first: dict[str, Link] = {}
    for link in found:
        first.setdefault(urls.key(link.url), link)
    return list(first.values())
