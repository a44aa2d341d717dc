"""Copies of one story against stories that only resemble each other, on a set written for this
project.
"""

from __future__ import annotations

import tomllib
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedmaker import demo
from feedmaker.model import Story
from feedmaker.policy import near_duplicates

DATA = Path(__file__).parent / "data" / "near_duplicates"
ARABIC_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


class Pair(NamedTuple):
    """Two stories of one site, and how the second came to be."""

    kind: str
    one: Story
    other: Story


def made(title: str, *paragraphs: str) -> Story:
    """A story with these paragraphs."""
    return Story(url="https://news.example/story", title=title, text="\n\n".join(paragraphs))


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text of the data."""
    return [paragraph.strip() for paragraph in text.strip().split("\n\n")]


def read(name: str) -> dict:
    """A file of the data."""
    return tomllib.loads((DATA / name).read_text("utf-8"))


def respelt(paragraph: str, respell: list[list[str]]) -> str:
    """A paragraph by another desk's rules of spelling, with the digits of the east."""
    for usual, other in respell:
        paragraph = paragraph.replace(usual, other)
    return paragraph.translate(ARABIC_DIGITS)


def edited(entry: dict) -> list[Pair]:
    """An agency's story and what other desks made of it."""
    text, other = paragraphs(entry["text"]), entry["other_title"]
    copy = made(entry["title"], f"{entry['dateline']} {text[0]}", *text[1:])
    here = [f"{entry['other_dateline']} {text[0]}", *text[1:]]
    spelt = [respelt(paragraph, entry["respell"]) for paragraph in here]
    halves = [sentence.strip() for paragraph in here for sentence in paragraph.split("، و")]
    return [
        Pair("headline and dateline", copy, made(other, *here)),
        Pair("deck", copy, made(other, entry["deck"], *text)),
        Pair("one sentence more", copy, made(entry["title"], *here[:2], entry["extra"], *here[2:])),
        Pair("cut to two thirds", copy, made(other, *here[:3])),
        Pair("spelling and digits", copy, made(other, *spelt)),
        Pair("paragraphs broken", copy, made(other, *halves)),
        Pair(
            "deck, cut, one sentence more",
            copy,
            made(other, entry["deck"], *spelt[:4], entry["extra"]),
        ),
        Pair(
            "cut here, more there",
            made(other, entry["deck"], *here[:4]),
            made(other, *spelt, entry["extra"]),
        ),
    ]


def others(entry: dict) -> list[Pair]:
    """An agency's story and what is near it and another one."""
    text = paragraphs(entry["text"])
    copy = made(entry["title"], *text)
    background = [text[number - 1] for number in entry["background"]]
    follow, angle = (
        made(entry[kind]["title"], *paragraphs(entry[kind]["text"])) for kind in ("follow", "angle")
    )
    follow = made(follow.title, follow.text, *background)
    wrong, right = entry["corrected"]
    corrected = [paragraph.replace(wrong, right) for paragraph in text]
    assert corrected != text
    return [
        Pair("follow-up", copy, follow),
        Pair("another angle", copy, made(angle.title, angle.text, background[0])),
        Pair("correction", copy, made(entry["title"], *corrected)),
        Pair("labelled correction", copy, made(f"تصحيح: {entry['title']}", *text)),
    ]


def of_one_pattern(entry: dict) -> list[Pair]:
    """Every two stories of a desk's pattern."""
    stories = [
        made(entry["title"].format(*fill), *paragraphs(entry["shared"].format(*fill)))
        for fill in entry["fills"]
    ]
    return [Pair(entry["kind"], *two) for two in combinations(stories, 2)]


def told() -> list[Story]:
    """The stories of the sample site."""
    return [made(a.title, *a.paragraphs) for a in demo.articles() if a.kind == "story"]


def cut(story: Story) -> Story:
    """A story of the sample site as another desk has it: another headline and digits, and a third
    less.
    """
    words = len(story.text.split())
    kept: list[str] = []
    for paragraph in story.text.split("\n\n"):
        if sum(len(p.split()) for p in kept) < words * 2 / 3:
            kept.append(paragraph.translate(ARABIC_DIGITS))
    return made("من وكالات الأنباء", *kept)


def copies() -> list[Pair]:
    """All pairs that are the same."""
    own = [pair for entry in read("stories.toml")["stories"] for pair in edited(entry)]
    return own + [Pair("sample site", story, cut(story)) for story in told()]


