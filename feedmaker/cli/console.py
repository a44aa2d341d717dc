"""How a run is shown otherwise than in plain lines: with a bar, or as a log, of JSON too."""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from feedmaker.model import clean_line
from feedmaker.pipeline import Progress

if TYPE_CHECKING:
    from feedmaker.model import Report

_log = logging.getLogger("feedmaker")


class ProgressBar:
    """A bar over the articles of a run, to be entered as a context."""

    def __init__(self) -> None:
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

        self.shown = RichProgress(
            TextColumn("articles"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=Console(file=sys.__stderr__),
            transient=True,
            redirect_stdout=False,
            redirect_stderr=False,
        )
        self._task = self.shown.add_task("articles", total=0)

    def say(self, line: str) -> None:
        """Print one line above the bar, unbroken, so that a URL can be copied."""
        self.shown.console.print(clean_line(line), soft_wrap=True, markup=False, highlight=False)

    def lengthen(self, articles: int) -> None:
        """Make room for so many articles more."""
        task = self.shown.tasks[0]
        self.shown.update(self._task, total=(task.total or 0) + articles)

    def advance(self) -> None:
        """Move the bar by an article."""
        self.shown.advance(self._task)


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

    def detail(self, line: str) -> None:
        """Log what is worth knowing of the run itself."""
        _log.info("%s", line)

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
        if report.notes:
            fields["notes"] = [{"reason": str(one), "code": one.code} for one in report.notes]
        if report.reason:
            fields |= {"reason": str(report.reason), "code": report.reason.code}
        level = logging.WARNING if report.is_news else logging.INFO
        _log.log(level, report.summary, extra={"fields": fields})
