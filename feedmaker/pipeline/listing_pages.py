"""The listing pages of a section: found, fetched, refused where they are others, and read."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Final, NamedTuple

from feedmaker.model import Code, Failure, Page, Reason
from feedmaker.model.errors import FetchError, ListingError, PageError
from feedmaker.pipeline import page_work, rule_healing
from feedmaker.pipeline.page_work import ReadListing
from feedmaker.text import urls

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from feedmaker.model import Link, NotModified, Section, State, Validators
    from feedmaker.pipeline.rest_posts import PostIndex
    from feedmaker.pipeline.section import SiteRun


# Sitemaps of one index that are asked for, those of indexes within it included.
_MOST_SITEMAPS: Final = 9


class SectionPages(NamedTuple):
    """What the listing pages of a section gave.

    `links` are in page order, None where no page was modified. `validators`, by URL, are to be
    remembered once the feed is out. `failures` are pages that could not be fetched beside others
    that could, `doubts` why the links may be wrong. `is_part`: others were not modified, and their
    links are not among these. `further` counts the links that only further pages of a listing
    have. `posts` are those of a REST API.
    """

    links: list[Link] | None
    validators: dict[str, Validators]
    failures: tuple[Failure, ...] = ()
    doubts: tuple[Reason, ...] = ()
    is_part: bool = False
    further: int = 0
    posts: PostIndex | None = None


@dataclass(frozen=True, slots=True)
class ReadAddress:
    """What one address of a section gave; `links` is None where nothing of it was modified.

    `failures` are those of sitemaps that it names.
    """

    links: tuple[Link, ...] | None = None
    validators: dict[str, Validators] = field(default_factory=dict)
    failures: tuple[PageError, ...] = ()
    doubts: tuple[Reason, ...] = ()
    is_part: bool = False
    further: int = 0
    posts: PostIndex | None = None


async def read_listing_pages(
    run: SiteRun, section: Section, state: State, made_with: str
) -> SectionPages:
    """Read what changed of a section's listing pages since they were read with the same settings.

    Raises FetchError where none of them could be fetched, ListingError where they hold no story
    links, QuarantineError where another page came in place of one.
    """
    read: list[ReadAddress] = []
    failures: list[PageError] = []
    addresses = section.urls or (await _find_address(run, section, state),)
    for url in addresses:
        try:
            read.append(await _read_address(run, section, state, url, made_with))
        except PageError as error:  # what the others give is taken
            failures.append(error)
    # A host that wants more time between two requests has failed nobody.
    if len(failures) == len(addresses) and failures[0].reason.code != Code.CRAWL_DELAY:
        raise failures[0]
    failures += chain.from_iterable(one.failures for one in read)
    return _joined(read, tuple(map(_failure, failures)), run.site.fetch.max_links)


def _joined(read: Sequence[ReadAddress], failures: tuple[Failure, ...], most: int) -> SectionPages:
    """What all addresses of a section gave, in their order, with at most so many links."""
    validators: dict[str, Validators] = {}
    for one in read:
        validators |= one.validators
    return SectionPages(
        links=_joined_links(read, most),
        validators=validators,
        failures=failures,
        doubts=tuple(chain.from_iterable(one.doubts for one in read)),
        is_part=any(one.is_part for one in read),
        further=sum(one.further for one in read),
        posts=next((one.posts for one in read if one.posts), None),
    )


def _joined_links(read: Sequence[ReadAddress], most: int) -> list[Link] | None:
    """The links of all addresses in their order, each once; None where none was modified."""
    lists = [one.links for one in read if one.links is not None]
    unique: dict[str, Link] = {}
    for link in chain.from_iterable(lists):
        unique.setdefault(link.url, link)
    return list(unique.values())[:most] if lists else None


async def _read_address(
    run: SiteRun, section: Section, state: State, url: str, made_with: str
) -> ReadAddress:
    """Read one address of a section: as a page, unless that may not be what it is read from.

    Raises PageError where it gives nothing, and no other source has the section's stories.
    """
    is_page = section.source in ("auto", "page", "state")
    if is_page and state.good and (section.slug, "source") not in run.healed:
        return await read_listing_page(run, section, state, url, made_with)
    from feedmaker.pipeline.source_pages import read_by_source  # 5 ms, and few sections need it

    return await read_by_source(run, section, state, url, made_with)


async def read_listing_page(
    run: SiteRun, section: Section, state: State, url: str, made_with: str
) -> ReadAddress:
    """Read one listing page, a sitemap or a feed, by its validators. Raises PageError."""
    known = run.store.sections.validators(run.site.slug, section.slug, url, made_with)
    page = await _fetch_listing(run, section, state, url, known)
    if not isinstance(page, Page):
        return ReadAddress(is_part=True)
    usual = state.usual if len(section.urls) < 2 else 0  # of several pages none is known
    read = await _read_links(run, section, page, usual=usual)
    if not read.sitemaps:
        further = await _read_further(run, section, page, read.links)
        return ReadAddress(
            (*read.links, *further),
            {url: page.validators},
            doubts=read.doubts,
            further=len(further),
        )
    maps = await _read_sitemaps(run, section, read.sitemaps, made_with)
    if maps.read is None:
        return ReadAddress(failures=maps.failures, is_part=maps.is_part)
    return ReadAddress(
        maps.read.links, maps.validators, maps.failures, maps.read.doubts, maps.is_part
    )


async def _read_further(
    run: SiteRun, section: Section, page: Page, links: tuple[Link, ...]
) -> list[Link]:
    """The links of the further pages of a listing that its first one, with these links, has not.

    In a first run as many pages as `items` wants; later only where one is new from top to bottom,
    since more may be new behind it. A page that fails ends the list.
    """
    known = _keys(run.store.links.newest(run.site.slug, section.slug))
    first, found = page.url, list(links)
    latest = links
    for _ in range(run.site.fetch.max_listing_pages - 1):
        if len(found) >= section.items or not known.isdisjoint(_keys(latest)):
            break
        following = await _next_page(run, section, page, first)
        if following is None:
            break
        page, read = following
        had = _keys(found)
        latest = tuple(link for link in read if urls.key(link.url) not in had)
        if not latest:
            break
        found += latest
    return found[len(links) :]


def _keys(links: Iterable[Link]) -> set[str]:
    return {urls.key(link.url) for link in links}


async def _next_page(
    run: SiteRun, section: Section, page: Page, first: str
) -> tuple[Page, tuple[Link, ...]] | None:
    """The page that a listing goes on at, and its links; None where there is none to be had."""
    try:
        address = await run.process.call(first, page_work.next_listing_page, page, first)
        if not address:
            return None
        following = await fetch_whole(run, address)
        read = await _read_links(run, section, following)
    except PageError:
        return None
    return following, read.links


def _failure(error: PageError) -> Failure:
    return Failure(url=error.url, reason=error.reason)


async def _fetch_listing(
    run: SiteRun, section: Section, state: State, url: str, known: Validators
) -> Page | NotModified:
    """Fetch one listing page; where it is gone, look where the site may have moved it to."""
    address, fetch_page = url, partial(fetch_whole, run)
    if run.healed:
        address = await rule_healing.listing_address(run, section, url, fetch_page)
    try:
        return await run.fetch_listing(address, known)
    except FetchError as error:
        if not error.gone:
            raise
        if section.nav:
            now_at = await _find_address(run, section, state, anew=True)
            if now_at != url:
                return await fetch_whole(run, now_at)
        if not rule_healing.may_have_moved(run, state):
            raise
        page = await rule_healing.find_moved_listing(run, section, url, fetch_page)
        if page is None:
            raise
        return page


async def _read_links(
    run: SiteRun, section: Section, page: Page, *, seen: tuple[str, ...] = (), usual: int = 0
) -> ReadListing:
    """Read the links of a listing page, or which sitemaps it names; those `seen` are left out.

    `usual` is how many links the page has, 0 where that is not known.
    """
    healed = [rule for (name, _), rule in run.healed.items() if name == section.slug]
    read = await run.process.call(
        page.url,
        page_work.read_listing,
        page,
        run.page_site,
        section,
        known=run.store.links.newest(run.site.slug, section.slug),
        healed=healed,
        seen=seen,
        usual=usual,
    )
    for rule in read.healed:
        rule_healing.remember(run, section.slug, rule)
    return read


class _ReadSitemaps(NamedTuple):
    """What the sitemaps of an index gave; `read` is None where none of them was modified.

    `failures` are those that could not be read, `is_part` says that others were not modified.
    """

    read: ReadListing | None
    validators: dict[str, Validators]
    failures: tuple[PageError, ...]
    is_part: bool


async def _read_sitemaps(
    run: SiteRun, section: Section, sitemaps: tuple[str, ...], made_with: str
) -> _ReadSitemaps:
    """Read the sitemaps that an index names, and those that these name, each by its validators.

    What cannot be read stops nothing. Raises PageError where none can, or none names pages.
    """
    links: list[Link] = []
    doubts: list[Reason] = []
    validators: dict[str, Validators] = {}
    failures: list[PageError] = []
    waiting, seen = list(sitemaps), list(sitemaps)
    unchanged = 0
    while waiting and len(seen) - len(waiting) < _MOST_SITEMAPS:
        url = waiting.pop(0)
        known = run.store.sections.validators(run.site.slug, section.slug, url, made_with)
        try:
            page = await run.fetch_listing(url, known)
            if not isinstance(page, Page):
                unchanged += 1
                continue
            read = await _read_links(run, section, page, seen=tuple(seen))
        except PageError as error:
            failures.append(error)
            continue
        if read.sitemaps:
            waiting, seen = [*read.sitemaps, *waiting], [*seen, *read.sitemaps]
            continue
        links += read.links
        doubts += read.doubts
        validators[url] = page.validators
    if not validators and not unchanged:
        nothing = ListingError(sitemaps[0], Reason.of(Code.NO_PAGES_NAMED))
        raise next(iter(failures), nothing)
    read_maps = ReadListing(links=tuple(links), doubts=tuple(doubts)) if validators else None
    return _ReadSitemaps(read_maps, validators, tuple(failures), unchanged > 0)


async def _find_address(run: SiteRun, section: Section, state: State, *, anew: bool = False) -> str:
    """Where the listing of a section without `urls` is.

    A navigation label is looked up again where the section failed, or with `anew`.
    """
    page = section.page or run.site.home
    if not section.nav:
        return page
    nav_from = f"{section.nav} {page}"
    known = state.nav_url if state.nav_from == nav_from else ""
    if known and state.good and not anew:
        return known
    home = await fetch_whole(run, page)
    url = await rule_healing.find_labelled_page(
        run, section, home, known, lambda address: fetch_whole(run, address)
    )
    run.store.sections.set_nav(run.site.slug, section.slug, nav_from, url)
    return url


async def fetch_whole(run: SiteRun, url: str) -> Page:
    """Fetch a page unconditionally. Raises FetchError."""
    page = await run.fetch_listing(url)
    assert isinstance(page, Page), "an unconditional request was answered 304"
    return page
