"""The sample site: real HTTP, believable pages, and a truth that its own pages bear out."""

from __future__ import annotations

import http.client
import json
import re
import struct
import subprocess
import sys
import threading
import zlib
from datetime import UTC, date, datetime, timedelta
from urllib.parse import quote, urljoin, urlsplit

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from feedmaker import config, demo
from feedmaker.demo.content import BOILERPLATE, MOST_READ, linked_articles, without_signs
from feedmaker.demo.pages import inline_html, resources
from feedmaker.demo.written_dates import write_date

STORIES = [a for a in demo.articles() if a.kind == "story"]
LISTINGS = {
    "local": "/1187-أخبار-محلية/",
    "economy": "/news/economy",
    "sport": "/section.php?id=3",
    "health": "/stories/health",
    "culture": "/1204-ثقافة-وفن/",
    "science": "/news/science",
}
# Links that every page has and that no program should follow: they lead nowhere on this small site.
NOWHERE = {"/login"}


@pytest.fixture(scope="module")
def site():
    """A client of the site as the first run finds it."""
    with (
        demo.serve(corrected=False) as (host, port),
        httpx.Client(base_url=f"http://{host}:{port}") as client,
    ):
        yield client


def path(url):
    """The path and query of a URL of the site."""
    return url.removeprefix("http://almadar.example")


def html(response, article=None):
    """A page as text: by its header, else its meta element, else what the test knows of it."""
    declared = re.search(
        rb"charset=\"?([\w-]+)", response.headers["content-type"].encode() + response.content[:400]
    )
    return response.content.decode(declared[1].decode() if declared else article.encoding)


def squeezed(text):
    """Text without any white space: what remains when only the words and signs matter."""
    return "".join(text.split())


def hrefs(text):
    """All link targets of a page, in order."""
    return [a.attributes["href"] for a in LexborHTMLParser(text).css("a[href]")]


def test_the_portal_is_as_large_and_as_varied_as_promised():
    """At least five sections, 40 stories, four markups; a windows-1256 section of eight with three
    ways to say so.
    """
    assert len({a.sections[0] for a in STORIES}) >= 5
    assert len(STORIES) >= 40
    assert {a.markup for a in STORIES} == {"classic", "table", "plain", "modern"}
    old = [a for a in STORIES if a.encoding == "windows-1256"]
    assert len(old) >= 8
    assert {a.charset for a in old} == {"header", "meta", "none"}
    assert len({a.date_form for a in STORIES}) >= 8


@pytest.mark.parametrize("article", STORIES, ids=lambda a: a.id)
def test_each_story_has_the_length_and_date_of_a_news_story(article):
    """A story has 150 to 350 words in five or more paragraphs, a date of the season, an own URL and
    a caption.
    """
    words = sum(len(p.split()) for p in article.paragraphs)
    assert 150 <= words <= 350
    assert 5 <= len([b for b in article.blocks if b.kind == "paragraph"]) <= 9
    assert date(2026, 10, 20) <= article.date.date() <= date(2026, 11, 21)
    assert article.published in (article.date, None)
    assert article.caption


def test_no_two_articles_share_an_address_a_title_or_a_paragraph():
    """URLs, titles and paragraphs are each their article's own, so that a mix-up in a feed is seen."""
    for values in (
        [a.url for a in linked_articles(corrected=False)],
        [a.title for a in linked_articles(corrected=False)],
        [p for a in STORIES for p in a.paragraphs],
    ):
        assert len(values) == len(set(values))


@pytest.mark.parametrize("article", STORIES, ids=lambda a: a.id)
def test_each_page_shows_what_the_truth_says(site, article):
    """A page, adverts apart, holds its paragraphs whole and in order, and its title, authors and
    written date.
    """
    response = site.get(article.path)
    assert response.status_code == 200
    tree = LexborHTMLParser(html(response, article))
    for advert in tree.css(".advbox, table[align=left]"):
        advert.decompose()
    text = squeezed(tree.body.text(separator=" "))
    places = [text.find(squeezed(p)) for p in article.paragraphs]
    assert -1 not in places
    assert places == sorted(places)
    for shown in (article.title, article.caption, *article.authors):
        assert squeezed(shown) in text
    if article.published:
        assert squeezed(write_date(article.published, article.date_form)) in text


