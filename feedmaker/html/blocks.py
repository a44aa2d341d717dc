"""A page as blocks: one walk over the tree gives its runs of text and the boxes they stand in.

A *block* is a run of text that a browser sets as one paragraph: the text of a `p`, a heading, a
list item, or of a `div` up to the next box or to two line breaks. A *box* is an element that begins
a new line (HTML Standard, section 15.3, "display: block", and similar). All later decisions work on
these few hundred objects and not on the tree.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from operator import itemgetter
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

# Kinds of elements.
_KIND_BOX: Final = 0
_KIND_INLINE: Final = 1
_KIND_MEDIUM: Final = 2
_KIND_BREAK: Final = 3
_KIND_DEAD: Final = 4  # passed over with all that is in it
# One of these, unless its attributes or the box around it say something else.
_KIND_ASIDE: Final = 5
_KIND_QUOTE: Final = 6
_KNOWN_KINDS: Final = (
    dict.fromkeys(_BOXES, _KIND_BOX)
    | dict.fromkeys(_MEDIA, _KIND_MEDIUM)
    | dict.fromkeys(_DEAD, _KIND_DEAD)
    | dict.fromkeys(_SCRIPTS, _KIND_DEAD)
    | dict.fromkeys(_ASIDES, _KIND_ASIDE)
    | {_BREAK: _KIND_BREAK, _QUOTE: _KIND_QUOTE, _COMMENT: _KIND_DEAD}
)
_KNOWN: Final = range(1001)  # the numbers of tags that HTML does not know are addresses
_UNKNOWN: Final = 0
# By number, which is looked up the quickest.
_KINDS: Final = tuple(_KNOWN_KINDS.get(tag_id, _KIND_INLINE) for tag_id in _KNOWN)
_KINDS_WITH_ASIDES: Final = tuple(_KIND_BOX if kind == _KIND_ASIDE else kind for kind in _KINDS)
_NAMES: Final = tuple(_BOXES.get(tag_id, "div") for tag_id in _KNOWN)
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
_COUNTED: Final = HEADINGS | {"article"}
_ASIDES_WITHIN: Final = dict.fromkeys(HEADINGS, _KIND_INLINE) | {"blockquote": _KIND_BOX}
# Characters of a block; the words of five megabytes without a tag would take 160 MB.
_LONGEST: Final = 200_000
# A line of print: shorter texts are headlines, captions and labels as often as paragraphs.
_PARAGRAPH_CHARS: Final = 80
# Kana, Han and Hangul: each says as much as two letters, about. Of most texts it is seen by their
# first characters that they have none.
_DENSE: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_FIRST_DENSE: Final = "\u3040"
_FIRST_CHARS: Final = 8
_SHORTEST: Final = _PARAGRAPH_CHARS // 2
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
_TEXT_OF: Final = itemgetter(0)  # of a piece
_BOX_WEIGHTS: Final = dict.fromkeys(("p", "div", "blockquote", "pre"), 1.0)


class Inline:
    """An inline element with text: `around` is the inline element it stands in, in the same box.

    `is_link` and `is_italic` hold for it or for an element around it. `is_quotation` holds for a
    `q`.
    """

    __slots__ = ("around", "is_italic", "is_link", "is_quotation", "node")
    node: LexborNode
    around: Inline | None
    is_link: bool
    is_italic: bool
    is_quotation: bool


# A text and the innermost inline element around it; None where it stands directly in its box.
Piece: TypeAlias = tuple[str, Inline | None]


# A class without `__init__`, like those beside it: a page has hundreds of boxes, and one is made in
# half the time.
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
    node: LexborNode
    name: str
    parent: Box | None
    around: Inline | None  # the inline element of the parent box that it stands in
    in_link: bool
    order: int  # boxes of the page that began before it
    first: int  # its blocks are blocks[first:last]; first is -1 for none
    last: int
    images: int
    headings: int  # with text
    children: int  # boxes with text directly inside
    # Set once all are there:
    blocks: int
    chars: int
    linked: int
    paragraphs: int
    good: float  # what its paragraphs weigh, see `_paragraph_weight`
    flags: int  # what its own class names say
    above: int  # its flags and those around it, without boxes with most of the page's text
    sign: str  # name and classes: equal ones are made by one template
    twins: int  # children of its parent with the same sign, itself included
    attributes: dict[str, str | None]  # of boxes that hold text


# The box of a block, its pieces, and how many boxes had begun by its end.
_EndedRun: TypeAlias = tuple[Box, list[Piece], int]


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
    box: Box
    opened: int  # boxes that had begun by its end
    pieces: list[Piece]
    # Set once all are there:
    index: int
    text: str
    chars: int
    chars_before: int
    linked: int
    italic: int
    good: float  # its weight as a paragraph of running text, 0 where it is none
    good_before: float  # the weight of all paragraphs before it
    paragraphs_before: int


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
    articles: int = 0  # `article` elements with text
    main_headings: int = 0  # `h1` elements with text
    headline_articles: int = 0  # one of these, where the headline stands in it
    headline: int = -1  # the first of them that is no link, as a site's name is: its block's index


# One long loop: with a function for each kind of node, reading 28 news pages took 17 % longer. It
# walks the tree by itself, since it can then pass over an element with all that is in it, and knows
# where an element ends. It does what only a walk can; blocks and boxes are described behind it.
def read_blocks(  # noqa: C901, PLR0912, PLR0915
    root: LexborNode, skip: Iterable[LexborNode] = (), *, with_asides: bool = False
) -> PageBlocks:
    """Return the blocks of the tree under `root`, without the elements in `skip`.

    With `with_asides`, also what stands in navigation and footers.
    """
    page = PageBlocks()
    boxes, media = page.boxes, page.media
    ended: list[_EndedRun] = []
    skipped = {node.mem_id for node in skip}
    kinds = _KINDS_WITH_ASIDES if with_asides else _KINDS
    # Counts of what was met: boxes that began, blocks, pictures, and headings that ended.
    opened, count, images, headings = 1, 0, 0, 0
    whole = Box()
    whole.node = root
    whole.name = _BOXES.get(root.tag_id or 0, "div")
    whole.parent = whole.around = None
    whole.in_link = False
    whole.order = whole.first = whole.images = whole.headings = whole.children = 0
    boxes.append(whole)
    box = whole  # the innermost open one
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
                ended.append((box, run, opened))
                count += 1
                run = []
            parent = box.parent
            if parent is None:
                break
            if box.first == count:
                boxes.pop()  # those in it had no text either, but may have a picture or a field
                box.first = -1
                box.last = box.blocks = box.chars = box.linked = box.images = box.headings = 0
                box.paragraphs = box.flags = box.above = 0
                box.good = 0.0
                box.sign = ""
                box.twins = 1
            else:
                box.last = count
                box.images = images - box.images
                box.headings = headings - box.headings
                parent.children += 1
                if box.name in _COUNTED:
                    if box.name == "article":
                        page.articles += 1
                    else:
                        page.heading_boxes.append(box)
                        headings += 1
            node = box.node.next
            inline = box.around
            box = parent
            continue
        tag_id = node.tag_id
        if tag_id == _TEXT:  # every other node is one
            # Two of three are spaces between tags, of which no text is made.
            if node.is_empty_text_node or not (text := node.text_content) or text.isspace():
                if run:
                    run.append((" ", inline))
            elif len(text) > 2 or not _is_drawn(text, inline, run):
                run.append((text, inline))
            node = node.next
            continue
        try:
            kind = kinds[tag_id]
        except IndexError:
            kind, tag_id = _kind_by_name(node.tag or ""), _UNKNOWN
        if kind >= _KIND_ASIDE:
            if kind == _KIND_QUOTE:
                kind = _KIND_MEDIUM if class_names.is_post(node.attributes) else _KIND_BOX
            else:
                # The heading of an accordion is a button, and a quotation ends in its source.
                kind = _ASIDES_WITHIN.get(box.name, _KIND_ASIDE)
                if kind == _KIND_ASIDE and tag_id == _BUTTON and _asks_question(node):
                    kind, tag_id = _KIND_BOX, _SUMMARY
        if skipped and kind < _KIND_DEAD and node.mem_id in skipped:
            kind = _KIND_DEAD
        if kind == _KIND_BOX and (box.name not in HEADINGS or not _is_all_of_heading(node)):
            if run:
                ended.append((box, run, opened))
                count += 1
                run = []
            child = node.first_child
            if child is None:  # it parts the text, and that is all
                opened += 1
                node = node.next
                continue
            parent = box
            box = Box()
            box.node = node
            box.name = _NAMES[tag_id]
            box.parent = parent
            box.around = inline
            box.in_link = parent.in_link if inline is None else inline.is_link
            box.children = 0
            box.order = opened
            # Until the box ends: what was counted when it began.
            box.first = count
            box.images = images
            box.headings = headings
            boxes.append(box)
            opened += 1
            inline = None
            node = child
        elif kind <= _KIND_INLINE:  # or all of a heading
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
            around = inline
            inline = Inline()
            inline.node = node
            inline.around = around
            inline.is_quotation = tag_id == _QUOTATION
            if around is None:
                inline.is_link = tag_id == _LINK or box.in_link
                inline.is_italic = tag_id in _ITALIC
            else:
                inline.is_link = tag_id == _LINK or around.is_link
                inline.is_italic = tag_id in _ITALIC or around.is_italic
            if tag_id == _QUOTATION:
                run.append(("“", inline))
            node = child
        elif kind == _KIND_MEDIUM:
            if run and (sign := _drawn_sign(node)):
                run.append((sign, inline))
            else:
                medium = Medium(node, box, count + bool(run))
                if tag_id in _PLAYERS:
                    page.players.append(medium)
                else:
                    media.append(medium)
                    images += 1
            node = node.next
        else:
            if kind == _KIND_BREAK:
                if run:
                    if _ends_line(run):
                        ended.append((box, run, opened))
                        count += 1
                        run = []
                    else:
                        run.append(("\n", inline))
            elif kind == _KIND_ASIDE:
                page.asides += 1
                if run:  # it stands on lines of its own
                    run.append((" ", inline))
            elif tag_id == _INPUT and node.attributes.get("type") == "email":
                page.mail_fields.append(box)
            node = node.next
    box.last = count
    box.images = images
    box.headings = headings
    chars, linked = _add_blocks(page, ended)
    for box in page.heading_boxes:
        if box.name == "h1":
            page.main_headings += 1
            first, last = box.first, box.last
            if (
                page.headline < 0
                and 2 * (linked[last] - linked[first]) < chars[last] - chars[first]
            ):
                page.headline = first
                outer = box.parent
                while outer is not None and outer.name != "article":
                    outer = outer.parent
                page.headline_articles = int(outer is not None)
    _describe_boxes(page, chars, linked)
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


def one_line(text: str) -> str:
    """Return the text on one line, with single spaces; most are so, which is seen at a glance."""
    text = text.strip()
    if "  " in text or not text.isprintable():
        text = " ".join(text.split())
    return text


def _add_blocks(page: PageBlocks, ended: list[_EndedRun]) -> tuple[list[int], list[int]]:
    """Add the blocks of a page, with their texts and what is counted of these.

    Return the numbers of characters, and of those in links, before each block and behind the last.
    """
    chars_before = [0]
    linked_before = [0]
    all_chars = all_linked = 0
    for index, (box, pieces, opened) in enumerate(ended):
        text, inline = pieces[0]
        if len(pieces) > 1:
            text = "".join(map(_TEXT_OF, pieces))
        if len(text) > _LONGEST:
            text = text.lstrip()[:_LONGEST]  # or nothing but spaces might be left
            pieces = [(text, inline)]  # noqa: PLW2901 - the block has no more than that
        text = one_line(text)
        chars = len(text)
        linked = italic = 0
        for piece, inline in pieces:
            if inline is not None:
                if inline.is_link:
                    linked += len(piece)
                if inline.is_italic:
                    italic += len(piece)
        if box.in_link or linked > chars:
            linked = chars
        block = Block()
        block.box = box
        block.opened = opened
        block.pieces = pieces
        block.index = index
        block.text = text
        block.chars = chars
        block.chars_before = all_chars
        block.linked = linked
        block.italic = min(chars, italic) if italic else 0
        page.blocks.append(block)
        all_chars += chars
        all_linked += linked
        chars_before.append(all_chars)
        linked_before.append(all_linked)
    return chars_before, linked_before


def _describe_boxes(page: PageBlocks, chars_before: list[int], linked_before: list[int]) -> None:
    """Set what is counted of the boxes that hold text, their flags and twins."""
    headline = page.headline
    # What holds most of the text, or more than half of that without links, is no furniture; but
    # comments and tickers may be longer than the story.
    believed_of_most = _SURE_FURNITURE if headline >= 0 else 0
    half = chars_before[-1] / 2
    half_unlinked = (chars_before[-1] - linked_before[-1]) / 2
    twins: dict[tuple[int, str], list[Box]] = {}
    read = class_names.read_hints
    for box in page.boxes:
        first = box.first
        last = box.last
        box.blocks = last - first
        box.chars = chars = chars_before[last] - chars_before[first]
        box.linked = linked = linked_before[last] - linked_before[first]
        box.paragraphs = 0
        box.good = 0.0
        box.twins = 1
        box.attributes = attributes = box.node.attributes
        box.flags, box.sign = read(box.name, attributes)
        parent = box.parent
        if parent is None:
            box.above = 0
            continue
        flags = box.flags
        if flags:
            # What holds the headline is no furniture, whatever it is called.
            if first <= headline < last:
                flags = 0
            elif chars >= half or chars - linked > half_unlinked:
                flags &= believed_of_most
        box.above = parent.above | flags
        if parent.children > 1:
            twins.setdefault((parent.order, box.sign), []).append(box)
    for alike in twins.values():
        count = len(alike)
        if count > 1:
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
        width = block.chars
        if width < _SHORTEST or block.linked >= _PARAGRAPH_LINKED * width:
            continue
        if max(block.text[:_FIRST_CHARS]) >= _FIRST_DENSE:
            width += len(_DENSE.findall(block.text))
        box = block.box
        if width < _PARAGRAPH_CHARS or box.name in _NO_PARAGRAPHS:
            continue
        block.good = _paragraph_weight(block, width)
        box.good += block.good
        box.paragraphs += 1
        weight += block.good
        paragraphs += block.good > 0
    for box in reversed(page.boxes):
        if box.paragraphs:
            parent = box.parent
            if parent is not None:
                parent.good += box.good
                parent.paragraphs += box.paragraphs


def _paragraph_weight(block: Block, width: int) -> float:
    """How much a paragraph says for its box being the story's.

    That is its `width` in characters of an alphabet, less where it looks like furniture.
    """
    box = block.box
    weight = width * _BOX_WEIGHTS.get(box.name, 0.5)
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
