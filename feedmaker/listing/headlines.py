"""Which of the texts that link to one story is its headline."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import unquote, urlsplit

from feedmaker.listing.url_shape import slug_words
from feedmaker.text import arabic, labels

_WORD = re.compile(r"[^\W_]+(?:['’\u0640-\u065f\u200c][^\W_]+)*")
_UNPARTED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]{3}")
_CUT = re.compile(r"(?:\.{2,}|…)\s*$")
_CLOCK = re.compile(r"^\s*\d{1,2}[:٫.]\d{2}\s*(?:[-–|]\s*)?(?=\S)")
_DECK_WORDS = 24


@dataclass(frozen=True, slots=True)
class LinkText:
    """A text that stands for a story on the page: where it comes from decides how far it is
    trusted.

    `rank`: 3 a heading, 2 an element called a title, 1 plain link text, 0 a paragraph, -1 a deck,
    -2 an attribute.
    """

    text: str
    rank: int


def squeeze(text: str) -> str:
    """One line: white space folded, junk removed, a leading clock time dropped."""
    text = " ".join(arabic.tidy(text).split())
    return _CLOCK.sub("", text) if text[:1].isdigit() else text


@lru_cache(maxsize=8192)
def count_words(text: str) -> int:
    """The number of words of a text; of Chinese and Japanese, which part them by nothing, about so
    many.
    """
    return len(_WORD.findall(text)) + (0 if text.isascii() else len(_UNPARTED.findall(text)))


@lru_cache(maxsize=8192)
def likeness(text: str) -> float:
    """How much a text reads like a headline, from 0 to 1, by its length and because it is no label
    of furniture.
    """
    n = count_words(text)
    if n == 0:
        return 0.0
    if n <= 6 and labels.label(text):
        return 0.0
    if n > 60 or len(text) > 500:
        return 0.3
    if n > _DECK_WORDS:
        return 0.7
    return (0.0, 0.1, 0.25, 0.45, 0.7)[n] if n < 5 else 1.0


def _overlap(text: str, slug: frozenset[str]) -> float:
    """The share of the slug's words that the text has."""
    if len(slug) < 3:
        return 0.0
    return len(slug & set(arabic.fold(text).split())) / len(slug)


def _slug(url: str) -> frozenset[str]:
    segments = unquote(urlsplit(url).path, errors="replace").rstrip("/").split("/")
    best = max((slug_words(s) for s in segments), key=len)
    return frozenset(w for word in best if (w := arabic.fold(word)))


def choose(texts: list[LinkText], url: str) -> tuple[str, float]:
    """The headline among the texts that link to `url`, and how much it reads like one (0 to 1);
    ("", 0) of nothing.

    A heading wins over a link called a title, that over other links; a text that the URL's slug
    spells gains, a deck loses. A headline cut short on the page is replaced by a longer text that
    begins alike.
    """
    likely = [(one, like) for one in dict.fromkeys(texts) if (like := likeness(one.text)) > 0]
    slug = _slug(url) if len(likely) > 1 else frozenset()
    best, best_score = "", -1.0
    for one, like in likely:
        score = like + 0.5 * one.rank + _overlap(one.text, slug)
        score -= 0.3 * bool(_CUT.search(one.text)) + 0.6 * (count_words(one.text) > _DECK_WORDS)
        if score > best_score:
            best, best_score = one.text, score
    if best and _CUT.search(best):
        stem = arabic.fold(_CUT.sub("", best))
        whole = [
            t.text
            for t in texts
            if len(t.text) >= len(best) - 3 and arabic.fold(t.text).startswith(stem)
        ]
        best = min((t for t in whole if not _CUT.search(t)), key=len, default=best)
    return best, likeness(best)
