"""A page as blocks: one walk over the tree gives its runs of text and the boxes they stand in.

A *block* is a run of text that a browser sets as one paragraph: the text of a `p`, a heading, a
list item, or of a `div` up to the next box or to two line breaks. A *box* is an element that begins
a new line (HTML Standard, section 15.3, "display: block", and similar). All later decisions work on
these few hundred objects and not on the tree.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, TypeAlias

from selectolax.lexbor import create_tag

from feedmaker.html import class_names

if TYPE_CHECKING:
    from collections.abc import Iterable

    from selectolax.lexbor import LexborNode


def tag_ids(names: str) -> dict[int, str]:
    """Lexbor's numbers of tag names; comparing numbers is cheaper than having names made."""
    found: dict[int, str] = {}
    for name in names.split():
        tag_id = create_tag(name).tag_id
        if tag_id is not None:
            found[tag_id] = name
    return found


_BOXES: Final = tag_ids(
    "address article aside blockquote body button caption center dd details dialog dir div dl dt"
    " fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main"
    " menu nav noscript ol optgroup p pre search section summary table tbody td tfoot th thead tr"
    " ul"
)
# Their content is not text of the page. What is struck out no longer holds: "five six workers", of
# `<del>five</del> <ins>six</ins>`, would be read as said; readings (`rt`) stand above their words.
_DEAD: Final = tag_ids(
    "annotation-xml applet area base canvas datalist del embed frame frameset head input link"
    " map meta meter object option param progress rp rt s select source strike svg template"
    " textarea title track"
)
_SCRIPTS: Final = tag_ids("script style")
# No story stands in one of these, on 985 pages of 700 sites. Where no story is found without them,
# the page is read again with them.
_ASIDES: Final = tag_ids("nav footer button dialog")
_PLAYERS: Final = tag_ids("audio video")
_MEDIA: Final = tag_ids("img iframe") | _PLAYERS
_ITALIC: Final = frozenset(tag_ids("em i"))
_SPANS: Final = frozenset(tag_ids("span ins"))
_LINK: Final = create_tag("a").tag_id
_BUTTON: Final = create_tag("button").tag_id
_SUMMARY: Final = create_tag("summary").tag_id
_BREAK: Final = create_tag("br").tag_id
_INPUT: Final = create_tag("input").tag_id
_QUOTE: Final = create_tag("blockquote").tag_id
_QUOTATION: Final = create_tag("q").tag_id  # a browser sets it in quotation marks
_TEXT: Final = 2  # Lexbor's LXB_TAG__TEXT
_COMMENT: Final = 4  # Lexbor's LXB_TAG__EM_COMMENT

# Kinds of elements; from _KIND_DEAD on, an element is passed over with all that is in it.
_KIND_INLINE: Final = 0
_KIND_BOX: Final = 1
_KIND_QUOTE: Final = 2
_KIND_MEDIUM: Final = 3
_KIND_BREAK: Final = 4
_KIND_DEAD: Final = 5
_KIND_ASIDE: Final = 6
_KNOWN_KINDS: Final = (
    dict.fromkeys(_BOXES, _KIND_BOX)
    | dict.fromkeys(_MEDIA, _KIND_MEDIUM)
    | dict.fromkeys(_DEAD, _KIND_DEAD)
    | dict.fromkeys(_SCRIPTS, _KIND_DEAD)
    | dict.fromkeys(_ASIDES, _KIND_ASIDE)
    | {_BREAK: _KIND_BREAK, _QUOTE: _KIND_QUOTE, _COMMENT: _KIND_DEAD}
)
_LAST_KNOWN: Final = 1000  # the numbers of tags that HTML does not know are addresses
# By number, which is looked up the quickest.
_KINDS: Final = tuple(_KNOWN_KINDS.get(tag_id, _KIND_INLINE) for tag_id in range(_LAST_KNOWN + 1))
_KINDS_WITH_ASIDES: Final = tuple(_KIND_BOX if kind == _KIND_ASIDE else kind for kind in _KINDS)
# What tags that HTML does not know are, by their name; others with a hyphen are boxes. A formula's
# annotation says it a second time (MathML Core, "annotations").
_KINDS_BY_NAME: Final = {
    "amp-img": _KIND_MEDIUM,
    "amp-youtube": _KIND_MEDIUM,
    "lite-youtube": _KIND_MEDIUM,
    "amp-ad": _KIND_DEAD,
    "amp-embed": _KIND_DEAD,
    "amp-list": _KIND_DEAD,
    "annotation": _KIND_DEAD,
}

