"""Looking at a site that is not configured yet, for `feedmaker add`: its home, its sections, three
stories each.
"""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from feedmaker.html import parsing
from feedmaker.model.errors import ExtractError, FetchError, ListingError

if TYPE_CHECKING:
    from feedmaker.fetch import Fetcher
    from feedmaker.listing import PageLinks
    from feedmaker.model import Link, Page, Site, Story
    from feedmaker.setup import Offer

SAMPLES = 3
_ENOUGH = 3  # story links that a section has at least
_HOME = re.compile(
    r"/?|/(?:[a-z]{2}(?:-[a-z]{2})?|home|main)/?|/(?:[a-z]{2}/)?(?:index|default|home)\.\w+",
    re.IGNORECASE,
)
_WORDS = 150  # of a page that is an article itself


@dataclass
class Look:
    """What is asked of one site, each page once."""

    fetcher: Fetcher
    site: Site
    pages: dict[str, Page | FetchError] = field(default_factory=dict)

    async def page(self, url: str) -> Page:
        """A page of the site; FetchError."""
        from feedmaker.model import Page

        if url not in self.pages:
            try:
                got = await self.fetcher.get(url, self.site.fetch_limits)
                assert isinstance(got, Page), "an unconditional request was answered 304"
                self.pages[url] = got
            except FetchError as error:
                self.pages[url] = error
        known = self.pages[url]
        if isinstance(known, FetchError):
            raise known
        return known

    def texts(self) -> list[str]:
        """The texts of all pages that were had."""
        return [page.text for page in self.pages.values() if not isinstance(page, FetchError)]


@dataclass
class SectionSample:
    """A section that was looked at: its links, its samples, and what speaks against it."""

    links: list[Link] = field(default_factory=list)
    stories: list[Story] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    bare: list[str] = field(
        default_factory=list
    )  # the texts of article pages on which no story was found
    doubt: str = ""
    proposals: tuple[tuple[str, str], ...] = ()


async def home(look: Look, address: str) -> tuple[Page, PageLinks, Offer | None]:
    """The site's home page, and the section that the given page is where it is none itself."""
    from feedmaker.listing import PageLinks, source_kind
    from feedmaker.setup import Offer

    page = await look.page(address)
    parts = urlsplit(page.url)
    asked = urlsplit(address)
    is_root = not asked.path.strip("/") and not asked.query  # wherever it redirects to
    if is_root or (_HOME.fullmatch(parts.path) and not parts.query):
        return page, PageLinks(page.utf8, page.url), None
    first: Offer | None = None
    if source_kind(page) != "html":
        first = Offer("Feed", "the feed or sitemap you gave", (address,))
    elif _is_article(page):
        print(f"{page.url} is an article; its site is looked at instead.")
    else:
        first = Offer(_heading(page), "the page you gave", (page.url,))
    try:
        home = await look.page(look.site.home)
    except FetchError as error:
        print(
            f"The home page {look.site.home} could not be had ({error.reason}); the page itself has to do."
        )
        home = page
    return home, PageLinks(home.utf8, home.url), first


def _heading(page: Page) -> str:
    """What a listing page calls itself: its heading, or the part of its title that is not the
    site's name.
    """
    from feedmaker import setup

    tree = parsing.parse(page.utf8)
    site = setup.site_name(tree, page.url).value
    for node in (*tree.css("h1")[:1], *tree.css("title")):
        for text in setup.parts(node.text()):
            if text != site and len(text) <= 60:
                return text
    return site


def _is_article(page: Page) -> bool:
    tree = parsing.parse(page.utf8)
    kind = tree.css_first("meta[property='og:type']")
    says = kind is not None and (kind.attributes.get("content") or "").lower() == "article"
    says = says or '"NewsArticle"' in page.text
    try:
        return (
            says
            and len(_story(page, None).text.split()) >= _WORDS
            and len(headlines(page.text, page.url, 40)) < 4000
        )
    except ExtractError:
        return False


