"""Texts of strangers on a terminal, in a log or in a comment, without what controls these."""

from __future__ import annotations

import re
from typing import Final

# Control characters (C0 and C1), separators of lines, and embeddings of direction, whose effect
# goes on beyond the text. Marks of direction stay: they move only what stands beside them.
_CONTROLS: Final = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]")


def printable(text: str) -> str:
    """Return a text on one line: a space stands for each control character."""
    return _CONTROLS.sub(" ", text)


def printable_line(text: str) -> str:
    """Return a text on one line, with single spaces between its words."""
    return " ".join(printable(text).split())
