"""Which of the titles that a page states is its story's, where no heading tells: a vote."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from feedmaker.html.page_head import title_key
from feedmaker.text.arabic import fold

if TYPE_CHECKING:
    from feedmaker.html.page_head import Head

_MAIN_SOURCES: Final = ("h1", "JSON-LD headline", "og:title")
_WEIGHTS: Final = {
    "JSON-LD headline": 1.0,
    "og:title": 1.0,
    "twitter:title": 0.5,
    "title": 0.9,
}
# A newsroom writes the title element for search engines: what differs from it is more likely the
# headline.
_NEWS_WEIGHTS: Final = {
    "h1": 1.0,
    "JSON-LD headline": 1.0,
    "og:title": 1.5,
    "twitter:title": 0.0,
    "title": -1.0,
}
# A URL spells a title if half of its words are in it, and this much more than in any other.
_SPELT: Final = 0.5
_CLEARLY: Final = 0.15
_TRANSCRIPTION: Final = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "å": "aa", "ø": "oe", "æ": "ae"}
)


def news_source(
    head: Head,
    titles: dict[str, str],
) -> str:
    """Return the source of a newsroom's headline.

    It is the heading, where JSON-LD says the same, and JSON-LD's own, where heading, JSON-LD and
    shared title all differ.
    """
    heading, stated, shared = (title_key(titles.get(source, "")) for source in _MAIN_SOURCES)
    if heading and stated and shared and len({heading, stated, shared}) == len(_MAIN_SOURCES):
        return "JSON-LD headline"
    has_kicker = shared and heading.endswith(f" {shared}")
    if heading and heading == stated and not has_kicker:
        return "h1"
    return source_by_vote(head, titles, _NEWS_WEIGHTS)


def source_by_vote(
    head: Head,
    titles: dict[str, str],
    weights: dict[str, float] = _WEIGHTS,
) -> str:
    """Return the source whose title has the most weight, counting all sources that say the same.

    The page's URL has a vote where it spells a title that is not the title element's.
    """
    keys = {source: title_key(title) for source, title in titles.items()}
    support: dict[str, float] = {}
    for source, key in keys.items():
        support[key] = support.get(key, 0.0) + weights[source]
    spelt = spelt_in_url(head, set(support))
    if spelt and spelt != keys.get("title"):
        support[spelt] += 1.0

    def rank(source: str) -> tuple[float, bool, float]:
        weight = support[keys[source]]
        return weight, source == "h1", weights[source]

    return max(keys, key=rank)


def spelt_in_url(
    head: Head,
    keys: set[str],
    clearly: float = _CLEARLY,
) -> str:
    """Return the key of the title that the page's URL spells, `clearly` more so than any other.

    Empty where there is none.
    """
    if len(keys) < 2:
        return ""
    folders = head.path.lower().split("/")
    parts = [set(re.findall(r"[^\W_]+", folder)) for folder in folders]
    slug = max(parts, key=len)
    if len(slug) < 3:
        return ""
    shares = []
    for key in keys:
        spellings = f"{key} {key.translate(_TRANSCRIPTION)} {fold(key)}"
        common = slug.intersection(spellings.split())
        share = len(common) / len(slug)
        shares.append((share, key))
    shares.sort(reverse=True)
    (best, spelt), (second, _) = shares[:2]
    return spelt if best >= _SPELT and best - second >= clearly else ""
