"""From the store to `out/`: feeds and pages are rendered where they are stale, and left alone where
they are not.
"""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from feedmaker import files as feedmaker_files
from feedmaker._version import __version__
from feedmaker.fetch import ping
from feedmaker.model import BROKEN, Feed, Report
from feedmaker.model.errors import FeedmakerError
from feedmaker.output import health
from feedmaker.policy import schedule

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from feedmaker.fetch import Fetcher
    from feedmaker.model import Section, Settings, Site, Story
    from feedmaker.output.pages import SectionView
    from feedmaker.store import Store

_log = logging.getLogger(__name__)
_HUB_SECONDS = 20.0  # that telling the hub may take in all
_ALL = 1_000_000_000
_HEADLINES = 5  # of a section on the index page


def made_with(settings: Settings, site: Site, section: Section) -> str:
    """A digest of what a section's feed is made with besides its stories: version and
    configuration.
    """
    return _digest(
        settings.base_url, settings.hub, _shown(site), site.formerly, site.rules, section
    )


def publish_feed(
    settings: Settings, site: Site, section: Section, store: Store, changed: int | None = None
) -> bool:
    """Write a section's feed files where they may be stale; whether one was written.

    What they were made with, and how many changes of the section they show, is noted beside them:
    each folder that is published to, on whichever machine, knows by itself what it lacks. `changed`
    is that count where it is known. Raises PublishError, and InvalidFeedError before anything is
    written.
    """
    if changed is None:
        changed = store.state(site.slug, section.slug).changed
    out = Path(settings.out)
    paths = {form: out / section.file(site, form) for form in section.formats}
    made_so = note(settings, site.slug, section.slug)
    made = f"{made_with(settings, site, section)} {store.name()} {changed}"
    if feedmaker_files.read_note(made_so) == made and all(path.exists() for path in paths.values()):
        return False
    from feedmaker.output import archive, feed, pages

    shown = _feed(settings, site, section, store)
    pictures = store.pictures(story.image for story in shown.stories)
    shown = replace(
        shown, previous=archive.publish_months(settings, shown, store), enclosures=pictures
    )
    # No story yet, or a store that was begun anew: a file that is there has more to tell than an
    # empty one.
    wanted = {form: path for form, path in paths.items() if shown.stories or not path.exists()}
    rendered = {path: feed.checked(shown, form) for form, path in wanted.items()}
    if shown.stories:
        page = out / section.html_file(site)
        rendered[page] = pages.section(_view(shown))
        feedmaker_files.write_file(page, rendered[page])
    written = {
        form: feedmaker_files.write_file(path, rendered[path]) for form, path in wanted.items()
    }
    if settings.hub and settings.base_url:
        store.add_pings(feed.address(shown, form) for form, changed in written.items() if changed)
    feedmaker_files.write_note(made_so, made, rendered)
    return any(written.values())


def publish_all(
    settings: Settings, sites: Sequence[Site], store: Store, now: datetime, only: Sequence[str] = ()
) -> Iterator[Report]:
    """Render from the store alone what `out` lacks: feeds that changed, and the pages; nothing is
    fetched.

    For a web host with an `out` of its own. Gives a report for each section that has been run, of
    all sites or of `only` those with these slugs. Raises PublishError where the pages cannot be
    written.
    """
    changes = store.changes_by_section()
    for site in sites:
        for section in site.sections:
            name = site.slug, section.slug
            if name not in changes or (only and site.slug not in only):
                continue
            report = Report(site=site.slug, section=section.slug, status="unchanged")
            try:
                if publish_feed(settings, site, section, store, changes[name]):
                    report = replace(report, status="published")
            except FeedmakerError as error:
                report = replace(report, status="kept", reason=str(error), told=True)
            yield report
    publish_pages(settings, sites, store, now)


def files(settings: Settings, site: str, section: str) -> list[Path]:
    """What there is in `out` of a section by its slugs: feeds, page and archives."""
    folder = Path(settings.out) / site
    names = [f"{section}.{end}" for end in ("atom.xml", "rss.xml", "json", "html")]
    archives = sorted(
        (folder / "archive").glob(f"{section}-[0-9][0-9][0-9][0-9]-[0-9][0-9].atom.xml")
    )
    return [path for name in names if (path := folder / name).exists()] + archives


def restore_stories(
    settings: Settings, site: Site, section: Section, store: Store, now: datetime
) -> int:
    """Take the stories of a section's own files into a store that knows nothing of it; how many
    there were.

    So a store that was lost costs nothing: its feeds go on from what they show. The newest are
    asked again soon.
    """
    from feedmaker.output.feed import restore
    from feedmaker.policy import near_duplicates

    had: dict[str, Story] = {}
    for path in files(settings, site.slug, section.slug):
        with suppress(OSError):
            for story in restore.stories(path.read_bytes(), site.name):
                had.setdefault(story.id, story)
    known = []
    for place, story in enumerate(
        sorted(had.values(), key=lambda one: one.published or now, reverse=True)
    ):
        # A second apart, as on a listing, so that stories of one minute keep their order.
        whole = replace(story, first_seen=now.replace(microsecond=0) - timedelta(seconds=place))
        age = now - (story.published or now)
        again = (
            now if site.fetch.recheck and age < timedelta(hours=site.fetch.recheck[-1]) else None
        )
        known.append((whole, schedule.digest(whole), again, near_duplicates.signature(whole)))
    store.restore(site.slug, section.slug, known)
    return len(known)


