"""The headed blocks of a home page: what each is called, its own page, and its stories."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from itertools import islice
from operator import attrgetter
from statistics import median
from typing import TYPE_CHECKING, Final

from feedmaker.listing import block_of, count_words, in_link, is_story, squeeze
from feedmaker.setup.section_labels import (
    SECTION_LABELS,
    has_section_label,
    is_section_title,
    is_section_url,
    is_service_label,
    is_service_url,
    is_story_url,
    link_text,
)
from feedmaker.text import arabic, labels
from feedmaker.text.dates import parse_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from selectolax.lexbor import LexborNode

    from feedmaker.listing import Anchor, PageLinks

_LEAST_STORIES: Final = 3  # under a heading that make a section
_MOST_STORIES: Final = 40  # under a heading that is not that of the whole page
_LEVELS: Final = 5  # elements from a heading up to its block
_ROW_LEVELS: Final = 2  # from a heading up to the row that its «more» stands in
_MOST_HEADINGS: Final = 400
# Headings times elements of the page: the block of each heading is looked for in the whole page.
# The largest of the development pages has 1.7 million.
_MOST_STEPS: Final = 3_000_000
_MOST_TEXTS: Final = 12  # of a heading
_LONGEST: Final = 200  # characters of a text
_MOST_ROW_LINKS: Final = 4  # links of a heading's row
_HEADINGS: Final = (
    "h1, h2, h3, h4, h5, h6, [class*=title], [class*=Title], [class*=head], [role=heading]"
)
_MORE_WORDS: Final = 4  # beside a block's title: "Read all our sport stories"
_SIGNS: Final = " \t|>»›«‹+:-–—•·…"
_IS_TEXT: Final = attrgetter("is_text_node")
_LABELS: Final = 0.8  # of the headings of a kind that are labels rather than headlines
_SAME: Final = 0.8  # of the stories of two blocks that make them one
_ANY_DAY: Final = datetime(2020, 1, 1, tzinfo=UTC)  # to read dates in headings from
# Labels that the heading of a block may have, None for any other text.
_BLOCK_LABELS: Final = frozenset({*SECTION_LABELS, "most-read", "related"})
# Parts of a page whose headings are not those of its stories.
_FURNITURE: Final = frozenset(
    {"navigation", "footer", "popup", "comments", "tags", "advert", "social"}
)


_Kind = tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class HeadedBlock:
    """Stories of a home page under a heading; `url` is the page that the heading leads to.

    `stories` are their keys. `usual` says that the heading has a name of its own.
    """

    title: str
    url: str | None
    order: int
    stories: frozenset[str]
    usual: bool

    def is_same(self, other: HeadedBlock) -> bool:
        """Whether two blocks hold the same stories."""
        common = len(self.stories & other.stories)
        return common > 0 and common >= _SAME * len(self.stories | other.stories)


def find_blocks(page: PageLinks) -> list[HeadedBlock]:
    """Return the blocks of a home page, in its order; of those with the same stories, the first."""
    elements = len(page.tree.css("*"))
    most = min(_MOST_HEADINGS, _MOST_STEPS // max(elements, 1))
    kinds: dict[_Kind, list[_Heading]] = {}
    for order, node in enumerate(page.tree.css(_HEADINGS)[:most]):
        heading = _Heading(page, node, order)
        kinds.setdefault(heading.kind, []).append(heading)
    blocks = [block for headings in kinds.values() for block in _blocks_of_kind(headings)]
    found: list[HeadedBlock] = []
    for block in sorted(blocks, key=lambda block: block.order):
        if not any(map(block.is_same, found)):
            found.append(block)
    return found


def _blocks_of_kind(headings: Sequence[_Heading]) -> list[HeadedBlock]:
    """Return the blocks under headings of one kind."""
    likely = _labels_among(headings)
    if _head_blocks(likely):
        # A script may fill the block of one that leads to a page of its own.
        return [heading.block() for heading in likely if heading.stories or heading.own_page]
    return [
        heading.block()
        for heading in likely
        if len(heading.stories) >= _LEAST_STORIES and not heading.is_headline
    ]


def _labels_among(headings: Sequence[_Heading]) -> list[_Heading]:
    """Return the headings of one kind that may be labels; none where most are headlines."""
    short = [heading for heading in headings if is_section_title(heading.title)]
    if len(short) < _LABELS * len(headings):
        return []
    return [heading for heading in short if heading.may_head_block]


def _head_blocks(headings: Sequence[_Heading]) -> bool:
    """Whether headings of one kind mostly stand over several stories: then all are of blocks."""
    counts = [len(heading.stories) for heading in headings]
    return len(counts) > 1 and median(counts) >= _LEAST_STORIES


class _Heading:
    """What may be the heading of a block; what it heads is looked for when it is asked for."""

    def __init__(self, page: PageLinks, node: LexborNode, order: int) -> None:
        self.page = page
        self.node = node
        self.order = order
        self.title = _own_name(node)
        self.kind = _kind_of(node)

    @cached_property
    def links(self) -> list[Anchor]:
        """The link that a heading is, and the first two in it."""
        nodes = (self.node, *self.node.css("a[href]")[:2])
        links = (self.page.by_id.get(node.mem_id) for node in nodes)
        return [anchor for anchor in links if anchor is not None]

    @cached_property
    def may_head_block(self) -> bool:
        """Whether its words and its place are those of a block's heading."""
        if labels.label(self.title) not in _BLOCK_LABELS or _is_date(self.title):
            return False
        return not _is_in_furniture(self.page, self.node) and not in_link(self.page, self.node)

    @property
    def is_headline(self) -> bool:
        """Whether it leads to a story itself."""
        return any(is_story(link) and count_words(link.text) >= 3 for link in self.links)

    @cached_property
    def under(self) -> list[Anchor]:
        """The links of its block."""
        return block_of(self.page, self.node, deep=_LEVELS)

    @cached_property
    def stories(self) -> frozenset[str]:
        """The keys of the stories of its block."""
        own = {anchor.key for anchor in self.links}
        return frozenset(anchor.key for anchor in self.under if is_story(anchor)) - own

    @property
    def own_page(self) -> str | None:
        """The address that it leads to, if that may be its block's own page."""
        return _page_among(self.page, self.links, self.stories)

    def block(self) -> HeadedBlock:
        """Return its block."""
        beside = (*_links_of_row(self.page, self.node), *self.under)
        words = set(arabic.fold(self.title).split())
        more = [anchor for anchor in beside if _is_more(anchor, words)]
        url = self.own_page or _page_among(self.page, more, self.stories)
        is_service = is_service_label(self.title) or (url is not None and is_service_url(url))
        is_named = has_section_label(self.title) and not is_service
        return HeadedBlock(
            title=self.title,
            url=url,
            order=self.order,
            stories=self.stories,
            usual=is_named and len(self.stories) <= _MOST_STORIES,
        )


