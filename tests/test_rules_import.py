"""`feedmaker rules import`: files of ftr-site-config as hints for the rules of a site."""

from __future__ import annotations

import tomllib

import pytest
from lxml import html as lxml_html
from machine import run
from news_site import SENTENCES, listing
from selectolax.lexbor import LexborHTMLParser
from servers import Reply, Server, html

from feedmaker.setup.site_config_files import list_rule_files, read_text, rule_file_of
from feedmaker.setup.xpath_selectors import NotExactError, translate

PAGE = """
<html><head><title>ت</title><meta id="m1" name="author" content="هدى"></head><body id="b">
<div id="d1" class="story body"><h1 id="h1" class="title">عنوان</h1>
<p id="p1" class="lead">نص</p><p id="p2">نص <a id="a1" href="/share?x=1">شارك</a></p>
<div id="d2" class="share-box"><ul id="u1"><li id="l1">1</li><li id="l2" class="last">2</li></ul></div>
<section id="s1" data-type="related"><p id="p3" class="lead story">نص</p><p id="p4">نص</p></section></div>
<div id="d3" class="body-text"><span id="sp1" title="x"></span><p id="p5"><time id="t1" datetime="2026-11-20">أمس</time></p></div>
<div id="d4"></div><x-card id="x1"></x-card><table id="tb"><tbody id="tt"><tr id="tr1"><td id="td1"><p id="p6">ن</p></td></tr></tbody></table>
</body></html>
"""


@pytest.mark.parametrize(
    "expression",
    [
        "//div",
        "//*[@class='lead']",
        '//div[@class="story body"]',
        "//div[@id = 'd2']//li",
        "//div[contains(@class, 'body')]",
        "//div[contains(concat(' ', normalize-space(@class), ' '), ' body ')]",
        "//p[contains(concat(' ',@class,' '), ' lead ')]",
        "//div[starts-with(@class, 'share')]/ul/li[2]",
        "//li[1]",
        "//p[last()]",
        "//section/*[1]",
        "//div[@id='d1']/p[2]",
        "/html/body/div",
        "//div[not(@class)]",
        "//div[@class and not(contains(@class, 'share'))]",
        "//div[@id='d3' or @id='d4']",
        "//div[(@id='d3' or @id='d1') and .//p]",
        "//p[a]",
        "//p[a[contains(@href, 'share')]]",
        "//div[ul/li[@class]]",
        "//div[.//a/@href]",
        "//a/parent::p",
        "//time/..",
        "//ul/parent::div",
        "//div[@id='d1']/descendant::p",
        "//h1 | //time",
        "//section[@data-type='related']//p[@class='lead story']",
        "//tbody/tr/td/p",
        "//div[not(.//p) and not(.//ul)]",
        "//P",
        "//a/ancestor::div",
        "//p[a]/ancestor::body",
        "//h1/following-sibling::*",
        "//p/following-sibling::p",
        "//p/following-sibling::*[1]",
        "//p/following-sibling::*[1]/a",
        "//div/preceding-sibling::h1",
        "//p[following-sibling::p]",
        "//*[@class='lead']/self::p",
        "//p/self::*",
        "//x-card",
        "//p[contains(concat(' ', normalize-space(@class), ' '), 'lea')]",
    ],
)
def test_a_selector_names_what_the_expression_names(expression):
    """On a page, by lxml and by the selectors."""
    wanted = expression.replace("//P", "//p")
    by_xpath = {node.get("id") for node in lxml_html.document_fromstring(PAGE).xpath(wanted)}
    tree = LexborHTMLParser(PAGE)
    by_css = {
        node.attributes["id"]
        for selector in translate(expression).selectors
        for node in tree.css(selector)
    }
    assert by_css == by_xpath
    assert by_xpath


