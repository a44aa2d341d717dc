"""`feedmaker check --live`: ask each section's listing once, and compare it with the store."""

from __future__ import annotations

import asyncio
from contextlib import closing, nullcontext
from typing import TYPE_CHECKING

from feedmaker.cli import reason_line, tell, words
from feedmaker.fetch import Fetcher
from feedmaker.model import JoinedSection, State
from feedmaker.model.errors import PageError
from feedmaker.output import health
from feedmaker.pipeline import PageProcess
from feedmaker.pipeline.preview import Preview, SectionPreview, preview_section
from feedmaker.store import Store, exists

if TYPE_CHECKING:
    from collections.abc import Sequence

    from feedmaker.model import Section, Settings, Site


def check(settings: Settings, sites: Sequence[Site]) -> int:
    """Ask all sections, print a line for each, and return the exit code: 1 where one fails."""
    with (
        closing(PageProcess()) as process,
        Store(settings.store) if exists(settings.store) else nullcontext() as store,
    ):
        all_work = asyncio.run(_check_sites(settings, sites, store, process))
    return 0 if all_work else 1


async def _check_sites(
    settings: Settings, sites: Sequence[Site], store: Store | None, process: PageProcess
) -> bool:
    async with Fetcher(settings, store.robots if store else {}) as fetcher:
        previews = [Preview(fetcher, site, process) for site in sites]
        checks = (_check_site(settings, preview, store) for preview in previews)
        return all(await asyncio.gather(*checks))


async def _check_site(settings: Settings, preview: Preview, store: Store | None) -> bool:
    all_work = True
    for section in preview.site.sections:
        works = await _check_section(settings, preview, section, store)
        all_work = all_work and works
    return all_work


async def _check_section(
    settings: Settings, preview: Preview, section: Section, store: Store | None
) -> bool:
    """Ask one section and print how it is; return whether it works.

    One that is paused is not asked.
    """
    slugs = (preview.site.slug, section.slug)
    if section.paused:
        print(f"{'/'.join(slugs)}: {tell('paused, not asked')}")
        return True
    state = store.sections.state(*slugs) if store else State()
    if isinstance(section, JoinedSection):
        of = ", ".join(section.sections_of)
        joined = "{count} stories of {sections}; nothing is to be asked"
        print(f"{'/'.join(slugs)}: {tell(joined, count=state.links, sections=of)}")
        return True
    try:
        found = await preview_section(preview, section, settings, store)
    except PageError as error:
        worked = ""
        if state.good_at:
            worked = tell("; it last worked {when}", when=f"{state.good_at:%Y-%m-%d %H:%M} UTC")
        broken = tell("does not work: {why}", why=reason_line(error.full_reason))
        print(f"{'/'.join(slugs)}: {broken}{worked}")
        return False
    print(f"{'/'.join(slugs)}: {_describe(found, state)}")
    return True


def _describe(found: SectionPreview, state: State) -> str:
    """Say in one line what a listing holds now, and what changed."""
    if found.links is None:
        return tell("unchanged since the last run, {count} links", count=state.links)
    if found.sitemaps:
        return tell("works: a sitemap index of {count} sitemaps", count=found.sitemaps)
    parts = [tell("works: {count} links", count=found.links)]
    if found.new is not None:
        parts.append(tell("{count} new since the last run", count=found.new))
        if state.usual and found.links * 2 < state.usual:
            parts.append(tell("usually there are {count}", count=state.usual))
    healed = [health.describe_heal(rule, words()) for rule in found.healed]
    parts += [tell("CHANGED: {what}", what=what) for what in healed]
    return tell(", ").join(parts)
