"""One site's run: its tools, and what its sections share."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from feedmaker.pipeline.rule_healing import RuleHealer

if TYPE_CHECKING:
    from datetime import datetime

    from feedmaker.fetch import Fetcher
    from feedmaker.model import NotModified, Page, Report, Settings, Site, Validators
    from feedmaker.model.errors import FetchError
    from feedmaker.policy.near_duplicates import KnownStories
    from feedmaker.store import Store


class Progress:
    """Told how a run goes, and does nothing. The command line shows a bar or lines with it."""

    def expect(self, articles: int) -> None:
        """So many articles are about to be fetched."""

    def article_done(self) -> None:
        """One of them was fetched, or failed."""

    def section_done(self, report: Report) -> None:
        """A section is done."""

    def note(self, line: str) -> None:
        """A person must know this of the run itself."""


@dataclass
class SiteRun:
    """One site in one run.

    `now` is the run's: what is kept in a run is not due again in it. `deadline` is in seconds of
    the event loop's clock. `new_left` is how many new articles may still be fetched. `asked_for`
    says that a person named the site. `pages` are listing pages, fetched once though several
    sections stand on them; `known_stories` is read from the store when the first copy may be met.
    """

    settings: Settings
    site: Site
    store: Store
    fetcher: Fetcher
    progress: Progress
    now: datetime
    deadline: float
    new_left: int
    asked_for: bool
    pages: dict[tuple[str, Validators], Page | NotModified | FetchError] = field(
        default_factory=dict
    )
    known_stories: KnownStories | None = None

    def __post_init__(self) -> None:
        self.fetch_limits = self.site.fetch_limits
        self.healer = RuleHealer(self.site, self.store, self.now)
