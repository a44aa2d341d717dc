"""The links of a page as its tree shows them: what each says, and which part of the page holds it.

Everything is found by climbing from the links, each element once: pages of any depth and size take
bounded time.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from feedmaker.html import class_names, parsing
from feedmaker.listing import url_shape
from feedmaker.model import LIMITS
from feedmaker.text import arabic, urls

if TYPE_CHECKING:
    from collections.abc import Iterable

    from selectolax.lexbor import LexborNode

    from feedmaker.html.class_words import Zone
    from feedmaker.model import Limits, Link

LONGEST_LABEL: Final = 80  # characters of a heading or a menu's label
HEADLINE_WORDS: Final = 5  # a text of as many words is no label
_MOST_ANCHORS: Final = 5000  # the fullest home pages have some 1500
_LONGEST_URL: Final = 4000  # an Arabic slug, percent-encoded, takes six bytes a letter
_RECENT: Final = 20  # stories that a listing holds
# What leads to no page: nothing, a fragment, a script, mail.
_NOWHERE: Final = re.compile(r"$|#|(?!http)[^:]{0,11}:", re.IGNORECASE)
_MOST_ZONES: Final = 6
_MOST_NODES: Final = 20  # elements and texts within a heading
_TITLE_TAGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_PLAIN_TAGS: Final = frozenset({"div", "li", "span", "p", "td", "tr"})
_CARD_TAGS: Final = frozenset({"article", "section", "li", "main", "td"})
_CARD_OR_PAGE: Final = frozenset({"article", "li", "td", "section", "body"})
_WORD: Final = re.compile(r"[^\W_]+(?:['’\u0640-\u065f\u200c][^\W_]+)*")
_UNPARTED: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]{3}")
_CLOCK: Final = re.compile(r"^\s*\d{1,2}[:٫.]\d{2}\s*(?:[-–|]\s*)?(?=\S)")

# How far a text is trusted to be the headline of the story that it links to.
HEADING_RANK: Final = 3
TITLE_RANK: Final = 2  # an element called a title
TEXT_RANK: Final = 1  # plain link text
PARAGRAPH_RANK: Final = 0
DECK_RANK: Final = -1
ATTRIBUTE_RANK: Final = -2


@dataclass(slots=True, eq=False)
class TreePosition:
    """An element among its ancestors.

    `zones` are the parts of the page around it, outermost first, each with its element's id.
    """

    node: LexborNode
    above: TreePosition | None
    zones: tuple[tuple[Zone, int], ...]


@dataclass(slots=True, eq=False)
class Anchor:
    """One link: its canonical URL, what is known of its text, and where it stands.

    `rank` says how far `text` is trusted to be a headline; `extra` are texts of attributes. `prose`
    says that it stands in a sentence, `is_headline` that its words and URL may be a story's.
    """

    node: LexborNode
    url: str
    key: str
    order: int
    place: TreePosition
    text: str
    rank: int
    extra: tuple[str, ...]
    image: bool
    prose: bool
    is_headline: bool
    zones: tuple[tuple[Zone, int], ...]


class PageLinks:
    """A parsed page with its links in document order; `by_id` finds them by their element."""

    def __init__(self, html: str | bytes, url: str, limits: Limits = LIMITS) -> None:
        self.url = url
        self.tree = parsing.parse(html, limits)
        self._places: dict[int, TreePosition] = {}
        base = self.tree.css_first("base[href]")
        href = base.attributes.get("href") if base else None
        self.base = urls.absolute(href or "", url) or url
        self._own_keys = {urls.key(url), urls.key(self.base)}
        self._origin = "/".join(self.base.split("/", 3)[:3])
        self._targets: dict[str, tuple[str, str] | None] = {}
        self.anchors: list[Anchor] = []
        for node in self.tree.css("a[href], area[href]")[:_MOST_ANCHORS]:
            target = self._target(node.attributes.get("href") or "")
            if target is not None:
                url, key = target
                self.anchors.append(self._anchor(node, url, key))
        self.by_id = {anchor.node.mem_id: anchor for anchor in self.anchors}

    def within(self, node: LexborNode, most: int | None = None) -> list[Anchor]:
        """The links inside an element, in page order."""
        inside = (self.by_id.get(n.mem_id) for n in node.css("a[href], area[href]")[:most])
        return [anchor for anchor in inside if anchor is not None]

    def links_of(self, node: LexborNode) -> list[Anchor]:
        """The links inside an element; else the link that it is or stands in."""
        inside = self.within(node)
        if not inside and (link := self.around(node)):
            return [link]
        return inside

    def around(self, node: LexborNode) -> Anchor | None:
        """The link that an element is or stands in."""
        for place in ancestors(self.place(node)):
            if link := self.by_id.get(place.node.mem_id):
                return link
        return None

    def _target(self, href: str) -> tuple[str, str] | None:
        """The canonical URL and the key of a link that leads to another page.

        None for fragments, scripts, mail and nonsense.
        """
        if href not in self._targets:
            address = href.strip()
            target: tuple[str, str] | None = None
            if len(address) <= _LONGEST_URL and not _NOWHERE.match(address):
                # An address that begins with one slash is put behind the host as it is: joining
                # takes several times as long.
                is_rooted = address[0] == "/" and address[1:2] not in ("/", "\\")
                url = urls.canonical(self._origin + address if is_rooted else address, self.base)
                if url:
                    # `urls.key` of what is canonical already, at a fraction of its cost.
                    path, mark, query = url.partition("://")[2].partition("?")
                    key = path.removeprefix("www.").rstrip("/") + mark + query
                    target = (url, key) if key not in self._own_keys else None
            self._targets[href] = target
        return self._targets[href]

    def _anchor(self, node: LexborNode, url: str, key: str) -> Anchor:
        place = self.place(node)
        text, rank, more, image = _read_link(node, place)
        extra = tuple(squeeze(one[:400]) for one in more if one)
        prose = False
        if rank == PARAGRAPH_RANK and place.above is not None:
            # A link within a sentence leads to what the sentence names, which need be no story of
            # the page's lists.
            around = squeeze(place.above.node.text()[:1000])
            prose = len(around) > 2 * len(text) + 20
        words = max(map(count_words, (text, *extra)))
        return Anchor(
            node=node,
            url=url,
            key=key,
            order=len(self.anchors),
            place=place,
            text=text,
            rank=rank,
            extra=extra,
            image=image,
            prose=prose,
            is_headline=words >= HEADLINE_WORDS and url_shape.shape(url) > -1,
            zones=place.zones,
        )

    def place(self, node: LexborNode) -> TreePosition:
        """What is known of an element by its ancestors; found once for each element."""
        path: list[LexborNode] = []
        at: LexborNode | None = node
        above: TreePosition | None = None
        while at is not None and at.tag != "-undef":
            above = self._places.get(at.mem_id)
            if above is not None:
                break
            path.append(at)
            at = at.parent
        for one in reversed(path):
            zone = _zone(one, above) if above is not None else None
            zones = above.zones if above is not None else ()
            if zone and len(zones) < _MOST_ZONES:
                zones = (*zones, (zone, one.mem_id))
            above = TreePosition(one, above, zones)
            self._places[one.mem_id] = above
        assert above is not None
        return above


class KnownLinks:
    """The stories that a section is known to have, newest first.

    A list of the section should hold them after a redesign too. A link is of one of them by its
    URL, by its words, or by the number or the words that end its URL, since a new address of the
    site leaves those as they are. `recent` are the keys of the newest.
    """

    def __init__(self, links: Iterable[Link]) -> None:
        self._keys: set[str] = set()
        self._titles: dict[str, str] = {}
        self._endings: dict[str, str] = {}
        ambiguous = {""}
        recent: list[str] = []
        for link in links:
            key = urls.key(link.url)
            if key not in self._keys and len(recent) < _RECENT:
                recent.append(key)
            self._keys.add(key)
            if count_words(link.title) > 2:
                self._titles.setdefault(arabic.fold(link.title), key)
            ending = url_shape.lasting_part(link.url)
            if self._endings.setdefault(ending, key) != key:
                ambiguous.add(ending)
        for ending in ambiguous:
            self._endings.pop(ending, None)
        self.recent = frozenset(recent)

    def __bool__(self) -> bool:
        return bool(self._keys)

    def story(self, anchor: Anchor, title: str = "") -> str:
        """The key of the known story that a link leads to, or ''."""
        if anchor.key in self._keys:
            return anchor.key
        found = self._endings.get(url_shape.lasting_part(anchor.url), "")
        if found or not self._titles:
            return found
        texts = (arabic.fold(text) for text in (anchor.text, title, *anchor.extra))
        return next((self._titles[text] for text in texts if text in self._titles), "")

    def any_of(self, anchors: Iterable[Anchor], title: str = "") -> bool:
        """Whether one of some links, which have a title together, leads to a known story."""
        return any(self.story(anchor, title) for anchor in anchors)


def squeeze(text: str) -> str:
    """One line: white space folded, junk removed, a leading clock time dropped."""
    text = " ".join(arabic.tidy(text).split())
    return _CLOCK.sub("", text) if text[:1].isdigit() else text


@lru_cache(maxsize=8192)
def count_words(text: str) -> int:
    """The number of words of a text; about so many of Chinese and Japanese, without spaces."""
    words = len(_WORD.findall(text))
    return words if text.isascii() else words + len(_UNPARTED.findall(text))


def short_text(node: LexborNode) -> str:
    """The text of an element that is small enough to be a heading; '' of any other."""
    text = ""
    for count, one in enumerate(node.traverse(include_text=True)):
        text += one.text() if one.is_text_node else ""
        if count > _MOST_NODES or len(text) > LONGEST_LABEL * 2:
            return ""
    text = squeeze(text)
    return text if len(text) <= LONGEST_LABEL else ""


def is_story(anchor: Anchor) -> bool:
    """Whether a link may lead to a story, by its URL and words."""
    shape = url_shape.shape(anchor.url)
    return shape > 0 or (shape > -1 and count_words(anchor.text) >= HEADLINE_WORDS)


def title_within(node: LexborNode) -> LexborNode | None:
    """The heading within a link or a card, or else what its class calls a title."""
    heading = node.css_first("h1, h2, h3, h4, h5, h6")
    if heading is not None:
        return heading
    called = node.css("[class*=title], [class*=Title], [class*=headline], [class*=Headline]")
    titles = (one for one in called[:4] if class_names.text_kind(_names(one)) == "title")
    return next(titles, None)


def _names(node: LexborNode) -> str:
    attributes = node.attributes
    return f"{attributes.get('class') or ''} {attributes.get('id') or ''}".strip()


def _zone(node: LexborNode, above: TreePosition) -> Zone | None:
    """The part of the page that an element is. The `header` of an article or a card is its own."""
    tag, attributes = node.tag or "", node.attributes
    if not attributes and tag in _PLAIN_TAGS:
        return None
    in_card = tag == "header" and any(at.node.tag in _CARD_TAGS for at in ancestors(above))
    return class_names.page_zone(tag, attributes.get("role") or "", _names(node), in_card=in_card)


def ancestors(place: TreePosition | None) -> Iterable[TreePosition]:
    """An element's place and those of the elements around it, from the inside out."""
    while place is not None:
        yield place
        place = place.above


