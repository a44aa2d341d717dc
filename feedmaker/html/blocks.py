"""A page as blocks: one pass over the tree that gives its runs of text, and the boxes they stand
in.

A *block* is a run of text that a browser sets as one paragraph: the text of a `p`, a heading, a
list item, or of a `div` up to the next box or to two line breaks. A *box* is an element that begins
a new line (HTML Standard, section 15.3, "display: block", and kin). Everything that decides later
works on these few hundred objects, not on the tree.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from selectolax.lexbor import create_tag

from feedmaker.html import class_names

if TYPE_CHECKING:
    from collections.abc import Iterable

    from selectolax.lexbor import LexborNode


def tag_ids(names: str) -> dict[int, str]:
    """Lexbor's numbers of tag names; comparing numbers is cheaper than having names made."""
    return {
        tag_id: name for name in names.split() if (tag_id := create_tag(name).tag_id) is not None
    }


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
# No story stands in one of these, on 985 pages of 700 sites; should one do so after all, the page
# is read again.
_ASIDE = tag_ids("nav footer button dialog")
_MEDIA = tag_ids("img iframe amp-img")
_ITALIC = frozenset(tag_ids("em i"))
_SPANS = frozenset(tag_ids("span ins"))
_LINK = create_tag("a").tag_id
_BREAK = create_tag("br").tag_id
_QUOTE = create_tag("blockquote").tag_id
_TEXT, _COMMENT = 2, 4  # Lexbor's LXB_TAG__TEXT and LXB_TAG__EM_COMMENT
_BOX, _POST, _MEDIUM, _LINE_BREAK, _NOTHING, _SCRIPT, _ASIDES = range(
    1, 8
)  # from _NOTHING on, not read
_KINDS = (
    dict.fromkeys(_BOXES, _BOX)
    | dict.fromkeys(_MEDIA, _MEDIUM)
    | dict.fromkeys(_DEAD, _NOTHING)
    | dict.fromkeys(_SCRIPTS, _SCRIPT)
    | dict.fromkeys(_ASIDE, _ASIDES)
    | {_BREAK: _LINE_BREAK, _QUOTE: _POST, _COMMENT: _NOTHING}
)
_LAST_KNOWN = 1000  # numbers of tags that HTML does not know are addresses
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_LONGEST = (
    200_000  # characters of a block; the words of five megabytes without a tag would take 160 MB
)
_GOOD_CHARS = (
    80  # a line of print: shorter texts are headlines, captions and labels as often as paragraphs
)

# Where a piece of text stands: its box; whether it is in a link, or italic; the same of the element
# around it, None directly in the box; and the inline element. A tuple, since there is one for every
# element of a page.
Inline: TypeAlias = "tuple[Box, bool, bool, Inline | None, LexborNode]"
Piece: TypeAlias = "tuple[str, Inline]"


class Box:
    """An element that begins a line. Counts are of everything inside; characters are of text
    without edge spaces.
    """

    __slots__ = (
        "above", "attributes", "blocks", "chars", "children", "depth", "first", "flags", "good", "headings", "images",
        "last", "linked", "name", "node", "order", "paragraphs", "parent", "sign", "twins",
    )  # fmt: skip

    def __init__(  # noqa: PLR0913, PLR0917 - one for each box of a page, given its counts at once
        self, node: LexborNode, name: str, parent: Box | None, order: int, first: int, chars: int, linked: int,
        images: int, headings: int,
    ) -> None:  # fmt: skip
        self.node = node
        self.name = name
        self.parent = parent
        self.order = order
        self.first = first  # the blocks inside are blocks[first:last]; -1 where there are none
        # While it is open: what had been counted on the page when it began.
        self.chars = chars
        self.linked = linked
        self.images = images
        self.headings = headings
        self.children = self.paragraphs = self.blocks = self.last = self.depth = 0
        self.good = 0.0  # what its paragraphs weigh, see `_weight`
        # Set for boxes that hold text:
        self.attributes: dict[str, str | None] = {}
        self.flags = 0  # its own hints
        self.above = (
            0  # these and those of the boxes around it that do not hold most of the page's text
        )
        self.sign = ""  # name and classes: equal ones are made by one template
        self.twins = 1  # children of its parent with the same sign, itself included


