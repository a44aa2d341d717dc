"""A section of which nothing comes any more is broken, and a challenge is told from other refusals."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from news_site import NOW, News, article
from servers import Reply, Server

from feedmaker.model import Code, Failure, Reason, Report, State
from feedmaker.policy import quarantine, schedule

STATUS = Reason.of(Code.STATUS, status=403)
CHALLENGE = (
    "<html><head><title>Just a moment...</title></head><body><script>window._cf_chl_opt={}</script>"
    "<h1>news.example</h1><p>Enable JavaScript and cookies to continue</p></body></html>"
)


@pytest.fixture
def news(tmp_path):
    """A site, and how it refuses articles."""
    with Server() as server:
        site = News(server, tmp_path)

        def refuse(*numbers, body="<h1>Forbidden</h1>", status=403):
            for number in numbers:
                path = f"/{number}-garden-opens-again.html"
                server.page(
                    path, Reply(body.encode(), status, headers={"Content-Type": "text/html"})
                )

        site.refuse = refuse
        yield site


def failures(count, *, reason=STATUS, first=True, is_new=True):
    """Articles that failed."""
    return tuple(
        Failure(url=f"https://n.example/{n}", reason=reason, first=first, is_new=is_new)
        for n in range(count)
    )


@pytest.mark.parametrize(
    ("before", "failed", "added", "status", "failing"),
    [
        (0, failures(3), 0, "kept", 3),
        (0, failures(2), 0, "unchanged", 2),
        (2, failures(1), 0, "kept", 3),
        (2, failures(5, first=False), 0, "unchanged", 2),
        (2, failures(5, is_new=False), 0, "unchanged", 2),
        (7, (), 0, "kept", 7),
        (7, failures(5), 1, "unchanged", 0),
    ],
)
def test_three_new_articles_that_fail_in_a_row_break_a_section(
    before, failed, added, status, failing
):
    """Over one run or several; one that is had ends it."""
    report = Report(site="n", section="s", status="unchanged", failures=failed, added=added)
    judged = quarantine.judge_articles(report, State(failing=before))
    assert (judged.status, judged.failing) == (status, failing)
    after = schedule.after_run(State(failing=before), judged, NOW)
    assert after.failing == failing


def test_the_commonest_reason_is_told_once():
    """In place of a line for each article; a failure that is no article's stays."""
    other = Reason.of(Code.NO_STORY)
    listing = Failure(url="https://n.example/all", reason=STATUS)
    failed = (*failures(1, reason=other), *failures(3), listing)
    report = Report(site="n", section="s", status="unchanged", failures=failed)
    judged = quarantine.judge_articles(report, State())
    assert str(judged.reason) == (
        "its last 4 new articles failed: status 403, such as https://n.example/0"
    )
    assert judged.reason.remedy == STATUS.remedy != ""
    assert judged.failures == (listing,)
    again = Report(site="n", section="s", status="unchanged")
    still = quarantine.judge_articles(again, State(failing=4, reason=judged.reason))
    assert still.reason == judged.reason
    others = tuple(replace(one, url=f"{one.url}/b") for one in failures(3))
    more = Report(site="n", section="s", status="unchanged", failures=others)
    after = quarantine.judge_articles(more, State(failing=4, reason=judged.reason)).reason
    assert (after.url, after.kind) == (judged.reason.url, judged.reason.kind)


def test_a_failure_of_the_listing_forgets_no_failing_articles():
    """They count on once the listing is there again."""
    report = Report(site="n", section="s", status="kept", reason=STATUS)
    state = State(failing=4, reason=Reason.of(Code.ARTICLES_FAIL, count=4, why=""))
    after = schedule.after_run(state, report, NOW)
    again = quarantine.judge_articles(Report(site="n", section="s", status="unchanged"), after)
    assert (again.status, str(again.reason)) == ("kept", "its last 4 new articles failed")


def test_a_section_whose_new_articles_are_all_refused_is_broken_until_one_is_had(news):
    """Its known stories stay in the feed."""
    news.publish(1, 2)
    (report,) = news.run()
    assert (report.good, news.links()) == (True, ["1", "2"])
    for hour, numbers in enumerate(((3, 2, 1), (4, 3, 2, 1), (5, 4, 3, 2, 1)), start=1):
        news.publish(*numbers)
        news.refuse(*numbers[:-2])
        news.now += timedelta(hours=hour)
        (report,) = news.run()
    assert (report.status, report.reason.code) == ("kept", Code.ARTICLES_FAIL)
    assert sorted(news.links()) == ["1", "2"]
    news.now += timedelta(hours=30)
    news.server.page("/5-garden-opens-again.html", article(5))
    (report,) = news.run()
    assert (report.good, sorted(news.links())) == (True, ["1", "2", "5"])


