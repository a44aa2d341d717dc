"""Adding sites in the web app: by pages and forms over real HTTP, without script."""

from __future__ import annotations

import threading
import time
import tomllib
from html import escape
from urllib.parse import quote, urlsplit

import pytest
from pressroom import PRESSES, fill
from selectolax.lexbor import LexborHTMLParser
from servers import Reply, Server, html, redirect
from web_app import serving

from feedmaker import config
from feedmaker.setup.site_facts import SiteFact
from feedmaker.text.sayings import Saying
from feedmaker.text.translations import translation
from feedmaker.web import jobs
from feedmaker.web.form_texts import find_addresses

ARABIC, ENGLISH = PRESSES[0], PRESSES[4]


@pytest.fixture
def folder(tmp_path):
    """A configuration without sites, of a site of our own that need not be asked slowly."""
    folder = tmp_path / "config"
    folder.mkdir()
    settings = "max_age = 0\n[fetch]\ndelay = 0\nretries = 0\n"
    (folder / "feedmaker.toml").write_text(settings)
    return folder


@pytest.fixture
def site():
    """The Arabic site."""
    with Server() as server:
        fill(server, ARABIC)
        yield server


def written(folder, name="site") -> dict:
    """What stands in a site's file."""
    return tomllib.loads((folder / "sites" / f"{name}.toml").read_text("utf-8"))


WRONG = (
    ({"slug_0": "../x"}, "../x is no name for files"),
    ({"slug_0": "economy"}, "economy is the name of two sections"),
    ({"timezone": "Mars/Olympus"}, "Mars/Olympus is no time zone"),
    ({"language": "arabic!"}, "arabic! is no language"),
    ({"folder": "feeds"}, "feeds is no name for files"),
    ({"take": []}, "no section is ticked"),
    ({"title_0": " \x00 "}, "each section needs a title"),
)


def test_paste_tick_write_and_later_further_sections(folder, site):
    """What is found can be renamed; what is ticked is written, and its feeds' addresses are told.

    What is wrong is said, and nothing written. All that stands in a file stays, and what is there
    is not offered again.
    """
    path = folder / "sites" / "site.toml"
    with serving(folder, "127.0.0.1") as browser:
        browser.send("/add$", address=site.url("/"))
        browser.wait()
        page = str(browser.page.url)
        assert f"{browser.base}/site/politics.atom.xml" in browser.text
        assert "27 January 2026, 10:30" in browser.text  # a story as its feed has it
        assert browser.text.count("أعلن المجلس المحلي") > 12
        for changed, told_of in WRONG:
            browser.get(page)
            browser.send("/write$", **changed)
            assert browser.page.status_code == 422
            assert told_of in browser.text
        assert not path.exists()
        browser.get("/app/language/ar?back=" + page.removeprefix(browser.base))
        assert browser.tree.css_first("html").attributes["dir"] == "rtl"
        assert "من قائمة التنقل" in browser.text
        told = 'تواريخ صفحاته بفارق <bdi dir="ltr">+01:00</bdi>، ووسم لغته <bdi>ar-TN</bdi>'
        assert told in browser.page.text  # else a line from right to left turns them over
        browser.get("/app/language/en?back=" + page.removeprefix(browser.base))
        sections = {"title_0": "t\x7f\r\n= 1", "title_2": "الرياضة كلها", "slug_2": "all-sport"}
        name = 'a\x01\u2028b"\\\n[x]'
        browser.send("/write$", take=["0", "2"], name=name, timezone="Asia/Riyadh", **sections)
        assert f"{browser.base}/site/all-sport.atom.xml" in browser.page.text
        made = written(folder)
        assert (made["name"], made["timezone"]) == ('a b"\\ [x]', "Asia/Riyadh")
        assert [(one["slug"], one["title"]) for one in made["sections"]] == [
            ("politics", "t = 1"),
            ("all-sport", "الرياضة كلها"),
        ]
        _, sites = config.load(folder)
        assert len(sites) == 1
        path.write_text(f"# a person's own words\n{path.read_text('utf-8')}", "utf-8")
        browser.get("/app/add")
        browser.send("/add$", address=site.url("/"))
        browser.wait()
        assert "This site is there already, as site." in browser.text
        slugs = [one.attributes["value"] for one in browser.tree.css("input[name^=slug-]")]
        assert slugs == ["economy", "culture", "latest"]
        browser.send("/write$", take=["1"])
    assert path.read_text("utf-8").startswith("# a person's own words\n")
    assert [one["slug"] for one in written(folder)["sections"]] == [
        "politics",
        "all-sport",
        "culture",
    ]


