"""The main path: run -> run_site -> run_section.

    Section --fetch--> Page --listing--> Link --fetch--> Page --extract--> Story --store--> Feed --render--> out/

`visit` goes up to the store, one page at a time, and `edition` from there to `out/`. Here is the order, and here the
clock is read. A feed is rendered from the store, never from what this run happened to fetch, and the memory of a
listing is saved after the feed made from it is out: whatever dies in between is healed by the next run.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from feedmaker import decide, edition
from feedmaker.errors import FeedmakerError, LockedError, StoreError
from feedmaker.fetch import Fetcher
from feedmaker.model import Failure, Report
from feedmaker.store import Store, lock
from feedmaker.visit import Visit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from feedmaker.model import Section, Settings, Site


class Watch:
    """Told how a run goes, and does nothing. The command line shows a progress bar or quiet lines with it."""

    def expect(self, articles: int) -> None:
        """So many articles are about to be fetched."""

    def had(self) -> None:
        """One of them was had, or failed."""

    def done(self, report: Report) -> None:
        """A section is done."""


async def run(
    settings: Settings,
    sites: Sequence[Site],
    *,
    only: Sequence[str] = (),
    watch: Watch | None = None,
    now: datetime | None = None,
    pages: bool = True,
) -> list[Report]:
    """Bring the feeds of `sites`, or `only` those with these slugs, up to date; return a report for each section.

    With `pages` also the pages that show all sites, which are to be all of `sites` then. Raises LockedError when
    another run is at work, of a PostgreSQL store on one of these sites, when the others are done; StoreError or
    PublishError when nothing can be kept or written.
    """
    now = now or datetime.now(UTC)
    locked: list[str] = []
    with lock(settings.store), Store(settings.store) as store:
        async with Fetcher(settings, store.robots()) as fetcher:
            at_once = asyncio.Semaphore(settings.sites_at_once)

            async def one(site: Site) -> list[Report]:
                async with at_once:
                    deadline = asyncio.get_running_loop().time() + site.fetch.budget
                    visit = Visit(site, store, fetcher, now, deadline, room=site.fetch.max_new)
                    try:
                        with store.alone(site.slug):
                            return await run_site(visit, settings, watch or Watch())
                    except LockedError as error:
                        locked.append(str(error))
                        return []

            reports = [
                report
                for site in await asyncio.gather(*(one(site) for site in sites if not only or site.slug in only))
                for report in site
            ]
            if pages:
                edition.publish_pages(settings, sites, store)
            await edition.tell_hub(settings, store, fetcher)
    if locked:
        raise LockedError("\n".join(locked))
    return reports


async def run_site(visit: Visit, settings: Settings, watch: Watch) -> list[Report]:
    """Run the sections of a site one after the other: what one has fetched the next does not fetch again."""
    return [await run_section(visit, section, settings, watch) for section in visit.site.sections]


async def run_section(visit: Visit, section: Section, settings: Settings, watch: Watch) -> Report:
    """Listing, articles, feed, and only then the memory of the listing; a failure leaves the last good feed."""
    store, site = visit.store, visit.site.slug
    made_with = edition.made_with(settings, visit.site, section)
    report = Report(site=site, section=section.slug, status="unchanged")
    try:
        async with asyncio.timeout_at(visit.deadline):
            listing = await visit.listing(section, made_with)
        if listing.links is not None:
            first_run, new = store.is_empty(site, section.slug), store.new_links(listing.links)
            looks = decide.first_looks(new, section, first_run=first_run, now=visit.now)
            store.add_links(site, section.slug, listing.links, looks)
            report = replace(report, links=len(listing.links))
        report = await fetch_articles(visit, section, replace(report, failures=listing.failures), watch)
        await visit.pictures(section)
        if edition.publish_feed(settings, visit.site, section, store):
            report = replace(report, status="published")
        if listing.validators:
            store.set_validators(site, section.slug, listing.validators, made_with)
    except TimeoutError:
        report = replace(
            report, status="kept", reason=f"the site's {visit.site.fetch.budget:g} s were used up before it"
        )
    except (StoreError, LockedError):  # of the database, not of the section
        raise
    except FeedmakerError as error:
        report = replace(report, status="kept", reason=str(error))
    except Exception as error:  # noqa: BLE001 - a mistake of ours in one section must not stop the others
        report = replace(report, status="kept", reason=f"error in feedmaker, please report it: {error!r}"[:300])
    before = store.state(site, section.slug)
    after = decide.settled(before, report, visit.now)
    store.set_state(site, section.slug, after, changed=after.since != before.since)
    report = replace(report, since=after.since, told=after.told != before.told)
    watch.done(report)
    return report


async def fetch_articles(visit: Visit, section: Section, report: Report, watch: Watch) -> Report:
    """Fetch and keep the due articles of a section, as many as room and time allow; the rest waits for the next run."""
    due = visit.store.due_links(visit.site.slug, section.slug, visit.now)
    new = [seen for seen in due if not seen.digest]
    batch = new[: visit.room] + [seen for seen in due if seen.digest]
    visit.room -= min(len(new), visit.room)
    watch.expect(len(batch))
    outcomes: dict[str, str | Failure] = {}

    async def one(url: str) -> None:
        outcomes[url] = await visit.article(by_url[url])
        watch.had()

    by_url = {seen.url: seen for seen in batch}
    try:
        async with asyncio.timeout_at(visit.deadline):
            await asyncio.gather(*map(one, by_url))
    except TimeoutError:
        late = f"not had within the site's {visit.site.fetch.budget:g} s; left for the next run"
        outcomes |= {url: Failure(url=url, reason=late) for url in by_url if url not in outcomes}
    failures = tuple(outcome for outcome in outcomes.values() if isinstance(outcome, Failure))
    return replace(
        report,
        added=sum(outcome == "added" for outcome in outcomes.values()),
        changed=sum(outcome == "changed" for outcome in outcomes.values()),
        waiting=len(due) - len(batch),
        failures=report.failures + failures,
    )
