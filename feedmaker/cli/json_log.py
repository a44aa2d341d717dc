"""The log on standard error, for programs as JSON, an object a line: of a run, and of workers on
many machines.
"""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from feedmaker import pipeline
from feedmaker.cli.console import news, summary

if TYPE_CHECKING:
    from feedmaker.model import Report

_log = logging.getLogger("feedmaker")


class JsonFormatter(logging.Formatter):
    """An object a line: `at`, `level`, `message` and the fields of the event, such as `event`,
    `site`, `section`.
    """

    def format(self, record: logging.LogRecord) -> str:
        """One record as one line."""
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        told: dict[str, Any] = {
            "at": at,
            "level": record.levelname.lower(),
            "message": record.getMessage(),
        }
        told |= getattr(record, "fields", {})
        if record.exc_info and record.exc_info[1]:
            told["error"] = repr(record.exc_info[1])
        return json.dumps(told, ensure_ascii=False)


class LineFormatter(logging.Formatter):
    """A line for people; an error's is its last, since the traceback tells them nothing."""

    def formatException(self, ei: Any) -> str:  # noqa: N802 - its name in logging
        """An error on one line."""
        return repr(ei[1])


def begin(form: str) -> None:
    """Log to standard error, as "text" or as "json"."""
    handler = logging.StreamHandler()
    handler.setFormatter(
        JsonFormatter()
        if form == "json"
        else LineFormatter("%(asctime)s %(levelname)s %(message)s")
    )
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    _log.setLevel(logging.INFO)


class JsonProgress(pipeline.Progress):
    """Logs what a run made of each section; what a person is to be told is a warning."""

    def note(self, line: str) -> None:
        """Log what a person must know of the run itself."""
        _log.warning("%s", line)

    def section_done(self, report: Report) -> None:
        """Log a section."""
        fields = {
            "event": "section", "site": report.site, "section": report.section, "status": report.status,
            "links": report.links, "added": report.added, "changed": report.changed, "waiting": report.waiting,
            "failures": [{"url": failure.url, "reason": str(failure.reason)} for failure in report.failures],
        }  # fmt: skip
        if report.reason:
            fields["reason"] = str(report.reason)
        level = logging.WARNING if news(report) else logging.INFO
        _log.log(level, summary(report), extra={"fields": fields})
