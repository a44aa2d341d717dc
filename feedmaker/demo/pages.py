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

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from feedmaker.demo.content import (
    BOLD,
    CUT,
    FURNITURE,
    HOME,
    IN_FEEDS,
    LINK,
    MOST_READ,
    SECTIONS,
    Article,
    latest_articles,
    linked_articles,
    read_data,
)
from feedmaker.demo.drawings import HEIGHT, WIDTH, draw_png
from feedmaker.demo.written_dates import ZONE, write_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

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
        """Return a strong validator (RFC 9110 section 8.8.3): the same bytes, the same tag."""
        digest = hashlib.sha256(self.body).hexdigest()
        return f'"{digest[:20]}"'


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionPage:
    """A listing page: where it is, what it is called and how it is made."""

    slug: str
    title: str
    path: str
    markup: str
    encoding: str
    articles: tuple[Article, ...]


def inline_html(line: str, advert: Markup | str = "") -> Markup:
    """Return a line of a story as HTML, with `advert` where the line is cut."""
    html = str(escape(line))
    html = BOLD.sub(r"<strong>\1</strong>", html)
    html = LINK.sub(r'<a href="\2">\1</a>', html)
    return Markup(html.replace(CUT, str(advert)))  # noqa: S704 - the line was escaped above


def json_ld(article: Article) -> Markup:
    """Return the JSON-LD graph of a modern page (schema.org NewsArticle or VideoObject)."""
    make = _video_data if article.kind == "teaser" else _news_data
    site = {
        "@type": "WebSite",
        "name": FURNITURE["site"]["name"],
        "url": HOME,
    }
    graph = {
        "@context": "https://schema.org",
        "@graph": [site, make(article)],
    }
    text = json.dumps(graph, ensure_ascii=False)
    return Markup(text.replace("<", "\\u003c"))  # noqa: S704 - JSON in which no tag can begin


def _news_data(article: Article) -> dict[str, Any]:
    modified = article.modified or article.date
    return {
        "@type": "NewsArticle",
        "headline": article.title,
        "image": [HOME + article.image[1:]],
        "datePublished": article.date.astimezone(ZONE).isoformat(),
        "dateModified": modified.astimezone(ZONE).isoformat(),
        "author": [{"@type": "Person", "name": name} for name in article.authors],
        "publisher": {"@type": "NewsMediaOrganization", "name": FURNITURE["site"]["name"]},
        "articleSection": article.category,
        "keywords": list(article.tags),
        "description": article.description,
        "inLanguage": article.language,
        "mainEntityOfPage": article.url,
    }


def _video_data(article: Article) -> dict[str, Any]:
    return {
        "@type": "VideoObject",
        "name": article.title,
        "thumbnailUrl": HOME + article.image[1:],
        "uploadDate": article.date.astimezone(ZONE).isoformat(),
        "description": article.description,
        "inLanguage": article.language,
    }


@cache
def resources(*, corrected: bool) -> Mapping[str, Resource]:
    """Return what every address of the site, unescaped path and query, answers.

    With `corrected` that is as from the second run on, when one story has been put right. Anything
    else is a 404.
    """
    linked = linked_articles(corrected=corrected)
    stories = tuple(article for article in linked if article.kind in IN_FEEDS)
    section_pages = {slug: _section_page(slug, linked) for slug in SECTIONS}
    jinja = _environment(tuple(section_pages.values()), stories)
    home = jinja.get_template("home.html").render()
    found = {"/": _html_page(home, "utf-8", _last_change(stories))}
    for page in section_pages.values():
        text = jinja.get_template(f"listing_{page.markup}.html").render(section_page=page)
        found[page.path] = _html_page(text, page.encoding, _last_change(page.articles))
    for article in linked:
        found |= _article_resources(jinja, article, section_pages[article.sections[0]])
    found |= _minor_pages(jinja, stories)
    epoch = datetime(2026, 10, 1, tzinfo=UTC)
    found["/robots.txt"] = Resource(_ROBOTS, "text/plain; charset=utf-8", epoch)
    found["/pictures/blank.gif"] = Resource(_BLANK, "image/gif", epoch)
    return found


