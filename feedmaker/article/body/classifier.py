"""The block classifier: the log-odds that a block of a page belongs to its story.

Each block becomes a row of numbers of five kinds: its own text; its neighbours; the boxes around
it; how it lies to the *main box*, the smallest that holds most of the page's running text; and what
class names say of the boxes between. A sum of small decision trees turns the row into a score.

Blocks that lie neither in the main box nor beside running text get no row, nor do links and short
lines in what is called furniture: none of those is a story's. Of blocks of one kind (the items of a
list, the cells of a table, paragraphs side by side) the first stands for all.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Sequence  # noqa: TC003 - mypyc looks it up when the class is made
from dataclasses import dataclass
from functools import lru_cache
from operator import attrgetter
from typing import TYPE_CHECKING, Final, TypeAlias

from feedmaker.article.body.weights import GROUPS
from feedmaker.html import class_names
from feedmaker.html.blocks import HEADINGS, Box

if TYPE_CHECKING:
    from feedmaker.article.about import Metadata
    from feedmaker.html.blocks import Block, PageBlocks

# Names of tags by their number in the trees, from 1 on.
_TAGS: Final = """
    p li h1 h2 h3 h4 h5,h6 td,th blockquote pre dd,dt figcaption button summary header footer aside
    nav ul,ol figure article main section form table,tr,tbody noscript
"""
_SENTENCE_ENDS: Final = frozenset('.!?؟。！？…۔:»”"’)]')
_SHORT: Final = 45  # characters: headlines and labels are mostly longer and shorter than this
_CELLS: Final = ("td", "th")
_CELL: Final = 50  # characters that the cells of a table of facts have at most, on average
_MAIN_SHARE: Final = 0.6  # of the page's running text, that the main box holds at least
_MAIN_LEAST: Final = 200.0  # with less running text than this, no box is the main one
# Of the page's running text, that stands below the headline at least, where a story does: of 1,472
# pages three have the main box above it; one with a story below has 27 %, the others 0.3 %.
_MAIN_BELOW: Final = 0.05
# Of the page's running text: of branches beside the main box with less, only paragraphs get a row.
_BRANCH_SHARE: Final = 0.1
# Of the main box's running text: with as much beside it, short lines there may be the story's too.
_BESIDE: Final = 0.02
# Boxes from the main box out: of 4,747 short lines further out, in branches without running text
# on 1,825 pages, the trees took none for the story's.
_MOST_CLIMB: Final = 3
_PARAGRAPHS: Final = 1  # of a branch of the main box, may be the story's
_ALL: Final = 2  # blocks may
# Around what is no running text, these boxes hold none of the story's: of 12,569 such blocks in
# them, on the same pages, the trees took none for the story's.
_OTHERS: Final = class_names.COMMENT
_OTHERS_OUTSIDE: Final = (  # the main box
    class_names.COMMENT
    | class_names.AUTHOR
    | class_names.CONSENT
    | class_names.FOOT
    | class_names.FORM
    | class_names.PROMO
)
_OTHERS_LINKS: Final = (
    class_names.COMMENT
    | class_names.AUTHOR
    | class_names.CAPTION
    | class_names.FOOT
    | class_names.PROMO
    | class_names.SHARE
)
_NEAR_LEVELS: Final = 3  # boxes, a block's own and those around it
_FAR: Final = 20  # blocks: where a paragraph stands as far away, it is no neighbour
_TITLE: Final = 200  # characters of a block that may be a title
_NO_TITLE: Final = -30  # blocks from the title, on a page without one
_AWAY_SCORE: Final = -9.0  # log-odds of blocks without a row
_GOOD_BEFORE: Final = attrgetter("good_before")

_ABOVE: Final = ("comment", "hidden", "caption", "form", "share", "promo", "player", "author")
_NEAR: Final = ("caption", "comment", "body", "share")
_BETWEEN: Final = (
    "caption",
    "comment",
    "promo",
    "hidden",
    "form",
    "side",
    "foot",
    "key",
    "shop",
)
_BRANCH: Final = ("hidden", "comment", "caption", "box", "side")
_FLAG_BITS: Final = tuple(
    tuple(map(class_names.NAMES.index, names)) for names in (_ABOVE, _NEAR, _BETWEEN, _BRANCH)
)

_NUMBERS: Final = """
    kind chars words link_share italic_share ends stops colon title_share flags copies position
    from_title good since_good until_good
    before_chars before_link before_kind before_beside
    after_chars after_link after_kind after_beside
    good_share_after goods_before goods_after rank own_twins own_images
    inside climb depth depth_main article news sign_good signs_good
    parent_chars parent_link parent_good parent_blocks parent_children parent_twins
    parent_paragraphs parent_images parent_headings
    grand_chars grand_link grand_good grand_blocks grand_children grand_twins
    grand_paragraphs grand_images grand_headings
    great_chars great_link great_good great_blocks great_twins in_article in_main
    branch_chars branch_link branch_good branch_blocks branch_twins branch_images
    branch_kind branch_place
