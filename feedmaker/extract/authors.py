"""Who wrote a story: JSON-LD, meta elements and the visible byline."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from feedmaker import terms
from feedmaker.extract import jsonld
from feedmaker.extract.head import Head, key, squeeze
from feedmaker.extract.hints import AUTHOR, FURNITURE
from feedmaker.extract.lines import inline
from feedmaker.extract.names import introduced, is_person, split

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from selectolax.lexbor import LexborNode

    from feedmaker.extract.lines import Line
    from feedmaker.extract.outline import Box, Outline

_META = (
    "author", "article:author", "article:author_name", "byl", "parsely-author", "sailthru.author", "dc.creator",
    "dcterms.creator", "citation_author", "article_author", "article.author", "cxenseparse:author", "og:article:author",
    "og:author", "creator", "authors", "vr:author",
)  # fmt: skip
_ADDRESS = re.compile(r"https?:|www\.|^@|\w@\w|/{2}", re.IGNORECASE)
_HINTS = ("author", "autor", "byline", "writer", "reporter", "journalist", "katib", "kateb")
_HINT = re.compile(r"auth?or(?!i[sz]|ity)|byline|writer|reporter|journalist|katib|kateb")
_OTHERS = re.compile(r"comment|related|teaser|quote|testimonial")
_NOT_HINT = re.compile(r"credit|photo|caption|figure|card|bio\b|description|avatar|image|social|share")
_SURE_HINT = re.compile(r"byline|\bauthor[-_]?name")
_AUTHOR_LINK = re.compile(
    r"/(?:author(?!i[sz]|ity)|autor|writer|contributor|journalist|people|producer|reporter|profile|staff|team-member"
    r"|redaktion|kateb|katib)\w*(?:/|=)",
    re.IGNORECASE,
)
_MARKED = "[rel~=author], [itemprop=author], a[href*='/author']"
_MOST_MARKED = 60
_LONGEST = 90  # characters of a byline
_DASH = re.compile(r"\s+[-–—/]\s+")
_PARTED = re.compile(r"[:/،|(–—ـ]|\s-|-\s")
_HAS_DATE = re.compile(r"\b(?:19|20)\d\d\b|[٠-٩]{4}")

Found = tuple[list[str], list["LexborNode"]]


@dataclass(frozen=True, slots=True)
class Authors:
    """The names, where they stand, the source, and the claims that lost."""

    names: tuple[str, ...] = ()
    nodes: tuple[LexborNode, ...] = ()
    source: str = ""
    losers: tuple[tuple[str, str], ...] = ()


def _from_data(head: Head) -> tuple[list[str], list[str]]:
    """Names in JSON-LD: of persons, and of organisations by their type."""
    persons: list[str] = []
    organisations: list[str] = []
    value = head.story.get("author") or head.story.get("creator")
    for given in value if isinstance(value, list) else [value]:
        entry = head.data.resolve(given)
        if isinstance(entry, dict) and any("organization" in k for k in jsonld.kinds(entry)):
            organisations += [text.partition("|")[0].strip() for text in jsonld.texts(entry)]
        else:
            persons += [name for text in jsonld.texts(entry) for name in split(text, stated=True)]
    return persons, organisations


def _from_meta(head: Head) -> list[str]:
    """Names in meta elements: of the first key that has any."""
    for name in _META:
        texts = (text for text in head.meta.get(name, ()) if not _ADDRESS.search(text))
        if found := [n for text in texts for n in split(text, stated=True)]:
            return found
    return []


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
    """Whether a box or one of its next ancestors has a hint of an author, before they are looked at closely."""
    for _ in range(4):
        if box is None:
            return False
        if box.flags & AUTHOR or "kat" in box.sign:
            return True
        box = box.parent
    return False


def _from_lines(lines: list[Line]) -> Found:
    """Names in the visible lines around the headline, and the elements that hold them.

    First lines that introduce a name, then those marked as an author's by class or link, then a name alone beside a
    date or a place.
    """
    order = sorted(range(len(lines)), key=lambda i: (lines[i].place < 0, abs(lines[i].place)))
    order = [i for i in order if 2 <= len(lines[i].text) <= 160]
    for find in (_introduced, _marked, _beside, _agency):
        for i in order:
            names, line = find(lines, i)
            if names:
                return names, [line.node]
    return [], []


def _introduced(lines: list[Line], i: int) -> tuple[list[str], Line]:
    """Names after `By` and its kin, in the same line or alone in the next."""
    line = lines[i]
    if not -6 <= line.place <= 12:
        return [], line
    names = introduced(line.text)
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
    if not _is_marked(line):
        return [], line
    return next((names for part in line.parts if (names := split(part))), []), line


def _is_marked(line: Line) -> bool:
    """Whether a line's element or link is an author's."""
    return (_may_be_author(line.box) and _hinted(line.node)) or any(map(_AUTHOR_LINK.search, line.links))


def _is_credit(line: Line) -> bool:
    """Whether a line says by its class whose a picture is."""
    words = line.box.sign.lower()
    return any(map(words.__contains__, ("copyright", "credit", "photo", "caption")))


def _beside(lines: list[Line], i: int) -> tuple[list[str], Line]:
    """A personal name just after the headline, alone beside a date, or behind a place («طرابلس - فاطمة سعداوي»)."""
    line = lines[i]
    text = line.text
    if not 0 < line.place <= 6 or len(text) > _LONGEST or _is_credit(line):
        return [], line
    source = _source(line, lines[i + 1 :]) if _PARTED.search(text) else ""
    if source:
        text = source
    elif _HAS_DATE.search(text):
        text = next((p for p in re.split(r"\s[–—-]\s|\s*[|•·]\s*", text) if p.strip()), "")
    elif line.links or not any(
        _HAS_DATE.search(lines[j].text) and len(lines[j].text) <= 60 for j in (i - 1, i + 1) if 0 <= j < len(lines)
    ):
        return [], line
    words = text.split()
    if not 2 <= len(words) <= 4 or any(w[0].islower() for w in words) or terms.label(text):
        return [], line
    return [name for name in split(text) if is_person(name, set())], line


def _source(line: Line, after: list[Line]) -> str:
    """What follows the place in a line such as «طرابلس - فاطمة سعداوي»: a city we know, or one that the story names."""
    if dateline := terms.place_and_source(line.text):
        return dateline[1]
    place, sign, source = (part.strip() for part in _DASH.sub("|", line.text, count=1).partition("|"))
    if not sign or not 1 <= len(place.split()) <= 3 or len(place) < 3:
        return ""
    if "dateline" in line.box.sign:
        return source
    story = [line.text for line in after if len(line.text) > 60]
    return source if any(place in text for text in story) and not any(source in text for text in story) else ""


def _agency(lines: list[Line], i: int) -> tuple[list[str], Line]:
    """An agency that a line just after the headline credits, alone or with a place behind it («AFP, MANILA»)."""
    line = lines[i]
    if not 0 < line.place <= 6 or len(line.text) > 60 or _is_credit(line):
        return [], line
    credit = next((text for text in (line.text, line.text.partition(",")[0]) if terms.agency(text)), "")
    return [credit.strip(" -–—()")] if credit else [], line


def _from_elements(head: Head) -> Found:
    """Names in elements marked as an author's, anywhere on the page, by the surest mark that any has.

    Of links to authors, which lists of stories have as well, only those that all say the same.
    """
    ranked: dict[int, dict[tuple[str, ...], list[LexborNode]]] = {}
    for node in [*head.tree.css(_MARKED)[:_MOST_MARKED], *islice(_called_author(head.page), _MOST_MARKED)]:
        get = node.attributes.get
        if not (_hinted(node) or _AUTHOR_LINK.search(get("href") or "")):
            continue
        words = (get("class") or "").lower()
        marks = (
            "author" in (get("rel") or "").split(),
            get("itemprop") == "author",
            "author" in words or "byline" in words,
        )
        rank = marks.index(True) if True in marks else len(marks)
        text = squeeze(node.text(separator=" "))
        if 2 < len(text) <= _LONGEST and (found := split(text, stated=rank < 2)):
            ranked.setdefault(rank, {}).setdefault(tuple(found), []).append(node)
    for rank, names in sorted(ranked.items()):
        if len(names) == 1 or rank:
            first = next(iter(names))
            return list(first), names[first]
    return [], []


def _called_author(page: Outline) -> Iterator[LexborNode]:
    """The elements around short texts that are called an author or a byline by their class."""
    for block in page.blocks:
        if not 2 < block.chars <= _LONGEST or block.box.above & FURNITURE:
            continue
        pieces = block.pieces
        if len(pieces) > 1 or pieces[0][1][3] is not None:
            yield from (node for node in inline(pieces) if _is_called(node.attributes.get("class") or ""))
        box: Box | None = block.box
        while box is not None and box.chars <= _LONGEST and box.first == block.index:
            if box.flags & AUTHOR and _is_called(box.sign):
                yield box.node
            box = box.parent


def _is_called(words: str) -> bool:
    """Whether a class speaks of an author."""
    words = words.lower()
    return "author" in words or "byline" in words


def choose(
    head: Head, lines: Callable[[], list[Line]], rules: tuple[str, ...] = (), *, thorough: bool = False
) -> Authors:
    """The authors of the page's story, in their order. `lines` gives the lines around the headline, when asked.

    All sources are looked at only to be `thorough` about those that lost.

    Persons go before organisations, whatever the source; among sources JSON-LD goes before meta elements before the
    visible byline. An organisation, the site itself too, is named only where it is all that the page names.
    """
    for selector in rules:
        nodes = head.tree.css(selector)
        texts = (node.attributes.get("content") or node.text(separator=" ") for node in nodes)
        if ruled := [name for text in texts for name in split(text, stated=True)]:
            return Authors(tuple(dict.fromkeys(ruled)), tuple(nodes), f"rules: {selector}")
    persons, organisations = _from_data(head)
    claims: list[tuple[str, list[str], list[LexborNode]]] = []
    sources: tuple[tuple[str, Callable[[], Found]], ...] = (
        ("JSON-LD", lambda: (persons, [])),
        ("meta", lambda: (_from_meta(head), [])),
        ("byline", lambda: _from_lines(lines())),
        ("element", lambda: _from_elements(head)),
    )
    for source, find in sources:
        names, nodes = find()
        if not names:
            continue
        claims.append((source, names, nodes))
        # A user name in metadata is not given up for a single word of the page.
        people = [n for n in names if is_person(n, head.names) and (len(claims) == 1 or " " in n or not n.isascii())]
        if people:
            kept = [n for n in names if n in people or key(n) not in head.names]
            lost = [(s, n) for s, n, _ in claims[:-1]]
            if thorough:
                lost += [
                    (s, n) for s, other in sources[[s for s, _ in sources].index(source) + 1 :] if (n := other()[0])
                ]
            return Authors(tuple(dict.fromkeys(kept)), tuple(nodes), source, tuple((s, ", ".join(n)) for s, n in lost))
    if organisations and not persons:
        claims.insert(0, ("JSON-LD", organisations, []))
    if not claims:
        return Authors()
    best = next((claim for claim in claims if any(key(name) not in head.names for name in claim[1])), claims[0])
    source, names, nodes = best
    losers = tuple((s, ", ".join(n)) for s, n, _ in claims if s != source)
    return Authors(tuple(dict.fromkeys(names)), tuple(nodes), source, losers)
