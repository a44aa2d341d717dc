"""Sitemaps and feeds as listings: XML that may be broken or hostile, and JSON Feed."""

from __future__ import annotations

import json
import re
import zlib
from contextlib import suppress
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from html import unescape
from operator import itemgetter
from typing import TYPE_CHECKING, Final, Literal

from feedmaker.listing import url_shape
from feedmaker.listing.link_texts import squeeze
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
GZIP: Final = b"\x1f\x8b"  # the first bytes of a packed page
_ITEMS: Final = ("item", "entry")
_PICTURES: Final = ("content", "enclosure", "thumbnail")
_DATES: Final = (
    "pubdate",
    "published",
    "date",
    "issued",
    "updated",
)


def named_sitemaps(page: Page) -> list[str]:
    """The sitemaps that a sitemap index names, the one changed last first; [] of any other page."""
    try:
        root = _root(page)
    except ListingError:
        return []
    if _local(root) != "sitemapindex":
        return []
    changed: dict[str, float] = {}
    for one in _children(root, "sitemap"):
        texts = _texts(one, "loc", "lastmod")
        url = urls.canonical(texts["loc"], page.url)
        if url:
            when = _instant(texts["lastmod"])
            changed[url] = _timestamp(when)
    return sorted(changed, key=lambda url: -changed[url])


def xml_links(page: Page) -> tuple[Literal["sitemap", "feed"], list[Link]]:
    """What a page in XML is, and its links.

    It is a sitemap (sitemaps.org, with Google's news and image parts), or an RSS, Atom or RDF feed.
    Feeds keep their order; sitemaps are put newest first where they tell. Raises ListingError for
    what cannot be read.
    """
    root = _root(page)
    if _local(root) == "urlset":
        return "sitemap", _unique(_sitemap_links(root, page))
    return "feed", _unique(_feed_items(root, page))


def json_links(page: Page) -> list[Link]:
    """The links of a JSON Feed (jsonfeed.org, version 1.1), in its order.

    Raises ListingError for what cannot be read.
    """
    try:
        data = json.loads(page.text.lstrip("\ufeff"))
    except (ValueError, RecursionError) as error:
        reason = Reason.of(Code.BROKEN_JSON_FEED, fault=str(error))
        raise ListingError(page.url, reason) from None
    items: object = None
    if isinstance(data, dict):
        items = data.get("items")
    if not isinstance(items, list):
        return []
    links: list[Link] = []
    for item in items:
        if not isinstance(item, dict):
            continue
        link = _json_link(item, page.url)
        if link is not None:
            links.append(link)
    return _unique(links)


# ---- XML


def _root(page: Page) -> _Element:
    """The root of a page in XML, read as far as it goes. Raises ListingError where there is none.

    Without a document type there are no entities to expand or fetch; sizes stay limited.
    """
    from lxml import etree  # 10 ms, which runs that read HTML alone do without

    is_packed = page.content.startswith(GZIP)
    data = _unpacked(page) if is_packed else page.utf8
    data = _without_doctype(data)
    if data.count(b"<") > _MOST_TAGS:
        rest = data.split(b"<", _MOST_TAGS)[-1]
        data = data[: -len(rest) - 1]
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
        reason = Reason.of(Code.BROKEN_SOURCE, fault=fault)
        raise ListingError(page.url, reason)
    return root


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


def _local(element: _Element) -> str:
    """An element's name without namespace, in lower case; '' of what is no element."""
    tag: object = element.tag  # of a comment it is a function
    if not isinstance(tag, str):
        return ""
    _, _, name = tag.rpartition("}")
    return name.lower()


def _children(element: _Element, name: str) -> Iterator[_Element]:
    """The elements of this name right in an element."""
    for child in element:
        if _local(child) == name:
            yield child


def _texts(element: _Element, *names: str) -> dict[str, str]:
    """The first text of the descendants of each of the names; "" where there is none."""
    found = dict.fromkeys(names, "")
    for child in element.iterdescendants():
        name = _local(child)
        if child.text and found.get(name) == "":
            found[name] = child.text.strip()
    return found


def _title(element: _Element) -> str:
    """The text of the title in an element."""
    for child in _children(element, "title"):
        text = "".join(map(str, child.itertext()))
        return _plain(text.strip())
    return ""


def _plain(text: str) -> str:
    """The text of a feed's title, in which markup may be escaped once more."""
    if "<" in text or "&" in text:
        without_markup = _MARKUP.sub(" ", unescape(text))
        text = unescape(without_markup)
    return squeeze(text)