HEADINGS: Final = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_ASIDES_WITHIN: Final = dict.fromkeys(HEADINGS, _KIND_INLINE) | {"blockquote": _KIND_BOX}
# Characters of a block; the words of five megabytes without a tag would take 160 MB.
_LONGEST: Final = 200_000
# A line of print: shorter texts are headlines, captions and labels as often as paragraphs.
_PARAGRAPH_CHARS: Final = 80
_QUESTION: Final = 10  # characters of a question that a button opens the answer to, at least
_LONGEST_QUESTION: Final = 300
# What links to a heading, and back from a note, show, with the zero-width space of some.
_LINK_SIGNS: Final = frozenset(
    ("¶", "§", "#", "🔗", "⚓", "∞", "↩", "↩\ufe0e", "↩\ufe0f", "↵", "⏎", "↑", "^", "\u200b")
)
_BULLETS: Final = frozenset("•◦▪‣⁃·")  # what pages draw items of lists with
_LONGEST_SIGN: Final = 12  # characters: a family, a flag
_LETTER: Final = re.compile(r"\w")
_PARAGRAPH_LINKED: Final = 0.4  # of a paragraph's characters are in links at most
_NO_PARAGRAPHS: Final = frozenset(("figcaption", "h1"))
# What holds no story that has its headline elsewhere, however long it is.
_SURE_FURNITURE: Final = class_names.COMMENT | class_names.RELATED | class_names.CONSENT
_BOX_WEIGHTS: Final = dict.fromkeys(("p", "div", "blockquote", "pre"), 1.0)


class Inline:
    """An inline element with text: `around` is the inline element it stands in, in the same box.

    `is_link` and `is_italic` hold for it or for an element around it. `is_quotation` holds for a
    `q`.
    """

    __slots__ = ("around", "is_italic", "is_link", "is_quotation", "node")

    def __init__(self, node: LexborNode, tag_id: int, around: Inline | None, box: Box) -> None:
        self.node = node
        self.around = around
        self.is_quotation = tag_id == _QUOTATION
        if around is None:
            self.is_link = box.in_link or tag_id == _LINK
            self.is_italic = tag_id in _ITALIC
        else:
            self.is_link = around.is_link or tag_id == _LINK
            self.is_italic = around.is_italic or tag_id in _ITALIC


# A text and the innermost inline element around it; None where it stands directly in its box.
Piece: TypeAlias = tuple[str, Inline | None]


class Box:
    """An element that begins a line, with counts of everything inside.

    Characters are counted of text without spaces at its ends.
    """

    __slots__ = (
        "above",
        "around",
        "attributes",
        "blocks",
        "chars",
        "children",
        "depth",
        "first",
        "flags",
        "good",
        "headings",
        "images",
        "in_link",
        "last",
        "linked",
        "name",
        "node",
        "order",
        "paragraphs",
        "parent",
        "sign",
        "twins",
    )
    attributes: dict[str, str | None]  # set, as are those below, for boxes that hold text

    def __init__(
        self,
        page: PageBlocks,
        node: LexborNode,
        name: str,
        parent: Box | None,
        around: Inline | None,
    ) -> None:
        self.node = node
        self.name = name
        self.parent = parent
        self.around = around  # the inline element of the parent box that it stands in
        self.in_link = False
        if around is not None:
            self.in_link = around.is_link
        elif parent is not None:
            self.in_link = parent.in_link
        self.order = page.opened
        self.first = len(page.blocks)  # its blocks are blocks[first:last]; first is -1 for none
        self.last = 0
        # Until the box ends: what was counted on the page when it began.
        self.chars = page.chars
        self.linked = page.linked
        self.images = len(page.media)
        self.headings = page.headings
        self.blocks = 0
        self.children = 0  # boxes with text directly inside
        self.paragraphs = 0
        self.good = 0.0  # what its paragraphs weigh, see `_paragraph_weight`
        # Set for boxes that hold text:
        self.depth = 0
        self.flags = 0  # what its own class names say
        self.above = 0  # its flags and those around it, without boxes with most of the page's text
        self.sign = ""  # name and classes: equal ones are made by one template
        self.twins = 1  # children of its parent with the same sign, itself included


