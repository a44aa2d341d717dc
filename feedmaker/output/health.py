"""How every section fares, for people, programs and feed readers: the rows of `status`,
`health.json`, and its feed.

What the clock says alone (when a section was last good, for how long it is quiet) is in the rows of
`status` only; the files in `out` change when what they tell changes, and not with each run.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape, quoteattr
from zlib import crc32

from feedmaker.model import BROKEN, State
from feedmaker.policy import schedule
from feedmaker.store import SectionName
from feedmaker.text import urls

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from feedmaker.model import HealedRule, Rhythm, Section, Site
    from feedmaker.store import Store

_KEPT = 100  # entries of the health feed
_OF_CLOCK = ("last_good", "next_poll", "due", "late", "quiet", "links")  # or of each run


@dataclass(frozen=True, slots=True, kw_only=True)
class Fares:
    """One section as the store has it; `section` is None of one that left the configuration."""

    site: str
    name: str
    state: State
    section: Section | None
    stories: int
    failures: tuple[tuple[str, str], ...]
    heals: tuple[HealedRule, ...]
    rhythm: Rhythm | None
    newest: datetime | None

    def row(self, now: datetime) -> dict[str, Any]:
        """All of it as JSON takes it."""
        state, rhythm = self.state, self.rhythm
        return {
            "site": self.site,
            "section": self.name,
            "status": state.status or "never run" if self.section else "orphan",
            "reason": state.reason,
            "since": _iso(state.since),
            "next_poll": _iso(state.next_poll),
            "note": state.note,
            "last_good": _iso(state.good_at),
            "due": _iso(state.due),
            "late": max(int((now - state.due).total_seconds()), 0) if state.due else 0,
            "links": state.links,
            "stories": self.stories,
            "newest": _iso(self.newest),
            "usual_pause": _seconds(rhythm.usual if rhythm else None),
            "longest_pause": _seconds(rhythm.longest if rhythm else None),
            "quiet": _seconds(rhythm.quiet if rhythm else None),
            "silent": bool(rhythm and rhythm.overdue),
            "failed_articles": [{"url": url, "reason": reason} for url, reason in self.failures],
            "heals": [
                {
                    "what": heal.what,
                    "before": heal.before,
                    "after": heal.after,
                    "agreed": heal.agreed,
                    "confidence": heal.confidence,
                    "at": _iso(heal.at),
                }
                for heal in self.heals
            ],
        }


def fares(store: Store, sites: Iterable[Site], now: datetime) -> list[Fares]:
    """How each section of the configuration fares, in its order, and then those that have left it."""
    # In the order of the configuration, and quick to look in.
    known: dict[tuple[str, str], Section | None] = {
        (s.slug, one.slug): one for s in sites for one in s.sections
    }
    states = store.sections.states()
    heals = {
        site: store.sections.healed_rules(site) for site in {name[0] for name in (*known, *states)}
    }
    found = []
    for site, name in (*known, *(other for other in states if other not in known)):
        times = store.stories.times(site, name)
        found.append(
            Fares(
                site=site, name=name, section=known.get((site, name)), state=states.get(SectionName(site, name), State()),
                stories=store.stories.count(site, name), rhythm=schedule.rhythm(times, now),
                newest=max(times, default=None),
                failures=tuple((failure.url, failure.reason) for failure in store.links.failures(site, name)),
                heals=tuple(heal for section, heal in heals[site] if section in ("", name)),
            )
        )  # fmt: skip
    return found


def machine(found: Sequence[Fares], now: datetime) -> bytes:
    """`health.json`: a list `sections`, and whether all is well. What only the clock changes is
    left out.
    """
    rows = [
        {k: v for k, v in one.row(now).items() if k not in _OF_CLOCK}
        for one in found
        if one.section
    ]
    for row in rows:  # whether the last run had anything to write is no health
        row["status"] = "good" if row["status"] in ("published", "unchanged") else row["status"]
    good = all(row["status"] not in BROKEN and not row["silent"] for row in rows)
    return (
        json.dumps({"good": good, "sections": rows}, ensure_ascii=False, indent=2) + "\n"
    ).encode()


@dataclass(frozen=True, slots=True)
class _Entry:
    at: datetime
    site: str
    section: str
    what: str
    text: str

    @property
    def id(self) -> str:
        """The same for the same event, on every machine."""
        return urls.urn(
            f"feedmaker health {self.site}/{self.section} {self.what} {self.at.isoformat()}"
        )

    @property
    def moment(self) -> str:
        """When, in a fraction of the second that is its own: sections break together, and no two
        entries may be one.
        """
        return self.at.replace(microsecond=crc32(self.id.encode()) % 1_000_000).isoformat()


def feed(store: Store, sites: Sequence[Site], found: Sequence[Fares], base_url: str) -> bytes:
    """`health.atom.xml` (RFC 4287): an entry when a section breaks, heals, is mended, or is silent
    unusually long.
    """
    entries = sorted(
        (entry for one in found if one.section for entry in _entries(store, one)),
        key=lambda entry: (entry.at, entry.site, entry.section, entry.what),
        reverse=True,
    )[:_KEPT]
    names = {
        (s.slug, one.slug): (f"{s.name}: {one.title}", one.web_page(s))
        for s in sites
        for one in s.sections
    }
    base = base_url.rstrip("/") + "/" if base_url else ""
    updated = entries[0].at if entries else datetime.fromisoformat("2000-01-01T00:00:00+00:00")
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">',
        f"<id>{urls.urn('feedmaker health ' + ' '.join(sorted(s.slug for s in sites)))}</id>",
        "<title>feedmaker: how the feeds fare</title>",
        f"<updated>{_iso(updated)}</updated>",
        "<author><name>feedmaker</name></author>",
    ]
    if base:
        lines.append(
            f'<link rel="self" type="application/atom+xml" href={quoteattr(base + "health.atom.xml")}/>'
        )
        lines.append(
            f'<link rel="alternate" type="text/html" href={quoteattr(base + "status.html")}/>'
        )
    for entry in entries:
        name, page = names[entry.site, entry.section]
        lines += [
            "<entry>",
            f"<id>{entry.id}</id>",
            f"<title>{escape(f'{name} {entry.what}')}</title>",
            f"<updated>{entry.moment}</updated>",
            f"<link href={quoteattr(urls.canonical(page) or page)}/>",
            f"<category term={quoteattr(entry.what)}/>",
            f'<content type="text">{escape(entry.text)}</content>',
            "</entry>",
        ]
    return ("\n".join([*lines, "</feed>"]) + "\n").encode()


def _entries(store: Store, one: Fares) -> list[_Entry]:
    """What happened to a section. Its first run, when that is good, is no news."""
    found = []
    events = sorted(store.sections.events(one.site, one.name), key=lambda event: event.at)
    for number, event in enumerate(events):
        broken = event.status in BROKEN
        if broken or number:
            what = (
                ("is in quarantine" if event.status == "quarantined" else "broke")
                if broken
                else "healed"
            )
            text = f"{event.reason}. The last good feed stays." if broken else "It is read again."
            found.append(_Entry(event.at, one.site, one.name, what, text))
    found += [
        _Entry(heal.at, one.site, one.name, "was mended", mended(heal))
        for heal in one.heals
        if heal.at is not None
    ]
    if one.rhythm and one.rhythm.overdue and one.newest:
        since = one.newest + max(2 * one.rhythm.longest, timedelta(days=1))
        text = (
            f"No new story since {_iso(one.newest)}; it usually has one every {span(one.rhythm.usual)},"
            f" and its longest pause was {span(one.rhythm.longest)}."
        )
        found.append(_Entry(since, one.site, one.name, "is silent", text))
    return found


def mended(heal: HealedRule) -> str:
    """What is used in place of a rule, as a person is told."""
    return (
        f"{heal.what} was «{heal.before}», is now «{heal.after}»: {heal.agreed} known stories, agreement"
        f" {heal.confidence:.2f}. If that is right, write it into the configuration."
    )


def span(length: timedelta) -> str:
    """A length of time, roughly."""
    minutes = round(length.total_seconds() / 60)
    for unit, size in (("days", 1440), ("hours", 60)):
        if minutes >= 2 * size:
            return f"{round(minutes / size)} {unit}"
    return f"{minutes} minutes"


def _iso(at: datetime | None) -> str | None:
    return at.isoformat(timespec="seconds") if at else None


def _seconds(length: timedelta | None) -> int | None:
    return int(length.total_seconds()) if length is not None else None
