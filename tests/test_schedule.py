"""Decisions: pure functions of what is known and of `now`."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedmaker.model import (
    Code,
    Link,
    ListedLink,
    Note,
    Reason,
    Report,
    Section,
    State,
    StoredLink,
    Story,
)
from feedmaker.policy import schedule, selection

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
SECOND = timedelta(seconds=1)
SECTION = Section(slug="s", title="S", items=3, max_age=30)


def link(name: str, days: float | None = None) -> Link:
    """A link, dated so many days before now."""
    dated = None if days is None else NOW - timedelta(days=days)
    return Link(url=f"https://news.example/{name}", title=name, published=dated)


def seen(**how: object) -> StoredLink:
    """A link first seen an hour ago."""
    usual = {"url": "https://n.example/1", "key": "n.example/1", "story": "urn:1", "title": "عنوان"}
    return StoredLink(**{**usual, "first_seen": NOW - HOUR, **how})


def story(**how: object) -> Story:
    """A story with a title and a text."""
    return Story(**{"url": "https://n.example/1", "title": "عنوان", "text": "نص الخبر", **how})


def listed(*links: Link, **known: object) -> list[ListedLink]:
    """Links of a listing, each with what its section knows of it."""
    return [ListedLink(link=one, key=one.url, title=one.title, **known) for one in links]


def wanted(links: list[ListedLink], section: Section = SECTION, *, first_run: bool) -> list[bool]:
    """Which of new links are due."""
    noted = selection.judge_links(links, section, first_run=first_run, now=NOW)
    return [one.next_check is not None for one in noted]


def test_the_first_run_takes_the_newest_items_and_notes_the_rest():
    """Of a long listing the first `items` are due at once; the others are known and not fetched."""
    links = listed(*(link(name) for name in "abcde"))
    assert wanted(links, first_run=True) == [True, True, True, False, False]


def test_later_runs_take_every_new_link():
    """After a silence more links than `items` may be new, and none is passed over."""
    assert all(wanted(listed(*(link(name) for name in "abcde")), first_run=False))


def test_what_was_not_wanted_is_once_there_is_room():
    """`items` or `max_age` was raised, or the clock was wrong: links without a story are due."""
    links = listed(*(link(name) for name in "abcde"))
    noted = selection.judge_links(links, SECTION, first_run=True, now=NOW)
    known = [replace(one, is_noted=True) for one in noted]
    assert selection.judge_links(known, SECTION, first_run=False, now=NOW) == []
    roomy = replace(SECTION, items=4)
    (again,) = selection.judge_links(known, roomy, first_run=False, now=NOW + HOUR)
    assert (again.link.url, again.next_check) == (link("d").url, NOW + HOUR - 3 * SECOND)
    assert again.first_seen == NOW - 3 * SECOND


def test_an_article_that_was_given_up_is_not_wanted_again():
    """It was tried; another site's tries say nothing."""
    given_up = listed(link("a"), is_noted=True, is_tried=True, seen=f"{NOW:%Y-%m-%d}")
    assert selection.judge_links(given_up, SECTION, first_run=False, now=NOW) == []


def test_a_corrected_headline_makes_its_article_due_three_times_at_most():
    """Another spelling corrects nothing; a listing with another headline in each run neither."""
    known = {"is_noted": True, "is_stored": True, "first_seen": NOW, "seen": f"{NOW:%Y-%m-%d}"}
    (one,) = listed(replace(link("a"), title="عنوان جديد"), **known)
    assert selection.judge_links([one], SECTION, first_run=False, now=NOW) == []
    spelled = replace(one, title="عنوان جديد !")
    assert selection.judge_links([spelled], SECTION, first_run=False, now=NOW) == []
    for times in range(5):
        before = replace(one, title="عنوان قديم", retitled=times)
        (*after,) = selection.judge_links([before], SECTION, first_run=False, now=NOW)
        corrected = replace(one, retitled=times + 1, next_check=NOW)
        assert after == ([corrected] if times < 3 else [])


