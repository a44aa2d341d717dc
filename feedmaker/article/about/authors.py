"""Who wrote a story: JSON-LD, meta elements and the visible byline."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from feedmaker.article.about import bylines
from feedmaker.article.about.person_names import is_person, split
from feedmaker.html.page_head import Statement
from feedmaker.html.page_head import title_key as key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborNode

    from feedmaker.html.page_head import Head, HeadlineLines

_META = (
    "author", "article:author", "article:author_name", "byl", "parsely-author", "sailthru.author", "dc.creator",
    "dcterms.creator", "citation_author", "article_author", "article.author", "cxenseparse:author", "og:article:author",
    "og:author", "creator", "authors", "vr:author", "twitter:data1",
)  # fmt: skip
_ADDRESS = re.compile(r"https?:|www\.|^@|\w@\w|/{2}", re.IGNORECASE)
# What `twitter:label1` says of an author in `twitter:data1`, where search-engine plug-ins put one.
_WRITTEN = re.compile(
    r"written by|(?:geschrieben|verfasst) von|écrit par|escrito por|scritto da|geschreven door|skrevet av|skriven av"
    r"|napisane przez|yazar|автор|كتبه?|كُتب بواسطة|بقلم",
    re.IGNORECASE,
)


Claim = tuple[str, list[str], list["LexborNode"]]  # source, names, and the elements that show them


@dataclass(frozen=True, slots=True)
class Authors:
    """The names, where they stand, the source, and the claims that lost."""

    names: tuple[str, ...] = ()
    nodes: tuple[LexborNode, ...] = ()
    source: str = ""
    losers: tuple[Statement, ...] = ()


def _from_meta(head: Head) -> list[str]:
    """Names in meta elements: of the first key that has any.

    An imprint («lamp.example, Berlin») is none. `citation_author` (Highwire Press) has the family
    name first, and `twitter:data1` is what `twitter:label1` says.
    """
    for name in _META:
        if name not in head.meta or (
            name == "twitter:data1" and not _WRITTEN.fullmatch(head.first("twitter:label1"))
        ):
            continue
        texts = [text for text in head.meta[name] if not _ADDRESS.search(text)]
        texts = [
            text
            for text in texts
            if key(text.partition(",")[0]) not in head.names or "," not in text
        ]
        if name == "citation_author":
            texts = [" ".join(reversed(text.split(",", 1))) for text in texts]
        if found := [n for text in texts for n in split(text, stated=True)]:
            return found
    return []


def _claims(head: Head, lines: HeadlineLines, persons: list[str]) -> Iterator[Claim]:
    """All that the page says of its authors, with the source, the most trusted first; `persons` are
    JSON-LD's.
    """
    meta = [] if persons else _from_meta(head)
    for found in bylines.right_below(head, lines.below, persons or meta):
        yield "byline", *found
    if persons:
        yield "JSON-LD", persons, []
    if meta := meta or _from_meta(head):
        yield "meta", meta, []
    named = [*persons, *meta]
    shown = (
        ("byline", bylines.around(lines)),
        ("element", bylines.in_elements(head)),
        ("credit", bylines.credited(head)),
    )
    for source, claims in shown:
        for names, nodes in claims:
            named += names
            yield source, names, nodes
    if all(key(name) in head.names for name in named):
        for found in bylines.signed(head.page, lines.below):
            yield "signature", *found


def choose_authors(
    head: Head,
    lines: HeadlineLines,
    rules: tuple[str, ...] = (),
    *,
    thorough: bool = False,
) -> Authors:
    """The authors of the page's story, in their order.

    `lines` gives the lines around the headline, when asked; `below` is the index of the first block
    below it. All sources are looked at only to be `thorough` about those that lost.

    Persons go before organisations, whatever the source. Among sources, a byline right below the
    headline that differs goes before JSON-LD before meta elements before whatever else the page
    shows. An organisation, the site itself too, is named only where it is all that the page names.
    """
    for selector in rules:
        nodes = head.tree.css(selector)
        texts = (node.attributes.get("content") or node.text(separator=" ") for node in nodes)
        if ruled := [name for text in texts for name in split(text, stated=True)]:
            return Authors(tuple(dict.fromkeys(ruled)), tuple(nodes), f"rules: {selector}")
    organisations = head.json_ld.organisations
    persons = [n for text in head.json_ld.persons for n in split(text, stated=True)]
    claims: dict[str, Authors] = {}  # by source
    best: Authors | None = None
    for source, given, nodes in _claims(head, lines, persons):
        names = tuple(dict.fromkeys(given))
        claims.setdefault(source, Authors(names, tuple(nodes), source))
        # A user name in metadata is not given up for a single word of the page.
        people = [n for n in names if len(claims) == 1 or " " in n or not n.isascii()]
        people = [n for n in people if is_person(n, head.names)]
        if people and best is None:
            kept = tuple(n for n in names if n in people or key(n) not in head.names)
            best = Authors(kept, tuple(nodes), source)
        if best is not None and not thorough:
            break
    if best is None:
        if organisations and not persons:
            claims = {
                "JSON-LD": Authors(tuple(dict.fromkeys(organisations)), (), "JSON-LD"),
                **claims,
            }
        named = list(claims.values()) or [Authors()]
        best = next(
            (c for c in named if any(key(name) not in head.names for name in c.names)), named[0]
        )
    losers = tuple(
        Statement(source, ", ".join(c.names))
        for source, c in claims.items()
        if source != best.source
    )
    return replace(best, losers=losers) if losers else best
