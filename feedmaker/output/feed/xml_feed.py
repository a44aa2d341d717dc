"""Atom 1.0 (RFC 4287) and RSS 2.0 (rssboard.org/rss-specification); the only door to feedgen.

feedgen builds the trees, of each item what both formats have. The number of an item stands in place
of its content there, and what is written instead is the content with all that feedgen leaves out or
writes wrong: the full texts are nine tenths of a feed, and feedgen would have them escaped and
copied anew for each format.
"""

from __future__ import annotations

import re
from email.utils import format_datetime
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING, Any

from feedmaker.output.feed.feed_text import plain
from feedmaker.output.feed.feed_urls import links
from feedmaker.output.feed.items import BEFORE_ANY, items, utc
from feedmaker.text import arabic, urls

if TYPE_CHECKING:
    from feedmaker.model import Enclosure, Feed, Format, Site
    from feedmaker.output.feed.items import Item

_ATOM = "http://www.w3.org/2005/Atom"
_NAMESPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "media": "http://search.yahoo.com/mrss/",
    "sy": "http://purl.org/rss/1.0/modules/syndication/",
}
_HISTORY = {"fh": "http://purl.org/syndication/history/1.0"}
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
# The syndication module of RSS 1.0 says it by periods: so many times an hour, or a day.
_PERIODS = {
    15: ("hourly", 4), 30: ("hourly", 2), 60: ("hourly", 1), 120: ("daily", 12), 240: ("daily", 6), 720: ("daily", 2),
    1440: ("daily", 1),
}  # fmt: skip


def render(feed: Feed, form: Format) -> bytes:
    """A feed as Atom or RSS, in UTF-8."""
    generator, contents = _built(feed)
    own = links(feed, form)
    # The alternate one is the last, because feedgen makes the channel's link in RSS of the last it
    # is given.
    shown = (
        own if form == "atom" else [link for link in own if link["rel"] in ("self", "alternate")]
    )
    generator.link(shown, replace=True)
    generator.repair.links = own
    rest = _atom_rest if form == "atom" else _rss_rest
    parts = [
        content + rest(item).encode() for item, content in zip(items(feed), contents, strict=True)
    ]
    if form == "atom":
        xml = generator.atom_str(pretty=True)
    else:
        xml = _RSS_TITLE.sub(_rss_profile, generator.rss_str(pretty=True))
    xml = _CONTENT.sub(lambda found: found[1] + parts[int(found[2])], xml)
    style = "../../feed.css" if feed.month else "../feed.css"
    return xml.replace(b"?>", f'?>\n<?xml-stylesheet type="text/css" href="{style}"?>'.encode(), 1)


@lru_cache(maxsize=1)  # a section's formats are rendered one after the other
def _built(feed: Feed) -> tuple[Any, list[bytes]]:
    """The feed as feedgen holds it, the same for both formats but for its links, and the contents
    of its items.
    """
    from feedgen.feed import FeedGenerator

    direction = arabic.direction(feed.language)
    title = arabic.lead(plain(feed.section.title), direction)
    name = arabic.lead(plain(feed.site.name), direction)
    generator = FeedGenerator()
    generator.register_extension("repair", _FeedRepair, _EntryRepair)
    generator.repair.feed = feed
    generator.id(feed_id(feed))
    generator.title(title)
    generator.subtitle(" – ".join(filter(None, (title, name, feed.month))))
    generator.author(name=name)
    generator.generator("feedmaker")
    generator.language(feed.language)
    updated = utc(feed.updated or BEFORE_ANY)
    generator.updated(updated)
    generator.lastBuildDate(updated)
    if feed.ttl:
        generator.ttl(feed.ttl)
    contents = []
    for number, item in enumerate(items(feed)):
        _fill(generator.add_entry(order="append"), item, number)
        contents.append(escape(item.content, quote=False).encode())
    return generator, contents


def feed_id(feed: Feed) -> str:
    """An id by what the section is on its site: it outlives a new slug, base URL, folder, host and
    http to https.
    """
    section, home = feed.section, feed.site.home
    place = section.urls[:1] or (section.page or home,)
    names = (section.heading, section.nav, section.match, *section.include, *section.category)
    return urls.urn(
        "\n".join((_first(feed.site, home), _first(feed.site, place[0]), *filter(None, names)))
    )


def _first(site: Site, url: str) -> str:
    """What an address of a site is known by: that which it had on the site's first host."""
    moved = site.formerly and urls.same_site(url, site.home)
    return urls.key(urls.on_host(url, site.formerly[0]) if moved else url)