@pytest.mark.parametrize(
    "expression",
    [
        "//div[contains(., 'نص')]",
        "//p[text()='نص']",
        "(//div)[1]",
        "//div[@class][1]",
        "//div/descendant::p[1]",
        "//a/ancestor::div[1]",
        "//div//a/ancestor::div",
        "//a//parent::div",
        "//p/following-sibling::p[1]",
        "//p/following-sibling::*[@class][1]",
        "//p/self::div",
        "//p[a]/self::div",
        "//div/p/self::p",
        "//p[preceding-sibling::p]",
        "//p[contains(concat(' ', @class, ' '), ' lea')]",
        "//div[@class][1][1]",
        "substring-after(//p, ':')",
        "//div[position() > 1]",
        "//div//p/..",
        "//a/@href | //p",
        "//div[contains(@class, '')]",
        "//div[",
        "//div]",
        "div",
        "",
        "//*" * 2_000,
        "//div[@a='x' or @b='x']" * 6,
        "//div[" * 300,
        "//a" + "[b" * 600,
        "//a[" + "(" * 900 + "@b",
        "//a" + "[not(b" * 300,
        '//div[@class="a\\b"]',
    ],
)
def test_what_no_selector_names_exactly_is_not_translated(expression):
    """It is said, and nothing is guessed."""
    with pytest.raises(NotExactError):
        translate(expression)


FILE = """
# كتبت لهذا الاختبار
title: //h1[@class='headline']
body: //div[@id='gone']
body: //div[contains(@class, 'entry')]
author: //span[@class='writer']
date: //time/@datetime
strip: //div[contains(@class, 'share')]
strip: //p[contains(., 'اقرأ أيضا')]
strip_id_or_class: "advert"
next_page_link: //a[@rel='next']
find_string: <x>
replace_string(<y>): <z>
http_header(user-agent): Mozilla/5.0
http_header(Referer): https://search.example/
prune: no
what is this
test_url: {test}
"""


def test_where_the_first_counts_the_first_of_all_is_the_same():
    """With its text without blanks; of several paths the first on the page is not told."""
    for expression in ("(//div/p)[1]", "normalize-space(//div/p)", " string(//div/p) "):
        assert translate(expression, first=True).selectors == ("div > p",)
        with pytest.raises(NotExactError):
            translate(expression)
    for expression in (
        "(//a | //p)[1]",
        "(//a)[2]",
        "(//a)[1]/b",
        "string('x')",
        "(//a)[1]|(//b)[1]",
    ):
        with pytest.raises(NotExactError):
            translate(expression, first=True)


def test_a_file_is_read_line_by_line():
    """What is not understood is named with its number and why."""
    found = read_text(FILE, "example.org.txt")
    assert found.selectors["body"] == ('div[id="gone"]', 'div[class*="entry"]')
    assert found.selectors["drop"] == ('div[class*="share"]', '[id*="advert"]', '[class*="advert"]')
    assert found.selectors["date"] == ("time",)
    assert found.headers == {"Referer": "https://search.example/"}
    assert found.tests == ("{test}",)
    assert [line.number for line in found.unknown] == [9, 12, 13, 14, 17]
    assert found.unknown[1].why == "find_string is not known here"


def test_the_file_of_a_site_is_that_of_its_host(tmp_path):
    """Or of all hosts below one; the nearest wins."""
    for name in ("example.org", ".example.com", ".sub.example.com"):
        (tmp_path / f"{name}.txt").write_text("prune: no\n")
    files = list_rule_files(tmp_path)

    def name(home):
        found = rule_file_of(files, home)
        return found.name if found else ""

    assert name("https://www.example.org/") == "example.org.txt"
    assert name("https://a.sub.example.com/") == ".sub.example.com.txt"
    assert name("https://a.example.com/x") == ".example.com.txt"
    assert name("https://sport.example.org/") == ""


def _page(number: int) -> Reply:
    """An article with what the sample file names, and what it does not."""
    title = f"افتتاح الحديقة رقم {number} أمام الزوار بعد أعمال صيانة طويلة"
    text = "".join(f"<p>{line} {number}.</p>" for line in SENTENCES)
    return html(
        f'<h1 class="headline">{title}</h1><p class="kicker">خبر آخر تماما</p>'
        f'<time datetime="2026-11-20T10:00:00+03:00">الجمعة</time>'
        f'<div class="entry-content">{text}<div class="share">شارك</div></div>'
    )


