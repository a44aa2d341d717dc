"""`feedmaker check --live`: each section's listing is asked for once, and compared with what the
store knows of it.
"""

from __future__ import annotations

import asyncio
from contextlib import nullcontext
from typing import TYPE_CHECKING

from feedmaker.model.errors import FetchError, ListingError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from feedmaker.fetch import Fetcher
    from feedmaker.model import HealedRule, Link, NotModified, Page, Section, Settings, Site, State
    from feedmaker.store import Store


def check(settings: Settings, sites: Sequence[Site]) -> int:
    """Ask all sections, print a line for each, and return the exit code: 1 where one does not work."""
    from feedmaker.store import Store, exists

    with Store(settings.store) if exists(settings.store) else nullcontext() as store:
        results = asyncio.run(_ask_all(settings, sites, store))
    return 0 if all(results) else 1


async def _ask_all(settings: Settings, sites: Sequence[Site], store: Store | None) -> list[bool]:
    from feedmaker.fetch import Fetcher

    async with Fetcher(settings, store.robots if store else {}) as fetcher:

        async def one(site: Site) -> list[bool]:
            pages: dict[str, Page | NotModified] = {}
            return [
                await _section(settings, site, section, store, fetcher, pages)
                for section in site.sections
            ]

        return [good for results in await asyncio.gather(*map(one, sites)) for good in results]


async def _section(
    settings: Settings,
    site: Site,
    section: Section,
    store: Store | None,
    fetcher: Fetcher,
    pages: dict[str, Page | NotModified],
) -> bool:
    """Ask one section and say how it is; whether it works."""
    from feedmaker import listing
    from feedmaker.model import Page, State, Validators
    from feedmaker.output import section_files

    state = store.sections.state(site.slug, section.slug) if store else State()
    made_with = section_files.made_with(settings, site, section)

    async def ask(url: str, *, anew: bool = False) -> Page | NotModified:
        known = (
            store.sections.validators(site.slug, section.slug, url, made_with)
            if store and not anew
            else Validators()
        )
        if url not in pages:
            pages[url] = await fetcher.get(url, site.fetch_limits, known)
        return pages[url]

    name = f"{site.slug}/{section.slug}"
    try:
        heals = (
            [h for name, h in store.sections.healed_rules(site.slug) if name == section.slug]
            if store
            else []
        )
        mended = {heal.before: heal.after for heal in heals if heal.what in ("urls", "nav")}
        addresses = tuple(mended.get(url, url) for url in section.urls) or (
            section.page or site.home,
        )
        if section.nav:
            home = await ask(addresses[0], anew=True)
            label = mended.get(section.nav, section.nav)
            addresses = (listing.nav_url(home, label) if isinstance(home, Page) else state.nav_url,)
        found = [await ask(url) for url in addresses]
        told = _told(site, section, store, state, found)
    except (FetchError, ListingError) as error:
        worked = f"; it last worked {state.good_at:%Y-%m-%d %H:%M} UTC" if state.good_at else ""
        print(f"{name}: does not work: {error}{worked}")
        return False
    print(f"{name}: {told}")
    return True


def _told(
    site: Site,
    section: Section,
    store: Store | None,
    state: State,
    found: Sequence[Page | NotModified],
) -> str:
    """What a section's pages hold now, and what changed. Raises ListingError."""
    from feedmaker import listing
    from feedmaker.model import Page
    from feedmaker.output import health
    from feedmaker.text import urls

    pages = [page for page in found if isinstance(page, Page)]
    if not pages:
        return f"unchanged since the last run, {state.links} links"
    known = store.links.newest(site.slug, section.slug, 1000) if store else []
    earlier = store.sections.healed_rules(site.slug) if store else []
    healed = [rule for name, rule in earlier if name == section.slug]
    links: list[Link] = []
    new_rules: list[HealedRule] = []
    for page in pages:
        children = listing.child_sitemaps(page)
        if children:
            return f"works: a sitemap index of {len(children)} sitemaps"
        listed = listing.section_links(
            page,
            section,
            site.rules,
            known[:100],
            healed=[*healed, *new_rules],
            limits=site.fetch.limits,
        )
        links += listed.links
        new_rules += listed.healed
    had = {urls.key(link.url) for link in known}
    new = sum(urls.key(link.url) not in had for link in links)
    parts = [f"works: {len(links)} links"]
    if known:
        parts.append(f"{new} new since the last run")
        if state.usual and len(links) * 2 < state.usual:
            parts.append(f"usually there are {state.usual}")
    parts += [f"CHANGED: {health.describe_heal(rule)}" for rule in new_rules]
    return ", ".join(parts)
