"""`feedmaker status`: how every section fares, from the store alone.

Show each section's stories, its last good run, since when it is broken and why, and the articles
that failed; of a PostgreSQL store also its workers and what waits for them. Sections that left the
configuration are orphans; `build --prune` removes their files.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from feedmaker.commands.options import add_config, load
from feedmaker.model import BROKEN

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from feedmaker.model import Site
    from feedmaker.store import Store


def configure(parser: ArgumentParser) -> None:
    """Add the options."""
    add_config(parser)
    parser.add_argument("--json", action="store_true", help="the same for programs")


def run(options: Namespace) -> int:
    """Read the store and print."""
    import json

    from feedmaker.store import Store, exists

    settings, sites = load(options.config)
    if not exists(settings.store):
        print('{"workers": null, "sections": []}' if options.json else "No run yet: `feedmaker build` makes the first.")
        return 0
    with Store(settings.store) as store:
        # In the order of the configuration, and quick to look in.
        known = {(site.slug, section.slug): None for site in sites for section in site.sections}
        orphans = [name for name in store.states() if name not in known]
        rows = [_row(store, *name, orphan=name not in known) for name in [*known, *orphans]]
        for site in sites:
            _add_heals(store, site, [row for row in rows if row["site"] == site.slug])
        queue = store.queue()
    if options.json:
        print(json.dumps({"workers": queue, "sections": rows}, ensure_ascii=False, indent=2))
    else:
        _print(rows)
        if queue:
            print(_queue(queue, rows))
    return 0


def _queue(queue: dict[str, int], rows: list[dict[str, Any]]) -> str:
    waiting = f"{queue['waiting']} sites waiting" + (
        f", the longest for {queue['longest']} s" if queue["waiting"] else ""
    )
    late = sorted(row["late"] for row in rows if row["late"])
    due = f"{len(late)} sections due" + (f", the longest for {late[-1]} s" if late else "")
    again = f" ({queue['tried_again']} tried again)" if queue["tried_again"] else ""
    return f"{queue['workers']} workers; {waiting}; {queue['under_way']} under way{again}; {due}"


def _row(store: Store, site: str, section: str, *, orphan: bool) -> dict[str, Any]:
    state = store.state(site, section)
    return {
        "site": site,
        "section": section,
        "status": "orphan" if orphan else state.status or "never run",
        "reason": state.reason,
        "since": state.since and state.since.isoformat(),
        "next_poll": state.next_poll and state.next_poll.isoformat(),
        "note": state.note,
        "last_good": state.good_at and state.good_at.isoformat(),
        "due": state.due and state.due.isoformat(),
        "late": max(int((datetime.now(UTC) - state.due).total_seconds()), 0) if state.due else 0,
        "links": state.links,
        "stories": store.count_stories(site, section),
        "failed_articles": [{"url": f.url, "reason": f.reason} for f in store.failures(site, section)],
    }


def _add_heals(store: Store, site: Site, rows: list[dict[str, Any]]) -> None:
    """Add to each section of a site what is used in place of its rules, and of those for all articles."""
    heals = store.heals(site.slug)
    for row in rows:
        row["heals"] = [
            {"what": h.what, "before": h.before, "after": h.after, "agreed": h.agreed, "confidence": h.confidence,
             "at": h.at and h.at.isoformat()}
            for section, h in heals if section in ("", row["section"])
        ]  # fmt: skip


def _print(rows: list[dict[str, Any]]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    for name in ("section", "status", "stories", "last good run (UTC)", "failed articles"):
        table.add_column(name, justify="right" if name == "stories" else "left")
    for row in rows:
        last = (row["last_good"] or "never")[:16].replace("T", " ")
        failed = str(len(row["failed_articles"]) or "")
        table.add_row(f"{row['site']}/{row['section']}", row["status"], str(row["stories"]), last, failed)
    console = Console(highlight=False)
    console.print(table)
    for row in rows:
        name = f"{row['site']}/{row['section']}"
        for line in _lines(row):
            console.print(f"{name}: {line}", soft_wrap=True, markup=False)
        for failure in row["failed_articles"]:
            console.print(f"{name}: {failure['url']}: {failure['reason']}", soft_wrap=True, markup=False)


def _lines(row: dict[str, Any]) -> list[str]:
    """What is wrong with a section, since when, and when it is asked again."""
    lines = [row["note"]] if row["note"] else []
    lines += [
        f"healed {_minute(heal['at'])}: {heal['what']} was «{heal['before']}», is now «{heal['after']}» (agreement"
        f" {heal['confidence']:.2f}, {heal['agreed']} known stories); change the configuration, or look with `explain`"
        for heal in row.get("heals", ())
    ]
    if row["status"] in BROKEN:
        what = "in quarantine" if row["status"] == "quarantined" else "broken"
        lines.append(f"{what} since {_minute(row['since'])}: {row['reason']}")
        if row["next_poll"]:
            lines.append(f"not asked before {_minute(row['next_poll'])}; `feedmaker build {row['site']}` asks at once")
    return lines


def _minute(instant: str) -> str:
    return f"{instant[:16].replace('T', ' ')} UTC"
