"""The further pages of a listing: read where more may be new behind the first."""

from __future__ import annotations

from dataclasses import replace

import pytest
from news_site import article, listing
from servers import Reply


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
