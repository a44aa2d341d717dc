"""JSON Feed 1.1 (jsonfeed.org/version/1.1), with the same items as the XML formats."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from feedmaker.output.feed.feed_text import plain
from feedmaker.output.feed.feed_urls import links
from feedmaker.output.feed.items import items
from feedmaker.text import arabic

if TYPE_CHECKING:
    from feedmaker.model import Feed
    from feedmaker.output.feed.items import Item

_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def render(feed: Feed) -> bytes:
    """A feed as JSON, in UTF-8, a line for each item."""
    direction = arabic.direction(feed.language)
    name = arabic.lead(plain(feed.site.name), direction)
    title = arabic.lead(plain(feed.section.title), direction)
    found = {link["rel"]: link["href"] for link in links(feed, "json")}
    head = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": title,
        "home_page_url": found["alternate"],
        "feed_url": found.get("self"),
        "description": f"{title} – {name}",
        "language": feed.language,
        "authors": [{"name": name}],
        "hubs": [{"type": "WebSub", "url": found["hub"]}] if "hub" in found else None,
    }
    lines = ",\n".join(map(_line, items(feed)))
    return f'{_text(head)[:-1]},"items":[\n{lines}\n]}}\n'.encode()


def _text(values: dict[str, Any]) -> str:
    """An object without what it has not, as JSON on one line."""
    return _ENCODER.encode({k: v for k, v in values.items() if v})


def _line(item: Item) -> str:
    """An item. Its content, nine tenths of it, is clean of control characters: so it is escaped by
    what is quicker.
    """
    content = item.content.replace("\\", "\\\\").replace('"', '\\"')
    if "\n" in content or "\t" in content or "\r" in content:
        content = content.replace("\n", "\\n").replace("\t", "\\t").replace("\r", "\\r")
    return f'{_text(_entry(item))[:-1]},"content_html":"{content}"}}'


def _entry(item: Item) -> dict[str, Any]:
    file = item.enclosure
    attached = file and [{"url": file.url, "mime_type": file.type, "size_in_bytes": file.length}]
    return {
        "id": item.id,
        "url": item.url,
        "title": item.title,
        "summary": item.summary,
        "image": item.image,
        "date_published": item.published.isoformat(),
        "date_modified": item.updated.isoformat(),
        "authors": [{"name": name} for name in item.authors],
        "tags": item.categories,
        "language": item.language,
        "attachments": attached,
    }
