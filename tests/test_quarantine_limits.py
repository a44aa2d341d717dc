"""The doubts at their thresholds: what is doubted, and what is just not."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from feedmaker.model import Code, Failure, Reason, Report, Section, State, StoredLink, Story
from feedmaker.policy import quarantine

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
DAY, SECOND = timedelta(days=1), timedelta(seconds=1)
SECTION = Section(slug="s", title="S")
LETTERS = "bdfghjklmnprstvwz"


def words(count: int, start: int = 0) -> str:
    """So many words that have nothing to do with each other."""
    return " ".join(
        f"{LETTERS[n % 17]}a{LETTERS[n // 17 % 17]}o{LETTERS[(n + 5) % 17]}u"
        for n in range(start, start + count)
    )


def story(text: str = "", **fields: object) -> Story:
    """A story with a text."""
    return Story(**{"url": "https://n.example/1", "title": words(6), "text": text, **fields})


@pytest.mark.parametrize(
    ("count", "usual", "doubted"),
    [(3, 9, False), (2, 9, True), (1, 5, True), (0, 4, False), (1, 4, False)],
)
def test_a_listing_has_shrunk_below_a_third(count, usual, doubted):
    """Of a listing with fewer than five links nothing is said."""
    doubt = quarantine.listing_doubt(count, SECTION, State(usual=usual), NOW)
    assert (doubt is not None) is doubted
    if doubt:
        assert doubt == Reason.of(Code.LISTING_SHRUNKEN, links=count, usual=usual)


@pytest.mark.parametrize("filters", [{"include": ("a",)}, {"exclude": ("a",)}])
def test_a_section_with_filters_has_no_usual_number(filters):
    """There are as many links as there is news of its words."""
    section = Section(slug="s", title="S", **filters)
    assert quarantine.listing_doubt(0, section, State(usual=50), NOW) is None


@pytest.mark.parametrize(
    ("status", "since", "believed"),
    [
        ("quarantined", NOW - 2 * DAY, True),
        ("quarantined", NOW - 2 * DAY + SECOND, False),
        ("quarantined", None, False),
        ("kept", NOW - 9 * DAY, False),
    ],
)
def test_what_stays_odd_for_two_days_is_believed(status, since, believed):
    """Only a quarantine, and only that long."""
    state = State(status=status, since=since, usual=50)
    assert quarantine.is_believed(state, NOW) is believed
    assert (quarantine.listing_doubt(1, SECTION, state, NOW) is None) is believed


@pytest.mark.parametrize(
    ("usual", "links", "status", "after"),
    [
        (0, 8, "published", 8),
        (8, 4, "published", 7),
        (9, 3, "published", 8),
        (9, 2, "published", 2),
        (8, None, "published", 8),
        (8, 40, "kept", 8),
    ],
)
def test_the_usual_number_follows_slowly(usual, links, status, after):
    """The newest counts a quarter; a number that is a third as large begins anew."""
    report = Report(site="n", section="s", status=status, links=links)
    assert quarantine.usual_links(State(usual=usual), report) == after


@pytest.mark.parametrize(
    ("headline", "shared", "length", "fields", "doubted"),
    [
        (6, 1, 1_999, {}, True),
        (5, 1, 1_999, {}, False),
        (6, 1, 2_000, {}, False),
        (6, 1, 1_999, {"published": NOW}, False),
        (3, 0, 1_999, {}, True),
        (2, 0, 1_999, {}, False),
    ],
)
def test_a_short_page_with_hardly_a_word_of_its_headline_is_another(
    headline, shared, length, fields, doubted
):
    """Unless it has a date of its own, or the headline says too little."""
    about = f"{words(shared)} {words(40, 100)}".ljust(length, ".")
    page = story(about[:length], title=words(6, 200), **fields)
    doubt = quarantine.story_doubt(page, words(headline), None)
    assert doubt == (Reason.of(Code.OTHER_THAN_HEADLINE) if doubted else None)


@pytest.mark.parametrize(
    ("title", "shared", "length", "waited", "doubted"),
    [
        (6, 1, 699, timedelta(0), True),
        (5, 1, 699, timedelta(0), False),
        (6, 1, 700, timedelta(0), False),
        (4, 0, 699, timedelta(0), True),
        (3, 0, 699, timedelta(0), False),
        (6, 1, 699, 2 * DAY - SECOND, True),
        (6, 1, 699, 2 * DAY, False),
    ],
)
def test_a_note_stands_where_the_title_is_not_spoken_of(title, shared, length, waited, doubted):
    """Text without a word of its title, for two days; then it is believed."""
    text = f"{words(shared)} {words(40, 100)}".ljust(length, ".")[:length]
    page = story(text, title=words(title), published=NOW)
    assert note_doubt(page, waited=waited) == (Reason.of(Code.NOTE_INSTEAD) if doubted else None)


def note_doubt(page: Story, headline: str = "", **fields: object) -> Reason | None:
    """Whether a story that came alone is a note."""
    waited = fields.pop("waited", timedelta(0))
    link = StoredLink(url="u", key="u", story="u", title=headline, first_seen=NOW - waited)
    stories = [quarantine.FetchedStory(replace(link, **fields), page)]
    return quarantine.batch_doubts(stories, State(), NOW).get("u")


def test_a_note_is_no_teaser_and_no_known_story_and_has_spaces():
    """A teaser is short by nature; of what is written without spaces nothing can be told."""
    note = words(40, 100)
    assert note_doubt(story(note))
    assert note_doubt(story(note, teaser=True)) is None
    assert note_doubt(story(note), digest="d") is None
    assert note_doubt(story(note + " 漢")) is None


def test_a_note_may_speak_of_the_headline_instead():
    """The listing's words count as much as the page's own title."""
    assert note_doubt(story(words(40, 100)), words(6, 100)) is None


@pytest.mark.parametrize(
    ("before", "kept", "doubted"), [(12, 2, True), (11, 2, False), (15, 3, False), (16, 3, True)]
)
def test_a_story_that_keeps_less_than_a_fifth_of_its_words_is_lost(before, kept, doubted):
    """Where it had a dozen of them, and became shorter."""
    stored = story(words(before), title="t")
    now = story(words(kept), title="t", published=NOW)
    doubt = quarantine.story_doubt(now, "", stored)
    assert doubt == (Reason.of(Code.STORY_LOST) if doubted else None)


def test_a_story_that_is_no_shorter_is_not_lost():
    """Nor is a teaser, or what comes after one."""
    stored = story(words(20), title="t")
    assert quarantine.story_doubt(story(words(20, 100), title="t"), "", stored) is None
    teaser = story(words(2), title="t", teaser=True)
    assert quarantine.story_doubt(teaser, "", stored) is None
    old_teaser = story(words(20), title="t", teaser=True)
    assert quarantine.story_doubt(story(words(2), title="t"), "", old_teaser) is None


def fetched(
    count: int, text: str = "", headlines: int = 99, title: str = ""
) -> list[quarantine.FetchedStory]:
    """So many stories of a run, with one text or texts of their own."""
    return [
        quarantine.FetchedStory(
            StoredLink(
                url=f"https://n.example/{n}",
                key=str(n),
                story=str(n),
                title=words(4, 10 * (n % headlines)),
                first_seen=NOW - 2 * DAY,
            ),
            story(text or words(40, 300 + 40 * n), title=title or words(4, 10 * n)),
        )
        for n in range(count)
    ]


@pytest.mark.parametrize(("count", "doubted"), [(2, 0), (3, 3)])
def test_three_stories_with_one_title_are_no_chance(count, doubted):
    """Where a run has no other story; once believed, they are the site's way."""
    stories = fetched(count, title="same")
    assert len(quarantine.batch_doubts(stories, State(), NOW)) == doubted
    believed = State(status="quarantined", since=NOW - 2 * DAY)
    assert quarantine.batch_doubts(stories, believed, NOW) == {}
    others = fetched(count, title="same") + fetched(1, title="other")
    assert quarantine.batch_doubts(others, State(), NOW) == {}


