"""The sections of the store: how each fares, what its listing was read with, when it is due.

And what the hosts they are on asked for.
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from feedmaker.model import Event, HealedRule, Note, State, Validators, read_reason
from feedmaker.store.database import StorePart, in_transaction, instant, utc_text
from feedmaker.store.links import ADD_SECTION

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from feedmaker.store.database import Row

_GET: Final = "SELECT * FROM sections WHERE site = :site AND section = :section"
_ALL: Final = "SELECT * FROM sections ORDER BY site, section"
_OF_SITE: Final = "SELECT * FROM sections WHERE site = :site ORDER BY section"
# What the pages that tell of all sections change with.
_TOLD: Final = """
SELECT site, section, status, reason, since, told, changed, note FROM sections
ORDER BY site, section
"""
_SET_STATUS: Final = """
UPDATE sections SET status = :status, reason = :reason, since = :since, told = :told,
    good_at = :good_at, links = :links, usual = :usual, next_poll = :next_poll,
    asked_with = :asked_with, doubted = :doubted, note = :note, failing = :failing
WHERE site = :site AND section = :section
"""
_ADD_EVENT: Final = """
INSERT INTO events (at, site, section, status, reason)
VALUES (:at, :site, :section, :status, :reason)
ON CONFLICT (site, section, at) DO UPDATE SET status = excluded.status, reason = excluded.reason
"""
_EVENTS: Final = """
SELECT at, status, reason FROM events WHERE site = :site AND section = :section
ORDER BY at DESC LIMIT :count
"""
_SET_NAV: Final = """
UPDATE sections SET nav_from = :nav_from, nav_url = :nav_url
WHERE site = :site AND section = :section
"""
_DUE_SITES: Final = """
SELECT site FROM sections WHERE due <= :now OR due > :latest GROUP BY site ORDER BY min(due), site
"""
_DUE: Final = """
SELECT section, due FROM sections WHERE site = :site AND (due <= :now OR due > :latest)
"""
_SET_DUE: Final = """
UPDATE sections SET due = :due, every = :every WHERE site = :site AND section = :section
"""
_ASK_NOW: Final = """
UPDATE sections SET due = :now, next_poll = ''
WHERE site = :site AND (section = :section OR :section = '')
"""
_CHANGES: Final = "SELECT site, section, changed FROM sections"
_CHANGED: Final = "SELECT changed FROM sections WHERE site = :site AND section = :section"
_HEALED: Final = "SELECT * FROM heals WHERE site = :site ORDER BY section, what"
_SET_HEALED: Final = """
INSERT INTO heals (site, section, what, before, after, agreed, confidence, at)
VALUES (:site, :section, :what, :before, :after, :agreed, :confidence, :at)
ON CONFLICT (site, section, what) DO UPDATE SET before = excluded.before, after = excluded.after,
    agreed = excluded.agreed, confidence = excluded.confidence, at = excluded.at
"""
_FORGET_HEALED: Final = (
    "DELETE FROM heals WHERE site = :site AND section = :section AND what = :what"
)
_VALIDATORS: Final = """
SELECT etag, last_modified FROM listings
WHERE site = :site AND section = :section AND url = :url AND made_with = :made_with
"""
_SET_VALIDATORS: Final = """
INSERT INTO listings (site, section, url, etag, last_modified, made_with)
VALUES (:site, :section, :url, :etag, :last_modified, :made_with)
ON CONFLICT (site, section, url) DO UPDATE SET etag = excluded.etag,
    last_modified = excluded.last_modified, made_with = excluded.made_with
