"""Which label of a news page a short text is: "read also", "share", a byline, a dateline.

The words are data, in `label_words`. They are compared in the form of `arabic.fold`, so spelling
makes no difference.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from feedmaker.text.arabic import digits, fold
from feedmaker.text.attribution import byline, names_agency
from feedmaker.text.label_tables import ANNOUNCING, label_tables
from feedmaker.text.label_words import ASKED_TO, CONSENT_PATTERNS, OURS, PROMOTED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_LONGEST_LABEL: Final = 90  # characters; whatever is longer is text
_LONGEST_REQUEST: Final = 600  # characters of a request for consent
_LONGEST_PROMOTION: Final = 200  # characters
_SEPARATOR: Final = re.compile(
    r"(?:(?<!\s)\s+)?(?:[:：|»›…\n]|\.\.+)[\s:|»›….-]*|(?<!\s)\s+[-–—ـ>/]+\s+"
)
_DATED: Final = re.compile(r"\b(?:19|20)\d\d\b|\d:\d\d")
_LEAD_INS: Final = frozenset(
    {*ANNOUNCING, "related", "most-read", "read-more", "follow", "share"},
)
_PROMOTED: Final = tuple(PROMOTED.split())
_ASKED_TO: Final = re.compile(rf"\b(?:{ASKED_TO})(?!\w)")
_CLAUSE_END: Final = re.compile(r"[:.!?،؛–—|]\s")
_OPENING: Final = 3  # words of a clause in which its verb stands first
_CLOSING: Final = 4  # or last, as in Persian, Urdu and Turkish
_OURS: Final = re.compile(rf"\b(?:{OURS})(?!\w)")
_RESERVED: Final = frozenset({"محفوظه", "reserved", "vorbehalten", "©"})

# ---- labels


def label(text: str) -> str | None:
    """Return which label of news pages a short text (heading, link, button) is, None if it is none.

    The kinds are the keys of `label_words.LABELS`, and "agency". A label stands alone, or with a
    count («تعليقات (0)»), a network («شارك على فيسبوك»), what it announces («آخر تحديث: 12 مايو
    2024», «تصوير: ...») or a name («كتب: ...»). A headline that begins like a label is none.
    """
    if len(text) > _LONGEST_LABEL:
        return None
    words = fold(text).split()
    if not words:
        return None
    tables = label_tables()
    kind = tables.kinds.get(" ".join(words)) or _kind_without_additions(words)
    if kind is None and not tables.network_words.isdisjoint(words):
        kind = _kind_on_network(words)
    is_reserved = "©" in text or not _RESERVED.isdisjoint(words)
    if kind is None and (is_reserved or words[0] in tables.opening_words):
        kind = _kind_with_names(text, words)
    return kind


def _kind_without_additions(words: list[str]) -> str | None:
    """Return the kind of a label with a count, or with «على», "on" and icons of networks."""
    tables = label_tables()
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
    line = f" {' '.join(words)} "
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
    follows = tables.kinds.get(rest[0]) == "follow" and not bare.endswith(f" {words[-1]} ")
    return "follow" if follows else None


def _kind_with_names(text: str, words: list[str]) -> str | None:
    """Return the kind of a label that is or goes on with a name, an owner or a date."""
    tables = label_tables()
    if names_agency(text):
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
    if kind == "gallery" and opening in tables.photo_credits and len(rest.split()) < 4:
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
    found = _SEPARATOR.search(text, 1, 60)
    if found is None:
        return text, ""
    return text[: found.start()], text[found.end() :].strip()


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
    kind = label_tables().kinds.get(opening)
    if kind not in _LEAD_INS or (kind == "read-more" and " " not in opening):
        return None
    return kind


def agency(text: str) -> bool:
    """Whether a line credits an agency, and says no more: «رويترز», "Reuters / AFP"."""
    words = fold(text[:40].strip(" -–—()")).split()
    return bool(words) and words[0] in label_tables().opening_words and label(text) == "agency"


def requests(texts: Iterable[str]) -> dict[str, str]:
    """Return those texts that ask something of the reader, each with what it asks for.

    "consent" is that to cookies, terms or external content, "subscription" what a site advertises
    its newsletter, channels and applications with.
    """
    lower = {text: text.casefold() for text in texts if len(text) < _LONGEST_REQUEST}
    whole = "\n".join(lower.values())
    found: dict[str, str] = {}
    names = [name for name in _PROMOTED if name in whole]
    if names:
        found.update(_ask_for_subscription(lower, names))
    for word, pattern in CONSENT_PATTERNS.items():
        if word in whole:
            found.update(_ask_for_consent(lower, word, pattern))
    return found


def _ask_for_consent(lower: dict[str, str], word: str, pattern: str) -> Iterator[tuple[str, str]]:
    """Yield the texts with a word in which a pattern is found, and what they ask for."""
    for text, folded in lower.items():
        if word in folded and re.search(pattern, fold(text)):
            yield text, "consent"


def _ask_for_subscription(lower: dict[str, str], names: list[str]) -> Iterator[tuple[str, str]]:
    """Yield the texts that advertise what is ours, by one of these names, and what they ask for."""
    for text, folded in lower.items():
        if len(text) >= _LONGEST_PROMOTION or not any(name in folded for name in names):
            continue
        if _OURS.search(fold(text)) and any(map(_asks, _CLAUSE_END.split(text))):
            yield text, "subscription"


def _asks(clause: str) -> bool:
    """Whether a clause begins or ends with what somebody is asked to do."""
    words = fold(clause).split()
    first, last = " ".join(words[:_OPENING]), " ".join(words[-_CLOSING:])
    return _ASKED_TO.search(f"{first} | {last}") is not None
