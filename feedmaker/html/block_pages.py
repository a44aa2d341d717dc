"""Recognize block pages: what a server sends, with status 200, in place of the page asked for.

A challenge for robots, a question for consent, a login, an error, a site under maintenance. Vendors
are known by marks in their markup, the rest by their words: a title or heading that says nothing
else, or a page of a few lines that says it. `block_pages.toml` has the words, by language. An
article about such a page is longer, and its title says more.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from html import unescape
from importlib.resources import files
from itertools import islice
from typing import TYPE_CHECKING, Final

from feedmaker.html import parsing
from feedmaker.model import LIMITS, Code, Reason
from feedmaker.text import arabic

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feedmaker.model import Limits

# In bytes of a page, of which the letters of most scripts take two, and in characters of a text:
_LARGEST: Final = 120_000  # vendors' own pages are smaller; of others only title and heading count
_HEAD: Final = 100_000  # in which the title stands
_MOST_HEADINGS: Final = 3
_LONGEST_HEADING: Final = 1_000  # with its markup
_FEW_WORDS: Final = 1_500  # of text that a block page shows at most
_UNFILLED_TEXT: Final = 60  # of text at most in a page that its scripts are to fill

_TITLE: Final = re.compile(rb"<title[^>]*>([^<]{1,600})</title", re.IGNORECASE)
_HEADING: Final = re.compile(rb"<[hH]1\b[^<>]{0,500}>")
_TAG: Final = re.compile(r"<[^<>]{0,1000}>")
_PARTS: Final = re.compile(r"\s+[|–—·•«»-]+\s+|\s*::\s*|\s*\|\s*")
# What in a pattern belongs to no word: a letter that may be left out, escapes, sets and counts.
_NO_WORD: Final = re.compile(r"\w[?*{]|\\\w|\[[^]]*\]|\{[^}]*\}")
_START: Final = 3  # letters
_WORD: Final = re.compile(rf"[^\W\d_]{{{_START},}}")


@dataclass(frozen=True, slots=True)
class BlockPage:
    """What a page is instead of the one asked for.

    `of_site`: it stands before all pages of the site. `teaser`: what else it says may be the
    story's.
    """

    reason: Reason
    of_site: bool
    teaser: bool = False


@dataclass(frozen=True, slots=True)
class _Pattern:
    """A regular expression, and the first letters of its words.

    Any text that it matches has one of the words, unless it has none. It is compiled when a text
    has the letters: to compile all 430 takes 40 ms, as long as three stories.
    """

    expression: str
    starts: frozenset[str]

    def match_in(self, text: str, letters: set[str], *, whole: bool) -> str:
        """Return what the pattern matches in a text, or all of the text; "" where it does not.

        `letters` are all rows of three letters in the text.
        """
        if self.starts and self.starts.isdisjoint(letters):
            return ""
        pattern = _compile(self.expression)
        match = pattern.fullmatch(text) if whole else pattern.search(text)
        return match[0] if match else ""


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of block page and how it is recognized."""

    page: BlockPage
    marks: tuple[bytes, ...]
    titles: tuple[_Pattern, ...]
    texts: tuple[_Pattern, ...]


_compile: Final = cache(re.compile)  # all stay: `re` itself keeps only 512
_UNFILLED: Final = BlockPage(Reason(Code.UNFILLED_PAGE), of_site=False)


def _patterns(expressions: list[str]) -> tuple[_Pattern, ...]:
    patterns = []
    for expression in expressions:
        words = _WORD.findall(_NO_WORD.sub(" ", expression))
        patterns.append(_Pattern(expression, frozenset(word[:_START] for word in words)))
    return tuple(patterns)


def _letters(text: str) -> set[str]:
    return {text[at : at + _START] for at in range(len(text))}