"""
FEATURE_NAMES: Final = (
    *_NUMBERS.split(),
    *(f"above_{name}" for name in _ABOVE),
    *(f"near_{name}" for name in _NEAR),
    *(f"between_{name}" for name in _BETWEEN),
    *(f"branch_{name}" for name in _BRANCH),
)
# The other numbers are whole. The trees compare numbers of one type, which takes a fraction of the
# time of whole with broken ones; making floats of a whole row takes as long as two groups of trees.
_FRACTIONS: Final = """
    link_share italic_share title_share position good before_link after_link good_share_after
    sign_good signs_good parent_chars parent_link parent_good grand_chars grand_link grand_good
    great_chars great_link great_good branch_chars branch_link branch_good branch_place
"""
FRACTIONS: Final = frozenset(_FRACTIONS.split())


# What blocks of one kind have in common: the order of a box around them, the signs of their parents
# and of their own boxes; and whether they are links, running text, and short.
_BlockKind: TypeAlias = tuple[int, str, str, bool, bool, bool]


def _tag_numbers() -> dict[str, int]:
    numbers: dict[str, int] = {}
    for number, names in enumerate(_TAGS.split(), start=1):
        numbers.update(dict.fromkeys(names.split(","), number))
    return numbers


_TAG_NUMBERS: Final = _tag_numbers()


# What a block sees of a neighbour: its characters, the share of them in links, the number of its
# tag, and whether they stand in one box.
_Outline: TypeAlias = tuple[int, float, int, bool]
_NOTHING: Final[_Outline] = (0, 0.0, 0, False)


@dataclass
class BlockScore:
    """The classifier's verdict on a block.

    `score` is the log-odds that the block is the story's, above 0 where it is. `row` has the
    numbers it was made from, in the order of `FEATURE_NAMES`, and `first` the index of the block
    they describe: this one, or one of the same kind before it. A block away from the page's running
    text has no row and the index -1, one that is surely no story's no row and the index 0.
    """

    score: float
    first: int
    row: Sequence[float]


_AWAY: Final = BlockScore(_AWAY_SCORE, -1, ())
_OTHER: Final = BlockScore(_AWAY_SCORE, 0, ())


def classify_blocks(
    page: PageBlocks, about: Metadata, *, training: bool = False
) -> list[BlockScore]:
    """Return the verdict on each block of a page, in order.

    With `training`, more of what lies beside running text gets a row.

    `weights` has the trees as expressions, which `tests/bench/train.py` writes: walking trees as
    data takes three times as long, and compiling them at each start as long as reading two pages.
    """
    reader = _FeatureReader(page, about)
    least = 0.0 if training else _BRANCH_SHARE * page.boxes[0].good
    positions = _positions(page, reader.main, least)
    by_kind: dict[_BlockKind, BlockScore] = {}
    found: list[BlockScore] = []
    for block, position in zip(page.blocks, positions, strict=True):
        if position.climb and not _is_asked(block.box, position.asked):
            found.append(_AWAY)
            continue
        if not block.good and _is_surely_other(block, position):
            found.append(_OTHER)
            continue
        kind = _block_kind(block)
        verdict = by_kind.get(kind)
        if verdict is None:
            row = reader.row(block, position)
            score = 0.0
            for group, low, high in GROUPS:
                score += group(row)
                if not low < score < high:
                    break
            verdict = by_kind[kind] = BlockScore(score, block.index, row)
        found.append(verdict)
    return found


def _is_asked(box: Box, asked: int) -> bool:
    """Whether a block outside the main box may be the story's; comments are not."""
    if not asked or box.above & class_names.COMMENT:
        return False
    return asked == _ALL or box.name == "p"