def _rank(node: LexborNode, place: TreePosition) -> int:
    """How far the text of a link is trusted to be a headline, by the elements around it."""
    at: TreePosition | None = place
    for _ in range(4):
        if at is None or at.node.tag in _CARD_OR_PAGE:
            break
        if at.node.tag in _TITLE_TAGS:
            return HEADING_RANK
        at = at.above
    above = place.above
    names = f"{_names(node)} {_names(above.node)}" if above else _names(node)
    kind = class_names.text_kind(names)
    if kind is not None:
        return TITLE_RANK if kind == "title" else DECK_RANK
    if above is not None and above.node.tag == "p":
        return PARAGRAPH_RANK
    return TEXT_RANK


def _read_link(node: LexborNode, place: TreePosition) -> tuple[str, int, list[str | None], bool]:
    """The text of a link, its rank, texts of attributes, and whether it holds a picture."""
    attributes = node.attributes
    more = [attributes.get("title") or attributes.get("aria-label")]
    child = node.first_child
    image: LexborNode | None = None
    if child is not None and (child.next is not None or child.is_element_node):
        image = node.css_first("img, picture, [style*=background]")
        if image is not None:
            more.append(image.attributes.get("alt"))
        heading = title_within(node)
        if heading is not None:
            text = squeeze(heading.text(separator=" ")[:500])
            if count_words(text) > 1:
                rank = HEADING_RANK if heading.tag in _TITLE_TAGS else TITLE_RANK
                return text, rank, more, image is not None
    text = squeeze(node.text(separator=" ")[:1000])
    return text, _rank(node, place), more, image is not None
