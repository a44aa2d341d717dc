"""One page at a time: a listing becomes links, an article becomes a kept story. `pipeline` says in
which order.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from feedmaker import listing
from feedmaker.article import page_story, teaser_story
from feedmaker.fetch import describe
from feedmaker.html import block_pages
from feedmaker.model import Failure, Link, NotModified, Page, Validators
from feedmaker.model.errors import (
    ExtractError,
    FetchError,
    ListingError,
    QuarantineError,
    StoreError,
)
from feedmaker.pipeline.rule_healing import RuleHealer
from feedmaker.policy import near_duplicates, quarantine, schedule
from feedmaker.store import StoryRecord
from feedmaker.text import arabic, urls

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from feedmaker.fetch import Fetcher
    from feedmaker.model import Section, Site, State, StoredLink, Story
    from feedmaker.store import Store

# Of a sitemap index the newest maps are read; older ones tell of stories that no feed shows.
_CHILD_SITEMAPS = 3
# A copy is published within days of the original; a story is compared with as many as a site has in
# those.
_COMPARED = 300
# Lead pictures of one section that are asked for in one run, and the seconds that may take.
_PICTURES = 100
_PICTURE_SECONDS = 10.0
_NONE = Validators()


@dataclass(frozen=True)
class SectionPages:
    """What the listing pages of a section gave: links in page order, None when no page was
    modified.

    `validators` are to be remembered once the feed is out; `failures` are pages that could not be
    had beside others that could.
    """

    links: list[Link] | None
    validators: dict[str, Validators]
    failures: tuple[Failure, ...] = ()


@dataclass(frozen=True, slots=True)
class FetchedArticle:
    """An article that was had: its story, which is None where the page was not modified, and where
    it was had.
    """

    seen: StoredLink
    story: Story | None = None
    url: str = ""
    validators: Validators = _NONE


@dataclass
class Visit:
    """One site's run: its tools, and what its sections share.

    `now` is the run's, the same for all its decisions: what is kept in a run is not due again in
    it. `deadline` is in seconds of the event loop's clock; `room` is how many new articles may
    still be fetched; `wanted` says that the site was asked for by name.
    """

    site: Site
    store: Store
    fetcher: Fetcher
    now: datetime
    deadline: float
    room: int
    wanted: bool = False
    _pages: dict[tuple[str, Validators], Page | NotModified | FetchError] = field(
        default_factory=dict
    )
    _known: near_duplicates.KnownStories | None = None

    def __post_init__(self) -> None:
        self.fetch_limits = self.site.fetch_limits
        self.mending = RuleHealer(self.site, self.store, self.now)

    async def listing(self, section: Section, made_with: str) -> SectionPages:
        """Read what changed of a section's listing pages since they were last read with the same
        settings.

        Raises FetchError when none of them could be had, ListingError when they hold no story
        links, and QuarantineError when another page came in place of one.
        """
        links: list[Link] | None = None
        validators: dict[str, Validators] = {}
        failures: list[FetchError] = []
        addresses = section.urls or (await self._address(section),)
        for url in addresses:
            known = self.store.sections.validators(self.site.slug, section.slug, url, made_with)
            try:
                page = await self._listing_page(section, url, known)
            except FetchError as error:
                failures.append(error)
                continue
            if isinstance(page, Page):
                links = (links or []) + await self._links(page, section)
                validators[url] = page.validators
        if len(failures) == len(addresses):
            raise failures[0]
        if links is not None:
            links = list({link.url: link for link in reversed(links)}.values())[::-1][
                : self.site.fetch.max_links
            ]
        return SectionPages(
            links,
            validators,
            tuple(Failure(url=error.url, reason=error.reason) for error in failures),
        )

    async def _listing_page(
        self, section: Section, url: str, known: Validators
    ) -> Page | NotModified:
        """One listing page of a section, looked for where the site may have moved it to when it is
        gone.
        """
        try:
            return await self._page(self.mending.address(section, url), known)
        except FetchError as error:
            if not error.gone:
                raise
            if section.nav and (now := await self._address(section, anew=True)) != url:
                return await self._whole(now)
            return await self.mending.moved(section, url, self._whole, error)

    async def _whole(self, url: str) -> Page:
        page = await self._page(url, Validators())
        assert isinstance(page, Page), "an unconditional request was answered 304"
        return page

    async def _links(self, page: Page, section: Section) -> list[Link]:
        children = listing.child_sitemaps(page)
        pages = (
            [await self._page(url, Validators()) for url in children[:_CHILD_SITEMAPS]]
            if children
            else [page]
        )
        known = self.store.links.newest(self.site.slug, section.slug)
        links: list[Link] = []
        for one in pages:
            if isinstance(one, Page):
                _refuse(block_pages.at_sight(one.utf8), one.url)
                try:
                    links += self.mending.links(one, section, known)
                except ListingError:
                    _refuse(
                        block_pages.without_content(one.utf8, limits=self.site.fetch.limits),
                        one.url,
                    )
                    raise
        return links

    async def _address(self, section: Section, *, anew: bool = False) -> str:
        """Where the listing of a section without `urls` is; a navigation label is looked up anew
        when it failed.
        """
        page = section.page or self.site.home
        if not section.nav:
            return page
        state = self.store.sections.state(self.site.slug, section.slug)
        nav_from = f"{section.nav} {page}"
        if state.nav_from == nav_from and state.good and not anew:
            return state.nav_url
        home = await self._whole(page)
        _refuse(block_pages.at_sight(home.utf8), page)
        url = await self.mending.nav(
            section, home, state.nav_url if state.nav_from == nav_from else "", self._whole
        )
        self.store.sections.set_nav(self.site.slug, section.slug, nav_from, url)
        return url

    async def _page(self, url: str, validators: Validators) -> Page | NotModified:
        """A listing page, asked for once in a run though several sections stand on it."""
        known = self._pages.get((url, validators))
        if known is None:
            try:
                known = await self.fetcher.get(url, self.fetch_limits, validators)
            except FetchError as error:
                known = error
            self._pages[url, validators] = known
        if isinstance(known, FetchError):
            raise known
        return known

    async def article(self, seen: StoredLink) -> FetchedArticle | Failure:
        """Fetch one article and take its story; nothing is kept of it yet. A failure is noted in
        the store.
        """
        try:
            page = await self.fetcher.get(seen.url, self.fetch_limits, seen.validators)
            if isinstance(page, NotModified):
                return FetchedArticle(seen)
            return FetchedArticle(seen, self._story(page, seen), page.url, page.validators)
        except StoreError:
            raise
        except FetchError as error:
            if error.gone and not schedule.early(seen, error.status, self.now):
                self.store.links.gone(seen)
                return self._failed(seen, error.reason, None)
            return self._failed(seen, error.reason, self._retry(seen, error.retry_at))
        except QuarantineError as error:
            return self._failed(
                seen, error.reason, self._retry(seen), "site" if error.of_site else "page"
            )
        except ExtractError as error:
            return self._failed(seen, error.reason, self._retry(seen))
        except Exception as error:  # noqa: BLE001 - one page that fails must never stop the rest
            return self._failed(seen, _mistake(error), self._retry(seen))

    async def pictures(self, section: Section) -> None:
        """Ask what the lead pictures of a section's stories are, for enclosures, as many as a few
        seconds allow.

        Whatever fails or is not had in time is asked for by a later run; nothing waits for it.
        """

        async def one(url: str, tries: int) -> None:
            try:
                told = await describe(self.fetcher, url, self.fetch_limits)
            except Exception:  # noqa: BLE001 - a picture is never worth a feed
                told = None
            self.store.pictures.describe(
                url, told, None if told else schedule.ask_picture_again(tries, self.now)
            )

        due = self.store.pictures.due(self.site.slug, section.slug, self.now, _PICTURES)
        with suppress(TimeoutError):
            async with asyncio.timeout(_PICTURE_SECONDS), asyncio.timeout_at(self.deadline):
                await asyncio.gather(*(one(url, tries) for url, tries in due))

    def _story(self, page: Page, seen: StoredLink) -> Story:
        if urls.key(page.url) == urls.key(self.site.home):
            raise ExtractError(page.url, "leads to the home page")
        _refuse(block_pages.at_sight(page.utf8, seen.title), page.url)
        old = self.store.stories.get(seen.story) if seen.digest else None
        if self.site.rules.body:
            self.mending.body(page, old.text if old else "")
        try:
            story = page_story(
                page.utf8,
                page.url,
                rules=self.mending.rules,
                language=self.site.language,
                timezone=self.site.timezone,
                now=page.fetched_at,
                limits=self.site.fetch.limits,
            )
        except ExtractError as error:
            if error.teaser is None:
                _refuse(
                    block_pages.without_content(page.utf8, seen.title, self.site.fetch.limits),
                    page.url,
                )
                raise
            story = error.teaser
        story = _unwalled(story, seen.title, page.url)
        if doubt := quarantine.story_doubt(story, seen.title, old, self.now - seen.first_seen):
            raise QuarantineError(page.url, doubt)
        return story

    def keep(
        self, found: Iterable[FetchedArticle], state: State
    ) -> dict[str, Literal["added", "changed", "same"] | Failure]:
        """Keep the stories of a section that were had in a run, but none of those that are alike as
        no stories are.

        `state` is the section's; what became of each is told by URL.
        """
        had = list(found)
        stories = [(one.seen.url, one.seen.title, one.story) for one in had if one.story]
        doubts = quarantine.batch_doubts(stories, state, self.now)
        outcomes: dict[str, Literal["added", "changed", "same"] | Failure] = {}
        for one in had:
            seen = one.seen
            try:
                if doubt := doubts.get(seen.url):
                    outcomes[seen.url] = self._failed(seen, doubt, self._retry(seen), "page")
                elif one.story:
                    outcomes[seen.url] = self._keep(seen, one, one.story)
                else:
                    self.store.links.fetched(seen, self._next_check(seen))
                    outcomes[seen.url] = "same"
            except StoreError:
                raise
            except Exception as error:  # noqa: BLE001 - as above
                outcomes[seen.url] = self._failed(seen, _mistake(error), self._retry(seen))
        return outcomes

    def _keep(
        self, seen: StoredLink, had: FetchedArticle, story: Story
    ) -> Literal["added", "changed", "same"]:
        """Keep a story: under the id of the link, or of another link that leads to the same page."""
        now, validators = self.now, had.validators
        other = self.store.stories.at(story.url)
        if other and other[0] != seen.story:
            redirected = urls.key(had.url) == urls.key(story.url)
            if redirected or arabic.fold(other[1]) == arabic.fold(story.title):
                self.store.links.alias(seen, other[0])
                seen = replace(seen, story=other[0])
            else:  # a canonical link that every page of a site carries says nothing
                story = replace(story, url=had.url)
        old = self.store.stories.get(seen.story)
        signature = near_duplicates.signature(story)
        if old is None and (original := self._original(story, signature)):
            # The copy is never asked for again: what it says in other words would be a change, and
            # the next one back.
            self.store.links.alias(seen, original.id)
            original = self.store.stories.get(original.id) or original
            joined, known = schedule.joined(original, story), near_duplicates.signature(original)
            self.store.stories.save(
                seen,
                StoryRecord(
                    story=joined,
                    digest=schedule.digest(original),
                    signature=known,
                    next_check=None,
                ),
                site=self.site.slug,
                validators=validators,
            )
            return "same"
        if old and not schedule.replaces(story, old):
            self.store.links.fetched(seen, self._next_check(seen), validators)
            return "same"
        story = schedule.settle(story, seen, old, now)
        record = StoryRecord(
            story=story,
            digest=schedule.digest(story),
            signature=signature,
            next_check=self._next_check(seen),
        )
        self.store.stories.save(seen, record, site=self.site.slug, validators=validators)
        if self._known:
            self._known.add(story.id, signature)
        return "changed" if old else "added"

    def _original(self, story: Story, signature: str) -> Story | None:
        """The story of this site that another page holds a copy of; None mostly."""
        if story.teaser or not signature:
            return None
        if self._known is None:
            self._known = near_duplicates.KnownStories(
                self.store.stories.signatures(self.site.slug, _COMPARED)
            )
        for candidate in self._known.candidates(signature):
            known = self.store.stories.get(candidate)
            if known and near_duplicates.same(known, story, self._known.usual_lines()):
                return known
        return None

    def _next_check(self, seen: StoredLink) -> datetime | None:
        return schedule.next_check(seen.first_seen, seen.checks, self.site.fetch.recheck, self.now)

    def _retry(self, seen: StoredLink, asked: datetime | None = None) -> datetime | None:
        return schedule.retry_at(seen, self.now, asked)

    def _failed(
        self,
        seen: StoredLink,
        reason: str,
        retry_at: datetime | None,
        doubt: Literal["", "page", "site"] = "",
    ) -> Failure:
        self.store.links.failed(seen, reason, retry_at)
        return Failure(url=seen.url, reason=reason, first=not seen.failures, doubt=doubt)


def _refuse(wall: block_pages.BlockPage | None, url: str) -> None:
    if wall:
        raise QuarantineError(url, wall.reason, of_site=wall.of_site)


def _unwalled(story: Story, headline: str, url: str) -> Story:
    """A story, or its teaser where a page of its own asks for a login or a subscription in place of
    its text.

    Raises QuarantineError where another page came, or nothing else is told.
    """
    _refuse(block_pages.by_words(f"{story.title} {story.text}", headline), url)
    wall = block_pages.by_words(story.text, headline or story.title)
    if wall is None:
        return story
    teaser = teaser_story(story, story.summary) if wall.teaser else None
    if teaser is None or block_pages.by_words(story.summary, headline or story.title):
        raise QuarantineError(url, wall.reason, of_site=wall.of_site)
    return teaser


def _mistake(error: Exception) -> str:
    return f"error in feedmaker, please report it: {error!r}"[:300]
