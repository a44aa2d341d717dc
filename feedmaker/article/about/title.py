"""The title of a story, by agreement of what a page calls it: headings, Open Graph, JSON-LD, the
title element.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from feedmaker.article.about.headline_lines import box_text
from feedmaker.html import json_ld
from feedmaker.html.blocks import Block, Box
from feedmaker.html.page_head import Head, key, path, squeeze
from feedmaker.text.arabic import fold

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

# Between a story's title and its site's or section's name. A hyphen or colon counts only with space
# around it.
_SEPARATOR = re.compile(r"\s+(?:[-–—|•·»«›:~/\\]|::|\|\|)+\s+|\s*(?:[|»›]|>>|::)\s*")
_SIGN = re.compile(r"[-–—|•·»«›:~/\\>]")  # one of which every separator has
_AGREE = 0.5
_LONGEST_STATED = 1000
_MOST_PIECES = 12
_LONGEST = 300  # characters; a longer heading is one that was never closed
# A newsroom writes the title element for search engines: what differs from it is more likely the
# headline.
_NEWS_WEIGHTS = {
    "h1": 1.0,
    "JSON-LD headline": 1.0,
    "og:title": 1.5,
    "twitter:title": 0.0,
    "title": -1.0,
}
_WEIGHTS = {"JSON-LD headline": 1.0, "og:title": 1.0, "twitter:title": 0.5, "title": 0.9}
# An address spells a title if half of its words are in it, and this much more than in any other.
_SPELT, _CLEARLY, _SURELY = 0.5, 0.15, 0.3
_SPELLING = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "å": "aa", "ø": "oe", "æ": "ae"}
)


@dataclass(frozen=True, slots=True)
class Title:
    """A title with what shows it, where something does, its source, and what lost.

    `first` and `last` say where: the blocks from the one up to the other.
    """

    text: str
    source: str
    losers: tuple[tuple[str, str], ...]
    node: LexborNode | None
    first: int
    last: int


def _likeness(one: str, other: str) -> float:
    """How much two keys have in common: the share of the shorter's words in the longer, damped by
    length.
    """
    if one == other:
        return 1.0 if one else 0.0
    a, b = set(one.split()), set(other.split())
    if not a or not b:
        return 0.0
    common = len(a & b)
    return common / min(len(a), len(b)) * (0.5 + 0.5 * min(len(a), len(b)) / max(len(a), len(b)))


def _names_site(text: str, names: set[str]) -> bool:
    """Whether a text is the site's name, or made of it."""
    k = key(text)
    if not k or k in names:
        return True
    if len(k) > 60:
        return False
    words = k.split()
    joined, initials = "".join(words), "".join(w[0] for w in words)
    for n in names:
        name = n.replace(" ", "")
        if joined == name or (len(words) > 2 and initials == name):
            return True
        if (
            abs(len(n) - len(k)) < 12
            and min(len(name), len(joined)) > 3
            and (n in k or k in n or joined in name)
        ):
            return True
    return False


def cut(text: str, names: set[str], known: set[str], shown: set[str]) -> str:
    """A title without the parts that evidence shows to be the site's or the section's name.

    A run of parts that equals a known title (`known`, keys) is the title; else parts that name the
    site are dropped from either end, and what follows an upright stroke, which no headline has in
    it. Of a text that a heading shows (`shown`, keys), only what is just the site's name is dropped
    so. Without evidence nothing is cut.
    """
    spans = _pieces(text)
    if len(spans) == 1:
        return _before_stroke(text)
    whole = key(text) in shown
    first, last = 0, len(spans) - 1
    for length in range(0 if whole else last, 0, -1):
        for i in range(len(spans) - length + 1):
            run = text[spans[i][0] : spans[i + length - 1][1]]
            if key(run) in known:
                return _before_stroke(run)

    def is_name(span: tuple[int, int]) -> bool:
        part = text[slice(*span)]
        return key(part) in names if whole else _names_site(part, names)

    while last > first and is_name(spans[last]):
        last -= 1
    while first < last and is_name(spans[first]):
        first += 1
    return _before_stroke(text[spans[first][0] : spans[last][1]].strip())


def _before_stroke(text: str) -> str:
    """What stands before the first upright stroke, if that is the longest part; else all of it."""
    first, *others = text.split("|")
    return (
        first.strip()
        if others and len(first) > max(map(len, others)) and " " in first.strip()
        else text
    )


def _pieces(text: str) -> list[tuple[int, int]]:
    """Where the parts of a title begin and end that separators part; all of it where there is none."""
    if not _SIGN.search(text):
        return [(0, len(text))]
    breaks = [m.span() for m in islice(_SEPARATOR.finditer(text), _MOST_PIECES)]
    return list(
        zip(
            [0, *(end for _, end in breaks)],
            [*(start for start, _ in breaks), len(text)],
            strict=True,
        )
    )


