"""What is done with one page: the jobs of `page_process`, each a pure function.

A job is given all it needs and returns it or raises PageError; it neither fetches nor knows the
store. The stages that it needs are imported when it is first called, in the process that does it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from feedmaker.html import block_pages
from feedmaker.model import Code, Listing, Reason, Rules, Section
from feedmaker.model.errors import ExtractError, ListingError, QuarantineError
from feedmaker.output import overview, section_files, thumbnails
from feedmaker.policy import quarantine, schedule
from feedmaker.text import urls

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from selectolax.lexbor import LexborHTMLParser

    from feedmaker.article import ParsedStory
    from feedmaker.model import HealedRule, Link, Page, Site, Story
    from feedmaker.model.trace import Trace


_DOUBT_CODES: Final = {
    "few": Code.FEW_LINKS,
    "narrow": Code.NARROW_LINKS,
    "outside": Code.LINKS_OUTSIDE,
    "alike": Code.TITLES_ALIKE,
    "undated": Code.LINKS_UNDATED,
}


@dataclass(frozen=True, slots=True)
class ReadArticle:
    """What an article page gave: its story, what the store finds it by, and a rule just healed.

    `further` is where the story goes on.
    """

    story: Story
    digest: str
    signature: str
    healed: HealedRule | None = None
    further: FurtherPages | None = None


class FurtherPages(NamedTuple):
    """Where a story goes on: the address of its next page, and of one with all of it, if any."""

    next_page: str
    whole: str = ""


class LongerStory(NamedTuple):
    """A story with the text of one more page of it, the words of that page, and where it goes on.

    `next_page` is "" at its end.
    """

    story: Story
    words: int
    next_page: str = ""


class ReadListing(NamedTuple):
    """What a listing page gave: links and rules just healed, or the newest sitemaps it names.

    `doubts` say why the links may be wrong.
    """

    links: tuple[Link, ...] = ()
    healed: tuple[HealedRule, ...] = ()
    sitemaps: tuple[str, ...] = ()
    doubts: tuple[Reason, ...] = ()


class TracedArticle(NamedTuple):
    """What was made of an article page: its story or teaser, why it has no story, and how."""

    story: Story | None
    problem: ExtractError | None
    trace: Trace
    further: FurtherPages | None = None


class TracedListing(NamedTuple):
    """What was made of a listing page, why it gives nothing, and how; or its count of sitemaps."""

    listing: Listing
    problem: ListingError | None
    trace: Trace
    sitemaps: int = 0


# Characters of HTML, half a megabyte of Arabic: of a longer story its beginning is shown, with a
# link to its page. The longest text of 1,686 real stories has 65,000.
MOST_OF_STORY: Final = 250_000
# Of a sitemap index the newest maps are read; older ones tell of stories that no feed shows.
_CHILD_SITEMAPS: Final = 3


def read_article(
    page: Page,
    site: Site,
    headline: str,
    *,
    stored: Story | None = None,
    healed: HealedRule | None = None,
) -> ReadArticle:
    """Return the story of an article page; `headline` is the title of the link to it.

    `stored` is the story as it was before, `healed` what replaced the site's rule for the body.
    Raises ExtractError, and QuarantineError where another page came.
    """
    _refuse(block_pages.at_sight(page.utf8, headline), page.url)
    rules, newly_healed = site.rules, None
    if rules.body:
        known_text = stored.text if stored else ""
        rules, newly_healed = _body_rules(page, rules, healed, known_text)
    story, further = _page_story(page, replace(site, rules=rules), headline)
    # A story that goes on is compared with what was had once it is whole.
    article = finish_article(page.url, story, headline, None if further else stored)
    return replace(article, healed=newly_healed, further=further)


def _read(page: Page, site: Site, *, may_be_behind: bool = False) -> ParsedStory:
    """Return what `article.read_page` makes of a page of a site. Raises ExtractError."""
    from feedmaker.article import read_page

    return read_page(
        page.utf8,
        page.url,
        rules=site.rules,
        language=site.language,
        timezone=site.timezone,
        now=page.fetched_at,
        limits=site.fetch.limits,
        may_be_behind=may_be_behind,
    )


def _page_story(page: Page, site: Site, headline: str) -> tuple[Story, FurtherPages | None]:
    """Return the story or the teaser of a page, and where it goes on.

    Raises ExtractError, and QuarantineError where another page came.
    """
    further = None
    try:
        story, tree = _read(page, site, may_be_behind=True)
        further = _further_pages(tree, page.url)
    except ExtractError as error:
        if error.teaser is None:
            found = block_pages.without_content(page.utf8, headline, site.fetch.limits)
            _refuse(found, page.url)
            raise
        story = error.teaser
    story = _without_block_page(story, headline, page.url)
    return story, None if story.teaser else further


def _further_pages(tree: LexborHTMLParser, url: str) -> FurtherPages | None:
    from feedmaker.article import next_page, whole_story_page

    following = next_page(tree, url, url)
    return FurtherPages(following, whole_story_page(tree, url)) if following else None


def add_page(page: Page, site: Site, story: Story, first: str) -> LongerStory | None:
    """Return a story with the text of its next page; None where it ended before.

    `first` is the address of the story's first page. Raises ExtractError, and QuarantineError where
    another page came.
    """
    from feedmaker.article import next_page, page_number, with_page

    if urls.key(page.url) == urls.key(first):
        return None  # a server leads on to the first page from behind the last
    if not page_number(page.url, first):
        raise ExtractError(page.url, Reason.of(Code.LEADS_ELSEWHERE))
    _refuse(block_pages.at_sight(page.utf8, story.title), page.url)
    read = _read(page, site)
    longer = with_page(story, read.story)
    if longer is None:
        return None
    following = next_page(read.tree, page.url, first)
    is_full = len(longer.html) > MOST_OF_STORY
    return LongerStory(longer, len(read.story.text.split()), "" if is_full else following)


def take_whole(page: Page, site: Site, story: Story) -> Story | None:
    """Return a story with the text of a page that has all of it; None where that has less.

    Raises ExtractError.
    """
    from feedmaker.article import whole_instead

    read = _read(page, site)
    return whole_instead(story, read.story)


def finish_article(url: str, story: Story, headline: str, stored: Story | None) -> ReadArticle:
    """Return what is kept of a story, of all its pages, at a URL.

    Raises QuarantineError where it is another thing than the story of its link.
    """
    from feedmaker.policy import near_duplicates

    if len(story.html) > MOST_OF_STORY:
        from feedmaker.html.sanitizer import shorten  # 2 ms, and few stories are so long

        html = shorten(story.html, MOST_OF_STORY, url)
        story = replace(story, html=html, text=story.text[:MOST_OF_STORY])
    doubt = quarantine.story_doubt(story, headline, stored)
    if doubt:
        raise QuarantineError(url, doubt)
    return ReadArticle(
        story=story,
        digest=schedule.digest(story),
        signature=near_duplicates.signature(story),
    )


def _body_rules(
    page: Page, configured: Rules, healed: HealedRule | None, known_text: str
) -> tuple[Rules, HealedRule | None]:
    """Return the rules for a page, and what takes the place of that for the body from now on.

    It is looked for where the rule matches nothing on the page of a known story.
    """
    from feedmaker.article import body_rule

    rules = configured
    if healed and healed.before == ", ".join(configured.body):
        rules = body_rule.with_healed_body(configured, healed)
    if not known_text or not body_rule.is_broken(page.utf8, rules):
        return rules, None
    found = body_rule.find_replacement(page.utf8, page.url, configured, known_text)
    if found is None:
        return rules, None
    return body_rule.with_healed_body(configured, found), found


def _refuse(found: block_pages.BlockPage | None, url: str) -> None:
    """Raise QuarantineError where a block page came in place of the one that was asked for."""
    if found:
        raise QuarantineError(url, found.reason, of_site=found.of_site)


def _without_block_page(story: Story, headline: str, url: str) -> Story:
    """The story, or its teaser where the page asks for a login or a subscription instead of a text.

    Raises QuarantineError where another page came, or nothing else is told.
    """
    from feedmaker.article import teaser_story

    _refuse(block_pages.by_words(f"{story.title} {story.text}", headline), url)
    found = block_pages.by_words(story.text, headline or story.title)
    if found is None:
        return story
    teaser = teaser_story(story, story.summary) if found.teaser else None
    if teaser is None or block_pages.by_words(story.summary, headline or story.title):
        _refuse(found, url)
    return teaser or story


def read_listing(
    page: Page,
    site: Site,
    section: Section,
    *,
    known: Sequence[Link],
    healed: Sequence[HealedRule],
    seen: Sequence[str] = (),
    usual: int = 0,
) -> ReadListing:
    """Return what a listing page gives a section, or what to read in its place.

    `known` are the section's newest stories, `healed` its rules that were replaced before, `usual`
    is how many links the page has, 0 where that is not known. Raises ListingError, and
    QuarantineError where another page came. Of a sitemap index the sitemaps that were not `seen`
    yet are given.
    """
    from feedmaker.listing import child_sitemaps, section_links

    left_out = {urls.key(url) for url in (page.url, *seen)}
    sitemaps = [url for url in child_sitemaps(page) if urls.key(url) not in left_out]
    if sitemaps:
        return ReadListing(sitemaps=tuple(sitemaps[:_CHILD_SITEMAPS]))
    _refuse(block_pages.at_sight(page.utf8), page.url)
    limits = site.fetch.limits
    try:
        found = section_links(
            page, section, site.rules, known, healed=healed, usual=usual, limits=limits
        )
    except ListingError as error:
        instead = block_pages.without_content(page.utf8, limits=limits)
        is_unfilled = instead is not None and instead.reason.code == Code.UNFILLED_PAGE
        # That its scripts would fill it helps a person less than the feed that it names.
        if not (is_unfilled and error.reason.code == Code.FEED_NAMED):
            _refuse(instead, page.url)
        raise
    doubts = [
        Reason(
            _DOUBT_CODES[doubt.code],
            (("count", doubt.count), ("found", len(found.links))),
            url=page.url,
        )
        for doubt in found.doubts
    ]
    return ReadListing(links=tuple(found.links), healed=found.healed, doubts=tuple(doubts))


def next_listing_page(page: Page, first: str) -> str:
    """Return the address of the page that a listing goes on at; "" for none.

    `first` is the address of its first page. It is a page with a number, or the address behind a
    button that loads more; the answer of such a one leads on as it says, else by its own number.
    An API whose address is configured leads on as it says.
    """
    from feedmaker import listing
    from feedmaker.article import next_page, page_number
    from feedmaker.html import parsing
    from feedmaker.html.class_names import COMMENT
    from feedmaker.html.script_values import read_json

    is_first = urls.key(page.url) == urls.key(first)
    if listing.source_kind(page) == "json":
        stated = listing.next_address(read_json(page.text), page.url)
        following = "" if is_first else listing.following_address(page.url)
        return following if stated is None else stated
    if not is_first and not page_number(page.url, first):
        return listing.following_address(page.url)
    tree = parsing.parse(page.utf8)
    found = next_page(tree, page.url, first, others=COMMENT)
    return found or (listing.load_more_address(tree, page.url) if is_first else "")


def named_feeds(page: Page) -> list[str]:
    """Return the addresses of the feeds that a page names, those below its own address first."""
    from feedmaker import listing

    if listing.source_kind(page) != "html":
        return [page.url]
    own = urls.key(page.url).rstrip("/")
    found = [one.url for one in listing.find_feeds(listing.PageLinks(page.utf8, page.url))]
    return sorted(found, key=lambda url: not urls.key(url).startswith(f"{own}/"))


def robots_sitemaps(robots: str) -> list[str]:
    """Return the addresses of the sitemaps that a robots.txt names."""
    from feedmaker.listing import find_sitemaps

    return find_sitemaps(robots)


def listed_keys(page: Page) -> frozenset[str]:
    """Return the keys of the stories that a page lists; of a feed or a sitemap none."""
    from feedmaker import listing

    if listing.source_kind(page) != "html":
        return frozenset()
    return frozenset(urls.key(link.url) for link in listing.find_links(page.utf8, page.url))


def read_source(page: Page) -> ReadListing:
    """Return the links of a feed or a sitemap, or the sitemaps that it names.

    Raises ListingError; another page has no links.
    """
    from feedmaker import listing

    if listing.source_kind(page) == "html":
        return ReadListing()
    sitemaps = listing.child_sitemaps(page)
    if sitemaps:
        return ReadListing(sitemaps=tuple(sitemaps))
    found = listing.section_links(page, Section(slug="source", title="source"), Rules())
    return ReadListing(links=found.links)


def is_challenge(body: bytes) -> bool:
    """Whether a page that refuses us is a challenge for robots."""
    from feedmaker.text import charset  # 1.6 ms, and few pages refuse us

    page = charset.utf8(body)
    found = block_pages.at_sight(page) or block_pages.without_content(page)
    return found is not None and found.reason.code == Code.CHALLENGE


def find_icons(home: Page) -> tuple[str, ...]:
    """Return addresses of the icon of the site whose home page this is, the best first."""
    from feedmaker.html import parsing, site_icons

    return site_icons.icon_addresses(parsing.parse(home.utf8), home.url)


def labelled_url(home: Page, label: str) -> str:
    """Return the URL behind a navigation label. Raises ListingError and QuarantineError."""
    from feedmaker.listing import nav_url

    _refuse(block_pages.at_sight(home.utf8), home.url)
    return nav_url(home, label)


def labelled_links(home: Page) -> list[tuple[str, str]]:
    """Return the labels and URLs of a page's short links."""
    from feedmaker.listing import labels

    return labels(home)