def strangers() -> list[Pair]:
    """All pairs that are not."""
    templates = read("templates.toml")
    own = [pair for entry in read("stories.toml")["stories"] for pair in others(entry)]
    own += [pair for entry in templates["patterns"] for pair in of_one_pattern(entry)]
    for pair in templates["pairs"]:
        one, other = (
            made(title, *paragraphs(text))
            for title, text in zip(pair["titles"], pair["texts"], strict=True)
        )
        own.append(Pair(pair["kind"], one, other))
    return own + [Pair("sample site", *two) for two in combinations(told(), 2)]


def is_found(pair: Pair) -> bool:
    """Whether a site's run would take the second for the first: both steps, each way round."""
    answers = set()
    for one, other in ((pair.one, pair.other), (pair.other, pair.one)):
        known = near_duplicates.KnownStories([("one", near_duplicates.signature(one))])
        answers.add(
            "one" in known.candidates(near_duplicates.signature(other))
            and near_duplicates.same(one, other)
        )
    assert len(answers) == 1, f"not symmetric: {pair.kind}: {pair.one.title}"
    return answers.pop()


def test_copies_are_found_and_nothing_else():
    """Recall is 0.95 or more over copies; precision 0.99 or more against what only resembles them."""
    same, different = copies(), strangers()
    hard = [pair for pair in different if pair.kind != "sample site"]
    assert (len(same) >= 60, len(hard) >= 60) == (True, True)
    missed = [f"{pair.kind}: {pair.one.title}" for pair in same if not is_found(pair)]
    wrong = [
        f"{pair.kind}: {pair.one.title} / {pair.other.title}"
        for pair in different
        if is_found(pair)
    ]
    assert len(missed) <= len(same) * 0.05, missed
    assert len(wrong) <= len(same) * 0.01, wrong


CANAL = (
    "أنهت وزارة الري تنظيف القناة الكبرى قبل موسم الزرع بأسبوع، وعادت المياه إلى حقول ثلاث عشرة قرية على ضفتيها.",
    "وقال المشرف على الأشغال إن العمال أخرجوا 4000 طن من الطمي في نوفمبر، واستعملوا لذلك 12 جرافة صُنعت في ورشة محلية.",
    "ويأمل المزارعون أن تصل المياه هذا العام إلى الحقول البعيدة التي بقيت جافة موسمين متتاليين بسبب انسداد المجرى.",
)
TITLE = "المياه تعود إلى القناة الكبرى"


@pytest.mark.parametrize(
    ("usual", "other", "is_same"),
    [
        ("4000 طن", "٤٠٠٠ طن", True),
        ("4000 طن", "4,000 طن", True),
        ("4000 طن", "أربعة آلاف طن", True),
        ("4000 طن", "4 آلاف طن", True),
        ("4000 طن", "5 آلاف طن", False),
        ("12 جرافة", "اثنتي عشرة جرافة", True),
        ("12 جرافة", "13 جرافة", False),
        ("12 جرافة", "ثلاث عشرة جرافة", False),
        ("ثلاث عشرة قرية", "13 قرية", True),
        ("ثلاث عشرة قرية", "ثلاث وعشرين قرية", False),
        ("في نوفمبر", "في تشرين الثاني", True),
        ("في نوفمبر", "في نونبر", True),
        ("المشرف على الأشغال", "مشرف الأشغال", True),
    ],
)
def test_a_number_in_other_signs_is_the_same_and_another_number_is_not(usual, other, is_same):
    """Eastern digits, separators, number words and months of another region are spellings; another
    number is news.
    """
    assert any(usual in paragraph for paragraph in CANAL)
    changed = [paragraph.replace(usual, other) for paragraph in CANAL]
    assert near_duplicates.same(made(TITLE, *CANAL), made("عنوان آخر", *changed)) is is_same


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("قناة الري", "بعد التنظيف: المياه تعود", True),
        ("تحديث القناة الكبرى ينتهي قبل موعده", "المياه تعود", True),
        ("المياه تعود إلى القناة", "المياه تعود إلى القناة (تصحيح)", False),
        ("المياه تعود إلى القناة", "تحديث 2 - المياه تعود إلى القناة", False),
        ("رحلة القناة: الجزء 2", "رحلة القناة: الجزء 3", False),
        ("رحلة القناة: الجزء الثاني", "رحلة القناة: الجزء الثالث", False),
    ],
)
def test_what_titles_say(one, other, is_same):
    """Another headline says nothing; the label of a correction and the number of a part say:
    another story.
    """
    assert near_duplicates.same(made(one, *CANAL), made(other, *CANAL)) is is_same


