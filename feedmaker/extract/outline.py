"""A page as blocks: one pass over the tree that gives its runs of text, and the boxes they stand in.

A *block* is a run of text that a browser sets as one paragraph: the text of a `p`, a heading, a list item, or of a
`div` up to the next box or to two line breaks. A *box* is an element that begins a new line (HTML Standard, section
15.3, "display: block", and kin). Everything that decides later works on these few hundred objects, not on the tree.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from selectolax.lexbor import create_tag

from feedmaker.extract import hints

if TYPE_CHECKING:
    from collections.abc import Iterable

    from selectolax.lexbor import LexborNode


def tag_ids(names: str) -> dict[int, str]:
    """Lexbor's numbers of tag names; comparing numbers is cheaper than having names made."""
    return {tag_id: name for name in names.split() if (tag_id := create_tag(name).tag_id) is not None}


_BOXES = tag_ids(
    "address article aside blockquote body button caption center dd details dialog dir div dl dt fieldset figcaption"
    " figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav noscript ol optgroup p pre"
    " search section summary table tbody td tfoot th thead tr ul"
)
# What these hold is no text of the page, or text for its machinery.
_DEAD = tag_ids(
    "applet area audio base canvas datalist embed frame frameset head input link map meta meter object option"
    " param progress select source svg template textarea title track video"
)
_SCRIPTS = tag_ids("script style")
# No story stands in one of these, on 985 pages of 700 sites; should one do so after all, the page is read again.
_ASIDE = tag_ids("nav footer button dialog")
_MEDIA = tag_ids("img iframe amp-img")
_ITALIC = frozenset(tag_ids("em i"))
_SPANS = frozenset(tag_ids("span ins"))
_LINK = create_tag("a").tag_id
_BREAK = create_tag("br").tag_id
_BOX, _MEDIUM, _LINE_BREAK, _TEXT, _NOTHING, _SCRIPT, _ASIDES = range(1, 8)  # from _NOTHING on, not read
_KINDS = (
    dict.fromkeys(_BOXES, _BOX)
    | dict.fromkeys(_MEDIA, _MEDIUM)
    | dict.fromkeys(_DEAD, _NOTHING)
    | dict.fromkeys(_SCRIPTS, _SCRIPT)
    | dict.fromkeys(_ASIDE, _ASIDES)
    # Lexbor's LXB_TAG__TEXT and LXB_TAG__EM_COMMENT
    | {_BREAK: _LINE_BREAK, 2: _TEXT, 4: _NOTHING}
)
_LAST_KNOWN = 1000  # numbers of tags that HTML does not know are addresses
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_GOOD_CHARS = 80  # a line of print: shorter texts are headlines, captions and labels as often as paragraphs

# Where a piece of text stands: its box; whether it is in a link, or italic; the same of the element around it, None
# directly in the box; and the inline element. A tuple, since there is one for every element of a page.
Inline: TypeAlias = "tuple[Box, bool, bool, Inline | None, LexborNode]"
Piece: TypeAlias = "tuple[str, Inline]"


class Box:
    """An element that begins a line. Counts are of everything inside; characters are of text without edge spaces."""

    __slots__ = (
        "above", "blocks", "chars", "children", "depth", "first", "flags", "good", "headings", "images", "last",
        "linked", "name", "node", "order", "paragraphs", "parent", "sign", "twins",
    )  # fmt: skip

    def __init__(self, node: LexborNode, name: str, parent: Box | None, order: int) -> None:
        self.node = node
        self.name = name
        self.parent = parent
        self.order = order
        self.first = self.last = -1  # the blocks inside are blocks[first:last]
        self.chars = self.linked = self.blocks = self.images = self.headings = self.children = self.paragraphs = 0
        self.good = 0.0  # what its paragraphs weigh, see `_weight`
        # Set for boxes that hold text:
        self.depth = 0
        self.flags = 0  # its own hints
        self.above = 0  # these and those of the boxes around it that do not hold most of the page's text
        self.sign = ""  # name and classes: equal ones are made by one template
        self.twins = 1  # children of its parent with the same sign, itself included


