"""Sitemaps and feeds as listings: XML that may be broken or hostile, and JSON Feed."""

from __future__ import annotations

import json
import re
import zlib
from contextlib import suppress
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from html import unescape
from typing import TYPE_CHECKING, Final, Literal

from feedmaker.listing import url_shape
from feedmaker.listing.page_links import squeeze
from feedmaker.model import Link
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
_MARKUP: Final = re.compile(r"<[^<>]{1,200}>")
_GZIP: Final = b"\x1f\x8b"
_ITEMS: Final = ("item", "entry")
_DATES: Final = ("pubdate", "published", "date", "issued", "updated")
_OPENINGS: Final = ("<urlset", "<sitemapindex", "<rss", "<feed", "<rdf:rdf")
_BEGINNINGS: Final = ("<?xml", "<!--", *_OPENINGS)


def source_kind(page: Page) -> Literal["xml", "json", "html"]:
    """What a page is by its first words: a sitemap or a feed in XML, a JSON Feed, or HTML."""
    if page.content.startswith(_GZIP):
        return "xml"
    head = page.utf8[:3000].decode("utf-8", "replace").lstrip("\ufeff \t\r\n").lower()
    if head.startswith("{"):
        return "json" if "jsonfeed.org" in head else "html"
    if not head.startswith(_BEGINNINGS):
        return "html"
    opened = any(tag in head or f":{tag[1:]}" in head for tag in _OPENINGS)
    return "xml" if opened else "html"


def child_sitemaps(page: Page) -> list[str]:
    """The sitemaps that a sitemap index names, the one changed last first; [] of any other page."""
    if source_kind(page) != "xml":
        return []
    try:
        root = _root(page)
    except ListingError:
        return []
    if _local(root) != "sitemapindex":
        return []
    found: dict[str, datetime | None] = {}
    for one in _children(root, "sitemap"):
        told = _texts(one, "loc", "lastmod")
        if url := urls.canonical(told["loc"], page.url):
            found[url] = _instant(told["lastmod"])
    return sorted(found, key=lambda url: -_timestamp(found[url]))


def source_links(page: Page) -> tuple[Literal["sitemap", "feed"], list[Link]]:
    """What a page is, and its links.

    It is a sitemap (sitemaps.org, with Google's news and image parts), or an RSS, Atom, RDF or JSON
    feed. Feeds keep their order; sitemaps are put newest first where they tell. Raises ListingError
    for what cannot be read.
    """
    if source_kind(page) == "json":
        return "feed", _unique(_json_items(page))
    root = _root(page)
    if _local(root) == "urlset":
        return "sitemap", _unique(_sitemap_links(root, page))
    return "feed", _unique(_feed_items(root, page))


