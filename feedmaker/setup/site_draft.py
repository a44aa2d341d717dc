"""What is about to be written of a site, and how it is written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from feedmaker import config, files
from feedmaker.setup.site_append import append_sections
from feedmaker.setup.site_file import format_site_file

if TYPE_CHECKING:
    from pathlib import Path

    from feedmaker.model import Settings
    from feedmaker.setup.site_append import KnownSite
    from feedmaker.setup.site_file import SiteProposal

_MAIN: Final = """\
#:schema ./feedmaker.schema.json
# What holds for all sites; every key is optional, the manual has them all (docs/configuration.md).
# base_url = "https://example.org/feeds"  # where `out` is served: feeds then have a self link
# contact = "mailto:you@example.org"      # sent with each request, for site owners to reach you
"""
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
            return append_sections(self.known, self.proposal.sections)
        return format_site_file(self.proposal, datetime.now(UTC).date())

    def feed_name(self, slug: str) -> str:
        """Return the file of a section's feed, as readers subscribe to it."""
        ending = _FILE_ENDINGS[self.settings.formats[0]]
        return f"{self.settings.out}/{self.path.stem}/{slug}{ending}"


def write_site(folder: Path, path: Path, text: str) -> None:
    """Write a site's file; in an empty configuration `folder` the main file and the schemas too.

    Raises ConfigError where the text is not right: it would stop all sites. Raises PublishError.
    """
    config.check_site(text, path)
    main = folder / "feedmaker.toml"
    if not main.exists():
        files.write_file(main, _MAIN.encode())
        config.write_schemas(folder)
    files.write_file(path, text.encode())
