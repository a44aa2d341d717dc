"""The files in `out/` that tell of all sections: index, status, list of feeds, and health.

Like the files of a section they depend on the store alone and are written where they are stale: of
many sections part by part, see `overview_parts`.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from functools import partial
from hashlib import sha256
from importlib.resources import files
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from feedmaker.files import read_note, write_file, write_note
from feedmaker.model import Code, Feed, Reason, Report, Section, Site, State
from feedmaker.model.errors import FeedmakerError, PageLimitError
from feedmaker.output import health, thumbnails
from feedmaker.output.overview_parts import (
    OverviewFacts,
    OverviewNote,
    OverviewPart,
    PartNote,
    list_parts,
    read_overview_note,
    site_pages,
)
from feedmaker.output.section_files import digest, publish_feed
from feedmaker.policy import selection
from feedmaker.store import SectionName
from feedmaker.text.translations import translation

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence

    from feedmaker.model import Format, Settings, Story
    from feedmaker.output.health import SectionHealth
    from feedmaker.output.pages import SectionView
    from feedmaker.output.section_files import Work
    from feedmaker.store import Store

_ALL = 1_000_000_000
_LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
# Files that tell of all parts, each with the template that it is made by.
_WHOLE: Final = {"feeds.opml": "feeds.opml", "feed.css": "feed.css"}
_OF_SITES: Final = {"index.html": "sites.html", "status.html": "sites_status.html"}
_HEALTH_FEED = "health.atom.xml"
_HEALTH_FILE = "health.json"
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
    publication = _Publication(settings, sites, store, now)
    for shown in publication.stale():
        publication.write(render_overview(shown))
    publication.end()


async def publish_pages_apart(
    settings: Settings, sites: Sequence[Site], store: Store, now: datetime, work: Work
) -> None:
    """Do the same, rendered where feeds are: what that imports is imported once."""
    publication = _Publication(settings, sites, store, now)
    for shown in publication.stale():
        try:
            rendered = await work(str(Path(settings.out)), render_overview, shown)
        except PageLimitError:  # of very many sections it takes more than any page
            rendered = render_overview(shown)
        publication.write(rendered)
    publication.end()


class Overview(NamedTuple):
    """What some of the pages that tell of all sections show.

    `pages` are their names in `out`, each with the template that it is made by; `part` is the name
    of theirs. Without `entries` there is no health feed among them.
    """

    pages: dict[str, str]
    views: tuple[SectionView, ...]
    sites: Sequence[Site]
    base_url: str
    ui: str
    part: str = ""
    entries: Sequence[health.HealthEntry] | None = None


def render_overview(shown: Overview) -> dict[str, bytes]:
    """Return the pages and the health feed, by their names in `out`."""
    # Jinja takes 35 ms to import, Babel 50, and an unchanged run needs none of them.
    from feedmaker.output import pages

    rendered = {
        name: pages.overview_page(template, shown.views, shown.base_url, shown.ui, shown.part)
        for name, template in shown.pages.items()
    }
    if shown.entries is not None:
        words = translation(shown.ui)
        feed = health.health_feed(shown.sites, shown.entries, shown.base_url, words)
        rendered[_HEALTH_FEED] = feed
    return rendered


class _Publication:
    """Finds out what is stale among the files that tell of all sections, and writes it."""

    def __init__(
        self, settings: Settings, sites: Sequence[Site], store: Store, now: datetime
    ) -> None:
        self._settings = settings
        self._sites = sites
        self._store = store
        self._now = now
        self._out = Path(settings.out)
        self._there = {path.name for path in self._out.glob("*.*")}
        self._facts = OverviewFacts(settings, store)
        self._parts = list_parts(sites)
        is_one = [part.name for part in self._parts] == [""]
        self._whole = _WHOLE if is_one else _WHOLE | _OF_SITES
        self._health = read_note(self._out / _HEALTH_FILE).encode()
        noted = read_overview_note(self._out / _NOTE)
        self._noted = noted if noted.health == sha256(self._health).hexdigest() else OverviewNote()
        self._made = OverviewNote()
        self._found: dict[str, list[SectionHealth]] = {}
        self._written: dict[Path, bytes] = {}

    def stale(self) -> Iterator[Overview]:
        """Yield what is to be rendered: stale parts, then what tells of all of them."""
        lasting = []
        told = []
        known = health.split_lines(self._health) if self._noted.parts else {}
        for part in self._parts:
            made = self._facts.of_part(part)
            lasting.append(made.lasting)
            noted = self._noted.parts.get(part.name)
            if noted and self._is_fresh(part, noted, made.all):
                same = [line for site in part.sites for line in known.get(site.slug, ())]
                lines = health.HealthLines(lines=same, good=noted.good, silent=noted.silent)
            else:
                lines = health.health_lines(part.sites, self._read_health(part), self._now)
                noted = PartNote(made.all, self._until(part), lines.good, lines.silent)
                yield self._part_shown(part)
            told.append(lines)
            self._made.parts[part.name] = noted
        self._health = health.health_json(told)
        self._made.whole = digest(self._facts.common, lasting, [one.silent for one in told])
        is_whole = self._there.issuperset([*self._whole, _HEALTH_FEED])
        if self._made.whole != self._noted.whole or not is_whole:
            yield self._whole_shown()

    def write(self, rendered: dict[str, bytes]) -> None:
        """Write what was rendered."""
        for name, data in rendered.items():
            path = self._out / name
            write_file(path, data)
            self._written[path] = data

    def end(self) -> None:
        """Write `health.json`, the note, and remove the pages of parts that are gone."""
        self._made.health = sha256(self._health).hexdigest()
        if self._made == self._noted:
            return
        self.write({_HEALTH_FILE: self._health})
        for name in self._noted.parts.keys() - self._made.parts.keys() - {""}:
            for page in site_pages(name):
                (self._out / page).unlink(missing_ok=True)
        write_note(self._out / _NOTE, self._made.to_text(), self._written)

    def _is_fresh(self, part: OverviewPart, noted: PartNote, made: str) -> bool:
        is_same = noted.made == made and self._now.astimezone(UTC).isoformat() <= noted.until
        return is_same and self._there.issuperset(part.pages)

    def _read_health(self, part: OverviewPart) -> list[SectionHealth]:
        if part.name not in self._found:
            states: dict[SectionName, State] = {}
            for site in part.sites:
                states |= self._store.sections.states_of(site.slug)
            found = health.read_health(self._settings, part.sites, self._store, self._now, states)
            self._found[part.name] = found
        return self._found[part.name]

    def _until(self, part: OverviewPart) -> str:
        """When a part is made again though nothing of it changed: a section may fall silent.

        At midnight at the latest: stories are forgotten once a day.
        """
        tomorrow = self._now.astimezone(UTC).date() + timedelta(days=1)
        times = [one.lasts_until for one in self._read_health(part) if one.lasts_until]
        times.append(datetime.combine(tomorrow, time(0), UTC))
        return min(times).astimezone(UTC).isoformat()

    def _part_shown(self, part: OverviewPart) -> Overview:
        _remember(part.sites, self._store)
        return Overview(
            pages=part.pages,
            views=tuple(read_views(self._settings, part.sites, self._store)),
            sites=part.sites,
            base_url=self._settings.base_url,
            ui=self._settings.ui,
            part=part.name,
        )

    def _whole_shown(self) -> Overview:
        found = [one for part in self._parts for one in self._read_health(part)]
        brief = partial(_brief_view, self._settings, self._store.sections.states())
        return Overview(
            pages=self._whole,
            views=tuple(_views(self._sites, self._store, brief)),
            sites=self._sites,
            base_url=self._settings.base_url,
            ui=self._settings.ui,
            entries=health.read_entries(self._store, found),
        )


def read_views(settings: Settings, sites: Sequence[Site], store: Store) -> list[SectionView]:
    """Return what pages show of all sections; where a site's file has a mistake, as they were."""
    return list(_views(sites, store, partial(_status_view, settings, store)))


