"""Rules for what a person points at on a page: a block that is wrong, a headline that was missed.

    page, block, part --propose_rules--> selectors --with_rule--> the site as it would be

Pure: a page is given, and a site. `mend_trial` tries what is proposed, `site_edit` writes it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, Final, Literal

from feedmaker import listing
from feedmaker.html import parsing
from feedmaker.html.element_selectors import boxes_around, matching_nodes, word_selectors
from feedmaker.output import explained
from feedmaker.pipeline import page_work
from feedmaker.setup.confidence import own_text
from feedmaker.text import urls

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from selectolax.lexbor import LexborHTMLParser, LexborNode

    from feedmaker.model import Page, Rules, Site
    from feedmaker.model.trace import TracedBlock

Part = Literal["drop", "title", "date", "author", "body", "links"]
STORY_PARTS: Final[tuple[Part, ...]] = ("drop", "title", "date", "author", "body")
MOST_PROPOSED: Final = 3
LONGEST_SELECTOR: Final = 300  # characters
_BOXES_ABOVE: Final = 5  # elements around a block that may be meant with it
_TEXT_BOXES: Final = 12  # elements around a block that may be the story's box
_MOST_MATCHES: Final = 60  # elements that a selector for few may match
_MOST_KEPT: Final = 0.5  # of the story's blocks, that a selector for one may take away
_DATES: Final = "time, [datetime], [itemprop^=date]"
_AUTHORS: Final = (
    "[rel~=author], [itemprop=author], [class*=author], [class*=byline], [class*=writer]"
)
_WITHIN: Final = {"date": _DATES, "author": _AUTHORS}


def propose_rules(page: Page, site: Site, part: Part, number: int) -> tuple[str, ...]:
    """Return selectors for the block of a page with this number, as it is traced, best first.

    None of them goes by a position or a name that looks made by a program. () where no other tells
    the block from the rest.
    """
    blocks = page_work.trace_article(page, site).trace.blocks
    if not 0 <= number < len(blocks):
        return ()
    marked = _Marked.of(page, blocks)
    element = marked.element(number)
    if element is None:
        return ()
    if part == "drop":
        return marked.for_one(element, number)[:MOST_PROPOSED]
    if part == "body":
        return marked.for_text(element)[:MOST_PROPOSED]
    inner = element.css_first(_WITHIN[part]) if part in _WITHIN else None
    return marked.for_first(inner or element)[:MOST_PROPOSED]


def propose_links(
    page: Page, wanted: AbstractSet[str], corrected: AbstractSet[str]
) -> tuple[str, ...]:
    """Return the selectors that together name the links that a person wants of a listing.

    Both are addresses; those `corrected` were missed or taken wrongly. () where none does.
    """
    links = listing.PageLinks(page.utf8, page.url)
    keys = frozenset(map(urls.key, wanted))
    return listing.selectors_for(links, keys, frozenset(map(urls.key, corrected)))


def with_rule(site: Site, section: str, part: Part, selectors: tuple[str, ...], page: Page) -> Site:
    """Return a site with selectors for a part of its stories, or for the links of a section."""
    if part != "links":
        return replace(site, rules=_with_selectors(site.rules, part, selectors, page))
    changed = [
        replace(one, links=selectors) if one.slug == section else one for one in site.sections
    ]
    return replace(site, sections=tuple(changed))


def _with_selectors(rules: Rules, part: Part, selectors: tuple[str, ...], page: Page) -> Rules:
    """What is dropped becomes more; of the others the first that matches is taken.

    All that a rule for the body names is the story: of others that stays which is for other pages.
    """
    before: tuple[str, ...] = getattr(rules, part)
    others = tuple(one for one in before if one not in selectors)
    if part == "body":
        tree = parsing.parse(page.utf8)
        others = tuple(one for one in others if not matching_nodes(tree, (one,)))
    both = (*others, *selectors) if part == "drop" else (*selectors, *others)
    return replace(rules, **{part: both})


@dataclass(frozen=True, slots=True)
class _Marked:
    """A page and its blocks: the first text of each, and the elements around it, by their ids."""

    tree: LexborHTMLParser
    blocks: Sequence[TracedBlock]
    texts: dict[int, LexborNode]
    above: dict[int, frozenset[int]]

    @classmethod
    def of(cls, page: Page, blocks: Sequence[TracedBlock]) -> _Marked:
        tree = parsing.parse(page.text)
        tree.strip_tags(explained.DEAD_TAGS)
        texts: dict[int, LexborNode] = {}
        above: dict[int, frozenset[int]] = {}
        of_parent: dict[int, frozenset[int]] = {}
        for node, number in explained.matched_texts(tree, blocks):
            if number is None or number in texts or node.parent is None:
                continue
            texts[number] = node
            parent = node.parent.mem_id
            if parent not in of_parent:
                of_parent[parent] = frozenset(box.mem_id for box in boxes_around(node))
            above[number] = of_parent[parent]
        return cls(tree, blocks, texts, above)

    def element(self, number: int) -> LexborNode | None:
        """The smallest element that holds a block."""
        text = self.texts.get(number)
        wanted = "".join(self.blocks[number].text.split())
        for box in islice(boxes_around(text), _BOXES_ABOVE):
            if wanted in "".join(box.text().split()):
                return box
        return None

    def for_one(self, element: LexborNode, number: int) -> tuple[str, ...]:
        """The selectors that take a block away and little else that was kept."""
        kept = [block for block in self.above if self.blocks[block].kept and block != number]
        others = [block for block in self.above if not self.blocks[block].kept]
        ranks: dict[str, tuple[int, ...]] = {}
        for level, selector in self._selectors(element):
            matched = {node.mem_id for node in self.tree.css(selector)[: _MOST_MATCHES + 1]}
            lost = self._count(kept, matched)
            if len(matched) <= _MOST_MATCHES and lost <= _MOST_KEPT * len(kept):
                beside = self._count(others, matched)
                rank = (lost, " " in selector, beside, level, len(selector))
                ranks.setdefault(selector, rank)
        return tuple(sorted(ranks, key=ranks.__getitem__))

    def _selectors(self, element: LexborNode) -> Iterator[tuple[int, str]]:
        """The selectors of an element and those around it, with how far around."""
        for level, box in enumerate(islice(boxes_around(element), _BOXES_ABOVE)):
            for selector in word_selectors(box):
                yield level, selector

    def _count(self, blocks: Sequence[int], boxes: AbstractSet[int]) -> int:
        """How many of some blocks stand in one of some elements."""
        return sum(not boxes.isdisjoint(self.above[block]) for block in blocks)

    def for_first(self, element: LexborNode) -> tuple[str, ...]:
        """The selectors whose first match is an element, or one around it with the same text."""
        wanted = "".join(element.text().split())
        ranks: dict[str, tuple[int, int]] = {}
        for box in islice(boxes_around(element), _BOXES_ABOVE):
            if "".join(box.text().split()) != wanted:
                break
            for selector in word_selectors(box):
                matched = self.tree.css(selector)
                if matched and matched[0].mem_id == box.mem_id and len(matched) <= _MOST_MATCHES:
                    ranks.setdefault(selector, (len(matched), len(selector)))
        return tuple(sorted(ranks, key=ranks.__getitem__))

    def for_text(self, element: LexborNode) -> tuple[str, ...]:
        """The selectors of the box around a block that has most running text of its own."""
        sizes: dict[str, tuple[int, int]] = {}
        for box in islice(boxes_around(element), _TEXT_BOXES):
            size = own_text(box)
            for selector in word_selectors(box):
                if len(self.tree.css(selector)) == 1:
                    sizes.setdefault(selector, (-size, len(selector)))
        return tuple(sorted(sizes, key=sizes.__getitem__))
