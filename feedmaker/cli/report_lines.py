"""What a run made of a section, in lines for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from feedmaker.model import Report


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
