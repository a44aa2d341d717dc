"""What feedmaker remembers between runs: links, stories, failures, validators and how each section
fares.

The SQL is in `schema/` and `queries.sql`; `opening` chooses the database, `sqlite` or `postgres`
puts the SQL to it, and `rows` turns what it gives into the types of `model` and back. A SQLite
store is used by one run at a time, of a PostgreSQL store each site is (`lock`, `Store.alone`).
Every method that writes is one transaction: a killed run leaves all of it or nothing.
"""

from __future__ import annotations

from datetime import datetime
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, Self, cast

from feedmaker.model import Failure, Link, State, StoredLink, Validators
from feedmaker.store import rows
from feedmaker.store.opening import connect, exists, is_shared, lock
from feedmaker.store.output import Output
from feedmaker.store.rows import utc
from feedmaker.store.sqlite import set_aside
from feedmaker.store.statements import queries
from feedmaker.text import urls

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path

    from feedmaker.model import HealedRule, Story

__all__ = ["Store", "exists", "is_shared", "lock", "set_aside"]

_Given = ParamSpec("_Given")


def _transaction(
    method: Callable[Concatenate[Store, _Given], None],
) -> Callable[Concatenate[Store, _Given], None]:
    """Make a method of the store one transaction: all of it or nothing.

    PostgreSQL may have it done twice, where the connection broke or another run was in the way; so
    a method must bear that: it sets values, and takes lists rather than iterators.
    """

    @wraps(method)
    def whole(self: Store, *given: _Given.args, **named: _Given.kwargs) -> None:
        self._db.whole(lambda: method(self, *given, **named))

    return cast("Callable[Concatenate[Store, _Given], None]", whole)


