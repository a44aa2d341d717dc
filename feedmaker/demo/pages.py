"""The sample site as a browser would get it: each address with its bytes, headers and status."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from feedmaker.demo.content import (
    BOLD,
    CUT,
    FURNITURE,
    HOME,
    LINK,
    MOST_READ,
    SECTIONS,
    Article,
    everything,
    latest,
    read,
)
from feedmaker.demo.drawings import HEIGHT, WIDTH, png
from feedmaker.demo.written_dates import ZONE, written

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from jinja2 import Environment
    from markupsafe import Markup

_ROBOTS = b"User-agent: *\nDisallow: /private/\nDisallow: /search\n"
# The smallest picture there is: what a lazy image shows before a script puts the real one there.
_BLANK = bytes.fromhex(
    "47494638396101000100800000ffffff00000021f90401000000002c00000000010001000002024401003b"
)


@dataclass(frozen=True, slots=True)
class Resource:
    """What one address answers; `location` only of a redirect."""

    body: bytes
    content_type: str
    modified: datetime
    status: int = 200
    location: str = ""

    @property
    def etag(self) -> str:
        """A strong validator (RFC 9110 section 8.8.3): the same bytes, the same tag."""
        return f'"{hashlib.sha256(self.body).hexdigest()[:20]}"'


@dataclass(frozen=True, slots=True)
class Shelf:
    """A listing page: where it is, what it is called and how it is made."""

    slug: str
    title: str
    path: str
    markup: str
    encoding: str
    articles: tuple[Article, ...]


def inline(line: str, advert: Markup | str = "") -> Markup:
    """A line of a story as HTML, with `advert` where the line is cut."""
    from markupsafe import Markup, escape

    html = LINK.sub(r'<a href="\2">\1</a>', BOLD.sub(r"<strong>\1</strong>", str(escape(line))))
    return Markup(html.replace(CUT, str(advert)))  # noqa: S704 - the line was escaped above


def metadata(article: Article) -> Markup:
    """The JSON-LD graph of a modern page (schema.org NewsArticle or VideoObject)."""
    from markupsafe import Markup

    published = article.date.astimezone(ZONE).isoformat()
    story: dict[str, Any] = {
        "@type": "NewsArticle",
        "headline": article.title,
        "image": [HOME + article.image[1:]],
        "datePublished": published,
        "dateModified": (article.modified or article.date).astimezone(ZONE).isoformat(),
        "author": [{"@type": "Person", "name": name} for name in article.authors],
        "publisher": {"@type": "NewsMediaOrganization", "name": FURNITURE["site"]["name"]},
        "articleSection": article.category,
        "keywords": list(article.tags),
        "description": article.description,
        "inLanguage": article.language,
        "mainEntityOfPage": article.url,
    }
    if article.kind == "teaser":
        video = {
            "name": article.title,
            "thumbnailUrl": HOME + article.image[1:],
            "uploadDate": published,
        }
        story = {
            "@type": "VideoObject",
            **video,
            "description": article.description,
            "inLanguage": article.language,
        }
    graph = [{"@type": "WebSite", "name": FURNITURE["site"]["name"], "url": HOME}, story]
    text = json.dumps({"@context": "https://schema.org", "@graph": graph}, ensure_ascii=False)
    return Markup(text.replace("<", "\\u003c"))  # noqa: S704 - JSON in which no tag can begin


def _environment(shelves: tuple[Shelf, ...], stories: tuple[Article, ...]) -> Environment:
    """Jinja with what every page shows: navigation, blocks, the words of the furniture."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    jinja = Environment(
        loader=PackageLoader("feedmaker.demo"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    jinja.filters |= {"inline": inline, "metadata": metadata, "written": written}
    by_id = {a.id: a for a in stories}
    jinja.globals |= {
        "site": FURNITURE["site"],
        "f": FURNITURE["boilerplate"],
        "shelves": shelves,
        "latest": latest(stories),
        "most_read": [by_id[i] for i in MOST_READ],
        "width": WIDTH,
        "height": HEIGHT,
    }
    return jinja


def _shelves(linked: tuple[Article, ...]) -> tuple[Shelf, ...]:
    shelves = []
    for slug in SECTIONS:
        section = read(f"stories/{slug}.toml")
        mine = tuple(a for a in linked if slug in a.sections)
        encoding = section["defaults"].get("encoding", "utf-8")
        shelves.append(
            Shelf(slug, section["title"], section["path"], section["markup"], encoding, mine)
        )
    return tuple(shelves)


def _html(text: str, encoding: str, modified: datetime, *, labelled: bool = True) -> Resource:
    """A page in its encoding; letters that one lacks become character references, as old systems do
    it.
    """
    content_type = f"text/html; charset={encoding}" if labelled else "text/html"
    text = re.sub(r"\n\s*\n+", "\n", text)
    return Resource(text.encode(encoding, "xmlcharrefreplace"), content_type, modified)


def _modified(shown: Iterable[Article]) -> datetime:
    """When the newest change was among the articles that a page shows."""
    return max(a.modified or a.date for a in shown)


def _article_page(jinja: Environment, article: Article, shelf: Shelf) -> Resource:
    """An article's page; those beside it in its section are the related ones."""
    at = shelf.articles.index(article)
    others = [a for a in shelf.articles[at + 1 :] + shelf.articles[:at] if a.kind == "story"]
    related = others[:3]
    text = jinja.get_template(f"article_{article.markup}.html").render(
        a=article, shelf=shelf, related=related, inside=others[3:5]
    )
    modified = _modified((article, *(a for a in related if a.modified)))
    return _html(text, article.encoding, modified, labelled=article.charset == "header")


def _minor_pages(jinja: Environment, stories: tuple[Article, ...]) -> dict[str, Resource]:
    """The pages of authors and tags, and the one about the newspaper."""
    names: dict[str, list[Article]] = {"/about": []}
    for article in stories:
        for path in (
            *(f"/author/{n}" for n in article.authors),
            *(f"/tag/{t}" for t in article.tags),
        ):
            names.setdefault(path, []).append(article)
    template = jinja.get_template("minor.html")
    return {
        path: _html(template.render(path=path, articles=a), "utf-8", (a or stories)[0].date)
        for path, a in names.items()
    }


@cache
def resources(*, corrected: bool) -> Mapping[str, Resource]:
    """Every address of the site, unescaped path and query, with what it answers.

    With `corrected` as it is from the second run on, when one story has been put right. Anything
    else is a 404.
    """
    linked = everything(corrected=corrected)
    stories = tuple(a for a in linked if a.kind in ("story", "teaser"))
    shelves = _shelves(linked)
    jinja = _environment(shelves, stories)
    found = {"/": _html(jinja.get_template("home.html").render(), "utf-8", _modified(stories))}
    for shelf in shelves:
        text = jinja.get_template(f"listing_{shelf.markup}.html").render(shelf=shelf)
        found[shelf.path] = _html(text, shelf.encoding, _modified(shelf.articles))
    by_slug = {shelf.slug: shelf for shelf in shelves}
    for article in linked:
        if article.kind == "failing":
            found[article.path] = Resource(
                b"Internal Server Error\n", "text/plain", article.date, status=500
            )
        elif article.kind != "missing":
            found[article.path] = _article_page(jinja, article, by_slug[article.sections[0]])
        if article.link != article.url:
            target = quote(article.path, safe="/?=&")
            old = article.link.removeprefix(HOME[:-1])
            found[old] = Resource(
                b"", "text/html; charset=utf-8", article.date, status=301, location=target
            )
        found[article.image] = Resource(png(int(article.id)), "image/png", article.date)
    found |= _minor_pages(jinja, stories)
    epoch = datetime(2026, 10, 1, tzinfo=UTC)
    found["/robots.txt"] = Resource(_ROBOTS, "text/plain; charset=utf-8", epoch)
    found["/pictures/blank.gif"] = Resource(_BLANK, "image/gif", epoch)
    return found
