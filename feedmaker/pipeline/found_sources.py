"""Where a section's stories are had from: the source that is configured, or one found in its place.

A page may name a feed or the REST API of WordPress, a robots.txt sitemaps; others stand at usual
places. Where a section stopped working, one of these takes the place of its page if it has the
section's stories and no others; the page is tried again once a day.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final, Literal

from feedmaker.html import wordpress_rest
from feedmaker.model import Code, HealedRule, Link, Page, Reason
from feedmaker.model.errors import FetchError, ListingError, PageError
from feedmaker.pipeline import page_work, post_work, rule_healing
from feedmaker.pipeline.article import RunPages
from feedmaker.pipeline.rest_posts import find_posts
from feedmaker.policy.source_choice import SourceOffer, best_offer
from feedmaker.text import urls

if TYPE_CHECKING:
    from feedmaker.model import Section, State
    from feedmaker.pipeline.further_pages import PageSource
    from feedmaker.pipeline.section import SiteRun

# For so long a section must have failed before another source takes the place of its page.
_BROKEN: Final = timedelta(hours=6)
_USUAL: Final = {
    "feed": ("feed/", "rss.xml", "rss"),
    "sitemap": ("/news-sitemap.xml", "/sitemap-news.xml", "/sitemap.xml"),
}
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

    Raises PageError where the page at `url` names none.
    """
    kind = _named_kind(section)
    found_at = f"{kind} {url}"
    if state.nav_from == found_at and state.nav_url:
        return state.nav_url
    offer = await find_source(_ListingPages(run), kind, url)
    run.store.sections.set_nav(run.site.slug, section.slug, found_at, offer.address)
    return offer.address


def _named_kind(section: Section) -> Literal["feed", "sitemap"]:
    return "feed" if section.source == "feed" else "sitemap"


async def find_source(pages: PageSource, kind: Literal["feed", "sitemap"], url: str) -> SourceOffer:
    """Return the feed or sitemap that the page at `url` or its site names, or a usual one.

    Of several feeds the one with the page's own links, else the one below its address. Raises
    PageError.
    """
    page = await pages.page(url)
    shown = await pages.work(page.url, page_work.listed_keys, page)
    offers = await _offers(pages, kind, page)
    if not offers:
        raise ListingError(url, Reason.of(Code.NO_SUCH_SOURCE, source=kind))
    if kind == "sitemap" or not shown:
        return offers[0]
    return max(offers, key=lambda one: _share(one, shown))


def _share(offer: SourceOffer, shown: frozenset[str]) -> float:
    """The share of a source's links that a page shows."""
    return sum(urls.key(link.url) in shown for link in offer.links) / len(offer.links)


async def _offers(
    pages: PageSource, kind: Literal["feed", "sitemap"], page: Page
) -> list[SourceOffer]:
    """The feeds or sitemaps that there are for a page and hold stories. Raises nothing."""
    if kind == "feed":
        named = await pages.work(page.url, page_work.named_feeds, page)
        base = f"{page.url.partition('?')[0].rstrip('/')}/"
    else:
        named, base = await _robots_sitemaps(pages, page.url), page.url
    usual = [urls.canonical(path, base) or "" for path in _USUAL[kind]]
    found = []
    for address in (named or usual)[:_TRIED]:
        try:
            links = await _read_source(pages, address)
        except PageError:
            continue
        if links:
            found.append(SourceOffer(kind, address, links))
    return found


async def _robots_sitemaps(pages: PageSource, url: str) -> list[str]:
    """The sitemaps that the robots.txt of a page's host names. Raises nothing."""
    try:
        robots = await pages.page(urls.canonical("/robots.txt", url) or url)
        return await pages.work(robots.url, page_work.robots_sitemaps, robots)
    except PageError:
        return []


async def _read_source(pages: PageSource, address: str) -> tuple[Link, ...]:
    """The links of a feed or a sitemap, of an index of its newest one. Raises PageError."""
    page = await pages.page(address)
    read = await pages.work(page.url, page_work.read_source, page)
    for child in read.sitemaps[:1]:
        page = await pages.page(child)
        read = await pages.work(page.url, page_work.read_source, page)
    return read.links


# ---- another source


def chosen_source(run: SiteRun, section: Section, url: str) -> HealedRule | None:
    """Return what is read in place of a configured page; None where that is read itself."""
    rule = run.healed.get((section.slug, "source"))
    return rule if rule and rule.before == url and section.source == "auto" else None


async def choose_again(
    run: SiteRun, section: Section, state: State, url: str, error: PageError
) -> HealedRule | None:
    """Return another source for a page that lists the section's stories no more, and say so.

    Only after it failed for hours, and where that has these stories and no others. Raises nothing.
    """
    if section.source != "auto" or not _may_be_elsewhere(run, state, error):
        return None
    known = run.store.links.newest(run.site.slug, section.slug, _KNOWN)
    pages = _ListingPages(run)
    offers: list[SourceOffer] = []
    for address in dict.fromkeys((url, run.site.home)):
        try:
            page = await pages.page(address)
            offers += await _all_offers(pages, page, address)
        except PageError:
            continue
    best = best_offer(offers, known, state.good_at)
    if best is None:
        return None
    rule = HealedRule(
        what="source",
        before=url,
        kind="source",
        name=f"{best.offer.kind} {best.offer.address}",
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


async def _all_offers(pages: PageSource, page: Page, address: str) -> list[SourceOffer]:
    """What there is beside a page. Raises PageError."""
    found = await _offers(pages, "feed", page) + await _offers(pages, "sitemap", page)
    try:
        posts = await find_posts(pages, address)
        index = await pages.page(wordpress_rest.index_url(*posts))
        read = await pages.work(index.url, post_work.read_index, index)
    except PageError:
        return found
    links = tuple(Link(url=one.url, title=one.title, published=one.published) for one in read)
    return [SourceOffer("wordpress", " ".join(posts).strip(), links), *found]


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
    run.progress.note(
        f"{run.site.slug}/{section.slug}: {rule.before} lists stories again, and is used again"
    )
    return True
