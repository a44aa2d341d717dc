"""What a page says of itself in JSON-LD.

JSON-LD 1.1 (W3C Recommendation) with the vocabulary of schema.org.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from html import unescape
from itertools import chain
from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from selectolax.lexbor import LexborNode

Object = dict[str, Any]

_WRAPPING: Final = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/|<!\[CDATA\[)"
    r"|(?:-->|//\s*\]\]>|/\*\s*\]\]>\s*\*/|\]\]>)\s*;?\s*$"
)
_TRAILING_COMMA: Final = re.compile(r",(?=\s*[}\]])")
_MISSING_COMMA: Final = re.compile(r'(?<=[}\]"])(\s*\n\s*)(?="[^"\n]{1,60}"\s*:)')
_BAD_ESCAPE: Final = re.compile(r'\\(?!["\\/bfnrtu])')
# Half of a character: JSON has one where a text was cut within an emoji.
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_MARKUP: Final = re.compile(r"</?[A-Za-z][^<>]*>")
_DECODER: Final = json.JSONDecoder(strict=False)
_MOST_OBJECTS: Final = 3000
_CONTAINERS: Final = (dict, list)
_SMALL: Final = 100  # pixels: below this a stated picture is an icon

# Objects below these keys are other stories, or not the page itself.
_OTHER_STORIES: Final = frozenset(
    (
        "about",
        "associatedmedia",
        "citation",
        "comment",
        "haspart",
        "isbasedon",
        "ispartof",
        "itemlistelement",
        "itemreviewed",
        "liveblogupdate",
        "mentions",
        "relatedlink",
        "review",
        "significantlink",
        "subjectof",
        "suggestedanswer",
        "video",
    )
)
_PAGE_KINDS: Final = frozenset(
    ("webpage", "recipe", "videoobject", "itempage", "howto", "podcastepisode")
)
_REPORT_KINDS: Final = frozenset(("report", "review", "claimreview"))
_SITE_KINDS: Final = ("newsmediaorganization", "website", "organization")
_DATE_KEYS: Final = ("datePublished", "dateCreated", "uploadDate", "dateModified")


class Statement(NamedTuple):
    """Something that a page states, and where it does."""

    source: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class JsonLd:
    """What the JSON-LD of a page says of the page's story, and of the site.

    `persons` and `organisations` are authors. `dates` has the dates by their key in schema.org.
    `crumbs` are the breadcrumb trails. `site_titles` are the names of the page's organisations
    and web sites, `site_names` those and more that only the story's own site goes by.
    """

    headline: str = ""
    persons: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    dates: dict[str, str] = field(default_factory=dict)
    pictures: tuple[Statement, ...] = ()
    logos: frozenset[str] = frozenset()
    sections: tuple[Statement, ...] = ()
    crumbs: tuple[tuple[str, ...], ...] = ()
    keywords: tuple[str, ...] = ()
    language: str = ""
    article_body: str = ""
    is_article: bool = False
    is_news: bool = False
    is_news_article: bool = False
    site_names: tuple[str, ...] = ()
    site_titles: tuple[str, ...] = ()


class RankedObject(NamedTuple):
    """An object that may be the page's story; `order` falls from the first of the page on."""

    is_article: bool
    has_page_title: bool
    order: int
    headline: str
    node: Object


