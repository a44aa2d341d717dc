"""Look at a site that is not configured yet: its home page, its sections, three stories of each."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urlsplit

from feedmaker import listing
from feedmaker.html import page_head, parsing
from feedmaker.listing import PageLinks
from feedmaker.model.errors import ExtractError, FetchError, ListingError, PageError
from feedmaker.pipeline import found_sources
from feedmaker.policy.selection import folded_categories
from feedmaker.policy.source_choice import SourceOffer, best_offer
from feedmaker.setup import page_trials
from feedmaker.setup.confidence import ENOUGH_LINKS, describe_doubts
from feedmaker.setup.rest_sections import find_rest_sections, try_posts, with_categories
from feedmaker.setup.section_candidates import find_candidates, headlines, leads_nowhere
from feedmaker.setup.section_labels import has_section_label, link_text
from feedmaker.setup.section_sources import (
    SectionCandidate,
    feed_candidates,
    find_page_sections,
    sitemap_candidates,
)
from feedmaker.setup.site_facts import find_name, title_parts
from feedmaker.text import arabic, urls
from feedmaker.text.sayings import Saying

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable, Sequence

    from feedmaker.model import Link, Page, Story
    from feedmaker.pipeline.preview import Preview
    from feedmaker.setup.confidence import SelectorProposal

SAMPLES: Final = 3  # stories of a section that are looked at
_HOME_PATH: Final = re.compile(
    r"/?|/(?:[a-z]{2}(?:-[a-z]{2})?|home|main)/?|/(?:[a-z]{2}/)?(?:index|default|home)\.\w+",
    re.IGNORECASE,
)
_USUAL_SITEMAPS: Final = ("/sitemap.xml", "/feed/", "/rss.xml")
# What a pattern means otherwise; `re.escape` changes more, which nobody could read in a file.
_SPECIAL: Final = re.compile(r"([.^$*+?{}()\[\]\\|])")
_LONGEST_TITLE: Final = 60  # characters of what a page calls itself
_SAME: Final = 0.9  # of the links of two sections that make them one
_STORY_SHAPE: Final = 0.9  # what `shape` gives for most stories
_ARTICLE_WORDS: Final = 150  # of a page that is an article, at least
_LISTING_HEADLINES: Final = 4000  # characters of headlines that only a listing has


@dataclass(frozen=True, slots=True)
class SiteHome:
    """A site's home page.

    `given` is the section that a person asked for, None where they gave the home page or an
    article. `notes` are lines to show: why another page than the given one is looked at.
    """

    page: Page
    links: PageLinks
    given: SectionCandidate | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionSample:
    """What was seen of a section: its links, some of its stories, and what speaks against it.

    `failures` are lines: pages without a story, and why. `storyless` are the texts of those that
    were fetched. A section without `links` cannot be taken, `doubt` says why; `proposals` are lists
    that could be meant, `rule` is the one that a person chose. `is_stated`: its page has the links
    in what it carries for its scripts.
    """

    links: tuple[Link, ...] = ()
    stories: tuple[Story, ...] = ()
    failures: tuple[str, ...] = ()
    storyless: tuple[str, ...] = ()
    doubt: str = ""
    proposals: tuple[SelectorProposal, ...] = ()
    rule: SelectorProposal | None = None
    is_stated: bool = False

    def is_same(self, other: SectionSample) -> bool:
        """Whether two sections hold the same links."""
        own = {urls.key(link.url) for link in self.links}
        others = {urls.key(link.url) for link in other.links}
        return bool(own) and len(own & others) >= _SAME * len(own | others)

    @property
    def is_read(self) -> bool:
        """Whether one of its articles could be fetched."""
        return bool(self.stories or self.storyless)


@dataclass(frozen=True, slots=True)
class _ArticleSample:
    """What was seen of one article: its story, or why there is none, and the text of the page."""

    story: Story | None = None
    failure: str = ""
    storyless: str = ""


async def find_home(preview: Preview, address: str) -> SiteHome:
    """Fetch the home page of the site that a page is of.

    `address` is the page that a person gave: the home page, a section, a feed, or an article.
    Raises FetchError, also where another page came in place of it.
    """
    page = await _fetch_open_page(preview, address)
    if _is_home(address, page.url):
        return SiteHome(page, PageLinks(page.utf8, page.url))
    notes = []
    is_article = listing.source_kind(page) == "html" and await _is_article(preview, page)
    if is_article:
        notes.append(Saying("{page} is an article; its site is looked at instead.", page=page.url))
    try:
        home = await _fetch_open_page(preview, preview.site.home)
    except FetchError as error:
        words = (
            "The home page {page} could not be fetched ({reason}); the page itself is used instead."
        )
        notes.append(Saying(words, page=preview.site.home, reason=error.reason))
        home = page
    links = PageLinks(home.utf8, home.url)
    given = None if is_article else _section_of_page(page, address, links)
    return SiteHome(home, links, given, tuple(notes))


async def _fetch_open_page(preview: Preview, url: str) -> Page:
    """Fetch a page that is looked at as a whole.

    Raises FetchError, also where a challenge, a login or the like came, or a page that takes more
    than a page may: what is to be done with it is tried in the process with limits first.
    """
    page = await preview.page(url)
    try:
        instead = await preview.work(page.url, page_trials.look_over, page)
    except PageError as error:
        raise FetchError(page.url, error.reason) from None
    if instead is not None and instead.of_site:
        raise FetchError(page.url, instead.reason)
    return page


async def _with_title(
    preview: Preview, home: SiteHome, candidate: SectionCandidate
) -> SectionCandidate:
    """Return a candidate with a title: of a URL that a person gave only the address is known."""
    if candidate.title or not candidate.url:
        return candidate
    try:
        page = await preview.page(candidate.url)
    except FetchError:
        return replace(candidate, title=_path_title(candidate.url))
    return _section_of_page(page, candidate.url, home.links)


def _section_of_page(page: Page, address: str, home: PageLinks) -> SectionCandidate:
    """Return the section of a listing: called as the home page calls it, else as it does itself."""
    if listing.source_kind(page) != "html":
        title = _label_at_home(home, (address, page.url)) or "Feed"
        return SectionCandidate(title, Saying("the feed or sitemap you gave"), url=address)
    title = _label_at_home(home, (address, page.url)) or _page_title(page) or _path_title(page.url)
    return SectionCandidate(title, Saying("the page you gave"), url=page.url)


def _label_at_home(home: PageLinks, addresses: Iterable[str]) -> str:
    """Return what the home page calls a section that it links to; '' where it has no label."""
    keys = {urls.key(address) for address in addresses}
    for anchor in home.anchors:
        if anchor.key in keys and has_section_label(link_text(anchor)):
            return link_text(anchor)
    return ""


def _path_title(url: str) -> str:
    """Return the last words of an address as a title, where nothing else names its page."""
    path = unquote(urlsplit(url).path, errors="replace").rstrip("/")
    words = path.rpartition("/")[2].partition(".")[0]
    return arabic.tidy_line(words.replace("-", " ").replace("_", " ")) or url


def _is_home(asked: str, fetched: str) -> bool:
    """Whether the URL that was asked for is a home page's: the root, or what looks like one."""
    wanted = urlsplit(asked)
    if not wanted.path.strip("/") and not wanted.query:
        return True  # wherever it redirects to
    parts = urlsplit(fetched)
    return not parts.query and _HOME_PATH.fullmatch(parts.path) is not None