def agreement(page: Page, known: Sequence[Link]) -> tuple[float, int, int]:
    """Return how well a page agrees with a section's known stories.

    With it, how many of them it has, and how many stories it lists in all.
    """
    from feedmaker import listing

    score, agreed = listing.agreement(page, known)
    return score, agreed, len(listing.find_links(page.utf8, page.url))


def trace_article(page: Page, site: Site) -> TracedArticle:
    """Return the story of a page or why it has none, and how that was decided.

    The language of a site counts where it is configured, that is where it has a slug.
    """
    from feedmaker.article import read_page
    from feedmaker.model.trace import Trace

    trace = Trace()
    story, problem, further = None, None, None
    try:
        story, tree = read_page(
            page.utf8,
            page.url,
            rules=site.rules,
            language=site.language if site.slug else None,
            timezone=site.timezone,
            now=page.fetched_at,
            trace=trace,
            limits=site.fetch.limits,
        )
        further = None if story.teaser else _further_pages(tree, page.url)
    except ExtractError as error:
        story, problem = error.teaser, error
    return TracedArticle(story, problem, trace, further)


def trace_listing(
    page: Page,
    site: Site,
    section: Section,
    *,
    known: Sequence[Link] = (),
    healed: Sequence[HealedRule] = (),
) -> TracedListing:
    """Return what a listing page gives a section or why it gives nothing, and how that was decided.

    Of a sitemap index, its sitemaps are named and not read.
    """
    from feedmaker.listing import child_sitemaps, section_links
    from feedmaker.model.trace import Trace

    sitemaps = len(child_sitemaps(page))
    if sitemaps:
        return TracedListing(Listing(links=()), None, Trace(), sitemaps)
    trace = Trace()
    listing, problem = Listing(links=()), None
    try:
        listing = section_links(
            page,
            section,
            site.rules,
            known,
            healed=healed,
            trace=trace,
            limits=site.fetch.limits,
        )
    except ListingError as error:
        problem = error
    return TracedListing(listing, problem, trace)


