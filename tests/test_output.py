"""What goes out beside the feeds over real HTTP: pictures described, months archived, the hub told."""

from __future__ import annotations

import asyncio
import time
from dataclasses import replace
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs

import feedparser
import pytest
from lxml import etree
from news_site import News, article, listing
from servers import Reply, Server, html

from feedmaker.model import Code, Reason
from feedmaker.model.errors import PageError
from feedmaker.output import section_files
from feedmaker.store import Store

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def news(tmp_path):
    """A site with three articles."""
    with Server() as server:
        site = News(server, tmp_path)
        site.settings = replace(site.settings, base_url="https://feeds.example/")
        site.publish(3, 2, 1)
        yield site


# ---- lead pictures


def pictured(number: int, image: str, title: str = "") -> Reply:
    """An article with a lead picture."""
    page = article(number, title=title)
    head = f'<head><meta property="og:image" content="{image}">'.encode()
    return replace(
        page,
        body=page.body.replace(b"<head>", head),
        headers={"Content-Type": "text/html; charset=utf-8"},
    )


def enclosures(news: News) -> dict[str, tuple[str, str]]:
    """Type and length of the enclosures of the feed, by the name of the picture."""
    entries = feedparser.parse(news.path().read_bytes()).entries
    return {e.enclosures[0].href.rsplit("/", 1)[1]: (e.enclosures[0].type, e.enclosures[0].length)
            for e in entries if e.enclosures}  # fmt: skip


def jpeg(size: int, **headers: str) -> Reply:
    """A picture of that many bytes."""
    return Reply(
        b"\xff\xd8\xff" + b"x" * (size - 3), headers={"Content-Type": "image/jpeg", **headers}
    )


def test_pictures_are_described_by_their_servers_and_asked_once(news):
    """Type and length come from the server, by HEAD; what is no picture or not there is no
    enclosure.
    """
    for number, reply in ((1, jpeg(4711)), (2, html("<p>لا صورة</p>")), (3, Reply(b"", 404))):
        news.server.page(f"/{number}.jpg", reply)
        news.server.page(
            f"/{number}-garden-opens-again.html",
            pictured(number, news.server.url(f"/{number}.jpg")),
        )
    (report,) = news.run()
    assert report.good
    assert enclosures(news) == {"1.jpg": ("image/jpeg", "4711")}
    asked = [(r.method, r.path) for r in news.server.requests if r.path.endswith(".jpg")]
    assert sorted(asked) == [("HEAD", "/1.jpg"), ("HEAD", "/2.jpg"), ("HEAD", "/3.jpg")]
    before = news.path().read_bytes()
    (report,) = news.run()
    assert (report.status, news.server.paths()) == ("unchanged", ["/all"])
    assert news.path().read_bytes() == before


def test_a_server_without_head_is_asked_for_the_first_byte(news):
    """The whole length is in Content-Range; the picture itself is never fetched."""

    def answer(request):
        if request.method == "HEAD":
            return Reply(b"", 405)
        assert request.headers["range"] == "bytes=0-0"
        return Reply(
            b"\xff", 206, {"Content-Type": "image/webp", "Content-Range": "bytes 0-0/98765"}
        )

    news.server.page("/lead.webp", answer)
    news.server.page("/1-garden-opens-again.html", pictured(1, news.server.url("/lead.webp")))
    news.run()
    assert enclosures(news) == {"lead.webp": ("image/webp", "98765")}


def test_a_picture_at_a_private_address_is_never_asked_for(news):
    """A page cannot make us knock on doors of our own network."""
    with Server() as other:
        other.page("/secret.jpg", jpeg(100))
        address = other.url("/secret.jpg").replace("127.0.0.1", "127.0.0.2")
        news.server.page("/1-garden-opens-again.html", pictured(1, address))
        (report,) = news.run()
        assert (report.good, other.requests, enclosures(news)) == (True, [], {})


def test_a_picture_that_fails_is_tried_again_on_the_next_days_and_then_no_more(news):
    """Found later, it is in the feed then; after three tries nobody asks."""
    news.server.page("/1.jpg", Reply(b"", 503))
    news.server.page("/1-garden-opens-again.html", pictured(1, news.server.url("/1.jpg")))
    news.server.page("/2-garden-opens-again.html", pictured(2, news.server.url("/2.jpg")))
    news.run()
    assert enclosures(news) == {}
    news.now += timedelta(days=2)
    news.server.page("/1.jpg", jpeg(500))
    news.run()
    assert enclosures(news) == {"1.jpg": ("image/jpeg", "500")}
    for _ in range(3):
        news.now += timedelta(days=2)
        news.run()
    assert "/2.jpg" not in news.server.paths()


