"""Where a section's stories are had from: the source that is configured, or one found in its place.

A page may name a feed or the REST API of WordPress, a robots.txt sitemaps; others stand at usual
places. Where a section stopped working, one of these takes the place of its page if it has the
section's stories and no others; the page is tried again once a day.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final, Literal

from feedmaker.html import wordpress_rest
from feedmaker.model import Code, HealedRule, Link, Page, Reason
from feedmaker.model.errors import FetchError, ListingError, PageError
from feedmaker.pipeline import page_work, post_work, rule_healing
from feedmaker.pipeline.article import RunPages
from feedmaker.pipeline.rest_posts import find_posts
from feedmaker.policy.selection import wants
from feedmaker.policy.source_choice import SourceOffer, best_offer
from feedmaker.text import urls
from feedmaker.text.sayings import Saying, placed

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Sequence

    from feedmaker.model import Section, State
    from feedmaker.pipeline.further_pages import PageSource
    from feedmaker.pipeline.section import SiteRun

# For so long a section must have failed before another source takes the place of its page.
_BROKEN: Final = timedelta(hours=6)
_USUAL_FEEDS: Final = ("feed/", "rss.xml", "rss")  # the first of a section, too
_USUAL_SITEMAPS: Final = ("/news-sitemap.xml", "/sitemap-news.xml", "/sitemap.xml")
_TRIED: Final = 3  # of each kind
_KNOWN: Final = 1_000  # links of a section that tell its stories from others
# What a page that lists nothing any more is told to be; a host that is down has nothing else.
_LISTS_NOTHING: Final = frozenset(
    (
        Code.NO_LINKS_ON_PAGE,
        Code.NO_STORY_LINKS,
        Code.NOTHING_UNDER_HEADING,
        Code.NO_STORIES_UNDER_HEADING,
        Code.SELECTORS_MATCH_NOTHING,
        Code.FEED_NAMED,
        Code.NO_POSTS,
        Code.NO_PAGES_NAMED,
        Code.JSON_WITHOUT_STORIES,
        Code.UNFILLED_PAGE,
        Code.EMPTY_PAGE,
    )
)


class _ListingPages(RunPages):
    """The pages of a run, each fetched once though several sections look at it."""

    async def page(self, url: str) -> Page:
        page = await self.run.fetch_listing(url)
        assert isinstance(page, Page), "an unconditional request was answered 304"
        return page


async def find_address(run: SiteRun, section: Section, state: State, url: str) -> str:
    """Return the address of the feed or sitemap that a section is read from, found once.

    Where the page at `url` names none, it is looked for once a day. Raises PageError.
    """
    found_at = f"{section.source} {url}"
    if state.nav_from == found_at and state.nav_url:
        return state.nav_url
    nowhere = f"no {found_at} {run.now:%Y-%m-%d}"
    if state.nav_from == nowhere:
        raise _no_such_source(section, url)
    try:
        offer = await find_source(_ListingPages(run), section, url)
    except ListingError:
        run.store.sections.set_nav(run.site.slug, section.slug, nowhere, "")
        raise
    run.store.sections.set_nav(run.site.slug, section.slug, found_at, offer.address)
    return offer.address


def _no_such_source(section: Section, url: str) -> ListingError:
    return ListingError(url, Reason.of(Code.NO_SUCH_SOURCE, source=section.source))


async def find_source(pages: PageSource, section: Section, url: str) -> SourceOffer:
    """Return the feed or sitemap with stories of a section that its page at `url` names.

    Else one that the home page names, or at a usual address. Of several feeds the one with the
    page's own links, else the one below its address. Raises PageError.
    """
    page = await pages.page(url)
    shown = await pages.work(page.url, page_work.listed_keys, page)
    if section.source == "sitemap":
        offers = await _sitemap_offers(pages, page, guess=True)
    else:
        offers = await page_offers(pages, page, guess=True)
        if not offers and urls.key(pages.site.home) != urls.key(page.url):
            offers = await _home_feeds(pages)
    wanted = _with_wanted_links(section, offers)
    if not wanted:
        raise _no_such_source(section, url)
    if section.source == "sitemap" or not shown:
        return wanted[0]
    return max(wanted, key=lambda one: _share(one, shown))


def _with_wanted_links(section: Section, offers: Iterable[SourceOffer]) -> list[SourceOffer]:
    """The sources with those of their links alone that a section wants; none without any."""
    wanted = []
    for one in offers:
        links = tuple(link for link in one.links if wants(section, link))
        if links:
            wanted.append(replace(one, links=links))
    return wanted


async def _home_feeds(pages: PageSource) -> list[SourceOffer]:
    """The feeds of the home page. Raises nothing."""
    try:
        home = await pages.page(pages.site.home)
    except PageError:
        return []
    return await page_offers(pages, home, guess=True)


def _share(offer: SourceOffer, shown: frozenset[str]) -> float:
    """The share of a source's links that a page shows."""
    return sum(urls.key(link.url) in shown for link in offer.links) / len(offer.links)


