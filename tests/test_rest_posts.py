"""WordPress's REST API: posts with their whole texts, and the pages where it does not give them."""

from __future__ import annotations

import json
import tomllib
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import feedparser
import pytest
from machine import run
from news_site import SENTENCES, article, listing
from selectolax.lexbor import LexborHTMLParser
from servers import Reply

from feedmaker.html import wordpress_rest

ROOT = "https://news.example/wp-json/"


def _tree(head: str) -> LexborHTMLParser:
    return LexborHTMLParser(f"<html><head>{head}</head><body></body></html>")


@pytest.mark.parametrize(
    ("head", "header", "root"),
    [
        ("<link rel='https://api.w.org/' href='/wp-json/'>", "", ROOT),
        ("", f'<{ROOT}>; rel="https://api.w.org/"', ROOT),
        ("", f'<https://x.example/>; rel=shortlink, <{ROOT}>; rel="https://api.w.org/"', ROOT),
        ("<link rel='https://api.w.org/' href='https://evil.example/wp-json/'>", "", ""),
        ("<link rel='alternate' href='/wp-json/'>", "<x", ""),
    ],
)
def test_a_page_names_its_api(head, header, root):
    """In its head or its header, and only one of its own site."""
    assert wordpress_rest.find_root(_tree(head), "https://news.example/sport/", header) == root


def test_a_page_names_which_posts_are_its_own():
    """By the object that it is the archive of."""
    link = "<link rel='alternate' title='JSON' type='application/json' href='{}'>"
    for address, query in [
        (f"{ROOT}wp/v2/categories/5", "categories=5"),
        ("/?rest_route=/wp/v2/tags/7", "tags=7"),
        (f"{ROOT}wp/v2/users/2", "author=2"),
        (f"{ROOT}wp/v2/posts/9", ""),
    ]:
        assert wordpress_rest.archive_query(_tree(link.format(address))) == query


def test_addresses_of_a_site_without_readable_ones():
    """The route stands in the query."""
    address = wordpress_rest.index_url("https://news.example/index.php?rest_route=/", "tags=7")
    assert address.startswith(
        "https://news.example/index.php?rest_route=/wp/v2/posts&tags=7&per_page=100&"
    )


@pytest.mark.parametrize(
    "data", [None, "text", {"code": "rest_no_route"}, [1, None], [{"id": "1"}], [{"id": 1}]]
)
def test_what_is_no_index_is_none(data):
    """An error, or whatever else comes."""
    assert wordpress_rest.read_index(data, ROOT) is None


@pytest.mark.parametrize(
    ("content", "whole"),
    [
        ({"rendered": "<p>" + "نص طويل " * 50 + "</p>"}, True),
        ({"rendered": "<p>" + "نص طويل " * 50 + "</p>", "protected": True}, False),
        ({"rendered": "<p>" + "نص طويل " * 50 + "[&hellip;]</p>\n"}, False),
        ({"rendered": "<p>" + "نص طويل " * 50 + "</p>[vc_row el_class='x']"}, False),
        ({"rendered": "<p>" + "نص " * 50 + '<a class="more-link" href="/">المزيد</a></p>'}, False),
        ({"rendered": ""}, False),
        (None, False),
    ],
)
def test_a_post_is_whole_or_not(content, whole):
    """Protected, cut, or with what a plugin would fill: its page has to complete it."""
    assert wordpress_rest.is_whole({"content": content}) is whole


# ---- whole runs


def _post(number: int, **changes: object) -> dict:
    """A post as the API gives it."""
    text = "".join(f"<p>{line} واجهة {number}.</p>" for line in SENTENCES)
    post = {
        "id": number,
        "link": f"/{number}-garden-opens-again.html",
        "date": "2026-11-20T13:00:00",
        "date_gmt": "2026-11-20T10:00:00",
        "modified_gmt": "2026-11-20T10:00:00",
        "title": {"rendered": f"افتتاح الحديقة رقم {number} &#8211; أمام الزوار بعد أعمال الصيانة"},
        "content": {"rendered": text, "protected": False},
        "excerpt": {"rendered": "<p>مقتطف</p>"},
        "_embedded": {
            "author": [{"id": 3, "name": "هدى مراد"}],
            "wp:featuredmedia": [{"source_url": f"https://pictures.example/{number}.jpg"}],
            "wp:term": [
                [{"name": "رياضة", "taxonomy": "category"}],
                [{"name": "حدائق", "taxonomy": "post_tag"}],
            ],
        },
    }
    return post | changes


