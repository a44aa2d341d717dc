"""Near-duplicates: whether two stories are the same agency copy, under two URLs or headlines.

An editor who takes a copy over changes its headline, dateline, spelling and digits, sets a deck
above it, adds a sentence, cuts its end: what is left stands there word for word. Stories that only
resemble each other differ in other ways: one template with other names and numbers in every
sentence, a follow-up with a new beginning before an old background, a correction with another
number in the old text. So there are two steps. A signature finds the few stories that share words
with a new one (bottom-k sketch of word shingles; Broder, "On the resemblance and containment of
documents", 1997). Those are compared word by word in the form of `arabic.fold`.

The thresholds were measured on `tests/data/near_duplicates/`.
"""

from __future__ import annotations

import re
import struct
from base64 import b64decode, b64encode
from collections import Counter, defaultdict
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Final, NamedTuple
from zlib import crc32

from feedmaker.text import arabic, word_matching

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from feedmaker.model import Story

# Words of a shingle: fewer are shared by chance, more are broken by every other spelling.
_SHINGLE: Final = 4
# Hashes kept of a story, and of its lines.
_SKETCH: Final = 64
# Hashes that two sketches share before the stories are worth comparing.
_ENOUGH: Final = 4
# Characters of a text that are looked at: more than any story has.
_MOST: Final = 200_000
# Stories that a new one is compared with, the most alike first.
_COMPARED: Final = 20
# Stories of one site with the same line: then it is the site's, not theirs.
_USUAL_LINE: Final = 4

# ---- the signature


def signature(story: Story) -> str:
    """Return what the store keeps of a story to find its copies; "" of fewer than four words.

    It is ASCII of at most 700 characters: two base64 texts with a dot between them, hashes of the
    lines and of the shingles. Each holds the 64 smallest 32-bit hashes in ascending order.
    """
    lines = [
        line.encode("utf-8", "surrogatepass") for line in arabic.fold_lines(story.text[:_MOST])
    ]
    text = b" ".join(lines)
    # Where words start, and one place past the end.
    starts = [0, *accumulate(len(word) + 1 for word in text.split(b" "))]
    windows = list(zip(starts, starts[_SHINGLE:], strict=False))
    if not windows:
        return ""
    hashes = {crc32(text[start : end - 1]) for start, end in windows}
    # Of hashes spread evenly three times as many are below this as are kept: there is less to sort.
    below = (3 * _SKETCH << 32) // len(windows)
    small = {value for value in hashes if value < below}
    shingles = small if len(small) >= _SKETCH else hashes
    packed = []
    for kept in ({crc32(line) for line in lines}, shingles):
        smallest = sorted(kept)[:_SKETCH]
        packed.append(b64encode(struct.pack(f"<{len(smallest)}I", *smallest)).decode())
    return ".".join(packed)


def _to_bytes(line: str) -> bytes:
    return line.encode("utf-8", "surrogatepass")


def _unpack(text: str) -> tuple[int, ...]:
    try:
        raw = b64decode(text)
        return struct.unpack(f"<{len(raw) // 4}I", raw)
    except (ValueError, struct.error):  # damaged
        return ()