def test_links_older_than_max_age_are_noted_and_leave_room_for_others():
    """An old link is never due, and does not count among the first run's items; with 0 there is no
    limit.
    """
    links = listed(
        link("new", 1), link("old", 31), link("edge", 29), link("undated"), link("late", 2)
    )
    assert wanted(links, first_run=True) == [True, False, True, True, False]
    unlimited = replace(SECTION, max_age=0)
    assert wanted(links, unlimited, first_run=True) == [True, True, True, False, False]


def test_first_seen_times_keep_the_order_of_the_list():
    """The first link of a list is the newest by a second, so undated stories stay in order."""
    links = listed(*(link(name) for name in "abc"))
    noted = selection.judge_links(links, SECTION, first_run=True, now=NOW)
    times = [one.first_seen for one in noted]
    assert times == [NOW, NOW - SECOND, NOW - 2 * SECOND]


def test_a_list_that_begins_with_the_oldest_is_turned_round():
    """By its dates, or by the numbers in its addresses; one that is nearly so, too."""
    numbered = [Link(url=f"https://n.example/news/{1000 + n}") for n in range(12)]
    dated = [Link(url=f"https://n.example/{n:x}", published=NOW - n * HOUR) for n in range(12)]
    pinned = [numbered[-1], *numbered[:-1]]
    nine_of_ten = [numbered[1], numbered[0], *numbered[2:11]]
    by_day = [f"2026/11/{1 + n // 3:02}/garden-{7 * n % 5}-opens" for n in range(12)]
    in_folders = [f"{n}/cup-2030" for n in range(991, 1003)]
    arabic = [
        f"%D9%A1%D9%A2{escape}" for escape in ("%D9%A3", "%D9%A4", "%D9%A5", "%D9%A6", "%D9%A7")
    ]
    by_path = [
        [Link(url=f"https://n.example/{path}") for path in paths]
        for paths in (by_day, in_folders, arabic)
    ]
    short = [numbered[7], *numbered[:7]]
    for newest_last in (numbered, dated[::-1], pinned, nine_of_ten, short, *by_path):
        noted = selection.judge_links(listed(*newest_last), SECTION, first_run=True, now=NOW)
        assert noted[0].link == newest_last[-1]
    mixed = [numbered[place * 5 % 12] for place in range(12)]
    one_day = [Link(url=f"https://n.example/2026/11/03/x{n}") for n in range(12)]
    two_fall = [numbered[7], numbered[6], *numbered[:6]]
    reversed_paths = [links[::-1] for links in by_path]
    for newest_first in (
        numbered[::-1],
        dated,
        mixed,
        numbered[:4],
        one_day,
        two_fall,
        *reversed_paths,
    ):
        noted = selection.judge_links(listed(*newest_first), SECTION, first_run=True, now=NOW)
        assert noted[0].link == newest_first[0]


def test_a_known_article_is_asked_again_at_1_6_and_24_hours_and_never_after():
    """Each check leads to the next age; the last one to none."""
    first, at, ages, asked = NOW, NOW, (1, 6, 24), []
    for checks in range(5):
        at = schedule.next_check(first, checks, ages, at)
        if at is None:
            break
        asked.append((at - first) / HOUR)
    assert asked == [1, 6, 24]


def test_checks_missed_while_nothing_ran_are_not_made_up_for():
    """After three days of silence one check is made, not three."""
    late = NOW + 72 * HOUR
    assert schedule.next_check(NOW, 0, (1, 6, 24), late) > late
    assert schedule.next_check(NOW, 1, (1, 6, 24), late) is None


def test_age_zero_asks_once_more_at_once():
    """The demo's `recheck = [0]` means the next run, not this one again, and no further one."""
    assert schedule.next_check(NOW, 0, (0,), NOW) == NOW + timedelta(seconds=1)
    assert schedule.next_check(NOW, 1, (0,), NOW) is None


def test_pauses_after_failures_grow_to_a_day_and_end_after_two_weeks():
    """A failed article is tried again ever more rarely, and given up in the end."""
    pauses = [schedule.retry_at(seen(failures=n), NOW) - NOW for n in range(9)]
    assert pauses == sorted(pauses)
    assert pauses[0] == timedelta(minutes=5)
    assert pauses[-1] == timedelta(days=1)
    late = seen(first_seen=NOW - timedelta(days=15), failures=11)
    assert schedule.retry_at(late, NOW) is None


