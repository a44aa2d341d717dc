"""The files of one section in `out/`: its feeds, its page and its archives.

They are rendered from the store where they are stale, and left alone where they are not. Where the
store was lost they are read back into a new one.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from feedmaker import files
from feedmaker._version import __version__
from feedmaker.model import Feed, Report
from feedmaker.policy import schedule

if TYPE_CHECKING:
    from datetime import datetime

    from feedmaker.model import Format, Section, Settings, Site, Status, Story
    from feedmaker.output.feed import FeedContent
    from feedmaker.store import Store


def made_with(settings: Settings, site: Site, section: Section) -> str:
    """Return a digest of what a feed depends on besides its stories: version and configuration."""
    facts = (
        site.slug,
        site.name,
        site.home,
        site.language,
        site.timezone,
    )
    return digest(
        settings.base_url,
        settings.hub,
        facts,
        site.formerly,
        site.rules,
        section,
    )


def publish_feed(
    settings: Settings,
    site: Site,
    section: Section,
    store: Store,
    *,
    changed: int | None = None,
) -> Report:
    """Write the feed files of a section where they may be stale.

    The report says "published" where a feed file was written, and names the stories left out.

    A note beside them says what they were made with and how many changes of the section they show,
    so each folder that is published to, on whichever machine, knows by itself what it lacks.
    `changed` is that count where the caller knows it. Raises PublishError; raises InvalidFeedError
    before a feed of the section is replaced.
    """
    if changed is None:
        changed = store.sections.state(site.slug, section.slug).changed
    out = Path(settings.out)
    paths = {form: out / section.file(site, form) for form in section.formats}
    note = note_path(settings, site.slug, section.slug)
    made = f"{made_with(settings, site, section)} {store.meta('name')} {changed}"
    report = Report(
        site=site.slug,
        section=section.slug,
        status="unchanged",
    )
    is_fresh = files.read_note(note) == made
    if is_fresh and all(map(Path.exists, paths.values())):
        return report
    # feedgen, lxml and Jinja take 70 ms to import, and an unchanged run needs none of them.
    from feedmaker.output import archive, feed

    shown = _stored_feed(
        settings,
        site,
        section,
        store,
    )
    previous = archive.publish_months(settings, shown, store)
    content = feed.prepare(replace(shown, previous=previous))
    if not content.items:
        # No story yet, or a new store: a file that is there tells more than an empty one.
        paths = {form: path for form, path in paths.items() if not path.exists()}
    is_written = _write_files(
        settings,
        content,
        paths,
        store,
        note=note,
        made=made,
    )
    status: Status = "published" if is_written else "unchanged"
    return replace(
        report,
        status=status,
        failures=content.left_out,
    )


def _write_files(
    settings: Settings,
    content: FeedContent,
    paths: dict[Format, Path],
    store: Store,
    *,
    note: Path,
    made: str,
) -> bool:
    """Write feeds and page of a section, then the note of what they were made with.

    Returns whether a feed file was written. Nothing is before all formats are rendered.
    """
    from feedmaker.output import feed, pages

    shown = content.feed
    rendered = {path: feed.WRITERS[form](content) for form, path in paths.items()}
    if content.items:
        view = pages.section_view(shown)
        page = Path(settings.out, shown.section.html_file(shown.site))
        rendered[page] = pages.section_page(view)
        files.write_file(page, rendered[page])
    written = [form for form, path in paths.items() if files.write_file(path, rendered[path])]
    if settings.hub and settings.base_url:
        addresses = [feed.address(shown, form) for form in written]
        store.sections.add_pings(addresses)
    files.write_note(note, made, rendered)
    return bool(written)


def list_files(settings: Settings, site: str, section: str) -> list[Path]:
    """Return the files in `out` of a section by its slugs: feeds, page and archives."""
    folder = Path(settings.out) / site
    endings = (
        "atom.xml",
        "rss.xml",
        "json",
        "html",
    )
    paths = [folder / f"{section}.{ending}" for ending in endings]
    live = [path for path in paths if path.exists()]
    month = "[0-9][0-9][0-9][0-9]-[0-9][0-9]"
    archives = (folder / "archive").glob(f"{section}-{month}.atom.xml")
    return live + sorted(archives)


def restore_stories(
    settings: Settings,
    site: Site,
    section: Section,
    store: Store,
    now: datetime,
) -> int:
    """Read the stories of a section's own files into a store that has none of it; return how many.

    So a lost store costs nothing: its feeds go on from what they show. Articles that are young
    enough to be rechecked are due at once.
    """
    paths = list_files(settings, site.slug, section.slug)
    if not paths:
        return 0
    # lxml and nh3 take 40 ms to import, and only a section without a store reads its files.
    from feedmaker.output.feed import restore
    from feedmaker.policy import near_duplicates
    from feedmaker.store import StoryRecord

    by_id: dict[str, Story] = {}
    for path in paths:
        with suppress(OSError):
            for story in restore.read_stories(path.read_bytes(), site.name):
                by_id.setdefault(story.id, story)
    newest_first = sorted(
        by_id.values(),
        key=lambda story: story.published or now,
        reverse=True,
    )
    recheck = site.fetch.recheck
    until = timedelta(hours=recheck[-1]) if recheck else timedelta.min
    start = now.replace(microsecond=0)
    known = []
    for place, story in enumerate(newest_first):
        # A second apart, as on a listing, so that stories of one minute keep their order.
        seen = start - timedelta(seconds=place)
        whole = replace(story, first_seen=seen)
        age = now - (story.published or now)
        next_check = now if age < until else None
        record = StoryRecord(
            story=whole,
            digest=schedule.digest(whole),
            signature=near_duplicates.signature(whole),
            next_check=next_check,
        )
        known.append(record)
    store.stories.restore(site.slug, section.slug, known)
    return len(known)


def note_path(settings: Settings, site: str, section: str) -> Path:
    """Return where it is noted what the files of a section were made with."""
    return Path(settings.out) / site / f".{section}.made"


def _stored_feed(
    settings: Settings,
    site: Site,
    section: Section,
    store: Store,
) -> Feed:
    """The newest stories of a section that pass its filters, and their pictures."""
    stored = store.stories.of_section(site.slug, section.slug)
    passing = (story for story in stored if schedule.shows(section, story))
    stories = tuple(islice(passing, section.items))
    dates = (story.published for story in stories if story.published)
    pictures = (story.image for story in stories)
    return Feed(
        site=site,
        section=section,
        stories=stories,
        base_url=settings.base_url,
        hub=settings.hub,
        ttl=schedule.ttl(dates),
        enclosures=store.stories.pictures(pictures),
    )


def digest(*parts: object) -> str:
    """Return a digest of what a file is made with, this version of feedmaker included."""
    text = repr((__version__, *parts))
    return sha256(text.encode()).hexdigest()[:32]
