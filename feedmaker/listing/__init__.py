"""A listing page becomes the links of a section: by selectors, under a heading, by itself, from a
sitemap or a feed.

Pure: given a `Page`, return `Link`s in the page's order. What is already known of a section helps
to find its list again after a redesign.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from feedmaker.html import parsing
from feedmaker.listing import cards, headings, list_healing, other_sources
from feedmaker.listing.anchors import Tree
from feedmaker.listing.candidates import DOUBT, THRESHOLD, KnownLinks
from feedmaker.listing.link_details import to_block, to_link
from feedmaker.listing.other_sources import child_sitemaps
from feedmaker.model import LIMITS, Link, Listing, ListingDoubt, Rules
from feedmaker.model.errors import ListingError
from feedmaker.policy.filters import wants
from feedmaker.text import charset

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from feedmaker.listing.candidates import Candidate
    from feedmaker.model import HealedRule, Limits, Page, Section, Trace

Source = Literal["selectors", "heading", "page", "sitemap", "feed"]
_SOURCES: Final[dict[str, Source]] = {"selectors": "selectors", "heading": "heading"}
_FEW: Final = 3  # links; a list of fewer may be another part of the page
_NARROW: Final = 0.4  # of the links: that many may be close to the threshold

__all__ = [
    "agreement",
    "child_sitemaps",
    "find_links",
    "labels",
    "nav_url",
    "section_links",
    "wants",
]


def find_links(
    html: bytes | str, url: str, *, rules: Rules | None = None, known: Iterable[Link] = ()
) -> list[Link]:
    """The story links of a listing page at `url`, in page order; [] where it holds none.

    `html` is the page, as bytes (decoded as browsers do) or text; `rules.links` are selectors to
    try first; `known` are links of stories that the listing had before, newest first: where the
    selectors do not name its list any more, the one that agrees with them is taken. Raises
    ListingError where none does.
    """
    tree = Tree(html if isinstance(html, str) else charset.utf8(html), url)
    candidates, _ = _candidates(tree, "", rules or Rules(), KnownLinks(known), (), [])
    return [to_link(tree, one) for one in candidates if not one.reason]


def section_links(
    page: Page,
    section: Section,
    rules: Rules,
    known: Iterable[Link] = (),
    *,
    healed: Sequence[HealedRule] = (),
    trace: Trace | None = None,
    limits: Limits = LIMITS,
) -> Listing:
    """The links of a section on one of its listing pages: HTML, a sitemap or a feed; filtered.

    `known` are the section's stories of before, newest first; `healed` are rules that were replaced
    before. A rule that this page makes replaced is in the result. Raises ListingError where the
    page holds no story links, or neither what the section names nor a list that agrees with the
    known stories. A section's filters that let no link pass are no error.
    """
    kind = other_sources.kind(page)
    if kind != "html":
        found = other_sources.links(page)
        if not found:
            raise ListingError(
                f"{page.url}: the sitemap or feed names no pages; check the section's `urls`"
            )
        is_sitemap = kind == "xml" and other_sources.is_sitemap(page)
        wanted = tuple(link for link in found if wants(section, link))
        return Listing(links=wanted, source="sitemap" if is_sitemap else "feed")
    tree = Tree(page.utf8, page.url, limits)
    new_rules: list[HealedRule] = []
    candidates, source = _candidates(
        tree, section.heading, rules, KnownLinks(known), healed, new_rules
    )
    if trace is not None:
        trace.blocks.extend(to_block(one) for one in candidates)
    stories = [one for one in candidates if not one.reason]
    if not stories:
        unfit = parsing.within_limits(page.utf8, limits).problem
        raise ListingError(f"{tree.url}: {unfit}" if unfit else _nothing(tree, section, candidates))
    clear, doubts = _trust(stories)
    links = (to_link(tree, one) for one in stories)
    return Listing(
        links=tuple(link for link in links if wants(section, link)),
        confidence=new_rules[0].confidence if new_rules else clear,
        doubts=doubts,
        source=source,
        healed=tuple(new_rules),
    )


def _trust(stories: Sequence[Candidate]) -> tuple[float, tuple[ListingDoubt, ...]]:
    """The share of the links that are clearly stories, and why they may be wrong."""
    if len(stories) < _FEW:
        return 0.5, (ListingDoubt("few", len(stories)),)
    narrow = sum(one.score < THRESHOLD + DOUBT for one in stories)
    doubts = (ListingDoubt("narrow", narrow),) if narrow > _NARROW * len(stories) else ()
    return 1 - narrow / len(stories), doubts


def agreement(page: Page, known: Iterable[Link]) -> tuple[float, int]:
    """How well the links of a page agree with a section's known stories (0 to 1), and how many of
    those are on it.
    """
    return list_healing.agreement(Tree(page.utf8, page.url), KnownLinks(known))


def labels(page: Page) -> list[tuple[str, str]]:
    """The labels and URLs of a page's short links: what may lead to a section."""
    return headings.labelled(Tree(page.utf8, page.url))


