"""What a page says of itself outside its story, gathered once: meta elements, JSON-LD, the names of
its site.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from feedmaker.html import blocks, json_ld
from feedmaker.text import urls

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborHTMLParser

    from feedmaker.html.blocks import PageBlocks

_NOT_WORD = re.compile(r"[\W_]+")


_LONGEST_TITLE = 1000  # characters
_MOST_META = 10_000  # characters of one; some hold the whole story


def squeeze(text: str) -> str:
    """The text on one line, with single spaces."""
    return " ".join(text.split())


@lru_cache(maxsize=512)
def key(text: str) -> str:
    """What two spellings of a title or a name have in common: letters and digits, without case."""
    return _NOT_WORD.sub(" ", text.casefold()).strip()


def phrases(text: str) -> frozenset[str]:
    """The keys of phrases that stand between upright strokes."""
    return frozenset(map(key, text.split("|")))


@dataclass(slots=True)
class Head:
    """What a page says of itself outside its story. `names` are the site's own names, as keys."""

    tree: LexborHTMLParser
    page: PageBlocks
    url: str
    meta: dict[str, list[str]]
    title: str
    data: json_ld.Data
    story: json_ld.Object
    names: set[str] = field(default_factory=set)

    @property
    def is_news(self) -> bool:
        """Whether the page says that it is a news article, by its type."""
        return any("newsarticle" in k for k in json_ld.kinds(self.story))

    def first(self, *keys: str) -> str:
        """The first content of the first of these meta keys (lower case) that has one."""
        for name in keys:
            if name in self.meta:
                return self.meta[name][0]
        return ""

    def listed(self, *keys: str) -> Iterator[tuple[str, str]]:
        """All contents of these meta keys, with their key."""
        return ((k, v) for k in keys for v in self.meta.get(k, ()))


def _meta(tree: LexborHTMLParser) -> dict[str, list[str]]:
    """Contents of all meta elements by property, name or itemprop, in lower case."""
    found: dict[str, list[str]] = {}
    for node in tree.tags("meta"):
        attributes = node.attributes
        if content := attributes.get("content"):
            name = (
                attributes.get("property") or attributes.get("name") or attributes.get("itemprop")
            )
            if name and (content := content[:_MOST_META].strip()):
                name = name.lower()
                if name in found:
                    found[name].append(content)
                else:
                    found[name] = [content]
    return found


def _site_names(head: Head) -> set[str]:
    """The names a site goes by: as it states them, and the labels of its host."""
    stated = [
        head.first("og:site_name"),
        head.first("application-name"),
        head.first("apple-mobile-web-app-title"),
    ]
    stated += [
        v.lstrip("@")
        for _, v in head.listed("twitter:site", "publisher", "dc.publisher", "al:ios:app_name")
    ]
    stated += [json_ld.text(head.data.resolve(head.story.get("publisher")))]
    for o in head.data.of("website", "newsmediaorganization"):
        stated += json_ld.texts(o.get("name")) + json_ld.texts(o.get("alternateName"))
    names = {key(s) for s in stated if s and len(s) < 60 and "://" not in s}
    host = (urlsplit(head.url).hostname or "").removeprefix("www.")
    if host:
        labels = [label for label in host.split(".")[:-1] if len(label) > 3 or host.count(".") == 1]
        names |= {key(host), *map(key, labels)}
    return names - {"", key(head.title), key(head.first("og:title"))}  # some call the page the site


def _story_object(data: json_ld.Data, titles: set[str]) -> json_ld.Object:
    """The object that is the page's story, completed from others of the same story; empty where
    there is none.
    """
    ranked = []
    for place, (types, node) in enumerate(data.main):
        article = json_ld.is_article(types)
        if not article and not types & {
            "webpage",
            "recipe",
            "videoobject",
            "itempage",
            "howto",
            "podcastepisode",
        }:
            continue
        headline = key(json_ld.text(node.get("headline")) or json_ld.text(node.get("name")))
        agrees = bool(headline) and any(headline in t or t in headline for t in titles if t)
        ranked.append((article, agrees, -place, node, headline))
    if not ranked:
        return {}
    ranked.sort(key=lambda r: r[:3], reverse=True)
    article, agrees, _, best, headline = ranked[0]
    if article and not agrees and sum(r[0] for r in ranked) > 2:
        return {}  # a list of other stories
    merged = dict(best)
    for other in ranked[1:]:
        if not other[0] or other[4] == headline:
            for name, value in other[3].items():
                if value and not merged.get(name):
                    merged[name] = value
    return merged


def path(address: str) -> str:
    """The unquoted path of an address, without a slash at its end; empty for what is no address."""
    try:
        return unquote(urlsplit(address).path).rstrip("/")
    except ValueError:
        return ""


def read(tree: LexborHTMLParser, url: str, page: PageBlocks | None = None) -> Head:
    """Gather the head of a page.

    `url` is where it was had; what is no http(s) address counts as none. `page` is its outline,
    made where it is not given.
    """
    if page is None:
        page = blocks.read(tree.body) if tree.body is not None else blocks.PageBlocks()
    url = urls.absolute(url) or ""
    meta = _meta(tree)
    node = tree.css_first("title")
    title = squeeze(node.text()[:_LONGEST_TITLE]) if node else ""
    data = json_ld.read(tree)
    titles = {key(t) for t in (title, *meta.get("og:title", ())[:1])}
    head = Head(tree, page, url, meta, title, data, _story_object(data, titles))
    head.names = _site_names(head)
    return head
