"""Whom a short text credits: the names in a byline, the source in a dateline.

The words are data, in `label_words`, and compared in the form of `arabic.fold`.
"""

from __future__ import annotations

import re
from itertools import chain, islice
from typing import Final, NamedTuple

from feedmaker.text.arabic import fold
from feedmaker.text.label_tables import label_tables
from feedmaker.text.label_words import EAST_ASIAN_CLOSINGS, EAST_ASIAN_OPENINGS, TITLES

_LONGEST_BYLINE: Final = 200  # characters
_LONGEST_DATELINE: Final = 80  # characters

# ---- bylines

_AND: Final = re.compile(
    r"(?:(?<!\s)\s+)?[،,;؛/&+、，／]\s*|(?<!\s)\s+(?:و|and|und|et|y|e|en|i|ve|и|[-–—ـ]+)\s+",
    re.IGNORECASE,
)
_LETTERS: Final = re.compile(r"[^\W\d_]+")
_AFTER_OPENING: Final = re.compile(r"\s*[:：/|ـ–—-]+\s*")
_MOST_OPENING: Final = 7  # words of what opens a byline
_LONGEST_OPENING: Final = 50  # characters
_NO_NAME: Final = re.compile(r":|.{61}|(?:\S+\s+){5}\S", re.DOTALL)  # too long, or not one name
_END_OF_NAMES: Final = re.compile(r"[|•·\n(@\d\[<]|\s{3,}|\.\.")
_NEXT_LABEL: Final = re.compile(r"\s\S{1,20}\s?[:：]\s")  # «... تصوير: ...»
_TITLE: Final = re.compile(rf"(?<!\w)({'|'.join(TITLES.split())})\s*/\s*(?=\w+\s+\w)")
_TITLE_SIGN: Final = "\0"  # in place of the slash behind a title

# Names of Chinese, Japanese and Korean characters, with or without a space in them.
_EAST_NAME: Final = (
    r"(?:[\u4e00-\u9fff々]{1,3} ?[\u4e00-\u9fff々]{1,3}|[\uac00-\ud7a3]{2,4}"
    r"|[\u3040-\u30ff\u4e00-\u9fff々ー]{2,8})"
)
EAST_NAMES: Final = re.compile(rf"{_EAST_NAME}(?:[、,，・·\s]+{_EAST_NAME}){{0,3}}")
_EAST_CLOSINGS: Final = EAST_ASIAN_CLOSINGS.split()
_EAST: Final = re.compile("[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7a3]")


def _any_of(words: str) -> str:
    return "|".join(map(re.escape, words.split()))


_EAST_BYLINES: Final = (
    re.compile(
        rf"(?:^|[\s（(【\[/／]|^\w{{0,4}}(?=[记記]者))(?:{_any_of(EAST_ASIAN_OPENINGS)})"
        rf"(?:\s*[:：/／・]\s*|\s+|(?<=[记記]者))({EAST_NAMES.pattern})(?!\w)"
    ),
    re.compile(rf"(?:^|[^\w])({EAST_NAMES.pattern})\s*(?:{_any_of(EAST_ASIAN_CLOSINGS)})(?!\w)"),
)


class Opening(NamedTuple):
    """The words that open a byline, folded, what follows, and whether a separator parts them."""

    head: str
    rest: str
    is_separated: bool


def opening(text: str) -> Opening | None:
    """Return what follows «كتب:», "Written by" and the like; None where a text begins otherwise.

    Words that open sentences as well count only with a separator.
    """
    tables = label_tables()
    first = _LETTERS.search(text, 0, 40)
    if first is None or fold(first[0]) not in tables.byline_words:
        return None
    head, rest = "", ""
    words = _LETTERS.finditer(text, first.start(), _LONGEST_OPENING)
    for word in islice(words, _MOST_OPENING):
        folded = fold(text[: word.end()])
        if folded in tables.bylines:
            head, rest = folded, text[word.end() :].removeprefix(")")
    separator = _AFTER_OPENING.match(rest)
    if separator:
        return Opening(head, rest[separator.end() :], is_separated=True)
    if not head or (rest and (not rest[0].isspace() or head in tables.doubtful_bylines)):
        return None
    return Opening(head, rest.strip(), is_separated=False)


def byline(text: str) -> tuple[str, ...] | None:
    """Return the names that a byline gives, as typed: «كتب: أحمد علي وسارة حسن», «بقلم/ ...».

    None if the text is no byline; no names if it names only agencies or desks («تحرير: رويترز»).
    """
    if len(text) > _LONGEST_BYLINE:
        return None
    found = opening(text.strip(" \t\n\r\xa0*•-–—|/"))
    if found is None:
        return _east_asian_byline(text) if _EAST.search(text) else None
    who = _END_OF_NAMES.split(found.rest, maxsplit=1)[0]
    if found.is_separated:
        who = _NEXT_LABEL.split(who, maxsplit=1)[0]
    names = _names_of(who.strip())
    if not names or any(map(_NO_NAME.search, names)):
        return None
    if not found.is_separated and not all(map(_is_surely_name, names)):
        return None
    return tuple(dict.fromkeys(name for name in names if is_person(name)))


