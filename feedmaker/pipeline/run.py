"""The whole program: `build_feeds` brings the feeds of all sites up to date.

    build_feeds -> build_sites -> _build_site -> section.build_section, for each section:

    Section --fetch--> Page --listing--> Link
    Link --fetch--> Page --article--> Story --store--> Feed --output--> out/

`listing_pages` and `article` read pages, `keep` puts stories into the store, and `output` renders
them from there. The memory of a listing is saved after the feed made from it is out: what dies in
between is made good by the next run.
"""

from __future__ import annotations

import asyncio
from contextlib import closing, nullcontext
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from feedmaker.fetch import Fetcher
from feedmaker.model.errors import CorruptError, DamagedRowError, LockedError
from feedmaker.model.work_counts import WorkCounts
from feedmaker.output import overview
from feedmaker.pipeline.hub_ping import tell_hub
from feedmaker.pipeline.page_process import PageProcess
from feedmaker.pipeline.section import (
    Progress,
    Run,
    SiteRun,
    all_reports,
    build_section,
    run_together,
)
from feedmaker.pipeline.site_rounds import site_rounds
from feedmaker.store import Store, lock, set_aside
from feedmaker.text.sayings import Saying

if TYPE_CHECKING:
    from collections.abc import Sequence

    from feedmaker.model import Report, Settings, Site
    from feedmaker.pipeline.site_rounds import SitePart


async def build_feeds(
    settings: Settings,
    sites: Sequence[Site],
    *,
    only: Sequence[str] = (),
    progress: Progress | None = None,
    now: datetime | None = None,
    pages: bool = True,
    process: PageProcess | None = None,
) -> list[Report]:
    """Bring the feeds of `sites` up to date and return a report for each section.

    `only` names the slugs of some sites; a section of theirs that failed is asked at once, others
    ever more rarely. With `pages` the pages that show all sites are written too, so `sites` must be
    all of them then. `process` is given where it is there already; `now` is by the clock of this
    machine. A corrupt store is moved aside, and the run begins anew.

    Raises LockedError where another whole run is at work, or one on some of these sites, once the
    others are done. Raises StoreError or PublishError where nothing can be written.
    """
    begun = now or datetime.now(UTC)
    # The process comes before the lock: whoever is killed leaves no child that still holds it.
    with (
        nullcontext(process) if process else closing(PageProcess()) as page_process,
        lock(settings.store),
    ):
        run = Run(settings, sites, progress or Progress(), begun, page_process, only, pages)
        try:
            with Store(settings.store) as store:
                return await build_sites(run, store)
        except CorruptError as error:
            moved = set_aside(Path(settings.store), run.now)
            begun_anew = "{why}; it is now {file}, and a new one is begun"
            run.progress.note(Saying(begun_anew, why=error.args[0], file=moved.name))
        with Store(settings.store) as store:
            return await _build_sites(run, store)


async def build_sites(run: Run, store: Store) -> list[Report]:
    """Build the sites in a store that is open; return a report for each section.

    Where rows are damaged these are set aside, and the run begins anew. Raises CorruptError, and
    what `build_feeds` raises.
    """
    try:
        return await _build_sites(run, store)
    except DamagedRowError:
        aside = store.set_damaged_aside(run.now)
        told = ", ".join(f"{count} of {table}" for table, count in aside.items())
        run.progress.note(Saying("store: damaged rows set aside: {rows}", rows=told))
    return await _build_sites(run, store)


async def _build_sites(run: Run, store: Store) -> list[Report]:
    """Build the sites side by side, then the pages that show all of them."""
    run.process.tell_of_no_limits(store, run.progress)
    # The database's clock is that of all workers.
    run = replace(run, now=run.now + store.clock_ahead)
    settings = run.settings
    at_once = asyncio.Semaphore(settings.sites_at_once)
    done: list[list[Report] | LockedError] = []
    async with Fetcher(settings, store.robots, store.pauses) as fetcher:
        for parts in site_rounds(run.sites, run.only):
            done += await run_together(
                _build_site(run, part, store, fetcher, at_once) for part in parts
            )
        if run.pages:
            await overview.publish_pages_apart(
                settings, run.sites, store, run.now, run.process.call
            )
        await tell_hub(settings, store, fetcher, run.progress)
        if settings.notify.channels:
            from feedmaker.pipeline.notifications import notify  # 11 ms, and few are told

            await notify(settings, run.sites, store, fetcher, run.progress, run.now)
    return all_reports(done)


async def _build_site(
    run: Run, part: SitePart, store: Store, fetcher: Fetcher, at_once: asyncio.Semaphore
) -> list[Report] | LockedError:
    """Build the sections of a site one after the other: none fetches again what another fetched.

    Return the error where another run is at work on the site.
    """
    site = part.site
    counts = WorkCounts()
    async with at_once, fetcher.for_site(counts) as own_fetcher:
        begun = asyncio.get_running_loop().time()
        site_run = SiteRun.begin(run, site, store, own_fetcher)
        try:
            with store.site_lock(site.slug):
                reports = [await build_section(site_run, section) for section in part.sections]
                run.site_done(reports)
                counts.runs.note(asyncio.get_running_loop().time() - begun)
                store.count_work(site.slug, counts)
                return reports
        except LockedError as error:
            return error
