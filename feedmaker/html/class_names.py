"""What class names, ids and roles say about a box, for articles and listings.

Articles take hints, as bits: none alone ever drops a block. Listings take the zone of the page that
a box is. `class_words` has the words.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from string import ascii_lowercase, digits
from typing import TYPE_CHECKING, Final, Literal

from feedmaker.html import class_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from feedmaker.html.class_words import Zone

_BIT: Final = {name: 1 << at for at, name in enumerate(class_words.PATTERNS)}
(
    COMMENT,
    RELATED,
    SHARE,
    CAPTION,
    AUTHOR,
    NAV,
    FOOT,
    PROMO,
    SIDE,
    TAGS,
    META,
    BODY,
    LEAD,
    HIDDEN,
    PLAYER,
    CARD,
    KEY,
    FORM,
    HEAD,
    SHOP,
    CONSENT,
    BOX,
    WALL,
) = _BIT.values()
PROP: Final = 1 << len(_BIT)  # itemprop="articleBody"
FURNITURE: Final = COMMENT | NAV | FOOT | SHARE | FORM | CONSENT | RELATED
NAMES: Final = (*class_words.PATTERNS, "prop")

_TOKEN: Final = re.compile(r"[a-z]+")
# In bytes, with all but small letters made spaces, the same are found in half the time.
_SPACED: Final = bytes([code if chr(code) in ascii_lowercase else 32 for code in range(256)])
_PART: Final = re.compile(r"[a-z0-9]+")
_MODIFIERS: Final = frozenset(class_words.MODIFIERS.split())
_SIDES: Final = frozenset(class_words.SIDES.split())
_CAMEL: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_STATE_PREFIXES: Final = frozenset(class_words.STATE_PREFIXES.encode().split())
_STATE: Final = re.compile(rf"\b(?:{'|'.join(sorted(class_words.STATE_PREFIXES.split()))})-\S*")
_TERM: Final = re.compile(rf"(?:{'|'.join(class_words.TERM_PREFIXES.split())})-", re.IGNORECASE)
_UNSEEN: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden")
_SHOWN: Final = re.compile("|".join(class_words.SHOWN_ON_SCREENS.split()))
_TAG_BITS: Final = {tag: _BIT[hint] for tag, hint in class_words.TAG_HINTS.items()}
_ROLE_BITS: Final = {role: _BIT[hint] for role, hint in class_words.ROLE_HINTS.items()}
_TITLE_WORDS: Final = frozenset(class_words.TITLE_WORDS.split())
_DECK_WORDS: Final = frozenset(class_words.DECK_WORDS.split())
_UNSEEN_TEXT: Final = re.compile(rf"(?<!\S)(?:{'|'.join(class_words.UNSEEN_TEXTS.split())})(?!\S)")
_ALL_SCREENS: Final = 3  # sorts: `hidden-desktop hidden-tablet hidden-mobile` is shown on none
_WHOLE_PAGE: Final = frozenset(("body", "html", "main", "form"))
_LONGEST: Final = 400  # characters of names that are looked at
_POST: Final = re.compile(rf"(?:{'|'.join(class_words.POSTS.split())})(?:\s|$)")


def _any_of(words: str) -> re.Pattern[str]:
    """Return an expression that finds any of the words of the data."""
    return re.compile("|".join(words.split()))


PICTURE_TEXT: Final = _any_of(class_words.PICTURE_TEXTS)
OTHER_STORY: Final = _any_of(class_words.OTHER_STORIES)
SIDE_BOX: Final = _any_of(class_words.SIDE_BOXES)
CALLED_AUTHOR: Final = _any_of(class_words.AUTHORS)
SURE_AUTHOR: Final = _any_of(class_words.SURE_AUTHORS)
NO_AUTHOR: Final = _any_of(class_words.NO_AUTHORS)
OTHERS_AUTHOR: Final = _any_of(class_words.OTHERS_AUTHORS)
_BEHIND: Final = re.compile(r"\(\?<!(\w+-?)\)")
_EDGES: Final = re.compile(r"[<>]|\(\?<?![^()]*+\)")
_ITEM: Final = re.compile(r"(?:\(\?:([a-z|]++)\)|\[([^][]++)\]|([a-z_-]))(\??)")
_LITERAL: Final = re.compile(r"[a-z0-9_-]+(?!\?)")


def _branch(word: str) -> tuple[str, str]:
    """Return the first two letters of a pattern, and the expression of what follows them.

    What it must begin after is looked for once all is there that it begins with.
    """
    behind = _BEHIND.findall(word)
    if word.startswith("<"):
        behind.append("[^-_ ]")
    rest = _BEHIND.sub("", word).removeprefix("<").replace(">", "(?![^-_ ])")
    literal = _LITERAL.match(rest)
    assert literal is not None
    start = literal[0]
    edge = "".join(f"(?<!{before}{start})" for before in behind)
    return start[:2], f"{start[2:]}{edge}{rest[len(start) :]}"


def _compile_patterns(words: Iterable[str]) -> re.Pattern[str]:
    """Return patterns as one expression without groups, each of which takes time at a search.

    They stand in branches by their first letter and by their second, which the matcher passes
    over at a glance where another letter stands.
    """
    branches: dict[str, dict[str, list[str]]] = {}
    for start, expression in map(_branch, words):
        branches.setdefault(start[0], {}).setdefault(start[1:], []).append(expression)
    parts = []
    for first, seconds in branches.items():
        rests = [f"{second}(?:{'|'.join(ends)})" for second, ends in seconds.items()]
        parts.append(f"{first}(?:{'|'.join(rests)})")
    return re.compile("|".join(parts))


def _spellings(word: str) -> list[str]:
    """Return all texts that a pattern of the data finds."""
    items = _EDGES.sub("", word)
    assert not _ITEM.sub("", items), f"more than alternatives, sets and letters: {word}"
    found = [""]
    for choices, letters, letter, may_miss in _ITEM.findall(items):
        ways = choices.split("|") if choices else list(letters.replace("0-9", digits) or letter)
        if may_miss:
            ways.append("")
        found = [f"{start}{way}" for start in found for way in ways]
    return found


def _found_bits() -> dict[str, int]:
    """Return the bit of each text that the patterns find; of two hints the first has it."""
    bits: dict[str, int] = {}
    for hint, words in class_words.PATTERNS.items():
        for word in words.split():
            for text in _spellings(word):
                bits.setdefault(text, _BIT[hint])
    return bits


_PATTERN: Final = _compile_patterns(" ".join(class_words.PATTERNS.values()).split())
_PASSED_OVER: Final = _compile_patterns(
    f"{class_words.INLINE_ADVERTS} {class_words.INLINE_UNSEEN}".split()
)
_FOUND_BITS: Final = _found_bits()


def _pattern_hints(text: str) -> int:
    hints = 0
    for found in _PATTERN.findall(text):
        hints |= _FOUND_BITS[found]
    return hints


def _whole_words() -> tuple[dict[str, Zone], dict[str, int]]:
    """Return the zone of each whole word, and the hint of those that no pattern has."""
    zones: dict[str, Zone] = {}
    hints: dict[str, int] = {}
    for zone, hint, words in class_words.WHOLE_WORDS:
        for word in words.split():
            for spelling in {word, word.replace("-", "")}:
                zones[spelling] = zone
                if hint and not _pattern_hints(spelling.replace("-", "_")) & _BIT[hint]:
                    hints[spelling] = _BIT[hint]
    return zones, hints


_ZONES, _WORD_HINTS = _whole_words()
_FIRST_WORDS: Final = frozenset(word.partition("-")[0].encode() for word in _WORD_HINTS)
_TELLING_WORDS: Final = _STATE_PREFIXES | _FIRST_WORDS


# Attributes that `_attribute_hints` reads.
_TELLING: Final = frozenset(("role", "itemprop", "hidden", "aria-hidden", "style"))
# Hints by the hash of tag name, class and id: a fifth of the memory that the strings take.
_hints: dict[int, int] = {}
_MOST_HINTS: Final = 80_000  # ten megabytes, for the names of hundreds of sites
_passed_over: dict[str, bool] = {}
_MOST_PASSED_OVER: Final = 10_000


def read_hints(name: str, attributes: dict[str, str | None]) -> tuple[int, str]:
    """Return the hints of an element with this tag name and these attributes, and its sign.

    The sign is its name and classes: elements of one kind have the same.
    """
    if not attributes:
        return _TAG_BITS.get(name, 0), name
    classes = attributes.get("class")
    identity = attributes.get("id")
    sign = f"{name} {classes}" if classes else name
    key = hash((sign, identity) if identity else sign)
    hints = _hints.get(key)
    if hints is None:
        if len(_hints) >= _MOST_HINTS:
            _hints.clear()
        hints = _TAG_BITS.get(name, 0) | _names_hints(f"{classes or ''} {identity or ''}")
        _hints[key] = hints
    if not _TELLING.isdisjoint(attributes):
        hints |= _attribute_hints(attributes)
    return hints, sign


def _names_hints(names: str) -> int:
    """Return the hints of all names in a class attribute and id."""
    hints = 0
    for name in names[:_LONGEST].split():
        hints |= _name_hints(name)
    if hints & HIDDEN and any(map(_SHOWN.fullmatch, names.split())):
        hints &= ~HIDDEN
    elif "hidden-" in names and names.count("hidden-") >= _ALL_SCREENS:
        hints |= HIDDEN
    return hints


@lru_cache(maxsize=10_000)
def _name_hints(name: str) -> int:
    """Return the hints of one class name; sites have many names in common."""
    text = name.lower()
    if ":" in text or "[" in text:  # a utility class
        return 0
    words = text.encode("utf-8", "replace").translate(_SPACED).split()
    if _TELLING_WORDS.isdisjoint(words):  # few names have one
        return _pattern_hints(text)
    if not _STATE_PREFIXES.isdisjoint(words):
        text = _STATE.sub(" ", text)
        words = text.encode("utf-8", "replace").translate(_SPACED).split()
    hints = _pattern_hints(text)
    if not _FIRST_WORDS.isdisjoint(words):
        parts = _TOKEN.findall(text)
        for word in (*parts, *map("-".join, pairwise(parts))):
            hints |= _WORD_HINTS.get(word, 0)
    return hints


def _attribute_hints(attributes: dict[str, str | None]) -> int:
    """Return the hints of role, itemprop, style and of being hidden."""
    hints = _ROLE_BITS.get(attributes.get("role") or "", 0)
    if prop := attributes.get("itemprop"):
        hints |= PROP if prop == "articleBody" else _names_hints(prop)
    if "hidden" in attributes or attributes.get("aria-hidden") == "true":
        hints |= HIDDEN
    style = attributes.get("style")
    if style and ("none" in style or "hidden" in style) and _UNSEEN.search(style):
        hints |= HIDDEN
    return hints


def is_passed_over(attributes: dict[str, str | None]) -> bool:
    """Whether an inline element is no text of its sentence: an advert, or hidden from the eye."""
    style = attributes.get("style")
    if "hidden" in attributes or (style and _UNSEEN.search(style)):
        return True
    names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
    found = _passed_over.get(names)
    if found is None:
        if len(_passed_over) >= _MOST_PASSED_OVER:
            _passed_over.clear()
        found = _passed_over[names] = bool(_PASSED_OVER.search(names.lower()))
    return found


def is_post(attributes: dict[str, str | None]) -> bool:
    """Whether a quotation is a post of a social network, by the class of its embed code."""
    return bool(_POST.match(attributes.get("class") or ""))


@lru_cache(maxsize=8192)
def text_kind(names: str) -> Literal["title", "deck"] | None:
    """Return whether an element's class and id call its text a title, or a deck or the like."""
    words = _TOKEN.findall(_CAMEL.sub("-", names).lower())
    if _UNSEEN_TEXT.search(names) or any(map(_is_deck_word, words)):
        return "deck"
    if any(word in _TITLE_WORDS or word.endswith(("title", "headline")) for word in words):
        return "title"
    return None