@cache
def _kinds() -> dict[str, _Kind]:
    """Return the kinds of `block_pages.toml` by their names."""
    data = tomllib.loads((files("feedmaker.html") / "block_pages.toml").read_text("utf-8"))
    kinds = {}
    for name, kind in data.items():
        marks = [mark.encode() for mark in kind.get("marks", ())]
        kinds[name] = _Kind(
            page=BlockPage(
                reason=Reason(Code(f"block-page-{name}")),
                of_site=kind["of_site"],
                teaser=kind.get("teaser", False),
            ),
            marks=tuple(marks),
            titles=_patterns(kind["titles"]),
            texts=_patterns(kind["text"]),
        )
    return kinds


def at_sight(html: str | bytes, headline: str = "") -> BlockPage | None:
    """Return what a page is instead of the one asked for, by its title, headings and marks.

    The page is text or UTF-8. `headline` is the title that the story is expected to have, where it
    is known: words that stand in it do not count.
    """
    page = html.encode("utf-8", "replace") if isinstance(html, str) else html
    found = _TITLE.search(page, 0, _HEAD)
    title = unescape(found[1].decode(errors="replace")) if found else ""
    heading, *others = [*_headings(page), ""]
    expected = arabic.fold(headline)
    for part in dict.fromkeys(map(arabic.fold, (title, *_PARTS.split(title), heading))):
        if part not in expected and (kind := _titled(part)):
            return kind.page
    error = _kinds()["error"]
    for part in map(arabic.fold, others):
        if part not in expected and _titled(part, error):
            return error.page
    return _marked(page) if len(page) <= _LARGEST else None


def _headings(page: bytes) -> Iterator[str]:
    """Yield the text of the first main headings, whatever markup is in them."""
    for found in islice(_HEADING.finditer(page), _MOST_HEADINGS):
        inner, end, _ = page[found.end() : found.end() + _LONGEST_HEADING].partition(b"</h1")
        if end:
            yield unescape(_TAG.sub(" ", inner.decode(errors="replace")))


def _titled(part: str, *kinds: _Kind) -> _Kind | None:
    """Return the first kind, of some or all, that has titles which say this and nothing else."""
    letters = _letters(part)
    for kind in kinds or _kinds().values():
        if any(pattern.match_in(part, letters, whole=True) for pattern in kind.titles):
            return kind
    return None


def _marked(page: bytes) -> BlockPage | None:
    """Return the kind of block page of which the markup has a mark."""
    for kind in _kinds().values():
        if any(mark in page for mark in kind.marks):
            return kind.page
    return None


def _says_headline(words: str, expected: str) -> bool:
    telling = {word for word in expected.split() if len(word) > 3}
    shared = telling.intersection(words.split())
    return bool(telling) and len(shared) * 2 >= len(telling)


def by_words(text: str, headline: str = "") -> BlockPage | None:
    """Return what a short text says in place of the story that it was taken for.

    A longer text is a story, and so is one that says what its headline does.
    """
    if len(text) > 2 * _FEW_WORDS:
        return None
    words, expected = map(arabic.fold, (text, headline))
    if len(words) > _FEW_WORDS or _says_headline(words, expected):
        return None
    letters = _letters(words)
    for kind in _kinds().values():
        for pattern in kind.texts:
            match = pattern.match_in(words, letters, whole=False)
            if match and match not in expected:
                return kind.page
    return None


def without_content(
    html: str | bytes, headline: str = "", limits: Limits = LIMITS
) -> BlockPage | None:
    """Return what a page is on which nothing was found.

    By its headings, all its words, a field for a password, or that only scripts would fill it.
    `limits` are what of it is parsed.
    """
    tree = parsing.parse(html, limits)
    has_scripts = tree.css_first("script") is not None
    tree.strip_tags(["script", "style", "noscript", "template", "svg", "title"])
    for heading in tree.css("h1, h2"):
        if kind := _titled(arabic.fold(heading.text(separator=" ")[:_LONGEST_HEADING])):
            return kind.page
    if tree.css_first("input[type=password]"):
        return _kinds()["login"].page
    text = " ".join(tree.body.text(separator=" ")[:_LARGEST].split()) if tree.body else ""
    found = by_words(text, headline)
    if found is None and has_scripts and len(text) <= _UNFILLED_TEXT:
        return _UNFILLED
    return found