class Api:
    """The posts of a category, an API for them, and the pages of the same."""

    def __init__(self, news) -> None:
        self.news, self.posts = news, {number: _post(number) for number in (1, 2, 3)}
        server = news.server
        self.put_page("<link rel='https://api.w.org/' href='/wp-json/'>")
        server.page("/wp-json/wp/v2/posts", self.answer)
        for number in self.posts:
            server.page(f"/{number}-garden-opens-again.html", article(number))

    def put_page(self, head: str) -> None:
        """The listing of the category, with this in its head."""
        page = listing(1, 2, 3)
        own = "<link rel='alternate' type='application/json' href='/wp-json/wp/v2/categories/5'>"
        body = page.body.replace(b"<html>", f"<html><head>{head}{own}</head>".encode())
        self.news.server.page("/all", replace(page, body=body))

    def answer(self, request) -> Reply:
        """What the API says of all posts, or of some by their ids."""
        asked = parse_qs(urlsplit(request.path).query)
        ids = [int(one) for one in asked["include"][0].split(",")] if "include" in asked else []
        posts = [post for number, post in self.posts.items() if not ids or number in ids]
        if not ids:
            assert asked.get("categories", ["5"]) == ["5"]
            names = asked["_fields"][0].split(",")
            posts = [{name: post[name] for name in names if name in post} for post in posts]
        return Reply(
            json.dumps(posts, ensure_ascii=False).encode(),
            headers={"Content-Type": "application/json; charset=UTF-8"},
        )

    def add(self, folder) -> dict:
        """What `add` writes of the category of this site."""
        server = self.news.server
        server.page("/", server.routes["/all"])
        server.page("/category/sport/", server.routes["/all"])
        server.page("/wp-json/wp/v2/categories", _categories())
        (folder / "config").mkdir()
        (folder / "config" / "feedmaker.toml").write_text("[fetch]\ndelay = 0\nretries = 0\n")
        run("add", server.url("/category/sport/"), "--yes", cwd=folder)
        written = folder / "config" / "sites" / "site.toml"
        return tomllib.loads(written.read_text("utf-8"))

    def run(self) -> object:
        """One run of a section by the API."""
        (report,) = self.news.run(source="wordpress")
        return report

    def entries(self) -> dict[str, str]:
        """The texts of the feed by the number of their story."""
        entries = feedparser.parse(self.news.path().read_bytes()).entries
        numbers = self.news.links()
        return {number: one.content[0].value for number, one in zip(numbers, entries, strict=True)}

    def asked(self) -> list[str]:
        """The paths that were asked for, whole posts by their ids."""
        found = []
        for path in self.news.server.paths():
            ids = parse_qs(urlsplit(path).query).get("include")
            found.append(f"include {ids[0]}" if ids else urlsplit(path).path)
        return found


INDEX = "/wp-json/wp/v2/posts"


@pytest.fixture
def api(news):
    """A site whose listing names a REST API."""
    return Api(news)


def test_stories_come_whole_in_one_request(api):
    """With title, authors, dates in UTC, section, tags and picture; no page of them is asked for."""
    report = api.run()
    assert (report.status, report.added, report.failures) == ("published", 3, ())
    assert api.asked()[:3] == ["/all", INDEX, "include 1,2,3"]
    assert not [path for path in api.asked() if "garden" in path]
    first = feedparser.parse(api.news.path().read_bytes()).entries[-1]
    assert first.title.startswith("افتتاح الحديقة رقم ")
    assert "–" in first.title
    assert first.author == "هدى مراد"
    assert first.published == "2026-11-20T10:00:00+00:00"
    assert {tag.term for tag in first.tags} == {"رياضة", "حدائق"}
    assert all(f"واجهة {number}" in text for number, text in api.entries().items())


def test_an_unchanged_section_costs_one_request(api):
    """The index alone, though the server knows no conditions."""
    api.run()
    api.news.now = api.news.now.replace(hour=13)
    assert api.run().status == "unchanged"
    assert api.asked() == [INDEX]


def test_only_new_and_changed_posts_are_asked_for(api):
    """In one request; a story keeps its id."""
    api.run()
    ids = {e.link: e.id for e in feedparser.parse(api.news.path().read_bytes()).entries}
    api.posts[2] = _post(
        2,
        modified_gmt="2026-11-22T12:30:00",
        content={"rendered": "<p>" + "نص صحح بعد النشر. " * 30 + "</p>"},
    )
    api.posts[4] = _post(4, date_gmt="2026-11-22T12:10:00", modified_gmt="2026-11-22T12:10:00")
    api.news.now = api.news.now.replace(hour=13)
    report = api.run()
    assert (report.added, report.changed) == (1, 1)
    assert api.asked()[:2] == [INDEX, "include 4,2"]
    assert "صحح" in api.entries()["2"]
    after = {e.link: e.id for e in feedparser.parse(api.news.path().read_bytes()).entries}
    assert all(after[link] == story for link, story in ids.items())


