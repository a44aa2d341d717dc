"""Pages that a server sends in place of the one it was asked for, with status 200: recognised by what they say.

A challenge for robots, a question for consent, a login, an error, works on the site. Vendors are known by marks in
their markup, the rest by their words: a title or heading that says nothing else, or a page of a few lines that says it.
The words are in `walls.toml`, by language. An article about such a page is longer, and its title says more.
"""

from __future__ import annotations

import re
from functools import cache
from html import unescape
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from feedmaker import arabic, guards
from feedmaker.model import LIMITS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feedmaker.model import Limits

_LARGEST = 80_000  # characters: vendors' own pages are smaller; of others the title alone is looked at
_FEW_WORDS = 1_500  # characters of text that such a page shows at most
_TITLE = re.compile(r"<title[^>]*>([^<]{1,300})</title", re.IGNORECASE)
_HEADING = re.compile(r"<h1\b[^<>]{0,300}>", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]{0,1000}>")
_HEADINGS, _LONGEST = 3, 600  # headings looked at, and characters of each with its markup
_HEAD = 50_000  # characters in which the title stands
_PARTS = re.compile(r"\s+[|–—·•«»-]+\s+|\s*::\s*|\s*\|\s*")
_WORD = re.compile(r"\w+")
_BARE = 60  # characters of text at most in a page that its scripts are to fill


class Wall(NamedTuple):
    """What a page is instead of what it should be.

    `of_site`: it stands before all pages of the site, not this one. `teaser`: what else it says may be the story's.
    """

    reason: str
    of_site: bool
    teaser: bool = False


_UNFILLED = Wall("a page that only its scripts would fill", of_site=False)


class _Kind(NamedTuple):
    wall: Wall
    marks: tuple[str, ...]
    titles: re.Pattern[str]
    text: re.Pattern[str] | None


@cache
def _kinds() -> dict[str, _Kind]:
    import tomllib
    from importlib.resources import files

    def one_of(patterns: list[str]) -> re.Pattern[str]:
        return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))

    told = tomllib.loads((files("feedmaker") / "walls.toml").read_text("utf-8"))
    return {
        name: _Kind(
            Wall(kind["reason"], kind["of_site"], kind.get("teaser", False)),
            tuple(kind.get("marks", ())),
            one_of(kind["titles"]),
            one_of(kind["text"]) if "text" in kind else None,
        )
        for name, kind in told.items()
    }


def at_sight(html: str, headline: str = "") -> Wall | None:
    """What a page is instead of the one asked for, by title, heading and what only such pages have; None mostly.

    `headline` is the title that the story is expected to have, where it is known: words that stand in it tell nothing.
    """
    expected = _words(headline)
    found = _TITLE.search(html, 0, _HEAD)
    title = unescape(found[1]) if found else ""
    first, *others = [*_headings(html), ""]
    for part in dict.fromkeys((*map(_words, (title, *_PARTS.split(title))), first)):
        if part and part not in expected and (wall := _by_title(part)):
            return wall
    error = _kinds()["error"]
    if any(error.titles.fullmatch(said) for said in others if said not in expected):
        return error.wall
    if len(html) <= _LARGEST:
        return next((kind.wall for kind in _kinds().values() if any(mark in html for mark in kind.marks)), None)
    return None


def _headings(html: str) -> Iterator[str]:
    """The words of the first main headings, whatever markup is in them."""
    for found in islice(_HEADING.finditer(html), _HEADINGS):
        inner, end, _ = html[found.end() : found.end() + _LONGEST].partition("</h1")
        if end:
            yield _words(unescape(_TAG.sub(" ", inner)))


def by_words(text: str, headline: str = "") -> Wall | None:
    """What a short text says in place of the story that it was taken for; None of a longer one."""
    if len(text) > 2 * _FEW_WORDS:
        return None
    words, expected = _words(text), _words(headline)
    telling = {word for word in expected.split() if len(word) > 3}
    if len(words) > _FEW_WORDS or (telling and len(telling.intersection(words.split())) * 2 >= len(telling)):
        return None
    for kind in _kinds().values():
        if kind.text and (found := kind.text.search(words)) and found[0] not in expected:
            return kind.wall
    return None


def without_content(html: str, headline: str = "", limits: Limits = LIMITS) -> Wall | None:
    """What a page is that nothing was found on: by all its words, by a field for a password, or as it has no words.

    `limits` are what of it is parsed.
    """
    tree = guards.tree(html, limits)
    scripts = tree.css_first("script") is not None
    tree.strip_tags(["script", "style", "noscript", "template", "svg", "title"])
    for heading in tree.css("h1, h2"):
        if wall := _by_title(_words(heading.text(separator=" ")[:_LONGEST])):
            return wall
    if tree.css_first("input[type=password]"):
        return _kinds()["login"].wall
    text = " ".join(tree.body.text(separator=" ")[:_LARGEST].split()) if tree.body else ""
    return by_words(text, headline) or (_UNFILLED if scripts and len(text) <= _BARE else None)


def _words(text: str) -> str:
    """Words with a blank between them, without marks and accents."""
    return " ".join(_WORD.findall(arabic.fold(text)))


def _by_title(part: str) -> Wall | None:
    return next((kind.wall for kind in _kinds().values() if kind.titles.fullmatch(part)), None)
