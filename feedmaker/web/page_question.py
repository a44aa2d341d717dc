"""Why a page gave its story, or its links: a job of `job_process`, as `feedmaker explain` does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from feedmaker import config
from feedmaker.fetch import Fetcher
from feedmaker.model.errors import ConfigError
from feedmaker.output import explained
from feedmaker.pipeline import page_work
from feedmaker.pipeline.further_pages import join_pages
from feedmaker.pipeline.preview import Preview, site_of

if TYPE_CHECKING:
    from pathlib import Path

    from feedmaker.model import Reason, Site, Story
    from feedmaker.pipeline import PageProcess


@dataclass(frozen=True, slots=True, kw_only=True)
class PageQuestion:
    """A page to explain, by its canonical address, and where the configuration is."""

    configuration: Path
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PageAnswer:
    """What was made of a page.

    `reason` says why there is no story; then `story` may still be its teaser. `drawing` is the page
    with what was kept in green and what was dropped in grey.
    """

    url: str
    site: Site
    story: Story | None
    reason: Reason | None
    drawing: bytes


async def answer_question(question: PageQuestion, process: PageProcess) -> PageAnswer:
    """Fetch a page, read it by the rules of its site, and draw why. Raises PageError."""
    settings = config.load_settings(question.configuration)
    try:
        sites = config.load_usable(question.configuration).sites
    except ConfigError:  # there is no site yet
        sites = ()
    async with Fetcher(settings, {}) as fetcher:
        page = await Preview(fetcher, site_of(question.address, sites)).page(question.address)
        preview = Preview(fetcher, site_of(page.url, sites), process)
        read = await preview.work(page.url, page_work.trace_article, page, preview.site)
        story, problem = read.story, read.problem
        drawing = await preview.work(
            page.url, explained.explained_story, page.text, page.url, read.trace, str(problem or "")
        )
        if story and read.further:
            story = (await join_pages(preview, story, page.url, read.further)).story
    return PageAnswer(
        url=page.url,
        site=preview.site,
        story=story,
        reason=problem.reason if problem else None,
        drawing=drawing,
    )
