"""What is done with pages and answers of a WordPress site: jobs of `page_process`, as `page_work`.

page -> its API -> index of posts -> whole posts -> stories
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

from feedmaker.html import parsing, wordpress_rest
from feedmaker.html.script_values import read_json
from feedmaker.model import Code, Reason, Rules
from feedmaker.model.errors import ListingError, PageError
from feedmaker.pipeline.page_work import read_article
from feedmaker.text import urls

if TYPE_CHECKING:
    from feedmaker.html.wordpress_rest import Category, IndexedPost, Post
    from feedmaker.model import Page, Site, Story
    from feedmaker.pipeline.page_work import ReadArticle

_BODY: Final = ("div.rest-content",)


class RestRoute(NamedTuple):
    """The API that a page names, and what asks for the posts that the page lists.

    `query` is None where the page does not say which of its objects it is.
    """

    root: str
    query: str | None


def find_route(page: Page) -> RestRoute | None:
    """Return the API of a page's site, None where the page names none."""
    tree = parsing.parse(page.utf8)
    root = wordpress_rest.find_root(tree, page.url, page.link_header)
    if not root:
        return None
    query = wordpress_rest.archive_query(tree)
    if query or wordpress_rest.is_home(page.url, root):
        return RestRoute(root, query)
    return RestRoute(root, None)


def read_categories(page: Page) -> list[Category]:
    """Return the categories that an answer of the API names."""
    return wordpress_rest.read_categories(read_json(page.text), page.url)


def read_index(page: Page) -> list[IndexedPost]:
    """Return the posts that an index names. Raises ListingError where it names none."""
    posts = wordpress_rest.read_index(read_json(page.text), page.url)
    if not posts:
        raise ListingError(page.url, Reason.of(Code.NO_POSTS))
    return posts


def split_posts(page: Page) -> dict[int, Post]:
    """Return the posts of an answer by their ids."""
    data = read_json(page.text)
    posts = [post for post in data if isinstance(post, dict)] if isinstance(data, list) else []
    return {post["id"]: post for post in posts if isinstance(post.get("id"), int)}


def read_post(
    page: Page, post: Post, site: Site, headline: str, stored: Story | None
) -> ReadArticle | None:
    """Return the story of a post of an answer; None where its own page has to complete it.

    `headline` is the title of the link to it, `stored` the story as it was before.
    """
    address = urls.canonical(str(post.get("link")), page.url)
    if address is None or not wordpress_rest.is_whole(post):
        return None
    html = wordpress_rest.post_page(post, address).encode()
    made = replace(page, url=address, content=html, utf8=html)
    ruled = replace(site, rules=Rules(body=_BODY, drop=site.rules.drop))
    try:
        read = read_article(made, ruled, headline, stored=stored)
    except PageError:
        return None  # a demand to subscribe, or a text that is none
    return None if read.story.teaser else replace(read, healed=None, further=None)
