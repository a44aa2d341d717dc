"""Which links and stories a section wants, by words of the title, the URL and the category."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from feedmaker.text import arabic
from feedmaker.text.word_matching import has_word

if TYPE_CHECKING:
    from feedmaker.model import Link, Section, Story


def wants(section: Section, link: Link) -> bool:
    """Whether a section's `match`, `include` and `exclude` let a link pass.

    Of a link without a title only `match` can tell.
    """
    if section.match:
        spellings = (link.url, unquote(link.url))
        if not any(re.search(section.match, url) for url in spellings):
            return False
    return not link.title or _has_wanted_words(section, link.title)


def shows(section: Section, story: Story) -> bool:
    """Whether a story passes its section's `include`, `exclude` and `category`."""
    if not _has_wanted_words(section, story.title):
        return False
    if not section.category:
        return True
    wanted = {arabic.fold(category) for category in section.category}
    return not wanted.isdisjoint(folded_categories(story))


def _has_wanted_words(section: Section, title: str) -> bool:
    if section.include and not any(has_word(title, word) for word in section.include):
        return False
    return not any(has_word(title, word) for word in section.exclude)


def folded_categories(story: Story) -> set[str]:
    """The categories that a story and its copies stand under, folded."""
    return {arabic.fold(category) for category in (story.category or "", *story.also)}
