"""One article: its page is fetched, and its story picked out by `page_work.read_article`.

link --fetch--> page --block_pages--> page --article--> story --quarantine--> story

Where the story goes on, `further_pages` has the rest of it fetched and joined.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

from feedmaker.model import NO_VALIDATORS, Blame, Code, NotModified, Page, Reason, Validators
from feedmaker.model.errors import ExtractError, FetchError, PageError, QuarantineError, StoreError
from feedmaker.pipeline import page_work, rule_healing
from feedmaker.policy import schedule
from feedmaker.text import urls

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from feedmaker.model import Site, StoredLink, Story
    from feedmaker.pipeline.page_work import FurtherPages, ReadArticle
    from feedmaker.pipeline.section import SiteRun

_T = TypeVar("_T")
# Seconds before the end of a run in which a story of several pages is taken as far as it was had.
_TO_KEEP: Final = 1.0


@dataclass(frozen=True, slots=True)
class FetchedArticle:
    """What became of the article of a link.

    With what was `read` and the `url` it was fetched at; with a `reason` it failed and is tried
    again at `retry_at` (None: never); with neither the page was not modified. `note` says why the
    story may not be whole. `is_stated`: a listing gave it whole and says when it changes, so its
    page is not asked again.
    """

    link: StoredLink
    read: ReadArticle | None = None
    url: str = ""
    validators: Validators | None = None
    reason: Reason | None = None
    retry_at: datetime | None = None
    blame: Blame = ""
    gone: bool = False
    note: Reason | None = None
    is_stated: bool = False

    @property
    def held(self) -> int:
        """The characters of a story that waits to be kept."""
        return len(self.read.story.html) if self.read else 0

    @property
    def is_put_off(self) -> bool:
        """Whether its host wants more time between two requests than a run has."""
        return self.reason is not None and self.reason.code == Code.CRAWL_DELAY


async def fetch_article(
    run: SiteRun, link: StoredLink, stated: FetchedArticle | None = None
) -> FetchedArticle:
    """Fetch one article and pick its story out, unless it was `stated` beside its link.

    Nothing is kept of it yet.
    """
    if stated is not None:
        return stated
    try:
        page = await run.fetch(link.url, link.validators)
        if isinstance(page, NotModified):
            return FetchedArticle(link)
        _check_address(run.site, link, page.url)
        if run.store.clock_ahead:
            page = replace(page, fetched_at=page.fetched_at + run.store.clock_ahead)
        stored = run.store.stories.get(link.story) if link.digest else None
        read = await run.process.call(
            page.url,
            page_work.read_article,
            page,
            run.page_site,
            link.title,
            stored=stored,
            healed=run.healed.get(("", "body")),
        )
        if read.healed:
            rule_healing.remember(run, "", read.healed)
        if read.further:
            return await _with_further_pages(run, link, page.url, read, read.further, stored)
    except StoreError:
        raise
    except PageError as error:
        return _failed(run, link, error)
    except Exception as error:  # noqa: BLE001 - one page that fails must never stop the rest
        reason = Reason.of(Code.BUG, text=repr(error)[:250])
        return FetchedArticle(link, reason=reason, retry_at=schedule.retry_at(link, run.now))
    return FetchedArticle(link, read=read, url=page.url, validators=page.validators)


def _check_address(site: Site, link: StoredLink, url: str) -> None:
    """Raise ExtractError where an article that is gone leads to a list of others."""
    if url == link.url or urls.key(url) not in rule_healing.list_pages(site):
        return
    is_home = urls.key(url) == urls.key(site.home)
    raise ExtractError(url, Reason.of(Code.HOME_PAGE if is_home else Code.SECTION_PAGE))


async def _with_further_pages(
    run: SiteRun,
    link: StoredLink,
    url: str,
    read: ReadArticle,
    further: FurtherPages,
    stored: Story | None,
) -> FetchedArticle:
    """The article with the text of its further pages, as far as they can be had.

    Its pages change each by itself, so it has no validators. Raises PageError.
    """
    from feedmaker.pipeline import further_pages  # 1 ms, and few stories have several pages

    joined = await further_pages.join_pages(
        RunPages(run), read.story, url, further, deadline=run.deadline - _TO_KEEP
    )
    is_part = joined.problem is not None and joined.problem.code == Code.PAGE_MISSING
    if is_part and stored and len(joined.story.text) < len(stored.text):
        return FetchedArticle(link, note=joined.problem)  # what was had stays
    job = page_work.finish_article
    whole = await run.process.call(url, job, url, joined.story, link.title, stored)
    return FetchedArticle(link, read=whole, url=url, validators=NO_VALIDATORS, note=joined.problem)


class RunPages(NamedTuple):
    """Where a run has the further pages of a story from."""

    run: SiteRun

    @property
    def site(self) -> Site:
        """The site of the run."""
        return self.run.site

    async def page(self, url: str) -> Page:
        """Fetch a page unconditionally. Raises FetchError."""
        page = await self.run.fetch(url)
        assert isinstance(page, Page), "an unconditional request was answered 304"
        return page

    def robots(self, url: str) -> str:
        """Return the robots.txt of a page's host that is at hand."""
        return self.run.fetcher.robots(url)

    async def work(self, url: str, job: Callable[..., _T], *arguments: object) -> _T:
        """Return what a job makes of the page at `url`. Raises PageError."""
        return await self.run.process.call(url, job, *arguments)


def _failed(run: SiteRun, link: StoredLink, error: PageError) -> FetchedArticle:
    """The article that failed with an error: whose fault it is, and when it is tried again."""
    asked = error.retry_at if isinstance(error, FetchError) else None
    retry_at = schedule.retry_at(link, run.now, asked)
    gone = False
    if isinstance(error, FetchError) and error.gone:
        gone = not schedule.may_still_come(link, error.status, run.now)
    blame: Blame = ""
    if isinstance(error, QuarantineError):
        blame = "site" if error.of_site else "page"
    # Behind a redirect it is another address that failed.
    reason = error.reason if error.url == link.url else error.full_reason
    return FetchedArticle(
        link,
        reason=reason,
        retry_at=None if gone else retry_at,
        blame=blame,
        gone=gone,
    )
