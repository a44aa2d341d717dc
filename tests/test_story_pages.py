"""Stories over several pages: found, joined and limited."""

from __future__ import annotations

import time

import feedparser
import pytest
from news_site import SENTENCES, listing
from selectolax.lexbor import LexborHTMLParser
from servers import Reply, redirect

from feedmaker.article import next_page, page_number, whole_story_page
from feedmaker.cli import main

FIRST = "https://news.example/a/story-of-the-city"


@pytest.mark.parametrize(
    ("url", "first", "number"),
    [
        (f"{FIRST}/2", FIRST, 2),
        (f"{FIRST}/2/", f"{FIRST}/", 2),
        (f"{FIRST}/page/3/", FIRST, 3),
        (f"{FIRST}?page=2", FIRST, 2),
        (f"{FIRST}?id=7&page=2", f"{FIRST}?id=7", 2),
        (f"{FIRST}?page=4", f"{FIRST}?page=1", 4),
        (f"{FIRST}-page-2", FIRST, 2),
        (f"{FIRST}-2", FIRST, 2),
        (f"{FIRST}_2.html", f"{FIRST}.html", 2),
        (f"{FIRST},2.html", f"{FIRST}.html", 2),
        (f"{FIRST}/page/2", f"{FIRST}/page/1", 2),
        ("https://www.news.example/a/story-of-the-city/2", FIRST, 2),
        ("https://other.example/a/story-of-the-city/2", FIRST, 0),
        ("https://news.example/a/next-story", FIRST, 0),
        ("https://news.example/a/1235", "https://news.example/a/1234", 0),
        ("https://news.example/2", "https://news.example/", 0),
        (f"{FIRST}/comment-page-2/", FIRST, 0),
        (f"{FIRST}?cpage=2", FIRST, 0),
        (f"{FIRST}?replytocom=2", FIRST, 0),
        (f"{FIRST}?page=2&sort=new", FIRST, 0),
        ("https://news.example/a?page=2", FIRST, 0),
        (f"{FIRST}/2016", FIRST, 0),
        (f"{FIRST}/2/amp", FIRST, 0),
        (f"{FIRST}?page=٢٢٢٢", FIRST, 0),
    ],
)
def test_a_page_of_a_story_has_its_address_with_a_number(url, first, number):
    """Behind its path, in its last name, or in its query, on the same host."""
    assert page_number(url, first) == number


def _tree(links: str, head: str = "") -> LexborHTMLParser:
    return LexborHTMLParser(f"<html><head>{head}</head><body><p>نص</p>{links}</body></html>")


@pytest.mark.parametrize(
    ("links", "found"),
    [
        ('<a href="/a/story-of-the-city/2">٢</a>', f"{FIRST}/2"),
        ('<a rel="next" href="?page=2">التالي</a>', f"{FIRST}?page=2"),
        ('<a href="?page=3">3</a><a href="?page=2">2</a>', f"{FIRST}?page=2"),
        ('<a href="?page=1">2</a><a href="?page=2">3</a>', f"{FIRST}?page=2"),
        ('<a href="?page=1">2</a>', f"{FIRST}?page=1"),
        ('<a href="?page=1">1</a>', ""),
        ('<a href="/a/story-of-the-city-2">الصفحة ٢</a>', f"{FIRST}-2"),
        ('<a href="/a/story-of-the-city-2">الصفحة التالية</a>', f"{FIRST}-2"),
        ('<a rel=next href="/a/story-of-the-city-2">مدينة أخرى تفتح أبوابها</a>', ""),
        ('<a rel=next href="/a/another-story-2">التالي</a>', ""),
        ('<a rel=next href="https://other.example/a/story-of-the-city/2">2</a>', ""),
        ('<div class="comments"><a href="?page=2">2</a></div>', ""),
        ('<section id="related-posts"><ul><li><a href="?page=2">2</a></ul></section>', ""),
        ('<a href="/a/story-of-the-city/comment-page-2#comments">2</a>', ""),
        ('<a href="javascript:page(2)">2</a><a>2</a>', ""),
    ],
)
def test_the_next_page_is_the_storys_own(links, found):
    """Whatever else is called next, or has a 2 in its address."""
    assert next_page(_tree(links), FIRST, FIRST) == found


def test_the_head_names_the_next_page_and_pages_go_on_from_it():
    """By link rel=next; behind it the numbers only rise."""
    tree = _tree('<a href="?page=1">1</a><a href="?page=3">3</a>')
    head = _tree("", f'<link rel="next" href="{FIRST}/2">')
    assert next_page(head, FIRST, FIRST) == f"{FIRST}/2"
    assert next_page(tree, f"{FIRST}?page=2", FIRST) == f"{FIRST}?page=3"
    assert next_page(tree, f"{FIRST}?page=3", FIRST) == ""


