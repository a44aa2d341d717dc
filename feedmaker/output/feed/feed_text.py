"""Text as readers take it: clean, on one line, without markup that a site escaped once too often."""

from __future__ import annotations

import re
from html import unescape
from textwrap import shorten

from feedmaker.text import arabic

# Markup that a site escaped once too often: `&lt;b&gt;` and `&quot;` shown as such.
_TAG = re.compile(
    r"</?(?:a|abbr|b|big|br|cite|code|del|div|em|font|h[1-6]|i|img|ins|mark|p|q|s|script|small|span|strong|style|sub|sup|u)"
    r"(?:\s+[\w:-]+\s*=[^<>]*)?\s*/?>",
    re.IGNORECASE,
)
# What is left and would begin an element or a comment (HTML, 13.2.5.6) in a reader that takes text
# for HTML.
_ELEMENT = re.compile(r"<([A-Za-z/!?][^<>]*)>")
_OPENING = re.compile(r"<(?=[A-Za-z/!?])")
_REFERENCE = re.compile(r"&#?\w+;")
# One such character makes the XML of the whole feed impossible, or turns the line around that it
# stands in. Stories come tidied from `extract`, so that looking for them is all that is mostly
# needed.
_DEBRIS = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)


def clean(text: str) -> str:
    """Clean text; `isprintable` is the quicker question, and settles it for most."""
    return text if text.isprintable() or not _DEBRIS.search(text) else arabic.tidy(text)


def _line(text: str) -> str:
    """Clean text on one line; what is so already, as most is, needs to be looked at only."""
    if text.isprintable() and "  " not in text:
        return text.strip()
    return " ".join(clean(text).split())


def plain(text: str) -> str:
    """Clean text without markup: many readers take what is text for HTML, whatever the format says.

    Tags of text are taken out; of others, which a headline may be about, the brackets become ones
    that are no markup.
    """
    line = _line(text)
    if "&" in line or "<" in line:
        line = _line(_TAG.sub("", _REFERENCE.sub(lambda found: unescape(found[0]), line)))
        line = _OPENING.sub("‹", _ELEMENT.sub(r"‹\1›", line))
    return line


def first_words(text: str, length: int) -> str:
    """The first words of a line of text, in at most `length` characters."""
    return shorten(text[: 2 * length], length, placeholder="…")


def distinct(names: tuple[str, ...]) -> tuple[str, ...]:
    """The names, clean, each once."""
    return tuple(dict.fromkeys(name for name in map(plain, names) if name))