def _is_deck_word(word: str) -> bool:
    return word in _DECK_WORDS or word.endswith(("subtitle", "subheadline"))


def _named_zone(names: str) -> Zone | None:
    """Return the zone that an element's class and id name.

    "popular" or "related" say most: within a sidebar's name they are a list of popular stories.
    """
    found: list[Zone] = []
    for name in names.split():
        if not _TERM.match(name):
            found += _zones_of(name)
    for zone in found:
        if zone in ("most-read", "related"):
            return zone
    return found[0] if found else None


@lru_cache(maxsize=8192)
def _zones_of(name: str) -> tuple[Zone, ...]:
    """Return the zones that the words of one name say.

    A word is a whole part of a name, letters and digits: a hash is none. What says what a box has
    (`has-sidebar`, `js-nav`) or where it is (`sidebar-left`) says nothing of what it is.
    """
    parts = _PART.findall(_CAMEL.sub("-", name).lower())
    if not parts or parts[0] in _MODIFIERS or parts[-1] in _SIDES:
        return ()
    words = [*parts, *map("-".join, pairwise(parts))]
    found = [_ZONES[word] for word in words if word in _ZONES]
    for word in parts:
        if word.endswith(("menu", "navbar")):
            found.append("navigation")
        elif word.startswith("sidebar"):
            found.append("sidebar")
    if whole := class_words.WHOLE_NAMES.get(name.lower()):
        found.append(whole)
    return tuple(found)


@lru_cache(maxsize=8192)
def page_zone(tag: str, role: str, names: str, in_card: bool) -> Zone | None:
    """Return the zone of a page that an element is, by its tag, role, and its classes and id.

    The `header` of a card is none (`in_card`).
    """
    if tag in _WHOLE_PAGE:
        return None
    found = class_words.TAG_ZONES.get(tag)
    if tag == "header" and not in_card:
        found = "header"
    if found is None:
        found = class_words.ROLE_ZONES.get(role.strip().lower())
    named = _named_zone(names) if names else None
    return named if named and found in (None, "sidebar", "header") else found
