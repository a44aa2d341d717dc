"""What a site names beside its pages: the feeds of a page's head, the sitemaps of a robots.txt."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import unquote

from feedmaker.listing.cards import squeeze
from feedmaker.text import urls

if TYPE_CHECKING:
    from feedmaker.listing.page_links import PageLinks

_FEED_TYPES: Final = (
    "application/rss+xml",
    "application/atom+xml",
    "application/feed+json",
    "text/xml",
    "application/xml",
)
_MOST_FEEDS: Final = 50
_MOST_SITEMAPS: Final = 8
_COMMENTS: Final = re.compile(r"comment|/comments/|تعليق|دیدگاه|תגובות|تبصر", re.IGNORECASE)
_SITEMAP: Final = re.compile(r"^[ \t]*sitemap[ \t]*:[ \t]*(\S+)", re.IGNORECASE | re.MULTILINE)


class NamedFeed(NamedTuple):
    """A feed that a page names, with the title that it gives it."""

    url: str
    title: str


def find_feeds(page: PageLinks) -> list[NamedFeed]:
    """Return the feeds that a page names in its head (RSS autodiscovery), without comments."""
    found: dict[str, NamedFeed] = {}
    for node in page.tree.css("link[rel~=alternate i][href]")[:_MOST_FEEDS]:
        attributes = node.attributes
        kind, _, _ = (attributes.get("type") or "").partition(";")
        url = urls.canonical(attributes.get("href") or "", page.base)
        if url is None or kind.strip().lower() not in _FEED_TYPES:
            continue
        title = squeeze(attributes.get("title") or "")
        if not _COMMENTS.search(f"{title} {unquote(url)}"):
            found[urls.key(url)] = NamedFeed(url, title)
    return list(found.values())


def find_sitemaps(robots: str) -> list[str]:
    """Return the sitemaps that a robots.txt names (sitemaps.org), those of news first."""
    named = map(urls.canonical, _SITEMAP.findall(robots))
    unique = dict.fromkeys(url for url in named if url)
    return sorted(unique, key=_sitemap_rank)[:_MOST_SITEMAPS]


def _sitemap_rank(url: str) -> int:
    """Return 0 for a sitemap of news, more for others."""
    address = url.lower()
    if "news" in address:
        return 0
    return 1 if "post" in address else 2
