"""An address of a section by its source: a feed, a sitemap or a REST API in place of its page."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from feedmaker.model import Code, Reason
from feedmaker.model.errors import PageError
from feedmaker.pipeline.found_sources import (
    choose_again,
    chosen_source,
    find_address,
    is_there_again,
)
from feedmaker.pipeline.listing_pages import ReadAddress, read_listing_page
from feedmaker.pipeline.rest_posts import read_post_index
from feedmaker.policy.source_choice import SourceAt, links_of_part, source_named

if TYPE_CHECKING:
    from feedmaker.model import HealedRule, Section, State
    from feedmaker.pipeline.section import SiteRun


async def read_by_source(
    run: SiteRun, section: Section, state: State, url: str, made_with: str
) -> ReadAddress:
    """Read one address of a section by the source that is configured, or took its place.

    Raises PageError where it gives nothing, and no other source has the section's stories.
    """
    chosen = chosen_source(run, section, url)
    if chosen and await is_there_again(run, section, chosen):
        chosen = None
    try:
        return await _read_source(run, section, state, url, made_with, chosen)
    except PageError as error:
        instead = await choose_again(run, section, state, url, error)
        if instead is None:
            raise
        return await _read_source(run, section, state, url, made_with, instead)


async def _read_source(
    run: SiteRun,
    section: Section,
    state: State,
    url: str,
    made_with: str,
    chosen: HealedRule | None,
) -> ReadAddress:
    """Read one address of a section by its source, or by the one that was chosen in its place.

    Raises PageError.
    """
    source = source_named(chosen.name) if chosen else SourceAt(section.source)
    if source.kind == "wordpress":
        return await _read_posts(run, section, state, url, made_with, source.at)
    if source.at:
        read = await read_listing_page(run, section, state, source.at, made_with)
        links = None if read.links is None else links_of_part(read.links, source.part)
        return replace(read, links=links)
    if source.kind in ("feed", "sitemap"):
        return await _read_named(run, section, state, url, made_with)
    return await read_listing_page(run, section, state, url, made_with)


async def _read_named(
    run: SiteRun, section: Section, state: State, url: str, made_with: str
) -> ReadAddress:
    """Read the feed or sitemap that a page names; the page, where that gives nothing and it does.

    Raises PageError.
    """
    address = ""
    try:
        address = await find_address(run, section, state, url)
        return await read_listing_page(run, section, state, address, made_with)
    except PageError as error:
        if address:  # it may be elsewhere
            run.store.sections.set_nav(run.site.slug, section.slug, "", "")
        try:
            read = await read_listing_page(run, section, state, url, made_with)
        except PageError:
            raise error from None
        empty = Reason.of(Code.SOURCE_EMPTY, cause=error.reason, source=section.source)
        return replace(read, doubts=(*read.doubts, replace(empty, url=url)))


async def _read_posts(
    run: SiteRun, section: Section, state: State, url: str, made_with: str, at: str
) -> ReadAddress:
    """Read the posts of an address by the REST API, its page where that gives nothing."""
    try:
        index = await read_post_index(run, section, state, url, made_with, at)
    except PageError as error:
        closed = Reason.of(Code.REST_CLOSED, cause=error.reason)
        read = await read_listing_page(run, section, state, url, made_with)
        return replace(read, doubts=(*read.doubts, replace(closed, url=url)))
    if index is None:
        return ReadAddress(is_part=True)
    return ReadAddress(links=index.links, validators=index.validators, posts=index)
