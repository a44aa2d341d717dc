"""The files in `out/` that tell of all sections: index, status, list of feeds, and health.

Like the files of a section they depend on the store alone and are written where they are stale.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from feedmaker.files import read_note, write_file, write_note
from feedmaker.model import Code, Feed, Reason, Report, Section, Site, State
from feedmaker.model.errors import FeedmakerError, PageLimitError
from feedmaker.output import health, thumbnails
from feedmaker.output.section_files import digest, made_with, publish_feed
from feedmaker.policy import selection
from feedmaker.store import SectionName
from feedmaker.text.translations import translation

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from feedmaker.model import Format, Settings, Story
    from feedmaker.output.health import SectionHealth
    from feedmaker.output.pages import SectionView
    from feedmaker.output.section_files import Work
    from feedmaker.store import Store

_ALL = 1_000_000_000
_LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
_PAGES = ("index.html", "status.html", "feeds.opml", "feed.css")
_HEALTH_FEED = "health.atom.xml"
_NOTE = ".pages.made"
_HEADLINES = 5  # of a section on the index page


async def publish_all(
    settings: Settings,
    sites: Sequence[Site],
    store: Store,
    now: datetime,
    *,
    work: Work,
    only: Sequence[str] = (),
) -> AsyncIterator[Report]:
    """Render from the store what `out` lacks: stale feeds and pages. Nothing is fetched.

    For a web host with an `out` of its own. Yields a report for each section that was run before,
    of all sites or of those whose slugs are in `only`. Raises PublishError where the pages cannot
    be written.
    """
    changes = store.sections.changes()
    for site in sites:
        if only and site.slug not in only:
            continue
        for section in site.sections:
            changed = changes.get(SectionName(site.slug, section.slug))
            if changed is None:
                continue
            try:
                report = await publish_feed(
                    settings,
                    site,
                    section,
                    store,
                    work=work,
                    changed=changed,
                )
            except FeedmakerError as error:
                report = Report(
                    site=site.slug,
                    section=section.slug,
                    status="kept",
                    reason=error.full_reason,
                    told=True,
                )
            yield report
    await publish_pages_apart(settings, sites, store, now, work)


def publish_pages(settings: Settings, sites: Sequence[Site], store: Store, now: datetime) -> None:
    """Write health files and pages where what they show changed. Raises PublishError."""
    shown = _read_stale(settings, sites, store, now)
    if shown:
        _write(settings, shown, render_overview(shown))


async def publish_pages_apart(
    settings: Settings, sites: Sequence[Site], store: Store, now: datetime, work: Work
) -> None:
    """Do the same, rendered where feeds are: what that imports is imported once."""
    shown = _read_stale(settings, sites, store, now)
    if not shown:
        return
    try:
        rendered = await work(str(Path(settings.out)), render_overview, shown)
    except PageLimitError:  # of very many sections it takes more than any page
        rendered = render_overview(shown)
    _write(settings, shown, rendered)


@dataclass(frozen=True, slots=True)
class Overview:
    """What the pages that tell of all sections show; `made` is a digest of it."""

    views: tuple[SectionView, ...]
    sites: Sequence[Site]
    entries: Sequence[health.HealthEntry]
    base_url: str
    ui: str
    made: str


def render_overview(shown: Overview) -> dict[str, bytes]:
    """Return the pages and the health feed, by their names in `out`."""
    # Jinja takes 35 ms to import, Babel 50, and an unchanged run needs none of them.
    from feedmaker.output import pages

    rendered = {
        name: pages.overview_page(name, shown.views, shown.base_url, shown.ui) for name in _PAGES
    }
    words = translation(shown.ui)
    feed = health.health_feed(shown.sites, shown.entries, shown.base_url, words)
    return rendered | {_HEALTH_FEED: feed}


def read_views(
    settings: Settings, sites: Sequence[Site], store: Store, now: datetime
) -> list[SectionView]:
    """Return what pages show of all sections at this moment."""
    found = health.read_health(settings, sites, store, now)
    return _status_views(settings, sites, store, found)


def page_style() -> str:
    """Return the style sheet of the pages, for others that are to look like them."""
    return (files("feedmaker.output.pages") / "page.css").read_text("utf-8")


def _write(settings: Settings, shown: Overview, rendered: dict[str, bytes]) -> None:
    out = Path(settings.out)
    files = {out / name: data for name, data in rendered.items()}
    for path, data in files.items():
        write_file(path, data)
    write_note(out / _NOTE, shown.made, files)


def _read_stale(
    settings: Settings, sites: Sequence[Site], store: Store, now: datetime
) -> Overview | None:
    """Write `health.json`; return what the other files show, None where they show it already."""
    out = Path(settings.out)
    found = health.read_health(settings, sites, store, now)
    health_json = health.health_json(sites, found, now)
    write_file(out / "health.json", health_json)
    entries = health.read_entries(store, found)
    # What the pages show: the configuration, which feeds are there, how each section fares, and a
    # count of changes.
    sections = [
        _files_facts(settings, site, section) for site in sites for section in site.sections
    ]
    changes = sorted(store.sections.changes().items())
    icons = [store.icons.name(site.slug) for site in sites]
    facts = digest(sections, icons, health_json, entries, changes)
    made = f"{facts} {store.meta('name')}"
    is_fresh = read_note(out / _NOTE) == made
    if is_fresh and all((out / name).exists() for name in (*_PAGES, _HEALTH_FEED)):
        return None
    views = _status_views(settings, sites, store, found)
    _remember(sites, store)
    return Overview(
        views=tuple(views),
        sites=sites,
        entries=entries,
        base_url=settings.base_url,
        ui=settings.ui,
        made=made,
    )


def _files_facts(settings: Settings, site: Site, section: Section) -> tuple[object, ...]:
    """What the pages show of the files of a section."""
    return (
        made_with(settings, site, section),
        sorted(_absent(settings, site, section)),
        sorted(thumbnails.list_made(settings, site, section)),
    )


def _status_views(
    settings: Settings, sites: Sequence[Site], store: Store, found: Sequence[SectionHealth]
) -> list[SectionView]:
    """What the pages show of all sections; where the file of a site has a mistake, as they were."""
    views = []
    for site in sites:
        known = site if site.sections else _last_known(site, store, found)
        for section in known.sections:
            view = _status_view(settings, known, section, store)
            views.append(view if site.sections else replace(view, state=_UNUSABLE))
    return views


_UNUSABLE: Final = State(status="kept", reason=Reason.of(Code.UNUSABLE))
# What pages show of a site: nothing that is secret, and no rule.
_SHOWN: Final = ("name", "home", "language", "timezone")


def _remember(sites: Sequence[Site], store: Store) -> None:
    """Remember what pages show of sites, for the day when the file of one has a mistake."""
    for site in sites:
        sections = [section.keys() for section in site.sections]
        facts = {key: getattr(site, key) for key in _SHOWN} | {"sections": sections}
        text = json.dumps(facts, ensure_ascii=False)
        if sections and store.meta(f"site {site.slug}") != text:
            store.set_meta(f"site {site.slug}", text)


def _last_known(site: Site, store: Store, found: Sequence[SectionHealth]) -> Site:
    """Return a site, whose file has a mistake, as it was; by what the store has if need be."""
    try:
        facts = json.loads(store.meta(f"site {site.slug}"))
        sections = tuple(_section(values) for values in facts.pop("sections"))
        return replace(site, **facts, sections=sections)
    except (ValueError, TypeError, KeyError):  # of another version, or never remembered
        names = [one.name for one in found if one.site == site.slug]
        return replace(site, sections=tuple(Section(slug=name, title=name) for name in names))


def _section(values: dict[str, Any]) -> Section:
    """The section of these values, as JSON has them."""
    lists = {key: tuple(value) for key, value in values.items() if isinstance(value, list)}
    return Section(**values | lists)


def _absent(settings: Settings, site: Site, section: Section) -> frozenset[Format]:
    """The formats of a section whose feed file is not there."""
    out = Path(settings.out)
    return frozenset(
        form for form in section.formats if not (out / section.file(site, form)).exists()
    )


def _icon_file(settings: Settings, site: Site, store: Store) -> str:
    """Return the file of a site's icon, relative to `out`, once it is there; "" where it has none.

    Raises PublishError.
    """
    name = store.icons.name(site.slug)
    data = store.icons.file(site.slug) if name else b""
    if not data:
        return ""
    write_file(Path(settings.out, site.slug, name), data)
    return f"{site.slug}/{name}"


def _shown_heads(name: SectionName, section: Section, store: Store) -> tuple[Story, ...]:
    """The stories that a section's feed shows, without their texts and pictures."""
    is_filtered = bool(section.include or section.exclude or section.category)
    limit = _ALL if is_filtered else section.items
    stored = store.stories.heads(*name, limit)
    passing = (story for story in stored if selection.shows(section, story))
    return tuple(islice(passing, section.items))