def is_copy(known: Story, story: Story, usual_lines: frozenset[int]) -> bool:
    """Whether a story is a copy of a known one; see `near_duplicates.same`."""
    from feedmaker.policy import near_duplicates

    return near_duplicates.same(known, story, usual_lines)


_STAGES: Final[dict[Any, tuple[str, ...]]] = {
    read_article: ("feedmaker.article",),
    add_page: ("feedmaker.article",),
    take_whole: ("feedmaker.article",),
    trace_article: ("feedmaker.article",),
    read_listing: ("feedmaker.listing",),
    next_listing_page: ("feedmaker.article", "feedmaker.listing"),
    trace_listing: ("feedmaker.listing",),
    labelled_url: ("feedmaker.listing",),
    labelled_links: ("feedmaker.listing",),
    agreement: ("feedmaker.listing",),
    named_feeds: ("feedmaker.listing",),
    robots_sitemaps: ("feedmaker.listing",),
    listed_keys: ("feedmaker.listing",),
    read_source: ("feedmaker.listing",),
    section_files.render_section: ("feedmaker.output.feed", "feedmaker.output.pages"),
    section_files.render_archive: ("feedmaker.output.feed",),
    overview.render_overview: ("feedmaker.output.pages",),
    thumbnails.draw: ("PIL.Image", "PIL.ImageOps"),
}
# A feed of a thousand long stories takes as much CPU as the costliest page, several times over.
_OF_FEEDS: Final = frozenset(
    {section_files.render_section, section_files.render_archive, overview.render_overview}
)
_PAGES_OF_A_FEED: Final = 5


def prepare(job: Callable[..., Any]) -> float:
    """Import the stages that a job needs, and return how many pages it may cost.

    No page is to be blamed for the time that imports take.
    """
    for stage in _STAGES.get(job, ()):
        import_module(stage)
    return _PAGES_OF_A_FEED if job in _OF_FEEDS else 1
