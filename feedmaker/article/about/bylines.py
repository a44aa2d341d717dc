"""Who is shown to have written a story: in bylines, elements called authors, credits and
signatures.
"""

from __future__ import annotations

import re
from itertools import islice, pairwise
from typing import TYPE_CHECKING

from feedmaker.article.about.person_names import introduced, is_person, split
from feedmaker.html.class_names import AUTHOR, FURNITURE
from feedmaker.html.page_head import inline_elements as inline
from feedmaker.html.page_head import one_line as squeeze
from feedmaker.html.page_head import spaced_text as spaced
from feedmaker.text import labels

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborNode

    from feedmaker.html.blocks import Block, Box, PageBlocks
    from feedmaker.html.page_head import Head, HeadlineLines, Line

_HINTS = ("author", "autor", "byline", "writer", "reporter", "journalist", "katib", "kateb")
_HINT = re.compile(r"auth?or(?!i[sz]|ity)|byline|writer|reporter|journalist|katib|kateb")
_OTHERS = re.compile(r"comment|related|teaser|quote|testimonial")
_NOT_HINT = re.compile(
    r"credit|photo|caption|figure|card|bio\b|description|avatar|image|social|share"
)
_SURE_HINT = re.compile(r"byline|\bauthor[-_]?name")
_AUTHOR_LINK = re.compile(
    r"/(?:author(?!i[sz]|ity)|autor|writer|contributor|journalist|people|producer|reporter|profile|staff|team-member"
    r"|redaktion|kateb|katib)\w*(?:/|=)",
    re.IGNORECASE,
)
_MARKED = "[rel~=author], [itemprop=author], a[href*='/author']"
_MOST_MARKED = 60
_LONGEST = 90  # characters of a byline
_LONGEST_BOX = 1000  # characters of a box that tells of an author, the name first
_DASH = re.compile(r"\s+[-–—/]\s+")
_PARTED = re.compile(r"[:/،|(–—ـ]|\s-|-\s")
# What introduces a writer in a credit, wherever it stands.
_CREDIT = re.compile(
    r"(?:th(?:is|e) \w+ (?:was|is|has been) |\w+ )?(?:written|authored|contributed|researched) by\b\W*"
    r"|(?:about the )?author(?:\(s\)|s)?(?:\W+|$)|(?:article|post|story|text|words|published) by\b\W*"
    r"|contributors?:\W*|(?:autorin|autor|auteur|autore)\b(?:/(?:autorin|autor))?\W*",
    re.IGNORECASE,
)
_LATIN = "\u024f"  # what begins with Latin letters sorts before it
_REVIEWED = re.compile(
    r"(?:medically |fact.?)?(?:review|check|edit)ed by|photo|image", re.IGNORECASE
)
_HAS_DATE = re.compile(r"\b(?:19|20)\d\d\b|[٠-٩]{4}")

Found = tuple[list[str], list["LexborNode"]]


def _hinted(node: LexborNode | None) -> bool:
    """Whether an element or one of its next ancestors is an author's by class, rel, itemprop or id."""
    levels: list[str] = []
    while node is not None and len(levels) < 4 and node.tag not in ("body", "article", "main"):
        get = node.attributes.get
        levels.append(f"{get('class')} {get('rel')} {get('itemprop')} {get('id')}".lower())
        node = node.parent
    whole = " ".join(levels)
    if not any(map(whole.__contains__, _HINTS)) or _OTHERS.search(whole):
        return False
    for words in levels:
        if _NOT_HINT.search(words) and not _SURE_HINT.search(words):
            return False
        if _HINT.search(words):
            return True
    return False


def _may_be_author(box: Box | None) -> bool:
    """Whether a box or one of its next ancestors has a hint of an author, before they are looked at
    closely.
    """
    for _ in range(4):
        if box is None:
            return False
        if box.flags & AUTHOR or "kat" in box.sign:
            return True
        box = box.parent
    return False


def around(given: HeadlineLines) -> Iterator[Found]:
    """Names in the visible lines around the headline (`given`), and the elements that hold them,
    the surest first.

    First lines that introduce a name, then those marked as an author's by class or link; where
    there are none, a name alone beside a date or a place, then an agency.
    """
    lines = given.around
    below = sum(line.place < 0 for line in lines)
    nearest = (
        *range(below, len(lines)),
        *reversed(range(below)),
    )  # below the headline before above it
    order = [i for i in nearest if 2 <= len(lines[i].text) <= 160]
    found = False
    for find in (_introduced, _marked, _beside, _agency):
        if found and find is _beside:
            return
        for i in order:
            names, line = find(lines, i)
            if names:
                found = True
                yield names, [line.box.node]