"""
_FORGET_VALIDATORS: Final = "DELETE FROM listings WHERE site = :site AND section = :section"
_FORGET: Final = (
    "DELETE FROM section_links WHERE site = :site AND section = :section",
    _FORGET_VALIDATORS,
    "DELETE FROM heals WHERE site = :site AND section = :section",
    "DELETE FROM sections WHERE site = :site AND section = :section",
)
_ADD_PING: Final = "INSERT INTO pings (topic) VALUES (:topic) ON CONFLICT (topic) DO NOTHING"
_PINGS: Final = "SELECT topic FROM pings ORDER BY topic"
_DROP_PING: Final = "DELETE FROM pings WHERE topic = :topic"
_PAUSE: Final = "SELECT closed_until FROM hosts WHERE host = :host"
_SET_PAUSE: Final = """
INSERT INTO hosts (host, closed_until) VALUES (:host, :closed_until)
ON CONFLICT (host) DO UPDATE SET closed_until = excluded.closed_until
"""
_ROBOTS: Final = "SELECT body, had_at FROM robots WHERE origin = :origin"
_SET_ROBOTS: Final = """
INSERT INTO robots (origin, body, had_at) VALUES (:origin, :body, :had_at)
ON CONFLICT (origin) DO UPDATE SET body = excluded.body, had_at = excluded.had_at
"""
# Longer than any section is left alone: what is due later was set by a clock that was wrong.
_LONGEST: Final = timedelta(days=8)
_STATE_TIMES: Final = ("since", "told", "good_at", "next_poll", "due")


class SectionName(NamedTuple):
    """A section by the slugs of its site and itself."""

    site: str
    section: str


class ToldSection(NamedTuple):
    """A section as its row tells of it: whatever pages show of it changes one of these."""

    section: str
    status: str
    reason: str
    since: str
    told: str
    changed: int
    note: str


class Sections(StorePart):
    """The part of the store about sections."""

    def state(self, site: str, section: str) -> State:
        """Return how a section fares."""
        row = self._db.row(_GET, site=site, section=section)
        return _state(row) if row else State()

    def states(self) -> dict[SectionName, State]:
        """Return how each section that ever ran fares."""
        rows = self._db.execute(_ALL)
        return {SectionName(row["site"], row["section"]): _state(row) for row in rows}

    def states_of(self, site: str) -> dict[SectionName, State]:
        """Return how each section of a site that ever ran fares."""
        rows = self._db.execute(_OF_SITE, site=site)
        return {SectionName(site, row["section"]): _state(row) for row in rows}

    def told(self) -> dict[str, list[ToldSection]]:
        """Return what pages tell of all sections as the store has it, by site."""
        found: dict[str, list[ToldSection]] = {}
        for row in self._db.execute(_TOLD):
            told = ToldSection(*(row[name] for name in ToldSection._fields))
            found.setdefault(row["site"], []).append(told)
        return found

    @in_transaction
    def set_state(self, site: str, section: str, state: State, *, changed: bool) -> None:
        """Remember how a section fares; with `changed` also as an event: it broke or recovered."""
        self._db.execute(ADD_SECTION, site=site, section=section)
        self._db.execute(
            _SET_STATUS,
            site=site,
            section=section,
            status=state.status,
            reason=state.reason.to_text() if state.reason else "",
            since=utc_text(state.since) or "",
            told=utc_text(state.told) or "",
            good_at=utc_text(state.good_at) or "",
            links=state.links,
            usual=state.usual,
            next_poll=utc_text(state.next_poll) or "",
            asked_with=state.asked_with,
            doubted=state.doubted,
            note=_notes_text(state.notes),
            failing=state.failing,
        )
        if changed:
            self._db.execute(
                _ADD_EVENT,
                at=utc_text(state.since),
                site=site,
                section=section,
                status=state.status,
                reason=state.reason.to_text() if state.reason else "",
            )

    def events(self, site: str, section: str, count: int = 20) -> list[Event]:
        """Return when a section broke and recovered, newest first."""
        rows = self._db.execute(_EVENTS, site=site, section=section, count=count)
        return [
            Event(
                at=datetime.fromisoformat(row["at"]),
                status=row["status"],
                reason=read_reason(row["reason"]) if row["reason"] else None,
            )
            for row in rows
        ]

    @in_transaction
    def forget(self, site: str, section: str) -> None:
        """Forget a section; its stories stay, since other sections may show them."""
        for statement in _FORGET:
            self._db.execute(statement, site=site, section=section)

    # Rules and addresses that were found again

    def healed_rules(self, site: str) -> list[tuple[str, HealedRule]]:
        """Return the self-healed rules of a site, each with its section.

        The section of a rule for all articles is "".
        """
        rows = self._db.execute(_HEALED, site=site)
        return [(row["section"], _healed_rule(row)) for row in rows]

    @in_transaction
    def set_healed_rule(self, site: str, section: str, rule: HealedRule, at: datetime) -> None:
        """Remember what is used in place of a rule."""
        self._db.execute(
            _SET_HEALED,
            site=site,
            section=section,
            what=rule.what,
            before=rule.before,
            after=rule.after,
            agreed=rule.agreed,
            confidence=rule.confidence,
            at=utc_text(at),
        )

    @in_transaction
    def forget_healed_rule(self, site: str, section: str, what: str) -> None:
        """Use again what the configuration says."""
        self._db.execute(_FORGET_HEALED, site=site, section=section, what=what)

    @in_transaction
    def set_nav(self, site: str, section: str, nav_from: str, nav_url: str) -> None:
        """Remember which listing a navigation label leads to."""
        self._db.execute(ADD_SECTION, site=site, section=section)
        self._db.execute(_SET_NAV, site=site, section=section, nav_from=nav_from, nav_url=nav_url)

    # Listing pages

    def validators(self, site: str, section: str, url: str, made_with: str = "") -> Validators:
        """Return what a conditional request for a listing page sends.

        It is empty where the page was last read with other settings than `made_with`.
        """
        row = self._db.row(_VALIDATORS, site=site, section=section, url=url, made_with=made_with)
        if row is None:
            return Validators()
        return Validators(etag=row["etag"], last_modified=row["last_modified"])

    @in_transaction
    def set_validators(
        self,
        site: str,
        section: str,
        validators: Mapping[str, Validators],
        made_with: str = "",
    ) -> None:
        """Remember the validators of listing pages, by URL, once the feed made of them is out."""
        for url, one in validators.items():
            self._db.execute(
                _SET_VALIDATORS,
                site=site,
                section=section,
                url=url,
                etag=one.etag,
                last_modified=one.last_modified,
                made_with=made_with,
            )

    def forget_validators(self, site: str, section: str) -> None:
        """Let the listing of a section be asked for unconditionally."""
        self._db.execute(_FORGET_VALIDATORS, site=site, section=section)

    # When workers run them

    @in_transaction
    def add(self, names: Sequence[SectionName]) -> None:
        """Note sections that have not run yet."""
        for site, section in names:
            self._db.execute(ADD_SECTION, site=site, section=section)

    def due_sites(self, now: datetime) -> list[str]:
        """Return the sites with a section that a worker is to run, the longest due first."""
        latest = utc_text(now + _LONGEST)
        return [
            row["site"] for row in self._db.execute(_DUE_SITES, now=utc_text(now), latest=latest)
        ]

    def due(self, site: str, now: datetime) -> dict[str, datetime | None]:
        """Return the sections of a site that are due, and since when; None: they never ran."""
        latest = utc_text(now + _LONGEST)
        rows = self._db.execute(_DUE, site=site, now=utc_text(now), latest=latest)
        return {row["section"]: instant(row["due"]) for row in rows}

    @in_transaction
    def set_due(self, site: str, section: str, due: datetime, every: int) -> None:
        """Remember when a worker runs a section again, and its usual pause in seconds."""
        self._db.execute(_SET_DUE, site=site, section=section, due=utc_text(due), every=every)

    def ask_now(self, site: str, section: str, now: datetime) -> None:
        """Let workers run a section now, or with "" all of a site, also one that is left alone."""
        self._db.execute(_ASK_NOW, site=site, section=section, now=utc_text(now))

    # Changes of feeds

    def changes(self) -> dict[SectionName, int]:
        """Return how many changes of each feed there ever were: they say what in `out` is stale."""
        rows = self._db.execute(_CHANGES)
        return {SectionName(row["site"], row["section"]): row["changed"] for row in rows}

    def changed(self, site: str, section: str) -> int:
        """Return how many changes of a section's feed there ever were."""
        row = self._db.row(_CHANGED, site=site, section=section)
        return int(row["changed"]) if row else 0

    @in_transaction
    def add_pings(self, topics: list[str]) -> None:
        """Note that the hub (WebSub) is to be told of these feeds, by their addresses."""
        for topic in topics:
            self._db.execute(_ADD_PING, topic=topic)

    def pings(self) -> list[str]:
        """Return the feeds that the hub is still to be told of."""
        return [row["topic"] for row in self._db.execute(_PINGS)]

    @in_transaction
    def ping_sent(self, topic: str) -> None:
        """Note that the hub was told of a feed."""
        self._db.execute(_DROP_PING, topic=topic)


