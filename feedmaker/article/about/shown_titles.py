"""Where a page shows a title that is in no first-level heading, or that a rule finds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from feedmaker.html.headline_lines import box_text
from feedmaker.html.page_head import title_key

if TYPE_CHECKING:
    from collections.abc import Collection

    from selectolax.lexbor import LexborNode

    from feedmaker.html.blocks import Box
    from feedmaker.html.page_head import Head

_MOST_LESSER_HEADINGS: Final = 40


class ShownText(NamedTuple):
    """A text that a page shows in `blocks[first:last]`, and the element that holds it.

    `likeness` says how much it is like what the page calls its story elsewhere, 0 to 1.
    """

    text: str
    node: LexborNode
    first: int
    last: int
    likeness: float = 0.0


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
    lesser = [box for box in page.boxes if box.name in ("h2", "h3", "h4")]
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
    # `sorted` is stable: the first block of text, else the first link.
    for block in sorted(blocks, key=lambda block: 2 * block.linked >= block.chars)[:1]:
        return ShownText(
            block.text,
            block.box.node,
            block.index,
            block.index + 1,
        )
    return None
