"""Where a feed is, and where what it links to: absolute under the base URL, relative to the file
without one.
"""

from __future__ import annotations

from posixpath import dirname, relpath
from typing import TYPE_CHECKING

from feedmaker.model import MEDIA_TYPES
from feedmaker.text import urls

if TYPE_CHECKING:
    from feedmaker.model import Feed, Format


def links(feed: Feed, form: Format) -> list[dict[str, str]]:
    """The links of a feed file: itself (with a base URL only), the hub, its history, and last the
    section's web page.

    The history is that of RFC 5005: the live feed leads to the newest archive, an archive to those
    before and after and to the feed that is `current`.
    """
    section, site, kind = feed.section, feed.site, MEDIA_TYPES["atom" if feed.month else form]
    found = []
    if feed.base_url:
        found.append({"href": address(feed, form), "rel": "self", "type": kind})
    if feed.hub and feed.base_url and not feed.month:
        found.append({"href": feed.hub, "rel": "hub"})
    if feed.month:
        live = section.file(site, section.formats[0])
        found.append(
            {
                "href": _to(feed, form, live),
                "rel": "current",
                "type": MEDIA_TYPES[section.formats[0]],
            }
        )
    for rel, month in (("prev-archive", feed.previous), ("next-archive", feed.following)):
        if month:
            archive = _to(feed, form, section.archive_file(site, month))
            found.append({"href": archive, "rel": rel, "type": MEDIA_TYPES["atom"]})
    page = section.web_page(site)
    found.append({"href": urls.canonical(page) or page, "rel": "alternate", "type": "text/html"})
    return found


def address(feed: Feed, form: Format) -> str:
    """The URL that a feed file is served at; its place in `out` without a base URL."""
    return _under(feed.base_url, _file(feed, form))


def _file(feed: Feed, form: Format) -> str:
    section, site = feed.section, feed.site
    return section.archive_file(site, feed.month) if feed.month else section.file(site, form)


def _to(feed: Feed, form: Format, file: str) -> str:
    return (
        _under(feed.base_url, file) if feed.base_url else relpath(file, dirname(_file(feed, form)))
    )


def _under(base_url: str, file: str) -> str:
    return f"{base_url.rstrip('/')}/{file}" if base_url else file