def _with_lead_picture(headlines: tuple[Story, ...], store: Store) -> tuple[Story, ...]:
    """The headlines with the picture of the first, the only one that is shown with its own."""
    whole = store.stories.get(headlines[0].id) if headlines else None
    if whole is None:
        return headlines
    return (replace(headlines[0], image=whole.image), *headlines[1:])


def _status_view(
    settings: Settings,
    site: Site,
    section: Section,
    store: Store,
) -> SectionView:
    """The headlines of a section and how it fares.

    The stories are read without their texts and pictures, which these pages do not show: that is a
    fifth of the work.
    """
    from feedmaker.output.pages import PLOT_DAYS, section_view  # as above

    name = SectionName(site.slug, section.slug)
    stories = _shown_heads(name, section, store)
    dates = (story.published for story in stories if story.published)
    newest = max(dates, default=_LONG_AGO)
    since = newest.date() - timedelta(days=PLOT_DAYS)
    feed = Feed(
        site=site,
        section=section,
        stories=stories,
        base_url=settings.base_url,
    )
    headlines = stories[:_HEADLINES]
    if settings.thumbnails:
        headlines = _with_lead_picture(headlines, store)
    return replace(
        section_view(feed),
        stories=headlines,
        thumbnails=thumbnails.list_made(settings, site, section),
        icon=_icon_file(settings, site, store),
        state=store.sections.state(*name),
        events=tuple(store.sections.events(*name)),
        figures=store.stories.figures(*name, section.items),
        days=store.stories.days(*name, since),
        heals=health.heals_of(store.sections.healed_rules(site.slug), section.slug),
        absent=_absent(settings, site, section),
    )
