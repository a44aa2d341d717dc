"""Copies at the thresholds of their comparison, with words that have nothing to do with each other."""

from __future__ import annotations

from base64 import b64decode
from struct import unpack

import pytest

from feedmaker.model import Story
from feedmaker.policy import near_duplicates

LETTERS = "bdfghjklmnprstvwz"


def words(count: int, start: int = 0) -> list[str]:
    """So many different words, none a spelling of another."""
    return [
        f"{LETTERS[n % 17]}a{LETTERS[n // 17 % 17]}o{LETTERS[(n * 5 + n // 289) % 17]}u"
        for n in range(start, start + count)
    ]


TEXT = words(120)
OTHERS = words(400, 1000)


def story(text: list[str] | str, title: str = "title") -> Story:
    """A story of these words."""
    whole = text if isinstance(text, str) else " ".join(text)
    return Story(url="https://n.example/1", title=title, text=whole)


def same(one: list[str], other: list[str], titles: tuple[str, str] = ("t", "t")) -> bool:
    """Whether two texts are one copy, whichever is asked first."""
    first, second = story(one, titles[0]), story(other, titles[1])
    answer = near_duplicates.same(first, second)
    assert near_duplicates.same(second, first) is answer
    return answer


def replaced(text: list[str], places: range, by: list[str] = OTHERS) -> list[str]:
    """A text with other words at some places."""
    new = list(text)
    for place, word in zip(places, by, strict=False):
        new[place] = word
    return new


# ---- the signature


def test_a_signature_needs_four_words():
    """Fewer are shared by chance."""
    assert near_duplicates.signature(story(words(3))) == ""
    assert near_duplicates.signature(story(words(4))) != ""


def test_a_signature_keeps_the_smallest_64_of_lines_and_shingles():
    """Of a story of any length."""
    long = "\n".join(" ".join(words(5, 5 * n)) for n in range(90))
    lines, _, shingles = near_duplicates.signature(story(long)).partition(".")
    for packed in (lines, shingles):
        raw = b64decode(packed)
        hashes = unpack(f"<{len(raw) // 4}I", raw)
        assert len(hashes) == 64
        assert list(hashes) == sorted(set(hashes))


def candidates(text: list[str], *known: list[str]) -> list[str]:
    """Which of the known texts a new one may be a copy of, by their numbers."""
    signed = [(str(n), near_duplicates.signature(story(one))) for n, one in enumerate(known)]
    stories = near_duplicates.KnownStories(signed)
    return stories.candidates(near_duplicates.signature(story(text)))


@pytest.mark.parametrize(("shared", "found"), [(7, ["0"]), (6, [])])
def test_candidates_share_four_shingles(shared, found):
    """Seven words in a row have four."""
    assert candidates(TEXT[:40], TEXT[:shared] + OTHERS[:33]) == found


@pytest.mark.parametrize(("shared", "found"), [(5, ["0"]), (4, [])])
def test_a_short_story_needs_half_of_its_shingles(shared, found):
    """Of three shingles two."""
    assert candidates(TEXT[:6], TEXT[:shared] + OTHERS[: 6 - shared]) == found


@pytest.mark.parametrize(("copies", "found"), [(8, 8), (9, 0)])
def test_a_shingle_of_many_stories_tells_nothing(copies, found):
    """It is the site's: more than eight of them, or more than one in twenty, have it."""
    known = [TEXT[:40]] * copies
    assert len(candidates(TEXT[:40], *known)) == found
    others = [words(6, 2000 + 6 * n) for n in range(180 - copies)]
    assert len(candidates(TEXT[:40], *known, *others)) == copies


def test_the_most_alike_comes_first_and_a_known_story_counts_once():
    """Whatever the order they are known in."""
    assert candidates(TEXT[:40], TEXT[:20] + OTHERS[:20], TEXT[:40]) == ["1", "0"]
    known = near_duplicates.KnownStories()
    for _ in range(4):
        known.add("a", near_duplicates.signature(story(TEXT)))
    assert known.usual_lines() == frozenset()