def note(settings: Settings, site: str, section: str) -> Path:
    """Where it is noted what a section's files were made with."""
    return Path(settings.out) / site / f".{section}.made"


def publish_health(settings: Settings, sites: Sequence[Site], store: Store, now: datetime) -> None:
    """Write `health.json` and `health.atom.xml`, where what they tell changed. Raises PublishError."""
    out, found = Path(settings.out), health.fares(store, sites, now)
    feedmaker_files.write_file(out / "health.json", health.machine(found, now))
    feedmaker_files.write_file(
        out / "health.atom.xml", health.feed(store, sites, found, settings.base_url)
    )


def publish_pages(settings: Settings, sites: Sequence[Site], store: Store, now: datetime) -> None:
    """Write the pages that show all sections, where what they tell changed since they were written."""
    publish_health(settings, sites, store, now)
    out = Path(settings.out)
    names = ("index.html", "status.html", "feeds.opml", "feed.css")
    made_so = out / ".pages.made"
    fares = sorted(
        (name, state.status in BROKEN, state.since, state.reason, state.note)
        for name, state in store.states().items()
    )
    heals = [store.heals(site.slug) for site in sites]
    made = _digest(
        settings.base_url, [(*_shown(site), site.sections) for site in sites], fares, heals
    )
    made = f"{made} {store.name()} {store.changes()}"
    if feedmaker_files.read_note(made_so) == made and all((out / name).exists() for name in names):
        return
    from feedmaker.output import pages

    views = [
        _fares(_heads(settings, site, section, store), store)
        for site in sites
        for section in site.sections
    ]
    rendered = {
        out / "index.html": pages.index(views),
        out / "status.html": pages.status(views),
        out / "feeds.opml": pages.opml(sites, settings.base_url),
        out / "feed.css": pages.feed_css(),
    }
    for path, data in rendered.items():
        feedmaker_files.write_file(path, data)
    feedmaker_files.write_note(made_so, made, rendered)


def _view(shown: Feed) -> SectionView:
    """What a feed shows, for the pages."""
    from feedmaker.output.pages import SectionView

    times = [story.published for story in shown.stories if story.published]
    return SectionView(
        site=shown.site,
        section=shown.section,
        stories=shown.stories,
        updated=shown.updated,
        count=len(shown.stories),
        rhythm=schedule.rhythm(times, max(times)) if times else None,
    )


def _fares(shown: Feed, store: Store) -> SectionView:
    """The newest of what a feed shows, and how its section fares."""
    from feedmaker.output.pages import plots

    view, name = _view(shown), (shown.site.slug, shown.section.slug)
    newest = max((story.published for story in shown.stories if story.published), default=None)
    return replace(
        view,
        stories=shown.stories[:_HEADLINES],
        state=store.state(*name),
        events=tuple(store.events(*name)),
        figures=store.figures(*name, shown.section.items),
        days=store.days(*name, newest.date() - timedelta(days=plots.DAYS)) if newest else {},
        heals=tuple(
            heal
            for section, heal in store.heals(shown.site.slug)
            if section in ("", shown.section.slug)
        ),
    )


async def tell_hub(settings: Settings, store: Store, fetcher: Fetcher) -> None:
    """Tell the WebSub hub of the feeds that changed, now that they are out; what it does not take
    the next run tells.

    A hub that fails, or is slow, fails nothing else.
    """
    topics = store.pings() if settings.hub else []

    async def one(topic: str) -> None:
        try:
            await ping(fetcher, settings.hub, topic)
        except Exception as error:  # noqa: BLE001 - whatever it is, the feeds are out
            _log.info("%s: the hub was not told: %s", topic, error)
        else:
            store.pinged(topic)

    with suppress(TimeoutError):
        async with asyncio.timeout(_HUB_SECONDS):
            await asyncio.gather(*map(one, topics))


def _feed(settings: Settings, site: Site, section: Section, store: Store) -> Feed:
    shown = (
        story for story in store.stories(site.slug, section.slug) if schedule.shows(section, story)
    )
    stories = tuple(islice(shown, section.items))
    return Feed(
        site=site,
        section=section,
        stories=stories,
        base_url=settings.base_url,
        hub=settings.hub,
        ttl=schedule.ttl(story.published for story in stories if story.published),
    )


def _heads(settings: Settings, site: Site, section: Section, store: Store) -> Feed:
    """The same without texts and enclosures, which the pages of all sections do not show: a fifth
    of the work.
    """
    filtered = section.include or section.exclude or section.category
    heads = store.heads(site.slug, section.slug, _ALL if filtered else section.items)
    stories = tuple(
        islice((story for story in heads if schedule.shows(section, story)), section.items)
    )
    return Feed(site=site, section=section, stories=stories, base_url=settings.base_url)


def _shown(site: Site) -> tuple[str, ...]:
    """What is shown of a site itself."""
    return (site.slug, site.name, site.home, site.language, site.timezone)


def _digest(*parts: object) -> str:
    return sha256(repr((__version__, *parts)).encode()).hexdigest()[:32]
