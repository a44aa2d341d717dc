"""One article: its page is fetched, refused where it is another page, and its story picked out.

link --fetch--> page --block_pages--> page --article--> story --quarantine--> story
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from feedmaker.html import block_pages
from feedmaker.model import Blame, Code, NotModified, Reason, Validators
from feedmaker.model.errors import ExtractError, FetchError, PageError, QuarantineError, StoreError
from feedmaker.pipeline import rule_healing
from feedmaker.policy import quarantine, schedule
from feedmaker.text import urls

if TYPE_CHECKING:
    from datetime import datetime

    from feedmaker.model import Page, StoredLink, Story
    from feedmaker.pipeline.section import SiteRun


@dataclass(frozen=True, slots=True)
class FetchedArticle:
    """What became of the article of a link.

    With a `story` and the `url` it was fetched at; with a `reason` it failed and is tried again at
    `retry_at` (None: never); with neither the page was not modified.
    """

    link: StoredLink
    story: Story | None = None
    url: str = ""
    validators: Validators | None = None
    reason: Reason | None = None
    retry_at: datetime | None = None
    blame: Blame = ""
    gone: bool = False


async def fetch_article(run: SiteRun, link: StoredLink) -> FetchedArticle:
    """Fetch one article and pick its story out; nothing is kept of it yet."""
    try:
        page = await run.fetcher.get(link.url, run.fetch_limits, link.validators)
        if isinstance(page, NotModified):
            return FetchedArticle(link)
        story = _read_story(run, page, link)
    except StoreError:
        raise
    except PageError as error:
        return _failed(run, link, error)
    except Exception as error:  # noqa: BLE001 - one page that fails must never stop the rest
        reason = Reason.of(Code.BUG, text=repr(error)[:250])
        return FetchedArticle(link, reason=reason, retry_at=schedule.retry_at(link, run.now))
    return FetchedArticle(link, story=story, url=page.url, validators=page.validators)


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
    return FetchedArticle(
        link,
        reason=error.reason,
        retry_at=None if gone else retry_at,
        blame=blame,
        gone=gone,
    )


def _read_story(run: SiteRun, page: Page, link: StoredLink) -> Story:
    """The story of a page. Raises ExtractError and QuarantineError."""
    site = run.site
    if urls.key(page.url) == urls.key(site.home):
        raise ExtractError(page.url, Reason.of(Code.HOME_PAGE))
    refuse_block_page(block_pages.at_sight(page.utf8, link.title), page.url)
    stored = run.store.stories.get(link.story) if link.digest else None
    rules = site.rules
    if rules.body:
        rules = rule_healing.body_rules(run, page, stored.text if stored else "")
    # Importing the stages of articles and listings adds 39 % to the CPU of an unchanged run, which
    # needs none of them.
    from feedmaker.article import page_story

    try:
        story = page_story(
            page.utf8,
            page.url,
            rules=rules,
            language=site.language,
            timezone=site.timezone,
            now=page.fetched_at,
            limits=site.fetch.limits,
        )
    except ExtractError as error:
        if error.teaser is None:
            found = block_pages.without_content(page.utf8, link.title, site.fetch.limits)
            refuse_block_page(found, page.url)
            raise
        story = error.teaser
    story = _without_block_page(story, link.title, page.url)
    doubt = quarantine.story_doubt(story, link.title, stored, run.now - link.first_seen)
    if doubt:
        raise QuarantineError(page.url, doubt)
    return story


def refuse_block_page(found: block_pages.BlockPage | None, url: str) -> None:
    """Raise QuarantineError where a block page came in place of the one that was asked for."""
    if found:
        raise QuarantineError(url, found.reason, of_site=found.of_site)


def _without_block_page(story: Story, headline: str, url: str) -> Story:
    """The story, or its teaser where the page asks for a login or a subscription instead of a text.

    Raises QuarantineError where another page came, or nothing else is told.
    """
    refuse_block_page(block_pages.by_words(f"{story.title} {story.text}", headline), url)
    found = block_pages.by_words(story.text, headline or story.title)
    if found is None:
        return story
    from feedmaker.article import teaser_story  # as above

    teaser = teaser_story(story, story.summary) if found.teaser else None
    if teaser is None or block_pages.by_words(story.summary, headline or story.title):
        refuse_block_page(found, url)
    return teaser or story
