"""The links of a page as its tree shows them: what each says, which part of the page it stands in,
which card it is of.

Everything is found by climbing from the links, each element once: pages of any depth and size take
bounded time.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from feedmaker.html import page_parts, parsing
from feedmaker.listing.headlines import LinkText, count_words, squeeze
from feedmaker.model import LIMITS
from feedmaker.text import urls

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

    from feedmaker.html.page_parts import Zone
    from feedmaker.model import Limits

_MAX_ANCHORS = 5000  # the fullest home pages have some 1500
_LONGEST_URL = 4000  # an Arabic slug, percent-encoded, takes six bytes a letter
_MOST_ZONES = 6
_TITLE_TAGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


@dataclass(slots=True)
class TreePosition:
    """What an element's ancestors say of what stands in it. `zones` are (zone, element) outermost
    first.
    """

    node: LexborNode
    above: TreePosition | None
    zones: tuple[tuple[Zone, int], ...]
    sole: str | None = None  # the one story URL within, while there is one
    many: bool = False  # whether there are several


@dataclass(slots=True)
class Anchor:
    """One link: its canonical URL, what is known of its text, and where it stands."""

    node: LexborNode
    url: str
    key: str
    order: int
    place: TreePosition
    text: LinkText
    extra: tuple[LinkText, ...] = ()
    image: bool = False
    prose: bool = False
    strip: int = 0  # the element that holds its card among others
    dropped: str = ""
    zones: tuple[tuple[Zone, int], ...] = field(default=())


def _key(canonical: str) -> str:
    """`urls.key` of a URL that is canonical already, at a fraction of its cost."""
    address, mark, query = canonical.partition("://")[2].partition("?")
    return address.removeprefix("www.").rstrip("/") + mark + query


def _names(node: LexborNode) -> str:
    attributes = node.attributes
    return f"{attributes.get('class') or ''} {attributes.get('id') or ''}".strip()


def _zone(node: LexborNode, above: TreePosition) -> Zone | None:
    tag, attributes = node.tag or "", node.attributes
    if not attributes and tag in ("div", "li", "span", "p", "td", "tr"):
        return None
    in_card = tag == "header" and _in_card_like(above)
    return page_parts.zone(tag, attributes.get("role") or "", _names(node), in_card=in_card)


def _in_card_like(place: TreePosition | None) -> bool:
    """Whether an element stands in an article, section or list item, whose `header` is its own."""
    while place is not None:
        if place.node.tag in ("article", "section", "li", "main", "td"):
            return True
        place = place.above
    return False


class Tree:
    """A parsed page with its links in document order; `by_id` finds them by their element."""

    def __init__(self, html: str | bytes, url: str, limits: Limits = LIMITS) -> None:
        self.url = url
        self.tree = tree = parsing.parse(html, limits)
        self._places: dict[int, TreePosition] = {}
        base = tree.css_first("base[href]")
        self.base = urls.absolute((base.attributes.get("href") or "") if base else "", url) or url
        self.own = {urls.key(url), urls.key(self.base)}
        self._canonical: dict[str, str | None] = {}
        self._origin = "/".join(self.base.split("/", 3)[:3])
        self.anchors: list[Anchor] = []
        for node in tree.css("a[href], area[href]")[:_MAX_ANCHORS]:
            if (anchor := self._anchor(node, len(self.anchors))) is not None:
                self.anchors.append(anchor)
        self.by_id = {a.node.mem_id: a for a in self.anchors}

    def canonical(self, href: str) -> str | None:
        """The canonical URL of a link that leads to another page; None for fragments, scripts, mail
        and nonsense.
        """
        if href not in self._canonical:
            plain = href.strip()
            scripted = ":" in plain[:12] and not plain.lower().startswith("http")
            skip = not plain or plain[0] == "#" or len(plain) > _LONGEST_URL or scripted
            # What begins with one slash is put behind the host as it is: joining takes several
            # times as long.
            rooted = plain[:1] == "/" and plain[1:2] not in ("/", "\\")
            url = (
                None
                if skip
                else urls.canonical(self._origin + plain if rooted else plain, self.base)
            )
            self._canonical[href] = None if url is None or _key(url) in self.own else url
        return self._canonical[href]

    def _anchor(self, node: LexborNode, order: int) -> Anchor | None:
        url = self.canonical(node.attributes.get("href") or "")
        if url is None:
            return None
        place = self.place(node)
        text, extra, image = _read(node, place)
        anchor = Anchor(node, url, _key(url), order, place, text, extra, image, zones=place.zones)
        if text.rank == 0 and place.above is not None:
            # A link within a sentence leads to what the sentence names, which need be no story of
            # the page's lists.
            anchor.prose = len(squeeze(place.above.node.text()[:1000])) > 2 * len(text.text) + 20
        return anchor

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


def title_within(node: LexborNode) -> LexborNode | None:
    """The heading within a link or a card, or else what its class calls a title."""
    heading = node.css_first("h1, h2, h3, h4, h5, h6")
    called = (
        node.css("[class*=title], [class*=Title], [class*=headline], [class*=Headline]")
        if heading is None
        else ()
    )
    return heading or next(
        (n for n in called[:4] if page_parts.text_kind(_names(n)) == "title"), None
    )


def _rank(node: LexborNode, place: TreePosition) -> int:
    """How far the text of an element is trusted to be a headline (see `LinkText.rank`), by it and
    what is around it.
    """
    at: TreePosition | None = place
    for _ in range(4):
        if at is None or at.node.tag in ("article", "li", "td", "section", "body"):
            break
        if at.node.tag in _TITLE_TAGS:
            return 3
        at = at.above
    kind = page_parts.text_kind(
        f"{_names(node)} {_names(place.above.node)}" if place.above else _names(node)
    )
    if kind is not None:
        return 2 if kind == "title" else -1
    if place.above is not None and place.above.node.tag == "p":
        return 0
    return 1


def _read(node: LexborNode, place: TreePosition) -> tuple[LinkText, tuple[LinkText, ...], bool]:
    """The text of a link, further texts that name what it leads to, and whether it holds a picture."""
    extra: list[LinkText] = []
    if title := node.attributes.get("title") or node.attributes.get("aria-label"):
        extra.append(LinkText(squeeze(title[:400]), -2))
    child = node.first_child
    image = None
    if child is not None and (child.next is not None or child.is_element_node):
        if (image := node.css_first("img, picture, [style*=background]")) is not None and (
            alt := image.attributes.get("alt")
        ):
            extra.append(LinkText(squeeze(alt[:400]), -2))
        heading = title_within(node)
        if (
            heading is not None
            and count_words(inner := squeeze(heading.text(separator=" ")[:500])) > 1
        ):
            whole = 3 if heading.tag in _TITLE_TAGS else 2
            return LinkText(inner, whole), tuple(extra), image is not None
        text = squeeze(node.text(separator=" ")[:1000])
    else:
        text = squeeze(node.text()[:1000])
    return LinkText(text, _rank(node, place)), tuple(extra), image is not None