@pytest.mark.parametrize(
    ("same", "others", "length", "headlines", "title", "doubted"),
    [
        (3, 1, 500, 99, "same", True),
        (2, 1, 500, 99, "same", False),
        (3, 9, 500, 99, "same", True),
        (3, 9, 500, 99, "", False),
        (3, 3, 2_500, 99, "", True),
        (3, 4, 2_500, 99, "", False),
        (3, 9, 500, 1, "same", False),
        (3, 9, 500, 2, "same", True),
    ],
)
def test_three_stories_with_one_text_are_one_page(same, others, length, headlines, title, doubted):
    """A short one under one title, or a long one that is half of what came, with several links."""
    text = words(length // 7)
    stories = fetched(same, text, headlines, title) + fetched(others)
    doubts = quarantine.batch_doubts(stories, State(), NOW)
    assert len(doubts) == (same if doubted else 0)


def failures(count: int, blame: str) -> tuple[Failure, ...]:
    """So many articles that gave no story."""
    return tuple(
        Failure(url=f"https://n.example/{n}", reason=Reason.of(Code.NOTE_INSTEAD), blame=blame)
        for n in range(count)
    )


@pytest.mark.parametrize(
    ("failed", "blame", "added", "same", "status"),
    [
        (3, "page", 0, 0, "quarantined"),
        (2, "page", 0, 0, "published"),
        (1, "site", 0, 0, "quarantined"),
        (3, "", 0, 0, "published"),
        (3, "page", 1, 0, "published"),
        (3, "page", 0, 1, "published"),
    ],
)
def test_a_section_is_doubted_where_all_that_came_is_doubtful(failed, blame, added, same, status):
    """Three articles in doubt and no good one, or one page of the whole site's."""
    report = Report(
        site="n",
        section="s",
        status="published",
        added=added,
        same=same,
        failures=failures(failed, blame),
    )
    judged = quarantine.judge_articles(report, State(status="published"))
    assert judged.status == status
    if status == "quarantined":
        assert (judged.doubted, judged.reason.more) == ("articles", failed - 1)


@pytest.mark.parametrize(
    ("status", "doubted", "after"),
    [
        ("quarantined", "articles", "quarantined"),
        ("quarantined", "listing", "published"),
        ("kept", "articles", "published"),
    ],
)
def test_a_doubt_about_articles_stays_until_one_is_good(status, doubted, after):
    """A run without articles clears up nothing."""
    state = State(status=status, doubted=doubted, reason=Reason.of(Code.NOTE_INSTEAD))
    report = Report(site="n", section="s", status="published")
    assert quarantine.judge_articles(report, state).status == after
    good = Report(site="n", section="s", status="published", changed=1)
    assert quarantine.judge_articles(good, state).status == "published"


@pytest.mark.parametrize(
    ("before", "again", "added", "had_none", "status"),
    [
        (State(failing=1), True, 0, True, "kept"),
        (State(failing=1), True, 0, False, "published"),
        (State(failing=1), False, 0, True, "published"),
        (State(failing=1), True, 1, True, "published"),
        (State(failing=1, reason=Reason.of(Code.ARTICLES_FAIL)), False, 0, True, "kept"),
        (State(failing=1, reason=Reason.of(Code.NO_STORY)), False, 0, True, "published"),
    ],
)
def test_one_article_that_fails_again_breaks_a_section_without_stories(
    before, again, added, had_none, status
):
    """It may have no third; one that is had ends it."""
    reason = Reason.of(Code.NO_STORY)
    failure = Failure(url="https://n.example/1", reason=reason, again=again, is_new=True)
    report = Report(site="n", section="s", status="published", added=added, failures=(failure,))
    assert quarantine.judge_articles(report, before, had_none=had_none).status == status
