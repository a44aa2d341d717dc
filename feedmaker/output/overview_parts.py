"""The parts that the pages of all sections fall into, and what of them is stale.

Few sections are one part, and `index.html` and `status.html` show all of them. Of more, each site
is a part with pages of its own, and those two name the sites: so a story costs the pages of its
site, however many others there are. A note in `out` says what each part was made with.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from feedmaker.files import read_note
from feedmaker.output import thumbnails
from feedmaker.output.section_files import digest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from feedmaker.model import Settings, Site
    from feedmaker.store import Store

# A page of a hundred sections has half a megabyte.
_MOST_ON_A_PAGE: Final = 100
_PAGES: Final = {"index.html": "index.html", "status.html": "status.html"}
_GOOD: Final = ("published", "unchanged")  # which of them says nothing of how a section fares


class OverviewPart(NamedTuple):
    """The sites of which one page tells: all of them, or the one that is its `name`.

    `pages` are the names of its pages in `out`, each with the template that it is made by.
    """

    name: str
    sites: tuple[Site, ...]
    pages: dict[str, str]


def list_parts(sites: Sequence[Site]) -> list[OverviewPart]:
    """Return the parts that the sections of `sites` fall into."""
    if sum(len(site.sections) for site in sites) <= _MOST_ON_A_PAGE:
        return [OverviewPart("", tuple(sites), _PAGES)]
    parts = []
    for site in sites:
        pages = dict(zip(site_pages(site.slug), _PAGES, strict=True))
        parts.append(OverviewPart(site.slug, (site,), pages))
    return parts


def site_pages(slug: str) -> tuple[str, str]:
    """Return the names of the pages that a site has of its own."""
    return f"index-{slug}.html", f"status-{slug}.html"


class PartNote(NamedTuple):
    """What a part was made with, until when that holds, and how it fares as a whole."""

    made: str
    until: str
    good: bool
    silent: tuple[str, ...]


@dataclass(slots=True)
class OverviewNote:
    """What the files that tell of all sections were made with.

    `whole` is a digest for those that have no part, `health` the one of `health.json` itself, of
    which the lines of fresh parts are taken.
    """

    whole: str = ""
    health: str = ""
    parts: dict[str, PartNote] = field(default_factory=dict)

    def to_text(self) -> str:
        """Return the note as a file has it."""
        parts = {
            name: [part.made, part.until, part.good, part.silent]
            for name, part in self.parts.items()
        }
        return json.dumps({"whole": self.whole, "health": self.health, "parts": parts})


def read_overview_note(path: Path) -> OverviewNote:
    """Return the note at `path`; an empty one where it is lost, damaged, or of another version."""
    try:
        told: dict[str, Any] = json.loads(read_note(path))
        parts = {
            name: PartNote(made, until, good, tuple(silent))
            for name, (made, until, good, silent) in told["parts"].items()
        }
        return OverviewNote(told["whole"], told["health"], parts)
    except (ValueError, TypeError, KeyError, AttributeError):
        return OverviewNote()


class PartDigest(NamedTuple):
    """Digests of what pages tell of a part: all of it, and what changes with no story."""

    all: str
    lasting: str


class OverviewFacts:
    """What the pages of all sections depend on besides the clock, as a few digests of it.

    Nothing is asked for a section by itself: what did not change costs it next to nothing.
    """

    def __init__(self, settings: Settings, store: Store) -> None:
        self._settings = settings
        self._store = store
        self._rows = store.sections.told()
        self.common = digest(
            settings.base_url, settings.ui, settings.thumbnails, store.meta("name")
        )

    def of_part(self, part: OverviewPart) -> PartDigest:
        """Return the digests of a part."""
        lasting = digest(self.common, [self._lasting(site) for site in part.sites])
        changing = [self._changing(site) for site in part.sites]
        return PartDigest(digest(lasting, changing), lasting)

    def _lasting(self, site: Site) -> tuple[object, ...]:
        """The configuration of a site, which files it has, and how its sections fare."""
        icon = self._store.icons.name(site.slug)
        # What happened to a section is noted when a person is told.
        states = [
            (
                row.section,
                row.status not in _GOOD and row.status,
                row.reason,
                row.since,
                bool(row.told),
            )
            for row in self._rows.get(site.slug, ())
        ]
        heals = self._store.sections.healed_rules(site.slug)
        shown = replace(
            site, connect_to=""
        )  # which no page tells: the demo has a new one each time
        return (shown, states, heals, icon, self._files(site, icon))

    def _changing(self, site: Site) -> tuple[object, ...]:
        """Which changes of a site's feeds there were, what failed, and its small pictures."""
        small = [
            sorted(thumbnails.list_made(self._settings, site, section))
            for section in site.sections
            if self._settings.thumbnails
        ]
        counts = [(row.section, row.changed, row.note) for row in self._rows.get(site.slug, ())]
        return (counts, self._store.links.site_failures(site.slug), small)

    def _files(self, site: Site, icon: str) -> list[str]:
        """The files of a site but for its icon, which pages bring there themselves."""
        try:
            names = os.listdir(Path(self._settings.out, site.slug))  # noqa: PTH208 - three times as quick
        except OSError:
            return []
        return sorted(name for name in names if name != icon and name[0] != ".")