@pytest.mark.parametrize("count", [1, 6])
def test_no_first_feed_without_a_story(news, count):
    """Where articles fail a file without any tells readers nothing."""
    numbers = range(count, 0, -1)
    news.publish(*numbers)
    news.refuse(*numbers)
    (report,) = news.run()
    assert report.good is (count < 3)
    assert not news.path().exists()
    news.publish(*numbers)
    news.now += timedelta(hours=30)
    news.run()
    assert len(news.links()) == count


@pytest.mark.parametrize("status", [403, 429, 503])
def test_a_challenge_is_told_from_other_refusals(news, status):
    """By the page that comes with the refusal, of an article and of a listing."""
    news.publish(1)
    news.refuse(1, body=CHALLENGE, status=status)
    news.site = replace(news.site, fetch=replace(news.site.fetch, timeout=1))
    (report,) = news.run()
    (failure,) = report.failures
    assert failure.reason == Reason.of(Code.CHALLENGED, status=status)


def test_a_listing_behind_a_challenge_says_so(news):
    """Its section fails with it."""
    news.publish(1)
    news.server.page("/all", Reply(CHALLENGE.encode(), 403, headers={"Content-Type": "text/html"}))
    (report,) = news.run()
    assert report.reason.code == Code.CHALLENGED
    news.server.page("/all", Reply(b"<h1>Forbidden</h1>", 403))
    news.now += timedelta(hours=30)
    (report,) = news.run()
    assert report.reason.code == Code.STATUS


def test_a_new_address_of_a_known_story_is_an_article_that_is_had(news):
    """A section is not called broken for ever where new addresses give what it has."""
    news.publish(1, 2)
    news.run()
    news.publish(5, 4, 3, 2, 1)
    news.refuse(3, 4, 5)
    news.now += timedelta(hours=1)
    (report,) = news.run()
    assert report.reason.code == Code.ARTICLES_FAIL
    news.publish(7, 6, 5, 4, 3)
    news.refuse(3, 4, 5)
    for number, same in ((6, 1), (7, 2)):
        news.server.page(f"/{number}-garden-opens-again.html", article(same))
    news.now += timedelta(hours=2)
    (report,) = news.run()
    assert (report.good, report.added, report.known) == (True, 0, 2)


@pytest.mark.parametrize("delay", [600, 100_000, "1e300"])
def test_no_first_feed_where_a_host_leaves_no_time_for_a_story(news, delay):
    """It is told with the delay, until a later run has had one."""
    news.publish(1, 2)
    news.server.page("/robots.txt", Reply(f"User-agent: *\nCrawl-delay: {delay}\n".encode()))
    for _ in range(2):
        (report,) = news.run()
        assert (report.status, report.reason.code) == ("kept", Code.CRAWL_DELAY)
        assert not news.path().exists()
        news.now += timedelta(hours=1)


def test_a_section_of_few_articles_that_all_fail_again_is_broken(news):
    """It may have no third; it stays so until one is had, also in runs that ask for none."""
    news.publish(1, 2)
    news.refuse(1, 2)
    (report,) = news.run()
    assert report.good
    for hours in (3, 0.1):
        news.now += timedelta(hours=hours)
        (report,) = news.run()
        assert (report.status, report.reason.code) == ("kept", Code.ARTICLES_FAIL)
        assert not news.path().exists()
    news.publish(1, 2)
    news.now += timedelta(hours=30)
    (report,) = news.run()
    assert (report.good, sorted(news.links())) == (True, ["1", "2"])


def test_no_first_feed_while_all_articles_wait(news):
    """Another section of the site used up `max_new`; the next run has room for it."""
    news.limit(max_new=2)
    news.publish(1, 2)
    news.publish(3, 4, path="/other")
    (first,) = news.site.sections
    other = replace(first, slug="other", urls=(news.server.url("/other"),))
    news.site = replace(news.site, sections=(first, other))
    reports = news.run()
    assert [(one.good, one.waiting) for one in reports] == [(True, 0), (True, 2)]
    assert not news.path("other").exists()
    news.run()
    assert sorted(news.links("other")) == ["3", "4"]
