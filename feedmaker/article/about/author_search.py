"""The search of a page for its authors, where no byline stands at the headline.

In the order of trust: names beside a date or behind a place, elements called an author's, credits
such as "Written by Ann Lee", and signatures at either end of the story.
"""

from __future__ import annotations

import re
from itertools import chain, filterfalse, islice
from operator import attrgetter
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
from feedmaker.html.class_names import AUTHOR, COMMENT, FURNITURE, RELATED, SHARE
from feedmaker.html.page_head import inline_elements, spaced_text
from feedmaker.text import labels
from feedmaker.text.dates import is_relative

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborNode

    from feedmaker.html.blocks import Block, Box, PageBlocks, Piece
    from feedmaker.html.page_head import Head, HeadlineLines, Line

_MARKED: Final = "[rel~=author], [itemprop=author], a[href*='/author']"
_OTHERS: Final = COMMENT | RELATED | SHARE  # boxes in which no name is the writer's
_OF_AUTHORS: Final = ("author", "autor", "auteur", "byline")
_MOST_MARKED: Final = 60
_LONGEST_BOX: Final = 1000  # characters of a box that tells of an author, the name first
_LONGEST_CREDIT: Final = 180
_LONGEST_DATELINE: Final = 60  # characters of a line that is there for its date
_MOST_TEXT: Final = 0.5  # of the running text below the headline, which the story's box holds
_MOST_AFTER: Final = 3  # lines below the last paragraph in which a signature may stand
_SENTENCE_ENDS: Final = '.!?؟…۔»”"'
_LAST_PLACE: Final = 6  # lines below a headline in which a name alone is an author's
_LONGEST_PREPOSITION: Final = 4  # characters of "by" and its like
_DASH: Final = re.compile(r"(?<!\s)\s+[-–—/]\s+")
_PARTED: Final = re.compile(r"[:/،|(–—ـ]|\s-|-\s")
# Begins with a set of characters, so that it is quickly looked for.
_PARTS: Final = re.compile(r"[\s|•·(](?:(?<=\s)(?:[–—/-]\s|(?<!\s\s)\s*[|•·(]\s*)|(?<=[|•·(])\s*)")
_PART_SIGN: Final = re.compile("[–—/|•·(-]")  # one of which stands between any two
_WORD: Final = re.compile(r"[^\W\d_]{2}")
_DIGIT: Final = re.compile(r"\d")
_GOOD: Final = attrgetter("good")
_AFTER_LATIN: Final = "\u024f"  # what begins with Latin letters sorts before it
_OCCUPATION_SIGN: Final = re.compile(r"\s?[:،,؛;]\s|\s[–—-]\s")
_MOST_PARTS: Final = 8  # of a line with a date that are looked at
_FIRST_PARTS: Final = 3  # of a line that may be a name: place, agency, name
# The links beside a writer's name.
_CONTACT: Final = re.compile(
    r"^mailto:[^?]|//(?:www\.)?(?:x|twitter|facebook|instagram|linkedin)\.com/(?:in/)?[\w.-]+/?$"
)
_BETWEEN_NAMES: Final = re.compile(r"[,،و&]\n|\n(?:[,،&]|و$)")  # at the seam of two parts
# Beside a writer or a place, in place of an agency's name.
_AGENCIES: Final = ("وكالات", "الوكالات", "خاص", "متابعة", "متابعات")
_DECKS: Final = ("h1", "h2")  # at a headline: what stands in them is said of the story
_DATE_AT_END: Final = re.compile(r"\s\d[^A-Za-z]*$")


# ---- lines without a mark at the headline


def claims_without_mark(lines: HeadlineLines) -> Iterator[AuthorClaim]:
    """Give the names just below the headline that nothing marks: of persons, then of agencies."""
    around = lines.around
    below = [i for i, line in enumerate(around) if 0 < line.place <= _LAST_PLACE]
    for find in (_name_alone, _agency):
        for i in below:
            box = around[i].box
            if is_picture_text(box) or box.above & _OTHERS or box.name in _DECKS:
                continue
            if names := find(around, i):
                yield AuthorClaim("byline", names, [_node_of(around[i].pieces, box)])


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
    parted = _part_beside_date(lines, line) if len(line.pieces) > 1 else ""
    if not parted and _PARTED.search(text):
        parted = _source_behind_place(line, lines[i + 1 :]) or _name_beside_source(text)
    if parted:
        return parted
    if HAS_DATE.search(text):
        return next(filterfalse(_is_place_or_agency, _undated_parts(text)), "")
    if "@" in text or line.links:
        return text if all(map(_CONTACT.search, line.links)) else ""
    is_saying = ":" in text  # «العمدة: قرار مؤلم»: only a label, or a place, opens a byline
    return text if _is_beside_date(lines, i) and not (is_saying or _DIGIT.search(text)) else ""