def _instant(text: str) -> datetime | None:
    """An instant as RSS (RFC 2822) or Atom and sitemaps (RFC 3339) write it; UTC without a zone."""
    for parse in (datetime.fromisoformat, parsedate_to_datetime):
        with suppress(ValueError, TypeError, IndexError, OverflowError):
            found = parse(text.strip())
            if found.tzinfo:
                return found
            return found.replace(tzinfo=UTC)
    return None


def _timestamp(when: datetime | None) -> float:
    """An instant as Unix time, to sort by; 0 where it is unknown or cannot be told."""
    if when is None:
        return 0.0
    try:
        return when.timestamp()
    except (ValueError, OverflowError):
        return 0.0


# ---- sitemaps


def _sitemap_links(root: _Element, page: Page) -> list[Link]:
    """The links of a sitemap, newest first; those that look like stories, if any does."""
    own = urls.key(page.url)
    found: list[tuple[Link, float]] = []
    likely: list[tuple[Link, float]] = []
    for element in _children(root, "url"):
        entry = _sitemap_entry(element, page.url)
        if entry is None:
            continue
        link, _ = entry
        if urls.key(link.url) == own:
            continue
        found.append(entry)
        if link.title or url_shape.shape(link.url) > 0:
            likely.append(entry)
    newest_first = sorted(
        likely or found,
        key=itemgetter(1),
        reverse=True,
    )
    return [link for link, _ in newest_first]


def _sitemap_entry(element: _Element, base: str) -> tuple[Link, float] | None:
    """A page of a sitemap, and when it changed last (Unix time, 0 if unknown).

    None of what is never a story.
    """
    texts = _texts(element, "loc", "lastmod", "publication_date")
    url = urls.canonical(texts["loc"], base)
    if url is None or url_shape.shape(url) <= url_shape.NEVER:
        return None
    published = _instant(texts["publication_date"])
    titles = map(_title, _children(element, "news"))
    link = Link(
        url=url,
        title=next(filter(None, titles), ""),
        published=published,
        image=_sitemap_image(element, base),
    )
    changed = published or _instant(texts["lastmod"])
    return link, _timestamp(changed)


def _sitemap_image(element: _Element, base: str) -> str | None:
    """The picture that a page of a sitemap has (Google's image sitemaps)."""
    for image in _children(element, "image"):
        texts = _texts(image, "loc")
        url = urls.absolute(texts["loc"], base)
        if url:
            return url
    return None


# ---- feeds


def _feed_items(root: _Element, page: Page) -> Iterator[Link]:
    """The items of a feed that stand in no other item."""
    for element in root.iter():
        if _local(element) not in _ITEMS:
            continue
        around = map(_local, element.iterancestors())
        if any(name in _ITEMS for name in around):
            continue
        address = _feed_url(element)
        url = urls.canonical(address, page.url)
        if url is None:
            continue
        texts = _texts(element, *_DATES)
        dates = map(_instant, texts.values())
        yield Link(
            url=url,
            title=_title(element),
            published=next(filter(None, dates), None),
            image=_feed_image(element, page.url),
        )


def _feed_url(item: _Element) -> str:
    """The address of an item's page: Atom's alternate link, RSS's link, else a guid that is one."""
    links = [
        *_children(item, "origlink"),  # of FeedBurner
        *_children(item, "link"),
    ]
    for child in links:
        if child.get("rel", "alternate") != "alternate":
            continue
        address = child.get("href") or child.text or ""
        if address.strip():
            return address.strip()
    for child in _children(item, "guid"):
        address = (child.text or "").strip()
        is_link = child.get("isPermaLink", "true") != "false"
        if is_link and address.startswith("http"):
            return address
    return ""


def _feed_image(item: _Element, base: str) -> str | None:
    """The picture of an item: a thumbnail, or an enclosure that is one (Media RSS)."""
    for child in item.iter():
        name = _local(child)
        if name not in _PICTURES:
            continue
        kind = child.get("type") or child.get("medium") or ""
        if name != "thumbnail" and not kind.startswith("image"):
            continue
        url = urls.absolute(child.get("url") or "", base)
        if url:
            return url
    return None


def _json_link(item: dict[str, object], base: str) -> Link | None:
    """The link of an item of a JSON Feed; None without a URL."""
    texts = {name: value for name, value in item.items() if isinstance(value, str)}
    address = texts.get("url") or texts.get("external_url") or ""
    url = urls.canonical(address, base)
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
    """The links without those to a URL that another one leads to before."""
    first: dict[str, Link] = {}
    for link in found:
        key = urls.key(link.url)
        first.setdefault(key, link)
    return list(first.values())