def _is_surely_other(block: Block, position: _BoxPosition) -> bool:
    """Whether a block without running text is not the story's by where it stands.

    Outside the main box short lines far from it or in furniture are not, nor links; inside, some in
    furniture. The cells of a table, linked headings, and paragraphs beside running text may be.
    """
    above = block.box.above
    name = block.box.name
    is_link = 2 * block.linked > block.chars and name not in _CELLS
    branch = position.branch
    if branch is None:  # what the main box is called says nothing of what stands in it
        others = _OTHERS_LINKS if is_link and name not in HEADINGS else _OTHERS
        return above & ~position.around.above & others > 0
    if branch.good > 0:
        return above & _OTHERS_OUTSIDE > 0 or (is_link and name != "p")
    return above & _OTHERS_OUTSIDE > 0 or is_link or position.climb > _MOST_CLIMB


def _block_kind(block: Block) -> _BlockKind:
    """The kind of a block: blocks of one kind lie side by side and look alike.

    A table of facts is of one kind as a whole.
    """
    box = block.box
    parent = box.parent or box
    around = parent.parent or parent
    linked = 2 * block.linked > block.chars
    if box.name in _CELLS:
        table = around if around.name == "table" else around.parent
        if table is not None and table.name == "table" and holds_facts(table):
            return table.order, "", "", linked, False, False
    is_short = block.chars < _SHORT
    return around.order, parent.sign, box.sign, linked, block.good > 0, is_short


def holds_facts(table: Box) -> bool:
    """Whether a table has facts in its cells, and does not lay out the page."""
    return table.headings < 2 and table.chars < _CELL * table.blocks


@dataclass
class _BoxPosition:
    """How a branch of the main box lies to it, or a box around them both."""

    around: Box  # the main box, or the smallest around it that holds the branch
    climb: int  # boxes from the main box out to that one
    is_outside: bool  # it lies beside the smallest box that holds the headline and the main box
    asked: int  # which of its blocks may be the story's
    branch: Box | None = None  # outside the main box, the outermost box without it


def main_box(page: PageBlocks) -> Box:
    """The smallest box that holds most of a page's running text; the root where there is little."""
    root = page.boxes[0]
    total = root.good
    if total < _MAIN_LEAST:
        return root
    # It holds more than half of the running text, and so the middle of it.
    middle = bisect_right(page.blocks, total / 2, key=_GOOD_BEFORE) - 1
    main = page.blocks[middle].box
    while main.good < _MAIN_SHARE * total and main.parent is not None:
        main = main.parent
    if main.last <= page.headline:
        main = _main_box_below(page) or main
    return main


def _main_box_below(page: PageBlocks) -> Box | None:
    """The smallest box that holds the headline and most of the running text below it.

    A ticker above it may be longer. None where hardly any stands below.
    """
    root = page.boxes[0]
    above = page.blocks[page.headline].good_before
    below = root.good - above
    if below < _MAIN_BELOW * root.good:
        return None
    main = page.blocks[page.headline].box
    while main.parent is not None:
        end = page.blocks[main.last - 1]
        if end.good_before + end.good - above >= _MAIN_SHARE * below:
            break
        main = main.parent
    return main


def _positions(page: PageBlocks, main: Box, least: float) -> list[_BoxPosition]:
    """How the box of each block lies to the main box.

    In a branch with less running text than `least`, only paragraphs may be the story's.
    """
    path: list[_BoxPosition] = []
    box: Box | None = main
    is_outside = False
    while box is not None:
        asked = _asked(box, main, least, is_outside=is_outside)
        path.append(_BoxPosition(box, len(path), is_outside, asked))
        is_outside = is_outside or box.first <= page.headline < box.last
        box = box.parent
    found = path[-1:] * len(page.blocks)
    for position in reversed(path):
        around = position.around
        found[around.first : around.last] = [position] * around.blocks
    outer: dict[Box | None, _BoxPosition] = {one.around: one for one in path[1:]}
    for branch in [box for box in page.boxes if box.parent in outer]:
        if branch is main or branch in outer:
            continue
        position = outer[branch.parent]
        around, is_outside = position.around, position.is_outside
        is_beside = around.good - main.good > _BESIDE * main.good
        asked = _asked(branch, main, least, is_outside=is_outside, is_beside=is_beside)
        position = _BoxPosition(around, position.climb, is_outside, asked, branch)
        found[branch.first : branch.last] = [position] * branch.blocks
    return found


