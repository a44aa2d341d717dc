"""What sections are called, and the names of their files.

A file is named by what its section is about (`sport` of «رياضة»), else by a word of its URL, else
by its title in Latin letters.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urlsplit

from feedmaker.setup import section_words
from feedmaker.setup.latin_letters import to_latin
from feedmaker.text.arabic import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from feedmaker.setup.section_sources import SectionCandidate

_LONGEST_SLUG: Final = 40  # characters
_SLUG_WORDS: Final = 4  # of a title
_PATH_WORD: Final = re.compile(r"[a-z][a-z0-9_-]{2,30}(?:\.html?)?")
_NOT_SLUG: Final = re.compile(r"[^a-z0-9]+")
# Path words that say nothing of what a section is about.
_GENERIC: Final = re.compile(
    r"index|default|page|sections?|categor(?:y|ies)|channel|list|news|home|rss|feed|sitemap"
)
# Words of a title that say nothing of it either.
_FILLERS: Final = frozenset(
    map(fold, ("أخبار", "الأخبار", "اخبار", "قسم", "خبرهای", "news", "خبریں", "חדשות"))
)


def _folded(names: str) -> frozenset[str]:
    """Return the names of a table as they are compared."""
    return frozenset(map(fold, names.split("|")))


EDITIONS: Final = _folded(section_words.EDITIONS)
EDITION_ENDINGS: Final = tuple(_folded(section_words.EDITION_ENDINGS))
SERVICE_WORDS: Final = _folded(section_words.SERVICE_WORDS)
SERVICE_LABELS: Final = _folded(section_words.SERVICE_LABELS)


def _slugs_by_name() -> dict[str, str]:
    """Return the name for files of each folded title."""
    found = {}
    for slug, names in section_words.SECTIONS.items():
        for name in names.split("|"):
            found[fold(name)] = slug
    return found


_SLUGS: Final = _slugs_by_name()


def section_topic(title: str) -> str:
    """Return the name for files of what a section with a usual title is about; '' of others."""
    folded = fold(title)
    topic = " ".join(word for word in folded.split() if word not in _FILLERS)
    return _SLUGS.get(folded) or _SLUGS.get(topic, "")


def section_slugs(sections: Sequence[SectionCandidate], used: Iterable[str] = ()) -> list[str]:
    """Return a name for the files of each section; no two are the same, nor as one of `used`."""
    taken = set(used)
    slugs = []
    for number, section in enumerate(sections, start=1):
        name = _section_slug(section) or f"section-{number}"
        slug = name
        copies = 1
        while slug in taken:
            copies += 1
            slug = f"{name}-{copies}"
        taken.add(slug)
        slugs.append(slug)
    return slugs


def _section_slug(section: SectionCandidate) -> str:
    topic = section_topic(section.title)
    if topic:
        return topic
    if section.url:
        path = unquote(urlsplit(section.url).path, errors="replace")
        for segment in reversed(path.lower().split("/")):
            if _PATH_WORD.fullmatch(segment) and not _GENERIC.match(segment):
                word = segment.partition(".")[0]
                return _NOT_SLUG.sub("-", word).strip("-")
    words = fold(section.title).split()
    latin = "-".join(map(to_latin, words[:_SLUG_WORDS]))
    return _NOT_SLUG.sub("-", latin)[:_LONGEST_SLUG].strip("-")