def _section_page(slug: str, linked: tuple[Article, ...]) -> SectionPage:
    section = read_data(f"stories/{slug}.toml")
    return SectionPage(
        slug=slug,
        title=section["title"],
        path=section["path"],
        markup=section["markup"],
        encoding=section["defaults"].get("encoding", "utf-8"),
        articles=tuple(article for article in linked if slug in article.sections),
    )


def _environment(
    section_pages: tuple[SectionPage, ...],
    stories: tuple[Article, ...],
) -> Environment:
    """Return Jinja with what every page shows: navigation, blocks, the words of the furniture."""
    jinja = Environment(
        loader=PackageLoader("feedmaker.demo"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    jinja.filters |= {"inline": inline_html, "metadata": json_ld, "written": write_date}
    by_id = {article.id: article for article in stories}
    jinja.globals |= {
        "site": FURNITURE["site"],
        "f": FURNITURE["boilerplate"],
        "section_pages": section_pages,
        "latest": latest_articles(stories),
        "most_read": [by_id[number] for number in MOST_READ],
        "width": WIDTH,
        "height": HEIGHT,
    }
    return jinja


def _html_page(
    text: str,
    encoding: str,
    modified: datetime,
    *,
    labelled: bool = True,
) -> Resource:
    """Return a page in its encoding.

    Letters that it lacks become character references, as old systems do it.
    """
    content_type = f"text/html; charset={encoding}" if labelled else "text/html"
    text = re.sub(r"\n\s*\n+", "\n", text)
    return Resource(text.encode(encoding, "xmlcharrefreplace"), content_type, modified)


def _last_change(shown: Iterable[Article]) -> datetime:
    """Return when the newest change was among the articles that a page shows."""
    return max(article.modified or article.date for article in shown)


def _article_resources(
    jinja: Environment,
    article: Article,
    section_page: SectionPage,
) -> dict[str, Resource]:
    """Return an article's page, its old address that redirects, and its picture."""
    found = {}
    if article.kind == "failing":
        found[article.path] = Resource(
            b"Internal Server Error\n",
            "text/plain",
            article.date,
            status=500,
        )
    elif article.kind != "missing":
        found[article.path] = _article_page(jinja, article, section_page)
    if article.link != article.url:
        found[article.href] = Resource(
            b"",
            "text/html; charset=utf-8",
            article.date,
            status=301,
            location=quote(article.path, safe="/?=&"),
        )
    found[article.image] = Resource(draw_png(int(article.id)), "image/png", article.date)
    return found


def _article_page(jinja: Environment, article: Article, section_page: SectionPage) -> Resource:
    """Return an article's page; those after it in its section are the related ones."""
    articles = section_page.articles
    at = articles.index(article)
    others = [one for one in articles[at + 1 :] + articles[:at] if one.kind == "story"]
    related = others[:3]
    text = jinja.get_template(f"article_{article.markup}.html").render(
        a=article,
        section_page=section_page,
        related=related,
        inside=others[3:5],
    )
    modified = _last_change([article, *(one for one in related if one.modified)])
    labelled = article.charset == "header"
    return _html_page(
        text,
        article.encoding,
        modified,
        labelled=labelled,
    )


def _minor_pages(jinja: Environment, stories: tuple[Article, ...]) -> dict[str, Resource]:
    """Return the pages of authors and tags, and the one about the newspaper."""
    shown: dict[str, list[Article]] = {"/about": []}
    for article in stories:
        paths = [f"/author/{name}" for name in article.authors]
        paths += [f"/tag/{tag}" for tag in article.tags]
        for path in paths:
            shown.setdefault(path, []).append(article)
    template = jinja.get_template("minor.html")
    found = {}
    for path, articles in shown.items():
        text = template.render(path=path, articles=articles)
        found[path] = _html_page(text, "utf-8", (articles or stories)[0].date)
    return found