def _asked(
    branch: Box, main: Box, least: float, *, is_outside: bool, is_beside: bool = False
) -> int:
    """Which blocks in a branch of the main box may be the story's: `_ALL`, `_PARAGRAPHS` or none.

    None in one that `is_outside` and an `aside`, or longer. They stand in a branch with as much
    running text as `least`, in a paragraph beside some, or in a box with some beside the main box.
    """
    if is_outside and (branch.name == "aside" or branch.good > main.good):
        return 0
    if branch.good <= 0:
        return _ALL if is_beside else 0
    return _ALL if branch.good >= least else _PARAGRAPHS


class _FeatureReader:
    """Makes the rows of one page's blocks."""

    def __init__(self, page: PageBlocks, about: Metadata) -> None:
        root = page.boxes[0]
        self.main = around = main_box(page)
        self.main_depth = 0  # boxes around it
        while around.parent is not None:
            self.main_depth += 1
            around = around.parent
        self.blocks = page.blocks
        self.page_chars = max(1, root.chars)
        self.page_good = max(1.0, root.good)
        self.paragraphs = root.paragraphs
        self.article = about.article
        self.news = about.news
        # Running text by its boxes' signs: the story's paragraphs have one, boxes of facts another.
        self.good_by_sign: defaultdict[str, float] = defaultdict(float)
        self.good_by_signs: defaultdict[tuple[str, str], float] = defaultdict(float)
        # With one on either side that is no neighbour of any block.
        self.paragraph_indexes = [-_FAR]
        for block in page.blocks:
            if block.good:
                box = block.box
                self.paragraph_indexes.append(block.index)
                self.good_by_sign[box.sign] += block.good
                self.good_by_signs[box.sign, (box.parent or box).sign] += block.good
        self.paragraph_indexes.append(len(page.blocks) + _FAR)
        self.copies = Counter([block.text for block in page.blocks])
        if len(self.copies) < len(page.blocks):
            self.copies.subtract(_hidden_copies(page.blocks, self.copies))
        self.title_index: int | None = None
        if page.main_headings:
            self.title_index = next(
                (one.index for one in page.blocks if one.box.name == "h1"), None
            )
        self.title_words = frozenset(about.raw_title.casefold().split())
        self.padded = [None, *page.blocks, None]  # the first and the last have neighbours, too
        self.around_rows: dict[int, Sequence[float]] = {}
        self.branch_rows: dict[int, Sequence[float]] = {}

    def row(self, block: Block, position: _BoxPosition) -> list[float]:
        """The numbers of a block, in the order of `FEATURE_NAMES`."""
        box = block.box
        text = block.text
        chars = block.chars
        index = block.index
        page_good = self.page_good
        parent = box.parent or box
        # Not of all blocks beforehand: on a news page one in thirty is asked for.
        outlines: list[_Outline] = [
            (
                near.chars,
                near.linked / near.chars,
                _TAG_NUMBERS.get(near.box.name, 0),
                (near.box.parent or near.box) is parent,
            )
            if near is not None
            else _NOTHING
            for near in (self.padded[index], self.padded[index + 2])
        ]
        before, after = outlines
        count = text.count
        words = count(" ") + 1
        stops = count(".") + count("!") + count("?")
        if not text.isascii():
            stops += count("؟") + count("。") + count("۔")
        title_words = 0
        if chars < _TITLE:
            title_words = len(self.title_words.intersection(text.casefold().split()))
        near_flags, between_flags, level, branch = _branch_of(box, position.around)
        done = block.paragraphs_before
        coming = done + (block.good > 0)
        paragraphs = self.paragraph_indexes
        since_good = index - paragraphs[done]
        until_good = paragraphs[coming + 1] - index
        return [
            _TAG_NUMBERS.get(box.name, 0),
            chars,
            words,
            block.linked / chars,
            block.italic / chars,
            text[-1] in _SENTENCE_ENDS,
            stops,
            text[-1] == ":",
            title_words / words,
            box.flags.bit_count(),
            self.copies[text],
            block.chars_before / self.page_chars,
            _NO_TITLE if self.title_index is None else index - self.title_index,
            block.good,
            min(_FAR, since_good),
            min(_FAR, until_good),
            *before,
            *after,
            1 - block.good_before / page_good,
            done,
            self.paragraphs - done,
            index - parent.first,
            box.twins,
            box.images,
            position.climb == 0,
            position.climb,
            self.main_depth - position.climb + level,
            level - position.climb,
            self.article,
            self.news,
            self.good_by_sign[box.sign] / page_good,
            self.good_by_signs[box.sign, parent.sign] / page_good,
            *self._around_row(parent),
            *self._branch_row(branch),
            *_flag_numbers(box.above, near_flags, between_flags, branch.flags),
        ]

    def _around_row(self, parent: Box) -> Sequence[float]:
        """The boxes around a block's own: `parent_chars` to `in_main`."""
        found = self.around_rows.get(parent.order)
        if found is not None:
            return found
        chars, good = self.page_chars, self.page_good
        grand = parent.parent or parent
        great = grand.parent or grand
        names = set()
        box: Box | None = parent
        while box is not None:
            names.add(box.name)
            box = box.parent
        found = self.around_rows[parent.order] = (
            parent.chars / chars,
            parent.linked / max(1, parent.chars),
            parent.good / good,
            parent.blocks,
            parent.children,
            parent.twins,
            parent.paragraphs,
            parent.images,
            parent.headings,
            grand.chars / chars,
            grand.linked / max(1, grand.chars),
            grand.good / good,
            grand.blocks,
            grand.children,
            grand.twins,
            grand.paragraphs,
            grand.images,
            grand.headings,
            great.chars / chars,
            great.linked / max(1, great.chars),
            great.good / good,
            great.blocks,
            great.twins,
            "article" in names,
            "main" in names,
        )
        return found

    def _branch_row(self, branch: Box) -> Sequence[float]:
        """The branch of the main box that a block is in, `branch_chars` to `branch_place`."""
        found = self.branch_rows.get(branch.order)
        if found is not None:
            return found
        main = self.main
        found = self.branch_rows[branch.order] = (
            branch.chars / self.page_chars,
            branch.linked / max(1, branch.chars),
            branch.good / self.page_good,
            branch.blocks,
            branch.twins,
            branch.images,
            _TAG_NUMBERS.get(branch.name, 0),
            (branch.first - main.first) / max(1, main.last - main.first),
        )
        return found


