"""Where a story belongs on its site: its category by breadcrumb or metadata, and its tags."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from feedmaker.html import json_ld
from feedmaker.html.page_head import Head, key, path, phrases, squeeze

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from feedmaker.article.about.headline_lines import Line

_CRUMBS = re.compile(r"\s*(?:[»›>/|\\←→«‹]|::)+\s*|\s+[-–]\s+")
_HOME = phrases(
    "الرئيسية|الصفحة الرئيسية|رئيسية|الأولى|أنت هنا|home|homepage|home page|start|startseite|accueil|inicio|portada"
    "|ana sayfa|anasayfa|خانه|صفحه نخست|صفحه اصلی|ہوم|صفحہ اول|עמוד הבית|ראשי|דף הבית|главная|strona główna"
    "|principal|hem|forside|etusivu|hjem|you are here|front page"
)
# What systems put where a section should stand, and says nothing.
_NO_CATEGORY = phrases(
    "featured|uncategorized|uncategorised|general|article|articles|default|all|none|null|undefined|other|slider"
    "|post|posts|latest|غير مصنف|بدون تصنيف|عام|سلايدر|مقالات"
)
_META = (
    "article:section", "og:article:section", "section", "parsely-section", "cxenseparse:category", "category",
    "dc.subject",
)  # fmt: skip
_LIST = re.compile(r"\s*[,;،؛|]\s*")
_MOST_TAGS = 20


def _fits(name: str, head: Head, title: str) -> bool:
    """Whether a text can be the name of a category."""
    k = key(name)
    return (
        bool(k)
        and len(name) <= 60
        and k not in _NO_CATEGORY
        and k not in _HOME
        and k not in head.names
        and k != title
    )


def _is_headline(crumb: str, title: str) -> bool:
    """Whether a crumb is the story itself, perhaps in other words."""
    words = crumb.split()
    return len(words) >= 4 and sum(w in title.split() for w in words) >= len(words) / 2


def _last(crumbs: list[str], head: Head, title: str) -> str | None:
    """The deepest crumb that is neither home nor the story itself."""
    found = [
        c for c in map(squeeze, crumbs) if _fits(c, head, title) and not _is_headline(key(c), title)
    ]
    return found[-1] if found else None


def _from_data(head: Head, title: str) -> str | None:
    """The deepest crumb of a JSON-LD BreadcrumbList."""
    for crumbs in head.data.of("breadcrumblist"):
        items: Any = crumbs.get("itemListElement")
        if isinstance(items, list):
            names = (
                json_ld.text(item.get("name")) or json_ld.text(head.data.resolve(item.get("item")))
                for item in items
                if isinstance(item, dict)
            )
            if found := _last([n for n in names if n], head, title):
                return found
    return None


def stated(head: Head) -> Iterator[tuple[str, str]]:
    """Sections that the metadata names, with their source."""
    for text in json_ld.texts(head.story.get("articleSection")):
        yield "JSON-LD articleSection", text
    for name, text in head.listed(*_META):
        yield f"meta {name}", text


def _from_lines(before: list[Line], head: Head, title: str) -> str | None:
    """The category in the lines before the headline: a trail from home, or a link above the story's
    own address.
    """
    for i in range(len(before) - 1, -1, -1):
        pieces = [p for p in _CRUMBS.split(before[i].text) if p]
        if pieces and key(pieces[0]) in _HOME:
            trail = pieces[1:] or [line.text for line in before[i + 1 :]]
            return _last(trail, head, title)
    own = path(head.url)
    for line in reversed(before[-5:]):
        above = filter(None, map(path, line.links))
        if any(own.startswith(p + "/") for p in above) and _fits(line.text, head, title):
            return _last(_CRUMBS.split(line.text), head, title)
    return None


def category(head: Head, title: str, before: Callable[[], list[Line]]) -> tuple[str, str] | None:
    """The story's own section on its site, and where that is said; None where nothing says it.

    `before` gives the lines before the headline, when asked.
    """
    title = key(title)
    if found := _from_data(head, title):
        return found, "JSON-LD breadcrumb"
    for source, text in stated(head):
        name = _last(_LIST.split(text)[:1], head, title)
        if name:
            return name, source
    if found := _from_lines(before(), head, title) or _from_navigation(head, title):
        return found, "breadcrumb"
    return None


def _from_navigation(head: Head, title: str) -> str | None:
    """The deepest crumb of a navigation element that is called a breadcrumb."""
    for node in head.tree.tags("nav") if head.page.asides else ():
        get = node.attributes.get
        if "crumb" in f"{get('class')} {get('id')} {get('aria-label')}".lower():
            return _last([link.text(separator=" ") for link in node.css("a")], head, title)
    return None


def tags(head: Head, title: str) -> tuple[str, ...]:
    """The story's tags, of the first source that has any; without the site's own names, at most
    twenty.
    """
    words = set(key(title).split())
    sources: tuple[Callable[[], list[str]], ...] = (
        lambda: head.meta.get("article:tag", []),
        lambda: json_ld.texts(head.story.get("keywords")),
        lambda: head.meta.get("news_keywords", []),
        lambda: [n.text() for n in head.tree.css("a[rel~=tag]")[: 2 * _MOST_TAGS]],
        lambda: head.meta.get("keywords", []),
    )
    for source in sources:
        found: dict[str, str] = {}
        for text in source():
            for tag in (t.strip("# ") for t in _LIST.split(squeeze(text))):
                if 1 < len(tag) <= 60 and key(tag) not in head.names and key(tag):
                    found.setdefault(key(tag), tag)
        if found and not (
            len(found) > 3 and all(k in words for k in found)
        ):  # else the title, cut into words
            return tuple(found.values())[:_MOST_TAGS]
    return ()
