"""The files of one section in `out/`: its feeds, its page and its archives.

They are rendered from the store where they are stale, and left alone where they are not. Where the
store was lost they are read back into a new one.

An archive is one Atom file for each month, for a new subscriber to page back (RFC 5005, "archived
feeds"): the live feed leads to the newest archive, each archive to those before and after. A month,
in UTC, gets its archive once the live feed no longer shows all of it. It is written again only when
something changed that the live feed does not show.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import islice, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Final, ParamSpec, Protocol, TypeVar

from feedmaker._version import __version__
from feedmaker.files import read_note, write_file, write_note
from feedmaker.html.media_files import linked_media
from feedmaker.model import (
    FORMATS,
    Code,
    Failure,
    Feed,
    ItemSource,
    JoinedSection,
    Reason,
    Report,
    read_reason,
)
from feedmaker.model.errors import FeedmakerError
from feedmaker.output import thumbnails
from feedmaker.policy import schedule, selection
from feedmaker.text import urls
from feedmaker.text.site_names import full_title

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import datetime

    from feedmaker.model import Enclosure, Format, Section, Settings, Site, Story
    from feedmaker.store import Store, StoryOutline

    _P = ParamSpec("_P")
    _T = TypeVar("_T")

    class Work(Protocol):
        """`PageProcess.call`: does a job under limits. Raises PageError."""

        async def __call__(
            self, url: str, job: Callable[_P, _T], *arguments: _P.args, **named: _P.kwargs
        ) -> _T:
            """Return what the job makes of the page at `url`."""


# Characters of HTML in a feed or an archive. Half of 1,686 real stories have 5,300 of text at most.
_MOST_OF_FILE: Final = 2_500_000


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
        settings.ui,
        settings.thumbnails,
        facts,
        site.formerly,
        site.rules,
        section,
    )


async def publish_feed(
    settings: Settings,
    site: Site,
    section: Section,
    store: Store,
    *,
    work: Work,
    changed: int | None = None,
) -> Report:
    """Write the feed files of a section where they may be stale.

    The report says "published" where a feed file was written, and names the stories left out.
    `work` is `PageProcess.call`, which renders them: no story can take more than a page may.

    A note beside them says what they were made with and how many changes of the section they show,
    so each folder that is published to, on whichever machine, knows by itself what it lacks. It
    also names the stories left out, which are told as long as that holds.
    `changed` is that count where the caller knows it. Raises PublishError; raises InvalidFeedError
    before a feed of the section is replaced.
    """
    if changed is None:
        changed = store.sections.changed(site.slug, section.slug)
    out = Path(settings.out)
    paths = {form: out / section.file(site, form) for form in section.formats}
    note = out / site.slug / f".{section.slug}.made"
    made = _note_of_files(settings, site, section, store, changed)
    report = Report(
        site=site.slug,
        section=section.slug,
        status="unchanged",
    )
    noted, *left_out = read_note(note).split("\n")
    if noted == made and all(map(Path.exists, paths.values())):
        return replace(report, notes=tuple(filter(None, map(read_reason, left_out))))
    shown = _stored_feed(
        settings,
        site,
        section,
        store,
    )
    archived = await _publish_archives(settings, shown, store, work)
    shown = replace(shown, previous=archived[-1] if archived else "", archived=archived)
    rendered = await _render(shown, work)
    if shown.icon:
        _write_icon(out / site.slug / shown.icon, store, site)
    page = out / section.html_file(site)
    written = _write_files(rendered, paths, page, note=note, made=made)
    if settings.hub and settings.base_url:
        store.sections.add_pings([rendered.addresses[form] for form in written])
    return replace(
        report,
        status="published" if written else "unchanged",
        failures=rendered.left_out,
        notes=tuple(one.full_reason for one in rendered.left_out),
    )


def _note_of_files(
    settings: Settings, site: Site, section: Section, store: Store, changed: int
) -> str:
    """What the files of a section are made with: their icon, if any, and small pictures too."""
    icon = store.icons.name(site.slug) if settings.base_url else ""
    parts = (made_with(settings, site, section), store.meta("name"), str(changed), icon)
    made = " ".join(parts).strip()
    small = thumbnails.list_made(settings, site, section)
    return f"{made} {digest(sorted(small))}" if small else made


def _write_icon(path: Path, store: Store, site: Site) -> None:
    if not path.exists():
        write_file(path, store.icons.file(site.slug))


async def _render(shown: Feed, work: Work) -> RenderedSection:
    """Render a section; a story that cannot be, or takes too much, is left out and named."""
    home = shown.site.home
    try:
        rendered: RenderedSection = await work(home, render_section, shown)
    except FeedmakerError:
        shown, unfit = await _without_unfit(shown, work)
        if not shown.stories:
            raise  # what all have in common is no story's fault
        rendered = await work(home, render_section, shown)
        rendered = replace(rendered, left_out=(*rendered.left_out, *unfit))
    return rendered


def _write_files(
    rendered: RenderedSection,
    paths: dict[Format, Path],
    page: Path,
    *,
    note: Path,
    made: str,
) -> list[Format]:
    """Write feeds and page of a section, then the note of what they were made with.

    Returns the formats that were written.
    """
    if not rendered.page:
        # No story yet, or a new store: a file that is there tells more than an empty one.
        paths = {form: path for form, path in paths.items() if not path.exists()}
    made_of = {path: rendered.files[form] for form, path in paths.items()}
    if rendered.page:
        made_of[page] = rendered.page
        write_file(page, rendered.page)
    written = [form for form, path in paths.items() if write_file(path, made_of[path])]
    left_out = [one.full_reason.to_text() for one in rendered.left_out]
    write_note(note, "\n".join([made, *left_out]), made_of)
    return written


@dataclass(frozen=True, slots=True)
class RenderedSection:
    """The files of a section in full, with their addresses; `page` is empty without a story."""

    files: dict[Format, bytes]
    addresses: dict[Format, str]
    page: bytes
    left_out: tuple[Failure, ...]


def render_section(shown: Feed) -> RenderedSection:
    """Render the feeds and the page of a section, in the process that reads pages.

    Raises InvalidFeedError.
    """
    # feedgen, lxml and Jinja take 70 ms to import, and the run itself needs none of them.
    from feedmaker.output import feed, pages

    content = feed.prepare(shown)
    forms = shown.section.formats
    page = b""
    if content.items:
        page = pages.section_page(pages.section_view(content.feed), shown.base_url, shown.ui)
    return RenderedSection(
        files=feed.write_files(content, forms),
        addresses={form: feed.address(content.feed, form) for form in forms},
        page=page,
        left_out=content.left_out,
    )


def render_story(shown: Feed) -> None:
    """Render a section of one story, to see what that costs."""
    render_section(shown)


def render_archive(shown: Feed) -> bytes:
    """Render one month of a section, as `render_section`."""
    from feedmaker.output import feed  # as above

    return feed.render(shown, "atom")


async def _without_unfit(shown: Feed, work: Work) -> tuple[Feed, list[Failure]]:
    """Return a feed without the stories that cannot be rendered, or take too much, and these."""
    kept = []
    unfit = []
    for story in shown.stories:
        try:
            await work(story.url, render_story, replace(shown, stories=(story,)))
            kept.append(story)
        except FeedmakerError as error:
            reason = Reason.of(Code.LEFT_OUT, cause=replace(error.full_reason, url=""))
            unfit.append(Failure(url=story.url, reason=reason))
    return replace(shown, stories=tuple(kept)), unfit


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


def has_feed(settings: Settings, site: str, section: str) -> bool:
    """Whether a section by its slugs has a feed in `out`, be it of an earlier run or store."""
    return bool(list_files(settings, site, section))


def list_abandoned(settings: Settings, sites: Sequence[Site]) -> list[Path]:
    """Return the feed files of formats that their section has no more: nobody writes them again."""
    found = []
    for site in sites:
        for section in site.sections:
            for form in set(FORMATS).difference(section.formats):
                path = Path(settings.out, section.file(site, form))
                if path.exists():
                    found.append(path)
    return sorted(found)


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
    from feedmaker.output.feed.restore import read_records

    known = read_records(paths, site, now)
    store.stories.restore(site.slug, section.slug, known)
    return len(known)


def list_notes(settings: Settings, site: str, section: str) -> list[Path]:
    """Return the files beside the feeds of a section: its notes and its thumbnails."""
    folder = Path(settings.out) / site
    name = f".{section}.made"
    small = (folder / "pictures" / section).glob("*.jpg")
    return [folder / name, folder / "archive" / name, *sorted(small)]


def _stored_feed(
    settings: Settings,
    site: Site,
    section: Section,
    store: Store,
) -> Feed:
    """The newest stories of a section that pass its filters, and their pictures."""
    stored = store.stories.of_section(site.slug, section.slug)
    passing = (story for story in stored if selection.shows(section, story))
    stories = _within_size(islice(passing, section.items))
    dates = (story.published for story in stories if story.published)
    return Feed(
        site=site,
        section=section,
        stories=stories,
        base_url=settings.base_url,
        hub=settings.hub,
        ttl=schedule.ttl(dates),
        ui=settings.ui,
        thumbnails=thumbnails.list_made(settings, site, section),
        icon=store.icons.name(site.slug) if settings.base_url else "",
        enclosures=_enclosures(stories, store),
        sources=_sources(section, stories, store),
    )


def _sources(section: Section, stories: tuple[Story, ...], store: Store) -> dict[str, ItemSource]:
    """Where stories are from, by their ids: other sections, or the hosts of several addresses."""
    if isinstance(section, JoinedSection):
        found = {story.id: _source_section(section, store, story.id) for story in stories}
        return {story: source for story, source in found.items() if source}
    hosts: dict[str, ItemSource] = {}
    for url in section.urls:
        host = urls.key(url).partition("/")[0]
        hosts.setdefault(host, ItemSource(host, url))
    if len(hosts) < 2:
        return {}
    by_host = {story.id: urls.key(story.url).partition("/")[0] for story in stories}
    return {story: hosts[host] for story, host in by_host.items() if host in hosts}


def _source_section(section: JoinedSection, store: Store, story: str) -> ItemSource | None:
    """The first of a section's sources that has a story, by its id."""
    known = store.stories.sections_with(story)
    for source in section.sources:
        if (source.site, source.section.slug) in known:
            title = full_title(source.section.title, source.site_name)
            atom = f"{source.site}/{source.section.slug}.atom.xml"
            has_atom = "atom" in source.section.formats
            return ItemSource(title, source.page, atom if has_atom else "")
    return None


