"""Which links a section wants, by words of their titles and the form of their URLs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from feedmaker.text.word_matching import has_word

if TYPE_CHECKING:
    from feedmaker.model import Link, Section


def wants(section: Section, link: Link) -> bool:
    """Whether a section's `match`, `include` and `exclude` let a link pass; of one without title
    only `match` tells.
    """
    if (
        section.match
        and not re.search(section.match, link.url)
        and not re.search(section.match, unquote(link.url))
    ):
        return False
    if not link.title:
        return True
    if section.include and not any(has_word(link.title, word) for word in section.include):
        return False
    return not any(has_word(link.title, word) for word in section.exclude)
