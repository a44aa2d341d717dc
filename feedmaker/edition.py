"""From the store to `out/`: feeds and pages are rendered where they are stale, and left alone where they are not."""

from __future__ import annotations

from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from feedmaker import decide, publish
from feedmaker._version import __version__
from feedmaker.model import Feed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from feedmaker.model import Section, Settings, Site
    from feedmaker.store import Store

_HEADLINES = 5  # of a section on the index page


def made_with(settings: Settings, site: Site, section: Section) -> str:
    """A digest of what a section's feed is made with besides its stories: version and configuration."""
    identity = (site.slug, site.name, site.home, site.language, site.timezone, site.rules)
    return _digest(settings.base_url, settings.hub, identity, section)


def publish_feed(settings: Settings, site: Site, section: Section, store: Store) -> bool:
    """Write a section's feed files where they may be stale; whether one was written. Raises PublishError."""
    out, made = Path(settings.out), made_with(settings, site, section)
    paths = {form: out / section.file(site, form) for form in section.formats}
    if store.state(site.slug, section.slug).published == made and all(path.exists() for path in paths.values()):
        return False
    from feedmaker import feed

    shown = _feed(settings, site, section, store)
    # No story yet, or a store that was begun anew: a file that is there has more to tell than an empty one.
    wanted = {form: path for form, path in paths.items() if shown.stories or not path.exists()}
    written = [publish.write(path, feed.render(shown, form)) for form, path in wanted.items()]
    store.set_published(site.slug, section.slug, made)
    return any(written)


def files(settings: Settings, site: str, section: str) -> list[Path]:
    """What there is in `out` of a section by its slugs: feeds, page and archives."""
    folder = Path(settings.out) / site
    names = [f"{section}.{end}" for end in ("atom.xml", "rss.xml", "json", "html")]
    archives = sorted((folder / "archive").glob(f"{section}-[0-9][0-9][0-9][0-9]-[0-9][0-9].atom.xml"))
    return [path for name in names if (path := folder / name).exists()] + archives


def publish_pages(settings: Settings, sites: Sequence[Site], store: Store) -> None:
    """Write the pages that show all sections, where a feed or the configuration changed since they were written."""
    index, opml = (Path(settings.out) / name for name in ("index.html", "feeds.opml"))
    made = _digest(settings.base_url, sites)
    if store.meta("pages") == made and index.exists() and opml.exists():
        return
    from feedmaker import pages

    views = []
    for site in sites:
        for section in site.sections:
            shown = _feed(settings, site, section, store)
            latest, count = shown.stories[:_HEADLINES], len(shown.stories)
            views.append(
                pages.SectionView(site=site, section=section, stories=latest, updated=shown.updated, count=count)
            )
    publish.write(index, pages.index(views))
    publish.write(opml, pages.opml(sites, settings.base_url))
    store.set_meta("pages", made)


def _feed(settings: Settings, site: Site, section: Section, store: Store) -> Feed:
    shown = (story for story in store.stories(site.slug, section.slug) if decide.shows(section, story))
    stories = tuple(islice(shown, section.items))
    return Feed(
        site=site,
        section=section,
        stories=stories,
        base_url=settings.base_url,
        hub=settings.hub,
        ttl=decide.ttl(story.published for story in stories if story.published),
    )


def _digest(*parts: object) -> str:
    return sha256(repr((__version__, *parts)).encode()).hexdigest()[:32]
