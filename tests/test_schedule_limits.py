"""The schedule at its thresholds: what holds at the last moment, and no longer a second after."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from feedmaker.model import (
    Link,
    ListedLink,
    Report,
    Rhythm,
    Section,
    State,
    StoredLink,
    Story,
)
from feedmaker.policy import schedule, selection

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
SECOND, MINUTE, HOUR, DAY = (
    timedelta(**{unit: 1}) for unit in ("seconds", "minutes", "hours", "days")
)
SECTION = Section(slug="s", title="S", items=3, max_age=30)
URL = "https://news.example/1"


def stored_link(**fields: object) -> StoredLink:
    """A link first seen now."""
    known = {"url": URL, "key": "news.example/1", "story": "urn:1", "first_seen": NOW}
    return StoredLink(**{**known, "title": "عنوان القائمة", **fields})


def story(**fields: object) -> Story:
    """A story with a title and a text."""
    return Story(**{"url": URL, "title": "عنوان", "text": "نص الخبر", **fields})


def looks(*links: Link, known: int = 0, now: datetime = NOW) -> list[ListedLink]:
    """What is decided of the links on a section's first run; the stories of the first are known."""
    listed = [
        ListedLink(link=one, key=one.url, title=one.title, is_stored=place < known)
        for place, one in enumerate(links)
    ]
    return selection.judge_links(listed, SECTION, first_run=True, now=now)


def test_a_link_is_old_after_max_age_and_not_before():
    """Thirty days are within thirty days."""
    last = Link(url="https://news.example/1", published=NOW - 30 * DAY)
    late = Link(url="https://news.example/2", published=NOW - 30 * DAY - SECOND)
    assert [look.next_check is not None for look in looks(last, late)] == [True, False]


def test_stories_had_already_leave_less_room_on_a_first_run():
    """Of three items two are known: one link is fetched."""
    links = [Link(url=f"https://news.example/{n}") for n in range(3)]
    due = [look.next_check is not None for look in looks(*links, known=2)]
    assert due == [False, False, True]
    assert not any(look.next_check for look in looks(*links, known=3))


def test_first_seen_times_are_whole_seconds():
    """All stores keep them as they are."""
    (look,) = looks(Link(url=URL), now=NOW + timedelta(microseconds=5))
    assert look.first_seen == look.next_check == NOW


def test_a_check_that_is_due_now_is_this_one():
    """The next one is the next age's, not the same again."""
    ages = (1, 6, 24)
    assert schedule.next_check(NOW, 1, ages, NOW + 6 * HOUR) == NOW + 24 * HOUR
    assert schedule.next_check(NOW, 1, ages, NOW + 6 * HOUR - SECOND) == NOW + 6 * HOUR


@pytest.mark.parametrize(
    ("failures", "minutes"), [(0, 5), (1, 20), (2, 80), (3, 320), (4, 1280), (5, 1440), (99, 1440)]
)
def test_each_failure_makes_the_pause_four_times_as_long(failures, minutes):
    """From five minutes to a day."""
    assert schedule.retry_at(stored_link(failures=failures), NOW) == NOW + minutes * MINUTE


def test_a_failed_article_is_given_up_after_two_weeks():
    """At two weeks it is tried for the last time, and not before the twelfth."""
    assert schedule.retry_at(stored_link(first_seen=NOW - 14 * DAY, failures=11), NOW)
    late = stored_link(first_seen=NOW - 14 * DAY - SECOND, failures=11)
    assert schedule.retry_at(late, NOW) is None
    assert schedule.retry_at(replace(late, failures=10), NOW)


@pytest.mark.parametrize(
    ("status", "digest", "age", "may"),
    [
        (404, "", timedelta(0), True),
        (404, "", 6 * HOUR - SECOND, True),
        (404, "", 6 * HOUR, False),
        (410, "", timedelta(0), False),
        (None, "", timedelta(0), False),
        (404, "d", timedelta(0), False),
    ],
)
def test_an_article_that_is_not_found_may_come_for_six_hours(status, digest, age, may):
    """Unless it is gone for good, or was there before."""
    link = stored_link(digest=digest, first_seen=NOW - age)
    assert schedule.may_still_come(link, status, NOW) is may


def test_a_picture_is_asked_for_on_two_later_days():
    """Three times in all."""
    again = [schedule.ask_picture_again(tries, NOW) for tries in range(4)]
    assert again == [NOW + DAY, NOW + DAY, None, None]


