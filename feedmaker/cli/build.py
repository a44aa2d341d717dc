"""`feedmaker build`: the main job, for cron.

Bring the feeds up to date: ask each section's listing whether it changed, fetch the new
articles, and rewrite the feed files that a new or corrected story changes. Nothing is printed
when all is well, and nothing of a single failure; what failed twice or recovered is.
"""

from __future__ import annotations

import asyncio
import gc
import os
import signal
import sys
import threading
from contextlib import closing, contextmanager, nullcontext, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from feedmaker.cli import broken_line, reason_line, tell, told
from feedmaker.config import load_usable
from feedmaker.model.errors import ConfigError, EndedError
from feedmaker.output import overview, section_files
from feedmaker.pipeline import PageProcess, Progress, build_feeds, section_orders
from feedmaker.store import SectionName, Store

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Callable, Coroutine, Iterator, Sequence
    from contextlib import AbstractContextManager
    from typing import TextIO

    from feedmaker.cli.console import ProgressBar
    from feedmaker.model import Reason, Report, Settings, Site

# Objects that are made before the garbage collector looks. With Python's 700 it takes 3 % of
# `extract` on 83 pages, with this 0.2 %: hardly anything of a page is in a cycle.
GC_THRESHOLD: Final = 10_000
# Seconds from SIGTERM until the process ends itself: service managers and people wait for five.
_GRACE: Final = 3.5


SHARED_OPTIONS = ("--config", "--out", "--log")


