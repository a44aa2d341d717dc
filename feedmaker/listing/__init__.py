"""A listing page becomes the links of a section.

They are found by selectors, under a heading, without a rule, or in a sitemap or a feed. Pure: given
a `Page`, return `Link`s in the page's order. What is already known of a section helps to find its
list again after a redesign.

    page -> page_links -> link_scores -> candidates -> cards -> links
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Literal

from feedmaker.html import page_state, parsing
from feedmaker.html.script_values import read_json
from feedmaker.listing import (
    candidates,
    cards,
    group_dates,
    heading_blocks,
    headings,
    link_selectors,
    list_healing,
    other_sources,
    scripted_links,
    state_lists,
)
from feedmaker.listing.cards import squeeze
from feedmaker.listing.heading_blocks import block_of
from feedmaker.listing.headings import in_link
from feedmaker.listing.link_doubts import FEW, judge_list
from feedmaker.listing.link_selectors import (
    candidates_by_key,
    common_selectors,
    selected_keys,
)
from feedmaker.listing.list_healing import selectors_for
from feedmaker.listing.load_more import following_address, load_more_address, next_address
from feedmaker.listing.named_sources import NamedFeed, find_feeds, find_sitemaps
from feedmaker.listing.page_links import Anchor, KnownLinks, PageLinks, is_story
from feedmaker.listing.url_shape import shape
from feedmaker.listing.xml_reading import GZIP
from feedmaker.model import LIMITS, Link, Listing, Rules
from feedmaker.model.errors import ListingError
from feedmaker.model.reasons import Code, Reason
from feedmaker.policy.selection import wants
from feedmaker.text import arabic, charset
from feedmaker.text.word_counts import count_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from feedmaker.listing.cards import TreePosition
    from feedmaker.listing.link_scores import Candidate
    from feedmaker.model import HealedRule, Limits, Page, Section
    from feedmaker.model.trace import Trace

__all__ = [
    "Anchor",
    "NamedFeed",
    "PageLinks",
    "agreement",
    "block_of",
    "candidates_by_key",
    "child_sitemaps",
    "common_selectors",
    "count_words",
    "find_feeds",
    "find_links",
    "find_sitemaps",
    "following_address",
    "in_link",
    "is_story",
    "labels",
    "load_more_address",
    "nav_url",
    "next_address",
    "section_links",
    "selected_keys",
    "selectors_for",
    "shape",
    "source_kind",
    "squeeze",
    "wants",
]

Source = Literal["selectors", "heading", "page", "state", "sitemap", "feed"]
# What sitemaps and feeds open with, and what other pages do.
_OPENING: Final = re.compile(r"<(?:\w{1,20}:)?(?:urlset|sitemapindex|rss|feed|rdf)[\s>/]")
_HTML_OPENINGS: Final = ("<html", "<!doctype html", "<body", "<head>")
_ADDRESS: Final = re.compile(r"https?://[^\s<>\"]{4,2000}")
_BEGINNING: Final = 3000  # bytes of a page that say what it is
_SOURCES: Final[dict[str, Source]] = {"selectors": "selectors", "heading": "heading"}


@dataclass(frozen=True, slots=True)
class _FoundList:
    """What a page gave: candidates in page order, and what they were found by.

    `rule` is the rule that should have named them, `healed` what names them instead.
    """

    candidates: list[Candidate]
    source: Source
    rule: Literal["links", "heading"] = "links"
    healed: HealedRule | None = None

    @property
    def stories(self) -> list[Candidate]:
        """The candidates that are stories."""
        return [one for one in self.candidates if not one.drop]


def find_links(
    html: bytes | str,
    url: str,
    *,
    rules: Rules | None = None,
    known: Iterable[Link] = (),
    language: str | None = None,  # noqa: ARG001 - dates are read in all languages at once
    timezone: str = "UTC",
    now: datetime | None = None,
) -> list[Link]:
    """The story links of a listing page at `url`, in page order; [] where it holds none.

    `html` is the page, as bytes (decoded as browsers do) or text; `rules.links` are selectors to
    try first; `known` are links of stories that the listing had before, newest first: where the
    selectors do not name its list any more, or less than two thirds of as many, the one that agrees
    with them is taken. Raises ListingError where they name nothing, and no list agrees.

    A date that a card shows without a zone is read in `timezone` (IANA), a relative one from `now`
    (aware). `language` is the page's; dates are read in any.
    """
    text = html if isinstance(html, str) else charset.utf8(html)
    listed = list(known)
    read = _read_page(PageLinks(text, url), "", rules or Rules(), listed, usual=len(listed))
    stories = read.found.stories
    found = [_make_link(read.page, one, timezone, now) for one in stories]
    pairs = zip(stories, found, strict=True)
    cards_of = {link.url: _card_of(one) for one, link in pairs if link.published is None}
    dates = group_dates.dates_above(read.page, cards_of, timezone, now)
    if dates:
        found = [replace(link, published=dates.get(link.url, link.published)) for link in found]
    return found + [Link(url=url) for url in read.unnamed]


def section_links(
    page: Page,
    section: Section,
    rules: Rules,
    known: Iterable[Link] = (),
    *,
    healed: Sequence[HealedRule] = (),
    usual: int = 0,
    trace: Trace | None = None,
    limits: Limits = LIMITS,
) -> Listing:
    """The links of a section on one of its listing pages: HTML, a sitemap or a feed; filtered.

    `known` are the section's stories of before, newest first, `usual` is how many links the page
    has, 0 where that is not known; `healed` are rules that were replaced before. Rules that are
    replaced on this page are in the result. Raises ListingError where the page holds no story
    links, or neither what the section names nor a list that agrees with the known stories. A
    section's filters that let no link pass are no error.
    """
    kind = source_kind(page)
    if kind != "html":
        if section.source in ("page", "state"):
            raise ListingError(page.url, Reason.of(Code.NOT_HTML, source=section.source))
        if kind == "json":
            return _json_listing(page, section, known)
        return _source_listing(page, section, kind)
    links = PageLinks(page.utf8, page.url, limits)
    if section.links:
        rules = replace(rules, links=section.links)
    read = _read_as(links, section, rules, known, healed, usual)
    if trace is not None:
        trace.blocks.extend(map(candidates.traced_block, read.found.candidates))
    if not read.count:
        unfit = parsing.within_limits(page.utf8, limits).problem
        raise ListingError(page.url, unfit or _why_nothing(links, section, read.found))
    if read.unnamed:
        unnamed = [Link(url=url) for url in read.unnamed]
        return Listing(links=_wanted(section, unnamed), source="state")
    made = (_make_link(read.page, one) for one in read.found.stories)
    return replace(_trusted(read.found), links=_wanted(section, made))


def _read_as(
    page: PageLinks,
    section: Section,
    rules: Rules,
    known: Iterable[Link],
    healed: Sequence[HealedRule],
    usual: int,
) -> _ReadPage:
    """Return the list of a page by the source that its section names. Raises ListingError."""
    if section.source == "page":
        found = _find_list(page, section.heading, rules, known, healed, usual)
        return _ReadPage(page, found)
    if section.source == "state":
        stated = _read_data(page, section.heading, list(known))
        if stated is None or not stated.count:
            raise ListingError(page.url, Reason.of(Code.NO_STATE))
        return stated
    return _read_page(page, section.heading, rules, known, healed, usual)


def source_kind(page: Page) -> Literal["xml", "json", "text", "html"]:
    """What a page is by its first words: a sitemap or feed in XML, JSON, a list of URLs, or HTML.

    A warning of the server's may stand before XML.
    """
    if page.content.startswith(GZIP):
        return "xml"
    beginning = page.utf8[:_BEGINNING].decode("utf-8", "replace")
    head = beginning.lstrip("\ufeff \t\r\n").lower()
    if head.startswith(("{", "[")):
        return "json"
    lines = head.split()[:FEW]
    if head.startswith("http") and all(map(_ADDRESS.fullmatch, lines)):
        return "text"
    if any(tag in head for tag in _HTML_OPENINGS):
        return "html"
    if head.startswith("<?xml"):
        head = page.utf8.decode("utf-8", "replace").lower()  # a long document type may stand first
    opening = _OPENING.search(head)
    return "xml" if opening else "html"


def child_sitemaps(page: Page) -> list[str]:
    """The sitemaps that a sitemap index names, the one changed last first; [] of any other page."""
    if source_kind(page) != "xml":
        return []
    return other_sources.named_sitemaps(page)


def _source_listing(
    page: Page,
    section: Section,
    kind: Literal["xml", "text"],
) -> Listing:
    """The links of a sitemap or a feed. One that is sound and empty gives none."""
    source: Source = "feed"
    is_empty = False
    if kind == "text":
        source, links = "sitemap", other_sources.text_links(page)
    else:
        source, links, is_empty = other_sources.xml_links(page)
    if not links and not is_empty:
        raise ListingError(page.url, Reason.of(Code.NO_PAGES_NAMED))
    return Listing(links=_of_categories(section, _wanted(section, links)), source=source)


def _json_listing(page: Page, section: Section, known: Iterable[Link]) -> Listing:
    """The links of a JSON Feed, or of the answer of an API: its objects, or HTML in it."""
    data = read_json(page.text)
    links = other_sources.json_feed_links(data, page.url)
    if links is not None:
        return Listing(links=_of_categories(section, _wanted(section, links)), source="feed")
    known = list(known)
    addresses = [link.url for link in known]
    html = state_lists.page_of_values([data], page.url, addresses)
    made = PageLinks(html, page.url)
    found = replace(_find_list(made, section.heading, Rules(), known), source="state", healed=None)
    if not found.stories:
        raise ListingError(page.url, Reason.of(Code.JSON_WITHOUT_STORIES))
    made_links = [_make_link(made, one) for one in found.stories]
    return replace(_trusted(found), links=_wanted(section, made_links))


def _of_categories(section: Section, links: tuple[Link, ...]) -> tuple[Link, ...]:
    """The links that a feed puts under a category of the section; all where it has none of them.

    What stands under no category may be of any.
    """
    wanted = {arabic.fold(category) for category in section.category}
    is_in = [not wanted.isdisjoint(map(arabic.fold, link.categories)) for link in links]
    if not any(is_in):
        return links
    pairs = zip(links, is_in, strict=True)
    return tuple(link for link, is_wanted in pairs if is_wanted or not link.categories)


def _wanted(section: Section, links: Iterable[Link]) -> tuple[Link, ...]:
    """The links that a section wants, in their order."""
    return tuple(link for link in links if wants(section, link))


def agreement(page: Page, known: Iterable[Link]) -> tuple[float, int]:
    """How well the best list of a page agrees with a section's known stories.

    From 0 to 1; and how many of the known stories it has.
    """
    links = PageLinks(page.utf8, page.url)
    rule = list_healing.best_rule(
        links,
        KnownLinks(known),
        what="links",
        before="",
    )
    return rule.confidence, rule.agreed


def labels(page: Page) -> list[tuple[str, str]]:
    """The labels and URLs of a page's short links: what may lead to a section."""
    return headings.short_links(PageLinks(page.utf8, page.url))


