"""The main box of a page, and how every other box lies to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from feedmaker.html.blocks import Box, PageBlocks

_SHARE = 0.6  # of the page's running text, that the main box holds at least
_LITTLE = 200.0  # with less running text than this, no box is the main one


class BlockPosition:
    """How a box lies to the main box: how many boxes out from it, in which branch there, and the
    hints between.
    """

    __slots__ = ("branch", "climb", "hints")

    def __init__(self, climb: int, branch: Box | None, flags: int) -> None:
        self.climb = climb  # 0: in the main box
        self.branch = (
            branch  # the outermost box around this one, or itself, that does not hold the main box
        )
        self.hints = flags  # of the boxes from the branch to this one


def main_box(page: PageBlocks) -> Box:
    """The smallest box that holds most of the page's running text; the root where there is hardly
    any.
    """
    main = page.boxes[0]
    total = main.good
    if total >= _LITTLE:
        for box in page.boxes:
            if box.good >= _SHARE * total and box.parent is main:
                main = box
    return main


def places(page: PageBlocks, main: Box) -> dict[int, BlockPosition]:
    """The place of each box that holds text, by its order."""
    found: dict[int, BlockPosition] = {}
    box: Box | None = main
    climb = 0
    while box is not None:
        found[box.order] = BlockPosition(climb, None, 0)
        climb += 1
        box = box.parent
    for box in page.boxes:
        if box.first < 0 or box.order in found:
            continue
        assert box.parent is not None  # the root is around the main box
        around = found[box.parent.order]
        if around.branch is None:
            found[box.order] = BlockPosition(around.climb, box, box.flags)
        elif box.flags | around.hints == around.hints:
            found[box.order] = around
        else:
            found[box.order] = BlockPosition(around.climb, around.branch, around.hints | box.flags)
    return found