def _introduced(lines: list[Line], i: int) -> tuple[list[str], Line]:
    """Names after `By` and its kin, in the same line or alone in the next."""
    line = lines[i]
    if not -6 <= line.place <= 12:
        return [], line
    names = introduced(line.text)
    dated, by, rest = line.text.partition(" by ") if names is None else ("", "", "")
    if by and len(dated) < 40 and _HAS_DATE.search(dated):
        names = split(rest)
    if names == []:
        after = [line for line in lines[i + 1 : i + 4] if re.search(r"\w", line.text)]
        line = next(filter(_is_marked, after), after[0] if after else line)
        names = split(line.text, stated=" " in line.text) if len(line.text) <= 80 else []
    return names or [], line


def _marked(lines: list[Line], i: int) -> tuple[list[str], Line]:
    """Names in a line whose element or link is an author's."""
    line = lines[i]
    if not -4 <= line.place <= 14 or len(line.text) > 90:
        return [], line
    if not _is_marked(line) or any(
        _REVIEWED.match(around.text) for around in lines[max(0, i - 1) : i + 1]
    ):
        return [], line
    return next((names for part in line.parts if (names := split(part))), []), line


def _is_marked(line: Line) -> bool:
    """Whether a line's element or link is an author's."""
    return (_may_be_author(line.box) and _hinted(line.box.node)) or any(
        map(_AUTHOR_LINK.search, line.links)
    )


def _is_credit(line: Line) -> bool:
    """Whether a line says by its class whose a picture is."""
    words = line.box.sign.lower()
    return any(map(words.__contains__, ("copyright", "credit", "photo", "caption")))


def _beside(lines: list[Line], i: int) -> tuple[list[str], Line]:
    """A personal name just after the headline, alone beside a date, or behind a place («طرابلس -
    فاطمة سعداوي»).
    """
    line = lines[i]
    text = line.text
    if not 0 < line.place <= 6 or len(text) > _LONGEST or _is_credit(line):
        return [], line
    source = _source(line, lines[i + 1 :]) if _PARTED.search(text) else ""
    if source:
        text = source
    elif _HAS_DATE.search(text):
        parts = [part.strip() for part in re.split(r"\s[–—-]\s|\s*[|•·]\s*", text) if part.strip()]
        text = next((part for part in parts[:2] if not any(map(str.isdigit, part))), "")
    elif line.links or not any(
        _HAS_DATE.search(lines[j].text) and len(lines[j].text) <= 60
        for j in (i - 1, i + 1)
        if 0 <= j < len(lines)
    ):
        return [], line
    if len(text.split()) > 8 or labels.label(text):
        return [], line
    return [name for name in split(text) if _is_full(name) and is_person(name, set())], line


def _is_full(name: str) -> bool:
    """Whether a name has two to four words, none of which begins with a small letter."""
    words = name.split()
    return 2 <= len(words) <= 4 and not any(word[0].islower() for word in words)


def _source(line: Line, after: list[Line]) -> str:
    """What follows the place in a line such as «طرابلس - فاطمة سعداوي»: a city we know, or one that
    the story names.
    """
    if dateline := labels.place_and_source(line.text):
        return dateline[1]
    place, sign, source = (
        part.strip() for part in _DASH.sub("|", line.text, count=1).partition("|")
    )
    if not sign or not 1 <= len(place.split()) <= 3 or len(place) < 3:
        return ""
    if "dateline" in line.box.sign:
        return source
    story = [line.text for line in after if len(line.text) > 60]
    return (
        source
        if any(place in text for text in story) and not any(source in text for text in story)
        else ""
    )


def _agency(lines: list[Line], i: int) -> tuple[list[str], Line]:
    """An agency that a line just after the headline credits, alone or with a place behind it («AFP,
    MANILA»).
    """
    line = lines[i]
    if not 0 < line.place <= 6 or len(line.text) > 60 or _is_credit(line):
        return [], line
    credit = next(
        (text for text in (line.text, line.text.partition(",")[0]) if labels.agency(text)), ""
    )
    return [credit.strip(" -–—()")] if credit else [], line