def configure(parser: ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument(
        "only", nargs="*", metavar="SITE", help="sites to run (files of config/sites/); all without"
    )
    parser.add_argument(
        "--verbose",
        "-v",
        action="store_true",
        help="a line for each section, also when all is well",
    )
    parser.add_argument(
        "--again",
        nargs="?",
        const="",
        metavar="SITE|URL",
        help="read the stories that feeds show again, though their pages have not changed: all,"
        " those of a site, or one article",
    )
    parser.add_argument(
        "--publish-only",
        action="store_true",
        help="fetch nothing: write the feeds that changed in the store, and the pages",
    )
    parser.add_argument(
        "--prune", action="store_true", help="remove files of what left the configuration"
    )


def run(options: Namespace) -> int:
    """Run the pipeline."""
    gc.set_threshold(GC_THRESHOLD)
    settings, sites, problems = load_usable(options.config, options.out)
    only = _named_sites(options, sites)
    for problem in problems:
        print(f"feedmaker: {told(problem)}", file=sys.stderr)
    if options.again is not None:
        only = _read_again(settings, sites, options.again, only)
    reports = show_build(
        settings,
        sites,
        only=only,
        verbose=options.verbose,
        log=options.log,
        publish_only=options.publish_only,
    )
    if options.prune:
        _prune(settings, sites)
    if problems:
        return ConfigError.exit_code
    return 0 if all(report.good for report in reports) else 1


def _named_sites(options: Namespace, sites: Sequence[Site]) -> list[str]:
    """Return the slugs that the options name. Raises ConfigError where one is no site's."""
    known = [site.slug for site in sites]
    only = list(options.only)
    if options.again and "://" not in options.again:
        only.append(options.again)
    unknown = sorted(set(only).difference(known))
    if unknown:
        folder = options.config / "sites"
        none, there = "{name}: no such site in {folder}; there are {known}", ", ".join(known)
        raise ConfigError([tell(none, name=name, folder=folder, known=there) for name in unknown])
    return only


def _read_again(
    settings: Settings, sites: Sequence[Site], again: str, only: list[str]
) -> list[str]:
    """Make an article due by its URL, else the stories that the feeds of sites show.

    It is said of `only` these sites, or of all. Returns the sites to run.
    """
    now = datetime.now(UTC)
    if "://" not in again:
        section_orders.read_again(settings, sites, now, only=only)
        return only
    with Store(settings.store) as store:
        only = store.stories.read_article_again(again, now)
    if not only:
        none = "{page}: no section has this article; see its listing"
        raise ConfigError([tell(none, page=again)])
    return only


def _prune(settings: Settings, sites: Sequence[Site]) -> None:
    """Remove the files of sections and formats that left the configuration; forget the sections."""
    for path in section_files.list_abandoned(settings, sites):
        path.unlink()
        print(tell("removed {path}", path=path))
    with Store(settings.store) as store:
        gone = _removed_sections(store, sites)
        left = [site.slug for site in sites]
        for path in section_orders.remove_sections(settings, store, gone, left):
            print(tell("removed {path}", path=path))


def _removed_sections(store: Store, sites: Sequence[Site]) -> list[SectionName]:
    """Return the sections that left the configuration.

    Not those of a site whose file has a mistake: nobody removed them.
    """
    configured = {(site.slug, section.slug) for site in sites for section in site.sections}
    unusable = {site.slug for site in sites if not site.sections}
    left = store.sections.states().keys() - configured
    return sorted(name for name in left if name.site not in unusable)


@dataclass(slots=True)
class Lines(Progress):
    """Prints what a person must know, see `news`, once the run is done; with `verbose` all at once.

    A bar has the lines above itself.
    """

    verbose: bool
    bar: ProgressBar | None = None
    reports: list[Report] = field(default_factory=list)

    def expect(self, articles: int) -> None:
        """Lengthen the bar."""
        if self.bar:
            self.bar.lengthen(articles)

    def article_done(self) -> None:
        """Move the bar."""
        if self.bar:
            self.bar.advance()

    def section_done(self, report: Report) -> None:
        """Print the section's lines, or keep them until all sections can be told together."""
        if not self.verbose:
            self.reports.append(report)
            return
        self._say(report.summarize(tell, reason_line), sys.stdout)
        for line in (*news([report]), *details(report)):
            self._say(line, sys.stderr)

    def run_done(self) -> None:
        """Print what a person must know of all sections."""
        for line in news(self.reports):
            self._say(line, sys.stderr)

    def note(self, line: str) -> None:
        """Print the line."""
        self._say(f"feedmaker: {told(line)}", sys.stderr)

    def detail(self, line: str) -> None:
        """Print the line where all is to be seen."""
        if self.verbose:
            self.note(line)

    def _say(self, line: str, stream: TextIO) -> None:
        if self.bar:
            self.bar.say(line)
        else:
            print(line, file=stream)


def news(reports: Sequence[Report]) -> list[str]:
    """Return the lines that a person must read: what broke or recovered, by site and cause.

    And the articles and other pages that failed twice.
    """
    by_cause: dict[object, list[Report]] = {}
    for report in reports:
        if not report.told:
            continue
        cause: object = None
        if report.reason and not report.good:
            cause = (report.status, report.reason.kind, report.has_feed)
        by_cause.setdefault((report.site, cause), []).append(report)
    lines = [_told_together(told) for told in by_cause.values()]
    lines += _failed_again(reports)
    for report in reports:
        name = f"{report.site}/{report.section}"
        lines += [f"{name}: {reason_line(reason)}" for reason in report.news]
        over = tell("no longer so")
        lines += [f"{name}: {over}: {reason_line(reason)}" for reason in report.over]
    return lines


def _failed_again(reports: Sequence[Report]) -> list[str]:
    """Return the lines of articles that failed twice: of each site and cause the first of them."""
    by_cause: dict[object, list[tuple[str, Reason]]] = {}
    for report in reports:
        name = f"{report.site}/{report.section}"
        for failure in report.failures:
            if failure.again:
                cause = (report.site, failure.reason.kind)
                by_cause.setdefault(cause, []).append((name, failure.full_reason))
    lines = []
    for (name, reason), *others in by_cause.values():
        told = reason_line(replace(reason, more=len(others)))
        lines.append(f"{name}: {told}{_advice(reason.article_remedy)}")
    return lines


def _told_together(reports: Sequence[Report]) -> str:
    """Return the line of sections of one site that broke of one cause, or recovered."""
    first = reports[0]
    name = f"{first.site}/{first.section}"
    if len(reports) > 1:
        sections = tell(", ").join(report.section for report in reports)
        together = tell("{count} sections ({sections})", count=len(reports), sections=sections)
        name = f"{first.site}: {together}"
    if first.good:
        return f"{name}: {tell('recovered')}"
    since = f"{first.since:%Y-%m-%d %H:%M} UTC" if first.since else ""
    line = broken_line(first.status, since, first.has_feed, first.reason)
    return f"{name}: {line}{_advice(first.reason.remedy) if first.reason else ''}"


def _advice(remedy: str) -> str:
    return f"; {tell(remedy)}" if remedy else ""


def details(report: Report) -> list[str]:
    """Return the lines of a section that are no news: what failed, and what is worth knowing."""
    name = f"{report.site}/{report.section}"
    failures = [failure.full_reason for failure in report.failures if not failure.again]
    known = {*failures, *report.news}
    notes = [note for note in report.notes if note not in known]
    return [f"{name}: {reason_line(reason)}" for reason in (*failures, *notes)]


def show_build(
    settings: Settings,
    sites: Sequence[Site],
    *,
    only: Sequence[str] = (),
    verbose: bool = False,
    log: str = "text",
    publish_only: bool = False,
) -> list[Report]:
    """Run the pipeline and show how it goes; with `log` "json" as objects, a line each.

    With `publish_only` nothing is fetched.
    """
    progress: Progress = Lines(verbose=verbose)
    shown: AbstractContextManager[object] = nullcontext()
    # Rich takes a tenth as long to import as all of `build`, and cron needs none of `console`.
    if log == "json":
        from feedmaker.cli import console

        console.start_log(log)
        progress = console.JsonProgress()
    elif sys.stderr.isatty() and not publish_only:
        from feedmaker.cli import console

        bar = console.ProgressBar()
        progress = Lines(verbose=True, bar=bar)
        shown = bar.shown
    try:
        with closing(PageProcess()) as process, ended_by_sigterm() as at_sigterm, shown:
            if publish_only:
                work = _publish(settings, sites, only, progress, process)
            else:
                work = build_feeds(settings, sites, only=only, progress=progress, process=process)
            return asyncio.run(_until_sigterm(work, at_sigterm))
    finally:
        progress.run_done()


async def _publish(
    settings: Settings,
    sites: Sequence[Site],
    only: Sequence[str],
    progress: Progress,
    process: PageProcess,
) -> list[Report]:
    """Publish from the store alone."""
    reports = []
    with Store(settings.store) as store:
        published = overview.publish_all(
            settings,
            sites,
            store,
            datetime.now(UTC),
            work=process.call,
            only=only,
        )
        async for report in published:
            progress.section_done(report)
            reports.append(report)
    return reports


@contextmanager
def ended_by_sigterm() -> Iterator[list[Callable[[], object]]]:
    """Yield a list: what is in it is called, in another thread, when SIGTERM comes.

    A process that waits for its database or for a name server looks at no signal. So a thread waits
    for this one, and the process exits with code 143 where it does not end by itself in time: after
    the block, too, since an interpreter waits for threads that wait for the database. To be entered
    in the main thread, before other threads are started.
    """
    calls: list[Callable[[], object]] = []
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
    is_over, has_come = threading.Event(), threading.Event()

    def wait() -> None:
        signal.sigwait({signal.SIGTERM})
        if is_over.is_set():
            return
        has_come.set()
        last = threading.Timer(_GRACE, end)
        last.daemon = True
        last.start()
        for call in calls:
            with suppress(RuntimeError):  # its event loop is closed already
                call()

    def end() -> None:
        error = EndedError(tell("told to end (SIGTERM) and ended at once; what was kept stays"))
        if not is_over.is_set():
            sys.stderr.write(f"feedmaker: {error}\n")
            sys.stderr.flush()
        os._exit(error.exit_code)

    waiting = threading.Thread(target=wait, daemon=True)
    waiting.start()
    try:
        yield calls
    finally:
        is_over.set()
        if not has_come.is_set():
            signal.pthread_kill(waiting.ident or 0, signal.SIGTERM)
        waiting.join()
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


async def _until_sigterm(
    run: Coroutine[Any, Any, list[Report]], at_sigterm: list[Callable[[], object]]
) -> list[Report]:
    """Return the reports of a run. SIGTERM ends it where it waits: EndedError is raised then."""
    loop, task, is_told = asyncio.get_running_loop(), asyncio.ensure_future(run), threading.Event()
    at_sigterm += [is_told.set, lambda: loop.call_soon_threadsafe(task.cancel)]
    try:
        return await task
    except asyncio.CancelledError:
        if is_told.is_set():
            raise EndedError(
                tell("told to end (SIGTERM); what was done is kept, the next run goes on from it")
            ) from None
        raise