def test_of_short_texts_only_nearly_equal_ones_are_the_same():
    """Below forty words a cut is no copy, and below twelve the titles must be one, too.

    From twelve on the titles share half of their words, or the text says half of each.
    """
    first = " ".join(CANAL[0].split()[:18])
    told = " ".join(first.split()[:6])
    assert near_duplicates.same(made(told, first), made(told, f"{first}."))
    assert near_duplicates.same(made(TITLE, first), made(f"عاجل {TITLE}", f"{first}."))
    assert near_duplicates.same(made(told, first), made(" ".join(first.split()[8:14]), first))
    assert not near_duplicates.same(made(TITLE, first), made("شيء آخر لا يقوله النص", first))
    assert not near_duplicates.same(made(TITLE, first), made("عنوان", " ".join(first.split()[:12])))
    assert not near_duplicates.same(
        made(TITLE, first), made("عنوان", first.replace("القناة", "الطريق"))
    )
    assert not near_duplicates.same(
        made(TITLE, "شاهد الصور في الألبوم"), made("عنوان", "شاهد الصور في الألبوم")
    )
    assert near_duplicates.same(
        made(TITLE, "شاهد الصور في الألبوم"), made(TITLE, "شاهد الصور في الألبوم")
    )
    assert not near_duplicates.same(made(TITLE), made(TITLE))


def test_lines_of_the_site_count_for_nothing():
    """A call to subscribe under every short story makes none of them the same; known as usual, it
    is left out.
    """
    call = "اشترك في نشرة الصحيفة لتصلك كل صباح أهم الأخبار والصور التي يختارها محررونا من أقسام الموقع كلها مجانا."
    stories = [
        made(f"خبر {name}", f"وصل {name} إلى المدينة صباحا.", call, call)
        for name in ("بدر", "كريم", "نادر", "سعد")
    ]
    known = near_duplicates.KnownStories(
        (story.title, near_duplicates.signature(story)) for story in stories
    )
    usual = known.usual_lines()
    assert len(usual) == 1
    one, other = made("أ", call, *CANAL), made("ب", call, "لا شيء جديد اليوم.")
    assert not near_duplicates.same(one, other, usual)
    assert near_duplicates.same(one, made("ب", *CANAL), usual)
    assert not any(near_duplicates.same(*two, usual) for two in combinations(stories, 2))


def test_the_candidates_are_few_and_the_original_is_first():
    """Among the sample site's stories a cut copy finds its own first, and a new story finds none."""
    stories = {story.title: story for story in told()}
    known = near_duplicates.KnownStories(
        (title, near_duplicates.signature(story)) for title, story in stories.items()
    )
    for title, story in stories.items():
        assert known.candidates(near_duplicates.signature(cut(story)))[0] == title
    assert known.candidates(near_duplicates.signature(made(TITLE, *CANAL))) == []
    known.add("new", near_duplicates.signature(made(TITLE, *CANAL)))
    assert known.candidates(near_duplicates.signature(made(TITLE, *CANAL))) == ["new"]
    assert known.candidates("") == []


WILD = st.lists(
    st.one_of(
        st.text(max_size=40),
        st.sampled_from([*CANAL, "12:30 - نص", "نص " * 60, "و000 ألف", "9" * 5000 + " ألف"]),
    ),
    max_size=6,
)


@given(WILD, WILD)
def test_any_texts_can_be_compared(one, other):
    """Signatures are short and ASCII, a story of four words is its own copy, and order makes no
    difference.
    """
    first, second = made("عنوان", "\n".join(one)), made("عنوان", "\n".join(other))
    signed = near_duplicates.signature(first)
    assert signed.isascii()
    assert len(signed) <= 700
    assert near_duplicates.same(first, second) == near_duplicates.same(second, first)
    if len(near_duplicates._words(first, ())) >= 4:
        assert near_duplicates.KnownStories([("id", signed)]).candidates(signed) == ["id"]
        assert near_duplicates.same(first, first)