def test_the_server_may_ask_for_a_longer_pause():
    """Retry-After is kept across runs."""
    assert schedule.retry_at(seen(), NOW, NOW + 3 * HOUR) == NOW + 3 * HOUR
    assert schedule.retry_at(seen(), NOW, NOW + timedelta(seconds=1)) == NOW + timedelta(minutes=5)


@pytest.mark.parametrize(
    ("published", "shown"),
    [
        (NOW - 5 * HOUR, NOW - 5 * HOUR),
        (None, NOW - HOUR),
        (NOW + timedelta(minutes=5), NOW + timedelta(minutes=5)),
        (NOW + 2 * HOUR, NOW - HOUR),
    ],
)
def test_a_story_without_a_date_or_from_the_future_has_the_first_seen_time(published, shown):
    """The page's date is shown where it makes sense, give or take the clocks; else when the link
    was first seen.
    """
    settled = schedule.settle(story(published=published), seen(), None, NOW)
    assert settled.published == shown
    assert settled.updated == shown
    assert settled.id == "urn:1"


def test_dates_and_id_of_a_changed_story_never_move():
    """A correction changes `updated` alone, whatever date the page gives this time."""
    old = schedule.settle(story(published=NOW - 5 * HOUR), seen(), None, NOW - HOUR)
    new = schedule.settle(story(text="نص آخر", published=NOW - 2 * HOUR), seen(), old, NOW)
    assert (new.id, new.published, new.first_seen) == (old.id, old.published, old.first_seen)
    assert new.updated == NOW


def test_updated_is_the_page_s_own_modification_time_where_it_makes_sense():
    """Between publication and now it is believed; before or after it is not."""
    base = story(published=NOW - 5 * HOUR)
    told = [NOW - 3 * HOUR, NOW - 9 * HOUR, NOW + HOUR]
    updated = [
        schedule.settle(replace(base, modified=at), seen(), None, NOW).updated for at in told
    ]
    assert updated == [NOW - 3 * HOUR, NOW - 5 * HOUR, NOW - 5 * HOUR]
    old = schedule.settle(base, seen(), None, NOW - HOUR)
    assert (
        schedule.settle(replace(base, modified=NOW - 2 * HOUR), seen(), old, NOW).updated
        == NOW - 2 * HOUR
    )


def test_a_story_without_a_title_has_the_link_s():
    """What the listing called it is better than nothing."""
    assert (
        schedule.settle(story(title=""), seen(title="من القائمة"), None, NOW).title == "من القائمة"
    )


def test_an_edit_is_a_change_and_an_advert_or_a_spelling_of_marks_is_none():
    """Words count; pictures, markup, diacritics, tatweel and digit shapes do not."""
    old = story(text="قال المتحدث إن العدد 12", html="<p>a</p>", image="https://n.example/a.jpg")
    assert not schedule.replaces(replace(old, html="<p>b</p>", image=None, tags=("x",)), old)
    assert not schedule.replaces(replace(old, text="قال المتحدّث إنّ العـــدد ١٢"), old)
    assert schedule.replaces(replace(old, text="قال المتحدث إن العدد 13"), old)
    assert schedule.replaces(replace(old, title="عنوان آخر"), old)


def test_a_teaser_never_takes_the_place_of_a_text():
    """A login wall met later does not cost the story that was had."""
    assert not schedule.replaces(story(text="", teaser=True), story())
    assert schedule.replaces(story(), story(text="", teaser=True))


def test_the_beginning_of_a_text_does_not_take_the_place_of_the_whole():
    """A page that came in part, or a paywall that lets a paragraph through; shortened it may be."""
    whole = story(text="قال المتحدث إن العدد كبير.\nوأضاف أن العمل يبدأ غدا في المدينة.")
    half = len(whole.text) // 2
    beginning = replace(whole, text=whole.text[: half - 1])
    assert not schedule.replaces(beginning, whole)
    assert not schedule.replaces(replace(beginning, text="قال المتحدّث"), whole)
    assert schedule.replaces(beginning, whole, again=True)
    assert schedule.replaces(whole, beginning)
    assert schedule.replaces(replace(whole, text=whole.text[: half + 3]), whole)
    assert schedule.replaces(replace(beginning, text="قال المصدر"), whole)
    assert schedule.replaces(replace(beginning, title="عنوان آخر"), whole)
    assert schedule.replaces(replace(beginning, text=""), whole)