@pytest.mark.parametrize(
    ("ahead", "believed"), [(10 * MINUTE, True), (10 * MINUTE + SECOND, False)]
)
def test_a_date_may_be_ten_minutes_ahead(ahead, believed):
    """Clocks differ by no more."""
    kept = schedule.settle(story(published=NOW + ahead), stored_link(), None, NOW)
    assert (kept.published == NOW + ahead) is believed
    assert believed or kept.published == NOW


@pytest.mark.parametrize(
    ("modified", "updated"),
    [(NOW, NOW), (NOW + SECOND, NOW - HOUR), (NOW - HOUR + SECOND, NOW - HOUR + SECOND)],
)
def test_a_page_may_have_been_modified_now_and_no_later(modified, updated):
    """Between publication and now it is believed."""
    new = story(published=NOW - HOUR, modified=modified)
    assert schedule.settle(new, stored_link(), None, NOW).updated == updated


def test_a_story_keeps_what_is_its_own():
    """Title, picture, first-seen time and the categories of its copies."""
    page = story(html='<p><img alt="" src="https://n.example/?a=1&amp;b=2"></p>')
    first = schedule.settle(page, stored_link(first_seen=NOW - HOUR), None, NOW)
    assert (first.title, first.image) == ("عنوان", "https://n.example/?a=1&b=2")
    assert (first.first_seen, first.also, first.published) == (NOW - HOUR, (), NOW - HOUR)
    named = schedule.settle(story(image="https://n.example/a.jpg"), stored_link(), None, NOW)
    assert named.image == "https://n.example/a.jpg"
    copied = selection.joined(first, story(category="رياضة"))
    again = schedule.settle(page, stored_link(), copied, NOW + HOUR)
    assert (again.first_seen, again.also, again.updated) == (
        NOW - HOUR,
        ("رياضة",),
        NOW + HOUR,
    )


def test_a_story_is_never_updated_before_it_was_published():
    """Also where its date is a little ahead of us."""
    old = story(published=NOW + 5 * MINUTE, updated=NOW - HOUR, first_seen=NOW - HOUR)
    kept = schedule.settle(story(text="نص آخر"), stored_link(), old, NOW)
    assert kept.updated == kept.published == NOW + 5 * MINUTE


def test_a_category_is_joined_once():
    """Whatever its spelling, and an empty one never."""
    base = story(category="رياضة", also=("فن",))
    for known in ("رياضه", "فن", "", None):
        assert selection.joined(base, story(category=known)) is base
    assert selection.joined(base, story(category="اقتصاد")).also == ("فن", "اقتصاد")


def test_a_filter_by_category_knows_those_of_copies():
    """A story is of each category that it stands under."""
    section = Section(slug="s", title="S", category=("فن",))
    assert selection.shows(section, story(category="رياضة", also=("فن",)))
    assert not selection.shows(section, story(category="رياضة"))


def report(status: str, links: int | None = None) -> Report:
    """A section's outcome."""
    return Report(site="n", section="s", status=status, links=links, doubted="")


@pytest.mark.parametrize(("passed", "told"), [(DAY - SECOND, False), (DAY, True)])
def test_a_reminder_comes_after_a_day(passed, told):
    """Not a second earlier; the time since which it is broken stays."""
    before = State(status="kept", since=NOW - 3 * DAY, told=NOW - passed, links=7)
    after = schedule.after_run(before, report("kept"), NOW)
    assert (after.told == NOW) is told
    assert (after.since, after.links, after.good_at) == (NOW - 3 * DAY, 7, None)


@pytest.mark.parametrize(("ahead", "moves"), [(10 * MINUTE, False), (10 * MINUTE + SECOND, True)])
def test_what_broke_in_the_future_breaks_now(ahead, moves):
    """The clock was ahead and was set back."""
    before = State(status="kept", since=NOW + ahead, told=NOW)
    assert (schedule.after_run(before, report("kept"), NOW).since == NOW) is moves
    waiting = State(status="kept", since=NOW + ahead, next_poll=NOW + DAY, asked_with="a")
    assert schedule.is_backing_off(waiting, "a", NOW) is not moves


def test_a_good_section_keeps_the_time_since_which_it_is_good():
    """And has the links of its last listing."""
    before = State(status="unchanged", since=NOW - DAY, links=7)
    after = schedule.after_run(before, report("published", 9), NOW)
    assert (after.since, after.told, after.good_at, after.links) == (NOW - DAY, None, NOW, 9)