@pytest.mark.parametrize(
    ("link", "found"),
    [
        ("?page=all", f"{FIRST}?page=all"),
        ("?singlepage=1", f"{FIRST}?singlepage=1"),
        ("/a/story-of-the-city/full", f"{FIRST}/full"),
        ("/a/all", ""),
        ("?category=football", ""),
        ("https://other.example/a/story-of-the-city?page=all", ""),
    ],
)
def test_one_page_with_all_of_a_story_is_found(link, found):
    """By a word for all of it in its address."""
    assert whole_story_page(_tree(f'<a href="{link}">صفحة واحدة</a>'), FIRST) == found


# ---- whole runs

TITLE = "قصة المدينة القديمة في ثلاثة أجزاء طويلة"
LEAD = "ملخص القصة: تروي هذه الحلقات سيرة المدينة القديمة منذ بناء سورها الأول حتى اليوم."
NOTE = "كاتبة هذه السطور باحثة في تاريخ العمران، ولها ثلاثة كتب عن المدن القديمة."


def _page(number: int, links: str, *, title: str = TITLE, text: str = "", body: str = "") -> Reply:
    """A page of a story, with the lead and the note that each page of it has."""
    body = body or "".join(f"<p>{line} جزء {number} {text}</p>" for line in SENTENCES)
    return Reply(
        f'<html lang="ar"><head><title>{title}</title>'
        '<meta property="article:published_time" content="2026-11-20T10:00:00+03:00"></head>'
        f"<body><header><nav><a href=/>الرئيسية</a></nav></header><article><h1>{title}</h1>"
        f"<p>{LEAD}</p>{body}<p>{NOTE}</p></article>"
        f'<div class="page-links">{links}</div></body></html>'.encode(),
        headers={"Content-Type": "text/html; charset=utf-8", "ETag": f'"{number}{len(text)}"'},
    )


ADDRESS = "/7-garden-opens-again.html"
LINKS = "".join(f'<a href="{ADDRESS}?page={n}">{n}</a> ' for n in (1, 2, 3))


@pytest.fixture
def pages(news):
    """A site with one story over three pages."""
    news.server.page("/all", listing(7))
    answers = {n: _page(n, LINKS) for n in (1, 2, 3)}

    def answer(request):
        number = int(request.path.partition("page=")[2] or 1)
        return answers.get(number, answers[1])

    news.server.page(ADDRESS, answer)
    news.answers = answers
    return news


def _slowly(answers):
    """What answers the second page after longer than a site may take."""

    def answer(request):
        number = int(request.path.partition("page=")[2] or 1)
        if number > 1:
            time.sleep(2.5)
        return answers[number]

    return answer


def _notes(report) -> list:
    """What is noted of the story; that the listing has but one link is true."""
    return [note for note in report.notes if note.code != "few-links"]


def _text(news) -> str:
    (entry,) = feedparser.parse(news.path().read_bytes()).entries
    return LexborHTMLParser(entry.content[0].value).body.text(separator=" ")


def test_a_story_is_read_over_its_pages(pages):
    """In their order, each text once, under the id of its link; leads stand once, notes at the end."""
    (report,) = pages.run()
    assert (report.status, report.added, report.failures) == ("published", 1, ())
    assert pages.server.paths() == ["/all", ADDRESS, f"{ADDRESS}?page=2", f"{ADDRESS}?page=3"]
    text = _text(pages)
    places = [text.index(f"جزء {n}") for n in (1, 2, 3)]
    assert places == sorted(places)
    assert text.count(LEAD) == text.count(NOTE) == 1
    assert text.rstrip().endswith(NOTE)
    assert all(text.count(f"{line} جزء 2") == 1 for line in SENTENCES)


def test_a_page_that_changes_is_seen_when_the_story_is_asked_again(pages):
    """Each page has validators of its own, so all are asked."""
    pages.run()
    before = feedparser.parse(pages.path().read_bytes()).entries[0].id
    pages.answers[3] = _page(3, LINKS, text="صُحح هذا الجزء")
    pages.now = pages.now.replace(hour=14)
    (report,) = pages.run()
    assert report.changed == 1
    assert "صُحح هذا الجزء" in _text(pages)
    assert feedparser.parse(pages.path().read_bytes()).entries[0].id == before