def _page_title(page: Page) -> str:
    """Return what a listing page calls itself: its heading, or its title without the site's name.

    '' where it has only the site's.
    """
    tree = parsing.parse(page.utf8)
    site = arabic.fold(find_name(tree, page.url).value)
    nodes = tree.css("h1")[:1] + tree.css("title")[:1]
    for node in nodes:
        for text in title_parts(node.text()):
            if arabic.fold(text) != site and len(text) <= _LONGEST_TITLE:
                return text
    return ""


async def _is_article(preview: Preview, page: Page) -> bool:
    """Whether a page says that it is an article, or has its address, and has the text of one."""
    head = page_head.read_head(parsing.parse(page.utf8), page.url)
    is_stated = head.first("og:type").lower() == "article" or '"NewsArticle"' in page.text
    if not is_stated and listing.shape(page.url) < _STORY_SHAPE:
        return False
    try:
        story = await preview.work(page.url, page_trials.read_story, page, preview.site)
    except PageError:
        return False
    if len(story.text.split()) < _ARTICLE_WORDS:
        return False
    titles = headlines(page.utf8, page.url, most=40)
    return len(titles) < (_LISTING_HEADLINES if is_stated else len(story.text))


async def find_site_candidates(
    preview: Preview, home: SiteHome, robots: Iterable[str]
) -> list[SectionCandidate]:
    """Return what a site offers, the likeliest first.

    `robots` are the texts of its robots.txt. Where its home page leads nowhere and no feed or
    sitemap is named, the usual addresses of those are tried.
    """
    sitemaps = [one for text in robots for one in sitemap_candidates(text)]
    is_named = bool(sitemaps or feed_candidates(home.links))
    sections = find_page_sections(home.links)
    if not is_named and leads_nowhere(home.links, sections):
        sitemaps = await _guess_sitemaps(preview, home.page.url)
    candidates = find_candidates(home.links, home.given, sitemaps)
    rest = await find_rest_sections(preview, home.page)
    return with_categories(candidates, rest, home.page.url)