class KnownStories:
    """The signatures of a site's newest stories, to find what a new story may be a copy of.

    `signatures` are pairs of a story's id and `signature`; `signed` are the signatures alone.
    """

    def __init__(self, signatures: Iterable[tuple[str, str]] = ()) -> None:
        self._sizes: dict[str, int] = {}
        self._by_shingle: defaultdict[int, list[str]] = defaultdict(list)
        self._lines: Counter[int] = Counter()
        self.signed: set[str] = set()
        for story, signed in signatures:
            self.add(story, signed)

    def add(self, story: str, signed: str) -> None:
        """Add a story by its id, unless it is known already."""
        if story in self._sizes:
            return
        self.signed.add(signed)
        lines, _, shingles = signed.partition(".")
        hashes = _unpack(shingles)
        self._sizes[story] = len(hashes)
        for shingle in hashes:
            self._by_shingle[shingle].append(story)
        self._lines.update(_unpack(lines))

    def candidates(self, signed: str) -> list[str]:
        """Return the ids of stories that share enough rare shingles, the most alike first."""
        shared: Counter[str] = Counter()
        usual = max(_USUAL_LINE * 2, len(self._sizes) // 20)
        hashes = _unpack(signed.partition(".")[2])
        for shingle in hashes:
            stories = self._by_shingle.get(shingle, ())
            if len(stories) <= usual:
                shared.update(stories)
        found = []
        for story, count in shared.most_common(_COMPARED):
            half = (min(len(hashes), self._sizes[story]) + 1) // 2
            if count >= min(_ENOUGH, half):
                found.append(story)
        return found

    def usual_lines(self) -> frozenset[int]:
        """Return the hashes of lines that several of the stories have, for `same`.

        They are the site's own, such as a call to subscribe.
        """
        return frozenset(line for line, count in self._lines.items() if count >= _USUAL_LINE)


# ---- the comparison

# Words: of a shorter text too little is left to tell a copy from a template.
_SHORT: Final = 40
# Words: such a text says nothing without its title.
_TINY: Final = 12
# The share of the shorter story's words that are in the longer: a third may be cut from one and a
# deck set above it.
_COVERED: Final = 0.6
# The share of the longer story's words that are in the shorter: a paragraph of a round-up is no
# copy of it.
_CONTAINED: Final = 0.4
# The share of the words of both, where only near-equality counts.
_EQUAL: Final = 0.93
# Other words in place of some, for each word that is the same: names of a template, not spellings.
_OTHERS: Final = 0.07
# Words that may stand before the copy's own beginning.
_DATELINE: Final = 12
# Words of a deck at most.
_DECK: Final = 45
_SHORT_DECK: Final = 20
# Words of an editor's own.
_SENTENCE: Final = 25
# The share of the longer story's words that are in the shorter: there is no more in it than an
# editor adds.
_ALL: Final = 0.8
# Words: a shorter beginning may be a name and an office that a follow-up has, too.
_BEGINNING: Final = 6
# Words that it counts for where something else stands for a number.
_LOST_NUMBER: Final = 2
# Places of one shingle that are looked at: a text that says one thing over and over says no more.
_REPEATED: Final = 8
# Runs: texts in more pieces are no copies. Each gap between two is compared word by word.
_RUNS: Final = 150
# Words at most that stand for others; more are another sentence.
_GAP: Final = 15


def same(one: Story, other: Story, usual_lines: Collection[int] = frozenset()) -> bool:
    """Whether two stories of a site are the same copy; it is symmetric.

    `usual_lines` are those of `KnownStories.usual_lines`, which are left out. A copy may have
    another headline, dateline, spelling, digits or agency, a deck, a sentence more, and a third
    less. Where a number or many words stand for others it is another story. Texts of fewer than 40
    words are the same when nearly equal.
    """
    first, second = _words(one, usual_lines), _words(other, usual_lines)
    if (len(first), first) > (len(second), second):
        one, other, first, second = other, one, second, first
    if not first or _say_that_they_differ(one, other):
        return False
    runs = _shared_runs(first, second)
    overlap = _overlap(first, second, runs)
    if overlap.other_numbers:
        return False
    shorter = overlap.words / len(first)
    longer = overlap.words / len(second)
    if _must_be_equal(one, other, len(first)):
        is_equal = not overlap.clashes and min(shorter, longer) >= _EQUAL
        return is_equal and _are_headed_alike(one, other, len(first))
    if shorter < _COVERED or longer < _CONTAINED or overlap.clashes > overlap.words * _OTHERS:
        return False
    return _begins_alike(first, second, runs, all_alike=longer >= _ALL)


def _must_be_equal(one: Story, other: Story, words: int) -> bool:
    """Whether only equal texts make a copy: short ones, and those that grow by the hour."""
    return words < _SHORT or _is_live(one) or _is_live(other)


def _say_that_they_differ(one: Story, other: Story) -> bool:
    if _is_correction(one) != _is_correction(other):
        return True
    return _has_other_number(one.title, other.title)


def _are_headed_alike(one: Story, other: Story, words: int) -> bool:
    """Whether a short text is of two titles: they say the same, or it says what both say.

    Else it is what a site writes under each of its videos. A tiny text says nothing.
    """
    if words < _TINY:
        return arabic.fold(one.title) == arabic.fold(other.title)
    titles = [_stems(story.title) for story in (one, other)]
    if 2 * len(titles[0] & titles[1]) >= min(map(len, titles)):
        return True
    text = _stems(one.text)
    return all(2 * len(title & text) >= len(title) for title in titles)


def _stems(text: str) -> set[str]:
    return {arabic.stem(word) for word in arabic.fold(text[:_MOST]).split() if len(word) > 2}


def _words(story: Story, usual_lines: Collection[int]) -> list[str]:
    lines = arabic.fold_lines(story.text[:_MOST])
    if usual_lines:
        lines = tuple(line for line in lines if crc32(_to_bytes(line)) not in usual_lines)
    return " ".join(lines).split()


# A story that says of itself that it sets another right is another.
_LABEL: Final = (
    r"(?:تصحيح|تصويب|استدراك|تحديث|محدثة?|correction|corrected|updated?|rectificatif|maj)\s*+\d*+"
)
_CORRECTION: Final = re.compile(
    rf"^[\W_]*{_LABEL}\s*[:|)\]»–—-]|[:|(\[«–—-]\s*{_LABEL}[\W_]*$", re.IGNORECASE
)
_CLOCK: Final = re.compile(r"[\W_]*[0-2]?\d[:.٫][0-5]\d\b")


def _is_correction(story: Story) -> bool:
    beginning, _, _ = story.text.lstrip().partition("\n")
    lines = (story.title, beginning[:60])
    return any(_CORRECTION.search(arabic.digits(line)) for line in lines)


def _is_live(story: Story) -> bool:
    """Whether the text is a live blog: paragraphs that begin with the time of day."""
    lines = arabic.digits(story.text[:_MOST]).splitlines()
    return sum(bool(_CLOCK.match(line)) for line in lines) >= 3


class _SharedRun(NamedTuple):
    """Words that both texts have in one order: from `here` in one, from `there` in the other."""

    here: int
    there: int
    length: int


def _shared_runs(first: list[str], second: list[str]) -> list[_SharedRun]:
    """Return the runs of at least a shingle that two texts share, in the order of the first.

    Each word is in one run at most.
    """
    places = _places_of_shingles(second)
    runs: list[_SharedRun] = []
    taken = bytearray(len(second))
    here = 0
    while here <= len(first) - _SHINGLE:
        best = _SharedRun(here, 0, 0)
        for there in places.get(tuple(first[here : here + _SHINGLE]), ()):
            length = _shared_length(first, second, here, there, taken)
            if length > best.length:
                best = _SharedRun(here, there, length)
        if best.length < _SHINGLE:
            here += 1
            continue
        taken[best.there : best.there + best.length] = b"\1" * best.length
        runs.append(best)
        here = best.here + best.length
    return runs


def _places_of_shingles(words: list[str]) -> dict[tuple[str, ...], list[int]]:
    places: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for at in range(len(words) - _SHINGLE + 1):
        found = places[tuple(words[at : at + _SHINGLE])]
        if len(found) < _REPEATED:
            found.append(at)
    return places


def _shared_length(
    first: list[str], second: list[str], here: int, there: int, taken: bytearray
) -> int:
    """How many words both texts have in common from two places on, without those `taken`."""
    length = 0
    most = min(len(first) - here, len(second) - there)
    while length < most and not taken[there + length]:
        if first[here + length] != second[there + length]:
            break
        length += 1
    return length


class _Overlap(NamedTuple):
    """How many words two texts share, how many others stand in place of some, and of numbers."""

    words: int
    clashes: int
    other_numbers: bool


def _overlap(first: list[str], second: list[str], runs: list[_SharedRun]) -> _Overlap:
    """Count the runs, and what stands in the short gaps between two that follow in both texts."""
    words = sum(run.length for run in runs)
    clashes = 0
    other_numbers = False
    if len(runs) > _RUNS:
        return _Overlap(words, words, other_numbers)
    for run, following in pairwise(runs):
        here = first[run.here + run.length : following.here]
        there = second[run.there + run.length : following.there]
        if not (0 < len(here) <= _GAP and 0 < len(there) <= _GAP):
            continue
        gap = _compare_gap(_number_before(first, run), here, there)
        words += gap.words
        clashes += gap.clashes
        other_numbers |= gap.other_numbers
    return _Overlap(words, clashes, other_numbers)


def _number_before(words: list[str], run: _SharedRun) -> list[str]:
    """The number that a run ends with: «30 000» and «30 ألف» differ in their second word only."""
    end = run.here + run.length
    start = end
    while start > run.here and word_matching.number(words[start - 1]):
        start -= 1
    return words[start:end]


def _compare_gap(number: list[str], here: list[str], there: list[str]) -> _Overlap:
    numbers = word_matching.numbers(number + here)
    others = word_matching.numbers(number + there)
    both_have_some = bool(word_matching.numbers(here) and word_matching.numbers(there))
    alike = sum(_is_among(word, there) for word in here)
    clashes = 0
    if numbers != others or not numbers:
        clashes = max(0, min(len(here), len(there)) - alike)
        if bool(numbers) != bool(others):
            clashes += _LOST_NUMBER
    return _Overlap(alike, clashes, numbers != others and both_have_some)


def _is_among(word: str, others: list[str]) -> bool:
    return any(word_matching.are_one(word, other) for other in others)


def _begins_alike(
    first: list[str],
    second: list[str],
    runs: list[_SharedRun],
    *,
    all_alike: bool,
) -> bool:
    """Whether stories begin with the same words, but for a dateline in each and a deck above one.

    A deck says in other words what the text says; the beginning of a follow-up does not. Where all
    the rest is alike a sentence above it may say anything.
    """
    beginnings = [run for run in runs if run.length >= _BEGINNING]
    if not beginnings:
        return False
    start = min(beginnings, key=lambda run: run.here + run.there)
    before, others, text = first[: start.here], second[: start.there], second
    if len(before) < len(others):
        before, others, text = others, before, first
    if len(others) > _DATELINE or len(before) > _DECK:
        return False
    if len(before) <= (_SENTENCE if all_alike else _DATELINE):
        return True
    return _is_deck(before, text)


def _is_deck(before: list[str], text: list[str]) -> bool:
    """Whether words above a text say in other forms what it says."""
    stems = {arabic.stem(word) for word in text}
    telling = [arabic.stem(word) for word in before if len(word) > 3]
    needed = 0.3 if len(before) <= _SHORT_DECK else 0.4
    return sum(stem in stems for stem in telling) >= len(telling) * needed


def _has_other_number(one: str, other: str) -> bool:
    """Whether titles are nearly the same but for a number, as those of two parts of a series."""
    first = set(arabic.fold(one).split())
    second = set(arabic.fold(other).split())
    numbers = _numbers_in(first)
    others = _numbers_in(second)
    if numbers <= others or others <= numbers:
        return False
    return len(first & second) * 2 >= min(len(first), len(second)) - 1


def _numbers_in(words: set[str]) -> set[str]:
    return {word_matching.number(word) for word in words} - {""}