def nav_url(page: Page, label: str) -> str:
    """The URL behind a navigation label of a page.

    Raises ListingError, which names the nearest labels, where there is none.
    """
    return headings.labelled_url(PageLinks(page.utf8, page.url), label)


def _card_of(one: Candidate) -> TreePosition:
    """The card of a story, or its link where it has none."""
    return one.card or one.place.place


def _make_link(
    page: PageLinks,
    one: Candidate,
    timezone: str | None = None,
    now: datetime | None = None,
) -> Link:
    """The link of a story, with what its card shows."""
    return cards.make_link(
        _card_of(one).node,
        page.base,
        url=one.url,
        title=one.title,
        timezone=timezone,
        now=now,
        is_month_first=lambda: page.is_month_first,
        date=one.date,
    )


# ---- which list


@dataclass(frozen=True, slots=True)
class _ReadPage:
    """The list of a page, and what its candidates stand on: the page, or one made of its data.

    `unnamed` are the addresses of stories that data names without their headlines.
    """

    page: PageLinks
    found: _FoundList
    unnamed: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        """How many stories it has."""
        return len(self.found.stories) + len(self.unnamed)


def _read_page(
    page: PageLinks,
    heading: str,
    rules: Rules,
    known: Iterable[Link],
    healed: Sequence[HealedRule] = (),
    usual: int = 0,
) -> _ReadPage:
    """Return the list that a page shows; where it shows hardly one, that of its scripts.

    Those lead on from boxes that are no links, or fill the page with data that it carries.

    Raises ListingError as `_find_list` does.
    """
    listed = list(known)
    problem: ListingError | None = None
    found = _FoundList([], "page")
    try:
        found = _find_list(page, heading, rules, listed, healed, usual)
    except ListingError as error:
        problem = error
    shown = len(found.stories)
    # A page made of the boxes has its other links too, of which no rule was given.
    readers = (_read_data,) if rules.links else (_read_scripted, _read_data)
    for read in readers if shown < FEW else ():
        other = read(page, heading, listed)
        if other is not None and other.count > 2 * shown:
            return other
    if problem is not None:
        raise problem
    return _ReadPage(page, found)