@pytest.mark.parametrize(("stories", "usual"), [(3, 0), (4, 1)])
def test_a_line_of_four_stories_is_the_site_s(stories, usual):
    """It is left out of every comparison."""
    line = " ".join(OTHERS[:8])
    texts = [f"{' '.join(words(40, 40 * n))}\n{line}" for n in range(stories)]
    signed = [(text[:9], near_duplicates.signature(story(text))) for text in texts]
    lines = near_duplicates.KnownStories(signed).usual_lines()
    assert len(lines) == usual
    one, other = story(f"{line}\n{' '.join(TEXT[:12])}"), story(TEXT[:12])
    assert near_duplicates.same(one, other, lines) is bool(usual)


# ---- the comparison


@pytest.mark.parametrize(("shared", "answer"), [(60, True), (59, False)])
def test_six_tenths_of_the_shorter_story_are_in_the_longer(shared, answer):
    """A third may be cut from one, and another end be written."""
    assert (
        same(TEXT[:shared] + OTHERS[: 100 - shared], TEXT[:shared] + OTHERS[150:250][shared:])
        is answer
    )


@pytest.mark.parametrize(("length", "answer"), [(125, True), (126, False)])
def test_four_tenths_of_the_longer_story_are_in_the_shorter(length, answer):
    """A paragraph of a round-up is no copy of it."""
    assert same(TEXT[:50], TEXT[:50] + OTHERS[: length - 50]) is answer


@pytest.mark.parametrize(("others", "answer"), [(7, True), (8, False)])
def test_seven_words_of_a_hundred_may_be_others(others, answer):
    """More of them are the names in a template."""
    text = words(100 + others)
    places = range(9, 9 + 10 * others, 10)
    assert same(text, replaced(text, places)) is answer


@pytest.mark.parametrize(("gap", "answer"), [(15, False), (16, True)])
def test_more_than_fifteen_other_words_are_another_sentence(gap, answer):
    """They stand for nothing; fifteen words in place of fifteen others do."""
    text = words(200 + gap)
    assert same(text, replaced(text, range(100, 100 + gap))) is answer


@pytest.mark.parametrize(("numbers", "answer"), [(2, True), (3, False)])
def test_a_number_that_is_lost_counts_for_three_words(numbers, answer):
    """One for the word in its place, and two more."""
    text = words(100 + numbers)
    places = range(20, 20 + 20 * numbers, 20)
    with_numbers = replaced(text, places, ["52"] * numbers)
    assert same(with_numbers, replaced(text, places)) is answer


def test_another_number_makes_another_story():
    """One is enough, in a text of any length."""
    text = words(100)
    fifty = replaced(text, range(50, 51), ["52"])
    assert same(fifty, fifty)
    assert not same(fifty, replaced(text, range(50, 51), ["53"]))


@pytest.mark.parametrize(("before", "answer"), [(12, True), (13, False)])
def test_a_dateline_has_twelve_words(before, answer):
    """Of what stands above a text that goes on in another way."""
    assert same(TEXT[:100], OTHERS[:before] + TEXT[:100] + OTHERS[50:70]) is answer


@pytest.mark.parametrize(("before", "answer"), [(25, True), (26, False)])
def test_a_sentence_above_all_the_rest_has_25_words(before, answer):
    """An editor's own, where everything else is the same."""
    assert same(TEXT, OTHERS[:before] + TEXT) is answer


@pytest.mark.parametrize(("before", "answer"), [(45, True), (46, False)])
def test_a_deck_has_45_words(before, answer):
    """It says what the text says, in another order."""
    deck = [TEXT[(7 * n) % 119] for n in range(before)]
    assert same(TEXT, deck + TEXT) is answer