def test_slow_pictures_do_not_hold_up_the_feed(news, monkeypatch):
    """What is not had in time waits for the next run."""
    monkeypatch.setattr("feedmaker.pipeline.section._PICTURE_SECONDS", 0.3)

    def slow(_):
        time.sleep(1)
        return jpeg(100)

    news.server.page("/1.jpg", slow)
    news.server.page("/1-garden-opens-again.html", pictured(1, news.server.url("/1.jpg")))
    (report,) = news.run()
    assert (report.status, sorted(news.links()), enclosures(news)) == (
        "published",
        ["1", "2", "3"],
        {},
    )
    news.server.page("/1.jpg", jpeg(100))
    news.run()
    assert enclosures(news) == {"1.jpg": ("image/jpeg", "100")}


# ---- archives


def links(data: bytes) -> dict[str, str]:
    """The links of a feed, by relation."""
    return {
        link.get("rel"): link.get("href") for link in etree.fromstring(data).findall(f"{ATOM}link")
    }


def dated(number: int, day: str, text: str = "") -> Reply:
    """An article of that day."""
    return article(number, date=f"{day}T10:00:00+00:00", text=text)


def months(news: News) -> list[str]:
    """The names of the archives."""
    return sorted(path.name for path in (news.folder / "out/news/archive").glob("*.xml"))


def page_back(news: News) -> list[str]:
    """The ids that a subscriber has who follows `prev-archive` from the live feed to the end."""
    found, path = [], news.path()
    while path:
        data = path.read_bytes()
        found += [entry.id for entry in feedparser.parse(data).entries]
        previous = links(data).get("prev-archive", "")
        path = (
            news.folder / "out" / previous.removeprefix("https://feeds.example/")
            if previous
            else None
        )
    return found


def fill(news: News, days: dict[int, str]) -> None:
    """Put articles of these days on the site, the highest number first in the listing."""
    numbers = sorted(days, reverse=True)
    news.server.page("/all", listing(*numbers))
    for number in numbers:
        news.server.page(f"/{number}-garden-opens-again.html", dated(number, days[number]))


DAYS = {
    1: "2026-08-03",
    2: "2026-08-20",
    3: "2026-10-01",
    4: "2026-10-30",
    5: "2026-11-02",
    6: "2026-11-20",
}


def test_a_subscriber_pages_back_through_everything(news):
    """The live feed stays small; month by month the archives hold every story that ever was, once."""
    fill(news, DAYS)
    news.run(items=50)
    assert months(news) == []
    news.run(items=3)
    assert news.links() == ["6", "5", "4"]
    assert months(news) == ["all-2026-08.atom.xml", "all-2026-10.atom.xml"]
    assert len(set(page_back(news))) == len(DAYS)
    august = links((news.folder / "out/news/archive/all-2026-08.atom.xml").read_bytes())
    assert august["next-archive"] == "https://feeds.example/news/archive/all-2026-10.atom.xml"
    assert "prev-archive" not in august
    october = (news.folder / "out/news/archive/all-2026-10.atom.xml").read_bytes()
    assert links(october) == {
        "self": "https://feeds.example/news/archive/all-2026-10.atom.xml",
        "current": "https://feeds.example/news/all.atom.xml",
        "prev-archive": "https://feeds.example/news/archive/all-2026-08.atom.xml",
        "alternate": news.server.url("/all"),
    }
    assert [entry.title.split()[3] for entry in feedparser.parse(october).entries] == ["4", "3"]


