"""How a run is shown: a progress bar and a table when a person watches, quiet lines when cron runs
it.
"""

from __future__ import annotations

import asyncio
import signal
import sys
from contextlib import nullcontext
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TextIO

from feedmaker import pipeline
from feedmaker.model.errors import EndedError

if TYPE_CHECKING:
    from collections.abc import Coroutine, Sequence

    from feedmaker.model import Report, Settings, Site


class QuietLines(pipeline.Progress):
    """Prints what a person must know: what broke, healed or failed for the first time; with
    `verbose`, all.
    """

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
    """A progress bar over the articles, beside the lines."""

    def __init__(self, *, verbose: bool = True) -> None:
        from rich.console import Console
        from rich.progress import (
            BarColumn,
            MofNCompleteColumn,
            Progress,
            TextColumn,
            TimeElapsedColumn,
        )

        del verbose  # who watches sees all
        super().__init__(verbose=True)
        self.progress = Progress(
            TextColumn("articles"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(),
            console=Console(stderr=True), transient=True, redirect_stdout=False, redirect_stderr=False,
        )  # fmt: skip
        self._task = self.progress.add_task("articles", total=0)

    def say(self, line: str, stream: TextIO | None = None) -> None:
        """Print one line above the bar, unbroken, so that a URL can be copied."""
        del stream
        self.progress.console.print(line, soft_wrap=True, markup=False, highlight=False)

    def expect(self, articles: int) -> None:
        """Lengthen the bar."""
        task = self.progress.tasks[0]
        self.progress.update(self._task, total=(task.total or 0) + articles)

    def article_done(self) -> None:
        """Move the bar."""
        self.progress.advance(self._task)


def run(
    settings: Settings,
    sites: Sequence[Site],
    *,
    only: Sequence[str] = (),
    verbose: bool = False,
    log: str = "text",
) -> list[Report]:
    """Run the pipeline and show how it goes: to a person, or as JSON, an object a line, to a
    program.
    """
    watching = _watching(log, ProgressBar if sys.stderr.isatty() else QuietLines, verbose=verbose)
    with getattr(watching, "progress", nullcontext()):
        return asyncio.run(
            _until_told(pipeline.build_feeds(settings, sites, only=only, progress=watching))
        )


async def _until_told(run: Coroutine[Any, Any, list[Report]]) -> list[Report]:
    """The reports of a run. SIGTERM ends it where it waits, within seconds: EndedError is raised
    then.
    """
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


def _watching(log: str, shown: type[QuietLines], *, verbose: bool) -> Any:
    if log != "json":
        return shown(verbose=verbose)
    from feedmaker.cli import json_log as logs

    logs.begin(log)
    return logs.JsonProgress()


def publish(
    settings: Settings,
    sites: Sequence[Site],
    *,
    only: Sequence[str] = (),
    verbose: bool = False,
    log: str = "text",
) -> list[Report]:
    """Publish from the store alone and show how it goes."""
    from feedmaker.output import overview
    from feedmaker.store import Store

    watching, reports = _watching(log, QuietLines, verbose=verbose), []
    with Store(settings.store) as store:
        for report in overview.publish_all(settings, sites, store, datetime.now(UTC), only=only):
            watching.section_done(report)
            reports.append(report)
    return reports


def news(report: Report, *, everything: bool = False) -> list[str]:
    """The lines that a person is to read of a section: what broke, healed, or failed for the first
    time.
    """
    name = f"{report.site}/{report.section}"
    lines = []
    if report.told and report.good:
        lines.append(f"{name}: healed")
    elif report.told:
        since = f" since {report.since:%Y-%m-%d %H:%M} UTC" if report.since else ""
        what = "in quarantine" if report.status == "quarantined" else "broken"
        lines.append(f"{name}: {what}{since}, its last good feed stays: {report.reason}")
    shown = [failure for failure in report.failures if everything or failure.first]
    return lines + [f"{name}: {failure.url}: {failure.reason}" for failure in shown]


def summary(report: Report) -> str:
    """One line on what a run made of a section."""
    links = "listing not modified" if report.links is None else f"{report.links} links"
    counts = {
        "new": report.added,
        "changed": report.changed,
        "failed": len(report.failures),
        "waiting": report.waiting,
    }
    parts = [report.status, links, *(f"{count} {name}" for name, count in counts.items() if count)]
    return f"{report.site}/{report.section}: {', '.join(parts) if report.good else f'{report.status}: {report.reason}'}"