def _headings(head: Head) -> list[tuple[str, Box]]:
    """The first-level headings with a text that is not the site's name."""
    found = []
    for box in [box for box in head.page.filled if box.name == "h1"][:12]:
        if box.chars <= _LONGEST:
            text = box_text(head.page, box)
            if text and not _names_site(text, head.names):
                found.append((text, box))
    return found


def _claims(head: Head, headings: list[tuple[str, Box]]) -> dict[str, str]:
    """What the page calls its story outside of its headings, by source, without the site's name."""
    stated = {
        "JSON-LD headline": json_ld.text(head.story.get("headline"))
        or json_ld.text(head.story.get("name")),
        "og:title": head.first("og:title"),
        "twitter:title": head.first("twitter:title", "dc.title", "parsely-title", "sailthru.title"),
        "title": head.title,
    }
    stated = {source: squeeze(text[:_LONGEST_STATED]) for source, text in stated.items() if text}
    shown = {key(t) for t, _ in headings}
    known = {k for k in {*shown, *map(key, stated.values())} if " " in k}
    titles = {text: squeeze(cut(text, head.names, known, shown)) for text in set(stated.values())}
    claims = {source: titles[text] for source, text in stated.items()}
    # An attribute breaks off at a quotation mark in it.
    broken = {
        s
        for s, t in claims.items()
        if any(o[len(t) :].lstrip()[:1] == '"' for o in claims.values() if o.startswith(t))
    }
    sites = {text for text in titles.values() if not text or _names_site(text, head.names)}
    return {s: t for s, t in claims.items() if t not in sites and s not in broken}


def _is_labelled(heading: str, node: LexborNode, title: str) -> bool:
    """Whether a heading is a title with labels beside it, such as a kicker, a section, a date or a
    count.

    Or with an inline element inside of a word.
    """
    if " " not in title or heading == title:
        return False
    if heading.replace(" ", "") == title.replace(" ", ""):
        return True
    if heading.endswith(title) and (label := heading.removesuffix(title).strip())[-1:] in ":|–—-":
        return True
    if not heading.startswith(title) and not heading.endswith(title):
        return False
    label = heading.removesuffix(title).removeprefix(title).strip()
    return any(squeeze(child.text(separator=" ")) in (label, title) for child in node.traverse())


def _best_heading(
    headings: list[tuple[str, Box]], claims: dict[str, str]
) -> tuple[float, str, Box] | None:
    """The heading most like one of the claims, with its likeness; the first of equals."""
    best: tuple[float, str, Box] | None = None
    keys = [key(t) for t in claims.values()]
    for text, box in headings:
        likeness = max((_likeness(key(text), k) for k in keys), default=1.0)
        if best is None or likeness > best[0] + 0.01:
            best = (likeness, text, box)
    return best


def _by_vote(head: Head, claims: dict[str, str], weights: dict[str, float]) -> str:
    """The source whose title has the most weight behind it, counting all sources that say the same.

    The page's address has a vote where it spells a title that is not the title element's.
    """
    wordings = {source: key(text) for source, text in claims.items()}
    support: dict[str, float] = {}
    for source, wording in wordings.items():
        support[wording] = support.get(wording, 0.0) + weights[source]
    spelt = _spelt(head, claims)
    if spelt and spelt != wordings.get("title"):
        support[spelt] += 1.0
    return max(claims, key=lambda s: (support[wordings[s]], s == "h1", weights[s]))


def _news(head: Head, claims: dict[str, str]) -> str:
    """The source of a newsroom's headline: the data's own, where heading, data and shared title all
    differ.
    """
    main = [key(claims[s]) for s in ("h1", "JSON-LD headline", "og:title") if s in claims]
    return "JSON-LD headline" if len(set(main)) == 3 else _by_vote(head, claims, _NEWS_WEIGHTS)


def _other(head: Head, claims: dict[str, str]) -> str:
    """The source of any other page's title: its heading, where it has one that is a title.

    Unless it is unlike all else that the page calls its story, and the address spells one of those.
    """
    if "h1" not in claims:
        return _by_vote(head, claims, _WEIGHTS)
    heading = key(claims["h1"])
    if (
        max((_likeness(heading, key(text)) for s, text in claims.items() if s != "h1"), default=1.0)
        > _AGREE
    ):
        return "h1"
    spelt = _spelt(head, claims, _SURELY)
    return next((source for source, text in claims.items() if key(text) == spelt), "h1")


