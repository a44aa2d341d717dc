"""How a run is shown: a bar when a person watches, quiet lines when cron runs it, or a JSON log."""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TextIO

from feedmaker.pipeline import Progress

if TYPE_CHECKING:
    from feedmaker.model import Report

_log = logging.getLogger("feedmaker")


class QuietLines(Progress):
    """Prints what a person must know, see `news`; with `verbose` all."""

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
        # Rich takes a tenth as long to import as all of `build`, and cron needs none of it.
        from rich.console import Console
        from rich.progress import (
            BarColumn,
            MofNCompleteColumn,
            TextColumn,
            TimeElapsedColumn,
        )
        from rich.progress import (
            Progress as RichProgress,
        )

        super().__init__(verbose=True)
        self.bar = RichProgress(
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


class JsonFormatter(logging.Formatter):
    """An object a line: `at`, `level`, `message` and the fields of the event."""

    def format(self, record: logging.LogRecord) -> str:
        """Return one record as one line."""
        at = datetime.fromtimestamp(record.created, UTC)
        values: dict[str, Any] = {
            "at": at.isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "message": record.getMessage(),
        }
        values |= getattr(record, "fields", {})
        if record.exc_info and record.exc_info[1]:
            values["error"] = repr(record.exc_info[1])
        return json.dumps(values, ensure_ascii=False)


class LineFormatter(logging.Formatter):
    """A line for people; an error's is its last, since the traceback tells them nothing."""

    def formatException(self, ei: Any) -> str:  # noqa: N802 - its name in logging
        """Return an error on one line."""
        return repr(ei[1])


def start_log(form: str) -> None:
    """Log to standard error, as "text" or as "json"."""
    handler = logging.StreamHandler()
    as_text = LineFormatter("%(asctime)s %(levelname)s %(message)s")
    handler.setFormatter(JsonFormatter() if form == "json" else as_text)
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    _log.setLevel(logging.INFO)


class JsonProgress(Progress):
    """Logs what a run made of each section; what a person is to be told is a warning."""

    def note(self, line: str) -> None:
        """Log what a person must know of the run itself."""
        _log.warning("%s", line)

    def section_done(self, report: Report) -> None:
        """Log a section."""
        failures = [
            {"url": one.url, "reason": str(one.reason), "code": one.reason.code}
            for one in report.failures
        ]
        fields: dict[str, object] = {
            "event": "section",
            "site": report.site,
            "section": report.section,
            "status": report.status,
            "links": report.links,
            "added": report.added,
            "changed": report.changed,
            "waiting": report.waiting,
            "failures": failures,
        }
        if report.reason:
            fields |= {"reason": str(report.reason), "code": report.reason.code}
        level = logging.WARNING if news(report) else logging.INFO
        _log.log(level, summary(report), extra={"fields": fields})


def news(report: Report, *, everything: bool = False) -> list[str]:
    """Return the lines that a person must read: what broke, recovered, or failed first now.

    With `everything` also what failed before.
    """
    name = f"{report.site}/{report.section}"
    lines = []
    if report.told and report.good:
        lines.append(f"{name}: recovered")
    elif report.told:
        since = f" since {report.since:%Y-%m-%d %H:%M} UTC" if report.since else ""
        what = "in quarantine" if report.status == "quarantined" else "broken"
        lines.append(f"{name}: {what}{since}, its last good feed stays: {report.reason}")
    shown = [failure for failure in report.failures if everything or failure.first]
    return lines + [f"{name}: {failure.url}: {failure.reason}" for failure in shown]


def summary(report: Report) -> str:
    """Return one line on what a run made of a section."""
    name = f"{report.site}/{report.section}"
    if not report.good:
        return f"{name}: {report.status}: {report.reason}"
    links = "listing not modified" if report.links is None else f"{report.links} links"
    counts = {
        "new": report.added,
        "changed": report.changed,
        "failed": len(report.failures),
        "waiting": report.waiting,
    }
    parts = [report.status, links]
    parts += [f"{count} {what}" for what, count in counts.items() if count]
    return f"{name}: {', '.join(parts)}"