def _read_scripted(page: PageLinks, heading: str, known: Sequence[Link]) -> _ReadPage | None:
    """Return the list of a page whose scripts lead on from its boxes; None where it has none."""
    html = scripted_links.with_links(page.tree, page.base)
    return _read_made(PageLinks(html, page.url), heading, known) if html else None


def _read_data(page: PageLinks, heading: str, known: Sequence[Link]) -> _ReadPage | None:
    """Return the list that a page's state or JSON-LD names; None where it names none."""
    linked = page_state.read_json_ld_values(page.tree)
    values = page_state.read_state(page.tree) + linked
    addresses = [anchor.url for anchor in page.anchors]
    addresses += [link.url for link in known]
    html = state_lists.page_of_values(values, page.base, addresses) if values else ""
    stated = _read_made(PageLinks(html, page.url), heading, known, "state") if html else None
    if (stated is None or not stated.count) and not heading:
        unnamed = state_lists.listed_addresses(linked, page.url)
        if len(unnamed) >= FEW:
            return _ReadPage(page, _FoundList([], "state"), tuple(unnamed))
    return stated


def _read_made(
    made: PageLinks, heading: str, known: Sequence[Link], source: Source = "page"
) -> _ReadPage | None:
    """Return the list of a page that was made of another; None where it has none."""
    try:
        found = _find_list(made, heading, Rules(), known)
    except ListingError:
        return None
    return _ReadPage(made, replace(found, source=source, healed=None))


