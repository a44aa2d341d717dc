"""Stories are read again: after a change of rules, with another extractor, and by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from news_site import NOW, News, article, listing
from servers import Reply, Request, Server

from feedmaker import _version
from feedmaker.cli import main
from feedmaker.model import Rules
from feedmaker.policy import schedule

DAY = timedelta(days=1)
LINE = "تابعونا في القسم الدائم على الهاتف لقراءة كل ما يهمكم من أخبار المدينة والوطن والعالم."


@pytest.fixture
def news(tmp_path):
    """A site with three stories, whose pages say that they are what they were."""
    with Server() as server:
        found = News(server, tmp_path)
        server.page("/all", listing(3, 2, 1))
        for number in (1, 2, 3):
            whole = article(number)
            body = whole.body.replace(b"</article>", f"<p class='x9'>{LINE}</p></article>".encode())
            page = replace(whole, body=body, headers={**whole.headers, "ETag": '"a"'})

            def answer(request: Request, page: Reply = page) -> Reply:
                return Reply(b"", 304) if request.headers.get("if-none-match") else page

            server.page(f"/{number}-garden-opens-again.html", answer)
        found.run()
        server.requests.clear()
        yield found


def shown(news: News) -> int:
    """In how many stories the feed shows what the rule drops."""
    return news.path().read_text("utf-8").count("القسم الدائم")


def with_rule(news: News) -> None:
    """The site gets a rule."""
    news.site = replace(news.site, rules=Rules(drop=(".x9",)))


def test_a_changed_rule_reaches_the_stories_that_a_feed_shows(news):
    """At once and unconditionally; their dates stay, and they are asked for once."""
    assert shown(news) == 3
    before = news.path().read_text("utf-8")
    with_rule(news)
    news.now += timedelta(minutes=20)
    (report,) = news.run()
    assert (report.status, report.changed, shown(news)) == ("published", 3, 0)
    news.server.requests.clear()
    news.now += timedelta(minutes=20)
    (report,) = news.run()
    assert (report.changed, news.server.paths()) == (0, ["/all"])
    published = [line for line in before.splitlines() if "<published>" in line]
    assert published == [
        line for line in news.path().read_text("utf-8").splitlines() if "<published>" in line
    ]


def test_a_story_that_is_the_same_under_another_rule_keeps_its_dates(news):
    """The rule drops nothing: the feed does not change."""
    before = news.path().read_bytes()
    news.site = replace(news.site, rules=Rules(drop=(".nowhere",)))
    news.now += timedelta(minutes=20)
    (report,) = news.run()
    assert (report.changed, news.path().read_bytes()) == (0, before)
    assert len(news.server.paths()) == 4


def test_another_extractor_reads_the_stories_again_within_a_week(news, monkeypatch):
    """Each on its day of the week."""
    asked = []
    news.now += 3 * DAY  # the last check of their ages is past
    news.run()
    monkeypatch.setattr(schedule, "EXTRACTOR", _version.EXTRACTOR + 1)
    for _ in range(7):
        news.server.requests.clear()
        news.now += DAY
        news.run()
        asked += [path for path in news.server.paths() if path != "/all"]
    assert len(asked) == len(set(asked)) == 3


@pytest.mark.parametrize(
    ("was", "read", "is_stale"),
    [
        ("1 a", "1 a", False),
        ("1 a", "1 b", True),
        ("0", "1 a", "that day"),
        ("1 a", "2 a", "that day"),
        ("1 a", "2 b", True),
    ],
)
def test_rules_count_at_once_and_extractors_on_one_day_of_a_week(was, read, is_stale):
    """A story of which nothing is known has its day, too."""
    days = [schedule.is_read_otherwise("urn:x", was, read, NOW + day * DAY) for day in range(7)]
    if is_stale == "that day":
        assert sum(days) == 1
    else:
        assert set(days) == {is_stale}


def test_build_again_reads_all_one_site_or_one_article_again(tmp_path, capsys, monkeypatch):
    """Whatever they were read with; what no section has is told."""
    with Server() as server:
        news = News(server, tmp_path)
        news.publish(2, 1)
        monkeypatch.chdir(tmp_path)
        sites = tmp_path / "config" / "sites"
        sites.mkdir(parents=True)
        (tmp_path / "config" / "feedmaker.toml").write_text("", "utf-8")
        (sites / "news.toml").write_text(
            f'name = "الموقع"\nhome = "{server.url("/")}"\n[fetch]\ndelay = 0\n[[sections]]\n'
            f'slug = "all"\ntitle = "كل شيء"\nurls = ["{server.url("/all")}"]\n',
            "utf-8",
        )

        def asked(*options: str) -> list[str]:
            server.requests.clear()
            with pytest.raises(SystemExit, match="0"):
                main(["build", *options])
            return sorted(path for path in server.paths() if "garden" in path)

        both = ["/1-garden-opens-again.html", "/2-garden-opens-again.html"]
        assert asked() == both
        assert asked() == []
        assert asked("--again") == both
        assert asked("--again", "news") == both
        assert asked("--again", server.url(both[0])) == both[:1]
        with pytest.raises(SystemExit, match="2"):
            main(["build", "--again", server.url("/none")])
        assert "no section has this article" in capsys.readouterr().err
        with pytest.raises(SystemExit, match="2"):
            main(["build", "--again", "nowhere"])
        assert "no such site" in capsys.readouterr().err