def test_one_article_tells_no_date_anywhere(site):
    """Exactly one story is undated, and neither its page nor the listing betrays the year."""
    undated = [a for a in STORIES if a.published is None]
    assert [a.id for a in undated] == ["55017"]
    own = LexborHTMLParser(site.get(undated[0].path).text)
    for around in own.css("#footer, .comments, .h0, .r0, .g9"):
        around.decompose()
    assert not re.search("2026|٢٠٢٦|1448", own.html)
    row = next(
        li
        for li in LexborHTMLParser(site.get("/stories/health").text).css("li")
        if undated[0].title in li.text()
    )
    assert squeezed(row.text()) == squeezed(undated[0].title)


# By hand, of one instant: Saturday 21 November 2026, 19:40 at Greenwich, 22:40 on the site's clock;
# 11 Jumada II 1448.
@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("gmt", "GMT 19:40 2026 السبت ,21 تشرين الثاني / نوفمبر"),
        ("moroccan", "السبت 21 نونبر 2026 - 22:40"),
        ("levantine", "21 تشرين الثاني 2026 الساعة 22:40"),
        ("levantine-digits", "السبت ٢١ تشرين الثاني/نوفمبر ٢٠٢٦ - ٢٢:٤٠"),
        ("gulf", "السبت 21 نوفمبر 2026 10:40 م"),
        ("hijri", "السبت 11 جمادى الآخرة 1448هـ - 10:40 م"),
        ("hijri-gulf", "السبت 11 جمادى الآخرة 1448هـ - 21 نوفمبر 2026م - 22:40"),
        ("day", "21/11/2026"),
        ("french", "Le 21 novembre 2026 à 22h40"),
    ],
)
def test_dates_are_written_as_portals_write_them(form, text):
    """Each form of date is right to the letter, in the site's zone or in the one it names."""
    assert write_date(datetime(2026, 11, 21, 19, 40, tzinfo=UTC), form) == text


def test_a_page_that_tells_only_the_day_is_dated_at_its_midnight():
    """Where no time is shown, the truth claims none: midnight in the site's zone."""
    days = [a for a in STORIES if a.date_form == "day"]
    assert days
    assert all(
        a.date.time() == datetime.min.time() and a.date.utcoffset() == timedelta(hours=3)
        for a in days
    )


def test_modern_pages_say_it_in_json_ld_and_old_ones_do_not(site):
    """JSON-LD tells title, authors and date on modern pages; on the others there is only what one
    sees.
    """
    for article in STORIES:
        tree = LexborHTMLParser(html(site.get(article.path), article))
        scripts = tree.css("script[type='application/ld+json']")
        assert len(scripts) == (article.markup == "modern")
        assert bool(tree.css("meta[property='article:published_time'], time, [itemprop]")) == bool(
            scripts
        )
        for script in scripts:
            story = json.loads(script.text())["@graph"][1]
            assert story["headline"] == article.title
            assert [a["name"] for a in story["author"]] == list(article.authors)
            assert datetime.fromisoformat(story["datePublished"]) == article.published


def test_the_special_articles_are_there():
    """A Latin-first title, one with quotes and digits, a French story, a list, a table, a quote and
    headings.
    """
    titles = [a.title for a in STORIES if a.language == "ar"]
    assert any(re.match("[A-Za-z]", t) for t in titles)
    assert any('"' in t and re.search(r"\d", t) for t in titles)
    assert [a.id for a in STORIES if a.language == "fr"] == ["611192"]
    assert any({"list", "table", "quote", "heading"} <= {b.kind for b in a.blocks} for a in STORIES)
    assert {a.markup for a in STORIES if any("{advert}" in b.lines[0] for b in a.blocks)} == {
        "classic",
        "table",
        "plain",
        "modern",
    }


