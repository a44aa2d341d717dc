"""Other stories on a story's page: the next one of endless scrolling, and cards within the text.

The page's headline tells them apart: what has a headline of its own and not the page's is another
story.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING, Final

from feedmaker.html.blocks import HEADINGS

if TYPE_CHECKING:
    from feedmaker.html.blocks import Box, PageBlocks

_WORD: Final = re.compile(r"\w+")
_LONGEST: Final = 300  # characters of a headline that are compared
_ALIKE: Final = 0.6  # of a heading's words, and of the title's, that the other has
_OWN_TEXT: Final = (
    150.0  # weight of running text, at least, that makes a box with a headline a story
)
_PARTS: Final = 0.5  # of an article's text: with more in articles within it, they are its parts


def find_other_stories(page: PageBlocks, title: str) -> frozenset[int]:
    """Return the indexes of the blocks that are other stories' than the one with this title."""
    headlines = _headlines(page, title)
    if not headlines:
        return frozenset()
    others = _other_articles(page, headlines)
    if page.articles > 1 or page.main_headings != 1:
        others += _next_stories(page, headlines)
    found: set[int] = set()
    for box in others:
        found.update(range(box.first, box.last))
    return frozenset(found)


def _headlines(page: PageBlocks, title: str) -> list[int]:
    """The indexes of the headings that say what the page's title does."""
    wanted = set(_WORD.findall(title.casefold()))
    found: list[int] = []
    for block in page.blocks:
        if block.box.name in HEADINGS:
            text = block.text[:_LONGEST].casefold()
            # Most have few of the title's words, which is seen much sooner than their own.
            if sum(map(text.__contains__, wanted)) < _ALIKE * len(wanted):
                continue
            words = set(_WORD.findall(text))
            alike = len(words & wanted)
            if alike and alike >= _ALIKE * max(len(words), len(wanted)):
                found.append(block.index)
    return found


def _other_articles(page: PageBlocks, headlines: list[int]) -> list[Box]:
    """The `article` elements with another headline, where an article with text has the page's.

    Within that one, those are cards whose headline is a link, unless they hold much of its text, as
    in the log of an event.
    """
    own: Box | None = None
    others: list[Box] = []
    for box in page.boxes:
        if box.name != "article" or not box.headings:
            continue
        if not _holds_any(box, headlines):
            others.append(box)
        elif own is None and box.good >= _OWN_TEXT:
            own = box
    if own is None:
        return _cards_beside(page, headlines, others)
    outside = [box for box in others if not own.first <= box.first < own.last]
    return outside + _cards(page, own, others)


def _linked_headings(page: PageBlocks) -> list[int]:
    """The indexes of the headings that are links."""
    return [
        block.index
        for block in page.blocks
        if block.box.name in HEADINGS and 2 * block.linked > block.chars
    ]


def _cards_beside(page: PageBlocks, headlines: list[int], others: list[Box]) -> list[Box]:
    """The articles that are cards with a linked headline, where the story stands in none.

    They hold less text than the story. Those below the page's headline are several.
    """
    heads = _linked_headings(page)
    cards = [box for box in others if _holds_any(box, heads)]
    above = [box for box in cards if box.last <= page.headline]
    below = [box for box in cards if box.first > headlines[0]]
    found = above + below if len(below) > 1 else above
    parts = sum(box.good for box in found)
    return found if parts < _PARTS * page.boxes[0].good else []


def _cards(page: PageBlocks, own: Box, others: list[Box]) -> list[Box]:
    """The articles within the story's own that are cards, and no parts of it."""
    heads = _linked_headings(page)
    inside = [box for box in others if own.first <= box.first < own.last]
    found = [box for box in inside if _holds_any(box, heads)]
    parts = sum(box.good for box in found)
    return found if parts < _PARTS * own.good else []


def _next_stories(page: PageBlocks, headlines: list[int]) -> list[Box]:
    """The boxes made by the same template as the headline's, each with a headline of its own."""
    headline = page.blocks[headlines[0]].box
    story = _story_box(headline)
    if story is None:
        return []
    heads = [block.index for block in page.blocks if block.box.name == headline.name]
    others = [box for box in _later_twins(page, story) if not _holds_any(box, headlines)]
    return [box for box in others if _begins_with(page, box, heads)]


def _story_box(headline: Box) -> Box | None:
    """The box around a headline with running text that is one of several of a template."""
    box: Box | None = headline
    while box is not None and (box.good < _OWN_TEXT or box.twins < 2):
        box = box.parent
    return box


def _later_twins(page: PageBlocks, story: Box) -> list[Box]:
    """The boxes with running text beside a box and behind it that are made by its template."""
    later = [box for box in page.boxes if box.first >= story.last and box.good >= _OWN_TEXT]
    return [box for box in later if box.parent is story.parent and box.sign == story.sign]


def _begins_with(page: PageBlocks, box: Box, heads: list[int]) -> bool:
    """Whether a box holds a heading with none of its running text above.

    In a part of the story the text may go on before the next heading.
    """
    at = bisect_left(heads, box.first)
    if at == len(heads) or heads[at] >= box.last:
        return False
    return page.blocks[heads[at]].good_before == page.blocks[box.first].good_before


def _holds_any(box: Box, indexes: list[int]) -> bool:
    """Whether a box holds one of the blocks with these indexes, which rise."""
    at = bisect_left(indexes, box.first)
    return at < len(indexes) and indexes[at] < box.last
