"""`feedmaker check --live`: ask each section's listing once, and compare it with the store."""

from __future__ import annotations

import asyncio
from contextlib import closing, nullcontext
from typing import TYPE_CHECKING

from feedmaker.cli import words
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
        print(f"{'/'.join(slugs)}: paused, not asked")
        return True
    state = store.sections.state(*slugs) if store else State()
    if isinstance(section, JoinedSection):
        of = ", ".join(section.sections_of)
        print(f"{'/'.join(slugs)}: {state.links} stories of {of}; nothing is to be asked")
        return True
    try:
        found = await preview_section(preview, section, settings, store)
    except PageError as error:
        worked = ""
        if state.good_at:
            worked = f"; it last worked {state.good_at:%Y-%m-%d %H:%M} UTC"
        print(f"{'/'.join(slugs)}: does not work: {error}{worked}")
        return False
    print(f"{'/'.join(slugs)}: {_describe(found, state)}")
    return True


def _describe(found: SectionPreview, state: State) -> str:
    """Say in one line what a listing holds now, and what changed."""
    if found.links is None:
        return f"unchanged since the last run, {state.links} links"
    if found.sitemaps:
        return f"works: a sitemap index of {found.sitemaps} sitemaps"
    parts = [f"works: {found.links} links"]
    if found.new is not None:
        parts.append(f"{found.new} new since the last run")
        if state.usual and found.links * 2 < state.usual:
            parts.append(f"usually there are {state.usual}")
    parts += [f"CHANGED: {health.describe_heal(rule, words())}" for rule in found.healed]
    return ", ".join(parts)
