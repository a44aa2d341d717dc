"""A story that goes on over several pages: each is fetched in its order, and its text joined.

first page --next_page--> page --add_page--> story --next_page--> ...

A page that fails ends the story where it is, and is named.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeVar

from feedmaker.model import Code, Reason
from feedmaker.model.errors import PageError
from feedmaker.pipeline import page_work

if TYPE_CHECKING:
    from collections.abc import Callable

    from feedmaker.model import Page, Site, Story
    from feedmaker.pipeline.page_work import FurtherPages


_T = TypeVar("_T")


class PageSource(Protocol):
    """Where pages are fetched and worked on: a run, or a preview."""

    @property
    def site(self) -> Site:
        """The site that the pages are of."""

    async def page(self, url: str) -> Page:
        """Fetch a page unconditionally. Raises FetchError."""

    def robots(self, url: str) -> str:
        """Return the robots.txt of the host of a page that was fetched; "" where there is none."""

    async def work(self, url: str, job: Callable[..., _T], *arguments: object) -> _T:
        """Return what a job makes of the page at `url`. Raises PageError."""


@dataclass(frozen=True, slots=True)
class StoryPage:
    """A further page of a story that was joined, and its words."""

    url: str
    words: int


class JoinedStory(NamedTuple):
    """A story of several pages, those behind the first, and why it may not be whole."""

    story: Story
    pages: tuple[StoryPage, ...] = ()
    problem: Reason | None = None


async def join_pages(
    source: PageSource,
    story: Story,
    first: str,
    further: FurtherPages,
    *,
    deadline: float | None = None,
) -> JoinedStory:
    """Return a story with the text of its further pages.

    `first` is the address of its first page. At the `deadline`, in seconds of the event loop's
    clock, the story is taken as it is.
    """
    if source.site.fetch.max_pages > 1 and further.whole:
        whole = await _whole_story(source, story, further.whole, deadline)
        if whole is not None:
            return whole
    pages: list[StoryPage] = []
    address = further.next_page
    problem = None
    while address and problem is None:
        if len(pages) + 1 >= source.site.fetch.max_pages:
            more = Reason.of(Code.MORE_PAGES, count=len(pages) + 1)
            problem = replace(more, url=first)
            break
        try:
            async with asyncio.timeout_at(deadline):
                page = await source.page(address)
                longer = await source.work(
                    page.url, page_work.add_page, page, source.site, story, first
                )
        except PageError as error:
            problem = _missing(len(pages) + 2, error.reason, error.url)
        except TimeoutError:
            budget = Reason.of(Code.NOT_IN_TIME, seconds=source.site.fetch.budget)
            problem = _missing(len(pages) + 2, budget, address)
        else:
            if longer is None:
                break
            pages.append(StoryPage(page.url, longer.words))
            story, address = longer.story, longer.next_page
    return JoinedStory(story, tuple(pages), problem)


def _missing(number: int, why: Reason, url: str) -> Reason:
    return replace(Reason.of(Code.PAGE_MISSING, cause=why, number=number), url=url)


async def _whole_story(
    source: PageSource, story: Story, address: str, deadline: float | None
) -> JoinedStory | None:
    """Return the story of the page that has all of it; None where there is no such page."""
    try:
        async with asyncio.timeout_at(deadline):
            page = await source.page(address)
            whole = await source.work(page.url, page_work.take_whole, page, source.site, story)
    except (PageError, TimeoutError):
        return None  # its pages are asked for one by one
    if whole is None:
        return None
    return JoinedStory(whole, (StoryPage(page.url, len(whole.text.split())),))
