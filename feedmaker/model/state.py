"""What a run makes of a section and what the store remembers of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from feedmaker.model.story import NO_VALIDATORS, Validators


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythm:
    """How often a section has something new: the usual and the longest pause between stories, and
    the present one.
    """

    usual: timedelta
    longest: timedelta
    quiet: timedelta

    @property
    def overdue(self) -> bool:
        """Whether it has been quiet for so long that something may be wrong: twice its longest
        pause, and a day.
        """
        return self.quiet > max(2 * self.longest, timedelta(days=1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """One URL that gave no story, and why; `first` when it did so for the first time in a row.

    `doubt` says that a page came and looks like something else: "page" where it is this one's own
    fault, "site" where the site puts something before its pages (a challenge, a consent, a login).
    """

    url: str
    reason: str
    first: bool = True
    doubt: Literal["", "page", "site"] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredLink:
    """A link as the store remembers it: `key` is `urls.key` of its URL, `story` the id fixed at
    first sight.

    `checks` counts the times the article was had since, `failures` the failures in a row; `digest`
    is of the stored story (`decide.digest`), empty where there is none.
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


Status = Literal["published", "unchanged", "kept", "quarantined"]
BROKEN: tuple[Status, ...] = ("kept", "quarantined")


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """A section as the store remembers it: how its last run went and what its feed files were made
    with.

    `usual` is how many links its listing usually holds. One that failed is not asked before
    `next_poll`, unless its configuration is another than `asked_with`; `doubted` is what put it in
    quarantine. `note` is what a person should know of it though it is good.
    """

    status: Status | Literal[""] = ""
    reason: str = ""
    since: datetime | None = None
    told: datetime | None = None
    good_at: datetime | None = None
    links: int = 0
    nav_from: str = ""
    nav_url: str = ""
    changed: int = 0
    every: int = 0
    due: datetime | None = None
    usual: int = 0
    next_poll: datetime | None = None
    asked_with: str = ""
    doubted: Literal["", "listing", "articles"] = ""
    note: str = ""

    @property
    def good(self) -> bool:
        """Whether the section did what it should in its last run; so it is before its first."""
        return self.status not in BROKEN


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A section broke ("kept") or healed (another status) at an instant."""

    at: datetime
    status: Status
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Of so many newest stories of a section, how many have a date of their own, authors, a
    picture, a full text.
    """

    stories: int = 0
    dated: int = 0
    signed: int = 0
    pictured: int = 0
    whole: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a run made of one section.

    `status`: "published" (feed files were written), "unchanged" (nothing to write), "kept" (the
    section failed and its last good feed stays; `reason` says why), "quarantined" (something came
    that looks broken; the last good feed stays and nothing is taken of it). `links` is what the
    listing held, None when it was not modified; `waiting` counts articles left for the next run.
    `since` is when the section broke or healed; `told` says that a person is to be told: it broke
    or healed in this run, or is still broken after another day. `next_poll` is when a section that
    fails is asked again, `doubted` what put one in quarantine; `note` what a person should know
    though it is good.
    """

    site: str
    section: str
    status: Status
    reason: str = ""
    links: int | None = None
    added: int = 0
    changed: int = 0
    waiting: int = 0
    failures: tuple[Failure, ...] = ()
    since: datetime | None = None
    told: bool = False
    next_poll: datetime | None = None
    doubted: Literal["", "listing", "articles"] = ""
    note: str = ""

    @property
    def good(self) -> bool:
        """Whether the section did what it should; failed articles are tried again and do not count."""
        return self.status not in BROKEN
