"""The words of `label_words`, folded, with the choices in braces written out."""

from __future__ import annotations

import re
from functools import cache
from itertools import product
from typing import Final, NamedTuple

from feedmaker.text.arabic import fold
from feedmaker.text.label_words import (
    AGENCIES,
    BYLINES,
    DOUBTFUL_BYLINES,
    HOME,
    LABELS,
    NETWORKS,
    OFFICES,
    SMALL_WORDS,
    WAW_NAMES,
)
from feedmaker.text.places import DATELINE_CITIES

# Labels that go on with what they announce: a date, a name, an owner.
ANNOUNCING: Final = (
    "updated",
    "published",
    "source",
    "photo-credit",
    "copyright",
    "reading-time",
)


class LabelTables(NamedTuple):
    """The phrases of `label_words`, folded, and the first words of some of them."""

    kinds: dict[str, str]  # phrase -> kind of label
    photo_credits: frozenset[str]
    small_words: frozenset[str]
    agencies: frozenset[str]
    bylines: frozenset[str]
    doubtful_bylines: frozenset[str]
    offices: frozenset[str]
    waw_names: frozenset[str]
    cities: frozenset[str]
    homes: frozenset[str]
    network: re.Pattern[str]  # the name of a network within a line of words
    # Most texts hold none of these words, which is seen at once.
    first_words: frozenset[str]  # of all phrases
    network_words: frozenset[str]
    agency_words: frozenset[str]
    announcing_words: frozenset[str]
    byline_words: frozenset[str]
    byline_beginnings: frozenset[str]  # of one word and more
    opening_words: frozenset[str]  # those of agencies, announcements and bylines


# Signs of `label_words` as digits, which folding keeps and the phrases do not have.
_SIGNS: Final = {"|": "0", "{": "1", ",": "2", "}": "3"}
_BETWEEN_TABLES: Final = "4"


@cache
def label_tables() -> LabelTables:
    """Fold all words in one call, which is many times as fast as word by word."""
    texts = (
        SMALL_WORDS,
        NETWORKS,
        AGENCIES,
        BYLINES,
        DOUBTFUL_BYLINES,
        OFFICES,
        WAW_NAMES,
        "|".join(DATELINE_CITIES),
        HOME,
        *LABELS.values(),
    )
    whole = _BETWEEN_TABLES.join(texts)
    for sign, digit in _SIGNS.items():  # `translate` looks up each letter
        whole = whole.replace(sign, digit)
    folded = fold(whole)
    tables = [_phrases(table) for table in folded.split(_BETWEEN_TABLES)]
    small_words, networks, agencies, bylines, doubtful, offices, waw_names, cities = tables[:8]
    homes = tables[8]
    labels = dict(zip(LABELS, tables[9:], strict=True))
    kinds: dict[str, str] = {}
    for kind, phrases in labels.items():
        for phrase in phrases:
            kinds.setdefault(phrase, kind)
    for phrase in bylines - doubtful:
        kinds.setdefault(phrase, "byline")
    longest_first = sorted(networks, key=len, reverse=True)
    announcements = [labels[kind] for kind in ANNOUNCING]
    return LabelTables(
        kinds=kinds,
        photo_credits=labels["photo-credit"],
        small_words=small_words,
        agencies=agencies,
        bylines=bylines,
        doubtful_bylines=doubtful,
        offices=offices,
        waw_names=waw_names,
        cities=cities,
        homes=homes,
        network=re.compile(f"(?<= )(?:{'|'.join(map(re.escape, longest_first))}) "),
        first_words=_first_words(frozenset(kinds)),
        network_words=_first_words(networks),
        agency_words=_first_words(agencies),
        announcing_words=_first_words(*announcements),
        byline_words=_first_words(bylines),
        byline_beginnings=_beginnings(bylines),
        opening_words=_first_words(agencies, bylines, *announcements),
    )


def _phrases(table: str) -> frozenset[str]:
    """Return the phrases of a folded table, one for each choice of the words in its braces."""
    phrases: set[str] = set()
    for phrase in table.split("0"):
        if "1" not in phrase:  # most leave no choice
            phrases.add(phrase.strip())
            continue
        parts = re.split("1([^3]*)3", phrase)
        choices = [part.split("2") if at % 2 else [part] for at, part in enumerate(parts)]
        for choice in product(*choices):
            phrases.add(" ".join("".join(choice).split()))
    return frozenset(phrases - {""})


def _first_words(*tables: frozenset[str]) -> frozenset[str]:
    phrases = frozenset[str]().union(*tables)
    return frozenset(phrase.partition(" ")[0] for phrase in phrases)


def _beginnings(phrases: frozenset[str]) -> frozenset[str]:
    """Return what phrases of several words begin with, up to the last word but one."""
    found: set[str] = set()
    for phrase in phrases:
        words = phrase.split()
        found.update(" ".join(words[:count]) for count in range(1, len(words)))
    return frozenset(found)
