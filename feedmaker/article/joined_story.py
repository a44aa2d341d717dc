"""The pages of one story joined: each text once, without what every page repeats.

story so far, story of the next page -> the same story, longer
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

from selectolax.lexbor import LexborHTMLParser

from feedmaker.text import arabic

if TYPE_CHECKING:
    from collections.abc import Sequence

    from feedmaker.model import Story

# «الصفحة 2 من 5», "1 2 3": which page it is says nothing of the story.
_NUMBERING: Final = re.compile(
    r"(?:(?:(?:ال)?صفحه|page|pages|seite|pagina|sayfa) )?\d{1,3}"
    r"(?: (?:(?:من|of|von|de|از|sur) )?\d{1,3}){0,30}"
)
_LONGEST_NUMBERING: Final = 120  # characters
_SAME: Final = 0.6  # of the text of a first page that stands in a page with all of it
_MORE: Final = 1.2  # of its length, that such a page has
_ADDED_TO_TITLE: Final = 14  # characters of " - page 2" in a heading
_TAG: Final = re.compile("<[^<>]*+>")
_SOURCE: Final = re.compile(r'<img [^<>]*?src="([^"]+)"')


class _StoryPart(NamedTuple):
    """A paragraph or another element of a story, and the letters that it is known by."""

    key: str
    content: str


class _StoryParts(NamedTuple):
    """A story taken apart: its elements, and the paragraphs of its text."""

    html: list[_StoryPart]
    text: list[_StoryPart]


def with_page(story: Story, page: Story) -> Story | None:
    """Return a story with the text of its next page; None where that page says nothing new.

    What stands at the beginning of the page was the lead of pages before; what both end with, such
    as a note about the author, stands at the end once.
    """
    before, after = _taken_apart(story), _taken_apart(page)
    html, text = _added(before.html, after.html, story), _added(before.text, after.text, story)
    if html is None or text is None:
        return None
    return replace(
        story,
        html="".join(part.content for part in html),
        text="\n\n".join(part.content for part in text),
    )


def whole_instead(story: Story, page: Story) -> Story | None:
    """Return a story with the text of a page that has all of it; None where that page has less."""
    whole = {part.key for part in _taken_apart(page).text}
    shown = [part.key for part in _taken_apart(story).text]
    same = sum(len(key) for key in shown if key in whole)
    if page.teaser or same < _SAME * sum(map(len, shown)):
        return None
    if len(page.text) < _MORE * len(story.text):
        return None
    return replace(story, html=page.html, text=page.text)


def _added(
    before: list[_StoryPart], after: list[_StoryPart], story: Story
) -> list[_StoryPart] | None:
    """The parts of a story with those of its next page that are new; None where none is."""
    known = {part.key for part in before if part.key}
    title = _letters(story.title)
    rest = _without_lead(_without_numbering(after), known, title)
    before = _without_numbering(before)
    end = _common_end(before, rest)
    if all(part.key in known for part in rest):
        return None
    return [*before[: len(before) - end], *rest]


def _without_lead(parts: list[_StoryPart], known: set[str], title: str) -> list[_StoryPart]:
    """The parts of a page from its first new text on; pictures that are new stay before it."""
    kept: list[_StoryPart] = []
    for at, part in enumerate(parts):
        is_title = part.key.startswith(title) and len(part.key) <= len(title) + _ADDED_TO_TITLE
        if part.key in known or not part.key or (title and is_title):
            continue
        if not part.content.startswith(("<figure", "<img")):
            return [*kept, *parts[at:]]
        kept.append(part)
    return kept


def _without_numbering(parts: Sequence[_StoryPart]) -> list[_StoryPart]:
    """The parts without lines at either end that only say which page it is."""
    start, end = 0, len(parts)
    while start < end and _is_numbering(parts[start]):
        start += 1
    while start < end and _is_numbering(parts[end - 1]):
        end -= 1
    return list(parts[start:end])


def _is_numbering(part: _StoryPart) -> bool:
    if len(part.content) > _LONGEST_NUMBERING or "<img" in part.content:
        return False
    words = arabic.fold(_TAG.sub(" ", part.content))
    return _NUMBERING.fullmatch(words) is not None


def _common_end(one: Sequence[_StoryPart], other: Sequence[_StoryPart]) -> int:
    """How many parts two lists end with in common."""
    count = 0
    for mine, theirs in zip(reversed(one), reversed(other), strict=False):
        if mine.key != theirs.key:
            break
        count += 1
    return count


def _taken_apart(story: Story) -> _StoryParts:
    body = LexborHTMLParser(f"<!DOCTYPE html><html><body>{story.html}</body></html>").body
    elements = (
        [_element(node.html or "") for node in body.iter(include_text=True)]
        if body is not None
        else []
    )
    paragraphs = [_StoryPart(_letters(line), line) for line in story.text.split("\n\n")]
    return _StoryParts(elements, paragraphs)


def _element(html: str) -> _StoryPart:
    """An element by its letters; one without any by its picture."""
    key = _letters(_TAG.sub(" ", html))
    picture = _SOURCE.search(html)
    return _StoryPart(key or (picture[1] if picture else ""), html)


def _letters(text: str) -> str:
    """The letters and digits of a text, as they are compared."""
    return "".join(filter(str.isalnum, arabic.fold(text)))
