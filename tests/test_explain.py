"""`feedmaker explain`: as text, as JSON, as the page itself in colours, and as a golden case."""

from __future__ import annotations

import json
import re
import subprocess
from contextlib import suppress

import pytest
from golden_cases import FOLDER
from machine import needs_chromium, run
from pressroom import PRESSES, fill, story
from selectolax.lexbor import LexborHTMLParser
from servers import Server

from feedmaker import ExtractError
from feedmaker.article import read_page
from feedmaker.model import Rules
from feedmaker.model.trace import Trace
from feedmaker.output import explained

PRESS = PRESSES[0]


@pytest.fixture
def server():
    """A site of our own."""
    with Server() as server:
        fill(server, PRESS)
        yield server


def test_an_article_as_json(server, tmp_path):
    """Choices with those that lost, blocks with reasons, and the story."""
    out, _ = run("explain", server.url(story(PRESS, 1, 1)[0]), "--json", cwd=tmp_path)
    made = json.loads(out)
    assert {choice["name"] for choice in made["choices"]} >= {
        "title",
        "authors",
        "published",
        "image",
        "category",
    }
    assert {block["kept"] for block in made["blocks"]} == {True, False}
    assert all(block["reason"] for block in made["blocks"])
    assert made["story"]["title"] == story(PRESS, 1, 1)[1]


def test_the_candidates_that_lost_are_told_with_where_they_came_from(tmp_path):
    """Of title, authors, date, picture and section."""
    data = {"@type": "NewsArticle", "headline": "عنوان آخر للخبر نفسه", "articleSection": "رياضة", "image": "/data.jpg",
            "author": "كاتب البيانات", "datePublished": "2026-01-02T10:00:00+01:00"}  # fmt: skip
    text = "".join(f"<p>{PRESS.text[k % 2]} {k}</p>" for k in range(8))
    (tmp_path / "page.html").write_text(
        '<html><head><meta property="og:title" content="عنوان للمشاركة">'
        '<meta property="og:image" content="/shared.jpg">'
        f'<meta property="article:section" content="سياسة"><meta name="author" content="كاتب الرأس">'
        f'<meta property="article:published_time" content="2026-01-03T10:00:00+01:00">'
        f'<script type="application/ld+json">{json.dumps(data)}</script></head>'
        f"<body><article><h1>عنوان الخبر على الصفحة</h1>{text}</article></body></html>",
        "utf-8",
    )
    made = json.loads(
        run("explain", "page.html", "--url", "https://x.example/1", "--json", cwd=tmp_path)[0]
    )
    lost = {
        choice["name"]: [source for source, _ in choice["losers"]] for choice in made["choices"]
    }
    assert all(lost[name] for name in ("title", "authors", "published", "image", "category")), lost
    shown = run("explain", "page.html", "--url", "https://x.example/1", cwd=tmp_path)[0]
    assert "not 'عنوان آخر للخبر نفسه', from JSON-LD headline" in shown


def test_a_listing_says_of_each_link_why(server, tmp_path):
    """Those that count, and those that do not with the reason."""
    out, _ = run("explain", server.url("/sport"), "--links", "--json", cwd=tmp_path)
    made = json.loads(out)
    assert len(made["links"]) == 9
    dropped = [one for one in made["candidates"] if not one["kept"]]
    assert dropped
    assert all(one["reason"] for one in dropped)
    text, _ = run("explain", server.url("/sport"), "--links", cwd=tmp_path)
    assert "in the page's navigation" in text
    assert "9 story links" in text


def test_the_page_itself_in_colours(server, tmp_path, monkeypatch):
    """What was kept is green and all of it; what was dropped is grey with its reason; nothing of
    the page can run. Its own words are of the command line's language.
    """
    run("explain", server.url(story(PRESS, 1, 1)[0]), "--html", "page.html", cwd=tmp_path)
    page = (tmp_path / "page.html").read_text("utf-8")
    tree = LexborHTMLParser(page)
    kept = " ".join(node.text() for node in tree.css("span.fm-kept"))
    assert all(f"({1}.{k})" in kept for k in range(8))
    assert PRESS.popular not in kept
    dropped = tree.css("#fm-about ~ * span.fm-dropped")
    assert dropped
    assert all((node.attributes.get("title") or "").startswith("dropped") for node in dropped)
    assert "<script" not in page
    assert "default-src 'none'" in page
    run("explain", server.url("/sport"), "--links", "--html", "list.html", cwd=tmp_path)
    links = LexborHTMLParser((tmp_path / "list.html").read_text("utf-8")).css("main a.fm-kept")
    assert len({link.attributes["data-fm-href"] for link in links}) == 9
    monkeypatch.setenv("FEEDMAKER_LANG", "ar")
    run("explain", server.url("/sport"), "--links", "--html", "list.html", cwd=tmp_path)
    assert "<div id=fm-about lang=ar dir=rtl>" in (tmp_path / "list.html").read_text("utf-8")


