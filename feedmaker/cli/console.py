"""How a run is shown: a bar when a person watches, quiet lines when cron runs it, or JSON."""

from __future__ import annotations

import asyncio
import signal
import sys
from contextlib import nullcontext
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TextIO

from feedmaker import pipeline
from feedmaker.cli import json_log
from feedmaker.cli.report_lines import news, summary
from feedmaker.model.errors import EndedError
from feedmaker.output import overview
from feedmaker.store import Store

if TYPE_CHECKING:
    from collections.abc import Coroutine, Sequence

    from feedmaker.model import Report, Settings, Site


class QuietLines(pipeline.Progress):
    """Prints what a person must know, see `report_lines.news`; with `verbose` all."""

    def __init__(self, *, verbose: bool) -> None:
        self._verbose = verbose

    def section_done(self, report: Report) -> None:
        """Print the section's lines."""
        if self._verbose:
            self.say(summary(report))
        for line in news(report, everything=self._verbose):
            self.say(line, sys.stderr)

    def note(self, line: str) -> None:
        """Print the line."""
        self.say(f"feedmaker: {line}", sys.stderr)

    def say(self, line: str, stream: TextIO | None = None) -> None:
        """Print one line."""
        print(line, file=stream)


class ProgressBar(QuietLines):
    """A progress bar over the articles, beside all lines."""

    def __init__(self) -> None:
        # Rich takes 60 ms to import, and cron needs none of it.
        from rich.console import Console
        from rich.progress import (
            BarColumn,
            MofNCompleteColumn,
            Progress,
            TextColumn,
            TimeElapsedColumn,
        )

        super().__init__(verbose=True)
        self.bar = Progress(
            TextColumn("articles"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=Console(stderr=True),
            transient=True,
            redirect_stdout=False,
            redirect_stderr=False,
        )
        self._task = self.bar.add_task("articles", total=0)

    def say(self, line: str, stream: TextIO | None = None) -> None:
        """Print one line above the bar, unbroken, so that a URL can be copied."""
        del stream
        self.bar.console.print(line, soft_wrap=True, markup=False, highlight=False)

    def expect(self, articles: int) -> None:
        """Lengthen the bar."""
        task = self.bar.tasks[0]
        self.bar.update(self._task, total=(task.total or 0) + articles)

    def article_done(self) -> None:
        """Move the bar."""
        self.bar.advance(self._task)


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
        progress = ProgressBar()
    shown = progress.bar if isinstance(progress, ProgressBar) else nullcontext()
    with shown:
        work = pipeline.build_feeds(settings, sites, only=only, progress=progress)
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


def _lines(log: str, *, verbose: bool) -> pipeline.Progress:
    if log != "json":
        return QuietLines(verbose=verbose)
    json_log.start_log(log)
    return json_log.JsonProgress()


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