@dataclass(slots=True)
class JsonLdObjects:
    """The objects of a page: by type (lower case) and by id, in page order.

    `main` are those that may be its story, with their types.
    """

    main: list[tuple[set[str], Object]] = field(default_factory=list)
    by_kind: dict[str, list[Object]] = field(default_factory=dict)
    by_id: dict[str, Object] = field(default_factory=dict)

    def collect(self, value: Any) -> None:
        """Add every object below `value`; deep or endless structures are cut off."""
        stack: list[tuple[Any, bool]] = [(value, True)] if isinstance(value, _CONTAINERS) else []
        seen = 0
        while stack and seen < _MOST_OBJECTS:
            node, is_main = stack.pop()
            seen += 1
            if isinstance(node, list):
                stack += [(one, is_main) for one in reversed(node) if isinstance(one, _CONTAINERS)]
                continue
            self._add(node, is_main=is_main)
            stack += [
                (one, is_main and key.lower() not in _OTHER_STORIES)
                for key, one in reversed(node.items())
                if isinstance(one, _CONTAINERS)
            ]

    def _add(self, node: Object, *, is_main: bool) -> None:
        identity = node.get("@id")
        if isinstance(identity, str) and len(node) > 1:
            self.by_id.setdefault(identity, node)
        if "@type" not in node:
            return
        types = kinds(node)
        for name in types:
            self.by_kind.setdefault(name, []).append(node)
        if is_main:
            self.main.append((types, node))

    def of(self, *names: str) -> list[Object]:
        """Return all objects of one of these types."""
        found: list[Object] = []
        for name in names:
            found += self.by_kind.get(name, ())
        return found

    def resolve(self, value: Any) -> Any:
        """Return what a reference (an object that is only an `@id`) refers to, else the value."""
        if isinstance(value, dict) and "name" not in value and isinstance(value.get("@id"), str):
            return self.by_id.get(value["@id"], value)
        return value

    def addresses(self, value: Any) -> list[str]:
        """Return the addresses of a picture: a string, an ImageObject, a reference, or a list."""
        value = self.resolve(value)
        if isinstance(value, list):
            return list(chain.from_iterable(map(self.addresses, value)))
        if not isinstance(value, dict):
            return strings(value)
        width = value.get("width")
        if isinstance(width, int) and width < _SMALL:
            return []
        return [*strings(value.get("url")), *strings(value.get("contentUrl"))]


def kinds(node: Object) -> set[str]:
    """Return the types of an object in lower case, without a vocabulary's prefix."""
    types = node.get("@type")
    if isinstance(types, str) and "/" not in types and ":" not in types:
        return {types.lower()}
    names = types if isinstance(types, list) else [types]
    return {n.rsplit("/", 1)[-1].rsplit(":", 1)[-1].lower() for n in names if isinstance(n, str)}


def is_article(types: set[str]) -> bool:
    """Tell whether an object of these types is an article: NewsArticle, BlogPosting, Report ..."""
    if types & _REPORT_KINDS:
        return True
    return any(kind.endswith(("article", "posting")) and kind != "jobposting" for kind in types)


def strings(value: Any) -> list[str]:
    """Return the strings of a string, a list, or an object with a name or `@value`."""
    if isinstance(value, str):
        text = unescape(value) if "&" in value else value
        text = _SURROGATE.sub("", text).strip()
        return [text] if text else []
    if isinstance(value, list):
        return list(chain.from_iterable(map(strings, value)))
    if isinstance(value, dict):
        return strings(value.get("@value") or value.get("name"))
    return []


def first_string(value: Any) -> str:
    """Return the first string of a value; empty where there is none."""
    return next(iter(strings(value)), "")


def _parse_block(source: str) -> Any:
    """Return the value of one block, repaired step by step; None where no repair helps.

    What follows the value is ignored.
    """
    repairs: tuple[Callable[[str], str], ...] = (
        str.strip,
        lambda s: _WRAPPING.sub("", _WRAPPING.sub("", s)).strip().rstrip(";"),
        lambda s: _TRAILING_COMMA.sub("", _BAD_ESCAPE.sub(r"\\\\", s)),
        lambda s: _MISSING_COMMA.sub(r",\1", s),
        lambda s: unescape(s) if "&quot;" in s else s,
    )
    for repair in repairs:
        source = repair(source)
        if not source:
            return None
        try:
            return _DECODER.raw_decode(source)[0]
        except ValueError:
            continue
        except RecursionError:
            return None
    return None


def _rank_objects(
    objects: JsonLdObjects, titles: Iterable[str], key: Callable[[str], str]
) -> list[RankedObject]:
    """Return the objects that may be the page's story, the likeliest first."""
    titles = [title for title in titles if title]
    ranked = []
    for order, (types, node) in enumerate(objects.main):
        article = is_article(types)
        if article or types & _PAGE_KINDS:
            headline = key(_headline(node))
            agrees = bool(headline) and any(t in headline or headline in t for t in titles)
            ranked.append(RankedObject(article, agrees, -order, headline, node))
    return sorted(ranked, key=lambda one: one[:3], reverse=True)


def _story_object(
    objects: JsonLdObjects, titles: Iterable[str], key: Callable[[str], str]
) -> Object:
    """Return the object that is the page's story, completed from others of the same story.

    Empty where there is none.
    """
    ranked = _rank_objects(objects, titles, key)
    if not ranked:
        return {}
    best = ranked[0]
    articles = sum(one.is_article for one in ranked)
    if best.is_article and not best.has_page_title and articles > 2:
        return {}  # a list of other stories
    story = dict(best.node)
    for other in ranked[1:]:
        if not other.is_article or other.headline == best.headline:
            story |= _missing_values(story, other.node)
    return story


