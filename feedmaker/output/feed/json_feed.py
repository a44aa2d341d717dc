"""JSON Feed 1.1 (jsonfeed.org/version/1.1), with the same items as the XML formats."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from feedmaker.output.feed.items import links

if TYPE_CHECKING:
    from feedmaker.output.feed.items import FeedContent, Item

_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def write_json(content: FeedContent) -> bytes:
    """Return a feed as JSON, in UTF-8, a line for each item; what is empty is left out."""
    href = {link["rel"]: link["href"] for link in links(content.feed, "json")}
    head = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": content.title,
        "home_page_url": href["alternate"],
        "feed_url": href.get("self"),
        "description": f"{content.title} – {content.site_name}",
        "language": content.language,
        "authors": [{"name": content.site_name}],
        "hubs": [{"type": "WebSub", "url": href["hub"]}] if "hub" in href else None,
    }
    lines = ",\n".join(map(_item_line, content.items))
    present = _ENCODER.encode({key: value for key, value in head.items() if value})
    return f'{present[:-1]},"items":[\n{lines}\n]}}\n'.encode()


def _item_line(item: Item) -> str:
    """An item as JSON on one line."""
    file = item.enclosure
    attached = file and [{"url": file.url, "mime_type": file.type, "size_in_bytes": file.length}]
    values = {
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
        "content_html": item.content,
    }
    return _ENCODER.encode({key: value for key, value in values.items() if value})