def nav_url(page: Page, label: str) -> str:
    """The URL behind a navigation label of a page; ListingError names the nearest labels where
    there is none.
    """
    return headings.navigation(Tree(page.utf8, page.url), label)


def _candidates(
    tree: Tree,
    heading: str,
    rules: Rules,
    known: KnownLinks,
    healed: Sequence[HealedRule],
    new_rules: list[HealedRule],
) -> tuple[list[Candidate], Source]:
    """What selectors match, in the block under the heading if there is one; else that block, else
    the page's lists.

    Where those are gone, or name what is none of the section's, the list that agrees with the known
    stories.
    """
    block = headings.block_under(tree, heading) if heading else tree.anchors
    selectors = ", ".join(rules.links)
    found: list[Candidate] = []
    source: Source = "selectors"
    if block:
        found = cards.within(tree, rules.links, block) if rules.links else []
        if not found and heading:
            found, source = cards.under(tree, block, known), "heading"
        elif not found and not selectors:
            found, source = cards.find(tree, known), "page"
    if (
        found and not ((heading or selectors) and list_healing.strayed(tree, found, known))
    ) or not (heading or selectors):
        return found, source
    what: Literal["heading", "links"] = "links"
    before = selectors
    if heading and not (block and selectors):
        what, before = "heading", heading
    for one in healed:
        if one.before == before:
            again = [c for c in list_healing.apply(tree, one.kind, one.name, known) if not c.reason]
            if any(known.has(a) for c in again for a in c.anchors):
                return again, _SOURCES.get(one.kind, "page")
    if not known:
        return (found, source) if found or heading else (cards.find(tree, known), "page")
    cure, told = list_healing.heal(
        tree, known, what, before, least=list_healing.DEVIATING if found else list_healing.SURE
    )
    if cure:
        new_rules.append(cure.heal)
        return cure.candidates, _SOURCES.get(cure.heal.kind, "page")
    if found or heading:
        return found, source
    raise ListingError(
        f"{tree.url}: `rules.links` match nothing any more ({selectors}), and no list takes their place: {told};"
        f" look with `feedmaker explain --links {tree.url}`"
    )


def _nothing(tree: Tree, section: Section, candidates: list[Candidate]) -> str:
    """Why there are no links, and what to do about it."""
    if section.heading and not candidates:
        names = headings.label_list(headings.headings(tree))
        return f"{tree.url}: no story links under the heading «{section.heading}»; the page's headings are {names}"
    if section.heading:
        return (
            f"{tree.url}: the links under the heading «{section.heading}» are none of stories;"
            " name another heading, or the listing's own URL"
        )
    if not tree.anchors:
        return f"{tree.url}: the page holds no links; it may be made by a script: try its sitemap or feed in `urls`"
    count = len(tree.anchors)
    return f"{tree.url}: none of its {count} links is one of a story; give selectors in `rules.links`, or another URL"