def _missing_values(story: Object, other: Object) -> Object:
    """Return the values of another object that a story lacks."""
    return {name: value for name, value in other.items() if value and not story.get(name)}


def _headline(node: Object) -> str:
    return first_string(node.get("headline")) or first_string(node.get("name"))


def _article_body(story: Object) -> str:
    """Return the stated text of a story without markup; empty where not all readers may read it."""
    if str(story.get("isAccessibleForFree", True)).lower() in ("false", "0"):
        return ""
    stated = first_string(story.get("articleBody"))
    return unescape(_MARKUP.sub("\n", stated)) if "<" in stated else stated


def _authors(objects: JsonLdObjects, story: Object) -> tuple[list[str], list[str]]:
    """Return the authors of a story that are persons, and those that are organisations."""
    persons: list[str] = []
    organisations: list[str] = []
    value = story.get("author") or story.get("creator")
    for given in value if isinstance(value, list) else [value]:
        entry = objects.resolve(given)
        if isinstance(entry, dict) and any("organization" in kind for kind in kinds(entry)):
            organisations += [text.partition("|")[0].strip() for text in strings(entry)]
        else:
            persons += strings(entry)
    return persons, organisations


def _logos(objects: JsonLdObjects, story: Object) -> frozenset[str]:
    """Return the addresses of the logos of a story's publisher and of the page's organisations."""
    publisher = objects.resolve(story.get("publisher"))
    owners = [publisher, *objects.of("organization", "newsmediaorganization")]
    logos = [one.get("logo") for one in owners if isinstance(one, dict)]
    return frozenset(objects.addresses(logos))


def _crumbs(objects: JsonLdObjects) -> Iterator[tuple[str, ...]]:
    """Give the breadcrumb trails of a page, each from the site's home down."""
    for trail in objects.of("breadcrumblist"):
        items = trail.get("itemListElement")
        if isinstance(items, list):
            entries = [item for item in items if isinstance(item, dict)]
            names = [
                first_string(item.get("name")) or first_string(objects.resolve(item.get("item")))
                for item in entries
            ]
            yield tuple(filter(None, names))


def _site_names(objects: JsonLdObjects, story: Object) -> list[str]:
    """Return the names of a story's publisher, and of web sites and news media on the page."""
    names = [first_string(objects.resolve(story.get("publisher")))]
    for one in objects.of("website", "newsmediaorganization"):
        names += strings(one.get("name"))
        names += strings(one.get("alternateName"))
    return names


def _stated(source: str, texts: Iterable[str]) -> tuple[Statement, ...]:
    return tuple(Statement(source, text) for text in texts)


def read_json_ld(
    scripts: Iterable[LexborNode], titles: Iterable[str], key: Callable[[str], str]
) -> JsonLd:
    """Read the JSON-LD in the scripts of a page.

    `titles` are the titles of the page, in the form that `key` gives them to be compared. Scripts
    that cannot be parsed are left out; nothing is raised.
    """
    objects = JsonLdObjects()
    for script in scripts:
        objects.collect(_parse_block(script.text()))
    story = _story_object(objects, titles, key)
    types = kinds(story)
    persons, organisations = _authors(objects, story)
    site_titles = strings([one.get("name") for one in objects.of(*_SITE_KINDS)])
    dates = {name: first_string(story.get(name)) for name in _DATE_KEYS}
    pictures = objects.addresses([story.get("image"), story.get("thumbnailUrl")])
    return JsonLd(
        headline=_headline(story),
        persons=tuple(persons),
        organisations=tuple(organisations),
        dates={name: text for name, text in dates.items() if text},
        pictures=_stated("JSON-LD image", pictures),
        logos=_logos(objects, story),
        sections=_stated("JSON-LD articleSection", strings(story.get("articleSection"))),
        crumbs=tuple(_crumbs(objects)),
        keywords=tuple(strings(story.get("keywords"))),
        language=first_string(story.get("inLanguage")),
        article_body=_article_body(story),
        is_article=is_article(types),
        is_news=any("news" in kind for kind in types),
        is_news_article=any("newsarticle" in kind for kind in types),
        site_names=tuple(filter(None, _site_names(objects, story))),
        site_titles=tuple(site_titles),
    )