class Block:
    """A run of text in one box; `linked` and `italic` count its characters of that kind, about."""

    __slots__ = (
        "box",
        "chars",
        "chars_before",
        "good",
        "good_before",
        "index",
        "italic",
        "linked",
        "opened",
        "paragraphs_before",
        "pieces",
        "text",
    )
    # Set once all are there:
    good: float  # its weight as a paragraph of running text, 0 where it is none
    good_before: float  # the weight of all paragraphs before it
    paragraphs_before: int

    def __init__(self, page: PageBlocks, box: Box, pieces: list[Piece]) -> None:
        """Add the block that some pieces of a box make to its page."""
        self.box = box
        self.index = len(page.blocks)
        self.opened = page.opened  # boxes that had begun by its end
        self.chars_before = page.chars
        text = pieces[0][0] if len(pieces) == 1 else "".join([text for text, _ in pieces])
        if len(text) > _LONGEST:
            text = text.lstrip()[:_LONGEST]  # or nothing but spaces might be left
            pieces = [(text, pieces[0][1])]
        self.pieces = pieces
        self.text = text = one_line(text)
        self.chars = chars = len(text)
        linked = italic = 0
        for piece, inline in pieces:
            if inline is not None:
                if inline.is_link:
                    linked += len(piece)
                if inline.is_italic:
                    italic += len(piece)
        self.linked = linked = chars if box.in_link or linked > chars else linked
        self.italic = min(chars, italic) if italic else 0
        page.blocks.append(self)
        page.chars += chars
        page.linked += linked


def one_line(text: str) -> str:
    """Return the text on one line, with single spaces; most are so, which is seen at a glance."""
    text = text.strip()
    if "  " in text or not text.isprintable():
        text = " ".join(text.split())
    return text


class Medium:
    """A picture, the frame of a video, a player of a file, or the quotation of a post.

    `at` is the number of blocks before it.
    """

    __slots__ = ("at", "box", "node")

    def __init__(self, node: LexborNode, box: Box, at: int) -> None:
        self.node = node
        self.box = box
        self.at = at


@dataclass
class PageBlocks:
    """The blocks of a page and the boxes that hold text, in document order; the root is first."""

    boxes: list[Box] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    media: list[Medium] = field(default_factory=list)
    players: list[Medium] = field(default_factory=list)  # `audio` and `video`
    mail_fields: list[Box] = field(default_factory=list)  # what fields for an address stand in
    heading_boxes: list[Box] = field(default_factory=list)  # with text, by where they end
    asides: int = 0  # navigation, footers and the like that were not read
    chars: int = 0
    linked: int = 0
    headings: int = 0  # with text
    opened: int = 0  # boxes, with those without text
    articles: int = 0  # `article` elements with text
    main_headings: int = 0  # `h1` elements with text
    headline: int = -1  # the first of them that is no link, as a site's name is: its block's index


