"""The search of a page for its authors, where no byline stands at the headline.

In the order of trust: names beside a date or behind a place, elements called an author's, credits
such as "Written by Ann Lee", and signatures at either end of the story.
"""

from __future__ import annotations

import re
from itertools import chain, filterfalse, islice
from typing import TYPE_CHECKING, Final

from feedmaker.article.about.bylines import (
    AUTHOR_LINK,
    HAS_DATE,
    LONGEST_BYLINE,
    AuthorClaim,
    is_called_author,
    is_full_name,
    is_person,
    is_picture_text,
    split_names,
)
from feedmaker.html.blocks import one_line
from feedmaker.html.class_names import AUTHOR, FURNITURE
from feedmaker.html.page_head import inline_elements
from feedmaker.text import labels
from feedmaker.text.dates import is_relative

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborNode

    from feedmaker.html.blocks import Block, Box, PageBlocks
    from feedmaker.html.page_head import Head, HeadlineLines, Line

_MARKED: Final = "[rel~=author], [itemprop=author], a[href*='/author']"
_MOST_MARKED: Final = 60
_LONGEST_BOX: Final = 1000  # characters of a box that tells of an author, the name first
_LONGEST_CREDIT: Final = 180
_LONGEST_DATELINE: Final = 60  # characters of a line that is there for its date
_LAST_PLACE: Final = 6  # lines below a headline in which a name alone is an author's
_LONGEST_PREPOSITION: Final = 4  # characters of "by" and its like
_DASH: Final = re.compile(r"(?<!\s)\s+[-–—/]\s+")
_PARTED: Final = re.compile(r"[:/،|(–—ـ]|\s-|-\s")
_PARTS: Final = re.compile(r"\s[–—/-]\s|(?:(?<!\s)\s+)?[|•·]\s*")
_PART_SIGN: Final = re.compile("[–—/|•·-]")  # one of which stands between any two
_WORD: Final = re.compile(r"[^\W\d_]{2}")
_AFTER_LATIN: Final = "\u024f"  # what begins with Latin letters sorts before it
_OCCUPATION_SIGN: Final = re.compile(r"\s?[:،,]\s|\s[–—-]\s")
_FIRST_PARTS: Final = 3  # of a line that may be a name: place, agency, name
# The links beside a writer's name.
_CONTACT: Final = re.compile(
    r"^mailto:[^?]|//(?:www\.)?(?:x|twitter|facebook|instagram|linkedin)\.com/(?:in/)?[\w.-]+/?$"
)
_DATE_AT_END: Final = re.compile(r"\s\d[^A-Za-z]*$")


# ---- lines without a mark at the headline


def claims_without_mark(lines: HeadlineLines) -> Iterator[AuthorClaim]:
    """Give the names just below the headline that nothing marks: of persons, then of agencies."""
    around = lines.around
    below = [i for i, line in enumerate(around) if 0 < line.place <= _LAST_PLACE]
    for find in (_name_alone, _agency):
        for i in below:
            box = around[i].box
            if is_picture_text(box):
                continue
            if names := find(around, i):
                yield AuthorClaim("byline", names, [box.node])


def _name_alone(
    lines: list[Line],
    i: int,
) -> list[str]:
    """Return a personal name beside a date, or behind a place («طرابلس - فاطمة سعداوي»)."""
    if not 2 <= len(lines[i].text) <= LONGEST_BYLINE:
        return []
    text = _name_part(lines, i)
    if not text or len(text.split()) > 8 or labels.label(text):
        return []
    full = filter(is_full_name, split_names(text))
    return [name for name in full if is_person(name, ())]


def _name_part(
    lines: list[Line],
    i: int,
) -> str:
    """Return the part of a line that may be a name; empty where none may."""
    line = lines[i]
    text = line.text
    if _PARTED.search(text):
        after = lines[i + 1 :]
        if source := _source_behind_place(line, after) or _name_beside_source(text):
            return source
    if HAS_DATE.search(text):
        return next(filterfalse(_is_place_or_agency, _undated_parts(text)), "")
    if "@" in text or line.links:
        return text if all(map(_CONTACT.search, line.links)) else ""
    return text if _is_beside_date(lines, i) else ""


def _is_beside_date(
    lines: list[Line],
    i: int,
) -> bool:
    """Tell whether a short line with a date stands before or after a line."""
    line = lines[i]
    start = max(i - 1, 0)
    beside = [one.text for one in lines[start : i + 2] if one is not line]
    short = [one for one in beside if len(one) <= _LONGEST_DATELINE]
    return any(HAS_DATE.search(one) or is_relative(one) for one in short)


