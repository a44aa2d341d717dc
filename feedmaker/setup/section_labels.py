"""Which links of a home page may lead to a section, by their words and their addresses."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl, unquote, urlsplit

from feedmaker.listing import count_words, shape
from feedmaker.setup.section_names import (
    EDITION_ENDINGS,
    EDITIONS,
    SERVICE_LABELS,
    SERVICE_WORDS,
    section_topic,
)
from feedmaker.text import arabic, labels, urls
from feedmaker.text.path_words import NO_SECTION

if TYPE_CHECKING:
    from feedmaker.listing import Anchor

_LONGEST_TITLE: Final = 40  # characters of a section's title
_MOST_WORDS: Final = 5  # of it
_LABEL_WORDS: Final = 2  # of a link that is a label, whatever its address looks like
_HEADLINE_WORDS: Final = 5  # a text of as many words is no label
_NO_STORY: Final = -1  # what `shape` gives for lists, at most
_LIKELY_STORY: Final = 0.9  # what `shape` gives for most stories
_SURE_STORY: Final = 1.4  # and for those with a date and a slug
_NAMED_LIST: Final = -2  # for one with a word of lists
_SURELY_NO_STORY: Final = -3  # and for networks, files and the like
_FILE_TYPE: Final = re.compile(r"\.\w{2,5}$")
_LETTER: Final = re.compile(r"[^\W\d_]")
_ASCII_LETTER: Final = re.compile(r"[a-zA-Z]")  # one alone leads through an index or to a network
_PAGING: Final = frozenset({"page", "paged", "p", "s", "q"})
# Labels that a section may have, None for any other text.
SECTION_LABELS: Final = frozenset({None, "latest"})


def link_text(anchor: Anchor) -> str:
    """Return what a link says, else what its attributes say."""
    return anchor.text or next(filter(None, anchor.extra), "")


def is_headline(anchor: Anchor) -> bool:
    """Whether a link's words and address may be those of a story."""
    return count_words(link_text(anchor)) >= _HEADLINE_WORDS and shape(anchor.url) > _NO_STORY


def is_story_url(url: str) -> bool:
    """Whether an address looks like a story's: a date, a long number, a slug of several words."""
    return shape(url) >= _LIKELY_STORY


def is_list_url(url: str) -> bool:
    """Whether an address has a word that no story's has: `category`."""
    return shape(url) == _NAMED_LIST


def is_section_title(text: str) -> bool:
    """Whether a text is short enough for a section's title, and has a letter."""
    if len(text) > _LONGEST_TITLE or not _LETTER.search(text) or _ASCII_LETTER.fullmatch(text):
        return False
    return 0 < count_words(text) <= _MOST_WORDS


def has_section_label(text: str) -> bool:
    """Whether a text may be a section's title: no label of other things, and no language."""
    if not is_section_title(text) or labels.label(text) not in SECTION_LABELS:
        return False
    folded = arabic.fold(text)
    return folded not in EDITIONS and not folded.endswith(EDITION_ENDINGS)


def may_be_section(anchor: Anchor, home: str) -> bool:
    """Whether a link could lead to a list of stories of the site at `home`."""
    text = link_text(anchor)
    if not has_section_label(text) or not is_section_url(anchor.url, home):
        return False
    looks = shape(anchor.url)
    return looks < _LIKELY_STORY or (looks < _SURE_STORY and count_words(text) <= _LABEL_WORDS)


@lru_cache(maxsize=4096)
def is_section_url(url: str, home: str) -> bool:
    """Whether a URL is of the site, and neither its home page, a further page nor a file."""
    if not urls.same_site(url, home):
        return False
    parts = urlsplit(url)
    if not parts.path.strip("/") and not parts.query:
        return _plain_host(url) != _plain_host(home)
    if shape(url) == _SURELY_NO_STORY and not _is_index(parts.path):
        return False
    return _PAGING.isdisjoint(dict(parse_qsl(parts.query)))


def _is_index(path: str) -> bool:
    return path.strip("/").count("/") > 0 and path.endswith(("index.html", "index.php"))


def is_service_label(text: str) -> bool:
    """Whether the words of a link say that it leads to a service, videos or the like."""
    folded = arabic.fold(text)
    return folded in SERVICE_LABELS or not SERVICE_WORDS.isdisjoint(folded.split())


def is_service_url(url: str) -> bool:
    """Whether an address has a word that sections' addresses do not have."""
    path = unquote(urlsplit(url).path, errors="replace").casefold()
    segments = set(filter(None, path.split("/")))
    segments |= {_FILE_TYPE.sub("", segment) for segment in segments}
    return not segments.isdisjoint(NO_SECTION)


def is_known_section(title: str) -> bool:
    """Whether a title is one that sections usually have."""
    return section_topic(title) != ""


def page_key(key: str) -> str:
    """Return the key of an address without the ending of its file: `a.org/x` of `a.org/x.html`."""
    return _FILE_TYPE.sub("", key) if "/" in key else key


def _plain_host(url: str) -> str:
    return urlsplit(url).netloc.removeprefix("www.")