def test_a_page_that_fails_ends_the_story_there_and_is_named(pages):
    """What came before it is shown; a later run has the rest."""
    whole = pages.answers[2]
    pages.answers[2] = Reply(b"broken", 500)
    (report,) = pages.run()
    assert (report.added, report.failures) == (1, ())
    (note,) = _notes(report)
    assert (note.code, dict(note.parameters)["number"]) == ("page-missing", 2)
    assert note.url.endswith("?page=2")
    assert "status 500" in str(note)
    assert "جزء 1" in _text(pages)
    pages.answers[2] = whole
    pages.now = pages.now.replace(hour=14)
    assert pages.run()[0].changed == 1
    assert "جزء 3" in _text(pages)
    pages.answers[3] = Reply(b"gone", 404)
    pages.now = pages.now.replace(hour=19)
    (report,) = pages.run()
    assert [note.code for note in _notes(report)] == ["page-missing"]
    assert "جزء 3" in _text(pages), "what was had stays"


def test_pages_are_joined_up_to_a_limit(pages):
    """`max_pages`, which is said; 1 joins none."""
    pages.limit(max_pages=2)
    (report,) = pages.run()
    assert [(note.code, dict(note.parameters)) for note in _notes(report)] == [
        ("more-pages", {"count": 2})
    ]
    assert "جزء 2" in _text(pages)
    assert "جزء 3" not in _text(pages)


def test_a_story_is_taken_as_far_as_the_time_of_its_site_lets_it(pages):
    """A story of many pages behind a slow host is not lost; it is whole once there is time."""
    pages.limit(budget=3)
    pages.server.page(ADDRESS, _slowly(pages.answers))
    (report,) = pages.run()
    assert [note.cause.code for note in _notes(report)] == ["not-in-time"]
    assert "جزء 1" in _text(pages)


def test_a_server_without_such_a_page_is_asked_once(pages):
    """It answers with the first page, or leads to it: the story ended."""
    pages.answers.pop(2)
    (report,) = pages.run()
    assert (report.added, _notes(report)) == (1, [])
    assert pages.server.paths().count(f"{ADDRESS}?page=2") == 1
    assert _text(pages).count(NOTE) == 1


def test_a_page_that_leads_elsewhere_is_no_page_of_the_story(pages):
    """Its text is not joined."""
    pages.answers[2] = redirect("/other.html")
    pages.server.page("/other.html", _page(9, ""))
    (report,) = pages.run()
    assert [note.code for note in _notes(report)] == ["page-missing"]
    assert "جزء 9" not in _text(pages)


def test_robots_txt_holds_for_further_pages(pages):
    """What it closes is not asked for."""
    rules = f"User-agent: *\nDisallow: {ADDRESS}?page=\n"
    pages.server.page("/robots.txt", Reply(rules.encode(), headers={"Content-Type": "text/plain"}))
    (report,) = pages.run()
    assert [note.code for note in _notes(report)] == ["page-missing"]
    assert pages.server.paths() == ["/all", ADDRESS]


def test_one_page_with_all_of_it_is_taken(pages):
    """In place of the others, where it has what the first has and more."""
    link = f'{LINKS}<a href="{ADDRESS}?page=all">صفحة واحدة</a>'
    everything = "".join(f"<p>{line} جزء {n} </p>" for n in (1, 2, 3) for line in SENTENCES)
    pages.server.page(
        ADDRESS,
        lambda request: _page(1, "", body=everything) if "all" in request.path else _page(1, link),
    )
    pages.run()
    assert pages.server.paths() == ["/all", ADDRESS, f"{ADDRESS}?page=all"]
    assert "جزء 3" in _text(pages)


def test_the_next_article_is_not_joined(news):
    """Whatever its link is called."""
    news.publish(1, 2)
    following = '<a rel="next" href="/2-garden-opens-again.html">التالي</a>'
    news.server.page("/1-garden-opens-again.html", _page(1, following))
    news.run()
    assert news.server.paths().count("/2-garden-opens-again.html") == 1


def test_explain_shows_the_pages_of_a_story(pages, tmp_path, monkeypatch, capsys):
    """With their words, and what failed."""
    monkeypatch.chdir(tmp_path)
    pages.answers[3] = Reply(b"broken", 404)
    (tmp_path / "config" / "sites").mkdir(parents=True)
    address = pages.server.url(ADDRESS)
    site = f'name = "x"\nhome = "{pages.server.url("/")}"\n[fetch]\ndelay = 0\n[[sections]]\nslug = "x"\ntitle = "x"\nnav = "x"\n'
    (tmp_path / "config" / "sites" / "x.toml").write_text(site, encoding="utf-8")
    with pytest.raises(SystemExit) as ended:
        main(["explain", address])
    assert not ended.value.code
    shown = capsys.readouterr().out
    assert f"page 2: 99 words, {address}?page=2" in shown
    assert "page 3 of a story failed, and it is shown up to there: status 404" in shown
    assert "جزء 2" in shown