def _kind_of(node: LexborNode) -> _Kind:
    """Return what headings of one kind have in common: tags and classes, and their parents'."""
    parent = node.parent
    return (node.tag, _classes(node), parent.tag, _classes(parent)) if parent else (node.tag,)


def _classes(node: LexborNode) -> str:
    return node.attributes.get("class") or ""


def _own_name(heading: LexborNode) -> str:
    """Return the words of a heading without «more» and the like."""
    nodes = filter(_IS_TEXT, heading.traverse(include_text=True))
    names = []
    for node in islice(nodes, _MOST_TEXTS):
        text = squeeze(node.text()[:_LONGEST]).strip(_SIGNS)
        if text and labels.label(text) != "read-more":
            names.append(text)
    # «More news» beside a name is none.
    own = [name for name in names[1:] if labels.label(name) != "related"]
    return " ".join((*names[:1], *own))


def _is_date(title: str) -> bool:
    has_digit = any(map(str.isdigit, title))
    return has_digit and parse_date(title, now=_ANY_DAY) is not None


def _links_of_row(page: PageLinks, heading: LexborNode) -> Iterator[Anchor]:
    """Return the links beside a heading, in the elements around it that hold few."""
    at = heading.parent
    for _ in range(_ROW_LEVELS):
        if at is None:
            return
        links = page.within(at, most=_MOST_ROW_LINKS + 1)
        if len(links) > _MOST_ROW_LINKS:
            return
        yield from links
        at = at.parent


def _page_among(page: PageLinks, links: Iterable[Anchor], stories: frozenset[str]) -> str | None:
    """Return the address among some links that may be a block's own page: none of its stories."""
    for anchor in links:
        if anchor.key not in stories and is_section_url(anchor.url, page.url):
            return anchor.url
    return None


def _is_more(anchor: Anchor, title: set[str]) -> bool:
    """Whether a link leads to more stories of a block: «المزيد», or "See all sport" under Sport."""
    if is_story_url(anchor.url):
        return False
    text = link_text(anchor)
    words = set(arabic.fold(text).split())
    is_named = bool(title) and title < words and len(words) <= len(title) + _MORE_WORDS
    return is_named or (labels.label(text) == "read-more" and not is_story(anchor))


def _is_in_furniture(page: PageLinks, node: LexborNode) -> bool:
    zones = page.place(node).zones
    return any(zone in _FURNITURE for zone, _ in zones)
