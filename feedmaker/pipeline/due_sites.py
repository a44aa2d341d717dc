"""What is due: the sections of a configuration by their own rhythm, as workers run them.

    Configuration --> find_due_sites --> run_sites --> build_sites --> store, out/

`job_queue` does so on PostgreSQL and `own_planner` on a file; both look up what is due when they
begin with a site, so that it may be told twice. A site is held only while it is worked on.
"""

from __future__ import annotations

import logging
import time
from contextlib import closing, nullcontext
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from feedmaker import config
from feedmaker.model.errors import FeedmakerError
from feedmaker.pipeline.page_process import PageProcess
from feedmaker.pipeline.run import build_sites
from feedmaker.pipeline.section import Run
from feedmaker.policy import schedule
from feedmaker.store import SectionName, Store

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from feedmaker.model import Report, Settings, Site
    from feedmaker.pipeline.section import Progress

_log = logging.getLogger(__name__)


class Configuration:
    """The configuration folder, read again when a file in it changes.

    A mistake in it leaves the last good one, in the file of a site that of the site. `look_every`
    are seconds between two looks at the files.
    """

    def __init__(self, folder: Path, out: Path | None, look_every: float = 10.0) -> None:
        self._folder = folder
        self._out = out
        self._look_every = look_every
        self._files = self._list_files()
        self._looked_at = time.monotonic()
        self.sites: dict[str, Site] = {}
        self.settings, self.sites = self._load()

    def _list_files(self) -> list[tuple[str, int]]:
        """The names of the files and when they changed."""
        files = [self._folder / "feedmaker.toml", *sorted((self._folder / "sites").glob("*.toml"))]
        return [(path.name, path.stat().st_mtime_ns) for path in files if path.exists()]

    def _load(self) -> tuple[Settings, dict[str, Site]]:
        """Read what can be used; of a site whose file has a mistake the last good one holds."""
        settings, sites, problems = config.load_usable(self._folder, self._out)
        for problem in problems:
            _log.error("%s", problem)
        last = self.sites
        return settings, {
            site.slug: site if site.sections else last.get(site.slug, site) for site in sites
        }

    def refresh(self) -> None:
        """Read the files again where one changed."""
        if time.monotonic() - self._looked_at < self._look_every:
            return
        self._looked_at = time.monotonic()
        files = self._list_files()
        if files == self._files:
            return
        self._files = files
        try:
            self.settings, self.sites = self._load()
            _log.info("configuration read again: %d sites", len(self.sites))
        except FeedmakerError as error:
            _log.error("configuration not read again, the last good one holds: %s", error)


async def run_sites(
    settings: Settings,
    sites: Sequence[Site],
    progress: Progress,
    process: PageProcess | None = None,
) -> list[Report]:
    """Run the due sections of sites, side by side, and set when they are due again.

    Raises LockedError where another run is at work on some of them, once the others are done, and
    StoreError or PublishError where nothing can be written.
    """
    now = datetime.now(UTC)
    started = time.monotonic()
    with Store(settings.store) as store:
        at_start = now + store.clock_ahead
        parts = [_due_part(store, site, at_start) for site in sites]
        due = {part.site.slug: part for part in parts if part.site.sections}
        if not due:
            return []

        def site_done(reports: list[Report]) -> None:
            part = due[reports[0].site]
            for report in reports:
                _set_due(store, part, report, at_start)
            _log_part(part, len(reports), time.monotonic() - started)

        wanted = [part.site for part in due.values()]
        with nullcontext(process) if process else closing(PageProcess()) as page_process:
            run = Run(settings, wanted, progress, now, page_process, site_done=site_done)
            return await build_sites(run, store)


class _DuePart(NamedTuple):
    """A site with those of its sections that are due, and since when; None: they never ran.

    The first of them is `late` seconds.
    """

    site: Site
    due: dict[str, datetime | None]
    late: float


def _due_part(store: Store, site: Site, now: datetime) -> _DuePart:
    due = store.sections.due(site.slug, now)
    sections = tuple(
        section for section in site.sections if section.slug in due and not section.paused
    )
    late = max(((now - at).total_seconds() for at in due.values() if at), default=0.0)
    return _DuePart(replace(site, sections=sections), due, late)


def _log_part(part: _DuePart, sections: int, seconds: float) -> None:
    site = part.site
    fields = {
        "event": "site",
        "site": site.slug,
        "sections": sections,
        "seconds": round(seconds, 3),
        "late": part.late,
    }
    told = (site.slug, sections, seconds)
    _log.info("%s: %d sections in %.1f s", *told, extra={"fields": fields})


def _set_due(store: Store, part: _DuePart, report: Report, now: datetime) -> None:
    """Set when a section is due: by its rhythm, soon where articles wait, later if it fails.

    One that a person asked for while it was worked on is still due.
    """
    site = part.site
    state = store.sections.state(site.slug, report.section)
    if state.due != part.due[report.section]:
        return
    least = timedelta(minutes=site.fetch.every)
    pause = timedelta(seconds=state.every)
    if report.added or report.changed or not state.every:
        times = store.stories.times(site.slug, report.section)
        pause = schedule.worker_pause(schedule.rhythm(times, now), least)
    names = {section.slug for section in site.sections if section.sections_of}
    is_at_once = report.waiting or report.section in names  # of the store it costs no request
    due = now + (least if is_at_once else max(pause, least))
    if state.next_poll:
        due = max(due, state.next_poll)
    store.sections.set_due(site.slug, report.section, due, int(pause.total_seconds()))


def find_due_sites(settings: Settings, sites: Sequence[Site]) -> list[str]:
    """Return the sites with a due section, the longest due first; new sections are due at once."""
    configured = []
    for site in sites:
        configured += [SectionName(site.slug, section.slug) for section in site.sections]
    by_slug = {site.slug: site for site in sites}
    with Store(settings.store) as store:
        known = store.sections.changes()
        store.sections.add([name for name in configured if name not in known])
        now = store.now()
        found = [by_slug[slug] for slug in store.sections.due_sites(now) if slug in by_slug]
        # Of a site of which what is due is paused there is nothing to do.
        return [site.slug for site in found if _due_part(store, site, now).site.sections]