@pytest.fixture
def site(tmp_path):
    """A configured site, and a folder with a file for it."""
    with Server() as server:
        server.page("/all", listing(3, 2, 1))
        for number in (3, 2, 1):
            server.page(f"/{number}-garden-opens-again.html", _page(number))
        server.sites = tmp_path / "config" / "sites"
        server.sites.mkdir(parents=True)
        (tmp_path / "config" / "feedmaker.toml").write_text(
            "max_age = 0\n[fetch]\ndelay = 0\nretries = 0\n"
        )
        server.text = (
            f'# بخط اليد\nname = "ن"\nhome = "{server.url("/")}"\n\n[[sections]]\nslug = "all"\n'
            f'title = "ق"\nurls = ["{server.url("/all")}"]\n'
        )
        (server.sites / "news.toml").write_text(server.text, "utf-8")
        server.rules = tmp_path / "rules"
        server.rules.mkdir()
        test = server.url("/2-garden-opens-again.html")
        (server.rules / "127.0.0.1.txt").write_text(FILE.format(test=test), "utf-8")
        server.folder = tmp_path

        def take(*more: str, code: int = 0) -> str:
            printed, told = run("rules", "import", "rules", *more, cwd=tmp_path, code=code)
            return printed + told

        server.take = take
        server.toml = lambda: tomllib.loads((server.sites / "news.toml").read_text("utf-8"))
        yield server


def test_what_agrees_is_taken_and_the_rest_is_named(site):
    """Into the site's file, behind all that it says; on the pages that the file names."""
    told = site.take()
    assert site.toml()["rules"] == {
        "body": ['div[class*="entry"]'],
        "drop": ['div[class*="share"]'],
        "title": ['h1[class="headline"]'],
        "date": ["time"],
    }
    assert (site.sites / "news.toml").read_text("utf-8").startswith(site.text)
    assert 'taken, as on 1 pages without it: body = div[class*="entry"]' in told
    assert "it names nothing on the pages tried: author" in told
    assert "line 9 is not understood (at . , 'اقرأ أيضا' )): strip: //p[contains" in told
    assert "it wants the header Referer: https://search.example/" in told
    assert site.paths() == ["/2-garden-opens-again.html"]
    out, _ = run("build", "-v", cwd=site.folder)
    assert "3 new" in out


def test_what_says_something_else_is_not_taken(site):
    """A title that is none, and a body that is a part."""
    path = site.rules / "127.0.0.1.txt"
    test = f"test_url: {site.url('/2-garden-opens-again.html')}\n"
    path.write_text(f"title: //p[@class='kicker']\nbody: //div/p[1]\n{test}", "utf-8")
    told = site.take()
    assert "rules" not in site.toml()
    assert "it says something else than is found without it: body, title" in told


def test_what_is_found_nowhere_else_is_taken(site):
    """An author whom nothing but the file names."""
    test = site.url("/2-garden-opens-again.html")
    body = _page(2).body.replace(b"<time", '<b class="x9">هدى مراد</b><time'.encode())
    site.page(
        "/2-garden-opens-again.html",
        Reply(body, headers={"Content-Type": "text/html; charset=utf-8"}),
    )
    text = f"author: //b[@class='x9']\ntest_url: {test}\n"
    (site.rules / "127.0.0.1.txt").write_text(text, "utf-8")
    site.take()
    assert site.toml()["rules"] == {"author": ['b[class="x9"]']}


def test_rules_of_the_site_stay(site):
    """They were written by a person; the others are put beside them."""
    text = f'{site.text}\n[rules]\nbody = ["div.entry-content"]  # mine\n'
    (site.sites / "news.toml").write_text(text, "utf-8")
    told = site.take("news")
    assert "the site has a rule of its own: body" in told
    rules = site.toml()["rules"]
    assert rules["body"] == ["div.entry-content"]
    assert rules["title"] == ['h1[class="headline"]']
    assert "# mine" in (site.sites / "news.toml").read_text("utf-8")


def test_stories_that_are_known_are_tried_first(site):
    """On their pages, as today's; what robots.txt closes is not asked."""
    run("build", cwd=site.folder)
    site.requests.clear()
    site.take()
    assert site.paths()[0] != "/2-garden-opens-again.html" or len(site.paths()) > 1


def test_nothing_is_taken_where_no_page_can_be_had(site):
    """One line says so."""
    site.page(
        "/robots.txt", Reply(b"User-agent: *\nDisallow: /", headers={"Content-Type": "text/plain"})
    )
    told = site.take()
    assert "none of its pages could be fetched, so nothing is taken" in told
    assert "rules" not in site.toml()


def test_a_wrong_folder_or_name_is_told(site):
    """In one line."""
    assert (
        "nowhere: no such folder" in run("rules", "import", "nowhere", cwd=site.folder, code=2)[1]
    )
    assert "other: no such site" in site.take("other", code=2)
    (site.rules / "127.0.0.1.txt").unlink()
    assert "news: rules has no file for it" in site.take()
