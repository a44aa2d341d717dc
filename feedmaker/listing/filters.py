"""Which links a section wants, by words of their titles and the form of their URLs."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import unquote

from feedmaker import arabic

if TYPE_CHECKING:
    from feedmaker.model import Link, Section

# What is written onto the front of a word without making it another: conjunctions, prepositions and the article; in
# the form of `arabic.fold`. A lone preposition is believed before words of four letters and more: «وليد» is no «يد».
_ARTICLE = "(?:[وف]?[بك]?ال|[وف]?لل)"
_HEBREW = "(?:ו?(?:כש|מש|[הבלמשכ]){0,2})"


@lru_cache(maxsize=512)
def _word(word: str) -> re.Pattern[str] | None:
    """A pattern that finds a word or phrase in a folded text."""
    folded = arabic.fold(word)
    if not folded:
        return None
    first = folded.split()[0]
    body = re.escape(folded)
    if re.match("[\u0621-\u064a]", folded):
        if first.startswith("ال") and len(first) > 4:
            body = _ARTICLE + re.escape(folded[2:])
        else:
            body = f"(?:{_ARTICLE}|[وف]?{'[بكل]?' if len(first) > 3 else ''}){body}"
    elif re.match("[\u05d0-\u05ea]", folded):
        body = _HEBREW + body
    return re.compile(rf"(?:^|(?<=\s)){body}(?=\s|$)")


def has_word(text: str, word: str) -> bool:
    """Whether a text holds a word or phrase as whole words, in any spelling that `arabic.fold` makes equal.

    An Arabic or Hebrew word is found behind conjunctions, prepositions and the article written onto it.
    """
    pattern = _word(word)
    return pattern is not None and pattern.search(arabic.fold(text)) is not None


def wants(section: Section, link: Link) -> bool:
    """Whether a section's `match`, `include` and `exclude` let a link pass; of one without title only `match` tells."""
    if section.match and not re.search(section.match, link.url) and not re.search(section.match, unquote(link.url)):
        return False
    if not link.title:
        return True
    if section.include and not any(has_word(link.title, word) for word in section.include):
        return False
    return not any(has_word(link.title, word) for word in section.exclude)
