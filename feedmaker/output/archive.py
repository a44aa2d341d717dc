"""The history of a section: one Atom file for each month, from which a new subscriber pages back to
the beginning.

RFC 5005, "archived feeds": the live feed leads to the newest archive, each archive to those before
and after. A month gets its archive once the live feed no longer shows all of it; the archive shows
the month, by the clocks of UTC, and is written again only when something in it changed that the
live feed does not show.
"""

from __future__ import annotations

import json
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from feedmaker import files
from feedmaker._version import __version__
from feedmaker.output import feed
from feedmaker.policy import filters

if TYPE_CHECKING:
    from feedmaker.model import Feed, Settings
    from feedmaker.store import Store, StoryOutline


def publish_months(settings: Settings, live: Feed, store: Store) -> str:
    """Write the archives of a section that may be stale; the newest month that has one, "" for
    none.

    What each was made with is noted beside them. Raises PublishError.
    """
    site, section, out = live.site, live.section, Path(settings.out)
    note = out / site.slug / "archive" / f".{section.slug}.made"
    made = _noted(note)
    shown = {story.id for story in live.stories}
    months = _months(live, store, shown)
    names = ["", *sorted(months), ""]
    for previous, month, following in zip(names, names[1:], names[2:], strict=False):
        outlines = months[month]
        around = replace(live, month=month, previous=previous, following=following, ttl=0)
        path = out / section.archive_file(site, month)
        if not path.exists() or not _is_fresh(made.get(month, ""), around, outlines, shown):
            data = feed.render(_archive(around, store, outlines), "atom")
            if month in made or not _holds_more(path, len(outlines)):
                files.write_file(path, data)
            made[month] = f"{outlines[0].story.id} {_digest(around, outlines)}"
            files.write_note(note, json.dumps(made, indent=0), {})
    return names[-2]


def _months(live: Feed, store: Store, shown: set[str]) -> dict[str, list[StoryOutline]]:
    """The months of a section of which the live feed does not show all, with their stories, newest
    first.
    """
    months: dict[str, list[StoryOutline]] = {}
    for outline in store.stories.outlines(live.site.slug, live.section.slug):
        if filters.shows(live.section, outline.story):
            months.setdefault(outline.month, []).append(outline)
    return {
        month: found
        for month, found in months.items()
        if any(outline.story.id not in shown for outline in found)
    }


def _is_fresh(noted: str, around: Feed, outlines: list[StoryOutline], shown: set[str]) -> bool:
    """Whether an archive holds all of its month that the live feed does not show, as it is today.

    `noted` is the newest story that it was made with, and a digest. Newer ones that the live feed
    still shows can wait: so the archive of a month under way is written once for as many stories as
    a feed holds, not for each.
    """
    newest, _, digest = noted.partition(" ")
    place = next((n for n, outline in enumerate(outlines) if outline.story.id == newest), None)
    if place is None or any(outline.story.id not in shown for outline in outlines[:place]):
        return False
    return _digest(around, outlines[place:]) == digest


def _archive(around: Feed, store: Store, outlines: list[StoryOutline]) -> Feed:
    stories = tuple(story for outline in outlines if (story := store.stories.get(outline.story.id)))
    return replace(
        around, stories=stories, enclosures=store.pictures.known(story.image for story in stories)
    )


def _noted(note: Path) -> dict[str, str]:
    try:
        made = json.loads(files.read_note(note) or "{}")
    except ValueError:
        return {}
    return made if isinstance(made, dict) else {}


def _holds_more(path: Path, count: int) -> bool:
    """Whether a file that nobody knows of has more stories: it is of a store that was lost, and
    what is left of it.
    """
    return path.exists() and path.read_bytes().count(b"<entry") > count


def _digest(around: Feed, outlines: list[StoryOutline]) -> str:
    site = around.site
    about = (
        __version__,
        around.base_url,
        site.name,
        site.home,
        around.section,
        around.previous,
        around.following,
    )
    prints = "\n".join(outline.print for outline in outlines)
    return sha256(f"{about!r}\n{prints}".encode("utf-8", "surrogatepass")).hexdigest()[:32]