def test_the_video_page_has_a_description_and_no_story(site):
    """The teaser's page shows title, poster and description, and no text beside them."""
    (video,) = [a for a in demo.articles() if a.kind == "teaser"]
    assert (video.paragraphs, video.published) == ((), video.date)
    main = LexborHTMLParser(site.get(video.path).text).css_first(".video-page")
    assert main.css_first("video").attributes["poster"] == video.image
    assert [p.text() for p in main.css("p")] == [video.description]


@pytest.mark.parametrize("slug", LISTINGS)
def test_a_listing_links_all_articles_of_its_section_newest_first(site, slug):
    """Each section page names its own articles in order, whatever else it links."""
    text = html(site.get(LISTINGS[slug]))
    wanted = [path(a.link) for a in linked_articles(corrected=False) if slug in a.sections]
    found = list(dict.fromkeys(path(h) for h in hrefs(text)))
    assert [h for h in found if h in wanted] == wanted
    assert set(wanted) <= set(found)


def test_listings_have_four_markups(site):
    """Cards that link a story up to five times, article elements, table rows and a plain list."""
    cards = html(site.get(LISTINGS["local"]))
    story = next(a for a in STORIES if a.id == "084728")
    assert hrefs(cards).count(path(story.link)) >= 5
    assert LexborHTMLParser(html(site.get(LISTINGS["economy"]))).css("article h2 a")
    assert LexborHTMLParser(html(site.get(LISTINGS["sport"]))).css("tr > td > a > b")
    assert LexborHTMLParser(html(site.get(LISTINGS["health"]))).css("ul.lst > li > a")


def test_one_article_stands_in_two_sections(site):
    """The story of the festival is linked under one URL from both of its sections."""
    (both,) = [a for a in STORIES if len(set(a.sections) & set(LISTINGS)) == 2]
    for slug in ("culture", "local"):
        assert path(both.link) in hrefs(html(site.get(LISTINGS[slug])))


@pytest.mark.parametrize(
    ("heading", "slug"), [("اخر الاخبار", "latest"), ("الأخبار الأكثر قراءة", "most-read")]
)
def test_the_home_page_has_its_blocks_under_their_headings(site, heading, slug):
    """Under each of the two headings stand the stories that the truth counts to it, and no others."""
    tree = LexborHTMLParser(site.get("/").text)
    (box,) = [
        b
        for b in tree.css(".box")
        if b.css_first("h2, h3") and b.css_first("h2, h3").text() == heading
    ]
    found = {a.attributes["href"] for a in box.css("a")}
    assert found == {a.link for a in demo.articles() if slug in a.sections}


def test_most_read_keeps_its_own_order(site):
    """The block of most read stories is not ordered by date."""
    tree = LexborHTMLParser(site.get("/").text)
    by_id = {a.id: a.link for a in STORIES}
    assert [a.attributes["href"] for a in tree.css("ol a")] == [by_id[i] for i in MOST_READ]


def test_every_link_leads_somewhere_but_the_planted_ones(site):
    """Followed one by one, the links of all pages give 200, or 301, or are the planted failures."""
    pages = [
        p
        for p, r in resources(corrected=False).items()
        if r.status == 200 and r.content_type.startswith("text/html")
    ]
    targets = set()
    for page in pages:
        for href in hrefs(html(site.get(page), next((a for a in STORIES if a.path == page), None))):
            url = urljoin("http://almadar.example" + page, href)
            if not href.startswith("#") and urlsplit(url).hostname == "almadar.example":
                targets.add(path(url))
    answers = {t: site.get(t).status_code for t in targets - NOWHERE}
    assert {t: status for t, status in answers.items() if status not in (200, 301)} == {
        path(url): int(why) for url, why in demo.failures().items() if why.isdigit()
    }
    assert len(targets) > len(demo.articles())


def test_the_planted_failures_answer_as_planted(site):
    """One link gives 404, one 500, and one is closed by robots.txt although the server would
    answer.
    """
    failures = demo.failures()
    assert sorted(failures.values()) == ["404", "500", "robots.txt"]
    assert not set(failures) & {a.link for a in demo.articles()}
    for url, why in failures.items():
        status = site.get(path(url)).status_code
        assert status == (200 if why == "robots.txt" else int(why))
        if why == "robots.txt":
            closed = re.findall(r"^Disallow: (\S+)$", site.get("/robots.txt").text, re.MULTILINE)
            assert any(path(url).startswith(p) for p in closed)