def _part_beside_date(lines: list[Line], line: Line) -> str:
    """Return the first part of a line, beside a dated one, that may be a name.

    With the parts that go on with it. Sections stand there as well: they have links, or stand above
    the headline, too.
    """
    texts = line.parts[:_MOST_PARTS]
    if not any(map(_is_dated, texts)):
        return ""
    longest = max([one.text for one in lines], key=len)
    if longest > _AFTER_LATIN:  # names are in its script
        texts = list(filter(_AFTER_LATIN.__lt__, texts))
    other = {one.text for one in lines if one.place < 0}
    other.update(text.strip() for text, inline in line.pieces if inline and inline.is_link)
    undated = filterfalse(other.__contains__, texts)
    first = next(filter(_may_be_names, undated), "")
    return _with_joined(texts[texts.index(first) :]) if first else ""


def _with_joined(texts: list[str]) -> str:
    """Return the first text with those behind it that a comma or an "and" joins to it."""
    found = texts[:1]
    for text in texts[1:]:
        if not _BETWEEN_NAMES.search(f"{found[-1][-1]}\n{text}"):
            break
        found.append(text)
    return " ".join(found)


def _may_be_names(text: str) -> bool:
    """Tell whether a text may be full names, and is no place, agency, label or date."""
    if any(map(str.isdigit, text)) or labels.is_city(text) or labels.label(text):
        return False
    full = [is_full_name(name) and labels.is_person(name) for name in split_names(text)]
    return any(full) and (all(full) or not text.isascii())


def _is_beside_date(
    lines: list[Line],
    i: int,
) -> bool:
    """Tell whether a short line with a date stands before or after a line."""
    line = lines[i]
    start = max(i - 1, 0)
    after = i + 2
    if "".join(one.text for one in lines[i + 1 : after] if not labels.is_person(one.text)):
        after += 1  # a role stands between
    beside = [one.text for one in lines[start:after] if one is not line]
    short = [one for one in beside if len(one) <= _LONGEST_DATELINE]
    return any(map(_is_dated, short))


def _is_dated(text: str) -> bool:
    return HAS_DATE.search(text) is not None or is_relative(text)


def _name_beside_source(text: str) -> str:
    """Return the name beside a place, an agency or the paper: «سامر الأسعد - خاص», undated."""
    parts = [part.strip(" ()") for part in _PARTS.split(text)] if _PART_SIGN.search(text) else []
    others = list(filterfalse(_is_place_or_agency, filter(None, parts)))
    return others[0] if len(others) == 1 < len(parts) and not HAS_DATE.search(text) else ""


def _is_place_or_agency(text: str) -> bool:
    """Tell whether a part of a line is a place, an agency, a paper or a desk."""
    is_place = labels.is_city(text) or text.startswith("خاص ")
    return is_place or labels.agency(text) or not labels.is_person(_without_occupation(text))


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


def _writer_or_source(place: str, source: str) -> str:
    """Return what a dateline credits: of «سامي درويش / وكالات» it is who stands for the place.

    So it is of "Ana Ruiz (EFE)": cities of two words that are not known are rarer than writers.
    """
    is_writer = source in _AGENCIES or (place < _AFTER_LATIN and not place.isupper())
    return place if is_writer and is_full_name(place) and not labels.is_city(place) else source


def _source_behind_place(
    line: Line,
    after: list[Line],
) -> str:
    """Return what follows the place in a line such as «طرابلس - فاطمة سعداوي».

    A place is a city we know, or one that the story below names.
    """
    if dateline := labels.place_and_source(line.text):
        return _writer_or_source(*dateline)
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
    parts = line.parts if len(line.pieces) > 1 else []
    if not labels.may_name_agency(" ".join([line.text, *parts])):
        return []
    if labels.credits_picture(line.text):
        return []
    found = map(agency_in, (line.text, *parts, *_undated_parts(line.text)))
    return list(islice(filter(None, found), 1))


def agency_in(text: str) -> str:
    """Return the agency that a short text credits: alone, with a place, or as its source."""
    if not 2 <= len(text) <= 60:
        return ""
    first, _, _ = text.partition(",")
    _, hyphen, last = text.rpartition("-")
    label, colon, source = text.partition(":")
    parts = [text, first]
    if hyphen:
        parts.append(last)
    if colon and labels.label(label) == "source":
        parts.append(source)
    if dateline := labels.place_and_source(text):
        parts.append(dateline[1])
    bare = [part.strip(" -–—().") for part in parts if labels.agency(part)]
    return next(filterfalse(_AGENCIES.__contains__, bare), "")


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
    # What has two of the marks is found twice.
    marked = {node.mem_id: node for node in head.tree.css(_MARKED)[: 2 * _MOST_MARKED]}
    called = islice(_elements_called_author(head.page), _MOST_MARKED)
    for nodes in (islice(marked.values(), _MOST_MARKED), called):
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
    if not AUTHOR_LINK.search(link) and not is_called_author(node):
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
    text = one_line(node.text(separator=" ") or _unseen_name(node))
    half = len(text) // 2  # as readers of screens are told the name once more
    if text[:half] == text[half + 1 :]:
        text = text[:half]
    if not 2 < len(text) <= LONGEST_BYLINE or text[-1] == ":":
        return []
    return split_names(text, stated=rank < 2)


