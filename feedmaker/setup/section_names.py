"""What sections are called, and the names of their files.

A file is named by what its section is about (`sport` of «رياضة»), else by a word of its URL, else
by its title in Latin letters.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urlsplit

from feedmaker.setup import section_words
from feedmaker.text.arabic import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

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

# A folded letter -> Latin ones, near enough for the name of a file.
_LETTERS: Final = "ابتثجحخدذرزسشصضطظعغفقكلمنهويپچژگکیٹڈڑںہےھةىאבגדהוזחטיכךלמםנןסעפףצץקרשת"
_LATIN: Final = """
    a b t th j h kh d dh r z s sh s d t z a gh f q k l m n h w y p ch zh g k y t d r n h e h a a
    a b g d h v z h t y k k l m m n n s a p p ts ts q r sh t
    """
_LATIN_OF: Final = dict(zip(_LETTERS, _LATIN.split(), strict=True))


def section_topic(title: str) -> str:
    """Return the name for files of what a section with a usual title is about; '' of others."""
    folded = fold(title)
    topic = " ".join(word for word in folded.split() if word not in _FILLERS)
    return _SLUGS.get(folded) or _SLUGS.get(topic, "")


def section_slugs(sections: Sequence[SectionCandidate]) -> list[str]:
    """Return a name for the files of each section; no two are the same."""
    used: list[str] = []
    for number, section in enumerate(sections, start=1):
        name = _section_slug(section) or f"section-{number}"
        slug = name
        copies = 1
        while slug in used:
            copies += 1
            slug = f"{name}-{copies}"
        used.append(slug)
    return used


def _section_slug(section: SectionCandidate) -> str:
    title = fold(section.title)
    words = title.split()
    topic = " ".join(word for word in words if word not in _FILLERS)
    known = _SLUGS.get(title) or _SLUGS.get(topic)
    if known:
        return known
    if section.url:
        path = unquote(urlsplit(section.url).path, errors="replace")
        for segment in reversed(path.lower().split("/")):
            if _PATH_WORD.fullmatch(segment) and not _GENERIC.match(segment):
                word = segment.partition(".")[0]
                return _NOT_SLUG.sub("-", word).strip("-")
    latin = "-".join(map(_to_latin, words[:_SLUG_WORDS]))
    return _NOT_SLUG.sub("-", latin)[:_LONGEST_SLUG].strip("-")


def _to_latin(word: str) -> str:
    letters = ""
    for one in word:
        letters += one if one.isascii() else _LATIN_OF.get(one, "")
    return letters