@pytest.mark.parametrize(
    ("keys", "shown"),
    [
        ({}, True),
        ({"include": ("كأس",)}, True),
        ({"include": ("كاس",)}, True),
        ({"include": ("قرعة", "بطولة")}, True),
        ({"include": ("كرة",)}, False),
        ({"exclude": ("كأس العالم",)}, False),
        ({"exclude": ("عالم",)}, False),
        ({"exclude": ("عال",)}, True),
        ({"category": ("رياضه",)}, True),
        ({"category": ("اقتصاد", "فن")}, False),
    ],
)
def test_filters_go_by_whole_words_of_the_title_and_by_category(keys, shown):
    """Spelling variants are one word, and so is one behind the article; a part of a word is none."""
    section = replace(SECTION, **keys)
    assert (
        selection.shows(section, story(title="قرعة كأس العالم تسحب اليوم", category="رياضة"))
        is shown
    )


@pytest.mark.parametrize(
    ("title", "wanted"), [("قرعة كأس العالم", True), ("أسعار النفط", False), ("", True)]
)
def test_a_link_passes_the_words_of_its_section_by_its_title(title, wanted):
    """One without a title passes: its page will tell."""
    one = Link(url="https://n.example/1", title=title)
    assert selection.wants(replace(SECTION, include=("كأس",)), one) is wanted


def report(status: str, reason: str = "", *notes: Reason) -> Report:
    """A section's outcome."""
    return Report(
        site="n",
        section="s",
        status=status,
        reason=reason,
        links=5 if status != "kept" else None,
        notes=notes,
    )


def test_a_person_is_told_when_a_section_fails_twice_daily_after_and_when_it_heals():
    """One line at each turn and a reminder a day between: cron stays quiet otherwise."""
    outcomes = ["published", "kept", *["kept"] * 30, "unchanged", "unchanged"]
    state, told = State(), []
    for hour, status in enumerate(outcomes):
        after = schedule.after_run(state, report(status, "HTTP 500"), NOW + hour * HOUR)
        if schedule.is_told(state, after):
            told.append(hour)
        state = after
    assert told == [2, 26, 32]
    assert state.since == NOW + 32 * HOUR
    assert state.links == 5
    assert state.good_at == NOW + 33 * HOUR


def test_a_first_run_that_fails_is_told():
    """There is no last good run to compare with, and it is broken all the same."""
    after = schedule.after_run(State(), report("kept", "x"), NOW)
    assert (after.status, after.since, after.told) == ("kept", NOW, NOW)
    assert schedule.is_told(State(), after)


def test_one_failure_is_no_news_and_neither_is_its_end():
    """A blip between two good runs is told to nobody, also where an older store noted a time."""
    good = State(status="unchanged", since=NOW - HOUR, told=NOW - HOUR, good_at=NOW - HOUR)
    blip = schedule.after_run(good, report("kept", "x"), NOW)
    over = schedule.after_run(blip, report("unchanged"), NOW + HOUR)
    assert (blip.since, over.since) == (NOW, NOW + HOUR)
    assert not schedule.is_told(good, blip)
    assert not schedule.is_told(blip, over)


@pytest.mark.parametrize(("minutes", "told"), [(59, False), (60, True)])
def test_a_failure_that_is_not_tried_again_is_told_after_an_hour(minutes, told):
    """A server that asks for a long pause; a run that leaves the section alone is no second failure."""
    broken = State(status="kept", since=NOW, good_at=NOW - HOUR)
    later = NOW + timedelta(minutes=minutes)
    after = schedule.after_run(broken, report("kept", "x"), later, asked=False)
    assert schedule.is_told(broken, after) is told


