"""Which label of a news page a short text is: "read also", "share", a byline, a dateline.

The words are data, in `label_words`. They are compared in the form of `arabic.fold`, so spelling
makes no difference.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import chain, islice, takewhile
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from feedmaker.text.arabic import digits, fold, fold_words
from feedmaker.text.label_tables import ANNOUNCING, label_tables
from feedmaker.text.label_words import (
    ASKED_TO,
    CONSENT_PATTERNS,
    EAST_ASIAN_CLOSINGS,
    EAST_ASIAN_HELPERS,
    EAST_ASIAN_OPENINGS,
    ENGLISH_REQUESTS,
    OFFER_PATTERNS,
    OTHER_REQUESTS,
    OURS,
    PROMOTED,
    PURPOSES,
    RESERVED,
    TITLES,
)
from feedmaker.text.months import ARABIC_WEEKDAYS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_LONGEST_LABEL: Final = 90  # characters; whatever is longer is text
_LONGEST_REQUEST: Final = 600  # characters of a request for consent
_LONGEST_PROMOTION: Final = 200  # characters
_SEPARATOR: Final = re.compile(
    r"(?:(?<!\s)\s+)?(?:[:：|»›…\n]|\.\.+)[\s:|»›….-]*|(?<!\s)\s+[-–—ـ>/]+\s+"
)
_SIGNS: Final = r":：|»›…\n–—ـ>/.-"
_PARTS: Final = r"(?:(?<=[^.-])|(?<=\s-)|\.)"  # as a lone full stop or a hyphen in a word does not
_SIGN: Final = re.compile(f"[{_SIGNS}]{_PARTS}")  # one of which every separator has
_DATED: Final = re.compile(r"\b(?:19|20)\d\d\b|\d:\d\d")
_LEAD_INS: Final = frozenset(
    {*ANNOUNCING, "related", "most-read", "read-more", "follow", "share", "tags"},
)
_ASKED_TO: Final = re.compile(rf"\b(?:{ASKED_TO})(?!\w)")
_CLAUSE_END: Final = re.compile(r"[:.!?،؛–—|]\s")
_OPENING: Final = 3  # words of a clause in which its verb stands first
_LONGEST_PURPOSE: Final = 10  # words of a clause that first says what something is good for
_SMALL_WORD: Final = 3  # letters
_CLOSING: Final = 4  # or last, as in Persian, Urdu and Turkish
# Words begin behind a space, which is found sooner than `\b` is tried at each letter.
_OURS: Final = rf" (?:{OURS})(?!\w)"


# The words of requests by the kind of language and by their first character, each with its pattern.
# They are in UTF-8 in small letters of ASCII, in which other letters keep their case, a character
# for each byte. Looking for them so takes half the time of doing so in the text, and less than in
# bytes, which first try a number.
_Words: TypeAlias = dict[str, dict[str, dict[str, str]]]


def _spellings(patterns: dict[str, str]) -> _Words:
    """The spellings of words, each given with its pattern."""
    words: _Words = {language: {} for language in ("any", "english", "other")}
    for word, pattern in patterns.items():
        language = _LANGUAGES.get(word, "any")
        for spelling in (word, word.capitalize(), word.upper()):
            form = spelling.encode().lower().decode("latin-1")
            words[language].setdefault(form[0], {})[form] = pattern
    return words


_LANGUAGES: Final = dict.fromkeys(ENGLISH_REQUESTS.split("|"), "english") | dict.fromkeys(
    OTHER_REQUESTS.split("|"), "other"
)
_PROMOTED: Final = _spellings(dict.fromkeys(PROMOTED.split(), _OURS))
_CONSENT: Final = _spellings(CONSENT_PATTERNS)
_OFFERS: Final = _spellings(OFFER_PATTERNS)
# What letters with marks, Cyrillic, Greek, Hebrew and Arabic ones begin with in UTF-8.
_FOREIGN: Final = "ÃÄÅÆÇÈÐÎ×ØÙ"
_RESERVED: Final = frozenset(("©", *map(fold, RESERVED.split())))

# Small words of one letter that are joined to the next: "and", "in", "to".
_PREFIXES: Final = ("و", "ב", "ו", "ל")
# Between the names of a trail.
_TRAIL_SIGN: Final = re.compile("[»›>/«‹\\\\]")
# One that stands between names or behind a label.
_ANY_SIGN: Final = re.compile(rf"[«‹\\{_SIGNS}]{_PARTS}")

# ---- labels


def label(text: str) -> str | None:
    """Return which label of news pages a short text (heading, link, button) is, None if it is none.

    The kinds are the keys of `label_words.LABELS`, and "agency". A label stands alone, or with a
    count («تعليقات (0)»), a network («شارك على فيسبوك»), what it announces («آخر تحديث: 12 مايو
    2024», «تصوير: ...») or a name («كتب: ...»). A headline that begins like a label is none.
    """
    return None if len(text) > _LONGEST_LABEL else _kind_of_label(text)


@lru_cache(maxsize=2048)
def _kind_of_label(text: str) -> str | None:
    """Return the kind of a short text; the pages of a site have many of them in common."""
    words = fold_words(text)
    if not words:
        return None
    kind = None
    if words[0] in label_tables().first_words or words[0].isdigit():
        kind = _kind_of_phrase(words)
    return kind or _kind_by_name(text, words)


def _kind_by_name(text: str, words: list[str]) -> str | None:
    """Return the kind of a label that names a network, an agency, a writer or an owner."""
    tables = label_tables()
    kind = None
    telling = words
    if not text.isascii():
        telling = words + [word[1:] for word in words if word[0] in _PREFIXES]
    if not tables.network_words.isdisjoint(telling):
        kind = _kind_on_network(words)
    is_reserved = "©" in text or not _RESERVED.isdisjoint(words)
    if kind is None and (is_reserved or words[0] in tables.opening_words):
        kind = _kind_with_names(text, words)
    return kind


def _kind_of_phrase(words: list[str]) -> str | None:
    """Return the kind of a label, be it with a count, or with «على», "on" and icons of networks."""
    tables = label_tables()
    kind = tables.kinds.get(" ".join(words))
    if kind is not None:
        return kind
    bare = words
    if len(words) < 6:
        bare = [word for word in words if not word.isdigit()]
    kind = tables.kinds.get(" ".join(bare))
    if kind is None and words[-1] in tables.small_words:
        kind = tables.kinds.get(" ".join(words[:-1]))
    return kind


def _kind_on_network(words: list[str]) -> str | None:
    """Return the kind of a label that names a social network: to share, to follow, or None."""
    tables = label_tables()
    line = f" {' '.join(map(_bare_network, words))} "
    bare = tables.network.sub("", line)
    # A lone «x» closes something more often than it names the network.
    if bare == line or len(words) > 12 or words == ["x"]:
        return None
    rest = [word for word in bare.split() if word not in tables.small_words]
    if not rest:
        return "share"
    kind = tables.kinds.get(" ".join(rest))
    if kind in ("share", "follow", "comments", "newsletter"):
        return kind
    # «تابعوا آخر الأخبار عبر غوغل نيوز»: a verb of following first, a network last.
    follows = tables.kinds.get(rest[0]) in ("follow", "newsletter") and not bare.endswith(
        f" {words[-1]} "
    )
    return "follow" if follows else None


def _bare_network(word: str) -> str:
    """Return «تويتر» of «وتويتر», «פייסבוק» of «בפייסבוק»: a small word of one letter is joined."""
    is_joined = word[:1] in _PREFIXES and word[1:] in label_tables().network_words
    return word[1:] if is_joined else word


def _kind_with_names(text: str, words: list[str]) -> str | None:
    """Return the kind of a label that is or goes on with a name, an owner or a date."""
    tables = label_tables()
    may_name_agency = words[0] in tables.agency_words or words[0] == "and"
    if may_name_agency and names_agency(text):
        return "agency"
    if not _RESERVED.isdisjoint(words) or text.lstrip()[:1] in _RESERVED:
        return "copyright"
    kind = _announcement(text, words) if words[0] in tables.announcing_words else None
    if kind is None and words[0] in tables.byline_words and byline(text) is not None:
        kind = "byline"
    return kind


def _announcement(text: str, words: list[str]) -> str | None:
    """Return the kind of a label that goes on with what it announces."""
    tables = label_tables()
    head, rest = _split_at_separator(text)
    opening = fold(head)
    kind = tables.kinds.get(opening) if rest else None
    if kind == "gallery" and opening in tables.photo_credits and len(fold_words(rest)) < 4:
        return "photo-credit"
    if kind in ANNOUNCING and len(rest) < 60:
        return kind
    # «آخر تحديث 12 مايو 2024», without a separator.
    is_dated = len(words) <= 10 and _DATED.search(digits(text)) is not None
    return _kind_before_date(words) if is_dated else None


def _kind_before_date(words: list[str]) -> str | None:
    """Return the kind of the longest label that words begin with, if a date may follow it."""
    kinds = label_tables().kinds
    for count in (4, 3, 2, 1):
        kind = kinds.get(" ".join(words[:count]))
        if kind is not None:
            return kind if kind in ("updated", "published") else None
    return None


def _split_at_separator(text: str) -> tuple[str, str]:
    """Split a text at its first separator: «:», «|», «...», a dash between spaces."""
    sign = _SIGN.search(text, 1, 60)
    if sign is None:
        return text, ""
    # It begins with the first sign of all or with spaces before that.
    found = _SEPARATOR.search(text, max(1, len(text[: sign.start()].rstrip())), 60)
    if found is None:
        return text, ""
    return text[: found.start()], text[found.end() :].strip()


def has_sign(text: str) -> bool:
    """Whether a text may begin with a label or be a trail: it has a sign that parts them."""
    return _ANY_SIGN.search(text, 1, _LONGEST_LABEL) is not None


def starts(text: str) -> str | None:
    """Return the kind of label that a line begins with before a separator or a line break.

    «اقرأ أيضاً: رئيس الحكومة ...» is "related"; «شاهد أيضا كيف ...», without a separator, is a
    headline: None. So is what only looks like a label where it stands alone: «عاجل: ...», "Details:
    ...".
    """
    head, rest = _split_at_separator(text.lstrip()[:200])
    if not rest:
        return None
    opening = fold(head)
    kind = label_tables().kinds.get(opening) or _kind_of_following(opening)
    if kind not in _LEAD_INS or (kind == "read-more" and " " not in opening):
        return None
    return kind


def _kind_of_following(opening: str) -> str | None:
    """Return "follow" for «تابعنا على فيسبوك» and the like; None for all else."""
    words = opening.split()
    if not 1 < len(words) < 6 or label_tables().network_words.isdisjoint(words):
        return None
    return "follow" if _kind_on_network(words) == "follow" else None


def agency(text: str) -> bool:
    """Whether a line credits an agency, and says no more: «رويترز», "Reuters / AFP"."""
    words = fold_words(text[:40].strip(" -–—()"))
    return bool(words) and words[0] in label_tables().opening_words and label(text) == "agency"


def may_name_agency(text: str) -> bool:
    """Whether a text has a word with which an agency's name begins, as most texts have not.

    A tatweel, which folding drops, may part it from a place.
    """
    return "ـ" in text or not label_tables().agency_words.isdisjoint(fold_words(text))


def credits_picture(text: str) -> bool:
    """Whether a line begins as that below a picture does: "Photo: AFP", «تصوير: رويترز»."""
    words = fold_words(text)[:3]
    known = label_tables().photo_credits
    return any(" ".join(words[:count]) in known for count in range(1, len(words) + 1))


def is_trail(text: str) -> bool:
    """Whether a line is the trail from the home page to an article: «الرئيسية » رياضة»."""
    sign = _TRAIL_SIGN.search(text, 1, _LONGEST_LABEL)
    return sign is not None and fold(text[: sign.start()]) in label_tables().homes


def requests(texts: Iterable[str], site_names: Iterable[str] = ()) -> dict[str, str]:
    """Return those texts, of a line each, that ask something of the reader, and what they ask for.

    `site_names` are what the site calls itself.

    "consent" is that to cookies, terms or external content, "subscription" what a site advertises
    its newsletter, channels and applications with.
    """
    lines = [text for text in texts if len(text) < _LONGEST_REQUEST]
    joined = "\n".join(lines).encode("utf-8", "replace").lower().decode("latin-1")
    lowered = dict(zip(lines, joined.split("\n"), strict=False))
    short = {line: form for line, form in lowered.items() if len(line) < _LONGEST_PROMOTION}
    languages = _languages_of(joined)
    promoted = _lines_with(short, _PROMOTED, languages)
    found = {line: "subscription" for line, ours in promoted if _promotes(line, ours, site_names)}
    for words, kind in ((_CONSENT, "consent"), (_OFFERS, "subscription")):
        known = _lines_with(lowered, words, languages)
        found |= {line: kind for line, pattern in known if re.search(pattern, fold(line))}
    return found


def _languages_of(joined: str) -> list[str]:
    """The kinds of languages that lines may be in: English, other ones, or both."""
    has_article = " the " in joined
    is_foreign = any(map(joined.__contains__, _FOREIGN))
    languages = ["any"]
    if has_article or not is_foreign or " you" in joined:
        languages.append("english")
    if is_foreign or not has_article:
        languages.append("other")
    return languages


def _promotes(line: str, ours: str, site_names: Iterable[str]) -> bool:
    """Whether a line asks somebody to do something with what is ours.

    That it is, a pattern says, or the site's name.
    """
    folded = f" {fold(line)}"
    is_ours = re.search(ours, folded) is not None
    if not is_ours and not any(_has_most(folded, name) for name in site_names):
        return False
    return any(map(_asks, _CLAUSE_END.split(line)))


def _has_most(folded: str, name: str) -> bool:
    """Whether a text has half of the longer words of a name, at least."""
    offices = label_tables().offices
    words = [word for word in fold_words(name) if len(word) > _SMALL_WORD and word not in offices]
    return 0 < len(words) <= 2 * sum(map(folded.__contains__, words))


def _lines_with(
    lines: dict[str, str], words: _Words, languages: list[str]
) -> Iterator[tuple[str, str]]:
    """Yield the lines with a word, and its pattern; each is given with its form as that of words.

    Most stories hold few of the words, which is seen at once in all of their lines. One character
    is found much sooner than a word, and other scripts begin with one that is not there.
    """
    joined = "\n".join(lines.values())
    for first, forms in chain.from_iterable([words[language].items() for language in languages]):
        if first not in joined:
            continue
        for form in filter(joined.__contains__, forms):
            for line, lowered in lines.items():
                if form in lowered:
                    yield line, forms[form]


def _asks(clause: str) -> bool:
    """Whether a clause begins or ends with what somebody is asked to do, or says what for."""
    words = fold_words(clause)
    if words and words[0].startswith(PURPOSES):
        words = words[:_LONGEST_PURPOSE]
        return _ASKED_TO.search(" ".join(words)) is not None
    first, last = " ".join(words[:_OPENING]), " ".join(words[-_CLOSING:])
    return _ASKED_TO.search(f"{first} | {last}") is not None


_LONGEST_BYLINE: Final = 200  # characters
_LONGEST_DATELINE: Final = 80  # characters

# ---- bylines

_AND: Final = re.compile(
    r"(?:(?<!\s)\s+)?[،,;؛/&+、，／]\s*|(?<!\s)\s+(?:و|اور|او|and|und|et|y|e|en|i|ve|и|[-–—ـ]+)\s+|[-–—ـ]\s+",
    re.IGNORECASE,
)
# Vowels of India and Thailand are marks.
_LETTERS: Final = re.compile(
    r"[^\W\d_]++(?:[\u0900-\u0903\u093a-\u094f\u0981-\u0983\u09bc-\u09d7\u0bbe-\u0bcd"
    r"\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]++[^\W\d_]*+)*+"
)
_AFTER_OPENING: Final = re.compile(r"\s*[:：/|ـ–—-]+\s*")
# «نویسنده, پرهام قبادی»: what follows is as short as a name.
_COMMA_BEFORE_NAME: Final = re.compile(r"[,،]\s(?=(?:[^\s,،.]{1,30}\s){1,3}[^\s,،.]{1,30}$)")
_MOST_OPENING: Final = 7  # words of what opens a byline
_LONGEST_OPENING: Final = 50  # characters
_BEFORE_OPENING: Final = 40  # characters of a text in which its first word begins
# What is too long, or not one name.
_NO_NAME: Final = re.compile(r"[:?؟!]|.{61}|(?:\S+\s+){5}\S", re.DOTALL)
_END_OF_NAMES: Final = re.compile(
    r"\s(?:on|am|le|el|il|em|op|den)\s(?=\d|[A-Z]\w{2,8}\.?\s\d)|[|•·\n(@\d\[<]|\s{3,}|\.\."
)
_IN: Final = " في "  # between a name and a place
_QUOTES: Final = ('"', "'", "«", "“", "(", "[")
_WEEKDAYS: Final = frozenset(
    word.removeprefix(article) for word in ARABIC_WEEKDAYS.split() for article in ("", "ال")
)
_NEXT_LABEL: Final = re.compile(r"\s\S{1,20}\s?[:：]\s")  # «... تصوير: ...»
_TITLE: Final = re.compile(rf"(?<!\w)({'|'.join(TITLES.split())})\s*/\s*(?=\w+\s+\w)")
_TITLE_SIGN: Final = "\0"  # in place of the slash behind a title

# Names of Chinese, Japanese and Korean characters, with or without a space in them.
_EAST_NAME: Final = (
    r"(?:[\u4e00-\u9fff々]{1,3} ?[\u4e00-\u9fff々]{1,3}|[\uac00-\ud7a3]{2,4}"
    r"|[\u3040-\u30ff\u4e00-\u9fff々ー]{2,8})"
)
_EAST_NAMES: Final = rf"{_EAST_NAME}(?:[、,，・·\s]+{_EAST_NAME}){{0,3}}"
_EAST_CLOSINGS: Final = EAST_ASIAN_CLOSINGS.split()
_EAST_HELPERS: Final = EAST_ASIAN_HELPERS.split()
# What is beyond Latin, Greek, Cyrillic, Hebrew and Arabic letters, and punctuation.
_FAR_LETTER: Final = re.compile("[^\0-\u06ff\u2000-\u206f]")


def has_east_asian(text: str) -> bool:
    """Whether a text has a letter of Chinese, Japanese or Korean."""
    return bool(_FAR_LETTER.search(text) and _east_asian_letter().search(text))


@cache
def _east_asian_letter() -> re.Pattern[str]:
    """Any of these letters; it takes 4 ms to compile, which most runs have no use for."""
    return re.compile("[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7a3]")


def _any_of(words: str) -> str:
    return "|".join(map(re.escape, words.split()))


# Compiling these expressions takes 25 ms, which most runs have no use for.
@cache
def _east_asian_list() -> re.Pattern[str]:
    return re.compile(_EAST_NAMES)


@cache
def _east_asian_patterns() -> tuple[re.Pattern[str], ...]:
    before = rf"(?:^|[\s（(【\[/／]|^\w{{0,4}}(?=[记記]者))(?:{_any_of(EAST_ASIAN_OPENINGS)})"
    between = r"(?:\s*[:：/／・●＝]\s*|\s+|(?<=[记記]者))"
    behind = rf"\s*(?:{_any_of(EAST_ASIAN_CLOSINGS)})"
    return (
        re.compile(rf"{before}{between}({_EAST_NAMES})(?!\w)"),
        re.compile(rf"(?:^|[^\w])({_EAST_NAMES}){behind}(?!\w)"),
    )


def lists_east_asian_names(text: str) -> bool:
    """Whether a text may be a list of names in Chinese, Japanese or Korean, and nothing else."""
    return _east_asian_list().fullmatch(text) is not None


class Opening(NamedTuple):
    """The words that open a byline, folded, what follows, and whether a separator parts them."""

    head: str
    rest: str
    is_separated: bool


def opening(text: str, *, is_byline: bool = False) -> Opening | None:
    """Return what follows «كتب:», "Written by" and the like; None where a text begins otherwise.

    Words that open sentences as well count only with a separator, or where the text surely
    `is_byline`.
    """
    beginning, _, _ = text[:_BEFORE_OPENING].partition(" ")
    if beginning.isalpha() and not _may_open_byline(beginning):
        return None  # without a search, as most texts
    first = _LETTERS.search(text, 0, _BEFORE_OPENING)
    if first is None or not _may_open_byline(first[0]):
        return None
    tables = label_tables()
    head, rest = "", ""
    words = _LETTERS.finditer(text, first.start(), _LONGEST_OPENING)
    for word in islice(words, _MOST_OPENING):
        folded = fold(text[: word.end()])
        if folded in tables.bylines:
            head, rest = folded, text[word.end() :].removeprefix(")")
        elif folded not in tables.byline_beginnings and text.startswith(" ", word.end()):
            break  # no phrase goes on with the next word
    if not head:
        return None
    separator = _AFTER_OPENING.match(rest) or _COMMA_BEFORE_NAME.match(rest)
    if separator:
        return Opening(head, rest[separator.end() :], is_separated=True)
    is_sure = is_byline or head not in tables.doubtful_bylines
    if rest and not (rest[0].isspace() and is_sure):
        return None
    return Opening(head, rest.strip(), is_separated=False)


@lru_cache(maxsize=2048)
def _may_open_byline(word: str) -> bool:
    """Whether a byline may begin with a word; many paragraphs begin with the same ones."""
    return fold(word) in label_tables().byline_words


def byline(text: str) -> tuple[str, ...] | None:
    """Return the names that a byline gives, as typed: «كتب: أحمد علي وسارة حسن», «بقلم/ ...».

    None if the text is no byline; no names if it names only agencies or desks («تحرير: رويترز»).
    """
    if len(text) > _LONGEST_BYLINE:
        return None
    found = opening(text.strip(" \t\n\r\xa0*•-–—|/"))
    if found is None:
        return _east_asian_byline(text) if has_east_asian(text) else None
    who = _END_OF_NAMES.split(found.rest, maxsplit=1)[0]
    office, colon, name = who.partition(":")
    if colon and name.strip() and not is_person(office):
        who = name
    if found.is_separated:
        who = _NEXT_LABEL.split(who, maxsplit=1)[0]
    who = who.strip().rstrip(" :")
    names = _names_of(_without_place(who) if _IN in who else who)
    if not names or any(map(_NO_NAME.search, names)):
        return None
    if not found.is_separated and not all(map(_is_surely_credited, names)):
        return None
    return tuple(dict.fromkeys(name for name in names if is_person(name)))


def _without_place(who: str) -> str:
    """Return «أحمد علي» of «أحمد علي في القاهرة», and where a paper or a weekday follows."""
    name, _, place = who.partition(_IN)
    is_place = place[:1] in _QUOTES or is_city(place) or place.strip(" ,،") in _WEEKDAYS
    return name if place and is_place else who


def _east_asian_byline(text: str) -> tuple[str, ...] | None:
    """Return the names beside «記者», «作者：», «기자» and the like; None where there are none."""
    for pattern in _east_asian_patterns():
        found = pattern.findall(text)
        names = chain.from_iterable(map(east_asian_names, found))
        writers = takewhile(lambda name: name not in _EAST_HELPERS, names)
        persons = tuple(name for name in writers if name not in _EAST_CLOSINGS)
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
            is_last = word is words[-1] and fold(word[1:]) not in label_tables().agencies
            joins = (index - start > 1 and not is_last) or (at and not index)
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
    if not is_office and "-" in name:  # «دير الزور-سانا»
        is_office = fold(name.rpartition("-")[2]) in tables.agencies
    return len(name) > 1 and not is_office


def is_city(text: str) -> bool:
    """Whether a text is a city in which datelines begin, and no more."""
    return fold(text) in label_tables().cities


def _is_surely_credited(name: str) -> bool:
    return _is_surely_name(name) or fold(name) in label_tables().agencies


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
_PLACE_SIGN: Final = re.compile("[:/،|(–—ـ-]")  # one of which stands behind every place
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
    if len(text) >= _LONGEST_DATELINE or not _PLACE_SIGN.search(text):
        return None
    parts = _AFTER_PLACE.split(text.strip(" \t\n()."), maxsplit=1)
    if len(parts) != 2 or not all(map(fold, parts)):
        return None
    place, source = parts
    if max(len(place.split()), len(source.split())) > 3:
        return None
    _, _, city = place.rpartition(" من ")  # «الساحل من الرباط: أحمد علي»
    if is_city(city):
        return place, source
    return (place, source) if names_agency(source) and not names_agency(place) else None
