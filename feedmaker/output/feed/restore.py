"""A feed file of ours -> its stories: what is left of a store that was lost.

Ids, dates, texts and authors stand in the feed as the store had them, so that a new store goes on
where the old one ended: no reader is shown anything twice, and no story is gone because its page is
no longer on the listing.
"""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from html import unescape
from typing import TYPE_CHECKING, Any

from feedmaker.html.sanitizer import sanitize
from feedmaker.model import Story

if TYPE_CHECKING:
    from collections.abc import Iterator

_ATOM = "{http://www.w3.org/2005/Atom}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_FRAME = re.compile(r'<div dir="\w+" lang="[^"]*">(.*)</div>', re.DOTALL)
_CAPTION = re.compile(r"<figcaption>.*?</figcaption>", re.DOTALL)
_LINE = re.compile(r"</(?:p|h\d|li|td|th|pre|blockquote|caption)>|<(?:br|hr)>")
_POLICY = ' referrerpolicy="no-referrer"'  # which feeds put on every picture
_TAG = re.compile(r"<[^>]*>")
# Marks that a feed puts before a text whose first letter runs the other way.
_MARKS = "\u200e\u200f\u061c"
_TEASERS = {"مقتطف", "گزیده", "اقتباس", "תקציר", "excerpt"}


def stories(data: bytes, site: str) -> list[Story]:
    """The stories of an Atom, RSS or JSON feed file that feedmaker wrote, newest first; [] of any
    other file.

    `site` is the site's name, which stands in feeds for authors that are not known.
    """
    try:
        read = _json(data) if data.lstrip()[:1] == b"{" else _xml(data)
        return [story for values in read if (story := _story(values, site))]
    except (ValueError, TypeError, KeyError, AttributeError):  # not ours, or changed by hand
        return []


def _json(data: bytes) -> Iterator[dict[str, Any]]:
    for item in json.loads(data)["items"]:
        yield {
            "id": item["id"], "url": item["url"], "title": item["title"], "html": item["content_html"],
            "summary": item.get("summary", ""), "published": datetime.fromisoformat(item["date_published"]),
            "updated": datetime.fromisoformat(item["date_modified"]), "language": item.get("language"),
            "authors": [author["name"] for author in item.get("authors", ())], "tags": item.get("tags", ()),
            "image": item.get("image"),
        }  # fmt: skip


def _xml(data: bytes) -> Iterator[dict[str, Any]]:
    from lxml import etree

    try:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        raise ValueError from error
    entry: Any  # what is missing is caught where `stories` reads it
    item: Any
    for entry in root.iter(f"{_ATOM}entry"):
        yield {
            "id": entry.findtext(f"{_ATOM}id"), "title": entry.findtext(f"{_ATOM}title"),
            "url": next(e.get("href") for e in entry.iter(f"{_ATOM}link") if e.get("rel", "alternate") == "alternate"),
            "html": entry.findtext(f"{_ATOM}content"), "summary": entry.findtext(f"{_ATOM}summary", ""),
            "published": datetime.fromisoformat(entry.findtext(f"{_ATOM}published")),
            "updated": datetime.fromisoformat(entry.findtext(f"{_ATOM}updated")), "language": entry.get(_LANG),
            "authors": [name.text for name in entry.iterfind(f"{_ATOM}author/{_ATOM}name")],
            "tags": [category.get("term") for category in entry.iterfind(f"{_ATOM}category")],
            "image": next((e.get("href") for e in entry.iter(f"{_ATOM}link") if e.get("rel") == "enclosure"), None),
        }  # fmt: skip
    for item in root.iter("item"):
        published = parsedate_to_datetime(item.findtext("pubDate"))
        yield {
            "id": item.findtext("guid"), "title": item.findtext("title"), "url": item.findtext("link"),
            "html": item.findtext(_CONTENT), "summary": unescape(item.findtext("description", "")),
            "published": published, "updated": published, "language": item.findtext(f"{_DC}language"),
            "authors": [name.text for name in item.iterfind(f"{_DC}creator")],
            "tags": [category.text for category in item.iterfind("category")],
            "image": next((enclosure.get("url") for enclosure in item.iterfind("enclosure")), None),
        }  # fmt: skip


def _story(values: dict[str, Any], site: str) -> Story | None:
    frame = _FRAME.fullmatch(values["html"] or "")
    if not (frame and values["url"] and str(values["id"]).startswith("urn:uuid:")):
        return None
    html = sanitize(frame[1].replace(_POLICY, ""))
    authors = tuple(name for name in values["authors"] if name != site)
    teaser = bool(_TEASERS.intersection(values["tags"][:1]))
    category, *tags = [*values["tags"][teaser:], None][: len(values["tags"]) or 1]
    return Story(
        id=values["id"],
        url=values["url"],
        title=values["title"].lstrip(_MARKS),
        html=html,
        text=_text(html),
        summary=values["summary"].lstrip(_MARKS),
        authors=authors,
        image=values["image"],
        published=values["published"].astimezone(UTC).replace(microsecond=0),
        updated=values["updated"].astimezone(UTC).replace(microsecond=0),
        category=category,
        tags=tuple(tag for tag in tags if tag),
        language=values["language"],
        teaser=teaser,
    )


def _text(html: str) -> str:
    """The words of a story's HTML, a paragraph each for what is one there."""
    parts = _LINE.split(_CAPTION.sub("", html))
    lines = (" ".join(unescape(_TAG.sub("", part)).split()) for part in parts)
    return "\n\n".join(line.lstrip(_MARKS) for line in lines if line)