def test_what_the_api_cuts_or_strips_is_completed_from_the_page(api):
    """An empty body, a shortcode, a text behind a password, a demand to subscribe."""
    api.posts[1] = _post(1, content={"rendered": "", "protected": True})
    api.posts[2] = _post(2, content={"rendered": "<p>" + "نص " * 90 + "</p>[gallery ids='1']"})
    report = api.run()
    assert report.added == 3
    assert sorted(path for path in api.asked() if "garden" in path) == [
        "/1-garden-opens-again.html",
        "/2-garden-opens-again.html",
    ]
    texts = api.entries()
    assert "واجهة 3" in texts["3"]
    assert SENTENCES[0] in texts["1"]
    assert SENTENCES[0] in texts["2"]


@pytest.mark.parametrize(
    "closed",
    [
        Reply(b'{"code":"rest_forbidden"}', 401),
        Reply(b'{"code":"rest_no_route"}', headers={"Content-Type": "application/json"}),
        Reply(b"[]", headers={"Content-Type": "application/json"}),
        Reply(b"<html><body>403</body></html>", headers={"Content-Type": "text/html"}),
    ],
)
def test_a_closed_api_falls_back_to_the_pages_and_is_said(api, closed):
    """The feed is made of pages; `status` says why."""
    api.news.server.page(INDEX, closed)
    report = api.run()
    assert (report.status, report.added) == ("published", 3)
    assert "rest-closed" in [note.code for note in report.notes]
    assert SENTENCES[0] in api.entries()["1"]


def test_a_page_that_names_no_api_is_read_itself(api):
    """And that is said, too."""
    api.put_page("")
    report = api.run()
    assert report.added == 3
    assert "rest-closed" in [note.code for note in report.notes]


def test_an_api_that_moves_is_found_again(api):
    """Where it has no such posts any more, the page is asked anew."""
    api.run()
    api.news.server.page(INDEX, Reply(b'{"code":"rest_no_route"}', 404))
    api.news.now = api.news.now.replace(hour=13)
    assert "rest-closed" in [note.code for note in api.run().notes]
    api.put_page("<link rel='https://api.w.org/' href='/blog/wp-json/'>")
    api.news.server.page("/blog/wp-json/wp/v2/posts", api.answer)
    api.news.now = api.news.now.replace(hour=14)
    assert "rest-closed" not in [note.code for note in api.run().notes]
    assert api.asked()[:2] == ["/all", "/blog/wp-json/wp/v2/posts"]


def test_robots_txt_holds_for_the_api(api):
    """It is not asked where it is closed to robots."""
    rules = b"User-agent: *\nDisallow: /wp-json/\n"
    api.news.server.page("/robots.txt", Reply(rules, headers={"Content-Type": "text/plain"}))
    report = api.run()
    assert report.added == 3
    assert INDEX not in api.asked()


def test_posts_that_come_without_their_text_are_had_from_their_pages(api):
    """The answer for whole posts is an error."""
    index = api.answer

    def answer(request):
        return Reply(b"busy", 500) if "include" in request.path else index(request)

    api.news.server.page(INDEX, answer)
    report = api.run()
    assert report.added == 3
    assert SENTENCES[0] in api.entries()["3"]


def _categories() -> Reply:
    """What the API says of the site's categories."""
    found = [
        {"id": 5, "name": "رياضة &amp; شباب", "link": "/category/sport/", "count": 3},
        {"id": 6, "name": "لا شيء", "link": "/category/none/", "count": 0},
    ]
    return Reply(
        json.dumps(found).encode(), headers={"Content-Type": "application/json; charset=UTF-8"}
    )


@pytest.mark.slow
def test_add_takes_the_api_where_it_gives_the_same_stories_whole(api, tmp_path):
    """And says why; categories are sections, by their names."""
    made = api.add(tmp_path)
    assert [section["source"] for section in made["sections"]] == ["wordpress"]
    text = (tmp_path / "config" / "sites" / "site.toml").read_text("utf-8")
    assert "its REST API gives the same stories whole, 3 of 3 tried" in text
    (tmp_path / "config" / "sites" / "site.toml").unlink()
    out, _ = run("add", api.news.server.url("/"), "--list", cwd=tmp_path)
    assert "رياضة & شباب" in out
    assert "a category of its WordPress with 3 posts" in out
    assert "لا شيء" not in out


@pytest.mark.slow
@pytest.mark.parametrize(
    "changes",
    [
        {"content": {"rendered": "<p>" + "نص " * 90 + "[&#8230;]</p>\n"}},
        {"content": {"rendered": "<p>" + "نص قصير من الخبر. " * 14 + "</p>"}},
        {"link": "/another-story.html"},
    ],
)
def test_add_keeps_the_page_where_that_is_better(api, tmp_path, changes):
    """The API gives cut texts, shorter ones, or other stories."""
    api.posts = {number: _post(number, **changes) for number in api.posts}
    assert all("source" not in section for section in api.add(tmp_path)["sections"])
