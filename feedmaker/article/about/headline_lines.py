"""The lines of text around a page's headline, with the elements they stand in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from selectolax.lexbor import create_tag

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from selectolax.lexbor import LexborNode

    from feedmaker.html.blocks import Block, Box, PageBlocks, Piece

_LINK, _TIME = (create_tag(name).tag_id for name in ("a", "time"))
_BEFORE = 8
_AFTER = 18
_PARAGRAPH = 600  # characters; no label, byline or dateline is so long, whatever its line breaks


class Line:
    """A line of text near the headline: its place, negative before it, its box and its text.

    A block is one line, or several where it has line breaks.
    """

    __slots__ = ("box", "pieces", "place", "text")

    def __init__(self, place: int, box: Box, pieces: list[Piece], text: str) -> None:
        self.place = place
        self.box = box
        self.pieces = pieces
        self.text = text

    @property
    def node(self) -> LexborNode:
        """The element that begins the line."""
        return self.box.node

    @property
    def parts(self) -> list[str]:
        """The texts of its text nodes."""
        return [text.strip() for text, _ in self.pieces if not text.isspace()]

    @property
    def links(self) -> list[str]:
        """The addresses of the links in it."""
        if not any(around[1] for _, around in self.pieces):
            return []
        return [
            node.attributes.get("href") or ""
            for node in inline(self.pieces)
            if node.tag_id == _LINK
        ]

    @property
    def times(self) -> list[LexborNode]:
        """The `time` elements in it."""
        return [node for node in inline(self.pieces) if node.tag_id == _TIME]


def spaced(pieces: Iterable[Piece]) -> str:
    """The text of some pieces on one line: pages set a kicker and a headline apart that have no
    space between.
    """
    return " ".join(" ".join([text for text, _ in pieces]).split())


def box_text(page: PageBlocks, box: Box) -> str:
    """The text of a box on one line."""
    blocks = page.blocks[max(box.first, 0) : box.last]
    if len(blocks) == 1 and len(blocks[0].pieces) == 1:
        return blocks[0].text
    return spaced([piece for block in blocks for piece in block.pieces])


def inline(pieces: list[Piece]) -> Iterator[LexborNode]:
    """The inline elements that some pieces of text stand in, inner ones first, once each."""
    if len(pieces) == 1:
        around = pieces[0][1]
        while around[3] is not None:
            yield around[4]
            around = around[3]
        return
    seen: set[int] = set()
    for _, innermost in pieces:
        around = innermost
        while around[3] is not None and (identity := around[4].mem_id) not in seen:
            seen.add(identity)
            yield around[4]
            around = around[3]


def before(page: PageBlocks, at: int) -> list[Line]:
    """The lines before the block at an index, in page order."""
    lines: list[Line] = []
    for block in reversed(page.blocks[max(0, at - _BEFORE) : at]):
        for pieces, text in reversed(_parts(block)):
            lines.append(Line(-1 - len(lines), block.box, pieces, text))
    return lines[:_BEFORE][::-1]


def after(page: PageBlocks, at: int) -> list[Line]:
    """The lines from the block at an index on, in page order."""
    lines: list[Line] = []
    for block in page.blocks[at : at + _AFTER]:
        for pieces, text in _parts(block):
            lines.append(Line(1 + len(lines), block.box, pieces, text))
        if len(lines) >= _AFTER:
            break
    return lines[:_AFTER]


def _parts(block: Block) -> list[tuple[list[Piece], str]]:
    """The pieces and the text of a block's lines; none of what is shown only where no scripts run."""
    pieces = block.pieces
    if block.box.name == "noscript":
        return []
    if len(pieces) == 1 or block.chars > _PARAGRAPH:
        return [(pieces, block.text)]
    if "\n" not in (texts := [piece[0] for piece in pieces]):
        return [(pieces, " ".join(" ".join(texts).split()))]
    breaks = [at for at, text in enumerate(texts) if text == "\n"]
    starts = [0, *(at + 1 for at in breaks)]
    parts = [pieces[start:end] for start, end in zip(starts, [*breaks, len(pieces)], strict=True)]
    return [(part, text) for part in parts if (text := spaced(part))]
