"""Which blocks of a page are the story: a model's word on each block, then what only the whole page
can tell.
"""

from __future__ import annotations

from contextlib import suppress
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from selectolax.lexbor import SelectolaxError

from feedmaker.article.body import classifier, features, post_filters
from feedmaker.html import blocks as html_blocks
from feedmaker.html import class_names
from feedmaker.model import TracedBlock
from feedmaker.text import labels

if TYPE_CHECKING:
    from collections.abc import Sequence

    from selectolax.lexbor import LexborHTMLParser, LexborNode

    from feedmaker.article.about.metadata import Metadata
    from feedmaker.html.blocks import Block, Box, Medium, PageBlocks
    from feedmaker.model import Rules, Trace

_LEAST = 120  # characters of a story; less is a caption or a message
_CERTAIN = 9.0  # log-odds of what the model is not asked about
_MOST = 0.7  # of the story's text
_FURNITURE = (
    class_names.RELATED
    | class_names.AUTHOR
    | class_names.SHARE
    | class_names.COMMENT
    | class_names.NAV
    | class_names.FOOT
    | class_names.CONSENT
    | class_names.PROMO
)


class StoryBody(NamedTuple):
    """The story's blocks, its pictures and videos, the captions that may go under them, and where
    it was cut.
    """

    blocks: list[Block]
    media: list[Medium]
    captions: list[Block]
    cut: frozenset[int]


def choose(
    tree: LexborHTMLParser,
    page: PageBlocks,
    about: Metadata,
    rules: Rules,
    trace: Trace | None = None,
) -> StoryBody:
    """The story of a page; without blocks where there is none.

    `page` is the tree's outline, `about` what the page says of itself; `rules` may name the body
    and what to drop; `trace` is told of every block.
    """
    root = tree.body
    if root is None:
        return StoryBody([], [], [], frozenset())
    skip = matches(tree, rules.drop)
    inside = {node.mem_id for node in matches(tree, rules.body)}
    if skip:
        page = html_blocks.read(root, skip)
    kept = _pick(page, about, inside, trace)
    if page.asides and sum(block.chars for block in kept) < _LEAST:
        # Some sites put all they have into a `nav` or a `footer`.
        page = html_blocks.read(root, skip, everything=True)
        kept = _pick(page, about, inside, trace)
    if sum(block.chars for block in kept) < _LEAST:
        return StoryBody([], [], [], frozenset())
    return StoryBody(kept, _media(page, kept), _captions(page, kept), _cuts(kept))


def matches(tree: LexborHTMLParser, selectors: tuple[str, ...]) -> list[LexborNode]:
    """The elements that selectors match; one that is no selector matches nothing, the configuration
    says so.
    """
    found: list[LexborNode] = []
    for selector in selectors:
        with suppress(SelectolaxError):
            found += tree.css(selector)
    return found


def _pick(page: PageBlocks, about: Metadata, inside: set[int], trace: Trace | None) -> list[Block]:
    """The blocks of the story, in page order."""
    reasons: dict[int, str] = {}
    rows = features.rows(page, about)
    bodies = [box for box in page.boxes if box.node.mem_id in inside] if inside else []
    ruled = {index for box in bodies for index in range(max(box.first, 0), box.last)}
    kept: list[Block] = []
    for block, row in zip(page.blocks, rows, strict=True):
        block.score = (
            -_CERTAIN
            if row is None
            else classifier.score(row)
            if isinstance(row, list)
            else row.score
        )
        if (
            block.index in ruled and (row is None or block.score > -post_filters.SURE)
            if ruled
            else block.score > 0
        ):
            kept.append(block)
    kept = post_filters.sift(page, kept, about, reasons, ruled=bool(ruled))
    if trace is not None:
        trace.blocks[:] = _traced(page, rows, {block.index for block in kept}, reasons)
    return kept