def _east_asian_byline(text: str) -> tuple[str, ...] | None:
    """Return the names beside «記者», «作者：», «기자» and the like; None where there are none."""
    for pattern in _EAST_BYLINES:
        found = pattern.findall(text)
        names = chain.from_iterable(map(east_asian_names, found))
        persons = tuple(name for name in names if name not in _EAST_CLOSINGS)
        if persons:
            return persons
    return None


def east_asian_names(text: str) -> list[str]:
    """Return the names in a list of them; «山田 太郎» is one, «김민수 이지은» are two."""
    names: list[str] = []
    for part in re.split(r"\s*[、,，・·／/]\s*", text.strip()):
        words = part.split()
        is_one = len(words) == 2 and max(map(len, words)) < 3
        names += [part] if is_one else words
    return names


def _names_of(who: str) -> list[str]:
    """Split «أحمد علي وسارة حسن، سامي فهمي» into names, without places."""
    names: list[str] = []
    titled = _TITLE.sub(rf"\1{_TITLE_SIGN} ", who)
    for at, part in enumerate(_AND.split(titled)):
        words = part.replace(_TITLE_SIGN, "/").strip(' .،,-–—*"«»').split()
        if fold(" ".join(words)) in label_tables().cities:  # "..., Berlin"
            continue
        start = 0
        for index, word in enumerate(words):
            # «وسارة» is "and Sara" after two words, if another word follows, and after a comma.
            joins = (index - start > 1 and word is not words[-1]) or (at and not index)
            if joins and _begins_with_and(word):
                names.append(" ".join(words[start:index]))
                words[index] = word[1:]
                start = index
        names.append(" ".join(words[start:]))
    return list(filter(None, names))


def _begins_with_and(word: str) -> bool:
    """Whether a word of a byline is a name with waw or vav, "and", before it: not «وليد»."""
    if not word.startswith(("و", "ו")) or len(word) < 4:
        return False
    tables = label_tables()
    folded = fold(word)
    return not any(folded in words for words in (tables.waw_names, tables.agencies, tables.offices))


def is_person(name: str) -> bool:
    """Whether a name is not an agency's, a desk's or a paper's."""
    tables = label_tables()
    folded = fold(name)
    is_office = folded in tables.agencies or not tables.offices.isdisjoint(folded.split())
    return len(name) > 1 and not is_office


def is_city(text: str) -> bool:
    """Whether a text is a city in which datelines begin, and no more."""
    return fold(text) in label_tables().cities


def _is_surely_name(name: str) -> bool:
    """Whether the words after an opening are a name and no sentence: few, and in capitals."""
    words = name.split()
    if not 1 < len(words) < 5 or name[:1] != name[:1].upper():
        return False
    return all(map(_may_be_in_name, words))


def _may_be_in_name(word: str) -> bool:
    return word[:1].isupper() or len(word) < 4 or not word.isascii()


# ---- agencies and datelines

_BETWEEN_AGENCIES: Final = re.compile(r"[،,/&+|()\[\]]|(?<!\s)\s+(?:[-–—ـ]+|and)\s+")
_AFTER_PLACE: Final = re.compile(r"(?:(?<!\s)\s+)?[:/،|(–—ـ]\s*|(?<!\s)\s+-\s*|-\s+")


def names_agency(text: str) -> bool:
    """Whether a text names agencies only: «رويترز», «--(بترا)», "Reuters / AFP"."""
    parts = [folded for folded in map(fold, _BETWEEN_AGENCIES.split(text)) if folded]
    return bool(parts) and label_tables().agencies.issuperset(parts)


def place_and_source(text: str) -> tuple[str, str] | None:
    """Return the place and the source of a dateline as typed: «الرباط - المغرب اليوم».

    None for other texts. The place is a known city, or the source is an agency; so a headline of a
    few words behind a city is one too. The source may be a person («طرابلس - فاطمة سعداوي»).
    """
    if len(text) >= _LONGEST_DATELINE:
        return None
    parts = _AFTER_PLACE.split(text.strip(" \t\n()."), maxsplit=1)
    if len(parts) != 2 or not all(map(fold, parts)):
        return None
    place, source = parts
    if max(len(place.split()), len(source.split())) > 3:
        return None
    if fold(place) in label_tables().cities:
        return place, source
    return (place, source) if names_agency(source) and not names_agency(place) else None
