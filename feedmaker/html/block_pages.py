"""Pages that a server sends in place of the one it was asked for, with status 200: recognised by
what they say.

A challenge for robots, a question for consent, a login, an error, works on the site. Vendors are
known by marks in their markup, the rest by their words: a title or heading that says nothing else,
or a page of a few lines that says it. The words are in `walls.toml`, by language. An article about
such a page is longer, and its title says more.
"""

from __future__ import annotations

import re
from functools import cache
from html import unescape
from itertools import islice
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from feedmaker.html import parsing
from feedmaker.model import LIMITS
from feedmaker.text import arabic

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from feedmaker.model import Limits

# In bytes of a page, of which the letters of most scripts take two, and in characters of a text:
_LARGEST = 120_000  # vendors' own pages are smaller; of others the title alone is looked at
_HEAD = 100_000  # in which the title stands
_HEADINGS, _LONGEST = 3, 1_000  # headings looked at, and bytes of each with its markup
_TITLE = re.compile(rb"<title[^>]*>([^<]{1,600})</title", re.IGNORECASE)
_HEADING = re.compile(rb"<[hH]1\b[^<>]{0,500}>")
_FEW_WORDS = 1_500  # characters of text that such a page shows at most
_TAG = re.compile(r"<[^<>]{0,1000}>")
_PARTS = re.compile(r"\s+[|–—·•«»-]+\s+|\s*::\s*|\s*\|\s*")
_WORD = re.compile(r"\w+")
_BARE = 60  # characters of text at most in a page that its scripts are to fill


class BlockPage(NamedTuple):
    """What a page is instead of what it should be.

    `of_site`: it stands before all pages of the site, not this one. `teaser`: what else it says may
    be the story's.
    """

    reason: str
    of_site: bool
    teaser: bool = False


_UNFILLED = BlockPage("a page that only its scripts would fill", of_site=False)


class _Kind(NamedTuple):
    wall: BlockPage
    marks: tuple[bytes, ...]


# What in an expression is none of its words: a letter that may be left out, escapes, sets, counts.
_NO_WORD = re.compile(r"\w[?*{]|\\\w|\[[^]]*\]|\{[^}]*\}")
_START = 3  # letters
_TELLING = re.compile(rf"[^\W\d_]{{{_START},}}")


class Patterns:
    """What walls of each kind say, as regular expressions; each is compiled when a text has a word
    of it.

    To compile all of them takes longer than two stories. Whatever an expression matches must have
    one of its words, of three letters and more, or the expression have none.
    """

    def __init__(self, patterns: Iterable[tuple[str, str]]) -> None:
        """`patterns` are pairs of a kind's name and an expression."""
        self._by_start: dict[str, list[tuple[str, str, str]]] = {
            "": []
        }  # of words: word, kind, expression
        for kind, pattern in patterns:
            for word in self.words(pattern) or ("",):
                self._by_start.setdefault(word[:_START], []).append((word, kind, pattern))

    @staticmethod
    def words(pattern: str) -> frozenset[str]:
        """The words of an expression."""
        return frozenset(_TELLING.findall(_NO_WORD.sub(" ", pattern)))

    def met(self, text: str) -> list[tuple[str, re.Pattern[str]]]:
        """Those that may match something of a text, each with its kind."""
        starts = {text[at : at + _START] for at in range(len(text))} & self._by_start.keys()
        told = {
            told[1:] for start in ("", *starts) for told in self._by_start[start] if told[0] in text
        }
        return [(kind, _compiled(pattern)) for kind, pattern in told]


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


@cache
def _told() -> dict[str, Any]:
    import tomllib
    from importlib.resources import files

    return tomllib.loads((files("feedmaker.html") / "block_pages.toml").read_text("utf-8"))


@cache
def _kinds() -> dict[str, _Kind]:
    return {
        name: _Kind(
            BlockPage(kind["reason"], kind["of_site"], kind.get("teaser", False)),
            tuple(mark.encode() for mark in kind.get("marks", ())),
        )
        for name, kind in _told().items()
    }


@cache
def _patterns(key: Literal["titles", "text"]) -> Patterns:
    return Patterns(
        (name, pattern) for name, kind in _told().items() for pattern in kind.get(key, ())
    )


def _first(names: Collection[str]) -> BlockPage | None:
    """The wall of the first of some kinds."""
    return next((kind.wall for name, kind in _kinds().items() if name in names), None)


def at_sight(html: str | bytes, headline: str = "") -> BlockPage | None:
    """What a page, in text or in UTF-8, is instead of the one asked for, by title, heading and
    marks; None mostly.

    `headline` is the title that the story is expected to have, where it is known: words that stand
    in it tell nothing.
    """
    page = html.encode("utf-8", "replace") if isinstance(html, str) else html
    expected = _words(headline)
    found = _TITLE.search(page, 0, _HEAD)
    title = unescape(found[1].decode(errors="replace")) if found else ""
    first, *others = [*_headings(page), ""]
    for part in dict.fromkeys((*map(_words, (title, *_PARTS.split(title))), first)):
        if part and part not in expected and (wall := _first(_titled(part))):
            return wall
    if any("error" in _titled(said) for said in others if said not in expected):
        return _kinds()["error"].wall
    if len(page) <= _LARGEST:
        return next(
            (kind.wall for kind in _kinds().values() if any(mark in page for mark in kind.marks)),
            None,
        )
    return None


def _headings(page: bytes) -> Iterator[str]:
    """The words of the first main headings, whatever markup is in them."""
    for found in islice(_HEADING.finditer(page), _HEADINGS):
        inner, end, _ = page[found.end() : found.end() + _LONGEST].partition(b"</h1")
        if end:
            yield _words(unescape(_TAG.sub(" ", inner.decode(errors="replace"))))


def by_words(text: str, headline: str = "") -> BlockPage | None:
    """What a short text says in place of the story that it was taken for; None of a longer one."""
    if len(text) > 2 * _FEW_WORDS:
        return None
    words, expected = _words(text), _words(headline)
    telling = {word for word in expected.split() if len(word) > 3}
    if len(words) > _FEW_WORDS or (
        telling and len(telling.intersection(words.split())) * 2 >= len(telling)
    ):
        return None
    found = ((kind, pattern.search(words)) for kind, pattern in _patterns("text").met(words))
    return _first({kind for kind, match in found if match and match[0] not in expected})


def without_content(
    html: str | bytes, headline: str = "", limits: Limits = LIMITS
) -> BlockPage | None:
    """What a page is that nothing was found on: by all its words, by a field for a password, or as
    it has no words.

    `limits` are what of it is parsed.
    """
    tree = parsing.parse(html, limits)
    scripts = tree.css_first("script") is not None
    tree.strip_tags(["script", "style", "noscript", "template", "svg", "title"])
    for heading in tree.css("h1, h2"):
        if wall := _first(_titled(_words(heading.text(separator=" ")[:_LONGEST]))):
            return wall
    if tree.css_first("input[type=password]"):
        return _kinds()["login"].wall
    text = " ".join(tree.body.text(separator=" ")[:_LARGEST].split()) if tree.body else ""
    return by_words(text, headline) or (_UNFILLED if scripts and len(text) <= _BARE else None)


def _words(text: str) -> str:
    """Words with a blank between them, without marks and accents."""
    return " ".join(_WORD.findall(arabic.fold(text)))


def _titled(part: str) -> set[str]:
    """The kinds of walls that say what a title says, and nothing else."""
    return {kind for kind, pattern in _patterns("titles").met(part) if pattern.fullmatch(part)}
