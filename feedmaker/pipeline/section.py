"""One section: its listing, its articles, its feed, and how it fares.

A failure leaves the last good feed as it is. The steps stand in `_build` in the order they happen.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, TypeVar

from feedmaker.fetch import describe
from feedmaker.model import NO_VALIDATORS, Code, JoinedSection, Reason, Report
from feedmaker.model.errors import (
    FeedmakerError,
    FetchError,
    LockedError,
    QuarantineError,
    StoreError,
)
from feedmaker.output import section_files
from feedmaker.pipeline import moved_urls, page_work
from feedmaker.pipeline.joined_feed import build_joined
from feedmaker.pipeline.listing_pages import SectionPages, read_listing_pages
from feedmaker.pipeline.page_redirect import fetch_page
from feedmaker.pipeline.site_icon import keep_icon
from feedmaker.pipeline.small_pictures import make_thumbnails
from feedmaker.policy import quarantine, schedule, selection

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterable, Sequence
    from datetime import datetime

    from feedmaker.fetch import Fetcher
    from feedmaker.model import (
        FetchLimits,
        HealedPart,
        HealedRule,
        Link,
        NotModified,
        Page,
        Section,
        Settings,
        Site,
        State,
        Validators,
    )
    from feedmaker.pipeline.page_process import PageProcess
    from feedmaker.pipeline.rest_posts import PostIndex
    from feedmaker.policy.near_duplicates import KnownStories
    from feedmaker.store import Store

_T = TypeVar("_T")
# Lead pictures of one section that are asked for in one run, and the seconds that may take.
_PICTURES = 100
_PICTURE_SECONDS = 10.0


class Progress:
    """Told how a run goes, and does nothing. The command line shows a bar or lines with it."""

    def expect(self, articles: int) -> None:
        """So many articles are about to be fetched."""

    def article_done(self) -> None:
        """One of them was fetched, or failed."""

    def section_done(self, report: Report) -> None:
        """A section is done."""

    def note(self, line: str) -> None:
        """A person must know this of the run itself."""

    def detail(self, line: str) -> None:
        """This is worth knowing of the run itself."""

    def run_done(self) -> None:
        """The run is over, or was ended."""


@dataclass(frozen=True, slots=True)
class Run:
    """What a run is asked to do.

    `only` names the slugs of some sites, `pages` says that the pages of all sites are written, and
    `site_done` is told the reports of a site while it is still held.
    """

    settings: Settings
    sites: Sequence[Site]
    progress: Progress
    now: datetime
    process: PageProcess
    only: Sequence[str] = ()
    pages: bool = False
    site_done: Callable[[list[Report]], None] = lambda _: None


@dataclass
class SiteRun:
    """One site in one run.

    `now` is the run's: what is kept in a run is not due again in it. `deadline` is in seconds of
    the event loop's clock. `new_left` is how many new articles may still be fetched. `asked_for`
    says that a person named the site. A page is in memory from its fetching until it is read: never
    more of them than `at_once`. `healed` are the self-healed rules by section (for
    the body by "") and part. `pages` are listing pages, fetched once though several sections stand
    on them; `known_stories` is read from the store when the first copy may be met.
    """

    settings: Settings
    site: Site
    store: Store
    fetcher: Fetcher
    process: PageProcess
    progress: Progress
    now: datetime
    deadline: float
    new_left: int
    asked_for: bool
    at_once: asyncio.Semaphore
    fetch_limits: FetchLimits = field(init=False)
    healed: dict[tuple[str, HealedPart], HealedRule] = field(init=False)
    pages: dict[tuple[str, Validators], Page | NotModified | FetchError] = field(
        default_factory=dict
    )
    known_stories: KnownStories | None = None

    @classmethod
    def begin(cls, run: Run, site: Site, store: Store, fetcher: Fetcher) -> SiteRun:
        """Begin with a site; its time is counted from now."""
        return cls(
            settings=run.settings,
            site=site,
            store=store,
            fetcher=fetcher,
            process=run.process,
            progress=run.progress,
            now=run.now,
            deadline=asyncio.get_running_loop().time() + site.fetch.budget,
            new_left=site.fetch.max_new,
            asked_for=bool(run.only),
            at_once=asyncio.Semaphore(site.fetch.concurrency),
        )

    def __post_init__(self) -> None:
        self.fetch_limits = self.site.fetch_limits
        healed = self.store.sections.healed_rules(self.site.slug)
        self.healed = {(section, rule.what): rule for section, rule in healed}

    @property
    def page_site(self) -> Site:
        """The site as jobs on its pages need it: a hundred sections take 1.4 ms to be sent."""
        return replace(self.site, sections=())

    async def fetch(self, url: str, validators: Validators = NO_VALIDATORS) -> Page | NotModified:
        """Fetch a page. Raises FetchError, which tells a challenge from other refusals."""
        try:
            return await fetch_page(self.fetcher, url, self.fetch_limits, validators)
        except FetchError as error:
            if error.retry_at:  # by this machine's clock
                error.retry_at += self.store.clock_ahead
            body, status = error.body, error.status or 0
            if not body or not await self.process.call(url, page_work.is_challenge, body):
                raise
            reason = Reason.of(Code.CHALLENGED, status=status)
            raise FetchError(error.url, reason, status=status, retry_at=error.retry_at) from None

    async def fetch_listing(
        self, url: str, validators: Validators = NO_VALIDATORS
    ) -> Page | NotModified:
        """Fetch a listing page, once in a run though several sections stand on it.

        Raises FetchError.
        """
        found = self.pages.get((url, validators))
        if found is None:
            try:
                found = await self.fetch(url, validators)
            except FetchError as error:
                found = error
            self.pages[url, validators] = found
        if isinstance(found, FetchError):
            raise found
        return found


async def build_section(run: SiteRun, section: Section) -> Report:
    """Bring one section up to date, and remember how it fares.

    A section that failed before may be left alone for a while.
    """
    sections, name = run.store.sections, (run.site.slug, section.slug)
    before = sections.state(*name)
    made_with = section_files.made_with(run.settings, run.site, section)
    asked = run.asked_for or not schedule.is_backing_off(before, made_with, run.now)
    if asked:
        report = await _try_to_build(run, section, before, made_with)
    else:
        report = _report_of_pause(run.site, section, before)
    is_new = False
    if not report.good:
        report = replace(report, has_feed=section_files.has_feed(run.settings, *name))
        is_new = not run.store.stories.count(*name)
    after = schedule.after_run(before, report, run.now, asked=asked, is_new=is_new)
    if asked:
        after = schedule.with_backoff(after, made_with, run.now, report.next_poll)
        after = replace(after, usual=quarantine.usual_links(before, report))
    told = schedule.is_told(before, after)
    sections.set_state(*name, after, changed=_is_event(before, after, told=told))
    news, over = schedule.told_notes(before, after)
    report = replace(
        report,
        since=after.since,
        told=told,
        news=news,
        over=over,
        next_poll=after.next_poll,
    )
    run.progress.section_done(report)
    return report


def _report_of_pause(site: Site, section: Section, before: State) -> Report:
    """The report of a section that is left alone for a while: all is as it was."""
    return Report(
        site=site.slug,
        section=section.slug,
        status=before.status or "kept",
        reason=before.reason,
        doubted=before.doubted,
    )


def _is_event(before: State, after: State, *, told: bool) -> bool:
    """Whether the health feed tells of a run: what a person is told first, and the first good."""
    if after.good and before.since is None:
        return True
    return told and (after.good or before.good or before.told is None)


async def _try_to_build(run: SiteRun, section: Section, before: State, made_with: str) -> Report:
    """Build a section; whatever goes wrong in it becomes its report.

    Its `next_poll` is when the server asked to be asked again, if it did.

    Raises StoreError and LockedError, which are of the store and not of the section.
    """
    failed = Report(site=run.site.slug, section=section.slug, status="kept")
    try:
        if isinstance(section, JoinedSection):
            return await build_joined(run, section, made_with)
        return await _build(run, section, before, made_with)
    except TimeoutError:
        reason = Reason.of(Code.BUDGET_USED_UP, seconds=run.site.fetch.budget)
        return replace(failed, reason=reason)
    except (StoreError, LockedError):
        raise
    except QuarantineError as error:
        return replace(
            failed,
            status="quarantined",
            reason=error.full_reason,
            doubted="listing",
        )
    except FetchError as error:
        return replace(failed, reason=error.full_reason, next_poll=error.retry_at)
    except FeedmakerError as error:
        return replace(failed, reason=error.full_reason)
    except Exception as error:  # noqa: BLE001 - our mistake in one section must not stop the others
        return replace(failed, reason=Reason.of(Code.BUG, text=repr(error)[:250]))


async def _build(run: SiteRun, section: Section, before: State, made_with: str) -> Report:
    """Take a section from its listing to its feed."""
    store, name = run.store, (run.site.slug, section.slug)
    first_run = store.links.is_empty(*name)
    if first_run:
        section_files.restore_stories(run.settings, run.site, section, store, run.now)
    else:
        _note_stale_stories(run, section, before, made_with)
    # A server may say for ever that nothing is new: once a day it is asked for the whole page.
    read_with = f"{made_with} {run.now:%Y-%m-%d}"
    async with asyncio.timeout_at(run.deadline):
        listing = await _read_listing(run, section, before, read_with)
    if listing.links is not None:
        _check_count(run, section, listing, before)
        _note_links(run, section, listing, listing.links, first_run=first_run)
    report = Report(
        site=run.site.slug,
        section=section.slug,
        status="unchanged",
        links=None if listing.links is None else len(listing.links) - listing.further,
        failures=listing.failures,
        notes=(*(failure.full_reason for failure in listing.failures), *listing.doubts),
    )
    try:
        report = await _fetch_due(run, section, report, before, listing.posts)
    except asyncio.CancelledError:  # the run is told to end: what was fetched is shown
        with suppress(FeedmakerError):
            await section_files.publish_feed(
                run.settings, run.site, section, store, work=run.process.call
            )
        raise
    had_none = _had_none(run, section, report, before)
    report = quarantine.judge_articles(report, before, had_none=had_none)
    if not _is_worth_a_feed(report, had_none=had_none):
        return report
    await _describe_pictures(run, section)
    await make_thumbnails(run, section)
    await keep_icon(run)
    published = await section_files.publish_feed(
        run.settings, run.site, section, store, work=run.process.call
    )
    _remember_listing(run, section, listing, read_with, first_run=first_run)
    return replace(
        report,
        status=published.status,
        failures=report.failures + published.failures,
        notes=report.notes + published.notes,
    )


def _had_none(run: SiteRun, section: Section, report: Report, before: State) -> bool:
    """Whether a section whose articles failed, or wait, never had a story."""
    is_tried = before.failing or report.failures or report.waiting
    return bool(is_tried) and not run.store.stories.count(run.site.slug, section.slug)


def _is_worth_a_feed(report: Report, *, had_none: bool) -> bool:
    """Whether a feed comes out: none without a story, where articles fail or wait."""
    return report.good and not (had_none and (report.failing or report.waiting))


def _remember_listing(
    run: SiteRun, section: Section, listing: SectionPages, read_with: str, *, first_run: bool
) -> None:
    """Remember a listing once the feed made of it is out, and forget what is long off it."""
    store, name = run.store, (run.site.slug, section.slug)
    if listing.validators:
        store.sections.set_validators(*name, listing.validators, read_with)
    if listing.links is not None and not first_run:
        store.forget(*name, items=section.items, keep_days=section.keep_days, now=run.now)


async def _read_listing(
    run: SiteRun, section: Section, before: State, read_with: str
) -> SectionPages:
    """Read the listing pages, unless the one turn of a slow host is for an article that waits."""
    due = run.store.links.due(run.site.slug, section.slug, run.now)
    waiting = [link.url for link in due if not link.digest]
    if waiting and run.fetcher.known_delay(waiting[0]) >= run.site.fetch.budget:
        return SectionPages(links=None, validators={})
    return await read_listing_pages(run, section, before, read_with)


def _note_stale_stories(run: SiteRun, section: Section, before: State, made_with: str) -> None:
    """Make due what would be read otherwise now, and correct what a wrong clock left."""
    store, name = run.store, (run.site.slug, section.slug)
    last_run = max(filter(None, (before.since, before.good_at)), default=None)
    store.adopt_dates(run.site.slug, last_run, run.now)
    if schedule.was_ahead(before, run.now):
        latest = schedule.latest_check(run.site.fetch.recheck, run.now)
        store.correct_times(run.site.slug, run.now, latest)
        # Links may have been too old for that clock, and the listing may be the same.
        store.sections.forget_validators(*name)
    if schedule.may_be_stale(before, made_with, run.now):
        read = schedule.read_with(run.site)
        store.stories.read_again(
            *name,
            section.items,
            lambda story, was: schedule.is_read_otherwise(story, was, read, run.now),
            run.now,
        )


def _note_links(
    run: SiteRun, section: Section, listing: SectionPages, links: list[Link], *, first_run: bool
) -> None:
    """Put the links of a listing into the store; those without a story are due, if wanted."""
    store, name = run.store.links, (run.site.slug, section.slug)
    links = moved_urls.with_known_addresses(store, run.site, section, links)
    listed = store.listed(*name, links)
    # Without `formerly` nothing that is known could have moved here in the first run.
    may_have_moved = bool(run.site.formerly) or not first_run
    if may_have_moved and moved_urls.note_moved_stories(store, run.site, section, listed, run.now):
        listed = store.listed(*name, links)
    changed = listing.posts.changed if listing.posts else frozenset()
    noted = selection.judge_links(
        listed, section, first_run=first_run, now=run.now, changed=changed
    )
    if noted:
        store.note(*name, noted)


def _check_count(run: SiteRun, section: Section, listing: SectionPages, before: State) -> None:
    """Raise QuarantineError where a whole listing has far fewer links than it usually has."""
    if listing.failures or listing.is_part:
        return
    doubt = quarantine.listing_doubt(len(listing.links or ()), section, before, run.now)
    if doubt:
        raise QuarantineError(section.web_page(run.site), doubt)


async def _fetch_due(
    run: SiteRun, section: Section, report: Report, before: State, posts: PostIndex | None
) -> Report:
    """Fetch and keep the due articles of a section; return the report with what became of them."""
    due = run.store.links.due(run.site.slug, section.slug, run.now)
    if not due:
        return report
    from feedmaker.pipeline.due_articles import fetch_articles  # 4 ms, and most runs find none

    return await fetch_articles(run, report, before, due, posts)


async def _describe_pictures(run: SiteRun, section: Section) -> None:
    """Ask what the lead pictures of a section's stories are, for enclosures.

    Whatever fails, or does not come within a few seconds, is asked for by a later run; nothing
    waits for it.
    """
    stories = run.store.stories

    async def describe_one(url: str, tries: int) -> None:
        try:
            found = await describe(run.fetcher, url, run.fetch_limits)
        except Exception:  # noqa: BLE001 - a picture is never worth a feed
            found = None
        next_check = None if found else schedule.ask_picture_again(tries, run.now)
        stories.describe_picture(url, found, next_check)

    due = stories.pictures_due(run.site.slug, section.slug, run.now, _PICTURES)
    if not due:
        return
    with suppress(TimeoutError):
        async with asyncio.timeout(_PICTURE_SECONDS), asyncio.timeout_at(run.deadline):
            await asyncio.gather(*(describe_one(url, tries) for url, tries in due.items()))


async def run_together(tasks: Iterable[Coroutine[Any, Any, _T]]) -> list[_T]:
    """Run all side by side; the first that fails ends the others, and its error is raised."""
    try:
        async with asyncio.TaskGroup() as group:
            running = [group.create_task(task) for task in tasks]
    except BaseExceptionGroup as errors:
        raise errors.exceptions[0] from None
    return [task.result() for task in running]


def all_reports(done: Sequence[list[Report] | LockedError]) -> list[Report]:
    """Return the reports of all sites; raise LockedError where another run was at work on some."""
    reports: list[Report] = []
    locked: list[str] = []
    for one in done:
        if isinstance(one, LockedError):
            locked.append(one.args[0])
        else:
            reports += one
    if locked:
        raise LockedError(*dict.fromkeys(locked))
    return reports
