"""Other stories on a story's page: the next one of endless scrolling, and cards within the text.

The page's headline tells them apart: what has a headline of its own and not the page's is another
story.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Final

from feedmaker.html.blocks import HEADINGS

if TYPE_CHECKING:
    from feedmaker.html.blocks import Block, Box, PageBlocks

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
    found: set[int] = set()
    for box in (*_other_articles(page, headlines), *_next_stories(page, headlines)):
        found.update(range(box.first, box.last))
    return frozenset(found)


def _headlines(page: PageBlocks, title: str) -> list[Block]:
    """The headings that say what the page's title does."""
    wanted = set(_WORD.findall(title.casefold()))
    found: list[Block] = []
    for block in page.blocks:
        if block.box.name in HEADINGS:
            words = set(_WORD.findall(block.text[:_LONGEST].casefold()))
            alike = len(words & wanted)
            if alike and alike >= _ALIKE * max(len(words), len(wanted)):
                found.append(block)
    return found


def _other_articles(page: PageBlocks, headlines: list[Block]) -> list[Box]:
    """The `article` elements with another headline, where an article with text has the page's.

    Within that one, those are cards whose headline is a link, unless they hold much of its text, as
    in the log of an event.
    """
    own: list[Box] = []
    others: list[Box] = []
    for box in page.boxes:
        if box.name == "article" and box.headings:
            (own if _holds_any(box, headlines) else others).append(box)
    if sum(box.good for box in own) < _OWN_TEXT:
        return []
    return [box for box in others if not _lies_in(box, own)] + _cards(page, own, others)


def _cards(page: PageBlocks, own: list[Box], others: list[Box]) -> list[Box]:
    """The articles within the story's own that are cards, and no parts of it."""
    found = [box for box in others if _lies_in(box, own) and _has_linked_heading(page, box)]
    parts = sum(box.good for box in found)
    return found if parts < _PARTS * own[0].good else []


def _next_stories(page: PageBlocks, headlines: list[Block]) -> list[Box]:
    """The boxes made by the same template as the headline's, each with a headline of its own."""
    headline = headlines[0]
    story = _story_box(headline)
    if story is None:
        return []
    heads = [block for block in page.blocks if block.box.name == headline.box.name]
    others = [box for box in _later_twins(page, story) if not _holds_any(box, headlines)]
    return list(filter(partial(_holds_any, blocks=heads), others))


def _later_twins(page: PageBlocks, story: Box) -> list[Box]:
    """The boxes with running text beside a box and behind it that are made by its template."""
    later = [box for box in page.boxes if box.first >= story.last and box.good >= _OWN_TEXT]
    return [box for box in later if box.parent is story.parent and box.sign == story.sign]


def _story_box(headline: Block) -> Box | None:
    """The box around a headline with running text that is one of several of a template."""
    box: Box | None = headline.box
    while box is not None and (box.good < _OWN_TEXT or box.twins < 2):
        box = box.parent
    return box


def _lies_in(box: Box, arounds: list[Box]) -> bool:
    return any(around.first <= box.first < around.last for around in arounds)


def _has_linked_heading(page: PageBlocks, box: Box) -> bool:
    """Whether a box has a heading that is a link."""
    for block in page.blocks[box.first : box.last]:
        if block.box.name in HEADINGS and 2 * block.linked > block.chars:
            return True
    return False


def _holds_any(box: Box, blocks: list[Block]) -> bool:
    return any(box.first <= block.index < box.last for block in blocks)
