"""A section by WordPress's REST API: an index of its newest posts, and those that are new, whole.

An index says of a hundred posts when they were changed, and costs as much as a small page. Only new
and changed posts are asked for, twenty at a time, with their texts.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Final, NamedTuple

from feedmaker.html import wordpress_rest
from feedmaker.model import NO_VALIDATORS, Code, Link, Page, Reason, Validators
from feedmaker.model.errors import FetchError, ListingError, PageError
from feedmaker.pipeline import post_work
from feedmaker.pipeline.article import FetchedArticle, RunPages
from feedmaker.policy.selection import wants
from feedmaker.text import urls

if TYPE_CHECKING:
    from collections.abc import Sequence

    from feedmaker.html.wordpress_rest import IndexedPost
    from feedmaker.model import Section, State, StoredLink
    from feedmaker.pipeline.further_pages import PageSource
    from feedmaker.pipeline.section import SiteRun

# A post that was changed while a run went on may stand in the index of the next one.
_OVERLAP: Final = timedelta(hours=1)
_GONE: Final = (400, 404, 410)  # statuses of an API without such posts


class PostIndex(NamedTuple):
    """The posts of a section: links, and by their keys the ids that ask for them at `root`.

    `changed` are the URLs of those that changed since the last good run. `validators` are to be
    remembered, by URL.
    """

    root: str
    links: tuple[Link, ...]
    ids: dict[str, int]
    changed: frozenset[str]
    validators: dict[str, Validators]

    async def fetch(self, run: SiteRun, batch: Sequence[StoredLink]) -> dict[str, FetchedArticle]:
        """Return the articles of a batch that the API gives whole, by the URLs of their links.

        The others are to be had from their pages. Raises nothing.
        """
        wanted = [link for link in batch if link.key in self.ids]
        found: dict[str, FetchedArticle] = {}
        with suppress(TimeoutError, PageError):
            async with asyncio.timeout_at(run.deadline):
                for start in range(0, len(wanted), wordpress_rest.POSTS_AT_ONCE):
                    links = wanted[start : start + wordpress_rest.POSTS_AT_ONCE]
                    found |= await _fetch_some(run, self, links)
        return found


async def read_post_index(
    run: SiteRun, section: Section, state: State, url: str, made_with: str, at: str = ""
) -> PostIndex | None:
    """Return the index of the posts that the page at `url` lists; None where nothing changed.

    `at` are root and query of the API where they are known. Raises PageError where the site has no
    such API, or keeps it closed.
    """
    root, _, query = (at or await _posts_at(run, section, state, url)).partition(" ")
    address = wordpress_rest.index_url(root, query)
    is_waiting = bool(run.store.links.due(run.site.slug, section.slug, run.now))
    known, digest_at = NO_VALIDATORS, f"{address}#digest"
    sections, name = run.store.sections, (run.site.slug, section.slug)
    if not is_waiting:  # what waits needs its id
        known = sections.validators(*name, address, made_with)
    try:
        found = await _fetch_index(run, address, known)
    except PageError as error:
        if not isinstance(error, FetchError) or error.status in _GONE:
            sections.set_nav(*name, "", "")  # it may be elsewhere
        raise
    if found is None:
        return None
    posts, validators = found
    digest = sha256(repr(posts).encode()).hexdigest()[:32]
    if not is_waiting and sections.validators(*name, digest_at, made_with).etag == digest:
        return None
    return _index_of(
        posts,
        section,
        state,
        root,
        {address: validators, digest_at: Validators(etag=digest)},
    )


async def _fetch_index(
    run: SiteRun, address: str, known: Validators
) -> tuple[list[IndexedPost], Validators] | None:
    """Return the posts of an index with its validators; None where it was not modified.

    Raises PageError.
    """
    page = await run.fetch(address, known)
    if not isinstance(page, Page):
        return None
    return await run.process.call(page.url, post_work.read_index, page), page.validators


def _index_of(
    posts: Sequence[IndexedPost],
    section: Section,
    state: State,
    root: str,
    validators: dict[str, Validators],
) -> PostIndex:
    links = [
        Link(url=post.url, title=post.title, published=post.published, changed=post.changed)
        for post in posts
    ]
    since = state.good_at - _OVERLAP if state.good_at else None
    changed = [post.url for post in posts if since and post.changed and post.changed > since]
    return PostIndex(
        root=root,
        links=tuple(link for link in links if wants(section, link)),
        ids={urls.key(post.url): post.id for post in posts},
        changed=frozenset(changed),
        validators=validators,
    )


async def _posts_at(run: SiteRun, section: Section, state: State, url: str) -> str:
    """Return root and query of the API for the posts of a page, found once. Raises PageError."""
    found_at = f"wordpress {url}"
    if state.nav_from == found_at and state.nav_url:
        return state.nav_url
    at = " ".join(await find_posts(RunPages(run), url))
    run.store.sections.set_nav(run.site.slug, section.slug, found_at, at)
    return at


async def find_posts(pages: PageSource, url: str) -> tuple[str, str]:
    """Return the root of the API and the query for the posts of a page.

    Raises PageError.
    """
    page = await pages.page(url)
    route = await pages.work(page.url, post_work.find_route, page)
    if route is None:
        raise ListingError(url, Reason.of(Code.NO_POSTS))
    if route.query is not None:
        return route.root, route.query
    return route.root, await _category_query(pages, route.root, page.url)


async def _category_query(pages: PageSource, root: str, url: str) -> str:
    """Return the query for the posts of the category that has a page's slug.

    Raises PageError where there is not one such category.
    """
    page = await pages.page(wordpress_rest.categories_url(root, wordpress_rest.last_name(url)))
    found = await pages.work(page.url, post_work.read_categories, page)
    if len(found) != 1:
        raise ListingError(url, Reason.of(Code.NO_POSTS))
    return found[0].query


async def _fetch_some(
    run: SiteRun, index: PostIndex, links: Sequence[StoredLink]
) -> dict[str, FetchedArticle]:
    """Return the articles of a few links that one answer of the API gives. Raises PageError."""
    ids = [index.ids[link.key] for link in links]
    page = await run.fetch(wordpress_rest.posts_url(index.root, ids))
    assert isinstance(page, Page), "an unconditional request was answered 304"
    posts = await run.process.call(page.url, post_work.split_posts, page)
    answer = replace(page, content=b"", utf8=b"")
    found = {}
    for link, number in zip(links, ids, strict=True):
        if number not in posts:
            continue
        stored = run.store.stories.get(link.story) if link.digest else None
        job = post_work.read_post
        read = await run.process.call(
            link.url, job, answer, posts[number], run.site, link.title, stored
        )
        if read:
            found[link.url] = FetchedArticle(link, read=read, url=link.url, is_stated=True)
    return found
