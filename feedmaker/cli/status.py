"""`feedmaker status`: how every section fares, from the store alone.

Show each section's stories and rhythm, its last good run, since when it is broken or unusually
silent and why, what healed itself, and the articles that failed; of a PostgreSQL store also its
workers and what waits for them. Sections that left the configuration are orphans; `build --prune`
removes their files.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from feedmaker.cli import broken_line, print_json, reason_line, tell, told, words
from feedmaker.config import load_usable
from feedmaker.model import BROKEN, Code, Reason, clean_line
from feedmaker.model.errors import ConfigError
from feedmaker.output import health, section_files
from feedmaker.store import Store, exists

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterator, Sequence

    from feedmaker.model import Failure, Settings, Site
    from feedmaker.output.health import HealthRow, SectionHealth


SHARED_OPTIONS = ("--config",)


def configure(parser: ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument("--json", action="store_true", help="the same for programs")
    parser.add_argument(
        "--metrics",
        action="store_true",
        help="the same for monitors (OpenMetrics); needs `feedmaker[serve]`",
    )


def run(options: Namespace) -> int:
    """Read the store and print."""
    settings, sites, problems = load_usable(options.config)
    for problem in problems:
        print(f"feedmaker: {told(problem)}", file=sys.stderr)
    code = ConfigError.exit_code if problems else 0
    if options.metrics:
        from feedmaker.web import metrics_text  # prometheus_client is of an extra

        print(metrics_text(settings, sites).decode(), end="")
        return code
    if not exists(settings.store):
        nothing = '{"workers": null, "hub": null, "notify": {}, "sections": []}'
        none_yet = tell("No run yet: `feedmaker build` makes the first.")
        print(nothing if options.json else none_yet)
        return code
    now = datetime.now(UTC)
    with Store(settings.store) as store:
        found = health.read_health(settings, sites, store, now)
        queue = store.queue()
        hub = store.meta("hub")
        channels = health.channel_failures(settings, store)
    rows = [one.row(now) for one in found]
    if options.json:
        print_json({"workers": queue, "hub": hub, "notify": channels, "sections": rows})
        return code
    _print(found, rows)
    for line in _run_lines(settings, sites, hub, channels):
        print(clean_line(line))
    if queue:
        print(_queue_line(queue, rows))
    return code


def _run_lines(
    settings: Settings, sites: Sequence[Site], hub: str, channels: dict[str, str]
) -> Iterator[str]:
    """Say what is wrong beside the sections: who takes nothing, and files that nobody wants."""
    if hub:
        yield hub
    for channel, why in channels.items():
        yield tell("notify: {channel}: not taken: {why}", channel=channel, why=told(why))
    for path in section_files.list_abandoned(settings, sites):
        orphan = tell("an orphan, by `formats`; `feedmaker build --prune` removes it")
        yield f"{path}: {orphan}"


def _queue_line(queue: dict[str, int], rows: list[HealthRow]) -> str:
    """Say what workers have before them."""
    longest = ", the longest for {seconds} s"
    parts = [
        tell("{count} workers", count=queue["workers"]),
        tell("{count} sites waiting", count=queue["waiting"]),
    ]
    if queue["waiting"]:
        parts[-1] += tell(longest, seconds=queue["longest"])
    parts.append(tell("{count} under way", count=queue["under_way"]))
    if queue["tried_again"]:
        parts[-1] += tell(" ({count} tried again)", count=queue["tried_again"])
    late = [row["late"] for row in rows if row["late"]]
    parts.append(tell("{count} sections due", count=len(late)))
    if late:
        parts[-1] += tell(longest, seconds=max(late))
    return "; ".join(parts)


def _print(found: list[SectionHealth], rows: list[HealthRow]) -> None:
    """Print a table of all sections, and below it what is wrong with some."""
    # Rich takes 30 ms to import, and programs that ask for JSON need none of it.
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    for column in _COLUMNS:
        table.add_column(tell(column), justify="right" if column == "stories" else "left")
    for row in rows:
        table.add_row(*_cells(row))
    Console(color_system=None).print(table)
    for one, row in zip(found, rows, strict=True):
        name = f"{row['site']}/{row['section']}"
        lines = [*_problems(one, row), *_remarks(one, row)]
        lines += map(_failure_line, one.failures)
        for line in lines:
            print(clean_line(f"{name}: {line}"))


def _failure_line(failure: Failure) -> str:
    """Say why an article failed, with its own address too where it leads to the one that failed."""
    told = reason_line(failure.full_reason)
    leads_elsewhere = failure.reason.url not in ("", failure.url)
    return f"{failure.url}: {told}" if leads_elsewhere else told


_STATUS_NOTES: Final = {
    "unusable": str(Reason.of(Code.UNUSABLE)),
    "orphan": "no longer in the configuration; `feedmaker build --prune` removes its files",
}
_COLUMNS: Final = (
    "section",
    "status",
    "stories",
    "a story every",
    "last good run (UTC)",
    "failed articles",
)


def _cells(row: HealthRow) -> list[str]:
    pause = row["usual_pause"]
    return [
        f"{row['site']}/{row['section']}",
        tell(row["status"]),
        str(row["stories"]),
        "" if pause is None else words().span(timedelta(seconds=pause)),
        (row["last_good"] or tell("never"))[:16].replace("T", " "),
        str(len(row["failed_articles"]) or ""),
    ]


def _problems(one: SectionHealth, row: HealthRow) -> list[str]:
    """Say what is wrong with a section, since when, and when it is asked again."""
    lines = [tell(_STATUS_NOTES[row["status"]])] if row["status"] in _STATUS_NOTES else []
    reason = one.state.reason
    if row["status"] in BROKEN:
        since = _minute(row["since"])
        lines.append(broken_line(row["status"], since, one.has_feed, reason))
        if row["remedy"]:
            lines.append(tell("what can be done: {remedy}", remedy=tell(row["remedy"])))
        if row["next_poll"]:
            lines.append(_next_poll_line(one, _minute(row["next_poll"])))
    return lines


def _next_poll_line(one: SectionHealth, when: str) -> str:
    if one.is_held:
        return tell("not asked before {when}, as its host wishes", when=when)
    return tell(
        "not asked before {when}; `feedmaker build {site}` asks at once", when=when, site=one.site
    )


def _remarks(one: SectionHealth, row: HealthRow) -> list[str]:
    """Say what else is to be known of a section, be it good or not."""
    lines = [
        f"{reason_line(note.reason)} ({tell('since {when}', when=_minute(note.since.isoformat()))})"
        for note in one.state.notes
    ]
    for heal in one.heals:
        when = heal.at.isoformat() if heal.at else None
        told = health.describe_heal(heal, words())
        lines.append(f"{tell('healed itself')} {_minute(when)}: {told}")
    if row["silent"]:
        quiet = words().span(timedelta(seconds=row["quiet"] or 0))
        longest = words().span(timedelta(seconds=row["longest_pause"] or 0))
        lines.append(
            tell(
                "silent for {quiet}; its longest pause was {longest}", quiet=quiet, longest=longest
            )
        )
    return lines


def _minute(instant: str | None) -> str:
    return f"{(instant or '')[:16].replace('T', ' ')} UTC"
