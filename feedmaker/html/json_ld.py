"""What a page says of itself in JSON-LD, in the vocabulary of schema.org."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from feedmaker.html.json_ld_objects import (
    JsonLdObjects,
    Object,
    first_string,
    kinds,
    parse_json_ld,
    strings,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from selectolax.lexbor import LexborNode

_MARKUP: Final = re.compile(r"</?[A-Za-z][^<>]*>")
_PAGE_KINDS: Final = frozenset(
    ("webpage", "recipe", "videoobject", "itempage", "howto", "podcastepisode")
)
_REPORT_KINDS: Final = frozenset(("report", "review", "claimreview"))
_SITE_KINDS: Final = ("newsmediaorganization", "website", "organization")
_DATE_KEYS: Final[tuple[str, ...]] = ("datePublished", "dateCreated", "uploadDate", "dateModified")


class Statement(NamedTuple):
    """Something that a page states, and where it does."""

    source: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class JsonLd:
    """What the JSON-LD of a page says of the page's story, and of the site.

    `story` is the object of the story, empty where there is none, `types` are its types, `is_news`
    says that it is a NewsArticle or one of its kinds.
    `persons` and `organisations` are authors. `dates` has the dates by their key in schema.org.
    `keywords` are the topics, `crumbs` the breadcrumb trails. `site_names` are those that only the
    story's own site goes by. What few pages need, the properties, is read from the objects when it
    is asked for.
    """

    objects: JsonLdObjects = field(default_factory=JsonLdObjects)
    story: Object = field(default_factory=dict)
    types: frozenset[str] = frozenset()
    is_article: bool = False
    is_news: bool = False
    headline: str = ""
    persons: Sequence[str] = ()
    organisations: Sequence[str] = ()
    dates: dict[str, str] = field(default_factory=dict)
    logos: Sequence[str] = ()
    sections: Sequence[str] = ()
    keywords: Sequence[str] = ()
    crumbs: Sequence[list[str]] = ()
    language: str = ""
    site_names: Sequence[str] = ()

    @property
    def pictures(self) -> list[str]:
        """The addresses of the story's pictures."""
        stated = [self.story.get("image"), self.story.get("thumbnailUrl")]
        return self.objects.addresses(stated)

    @property
    def article_body(self) -> str:
        """The text of the story without markup; empty where not all readers may read it."""
        is_free = self.story.get("isAccessibleForFree", True)
        if isinstance(is_free, (str, int)) and str(is_free).lower() in ("false", "0"):
            return ""
        stated = first_string(self.story.get("articleBody"))
        return unescape(_MARKUP.sub("\n", stated)) if "<" in stated else stated

    @property
    def site_titles(self) -> list[str]:
        """The names of the organisations and web sites on the page."""
        sites = self.objects.of(*_SITE_KINDS)
        return strings([site.get("name") for site in sites])


class RankedObject(NamedTuple):
    """An object that may be the page's story; `order` falls from the first of the page on."""

    is_article: bool
    has_page_title: bool
    order: int
    headline: str
    node: Object


def is_article(types: Collection[str]) -> bool:
    """Tell whether an object of these types is an article: NewsArticle, BlogPosting, Report ..."""
    for kind in types:
        if kind in _REPORT_KINDS:
            return True
        if kind.endswith(("article", "posting")) and kind != "jobposting":
            return True
    return False


def _rank_objects(
    objects: JsonLdObjects,
    titles: Iterable[str],
    key: Callable[[str], str],
) -> list[RankedObject]:
    """Return the objects that may be the page's story, the likeliest first."""
    known = list(filter(None, titles))
    ranked: list[RankedObject] = []
    for order, (types, node) in enumerate(objects.main):
        article = is_article(types)
        if not article and types.isdisjoint(_PAGE_KINDS):
            continue
        headline = key(_headline(node))
        one = RankedObject(
            is_article=article,
            has_page_title=_agrees(headline, known),
            order=-order,
            headline=headline,
            node=node,
        )
        ranked.append(one)
    return sorted(ranked, key=_rank, reverse=True)


def _rank(one: RankedObject) -> tuple[bool, bool, int]:
    return one.is_article, one.has_page_title, one.order


def _agrees(
    headline: str,
    titles: list[str],
) -> bool:
    """Tell whether a headline is within one of the page's titles, or has one within it."""
    if not headline:
        return False
    return any(title in headline or headline in title for title in titles)