def in_elements(head: Head) -> Iterator[Found]:
    """Names in elements marked as an author's, anywhere on the page, by the surest mark that any
    has.

    Of links to authors, which lists of stories have as well, only those that all say the same.
    """
    ranked: dict[int, dict[tuple[str, ...], list[LexborNode]]] = {}
    for nodes in (
        head.tree.css(_MARKED)[:_MOST_MARKED],
        islice(_called_author(head.page), _MOST_MARKED),
    ):
        for node in nodes:
            rank, names = _rank(node)
            if names:
                ranked.setdefault(rank, {}).setdefault(tuple(names), []).append(node)
        if len(ranked.get(0, ())) == 1 or 1 in ranked:
            break  # no class is surer
    for rank, found in sorted(ranked.items()):
        if len(found) == 1 or rank:
            first = next(iter(found))
            yield list(first), found[first]
            return


def _rank(node: LexborNode) -> tuple[int, list[str]]:
    """How sure a mark of an author an element has, 0 the surest, and the names in it."""
    get = node.attributes.get
    if not (_hinted(node) or _AUTHOR_LINK.search(get("href") or "")):
        return 0, []
    words = (get("class") or "").lower()
    marks = (
        "author" in (get("rel") or "").split(),
        get("itemprop") == "author",
        "author" in words or "byline" in words,
    )
    rank = marks.index(True) if True in marks else len(marks)
    text = squeeze(node.text(separator=" "))
    return rank, split(text, stated=rank < 2) if 2 < len(text) <= _LONGEST else []


def _called_author(page: PageBlocks) -> Iterator[LexborNode]:
    """The elements of short texts that are called an author or a byline by their class, or begin a
    box that is.
    """
    for block in page.blocks:
        if not 2 < block.chars <= _LONGEST or block.box.above & FURNITURE:
            continue
        pieces = block.pieces
        if len(pieces) > 1 or pieces[0][1] is not None:
            for node in inline(pieces):
                words = node.attributes.get("class")
                if words and _is_called(words):
                    yield node
        box: Box | None = block.box
        while box is not None and box.chars <= _LONGEST_BOX and box.first == block.index:
            if box.flags & AUTHOR and _is_called(box.sign):
                yield box.node if box.chars <= _LONGEST else block.box.node
            box = box.parent


def _is_called(words: str) -> bool:
    """Whether a class speaks of an author."""
    words = words.lower()
    return "author" in words or "byline" in words


def right_below(head: Head, below: int, stated: list[str]) -> Iterator[Found]:
    """The names of a byline right below the headline, if none of them is stated: who posts is not
    always who wrote.

    `below` is the index of the first block there.
    """
    for block in head.page.blocks[below : below + 2] if below >= 0 else ():
        if block.chars > _LONGEST:
            continue
        text = spaced(block.pieces)
        if names := introduced(text):
            if all(_is_full(n) and is_person(n, head.names) for n in names) and not any(
                n in text for n in stated
            ):
                yield names, [block.box.node]
            return


def credited(head: Head) -> Iterator[Found]:
    """The names in credits anywhere on the page, such as «Written by Ann Lee», or «Author» with the
    name below it.
    """
    for block, after in pairwise([*head.page.blocks, None]):
        if (
            block is None
            or block.chars > 2 * _LONGEST
            or block.text > _LATIN
            or block.box.above & FURNITURE
        ):
            continue
        known = block.text.lower()
        if (" by" in known or "aut" in known or "contributor" in known) and (
            credit := _CREDIT.match(block.text)
        ):
            text = block.text[credit.end() :] or (after.text if after else "")
            names = (
                [name for name in split(text) if is_person(name, head.names)]
                if len(text) <= 2 * _LONGEST
                else []
            )
            if names and all(map(_is_full, names)):
                yield names, [block.box.node]


def signed(page: PageBlocks, below: int) -> Iterator[Found]:
    """The names alone and bold in the line before the story's first paragraph, or in the line after
    its last.

    `below` is the index of the first block below the headline.
    """
    paragraphs = [block.index for block in page.blocks[below:] if block.good] if below >= 0 else []
    for i in (paragraphs[0] - 1, paragraphs[-1] + 1) if paragraphs else ():
        block = page.blocks[i] if below <= i < len(page.blocks) else None
        if (
            block is not None
            and block.box.name in ("p", "div")
            and block.chars <= _LONGEST
            and _is_bold(block)
        ):
            names = split(block.text, stated=True)
            if names and all(map(_is_full, names)):
                yield names, [block.box.node]


def _is_bold(block: Block) -> bool:
    """Whether all text of a block is in bold letters."""
    return all(
        text.isspace() or any(node.tag in ("b", "strong") for node in inline([(text, around)]))
        for text, around in block.pieces
    )
