"""The section and the tags of a story."""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING, Final

from feedmaker.html.json_ld import Statement
from feedmaker.html.page_head import one_line, title_key, title_keys, url_path
from feedmaker.text.label_words import HOME

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from feedmaker.html.headline_lines import HeadlineLines, Line
    from feedmaker.html.page_head import Head

_HOME: Final = title_keys(HOME)
# What systems put where a section should stand, and says nothing.
_NO_CATEGORY: Final = title_keys(
    "featured|uncategorized|uncategorised|general|article|articles|default|all|none|null"
    "|undefined|other|slider|post|posts|latest|غير مصنف|بدون تصنيف|عام|سلايدر|مقالات"
)
_CRUMBS: Final = re.compile(r"\s*(?:[»›>/|\\←→«‹]|::)+\s*|\s+[-–]\s+")
_LIST: Final = re.compile(r"\s*[,;،؛|]\s*")
_MOST_TAGS: Final = 20
_LONGEST_TAG: Final = 60  # characters, also of a category


def choose_category(
    head: Head,
    title: str,
    lines: HeadlineLines,
) -> Statement | None:
    """Return the story's own section on its site; None where nothing says it."""
    story = title_key(title)
    no_category = _NO_CATEGORY | _HOME | head.names | {"", story}
    for trail in head.json_ld.crumbs:
        if name := _deepest_crumb(trail, story, no_category):
            return Statement("JSON-LD breadcrumb", name)
    for stated in head.sections:
        first, *_ = _LIST.split(stated.text)
        if name := _deepest_crumb([first], story, no_category):
            return Statement(stated.source, name)
    for shown in _visible_trails(head, lines.before, no_category):
        if name := _deepest_crumb(shown, story, no_category):
            return Statement("breadcrumb", name)
    return None


def _deepest_crumb(
    trail: Iterable[str],
    story: str,
    no_category: frozenset[str],
) -> str | None:
    """Return the last crumb that is a category: not home, nor the story itself in other words."""
    found = None
    title_words = story.split()
    for crumb in map(one_line, trail):
        key = title_key(crumb)
        words = key.split()
        in_title = sum(word in title_words for word in words)
        is_headline = len(words) >= 4 and in_title >= len(words) / 2
        if len(crumb) <= _LONGEST_TAG and key not in no_category and not is_headline:
            found = crumb
    return found


def _visible_trails(
    head: Head, before: list[Line], no_category: frozenset[str]
) -> Iterator[Iterable[str]]:
    """Give the breadcrumb trails that the page shows, the likeliest first."""
    if before:
        trail = _trail_from_home(before)
        yield _trail_of_link_above(head, before, no_category) if trail is None else trail
    for node in head.tree.tags("nav") if head.page.asides else ():
        get = node.attributes.get
        if "crumb" in f"{get('class')} {get('id')} {get('aria-label')}".lower():
            yield [link.text(separator=" ") for link in node.css("a")]
            return


def _trail_from_home(before: list[Line]) -> list[str] | None:
    """Return the crumbs behind home in the lines before the headline; None where no line is one."""
    for i in reversed(range(len(before))):
        crumbs = [crumb for crumb in _CRUMBS.split(before[i].text) if crumb]
        if crumbs and title_key(crumbs[0]) in _HOME:
            return crumbs[1:] or [line.text for line in before[i + 1 :]]
    return None


def _trail_of_link_above(
    head: Head,
    before: list[Line],
    no_category: frozenset[str],
) -> list[str]:
    """Return the crumbs of the nearest line above that links to a folder of the page's URL."""
    for line in reversed(before[-5:]):
        folders = [path + "/" for path in map(url_path, line.links) if path]
        is_short = len(line.text) <= _LONGEST_TAG and title_key(line.text) not in no_category
        if is_short and head.path.startswith(tuple(folders)):
            return _CRUMBS.split(line.text)
    return []


def choose_tags(
    head: Head,
    title: str,
) -> tuple[str, ...]:
    """Return the story's tags, of the first source that has any, at most twenty.

    The site's own names are no tags; nor is the title, cut into words.
    """
    words = set(title_key(title).split())
    for texts in _tag_sources(head):
        tags: dict[str, str] = {}
        for part in chain.from_iterable(map(_LIST.split, map(one_line, texts))):
            tag = part.strip("# ")
            key = title_key(tag)
            if 1 < len(tag) <= _LONGEST_TAG and key and key not in head.names:
                tags.setdefault(key, tag)
        if tags and (len(tags) <= 3 or not words.issuperset(tags)):
            return tuple(tags.values())[:_MOST_TAGS]
    return ()


def _tag_sources(head: Head) -> Iterator[Iterable[str]]:
    yield head.meta.get("article:tag", ())
    yield head.json_ld.keywords
    yield head.meta.get("news_keywords", ())
    yield [node.text() for node in head.tree.css("a[rel~=tag]")[: 2 * _MOST_TAGS]]
    yield head.meta.get("keywords", ())