def _name_beside_source(text: str) -> str:
    """Return the name beside a place, an agency or the paper: «سامر الأسعد - خاص», undated."""
    parts = [part.strip(" ()") for part in _PARTS.split(text)] if _PART_SIGN.search(text) else []
    others = list(filterfalse(_is_place_or_agency, filter(None, parts)))
    return others[0] if len(others) == 1 < len(parts) and not HAS_DATE.search(text) else ""


def _is_place_or_agency(text: str) -> bool:
    return labels.is_city(text) or labels.agency(text) or text.startswith("خاص ")


def _undated_parts(text: str) -> list[str]:
    """Return those of the first parts of a line that have no number in them.

    In scripts without capitals, a date at the end of one is no part of it.
    """
    found = _PARTS.split(text) if _PART_SIGN.search(text) else [text]
    if text > _AFTER_LATIN:
        found = [_DATE_AT_END.sub("", part) for part in found]
    parts = filter(None, map(str.strip, found))
    first = islice(parts, _FIRST_PARTS)
    return [part for part in first if not any(map(str.isdigit, part)) and _WORD.search(part)]


def _source_behind_place(
    line: Line,
    after: list[Line],
) -> str:
    """Return what follows the place in a line such as «طرابلس - فاطمة سعداوي».

    A place is a city we know, or one that the story below names.
    """
    if dateline := labels.place_and_source(line.text):
        return dateline[1]
    parted = _DASH.sub("|", line.text, count=1)
    place, dash, source = parted.partition("|")
    place = place.strip()
    source = source.strip()
    words = place.split()
    if not dash or not 1 <= len(words) <= 3 or len(place) < 3:
        return ""
    if "dateline" in line.box.sign:
        return source
    long = [one.text for one in after if len(one.text) > _LONGEST_DATELINE]
    story = "\n".join(long)
    return source if place in story and source not in story else ""


def _agency(
    lines: list[Line],
    i: int,
) -> list[str]:
    """Return an agency that a line credits, alone or with a place behind it («AFP, MANILA»)."""
    line = lines[i]
    found = map(agency_in, (line.text, *_undated_parts(line.text)))
    return list(islice(filter(None, found), 1))


def agency_in(text: str) -> str:
    """Return the agency that a short text credits: alone, with a place, or as its source."""
    if not 2 <= len(text) <= 60:
        return ""
    first, _, _ = text.partition(",")
    label, colon, source = text.partition(":")
    parts = [text, first]
    if colon and labels.label(label) == "source":
        parts.append(source)
    if dateline := labels.place_and_source(text):
        parts.append(dateline[1])
    agencies = filter(labels.agency, parts)
    return next(agencies, "").strip(" -–—()")


# ---- elements called an author's


def claims_in_elements(head: Head) -> Iterator[AuthorClaim]:
    """Give the names in elements marked as an author's, by the surest mark that any has.

    Of links to authors, which lists of stories have as well, only those that all say the same.
    """
    for rank, found in sorted(_marked_names(head).items()):
        first, *others = found
        nodes = found[first]
        if others and all(_are_beside(nodes[0], found[names][0]) for names in others):
            yield AuthorClaim("element", list(chain.from_iterable(found)), nodes)
            return
        if not others or rank:
            yield AuthorClaim("element", first, nodes)
            return


def _marked_names(head: Head) -> dict[int, dict[tuple[str, ...], list[LexborNode]]]:
    """Return the elements marked as an author's, by the rank of their mark and by their names."""
    ranked: dict[int, dict[tuple[str, ...], list[LexborNode]]] = {}
    marked = head.tree.css(_MARKED)[:_MOST_MARKED]
    called = islice(_elements_called_author(head.page), _MOST_MARKED)
    for nodes in (marked, called):
        for node in nodes:
            rank = _mark_rank(node)
            names = _names_in_element(node, rank)
            if names:
                found = ranked.setdefault(rank, {})
                found.setdefault(tuple(names), []).append(node)
        surest = ranked.get(0, {})
        if len(surest) == 1 or 1 in ranked:
            break  # no class is surer
    return ranked


def _are_beside(
    node: LexborNode,
    other: LexborNode,
) -> bool:
    """Tell whether two elements stand in the same one, as the authors of one story do."""
    parent, others_parent = node.parent, other.parent
    if parent is None or others_parent is None or parent != others_parent:
        return False
    return len(parent.text(separator=" ")) <= LONGEST_BYLINE


def _mark_rank(node: LexborNode) -> int:
    """Return how sure an element's mark of an author is: 0 is the surest, -1 is none."""
    get = node.attributes.get
    link = get("href") or ""
    if not is_called_author(node) and not AUTHOR_LINK.search(link):
        return -1
    marks = (
        "author" in (get("rel") or "").split(),
        get("itemprop") == "author",
        _speaks_of_author(get("class")),
        True,
    )
    return marks.index(True)


