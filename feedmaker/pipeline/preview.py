"""One page or one section tried, and nothing kept: for `explain`, `check --live` and setup."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from feedmaker.html import wordpress_rest
from feedmaker.model import NO_VALIDATORS, Link, Page, Site
from feedmaker.model.errors import FetchError
from feedmaker.output import section_files
from feedmaker.pipeline import page_work, post_work
from feedmaker.pipeline.found_sources import find_source
from feedmaker.pipeline.page_redirect import fetch_page
from feedmaker.pipeline.rest_posts import find_posts
from feedmaker.policy.selection import wants
from feedmaker.policy.source_choice import SourceAt, links_of_part, source_named
from feedmaker.text import urls

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from feedmaker.fetch import Fetcher
    from feedmaker.model import (
        HealedRule,
        NotModified,
        Section,
        Settings,
        Validators,
    )
    from feedmaker.pipeline.page_process import PageProcess
    from feedmaker.store import Store

_P = ParamSpec("_P")
_T = TypeVar("_T")


def site_of(url: str, sites: Sequence[Site], settings: Settings) -> Site:
    """Return the configured site that a page is of; a bare one where none is, as `settings` say."""
    for site in sites:
        if urls.same_site(site.home, url):
            return site
    return Site(slug="", name="", home=url, sections=(), fetch=settings.fetch)


@dataclass
class Preview:
    """What is tried of one site; each page is fetched once, and read in `process`.

    All work on a page goes through `work`: there it stands under the limits of a run.
    """

    fetcher: Fetcher
    site: Site
    process: PageProcess | None = None
    pages: dict[str, Page | NotModified | FetchError] = field(default_factory=dict)

    async def fetch(self, url: str, validators: Validators = NO_VALIDATORS) -> Page | NotModified:
        """Fetch a page. Raises FetchError, again where it failed before."""
        if url not in self.pages:
            try:
                limits = self.site.fetch_limits
                found = await fetch_page(self.fetcher, url, limits, validators)
                self.pages[url] = found
            except FetchError as error:
                self.pages[url] = error
        known = self.pages[url]
        if isinstance(known, FetchError):
            raise known
        return known

    async def page(self, url: str) -> Page:
        """Fetch a page unconditionally. Raises FetchError."""
        page = await self.fetch(url)
        assert isinstance(page, Page), "an unconditional request was answered 304"
        return page

    def robots(self, url: str) -> str:
        """Return the robots.txt of the host of a page that was fetched; "" where there is none."""
        return self.fetcher.robots(url)

    async def work(
        self, url: str, job: Callable[_P, _T], *arguments: _P.args, **named: _P.kwargs
    ) -> _T:
        """Return what a function of a module makes of the page at `url`; see `PageProcess.call`.

        Raises PageError.
        """
        if self.process is None:
            return job(*arguments, **named)
        return await self.process.call(url, job, *arguments, **named)

    def texts(self) -> list[str]:
        """Return the texts of all pages that were fetched."""
        return [page.text for page in self.pages.values() if isinstance(page, Page)]


@dataclass(frozen=True, slots=True)
class SectionPreview:
    """What the listing of a section holds now.

    `links` is None where no page changed since the last run; `new` counts those that the store does
    not know, None where it knows nothing of the section. `sitemaps` counts those of a sitemap
    index, which are not read. `healed` are rules that were replaced just now.
    """

    links: int | None
    new: int | None = None
    sitemaps: int = 0
    healed: tuple[HealedRule, ...] = ()


async def preview_section(
    preview: Preview, section: Section, settings: Settings, store: Store | None
) -> SectionPreview:
    """Ask for a section's listing as a run would, and compare it with what the store knows.

    Raises FetchError and ListingError. Of a section by the REST API its index is asked for.
    """
    site = preview.site
    known = store.links.newest(site.slug, section.slug, 1000) if store else []
    healed = _healed_rules(store, site, section) if store else []
    source = _source_of(section, store, site, healed)
    if source.kind == "wordpress":
        return await _preview_posts(preview, section, source.at, known)
    pages = await _listing_pages(preview, section, settings, store, healed, source)
    changed = [page for page in pages if isinstance(page, Page)]
    if not changed:
        return SectionPreview(links=None)
    links: list[Link] = []
    newly_healed: list[HealedRule] = []
    for page in changed:
        found = await preview.work(
            page.url,
            page_work.trace_listing,
            page,
            site,
            section,
            known=known[:100],
            healed=[*healed, *newly_healed],
        )
        if found.sitemaps:
            return SectionPreview(links=0, sitemaps=found.sitemaps)
        if found.problem:
            raise found.problem
        links += links_of_part(found.listing.links, source.part)
        newly_healed += found.listing.healed
    return _compared(links, known, newly_healed)


def _source_of(
    section: Section, store: Store | None, site: Site, healed: Sequence[HealedRule]
) -> SourceAt:
    """The source that is configured, or took its place."""
    for rule in healed:
        if rule.what == "source" and rule.before in section.urls and section.source == "auto":
            return source_named(rule.name)
    if store is None or not section.urls:
        return SourceAt(section.source)
    state = store.sections.state(site.slug, section.slug)
    is_known = state.nav_from == f"{section.source} {section.urls[0]}"
    return SourceAt(section.source, state.nav_url if is_known else "")


async def _preview_posts(
    preview: Preview, section: Section, at: str, known: Sequence[Link]
) -> SectionPreview:
    """Ask for the index of a REST API as a run would. Raises FetchError and ListingError."""
    root, _, query = (at or " ".join(await find_posts(preview, section.urls[0]))).partition(" ")
    index = await preview.page(wordpress_rest.index_url(root, query))
    posts = await preview.work(index.url, post_work.read_index, index)
    links = [Link(url=post.url, title=post.title) for post in posts]
    return _compared([link for link in links if wants(section, link)], known)


def _compared(
    links: Sequence[Link], known: Sequence[Link], healed: Sequence[HealedRule] = ()
) -> SectionPreview:
    known_keys = {urls.key(link.url) for link in known}
    new = sum(urls.key(link.url) not in known_keys for link in links)
    return SectionPreview(links=len(links), new=new if known else None, healed=tuple(healed))


def _healed_rules(store: Store, site: Site, section: Section) -> list[HealedRule]:
    """The rules of a section that healed."""
    rules = store.sections.healed_rules(site.slug)
    return [rule for slug, rule in rules if slug == section.slug]


async def _listing_pages(
    preview: Preview,
    section: Section,
    settings: Settings,
    store: Store | None,
    healed: Sequence[HealedRule],
    source: SourceAt,
) -> list[Page | NotModified]:
    """Fetch the listing pages of a section that changed since the last run.

    Raises FetchError and ListingError.
    """
    site = preview.site
    addresses = await _addresses(preview, section, healed, source)
    made_with = section_files.made_with(settings, site, section)
    pages = []
    for url in addresses:
        validators = NO_VALIDATORS
        if store:
            validators = store.sections.validators(site.slug, section.slug, url, made_with)
        pages.append(await preview.fetch(url, validators))
    return pages


async def listing_page(preview: Preview, section: Section) -> Page:
    """Fetch the first page of a section's listing. Raises FetchError and ListingError."""
    addresses = await _addresses(preview, section, (), SourceAt(section.source))
    return await preview.page(addresses[0])


async def _addresses(
    preview: Preview, section: Section, healed: Sequence[HealedRule], source: SourceAt
) -> list[str]:
    """Where the links of a section stand. Raises FetchError and ListingError."""
    if source.kind in ("feed", "sitemap"):
        return [source.at or (await find_source(preview, section, section.urls[0])).address]
    replaced = {rule.before: rule.name for rule in healed if rule.what in ("urls", "nav")}
    if section.urls:
        return [replaced.get(url, url) for url in section.urls]
    page = section.page or preview.site.home
    page = replaced.get(page, page)
    if not section.nav:
        return [page]
    home = await preview.page(page)
    label = replaced.get(section.nav, section.nav)
    return [await preview.work(home.url, page_work.labelled_url, home, label)]