def test_only_the_months_that_changed_are_written_again(news):
    """A correction rewrites its month and no other; a new story none, while the live feed or an
    archive has all.
    """
    fill(news, DAYS)
    news.run(items=50)
    news.run(items=2)
    folder = news.folder / "out/news/archive"

    def times() -> dict[str, int]:
        return {path.name: path.stat().st_mtime_ns for path in sorted(folder.glob("*.xml"))}

    before = times()
    assert list(before) == ["all-2026-08.atom.xml", "all-2026-10.atom.xml"]
    fill(news, DAYS | {7: "2026-11-21"})
    news.run()
    november = times()
    fill(news, DAYS | {7: "2026-11-21", 8: "2026-11-22"})
    news.run()
    written = {name for name, at in november.items() if at != before.get(name)}
    assert written == {
        "all-2026-10.atom.xml",
        "all-2026-11.atom.xml",
    }  # October has another after it now
    assert times() == november
    assert len(set(page_back(news))) == len(DAYS) + 2
    news.server.page("/3-garden-opens-again.html", dated(3, DAYS[3], text="تصحيح "))
    news.now += timedelta(hours=2)
    (report,) = news.run()
    assert report.changed == 1
    assert [name for name, at in times().items() if at != november[name]] == [
        "all-2026-10.atom.xml"
    ]
    assert "تصحيح" in (folder / "all-2026-10.atom.xml").read_text("utf-8")


def test_a_filter_holds_for_archives_too(news):
    """What a section does not show it never showed."""
    fill(news, DAYS)
    news.server.page(
        "/1-garden-opens-again.html",
        article(1, date="2026-08-03T10:00:00Z", title="خسارة ثقيلة للفريق"),
    )
    news.run(items=50)
    news.run(items=1, exclude=("خسارة",))
    assert len(set(page_back(news))) == len(DAYS) - 1


def test_archives_of_a_lost_store_are_not_cut_short(news):
    """A store that was begun anew knows fewer stories; the file that has more stays."""
    fill(news, DAYS)
    news.run(items=50)
    news.run(items=1)
    august = news.folder / "out/news/archive/all-2026-08.atom.xml"
    whole = august.read_bytes()
    for left in (*news.folder.glob("store.sqlite*"), news.folder / "out/news/archive/.all.made"):
        left.unlink()
    fill(news, {n: day for n, day in DAYS.items() if n != 1})
    news.run(items=50)
    news.run(items=1)
    assert august.read_bytes() == whole


# ---- the hub