class StoredPauses(StorePart):
    """The pauses that hosts asked for, in seconds of the epoch, as a mapping that `fetch` uses.

    They are kept by the database's clock, and given by this machine's.
    """

    def get(self, host: str) -> float | None:
        """Return until when a host asked to be left alone, or None."""
        row = self._db.row(_PAUSE, host=host)
        ahead = self._db.clock_ahead.total_seconds()
        return float(row["closed_until"]) - ahead if row else None

    @in_transaction
    def __setitem__(self, host: str, until: float) -> None:
        until += self._db.clock_ahead.total_seconds()
        self._db.execute(_SET_PAUSE, host=host, closed_until=until)


class StoredRobots(StorePart):
    """The robots.txt of origins: text and time of fetching, as a mapping that `fetch` uses."""

    def get(self, origin: str) -> tuple[str, float] | None:
        """Return the copy of an origin's robots.txt, or None."""
        row = self._db.row(_ROBOTS, origin=origin)
        ahead = self._db.clock_ahead.total_seconds()
        return (row["body"], row["had_at"] - ahead) if row else None

    @in_transaction
    def __setitem__(self, origin: str, copy: tuple[str, float]) -> None:
        body, had_at = copy
        had_at += self._db.clock_ahead.total_seconds()
        self._db.execute(_SET_ROBOTS, origin=origin, body=body, had_at=had_at)


