"""Sitemaps and feeds as listings: XML that may be broken or hostile, lines of text, JSON Feed."""

from __future__ import annotations

import re
from itertools import zip_longest
from typing import TYPE_CHECKING, Final, Literal

from feedmaker.listing import url_shape
from feedmaker.listing.cards import squeeze
from feedmaker.listing.xml_reading import (
    base_of,
    children,
    first_texts,
    is_whole,
    local_name,
    parse_instant,
    plain_text,
    read_xml,
    timestamp,
    title_of,
)
from feedmaker.model import Link
from feedmaker.model.errors import ListingError
from feedmaker.text import urls

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.etree import _Element

    from feedmaker.model import Page

# Elements at each end of a sitemap or feed that are read: together the default of `max_links`. A
# map of 50,000, as many as one may have, would take seconds.
_MOST_AT_END: Final = 2_500
_DIGITS: Final = re.compile(r"\d{1,18}")
_ITEMS: Final = ("item", "entry")
_IS_ADDRESS: Final = re.compile("https?://")
_RDF_ABOUT: Final = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
_ENTRIES: Final = (*_ITEMS, "url")
_OF_FEEDS: Final = ("channel", "title", "id")  # what a feed has though it has no items
_PICTURES: Final = ("content", "enclosure", "thumbnail")
_CATEGORIES: Final = ("category", "subject")
_MOST_CATEGORIES: Final = 20  # of an item
_LONGEST_CATEGORY: Final = 100
_DATES: Final = ("pubdate", "published", "date", "issued", "updated")


def named_sitemaps(page: Page) -> list[str]:
    """The sitemaps that a sitemap index names, the newest first; [] of any other page.

    That is the one changed last, or, where no date tells, the one with the highest number.
    """
    try:
        root = read_xml(page)
    except ListingError:
        return []
    if local_name(root) != "sitemapindex":
        return []
    changed: dict[str, float] = {}
    for one in children(root, "sitemap"):
        texts = first_texts(one.iterdescendants(), "loc", "lastmod")
        url = urls.canonical(texts["loc"], page.url)
        if url:
            when = parse_instant(texts["lastmod"])
            changed[url] = timestamp(when)
    if not any(changed.values()):
        return _newest_by_name(changed)
    return sorted(
        changed,
        key=lambda url: -changed[url],
    )


def _newest_by_name(addresses: Iterable[str]) -> list[str]:
    """The addresses of sitemaps, those with the highest numbers of each kind of name first."""
    kinds: dict[str, list[str]] = {}
    for url in addresses:
        kinds.setdefault(_DIGITS.sub("0", url), []).append(url)
    for names in kinds.values():
        names.sort(key=lambda url: [int(number) for number in _DIGITS.findall(url)], reverse=True)
    rows = zip_longest(*kinds.values())
    return [url for row in rows for url in row if url]


def xml_links(page: Page) -> tuple[Literal["sitemap", "feed"], list[Link], bool]:
    """What a page in XML is, its links, and whether it is a sound feed without any.

    It is a sitemap (sitemaps.org, with Google's news and image parts), or an RSS, Atom or RDF feed.
    Feeds keep their order; sitemaps are put newest first where they tell. Raises ListingError for
    what cannot be read.
    """
    root = read_xml(page)
    name = local_name(root)
    entries = (element for element in root.iter() if local_name(element) in _ENTRIES)
    is_sound = any(local_name(one) in _OF_FEEDS for one in root) and is_whole(root)
    is_empty = is_sound and next(entries, None) is None
    if name == "urlset":
        pages = _sitemap_links(root, page)
        return "sitemap", _unique(pages), is_empty
    items = _feed_items(root, page)
    return "feed", _unique(items), is_empty


def text_links(page: Page) -> list[Link]:
    """The links of a sitemap that is a text with an address in each line (sitemaps.org)."""
    lines = page.text.lstrip("\ufeff").splitlines()
    if len(lines) > 2 * _MOST_AT_END:
        lines = lines[:_MOST_AT_END] + lines[-_MOST_AT_END:]
    addresses = (urls.canonical(line.strip(), page.url) for line in lines)
    found = [Link(url=url) for url in addresses if url]
    likely = [link for link in found if url_shape.shape(link.url) > 0]
    return _unique(likely or found)