def _names_in_element(
    node: LexborNode,
    rank: int,
) -> list[str]:
    """Return the names in an element with a mark of this rank."""
    if rank < 0:
        return []
    text = one_line(node.text(separator=" "))
    if not 2 < len(text) <= LONGEST_BYLINE:
        return []
    return split_names(text, stated=rank < 2)


def _elements_called_author(page: PageBlocks) -> Iterator[LexborNode]:
    """Give the elements of short texts that their class calls an author or a byline.

    Or of such texts that begin a box which is called so.
    """
    for block in page.blocks:
        if not 2 < block.chars <= LONGEST_BYLINE or block.box.above & FURNITURE:
            continue
        for node in inline_elements(block.pieces):
            if _speaks_of_author(node.attrs.sget("class")):
                yield node
        if block.box.first == block.index:
            yield from _boxes_called_author(block)


def _boxes_called_author(block: Block) -> list[LexborNode]:
    """Return the elements of boxes of moderate length that begin with a block and are called so."""
    found = []
    box: Box | None = block.box
    while box is not None and box.chars <= _LONGEST_BOX and box.first == block.index:
        if box.flags & AUTHOR and _speaks_of_author(box.sign):
            is_short = box.chars <= LONGEST_BYLINE
            found.append(box.node if is_short else block.box.node)
        box = box.parent
    return found


def _speaks_of_author(words: str | None) -> bool:
    if not words:
        return False
    words = words.lower()
    return "author" in words or "byline" in words


# ---- credits and signatures


def claims_in_credits(head: Head) -> Iterator[AuthorClaim]:
    """Give the names in credits anywhere on the page, with the name behind or in the next block.

    Behind a mere "by" a separator must part it from the name.
    """
    blocks = head.page.blocks
    for i, block in enumerate(blocks):
        if block.chars > _LONGEST_CREDIT or block.box.above & FURNITURE:
            continue
        credit = labels.opening(block.text)
        if credit is None or is_picture_text(block.box):
            continue
        rest = credit.rest
        if not rest and i + 1 < len(blocks):
            rest = blocks[i + 1].text
        if _is_surely_credit(credit) and (names := _credited_names(head, rest)):
            yield AuthorClaim("credit", names, [block.box.node])


def _is_surely_credit(credit: labels.Opening) -> bool:
    """Tell whether the words that open a text are no mere "by" of a sentence."""
    is_long = len(credit.head) > _LONGEST_PREPOSITION
    return credit.is_separated or is_long or not credit.rest


def _credited_names(
    head: Head,
    text: str,
) -> list[str]:
    """Return the persons in the text of a credit; empty where one has no full name."""
    if len(text) > _LONGEST_CREDIT:
        return []
    given = split_names(text)
    names = [name for name in given if is_person(name, head.names)]
    return names if all(map(is_full_name, names)) else []


def claims_in_signatures(
    page: PageBlocks,
    below: int,
) -> Iterator[AuthorClaim]:
    """Give the names alone in the line before the story, or in the line after it.

    Before it they are in bold letters, after it also in brackets or beside the last paragraph.
    `below` is the index of the first block below the headline.
    """
    if below < 0:
        return
    blocks = page.blocks
    paragraphs = [block for block in blocks[below:] if block.good]
    if not paragraphs:
        return
    first, last = paragraphs[0].index, paragraphs[-1]
    for block in (*blocks[max(first - 1, below) : first], *blocks[last.index + 1 : last.index + 2]):
        is_after = block.index > first
        if not _may_sign(block, last if is_after else None):
            continue
        text = _without_occupation(block.text.strip("()（）* "))
        names = split_names(text, stated=True)
        if not names or not all(is_full_name(name) and is_person(name, ()) for name in names):
            agency = agency_in(text) if is_after else ""
            names = [agency] if agency else []
        if names:
            yield AuthorClaim("signature", names, [block.box.node])


def _without_occupation(text: str) -> str:
    """Return «أحمد علي» of «أحمد علي: كاتب وباحث» and «أحمد علي، كاتب سوري»."""
    name, _, rest = _OCCUPATION_SIGN.sub("\n", text, count=1).partition("\n")
    return name if rest and not labels.is_person(rest.rstrip(".")) else text


def _may_sign(
    block: Block,
    last: Block | None,
) -> bool:
    """Tell whether a block is a short line of its own that may be a signature.

    It is in bold letters, or behind `last`, the last paragraph: in brackets or in the same box.
    """
    if block.box.name not in ("p", "div", "li") or block.chars > LONGEST_BYLINE or block.linked:
        return False
    if last is not None:
        is_bracketed = block.text[0] in "(（" and block.text[-1] in ")）"
        return is_bracketed or block.box.parent is last.box.parent
    for piece in block.pieces:
        text, _ = piece
        tags = {node.tag for node in inline_elements([piece])}
        if not text.isspace() and tags.isdisjoint(("b", "strong")):
            return False
    return True
