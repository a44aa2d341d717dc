"""What can go wrong, as types; each message is one line that names the thing and says what to do.

FeedmakerError              exit code 1 ├── ConfigError             2   the configuration cannot be
used; holds every problem found ├── FetchError              1   one URL could not be had ├──
QuarantineError         1   what came is not what was asked for: a challenge, a listing that lost
its links ├── ListingError            1   a listing page holds no story links ├── ExtractError
1   an article page holds no story; may hold its teaser ├── StoreError              1   the store
cannot be used │   └── CorruptError        1   its file cannot be read; the next run moves it aside
and begins a new one ├── InvalidFeedError        1   a feed would not be what its format asks for
├── PublishError            1   a file cannot be written to `out` ├── LockedError             3
another run is at work └── EndedError            143   the run was told to end (SIGTERM)
"""

from __future__ import annotations

TYPE_CHECKING = False  # as in __init__.py
if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from feedmaker.model import Story


class FeedmakerError(Exception):
    """The root of all errors that are told to the user in one line."""

    exit_code = 1


class ConfigError(FeedmakerError):
    """The configuration cannot be used.

    `problems` are lines of the form "file: key: what is wrong and what was expected", all that were
    found.
    """

    exit_code = 2

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


class FetchError(FeedmakerError):
    """One URL could not be had.

    `reason` is a phrase without the URL; `status` the HTTP status, where one came; `retry_at` the
    instant before which the server asked not to be asked again (Retry-After, RFC 9110 section
    10.2.3).
    """

    def __init__(
        self, url: str, reason: str, *, status: int | None = None, retry_at: datetime | None = None
    ) -> None:
        super().__init__(f"{url}: {reason}")
        self.url = url
        self.reason = reason
        self.status = status
        self.retry_at = retry_at

    @property
    def gone(self) -> bool:
        """Whether the server says that there is no such page (404, 410): asking again is of no use."""
        return self.status in (404, 410)


class QuarantineError(FeedmakerError):
    """What came looks broken, and nothing is taken of it: the section is quarantined until it looks
    right again.

    `reason` is a phrase without the URL; `of_site` says that the site puts it before its pages,
    whichever is asked for.
    """

    def __init__(self, url: str, reason: str, *, of_site: bool = False) -> None:
        super().__init__(f"{url}: {reason}" if url else reason)
        self.reason = reason
        self.of_site = of_site


class ListingError(FeedmakerError):
    """A listing page holds no story links, or not the heading or label that the section names."""


class ExtractError(FeedmakerError):
    """An article page holds no story.

    `reason` is a phrase without the URL; `teaser` is what the page does tell (title, picture, its
    own description), or None where it is no article at all.
    """

    def __init__(self, url: str, reason: str, *, teaser: Story | None = None) -> None:
        super().__init__(f"{url}: {reason}" if url else reason)
        self.url = url
        self.reason = reason
        self.teaser = teaser


class StoreError(FeedmakerError):
    """The store cannot be used: corrupt, of a later version, locked by another program, or not
    writable.
    """


class CorruptError(StoreError):
    """The file of the store is none that can be read any more: overwritten, cut, damaged, or short
    of a table.
    """


class InvalidFeedError(FeedmakerError):
    """A rendered feed breaks a rule of its format: quarantined, so that the last good file stays."""


class PublishError(FeedmakerError):
    """A file cannot be written to `out`: no room, no right, a folder in its place."""


class LockedError(FeedmakerError):
    """Another run holds the lock."""

    exit_code = 3


class EndedError(FeedmakerError):
    """The run was told to end before it was done; what was done is kept."""

    exit_code = 143  # as shells have it: 128 and the number of SIGTERM
