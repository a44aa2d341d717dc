"""What a first look at a site does with one page: work for a process with limits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feedmaker import listing
from feedmaker.article import read_page
from feedmaker.html import block_pages
from feedmaker.model import Section
from feedmaker.setup.confidence import propose_selectors
from feedmaker.setup.section_candidates import find_candidates, headlines
from feedmaker.setup.site_time_zone import find_time_zone

if TYPE_CHECKING:
    from feedmaker.html.block_pages import BlockPage
    from feedmaker.model import Listing, Page, Site, Story
    from feedmaker.setup.confidence import SelectorProposal
    from feedmaker.setup.section_sources import SectionCandidate


def look_over(page: Page) -> BlockPage | None:
    """Return what came in place of a home page; else do all that will be done with it, in vain.

    A first look holds the page's tree, so that it is done again outside.
    """
    instead = block_pages.at_sight(page.utf8)
    if instead is None and listing.source_kind(page) == "html":
        links = listing.PageLinks(page.utf8, page.url)
        find_candidates(links)
        headlines(page.utf8, page.url)
        find_time_zone(links, [page.text], "ar")
    return instead


def propose_lists(page: Page) -> tuple[SelectorProposal, ...]:
    """Return the lists that a page may have been meant for."""
    return tuple(propose_selectors(listing.PageLinks(page.utf8, page.url)))


def read_links(page: Page, site: Site, candidate: SectionCandidate) -> Listing:
    """Return what a listing page gives a section. Raises ListingError."""
    section = Section(
        slug="new",
        title=candidate.title,
        urls=(candidate.url,) if candidate.url else (),
        heading=candidate.heading or "",
        match=candidate.match,
        category=(candidate.category,) if candidate.category else (),
    )
    return listing.section_links(page, section, site.rules, limits=site.fetch.limits)


def read_story(page: Page, site: Site) -> Story:
    """Return the story of an article page. Raises ExtractError."""
    return read_page(
        page.utf8,
        page.url,
        rules=site.rules,
        language=site.language if site.slug else None,
        timezone=site.timezone,
        now=page.fetched_at,
        limits=site.fetch.limits,
    ).story
