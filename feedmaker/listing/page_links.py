"""The links of a page as its tree shows them: what each says, and which part of the page holds it.

Everything is found by climbing from the links, each element once: pages of any depth and size take
bounded time.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from operator import attrgetter
from typing import TYPE_CHECKING, Final

from feedmaker.html import class_names, parsing
from feedmaker.listing import url_shape
from feedmaker.listing.cards import (
    HEADLINE_WORDS,
    LONGEST_TEXT,
    PARAGRAPH_RANK,
    TreePosition,
    ancestors,
    element_names,
    headline_within,
    look_inside,
    place_rank,
    squeeze,
)
from feedmaker.model import LIMITS
from feedmaker.text import arabic, urls
from feedmaker.text.word_counts import count_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from selectolax.lexbor import LexborNode

    from feedmaker.html.class_words import Zone
    from feedmaker.model import Limits, Link

_MOST_ANCHORS: Final = 5000  # the fullest home pages have some 1500
_LONGEST_EXTRA: Final = 400  # characters of an attribute that are read
_MOST_ZONES: Final = 6
# Links around a link: HTML allows none, but one that is left open may hold a table of others.
_MOST_AROUND: Final = 3
_RECENT: Final = 20  # stories that a listing holds
_TITLE_WORDS: Final = 3  # of a known story's title, that tell it from others
# What leads to no page: nothing, a fragment, a script, mail.
_NOWHERE: Final = re.compile(r"$|#|(?!http)[^:/?#]{0,11}:", re.IGNORECASE)
# What a page says of links that are paid for (`rel`); those to its own site may be stories.
_SPONSORED: Final = "sponsored"
# What is a URL behind its scheme or its folder, without empty segments and dots to be resolved.
_RELATIVE: Final = re.compile(r"[\w%](?:[^\s#\\:/]|/(?![./]))*+", re.ASCII)
_NODE_ID: Final = attrgetter("mem_id")
_AFTER_SCHEME: Final = len("https://")
_LINKS: Final = "a[href], area[href]"
# All that is asked of a tree, at once: to look through one takes a third of the time of parsing it.
_ASKED: Final = f"{_LINKS}, h1, main, [role=main], base[href], ruby"
_NAMED_BY: Final = {"a": "a", "area": "a", "h1": "h1", "base": "base", "ruby": "ruby"}
_READINGS: Final = ["rt", "rp"]  # they stand above or behind the words that they are of
# What may be a date in digits, told from the rest of a page by its first digit alone; and one, with
# its day and its month in either order.
_DIGITS: Final = re.compile(r"\d[\d/.-]{5,}+")
_NUMERIC_DATE: Final = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(?:\d{4}|\d\d)[/.-]?")
_MONTHS: Final = 12
_PLAIN_TAGS: Final = frozenset({"a", "div", "li", "p", "span", "td", "tr", "ul"})
_CARD_TAGS: Final = frozenset(
    {
        "article",
        "section",
        "li",
        "main",
        "td",
    }
)


@dataclass(slots=True, eq=False)
class Anchor:
    """One link: its canonical URL, what is known of its text, and where it stands.

    `rank` says how far `text` is trusted to be a headline; `attributes` are those that may hold
    one, too. `prose` says that it stands in a sentence.
    """

    node: LexborNode
    url: str
    key: str
    order: int
    place: TreePosition
    text: str
    rank: int
    attributes: tuple[str | None, ...]
    image: bool
    prose: bool
    zones: tuple[tuple[Zone, int], ...]

    @property
    def extra(self) -> list[str]:
        """The texts of its attributes."""
        return [squeeze(text[:_LONGEST_EXTRA]) for text in self.attributes if text]


class PageLinks:
    """A parsed page with its links in document order; `by_id` finds them by their element."""

    def __init__(
        self,
        html: str | bytes,
        url: str,
        limits: Limits = LIMITS,
    ) -> None:
        self.url = url
        self.tree = parsing.parse(html, limits)
        nodes = self._nodes()
        if "ruby" in nodes:
            self.tree.strip_tags(_READINGS)
            nodes = self._nodes()
        self.titles = nodes["h1"]
        self.mains = nodes["main"]
        self._places: dict[int, TreePosition] = {}
        self._paragraphs: dict[TreePosition, int] = {}  # the lengths of their texts
        href = nodes["base"][0].attributes.get("href") if nodes["base"] else None
        self.base = urls.absolute(href or "", url) or url
        self._own_keys = set(map(urls.key, (url, self.base)))
        parts = self.base.split("/", 3)
        self._origin = "/".join(parts[:3])
        self._scheme = parts[0]
        self._hosts: dict[str, str] = {"": ""}
        self._folder = (urls.absolute("x", self.base) or "x").removesuffix("x")
        self.anchors: list[Anchor] = []
        self._read_links(nodes["a"][:_MOST_ANCHORS])
        self.by_id = {anchor.node.mem_id: anchor for anchor in self.anchors}

    def _read_links(self, nodes: Iterable[LexborNode]) -> None:
        targets: dict[str, tuple[str, str] | None] = {}
        for node in nodes:
            attributes = node.attributes
            # One of a drawing may say where it leads as SVG 1.1 does.
            href = attributes.get("href") or attributes.get("xlink:href") or ""
            if href not in targets:
                targets[href] = self._target(href)
            target = targets[href]
            if target is None or ("rel" in attributes and self._is_paid(attributes, target[0])):
                continue
            parent = node.parent
            above = self.place(parent) if parent is not None else None
            place = self._add_place(node, above, attributes)
            if place.links <= _MOST_AROUND:
                self.anchors.append(self._anchor(place, attributes, *target))

    def _is_paid(self, attributes: Mapping[str, str | None], url: str) -> bool:
        """Whether a link says that it is paid for, and leads to another site."""
        is_said = _SPONSORED in (attributes["rel"] or "")
        return is_said and not urls.same_site(url, self.base)

    def _nodes(self) -> Mapping[str, list[LexborNode]]:
        """The elements that a page is read by: links (`a`), `h1`, `main`, `base`, `ruby`."""
        found: dict[str, list[LexborNode]] = defaultdict(list)
        for node in self.tree.css(_ASKED):
            found[_NAMED_BY.get(node.tag or "", "main")].append(node)
        return found

    def before(self, node: LexborNode) -> int:
        """How many links stand before an element: the order of the first one in or after it."""
        return self._links_before.get(node.mem_id, 0)

    def within(
        self,
        node: LexborNode,
        most: int | None = None,
    ) -> list[Anchor]:
        """The links that an element is or has inside, in page order."""
        start = self.before(node)
        end = len(self.anchors)
        after = _next_outside(node)
        if after is not None:
            end = self._links_before.get(after.mem_id, end)
        return self.anchors[start:end][:most]

    def inside(self, node: LexborNode) -> list[Anchor]:
        """The links inside an element, as `within` has them; for few, large elements.

        It needs no look at the whole page.
        """
        links = map(self.by_id.get, map(_NODE_ID, node.css(_LINKS)))
        return list(filter(None, links))

    @cached_property
    def _links_before(self) -> dict[int, int]:
        """How many links stand before each element, by its id."""
        root = self.tree.root
        ids = [] if root is None else list(map(_NODE_ID, root.traverse()))
        counts = accumulate(map(self.by_id.__contains__, ids), initial=0)
        return dict(zip(ids, counts, strict=False))

    @cached_property
    def is_month_first(self) -> bool:
        """Whether the page's dates in digits have the month first: one is none otherwise.

        Where others are none so, nothing can be told.
        """
        body = self.tree.body
        texts = _DIGITS.findall(body.text(separator=" ")) if body is not None else []
        dates = filter(None, map(_NUMERIC_DATE.fullmatch, set(texts)))
        pairs = {(int(date[1]), int(date[3])) for date in dates}
        is_day_second = any(first <= _MONTHS < second for first, second in pairs)
        return is_day_second and all(first <= _MONTHS for first, _ in pairs)

    def links_of(self, node: LexborNode) -> list[Anchor]:
        """The links inside an element; else the link that it is or stands in."""
        inside = self.within(node)
        if inside:
            return inside
        around = self.around(node)
        return [around] if around is not None else []

    def around(self, node: LexborNode) -> Anchor | None:
        """The link that an element is or stands in."""
        for place in ancestors(self.place(node)):
            link = self.by_id.get(place.node.mem_id)
            if link is not None:
                return link
        return None

    def is_around_links(self, node: LexborNode) -> bool:
        """Whether an element holds links, or was asked for by its place."""
        return node.mem_id in self._places

    def place(self, node: LexborNode) -> TreePosition:
        """What is known of an element by its ancestors; found once for each element."""
        path: list[LexborNode] = []
        at = node
        above = self._places.get(at.mem_id)
        while above is None:
            parent = at.parent
            if parent is None:  # the document
                break
            path.append(at)
            at = parent
            above = self._places.get(at.mem_id)
        while path:
            one = path.pop()
            above = self._add_place(one, above, one.attributes)
        assert above is not None
        return above

    def _add_place(
        self,
        node: LexborNode,
        above: TreePosition | None,
        attributes: Mapping[str, str | None],
    ) -> TreePosition:
        tag = node.tag or ""
        classes = names = role = ""
        if attributes:
            classes = attributes.get("class") or ""
            names = element_names(attributes)
            role = attributes.get("role") or ""
        if above is None:
            place = TreePosition(node, None, tag, classes, names, tag in _CARD_TAGS, (), 0)
        else:
            zones = above.zones
            # Most elements have neither names nor a role, and their tag says nothing.
            if names or role or tag not in _PLAIN_TAGS:
                zone = class_names.page_zone(tag, role, names, above.in_card)
                zones = _with_zone(zones, zone, above.node.mem_id)
            in_card = above.in_card or tag in _CARD_TAGS
            links = above.links + (above.tag == "a")
            place = TreePosition(node, above, tag, classes, names, in_card, zones, links)
        self._places[node.mem_id] = place
        return place

    def _plain_host(self, site: str) -> str:
        """The host of a scheme and a host that are in canonical form, without `www.`; else ""."""
        host = self._hosts.get(site)
        if host is None:
            root = f"{site}/"
            is_plain = urls.canonical(root) == root
            host = site.partition("://")[2].removeprefix("www.") if is_plain else ""
            self._hosts[site] = host
        return host

    def _target(self, href: str) -> tuple[str, str] | None:
        """The canonical URL and the key of a link that leads to another page.

        None for fragments, scripts, mail and nonsense.
        """
        href = href.strip()
        if "#" in href and "#!" not in href:
            href = href.partition("#")[0]
        target = self._plain_target(href) or self._joined_target(href)
        return None if target is None or target[1] in self._own_keys else target

    def _plain_target(self, href: str) -> tuple[str, str] | None:
        """The same of a path, with its host or without, that needs no more than encoding."""
        site, path = self._origin, href
        if href.startswith(("http", "//")):
            site, path = "", ""
            whole = href if href[0] == "h" else self._scheme + href
            end = whole.find("/", _AFTER_SCHEME)
            if end > 0:
                site, path = whole[:end], whole[end:]
        elif href[:1] != "/" and _RELATIVE.fullmatch(href):
            path = self._folder[len(site) :] + href
        host = self._plain_host(site)
        path, mark, query = path.partition("?")
        if not host or (mark and not urls.is_plain_query(query)):
            return None
        plain = urls.plain_path(path)
        rest = mark + query
        return (site + plain + rest, host + plain.rstrip("/") + rest) if plain else None

    def _joined_target(self, href: str) -> tuple[str, str] | None:
        """The same of any other link."""
        if len(href) > urls.LONGEST or _NOWHERE.match(href):
            return None
        url = urls.canonical(href, self.base)
        if not url:
            return None
        # `urls.key` of what is canonical already, at a fraction of its cost.
        _, _, rest = url.partition("://")
        path, mark, query = rest.partition("?")
        return url, path.removeprefix("www.").rstrip("/") + mark + query

    def _anchor(
        self,
        place: TreePosition,
        attributes: Mapping[str, str | None],
        url: str,
        key: str,
    ) -> Anchor:
        node = place.node
        title = attributes.get("title") or attributes.get("aria-label")
        alternative: str | None = None
        image: LexborNode | None = None
        rank: int | None = None
        child = node.first_child
        if child is not None and (child.next is not None or child.is_element_node):
            heading, image = look_inside(node, attributes)
            text, rank = headline_within(node, heading)
        else:
            text = squeeze(node.text()[:LONGEST_TEXT])
        if image is not None:
            alternative = image.attributes.get("alt")
        if rank is None:
            rank = place_rank(place)
        # By their places: with names, making one takes five times as long.
        return Anchor(
            node,
            url,
            key,
            len(self.anchors),
            place,
            text,
            rank,
            (title, alternative),
            image is not None,
            rank == PARAGRAPH_RANK and self._is_in_sentence(place, text),
            place.zones,
        )

    def _is_in_sentence(self, place: TreePosition, text: str) -> bool:
        """Whether a link stands within a sentence, by what else its paragraph says.

        It leads to what the sentence names, which need be no story of the page's lists.
        """
        paragraph = place.above
        if paragraph is None:
            return False
        length = self._paragraphs.get(paragraph)
        if length is None:
            length = len(squeeze(paragraph.node.text()[:LONGEST_TEXT]))
            self._paragraphs[paragraph] = length
        return length > 2 * len(text) + 20


def _with_zone(
    zones: tuple[tuple[Zone, int], ...],
    zone: Zone | None,
    number: int,
) -> tuple[tuple[Zone, int], ...]:
    """The parts of the page around an element, with the one that it is itself, if it is one."""
    if zone is None or len(zones) >= _MOST_ZONES:
        return zones
    return (*zones, (zone, number))


def _next_outside(node: LexborNode) -> LexborNode | None:
    """The element that follows an element and all that is in it."""
    around: LexborNode | None = node
    while around is not None:
        at = around.next
        while at is not None and not at.is_element_node:
            at = at.next
        if at is not None:
            return at
        around = around.parent
    return None


def is_story(anchor: Anchor) -> bool:
    """Whether a link may lead to a story, by its URL and words."""
    shape = url_shape.shape(anchor.url)
    if shape > 0:
        return True
    return shape > -1 and count_words(anchor.text) >= HEADLINE_WORDS


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
            if count_words(link.title) >= _TITLE_WORDS:
                title = arabic.fold(link.title)
                self._titles.setdefault(title, key)
            ending = url_shape.lasting_part(link.url)
            if self._endings.setdefault(ending, key) != key:
                ambiguous.add(ending)
        for ending in ambiguous:
            self._endings.pop(ending, None)
        self.recent = frozenset(recent)

    def story(self, anchor: Anchor, title: str = "") -> str:
        """The key of the known story that a link leads to, or ''.

        `title` is the headline of all links to its URL.
        """
        if anchor.key in self._keys:
            return anchor.key
        ending = url_shape.lasting_part(anchor.url)
        found = self._endings.get(ending, "")
        if found or not self._titles:
            return found
        for text in (anchor.text, title, *anchor.extra):
            folded = arabic.fold(text)
            if folded in self._titles:
                return self._titles[folded]
        return ""

    def any_of(self, anchors: Iterable[Anchor], title: str = "") -> bool:
        """Whether one of some links, which have a title together, leads to a known story."""
        stories = (self.story(anchor, title) for anchor in anchors)
        return any(stories)