def test_notes_are_told_like_sections_and_what_is_only_worth_knowing_never():
    """A page beside the listing that fails, and a copy that was joined."""
    failing = Reason(Code.STATUS, (("status", 500),), url="https://n.example/2")
    copy = Reason(Code.COPY, (("original", "https://n.example/a"),), url="https://n.example/b")
    state, news, over = State(), [], []
    for hour in range(40):
        notes = (failing,) if hour < 30 else ()
        found = report("unchanged", "", *notes, *((copy,) if hour == 3 else ()))
        after = schedule.after_run(state, found, NOW + hour * HOUR)
        told, ended = schedule.told_notes(state, after)
        news += [(hour, reason) for reason in told]
        over += [(hour, reason) for reason in ended]
        assert (copy in [note.reason for note in after.notes]) is (3 <= hour < 27)
        state = after
    assert news == [(1, failing), (25, failing)]
    assert over == [(30, failing)]
    assert state.notes == ()


def test_a_note_of_a_clock_that_was_ahead_begins_anew():
    """It would not be told for years."""
    failing = Reason(Code.STATUS, (("status", 500),), url="https://n.example/2")
    ahead = State(notes=(Note(failing, NOW + 900 * HOUR, NOW + 900 * HOUR),))
    after = schedule.after_run(ahead, report("unchanged", "", failing), NOW)
    assert after.notes == (Note(failing, NOW),)
    left = schedule.after_run(after, report("kept", "x"), NOW)
    assert left.notes == after.notes


@given(
    st.lists(st.floats(0, 1000), max_size=5, unique=True).map(sorted),
    st.integers(0, 6),
    st.floats(0, 2000).map(lambda hours: NOW + timedelta(hours=hours)),
)
def test_the_next_check_is_one_of_the_ages(ages, checks, now):
    """Never a time that the configuration does not name, and never one that has passed but the
    first.
    """
    at = schedule.next_check(NOW, checks, ages, now)
    named = [NOW + timedelta(hours=age) for age in ages]
    assert at is None or at > now
    assert (
        at is None
        or at in named
        or (at == now + timedelta(seconds=1) and any(age < at for age in named))
    )


# ---- a section's rhythm


def times(*hours_ago: float) -> list[datetime]:
    """Instants so many hours before now."""
    return [NOW - timedelta(hours=h) for h in hours_ago]


def test_the_rhythm_is_the_usual_and_the_longest_pause():
    """A paper that writes hourly by day and sleeps at night has an hour, a night, and how long it
    has been quiet.
    """
    found = schedule.rhythm(times(3, 2, 4, 14, 15, 16, 17), NOW)
    assert (found.usual, found.longest, found.quiet) == (HOUR, 10 * HOUR, 2 * HOUR)
    assert not found.overdue


def test_a_section_is_overdue_by_its_own_rhythm():
    """Three days are long for a daily section and nothing for a weekly one."""
    daily, weekly = times(72, 96, 120, 144, 168), times(72, 240, 408, 576)
    assert schedule.rhythm(daily, NOW).overdue
    assert not schedule.rhythm(weekly, NOW).overdue


def test_nothing_is_said_of_too_few_stories():
    """A batch of undated stories, a second apart, is one beat; a date in the future is none."""
    batch = [NOW - timedelta(seconds=n) for n in range(50)]
    assert schedule.rhythm(batch, NOW) is None
    assert schedule.rhythm(times(1, 2, 3, -5), NOW) is None
    assert schedule.rhythm([], NOW) is None


@pytest.mark.parametrize(
    ("pause", "minutes"), [(0.05, 15), (0.6, 30), (1, 60), (5, 240), (20, 720), (200, 1440)]
)
def test_a_feed_is_worth_asking_for_as_often_as_its_section_writes(pause, minutes):
    """In a few steps, and the same at any time of asking."""
    assert schedule.ttl([NOW - timedelta(hours=n * pause) for n in range(20)]) == minutes


def test_a_new_feed_is_worth_asking_for_every_hour():
    """Nothing is known of its rhythm."""
    assert schedule.ttl([]) == schedule.ttl([NOW]) == 60


@given(
    st.lists(
        st.datetimes(timezones=st.just(UTC), max_value=NOW.replace(tzinfo=None)),
        max_size=80,
    )
)
def test_the_rhythm_does_not_depend_on_the_order(stories):
    """The store's order is one, a page's another."""
    assert schedule.rhythm(stories, NOW) == schedule.rhythm(reversed(stories), NOW)
