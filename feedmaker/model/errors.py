"""What can go wrong, as types; each message is one line that names the thing and says what to do.

FeedmakerError                  exit code 1
├── ConfigError                 2   the configuration cannot be used; holds every problem found
├── PageError                   1   one page, by its URL and a reason:
│   ├── FetchError                  it could not be fetched
│   ├── PageLimitError              it takes more CPU, time or memory than a page may
│   ├── QuarantineError             it is not what was asked for: a challenge, a listing that shrank
│   ├── ListingError                it holds no story links
│   └── ExtractError                it holds no story; may hold its teaser
├── StoreError                  1   the store cannot be used
│   └── CorruptError                its file cannot be read; the next run moves it aside
├── InvalidFeedError            1   a feed would not be what its format asks for
├── PublishError                1   a file cannot be written to `out`
├── LockedError                 3   another run is at work
└── EndedError                143   the run was told to end (SIGTERM)
"""

from __future__ import annotations

import copyreg
from dataclasses import replace
from typing import TYPE_CHECKING

from feedmaker.model.reasons import Code, Reason

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from typing import Any

    from feedmaker.model import Story


class FeedmakerError(Exception):
    """The root of all errors that are told to the user in one line."""

    exit_code = 1
    code = Code.TEXT

    def __str__(self) -> str:
        """Return what is wrong, a line each."""
        return "\n".join(map(str, self.args))

    @property
    def full_reason(self) -> Reason:
        """Why, with the URL that it is about."""
        return Reason.of(self.code, text=str(self))

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle the error as it is: it may have been raised in the process that reads pages."""
        return copyreg.__newobj__, (type(self), *self.args), self.__dict__  # type: ignore[attr-defined]


class ConfigError(FeedmakerError):
    """The configuration cannot be used.

    `problems` are lines of the form "file: key: what is wrong and what was expected", all that
    were found.
    """

    exit_code = 2

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__(*problems)
        self.problems = tuple(problems)


class PageError(FeedmakerError):
    """Something is wrong with one page. `reason` does not name its URL, `url` does."""

    def __init__(self, url: str, reason: Reason) -> None:
        self.url = url
        self.reason = reason
        super().__init__(str(self.full_reason))

    @property
    def full_reason(self) -> Reason:
        """Why, with the URL that it is about."""
        return replace(self.reason, url=self.url)


class NotSentError(FeedmakerError):
    """A channel did not take a notification."""


class FetchError(PageError):
    """One URL could not be fetched.

    `status` is the HTTP status, where one came. `retry_at` is the instant before which the server
    asked not to be asked again (Retry-After, RFC 9110 section 10.2.3). `body` is how the page
    begins that says why it refuses.
    """

    def __init__(
        self,
        url: str,
        reason: Reason,
        *,
        status: int | None = None,
        retry_at: datetime | None = None,
        body: bytes = b"",
    ) -> None:
        super().__init__(url, reason)
        self.body = body
        self.status = status
        self.retry_at = retry_at

    @property
    def gone(self) -> bool:
        """Whether the server says that there is no such page (404, 410)."""
        return self.status in (404, 410)


class RefusedError(Exception):
    """What we refuse: to ask a host, or to take an answer that is no page or too large.

    It becomes the FetchError of the URL that was asked for. `retry_at` is when the host may be
    asked again, where it asked for a pause.
    """

    def __init__(self, reason: Reason, retry_at: datetime | None = None) -> None:
        super().__init__(str(reason))
        self.reason = reason
        self.retry_at = retry_at


class PageLimitError(PageError):
    """To read the page takes more CPU, time or memory than a page may take."""


class QuarantineError(PageError):
    """What came looks broken. Nothing is taken of it, and the section is quarantined.

    `of_site` says that the site puts it before all its pages.
    """

    def __init__(self, url: str, reason: Reason, *, of_site: bool = False) -> None:
        super().__init__(url, reason)
        self.of_site = of_site


class ListingError(PageError):
    """A listing page holds no story links, or not the heading or label that the section names."""


class ExtractError(PageError):
    """An article page holds no story.

    `teaser` is what the page does tell (title, picture, its own description), or None where it is
    no article at all.
    """

    def __init__(self, url: str, reason: Reason, *, teaser: Story | None = None) -> None:
        super().__init__(url, reason)
        self.teaser = teaser


class StoreError(FeedmakerError):
    """The store cannot be used: of a later version, locked by another program, not writable."""


class DamagedRowError(StoreError):
    """A row of the store cannot be read; the others can."""


class CorruptError(StoreError):
    """The file of the store cannot be read: overwritten, cut, damaged, short of a table."""


class InvalidFeedError(FeedmakerError):
    """A rendered feed breaks a rule of its format; the last good file stays."""

    code = Code.INVALID_FEED


class PublishError(FeedmakerError):
    """A file cannot be written to `out`: no room, no right, a folder in its place."""

    code = Code.NOT_WRITTEN


class LockedError(FeedmakerError):
    """Another run holds the lock."""

    exit_code = 3


class EndedError(FeedmakerError):
    """The run was told to end before it was done; what was done is kept."""

    exit_code = 143  # as shells have it: 128 and the number of SIGTERM
