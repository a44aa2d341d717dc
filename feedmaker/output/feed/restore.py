"""A feed file that feedmaker wrote -> its stories: what is left of a store that was lost.

Ids, dates, texts and authors stand in the feed as the store had them, so a new store goes on where
the old one ended. No reader is shown anything twice, and no story is gone because its page is no
longer on the listing.
"""

from __future__ import annotations

import json
import re
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from html import unescape
from typing import TYPE_CHECKING, Any, NamedTuple

from lxml import etree

from feedmaker.html.sanitizer import sanitize
from feedmaker.model import Story
from feedmaker.output.feed.item_content import read_content
from feedmaker.output.feed.items import TEASER_LABELS, utc
from feedmaker.policy import near_duplicates, schedule
from feedmaker.store import StoryRecord
from feedmaker.text import feed_namespaces as ns

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from feedmaker.model import Site

_ATOM = f"{{{ns.ATOM}}}"
_CONTENT = f"{{{ns.CONTENT}}}encoded"
_CREATOR = f"{{{ns.DUBLIN_CORE}}}creator"
_DC_LANGUAGE = f"{{{ns.DUBLIN_CORE}}}language"
_XML_LANG = f"{{{ns.XML}}}lang"
_FRAME = re.compile(r'<div dir="\w+" lang="[^"]*">(.*)</div>', re.DOTALL)
_CAPTION = re.compile(r"<figcaption>(?:[^<]++|<(?!/?figcaption>))*+</figcaption>")
_LINE_END = re.compile(r"</(?:p|h\d|li|td|th|pre|blockquote|caption)>|<(?:br|hr)>")
_TAG = re.compile(r"<[^<>]*+>")
# Marks that a feed puts before and behind a text that programs would show otherwise.
_MARKS = "\u200e\u200f\u061c"
_TEASERS = frozenset(TEASER_LABELS.values())


class _WrittenItem(NamedTuple):
    """An item as it stands in a file, whatever the format. A missing part raises in `_story`."""

    id: Any
    url: Any
    title: Any
    html: Any
    summary: str
    published: datetime
    updated: datetime
    language: str | None
    authors: list[str]
    tags: list[str]
    image: str | None


def read_stories(data: bytes, site_name: str) -> list[Story]:
    """Return the stories of an Atom, RSS or JSON feed file of ours, newest first; [] of any other.

    `site_name` stands in feeds for authors that are not known.
    """
    try:
        items = _json_items(data) if data.lstrip()[:1] == b"{" else _xml_items(data)
        found = [_story(item, site_name) for item in items]
    except (ValueError, TypeError, KeyError, AttributeError):  # not ours, or changed by hand
        return []
    return [story for story in found if story is not None]


def read_records(paths: Iterable[Path], site: Site, now: datetime) -> list[StoryRecord]:
    """Return the stories of feed files as a store keeps them, newest first.

    What stands in several files is taken from the first of them. Articles that are young enough to
    be rechecked are due at once.
    """
    by_id: dict[str, Story] = {}
    for path in paths:
        with suppress(OSError):
            for story in read_stories(path.read_bytes(), site.name):
                by_id.setdefault(story.id, story)
    newest_first = sorted(
        by_id.values(),
        key=lambda story: story.published or now,
        reverse=True,
    )
    recheck = site.fetch.recheck
    until = timedelta(hours=recheck[-1]) if recheck else timedelta.min
    start = now.replace(microsecond=0)
    records = []
    for place, story in enumerate(newest_first):
        # A second apart, as on a listing, so that stories of one minute keep their order.
        seen = start - timedelta(seconds=place)
        whole = replace(story, first_seen=seen)
        age = now - (story.published or now)
        record = StoryRecord(
            story=whole,
            digest=schedule.digest(whole),
            signature=near_duplicates.signature(whole),
            next_check=now if age < until else None,
        )
        records.append(record)
    return records


