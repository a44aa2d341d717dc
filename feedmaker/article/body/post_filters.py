"""Post-filters: what the classifier, which sees one block at a time, cannot tell.

They look at labels and what stands under them, copies, headings, the lead, and the edges of the
story.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence  # noqa: TC003 - mypyc looks it up when the class is made
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain, takewhile
from operator import attrgetter
from typing import TYPE_CHECKING, Final

from feedmaker.article.about import Metadata  # noqa: TC001 - mypyc looks it up when the class is made
from feedmaker.article.body.classifier import BlockScore, holds_facts
from feedmaker.html import class_names
from feedmaker.html.blocks import HEADINGS, PageBlocks
from feedmaker.text import labels, urls
from feedmaker.text.dates import is_relative, parse_date

if TYPE_CHECKING:
    from feedmaker.html.blocks import Block, Box

_DENIED: Final = -1.5  # log-odds: with less, the classifier's no to a lead or heading is clear
# Log-odds: with more, what stands between blocks of the story is its own: on the news pages a line
# with less mostly was not.
_DOUBT: Final = -0.3
_DOUBT_PARAGRAPH: Final = -0.6
_DOUBT_ALIKE: Final = -0.9  # the same of a line of the same template without a link
_DOUBT_ITEM: Final = -1.0  # the same of an item of a list
_FAR_DENIED: Final = -4.0  # log-odds: with less, not even a story's own table or quotation has it
# Of which nothing is another's, what is called a footer neither.
_TIGHT: Final = {"table": _FAR_DENIED, "blockquote": -math.inf}
_WHOLES: Final = ("table", "ul", "ol", "dl", "blockquote")
_PARAGRAPH: Final = 80  # characters: headlines are shorter
_CARD_BLOCKS: Final = 4
_LONGEST_CARD: Final = 450  # characters
_CARD_BOXES: Final = ("div", "section", "aside", "article")
_MOST_IN_CARDS: Final = 0.25  # of a story's text; with more in such boxes they are the story
_OWN_TEXT: Final = 120  # characters of a story beside which its comments are known for such
_LONGEST_REPLY: Final = 60  # characters of a line with a link to reply
_REPLY_BLOCKS: Final = 6  # from a comment to the link to reply to it
_FEWEST_REPLIES: Final = 2
_FEWEST_LINKS: Final = 2  # below the words that announce them
_LONGEST_WHOLE: Final = 2000  # blocks: of lists in lists each is looked through
_WHOLE_LEVELS: Final = 4  # boxes from a cell, of a paragraph or of text, out to its table
_ABOVE: Final = "stands above already"
_COPY: Final = 40  # characters: shorter texts may well stand twice
_MUCH_COPIED: Final = (
    0.4  # of a story, that stands there a second time: of two copies each has half
)
_LONG_COPY: Final = 200  # characters: no line of a refrain is as long
_CELLS: Final = ("td", "th")
_HEADS: Final = HEADINGS | {"summary"}
_HOLD_LINKS: Final = HEADINGS | {"td", "th"}  # a linked line in one of these is no list of links
_LABEL: Final = 90  # characters of a label at most, as in the list of labels
_LONGEST_OFFER: Final = 250  # characters beside what asks for something, in its box
_LONGEST_FORM: Final = 400  # characters beside a field for the reader's address, in its box
_LONGEST_NAME: Final = 60  # characters of a line with the author's name, "Written by" before it
_MOST_NAMED: Final = 50  # lines with an author's name: with more, a story is told in posts
_MOST_FIELDS: Final = 50  # for an address, on one page
_LONGEST_BIOGRAPHY: Final = 800  # characters below the heading over what is told of the author
_OFFER_BOXES: Final = ("div", "section", "aside")
_LINKS: Final = 0.8  # of a block's text in links makes it a line of links
_BYLINE: Final = 200  # characters that an element with date or author has at most
_TITLE: Final = 300  # characters that a title has at most
_HEAD_BLOCKS: Final = 3  # at the head of the story, where its title may stand
_LISTS: Final = frozenset(("related", "most-read", "latest", "read-more"))
_LABELS: Final = _LISTS | {
    "newsletter",
    "feedback",
    "loading",
    "advert",
    "comments",
    "reply",
    "login",
    "copyright",
    "consent",
    "print",
    "listen",
    "paywall",
    "views",
    "reading-time",
    "end",
}
_TOOLS: Final = frozenset(("share", "follow", "print", "tags"))
_FIRST_LINES: Final = _LABELS | _TOOLS
_OPENINGS: Final = {
    **dict.fromkeys(_TOOLS, "a line of tools"),
    "related": "a link to something else",
}
_DOUBTFUL: Final = frozenset(  # these are headings in guides, too
    ("byline", "share", "follow", "tags", "updated", "published", "photo-credit")
)
_NO_LEAD: Final = (
    class_names.FURNITURE
    | class_names.CAPTION
    | class_names.AUTHOR
    | class_names.PROMO
    | class_names.PLAYER
    | class_names.SIDE
    | class_names.HIDDEN
)
_NO_GAP: Final = _NO_LEAD & ~class_names.SIDE  # an `aside` between paragraphs is the story's
_NO_QUOTE: Final = _NO_GAP & ~(class_names.CAPTION | class_names.FOOT | class_names.AUTHOR)
_QUOTE_LEVELS: Final = 3  # boxes from a line out to the quotation
_NO_CODE: Final = class_names.COMMENT | class_names.HIDDEN
SENTENCE_ENDS: Final = (".", "!", "?", "؟", "…", "。", "۔")
_YEAR: Final = re.compile(r"\b(?:19|20)\d\d\b")
_ADDRESS: Final = re.compile(r"https?://\S+")
_CLOCK: Final = re.compile(r"0?0:00(?: ?[/|·-] ?\d{1,2}:\d\d)?\b.{0,30}")  # of a player
_HASHED: Final = re.compile(r"#[^\W\d]\w*(?: #\w+)+")  # keywords
_NUMBERED: Final = re.compile(r"1 2(?: \d{1,6})*+")  # lines of code, beside them
_EXCERPT: Final = "the excerpt in a card of another story"
_OVER_LINKS: Final = "over links that are not the story's"
_NOTE: Final = "a note at the end of the story"
_NOTES: Final = re.compile("footnote|endnote")  # in the class of a box
_MARK: Final = re.compile(r"[\[(]?\d|[*†‡^↑]")  # a note begins with
_NOTE_LEVELS: Final = 4  # boxes from a footnote's paragraph out to the box of all notes
_VERSE: Final = re.compile(r"(?:\b|_)(?:poem|poetry|verse|stanza|bayt|qasida|couplet)s?(?:\b|_)")
_WORD: Final = re.compile(r"\w+")
_CHARS: Final = attrgetter("chars")
_TEXT: Final = attrgetter("text")
_INDEX: Final = attrgetter("index")
_BOX: Final = attrgetter("box")
_BOX_NAME: Final = attrgetter("box.name")


@dataclass
class PostFilters:
    """The post-filters of one page; `reasons` says, by index, why a block was dropped or added."""

    page: PageBlocks
    scores: Sequence[BlockScore]
    about: Metadata
    reasons: dict[int, str] = field(default_factory=dict)

    def apply(self, kept: list[Block], *, ruled: bool) -> list[Block]:
        """Return the blocks of the story, from those that the classifier kept.

        `ruled`: the site's rules name the body, so that nothing at its edges is dropped or added.
        """
        kept = self._mend_gaps(kept)
        kept = self._without_copies(kept)
        kept = self._without_labels(kept)
        if not kept:
            return kept
        if not (kept[0].good and kept[-1].good):
            kept = self._without_edge_links(kept)
        if not ruled:
            if not kept[0].good:
                kept = self._without_head(kept)
            if kept[0].good_before:
                kept = self._with_lead(kept)
        # One heading at the end heads nothing of the story; several are a story told in headings.
        endings = [block.box.name in HEADINGS for block in kept[-2:]]
        if endings[-1] and endings != [True, True]:
            self.reasons[kept[-1].index] = "a heading with nothing under it"
            return kept[:-1]
        return kept

    def _mend_gaps(self, kept: list[Block]) -> list[Block]:
        """Add what stands between blocks of the story and is its own, too; drop excerpts there."""
        if not kept:
            return kept
        around = kept[0].box.parent or kept[0].box
        is_gapless = kept[-1].index - kept[0].index < len(kept) <= around.children
        if is_gapless and around is kept[-1].box.parent:
            return kept if kept[-1] is self.page.blocks[-1] else self._with_notes(kept)
        own = self._without_excerpts(self._without_cards(self._without_comments(kept)))
        found = self._with_gaps(self._with_wholes(own))
        return self._without_author(self._with_notes(found))

    def _with_gaps(self, kept: list[Block]) -> list[Block]:
        """Add what stands between blocks of the story and is its own, too."""
        found: list[Block] = []
        last = -1
        for block in kept:
            between = self.page.blocks[last + 1 : block.index] if found else []
            own = [block]
            for gap in reversed(between):  # a heading may stand over what is added
                reason = self._gap_reason(gap, found[-1], own)
                if reason:
                    self.reasons[gap.index] = reason
                    own.append(gap)
            found += reversed(own)
            last = block.index
        return found

    def _with_notes(self, kept: list[Block]) -> list[Block]:
        """Add the notes and sources that follow the story in its box, or in one that is theirs."""
        if not kept:  # all of it were excerpts
            return kept
        around = kept[-1].box.parent or kept[-1].box
        at = kept[-1].index + 1
        rest = self.page.blocks[at : around.last]
        notes = list(takewhile(_is_in_notes, self.page.blocks[at:]))
        reason = _NOTE
        if notes and not _begins_notes(notes[0]):
            notes = []
        if not notes and rest:
            notes, reason = self._rest_of_box(kept[-1], rest)
        self.reasons.update((block.index, reason) for block in notes)
        return kept + notes

    def _rest_of_box(self, last: Block, rest: list[Block]) -> tuple[list[Block], str]:
        """The story's among the rest of its box, below its last block, and why it is."""
        first = rest[0]
        if _begins_notes(last) or _begins_notes(first):
            return list(takewhile(lambda block: not block.box.above & _NO_LEAD, rest)), _NOTE
        if _is_verse(first):
            return list(takewhile(_is_verse, rest)), "verse at the end of the story"
        if first.box.name == "pre":
            code = takewhile(lambda block: block.box.name == "pre", rest)
            return list(code), "code at the end of the story"
        if self._goes_on(first, last):
            return rest[:1], "a last line that goes on as those above"
        if _lists_facts(first, last.box.parent or last.box):
            facts = takewhile(lambda block: block.box.name in ("dt", "dd"), rest)
            return list(facts), "a list of facts at the end of the story"
        return [], ""

    def _goes_on(self, line: Block, last: Block) -> bool:
        """Whether a line stands beside the last paragraph, and the classifier hardly denies it.

        Or alone below the last of several headings.
        """
        if _answers(line, last):
            return True
        box = line.box
        is_alike = box.sign == last.box.sign and box.parent is last.box.parent
        is_plain = is_alike and last.good > 0 and not line.linked
        return is_plain and self.scores[line.index].score > _DOUBT

    def _without_comments(self, blocks: list[Block]) -> list[Block]:
        """Drop comments, however long, where the story stands apart from them.

        They stand in a box that is called so, or in that of a heading that counts them or a label
        over a dated line, below it, or each in a box of one template with a link to reply.
        """
        own = [block for block in blocks if not block.box.above & class_names.COMMENT]
        if _chars(own) < _OWN_TEXT:
            own = blocks
        between = self.page.blocks[own[0].index + 1 : own[-1].index + _REPLY_BLOCKS]
        own = _without_replies(own, between)
        short = [block for block in between if block.chars <= _LABEL and not block.linked]
        heading = next(filter(self._heads_comments, short), None)
        if heading is not None:
            own = _without_thread(own, heading)
        if len(own) < len(blocks):
            lost = set(map(_INDEX, blocks)).difference(map(_INDEX, own))
            self.reasons.update(dict.fromkeys(lost, "a comment on the story"))
        return own

    def _heads_comments(self, block: Block) -> bool:
        """Whether a short line stands over comments: a heading that counts them, or over a date."""
        if labels.label(block.text) != "comments":
            return False
        if block.box.name in HEADINGS and any(map(str.isdigit, block.text)):
            return True
        below = self.page.blocks[block.index + 1 : block.index + 1 + _HEAD_BLOCKS]
        short = [one.text for one in below if one.chars <= _LONGEST_REPLY]
        return any(_YEAR.search(text) or is_relative(text) for text in short)

    def _without_author(self, blocks: list[Block]) -> list[Block]:
        """Drop a small box that begins with an author's name: "Written by Ann Lee".

        It stands in the second half of the story. In several, each by an author, a story is told.
        """
        authors = tuple(self.about.authors)
        half = blocks[len(blocks) // 2 :]
        rest = self.page.blocks[half[0].index : half[-1].index + 1] if half else []
        named = _lines_that_end_in(rest, authors)
        if not 0 < len(named) <= _MOST_NAMED:
            return blocks
        longest = min(_chars(blocks) // 2, _LONGEST_BIOGRAPHY)
        boxes = [(block.index, _small_box(block, longest)) for block in named]
        found = [indexes for index, indexes in boxes if indexes.start == index]
        if len(found) > len(authors):
            return blocks
        biographies = set(chain.from_iterable(found))
        self.reasons.update(dict.fromkeys(biographies, "about the author"))
        return [block for block in blocks if block.index not in biographies]

    def _without_cards(self, blocks: list[Block]) -> list[Block]:
        """Drop small boxes that begin with a link and stand between paragraphs of their box."""
        cards: set[int] = set()
        for block in blocks:
            card = block.box.parent
            if card is None or block.linked < _LINKS * block.chars or not _is_card(card):
                continue
            if not 0 < card.first == block.index or card.last == len(self.page.blocks):
                continue
            beside = (self.page.blocks[card.first - 1], self.page.blocks[card.last])
            if all(_is_paragraph_in(card.parent, one) for one in beside):
                cards.update(range(card.first, card.last))
        self.reasons.update(dict.fromkeys(cards, _EXCERPT))
        return [block for block in blocks if block.index not in cards]

    def _without_excerpts(self, blocks: list[Block]) -> list[Block]:
        """Drop what stands beside links that are not kept, and goes with them.

        That is an excerpt in a small box of another story, under its link, and the few words with a
        colon behind that announce some links. Where such boxes hold much of the text they are the
        story: a list of things, each with a link.
        """
        chosen = set(map(_INDEX, blocks))
        first = [block for block in blocks if block.index - 1 not in chosen]
        cards = list(filter(self._is_in_card, first))
        if _chars(cards) > _MOST_IN_CARDS * _chars(blocks):
            cards = list(filter(self._is_anothers, cards))
        last = [block for block in blocks if block.index + 1 not in chosen]
        over = filter(self._announces_links, last)
        reasons = {
            **dict.fromkeys([block.index for block in cards], _EXCERPT),
            **dict.fromkeys([block.index for block in over], _OVER_LINKS),
        }
        self.reasons.update(reasons)
        return [block for block in blocks if block.index not in reasons]

    def _is_in_card(self, block: Block) -> bool:
        """Whether a block stands in a small box, right below a link to another one.

        Or in furniture above the headline.
        """
        if block.index < self.page.headline and block.box.above & _NO_GAP:
            return True
        card = block.box.parent
        if card is None or card.blocks > _CARD_BLOCKS or card.first == block.index:
            return False
        above = self.page.blocks[block.index - 1]
        if 2 * above.linked > above.chars and _is_announced(above):
            return True
        is_linked = above.linked >= _LINKS * above.chars
        return is_linked and (self._is_anothers(block) or _is_led_on(block, above, self.about.base))

    def _is_anothers(self, block: Block) -> bool:
        """Whether a box is called one of other stories, or one of several above the headline."""
        card = block.box.parent
        is_template = card is not None and (card.twins > 1 or block.box.above & _NO_GAP > 0)
        is_above = block.index < self.page.headline and is_template
        return is_above or block.box.above & class_names.RELATED > 0

    def _announces_links(self, block: Block) -> bool:
        """Whether a block is a few words with a colon behind, and a link follows.

        Or the heading of a box of other stories, over their linked headings.
        """
        if block.linked:
            return False
        if block.box.name in HEADINGS and block.box.above & class_names.RELATED:
            end = (block.box.parent or block.box).last
            return any(map(_is_linked_heading, self.page.blocks[block.index + 1 : end]))
        if block.text[-1] != ":" or block.chars > _LONGEST_REPLY:
            return False
        below = self.page.blocks[block.index + 1 : block.index + 1 + _FEWEST_LINKS]
        return all(one.linked >= _LINKS * one.chars for one in below)

    def _gap_reason(self, gap: Block, above: Block, own: list[Block]) -> str:
        """Why a block between two of the story is its own; nothing if it is not.

        `own` are the block of the story below it, and what of it was added above that one.
        """
        if gap.index in self.reasons:
            return ""
        below = own[-1]
        if gap.index + 1 == below.index and self._is_heading_of(gap, below, above):
            return "a heading over text of the story"
        quotation = _quotation_around(gap)
        if quotation is not None and self.scores[quotation.first].score > _DOUBT_PARAGRAPH:
            return "" if gap.box.above & _NO_QUOTE else "a quotation between blocks of the story"
        reason = _kind_reason(gap)
        if reason or gap.box.above & _NO_GAP:
            return reason
        is_own = self.scores[gap.index].score > _least_score(gap, above, below)
        if is_own or _is_whole_between(gap, above, own[0]):
            return "between blocks of the story"
        return ""

    def _with_wholes(self, kept: list[Block]) -> list[Block]:
        """Add what is missing of tables, lists and quotations that are mostly the story's.

        Links in a table and the source of a quotation look like furniture.
        """
        # Most blocks stand in the box of others: what is around it is looked for once.
        starts = [box if box.name in _WHOLES else box.parent or box for box in map(_BOX, kept)]
        around = filter(None, map(_whole_around, {box.order: box for box in starts}.values()))
        wholes = {box.order: box for box in around}
        if not wholes:
            return kept
        chosen = set(map(_INDEX, kept))
        for box in wholes.values():
            for block in self._missing_of(box, chosen):
                self.reasons[block.index] = f"in a {box.name} of the story"
                chosen.add(block.index)
        return [self.page.blocks[at] for at in sorted(chosen)]

    def _missing_of(self, box: Box, chosen: set[int]) -> list[Block]:
        """The blocks of a box that are not chosen yet; none where they are most of its blocks."""
        blocks = self.page.blocks[box.first : box.last]
        missing = [block for block in blocks if block.index not in chosen]
        is_other = box.name == "table" and not _is_table_of(box, blocks, chosen)
        if is_other or 2 * len(missing) > len(blocks) or len(blocks) > _LONGEST_WHOLE:
            return []
        least = _TIGHT.get(box.name, _DOUBT_ITEM)
        return [one for one in missing if self._may_be_added(one, least)]

    def _may_be_added(self, block: Block, least: float) -> bool:
        """Whether a block was not dropped for a reason, and has a score above the least."""
        return block.index not in self.reasons and self.scores[block.index].score > least

    def _is_heading_of(self, heading: Block, below: Block, above: Block) -> bool:
        """Whether a block is a heading between two others that the classifier does not deny.

        Between two in its own box, and over what unfolds below it, it must deny it more clearly.
        """
        box = heading.box.parent
        if heading.box.name not in _HEADS or heading.linked or box is None:
            return False
        is_inside = heading.box.name == "summary" or below.box.parent is box is above.box.parent
        if self.scores[heading.index].score <= (_FAR_DENIED if is_inside else _DENIED):
            return False
        while box.blocks == 1 and box.parent is not None and heading.chars < _PARAGRAPH:
            box = box.parent  # this one is there for the heading alone
        return box.first <= below.index < box.last

    def _without_copies(self, blocks: list[Block]) -> list[Block]:
        """Drop the title at the head of the story, and what stands there a second time."""
        has_copies = len(set(map(_TEXT, blocks))) < len(blocks)
        copies = _copies(blocks) if has_copies else {}
        title = _WORD.findall(self.about.title.casefold())
        kept: list[Block] = []
        for at, block in enumerate(blocks):
            if len(kept) == _HEAD_BLOCKS and not copies:
                return kept + blocks[at:]
            reason = copies.get(at, "")
            if not reason and len(kept) < _HEAD_BLOCKS:
                text = block.text[:_TITLE].casefold()
                # Most have not all of its words, which is seen much sooner than their own.
                is_title = all(map(text.__contains__, title)) and _WORD.findall(text) == title
                reason = "the title" if is_title else ""
            if reason:
                self.reasons[block.index] = reason
            else:
                kept.append(block)
        return kept

    def _without_labels(self, blocks: list[Block]) -> list[Block]:
        """Drop labels of furniture, and the links that follow the label of a list of links."""
        requests = labels.requests(map(_TEXT, blocks), self.about.site_names)
        boxes: dict[int, str] = {}
        fields = self.page.mail_fields
        if any((requests, fields, HEADINGS.intersection(map(_BOX_NAME, blocks)))):
            boxes = _boxes_of_requests(blocks, requests, fields)
        kept: list[Block] = []
        in_list = False  # of links, under its label
        for block in blocks:
            reason = boxes.get(block.index, "") or (_listed_reason(block) if in_list else "")
            if not reason:
                in_list = False
                if block.chars <= _LABEL:
                    label = labels.label(block.text)
                    in_list = label in _LISTS
                    reason = _label_reason(block, label)
                reason = reason or _line_reason(block)
            if reason:
                self.reasons[block.index] = reason
            else:
                kept.append(block)
        return kept

    def _without_edge_links(self, blocks: list[Block]) -> list[Block]:
        """Drop lines of links before the first paragraph and after the last."""
        paragraphs = [block.index for block in blocks if block.good]
        if not paragraphs:
            return blocks
        blocks = self._without_signature(blocks)
        kept: list[Block] = []
        for block in blocks:
            inside = paragraphs[0] <= block.index <= paragraphs[-1]
            is_text = 2 * block.linked <= block.chars or _is_own_link(block)
            is_note = self.reasons.get(block.index) == _NOTE
            if inside or is_text or is_note or _holds_link(block.box):
                kept.append(block)
            else:
                self.reasons[block.index] = "links at the edge of the story"
        return kept

    def _without_signature(self, blocks: list[Block]) -> list[Block]:
        """Drop the last line if it is no more than the name of an author."""
        if blocks[-1].text.strip("()*• ") not in self.about.authors:
            return blocks
        self.reasons[blocks[-1].index] = "title, date or author"
        return blocks[:-1]

    def _without_head(self, kept: list[Block]) -> list[Block]:
        """Drop what stands between title and text and is neither: date, author, caption."""
        start = next((at for at, block in enumerate(kept) if block.good), len(kept) - 1)
        title = self.about.raw_title.casefold()
        bylines = _byline_texts(self.about) if start else []
        pictured = {medium.box.order for medium in self.page.media}
        found: list[Block] = []
        for block in kept[:start]:
            if block.index < self.page.headline < kept[start].index:
                self.reasons[block.index] = "above the headline"
            elif _is_title_or_byline(block, title, bylines):
                self.reasons[block.index] = "title, date or author"
            elif block.box.order in pictured and block.box.blocks == 1:
                self.reasons[block.index] = "beside the picture above the text"
            else:
                found.append(block)
        return found + kept[start:]

    def _with_lead(self, kept: list[Block]) -> list[Block]:
        """Add the lead, which often has a box of its own between title and text."""
        before = self.page.blocks[: kept[0].index]
        title = max(
            (block.index for block in before if block.box.name == "h1"), default=len(before)
        )
        leads: list[Block] = []
        own = set(map(_place, kept))
        for block in before[title + 1 :]:
            if not self._may_be_lead(block, own):
                continue
            verdict = self.scores[block.index]
            if verdict.score > _DENIED or (verdict.first < 0 and self._is_lead_away(block)):
                self.reasons[block.index] = "a paragraph between title and text"
                leads.append(block)
        return leads + kept

    def _may_be_lead(self, block: Block, own: set[tuple[int, str]]) -> bool:
        """Whether a block between title and text is running text, and nothing yet dropped.

        With a link in it, it has a place of the story's `own`.
        """
        if not block.good or block.box.above & _NO_LEAD:
            return False
        if block.linked and _place(block) not in own:
            return False
        return block.index not in self.reasons and not self._is_in_card(block)

    def _is_lead_away(self, block: Block) -> bool:
        """Whether a block away from the text is a lead by its name or its end, and no title."""
        if block.box.name == "li" or block.text.casefold() in self.about.raw_title.casefold():
            return False
        return block.box.flags & class_names.LEAD > 0 or block.text.endswith(SENTENCE_ENDS)


def _is_led_on(text: Block, above: Block, base: str) -> bool:
    """Whether running text stands below a line of links to another page of the site.

    Not to a place of this page; and no cell of a table is such text.
    """
    if not text.good or text.box.name in _CELLS:
        return False
    _, inline = above.pieces[0]
    around = inline or above.box.around
    while around is not None and around.node.tag != "a":
        around = around.around
    address = "" if around is None else around.node.attributes.get("href") or ""
    if "//" in address:
        return urls.same_site(address, base)
    return not address.startswith("#") and address != ""


def _is_linked_heading(block: Block) -> bool:
    """Whether a block is a heading that is mostly a link."""
    return block.box.name in HEADINGS and 2 * block.linked > block.chars


def _lines_that_end_in(blocks: list[Block], names: tuple[str, ...]) -> list[Block]:
    """The short blocks that end in one of some names."""
    short = [block for block in blocks if block.chars <= _LONGEST_NAME]
    return [block for block in short if block.text.endswith(names)]


def _place(block: Block) -> tuple[int, str]:
    """The box around a block's, and the sign of its own: paragraphs side by side have the same."""
    return (block.box.parent or block.box).order, block.box.sign


def _is_paragraph_in(box: Box | None, block: Block) -> bool:
    """Whether a block is a paragraph without a link that stands right in a box."""
    return block.box.name == "p" and block.box.parent is box and not block.linked


def _is_card(box: Box) -> bool:
    """Whether a box has the size of a card, with more than one block."""
    is_small = box.chars <= _LONGEST_CARD and 1 < box.blocks <= _CARD_BLOCKS
    return is_small and box.name in _CARD_BOXES


def _places_of_copies(blocks: list[Block]) -> dict[str, list[int]]:
    """Where each long text stands that stands several times; those in cells may well stand so."""
    places: dict[str, list[int]] = {}
    for at, block in enumerate(blocks):
        if block.chars >= _COPY and block.box.name not in _CELLS:
            places.setdefault(block.text, []).append(at)
    return {text: found for text, found in places.items() if len(found) > 1}


def _chars(blocks: list[Block]) -> int:
    """The characters of some blocks."""
    return sum(map(_CHARS, blocks))


def _without_replies(blocks: list[Block], around: list[Block]) -> list[Block]:
    """Blocks without those in boxes of one template that each have a link to reply."""
    linked = [block for block in around if block.linked and block.chars <= _LONGEST_REPLY]
    around_each = filter(None, map(_card_around, filter(_offers_reply, linked)))
    cards = {card.order: range(card.first, card.last) for card in around_each}
    if len(cards) < _FEWEST_REPLIES:
        return blocks
    inside = set(chain.from_iterable(cards.values()))
    own = [block for block in blocks if block.index not in inside]
    return blocks if _chars(own) < _OWN_TEXT else own


def _offers_reply(block: Block) -> bool:
    """Whether one of the links in a line is one to reply."""
    texts = (text.strip() for text, inline in block.pieces if inline is None or inline.is_link)
    return any(labels.label(text) == "reply" for text in texts)


def _card_around(block: Block) -> Box | None:
    """The smallest box with more than a block in it that is one of several of a template."""
    box: Box | None = block.box
    while box is not None and (box.blocks < 2 or box.twins < 2):
        box = box.parent
    return box


def _without_thread(blocks: list[Block], heading: Block) -> list[Block]:
    """Blocks without those that follow the heading over comments in its box."""
    end = (heading.box.parent or heading.box).last
    above = [block for block in blocks if block.index < heading.index]
    if _chars(above) < _OWN_TEXT:
        return blocks
    return above + [block for block in blocks if block.index >= end]


def _kind_reason(gap: Block) -> str:
    """Why a block between those of the story is its own by what it is: code, a line over notes."""
    if gap.box.name == "pre":
        return "" if gap.box.above & _NO_CODE else "code between blocks of the story"
    return "the line over the notes" if labels.label(gap.text) == "notes" else ""


def _least_score(gap: Block, above: Block, below: Block) -> float:
    """The score above which a block between those of the story is its own."""
    # A box in a paragraph ends it, so that the rest of its sentence stands beside it.
    if gap.box is above.box.parent and _is_cut_off(above) and not gap.linked:
        return _DENIED
    if _is_verse(gap) or _stands_between_headings(gap, above, below):
        return _FAR_DENIED
    if _is_made_as(gap, below):
        return _DOUBT_ALIKE
    is_text = gap.chars >= _PARAGRAPH or gap.box.name in _CELLS
    return _DOUBT_PARAGRAPH if is_text else _DOUBT


def _is_whole_between(gap: Block, above: Block, below: Block) -> bool:
    """Whether a block is in a table, list or quotation that stands between two of the story's.

    Both stand in the box that it stands in, or one of them beside a quotation. It has no links, or
    is a table of facts with few.
    """
    whole = _whole_around(gap.box if gap.box.name in _WHOLES else gap.box.parent)
    if whole is None:
        return False
    around = whole.parent
    while around is not None and around.blocks == whole.blocks:
        around = around.parent  # it is there for this one alone
    beside = [one.box.parent is around for one in (above, below)]
    if not (any(beside) if whole.name == "blockquote" else all(beside)):
        return False
    return not whole.linked or (holds_facts(whole) and 2 * whole.linked < whole.chars)


def _is_made_as(gap: Block, below: Block) -> bool:
    """Whether a block without a link stands beside another one of its template."""
    is_beside = gap.box.parent is below.box.parent and not gap.linked
    return is_beside and gap.box.sign == below.box.sign


def _stands_between_headings(gap: Block, above: Block, below: Block) -> bool:
    """Whether a line is all that stands between two headings of one kind: a short answer."""
    if gap.linked or not above.index + 1 == gap.index == below.index - 1:
        return False
    return above.box.name in _HEADS and above.box.sign == below.box.sign


def _quotation_around(block: Block) -> Box | None:
    """The quotation that a block is of, or the figure of text that it is the caption of."""
    box: Box | None = None if block.linked else block.box
    if box is not None and box.name == "figcaption":
        return box.parent if _captions_text(box.parent) else None
    for _ in range(_QUOTE_LEVELS):
        if box is None or box.name == "blockquote":
            return box
        box = box.parent
    return None


def _captions_text(figure: Box | None) -> bool:
    """Whether what is around a caption is a figure of text: a table, code or a quotation."""
    if figure is None or figure.name != "figure":
        return False
    return figure.blocks > 1 and not figure.images


def _is_cut_off(block: Block) -> bool:
    """Whether a paragraph ends in mid-sentence."""
    return block.box.name == "p" and block.chars >= _COPY and block.text[-1].isalpha()


def _begins_notes(block: Block) -> bool:
    """Whether a block is the first of a list of notes, or the line over notes or sources."""
    label = labels.label(block.text)
    if label == "notes" or (label == "source" and block.box.name in HEADINGS):
        return True
    is_item = "li" in (block.box.name, (block.box.parent or block.box).name)
    return (is_item or _MARK.match(block.text) is not None) and _is_in_notes(block)


def _is_in_notes(block: Block) -> bool:
    """Whether one of the boxes around a block is called footnotes."""
    box: Box | None = block.box
    for _ in range(_NOTE_LEVELS):
        if box is None:
            return False
        if _NOTES.search(box.sign):
            return True
        box = box.parent
    return False


def _listed_reason(block: Block) -> str:
    """Why a block below the label of a list of links is in it; nothing if it is not.

    It is a link, or stands in one of several boxes of a template that begin with one.
    """
    if block.linked >= _LINKS * block.chars:
        return "a link under a label of such"
    card = _card_around(block)
    if card is None or not card.linked or not card.first < block.index:
        return ""
    return "in a card under a label of such" if card.blocks <= _CARD_BLOCKS else ""


def _answers(line: Block, heading: Block) -> bool:
    """Whether a line stands alone with the heading above it in one of several boxes of a kind."""
    around = heading.box.parent
    if heading.box.name not in _HEADS or heading.linked or around is None:
        return False
    is_alone = around.twins > 1 and around.blocks == 2
    return is_alone and not line.linked and not line.box.above & _NO_LEAD


def _lists_facts(block: Block, around: Box) -> bool:
    """Whether a block is the first term of a list, without links, that stands in a box itself."""
    terms = block.box.parent
    if block.box.name != "dt" or terms is None or terms.parent is not around:
        return False
    return not terms.linked and not block.box.above & _NO_LEAD and labels.label(block.text) is None


def _is_verse(block: Block) -> bool:
    """Whether a block is a line of what its boxes call verse."""
    box: Box | None = block.box
    for _ in range(_NOTE_LEVELS):
        if box is None or block.linked:
            return False
        if _names_verse(box.sign):
            return True
        box = box.parent
    return False


@lru_cache(maxsize=4096)  # most boxes of a page have the sign of another one
def _names_verse(sign: str) -> bool:
    """Whether the classes of a box call it verse."""
    return _VERSE.search(sign) is not None


def _holds_link(box: Box) -> bool:
    """Whether a link alone in a box is no list of links: in a heading, or a cell of its own."""
    return box.name in _HOLD_LINKS and box.blocks == 1


def _is_own_link(block: Block) -> bool:
    """Whether a line of links is a paragraph among others, or an item of a list of other texts."""
    box = block.box
    if box.name == "li" and box.parent is not None:
        return 2 * box.parent.linked < box.parent.chars
    return block.chars >= _PARAGRAPH and box.twins > 2 and box.name == "p"


def _whole_around(start: Box | None) -> Box | None:
    """The table, list or quotation that a box, a block's own or the one around it, stands in."""
    box = start
    for _ in range(_WHOLE_LEVELS):
        if box is None or box.name in _WHOLES:
            return box
        box = box.parent
    return None


def _is_table_of(table: Box, blocks: list[Block], chosen: set[int]) -> bool:
    """Whether a table is one of facts, and no cell of it has all that was chosen, several blocks.

    Such a table lays out the page.
    """
    if not holds_facts(table):
        return False
    own = [block for block in blocks if block.index in chosen]
    cell = own[0].box
    while cell.name not in _CELLS and cell.parent is not None:
        cell = cell.parent
    return len(own) == 1 or not cell.first <= own[0].index <= own[-1].index < cell.last


def _copies(blocks: list[Block]) -> dict[int, str]:
    """Why some blocks are copies, by their place.

    Where much of the story is, the short lines beside those blocks are copies, too.
    """
    found: dict[int, str] = {}
    firsts: dict[int, int] = {}
    for places in _places_of_copies(blocks).values():
        for at in places:
            reason = _copy_reason(blocks, at, places)
            if reason:
                found[at] = reason
            if reason == _ABOVE:
                firsts[at] = places[0]
    if _chars([blocks[at] for at in firsts]) >= _MUCH_COPIED * _chars(blocks):
        found |= dict.fromkeys(_lines_beside(blocks, firsts), _ABOVE)
    return found


def _lines_beside(blocks: list[Block], firsts: dict[int, int]) -> set[int]:
    """The places of what stands beside copies as it does beside the first ones."""
    found: set[int] = set()
    for at, first in firsts.items():
        for step in (-1, 1):
            one, other = at + step, first + step
            while other >= 0 and one < len(blocks) and blocks[one].text == blocks[other].text:
                if one in firsts or one in found:
                    break
                found.add(one)
                one, other = one + step, other + step
    return found


def _copy_reason(blocks: list[Block], at: int, alike: Sequence[int]) -> str:
    """Why a block that stands in several places is one too many; nothing if it is not.

    Several blocks that follow each other once more are a copy for another screen: the first is
    kept. A refrain is the story's wherever it stands, a link or a long notice is not.
    """
    first = alike[0]
    is_first = at == first
    is_copy = _go_on_alike(blocks, first, alike[1] if is_first else at)
    if is_first and (is_copy or len(alike) == 2):
        return ""
    is_refrain = not blocks[at].linked and blocks[at].chars < _LONG_COPY
    if is_refrain and (is_first or not is_copy):
        return ""
    return _ABOVE if is_copy else "stands there again and again"


def _go_on_alike(blocks: list[Block], first: int, second: int) -> bool:
    """Whether two equal blocks touch, or have equal blocks beside them."""
    if second - first == 1:
        return True
    before = first > 0 and blocks[first - 1].text == blocks[second - 1].text
    after = second + 1 < len(blocks) and blocks[first + 1].text == blocks[second + 1].text
    return before or after


def _boxes_of_requests(
    blocks: list[Block], requests: dict[str, str], mail_fields: list[Box]
) -> dict[int, str]:
    """Why blocks are furniture that ask something of the reader, or tell who the author is.

    `requests` are the texts that ask. With each goes what else is in its box, if that is small: the
    name of a newsletter, its price. So it is beside the fields for an address.
    """
    half = _chars(blocks) // 2
    reasons: dict[int, str] = {}
    for block in blocks:
        is_heading = block.box.name in HEADINGS
        if not is_heading and block.text in requests:
            reason = f"asks the reader for {requests[block.text]}"
            is_offer = requests[block.text] == "subscription"
            longest = min(half, block.chars + _LONGEST_OFFER) if is_offer else 0
            indexes = _small_box(block, longest)
            reasons.update(dict.fromkeys((block.index, *indexes), reason))
        elif is_heading and block.chars <= _LABEL and labels.label(block.text) == "byline":
            indexes = _small_box(block, min(half, _LONGEST_BIOGRAPHY))
            if indexes.start == block.index:
                reasons.update(dict.fromkeys(indexes, "about the author"))
    return reasons | _boxes_of_fields(mail_fields, half)


def _boxes_of_fields(mail_fields: list[Box], half: int) -> dict[int, str]:
    """The blocks in the largest small box around each field for the reader's address."""
    found: dict[int, str] = {}
    for field_box in mail_fields[:_MOST_FIELDS]:
        box: Box | None = field_box
        indexes = range(0)
        while box is not None and box.chars <= min(half, _LONGEST_FORM):
            indexes = range(max(0, box.first), box.last)
            box = box.parent
        found.update(dict.fromkeys(indexes, "beside a field for an address"))
    return found


def _small_box(block: Block, longest: int) -> range:
    """The indexes of the blocks in the largest box around a block that is no longer than this."""
    found = range(0)
    box = block.box.parent
    while box is not None and box.chars <= longest:
        if box.name in _OFFER_BOXES and box.blocks > 1:
            found = range(box.first, box.last)
        box = box.parent
    return found


def _label_reason(block: Block, label: str | None) -> str:
    """Why a short block that is known as a label, or None, is furniture; nothing if it is not."""
    if _is_furniture_label(block, label):
        return f"labelled {label}"
    if label is not None or block.good or not labels.has_sign(block.text):
        return ""
    return _OPENINGS.get(labels.starts(block.text) or "") or _trail_reason(block)


def _trail_reason(block: Block) -> str:
    """Why a line that may be the trail from the home page is furniture; nothing if it is not."""
    is_trail = block.box.name not in HEADINGS and labels.is_trail(block.text)
    return "the trail from the home page" if is_trail else ""


def _is_furniture_label(block: Block, label: str | None) -> bool:
    """Whether a label is one of furniture; in one of several cells "share" is a fact."""
    if block.box.name in _CELLS and block.box.twins > 1:
        return False
    return label in _LABELS or (label in _DOUBTFUL and block.box.name not in HEADINGS)


def _line_reason(block: Block) -> str:
    """Why a block is furniture by its first line or the words before its link; nothing if not."""
    if not block.text[0].isalpha() and (reason := _sign_reason(block)):
        return reason
    if "://" in block.text and block.box.name != "pre":
        addresses = "".join(_ADDRESS.findall(block.text))
        if 2 * len(addresses) > block.chars:
            return "hardly more than an address"
    if len(block.pieces) > 1:
        first_line = _first_line(block)
        if labels.label(first_line) in _FIRST_LINES:
            return "its first line is a label of furniture"
    if 2 * block.linked > block.chars and _is_announced(block):
        return "a link to something else"
    return ""


def _sign_reason(block: Block) -> str:
    """Why a block that begins with no letter is furniture; nothing if it is not."""
    if block.text[0] == "#":
        return "labelled tags" if _HASHED.fullmatch(block.text) else ""
    if block.box.name == "pre":
        return "the numbers of lines of code" if _NUMBERED.fullmatch(block.text) else ""
    return "the clock of a player" if _CLOCK.fullmatch(block.text) else ""


def _is_announced(block: Block) -> bool:
    """Whether a label of furniture stands before the link that a block mostly is."""
    line = ""
    for text, inline in block.pieces:
        is_link = block.box.in_link if inline is None else inline.is_link
        if is_link and line.strip():
            words = " ".join(line.split())
            return labels.label(words.rstrip(" :|")) in _LABELS
        line += text
    return labels.starts(block.text) in _LISTS


def _first_line(block: Block) -> str:
    """The first of several lines of a block, if it is short enough for a label; else nothing."""
    texts = [text for text, _ in block.pieces[:8]]
    if "\n" not in texts:
        return ""
    line = "".join(texts[: texts.index("\n")])
    return " ".join(line.split()) if len(line) <= _LABEL else ""


def _byline_texts(about: Metadata) -> list[str]:
    """The names of the authors, and the texts of the elements that name them and the date."""
    found: list[str] = list(about.authors)
    for node in (about.date_node, *about.author_nodes):
        if node is None:
            continue
        text = " ".join(node.text().split())
        if 0 < len(text) < _BYLINE:
            found.append(text)
    return found


def _is_title_or_byline(block: Block, title: str, bylines: list[str]) -> bool:
    """Whether a block says no more than the page's title, or an element with date or author."""
    text = block.text
    for byline in bylines:
        if byline in text or text in byline:
            return True
    if block.chars < _LONGEST_REPLY and any(map(str.isdigit, text)):
        return parse_date(text, now=None) is not None
    return block.chars > 20 and text.casefold() in title