class Store(Output):
    """The store in a SQLite file or a PostgreSQL database, made when it is not there; a context
    manager that closes it.

    It and its methods raise CorruptError when it is a file that SQLite cannot read, and StoreError
    when it cannot be used for another reason: of a later version of feedmaker, locked by another
    program, not writable, out of reach.
    """

    def __init__(self, where: str | Path) -> None:
        self._db = connect(where)
        self._queries: Any = queries(type(self._db))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self._db.close()

    def alone(self, site: str) -> AbstractContextManager[None]:
        """Keep other runs off a site, where `lock` does not keep them off the store.

        Raises LockedError at once when another run is at work on it. The lock of a killed run is
        freed by the server.
        """
        return self._db.alone(site)

    def meta(self, name: str) -> str | None:
        """One remembered value, or None."""
        value: str | None = self._queries.get_meta(self._db, name=name)
        return value

    @_transaction
    def set_meta(self, name: str, value: str) -> None:
        """Remember one value."""
        self._queries.set_meta(self._db, name=name, value=value)

    # Links

    def new_links(self, links: Sequence[Link]) -> list[Link]:
        """Those of `links` that were never seen in any section."""
        return [
            link for link in links if not self._queries.get_link(self._db, key=urls.key(link.url))
        ]

    @_transaction
    def add_links(
        self,
        site: str,
        section: str,
        links: Sequence[Link],
        seen: dict[str, tuple[datetime, datetime | None]],
    ) -> None:
        """Note that `links` are in a section.

        `seen` tells of new ones, by URL, when they were first seen and when they are due (None:
        never).
        """
        changed = False
        self._queries.add_section(self._db, site=site, section=section)
        for link in links:
            key = urls.key(link.url)
            where = {"site": site, "section": section, "key": key}
            if link.url in seen:
                first_seen, due = seen[link.url]
                self._queries.add_link(
                    self._db, key=key, url=link.url, story=urls.urn(key), title=link.title,
                    first_seen=utc(first_seen), next_check=utc(due),
                )  # fmt: skip
            if not self._queries.is_in_section(self._db, **where):
                self._queries.add_section_link(self._db, **where)
                changed = True
        if changed:  # a story known from another section is new in this one's feed
            self._queries.add_change(self._db, site=site, section=section)

    def due_links(self, site: str, section: str, now: datetime) -> list[StoredLink]:
        """The links of a section whose articles are to be asked for, those never had first, each
        kind newest first.
        """
        found = self._queries.due_links(self._db, site=site, section=section, now=utc(now))
        return [
            StoredLink(
                url=row["url"], key=row["key"], story=row["story"], title=row["title"],
                first_seen=datetime.fromisoformat(row["first_seen"]), checks=row["checks"], failures=row["failures"],
                validators=Validators(etag=row["etag"], last_modified=row["last_modified"]), digest=row["digest"] or "",
            )
            for row in found
        ]  # fmt: skip

    def is_empty(self, site: str, section: str) -> bool:
        """Whether a section has never had a link: its first run."""
        return not self._queries.count_section_links(self._db, site=site, section=section)

    def known_links(self, site: str, section: str, count: int = 100) -> list[Link]:
        """The newest links of a section, for finding links again after a redesign."""
        found = self._queries.recent_links(self._db, site=site, section=section, count=count)
        return [Link(url=row["url"], title=row["title"]) for row in found]

    @_transaction
    def had(
        self, seen: StoredLink, next_check: datetime | None, validators: Validators | None = None
    ) -> None:
        """Note that an article was had and is as it was; `validators` where the server sent new
        ones.
        """
        self._had(seen, next_check, validators or seen.validators)

    def _had(self, seen: StoredLink, next_check: datetime | None, validators: Validators) -> None:
        self._queries.had_link(
            self._db, key=seen.key, checks=seen.checks + 1, next_check=utc(next_check),
            etag=validators.etag, last_modified=validators.last_modified,
        )  # fmt: skip
        self._queries.set_next_check(self._db, key=seen.key, next_check=utc(next_check))

    @_transaction
    def failed(self, seen: StoredLink, reason: str, next_check: datetime | None) -> None:
        """Note that an article could not be had, and when to try again (None: never)."""
        self._queries.failed_link(self._db, key=seen.key, reason=reason, next_check=utc(next_check))
        self._queries.set_next_check(self._db, key=seen.key, next_check=utc(next_check))

    def failures(self, site: str, section: str) -> list[Failure]:
        """The articles of a section that could not be had when last tried."""
        found = self._queries.failed_links(self._db, site=site, section=section)
        return [Failure(url=row["url"], reason=row["reason"]) for row in found]

    # Stories

    def known_story(self, url: str) -> tuple[str, str] | None:
        """The id and title of the story that a URL is known to lead to, or None."""
        row = self._queries.get_link(self._db, key=urls.key(url))
        if row is None:
            return None
        story = self._queries.get_story(self._db, id=row["story"])
        return row["story"], (story or row)["title"]

    def story(self, story: str) -> Story | None:
        """The story with this id, or None."""
        row = self._queries.get_story(self._db, id=story)
        return rows.to_story(row) if row else None

    def stories(self, site: str, section: str) -> Iterator[Story]:
        """The stories of a section, newest first, each once; read one by one."""
        for row in self._queries.section_story_ids(self._db, site=site, section=section):
            yield rows.to_story(self._queries.get_story(self._db, id=row["id"]))

    def heads(self, site: str, section: str, count: int) -> Iterator[Story]:
        """The newest stories of a section, newest first, without their texts."""
        for row in self._queries.section_heads(self._db, site=site, section=section, count=count):
            yield rows.to_story(row)

    def count_stories(self, site: str, section: str) -> int:
        """How many stories a section has."""
        count: int = self._queries.count_section_stories(self._db, site=site, section=section)
        return count

    @_transaction
    def alias(self, seen: StoredLink, story: str) -> None:
        """Note that a link leads to a story known by another URL."""
        self._queries.alias_link(self._db, key=seen.key, story=story)
        known = self._queries.get_story(self._db, id=story)
        own = self._queries.get_link(self._db, key=urls.key(known["url"])) if known else None
        if (
            own and own["failures"] and own["next_check"] is None
        ):  # nothing is at its own address any more
            self._queries.move_story(self._db, url=seen.url, story=story)
        self._stale(story)

    def move(self, key: str, link: Link, now: datetime) -> bool:
        """Note that a known link, by its key, is at a new address now, to be asked there; False if
        it is not known.
        """
        known = self._queries.get_link(self._db, key=key)
        if known is None:
            return False

        def work() -> None:
            self._queries.add_link(
                self._db, key=urls.key(link.url), url=link.url, story=known["story"],
                title=link.title or known["title"], first_seen=known["first_seen"], next_check=utc(now),
            )  # fmt: skip
            self._queries.set_next_check(self._db, key=key, next_check=None)
            self._queries.move_story(self._db, url=link.url, story=known["story"])
            self._stale(known["story"])

        self._db.whole(work)
        return True

    def gone(self, seen: StoredLink) -> None:
        """Note that nothing is at a link's address any more: its story is shown at another one,
        where one is known.
        """
        other = next(
            iter(self._queries.other_links(self._db, story=seen.story, key=seen.key)), None
        )
        story = self._queries.get_story(self._db, id=seen.story)
        if not other or not story or urls.key(story["url"]) != seen.key:
            return

        def work() -> None:
            self._queries.move_story(self._db, url=other["url"], story=seen.story)
            self._stale(seen.story)

        self._db.whole(work)

    def signatures(self, site: str, count: int) -> list[tuple[str, str]]:
        """Ids and signatures of the stories of a site that were first seen last."""
        return [
            (row["id"], row["signature"])
            for row in self._queries.signatures(self._db, site=site, count=count)
        ]

    @_transaction
    def save(
        self,
        seen: StoredLink,
        story: Story,
        digest: str,
        next_check: datetime | None,
        validators: Validators,
        signature: str = "",
        site: str = "",
    ) -> None:
        """Keep a new or changed story of a site, and that the feeds of its sections are to be
        rendered again.

        A URL of the story's own that differs from the link's (a redirect, a canonical link) is
        noted as its alias.
        """
        self._queries.put_story(
            self._db, **rows.from_story(story), digest=digest, signature=signature, site=site
        )
        self._had(seen, next_check, validators)
        self._queries.add_link(
            self._db, key=urls.key(story.url), url=story.url, story=story.id, title=seen.title,
            first_seen=utc(seen.first_seen), next_check=None,
        )  # fmt: skip
        if story.image:
            self._queries.want_picture(
                self._db, url=story.image, story=story.id, next_check=utc(seen.first_seen)
            )
        self._stale(story.id)

    @_transaction
    def restore(
        self, site: str, section: str, found: Sequence[tuple[Story, str, datetime | None, str]]
    ) -> None:
        """Take stories of a section that this store never had: each with digest, time of the next
        check, signature.
        """
        self._queries.add_section(self._db, site=site, section=section)
        for story, digest, next_check, signature in found:
            key = urls.key(story.url)
            if self._is_newer(story, key):
                row = rows.from_story(story)
                self._queries.put_story(
                    self._db, **row, digest=digest, signature=signature, site=site
                )
            self._queries.add_link(
                self._db, key=key, url=story.url, story=story.id, title=story.title,
                first_seen=utc(story.first_seen), next_check=utc(next_check),
            )  # fmt: skip
            self._queries.add_section_link(self._db, site=site, section=section, key=key)
            if story.image:
                self._queries.want_picture(
                    self._db, url=story.image, story=story.id, next_check=utc(story.first_seen)
                )
            self._stale(story.id)

    def _is_newer(self, story: Story, key: str) -> bool:
        """Whether a recalled story is not known yet in a form as new: of its page, or of another
        section's feed.
        """
        known, link = self.story(story.id), self._queries.get_link(self._db, key=key)
        if known is None or known.updated is None or story.updated is None:
            return known is None
        return not (link and link["checks"]) and known.updated < story.updated

    def _stale(self, story: str) -> None:
        """Note, within a transaction, that a story is new, changed, or found by another link."""
        self._queries.set_shown(self._db, story=story)
        self._queries.make_stale(self._db, story=story)

    # Sections

    def state(self, site: str, section: str) -> State:
        """How a section fares."""
        row = self._queries.get_section(self._db, site=site, section=section)
        return rows.to_state(row) if row else State()

    def states(self) -> dict[tuple[str, str], State]:
        """How each section that ever ran fares, by site and section."""
        return {
            (row["site"], row["section"]): rows.to_state(row)
            for row in self._queries.all_sections(self._db)
        }

    @_transaction
    def set_state(self, site: str, section: str, state: State, *, changed: bool) -> None:
        """Remember how a section fares; with `changed`, also as an event: it broke or healed."""
        self._queries.add_section(self._db, site=site, section=section)
        self._queries.set_status(
            self._db, site=site, section=section, status=state.status, reason=state.reason, links=state.links,
            since=utc(state.since) or "", told=utc(state.told) or "", good_at=utc(state.good_at) or "",
            usual=state.usual, next_poll=utc(state.next_poll) or "",
            asked_with=state.asked_with, doubted=state.doubted, note=state.note,
        )  # fmt: skip
        if changed:
            self._queries.add_event(
                self._db,
                at=utc(state.since),
                site=site,
                section=section,
                status=state.status,
                reason=state.reason,
            )

    def heals(self, site: str) -> list[tuple[str, HealedRule]]:
        """The rules of a site that were found again, each with its section ('' for those of all
        articles).
        """
        return [
            (row["section"], rows.to_heal(row))
            for row in self._queries.get_heals(self._db, site=site)
        ]

    @_transaction
    def set_heal(self, site: str, section: str, heal: HealedRule, at: datetime) -> None:
        """Remember what is used in place of a rule."""
        self._queries.put_heal(
            self._db, site=site, section=section, what=heal.what, before=heal.before, after=heal.after,
            agreed=heal.agreed, confidence=heal.confidence, at=utc(at),
        )  # fmt: skip

    @_transaction
    def set_nav(self, site: str, section: str, nav_from: str, nav_url: str) -> None:
        """Remember which listing a navigation label leads to."""
        self._queries.add_section(self._db, site=site, section=section)
        self._queries.set_nav(
            self._db, site=site, section=section, nav_from=nav_from, nav_url=nav_url
        )

    @_transaction
    def add_sections(self, names: Sequence[tuple[str, str]]) -> None:
        """Note sections, by site and section, that have not been run yet."""
        for site, section in names:
            self._queries.add_section(self._db, site=site, section=section)

    def queue(self) -> dict[str, int] | None:
        """What the workers on this store have before them; None where there never was one.

        `workers` that gave a sign of life in the last half minute, sites `waiting` and `under_way`,
        how many of these were `tried_again`, and how many seconds the `longest` has been waiting.
        """
        return self._db.queue()

    def due_sites(self, now: datetime) -> list[str]:
        """The sites with a section that a worker is to run, the longest due first."""
        return [row["site"] for row in self._queries.due_sites(self._db, now=utc(now))]

    def due_sections(self, site: str, now: datetime) -> dict[str, datetime | None]:
        """The sections of a site that a worker is to run, and since when; None: they were never run
        by one.
        """
        found = self._queries.due_sections(self._db, site=site, now=utc(now))
        return {
            row["section"]: datetime.fromisoformat(row["due"]) if row["due"] else None
            for row in found
        }

    @_transaction
    def set_due(self, site: str, section: str, due: datetime, every: int) -> None:
        """Remember when a worker is to run a section again, and how many seconds it leaves it alone
        mostly.
        """
        self._queries.set_due(self._db, site=site, section=section, due=utc(due), every=every)

    def story_times(self, site: str, section: str, count: int = 60) -> list[datetime]:
        """When the newest stories of a section were published, the newest first."""
        found = self._queries.story_times(self._db, site=site, section=section, count=count)
        return [datetime.fromisoformat(row["shown"]) for row in found]

    @_transaction
    def forget(self, site: str, section: str) -> None:
        """Remember a section no longer; its stories stay, since other sections may show them."""
        queries = self._queries
        for drop in (
            queries.drop_section_links, queries.drop_validators, queries.drop_heals, queries.drop_section
        ):  # fmt: skip
            drop(self._db, site=site, section=section)

    def name(self) -> str:
        """What no other store is called: counts of changes are those of one store."""
        return self.meta("name") or ""

    def changes(self) -> int:
        """How many changes of feeds there ever were, of all sections together."""
        count: int | None = self._queries.count_changes(self._db)
        return count or 0

    def changes_by_section(self) -> dict[tuple[str, str], int]:
        """The same of each section, by site and section."""
        return {
            (row["site"], row["section"]): row["changed"]
            for row in self._queries.section_changes(self._db)
        }

    def validators(self, site: str, section: str, url: str, made_with: str = "") -> Validators:
        """What to send with a conditional request for a listing page, where it was last read with
        the same settings.
        """
        row = self._queries.get_validators(
            self._db, site=site, section=section, url=url, made_with=made_with
        )
        return (
            Validators(etag=row["etag"], last_modified=row["last_modified"])
            if row
            else Validators()
        )

    @_transaction
    def set_validators(
        self, site: str, section: str, found: dict[str, Validators], made_with: str = ""
    ) -> None:
        """Remember the validators of listing pages, by URL, once the feed made from them is out."""
        for url, validators in found.items():
            self._queries.set_validators(
                self._db, site=site, section=section, url=url,
                etag=validators.etag, last_modified=validators.last_modified, made_with=made_with,
            )  # fmt: skip

    def pauses(self) -> StoredPauses:
        """The pauses that hosts asked for, each read when it is asked for and kept when it is set."""
        return StoredPauses(self)

    def pause_of(self, host: str) -> float | None:
        """Until when a host asked to be left alone, in seconds of the epoch; None: never."""
        until: float | None = self._queries.get_pause(self._db, host=host)
        return until

    @_transaction
    def set_pause(self, host: str, until: float) -> None:
        """Remember what a host asked for."""
        self._queries.set_pause(self._db, host=host, closed_until=until)

    def robots(self) -> StoredRobots:
        """The robots.txt of origins, each read when it is asked for and kept when it is set."""
        return StoredRobots(self)

    def robots_of(self, origin: str) -> tuple[str, float] | None:
        """The text of the robots.txt of an origin, and when it was had, in seconds of the epoch;
        None: never.
        """
        row = self._queries.get_robots(self._db, origin=origin)
        return (row["body"], row["had_at"]) if row else None

    @_transaction
    def set_robots(self, origin: str, body: str, had_at: float) -> None:
        """Remember the robots.txt of an origin."""
        self._queries.set_robots(self._db, origin=origin, body=body, had_at=had_at)


class StoredRobots:
    """The robots.txt of all origins as a mapping, which `fetch` reads and writes while it knows
    nothing of a store.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    def get(self, origin: str) -> tuple[str, float] | None:
        """The copy of an origin, or None."""
        return self._store.robots_of(origin)

    def __setitem__(self, origin: str, copy: tuple[str, float]) -> None:
        self._store.set_robots(origin, *copy)


class StoredPauses:
    """The pauses of all hosts as a mapping, for `fetch` as well."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def get(self, host: str) -> float | None:
        """Until when a host asked to be left alone, in seconds of the epoch, or None."""
        return self._store.pause_of(host)

    def __setitem__(self, host: str, until: float) -> None:
        self._store.set_pause(host, until)
