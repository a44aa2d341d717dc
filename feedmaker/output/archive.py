"""The history of a section: one Atom file for each month, for a new subscriber to page back.

RFC 5005, "archived feeds": the live feed leads to the newest archive, each archive to those before
and after. A month gets its archive once the live feed no longer shows all of it. The archive shows
the month, in UTC, and is written again only when something changed that the live feed does not
show.
"""

from __future__ import annotations

import json
from dataclasses import replace
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from feedmaker import files
from feedmaker._version import __version__
from feedmaker.output import feed
from feedmaker.policy import schedule

if TYPE_CHECKING:
    from feedmaker.model import Feed, Settings
    from feedmaker.store import Store, StoryOutline


def publish_months(settings: Settings, live: Feed, store: Store) -> str:
    """Write the archives of a section that may be stale. Raises PublishError.

    Returns the newest month that has one, "" for none. A note beside the archives says what each
    was made with.
    """
    site = live.site
    section = live.section
    out = Path(settings.out)
    shown = {story.id for story in live.stories}
    months = _archived_months(live, store, shown)
    if not months:
        return ""
    note = out / site.slug / "archive" / f".{section.slug}.made"
    made = _read_made(note)
    newest = ""
    for month, following in pairwise([*sorted(months), ""]):
        outlines = months[month]
        around = replace(
            live,
            month=month,
            previous=newest,
            following=following,
            ttl=0,
        )
        newest = month
        path = out / section.archive_file(site, month)
        if path.exists() and _is_fresh(made.get(month, ""), around, outlines, shown):
            continue
        if month in made or not _holds_more(path, len(outlines)):
            archive = _archive(around, store, outlines)
            files.write_file(path, feed.render(archive, "atom"))
        newest_story = outlines[0].story
        digest = _archive_digest(around, outlines)
        made[month] = f"{newest_story.id} {digest}"
        files.write_note(note, json.dumps(made, indent=0), {})
    return newest


def _archived_months(live: Feed, store: Store, shown: set[str]) -> dict[str, list[StoryOutline]]:
    """The months of which the live feed does not show all, with their stories, newest first."""
    section = live.section
    months: dict[str, list[StoryOutline]] = {}
    archived = set()
    for outline in store.stories.outlines(live.site.slug, section.slug):
        if not schedule.shows(section, outline.story):
            continue
        months.setdefault(outline.month, []).append(outline)
        if outline.story.id not in shown:
            archived.add(outline.month)
    return {month: outlines for month, outlines in months.items() if month in archived}


def _is_fresh(
    noted: str,
    around: Feed,
    outlines: list[StoryOutline],
    shown: set[str],
) -> bool:
    """Whether an archive holds all of its month that the live feed does not show, as it is today.

    `noted` is the newest story that it was made with, and a digest. Newer ones that the live feed
    still shows can wait. So the archive of the present month is written once for as many stories as
    a feed holds, not for each.
    """
    newest, _, digest = noted.partition(" ")
    ids = [outline.story.id for outline in outlines]
    if newest not in ids:
        return False
    place = ids.index(newest)
    if not shown.issuperset(ids[:place]):
        return False
    return digest == _archive_digest(around, outlines[place:])


def _archive(around: Feed, store: Store, outlines: list[StoryOutline]) -> Feed:
    stored = [store.stories.get(outline.story.id) for outline in outlines]
    stories = tuple(story for story in stored if story is not None)
    pictures = store.stories.pictures(story.image for story in stories)
    return replace(
        around,
        stories=stories,
        enclosures=pictures,
    )


def _read_made(note: Path) -> dict[str, str]:
    """What each archive was made with, by month; {} where the note is lost or damaged."""
    try:
        made = json.loads(files.read_note(note) or "{}")
    except ValueError:
        return {}
    return made if isinstance(made, dict) else {}


def _holds_more(path: Path, count: int) -> bool:
    """Whether an archive that no note tells of has more stories: then it outlived its store."""
    if not path.exists():
        return False
    entries = path.read_bytes().count(b"<entry")
    return entries > count


def _archive_digest(around: Feed, outlines: list[StoryOutline]) -> str:
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
    text = f"{about!r}\n{prints}"
    digest = sha256(text.encode("utf-8", "surrogatepass"))
    return digest.hexdigest()[:32]
