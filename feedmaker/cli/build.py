"""`feedmaker build`: the main job, for cron.

Bring the feeds up to date: ask each section's listing whether it changed, fetch the new
articles, and rewrite the feed files that a new or corrected story changes. Nothing is printed
when all is well; what broke, recovered or failed for the first time is.
"""

from __future__ import annotations

import asyncio
import gc
import signal
import sys
from contextlib import nullcontext
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from feedmaker.cli import add_shared, console
from feedmaker.config import load
from feedmaker.model.errors import ConfigError, EndedError
from feedmaker.output import overview, section_files
from feedmaker.pipeline import Progress, build_feeds
from feedmaker.store import Store, lock

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Coroutine, Sequence

    from feedmaker.model import Report, Settings, Site

# Objects that are made before the garbage collector looks. With Python's 700 it takes 3 % of
# `extract` on 83 pages, with this 0.2 %: hardly anything of a page is in a cycle.
GC_THRESHOLD: Final = 10_000


def configure(parser: ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument(
        "only", nargs="*", metavar="SITE", help="sites to run (files of config/sites/); all without"
    )
    add_shared(parser, "--config", "--out", "--log")
    parser.add_argument(
        "--verbose",
        "-v",
        action="store_true",
        help="a line for each section, also when all is well",
    )
    parser.add_argument(
        "--publish-only",
        action="store_true",
        help="fetch nothing: write the feeds that changed in the store, and the pages",
    )
    parser.add_argument(
        "--prune", action="store_true", help="remove files of sections that left the configuration"
    )


def run(options: Namespace) -> int:
    """Run the pipeline."""
    gc.set_threshold(GC_THRESHOLD)
    settings, sites = load(options.config, options.out)
    known = [site.slug for site in sites]
    unknown = sorted(set(options.only).difference(known))
    if unknown:
        folder = options.config / "sites"
        raise ConfigError(
            [f"{name}: no such site in {folder}; there are {', '.join(known)}" for name in unknown]
        )
    show = show_publishing if options.publish_only else show_build
    reports = show(settings, sites, only=options.only, verbose=options.verbose, log=options.log)
    if options.prune:
        _prune(settings, sites)
    return 0 if all(report.good for report in reports) else 1


def _prune(settings: Settings, sites: Sequence[Site]) -> None:
    """Remove the files of sections that left the configuration, and forget them."""
    configured = {(site.slug, section.slug) for site in sites for section in site.sections}
    with lock(settings.store), Store(settings.store) as store:
        for name in sorted(store.sections.states().keys() - configured):
            for path in section_files.list_files(settings, *name):
                path.unlink()
                print(f"removed {path}")
            made = section_files.note_path(settings, *name)
            for note in (made, made.parent / "archive" / made.name):
                note.unlink(missing_ok=True)
            store.sections.forget(*name)


def show_build(
    settings: Settings,
    sites: Sequence[Site],
    *,
    only: Sequence[str] = (),
    verbose: bool = False,
    log: str = "text",
) -> list[Report]:
    """Run the pipeline and show how it goes; with `log` "json" as objects, a line each."""
    progress = _lines(log, verbose=verbose)
    if log != "json" and sys.stderr.isatty():
        progress = console.ProgressBar()
    shown = progress.bar if isinstance(progress, console.ProgressBar) else nullcontext()
    with shown:
        work = build_feeds(settings, sites, only=only, progress=progress)
        return asyncio.run(_until_sigterm(work))


def show_publishing(
    settings: Settings,
    sites: Sequence[Site],
    *,
    only: Sequence[str] = (),
    verbose: bool = False,
    log: str = "text",
) -> list[Report]:
    """Publish from the store alone and show how it goes."""
    progress = _lines(log, verbose=verbose)
    reports = []
    with Store(settings.store) as store:
        for report in overview.publish_all(settings, sites, store, datetime.now(UTC), only=only):
            progress.section_done(report)
            reports.append(report)
    return reports


def _lines(log: str, *, verbose: bool) -> Progress:
    if log != "json":
        return console.QuietLines(verbose=verbose)
    console.start_log(log)
    return console.JsonProgress()


async def _until_sigterm(run: Coroutine[Any, Any, list[Report]]) -> list[Report]:
    """Return the reports of a run. SIGTERM ends it where it waits: EndedError is raised then."""
    ended = asyncio.Event()
    task = asyncio.ensure_future(run)

    def end() -> None:
        ended.set()
        task.cancel()

    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, end)
    try:
        return await task
    except asyncio.CancelledError:
        if ended.is_set():
            raise EndedError(
                "told to end (SIGTERM); what was done is kept, the next run goes on from it"
            ) from None
        raise
    finally:
        asyncio.get_running_loop().remove_signal_handler(signal.SIGTERM)