# One long loop: with a function for each kind of node, reading 28 news pages took 17 % longer. It
# walks the tree by itself, since it can then pass over an element with all that is in it, and knows
# where an element ends: a box takes the difference of the page's counts at its end and its
# beginning, and nothing has to be summed up the tree.
def read_blocks(  # noqa: C901, PLR0912, PLR0915
    root: LexborNode, skip: Iterable[LexborNode] = (), *, with_asides: bool = False
) -> PageBlocks:
    """Return the blocks of the tree under `root`, without the elements in `skip`.

    With `with_asides`, also what stands in navigation and footers.
    """
    page = PageBlocks()
    boxes, blocks, media, players = page.boxes, page.blocks, page.media, page.players
    skipped = {node.mem_id for node in skip}
    kinds = _KINDS_WITH_ASIDES if with_asides else _KINDS
    box = Box(page, root, _BOXES.get(root.tag_id or 0, "div"), None, None)
    boxes.append(box)
    page.opened = 1
    inline: Inline | None = None  # the innermost open element in the box
    run: list[Piece] = []  # the text since the last block, all of it in the box
    node = root.first_child
    while True:
        if node is None:  # the innermost open element ends
            if inline is not None:
                if inline.is_quotation:
                    run.append(("”", inline))
                node = inline.node.next
                inline = inline.around
                continue
            if run:
                Block(page, box, run)
                run = []
            parent = box.parent
            if parent is None:
                break
            box.images = len(media) - box.images
            count = len(blocks)
            if box.first == count:
                box.first = -1
                box.chars = box.linked = box.headings = 0
                boxes.pop()  # those in it had no text either
            else:
                box.chars = page.chars - box.chars
                box.linked = page.linked - box.linked
                box.headings = page.headings - box.headings
                box.blocks = count - box.first
                box.last = count
                parent.children += 1
                if box.name in HEADINGS:
                    page.heading_boxes.append(box)
                    page.headings += 1
                    if box.name == "h1":
                        page.main_headings += 1
                        if page.headline < 0 and 2 * box.linked < box.chars:
                            page.headline = box.first
                elif box.name == "article":
                    page.articles += 1
            node = box.node.next
            inline = box.around
            box = parent
            continue
        tag_id = node.tag_id
        if tag_id == _TEXT:  # every other node is one
            # Two of three are spaces between tags, of which no text is made.
            text = "" if node.is_empty_text_node else node.text_content or ""
            if text and not text.isspace():
                if len(text) > 2 or not _is_drawn(text, inline, run):
                    run.append((text, inline))
            elif run:
                run.append((" ", inline))
            node = node.next
            continue
        kind = kinds[tag_id] if tag_id <= _LAST_KNOWN else _kind_by_name(node.tag or "")
        if kind == _KIND_ASIDE:
            # The heading of an accordion is a button, and a quotation ends in its source.
            kind = _ASIDES_WITHIN.get(box.name, _KIND_ASIDE)
            if kind == _KIND_ASIDE and tag_id == _BUTTON and _asks_question(node):
                kind, tag_id = _KIND_BOX, _SUMMARY
        if kind >= _KIND_DEAD or (skipped and node.mem_id in skipped):
            if kind == _KIND_ASIDE:
                page.asides += 1
                if run:  # it stands on lines of its own
                    run.append((" ", inline))
            elif tag_id == _INPUT and node.attributes.get("type") == "email":
                page.mail_fields.append(box)
            node = node.next
            continue
        if kind == _KIND_QUOTE:
            kind = _KIND_MEDIUM if class_names.is_post(node.attributes) else _KIND_BOX
        if kind == _KIND_BOX and box.name in HEADINGS and _is_all_of_heading(node):
            kind = _KIND_INLINE
        if kind == _KIND_BOX:
            if run:
                Block(page, box, run)
                run = []
            child = node.first_child
            if child is None:  # it parts the text, and that is all
                page.opened += 1
                node = node.next
                continue
            box = Box(page, node, _BOXES.get(tag_id, "div"), box, inline)
            boxes.append(box)
            page.opened += 1
            inline = None
            node = child
        elif kind == _KIND_INLINE:
            child = node.first_child
            if child is None or (
                tag_id in _SPANS
                and (attributes := node.attributes)
                and class_names.is_passed_over(attributes)
            ):
                node = node.next
                continue
            if inline is None and run and tag_id in _SPANS and _begins_half(run, node):
                run.append((" ", None))
            inline = Inline(node, tag_id, inline, box)
            if tag_id == _QUOTATION:
                run.append(("“", inline))
            node = child
        elif kind == _KIND_MEDIUM:
            if run and (sign := _drawn_sign(node)):
                run.append((sign, inline))
            else:
                medium = Medium(node, box, len(blocks) + bool(run))
                (players if tag_id in _PLAYERS else media).append(medium)
            node = node.next
        else:  # a line break
            if run:
                if _ends_line(run):
                    Block(page, box, run)
                    run = []
                else:
                    run.append(("\n", inline))
            node = node.next
    if blocks:
        box.images = len(media)
        box.chars = page.chars
        box.linked = page.linked
        box.headings = page.headings
        box.last = box.blocks = len(blocks)
        _describe_boxes(page)
        _weigh_paragraphs(page)
    return page


def _is_all_of_heading(node: LexborNode) -> bool:
    """Whether a box in a heading is all that stands in it, and no box itself: it is its line."""
    before, after = node.prev, node.next
    if before is not None and before.is_empty_text_node:
        before = before.prev
    if after is not None and after.is_empty_text_node:
        after = after.next
    if before is not None or after is not None:
        return False
    return not any((child.tag_id or 0) in _BOXES for child in node.iter())


def _is_drawn(text: str, inline: Inline | None, run: list[Piece]) -> bool:
    """Whether a text is the bullet of an item, or the sign of a link to where it stands."""
    sign = text.strip()
    if sign in _BULLETS:
        return not run
    return sign in _LINK_SIGNS and inline is not None and inline.is_link


