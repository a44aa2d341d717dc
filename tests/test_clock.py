"""A clock that was wrong: what it left is corrected once it is right."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import feedparser
import pytest
from news_site import NOW, News, article
from servers import Reply, Server, html

from feedmaker import extract
from feedmaker import store as store_module
from feedmaker.model import Page
from feedmaker.pipeline import page_work
from feedmaker.store import Store
from feedmaker.store.sqlite import Sqlite

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@pytest.fixture
def news(tmp_path):
    """A site with a section of three stories, dated on their pages and in the listing or not."""
    with Server() as server:
        yield News(server, tmp_path)


def publish(news: News, *dates: datetime | None, listed: bool = False) -> None:
    """Publish a story of each date, the first one on top; the listing is the same for ever."""
    rows = ""
    for number, at in enumerate(dates, 1):
        to, shown = f"/{number}-garden-opens-again.html", ""
        page = article(number, date=at.isoformat() if at else "")
        if at and listed:
            shown = f'<time datetime="{at.isoformat()}">{at:%d/%m/%Y}</time>'
        news.server.page(to, page)
        title = f"افتتاح الحديقة رقم {number} أمام الزوار بعد أعمال صيانة طويلة"
        rows += f'<li><h3><a href="{to}">{title}</a></h3>{shown}</li>'
    whole = html(f"<main><ul>{rows}</ul></main>", ETag='"a"')

    def answer(request: object) -> Reply:
        return Reply(b"", 304) if request.headers.get("if-none-match") else whole

    news.server.page("/all", answer)


def run(news: News, at: datetime, **changes: object) -> object:
    """One run at a time of the clock."""
    news.now = at
    (report,) = news.run(**changes)
    return report


def published(news: News) -> list[datetime]:
    """The dates in the feed, in its order."""
    entries = feedparser.parse(news.path().read_bytes()).entries
    return [datetime.fromisoformat(entry.published) for entry in entries]


def test_undated_stories_of_a_clock_that_was_ahead_are_of_now(news):
    """Once, and in their order."""
    publish(news, None, None, None)
    run(news, NOW + 400 * DAY)
    assert min(published(news)) > NOW + 399 * DAY
    run(news, NOW)
    corrected = published(news)
    assert corrected == sorted(corrected, reverse=True)
    assert NOW - HOUR < min(corrected) <= max(corrected) <= NOW
    assert news.links() == ["1", "2", "3"]
    run(news, NOW + HOUR)
    assert published(news) == corrected


def test_a_dated_story_keeps_its_date_when_the_clock_was_ahead(news):
    """Only what the clock said is corrected."""
    dates = [NOW - n * HOUR for n in (1, 2, 3)]
    publish(news, *dates)
    run(news, NOW + 400 * DAY)
    run(news, NOW)
    assert published(news) == dates


def test_links_that_were_too_old_for_a_clock_ahead_are_fetched(news):
    """Though the listing is what it was."""
    publish(news, *(NOW - n * DAY for n in (1, 2, 3)), listed=True)
    run(news, NOW + 60 * DAY, max_age=30.0)
    report = run(news, NOW)
    assert (report.added, len(published(news))) == (3, 3)


def test_known_articles_are_checked_again_after_a_clock_ahead(news):
    """Not when its far future has come."""
    publish(news, NOW - HOUR)
    run(news, NOW + 400 * DAY)
    news.server.page("/1-garden-opens-again.html", article(1, text="بعد التصحيح "))
    assert run(news, NOW + 2 * HOUR).changed == 1


def test_an_article_that_failed_under_a_clock_ahead_is_not_given_up(news):
    """It looked a year old then."""
    publish(news, NOW - HOUR)
    page = news.server.routes["/1-garden-opens-again.html"]
    news.server.page("/1-garden-opens-again.html", Reply(b"", 500))
    run(news, NOW)
    run(news, NOW + 366 * DAY)
    news.server.page("/1-garden-opens-again.html", page)
    assert run(news, NOW + DAY).added == 1


def test_stories_of_a_clock_that_was_behind_get_their_pages_dates(news):
    """All of them lay in its future; then their dates stay."""
    dates = [NOW - n * HOUR for n in (1, 2, 3)]
    publish(news, *dates)
    run(news, NOW - 700 * DAY)
    assert max(published(news)) < NOW - 699 * DAY
    run(news, NOW)
    assert published(news) == dates
    run(news, NOW + HOUR)
    assert published(news) == dates


@pytest.mark.parametrize("ahead", [3 * DAY, 20 * HOUR])
def test_a_page_that_was_dated_too_late_keeps_the_time_it_was_seen(news, ahead):
    """The clock was right: another page says so, or a mistake in the zone explains it."""
    publish(news, NOW + ahead, NOW - HOUR)
    run(news, NOW)
    before = published(news)
    for at in (NOW + 2 * HOUR, NOW + 2 * DAY, NOW + 9 * DAY):
        run(news, at)
        assert published(news) == before


def test_the_only_story_of_a_run_that_was_dated_too_late_stays_where_it_was(news):
    """The day of its date is met by a clock that goes on as ever, so it was no clock behind."""
    publish(news, NOW + 3 * DAY)
    run(news, NOW)
    before = published(news)
    for at in (NOW + 2 * DAY, NOW + 3 * DAY + HOUR, NOW + 9 * DAY):
        run(news, at)
        assert published(news) == before


@pytest.mark.parametrize("days", [3, 400, 9000])
def test_a_page_read_by_a_clock_that_is_behind_keeps_its_date_for_later(news, days):
    """However far behind; the public function gives none that lies in the future."""
    page = Page(
        url=news.server.url("/1-garden-opens-again.html"),
        content=b"",
        utf8=article(1, date=NOW.isoformat()).body,
        fetched_at=NOW - days * DAY,
    )
    read = page_work.read_article(page, news.site, "")
    assert read.story.published == NOW
    assert extract(page.utf8, page.url, now=page.fetched_at).published is None


def test_a_host_s_far_pause_and_a_section_s_far_turn_count_as_now(where):
    """Times further ahead than the longest rule."""
    with Store(where) as store:
        store.sections.add([("news", "all"), ("news", "other")])
        store.sections.set_due("news", "all", NOW + 300 * DAY, 60)
        store.sections.set_due("news", "other", NOW + HOUR, 60)
        assert store.sections.due("news", NOW) == {"all": NOW + 300 * DAY}
        assert store.sections.due_sites(NOW) == ["news"]


def test_workers_go_by_the_clock_of_their_database(postgres, monkeypatch):
    """One whose machine is two years behind notes and reads the same times as the others."""
    url = postgres.url()
    with Store(url) as store:
        assert store.clock_ahead == timedelta(0)
        store.pauses["n.example"] = 1_000_000.0

    class Behind(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:
            assert tz is UTC
            return datetime.now(UTC) - 730 * DAY

    monkeypatch.setattr("feedmaker.store.postgres.datetime", Behind)
    monkeypatch.setattr(store_module, "datetime", Behind)
    with Store(url) as store:
        assert abs(store.now() - datetime.now(UTC)) < timedelta(minutes=1)
        there = store.pauses.get("n.example")
        assert there == pytest.approx(1_000_000 - 730 * DAY.total_seconds(), abs=60)
        store.pauses["other.example"] = there
        store.robots["https://n.example"] = ("", there)
    monkeypatch.undo()
    with Store(url) as store:
        assert store.pauses.get("other.example") == pytest.approx(1_000_000, abs=60)
        assert store.robots.get("https://n.example")[1] == pytest.approx(1_000_000, abs=60)


@pytest.mark.parametrize("hours", [-5, 5])
def test_a_pause_that_a_host_asks_for_counts_from_the_clock_of_the_database(
    news, monkeypatch, hours
):
    """By a worker's own, which is five hours off, the host would be left alone for five hours."""
    ahead = hours * HOUR
    monkeypatch.setattr(Sqlite, "clock_ahead", ahead)
    news.server.page("/all", Reply(status=429, headers={"Retry-After": "600"}))
    (report,) = news.run()
    wanted = datetime.now(UTC) + ahead + timedelta(seconds=600)
    assert abs(report.next_poll - wanted) < timedelta(minutes=2)
