"""A section of stories that other sections have: from the store alone, nothing is fetched."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from feedmaker.model import Link, Report, Validators
from feedmaker.output import section_files
from feedmaker.policy import selection

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feedmaker.model import JoinedSection, SourceSection
    from feedmaker.pipeline.section import SiteRun


async def build_joined(run: SiteRun, section: JoinedSection, made_with: str) -> Report:
    """Take the stories that a section wants of its sources, and publish its feed.

    A source is looked through where its feed changed, or what the section wants did. A lost store
    is made good as that of any section.
    """
    store, name = run.store, (run.site.slug, section.slug)
    if store.links.is_empty(*name):
        section_files.restore_stories(run.settings, run.site, section, store, run.now)
    # Once a day all is looked through: of a source a filter may have changed.
    read_with = f"{made_with} {run.now:%Y-%m-%d}"
    looked_at: dict[str, Validators] = {}
    links, before = 0, store.stories.count(*name)
    for source in section.sources:
        of_source = (source.site, source.section.slug)
        key = "sections_of {}/{}".format(*of_source)
        changes = str(store.sections.changed(*of_source))
        if store.sections.validators(*name, key, read_with).etag == changes:
            continue
        wanted = list(_wanted_stories(run, section, source))
        links += len(wanted)
        store.links.take_stories(*name, wanted, source=of_source, now=run.now)
        looked_at[key] = Validators(etag=changes)
    published = await section_files.publish_feed(
        run.settings, run.site, section, store, work=run.process.call
    )
    store.sections.set_validators(*name, looked_at, read_with)
    if looked_at:
        store.forget(*name, items=section.items, keep_days=section.keep_days, now=run.now)
    return Report(
        site=run.site.slug,
        section=section.slug,
        status=published.status,
        links=links if looked_at else None,
        added=store.stories.count(*name) - before,
        failures=published.failures,
        notes=published.notes,
    )


def _wanted_stories(run: SiteRun, section: JoinedSection, source: SourceSection) -> Iterator[str]:
    """The ids of the stories that the feed of a source shows and the section wants."""
    oldest = run.now - timedelta(days=section.max_age) if section.max_age else None
    stories = run.store.stories.since(
        source.site,
        source.section.slug,
        oldest.isoformat(timespec="seconds") if oldest else "",
        run.site.fetch.max_links,
    )
    for story in stories:
        if oldest and story.published and story.published < oldest:
            continue
        is_shown = selection.shows(source.section, story) and selection.shows(section, story)
        if is_shown and selection.wants(section, Link(url=story.url, title=story.title)):
            yield story.id
