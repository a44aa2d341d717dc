"""Whether two stories are one: the same agency copy under two URLs, in two sections, under two
headlines.

An editor who takes a copy over changes its headline, dateline, spelling and digits, sets a deck
above it, adds a sentence, cuts its end: what is left stands there word for word. Stories that only
resemble each other differ in other ways: one template with other names and numbers in every
sentence, a follow-up with a new beginning before an old background, a correction with another
number in the old text. So two steps: a signature finds the few stories that share words with a new
one (bottom-k sketch of word shingles; Broder, "On the resemblance and containment of documents",
1997), and those are compared word by word in the form of `arabic.fold`.
"""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from collections import Counter, defaultdict
from itertools import accumulate, pairwise
from struct import pack, unpack
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

from feedmaker.text import arabic, word_matching

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from feedmaker.model import Story

_SHINGLE = 4  # words: fewer are shared by chance, more are broken by every other spelling
_SKETCH = 64  # hashes kept of a story, and of its lines
_ENOUGH = 4  # hashes that two sketches share before the stories are worth comparing
_MOST = 200_000  # characters of a text that are looked at: more than any story has
_USUAL_LINE = 4  # stories of one site with the same line: then it is the site's, not theirs

# ---- the signature


def signature(story: Story) -> str:
    """What the store keeps of a story to find its copies: hashes of its lines and shingles, at most
    700 characters.

    ASCII: two base64 texts with a dot between them, each of 32-bit numbers in ascending order, the
    smallest 64. Empty of a story without four words.
    """
    lines = [_bytes(line) for line in _lines(story)]
    text = b" ".join(lines)
    starts = [
        0,
        *accumulate(len(word) + 1 for word in text.split(b" ")),
    ]  # of words, and one past the end
    windows = list(zip(starts, starts[_SHINGLE:], strict=False))
    if not windows:
        return ""
    # Of hashes spread evenly three times as many are below this as are kept: there is less to sort.
    below = (3 * _SKETCH << 32) // len(windows)
    shingles = {at for start, end in windows if (at := crc32(text[start : end - 1])) < below}
    if len(shingles) < _SKETCH:
        shingles = {crc32(text[start : end - 1]) for start, end in windows}
    return f"{_packed(map(crc32, lines))}.{_packed(shingles)}"


def _lines(story: Story) -> tuple[str, ...]:
    return arabic.fold_lines(story.text[:_MOST])


def _bytes(line: str) -> bytes:
    return line.encode("utf-8", "surrogatepass")


def _packed(hashes: Iterable[int]) -> str:
    smallest = sorted(set(hashes))[:_SKETCH]
    return b64encode(pack(f"<{len(smallest)}I", *smallest)).decode()


def _unpacked(text: str) -> tuple[int, ...]:
    raw = b64decode(text)
    return unpack(f"<{len(raw) // 4}I", raw)


