"""The lines of text around a page's headline, where pages show byline, date and breadcrumb."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from selectolax.lexbor import create_tag

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from selectolax.lexbor import LexborNode

    from feedmaker.html.blocks import Block, Box, PageBlocks, Piece

_LINK, _TIME = (create_tag(name).tag_id for name in ("a", "time"))
_BEFORE: Final = 8  # lines before a headline
_AFTER: Final = 18  # lines after it
_LONGEST_LABELS: Final = 600  # characters; no block of labels, bylines or datelines is so long


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text near the headline; `place` is negative before it.

    A block is one line, or several where it has line breaks.
    """

    place: int
    box: Box
    pieces: list[Piece]
    text: str

    @property
    def parts(self) -> list[str]:
        """The texts of its text nodes."""
        return [text.strip() for text, _ in self.pieces if not text.isspace()]

    @property
    def links(self) -> list[str]:
        """The addresses of the links in it."""
        elements = inline_elements(self.pieces)
        nodes = [node for node in elements if node.tag_id == _LINK]
        return [node.attributes.get("href") or "" for node in nodes]

    @property
    def times(self) -> list[LexborNode]:
        """The `time` elements in it."""
        elements = inline_elements(self.pieces)
        return [node for node in elements if node.tag_id == _TIME]


@dataclass(slots=True)
class HeadlineLines:
    """The lines of text around a page's headline, `blocks[first:below]`, in page order.

    `first` and `below` are -1, and there are no lines, where no headline is shown. The text is
    split into lines when they are first asked for: every third page has all in its metadata.
    """

    page: PageBlocks
    first: int
    below: int
    _around: list[Line] | None = None

    @property
    def around(self) -> list[Line]:
        """The lines before the headline, and those after it."""
        if self._around is None:
            self._around = self._read_around() if self.first >= 0 else []
        return self._around

    def _read_around(self) -> list[Line]:
        blocks = self.page.blocks
        start = max(0, self.first - _BEFORE)
        above = _split_lines(blocks[start : self.first])[-_BEFORE:]
        end = self.below + _AFTER
        under = _split_lines(blocks[self.below : end])[:_AFTER]
        before = [Line(place, *line) for place, line in enumerate(above, -len(above))]
        after = [Line(place, *line) for place, line in enumerate(under, 1)]
        return before + after


def _split_lines(blocks: Iterable[Block]) -> list[tuple[Box, list[Piece], str]]:
    """Return the lines of some blocks, without those shown only where no scripts run."""
    lines: list[tuple[Box, list[Piece], str]] = []
    for block in blocks:
        box = block.box
        pieces = block.pieces
        if box.name == "noscript":
            continue
        if len(pieces) == 1 or block.chars > _LONGEST_LABELS:
            lines.append((box, pieces, block.text))
            continue
        breaks = [at for at, piece in enumerate(pieces) if piece[0] == "\n"]
        edges = [-1, *breaks, len(pieces)]
        for start, end in pairwise(edges):
            part = pieces[start + 1 : end]
            text = spaced_text(part)
            if text:
                lines.append((box, part, text))
    return lines


def spaced_text(pieces: Iterable[Piece]) -> str:
    """Return the text of some pieces on one line, with a space between any two.

    Pages set a kicker and a headline apart by style that have no space between them.
    """
    texts = [text for text, _ in pieces]
    return " ".join(" ".join(texts).split())


def box_text(
    page: PageBlocks,
    box: Box,
) -> str:
    """Return the text of a box on one line."""
    inside = page.blocks[max(box.first, 0) : box.last]
    if len(inside) == 1 and len(inside[0].pieces) == 1:
        return inside[0].text
    return spaced_text([piece for block in inside for piece in block.pieces])


def inline_elements(pieces: list[Piece]) -> Iterator[LexborNode]:
    """Give the inline elements that some pieces of text stand in, inner ones first, once each."""
    seen: set[int] = set()
    for _, innermost in pieces:
        around = innermost
        while around is not None:
            identity = around.node.mem_id
            if identity in seen:
                break
            seen.add(identity)
            yield around.node
            around = around.around