async def _guess_sitemaps(preview: Preview, home: str) -> list[SectionCandidate]:
    found = []
    for path in _USUAL_SITEMAPS:
        url = urls.canonical(path, home) or ""
        try:
            await preview.page(url)
        except FetchError:
            continue
        found.append(SectionCandidate("", Saying("a usual address"), url=url))
    return found


async def try_sections(
    preview: Preview, wanted: Iterable[SectionCandidate], home: SiteHome, most: int
) -> AsyncIterator[tuple[SectionCandidate, SectionSample]]:
    """Look at sections until `most` are good; one with the links of another before is not."""
    good: list[tuple[SectionCandidate, SectionSample]] = []
    sources = _SiteSources(preview, home.page)
    for one in wanted:
        if len(good) == most:
            return
        candidate = await _with_title(preview, home, one)
        sample = await try_section(preview, candidate, home)
        candidate, sample = await _best_source(sources, candidate, home, sample)
        same = [one.title for one, before in good if sample.is_same(before)]
        if same:
            doubt = Saying("it holds the same links as «{section}»", section=same[0])
            sample = SectionSample(doubt=doubt)
        if sample.links:
            good.append((candidate, sample))
        yield candidate, sample


async def try_section(
    preview: Preview, candidate: SectionCandidate, home: SiteHome
) -> SectionSample:
    """Look at one section: its story links, and three of its stories. Raises nothing."""
    url = candidate.url or home.page.url
    try:
        page = await _fetch_listing(preview, url)
        listed = await preview.work(page.url, page_trials.read_links, page, preview.site, candidate)
    except PageError as error:
        proposals = await _lists_at(preview, url) if isinstance(error, ListingError) else ()
        return SectionSample(doubt=Saying("{reason}", reason=error.reason), proposals=proposals)
    others = (link for link in listed.links if urls.key(link.url) != candidate.key)
    links = tuple(others)
    doubt = describe_doubts(listed.doubts, len(links))
    if len(links) < ENOUGH_LINKS:
        return SectionSample(doubt=doubt, proposals=await _lists_at(preview, url))
    tried = (_try_article(preview, link) for link in links[:SAMPLES])
    sample = _join_articles(links, await asyncio.gather(*tried), doubt)
    sample = replace(sample, is_stated=listed.source == "state")
    if not (sample.doubt and sample.is_read):
        return sample
    return replace(sample, proposals=await _lists_at(preview, url))


@dataclass
class _SiteSources:
    """The feeds and sitemaps of a site, looked at once for all its sections."""

    preview: Preview
    home: Page
    found: list[SourceOffer] | None = None
    is_guessed: bool = False

    async def offers(self, page: Page, *, guess: bool) -> list[SourceOffer]:
        """Return what the page of a section names, then what its site does. Raises nothing.

        With `guess` usual addresses are tried where nothing is named.
        """
        of_site = self.found
        if of_site is None or (guess and not self.is_guessed):
            of_site = await found_sources.site_offers(self.preview, self.home, guess=guess)
            self.found, self.is_guessed = of_site, guess
        known = {one.address for one in of_site}
        own = await found_sources.page_offers(
            self.preview, page, guess=guess, but_for={page.url, *known}
        )
        if urls.key(page.url) == urls.key(self.home.url):
            of_site = [replace(one, is_own=one.kind == "feed") for one in of_site]
        return [*own, *of_site]


async def _best_source(
    sources: _SiteSources, candidate: SectionCandidate, home: SiteHome, sample: SectionSample
) -> tuple[SectionCandidate, SectionSample]:
    """Return a candidate and its sample by the source that gives most of the section.

    The REST API where it gives the same stories whole; else the page, a feed or a sitemap.
    """
    preview = sources.preview
    posts = await try_posts(preview, candidate, sample.links, sample.stories)
    if posts is not None:
        why = Saying("{found}; {better}", found=candidate.why, better=posts.why)
        stories = posts.stories or sample.stories
        better = SectionSample(links=sample.links or posts.links, stories=stories)
        return replace(candidate, source="wordpress", why=why), better
    page = await _web_page(preview, candidate)
    if page is None:
        return candidate, sample
    if sample.is_stated:
        why = Saying("{found}; its stories are in the page's state", found=candidate.why)
        candidate = replace(candidate, why=why)
    offers = await sources.offers(page, guess=not sample.links)
    own = SourceOffer("page", page.url, sample.links)
    shown = [own] if sample.links else []
    best = best_offer([*shown, *offers], sample.links, page=page.url, title=candidate.title)
    if best is None:
        return candidate, sample
    if best.offer is own:
        words = "{found}; its page gives most, of {count} sources"
        why = Saying(words, found=candidate.why, count=1 + len(offers))
        return (replace(candidate, why=why) if offers else candidate), sample
    return await _by_source(preview, candidate, home, sample, best.offer)


