"""What a run makes of a section, its feed among it, and what the store remembers of it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from feedmaker.model.story import NO_VALIDATORS, Validators

if TYPE_CHECKING:
    from collections.abc import Callable

    from feedmaker.model.configuration import Section, Site
    from feedmaker.model.reasons import Reason
    from feedmaker.model.story import Link, Story

Status = Literal["published", "unchanged", "kept", "quarantined"]
BROKEN: Final[tuple[Status, ...]] = ("kept", "quarantined")
Doubted = Literal["", "listing", "articles"]
"""What put a section in quarantine."""
Blame = Literal["", "page", "site"]
"""Whose fault a wrong page is: its own, or that of something the site puts before its pages."""


class Rhythm(NamedTuple):
    """How often a section has something new.

    `usual` and `longest` are pauses between its stories, `quiet` is the present one.
    """

    usual: timedelta
    longest: timedelta
    quiet: timedelta

    @property
    def overdue(self) -> bool:
        """Whether something may be wrong: quiet for twice the longest pause, and for a day."""
        return self.quiet > self.longest_silence

    @property
    def longest_silence(self) -> timedelta:
        """For how long nothing is wrong."""
        return max(2 * self.longest, timedelta(days=1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """One URL that gave no story, and why; the reason names an address that it led to.

    `first` says that it is the first failure in a row, `again` the second, of which a person is
    told; `is_new` that the article was never had. `blame` says that a page came and looks like
    something else: a challenge, a consent, a login.
    """

    url: str
    reason: Reason
    first: bool = False
    again: bool = False
    is_new: bool = False
    blame: Blame = ""

    @property
    def full_reason(self) -> Reason:
        """Why, with the address that failed."""
        return replace(self.reason, url=self.reason.url or self.url)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredLink:
    """A link as the store remembers it.

    `key` is `urls.key` of its URL and `story` the id fixed at first sight. `checks` counts the
    times the article was fetched, `failures` the failures in a row. `digest` is of the stored story
    (`schedule.digest`), empty where there is none; `again` says that it is to be read again, though
    its page has not changed.
    """

    url: str
    key: str
    story: str
    title: str
    first_seen: datetime
    checks: int = 0
    failures: int = 0
    validators: Validators = NO_VALIDATORS
    digest: str = ""
    again: bool = False


class Note(NamedTuple):
    """What a person should know of a section that is good: since when, and when it was last told.

    What is only worth knowing, by its severity, is never told: `status` shows it.
    """

    reason: Reason
    since: datetime
    told: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedLink:
    """A link of a listing, with what its section knows of it.

    `is_noted` says that it stood there before, `is_tried` that its article failed, `is_stored` that
    its story is known. `title` is the headline that it had there, `retitled` how often that was
    corrected; `seen` is the day when it last stood there ("2026-11-29"). Its article is due at
    `next_check` (None: never).
    """

    link: Link
    key: str
    is_noted: bool = False
    is_tried: bool = False
    is_stored: bool = False
    title: str = ""
    retitled: int = 0
    first_seen: datetime | None = None
    seen: str = ""
    next_check: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """A section as the store remembers it.

    `since` is when it last broke or recovered, `told` when a person was last told that it is broken
    (None of a good one, and of one that just broke), `good_at` its last good run. `usual` is how
    many links its listing usually holds. One that failed is not asked before `next_poll`, unless
    its configuration is another than `asked_with`. `notes` are what a person should know of it
    though it is good. `failing` counts the new articles that failed since the last one was had.
    """

    status: Status | Literal[""] = ""
    reason: Reason | None = None
    since: datetime | None = None
    told: datetime | None = None
    good_at: datetime | None = None
    links: int = 0
    nav_from: str = ""
    nav_url: str = ""
    every: int = 0
    due: datetime | None = None
    usual: int = 0
    next_poll: datetime | None = None
    asked_with: str = ""
    doubted: Doubted = ""
    notes: tuple[Note, ...] = ()
    failing: int = 0

    @property
    def good(self) -> bool:
        """Whether the section did what it should in its last run; it is good before its first."""
        return self.status not in BROKEN


class Event(NamedTuple):
    """A section broke ("kept", "quarantined") or recovered (another status) at an instant."""

    at: datetime
    status: Status
    reason: Reason | None


class Figures(NamedTuple):
    """How many of a section's newest stories have a date, authors, a picture, a full text."""

    stories: int = 0
    dated: int = 0
    signed: int = 0
    pictured: int = 0
    whole: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a run made of one section.

    `status` is "published" (feed files were written), "unchanged" (nothing to write), "kept" (the
    section failed) or "quarantined" (what came looks broken; nothing of it is taken); then the last
    good feed stays, where there is one, and `reason` says why. `links` is what the listing held,
    None where it was not modified; `same` counts articles that had not changed, `known` new ones of
    which the story was known by another address, `waiting` those left for the next run. `notes` are
    of what went wrong beside its articles, or is worth knowing. `told` says that a person is to be
    told of the section: that it broke, is still broken after another day, or recovered; so are
    `news` of its notes, and `over` of notes that were told and hold no more. `has_feed` says that
    there is a feed of it already. The other fields are those of `State`.
    """

    site: str
    section: str
    status: Status
    reason: Reason | None = None
    links: int | None = None
    added: int = 0
    changed: int = 0
    same: int = 0
    known: int = 0
    waiting: int = 0
    failures: tuple[Failure, ...] = ()
    since: datetime | None = None
    told: bool = False
    next_poll: datetime | None = None
    doubted: Doubted = ""
    notes: tuple[Reason, ...] = ()
    news: tuple[Reason, ...] = ()
    over: tuple[Reason, ...] = ()
    has_feed: bool = True
    failing: int | None = None

    @property
    def good(self) -> bool:
        """Whether the section did what it should; failed articles are tried again later."""
        return self.status not in BROKEN

    @property
    def is_news(self) -> bool:
        """Whether a person must know: of the section, of its notes, or of an article."""
        again = any(failure.again for failure in self.failures)
        return bool(self.told or again or self.news or self.over)

    @property
    def summary(self) -> str:
        """One line on what the run made of the section, in English."""
        return self.summarize(str.format, str)

    def summarize(
        self, tell: Callable[..., str], reason_line: Callable[[Reason | None], str]
    ) -> str:
        """Return the summary in the language that `tell` puts words with their values into."""
        name = f"{self.site}/{self.section}"
        if not self.good:
            return f"{name}: {tell(self.status)}: {reason_line(self.reason)}"
        counts = {
            "{count} new": self.added,
            "{count} changed": self.changed,
            "{count} failed": len(self.failures),
            "{count} waiting": self.waiting,
        }
        parts = [tell(self.status), tell("listing not modified")]
        if self.links is not None:
            parts[1] = tell("{count} links", count=self.links)
        parts += [tell(what, count=count) for what, count in counts.items() if count]
        return f"{name}: {tell(', ').join(parts)}"


class Enclosure(NamedTuple):
    """A picture, or a file of sound or film, as its server describes it; its length is in bytes."""

    url: str
    type: str
    length: int


class ItemSource(NamedTuple):
    """Where a story of a feed with several sources is from: a name, and what a reader may open.

    `file` is the Atom file of another section, from `out`; "" of a page.
    """

    title: str
    page: str
    file: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A section with the stories to show, newest first.

    It knows no clock: `updated` is the newest story's.

    `month` ("2026-11") says that it is the archive of that month; `previous` and `following` are
    the months around it that have archives, `archived` all of these. `ttl` is in minutes, 0 for
    none; `enclosures` are what servers say of lead pictures, sound and film, by their addresses.
    `ui` is the language of its page, `thumbnails` are the names of its small pictures, and `icon`
    is the file name of the site's icon, beside the feed. `sources` says by their ids where stories
    are from, in a feed with several sources.
    """

    site: Site
    section: Section
    stories: tuple[Story, ...]
    base_url: str = ""
    hub: str = ""
    ttl: int = 0
    month: str = ""
    previous: str = ""
    following: str = ""
    icon: str = ""
    enclosures: dict[str, Enclosure] = field(default_factory=dict, hash=False)
    ui: str = ""
    thumbnails: frozenset[str] = frozenset()
    archived: tuple[str, ...] = ()
    sources: dict[str, ItemSource] = field(default_factory=dict, hash=False)

    @property
    def language(self) -> str:
        """The section's language, else the site's."""
        return self.section.language or self.site.language

    @property
    def updated(self) -> datetime | None:
        """When the newest change among the stories was; None of an empty feed."""
        return max((s.updated for s in self.stories if s.updated), default=None)