def _unseen_name(node: LexborNode) -> str:
    """Return the name that an element without text states: by microdata, or beside a picture."""
    for selector, attribute in (("[itemprop=name][content]", "content"), ("img[alt]", "alt")):
        found = node.css_first(selector)
        if found is not None:
            return found.attrs.sget(attribute) or ""
    return ""


def _elements_called_author(page: PageBlocks) -> Iterator[LexborNode]:
    """Give the elements of short texts that their class calls an author or a byline.

    Or of such texts that begin a box which is called so.
    """
    for block in page.blocks:
        if not 2 < block.chars <= LONGEST_BYLINE or block.box.above & FURNITURE:
            continue
        if len(block.pieces) > 1 or block.pieces[0][1] is not None:
            for node in inline_elements(block.pieces):
                if _speaks_of_author(node.attributes.get("class")):
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
    return any(map(words.__contains__, _OF_AUTHORS))


# ---- credits and signatures


def claims_in_credits(head: Head) -> Iterator[AuthorClaim]:
    """Give the names in credits anywhere on the page, with the name behind or in the next block.

    Behind a mere "by" a separator must part it from the name.
    """
    blocks = head.page.blocks
    for block in blocks:
        if block.chars > _LONGEST_CREDIT or block.box.above & FURNITURE:
            continue
        credit = labels.opening(block.text)
        if credit is None or is_picture_text(block.box):
            continue
        following = blocks[block.index + 1 : block.index + 2]
        rest = credit.rest or "".join([one.text for one in following])
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
    """Give the names alone in the line before the story, or in one of the lines after it.

    Before it they are in bold letters, after it also in brackets or beside the last paragraph; or
    they are the first or last line of the story's own. `below` is the index of the first block
    below the headline.
    """
    paragraphs = _own_paragraphs(page, below) if below >= 0 else []
    if not paragraphs:
        return
    first, last = paragraphs[0], paragraphs[-1]
    before = page.blocks[max(first.index - 1, below) : first.index]
    after = _lines_after(page.blocks[last.index + 1 : last.index + 1 + _MOST_AFTER])
    lines = [(block, block.pieces) for block in before if _may_sign(block, None)]
    lines += [(first, line) for line in _edge_lines(first)[:1] if _is_bold(line)]
    lines += [(last, line) for line in _edge_lines(last)[1:]]
    lines += [(block, block.pieces) for block in after if _may_sign(block, last)]
    for block, pieces in lines:
        if names := _signers(spaced_text(pieces), is_after=block.index > first.index):
            yield AuthorClaim("signature", names, [_node_of(pieces, block.box)])


def _lines_after(blocks: list[Block]) -> list[Block]:
    """Return the short lines below the last paragraph up to the first that is no sentence."""
    ends = [at for at, block in enumerate(blocks, 1) if block.text[-1] not in _SENTENCE_ENDS]
    return blocks[: ends[0]] if ends else []


def _signers(text: str, *, is_after: bool) -> list[str]:
    """Return the persons, or after the story the agency, that a line alone names."""
    text = _without_occupation(text.strip("()（）* "))
    if len(text) > LONGEST_BYLINE or text.endswith(":"):
        return []
    names = split_names(text, stated=True)
    if names and all(is_full_name(name) and is_person(name, ()) for name in names):
        return names
    agency = agency_in(text) if is_after and not labels.credits_picture(text) else ""
    return [agency] if agency else []


def _node_of(pieces: list[Piece], box: Box) -> LexborNode:
    """Return the element that shows a line: of a box with other lines in it, the inline one."""
    _, inline = pieces[0]
    return box.node if inline is None or box.blocks == 1 else inline.node


def _own_paragraphs(page: PageBlocks, below: int) -> list[Block]:
    """Return the running text of the smallest box with most of what stands below the headline."""
    paragraphs = filter(_GOOD, page.blocks[below:])
    own = [block for block in paragraphs if not block.box.above & FURNITURE]
    if not own:
        return []
    least = _MOST_TEXT * sum(map(_GOOD, own))
    box = max(own, key=_GOOD).box
    while box.parent is not None and box.good < least:
        box = box.parent
    return [block for block in own if box.first <= block.index < box.last]


def _edge_lines(block: Block) -> list[list[Piece]]:
    """Return the first and the last line of a block; nothing where it is one line."""
    breaks = [at for at, (text, _) in enumerate(block.pieces) if text == "\n"]
    if not breaks:
        return []
    return [block.pieces[: breaks[0]], block.pieces[breaks[-1] + 1 :]]


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
    return _is_bold(block.pieces)


def _is_bold(pieces: list[Piece]) -> bool:
    """Tell whether all of some pieces of text is in bold letters."""
    for piece in pieces:
        text, _ = piece
        tags = {node.tag for node in inline_elements([piece])}
        if not text.isspace() and tags.isdisjoint(("b", "strong")):
            return False
    return bool(pieces)
