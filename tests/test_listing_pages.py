"""The further pages of a listing: read where more may be new behind the first."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from news_site import article, listing
from servers import Reply

from feedmaker.listing import next_address


def _page(numbers, number: int) -> Reply:
    """A page of a listing, with links to its neighbours."""
    links = "".join(f'<a href="/all?page={n}">{n}</a> ' for n in (1, 2, 3, 4, 5) if n != number)
    page = listing(*numbers)
    body = page.body.replace(b"</main>", f'</main><ul class="latest">{links}</ul>'.encode())
    return replace(page, body=body)


@pytest.fixture
def archive(news):
    """A section of five pages with four stories each, the newest first."""

    def put(newest: int) -> None:
        numbers = list(range(newest, newest - 20, -1))

        def answer(request):
            number = int(request.path.partition("page=")[2] or 1)
            return _page(numbers[4 * number - 4 : 4 * number], number)

        news.server.page("/all", answer)
        for number in numbers:
            news.server.page(f"/{number}-garden-opens-again.html", article(number))

    news.put = put
    put(120)
    return news


def _listings(news) -> list[str]:
    return [path for path in news.server.paths() if path.startswith("/all")]


def test_a_first_run_reads_as_many_pages_as_it_may(archive):
    """`max_listing_pages`, three of five."""
    (report,) = archive.run()
    assert (report.status, report.added, report.links) == ("published", 12, 4)
    assert _listings(archive) == ["/all", "/all?page=2", "/all?page=3"]


def test_a_first_run_reads_no_more_pages_than_items_want(archive):
    """Two pages hold six stories."""
    (report,) = archive.run(items=6)
    assert report.added == 6
    assert _listings(archive) == ["/all", "/all?page=2"]


def test_later_runs_read_the_first_page_alone(archive):
    """One that still has a known story leaves no gap."""
    archive.run()
    archive.put(121)
    (report,) = archive.run()
    assert (report.added, _listings(archive)) == (1, ["/all"])


def test_a_page_that_is_new_from_top_to_bottom_leads_on(archive):
    """Until one has a known story."""
    archive.run()
    archive.put(126)
    (report,) = archive.run()
    assert (report.status, report.added) == ("published", 6)
    assert _listings(archive) == ["/all", "/all?page=2"]


@pytest.mark.parametrize("second", [Reply(b"broken", 500), Reply(b"<html><p>x</html>")])
def test_a_further_page_that_fails_ends_the_list(archive, second):
    """What the first has is taken."""
    first = archive.server.routes["/all"]
    archive.server.page("/all", lambda one: second if "page=2" in one.path else first(one))
    (report,) = archive.run()
    assert (report.status, report.added) == ("published", 4)


def test_one_page_may_be_all(archive):
    """`max_listing_pages` of 1."""
    archive.limit(max_listing_pages=1)
    assert archive.run()[0].added == 4
    assert _listings(archive) == ["/all"]


def _endless(news, tag: str, answers: dict[str, Reply]) -> None:
    """A listing of three stories with a button that loads more, and what that is answered."""
    page = listing(9, 8, 7)
    body = page.body.replace(b"</main>", f"</main>{tag}".encode())
    news.server.page("/all", replace(page, body=body))
    for number in range(1, 10):
        news.server.page(f"/{number}-garden-opens-again.html", article(number))
    empty = Reply(b"[]", headers={"Content-Type": "application/json"})
    news.server.page("/api/more", lambda one: answers.get(one.path.partition("?")[2], empty))


def _json(*numbers: int) -> Reply:
    """Stories as an API gives them."""
    items = [
        {"title": f"افتتاح الحديقة رقم {n} أمام الزوار", "url": f"/{n}-garden-opens-again.html"}
        for n in numbers
    ]
    text = json.dumps({"data": items, "more": True}, ensure_ascii=False)
    return Reply(text.encode(), headers={"Content-Type": "application/json; charset=utf-8"})


def _fragment(*numbers: int) -> Reply:
    """The same as a piece of HTML."""
    return listing(*numbers)


@pytest.mark.parametrize("answer", [_json, _fragment])
@pytest.mark.parametrize(
    ("tag", "second", "third"),
    [
        ('<button data-url="/api/more?page=2">تحميل المزيد</button>', "page=2", "page=3"),
        ('<a class="load-more" data-next="/api/more?s=1&page=1">+</a>', "s=1&page=1", "s=1&page=2"),
        (
            '<div id="loadMore" hx-get="/api/more?limit=3&offset=3"></div>',
            "limit=3&offset=3",
            "limit=3&offset=6",
        ),
    ],
)
def test_what_a_button_loads_is_read(news, answer, tag, second, third):
    """In a first run, as JSON or a piece of HTML, by the number of a page or an offset."""
    _endless(news, tag, {second: answer(6, 5, 4), third: answer(3, 2, 1)})
    (report,) = news.run()
    assert (report.status, report.added) == ("published", 9)
    asked = [path.partition("?")[2] for path in news.server.paths() if path.startswith("/api")]
    assert asked == [second, third]
    (report,) = news.run()
    assert report.good
    assert not [path for path in news.server.paths() if path.startswith("/api")]


@pytest.mark.parametrize(
    "tag",
    [
        '<button data-url="https://elsewhere.example/api?page=2">المزيد</button>',
        '<button data-url="/api/more?page=2">شارك</button>',
        '<button data-url="/api/more">المزيد</button>',
        '<button data-url="javascript:void(0)">المزيد</button>',
        '<button data-url="/api/more?offset=3">المزيد</button>',
    ],
)
def test_other_buttons_load_nothing(news, tag):
    """Of other sites, with other words, or without a number that tells what comes next."""
    _endless(news, tag, {})
    (report,) = news.run()
    assert report.added == 3
    assert not [path for path in news.server.paths() if path.startswith("/api")]


@pytest.mark.parametrize(
    ("said", "second"),
    [
        ({"next": "/api/more?cursor=b"}, "cursor=b"),
        ({"meta": {"next_cursor": "b/=", "total": 9}}, "cursor=b%2F%3D"),
        ({"pageInfo": {"hasNextPage": True, "endCursor": "b"}}, "after=b"),
        ({"_links": {"self": {"href": "/api/more"}, "next": {"href": "?page=2"}}}, "page=2"),
        ({"pagination": {"nextPage": 2}}, "page=2"),
        ({"nextPageToken": "b"}, "pageToken=b"),
    ],
)
def test_an_api_leads_on_as_it_says(news, said, second):
    """By an address, a number or a cursor, until it says that it ends."""

    def answer(page: Reply, more: dict[str, object]) -> Reply:
        return replace(page, body=json.dumps({**json.loads(page.body), **more}).encode())

    _endless(
        news, "", {"": answer(_json(9, 8, 7), said), second: answer(_json(6, 5, 4), {"next": None})}
    )
    section = replace(news.site.sections[0], urls=(news.server.url("/api/more"),))
    news.site = replace(news.site, sections=(section,))
    (report,) = news.run()
    assert (report.status, report.added) == ("published", 6)
    asked = [path.partition("?")[2] for path in news.server.paths() if path.startswith("/api")]
    assert asked == ["", second]


@pytest.mark.parametrize(
    "said",
    [
        {"next": None},
        {"next": ""},
        {"next": "https://elsewhere.example/api?page=2"},
        {"next": "/api/more"},
        {"next": {"title": "x"}},
        {"next_cursor": [[["b"]]]},
        {"has_more": False, "next_cursor": "b"},
        {"data": [{"next": "/api/more?page=2"}]},
        {"next": "javascript:1"},
    ],
)
def test_an_api_that_ends_is_asked_no_more(said):
    """What leads nowhere, to another site or to itself, or stands in a story, is no next answer."""
    assert not next_address(said, "https://news.example/api/more")


def test_a_button_may_name_a_cursor(news):
    """The answer says where it goes on; nothing of it is counted on."""
    second = _json(6, 5, 4)
    body = json.dumps({**json.loads(second.body), "next_cursor": "c"}).encode()
    answers = {"cursor=b": replace(second, body=body), "cursor=c": _json(3, 2, 1)}
    _endless(news, '<button data-url="/api/more?cursor=b">المزيد</button>', answers)
    (report,) = news.run()
    assert report.added == 9