def test_the_old_address_leads_to_the_new_one(site):
    """The one article whose listing link is old is had by following a redirect."""
    (moved,) = [a for a in demo.articles() if a.link != a.url]
    response = site.get(path(moved.link))
    assert response.status_code == 301
    assert response.headers["location"] == quote(moved.path, safe="/")
    assert moved.title in site.get(response.headers["location"]).text


def test_an_unchanged_page_is_answered_304_without_a_body(site):
    """Both validators work on every story and listing, alone and together; a wrong one gets the
    page.
    """
    for page in [*LISTINGS.values(), "/", *(a.path for a in STORIES)]:
        first = site.get(page)
        tag, day = first.headers["etag"], first.headers["last-modified"]
        for headers in (
            {"If-None-Match": tag},
            {"If-None-Match": f'W/{tag}, "x"'},
            {"If-Modified-Since": day},
        ):
            again = site.get(page, headers=headers)
            assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
        assert (
            site.get(page, headers={"If-None-Match": '"x"', "If-Modified-Since": day}).status_code
            == 200
        )
        assert site.get(page, headers={"If-Modified-Since": "nonsense"}).status_code == 200


def test_from_the_second_run_on_one_story_is_corrected_and_nothing_else():
    """The truth differs in one story: in its text, and in a date of change that only the second run
    has.
    """
    pairs = list(zip(demo.articles(corrected=False), demo.articles(corrected=True), strict=True))
    ((old, new),) = [(a, b) for a, b in pairs if a != b]
    assert old.paragraphs != new.paragraphs
    assert (old.id, old.title, old.published, old.modified) == (
        new.id,
        new.title,
        new.published,
        None,
    )
    assert new.modified > new.published
    assert {"economy", "latest"} == set(new.sections)


def test_a_corrected_page_is_sent_again_with_its_new_date(site):
    """The corrected page no longer matches the old validators, and tells text and date of its
    correction.
    """
    (new,) = [a for a in demo.articles(corrected=True) if a.modified]
    first = site.get(new.path)
    for headers in (
        {"If-None-Match": first.headers["etag"]},
        {"If-Modified-Since": first.headers["last-modified"]},
    ):
        with demo.serve(corrected=True) as (host, port):
            fresh = httpx.get(f"http://{host}:{port}{new.path}", headers=headers)
        assert fresh.status_code == 200
    assert new.paragraphs[0] in fresh.text
    (script,) = LexborHTMLParser(fresh.text).css("script[type='application/ld+json']")
    assert json.loads(script.text())["@graph"][1]["dateModified"] == new.modified.isoformat()


def test_other_pages_change_with_the_correction_in_nothing_but_its_excerpt():
    """Pages that show the story's first words change in these alone, and so do their tag and their
    date.
    """
    before, after = resources(corrected=False), resources(corrected=True)
    (old,), (new,) = (
        [a for a in demo.articles(corrected=c) if a.id == "720117"] for c in (False, True)
    )
    assert before.keys() == after.keys()
    changed = {p for p in before if before[p] != after[p]} - {new.path}
    assert LISTINGS["economy"] in changed
    assert len(changed) < 10
    for page in changed:
        excerpts = (old.description.encode(), new.description.encode())
        assert before[page].body.replace(*excerpts) == after[page].body
        assert before[page].etag != after[page].etag
        assert before[page].modified < after[page].modified


def test_the_furniture_is_on_the_pages_and_in_no_story(site):
    """Every snippet of boilerplate is on some page, and none is part of what a feed should hold."""
    pages = "".join(
        html(site.get(p))
        for p in (
            "/",
            *LISTINGS.values(),
            *(a.path for a in demo.articles() if a.charset == "header"),
        )
    )
    for snippet in BOILERPLATE:
        assert snippet in pages
        for a in demo.articles():
            assert not any(snippet in text for text in (a.title, a.description, *a.paragraphs)), (
                a.id
            )