class Block:
    """A run of text in one box. Of its characters, `linked` and `italic` are so, about."""

    __slots__ = (
        "box",
        "chars",
        "good",
        "index",
        "italic",
        "linked",
        "opened",
        "pieces",
        "score",
        "text",
    )

    def __init__(self, box: Box, index: int, pieces: list[Piece], opened: int) -> None:
        self.box = box
        self.index = index
        self.pieces = pieces
        self.opened = opened  # boxes that had begun by its end
        self.good = 0.0  # what it weighs as a paragraph of running text; 0 where it looks like none
        self.score = 0.0
        if len(pieces) == 1 and len(pieces[0][0]) <= _LONGEST:
            text, inline = pieces[0]
            self.text = " ".join(text.split())
            self.chars = chars = len(self.text)
            self.linked = chars if inline[1] else 0
            self.italic = chars if inline[2] else 0
            return
        whole = "".join([piece[0] for piece in pieces])
        if len(whole) > _LONGEST:
            whole = whole.lstrip()  # or nothing might be left
            self.pieces = pieces = [(whole[:_LONGEST], pieces[0][1])]
            whole = pieces[0][0]
        self.text = " ".join(whole.split())
        self.chars = chars = len(self.text)
        linked = italic = 0
        for text, inline in pieces:
            if inline[1]:
                linked += len(text)
            if inline[2]:
                italic += len(text)
        self.linked = min(chars, linked)
        self.italic = min(chars, italic)


class Medium:
    """A picture, a frame (of a video) or the quotation of a post, with the number of blocks before
    it.
    """

    __slots__ = ("at", "box", "node")

    def __init__(self, node: LexborNode, box: Box, at: int) -> None:
        self.node = node
        self.box = box
        self.at = at


class PageBlocks:
    """The boxes and blocks of a page, in document order; `filled` are the boxes that hold text."""

    __slots__ = ("asides", "blocks", "boxes", "filled", "media")

    def __init__(self) -> None:
        self.boxes: list[Box] = []
        self.filled: list[Box] = []
        self.blocks: list[Block] = []
        self.media: list[Medium] = []
        self.asides = 0  # navigation, footers and the like that were not read