def _story_object(
    objects: JsonLdObjects,
    titles: Iterable[str],
    key: Callable[[str], str],
) -> Object:
    """Return the object that is the page's story, completed from others of the same story.

    Empty where there is none.
    """
    ranked = _rank_objects(objects, titles, key)
    if not ranked:
        return {}
    best, *others = ranked
    articles = sum(one.is_article for one in ranked)
    if best.is_article and not best.has_page_title and articles > 2:
        return {}  # a list of other stories
    story = dict(best.node)
    for other in others:
        if not other.is_article or other.headline == best.headline:
            story |= _missing_values(story, other.node)
    return story


def _missing_values(
    story: Object,
    other: Object,
) -> Object:
    """Return the values of another object that a story lacks."""
    return {name: value for name, value in other.items() if value and not story.get(name)}


def _headline(node: Object) -> str:
    return first_string(node.get("headline")) or first_string(node.get("name"))


def _date_text(value: Any) -> str:
    """Return the text of a date, which some state as a count of seconds."""
    return str(value) if isinstance(value, int) else first_string(value)


def _authors(
    objects: JsonLdObjects,
    story: Object,
) -> tuple[list[str], list[str]]:
    """Return the authors of a story that are persons, and those that are organisations."""
    persons: list[str] = []
    organisations: list[str] = []
    authors = story.get("author") or story.get("creator")
    for given in authors if isinstance(authors, list) else [authors]:
        author = objects.resolve(given)
        names = strings(author)
        types = kinds(author) if isinstance(author, dict) else ()
        if any("organization" in kind for kind in types):
            organisations += [" ".join(name.partition("|")[0].split()) for name in names]
        else:
            persons += names
    return persons, organisations


def _logos(
    objects: JsonLdObjects,
    publisher: Any,
) -> list[str]:
    """Return the addresses of the logos of a story's publisher and of the page's organisations."""
    owners = [publisher, *objects.of("organization", "newsmediaorganization")]
    logos = [owner.get("logo") for owner in owners if isinstance(owner, dict)]
    return objects.addresses(logos)


def _crumbs(objects: JsonLdObjects) -> Iterator[list[str]]:
    """Give the breadcrumb trails of a page, each from the site's home down."""
    for trail in objects.of("breadcrumblist"):
        items = trail.get("itemListElement")
        if not isinstance(items, list):
            continue
        names: list[str] = []
        for item in items:
            if isinstance(item, dict):
                page = objects.resolve(item.get("item"))
                name = first_string(item.get("name"))
                names.append(name or first_string(page))
        yield list(filter(None, names))


def _site_names(
    objects: JsonLdObjects,
    publisher: Any,
) -> list[str]:
    """Return the names of a story's publisher, and of web sites and news media on the page."""
    names = [first_string(publisher)]
    for one in objects.of("website", "newsmediaorganization"):
        names += strings(one.get("name"))
        names += strings(one.get("alternateName"))
    return names


def read_json_ld(
    scripts: Iterable[LexborNode],
    titles: Iterable[str],
    key: Callable[[str], str],
) -> JsonLd:
    """Read the JSON-LD in the scripts of a page.

    `titles` are the titles of the page, in the form that `key` gives them to be compared. Scripts
    that cannot be parsed are left out; nothing is raised.
    """
    objects = JsonLdObjects()
    for script in scripts:
        objects.collect(parse_json_ld(script.text()))
    story = _story_object(objects, titles, key)
    types = kinds(story)
    persons, organisations = _authors(objects, story)
    publisher = objects.resolve(story.get("publisher"))
    stated_dates = [name for name in _DATE_KEYS if name in story]
    dates = {name: _date_text(story[name]) for name in stated_dates}
    return JsonLd(
        objects=objects,
        story=story,
        types=types,
        is_article=is_article(types),
        is_news=any("newsarticle" in kind for kind in types),
        headline=_headline(story),
        persons=persons,
        organisations=organisations,
        dates=dates,
        logos=_logos(objects, publisher),
        sections=strings(story.get("articleSection")),
        keywords=strings(story.get("keywords")),
        crumbs=list(_crumbs(objects)),
        language=first_string(story.get("inLanguage")),
        site_names=_site_names(objects, publisher),
    )