def test_the_colours_are_explained_in_the_language_of_who_looks():
    """Of all golden pages no reason is in English but for the names of kinds of furniture."""
    reasons = ""
    for path in FOLDER.glob("*/page.html"):
        page, trace = path.read_text("utf-8", errors="replace"), Trace()
        how = {"rules": Rules(), "language": None, "timezone": "UTC", "now": None}
        with suppress(ExtractError):
            read_page(page, "https://x.example/1", trace=trace, **how)
        drawn = explained.explained_story(page, "https://x.example/1", trace, "", "ar").decode()
        assert "--fm-dir:rtl" in drawn
        tree = LexborHTMLParser(drawn)
        assert tree.css_first("#fm-about").attributes["dir"] == "rtl"
        reasons += " ".join(node.attributes["data-fm"] or "" for node in tree.css("[data-fm]"))
    assert "تُرك" in reasons
    assert not re.findall(r"\b(?:kept|dropped|the|of|story|like|which)\b", reasons)


def test_reasons_show_without_a_pointer(server, tmp_path):
    """The Tab key stops at each block once, a tap at any text; no link leads away from the page."""
    run("explain", server.url(story(PRESS, 1, 1)[0]), "--html", "page.html", cwd=tmp_path)
    tree = LexborHTMLParser((tmp_path / "page.html").read_text("utf-8"))
    texts = tree.css("#fm-about ~ * span[data-fm]")
    assert all(node.attributes["tabindex"] in ("0", "-1") for node in texts)
    stops = [node for node in texts if node.attributes["tabindex"] == "0"]
    made = json.loads(run("explain", server.url(story(PRESS, 1, 1)[0]), "--json", cwd=tmp_path)[0])
    assert 0 < len(stops) <= len(made["blocks"])
    assert "[data-fm]:is(:hover,:focus)::after{content:attr(data-fm)" in tree.html
    assert tree.css("a[data-fm-href]")
    assert not tree.css("a[href]")


def test_as_text_a_block_has_its_fate_its_reason_and_its_first_words(server, tmp_path):
    """Its measures are for who asks for them."""
    url = server.url(story(PRESS, 1, 1)[0])
    made = json.loads(run("explain", url, "--json", cwd=tmp_path)[0])
    plain = run("explain", url, cwd=tmp_path)[0].splitlines()
    blocks = [at for at, line in enumerate(plain) if line.startswith(("+ ", "- "))]
    assert len(blocks) == len(made["blocks"])
    for at in blocks:
        kept = plain[at].startswith("+ ")
        assert len(plain[at]) <= 80
        assert plain[at + 1].startswith("    kept: " if kept else "    dropped: ")
    assert not any("position=" in line for line in plain)
    full = run("explain", url, "--features", cwd=tmp_path)[0].splitlines()
    measured = [one for one in made["blocks"] if one["features"]]
    assert sum("position=" in line for line in full) == len(measured) > 0


@pytest.mark.parametrize(
    "case",
    [
        "ar-lead-box-and-cards",
        "ar-table-and-breaks-windows-1256",
        "charset-utf16le-bom",
        "en-lazy-images-video-copies",
        "en-streamed-hidden",
        "font-div-nbsp",
        "hashed-sections",
        "interview-dl",
        "rtl-marks",
        "span-blocks",
    ],
)
def test_every_word_of_a_story_is_green(case, tmp_path):
    """Whatever the markup, the texts of kept blocks are found again in the page."""
    out, _ = run(
        "explain",
        str(FOLDER / case / "page.html"),
        "--url",
        "https://x.example/1",
        "--json",
        cwd=tmp_path,
    )
    run(
        "explain",
        str(FOLDER / case / "page.html"),
        "--url",
        "https://x.example/1",
        "--html",
        "page.html",
        cwd=tmp_path,
    )
    tree = LexborHTMLParser((tmp_path / "page.html").read_text("utf-8"))
    green = "".join("".join(node.text() for node in tree.css("body span.fm-kept")).split())
    for block in json.loads(out)["blocks"]:
        if block["kept"]:
            assert "".join(block["text"].split()) in green


@needs_chromium
def test_a_browser_shows_it(server, tmp_path):
    """Chromium paints the kept text on green."""
    run("explain", server.url(story(PRESS, 1, 1)[0]), "--html", "page.html", cwd=tmp_path)
    page = tmp_path / "page.html"
    command = [
        "chromium",
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--dump-dom",
        page.as_uri(),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    assert 'class="fm-kept"' in done.stdout
    assert "fm-about" in done.stdout


def test_a_case_is_recorded_for_review(server, tmp_path):
    """It says that nobody has looked at it, and is not written over another."""
    url = server.url(story(PRESS, 1, 1)[0])
    run("explain", url, "--record", "case", cwd=tmp_path)
    case = json.loads((tmp_path / "case" / "expected.json").read_text("utf-8"))
    assert case["reviewed"] is False
    assert case["title"] == story(PRESS, 1, 1)[1]
    assert len(case["text"]) == 8
    assert (tmp_path / "case" / "page.html").exists()
    _, err = run("explain", url, "--record", "case", cwd=tmp_path, code=1)
    assert "left as it is" in err
    run("explain", server.url("/sport"), "--links", "--record", "list", cwd=tmp_path)
    assert len(json.loads((tmp_path / "list" / "expected.json").read_text("utf-8"))["links"]) == 9
