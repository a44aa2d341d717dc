"""What a person orders for sections that ran before: by a command or in the app, in the store."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from feedmaker.model.errors import FeedmakerError
from feedmaker.output import section_files
from feedmaker.store import Store
from feedmaker.text.sayings import Saying

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from feedmaker.model import Settings, Site
    from feedmaker.store import SectionName


def read_again(
    settings: Settings,
    sites: Sequence[Site],
    now: datetime,
    *,
    only: Sequence[str] = (),
    section: str = "",
) -> None:
    """Make the stories due that feeds show, though their pages have not changed.

    It is of all sites or of those in `only`, of all their sections or of one. Raises LockedError
    where a run is at work on one of them.
    """
    with Store(settings.store) as store:
        for site in sites:
            if not only or site.slug in only:
                with store.site_lock(site.slug):
                    _read_site_again(store, site, now, section)


def _read_site_again(store: Store, site: Site, now: datetime, section: str) -> None:
    for one in site.sections:
        if section in ("", one.slug):
            name = (site.slug, one.slug)
            store.stories.read_again(*name, one.items, lambda *_: True, now)
            store.sections.forget_validators(*name)


def accept_listing(settings: Settings, site: str, section: str) -> None:
    """Take a listing that is in quarantine, since it lost most of its links, for the new way.

    Raises FeedmakerError where it is in none, and LockedError where a run is at work on the site.
    """
    with Store(settings.store) as store, store.site_lock(site):
        state = store.sections.state(site, section)
        if state.status != "quarantined" or state.doubted != "listing":
            words = "{name} is not in quarantine for its listing; there is nothing to accept"
            raise FeedmakerError(Saying(words, name=f"{site}/{section}"))
        accepted = replace(state, usual=0, next_poll=None)
        store.sections.set_state(site, section, accepted, changed=False)
        store.sections.forget_validators(site, section)


def remove_sections(
    settings: Settings, store: Store, names: Sequence[SectionName], sites: Collection[str]
) -> list[Path]:
    """Remove the files of sections, and forget them; return the files that were there.

    Icons of sites go with them, but for those that are still among the `sites` configured. Raises
    LockedError where a run is at work on one of them.
    """
    found: list[Path] = []
    for name in names:
        with store.site_lock(name.site):
            found += _remove_section(settings, store, name)
    for site in sorted({name.site for name in names}.difference(sites)):
        icons = sorted(Path(settings.out, site).glob("icon.*"))
        for path in icons:
            path.unlink()
        store.icons.forget(site)
        found += icons
    return found


def _remove_section(settings: Settings, store: Store, name: SectionName) -> list[Path]:
    found = section_files.list_files(settings, *name)
    for path in found:
        path.unlink()
    for note in section_files.list_notes(settings, *name):
        note.unlink(missing_ok=True)
    store.sections.forget(*name)
    return found