class Hub(ThreadingHTTPServer):
    """A WebSub hub that notes what it is told, and answers as it is told to."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Pinged)
        self.told: list[dict[str, list[str]]] = []
        self.status = 204
        self.seen_files: list[bool] = []
        self.path = None
        Thread(target=self.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.server_port}/hub"


class _Pinged(BaseHTTPRequestHandler):
    server: Hub

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.told.append(parse_qs(body.decode()))
        self.server.seen_files.append(bool(self.server.path and self.server.path.exists()))
        self.send_response(self.server.status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def hub():
    """A hub on loopback."""
    with Hub() as server:
        yield server
        server.shutdown()


def topics(hub: Hub) -> list[str]:
    """The feeds that the hub was told of since last asked."""
    found = sorted(told["hub.url"][0] for told in hub.told)
    assert all(told["hub.mode"] == ["publish"] for told in hub.told)
    hub.told.clear()
    return found


FEEDS = [f"https://feeds.example/news/all.{end}" for end in ("atom.xml", "json", "rss.xml")]


def test_the_hub_is_told_of_changed_feeds_only_after_they_are_out(news, hub):
    """Each file by its address, once; nothing of an unchanged run; the feeds name the hub."""
    news.settings = replace(news.settings, hub=hub.url)
    hub.path = news.path()
    news.run()
    assert (topics(hub), set(hub.seen_files)) == (FEEDS, {True})
    news.run()
    assert topics(hub) == []
    news.publish(4, 3, 2, 1)
    news.run()
    assert topics(hub) == FEEDS
    assert links(news.path().read_bytes())["hub"] == hub.url


def test_a_hub_that_fails_fails_nothing_and_is_told_again(news, hub):
    """The run is good and its feeds are out; the next run tells what the hub has not taken."""
    news.settings = replace(news.settings, hub=hub.url)
    hub.status = 500
    (report,) = news.run()
    assert (report.good, news.path().exists(), topics(hub)) == (True, True, FEEDS)
    hub.status = 202
    news.run()
    assert topics(hub) == FEEDS
    news.run()
    assert topics(hub) == []


def test_a_hub_that_is_not_there_fails_nothing(news, hub):
    """A refused connection is no failure of the run."""
    news.settings = replace(news.settings, hub=hub.url)
    hub.shutdown()
    hub.server_close()
    (report,) = news.run()
    assert report.good
    news.settings = replace(news.settings, hub="")
    (report,) = news.run()
    assert report.good


# ---- how sections fare


def test_the_status_page_changes_when_a_section_breaks_and_when_it_heals(news):
    """And at no other time: a run that finds it as it was writes nothing."""
    page = news.folder / "out/status.html"
    news.run()
    good = page.read_bytes()
    news.server.page("/all", Reply(b"", 404))
    news.now += timedelta(minutes=20)
    (report,) = news.run()
    assert not report.good
    news.now += timedelta(minutes=20)
    news.run()  # the second failure is the one that a person is told of
    broken = page.read_bytes()
    assert f'<a class="page" href="{report.reason.url}"' in broken.decode()
    assert report.reason.words() in broken.decode()
    at = page.stat().st_mtime_ns
    for _ in range(3):
        news.now += timedelta(minutes=20)
        news.run()
    assert (page.read_bytes(), page.stat().st_mtime_ns) == (broken, at)
    news.publish(3, 2, 1)
    news.now += timedelta(days=2)
    (report,) = news.run()
    assert report.good
    assert page.read_bytes() not in (good, broken)
    assert "works again" in page.read_text("utf-8")


def test_one_story_that_cannot_be_shown_is_left_out_and_named_and_holds_nothing_back(tmp_path):
    """Whatever goes wrong with it; it is named as long as the feed is without it."""

    async def work(url, job, *arguments):
        if any("/2-" in story.url for story in arguments[0].stories):
            raise PageError(url, Reason.of(Code.BUG, text="ValueError('odd')"))
        return job(*arguments)

    with Server() as server:
        news = News(server, tmp_path)
        news.publish(3, 2, 1)
        news.run()
        settings = replace(news.settings, out=str(tmp_path / "other"))
        (section,) = news.site.sections
        with Store(settings.store) as store:
            reports = [
                asyncio.run(
                    section_files.publish_feed(settings, news.site, section, store, work=work)
                )
                for _ in range(2)
            ]
    assert [report.status for report in reports] == ["published", "unchanged"]
    for report in reports:
        (note,) = report.notes
        assert (note.code, "/2-" in note.url, "odd" in str(note)) == (Code.LEFT_OUT, True, True)
    feed = feedparser.parse((tmp_path / "other/news/all.atom.xml").read_bytes())
    assert sorted(entry.link.rsplit("/")[-1][:2] for entry in feed.entries) == ["1-", "3-"]


def test_what_all_stories_have_in_common_is_no_story_s_fault(tmp_path):
    """Then the last good feed stays, and the section fails."""

    async def work(url, *_):
        raise PageError(url, Reason.of(Code.BUG, text="ValueError('odd')"))

    with Server() as server:
        news = News(server, tmp_path)
        news.publish(3, 2, 1)
        news.run()
        good = news.path().read_bytes()
        news.publish(4, 3, 2, 1)
        settings = replace(news.settings, base_url="https://feeds.example/")
        (section,) = news.site.sections
        with Store(settings.store) as store, pytest.raises(PageError):
            asyncio.run(section_files.publish_feed(settings, news.site, section, store, work=work))
        assert news.path().read_bytes() == good


def test_an_alternative_text_that_looks_like_an_address_holds_no_feed_back(tmp_path):
    """`src=` and quotes in the words of a picture."""
    with Server() as server:
        news = News(server, tmp_path)
        for number, alt in (
            (1, "صورة src="),
            (2, "a' src='x"),
            (3, "http://[x src="),
            (4, "&quot; src=&quot;//["),
        ):
            page = article(number).body.replace(
                b"<p>", f'<p><img src="/p.jpg" alt="{alt}"></p><p>'.encode(), 1
            )
            server.page(f"/{number}-garden-opens-again.html", html_page(page))
        server.page("/all", listing(4, 3, 2, 1))
        (report,) = news.run()
        assert (report.status, report.added, report.notes) == ("published", 4, report.notes)
        assert len(feedparser.parse(news.path().read_bytes()).entries) == 4


def html_page(body: bytes) -> Reply:
    """A page as it is."""
    return Reply(body, headers={"Content-Type": "text/html; charset=utf-8"})