# One loop, and a long one: a call for each of a page's thousands of nodes would take half as long
# again. The walk goes down and along by itself, since it can then pass over what is dead with all
# inside, and knows when an element ends: a box takes the running counts from its beginning to its
# end, and nothing has to be summed up the tree.
def read(  # noqa: C901, PLR0912, PLR0915
    root: LexborNode, skip: Iterable[LexborNode] = (), *, everything: bool = False
) -> PageBlocks:
    """The outline of the tree under `root`, without the elements in `skip`.

    With `everything`, also what stands in navigation and footers.
    """
    outline = PageBlocks()
    boxes, blocks, media = outline.boxes, outline.blocks, outline.media
    skipped = {node.mem_id for node in skip}
    kind_of = (_KINDS | dict.fromkeys(_ASIDE, _BOX) if everything else _KINDS).get
    box = Box(root, _BOXES.get(root.tag_id or 0, "div"), None, 0, 0, 0, 0, 0, 0)
    boxes.append(box)
    inline: Inline = (box, False, False, None, root)
    open_elements: list[tuple[LexborNode, Inline]] = []  # each with what was around it
    run: list[Piece] = []
    current = box  # what `run` stands in
    chars = linked = headings = 0
    node = root.first_child
    while True:
        if node is None:  # the innermost open element ends
            ends = inline[3] is None
            if run and ends and current is box:
                block = Block(box, len(blocks), run, len(boxes))
                blocks.append(block)
                chars += block.chars
                linked += block.linked
                run = []
            if not open_elements:
                break
            node, inline = open_elements.pop()
            if ends:
                box.images = len(media) - box.images
                box.chars = chars - box.chars
                box.linked = linked - box.linked
                box.headings = headings - box.headings
                if box.first == len(blocks):
                    box.first = -1
                else:
                    box.last = len(blocks)
                    box.blocks = box.last - box.first
                    inline[0].children += 1
                    if box.name in HEADINGS:
                        headings += 1
                box = inline[0]
            node = node.next
            continue
        tag_id = node.tag_id
        if tag_id == _TEXT:  # every other node is one
            text = node.text_content or ""
            if text.isspace():
                if run:
                    run.append((" ", inline))
            elif text:
                if current is not box:
                    if run:
                        block = Block(current, len(blocks), run, len(boxes))
                        blocks.append(block)
                        chars += block.chars
                        linked += block.linked
                        run = []
                    current = box
                run.append((text, inline))
            node = node.next
            continue
        kind = kind_of(tag_id, 0)
        if kind >= _NOTHING or (skipped and node.mem_id in skipped):
            if kind == _ASIDES:
                outline.asides += 1
                if run:  # it stands on lines of its own
                    run.append((" ", inline))
            node = node.next
            continue
        if kind == 0 and tag_id > _LAST_KNOWN and "-" in (node.tag or ""):
            kind = _BOX  # a custom element
        elif kind == _POST:
            kind = _MEDIUM if class_names.is_post(node.attributes) else _BOX
        if kind == _BOX:
            if run:
                block = Block(current, len(blocks), run, len(boxes))
                blocks.append(block)
                chars += block.chars
                linked += block.linked
                run = []
            open_elements.append((node, inline))
            name = _BOXES.get(tag_id, "div")
            box = Box(node, name, box, len(boxes), len(blocks), chars, linked, len(media), headings)
            boxes.append(box)
            inline = (box, inline[1], False, None, node)
            node = node.first_child
        elif kind == 0:
            child = node.first_child
            if child is None or (
                tag_id in _SPANS
                and (attributes := node.attributes)
                and class_names.is_advert(attributes)
            ):
                node = node.next
                continue
            open_elements.append((node, inline))
            inline = (
                box,
                inline[1] or tag_id == _LINK,
                inline[2] or tag_id in _ITALIC,
                inline,
                node,
            )
            node = child
        elif kind == _MEDIUM:
            media.append(Medium(node, box, len(blocks) + bool(run)))
            node = node.next
        else:  # a line break
            if run and current is box:
                if _ends_line(run):
                    block = Block(box, len(blocks), run, len(boxes))
                    blocks.append(block)
                    chars += block.chars
                    linked += block.linked
                    run = []
                else:
                    run.append(("\n", inline))
            node = node.next
    if blocks:
        box.images, box.chars, box.linked, box.headings = len(media), chars, linked, headings
        box.last = box.blocks = len(blocks)
        outline.filled = [box for box in boxes if box.last]
        _describe(outline.filled, chars)
        _weigh(outline)
    return outline


def _ends_line(run: list[Piece]) -> bool:
    """Whether the last thing in a run is a line break, spaces apart."""
    for text, _ in reversed(run):
        if text == "\n":
            return True
        if not text.isspace():
            return False
    return False


def _describe(filled: list[Box], whole: int) -> None:
    """Give the boxes that hold text their depth, hints and twins."""
    twins: dict[tuple[int, str], list[Box]] = {}
    read = class_names.read
    for box in filled:
        attributes = box.node.attributes
        box.attributes = attributes
        box.flags, box.sign = read(box.name, attributes)
        parent = box.parent
        if parent is None:
            continue
        box.depth = parent.depth + 1
        # What holds most of the text is no furniture, whatever it is called.
        if 2 * box.chars < whole:
            box.above = parent.above | box.flags
        if parent.children > 1:
            twins.setdefault((parent.order, box.sign), []).append(box)
    for boxes in twins.values():
        if len(boxes) > 1:
            count = len(boxes)
            for box in boxes:
                box.twins = count


def _weigh(outline: PageBlocks) -> None:
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
    for box in reversed(outline.filled):
        if box.paragraphs and box.parent is not None:
            box.parent.good += box.good
            box.parent.paragraphs += box.paragraphs


def _weight(block: Block) -> float:
    """How much a paragraph says for its box being the story's: its length, less where it looks like
    furniture.
    """
    box = block.box
    size = float(block.chars)
    if box.above & class_names.CONSENT:
        return 0.0
    if box.above & class_names.FURNITURE:
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