def headlines(text: str, url: str, most: int = 60) -> str:
    """The headlines of a page, in one text."""
    from feedmaker.listing import find_links

    return " ".join(link.title for link in find_links(text, url)[:most])


async def offers(
    look: Look, tree: PageLinks, first: Offer | None, robots: dict[str, tuple[str, float]]
) -> list[Offer]:
    """What can be had of a site; sitemaps and guessed feeds come in where its pages lead nowhere."""
    from feedmaker import setup
    from feedmaker.text import urls

    found = setup.offers(tree)
    whole = setup.Offer("", "the home page", (tree.url,), usual=not any(one.urls for one in found))
    script = setup.needs_script(tree)
    feeds = setup.feeds(tree)
    maps = [one for text, _ in robots.values() for one in setup.sitemaps(text)]
    if script:
        print(f"{tree.url} needs JavaScript: {script}.")
        print(
            "feedmaker reads what the server sends; so feeds and sitemaps of the site are looked for.\n"
        )
    if not found and (script or not headlines(tree.tree.html or "", tree.url)):
        guessed = [] if feeds or maps else ["/sitemap.xml", "/feed/", "/rss.xml"]
        for path in guessed:
            url = urls.canonical(path, tree.url) or ""
            try:
                await look.page(url)
            except FetchError:
                continue
            maps.append(setup.Offer("", "a usual address", (url,)))
        feeds = [replace(one, usual=True) for one in feeds]
        maps = [replace(one, usual=not feeds and not number) for number, one in enumerate(maps)]
        whole = replace(whole, usual=False)
    others = (replace(one, usual=one.usual and not first) for one in (*found, whole, *feeds, *maps))
    listed = [*([first] if first else []), *others]
    unique = {(one.urls or one.heading): one for one in reversed(listed)}
    name = setup.site_name(tree.tree, tree.url).value
    return [replace(one, title=one.title or name) for one in reversed(unique.values())]


async def section(look: Look, one: Offer, home: PageLinks) -> SectionSample:
    """Look at one section: its story links and three of its stories."""
    from feedmaker import listing, setup
    from feedmaker.model import Rules, Section
    from feedmaker.text import urls

    seen = SectionSample()
    section = Section(slug="new", title=one.title, urls=one.urls, heading=one.heading)
    try:
        page = await look.page(one.urls[0] if one.urls else home.url)
        for child in listing.child_sitemaps(page)[:1]:
            page = await look.page(child)
        listed = listing.section_links(page, section, Rules())
    except (FetchError, ListingError) as error:
        seen.doubt = str(error.reason)
        return seen
    links = [
        link for link in listed.links if urls.key(link.url) not in set(map(urls.key, one.urls))
    ]
    if len(links) < _ENOUGH:
        seen.doubt = setup.doubt(listed.doubts, len(links))
        return seen
    seen.links, seen.doubt = links, setup.doubt(listed.doubts, len(links))
    await asyncio.gather(*(_sample(look, link, seen) for link in links[:SAMPLES]))
    if not seen.doubt and not seen.stories and not seen.bare:
        seen.doubt = f"none of {len(seen.failures)} of its pages could be had"
        return seen
    if not seen.stories:
        seen.doubt = seen.doubt or f"none of {len(seen.bare)} of its pages gave a story"
    if seen.doubt:
        seen.proposals = tuple(setup.proposals(listing.PageLinks(page.utf8, page.url)))
    return seen


async def _sample(look: Look, link: Link, seen: SectionSample) -> None:
    try:
        page = await look.page(link.url)
        seen.stories.append(_story(page, look.site))
    except FetchError as error:
        seen.failures.append(f"{error.url}: {error.reason}")
    except ExtractError as error:
        if error.teaser:
            seen.stories.append(error.teaser)
        else:
            seen.failures.append(f"{error.url}: {error.reason}")
        seen.bare.append(page.text)


def _story(page: Page, site: Site | None) -> Story:
    from feedmaker.article import page_story
    from feedmaker.model import Rules

    language = site.language if site else None
    return page_story(
        page.utf8, page.url, rules=Rules(), language=language, timezone="UTC", now=page.fetched_at
    )