def _json_items(data: bytes) -> Iterator[_WrittenItem]:
    for item in json.loads(data)["items"]:
        yield _WrittenItem(
            id=item["id"],
            url=item["url"],
            title=item["title"],
            html=item["content_html"],
            summary=item.get("summary", ""),
            published=datetime.fromisoformat(item["date_published"]),
            updated=datetime.fromisoformat(item["date_modified"]),
            language=item.get("language"),
            authors=[author["name"] for author in item.get("authors", ())],
            tags=list(item.get("tags", ())),
            image=item.get("image"),
        )


def _xml_items(data: bytes) -> Iterator[_WrittenItem]:
    try:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        raise ValueError from error
    yield from map(_atom_item, root.iter(f"{_ATOM}entry"))
    yield from map(_rss_item, root.iter("item"))


def _atom_item(entry: Any) -> _WrittenItem:
    href = {
        link.get("rel", "alternate"): link.get("href") for link in entry.iterfind(f"{_ATOM}link")
    }
    return _WrittenItem(
        id=entry.findtext(f"{_ATOM}id"),
        url=href["alternate"],
        title=entry.findtext(f"{_ATOM}title"),
        html=entry.findtext(f"{_ATOM}content"),
        summary=entry.findtext(f"{_ATOM}summary", ""),
        published=datetime.fromisoformat(entry.findtext(f"{_ATOM}published")),
        updated=datetime.fromisoformat(entry.findtext(f"{_ATOM}updated")),
        language=entry.get(_XML_LANG),
        authors=[name.text for name in entry.iterfind(f"{_ATOM}author/{_ATOM}name")],
        tags=[category.get("term") for category in entry.iterfind(f"{_ATOM}category")],
        image=_thumbnail_address(entry),
    )


def _rss_item(item: Any) -> _WrittenItem:
    published = parsedate_to_datetime(item.findtext("pubDate"))
    return _WrittenItem(
        id=item.findtext("guid"),
        url=item.findtext("link"),
        title=item.findtext("title"),
        html=item.findtext(_CONTENT),
        summary=unescape(item.findtext("description", "")),
        published=published,
        updated=published,
        language=item.findtext(_DC_LANGUAGE),
        authors=[name.text for name in item.iterfind(_CREATOR)],
        tags=[category.text for category in item.iterfind("category")],
        image=_thumbnail_address(item),
    )


def _thumbnail_address(item: Any) -> str | None:
    """The address of an item's lead picture. Earlier feeds had `media:content`."""
    for name in ("thumbnail", "content"):
        picture = item.find(f"{{{ns.MEDIA}}}{name}")
        if picture is not None:
            address: str | None = picture.get("url")
            return address
    return None


def _story(item: _WrittenItem, site_name: str) -> Story | None:
    """The story of an item; None of an item that feedmaker did not write."""
    frame = _FRAME.fullmatch(item.html or "")
    if not (frame and item.url and str(item.id).startswith("urn:uuid:")):
        return None
    html = sanitize(read_content(frame[1]))
    is_teaser = not _TEASERS.isdisjoint(item.tags[:1])
    names = [tag for tag in item.tags[is_teaser:] if tag]
    return Story(
        id=item.id,
        url=item.url,
        title=item.title.strip(_MARKS),
        html=html,
        text=_plain(html),
        summary=item.summary.strip(_MARKS),
        authors=tuple(name for name in item.authors if name != site_name),
        image=item.image,
        published=utc(item.published),
        updated=utc(item.updated),
        category=names[0] if names else None,
        tags=tuple(names[1:]),
        language=item.language,
        teaser=is_teaser,
    )


def _plain(html: str) -> str:
    """The words of a story's HTML, a paragraph each for what is one there."""
    parts = _LINE_END.split(_CAPTION.sub("", html))
    lines = (" ".join(unescape(_TAG.sub("", part)).split()) for part in parts)
    return "\n\n".join(line.lstrip(_MARKS) for line in lines if line)
