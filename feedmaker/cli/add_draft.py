"""What `feedmaker add` is about to write."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from feedmaker import setup

if TYPE_CHECKING:
    from pathlib import Path

    from feedmaker.model import Settings
    from feedmaker.setup import KnownSite, SiteProposal

_FILE_ENDINGS: Final = {"atom": ".atom.xml", "rss": ".rss.xml", "json": ".json"}


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteDraft:
    """A site's file before it is written: what is proposed, or what a person made of its text.

    `known` is the site as it is configured already: then the sections of the proposal are added to
    its file. `by_hand` is the text as a person edited it.
    """

    path: Path
    proposal: SiteProposal
    settings: Settings
    known: KnownSite | None = None
    by_hand: str = ""

    @property
    def text(self) -> str:
        """The text of the file."""
        if self.by_hand:
            return self.by_hand
        if self.known is not None:
            return setup.append_sections(self.known, self.proposal.sections)
        return setup.format_site_file(self.proposal, datetime.now(UTC).date())

    def feed_name(self, slug: str) -> str:
        """Return the file of a section's feed, as readers subscribe to it."""
        ending = _FILE_ENDINGS[self.settings.formats[0]]
        return f"{self.settings.out}/{self.path.stem}/{slug}{ending}"