def _fill(entry: Any, item: Item, number: int) -> None:
    """Tell feedgen one item."""
    entry.updated(item.updated)
    entry.id(item.id)
    entry.title(item.title)
    entry.link(href=item.url)
    # In this order each keeps its own: RSS gets the summary as HTML, as which `description` is
    # read, Atom as text.
    entry.description(escape(item.summary, quote=False))
    entry.content(str(number), type="html")
    entry.summary(item.summary)
    entry.repair.language = item.language


class _FeedRepair:
    """A feedgen extension for the feed itself: links that RSS loses, how often to ask, and that it
    is an archive.
    """

    feed: Feed
    links: list[dict[str, str]]

    def extend_ns(self) -> dict[str, str]:
        return _NAMESPACES | (_HISTORY if self.feed.month else {})

    def extend_atom(self, root: Any) -> Any:
        self._extend(root)
        return root

    def extend_rss(self, root: Any) -> Any:
        from lxml.etree import SubElement

        root.set(
            _XML_LANG, self.feed.language
        )  # for browsers: `language` says nothing to a style sheet
        channel = root[0]
        for link in self.links:
            if link["rel"] not in ("self", "alternate"):
                SubElement(channel, f"{{{_ATOM}}}link", link)
        self._extend(channel)
        return root

    def _extend(self, parent: Any) -> None:
        from lxml.etree import SubElement

        if (
            self.feed.previous + self.feed.following and self.feed.month
        ):  # the W3C validator wants none to stand alone
            SubElement(parent, f"{{{_HISTORY['fh']}}}archive")
        if self.feed.ttl in _PERIODS:
            period, frequency = _PERIODS[self.feed.ttl]
            SubElement(parent, f"{{{_NAMESPACES['sy']}}}updatePeriod").text = period
            SubElement(parent, f"{{{_NAMESPACES['sy']}}}updateFrequency").text = str(frequency)


class _EntryRepair:
    """A feedgen extension that sets right the attributes of an Atom entry and its link."""

    language: str | None

    def extend_atom(self, entry: Any) -> Any:
        if self.language:
            entry.set(_XML_LANG, self.language)
        link = entry.find("link")
        link.set("rel", "alternate")
        link.set("type", "text/html")
        return entry

    def extend_rss(self, item: Any) -> Any:
        return item


# ---- what follows the content of an item

_CONTENT = re.compile(rb"(<content(?: type=\"html\"|:encoded)>)(\d+)</content(?::encoded)?>")


def _atom_rest(item: Item) -> str:
    """The end of the content, and who wrote it, about what, when, and its picture."""
    parts = ["</content>"]
    parts += [f"<author><name>{escape(name, quote=False)}</name></author>" for name in item.authors]
    parts += [f'<category term="{escape(term)}"/>' for term in item.categories]
    parts.append(f"<published>{item.published.isoformat()}</published>")
    if file := item.enclosure:
        kind = escape(file.type)
        parts.append(
            f'<link href="{escape(file.url)}" rel="enclosure" type="{kind}" length="{file.length}"/>'
        )
        parts.append(_media(file))
    return "\n      ".join(parts)


def _rss_rest(item: Item) -> str:
    """The same for RSS.

    feedgen would drop authors that have no mail address, and write dates by switching the locale of
    the whole process there and back.
    """
    parts = ["</content:encoded>", f"<pubDate>{format_datetime(item.published)}</pubDate>"]
    parts.append(f"<atom:updated>{item.updated.isoformat()}</atom:updated>")
    parts += [f"<dc:creator>{_rss_text(name)}</dc:creator>" for name in item.authors]
    parts += [f"<category>{_rss_text(term)}</category>" for term in item.categories]
    if item.language:
        parts.append(f"<dc:language>{escape(item.language)}</dc:language>")
    if file := item.enclosure:
        parts.append(
            f'<enclosure url="{escape(file.url)}" type="{escape(file.type)}" length="{file.length}"/>'
        )
        parts.append(_media(file))
    return "\n      ".join(parts)


def _media(file: Enclosure) -> str:
    """The lead picture by Media RSS (rssboard.org/media-rss), which is how most readers find it."""
    size = f'type="{escape(file.type)}" fileSize="{file.length}" medium="image"'
    return f'<media:content url="{escape(file.url)}" {size}/>'


# Plain text of RSS has `&`, `<` and `>` as hexadecimal references, which most readers take for text
# (RSS Advisory Board, Best Practices Profile, "Character Data"; the W3C validator warns of others).
_RSS_TITLE = re.compile(rb"<title>[^<]*&[^<]*<")


def _rss_profile(match: re.Match[bytes]) -> bytes:
    return (
        match[0]
        .replace(b"&amp;", b"&#x26;")
        .replace(b"&lt;", b"&#x3C;")
        .replace(b"&gt;", b"&#x3E;")
    )


def _rss_text(text: str) -> str:
    return text.replace("&", "&#x26;").replace("<", "&#x3C;").replace(">", "&#x3E;")