def _state(row: Row) -> State:
    values: dict[str, Any] = dict(row)
    del values["site"], values["section"], values["changed"]
    for name in _STATE_TIMES:
        values[name] = instant(row[name])
    values["reason"] = read_reason(row["reason"]) if row["reason"] else None
    values["notes"] = _read_notes(values.pop("note"))
    return State(**values)


def _notes_text(notes: tuple[Note, ...]) -> str:
    """Notes as a column has them: JSON, each a reason with when it was first met and last told."""
    rows = [
        (note.reason.to_text(), utc_text(note.since), utc_text(note.told) or "") for note in notes
    ]
    return json.dumps(rows, ensure_ascii=False) if rows else ""


def _read_notes(text: str) -> tuple[Note, ...]:
    """The notes that `_notes_text` wrote; none of what it did not write."""
    if not text:
        return ()
    notes = []
    try:
        for reason_text, since, told in json.loads(text):
            reason = read_reason(reason_text)
            if reason:
                notes.append(Note(reason, datetime.fromisoformat(since), instant(told)))
    except (ValueError, TypeError):
        return ()
    return tuple(notes)


def _healed_rule(row: Row) -> HealedRule:
    return HealedRule.from_text(
        what=row["what"],
        before=row["before"],
        after=row["after"],
        agreed=row["agreed"],
        confidence=row["confidence"],
        at=instant(row["at"]),
    )
