"""The whole program: `build_feeds` brings the feeds of all sites up to date.

    build_feeds -> _build_sites -> _build_site -> section.build_section, for each section, those of
    other sections' stories (`joined_feed`) after these:

    Section --fetch--> Page --listing--> Link
    Link --fetch--> Page --article--> Story --store--> Feed --output--> out/

`listing_pages` and `article` read pages, `keep` puts stories into the store, and `output` renders
them from there, never from what this run happened to fetch. The memory of a listing is saved after
the feed made from it is out: whatever dies in between is made good by the next run.
"""

from __future__ import annotations

import asyncio
from contextlib import closing, nullcontext
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from feedmaker.fetch import Fetcher
from feedmaker.model import JoinedSection
from feedmaker.model.errors import CorruptError, DamagedRowError, LockedError
from feedmaker.output import overview
from feedmaker.pipeline.hub_ping import tell_hub
from feedmaker.pipeline.page_process import PageProcess
from feedmaker.pipeline.section import Progress, SiteRun, all_reports, build_section, run_together
from feedmaker.store import Store, lock, set_aside

if TYPE_CHECKING:
    from collections.abc import Sequence

    from feedmaker.model import Report, Section, Settings, Site


@dataclass(frozen=True, slots=True)
class _Run:
    """What one call of `build_feeds` is asked to do."""

    settings: Settings
    sites: Sequence[Site]
    only: Sequence[str]
    progress: Progress
    now: datetime
    pages: bool
    process: PageProcess


async def build_feeds(
    settings: Settings,
    sites: Sequence[Site],
    *,
    only: Sequence[str] = (),
    progress: Progress | None = None,
    now: datetime | None = None,
    pages: bool = True,
    store: Store | None = None,
    process: PageProcess | None = None,
) -> list[Report]:
    """Bring the feeds of `sites` up to date and return a report for each section.

    `only` names the slugs of some sites; a section of theirs that failed is asked at once, others
    ever more rarely. With `pages` the pages that show all sites are written too, so `sites` must be
    all of them then. `store` and `process` are given where they are open already; `now` is by the
    clock of this machine. A corrupt store is moved aside, and the run begins anew.

    Raises LockedError where another run is at work; of a PostgreSQL store on one of these sites,
    once the others are done. Raises StoreError or PublishError where nothing can be written.
    """
    begun = now or datetime.now(UTC)
    # The process comes before the lock: whoever is killed leaves no child that still holds it.
    with (
        nullcontext(process) if process else closing(PageProcess()) as page_process,
        lock(settings.store),
    ):
        run = _Run(settings, sites, only, progress or Progress(), begun, pages, page_process)
        try:
            return await _build_in(store, run)
        except DamagedRowError:
            with nullcontext(store) if store else Store(settings.store) as opened:
                aside = opened.set_damaged_aside(run.now)
            told = ", ".join(f"{count} of {table}" for table, count in aside.items())
            run.progress.note(f"store: damaged rows set aside: {told}")
        except CorruptError as error:
            moved = set_aside(Path(settings.store), run.now)
            run.progress.note(f"{error}; it is now {moved.name}, and a new one is begun")
        return await _build_in(store, run)


async def _build_in(store: Store | None, run: _Run) -> list[Report]:
    """Build the sites in a store, which is opened where it is not."""
    with nullcontext(store) if store else Store(run.settings.store) as opened:
        return await _build_sites(run, opened)


async def _build_sites(run: _Run, store: Store) -> list[Report]:
    """Build the sites side by side, then the pages that show all of them."""
    if not run.process.is_limited and not store.meta("no limits"):
        store.set_meta("no limits", "told")
        run.progress.note("this system cannot limit a process: a page may take any time and memory")
    # The database's clock is that of all workers.
    run = replace(run, now=run.now + store.clock_ahead)
    settings, sites, now = run.settings, run.sites, run.now
    wanted = [site for site in sites if not run.only or site.slug in run.only]
    async with Fetcher(settings, store.robots, store.pauses) as fetcher:
        done = await _build_rounds(run, wanted, store, fetcher)
        if run.pages:
            await overview.publish_pages_apart(settings, sites, store, now, run.process.call)
        if settings.hub:
            await tell_hub(settings, store, fetcher, run.progress)
        if settings.notify.channels:
            from feedmaker.pipeline.notifications import notify  # 11 ms, and few are told

            await notify(settings, sites, store, fetcher, run.progress, now)
    return all_reports(done)


async def _build_rounds(
    run: _Run, sites: Sequence[Site], store: Store, fetcher: Fetcher
) -> list[list[Report] | LockedError]:
    """Build sites side by side, sections of others' stories after these."""
    at_once = asyncio.Semaphore(run.settings.sites_at_once)
    done: list[list[Report] | LockedError] = []
    for together in _rounds(sites):
        done += await run_together(
            _build_site(run, part, store, fetcher, at_once) for part in together
        )
    return done


@dataclass(frozen=True, slots=True)
class _SitePart:
    """Some sections of a site, to be built one after the other."""

    site: Site
    sections: tuple[Section, ...]


def _rounds(sites: Sequence[Site]) -> list[list[_SitePart]]:
    """What is built together: first all with pages, then sections of others' stories, by depth."""
    rounds: dict[int, list[_SitePart]] = {}
    for site in sites:
        by_depth: dict[int, tuple[Section, ...]] = {}
        for section in site.sections:
            depth = section.depth if isinstance(section, JoinedSection) else 0
            if not section.paused:
                by_depth[depth] = (*by_depth.get(depth, ()), section)
        for depth, sections in by_depth.items():
            rounds.setdefault(depth, []).append(_SitePart(site, sections))
    return [rounds[depth] for depth in sorted(rounds)]


async def _build_site(
    run: _Run, part: _SitePart, store: Store, fetcher: Fetcher, at_once: asyncio.Semaphore
) -> list[Report] | LockedError:
    """Build the sections of a site one after the other: none fetches again what another fetched.

    Return the error where another run is at work on the site.
    """
    site = part.site
    async with at_once:
        healed = {(name, rule.what): rule for name, rule in store.sections.healed_rules(site.slug)}
        site_run = SiteRun(
            settings=run.settings,
            site=site,
            fetch_limits=site.fetch_limits,
            store=store,
            fetcher=fetcher,
            process=run.process,
            progress=run.progress,
            now=run.now,
            deadline=asyncio.get_running_loop().time() + site.fetch.budget,
            new_left=site.fetch.max_new,
            asked_for=bool(run.only),
            at_once=asyncio.Semaphore(site.fetch.concurrency),
            healed=healed,
        )
        try:
            with store.site_lock(site.slug):
                return [await build_section(site_run, section) for section in part.sections]
        except LockedError as error:
            return error
