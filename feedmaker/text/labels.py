"""What a short text is by the terms of news pages: furniture, a lead-in to another story, a byline,
a dateline.

The terms are data, in `vocabulary`. They are compared in the form of `arabic.fold`, so spelling
makes no difference.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import islice, product
from typing import TYPE_CHECKING

from feedmaker.text.arabic import digits, fold
from feedmaker.text.label_words import (
    AGENCIES,
    ASKING,
    BYLINES,
    DOUBTFUL_BYLINES,
    NETWORKS,
    OFFICES,
    ON,
    TERMS,
    WAW_NAMES,
)
from feedmaker.text.places import DATELINE_CITIES

if TYPE_CHECKING:
    from collections.abc import Iterable

_CITIES = "|".join(DATELINE_CITIES)
_ASKED = 600  # characters of what a site asks at most
_LONGEST = 90  # characters of a label; whatever is longer is text
_SEPARATOR = re.compile(r"\s*(?:[:：|»›…\n]|\.\.+)[\s:|»›….-]*|\s+[-–—ـ>/]+\s+")


@cache
def _phrases(text: str) -> frozenset[str]:
    """The folded phrases of a piece of `vocabulary`, with its braces opened."""
    # Folded in one go, its signs as digits, which stay and of which terms have none: many times as
    # quick.
    folded = fold(text.translate({ord("|"): "0", ord("{"): "1", ord(","): "2", ord("}"): "3"}))
    phrases: set[str] = set()
    for phrase in folded.split("0"):
        parts = re.split("1([^3]*)3", phrase)
        choices = [part.split("2") if n % 2 else [part] for n, part in enumerate(parts)]
        phrases.update(" ".join("".join(choice).split()) for choice in product(*choices))
    return frozenset(phrases - {""})


@cache
def _openers(text: str) -> frozenset[str]:
    """The first words of the phrases of a piece of `vocabulary`: most texts begin with none, which
    is quickly seen.
    """
    return frozenset(phrase.partition(" ")[0] for phrase in _phrases(text))


@cache
def _kinds() -> dict[str, str]:
    """Folded phrase -> the kind of furniture it is the label of."""
    return {phrase: kind for kind, text in reversed(TERMS.items()) for phrase in _phrases(text)}


def label(text: str) -> str | None:  # noqa: PLR0911 - one for each form that a label has
    """Which furniture of news pages a short text (heading, link, button) is the label of; None for
    anything else.

    The kinds are the keys of `vocabulary.TERMS`, and "agency". A label stands alone, or with a
    count («تعليقات (0)»), a network («شارك على فيسبوك»), what it announces («آخر تحديث: 12 مايو
    2024», «تصوير: ...») or a name («كتب: ...»). A headline that begins like a label is none.
    """
    if len(text) > _LONGEST:
        return None
    folded = fold(text)
    kinds = _kinds()
    if not folded or folded in kinds:
        return kinds.get(folded)
    words = folded.split()
    if len(words) < 6 and any(map(str.isdigit, words)):
        bare = " ".join(word for word in words if not word.isdigit())
        if bare in kinds:
            return kinds[bare]
    if words[-1] in _phrases(ON) and (
        kind := kinds.get(" ".join(words[:-1]))
    ):  # «تابعونا على», with icons after it
        return kind
    if not _openers(NETWORKS).isdisjoint(words) and (kind := _on_network(words)):
        return kind
    if words[0] in _openers(AGENCIES) and _is_agency(text):
        return "agency"
    if not _RESERVED.isdisjoint(words) or text.lstrip()[:1] in _RESERVED:
        return "copyright"
    if words[0] in _announcers() and (kind := _announced(text, words)):
        return kind
    return "byline" if words[0] in _openers(BYLINES) and byline(text) is not None else None


def _on_network(words: list[str]) -> str | None:
    """What a label with a social network in it is: to share, to follow, or else None."""
    line = f" {' '.join(words)} "
    bare = _networks().sub("", line)
    if bare == line or len(words) > 12:
        return None
    rest = [word for word in bare.split() if word not in _phrases(ON)]
    if words == ["x"]:  # a cross that closes something, more often than the network
        return None
    kind = _kinds().get(" ".join(rest)) if rest else "share"
    if kind in ("share", "follow", "comments", "newsletter"):
        return kind
    # «تابعوا آخر الأخبار عبر غوغل نيوز»: a verb of following first, a network last.
    return (
        "follow"
        if _kinds().get(rest[0]) == "follow" and not bare.endswith(f" {words[-1]} ")
        else None
    )


@cache
def _networks() -> re.Pattern[str]:
    names = sorted(_phrases(NETWORKS), key=len, reverse=True)
    return re.compile(f"(?<= )(?:{'|'.join(map(re.escape, names))}) ")


_ANNOUNCING = ("updated", "published", "source", "photo-credit", "copyright", "reading-time")
_RESERVED = frozenset({"محفوظه", "reserved", "vorbehalten", "©"})


def _announced(text: str, words: list[str]) -> str | None:
    """The kind of a label that goes on to say what it announces: a date, a name, an owner."""
    head, rest = _parted(text)
    kind = _kinds().get(fold(head)) if rest else None
    if (
        kind == "gallery"
        and fold(head) in _phrases(TERMS["photo-credit"])
        and len(rest.split()) < 4
    ):
        return "photo-credit"
    if kind in _ANNOUNCING and len(rest) < 60:
        return kind
    dated = re.search(
        r"\b(?:19|20)\d\d\b|\d:\d\d", digits(text)
    )  # «آخر تحديث 12 مايو 2024»: no sentence
    heads = (" ".join(words[:n]) for n in (4, 3, 2, 1)) if dated and len(words) < 11 else ()
    kind = next((_kinds()[head] for head in heads if head in _kinds()), None)
    return kind if kind in ("updated", "published") else None


@cache
def _announcers() -> frozenset[str]:
    return frozenset().union(*(_openers(TERMS[kind]) for kind in _ANNOUNCING))


def _parted(text: str) -> tuple[str, str]:
    """What stands before the first separator of a text («:», «|», «...», a dash between spaces),
    and what after it.
    """
    found = _SEPARATOR.search(text, 1, 60)
    return (text[: found.start()], text[found.end() :].strip()) if found else (text, "")


_LEADING = frozenset(_ANNOUNCING) | {"related", "most-read", "read-more", "follow", "share"}


def starts(text: str) -> str | None:
    """Which furniture a line begins with that goes on with something else, after a separator or a
    line break.

    «اقرأ أيضاً: رئيس الحكومة ...» is "related"; «شاهد أيضا كيف ...», without a separator, is a
    headline: None. So is what only looks like a label where it stands alone: «عاجل: ...», "Details:
    ...".
    """
    head, rest = _parted(text.lstrip()[:200])
    if not rest:
        return None
    folded = fold(head)
    kind = _kinds().get(folded)
    return kind if kind in _LEADING and (kind != "read-more" or " " in folded) else None


def agency(text: str) -> bool:
    """Whether a line credits an agency, and says no more: «رويترز», "Reuters / AFP"."""
    first = fold(text[:40].strip(" -–—()")).split()[:1]
    return bool(first) and first[0] in _openers(AGENCIES) and label(text) == "agency"


def asking(texts: Iterable[str]) -> set[str]:
    """Of some texts those in which a site asks its reader for consent: to cookies, to terms, to
    content of others.
    """
    texts = [text for text in texts if len(text) < _ASKED]
    lower = [text.casefold() for text in texts]
    whole = "\n".join(lower)
    asked = [(word, pattern) for word, pattern in ASKING.items() if word in whole]
    pairs = zip(texts, lower, strict=True) if asked else ()
    return {
        text
        for text, key in pairs
        for word, pattern in asked
        if word in key and re.search(pattern, fold(text))
    }


# ---- bylines and datelines

_AND = re.compile(r"\s*[،,;؛/&+]\s*|\s+(?:و|and|und|et|y|e|en|i|ve|и|-|–|—|ـ)\s+", re.IGNORECASE)
_LETTERS = re.compile(r"[^\W\d_]+")
_CUT = re.compile(r"[|•·\n(@\d\[<]|\s{3,}|\.\.")


@lru_cache(maxsize=4096)
def _opens_byline(word: str) -> bool:
    """Whether bylines begin with a word; lines of pages begin with the same ones over and over."""
    return fold(word) in _openers(BYLINES)


def byline(text: str) -> tuple[str, ...] | None:
    """The names that a byline gives, as typed: «كتب: أحمد علي وسارة حسن», «بقلم/ ...», "By X and
    Y".

    None where the text is no byline; without names where it names only agencies or desks («تحرير:
    رويترز»).
    """
    if len(text) > 200:
        return None
    text = text.strip(" \t\n\r\xa0*•-–—|/")
    head = rest = ""
    first_word = _LETTERS.search(text, 0, 40)
    if first_word is None or not _opens_byline(first_word[0]):
        return None
    for word in islice(_LETTERS.finditer(text, 0, 40), 3):
        if fold(text[: word.end()]) in _phrases(BYLINES):
            head, rest = text[: word.end()], text[word.end() :]
    parted = re.match(r"\s*[:：/|ـ–—-]+\s*", rest)
    rest = rest[parted.end() :] if parted else rest
    if not rest.strip() or not (parted or rest[0].isspace()):
        return None
    who = _CUT.split(rest.strip(), maxsplit=1)[0].strip()
    first, *others = (part.strip(' .،,-–—*"«»') for part in _AND.split(who))
    names = _one_by_one(first)
    for other in others:  # «..., وسامي فهمي», "..., Berlin"
        if fold(other) not in _phrases(_CITIES):
            names += _one_by_one(other[1:] if _joins(other.partition(" ")[0]) else other)
    if not parted and (fold(head) in _phrases(DOUBTFUL_BYLINES) or not _surely_names(names)):
        return None
    if not names or any(len(name.split()) > 5 or len(name) > 60 or ":" in name for name in names):
        return None
    return tuple(dict.fromkeys(name for name in names if len(name) > 1 and not _is_office(name)))


def _one_by_one(names: str) -> list[str]:
    """«أحمد علي وسارة حسن» as two names; what has no such waw as one."""
    words = names.split()
    for i in range(2, len(words) - 1):
        if _joins(words[i]):
            return [" ".join(words[:i]), *_one_by_one(" ".join([words[i][1:], *words[i + 1 :]]))]
    return [names] if names else []


def _joins(word: str) -> bool:
    """Whether a word of a byline is a name with waw, "and", before it, and no name that begins with
    waw.
    """
    return word.startswith("و") and len(word) > 3 and fold(word) not in _phrases(WAW_NAMES)


def _surely_names(names: list[str]) -> bool:
    """Whether what follows an opening word at once is names and no sentence: few words, in capitals
    where there are.
    """
    return bool(names) and all(
        1 < len(name.split()) < 5
        and name[:1] == name[:1].upper()
        and all(w[:1].isupper() or len(w) < 4 or not w.isascii() for w in name.split())
        for name in names
    )


def _is_agency(text: str) -> bool:
    """Whether a text names agencies only: «رويترز», «--(بترا)», "Reuters / AFP"."""
    parts = [fold(part) for part in re.split(r"[،,/&+|()\[\]]|\s+[-–—ـ]+\s+|\s+and\s+", text)]
    return any(parts) and all(part in _phrases(AGENCIES) for part in parts if part)


def _is_office(name: str) -> bool:
    """Whether a name is that of an agency, a desk or a paper, not a person's."""
    return _is_agency(name) or not _phrases(OFFICES).isdisjoint(fold(name).split())


def dateline(text: str) -> bool:
    """Whether a short text is a place and whose word it is: «الرباط - المغرب اليوم», «القاهرة – أ ش
    أ».

    The place is a city we know, or what follows is an agency; so a headline of a few words behind a
    city is one too.
    """
    return place_and_source(text) is not None


def place_and_source(text: str) -> tuple[str, str] | None:
    """The two parts of a dateline as typed; the second may be a person («طرابلس - فاطمة سعداوي»)."""
    parts = (
        re.split(r"\s*[:/،|(]\s*|\s*[–—ـ]\s*|\s+-\s*|\s*-\s+", text.strip(" \t\n()."), maxsplit=1)
        if len(text) < 80
        else []
    )
    if len(parts) != 2 or not all(map(fold, parts)) or any(len(part.split()) > 3 for part in parts):
        return None
    place, source = parts
    return (
        (place, source)
        if fold(place) in _phrases(_CITIES) or (_is_agency(source) and not _is_agency(place))
        else None
    )