def _find_list(
    page: PageLinks,
    heading: str,
    rules: Rules,
    known: Iterable[Link],
    healed: Sequence[HealedRule] = (),
    usual: int = 0,
) -> _FoundList:
    """What the section's rules name; without any, the stories of the whole page.

    Where the rules name nothing any more, or another list, the one that agrees with the known
    stories.
    """
    listed = list(known)
    known_links = KnownLinks(listed) if listed else None
    if not (heading or rules.links):
        return _FoundList(candidates.find(page, known_links), "page")
    found = _list_by_rules(page, heading, rules, known_links)
    if found.candidates and not _may_be_healed(page, found.candidates, known_links, usual):
        return found
    before = heading if found.rule == "heading" else ", ".join(rules.links)
    if known_links is not None:
        return _list_by_other_rule(page, found, before, known_links, healed)
    if found.candidates or heading:
        return found
    return _FoundList(candidates.find(page, None), "page")


def _may_be_healed(
    page: PageLinks, found: Sequence[Candidate], known: KnownLinks | None, usual: int
) -> bool:
    """Whether a rule names another list than the section's, or a part of it."""
    return list_healing.is_other_list(page, found, known) or list_healing.is_part_of_list(
        page, found, known, usual
    )


def _list_by_rules(
    page: PageLinks,
    heading: str,
    rules: Rules,
    known: KnownLinks | None,
) -> _FoundList:
    """What the selectors match, in the block under the heading if there is one; else that block."""
    block = heading_blocks.block_under(page, heading) if heading else page.anchors
    if rules.links and block:
        found = link_selectors.find_selected(page, rules.links, block)
        if found or not heading:
            return _FoundList(found, "selectors")
        return _FoundList(candidates.find(page, known, block), "heading", rule="links")
    if not heading:
        return _FoundList([], "selectors")
    return _FoundList(candidates.find(page, known, block), "heading", rule="heading")