async def _web_page(preview: Preview, candidate: SectionCandidate) -> Page | None:
    """The page of a section; None where there is none, or a feed or a sitemap stands there."""
    if not candidate.url:
        return None
    try:
        page = await preview.page(candidate.url)
    except FetchError:
        return None
    return page if listing.source_kind(page) == "html" else None


async def _by_source(
    preview: Preview,
    candidate: SectionCandidate,
    home: SiteHome,
    sample: SectionSample,
    offer: SourceOffer,
) -> tuple[SectionCandidate, SectionSample]:
    """Return a candidate and its sample by a feed or a sitemap, if its stories can be read."""
    found = _read_from(candidate, offer)
    seen = await try_section(preview, replace(found, url=offer.address), home)
    if not seen.links or not _are_in_category(seen, found.category):
        return candidate, sample
    return replace(found, why=_why_better(candidate, sample, seen, offer)), seen


def _read_from(candidate: SectionCandidate, offer: SourceOffer) -> SectionCandidate:
    """Return a candidate that is read from a feed or a sitemap, or from the part of it."""
    is_folder = offer.part.startswith("/")
    return replace(
        candidate,
        source=offer.kind if offer.kind in ("feed", "sitemap") else "auto",
        match=_SPECIAL.sub(r"\\\1", offer.part) if is_folder else "",
        category="" if is_folder or not offer.part else candidate.title,
    )


def _are_in_category(seen: SectionSample, category: str) -> bool:
    """Whether all stories that were read say that they stand under a category, if any is wanted."""
    if not category:
        return True
    is_in = [arabic.fold(category) in folded_categories(one) for one in seen.stories]
    return bool(is_in) and all(is_in)


def _why_better(
    candidate: SectionCandidate, sample: SectionSample, seen: SectionSample, offer: SourceOffer
) -> Saying:
    words = "{found}; its page lists no stories, its {source} {address} gives {count}"
    if sample.links:
        words = (
            "{found}; its {source} {address} says more of the same stories than its page:"
            " {count}, {dated} with dates"
        )
    return Saying(
        words,
        found=candidate.why,
        source=offer.kind,
        address=offer.address,
        count=len(seen.links),
        dated=sum(link.published is not None for link in seen.links),
    )


async def _lists_at(preview: Preview, url: str) -> tuple[SelectorProposal, ...]:
    """Return the lists that a page may have been meant for; none of a feed or a sitemap."""
    page = await _fetch_listing(preview, url)
    if listing.source_kind(page) != "html":
        return ()
    try:
        return await preview.work(page.url, page_trials.propose_lists, page)
    except PageError:
        return ()


async def _fetch_listing(preview: Preview, url: str) -> Page:
    """Fetch a listing; of a sitemap index, its first sitemap. Raises FetchError."""
    page = await preview.page(url)
    for child in listing.child_sitemaps(page)[:1]:
        page = await preview.page(child)
    return page


def _join_articles(
    links: tuple[Link, ...], articles: Sequence[_ArticleSample], doubt: str
) -> SectionSample:
    """Return the sample of a section; its articles give a doubt where there is none yet."""
    return SectionSample(
        links=links,
        stories=tuple(one.story for one in articles if one.story),
        failures=tuple(one.failure for one in articles if one.failure),
        storyless=tuple(one.storyless for one in articles if one.storyless),
        doubt=doubt or _doubt_of_articles(articles),
    )


def _doubt_of_articles(articles: Sequence[_ArticleSample]) -> str:
    """Return why articles that give no story speak against their section; '' where some do."""
    if any(one.story for one in articles):
        return ""
    read = sum(bool(one.storyless) for one in articles)
    if not read:
        return Saying("none of {count} of its pages could be fetched", count=len(articles))
    return Saying("none of {count} of its pages gave a story", count=read)


def _failure(error: PageError) -> Saying:
    return Saying("{page}: {reason}", page=error.url, reason=error.reason)


async def _try_article(preview: Preview, link: Link) -> _ArticleSample:
    """Fetch an article and read its story; a teaser counts as one, but its page as storyless."""
    try:
        page = await preview.page(link.url)
    except FetchError as error:
        return _ArticleSample(failure=_failure(error))
    try:
        return _ArticleSample(
            await preview.work(page.url, page_trials.read_story, page, preview.site)
        )
    except ExtractError as error:
        if error.teaser:
            return _ArticleSample(error.teaser, storyless=page.text)
        return _ArticleSample(failure=_failure(error), storyless=page.text)
    except PageError as error:
        return _ArticleSample(failure=_failure(error))