def _root(page: Page) -> _Element:
    from lxml import etree  # 10 ms, which runs that read HTML alone do without

    is_packed = page.content.startswith(_GZIP)
    data = _without_doctype(_unpacked(page) if is_packed else page.utf8)
    if data.count(b"<") > _MOST_TAGS:
        data = data[: -len(data.split(b"<", _MOST_TAGS)[-1]) - 1]
    # Without a document type there are no entities to expand or fetch; sizes stay limited; broken
    # markup is read as far as it goes.
    parser = etree.XMLParser(
        encoding=None if is_packed else "utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        recover=True,
        remove_comments=True,
        remove_pis=True,
    )
    fault = "it holds no element"
    root: _Element | None = None
    try:
        root = etree.fromstring(data.strip(), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        fault = str(error)
    if root is None:
        raise ListingError(page.url, Reason.of(Code.BROKEN_SOURCE, fault=fault))
    return root


def _without_doctype(data: bytes) -> bytes:
    start = _DOCTYPE.search(data)
    if not start:
        return data
    end = start.end()
    if data[end : end + 1] == b"[":
        found = _END_OF_SUBSET.search(data, end)
        end = found.end() - 1 if found else len(data)
    return data[: start.start()] + data[end + 1 :]


def _unpacked(page: Page) -> bytes:
    try:
        return zlib.decompressobj(wbits=31).decompress(page.content, _UNPACKED)
    except zlib.error as error:
        reason = Reason.of(Code.BROKEN_GZIP, fault=str(error))
        raise ListingError(page.url, reason) from None


def _local(element: _Element) -> str:
    """An element's name without namespace, in lower case; '' of what is no element."""
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


def _children(element: _Element, name: str) -> Iterator[_Element]:
    return (child for child in element if _local(child) == name)


def _texts(element: _Element, *names: str) -> dict[str, str]:
    """The first text of the descendants of each of the names; "" where there is none."""
    found = dict.fromkeys(names, "")
    for child in element.iterdescendants():
        name = _local(child)
        if child.text and found.get(name) == "":
            found[name] = child.text.strip()
    return found


def _all_text(element: _Element) -> str:
    return "".join(str(part) for part in element.itertext()).strip()


def _title(element: _Element) -> str:
    """The text of the title in an element."""
    return next((_plain(_all_text(one)) for one in _children(element, "title")), "")


def _plain(text: str) -> str:
    """The text of a feed's title, in which markup may be escaped once more."""
    if "<" in text or "&" in text:
        text = unescape(_MARKUP.sub(" ", unescape(text)))
    return squeeze(text)


def _instant(text: str) -> datetime | None:
    """An instant as RSS (RFC 2822) or Atom and sitemaps (RFC 3339) write it; UTC without a zone."""
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        with suppress(ValueError, TypeError, IndexError, OverflowError):
            found = read(text.strip())
            return found if found.tzinfo else found.replace(tzinfo=UTC)
    return None


def _timestamp(when: datetime | None) -> float:
    with suppress(ValueError, OverflowError):
        return when.timestamp() if when else 0.0
    return 0.0


def _sitemap_links(root: _Element, page: Page) -> list[Link]:
    """The links of a sitemap, newest first; those that look like stories, if any does."""
    own = urls.key(page.url)
    found: list[tuple[Link, float]] = []
    likely: list[tuple[Link, float]] = []
    for one in _children(root, "url"):
        told = _texts(one, "loc", "lastmod", "publication_date")
        url = urls.canonical(told["loc"], page.url)
        if url is None or url_shape.shape(url) <= -2 or urls.key(url) == own:
            continue
        titles = map(_title, _children(one, "news"))
        published = _instant(told["publication_date"])
        link = Link(
            url=url,
            title=next(filter(None, titles), ""),
            published=published,
            image=_sitemap_image(one, page.url),
        )
        entry = (link, _timestamp(published or _instant(told["lastmod"])))
        found.append(entry)
        if link.title or url_shape.shape(url) > 0:
            likely.append(entry)
    newest_first = sorted(likely or found, key=lambda entry: entry[1], reverse=True)
    return [link for link, _ in newest_first]


def _sitemap_image(element: _Element, base: str) -> str | None:
    for image in _children(element, "image"):
        if url := urls.absolute(_texts(image, "loc")["loc"], base):
            return url
    return None


def _feed_items(root: _Element, page: Page) -> Iterator[Link]:
    for one in root.iter():
        if _local(one) not in _ITEMS or any(_local(at) in _ITEMS for at in one.iterancestors()):
            continue
        url = urls.canonical(_feed_url(one), page.url)
        if url is not None:
            dates = map(_instant, _texts(one, *_DATES).values())
            yield Link(
                url=url,
                title=_title(one),
                published=next(filter(None, dates), None),
                image=_feed_image(one, page.url),
            )


def _feed_url(item: _Element) -> str:
    """The address of an item's page: Atom's alternate link, RSS's link, else a guid that is one."""
    for child in (*_children(item, "origlink"), *_children(item, "link")):
        if child.get("rel", "alternate") == "alternate":
            address = (child.get("href") or child.text or "").strip()
            if address:
                return address
    for child in _children(item, "guid"):
        address = (child.text or "").strip()
        if child.get("isPermaLink", "true") != "false" and address.startswith("http"):
            return address
    return ""


def _feed_image(item: _Element, base: str) -> str | None:
    for child in item.iter():
        name = _local(child)
        kind = child.get("type") or child.get("medium") or "" if name else ""
        is_picture = name in ("content", "enclosure") and kind.startswith("image")
        if name == "thumbnail" or is_picture:
            url = urls.absolute(child.get("url") or "", base)
            if url:
                return url
    return None


def _json_items(page: Page) -> Iterator[Link]:
    """The items of a JSON Feed (jsonfeed.org, version 1.1)."""
    try:
        data = json.loads(page.text.lstrip("\ufeff"))
    except (ValueError, RecursionError) as error:
        reason = Reason.of(Code.BROKEN_JSON_FEED, fault=str(error))
        raise ListingError(page.url, reason) from None
    items = data.get("items") if isinstance(data, dict) else None
    for item in items if isinstance(items, list) else ():
        link = _json_link(item, page.url) if isinstance(item, dict) else None
        if link is not None:
            yield link


def _json_link(item: dict[str, object], base: str) -> Link | None:
    texts = {name: value for name, value in item.items() if isinstance(value, str)}
    url = urls.canonical(texts.get("url") or texts.get("external_url") or "", base)
    if url is None:
        return None
    image = texts.get("image") or texts.get("banner_image") or ""
    return Link(
        url=url,
        title=_plain(texts.get("title", "")),
        published=_instant(texts.get("date_published", "")),
        image=urls.absolute(image, base),
    )


def _unique(found: Iterable[Link]) -> list[Link]:
    first: dict[str, Link] = {}
    for link in found:
        first.setdefault(urls.key(link.url), link)
    return list(first.values())