def _list_by_other_rule(
    page: PageLinks,
    found: _FoundList,
    before: str,
    known: KnownLinks,
    healed: Sequence[HealedRule],
) -> _FoundList:
    """The list that the rule `before` should name, found by a rule in its place.

    Raises ListingError where no list agrees well enough with the known stories.
    """
    for rule in healed:
        again = _list_of_healed(page, rule, known) if rule.before == before else None
        if again is not None:
            return again
    rule = list_healing.best_rule(
        page,
        known,
        what=found.rule,
        before=before,
    )
    least = list_healing.DEVIATING if found.candidates else list_healing.SURE
    listed = list_healing.apply_rule(page, rule, known) if rule.confidence >= least else []
    if listed and list_healing.completes(listed, found.candidates, known):
        rule = replace(rule, confidence=round(rule.confidence, 2))
        return _FoundList(listed, _SOURCES.get(rule.kind, "page"), healed=rule)
    if found.candidates or found.rule == "heading":
        return found
    reason = Reason.of(
        Code.SELECTORS_MATCH_NOTHING,
        selectors=before,
        agreed=rule.agreed,
        recent=len(known.recent),
        agreement=round(rule.confidence, 2),
        needed=least,
    )
    raise ListingError(page.url, reason)


def _list_of_healed(
    page: PageLinks,
    rule: HealedRule,
    known: KnownLinks,
) -> _FoundList | None:
    """The list that a rule of before names; None where it has no known story any more."""
    found = list_healing.apply_rule(page, rule, known)
    listed = _FoundList(found, _SOURCES.get(rule.kind, "page"))
    return listed if any(known.any_of(one.anchors) for one in listed.stories) else None


def _trusted(found: _FoundList) -> Listing:
    """How far the links of a page are to be trusted, and why not further; still without links."""
    trust = judge_list(found.candidates)
    confidence = found.healed.confidence if found.healed else trust.confidence
    return Listing(
        links=(),
        confidence=round(confidence, 2),
        doubts=trust.doubts,
        source=found.source,
        healed=(found.healed,) if found.healed else (),
    )


def _why_nothing(
    page: PageLinks,
    section: Section,
    found: _FoundList,
) -> Reason:
    """Why there are no links."""
    if section.heading and found.candidates:
        return Reason.of(Code.NO_STORIES_UNDER_HEADING, heading=section.heading)
    if section.heading:
        return Reason.of(
            Code.NOTHING_UNDER_HEADING,
            heading=section.heading,
            headings=headings.quoted_list(headings.heading_texts(page)),
        )
    feeds = find_feeds(page)
    if feeds:
        return Reason.of(Code.FEED_NAMED, feed=feeds[0].url)
    if page.anchors:
        return Reason.of(Code.NO_STORY_LINKS, links=len(page.anchors))
    return Reason.of(Code.NO_LINKS_ON_PAGE)