class Block:
    """A run of text in one box. Of its characters, `linked` and `italic` are so, about."""

    __slots__ = ("box", "chars", "good", "index", "italic", "linked", "opened", "pieces", "score", "text")

    def __init__(self, box: Box, index: int, pieces: list[Piece], opened: int) -> None:
        self.box = box
        self.index = index
        self.pieces = pieces
        self.opened = opened  # boxes that had begun by its end
        self.good = 0.0  # what it weighs as a paragraph of running text; 0 where it looks like none
        self.score = 0.0
        if len(pieces) == 1:
            text, inline = pieces[0]
            self.text = " ".join(text.split())
            self.chars = chars = len(self.text)
            self.linked = chars if inline[1] else 0
            self.italic = chars if inline[2] else 0
            return
        self.text = " ".join("".join([piece[0] for piece in pieces]).split())
        self.chars = chars = len(self.text)
        linked = italic = 0
        for text, inline in pieces:
            if inline[1]:
                linked += len(text)
            if inline[2]:
                italic += len(text)
        self.linked = min(linked, chars)
        self.italic = min(italic, chars)


class Medium:
    """A picture or a frame (of a video), with the number of blocks before it."""

    __slots__ = ("at", "box", "node")

    def __init__(self, node: LexborNode, box: Box, at: int) -> None:
        self.node = node
        self.box = box
        self.at = at


class Outline:
    """The boxes and blocks of a page, in document order."""

    __slots__ = ("asides", "blocks", "boxes", "media")

    def __init__(self) -> None:
        self.boxes: list[Box] = []
        self.blocks: list[Block] = []
        self.media: list[Medium] = []
        self.asides = 0  # navigation, footers and the like that were not read

    def add(self, box: Box, run: list[Piece]) -> None:
        """Make a block of a run of text, and count it in its box."""
        index = len(self.blocks)
        block = Block(box, index, run, len(self.boxes))
        self.blocks.append(block)
        if box.first < 0:
            box.first = index
        box.last = index + 1
        box.blocks += 1
        box.chars += block.chars
        box.linked += block.linked


# One loop, and a long one: a call for each of a page's thousands of nodes would take half as long again.
def read(  # noqa: C901, PLR0912, PLR0915
    root: LexborNode, skip: Iterable[LexborNode] = (), *, everything: bool = False
) -> Outline:
    """The outline of the tree under `root`, without the elements in `skip`.

    With `everything`, also what stands in navigation and footers.
    """
    outline = Outline()
    boxes, media = outline.boxes, outline.media
    known: dict[int, Inline] = {}  # by Lexbor's address of the element; what is not in it is dead, with all inside
    skipped = {node.mem_id for node in skip}
    kinds = _KINDS | dict.fromkeys(_ASIDE, _BOX) if everything else _KINDS
    get, kind_of = known.get, kinds.get
    run: list[Piece] = []
    current: Box | None = None
    script = False
    for node in root.traverse(include_text=True):
        tag_id = node.tag_id
        kind = kind_of(tag_id, 0)
        if kind == _TEXT:
            if script:  # the text of a script may be long, and is not even made
                script = False
                continue
            text = node.text_content or ""
            if text.isspace():
                if run:
                    run.append((" ", get(node.parent.mem_id) or run[-1][1]))  # type: ignore[union-attr]
                continue
            around = get(node.parent.mem_id)  # type: ignore[union-attr]  # the root is no text
            if around is None:
                continue
            if around[0] is not current:
                if run and current is not None:
                    outline.add(current, run)
                    run = []
                current = around[0]
            run.append((text, around))
            continue
        script = kind == _SCRIPT
        if kind >= _NOTHING:
            outline.asides += kind == _ASIDES
            continue
        parent = node.parent
        outer = get(parent.mem_id) if parent is not None else None
        if outer is None:
            if boxes:
                continue
            kind = _BOX
        elif kind == 0 and tag_id > _LAST_KNOWN and "-" in (node.tag or ""):
            kind = _BOX  # a custom element
        if skipped and node.mem_id in skipped:
            continue
        if kind == _BOX:
            if run and current is not None:
                outline.add(current, run)
                run = []
            current = None
            box = Box(node, _BOXES.get(tag_id, "div"), outer[0] if outer else None, len(boxes))
            boxes.append(box)
            known[node.mem_id] = (box, outer is not None and outer[1], False, None, node)
            continue
        assert outer is not None
        if kind == 0:
            if tag_id in _SPANS and (attributes := node.attributes) and hints.is_advert(attributes):
                continue
            known[node.mem_id] = (outer[0], outer[1] or tag_id == _LINK, outer[2] or tag_id in _ITALIC, outer, node)
        elif kind == _MEDIUM:
            media.append(Medium(node, outer[0], len(outline.blocks) + bool(run)))
        elif run and outer[0] is current and current is not None:
            if _ends_line(run):
                outline.add(current, run)
                run = []
                current = None
            else:
                run.append(("\n", outer))
    if run and current is not None:
        outline.add(current, run)
    if outline.blocks:
        _sum(outline)
        filled = [box for box in boxes if box.first >= 0]
        _describe(filled, boxes[0].chars)
        _weigh(outline, filled)
    return outline


