"""What the model cannot tell, which sees one block at a time: labels and what they head, copies,
title, lead, edges.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from feedmaker.html import class_names
from feedmaker.html.blocks import HEADINGS
from feedmaker.text import labels

if TYPE_CHECKING:
    from feedmaker.article.about.metadata import Metadata
    from feedmaker.html.blocks import Block, PageBlocks

SURE = 1.0  # log-odds beyond which the model's word is not doubted
_DENIED = 1.5  # log-odds: against a paragraph in the place of the lead the word of the model must be clear
_COPY = 40  # characters: shorter texts may well stand twice
_LABEL = 90  # characters, as of the terms
_LINKS = 0.8  # of a block's text in links makes it a line of links
_TOLD = 200  # characters that an element with date or author has at most
_LISTS = ("related", "most-read", "latest", "read-more")
_LABELS = (
    *_LISTS, "newsletter", "advert", "comments", "login", "copyright", "consent", "print", "listen", "paywall",
    "views",
)  # fmt: skip
_TOOLS = ("share", "follow", "print", "tags")
_DOUBTFUL = (
    "byline",
    "share",
    "follow",
    "tags",
    "updated",
    "published",
    "photo-credit",
)  # also headings in guides
_NO_LEAD = (
    class_names.FURNITURE
    | class_names.CAPTION
    | class_names.AUTHOR
    | class_names.PROMO
    | class_names.PLAYER
    | class_names.SIDE
    | class_names.HIDDEN
)
_ADDRESS = re.compile(r"https?://\S+")
_WORD = re.compile(r"\w+")


def sift(
    page: PageBlocks, kept: list[Block], about: Metadata, reasons: dict[int, str], *, ruled: bool
) -> list[Block]:
    """The blocks of the story, of those that the model kept; `reasons` is told, by block, why one
    was dropped or added.

    `ruled`: the site's rules name the body, so that nothing outside it is added.
    """
    kept = _unlabelled(_once(_headed(page, kept, reasons), about, reasons), reasons)
    kept = _between_links(kept, reasons)
    if kept and not ruled:
        kept = _lead(page, _without_head(page, kept, about, reasons), reasons)
    # One heading at the end heads nothing of the story; several are a story told in headings.
    if (
        kept
        and kept[-1].box.name in HEADINGS
        and not (len(kept) > 1 and kept[-2].box.name in HEADINGS)
    ):
        reasons[kept.pop().index] = "a heading with nothing under it"
    return kept


def _headed(page: PageBlocks, kept: list[Block], reasons: dict[int, str]) -> list[Block]:
    """The blocks with the headings in the story that stand over some of them, which look like
    others' headlines.
    """
    found: list[Block] = []
    for at, block in enumerate(kept):
        if at and kept[at - 1].index == block.index - 2:
            above = page.blocks[block.index - 1]
            inside = (
                above.box.parent is not None
                and above.box.parent.first <= block.index < above.box.parent.last
            )
            if (
                above.box.name in HEADINGS
                and inside
                and above.score > -_DENIED
                and not above.linked
            ):
                reasons[above.index] = "a heading over text of the story"
                found.append(above)
        found.append(block)
    return found


def _once(blocks: list[Block], about: Metadata, reasons: dict[int, str]) -> list[Block]:
    """The blocks without the title at the head of the story, and without what stands there a second
    time.
    """
    title = _WORD.findall(about.title.casefold())
    times = Counter(block.text for block in blocks if block.chars >= _COPY)
    seen: set[str] = set()
    kept: list[Block] = []
    for block in blocks:
        if times[block.text] > 2:
            reasons[block.index] = "stands there again and again"
            continue
        if block.text in seen:
            reasons[block.index] = "stands above already"
            continue
        if "://" in block.text and 2 * sum(map(len, _ADDRESS.findall(block.text))) > block.chars:
            reasons[block.index] = "hardly more than an address"
            continue
        if (
            len(kept) < 3
            and title
            and block.chars < 300
            and _WORD.findall(block.text.casefold()) == title
        ):
            reasons[block.index] = "the title"
            continue
        if block.chars >= _COPY:
            seen.add(block.text)
        kept.append(block)
    return kept


def _unlabelled(blocks: list[Block], reasons: dict[int, str]) -> list[Block]:
    """The blocks without labels of furniture, and without the links that follow the label of a list
    of links.
    """
    kept: list[Block] = []
    listing = False
    asking = labels.asking(block.text for block in blocks)
    for block in blocks:
        if block.text in asking:
            reasons[block.index] = "asks the reader for consent"
            continue
        links = block.linked >= _LINKS * block.chars
        if listing and links:
            reasons[block.index] = "a link under a label of such"
            continue
        listing = False
        first = _first_line(block) if len(block.pieces) > 1 else ""
        if first and labels.label(first) in (*_LABELS, *_TOOLS):
            reasons[block.index] = "its first line is a label of furniture"
            continue
        if block.chars <= _LABEL:
            kind = labels.label(block.text)
            if kind in _LABELS or (kind in _DOUBTFUL and block.box.name not in HEADINGS):
                reasons[block.index] = f"labelled {kind}"
                listing = kind in _LISTS
                continue
            if kind is None and not block.good and labels.starts(block.text) in _TOOLS:
                reasons[block.index] = "a line of tools"
                continue
        if 2 * block.linked > block.chars and _announced(block):
            reasons[block.index] = "a link to something else"
            continue
        kept.append(block)
    return kept


def _announced(block: Block) -> bool:
    """Whether a label of furniture stands before the link that a block mostly is."""
    line = ""
    for text, inline in block.pieces:
        if inline[1] and line.strip():
            return labels.label(" ".join(line.split()).rstrip(" :|")) in _LABELS
        line += text
    return labels.starts(block.text) in _LISTS


def _first_line(block: Block) -> str:
    """The first of a block's lines, where there are more and it is short enough for a label; else
    nothing.
    """
    line = ""
    for text, _ in block.pieces[:8]:
        if text == "\n":
            return " ".join(line.split())
        line += text
        if len(line) > _LABEL:
            break
    return ""


def _lead(page: PageBlocks, kept: list[Block], reasons: dict[int, str]) -> list[Block]:
    """The blocks with the lead, which often has a box of its own between title and text, that the
    model passed over.
    """
    first = kept[0].index
    title = max(
        (block.index for block in page.blocks[:first] if block.box.name == "h1"), default=first
    )
    leads = []
    for block in page.blocks[title + 1 : first]:
        if (
            block.good
            and block.score > -_DENIED
            and not block.linked
            and not block.box.above & _NO_LEAD
        ):
            reasons[block.index] = "a paragraph between title and text"
            leads.append(block)
    return leads + kept


def _without_head(
    page: PageBlocks, kept: list[Block], about: Metadata, reasons: dict[int, str]
) -> list[Block]:
    """The blocks without what stands between title and text and is neither: date, author, the
    picture's caption.
    """
    title = about.raw_title.casefold()
    nodes = [node for node in (about.date_node, *about.author_nodes) if node is not None]
    told = {text for node in nodes if 0 < len(text := " ".join(node.text().split())) < _TOLD}
    pictured = {medium.box.order for medium in page.media}
    for at, block in enumerate(kept):
        if block.good:
            return [b for b in kept[:at] if b.index not in reasons] + kept[at:]
        if any(text in block.text or block.text in text for text in told) or (
            block.chars > 20 and block.text.casefold() in title
        ):
            reasons[block.index] = "title, date or author"
        elif block.box.order in pictured and block.box.blocks == 1:
            reasons[block.index] = "beside the picture above the text"
    return kept


def _between_links(blocks: list[Block], reasons: dict[int, str]) -> list[Block]:
    """The blocks without lines of links before the first paragraph and after the last."""
    goods = [at for at, block in enumerate(blocks) if block.good]
    if not goods:
        return blocks
    kept: list[Block] = []
    for at, block in enumerate(blocks):
        if (
            not goods[0] <= at <= goods[-1]
            and 2 * block.linked > block.chars
            and block.box.name not in HEADINGS
        ):
            reasons[block.index] = "links at the edge of the story"
        else:
            kept.append(block)
    return kept
