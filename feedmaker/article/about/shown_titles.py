"""Where a page shows a title that is in no first-level heading, or that a rule finds."""

from __future__ import annotations

from itertools import takewhile
from operator import attrgetter
from typing import TYPE_CHECKING, Final, NamedTuple

from feedmaker.html.blocks import HEADINGS, one_line
from feedmaker.html.class_names import text_kind
from feedmaker.html.page_head import box_text, inline_elements, title_key, url_path
from feedmaker.text import urls
from feedmaker.text.word_counts import count_words

if TYPE_CHECKING:
    from collections.abc import Collection

    from selectolax.lexbor import LexborNode

    from feedmaker.html.blocks import Block, Box, PageBlocks
    from feedmaker.html.json_ld import Statement
    from feedmaker.html.page_head import Head

_MOST_LESSER_HEADINGS: Final = 40
_MOST_BETWEEN: Final = 5  # blocks between a headline and its story: byline, date, caption
_LONGEST: Final = 300  # characters of a block with a headline and what stands below it
_FEWEST_WORDS: Final = 3
IN_ORDER: Final = attrgetter("order")  # of the page: a heading within another one ends before it


class ShownText(NamedTuple):
    """A text that a page shows in `blocks[first:last]`, and the element that holds it.

    `likeness` says how much it is like what the page calls its story elsewhere, 0 to 1.
    """

    text: str
    node: LexborNode
    first: int
    last: int
    likeness: float = 0.0


class Title(NamedTuple):
    """A title with its source and the titles that lost.

    `first` and `last` say where the page shows it: `blocks[first:last]`, -1 where it does not.
    """

    text: str
    source: str
    losers: tuple[Statement, ...] = ()
    first: int = -1
    last: int = -1


def ruled_title(
    head: Head,
    rules: tuple[str, ...],
) -> Title | None:
    """Return the title that the site's selectors find, with the blocks of the box it stands in."""
    for selector in rules:
        for node in head.tree.css(selector):
            content = node.attributes.get("content")
            text = one_line(content or node.text(separator=" "))
            if not text:
                continue
            box = box_around(head, node)
            return Title(
                text,
                f"rules: {selector}",
                first=box.first if box else -1,
                last=box.last if box else -1,
            )
    return None


def box_around(
    head: Head,
    node: LexborNode,
) -> Box | None:
    """Return the innermost box with text that an element is or stands in."""
    boxes = {box.node.mem_id: box for box in head.page.boxes}
    above: LexborNode | None = node
    while above is not None and above.mem_id not in boxes:
        above = above.parent
    return boxes[above.mem_id] if above is not None else None


def links_home(
    head: Head,
    node: LexborNode,
) -> bool:
    """Tell whether an element holds a link to the home page of its site."""
    links = node.css("a[href]")
    for link in links[:1]:
        href = link.attributes.get("href") or ""
        url = urls.absolute(href, head.url or "http://site.invalid/")
        return url is not None and url_path(url) == "" and "#" not in href
    return False


def first_paragraph(page: PageBlocks) -> int | None:
    """Return the index of the first paragraph of running text."""
    return next((block.index for block in page.blocks if block.good), None)


def heading_above_story(page: PageBlocks) -> ShownText | None:
    """Return the heading or bold line right above the first paragraph, if as long as a headline."""
    first = first_paragraph(page) or 0
    for block in reversed(page.blocks[max(first - _MOST_BETWEEN, 0) : first]):
        is_heading = block.box.name in HEADINGS or _is_bold(block)
        if is_heading and not block.linked and count_words(block.text) > _FEWEST_WORDS:
            return ShownText(
                block.text,
                block.box.node,
                block.index,
                block.index + 1,
            )
    return None


def _is_bold(block: Block) -> bool:
    """Tell whether all of a line is in bold letters, or called a title."""
    for piece in block.pieces:
        tags = {node.tag for node in inline_elements([piece])}
        if not piece[0].isspace() and tags.isdisjoint(("b", "strong")):
            return text_kind(block.box.sign) == "title"
    return True


def find_shown(
    head: Head,
    keys: Collection[str],
) -> ShownText | None:
    """Return the text with one of these keys that the page shows in no first-level heading.

    It is in another heading, else in any block. A link with a story's title is another page's, if
    there is anything else.
    """
    page = head.page
    shortest = min(map(len, keys)) - 3
    longest = max(map(len, keys)) + 40
    lesser = [box for box in page.heading_boxes if box.name in ("h2", "h3", "h4")]
    lesser.sort(key=IN_ORDER)
    for box in lesser[:_MOST_LESSER_HEADINGS]:
        if not shortest <= box.chars <= longest:
            continue
        text = box_text(page, box)
        if title_key(text) in keys:
            return ShownText(
                text,
                box.node,
                box.first,
                box.last,
            )
    blocks = [
        block
        for block in page.blocks
        if shortest <= block.chars <= longest and title_key(block.text) in keys
    ]
    # Sorting is stable: the first block of text, else the first link.
    blocks.sort(key=lambda block: 2 * block.linked >= block.chars)
    for block in blocks[:1]:
        return ShownText(
            block.text,
            block.box.node,
            block.index,
            block.index + 1,
        )
    return _shown_above_breaks(page, keys)


def _shown_above_breaks(
    page: PageBlocks,
    keys: Collection[str],
) -> ShownText | None:
    """Return the first of several lines of a block that is one of these keys.

    The lines around the headline begin with it, since the others are of its own block.
    """
    short = (block for block in page.blocks if len(block.pieces) > 2 and block.chars <= _LONGEST)
    for block in short:
        texts = takewhile(lambda piece: piece[0] != "\n", block.pieces)
        text = one_line("".join([text for text, _ in texts]))
        if title_key(text) in keys:
            return ShownText(text, block.box.node, block.index, block.index)
    return None