def json_feed_links(data: object, base: str) -> list[Link] | None:
    """The links of a JSON Feed (jsonfeed.org, version 1.1), in its order; None for other JSON."""
    if not isinstance(data, dict) or "jsonfeed.org" not in str(data.get("version")):
        return None
    items = data.get("items")
    objects = [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []
    links = [_json_link(item, base) for item in objects]
    return _unique(filter(None, links))


def _at_ends(elements: Iterable[_Element]) -> list[_Element]:
    """The elements of a list, or of a very long one those at its ends: the newest stand at one."""
    every = list(elements)
    return every if len(every) <= 2 * _MOST_AT_END else every[:_MOST_AT_END] + every[-_MOST_AT_END:]


# ---- sitemaps


def _sitemap_links(root: _Element, page: Page) -> list[Link]:
    """The links of a sitemap, newest first; those that look like stories, if any does.

    A page looks like a story by its title, which news sitemaps give, or by its URL.
    """
    own = urls.key(page.url)
    links = [_sitemap_link(one, page.url) for one in _at_ends(children(root, "url"))]
    found = [link for link in filter(None, links) if urls.key(link.url) != own]
    likely = [link for link in found if link.title or url_shape.shape(link.url) > 0]
    return sorted(likely or found, key=lambda link: timestamp(link.changed), reverse=True)


def _sitemap_link(element: _Element, base: str) -> Link | None:
    """A page of a sitemap; None of what is never a story."""
    texts = first_texts(element, "loc", "lastmod")
    url = urls.canonical(texts["loc"], base)
    if url is None or url_shape.shape(url) <= url_shape.NEVER:
        return None
    dates = first_texts(element.iterdescendants(), "publication_date")
    published = parse_instant(dates["publication_date"])
    titles = map(title_of, children(element, "news"))
    return Link(
        url=url,
        title=next(filter(None, titles), ""),
        published=published,
        changed=published or parse_instant(texts["lastmod"]),
        image=_sitemap_image(element, base),
    )


def _sitemap_image(element: _Element, base: str) -> str | None:
    """The picture that a page of a sitemap has (Google's image sitemaps)."""
    for image in children(element, "image"):
        texts = first_texts(image.iterdescendants(), "loc")
        url = urls.absolute(texts["loc"], base)
        if url:
            return url
    return None


# ---- feeds


def _feed_items(root: _Element, page: Page) -> Iterator[Link]:
    """The items of a feed that stand in no other item."""
    items = (element for element in root.iter() if local_name(element) in _ITEMS)
    for element in _at_ends(items):
        around = map(local_name, element.iterancestors())
        if any(name in _ITEMS for name in around):
            continue
        base = base_of(element, page.url)
        url = urls.canonical(_feed_url(element), base)
        if url is None:
            continue
        texts = first_texts(element.iterdescendants(), *_DATES)
        dates = map(parse_instant, texts.values())
        yield Link(
            url=url,
            title=title_of(element),
            published=next(filter(None, dates), None),
            image=_feed_image(element, base),
            categories=_feed_categories(element),
        )


def _feed_categories(item: _Element) -> tuple[str, ...]:
    """What an item stands under: RSS's category, Atom's label or term, Dublin Core's subject."""
    found: list[str] = []
    for child in item:
        if local_name(child) in _CATEGORIES and len(found) < _MOST_CATEGORIES:
            text = child.get("label") or child.get("term") or child.text or ""
            found.append(squeeze(text[:_LONGEST_CATEGORY]))
    return tuple(filter(None, found))


def _feed_url(item: _Element) -> str:
    """The address of an item's page: Atom's alternate link, RSS's link, else an id that is one.

    A feed of FeedBurner names the page itself as `origLink`, and in `link` its own redirect.
    """
    links = [
        *children(item, "origlink"),
        *children(item, "link"),
    ]
    for child in links:
        # The name of a relation may be written as an address (RFC 4287, 4.2.7.2).
        if child.get("rel", "alternate").rpartition("/")[2] != "alternate":
            continue
        address = child.get("href") or child.text or ""
        if address.strip():
            return address.strip()
    return next(filter(_IS_ADDRESS.match, _identities(item)), "")


def _identities(item: _Element) -> Iterator[str]:
    """Give what an item is known by, which may be the address of its page."""
    for child in children(item, "guid"):
        if child.get("isPermaLink") != "false":
            yield (child.text or "").strip()
    for child in children(item, "id"):
        yield (child.text or "").strip()
    yield str(item.get(_RDF_ABOUT, ""))


def _feed_image(item: _Element, base: str) -> str | None:
    """The picture of an item: a thumbnail, or an enclosure that is one (Media RSS)."""
    for child in item.iter():
        name = local_name(child)
        if name not in _PICTURES:
            continue
        kind = child.get("type") or child.get("medium") or ""
        if name != "thumbnail" and not kind.startswith("image"):
            continue
        address = child.get("url") or ""
        url = urls.absolute(address, base)
        if url:
            return url
    return None


def _json_link(item: dict[str, object], base: str) -> Link | None:
    """The link of an item of a JSON Feed; None without a URL.

    Values of another type than the format's count as missing.
    """
    values = item.items()
    texts = {name: value for name, value in values if isinstance(value, str)}
    identity = texts.get("id", "")
    stated = texts.get("url") or texts.get("external_url")
    address = stated or (identity if identity.startswith("http") else "")
    url = urls.canonical(address, base)
    if url is None:
        return None
    image = texts.get("image") or texts.get("banner_image") or ""
    return Link(
        url=url,
        title=plain_text(texts.get("title", "")),
        published=parse_instant(texts.get("date_published", "")),
        image=urls.absolute(image, base),
        categories=_tags(item),
    )


def _tags(item: dict[str, object]) -> tuple[str, ...]:
    """The tags of an item of a JSON Feed."""
    tags = item.get("tags")
    named = tags[:_MOST_CATEGORIES] if isinstance(tags, list) else []
    return tuple(tag[:_LONGEST_CATEGORY] for tag in named if isinstance(tag, str))


def _unique(found: Iterable[Link]) -> list[Link]:
    """The links without those to a URL that another one leads to before."""
    first: dict[str, Link] = {}
    for link in found:
        key = urls.key(link.url)
        first.setdefault(key, link)
    return list(first.values())
