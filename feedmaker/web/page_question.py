"""Why a page gave its story, or its links: a job of `job_process`, as `feedmaker explain` does."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from feedmaker import config
from feedmaker.fetch import Fetcher
from feedmaker.model import clean_line
from feedmaker.model.errors import ConfigError, FeedmakerError
from feedmaker.output import explained
from feedmaker.pipeline import page_work
from feedmaker.pipeline.further_pages import join_pages
from feedmaker.pipeline.preview import Preview, listing_page, site_of
from feedmaker.store import Store, exists
from feedmaker.text import urls
from feedmaker.text.sayings import Saying
from feedmaker.text.translations import translation

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from feedmaker.model import Page, Reason, Section, Settings, Site, Story, UiLanguage
    from feedmaker.model.trace import TracedBlock
    from feedmaker.pipeline import PageProcess

_MOST_BLOCKS: Final = 1_000  # of a page that can be pointed at
_LONGEST_BLOCK: Final = 400  # characters that are shown of it
_NEWEST: Final = 300  # stories of a section, among which a page is looked for


@dataclass(frozen=True, slots=True, kw_only=True)
class PageQuestion:
    """A page to explain, by its canonical address, or the listing of a section of a site.

    `language` is the reader's.
    """

    configuration: Path
    address: str
    site: str = ""
    section: str = ""
    language: UiLanguage = "en"


@dataclass(frozen=True, slots=True)
class SeenBlock:
    """A block of an article, or a link of a listing with its address; `number` is its place."""

    number: int
    text: str
    is_kept: bool
    reason: str
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageAnswer:
    """What was made of a page.

    `reason` says why there is no story; then `story` may still be its teaser. `drawing` is the page
    with what was kept in green and what was dropped in grey. `section` is one that has the story,
    "" where the page is of no site that is configured. Of a listing there is no story.
    """

    url: str
    site: Site
    section: str
    page: Page
    blocks: tuple[SeenBlock, ...]
    story: Story | None
    reason: Reason | None
    drawing: bytes
    is_listing: bool = False


async def answer_question(question: PageQuestion, process: PageProcess) -> PageAnswer:
    """Fetch a page, read it by the rules of its site, and draw why. Raises FeedmakerError."""
    settings = config.load_settings(question.configuration)
    try:
        usable = config.load_usable(question.configuration)
        settings, sites = usable.settings, usable.sites
    except ConfigError:  # there is no site yet
        sites = ()
    async with Fetcher(settings, {}) as fetcher:
        if question.section:
            site, section = find_section(sites, question.site, question.section)
            return await _explain_listing(
                Preview(fetcher, site, process), section, question.language
            )
        asked = site_of(question.address, sites, settings)
        page = await Preview(fetcher, asked).page(question.address)
        preview = Preview(fetcher, site_of(page.url, sites, settings), process)
        return await _explain_story(preview, page, settings, question.language)


def find_section(sites: Sequence[Site], site: str, section: str) -> tuple[Site, Section]:
    """Return a section with its site. Raises FeedmakerError where it is not configured any more."""
    for one in sites:
        for of_site in one.sections:
            if (one.slug, of_site.slug) == (site, section):
                return one, of_site
    raise FeedmakerError(Saying("{name}: no such section of {site}", name=section, site=site))


async def _explain_story(
    preview: Preview, page: Page, settings: Settings, language: UiLanguage
) -> PageAnswer:
    read = await preview.work(page.url, page_work.trace_article, page, preview.site)
    story, problem = read.story, read.problem
    outcome = translation(language).reason(problem.reason) if problem else ""
    drawn = (page.text, page.url, read.trace, outcome, language)
    drawing = await preview.work(page.url, explained.explained_story, *drawn)
    if story and read.further:
        story = (await join_pages(preview, story, page.url, read.further)).story
    return PageAnswer(
        url=page.url,
        site=preview.site,
        section=_section_of(settings, preview.site, page.url),
        page=replace(page, content=b""),
        blocks=_seen(read.trace.blocks),
        story=story,
        reason=problem.reason if problem else None,
        drawing=drawing,
    )


async def _explain_listing(preview: Preview, section: Section, language: UiLanguage) -> PageAnswer:
    """Explain the first page of a section's listing."""
    page = await listing_page(preview, section)
    read = await preview.work(page.url, page_work.trace_listing, page, preview.site, section)
    problem = read.problem
    outcome = translation(language).reason(problem.reason) if problem else ""
    drawn = (page.text, page.url, read.trace, outcome, language)
    drawing = await preview.work(page.url, explained.explained_listing, *drawn)
    return PageAnswer(
        url=page.url,
        site=preview.site,
        section=section.slug,
        page=replace(page, content=b""),
        blocks=_seen(read.trace.blocks, are_links=True),
        story=None,
        reason=problem.reason if problem else None,
        drawing=drawing,
        is_listing=True,
    )


def _seen(blocks: Sequence[TracedBlock], *, are_links: bool = False) -> tuple[SeenBlock, ...]:
    """Return what is shown of blocks; of very many those that were kept, and the first others."""
    numbers = sorted(range(len(blocks)), key=lambda number: not blocks[number].kept)
    shown = []
    for number in sorted(numbers[:_MOST_BLOCKS]):
        block = blocks[number]
        address = explained.traced_address(block) if are_links else ""
        text = block.text.removesuffix(f" <{address}>") if address else block.text
        line = clean_line(text, _LONGEST_BLOCK)
        shown.append(SeenBlock(number, line, block.kept, block.reason, address))
    return tuple(shown)


def _section_of(settings: Settings, site: Site, url: str) -> str:
    """Return a section of a site that has the story at an address, else its first."""
    if not site.sections:
        return ""
    if exists(settings.store):
        with Store(settings.store) as store:
            for section in site.sections:
                known = store.links.newest(site.slug, section.slug, _NEWEST)
                if urls.key(url) in {urls.key(link.url) for link in known}:
                    return section.slug
    return site.sections[0].slug
