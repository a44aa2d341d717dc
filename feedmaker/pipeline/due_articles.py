"""The articles of a section that are due: fetched side by side, and kept."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from feedmaker.model import Code, Failure, Reason
from feedmaker.pipeline.article import FetchedArticle, fetch_article
from feedmaker.pipeline.keep import keep_articles
from feedmaker.pipeline.section import run_together

if TYPE_CHECKING:
    from feedmaker.model import Report, State, StoredLink
    from feedmaker.pipeline.rest_posts import PostIndex
    from feedmaker.pipeline.section import SiteRun

# Characters of HTML of the stories that a section holds before they are kept; half of 1,686 real
# ones have a text of 5,300 at most.
_MOST_HELD: Final = 2_000_000


async def fetch_articles(
    run: SiteRun,
    report: Report,
    before: State,
    due: list[StoredLink],
    posts: PostIndex | None,
) -> Report:
    """Fetch and keep the due articles of a section, as many as room and time allow.

    Those of `posts` come from a REST API as far as it gives them whole, the others from their page.

    Return the report with what became of them.
    """
    batch = _take_batch(run, due)
    done: dict[str, FetchedArticle] = {}
    held = 0
    put_off: set[str] = set()
    stated = await posts.fetch(run, batch) if posts else {}

    async def fetch_one(link: StoredLink) -> None:
        nonlocal held
        async with run.at_once:
            if held >= _MOST_HELD:
                put_off.add(link.url)
                return
            article = await fetch_article(run, link, stated.get(link.url))
        run.progress.article_done()
        held += article.held
        if not article.is_put_off:
            done[link.url] = article

    try:
        with suppress(TimeoutError):
            async with asyncio.timeout_at(run.deadline):
                await run_together(fetch_one(link) for link in batch)
    finally:  # what was fetched is kept, also when the run is told to end
        in_order = [done[link.url] for link in batch if link.url in done]
        report = await keep_articles(run, report, in_order, before)
    missed = [link.url for link in batch if link.url not in put_off.union(done)]
    late = _left_for_later(run, missed)
    told = tuple(replace(one.reason, more=len(late) - 1) for one in late[:1])
    if told and not run.store.stories.count(report.site, report.section):
        return replace(report, status="kept", reason=told[0])  # no first feed without a story
    return replace(
        report,
        failures=report.failures + late,
        notes=report.notes + told,
        waiting=len(due) - len(batch) + len(put_off),
    )


def _take_batch(run: SiteRun, due: list[StoredLink]) -> list[StoredLink]:
    """The links of due articles that this run asks for: of new ones as many as are left to it."""
    new = [link for link in due if not link.digest][: run.new_left]
    batch = new + [link for link in due if link.digest]
    run.new_left -= len(new)
    run.progress.expect(len(batch))
    return batch


def _left_for_later(run: SiteRun, missed: list[str]) -> tuple[Failure, ...]:
    """Say why articles were not asked for: nothing is held against them."""
    if not missed:
        return ()
    reason = Reason.of(Code.NOT_IN_TIME, seconds=run.site.fetch.budget)
    if delay := run.fetcher.known_delay(missed[0]):
        reason = Reason.of(Code.CRAWL_DELAY, seconds=delay)
    return tuple(Failure(url=url, reason=reason) for url in missed)
