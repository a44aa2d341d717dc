"""WordPress's REST API: where a page names it, its addresses, and a post as a page of HTML.

WordPress REST API Handbook, "Discovery", "Global Parameters" and "Posts". A post is written as the
page that a theme would make of it, so that what reads articles reads posts too.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from html import escape, unescape
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from urllib.parse import quote, unquote, urlencode, urlsplit

from feedmaker.text import urls

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborHTMLParser

Post = dict[str, Any]

INDEX_SIZE: Final = 100  # posts of an index: as many as the API gives at once
POSTS_AT_ONCE: Final = 20  # whole posts in one answer
_RELATION: Final = "https://api.w.org/"
_LINK_HEADER: Final = re.compile(r'<([^<>]{1,2000})>\s{0,9};\s{0,9}rel="?https://api\.w\.org/"?')
# The object of the API that a page is the archive of, and the parameter that asks for its posts.
_ARCHIVE: Final = re.compile(r"/wp/v2/(categories|tags|users)/(\d{1,12})/?$")
_PARAMETERS: Final = {"categories": "categories", "tags": "tags", "users": "author"}
_INDEX_FIELDS: Final = "id,link,title,date,date_gmt,modified,modified_gmt"
_POST_FIELDS: Final = f"{_INDEX_FIELDS},content,excerpt,jetpack_featured_media_url,_links,_embedded"
_EMBEDDED: Final = "author,wp:featuredmedia,wp:term"
_CATEGORY_FIELDS: Final = "id,name,link,count"
_MOST_CATEGORIES: Final = 100
_TAG: Final = re.compile("<[^<>]*+>")
_SHORTCODE: Final = re.compile(r"\[/?[a-z][\w-]{2,40}(?:[\s/][^\[\]]{0,500})?\]", re.IGNORECASE)
_CUT: Final = re.compile(r"(?:…|\.\.\.)\s?\]?$")
_MORE_LINK: Final = re.compile(r'class="[^"<>]{0,60}\bmore-link\b')
_LEAST: Final = 200  # characters of a body; less is a lead, or what is left without its scripts
_NO_CATEGORY: Final = frozenset(("uncategorized", "غير مصنف", "عام", "non classé"))
_MOST_TERMS: Final = 30


class IndexedPost(NamedTuple):
    """What an index says of a post: its id, its address, and when it was made and changed."""

    id: int
    url: str
    title: str
    published: datetime | None
    changed: datetime | None


class Category(NamedTuple):
    """A category of a site: its name, the address of its page, and its parameter of posts."""

    name: str
    url: str
    query: str
    posts: int


def find_root(tree: LexborHTMLParser, url: str, link_header: str = "") -> str:
    """Return the root of the API that a page at `url` names; "" for none.

    It stands in its head or its header, and must be of the page's own site.
    """
    link = tree.css_first(f"link[rel='{_RELATION}'][href]")
    named = link.attributes.get("href") if link is not None else ""
    header = _LINK_HEADER.search(link_header)
    address = urls.canonical(named or (header[1] if header else ""), url) or ""
    return address if address and urls.same_site(address, url) else ""


def archive_query(tree: LexborHTMLParser) -> str:
    """Return the parameter that asks for the posts of the archive that a page is; "" for none.

    A page of a category, a tag or an author names its own object.
    """
    for link in tree.css("link[rel~=alternate i][type='application/json' i][href]"):
        found = _ARCHIVE.search(unquote(link.attributes.get("href") or ""))
        if found:
            return f"{_PARAMETERS[found[1]]}={found[2]}"
    return ""


def is_home(url: str, root: str) -> bool:
    """Whether a page is the one that the API with this root is of."""
    path = urlsplit(url).path.strip("/")
    return path == urlsplit(root).path.partition("wp-json")[0].strip("/").removesuffix("index.php")


def index_url(root: str, query: str) -> str:
    """Return the address of the index of the newest posts that a query asks for."""
    given: dict[str, str | int] = {"per_page": INDEX_SIZE, "_fields": _INDEX_FIELDS}
    return _address(root, "wp/v2/posts", given, query)


def posts_url(root: str, ids: list[int]) -> str:
    """Return the address of whole posts by their ids, with their authors, terms and pictures."""
    given: dict[str, str | int] = {
        "include": ",".join(map(str, ids)),
        "per_page": POSTS_AT_ONCE,
        "_embed": _EMBEDDED,
        "_fields": _POST_FIELDS,
    }
    return _address(root, "wp/v2/posts", given)


def categories_url(root: str, slug: str = "") -> str:
    """Return the address of the largest categories that have posts, or of one by its slug."""
    given: dict[str, str | int] = {"per_page": _MOST_CATEGORIES, "_fields": _CATEGORY_FIELDS}
    given |= {"slug": slug} if slug else {"orderby": "count", "order": "desc", "hide_empty": "true"}
    return _address(root, "wp/v2/categories", given)


def _address(root: str, path: str, given: dict[str, str | int], query: str = "") -> str:
    """Return the address of a route; a site without readable addresses has it in its query."""
    start = f"{root.rstrip('/')}/{path}"
    sign = "&" if "rest_route=" in root else "?"
    asked = urlencode(given, safe=",:_", quote_via=quote)
    return f"{start}{sign}{query}{'&' if query else ''}{asked}"


def last_name(url: str) -> str:
    """Return the last name in the path of a page: the slug of a category, mostly."""
    return unquote(urlsplit(url).path.rstrip("/").rpartition("/")[2])


# ---- answers


def read_index(data: object, base: str) -> list[IndexedPost] | None:
    """Return the posts of an index; None of what is none, such as an error."""
    if not isinstance(data, list):
        return None
    found = []
    for post in data:
        number = post.get("id") if isinstance(post, dict) else None
        url = urls.canonical(_text(post.get("link")), base) if isinstance(number, int) else None
        if not url or not isinstance(number, int):
            continue
        published = _instant(post, "date_gmt")
        changed = _instant(post, "modified_gmt")
        found.append(IndexedPost(number, url, _plain(post.get("title")), published, changed))
    return found if found or not data else None


def read_categories(data: object, base: str) -> list[Category]:
    """Return the categories of an answer with their names; [] of what is none."""
    found = []
    for one in data if isinstance(data, list) else []:
        if not isinstance(one, dict) or not isinstance(one.get("id"), int):
            continue
        url = urls.canonical(_text(one.get("link")), base)
        name, count = _plain(one.get("name")), one.get("count")
        if url and name:
            query = f"categories={one['id']}"
            found.append(Category(name, url, query, count if isinstance(count, int) else 0))
    return found


def _instant(post: Post, name: str) -> datetime | None:
    """A date of a post, which says no zone and is in UTC."""
    try:
        return datetime.fromisoformat(_text(post.get(name))).replace(tzinfo=UTC)
    except ValueError:
        return None


def _text(value: object) -> str:
    """A text, or the one that stands in it as it is shown."""
    if isinstance(value, dict):
        value = value.get("rendered")
    return value if isinstance(value, str) else ""


def _plain(value: object) -> str:
    return " ".join(unescape(_TAG.sub(" ", _text(value)[:2_000])).split())


# ---- posts


def is_whole(post: Post) -> bool:
    """Whether a post has its whole text: open to all, not cut, nothing left to be filled."""
    content = post.get("content")
    if not isinstance(content, dict) or content.get("protected"):
        return False
    html = _text(content)
    text = " ".join(unescape(_TAG.sub(" ", html)).split())
    is_cut = _CUT.search(text[-9:]) or _MORE_LINK.search(html)
    return len(text) >= _LEAST and not is_cut and not _SHORTCODE.search(text)


def post_page(post: Post, url: str) -> str:
    """Return a post at `url` as the page that a theme would make of it."""
    title = escape(_plain(post.get("title")))
    metas = "".join(
        f'<meta {"name" if name == "author" else "property"}="{name}" content="{escape(value)}">'
        for name, value in _metas(post)
    )
    return (
        f"<!DOCTYPE html><html><head><title>{title}</title>"
        f'<link rel="canonical" href="{escape(url)}">{metas}</head>'
        f"<body><article><h1>{title}</h1>"
        f'<div class="rest-content">{_text(post.get("content"))}</div></article></body></html>'
    )


def _metas(post: Post) -> Iterator[tuple[str, str]]:
    """Give what the head of a post's page says, as the properties of Open Graph are called."""
    yield "og:type", "article"
    yield "og:title", _plain(post.get("title"))
    for name, key in (("published", "date_gmt"), ("modified", "modified_gmt")):
        at = _instant(post, key)
        if at is not None:
            yield f"article:{name}_time", at.isoformat()
    picture = _picture(post)
    if picture:
        yield "og:image", picture
    for author in _embedded(post, "author"):
        name = _plain(author.get("name"))
        if name:
            yield "author", name
    for name, text in _terms(post):
        yield name, text
    excerpt = _plain(post.get("excerpt"))
    if excerpt:
        yield "og:description", excerpt


def _picture(post: Post) -> str:
    for media in _embedded(post, "wp:featuredmedia"):
        if isinstance(media.get("source_url"), str):
            return str(media["source_url"])
    return _text(post.get("jetpack_featured_media_url"))


def _terms(post: Post) -> Iterator[tuple[str, str]]:
    """Give the first category of a post, which names its section, and its tags."""
    has_section = False
    for term in _embedded(post, "wp:term")[:_MOST_TERMS]:
        name, kind = _plain(term.get("name")), term.get("taxonomy")
        if not name or name.casefold() in _NO_CATEGORY:
            continue
        if kind == "category" and not has_section:
            has_section = True
            yield "article:section", name
        elif kind in ("post_tag", "category"):
            yield "article:tag", name


def _embedded(post: Post, name: str) -> list[Post]:
    """The objects that a post embeds under a name; of one that is closed there is but an error."""
    embedded = post.get("_embedded")
    value = embedded.get(name) if isinstance(embedded, dict) else None
    found: list[Post] = []
    for one in value if isinstance(value, list) else []:
        found += (
            [inner for inner in one if isinstance(inner, dict)] if isinstance(one, list) else []
        )
        found += [one] if isinstance(one, dict) else []
    return found