def _media(page: PageBlocks, kept: list[Block]) -> list[Medium]:
    """The pictures and videos of the story: between its title and its end, in its box, and in no
    furniture.
    """
    first, last = kept[0].index, kept[-1].index
    title = max(
        (block.index for block in page.blocks[:first] if block.box.name == "h1"), default=first - 3
    )
    around = _around(kept)
    wide = around
    for _ in range(2):  # the lead picture is often in a box of its own, above that of the text
        wide = wide.parent or wide
    chosen = {block.index for block in kept}
    found = []
    for medium in page.media:
        if not min(title, first - 1) < medium.at <= last + 1:
            continue
        box: Box | None = medium.box
        good = True
        while box is not None and box is not around and box is not wide:
            good = good and not box.flags & _FURNITURE and not _is_card(box, chosen)
            box = box.parent
        if good and box is not None:
            found.append(medium)
    return found


def _is_card(box: Box, chosen: set[int]) -> bool:
    """Whether a box shows something else: it has linked text, and none of the story's."""
    return box.linked > 0.5 * box.chars > 0 and chosen.isdisjoint(range(box.first, box.last))


def _around(blocks: Sequence[Block]) -> Box:
    """The smallest box that holds most of the story, by its longest block."""
    box = max(blocks, key=lambda block: block.chars).box
    whole = sum(block.chars for block in blocks)
    while box.parent is not None:
        if (
            sum(block.chars for block in blocks if box.first <= block.index < box.last)
            >= _MOST * whole
        ):
            break
        box = box.parent
    return box


def _captions(page: PageBlocks, kept: list[Block]) -> list[Block]:
    """The blocks in `figcaption` elements that are not the story's text."""
    chosen = {block.index for block in kept}
    found = []
    for block in page.blocks[kept[0].index - 5 if kept[0].index > 5 else 0 : kept[-1].index + 5]:
        box: Box | None = block.box
        for _ in range(3):
            if box is not None and box.name != "figcaption":
                box = box.parent
        if box is not None and box.name == "figcaption" and block.index not in chosen:
            found.append(block)
    return found


def _cuts(kept: list[Block]) -> frozenset[int]:
    """The indexes of the blocks before which something stands that is left out, be it an empty box."""
    found = []
    for before, block in pairwise(kept):
        opened = block.opened - before.opened - (1 if block.box.order >= before.opened else 0)
        if block.index - before.index > 1 or opened > 0:
            found.append(block.index)
    return frozenset(found)


def _traced(
    page: PageBlocks, rows: list[features.Asked], kept: set[int], reasons: dict[int, str]
) -> list[TracedBlock]:
    """Every block with its features, its score and the reason, for whoever asks."""
    return [
        TracedBlock(
            path=_path(block.box),
            text=block.text,
            kept=block.index in kept,
            score=round(block.score, 3),
            reason=reasons.get(block.index) or _reason(block, row, block.index in kept),
            features={
                name: round(value, 4) for name, value in zip(features.NAMES, row, strict=True)
            }
            if isinstance(row, list)
            else {},
        )
        for block, row in zip(page.blocks, rows, strict=True)
    ]


def _reason(block: Block, row: features.Asked, kept: bool) -> str:
    """Why a block was kept or dropped, in words: what is seen of it, since the model's sum is no
    reason.
    """
    signs = []
    kind = labels.label(block.text) or labels.starts(block.text)
    if kind:
        signs.append(f"labelled {kind}")
    if block.linked > 0.5 * block.chars:
        signs.append("mostly links")
    signs += [
        f"in {name}"
        for at, name in enumerate(class_names.NAMES)
        if block.box.above >> at & 1 and 1 << at & _FURNITURE
    ]
    if row is None:
        return ", ".join(["away from the page's running text", *signs])
    words = "reads like the story" if block.score > 0 else "does not read like the story"
    if not isinstance(row, list):
        words = f"of one make with block {row.index + 1}, which {words}"
    return ", ".join([words, *signs]) + ("" if kept == (block.score > 0) else " (by the rules)")


def _path(box: Box | None) -> str:
    """Where a box stands, as a selector of the last few boxes around it."""
    parts: list[str] = []
    while box is not None and len(parts) < 4:
        parts.append(".".join(box.sign.split()) or box.name)
        box = box.parent
    return " > ".join(reversed(parts))