def _drawn_sign(node: LexborNode) -> str:
    """The sign that a picture among words stands for, as its `alt` says: "😀"; "" for none."""
    alt = node.attrs.sget("alt") or ""
    is_sign = 0 < len(alt) <= _LONGEST_SIGN and not alt.isascii() and not _LETTER.search(alt)
    return alt if is_sign else ""


def _asks_question(button: LexborNode) -> bool:
    """Whether a button opens the answer to the question that it is, as in an accordion."""
    text = button.text(deep=True).strip()
    if _QUESTION < len(text) < _LONGEST_QUESTION and text.endswith(("?", "؟", "？")):
        return not {"aria-expanded", "aria-controls"}.isdisjoint(button.attributes)
    return False


def _kind_by_name(name: str) -> int:
    """The kind of an element that HTML does not know: a custom element is a box."""
    return _KINDS_BY_NAME.get(name, _KIND_BOX if "-" in name else _KIND_INLINE)


def _begins_half(run: list[Piece], node: LexborNode) -> bool:
    """Whether an element touches another of its kind, each with words of its own.

    Style sheets set the two halves of a line of verse apart, or cells that are made of `span`s.
    """
    before = node.prev
    if before is None or before.tag_id != node.tag_id or run[-1][0][-1:].isspace():
        return False
    if before.attributes.get("class") == node.attributes.get("class"):
        return False
    return " " in run[-1][0].strip() and " " in node.text(deep=True).strip()


def _ends_line(run: list[Piece]) -> bool:
    """Whether the last thing in a run is a line break, spaces apart."""
    for text, _ in reversed(run):
        if text == "\n":
            return True
        if not text.isspace():
            return False
    return False


def _describe_boxes(page: PageBlocks) -> None:
    """Set depth, flags and twins of the boxes that hold text."""
    headline = page.headline
    # What holds most of the text, or more than half of that without links, is no furniture; but
    # comments and tickers may be longer than the story.
    believed_of_most = _SURE_FURNITURE if headline >= 0 else 0
    half, half_unlinked = page.chars / 2, (page.chars - page.linked) / 2
    twins: dict[tuple[int, str], list[Box]] = {}
    read = class_names.read_hints
    for box in page.boxes:
        box.attributes = attributes = box.node.attributes
        flags, sign = read(box.name, attributes)
        box.flags = flags
        box.sign = sign
        parent = box.parent
        if parent is None:
            continue
        box.depth = parent.depth + 1
        # What holds the headline is no furniture, whatever it is called.
        if not box.first <= headline < box.last:
            if flags and (box.chars >= half or box.chars - box.linked > half_unlinked):
                flags &= believed_of_most
            box.above = parent.above | flags
        if parent.children > 1:
            twins.setdefault((parent.order, sign), []).append(box)
    for alike in twins.values():
        count = len(alike)
        for box in alike:
            box.twins = count


def _weigh_paragraphs(page: PageBlocks) -> None:
    """Find the blocks that look like paragraphs of running text, and sum them up in their boxes."""
    weight = 0.0
    paragraphs = 0
    for block in page.blocks:
        block.good = 0.0
        block.good_before = weight
        block.paragraphs_before = paragraphs
        if block.chars < _PARAGRAPH_CHARS or block.linked >= _PARAGRAPH_LINKED * block.chars:
            continue
        box = block.box
        if box.name in _NO_PARAGRAPHS:
            continue
        block.good = _paragraph_weight(block)
        box.good += block.good
        box.paragraphs += 1
        if block.good:
            weight += block.good
            paragraphs += 1
    for box in reversed(page.boxes):
        if box.paragraphs and box.parent is not None:
            box.parent.good += box.good
            box.parent.paragraphs += box.paragraphs


def _paragraph_weight(block: Block) -> float:
    """How much a paragraph says for its box being the story's.

    That is its length, less where it looks like furniture.
    """
    box = block.box
    weight = block.chars * _BOX_WEIGHTS.get(box.name, 0.5)
    if box.above & class_names.CONSENT:
        return 0.0
    if box.above & class_names.FURNITURE:
        weight *= 0.25
    # A card: one of several boxes of one template, with a link and little text.
    card = box.parent if box.name == "p" else box
    for _ in range(3):
        if card is None:
            break
        if card.name == "aside":  # a ticker there may be longer than the story
            return weight * 0.05
        if card.blocks <= 8 and card.twins >= 3 and card.linked > 10:
            return weight * 0.2
        card = card.parent
    return weight