@pytest.mark.parametrize(
    ("changes", "waits"),
    [
        ({}, True),
        ({"next_poll": NOW + SECOND}, True),
        ({"next_poll": NOW}, False),
        ({"next_poll": None}, False),
        ({"asked_with": "other"}, False),
        ({"status": "published"}, False),
    ],
)
def test_a_broken_section_is_left_alone_until_its_time(changes, waits):
    """A new configuration is tried at once."""
    known = {"status": "kept", "since": NOW - DAY, "told": NOW - DAY, "next_poll": NOW + HOUR}
    state = State(**{**known, "asked_with": "a", **changes})
    assert schedule.is_backing_off(state, "a", NOW) is waits


@pytest.mark.parametrize(
    ("broken", "asked", "pause"),
    [
        (30 * HOUR, None, HOUR),
        (30 * DAY, None, 6 * HOUR),
        (30 * HOUR, 2 * HOUR, 2 * HOUR),
        (30 * HOUR, MINUTE, HOUR),
    ],
)
def test_the_longer_it_is_broken_the_longer_it_is_left_alone(broken, asked, pause):
    """A thirtieth of that time, six hours at most, and as long as the server asks for."""
    state = State(status="kept", since=NOW - broken)
    after = schedule.with_backoff(state, "a", NOW, asked and NOW + asked)
    assert (after.next_poll, after.asked_with) == (NOW + pause, "a")


def test_a_good_section_is_asked_in_every_run():
    """Nothing holds it back."""
    state = State(status="published", since=NOW - DAY, next_poll=NOW + DAY)
    assert schedule.with_backoff(state, "a", NOW).next_poll is None


def test_four_stories_make_a_rhythm():
    """Of three pauses one is usual. What is published now counts, what is a minute ahead does not."""
    found = schedule.rhythm([NOW - n * HOUR for n in range(4)], NOW)
    assert found == Rhythm(usual=HOUR, longest=HOUR, quiet=timedelta(0))
    assert schedule.rhythm([NOW - n * HOUR for n in (-1, 0, 1, 2)], NOW) is None
    same_minute = [NOW - n * HOUR + s * SECOND for n in (1, 2, 3) for s in (0, 59)]
    assert schedule.rhythm(same_minute, NOW) is None


def test_a_rhythm_is_that_of_the_newest_fifty():
    """What was before says little of today."""
    fifty = [NOW - n * HOUR for n in range(50)]
    assert schedule.rhythm([*fifty, NOW - 999 * HOUR], NOW).longest == HOUR
    assert schedule.rhythm([*fifty[:49], NOW - 999 * HOUR], NOW).longest == 951 * HOUR


@pytest.mark.parametrize(
    ("usual", "least", "pause"),
    [
        (None, 15, 15),
        (60, 15, 30),
        (120, 15, 60),
        (600, 15, 60),
        (10, 15, 15),
        (600, 90, 90),
    ],
)
def test_workers_wait_half_the_usual_pause(usual, least, pause):
    """At most an hour, and at least what is configured."""
    known = usual and Rhythm(usual=usual * MINUTE, longest=DAY, quiet=HOUR)
    assert schedule.worker_pause(known, least * MINUTE) == pause * MINUTE


@pytest.mark.parametrize("step", [15, 30, 60, 120, 240, 720, 1440])
def test_a_feed_says_the_step_below_its_rhythm(step):
    """A section that writes every half hour is worth asking every half hour."""
    steps = [15, 15, 30, 60, 120, 240, 720, 1440]
    times = {pause: [NOW - n * pause * MINUTE for n in range(9)] for pause in (step, step - 1)}
    assert schedule.ttl(times[step]) == step
    assert schedule.ttl(times[step - 1]) == steps[steps.index(step, 1) - 1]


@pytest.mark.parametrize(
    ("was", "days"),
    [("1 a", 1), ("2 a", 0), ("2 b", 7), ("1 b", 7)],
)
def test_another_extractor_reads_on_one_day_of_the_week_and_other_rules_on_all(was, days):
    """What a story was read with is the extractor's version and a digest of the rules."""
    week = [NOW + timedelta(days=day) for day in range(7)]
    assert sum(schedule.is_read_otherwise("urn:x", was, "2 a", now) for now in week) == days
