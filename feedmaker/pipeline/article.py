"""One article: its page is fetched, and its story picked out by `page_work.read_article`.

link --fetch--> page --block_pages--> page --article--> story --quarantine--> story
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from feedmaker.model import Blame, Code, NotModified, Reason, Validators
from feedmaker.model.errors import FetchError, PageError, QuarantineError, StoreError
from feedmaker.pipeline import page_work, rule_healing
from feedmaker.policy import schedule

if TYPE_CHECKING:
    from datetime import datetime

    from feedmaker.model import StoredLink
    from feedmaker.pipeline.page_work import ReadArticle
    from feedmaker.pipeline.section import SiteRun


@dataclass(frozen=True, slots=True)
class FetchedArticle:
    """What became of the article of a link.

    With what was `read` and the `url` it was fetched at; with a `reason` it failed and is tried
    again at `retry_at` (None: never); with neither the page was not modified.
    """

    link: StoredLink
    read: ReadArticle | None = None
    url: str = ""
    validators: Validators | None = None
    reason: Reason | None = None
    retry_at: datetime | None = None
    blame: Blame = ""
    gone: bool = False

    @property
    def held(self) -> int:
        """The characters of a story that waits to be kept."""
        return len(self.read.story.html) if self.read else 0

    @property
    def is_put_off(self) -> bool:
        """Whether its host wants more time between two requests than a run has."""
        return self.reason is not None and self.reason.code == Code.CRAWL_DELAY


async def fetch_article(run: SiteRun, link: StoredLink) -> FetchedArticle:
    """Fetch one article and pick its story out; nothing is kept of it yet."""
    try:
        page = await run.fetch(link.url, link.validators)
        if isinstance(page, NotModified):
            return FetchedArticle(link)
        if run.store.clock_ahead:
            page = replace(page, fetched_at=page.fetched_at + run.store.clock_ahead)
        read = await run.process.call(
            page.url,
            page_work.read_article,
            page,
            run.site,
            link.title,
            stored=run.store.stories.get(link.story) if link.digest else None,
            healed=run.healed.get(("", "body")),
        )
        if read.healed:
            rule_healing.remember(run, "", read.healed)
    except StoreError:
        raise
    except PageError as error:
        return _failed(run, link, error)
    except Exception as error:  # noqa: BLE001 - one page that fails must never stop the rest
        reason = Reason.of(Code.BUG, text=repr(error)[:250])
        return FetchedArticle(link, reason=reason, retry_at=schedule.retry_at(link, run.now))
    return FetchedArticle(link, read=read, url=page.url, validators=page.validators)


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
