"""`feedmaker status`: how every section fares, from the store alone.

Show each section's stories and rhythm, its last good run, since when it is broken or unusually
silent and why, what was mended, and the articles that failed; of a PostgreSQL store also its
workers and what waits for them. Sections that left the configuration are orphans; `build --prune`
removes their files.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from feedmaker.cli.options import add_config, load
from feedmaker.model import BROKEN

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from feedmaker.model import HealedRule
    from feedmaker.output.health import HealthRow, SectionHealth


def configure(parser: ArgumentParser) -> None:
    """Add the options."""
    add_config(parser)
    parser.add_argument("--json", action="store_true", help="the same for programs")


def run(options: Namespace) -> int:
    """Read the store and print."""
    import json

    from feedmaker.output import health
    from feedmaker.store import Store, exists

    settings, sites = load(options.config)
    if not exists(settings.store):
        print(
            '{"workers": null, "sections": []}'
            if options.json
            else "No run yet: `feedmaker build` makes the first."
        )
        return 0
    with Store(settings.store) as store:
        now = datetime.now(UTC)
        found = health.read_health(store, sites, now)
        queue = store.queue()
    rows = [one.row(now) for one in found]
    if options.json:
        print(json.dumps({"workers": queue, "sections": rows}, ensure_ascii=False, indent=2))
    else:
        _print(found, rows)
        if queue:
            print(_queue(queue, rows))
    return 0


def _queue(queue: dict[str, int], rows: list[HealthRow]) -> str:
    waiting = f"{queue['waiting']} sites waiting" + (
        f", the longest for {queue['longest']} s" if queue["waiting"] else ""
    )
    late = sorted(row["late"] for row in rows if row["late"])
    due = f"{len(late)} sections due" + (f", the longest for {late[-1]} s" if late else "")
    again = f" ({queue['tried_again']} tried again)" if queue["tried_again"] else ""
    return f"{queue['workers']} workers; {waiting}; {queue['under_way']} under way{again}; {due}"


def _print(found: list[SectionHealth], rows: list[HealthRow]) -> None:
    from rich.console import Console
    from rich.table import Table

    from feedmaker.output import health

    table = Table(box=None, pad_edge=False)
    for name in (
        "section",
        "status",
        "stories",
        "a story every",
        "last good run (UTC)",
        "failed articles",
    ):
        table.add_column(name, justify="right" if name == "stories" else "left")
    for row in rows:
        last = (row["last_good"] or "never")[:16].replace("T", " ")
        failed = str(len(row["failed_articles"]) or "")
        every = (
            health.rough_span(timedelta(seconds=row["usual_pause"]))
            if row["usual_pause"] is not None
            else ""
        )
        table.add_row(
            f"{row['site']}/{row['section']}",
            row["status"],
            str(row["stories"]),
            every,
            last,
            failed,
        )
    console = Console(highlight=False)
    console.print(table)
    for one, row in zip(found, rows, strict=True):
        name = f"{row['site']}/{row['section']}"
        for line in _lines(row, one.heals):
            console.print(f"{name}: {line}", soft_wrap=True, markup=False)
        for failure in row["failed_articles"]:
            console.print(
                f"{name}: {failure['url']}: {failure['reason']}", soft_wrap=True, markup=False
            )


def _lines(row: HealthRow, heals: tuple[HealedRule, ...]) -> list[str]:
    """What is wrong with a section, since when, and when it is asked again."""
    from feedmaker.output import health

    lines = [row["note"]] if row["note"] else []
    for heal in heals:
        when = heal.at.isoformat() if heal.at else None
        lines.append(f"healed itself {_minute(when)}: {health.describe_heal(heal)}")
    if row["silent"]:
        quiet = timedelta(seconds=row["quiet"] or 0)
        longest = timedelta(seconds=row["longest_pause"] or 0)
        lines.append(
            f"silent for {health.rough_span(quiet)}; its longest pause was {health.rough_span(longest)}"
        )
    if row["status"] in BROKEN:
        what = "in quarantine" if row["status"] == "quarantined" else "broken"
        lines.append(f"{what} since {_minute(row['since'])}: {row['reason']}")
        if row["next_poll"]:
            lines.append(
                f"not asked before {_minute(row['next_poll'])}; `feedmaker build {row['site']}` asks at once"
            )
    return lines


def _minute(instant: str | None) -> str:
    return f"{(instant or '')[:16].replace('T', ' ')} UTC"
