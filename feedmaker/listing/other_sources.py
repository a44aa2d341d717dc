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

from feedmaker.listing import url_shape
from feedmaker.listing.headlines import squeeze
from feedmaker.model import Link
from feedmaker.model.errors import ListingError
from feedmaker.text import urls

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from lxml.etree import _Element

    from feedmaker.model import Page

_UNPACKED = 50_000_000  # a sitemap's limit, uncompressed (sitemaps.org)
_MOST_TAGS = 400_000  # of a sitemap or feed, opening and closing ones: the largest that is fetched has no more
_DOCTYPE = re.compile(rb"<!DOCTYPE[^\[>]*", re.IGNORECASE)
_END_OF_SUBSET = re.compile(rb"\]\s*>")
_ITEMS = ("item", "entry")
_DATES = ("pubdate", "published", "date", "issued", "updated")
_OPENINGS = ("<urlset", "<sitemapindex", "<rss", "<feed", "<rdf:rdf")


@dataclass(frozen=True, slots=True)
class _Found:
    link: Link
    changed: datetime | None
    likely: bool


def kind(page: Page) -> str:
    """What a page is by its first words: "xml" (a sitemap or a feed), "json" (JSON Feed) or "html"."""
    if page.content[:2] == b"\x1f\x8b":
        return "xml"
    head = page.utf8[:3000].decode("utf-8", "replace").lstrip("\ufeff \t\r\n")
    if head.startswith("{") and "jsonfeed.org" in head:
        return "json"
    low = head.lower()
    return (
        "xml"
        if low.startswith(("<?xml", "<!--", *_OPENINGS))
        and any(o in low or ":" + o[1:] in low for o in _OPENINGS)
        else "html"
    )


def links(page: Page) -> list[Link]:
    """The links of a sitemap (sitemaps.org, with Google's news and image parts), RSS, Atom, RDF or
    JSON feed.

    Feeds keep their order; sitemaps are put newest first where they tell. Raises ListingError for
    what cannot be read.
    """
    if kind(page) == "json":
        return _unique(_json_items(page))
    root = _root(page)
    name = _local(root)
    if name == "urlset":
        return _urlset(root, page)
    return _unique(_feed_items(root, page))


def is_sitemap(page: Page) -> bool:
    """Whether an XML page is a sitemap, not a feed."""
    return _local(_root(page)) == "urlset"


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
        told = _texts(one, "loc", "lastmod")
        if url := urls.canonical(told["loc"], page.url):
            found[url] = _date(told["lastmod"])
    return sorted(found, key=lambda url: -_stamp(found[url]))


def _root(page: Page) -> _Element:
    from lxml import etree

    packed = page.content[:2] == b"\x1f\x8b"
    data = _without_doctype(_unpacked(page) if packed else page.utf8)
    if data.count(b"<") > _MOST_TAGS:
        data = data[: -len(data.split(b"<", _MOST_TAGS)[-1]) - 1]
    # Without a document type there are no entities to expand or fetch; sizes stay limited; broken
    # markup is mended as far as it goes.
    parser = etree.XMLParser(
        encoding=None if packed else "utf-8",
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(data.strip(), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ListingError(
            f"{page.url}: neither a sitemap nor a feed that can be read: {error}"
        ) from None
    if root is None:
        raise ListingError(
            f"{page.url}: neither a sitemap nor a feed that can be read: it holds no element"
        )
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
        raise ListingError(f"{page.url}: a broken gzip file: {error}") from None


def _local(element: _Element) -> str:
    """An element's name without namespace, in lower case; '' of what is no element."""
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


def _children(element: _Element, name: str) -> Iterator[_Element]:
    return (child for child in element if _local(child) == name)


def _texts(element: _Element, *names: str) -> dict[str, str]:
    """The first text of the descendants of each of the names; "" where there is none."""
    found = dict.fromkeys(names, "")
    for child in element.iter():
        if (
            child.text
            and (name := _local(child)) in found
            and not found[name]
            and child is not element
        ):
            found[name] = child.text.strip()
    return found


def _all_text(element: _Element) -> str:
    return "".join(str(part) for part in element.itertext()).strip()


def _plain(text: str) -> str:
    """The text of a feed's title, in which markup may be escaped once more."""
    return squeeze(
        unescape(re.sub(r"<[^<>]{1,200}>", " ", unescape(text)))
        if "<" in text or "&" in text
        else text
    )


def _date(text: str) -> datetime | None:
    """An instant as RSS (RFC 2822) or Atom and sitemaps write it (RFC 3339, NOTE-datetime); UTC if
    it names no zone.
    """
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
        told = _texts(one, "loc", "lastmod", "publication_date")
        url = urls.canonical(told["loc"], page.url)
        if url is None or (shape := url_shape.shape(url)) <= -2 or urls.key(url) == own:
            continue
        title = next(
            (_plain(_all_text(t)) for n in _children(one, "news") for t in _children(n, "title")),
            "",
        )
        published = _date(told["publication_date"])
        image = next(
            (
                i
                for n in _children(one, "image")
                if (i := urls.absolute(_texts(n, "loc")["loc"], page.url))
            ),
            None,
        )
        link = Link(url=url, title=title, published=published, image=image)
        found.append(_Found(link, published or _date(told["lastmod"]), bool(title) or shape > 0))
    likely = [f for f in found if f.likely] or found
    return _unique(f.link for f in sorted(likely, key=lambda f: -_stamp(f.changed)))


def _feed_items(root: _Element, page: Page) -> Iterator[Link]:
    base = page.url
    for one in root.iter():
        if _local(one) not in _ITEMS or any(
            _local(around) in _ITEMS for around in one.iterancestors()
        ):
            continue
        url = urls.canonical(_feed_url(one), base)
        if url is None:
            continue
        title = next((_plain(_all_text(t)) for t in _children(one, "title")), "")
        dated = map(_date, _texts(one, *_DATES).values())
        yield Link(
            url=url,
            title=title,
            published=next((d for d in dated if d), None),
            image=_feed_image(one, base),
        )


def _feed_url(item: _Element) -> str:
    """The address of an item's page: Atom's alternate link, RSS's link, else a guid that is one."""
    for name in ("origlink", "link"):
        for child in _children(item, name):
            if child.get("rel", "alternate") != "alternate":
                continue
            if text := (child.get("href") or child.text or "").strip():
                return text
    for child in _children(item, "guid"):
        if child.get("isPermaLink", "true") != "false" and (child.text or "").strip().startswith(
            "http"
        ):
            return (child.text or "").strip()
    return ""


def _feed_image(item: _Element, base: str) -> str | None:
    for child in item.iter():
        name, kind_of = (
            _local(child),
            (child.get("type") or child.get("medium") or "") if _local(child) else "",
        )
        if name == "thumbnail" or (
            name in ("content", "enclosure") and kind_of.startswith("image")
        ):
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
