"""Sections of a WordPress site: its categories by their names, and whether its REST API is better.

Its pages are better where the API gives cut texts or other stories. Where it gives the same stories
whole, a section costs one request for its index and one for twenty stories.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from feedmaker.html import wordpress_rest
from feedmaker.model import Link
from feedmaker.model.errors import PageError
from feedmaker.pipeline import post_work
from feedmaker.setup.section_sources import SectionCandidate
from feedmaker.text import urls
from feedmaker.text.sayings import Saying

if TYPE_CHECKING:
    from collections.abc import Sequence

    from feedmaker.html.wordpress_rest import Category
    from feedmaker.model import Page, Story
    from feedmaker.pipeline.preview import Preview

_TRIED: Final = 3  # posts of a section that are looked at
_MOST_ADDED: Final = 20  # categories that no menu has
_AS_LONG: Final = 0.9  # of the words that the page of a story has


@dataclass(frozen=True, slots=True)
class RestSections:
    """The API of a site, by its root, and its categories; those of no site have neither."""

    root: str = ""
    categories: tuple[Category, ...] = ()


@dataclass(frozen=True, slots=True)
class RestSample:
    """The newest posts of a section: its links, the stories of some, and why they are taken."""

    links: tuple[Link, ...]
    stories: tuple[Story, ...]
    why: str


async def find_rest_sections(preview: Preview, home: Page) -> RestSections:
    """Return the categories of the site of a home page. Raises nothing."""
    try:
        route = await preview.work(home.url, post_work.find_route, home)
        if route is None:
            return RestSections()
        answer = await preview.page(wordpress_rest.categories_url(route.root))
        found = await preview.work(answer.url, post_work.read_categories, answer)
    except PageError:
        return RestSections()
    return RestSections(route.root, tuple(one for one in found if one.posts))


def with_categories(
    candidates: Sequence[SectionCandidate], rest: RestSections, home: str
) -> list[SectionCandidate]:
    """Return the candidates with what asks the API for their posts, then further categories."""
    queries = {urls.key(one.url): one.query for one in rest.categories}
    if rest.root:
        queries[urls.key(home)] = ""
    known = {one.key for one in candidates}
    further = [
        SectionCandidate(
            title=one.name,
            why=Saying("a category of its WordPress with {posts} posts", posts=one.posts),
            url=one.url,
            usual=False,
        )
        for one in rest.categories
        if urls.key(one.url) not in known
    ]
    return [
        replace(one, posts=(rest.root, queries[one.key])) if one.key in queries else one
        for one in (*candidates, *further[:_MOST_ADDED])
    ]


async def try_posts(
    preview: Preview, candidate: SectionCandidate, shown: Sequence[Link], read: Sequence[Story]
) -> RestSample | None:
    """Return the newest posts of a candidate where the API is better than its page; None elsewhere.

    `shown` are the links that its page has, `read` are stories of them. Raises nothing.
    """
    if candidate.posts is None:
        return None
    try:
        links, stories = await _newest(preview, *candidate.posts)
    except PageError:
        return None
    if len(stories) < min(_TRIED, len(links)) or not _are_as_good(stories, shown, read):
        return None
    why = Saying(
        "its REST API gives the same stories whole, {count} of {tried} tried",
        count=len(stories),
        tried=min(_TRIED, len(links)),
    )
    return RestSample(links, tuple(stories), why)


def _are_as_good(stories: Sequence[Story], shown: Sequence[Link], read: Sequence[Story]) -> bool:
    """Whether stories are of a page that shows these links, and as long as on their own pages."""
    keys = {urls.key(link.url) for link in shown}
    if keys and keys.isdisjoint(urls.key(story.url) for story in stories):
        return False
    words = {urls.key(story.url): len(story.text.split()) for story in read}
    return all(
        len(story.text.split()) >= _AS_LONG * words.get(urls.key(story.url), 0) for story in stories
    )


async def _newest(preview: Preview, root: str, query: str) -> tuple[tuple[Link, ...], list[Story]]:
    """The links of an index, and the stories of its first posts that are whole.

    Raises PageError.
    """
    index = await preview.page(wordpress_rest.index_url(root, query))
    posts = await preview.work(index.url, post_work.read_index, index)
    links = tuple(Link(url=one.url, title=one.title, published=one.published) for one in posts)
    ids = [one.id for one in posts[:_TRIED]]
    if not ids:
        return links, []
    answer = await preview.page(wordpress_rest.posts_url(root, ids))
    whole = await preview.work(answer.url, post_work.split_posts, answer)
    stories = []
    for number in ids:
        if number not in whole:
            continue
        job = post_work.read_post
        read = await preview.work(answer.url, job, answer, whole[number], preview.site, "", None)
        if read:
            stories.append(read.story)
    return links, stories