def test_the_configuration_is_good_and_names_every_feed_of_the_truth():
    """The site's configuration is read without complaint, and each section of the truth has its
    feed.
    """
    settings, (site,) = config.load(demo.CONFIG)
    assert {s.slug for s in site.sections} == {slug for a in demo.articles() for slug in a.sections}
    assert site.home == demo.HOME
    assert (settings.max_age, site.fetch.delay, site.fetch.recheck) == (0, 0, (0,))
    for section in site.sections:
        assert {path(url) for url in section.urls} <= set(resources(corrected=False))


def test_pictures_are_pictures(site):
    """Each lead picture is a PNG of the size the pages claim: chunks with right checksums, all its
    pixels there.
    """
    for article in STORIES:
        data = site.get(article.image).content
        assert data[:8] == b"\x89PNG\r\n\x1a\n"
        at, chunks = 8, {}
        while at < len(data):
            (length,) = struct.unpack(">I", data[at : at + 4])
            kind, body = data[at + 4 : at + 8], data[at + 8 : at + 8 + length]
            assert struct.unpack(">I", data[at + 8 + length : at + 12 + length]) == (
                zlib.crc32(kind + body),
            )
            chunks[kind] = body
            at += 12 + length
        assert struct.unpack(">II", chunks[b"IHDR"][:8]) == (640, 360)
        assert len(zlib.decompress(chunks[b"IDAT"])) == 641 * 360
        assert len(data) < 4000


def test_a_connection_serves_many_requests():
    """HTTP/1.1 keep-alive: pages, a 404 and a HEAD come over one connection."""
    with demo.serve(corrected=False) as address:
        connection = http.client.HTTPConnection(*address)
        connection.connect()
        socket = connection.sock
        for method, target, status in (
            ("GET", "/", 200),
            ("GET", "/none", 404),
            ("HEAD", "/", 200),
            ("GET", "/", 200),
        ):
            connection.request(method, target)
            response = connection.getresponse()
            body = response.read()
            assert response.status == status
            assert len(body) == (0 if method == "HEAD" else int(response.headers["Content-Length"]))
        assert connection.sock is socket
        connection.close()


def test_the_server_ends_with_its_context(capfd):
    """Afterwards no thread is left and nobody listens, though a client kept its connection; nothing
    was printed.
    """
    threads = threading.active_count()
    with (
        demo.serve(corrected=False) as (host, port),
        httpx.Client(base_url=f"http://{host}:{port}") as client,
    ):
        assert host == "127.0.0.1"
        client.get("/")
        client.get("/none")
        client.post("/poll")
        assert threading.active_count() > threads
    assert threading.active_count() == threads
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"http://{host}:{port}/")
    assert capfd.readouterr() == ("", "")


def test_the_server_leaves_no_resource_behind():
    """With every warning an error, serving a client that hangs up in the middle says nothing at
    all.
    """
    script = """
import gc, socket
from feedmaker import demo
with demo.serve(corrected=False) as address:
    with socket.create_connection(address) as client:
        client.sendall(b"GET / HTT")
    with socket.create_connection(address) as client:
        client.sendall(b"GET / HTTP/1.1\\r\\nHost: almadar.example\\r\\n\\r\\n")
        assert client.recv(15) == b"HTTP/1.1 200 OK"
gc.collect()
"""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-X", "dev", "-c", script], capture_output=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


@given(
    st.text(
        st.characters(blacklist_categories=("Cc", "Cs"), blacklist_characters="[]()*{}"),
        max_size=60,
    )
)
def test_whatever_a_story_holds_is_text_on_the_page(text):
    """Any text without the story files' own signs comes out of the page as it went in: nothing in
    it becomes markup.
    """
    assert LexborHTMLParser(f"<p>{inline_html(text)}</p>").css_first("p").text() == text


def test_the_signs_of_the_story_files_become_markup():
    """Links, bold words and the place of the advert are marked up on the page and gone from the
    truth.
    """
    line = "قال **المدير** إن [الجسر](/a) {advert} سيفتح"
    assert without_signs(line) == "قال المدير إن الجسر سيفتح"
    assert (
        inline_html(line, "<hr>")
        == 'قال <strong>المدير</strong> إن <a href="/a">الجسر</a> <hr> سيفتح'
    )
