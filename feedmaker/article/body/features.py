"""Numbers about each block, for the model that says whether it is the story's: `forest` knows what
they weigh.

They are of five kinds: the block's own text; its neighbours; the boxes around it; how it lies to
the *main* box, the smallest that holds most of the page's running text; and what class names say of
the boxes between. Blocks that lie neither in the main box nor beside running text get none: none of
those is a story's. Of blocks of one make (the items of a list, the cells of a table, the paragraphs
side by side) the first stands for all.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

from feedmaker.article.body.positions import main_box, places
from feedmaker.html import class_names

if TYPE_CHECKING:
    from feedmaker.article.about.metadata import Metadata
    from feedmaker.article.body.positions import BlockPosition
    from feedmaker.html.blocks import Block, Box, PageBlocks

Row: TypeAlias = "list[float]"
Asked: TypeAlias = "Row | Block | None"

_KIND = {
    "p": 1, "li": 2, "h1": 3, "h2": 4, "h3": 5, "h4": 6, "h5": 7, "h6": 7, "td": 8, "th": 8, "blockquote": 9, "pre": 10,
    "dd": 11, "dt": 11, "figcaption": 12, "button": 13, "summary": 14, "header": 15, "footer": 16, "aside": 17,
    "nav": 18, "ul": 19, "ol": 19, "figure": 20, "article": 21, "main": 22, "section": 23, "form": 24, "table": 25,
    "tr": 25,
    "tbody": 25, "noscript": 26,
}  # fmt: skip
_END = re.compile(r"[.!?؟。！？…۔:»”\"’)\]]$")
_SHORT = 45  # characters: headlines and labels are mostly longer and shorter than this
_CELL = 50  # characters that the cells of a table of facts have at most, on average
_LITTLE = 0.1  # of the page's running text; branches outside the main box with less are asked about paragraphs only

_ABOVE = ("comment", "hidden", "caption", "form", "share", "promo", "player", "author")
_NEAR = ("caption", "comment", "body", "share")
_BETWEEN = ("caption", "comment", "promo", "hidden", "form", "side", "foot", "key", "shop")
_BRANCH = ("hidden", "comment", "caption", "box", "side")
_BITS = tuple(
    tuple(class_names.NAMES.index(name) for name in names)
    for names in (_ABOVE, _NEAR, _BETWEEN, _BRANCH)
)

NAMES = (
    "kind", "chars", "link_share", "italic_share", "ends", "stops", "copies", "position", "from_title", "good",
    "after_link", "good_share_after", "goods_before", "goods_after", "rank", "own_twins", "own_images",
    "inside", "climb", "depth", "depth_main", "article", "news", "sign_good", "signs_good",
    "parent_chars", "parent_link", "parent_good", "parent_blocks", "parent_children", "parent_twins",
    "parent_paragraphs", "parent_images", "parent_headings",
    "grand_chars", "grand_link", "grand_good", "grand_blocks", "grand_children", "grand_twins", "grand_paragraphs",
    "grand_images", "grand_headings",
    "great_chars", "great_link", "great_good", "great_blocks", "great_twins", "in_article", "in_main",
    "branch_chars", "branch_link", "branch_good", "branch_blocks", "branch_twins", "branch_images", "branch_kind",
    "branch_place",
    *("above_" + name for name in _ABOVE), *("near_" + name for name in _NEAR),
    *("between_" + name for name in _BETWEEN), *("branch_" + name for name in _BRANCH),
)  # fmt: skip


def rows(page: PageBlocks, about: Metadata, *, training: bool = False) -> list[Asked]:
    """For each block of the page a row of numbers in the order of `NAMES`, or what stands for it.

    That is the block of the same make before it that has a row, or None: away from the page's
    running text. `training` asks about more of what lies beside running text.
    """
    if not page.blocks:
        return []
    reader = _FeatureReader(page, about)
    little = _LITTLE * page.boxes[0].good
    makes: dict[tuple[int, str, str, bool, bool, bool], Block] = {}
    found: list[Asked] = []
    for block in page.blocks:
        box = block.box
        place = reader.places[box.order]
        asked: Asked = None
        if place.climb:
            good = (place.branch or box).good
        if not place.climb or (good > 0 and (training or good >= little or box.name == "p")):
            asked = makes.setdefault(_make(block, box), block)
            if asked is block:
                asked = reader.row(block, place)
        found.append(asked)
        if block.good:
            reader.goods += 1
            reader.good_chars += block.good
        reader.chars += block.chars
    return found


def _make(block: Block, box: Box) -> tuple[int, str, str, bool, bool, bool]:
    """What blocks of one make have in common; a table of facts is of one make as a whole."""
    parent = box.parent or box
    around = parent.parent or parent
    linked = 2 * block.linked > block.chars
    if box.name in ("td", "th"):
        table = around if around.name == "table" else around.parent
        if (
            table is not None
            and table.name == "table"
            and table.headings < 2
            and table.chars < _CELL * table.blocks
        ):
            return table.order, "", "", linked, False, False
    return around.order, parent.sign, box.sign, linked, block.good > 0, block.chars < _SHORT


class _FeatureReader:
    """Makes the rows of one page, in order: it is told what has gone before."""

    def __init__(self, page: PageBlocks, about: Metadata) -> None:
        root = page.boxes[0]
        self.main = main = main_box(page)
        self.places = places(page, main)
        self.blocks = page.blocks
        self.whole = max(1, root.chars)
        self.good = max(1.0, root.good)
        self.paragraphs = root.paragraphs
        self.chars = self.goods = 0
        self.good_chars = 0.0
        self.article = about.article
        self.news = about.news
        # Running text by what it is made with: the story's paragraphs have one make, boxes of facts
        # another.
        self.signs: defaultdict[str, float] = defaultdict(float)
        self.pairs: defaultdict[tuple[str, str], float] = defaultdict(float)
        for block in self.blocks:
            if block.good:
                self.signs[block.box.sign] += block.good
                self.pairs[_signs(block.box)] += block.good
        self.copies: dict[str, int] = {}
        for block in self.blocks:
            self.copies[block.text] = self.copies.get(block.text, 0) + 1
        self.title_at = next((block.index for block in self.blocks if block.box.name == "h1"), -1)
        self.around: dict[int, Row] = {}
        self.branches: dict[int, Row] = {}

    def row(self, block: Block, place: BlockPosition) -> Row:
        """The row of a block."""
        box, text, chars, at = block.box, block.text, block.chars, block.index
        branch = place.branch or box
        parent = box.parent or box
        around = self.around.get(parent.order)
        if around is None:
            around = self.around[parent.order] = self._around(parent)
        beside = self.branches.get(branch.order)
        if beside is None:
            beside = self.branches[branch.order] = self._branch(branch)
        after = self.blocks[at + 1] if at + 1 < len(self.blocks) else None
        count = text.count
        return [
            _KIND.get(box.name, 0), chars, block.linked / chars, block.italic / chars,
            1.0 if _END.search(text, chars - 1) else 0.0,
            count(".") + count("؟") + count("!") + count("?") + count("。") + count("۔"),
            self.copies[text], self.chars / self.whole, at - self.title_at if self.title_at >= 0 else -30, block.good,
            after.linked / after.chars if after is not None else 0.0, 1 - self.good_chars / self.good, self.goods,
            self.paragraphs - self.goods, at - parent.first, box.twins, box.images,
            place.climb == 0, place.climb, box.depth, box.depth - self.main.depth, self.article, self.news,
            self.signs[box.sign] / self.good, self.pairs[_signs(box)] / self.good,
            *around, *beside, *_bits(box.above, self._near(box), place.hints, branch.flags),
        ]  # fmt: skip

    def _around(self, parent: Box) -> Row:
        """The boxes around a block's own: `parent_chars` to `in_main`; the same for all blocks side
        by side.
        """
        grand = parent.parent or parent
        great = grand.parent or grand
        whole, good = self.whole, self.good
        names = set()
        box: Box | None = parent
        while box is not None:
            names.add(box.name)
            box = box.parent
        return [
            parent.chars / whole, parent.linked / max(1, parent.chars), parent.good / good, parent.blocks,
            parent.children, parent.twins, parent.paragraphs, parent.images, parent.headings,
            grand.chars / whole, grand.linked / max(1, grand.chars), grand.good / good, grand.blocks, grand.children,
            grand.twins, grand.paragraphs, grand.images, grand.headings,
            great.chars / whole, great.linked / max(1, great.chars), great.good / good, great.blocks, great.twins,
            "article" in names, "main" in names,
        ]  # fmt: skip

    def _branch(self, branch: Box) -> Row:
        """The branch of the main box that a block is in: `branch_chars` to `branch_place`."""
        main = self.main
        return [
            branch.chars / self.whole, branch.linked / max(1, branch.chars), branch.good / self.good, branch.blocks,
            branch.twins, branch.images, _KIND.get(branch.name, 0),
            (branch.first - main.first) / max(1, main.last - main.first),
        ]  # fmt: skip

    def _near(self, box: Box) -> int:
        """The hints of a block's own box and the two around it, up to the main box."""
        flags = 0
        near: Box | None = box
        for _ in range(3):
            if near is None or self.places[near.order].branch is None:
                break
            flags |= near.flags
            near = near.parent
        return flags


def _signs(box: Box) -> tuple[str, str]:
    """The signs of a box and of the one around it."""
    return box.sign, box.parent.sign if box.parent else ""


@lru_cache(maxsize=4096)
def _bits(above: int, near: int, between: int, branch: int) -> tuple[int, ...]:
    """Hints as numbers: `above_comment` to the end."""
    return tuple(
        flags >> at & 1
        for flags, ats in zip((above, near, between, branch), _BITS, strict=True)
        for at in ats
    )