def _spelt(head: Head, claims: dict[str, str], clearly: float = _CLEARLY) -> str:
    """The key of the title that the page's address spells, `clearly` more so than any other; empty
    where none is.
    """
    wordings = {key(text) for text in claims.values()}
    if len(wordings) < 2:
        return ""
    parts = (set(re.findall(r"[^\W_]+", part.lower())) for part in path(head.url).split("/"))
    slug = max(parts, key=len, default=set())
    if len(slug) < 3:
        return ""
    shares = []
    for wording in wordings:
        words = (
            set(wording.split())
            | set(wording.translate(_SPELLING).split())
            | set(fold(wording).split())
        )
        shares.append((len(slug & words) / len(slug), wording))
    (best, wording), (second, _) = sorted(shares, reverse=True)[:2]
    return wording if best >= _SPELT and best - second >= clearly else ""


def _shown(head: Head, keys: set[str]) -> Box | Block | None:
    """What shows a title with one of these keys where no first-level heading does: another heading,
    else any text.

    A link with a story's title is another page's, if there is anything else.
    """
    page = head.page
    shortest, longest = min(map(len, keys)) - 3, max(map(len, keys)) + 40
    for box in [box for box in page.filled if box.name in ("h2", "h3", "h4")][:40]:
        if shortest <= box.chars <= longest and key(box_text(page, box)) in keys:
            return box
    linked: Block | None = None
    for block in page.blocks:
        if shortest <= block.chars <= longest and key(block.text) in keys:
            if 2 * block.linked < block.chars:
                return block
            linked = linked or block
    return linked


def _titled(head: Head, usual: str) -> Title:
    """The title of a page that has no more than a title element: the part of it that the page
    shows, else `usual`.
    """
    pieces = _pieces(head.title)
    runs = [
        head.title[pieces[i][0] : pieces[j][1]]
        for i in range(len(pieces))
        for j in range(i, len(pieces))
    ]
    long = {key(run): run for run in sorted(runs, key=len) if len(run.split()) > 2}
    found = _shown(head, set(long)) if long else None
    text = (
        ""
        if found is None
        else found.text
        if isinstance(found, Block)
        else box_text(head.page, found)
    )
    shown = long.get(key(text))
    return Title(
        shown if shown and shown != head.title else usual, "title", (), *_place(head, found)
    )


def _place(
    head: Head, where: Box | Block | LexborNode | None
) -> tuple[LexborNode | None, int, int]:
    """The element that shows a title, and its blocks: the first, and the one after the last."""
    if where is None:
        return None, -1, -1
    if isinstance(where, Block):
        return where.box.node, where.index, where.index + 1
    if isinstance(where, Box):
        return where.node, where.first, where.last
    known = {box.node.mem_id: box for box in head.page.boxes if box.first >= 0}
    above: LexborNode | None = where
    while above is not None and above.mem_id not in known:
        above = above.parent
    return (
        (where, known[above.mem_id].first, known[above.mem_id].last)
        if above is not None
        else (where, -1, -1)
    )


def choose(head: Head, rules: tuple[str, ...] = ()) -> Title:
    """The title of the page's story; an empty text where nothing names it.

    A newsroom (JSON-LD NewsArticle) writes a title of its own for search engines into the title
    element; there the title is what most other sources say. Elsewhere it is the first-level
    heading, unless that is a short label which nothing else on the page agrees with.
    """
    for selector in rules:
        for node in head.tree.css(selector):
            text = squeeze(node.attributes.get("content") or node.text(separator=" "))
            if text:
                return Title(text, f"rules: {selector}", (), *_place(head, node))
    headings = _headings(head)
    claims = _claims(head, headings)
    best = _best_heading(headings, claims)
    if best is not None:
        likeness, text, box = best
        k = key(text)
        lonely = (
            len({key(t) for t, _ in headings}) == 1
            and 5 <= len(k.split()) <= 25
            and not text.endswith(":")
        )
        if (likeness >= _AGREE or lonely) and not any(
            _is_labelled(text, box.node, t) for t in claims.values()
        ):
            claims = {"h1": cut(text, head.names, set(), {k}), **claims}
    if not claims or (claims.keys() == {"title"} and best is None):
        if best:
            return Title(best[1], "h1", (), *_place(head, best[2]))
        return _titled(head, claims.get("title", head.title))
    source = _news(head, claims) if head.is_news else _other(head, claims)
    longer = max(_SEPARATOR.split(head.title), key=len)
    short = source != "h1" and len(claims[source].split()) <= 3 and len(longer.split()) >= 5
    if short and key(claims[source]) in key(longer):
        claims = {
            **claims,
            "title": longer,
        }  # the others name the department, the title element its story
        source = "title"
    shown = best[2] if best and "h1" in claims else _shown(head, {key(t) for t in claims.values()})
    shown = shown or (best[2] if best else None)
    losers = tuple((s, t) for s, t in claims.items() if s != source)
    return Title(claims[source], source, losers, *_place(head, shown))