def test_two_that_add_the_same_site_at_once_both_succeed(folder, site):
    """Who writes last adds to what the other wrote."""
    with serving(folder, "127.0.0.1") as browser:
        browser.send("/add$", address=site.url("/"))
        first = str(browser.page.url)
        browser.get("/app/add")
        browser.send("/add$", address=site.url("/politics"))
        browser.wait()
        second = str(browser.page.url)
        browser.get(first)
        browser.wait()
        browser.send("/write$", take=["1"])
        browser.get(second)
        browser.send("/write$")
        assert "politics.atom.xml" in browser.page.text
    assert [one["slug"] for one in written(folder)["sections"]] == ["economy", "politics"]


def test_a_page_shows_no_more_of_what_was_typed_than_fits(folder):
    """An address may be as long as a form."""
    with serving(folder) as browser:
        browser.get("/app/add")
        browser.send("/add$", address="https://" + "a" * 100_000)
        assert browser.page.status_code == 422
        assert len(browser.page.text) < 20_000


def test_a_site_that_gives_nothing_is_told_with_what_can_be_done(folder, site):
    """In one line, and nothing is written; nor is one asked to which a page redirects."""
    site.page("/away", redirect(site.url("/", host="localhost")))
    answers = (
        (Reply(b"no", 403), "keeps programs out"),
        (html("<p>nothing here</p>"), "no section with story links was found"),
        (Reply(hang_up=True), "the connection broke off"),
    )
    with serving(folder, "127.0.0.1") as browser:
        browser.send("/add$", address=site.url("/away"))
        browser.wait()
        assert "private" in browser.text
        browser.get(f"/app/language/ar?back={browser.page.url.path}")
        assert f'<bdi dir="ltr">{site.url("/", host="localhost")}</bdi>' in browser.page.text
        assert '<code dir="ltr">--allow-private HOST</code>' in browser.page.text
        browser.get("/app/language/en")
        assert not any(one.path == "/" and one.host == "localhost" for one in site.requests)
        for reply, told_of in answers:
            with Server() as server:
                server.page(quote("/أخبار"), reply)
                browser.get("/app/add")
                browser.send("/add$", address=server.url("/أخبار"))
                browser.wait()
            assert told_of in browser.text
            assert server.url("/أخبار") in browser.text
            assert "Traceback" not in browser.page.text
    assert not (folder / "sites").exists()


def test_names_and_titles_of_pages_stay_text(folder):
    """What a page says runs on no page of the app, be it a name, a title, a headline or a text."""
    attack = "\"'><script>alert(1)</script><img src=x onerror=alert(2)>"
    shown = escape(attack)
    press = ENGLISH
    with Server() as server:
        fill(server, press)
        routes = dict(server.routes)
        for path, route in routes.items():
            server.page(path, lambda request, route=route: _attacked(route(request), press, shown))
        with serving(folder, "127.0.0.1") as browser:
            browser.send("/add$", address=server.url("/"))
            browser.wait()
            assert "alert(1)" in browser.text
            pages = [browser.page.text]
            browser.send("/write$", title_0=attack)
            pages.append(browser.page.text)
            (path,) = (folder / "sites").glob("*.toml")
            site = f"sites/{path.stem}"
            asked = f"why?address={quote(attack)}"
            for name in ("", "add", "status", "import", site, f"{site}/remove", asked):
                pages.append(browser.get(f"/app/{name}"))
                assert browser.page.status_code == 200, name
            story = LexborHTMLParser(pages[0]).css_first(".story a.page").attributes["href"]
            browser.get("/app/why")
            browser.send("/why$", address=story)
            browser.wait()
            assert "alert(1)" in browser.text
            pages.append(browser.page.text)
            browser.send("/mend$", block=browser.tree.css_first("[name=block]").attributes["value"])
            browser.wait()
            pages.append(browser.page.text)
            for name in (f"/app/add/{attack}", f"/app/sites/{attack}", f"/app/mend/{attack}"):
                pages.append(browser.get(quote(name)))
                assert browser.page.status_code in (404, 405)
            for page in pages:
                check_inert(page)