def page_style() -> str:
    """Return the style sheet of the pages, for others that are to look like them."""
    return (files("feedmaker.output.pages") / "page.css").read_text("utf-8")


def _views(
    sites: Sequence[Site], store: Store, view_of: Callable[[Site, Section], SectionView]
) -> Iterator[SectionView]:
    for site in sites:
        known = site if site.sections else _last_known(site, store)
        for section in known.sections:
            view = view_of(known, section)
            yield view if site.sections else replace(view, state=_UNUSABLE)


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


def _last_known(site: Site, store: Store) -> Site:
    """Return a site, whose file has a mistake, as it was; by what the store has if need be."""
    try:
        facts = json.loads(store.meta(f"site {site.slug}"))
        sections = tuple(_section(values) for values in facts.pop("sections"))
        return replace(site, **facts, sections=sections)
    except (ValueError, TypeError, KeyError):  # of another version, or never remembered
        names = [name.section for name in store.sections.states_of(site.slug)]
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


def _brief_view(
    settings: Settings, states: Mapping[SectionName, State], site: Site, section: Section
) -> SectionView:
    """Where the feeds of a section are, and whether it is broken."""
    from feedmaker.output.pages import SectionView  # as above

    return SectionView(
        site=site,
        section=section,
        state=states.get(SectionName(site.slug, section.slug), State()),
        absent=_absent(settings, site, section),
    )


def _status_view(settings: Settings, store: Store, site: Site, section: Section) -> SectionView:
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