class KnownStories:
    """The signatures of a site's newest stories, to be asked which of them a new story may be a
    copy of.
    """

    def __init__(self, signatures: Iterable[tuple[str, str]] = ()) -> None:
        """`signatures` are pairs of a story's id and `signature`."""
        self._sizes: dict[str, int] = {}
        self._by_shingle: defaultdict[int, list[str]] = defaultdict(list)
        self._lines: Counter[int] = Counter()
        for story, signed in signatures:
            self.add(story, signed)

    def add(self, story: str, signed: str) -> None:
        """Know one story more; one that is known already is not added again."""
        if story in self._sizes:
            return
        lines, _, shingles = signed.partition(".")
        hashes = _unpacked(shingles)
        self._sizes[story] = len(hashes)
        for shingle in hashes:
            self._by_shingle[shingle].append(story)
        self._lines.update(_unpacked(lines))

    def candidates(self, signed: str) -> list[str]:
        """Ids of the stories that share enough rare shingles with this signature, most alike first."""
        shared: Counter[str] = Counter()
        usual = max(_USUAL_LINE * 2, len(self._sizes) // 20)
        hashes = _unpacked(signed.partition(".")[2])
        for shingle in hashes:
            stories = self._by_shingle.get(shingle, ())
            if len(stories) <= usual:
                shared.update(stories)
        return [
            story
            for story, count in shared.most_common()
            if count >= min(_ENOUGH, (min(len(hashes), self._sizes[story]) + 1) // 2)
        ]

    def usual_lines(self) -> frozenset[int]:
        """Lines that several of the stories have: the site's own, as a call to subscribe. `same`
        leaves them out.
        """
        return frozenset(line for line, count in self._lines.items() if count >= _USUAL_LINE)


# ---- the comparison

_SHORT = 40  # words: of a shorter text too little is left to tell a copy from a template
_TINY = 12  # words: such a text says nothing without its title
_COVERED = 0.6  # of the shorter story's words are in the longer: a third may be cut from one and a deck set above
_CONTAINED = 0.4  # of the longer story's words are in the shorter: a paragraph of a round-up is no copy of it
_EQUAL = 0.93  # of the words of both, where only near-equality counts
_OTHERS = 0.07  # other words in place of some, for each word that is the same: names of a template, not spellings
_DATELINE = 12  # words that may stand before the copy's own beginning
_DECK = 45  # words of a deck at most
_SHORT_DECK = 20
_SENTENCE = 25  # words of an editor's own
_ALL = 0.8  # of the longer story's words are in the shorter: there is no more in it than an editor adds
_BEGINNING = 6  # words: fewer may be a name and an office that a follow-up has, too
_LOST_NUMBER = 2  # words that it counts for where something else stands for a number
_REPEATED = 8  # places of one shingle that are looked at: a text that says one thing over and over says no more
_GAP = 15  # words at most that stand for others; more are another sentence


def same(one: Story, other: Story, usual_lines: Collection[int] = frozenset()) -> bool:
    """Whether two stories of a site are the same copy.

    `usual_lines` are those of `KnownStories.usual_lines`. A copy may have another headline,
    dateline, spelling, digits or agency, a deck, a sentence more, and a third less; where a number
    or many words stand for others it is another story. Texts of fewer than 40 words are the same
    when nearly equal. Symmetric.
    """
    first, second = _words(one, usual_lines), _words(other, usual_lines)
    if (len(first), first) > (len(second), second):
        one, other, first, second = other, one, second, first
    if not first or _labelled(one) != _labelled(other) or _other_number(one.title, other.title):
        return False
    runs = _runs(first, second)
    overlap = _overlap(first, second, runs)
    shorter, longer = overlap.words / len(first), overlap.words / len(second)
    if overlap.other_numbers:
        return False
    if len(first) < _SHORT or _is_live(one) or _is_live(other):
        equal = not overlap.clashes and min(shorter, longer) >= _EQUAL
        return equal and (len(first) >= _TINY or arabic.fold(one.title) == arabic.fold(other.title))
    if shorter < _COVERED or longer < _CONTAINED or overlap.clashes > overlap.words * _OTHERS:
        return False
    return _begins_alike(first, second, runs, all_alike=longer >= _ALL)


def _words(story: Story, usual_lines: Collection[int]) -> list[str]:
    lines = (
        line for line in _lines(story) if not usual_lines or crc32(_bytes(line)) not in usual_lines
    )
    return [word for line in lines for word in line.split()]


# A story that says of itself that it sets another right is another.
_LABEL = (
    r"(?:تصحيح|تصويب|استدراك|تحديث|محدثة?|correction|corrected|updated?|rectificatif|maj)\s*\d*"
)
_LABELLED = re.compile(
    rf"^[\W_]*{_LABEL}\s*[:|)\]»–—-]|[:|(\[«–—-]\s*{_LABEL}[\W_]*$", re.IGNORECASE
)
_CLOCK = re.compile(r"[\W_]*[0-2]?\d[:.٫][0-5]\d\b")


def _labelled(story: Story) -> bool:
    beginning, _, _ = story.text.lstrip().partition("\n")
    return any(_LABELLED.search(arabic.digits(line)) for line in (story.title, beginning[:60]))


def _is_live(story: Story) -> bool:
    """Whether the text is a live blog: paragraphs that begin with the time of day."""
    return (
        sum(bool(_CLOCK.match(line)) for line in arabic.digits(story.text[:_MOST]).splitlines())
        >= 3
    )


class _Run(NamedTuple):
    """Words that both texts have in one order: from `here` in the one, from `there` in the other."""

    here: int
    there: int
    length: int


def _runs(first: list[str], second: list[str]) -> list[_Run]:
    """The runs of at least a shingle that two texts share, in the order of the first; each word is
    in one at most.
    """
    places: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for at in range(len(second) - _SHINGLE + 1):
        at_shingle = places[tuple(second[at : at + _SHINGLE])]
        if len(at_shingle) < _REPEATED:
            at_shingle.append(at)
    runs: list[_Run] = []
    taken = bytearray(len(second))
    here = 0
    while here <= len(first) - _SHINGLE:
        best = _Run(here, 0, 0)
        for there in places.get(tuple(first[here : here + _SHINGLE]), ()):
            length = 0
            while (
                here + length < len(first)
                and there + length < len(second)
                and not taken[there + length]
                and first[here + length] == second[there + length]
            ):
                length += 1
            if length > best.length:
                best = _Run(here, there, length)
        if best.length < _SHINGLE:
            here += 1
            continue
        taken[best.there : best.there + best.length] = b"\1" * best.length
        runs.append(best)
        here = best.here + best.length
    return runs


class _Overlap(NamedTuple):
    """What two texts share: words; how many others stand in place of some of them; whether a number
    does.
    """

    words: int
    clashes: int
    other_numbers: bool


def _overlap(first: list[str], second: list[str], runs: list[_Run]) -> _Overlap:
    """Runs, and what stands in the short gaps between two that follow each other in both texts."""
    words, clashes, other_numbers = sum(run.length for run in runs), 0, False
    for run, following in pairwise(runs):
        end, other_end = run.here + run.length, run.there + run.length
        here, there = first[end : following.here], second[other_end : following.there]
        if not (here and there and len(here) <= _GAP and len(there) <= _GAP):
            continue
        while (
            word_matching.number(first[end - 1]) and end > run.here
        ):  # «30 000» and «30 ألف» differ in their second word only
            end -= 1
        shared = first[end : run.here + run.length]
        numbers, others = (
            word_matching.numbers(shared + here),
            word_matching.numbers(shared + there),
        )
        other_numbers |= numbers != others and bool(
            word_matching.numbers(here) and word_matching.numbers(there)
        )
        alike = sum(any(word_matching.are_one(word, another) for another in there) for word in here)
        words += alike
        if numbers != others or not numbers:
            clashes += max(0, min(len(here), len(there)) - alike) + _LOST_NUMBER * (
                bool(numbers) != bool(others)
            )
    return _Overlap(words, clashes, other_numbers)


def _begins_alike(
    first: list[str], second: list[str], runs: list[_Run], *, all_alike: bool
) -> bool:
    """Whether the stories begin with the same words, but for a dateline in each and a deck above
    one.

    A deck says in other words what the text says; the beginning of a follow-up does not. Where all
    the rest is alike a sentence above it may say anything.
    """
    beginnings = [run for run in runs if run.length >= _BEGINNING]
    if not beginnings:
        return False
    start = min(beginnings, key=lambda run: run.here + run.there)
    before, others = first[: start.here], second[: start.there]
    text = second
    if len(before) < len(others):
        before, others, text = others, before, first
    if len(others) > _DATELINE or len(before) > _DECK:
        return False
    if len(before) <= (_SENTENCE if all_alike else _DATELINE):
        return True
    stems = {word_matching.stem(word) for word in text}
    telling = [word_matching.stem(word) for word in before if len(word) > 3]
    needed = 0.3 if len(before) <= _SHORT_DECK else 0.4
    return sum(stem in stems for stem in telling) >= len(telling) * needed


def _other_number(one: str, other: str) -> bool:
    """Whether two titles are nearly the same but for a number, as those of two parts of a series."""
    first, second = (set(arabic.fold(title).split()) for title in (one, other))
    numbers, others = (
        {number for number in map(word_matching.number, words) if number}
        for words in (first, second)
    )
    if numbers <= others or others <= numbers:
        return False
    return len(first & second) * 2 >= min(len(first), len(second)) - 1