def _ends_line(run: list[Piece]) -> bool:
    """Whether the last thing in a run is a line break, spaces apart."""
    for text, _ in reversed(run):
        if text == "\n":
            return True
        if not text.isspace():
            return False
    return False


def _sum(outline: Outline) -> None:
    """Give each box the sums of what is inside, by a walk from the last to the first."""
    for medium in outline.media:
        medium.box.images += 1
    for box in reversed(outline.boxes):
        parent = box.parent
        if parent is None:
            continue
        parent.images += box.images
        if box.first < 0:
            continue
        parent.children += 1
        if parent.first < 0 or box.first < parent.first:
            parent.first = box.first
        parent.last = max(parent.last, box.last)
        parent.blocks += box.blocks
        parent.chars += box.chars
        parent.linked += box.linked
        parent.headings += box.headings + (box.name in HEADINGS)


def _describe(filled: list[Box], whole: int) -> None:
    """Give the boxes that hold text their depth, hints and twins."""
    twins: dict[tuple[int, str], list[Box]] = {}
    for box in filled:
        box.flags, box.sign = hints.read(box.name, box.node.attributes)
        parent = box.parent
        if parent is None:
            continue
        box.depth = parent.depth + 1
        # What holds most of the text is no furniture, whatever it is called.
        box.above = parent.above | box.flags if 2 * box.chars < whole else 0
        twins.setdefault((parent.order, box.sign), []).append(box)
    for boxes in twins.values():
        if len(boxes) > 1:
            for box in boxes:
                box.twins = len(boxes)


def _weigh(outline: Outline, filled: list[Box]) -> None:
    """Tell which blocks look like paragraphs of running text, and how many of them are in each box."""
    for block in outline.blocks:
        if (
            block.chars >= _GOOD_CHARS
            and block.linked < 0.4 * block.chars
            and block.box.name not in ("figcaption", "h1")
        ):
            block.good = _weight(block)
            block.box.good += block.good
            block.box.paragraphs += 1
    for box in reversed(filled):
        if box.paragraphs and box.parent is not None:
            box.parent.good += box.good
            box.parent.paragraphs += box.paragraphs


def _weight(block: Block) -> float:
    """How much a paragraph says for its box being the story's: its length, less where it looks like furniture."""
    box = block.box
    size = float(block.chars)
    if box.above & hints.CONSENT:
        return 0.0
    if box.above & hints.FURNITURE:
        size *= 0.25
    if box.name not in ("p", "div", "blockquote", "pre"):
        size *= 0.5
    # A card: one of several boxes of one make, with a link and little text.
    card = box.parent if box.name == "p" else box
    for _ in range(3):
        if card is None or card.blocks > 8:
            break
        if card.twins >= 3 and card.linked > 10:
            return size * 0.2
        card = card.parent
    return size