def check_inert(page: str) -> None:
    """Nothing of a page runs, and it leads and sends nowhere but by HTTP."""
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    tree = LexborHTMLParser(page)
    assert not tree.css("script:not([src]), [style], style")
    for node in tree.css("*"):
        assert not any(name.startswith("on") for name in node.attributes)
        for name in ("href", "src", "action", "formaction"):
            scheme = urlsplit(node.attributes.get(name) or "").scheme
            assert scheme in ("", "http", "https", "data"), node.html


def _attacked(reply, press, shown):
    body = reply.body.decode().replace(press.name, f"{press.name} {shown}")
    for headline in press.headlines:
        body = body.replace(headline, f"{headline} {shown}")
    return Reply(body.encode(), reply.status, reply.headers)


def test_forms_need_the_token_of_their_session(folder):
    """Each of them; and no page sends anybody elsewhere."""
    with serving(folder) as browser:
        for path in ("/app/add", "/app/import", "/app/add/x/write", "/app/add/x/more"):
            answer = browser.client.post(path, data={"address": "example.org"})
            assert answer.status_code == 403
        for back in ("https://evil.example/", "//evil.example", "/app/\r\nX: y", "/\\evil"):
            answer = browser.client.get(
                "/app/language/ar", params={"back": back}, follow_redirects=False
            )
            assert answer.headers["location"] == "/app/"
            assert "x" not in answer.headers


def test_many_are_imported_in_the_background(folder, site):
    """Of an OPML file the feeds, of a list each address; what is wrong is named."""
    opml = f'<opml><body><outline xmlUrl="{site.url("/")}"/><outline text="x"/></body></opml>'
    with serving(folder, "127.0.0.1") as browser:
        browser.get("/app/import")
        browser.send("/import$", addresses="http://10.0.0.1/ nothing")
        assert browser.page.status_code == 422
        assert "private" in browser.text
        browser.get("/app/import")
        browser.send("/import$", addresses=opml)
        assert "is looked at" in browser.text or "waits for its turn" in browser.text
        browser.get(browser.tree.css_first("a[href^='/app/add/']").attributes["href"])
        browser.wait()
        assert "politics.atom.xml" in browser.text


def test_addresses_are_found_in_lists_and_opml():
    """Each once, with what parts them."""
    assert find_addresses("a.example، https://b.example/x\na.example;") == [
        "a.example",
        "https://b.example/x",
    ]
    opml = '<OPML><Outline XMLURL="https://a.example/f"><outline htmlUrl="https://b.example/"/>'
    assert find_addresses(opml) == ["https://a.example/f", "https://b.example/"]


def test_a_saying_is_its_english_words_and_can_be_said_in_arabic():
    """With the sayings in it; wherever it is stored it is a plain text."""
    saying = Saying(
        "{country}: no date of its pages names an offset", country=Saying("its language")
    )
    assert saying == "its language: no date of its pages names an offset"
    assert SiteFact("x", saying).why == saying
    assert translation("ar").told(saying) == "لغته: لا تاريخ في صفحاته يذكر فارقًا"
    assert translation("ar").told("its {language}") == "its {language}"


def test_what_goes_wrong_in_a_child_is_told(folder, site, monkeypatch):
    """One that dies or says nothing fits no page; the server goes on."""
    with serving(folder, "127.0.0.1") as browser:
        for child in ("import os; os._exit(3)", "pass", "print('not pickled')"):
            monkeypatch.setattr(jobs, "_CHILD", child)
            browser.get("/app/add")
            browser.send("/add$", address=site.url("/"))
            browser.wait()
            assert "ended too early" in browser.text
        monkeypatch.setattr(jobs, "_CHILD", "import time; time.sleep(60)")
        monkeypatch.setattr(jobs, "_SECONDS", 0.2)
        browser.get("/app/add")
        browser.send("/add$", address=site.url("/"))
        browser.wait()
        assert "it took longer than" in browser.text


def test_the_server_ends_while_a_site_is_looked_at(folder):
    """And its child with it."""
    begun = threading.Event()

    def slow(_):
        begun.set()
        time.sleep(3)
        return html()

    with Server() as server:
        server.page("/", slow)
        with serving(folder, "127.0.0.1") as browser:
            browser.send("/add$", address=server.url("/"))
            assert begun.wait(90)
            begin = time.monotonic()
        assert time.monotonic() - begin < 5
