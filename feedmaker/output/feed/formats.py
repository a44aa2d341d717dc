"""Atom 1.0 (RFC 4287), RSS 2.0 (rssboard.org/rss-specification) and JSON Feed 1.1 (jsonfeed.org).

This is the only door to feedgen, which builds the tree of an XML feed. Its extensions here add what
it leaves out, and set right what it writes otherwise than readers want.
"""

from __future__ import annotations

import json
import re
from email.utils import format_datetime
from html import escape
from typing import TYPE_CHECKING, Any, Final
from xml.parsers import expat

from feedgen.feed import FeedGenerator
from lxml.etree import ProcessingInstruction, SubElement

from feedmaker.model.errors import InvalidFeedError
from feedmaker.output.entry_times import rfc3339
from feedmaker.output.feed.items import address, icon_address, links
from feedmaker.text import urls
from feedmaker.text.feed_namespaces import (
    ATOM,
    DUBLIN_CORE,
    HISTORY,
    MEDIA,
    SYNDICATION,
    XML,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from feedmaker.model import Enclosure, Feed, Format
    from feedmaker.output.feed.items import FeedContent, Item, OwnSource

_LANG: Final = f"{{{XML}}}lang"
# How often a feed with this `ttl` is worth asking for: so many times an hour, or a day (RSS 1.0,
# syndication module).
_PERIODS: Final = {
    15: ("hourly", 4),
    30: ("hourly", 2),
    60: ("hourly", 1),
    120: ("daily", 12),
    240: ("daily", 6),
    720: ("daily", 2),
    1440: ("daily", 1),
}


def write_files(content: FeedContent, forms: Iterable[Format]) -> dict[Format, bytes]:
    """Return a feed in each of these formats, in UTF-8.

    Raises InvalidFeedError where one would be no XML.
    """
    generator = None
    files: dict[Format, bytes] = {}
    for form in forms:
        if form == "json":
            files[form] = _write_json(content)
            continue
        generator = generator or _generator(content)  # filling it takes 0.4 ms
        files[form] = _write_xml(generator, content.feed, form)
    return files


def _write_xml(generator: Any, feed: Feed, form: Format) -> bytes:
    """Write what feedgen holds as Atom or RSS.

    Ids are unique and dates valid by the way items are made. The look at the whole takes 1.3 ms of
    50 stories of 6 kB, a fifth of writing them.
    """
    generator.feedmaker.links = links(feed, form)
    # feedgen makes the channel's link in RSS of the last link, which is the alternate one.
    generator.link(generator.feedmaker.links, replace=True)
    if form == "atom":
        data: bytes = generator.atom_str(pretty=True)
    else:
        data = _PLAIN_TEXT.sub(_with_hexadecimal_references, generator.rss_str(pretty=True))
    try:
        expat.ParserCreate().Parse(data, True)
    except expat.ExpatError as error:
        raise InvalidFeedError(f"{address(feed, form)}: would be no valid XML: {error}") from error
    return data


def _generator(content: FeedContent) -> Any:
    """The feed as feedgen holds it, with what both formats have."""
    feed = content.feed
    generator = FeedGenerator()
    generator.register_extension("feedmaker", _FeedExtension, _EntryExtension)
    generator.feedmaker.feed = feed
    generator.feedmaker.language = content.language
    generator.id(feed_id(feed))
    generator.title(content.title)
    generator.subtitle(content.about)
    generator.author(name=content.site_name)
    generator.generator("feedmaker")
    generator.language(content.language)
    if icon := icon_address(feed):
        generator.icon(icon)
        if not icon.endswith((".ico", ".webp")):  # the specification of RSS knows neither
            home = links(feed, "rss")[-1]["href"]
            generator.image(icon, title=content.title, link=home)
    generator.updated(content.updated)
    generator.lastBuildDate(content.updated)
    if feed.ttl:
        generator.ttl(feed.ttl)
    for item in content.items:
        entry = generator.add_entry(order="append")
        entry.feedmaker.item = item
        entry.id(item.id)
        entry.title(item.title)
        entry.updated(item.updated)
        entry.link(href=item.url)
        # In this order each format keeps its own: RSS has the summary as HTML, as which readers
        # take `description`, and Atom has it as text.
        entry.description(escape(item.summary, quote=False))
        entry.content(item.content, type="html")
        entry.summary(item.summary)
    return generator


def feed_id(feed: Feed) -> str:
    """Return an id made of what the section is on its site.

    It outlives a new slug, base URL, folder or host, and the step from http to https.
    """
    section, site = feed.section, feed.site
    place = section.urls[0] if section.urls else section.page or site.home
    keys = []
    for url in (site.home, place):
        address = url
        if site.formerly and urls.same_site(url, site.home):
            # What an address is known by is that on the site's first host.
            address = urls.on_host(url, site.formerly[0])
        keys.append(urls.key(address))
    names = (
        section.heading,
        section.nav,
        section.match,
        *section.include,
        *section.category,
        *section.sections_of,
    )
    return urls.urn("\n".join([*keys, *filter(None, names)]))


class _FeedExtension:
    """A feedgen extension: the style sheet, links that RSS loses, how often to ask, and history."""

    feed: Feed
    language: str
    links: list[dict[str, str]]

    def extend_ns(self) -> dict[str, str]:
        """Called by feedgen for the prefixes of the root element."""
        prefixes = {
            "dc": DUBLIN_CORE,
            "sy": SYNDICATION,
        }
        return prefixes | ({"fh": HISTORY} if self.feed.month else {})

    def extend_atom(self, parent: Any) -> Any:
        """Called by feedgen with the feed element, before it has entries."""
        feed = self.feed
        style = "../../feed.css" if feed.month else "../feed.css"
        sheet = ProcessingInstruction("xml-stylesheet", f'type="text/css" href="{style}"')
        parent.getroottree().getroot().addprevious(sheet)
        if feed.month and (feed.previous or feed.following):
            SubElement(parent, f"{{{HISTORY}}}archive")  # the W3C validator wants none alone
        if feed.ttl in _PERIODS:
            period, frequency = _PERIODS[feed.ttl]
            SubElement(parent, f"{{{SYNDICATION}}}updatePeriod").text = period
            SubElement(parent, f"{{{SYNDICATION}}}updateFrequency").text = str(frequency)
        return parent

    def extend_rss(self, root: Any) -> Any:
        """Called by feedgen with the rss element, before its channel has items."""
        root.set(_LANG, self.language)  # for browsers: style sheets do not see `language`
        channel = root[0]
        for link in self.links:
            if link["rel"] not in ("self", "alternate"):
                SubElement(channel, f"{{{ATOM}}}link", link)
        self.extend_atom(channel)
        return root


class _EntryExtension:
    """A feedgen extension: who wrote a story, about what, when, and its picture."""

    item: Item

    def extend_atom(self, entry: Any) -> Any:
        """Called by feedgen with the finished entry."""
        item = self.item
        if item.language:
            entry.set(_LANG, item.language)
        _id, _title, updated, _content, page, summary = entry
        page.set("rel", "alternate")
        page.set("type", "text/html")
        entry.insert(0, page)  # some libraries open the first link of an entry
        updated.text = rfc3339(item.updated)
        for name in item.authors:
            _add(SubElement(entry, "author"), "name", name)
        for term in item.categories:
            SubElement(entry, "category", {"term": term})
        _add(entry, "published", item.published.isoformat())
        for file in item.enclosures:
            values = {"href": file.url, "rel": "enclosure", "type": file.type}
            SubElement(entry, "link", values | {"length": str(file.length)})
        if item.picture:
            _add_thumbnail(entry, item.picture)
        if item.source:
            _add_atom_source(entry, item.source)
        entry.append(summary)
        return entry

    def extend_rss(self, entry: Any) -> Any:
        """Called by feedgen with the finished item.

        feedgen would drop authors without a mail address, and write dates by switching the locale
        of the whole process.
        """
        item = self.item
        guid = entry[-1]
        _add(entry, "pubDate", format_datetime(item.published))
        _add(entry, f"{{{ATOM}}}updated", rfc3339(item.updated))
        for name in item.authors:
            _add(entry, f"{{{DUBLIN_CORE}}}creator", name)
        for term in item.categories:
            _add(entry, "category", term)
        if item.language:
            _add(entry, f"{{{DUBLIN_CORE}}}language", item.language)
        for file in item.enclosures[:1]:  # more are against the specification
            values = {"url": file.url, "type": file.type, "length": str(file.length)}
            SubElement(entry, "enclosure", values)
        if item.picture:
            _add_thumbnail(entry, item.picture)
        if item.source:
            where = item.source.feed or item.source.page
            _add(entry, "source", item.source.title).set("url", where)
        entry.append(guid)
        return entry


def _add_thumbnail(entry: Any, file: Enclosure) -> None:
    """Add the lead picture by Media RSS (rssboard.org/media-rss), which is how lists find it.

    No `media:content`: beside an enclosure readers take that for a second file. And no prefix:
    QuiteRSS puts the picture of what is called `media:thumbnail` below every story once more.
    """
    SubElement(entry, f"{{{MEDIA}}}thumbnail", {"url": file.url}, {None: MEDIA})  # type: ignore[dict-item]


def _add_atom_source(entry: Any, source: OwnSource) -> None:
    """Add where an entry is from (RFC 4287, 4.2.11)."""
    found = SubElement(entry, "source")
    _add(found, "id", source.feed or source.page)
    _add(found, "title", source.title)
    SubElement(found, "link", {"rel": "alternate", "type": "text/html", "href": source.page})
    if source.feed:
        kind = "application/atom+xml"
        SubElement(found, "link", {"rel": "self", "type": kind, "href": source.feed})


def _add(parent: Any, tag: str, text: str) -> Any:
    """Add an element with a text; made apart and put in later it would take longer."""
    element = SubElement(parent, tag)
    element.text = text
    return element


# Plain text of RSS has `&`, `<` and `>` as hexadecimal references, which most readers take for text
# (RSS Advisory Board, Best Practices Profile, "Character Data"; the W3C validator warns of others).
_PLAIN_TEXT = re.compile(rb"<(?:title|category|dc:creator)>[^<]*&[^<]*<")


def _with_hexadecimal_references(match: re.Match[bytes]) -> bytes:
    text = match[0].replace(b"&amp;", b"&#x26;")
    return text.replace(b"&lt;", b"&#x3C;").replace(b"&gt;", b"&#x3E;")


# ---- JSON

_ENCODER: Final = json.JSONEncoder(
    ensure_ascii=False,
    separators=(",", ":"),
)


def _json_source(source: OwnSource) -> dict[str, str]:
    """Where an item is from, as an extension (JSON Feed 1.1, "Extensions")."""
    values = {"title": source.title, "home_page_url": source.page, "feed_url": source.feed}
    return {key: value for key, value in values.items() if value}


def _write_json(content: FeedContent) -> bytes:
    """Return a feed as JSON, in UTF-8, a line for each item; what is empty is left out."""
    href = {link["rel"]: link["href"] for link in links(content.feed, "json")}
    head = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": content.title,
        "home_page_url": href["alternate"],
        "feed_url": href.get("self"),
        "description": content.about,
        "icon": icon_address(content.feed),
        "favicon": icon_address(content.feed),
        "language": content.language,
        "authors": [{"name": content.site_name}],
        "hubs": [{"type": "WebSub", "url": href["hub"]}] if "hub" in href else None,
    }
    parts: list[Mapping[str, object]] = [head]
    for item in content.items:
        attached = [
            {"url": file.url, "mime_type": file.type, "size_in_bytes": file.length}
            for file in item.enclosures
        ]
        values = {
            "id": item.id,
            "url": item.url,
            "title": item.title,
            "summary": item.summary,
            "image": item.image,
            "date_published": item.published.isoformat(),
            "date_modified": rfc3339(item.updated),
            "authors": [{"name": name} for name in item.authors],
            "tags": item.categories,
            "language": item.language,
            "attachments": attached,
            "_source": _json_source(item.source) if item.source else None,
            "content_html": item.content,
        }
        parts.append(values)
    encoded = []
    for part in parts:
        present = {key: value for key, value in part.items() if value}
        encoded.append(_ENCODER.encode(present))
    start, *lines = encoded
    items = ",\n".join(lines)
    return f'{start[:-1]},"items":[\n{items}\n]}}\n'.encode()
