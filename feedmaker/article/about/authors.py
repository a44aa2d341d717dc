"""Who wrote a story: JSON-LD, meta elements and visible bylines, by trust."""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING, Final, NamedTuple

from feedmaker.article.about.author_search import (
    claims_in_credits,
    claims_in_elements,
    claims_in_signatures,
    claims_without_mark,
)
from feedmaker.article.about.bylines import (
    LONGEST_LIST,
    AuthorClaim,
    byline_below,
    bylines_around,
    is_person,
    split_names,
)
from feedmaker.html.page_head import title_key
from feedmaker.text import labels

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborNode

    from feedmaker.html.json_ld import Statement
    from feedmaker.html.page_head import Head, HeadlineLines

_META: Final = (
    "citation_author",
    "author",
    "article:author",
    "article:author_name",
    "byl",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "dcterms.creator",
    "article_author",
    "article.author",
    "cxenseparse:author",
    "og:article:author",
    "og:author",
    "creator",
    "authors",
    "vr:author",
    "twitter:data1",
)
_ADDRESS: Final = re.compile(r"https?:|www\.|^@|/{2}", re.IGNORECASE)  # no mail's
_USER_NAME: Final = re.compile("[!-~]+")  # one word of ASCII


class Authors(NamedTuple):
    """The names, the elements that show them, their source, and the claims that lost."""

    names: tuple[str, ...] = ()
    nodes: tuple[LexborNode, ...] = ()
    source: str = ""
    losers: tuple[Statement, ...] = ()


def choose_authors(
    head: Head,
    lines: HeadlineLines,
    rules: tuple[str, ...] = (),
    *,
    thorough: bool = False,
) -> Authors:
    """Return the authors of the page's story, in their order.

    Persons go before organisations, whatever the source. Among sources, a byline right below the
    headline that differs goes before JSON-LD before meta elements before whatever else the page
    shows. An organisation, the site itself too, is named only where it is all that the page names.
    To be `thorough` all sources are asked, for `losers`; else as many as are needed.
    """
    if rules and (ruled := _ruled_authors(head, rules)):
        return ruled
    claims: dict[str, AuthorClaim] = {}  # the first of each source
    best: AuthorClaim | None = None
    for claim in _claims(head, lines):
        claims.setdefault(claim.source, claim)
        if best is None:
            is_first = len(claims) == 1
            best = _persons_of(head, claim, is_first=is_first)
        if best and not thorough:
            break
    if best is None:
        claims = _with_organisations(head, claims)
        best = _organisation(head, list(claims.values()))
    claims.pop(best.source, None)
    return Authors(
        names=tuple(dict.fromkeys(best.names)),
        nodes=tuple(best.nodes),
        source=best.source,
        losers=tuple(claim.statement for claim in claims.values()),
    )


def _ruled_authors(
    head: Head,
    rules: tuple[str, ...],
) -> Authors | None:
    """Return the authors that the site's selectors find."""
    for selector in rules:
        nodes = head.tree.css(selector)
        names: list[str] = []
        for node in nodes:
            text = node.attributes.get("content") or node.text(separator=" ")
            names += split_names(text, stated=True)
        if names:
            return Authors(
                names=tuple(dict.fromkeys(names)),
                nodes=tuple(nodes),
                source=f"rules: {selector}",
            )
    return None


def _claims(
    head: Head,
    lines: HeadlineLines,
) -> Iterator[AuthorClaim]:
    """Give all that the page says of its authors, the most trusted first."""
    persons: list[str] = []
    sections = {title_key(section.text) for section in head.sections}
    left = LONGEST_LIST
    for text in head.json_ld.persons:
        if title_key(text) not in sections and not _ADDRESS.search(text):
            persons += split_names(text[: max(left, 0)], stated=True)
        left -= len(text)
    meta = [] if persons else _meta_authors(head)
    yield from byline_below(head, lines.below, [*persons, *meta])
    if persons:
        yield AuthorClaim("JSON-LD", persons)
    meta = meta or _meta_authors(head)
    if meta:
        yield AuthorClaim("meta", meta)
    named = {*persons, *meta}
    bylines = bylines_around(lines)
    first = next(bylines, None)
    near = chain([first], bylines) if first else claims_without_mark(lines)
    elsewhere = (find(head) for find in (claims_in_elements, claims_in_credits))
    for claim in chain(near, chain.from_iterable(elsewhere)):
        named.update(claim.names)
        yield claim
    if not any(is_person(name, head.names) for name in named):
        yield from claims_in_signatures(head.page, lines.below)


def _meta_authors(head: Head) -> list[str]:
    """Return the names in meta elements: of the first key that has any.

    An imprint («lamp.example, Berlin») is none. `citation_author` (Highwire Press) has the family
    name first, and `twitter:data1` is what `twitter:label1` says.
    """
    for key in _META:
        if key not in head.meta:
            continue
        if key == "twitter:data1" and labels.label(head.first("twitter:label1")) != "byline":
            continue
        if names := _names_in_meta(head, key):
            return names
    return []


def _names_in_meta(
    head: Head,
    key: str,
) -> list[str]:
    names: list[str] = []
    left = LONGEST_LIST
    for given in head.meta[key]:
        text = given[: max(left, 0)]
        left -= len(given)
        first, comma, rest = text.partition(",")
        is_imprint = comma and title_key(first) in head.names
        if is_imprint or _ADDRESS.search(text):
            continue
        is_turned = comma and key == "citation_author"
        names += split_names(f"{rest} {first}" if is_turned else text, stated=True)
    return names


def _persons_of(
    head: Head,
    claim: AuthorClaim,
    *,
    is_first: bool,
) -> AuthorClaim | None:
    """Return a claim without the site's own names; None where it has no person.

    A user name is taken from the first source only: one that metadata gives is not given up for a
    single word of the page.
    """
    names = [name for name in claim.names if is_first or not _USER_NAME.fullmatch(name)]
    site = head.names
    persons = {name for name in names if is_person(name, site)}
    if not persons:
        return None
    kept = [name for name in claim.names if name in persons or not _names_site(head, name)]
    return claim._replace(names=kept)


def _names_site(head: Head, name: str) -> bool:
    """Tell whether a name is the site's: one of those it states, or the end of the page's title."""
    key = title_key(name)
    return key in head.names or title_key(head.title).endswith(f" {key}")


def _with_organisations(
    head: Head,
    claims: dict[str, AuthorClaim],
) -> dict[str, AuthorClaim]:
    """Return the claims behind JSON-LD's organisations, where it names no person."""
    organisations = head.json_ld.organisations
    if not organisations or "JSON-LD" in claims:
        return claims
    return {"JSON-LD": AuthorClaim("JSON-LD", organisations), **claims}


def _organisation(
    head: Head,
    claims: list[AuthorClaim],
) -> AuthorClaim:
    """Return the first claim with a name that is not the site's, else the first of all."""
    for claim in claims:
        if not head.names.issuperset(map(title_key, claim.names)):
            return claim
    return claims[0] if claims else AuthorClaim("", ())