async def page_offers(
    pages: PageSource, page: Page, *, guess: bool, but_for: Container[str] = ()
) -> list[SourceOffer]:
    """Return the feeds with stories that a page names, those below its own address first.

    With `guess` those at usual addresses are tried where it names none; addresses `but_for` are
    left out. Raises nothing.
    """
    try:
        named = await pages.work(page.url, page_work.named_feeds, page)
    except PageError:
        named = []
    base = f"{page.url.partition('?')[0].rstrip('/')}/"
    is_home = urls.key(page.url) == urls.key(pages.site.home)
    if guess and not named:
        usual = _USUAL_FEEDS if is_home else _USUAL_FEEDS[:1]
        named = _usual_addresses(usual, base)
    asked = [address for address in named if address not in but_for]
    offers = await _read_offers(pages, "feed", asked)
    own = urls.key(base).rstrip("/") + "/"
    return [replace(one, is_own=is_home or urls.key(one.address).startswith(own)) for one in offers]


def _usual_addresses(paths: Iterable[str], base: str) -> list[str]:
    return [urls.canonical(path, base) or "" for path in paths]


async def site_offers(pages: PageSource, home: Page, *, guess: bool) -> list[SourceOffer]:
    """Return the feeds and sitemaps of a whole site, with their stories. Raises nothing.

    With `guess` those at usual addresses are tried where none is named.
    """
    feeds = await page_offers(pages, home, guess=guess)
    sitemaps = await _sitemap_offers(pages, home, guess=guess)
    return [*(replace(one, is_own=False) for one in feeds), *sitemaps]


async def _sitemap_offers(pages: PageSource, page: Page, *, guess: bool) -> list[SourceOffer]:
    """The sitemaps with stories that the robots.txt of a page's host names. Raises nothing."""
    try:
        robots = pages.robots(page.url)
        named = await pages.work(page.url, page_work.robots_sitemaps, robots)
    except PageError:
        named = []
    if guess and not named:
        named = _usual_addresses(_USUAL_SITEMAPS, page.url)
    return await _read_offers(pages, "sitemap", named)


async def _read_offers(
    pages: PageSource, kind: Literal["feed", "sitemap"], addresses: Sequence[str]
) -> list[SourceOffer]:
    """The sources at a few addresses that have stories. Raises nothing."""
    found = []
    for address in addresses[:_TRIED]:
        try:
            links, requests = await _read_source(pages, address)
        except PageError:
            continue
        if links:
            found.append(SourceOffer(kind, address, links, requests=requests))
    return found


async def _read_source(pages: PageSource, address: str) -> tuple[tuple[Link, ...], int]:
    """The links of a feed or a sitemap, of an index of its newest one, and the requests for them.

    Raises PageError.
    """
    page = await pages.page(address)
    read = await pages.work(page.url, page_work.read_source, page)
    if not read.sitemaps:
        return read.links, 1
    page = await pages.page(read.sitemaps[0])
    return (await pages.work(page.url, page_work.read_source, page)).links, 2