def _hidden_copies(blocks: list[Block], copies: Counter[str]) -> Counter[str]:
    """How often running text stands hidden that is shown elsewhere: on another screen.

    Such a copy does not make it a notice.
    """
    hidden = [block.text for block in blocks if block.good and block.box.above & class_names.HIDDEN]
    counts = Counter(hidden).items()
    return Counter({text: count for text, count in counts if copies[text] > count})


def _branch_of(box: Box, around: Box) -> tuple[int, int, int, Box]:
    """The class-name flags of a box and the two around it, those of all boxes within another one.

    And how many these are, and the outermost of them.
    """
    near = flags = 0
    level = 0
    branch = box
    inside: Box | None = box
    while inside is not None and inside is not around:
        branch = inside
        flags |= branch.flags
        if level < _NEAR_LEVELS:
            near = flags
        level += 1
        inside = branch.parent
    return near, flags, level, branch


@lru_cache(maxsize=4096)
def _flag_numbers(above: int, near: int, between: int, branch: int) -> tuple[int, ...]:
    """Class-name flags as numbers, `above_comment` to the end."""
    numbers: list[int] = []
    for flags, bits in zip((above, near, between, branch), _FLAG_BITS, strict=True):
        numbers.extend(flags >> bit & 1 for bit in bits)
    return tuple(numbers)
