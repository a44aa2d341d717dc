"""Recognize block pages: what a server sends, with status 200, in place of the page asked for.

A challenge for robots, a question for consent, a login, an error, a site under maintenance. Vendors
are known by marks in their markup, the rest by their words: a title or heading that says nothing
else, or a page of a few lines that says it. `block_pages.toml` has the words, by language. An
article about such a page is longer, and its title says more.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from html import unescape
from importlib.resources import files
from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

from feedmaker.model import LIMITS, Code, Reason
from feedmaker.text import arabic

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

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
_PARTS: Final = re.compile(r"(?<!\s)\s+[|–—·•«»-]+\s+|(?:(?<!\s)\s+)?(?:::|\|)\s*")
# What in a pattern belongs to no word: a letter that may be left out, escapes, sets and counts.
_NO_WORD: Final = re.compile(r"\w[?*{]|\\\w|\[[^]]*\]|\{[^}]*\}")
_START: Final = 3  # letters
_WORD: Final = re.compile(rf"[^\W\d_]{{{_START},}}")


class BlockPage(NamedTuple):
    """What a page is instead of the one asked for.

    `of_site`: it stands before all pages of the site. `teaser`: what else it says may be the
    story's.
    """

    reason: Reason
    of_site: bool
    teaser: bool = False


class _Pattern(NamedTuple):
    """A regular expression to search for, and the first letters of its words.

    Any text in which it is found has one of the words, unless it has none. It is compiled when a
    text has the letters: to compile all 430 takes 40 ms, as long as three stories.
    """

    page: BlockPage
    expression: str
    starts: frozenset[str]


class _KnownPages(NamedTuple):
    """What `block_pages.toml` says: the pages by name, and by what each is recognized."""

    pages: dict[str, BlockPage]
    marks: dict[bytes, BlockPage]
    titles: list[_Pattern]
    error_titles: list[_Pattern]
    texts: list[_Pattern]


_compile: Final = cache(re.compile)  # all stay: `re` itself keeps only 512
_UNFILLED: Final = BlockPage(Reason(Code.UNFILLED_PAGE), of_site=False)


@cache
def _known_pages() -> _KnownPages:
    data = tomllib.loads((files("feedmaker.html") / "block_pages.toml").read_text("utf-8"))
    known = _KnownPages(
        pages={},
        marks={},
        titles=[],
        error_titles=[],
        texts=[],
    )
    for name, kind in data.items():
        page = BlockPage(
            reason=Reason(Code(f"block-page-{name}")),
            of_site=kind["of_site"],
            teaser=kind.get("teaser", False),
        )
        known.pages[name] = page
        for mark in kind.get("marks", ()):
            known.marks[mark.encode()] = page
        wholes = [rf"\A(?:{expression})\Z" for expression in kind["titles"]]
        for expressions, patterns in ((wholes, known.titles), (kind["text"], known.texts)):
            for expression in expressions:
                words = _WORD.findall(_NO_WORD.sub(" ", expression))
                starts = frozenset(word[:_START] for word in words)
                patterns.append(_Pattern(page, expression, starts))
    error = known.pages["error"]
    known.error_titles.extend(title for title in known.titles if title.page is error)
    return known


def _matched_page(text: str, patterns: Iterable[_Pattern], expected: str = "") -> BlockPage | None:
    """Return the page of the first pattern that is found in a text, but not in what is expected."""
    if text in expected:
        return None
    letters = {text[at : at + _START] for at in range(len(text))}
    for pattern in patterns:
        if pattern.starts and pattern.starts.isdisjoint(letters):
            continue
        match = _compile(pattern.expression).search(text)
        if match and match[0] not in expected:
            return pattern.page
    return None


def at_sight(html: str | bytes, headline: str = "") -> BlockPage | None:
    """Return what a page is instead of the one asked for, by its title, headings and marks.

    The page is text or UTF-8. `headline` is the title that the story is expected to have, where it
    is known: words that stand in it do not count.
    """
    page = html.encode("utf-8", "replace") if isinstance(html, str) else html
    known = _known_pages()
    expected = arabic.fold(headline)
    title_tag = _TITLE.search(page, 0, _HEAD)
    title = unescape(title_tag[1].decode(errors="replace")) if title_tag else ""
    heading, *others = [*_headings(page), ""]
    parts = (
        title,
        *_PARTS.split(title),
        heading,
    )
    for part in dict.fromkeys(map(arabic.fold, parts)):
        if found := _matched_page(part, known.titles, expected):
            return found
    for part in map(arabic.fold, others):
        if found := _matched_page(part, known.error_titles, expected):
            return found
    if len(page) > _LARGEST:
        return None
    return next((marked for mark, marked in known.marks.items() if mark in page), None)


def _headings(page: bytes) -> Iterator[str]:
    """Yield the text of the first main headings, whatever markup is in them."""
    for found in islice(_HEADING.finditer(page), _MOST_HEADINGS):
        inner, end, _ = page[found.end() : found.end() + _LONGEST_HEADING].partition(b"</h1")
        if end:
            yield unescape(_TAG.sub(" ", inner.decode(errors="replace")))


def by_words(text: str, headline: str = "") -> BlockPage | None:
    """Return what a short text says in place of the story that it was taken for.

    A longer text is a story, and so is one that says what its headline does.
    """
    if len(text) > 2 * _FEW_WORDS:
        return None
    words, expected = map(arabic.fold, (text, headline))
    if len(words) > _FEW_WORDS:
        return None
    telling = {word for word in expected.split() if len(word) > 3}
    shared = telling.intersection(words.split())
    if telling and len(shared) * 2 >= len(telling):
        return None
    return _matched_page(words, _known_pages().texts, expected)


def without_content(
    html: str | bytes,
    headline: str = "",
    limits: Limits = LIMITS,
) -> BlockPage | None:
    """Return what a page is on which nothing was found.

    By its headings, all its words, a field for a password, or that only scripts would fill it.
    `limits` are what of it is parsed.
    """
    from feedmaker.html import parsing  # 4 ms, and the run itself parses no page

    known = _known_pages()
    tree = parsing.parse(html, limits)
    has_scripts = tree.css_first("script") is not None
    tree.strip_tags(["script", "style", "noscript", "template", "svg", "title"])
    for heading in tree.css("h1, h2"):
        words = heading.text(separator=" ")[:_LONGEST_HEADING]
        if page := _matched_page(arabic.fold(words), known.titles):
            return page
    if tree.css_first("input[type=password]"):
        return known.pages["login"]
    shown = tree.body.text(separator=" ") if tree.body else ""
    text = " ".join(shown[:_LARGEST].split())
    found = by_words(text, headline)
    if found is None and has_scripts and len(text) <= _UNFILLED_TEXT:
        return _UNFILLED
    return found