@pytest.mark.parametrize(
    ("length", "telling", "answer"),
    [(20, 6, True), (20, 5, False), (21, 9, True), (21, 8, False)],
)
def test_a_deck_says_what_the_text_says(length, telling, answer):
    """Three tenths of its words are the text's; four tenths of a longer one's."""
    deck = [TEXT[(11 * n) % 119] for n in range(telling)] + OTHERS[: length - telling]
    assert same(TEXT[:100], deck + TEXT[:100] + OTHERS[50:80]) is answer


@pytest.mark.parametrize(("run", "answer"), [(6, True), (5, False)])
def test_a_beginning_has_six_words(run, answer):
    """Fewer may be a name and an office, which a follow-up has too."""
    parted = []
    for place, word in enumerate(TEXT):
        parted += [word] if (place + 1) % run else [word, OTHERS[place]]
    assert same(TEXT, parted) is answer


@pytest.mark.parametrize(("more", "answer"), [(2, True), (3, False)])
def test_short_texts_are_copies_when_nearly_equal(more, answer):
    """At least 93 % of their words are the same."""
    assert same(TEXT[:30], TEXT[:30] + OTHERS[:more]) is answer
    assert not same(TEXT[:30], replaced(TEXT[:30], range(15, 16)))


@pytest.mark.parametrize(("length", "answer"), [(40, True), (39, False)])
def test_from_forty_words_on_a_copy_may_be_longer(length, answer):
    """Of a shorter text too little is left to tell it from a template."""
    assert same(TEXT[:length], TEXT[:length] + OTHERS[:10]) is answer


@pytest.mark.parametrize(("length", "answer"), [(12, True), (11, False)])
def test_a_tiny_text_says_nothing_without_its_title(length, answer):
    """Two flashes of eleven words are one where their titles are."""
    titles = (" ".join(TEXT[:2]), " ".join(TEXT[2:4]))
    assert same(TEXT[:length], TEXT[:length], titles) is answer
    assert same(TEXT[:length], TEXT[:length], ("one", "one"))


@pytest.mark.parametrize(("times", "answer"), [(2, True), (3, False)])
def test_a_live_blog_is_a_copy_only_when_nearly_equal(times, answer):
    """Three paragraphs that begin with the time of day make one."""
    lines = [f"{10 + n}:30 {' '.join(words(20, 20 * n))}" for n in range(times)]
    live = "\n".join([*lines, " ".join(words(40, 600))])
    one, other = story(live), story(f"{live}\n{' '.join(OTHERS[:30])}")
    assert near_duplicates.same(one, other) is answer


def test_texts_without_words_are_no_copies():
    """There is nothing that they share."""
    assert not same([], [])


@pytest.mark.parametrize(
    ("titles", "answer"),
    [
        (("Part 5 of the story", "Part 6 of the story"), False),
        (("Part 5 of the story", "Part of the story"), True),
        (("Part 5 of the story", "Part 5 of the story 6"), True),
        (("Part 5 a b", "Other 6 words here and more"), True),
        (("Part 5", "Part 6"), False),
        (("Part 5 one two", "Part 6 three four"), True),
        (("Part 5 one two three", "Part 6 one four five"), False),
    ],
)
def test_two_parts_of_a_series_are_two_stories(titles, answer):
    """Titles that are alike but for a number."""
    assert same(TEXT, TEXT, titles) is answer


@pytest.mark.parametrize(
    ("title", "answer"), [("Correction: t", False), ("t - updated", False), ("updated t", True)]
)
def test_a_correction_is_no_copy(title, answer):
    """It says of itself that it sets another right, at either end of its title."""
    assert same(TEXT, TEXT, (title, "t")) is answer
    assert same(TEXT, TEXT, (title, title))


def test_words_of_three_letters_tell_nothing_of_a_deck():
    """They stand in every text, and count for none."""
    deck = [TEXT[(11 * n) % 119] for n in range(5)] + OTHERS[:11] + ["fox"] * 4
    assert same(TEXT[:100], deck + TEXT[:100] + OTHERS[50:80])