# ---- another source


def chosen_source(run: SiteRun, section: Section, url: str) -> HealedRule | None:
    """Return what is read in place of a configured page; None where that is read itself."""
    rule = run.healed.get((section.slug, "source"))
    return rule if rule and rule.before == url and section.source == "auto" else None


async def choose_again(
    run: SiteRun, section: Section, state: State, url: str, error: PageError
) -> HealedRule | None:
    """Return another source for a page that lists the section's stories no more, and say so.

    Only after it failed for hours, and where that has these stories and no others. It is looked for
    once a day. Raises nothing.
    """
    if section.source != "auto" or not _may_be_elsewhere(run, state, error):
        return None
    known = run.store.links.newest(run.site.slug, section.slug, _KNOWN)
    looked_at = f"other sources {run.now:%Y-%m-%d}"
    if not known or state.nav_from == looked_at:
        return None
    offers = await _all_offers(_ListingPages(run), url)
    best = best_offer(offers, known, state.good_at, page=url, title=section.title)
    if best is None:
        run.store.sections.set_nav(run.site.slug, section.slug, looked_at, "")
        return None
    rule = HealedRule(
        what="source",
        before=url,
        kind="source",
        name=best.offer.name,
        agreed=best.agreed,
        confidence=round(best.confidence, 2),
    )
    rule_healing.remember(run, section.slug, rule)
    return rule


def _may_be_elsewhere(run: SiteRun, state: State, error: PageError) -> bool:
    if state.good or state.since is None or run.now - state.since < _BROKEN:
        return False
    is_gone = isinstance(error, FetchError) and error.gone
    return is_gone or error.reason.code in _LISTS_NOTHING


async def _all_offers(pages: _ListingPages, url: str) -> list[SourceOffer]:
    """What there is beside a page. Raises nothing."""
    offers: list[SourceOffer] = []
    for address in dict.fromkeys((url, pages.site.home)):
        try:
            page = await pages.page(address)
        except PageError:
            continue
        offers += await _post_offers(pages, address)
        if address == pages.site.home:
            offers += await site_offers(pages, page, guess=True)
        else:
            offers += await page_offers(pages, page, guess=True)
    return offers


async def _post_offers(pages: PageSource, address: str) -> list[SourceOffer]:
    """The posts of a page by a REST API, if there is one. Raises nothing."""
    try:
        posts = await find_posts(pages, address)
        index = await pages.page(wordpress_rest.index_url(*posts))
        read = await pages.work(index.url, post_work.read_index, index)
    except PageError:
        return []
    links = tuple(Link(url=one.url, title=one.title, published=one.published) for one in read)
    return [SourceOffer("wordpress", " ".join(posts).strip(), links)]


async def is_there_again(run: SiteRun, section: Section, rule: HealedRule) -> bool:
    """Whether the page that a source took the place of lists the section's stories again.

    It is asked once a day. Raises nothing.
    """
    if rule.at and run.now - rule.at < rule_healing.ASK_AGAIN:
        return False
    try:
        page = await _ListingPages(run).page(rule.before)
        shown = await run.process.call(page.url, page_work.listed_keys, page)
    except PageError:
        shown = frozenset()
    known = run.store.links.newest(run.site.slug, section.slug)
    agreed = sum(urls.key(link.url) in shown for link in known)
    if agreed < rule_healing.KNOWN_SHARE * len(shown) or not agreed:
        rule_healing.remember(run, section.slug, rule)
        return False
    del run.healed[section.slug, "source"]
    run.store.sections.forget_healed_rule(run.site.slug, section.slug, "source")
    again = Saying("{page} lists stories again, and is used again", page=rule.before)
    run.progress.note(placed(f"{run.site.slug}/{section.slug}", again))
    return True
