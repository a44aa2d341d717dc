"""The main path: run -> run_site -> run_section.

    Section --fetch--> Page --listing--> Link --fetch--> Page --extract--> Story --store--> Feed --render--> out/

`visit` goes up to the store, one page at a time, and `edition` from there to `out/`. Here is the
order, and here the clock is read. A feed is rendered from the store, never from what this run
happened to fetch, and the memory of a listing is saved after the feed made from it is out: whatever
dies in between is healed by the next run.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from contextlib import nullcontext, suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from feedmaker.fetch import Fetcher
from feedmaker.model import Failure, Report
from feedmaker.model.errors import (
    CorruptError,
    FeedmakerError,
    FetchError,
    LockedError,
    QuarantineError,
    StoreError,
)
from feedmaker.output import overview, section_files
from feedmaker.pipeline import moved_urls
from feedmaker.pipeline.article import FetchedArticle, Visit
from feedmaker.pipeline.hub_ping import tell_hub
from feedmaker.policy import quarantine, schedule
from feedmaker.store import Store, lock, set_aside

if TYPE_CHECKING:
    from collections.abc import Coroutine, Iterable, Sequence

    from feedmaker.model import Section, Settings, Site, State


_T = TypeVar("_T")


class Progress:
    """Told how a run goes, and does nothing. The command line shows a progress bar or quiet lines
    with it.
    """

    def expect(self, articles: int) -> None:
        """So many articles are about to be fetched."""

    def had(self) -> None:
        """One of them was had, or failed."""

    def done(self, report: Report) -> None:
        """A section is done."""

    def note(self, line: str) -> None:
        """What a person must know of the run itself."""


async def build_feeds(
    settings: Settings,
    sites: Sequence[Site],
    *,
    only: Sequence[str] = (),
    watch: Progress | None = None,
    now: datetime | None = None,
    pages: bool = True,
    store: Store | None = None,
) -> list[Report]:
    """Bring the feeds of `sites`, or `only` those with these slugs, up to date; return a report for
    each section.

    With `pages` also the pages that show all sites, which are to be all of `sites` then. `store` is
    the store, where it is open already. A section that failed before is asked ever more rarely,
    unless its site is named in `only`. A corrupt store is moved aside, and the run begins anew.
    Raises LockedError when another run is at work, of a PostgreSQL store on one of these sites,
    when the others are done; StoreError or PublishError when nothing can be kept or written.
    """
    now, watch = now or datetime.now(UTC), watch or Progress()
    with lock(settings.store):
        try:
            with nullcontext(store) if store else Store(settings.store) as opened:
                return await _run(opened, settings, sites, only, watch, now, pages=pages)
        except CorruptError as error:
            aside = set_aside(Path(settings.store), now)
            watch.note(f"{error}; it is now {aside.name}, and a new one is begun")
            with Store(settings.store) as opened:
                return await _run(opened, settings, sites, only, watch, now, pages=pages)


async def _run(
    store: Store,
    settings: Settings,
    sites: Sequence[Site],
    only: Sequence[str],
    watch: Progress,
    now: datetime,
    *,
    pages: bool,
) -> list[Report]:
    locked: list[str] = []
    async with Fetcher(settings, store.robots, store.pauses) as fetcher:
        at_once = asyncio.Semaphore(settings.sites_at_once)

        async def one(site: Site) -> list[Report]:
            async with at_once:
                deadline = asyncio.get_running_loop().time() + site.fetch.budget
                visit = Visit(site, store, fetcher, now, deadline, site.fetch.max_new, bool(only))
                try:
                    with store.site_lock(site.slug):
                        return await run_site(visit, settings, watch)
                except LockedError as error:
                    locked.append(str(error))
                    return []

        done = await _together(one(site) for site in sites if not only or site.slug in only)
        if pages:
            overview.publish_pages(settings, sites, store, now)
        await tell_hub(settings, store, fetcher)
    if locked:
        raise LockedError("\n".join(locked))
    return [report for reports in done for report in reports]


async def _together(tasks: Iterable[Coroutine[Any, Any, _T]]) -> list[_T]:
    """Run all side by side; the first that fails ends the others, and its error is raised."""
    try:
        async with asyncio.TaskGroup() as group:
            running = [group.create_task(task) for task in tasks]
    except BaseExceptionGroup as errors:
        raise errors.exceptions[0] from None
    return [task.result() for task in running]


async def run_site(visit: Visit, settings: Settings, watch: Progress) -> list[Report]:
    """Run the sections of a site one after the other: what one has fetched the next does not fetch
    again.
    """
    return [await run_section(visit, section, settings, watch) for section in visit.site.sections]


async def run_section(
    visit: Visit, section: Section, settings: Settings, watch: Progress
) -> Report:
    """One section, and how it fares: one that failed before may be left in peace for a while."""
    store, site, made_with = (
        visit.store,
        visit.site.slug,
        section_files.made_with(settings, visit.site, section),
    )
    before = store.sections.state(site, section.slug)
    report = Report(site=site, section=section.slug, status="unchanged")
    if not visit.wanted and schedule.rests(before, made_with, visit.now):
        report = replace(
            report, status=before.status or "kept", reason=before.reason, doubted=before.doubted
        )
        after = schedule.settled(before, report, visit.now)
    else:
        asked = None
        try:
            report = await bring_up(visit, section, settings, report, watch)
        except TimeoutError:
            used_up = f"the site's {visit.site.fetch.budget:g} s were used up before it"
            report = replace(report, status="kept", reason=used_up)
        except (StoreError, LockedError):  # of the database, not of the section
            raise
        except QuarantineError as error:
            report = replace(report, status="quarantined", reason=str(error), doubted="listing")
        except FeedmakerError as error:
            report = replace(report, status="kept", reason=str(error))
            asked = error.retry_at if isinstance(error, FetchError) else None
        except Exception as error:  # noqa: BLE001 - our mistake in one section must not stop the others
            report = replace(
                report,
                status="kept",
                reason=f"error in feedmaker, please report it: {error!r}"[:300],
            )
        after = schedule.rested(
            schedule.settled(before, report, visit.now), made_with, visit.now, asked
        )
        after = replace(after, usual=quarantine.usual(before, report))
    store.sections.set_state(site, section.slug, after, changed=after.since != before.since)
    report = replace(
        report, since=after.since, told=after.told != before.told, next_poll=after.next_poll
    )
    watch.done(report)
    return report


async def bring_up(
    visit: Visit, section: Section, settings: Settings, report: Report, watch: Progress
) -> Report:
    """Listing, articles, feed, and only then the memory of the listing; a failure leaves the last
    good feed.
    """
    store, site = visit.store, visit.site.slug
    state, made_with = (
        store.sections.state(site, section.slug),
        section_files.made_with(settings, visit.site, section),
    )
    first_run = store.links.is_empty(site, section.slug)
    if first_run:
        section_files.restore_stories(settings, visit.site, section, store, visit.now)
    async with asyncio.timeout_at(visit.deadline):
        listing = await visit.listing(section, made_with)
    if listing.links is not None:
        if (
            doubt := ""
            if listing.failures
            else quarantine.listing_doubt(len(listing.links), section, state, visit.now)
        ):
            raise QuarantineError(section.web_page(visit.site), doubt)
        moved_urls.recognise(store, visit.site, section, listing.links, visit.now)
        new = store.links.new(listing.links)
        known = len(listing.links) - len(new)
        looks = schedule.first_looks(new, section, first_run=first_run, known=known, now=visit.now)
        store.links.add(site, section.slug, listing.links, looks)
        report = replace(report, links=len(listing.links))
    try:
        report = await fetch_articles(
            visit, section, replace(report, failures=listing.failures), state, watch
        )
    except asyncio.CancelledError:  # the run is told to end: what was had is kept, and is shown
        with suppress(FeedmakerError):
            section_files.publish_feed(settings, visit.site, section, store)
        raise
    if not report.good:
        return report
    await visit.pictures(section)
    published = section_files.publish_feed(settings, visit.site, section, store)
    if published.written:
        report = replace(report, status="published")
    report = replace(report, failures=report.failures + published.left_out)
    if listing.validators:
        store.sections.set_validators(site, section.slug, listing.validators, made_with)
    return report


async def fetch_articles(
    visit: Visit, section: Section, report: Report, state: State, watch: Progress
) -> Report:
    """Fetch and keep the due articles of a section, as many as room and time allow; the rest waits
    for the next run.
    """
    due = visit.store.links.due(visit.site.slug, section.slug, visit.now)
    new = [seen for seen in due if not seen.digest]
    batch = {seen.url: seen for seen in new[: visit.room] + [seen for seen in due if seen.digest]}
    visit.room -= min(len(new), visit.room)
    watch.expect(len(batch))
    found: dict[str, FetchedArticle | Failure] = {}
    outcomes: dict[str, str | Failure] = {}

    async def one(url: str) -> None:
        found[url] = await visit.article(batch[url])
        watch.had()

    try:
        async with asyncio.timeout_at(visit.deadline):
            await _together(map(one, batch))
    except TimeoutError:
        late = f"not had within the site's {visit.site.fetch.budget:g} s; left for the next run"
        outcomes |= {url: Failure(url=url, reason=late) for url in batch if url not in found}
    finally:  # what is had is kept, also when the run is told to end
        outcomes |= visit.keep(
            [had for url in batch if isinstance(had := found.get(url), FetchedArticle)], state
        )
    outcomes |= {url: had for url, had in found.items() if isinstance(had, Failure)}
    counts = Counter(outcome for outcome in outcomes.values() if isinstance(outcome, str))
    failures = tuple(outcome for outcome in outcomes.values() if isinstance(outcome, Failure))
    report = replace(
        report, added=counts["added"], changed=counts["changed"], waiting=len(due) - len(batch)
    )
    return quarantine.verdict(
        replace(report, failures=report.failures + failures), state, counts["same"]
    )
