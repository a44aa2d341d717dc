"""What a page's head and headline region hold, gathered once: meta elements, JSON-LD, lines around the headline."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from selectolax.lexbor import create_tag

from feedmaker import urls
from feedmaker.extract import jsonld

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborHTMLParser, LexborNode

_NOT_WORD = re.compile(r"[\W_]+")


def _tag_ids(names: str) -> frozenset[int]:
    """Lexbor's numbers of tag names; comparing numbers is cheaper than having names made."""
    return frozenset(tag_id for name in names.split() if (tag_id := create_tag(name).tag_id) is not None)


_INLINE = _tag_ids("a abbr address b bdi bdo cite em font i ins label mark s small span strong sub sup time u")
_SILENT = _tag_ids("script style noscript template svg option select textarea iframe")
_BREAK, _LINK, _TIME = (create_tag(name).tag_id for name in ("br", "a", "time"))
_LINES_BEFORE = 8
_LINES_AFTER = 18
_MOST_TEXTS = 60


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
class Line:
    """A line of text near the headline: its place, negative before it, and its block.

    `parts` are the texts of its text nodes and `text` all of them; `times` the `time` elements and `links` the
    addresses of the links that they stand in.
    """

    place: int
    node: LexborNode
    parts: list[str] = field(default_factory=list)
    times: list[LexborNode] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    text: str = ""


@dataclass(slots=True)
class Head:
    """What a page says of itself outside its story. `names` are the site's own names, as keys."""

    tree: LexborHTMLParser
    url: str
    meta: dict[str, list[str]]
    title: str
    data: jsonld.Data
    story: jsonld.Object
    names: set[str] = field(default_factory=set)

    @property
    def is_news(self) -> bool:
        """Whether the page says that it is a news article, by its type."""
        return any("newsarticle" in k for k in jsonld.kinds(self.story))

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
        get = node.attributes.get
        content = get("content")
        if content:
            name = get("property") or get("name") or get("itemprop")
            content = content.strip()
            if name and content:
                found.setdefault(name.lower(), []).append(content)
    return found


def _site_names(head: Head) -> set[str]:
    """The names a site goes by: as it states them, and the labels of its host."""
    stated = [head.first("og:site_name"), head.first("application-name"), head.first("apple-mobile-web-app-title")]
    stated += [v.lstrip("@") for _, v in head.listed("twitter:site", "publisher", "dc.publisher", "al:ios:app_name")]
    stated += [jsonld.text(head.data.resolve(head.story.get("publisher")))]
    for o in head.data.of("website", "newsmediaorganization"):
        stated += jsonld.texts(o.get("name")) + jsonld.texts(o.get("alternateName"))
    names = {key(s) for s in stated if s and len(s) < 60 and "://" not in s}
    host = (urlsplit(head.url).hostname or "").removeprefix("www.")
    if host:
        labels = [label for label in host.split(".")[:-1] if len(label) > 3 or host.count(".") == 1]
        names |= {key(host), *map(key, labels)}
    return names - {"", key(head.title), key(head.first("og:title"))}  # some call the page the site


def _story_object(data: jsonld.Data, titles: set[str]) -> jsonld.Object:
    """The object that is the page's story, completed from others of the same story; empty where there is none."""
    ranked = []
    for place, (types, node) in enumerate(data.main):
        article = jsonld.is_article(types)
        if not article and not types & {"webpage", "recipe", "videoobject", "itempage", "howto", "podcastepisode"}:
            continue
        headline = key(jsonld.text(node.get("headline")) or jsonld.text(node.get("name")))
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


def read(tree: LexborHTMLParser, url: str) -> Head:
    """Gather the head of a page. `url` is where it was had; what is no http(s) address counts as none."""
    url = urls.absolute(url) or ""
    meta = _meta(tree)
    node = tree.css_first("title")
    title = squeeze(node.text()) if node else ""
    data = jsonld.read(tree)
    titles = {key(t) for t in (title, *meta.get("og:title", ())[:1])}
    head = Head(tree, url, meta, title, data, _story_object(data, titles))
    head.names = _site_names(head)
    return head


def _forward(node: LexborNode, root: int) -> Iterator[LexborNode]:
    """The nodes that follow an element's end, in page order, up to the end of `root`."""
    here: LexborNode | None = node
    while here is not None and here.mem_id != root:
        after = here.next
        while after is not None:
            if after.is_text_node:
                yield after
            elif after.tag_id not in _SILENT:
                yield from after.traverse(include_text=True)
            here, after = after, after.next
        here = here.parent


def _backward(node: LexborNode, root: int) -> Iterator[LexborNode]:
    """The nodes before an element, from the nearest to the top of `root`; silent elements are left out whole."""
    here: LexborNode | None = node
    while here is not None and here.mem_id != root:
        before = here.prev
        if before is None:
            here = here.parent
            continue
        here = before
        while not here.is_text_node and here.tag_id not in _SILENT and here.last_child is not None:
            here = here.last_child
        yield here


def _lines(nodes: Iterator[LexborNode], most: int) -> list[Line]:
    """Text nodes put together to lines, one for each block or part between breaks, in the order given."""
    lines: list[Line] = []
    block_id = count = 0
    for node in nodes:
        if not node.is_text_node:
            if node.tag_id == _BREAK:
                block_id = 0
            continue
        text = node.text_content
        if not text or text.isspace():
            continue
        block = node.parent
        times, links = [], []
        while block is not None and (tag_id := block.tag_id) in _INLINE:
            if tag_id == _TIME:
                times.append(block)
            elif tag_id == _LINK:
                links.append(block.attributes.get("href") or "")
            block = block.parent
        if block is None or tag_id in _SILENT:
            continue
        here = block.mem_id
        if (here != block_id and len(lines) == most) or count == _MOST_TEXTS:
            break
        if here != block_id:
            block_id = here
            lines.append(Line(len(lines) + 1, block))
        line = lines[-1]
        line.parts.append(text.strip())
        line.times += times
        line.links += links
        count += 1
    return lines


def lines_before(tree: LexborHTMLParser, headline: LexborNode | None) -> list[Line]:
    """The lines before the headline, in page order; none where there is no headline."""
    body = tree.body
    if body is None or headline is None:
        return []
    lines = _lines(_backward(headline, body.mem_id), _LINES_BEFORE)[::-1]
    for line in lines:
        line.place = -line.place
        line.parts.reverse()
        line.text = squeeze(" ".join(line.parts))
    return lines


def lines_after(tree: LexborHTMLParser, headline: LexborNode | None) -> list[Line]:
    """The lines after the headline, in page order; none where there is no headline."""
    body = tree.body
    if body is None or headline is None:
        return []
    lines = _lines(_forward(headline, body.mem_id), _LINES_AFTER)
    for line in lines:
        line.text = squeeze(" ".join(line.parts))
    return lines