def _enclosures(stories: tuple[Story, ...], store: Store) -> dict[str, Enclosure]:
    """What servers say of the lead pictures of stories, and of the files that they link to."""
    wanted: list[str | None] = []
    for story in stories:
        wanted += [story.image, *linked_media(story.html)]
    return store.stories.pictures(wanted)


def _within_size(stories: Iterable[Story]) -> tuple[Story, ...]:
    """The stories of one file; those that make it too large with their summary only."""
    left = _MOST_OF_FILE
    shown = []
    for story in stories:
        size = len(story.html)
        shown.append(story if size <= left else replace(story, html="", text=""))
        left -= min(size, left)
    return tuple(shown)


def digest(*parts: object) -> str:
    """Return a digest of what a file is made with, this version of feedmaker included."""
    text = repr((__version__, *parts))
    return sha256(text.encode()).hexdigest()[:32]


# ---- archives


async def _publish_archives(
    settings: Settings, live: Feed, store: Store, work: Work
) -> tuple[str, ...]:
    """Write the archives of a section that may be stale. Raises PublishError.

    Returns the months that have one, the newest last. A note beside the archives says what each was
    made with.
    """
    site = live.site
    section = live.section
    if len(live.stories) < section.items:
        return ()  # the live feed shows all
    out = Path(settings.out)
    shown = {story.id for story in live.stories}
    months = _archived_months(live, store, shown)
    if not months:
        return ()
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
            write_file(path, await work(site.home, render_archive, archive))
        newest_story = outlines[0].story
        made[month] = f"{newest_story.id} {_archive_digest(around, outlines)}"
        write_note(note, json.dumps(made, indent=0), {})
    return tuple(sorted(months))


def _archived_months(live: Feed, store: Store, shown: set[str]) -> dict[str, list[StoryOutline]]:
    """The months of which the live feed does not show all, with their stories, newest first."""
    section = live.section
    months: dict[str, list[StoryOutline]] = {}
    archived = set()
    for outline in store.stories.outlines(live.site.slug, section.slug):
        if not selection.shows(section, outline.story):
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
    stories = _within_size(story for story in stored if story is not None)
    return replace(
        around,
        stories=stories,
        enclosures=_enclosures(stories, store),
        sources=_sources(around.section, stories, store),
    )


def _read_made(note: Path) -> dict[str, str]:
    """What each archive was made with, by month; {} where the note is lost or damaged."""
    try:
        made = json.loads(read_note(note) or "{}")
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
    return digest(
        around.base_url,
        site.name,
        site.home,
        around.section,
        around.previous,
        around.following,
        [outline.print for outline in outlines],
    )
