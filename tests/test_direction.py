"""Direction as it is seen: our feeds in pages as Miniflux and FreshRSS make them, laid out by
chromium.

Both show a title in an element with `dir="auto"` and an article in another. FreshRSS keeps `dir`,
`lang` and `div` of the content; Miniflux takes out `dir`, `lang`, `div`, `span`, `bdi` and `bdo`.
What is asked of the browser is where it puts the first and the last character of each line: in a
right-to-left line the first is right of the last.
"""

from __future__ import annotations

import fcntl
import json
import os
import pty
import re
import select
import shutil
import struct
import subprocess
import termios
from html import escape, unescape
from typing import NamedTuple

import feedparser
import nh3
import pytest
from machine import FLAGS, needs_chromium
from newsroom import feed, story

from feedmaker.output.feed import render

TAGS = {"p", "h2", "h3", "ul", "li", "blockquote", "figure", "img", "a", "strong", "em"}
PROFILES = {
    "freshrss": {
        "tags": TAGS | {"div", "span", "bdi"},
        "attributes": {"*": {"dir", "lang"}, "a": {"href"}},
    },
    "miniflux": {"tags": TAGS, "attributes": {"a": {"href"}}},
}
# What a line is, asked of the layout. Marks have no place of their own, and emoji are two units of
# a string.
SCRIPT = """
function place(node, at) {
  const range = document.createRange();
  const wide = node.data.codePointAt(at) > 0xffff ? 2 : 1;
  range.setStart(node, at); range.setEnd(node, at + wide);
  return range.getBoundingClientRect();
}
const lines = [...document.querySelectorAll('.title, .body p, .body li, .body h2')].map(element => {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT), spots = [];
  for (let node; node = walker.nextNode();)
    for (let at = 0; at < node.data.length; at++)
      if (!/[\\s\\u200e\\u200f\\udc00-\\udfff\\ufe0f]/.test(node.data[at])) spots.push(place(node, at));
  const first = spots[0], last = spots[spots.length - 1], box = element.getBoundingClientRect();
  return {text: element.textContent, direction: getComputedStyle(element).direction,
          seen: first.left > last.left ? 'rtl' : 'ltr'};
});
const result = document.createElement('pre');
result.id = 'result'; result.textContent = JSON.stringify(lines);
document.body.append(result);
"""


class Line(NamedTuple):
    """One line as chromium shows it: its text, the computed direction, and the order its ends are
    seen in.
    """

    text: str
    direction: str
    seen: str


def shown(xml: bytes, reader: str, folder) -> list[Line]:
    """The titles and the blocks of text of a feed, laid out in a page of this reader."""
    entries = feedparser.parse(xml, sanitize_html=False).entries
    articles = [
        f'<h1><span class="title" dir="auto">{escape(entry.title)}</span></h1>'
        f'<div class="body" dir="auto">{nh3.clean(entry.content[0].value, link_rel=None, **PROFILES[reader])}</div>'
        for entry in entries
    ]
    style = "<style>h1, .body * { font-size: 14px; white-space: nowrap }</style>"
    page = f'<!doctype html><html lang="en"><meta charset="utf-8">{style}{"".join(articles)}<script>{SCRIPT}</script>'
    (folder / "page.html").write_text(page, "utf-8")
    command = [
        "chromium",
        *FLAGS,
        f"--user-data-dir={folder / 'profile'}",
        "--dump-dom",
        f"{folder / 'page.html'}",
    ]
    done = subprocess.run(command, check=True, capture_output=True, timeout=120)
    found = re.search(r'<pre id="result">(.*?)</pre>', done.stdout.decode(), re.DOTALL)
    assert found, "the page's script did not run"
    return [Line(**line) for line in json.loads(unescape(found[1]))]


def wrong(lines: list[Line], expected: str) -> list[Line]:
    """The lines that are not shown as expected, by what the browser computed or by what is seen."""
    return [line for line in lines if (line.direction, line.seen) != (expected, expected)]


every_reader = pytest.mark.parametrize("reader", PROFILES)
every_format = pytest.mark.parametrize("form", ["atom", "rss"])

ARABIC_TITLES = (
    "القمة تنطلق في الرباط",
    "القمة تنطلق في الرباط، بحسب AFP",
    "AFP: القمة تنطلق غدا!",
    "iPhone 17 يصل إلى الأسواق العربية (صور)",
    "2026: عام الكأس",
    "٢٠ جريحا في حريق بالسوق.",
    "5G تصل إلى القرى الجبلية…",
    "«سنفوز»: وعد المدرب قبل المباراة",
    '"سنفوز" قال المدرب قبل المباراة!',
    "«Le Monde»: الحكومة تعود عن قرارها",
    "(خاص) الوزير يستقيل؟",
    "[فيديو] لحظة الهدف في الدقيقة 90+3",
    "[Video] لحظة الهدف في مرمى Real Madrid",
    "... والبقية تأتي!",
    "- متابعة: الأمطار تعود",
    "⚽ نجم السنابل بطلا",
    "🇲🇦 المغرب يفوز على France بهدفين",
    "👍🏽 Bravo! الجمهور يحيي الفريق",
    "#القدس في القلب",
    "#BREAKING هزة أرضية تضرب الساحل",
    "@almadar على منصة جديدة",
    "+100 إصابة في يوم واحد",
    "$50 مليار خسائر الزلزال",
    "%20 من السكان يهاجرون",
    "C++ لغة قديمة لا تموت.",
    "COVID-19: الصحة تعلن نهاية الموجة؟",
    "(AFP) - القمة تنطلق (2)",
)


@needs_chromium
@every_format
@every_reader
def test_arabic_titles_are_seen_right_to_left_whatever_they_begin_with(reader, form, tmp_path):
    """Letters, digits, quotes, brackets, punctuation, emoji and tags in front change nothing."""
    stories = [story(number, title=title) for number, title in enumerate(ARABIC_TITLES, 1)]
    lines = shown(render(feed(*stories), form), reader, tmp_path)
    titles = [
        line
        for line in lines
        if "الفريق في المباراة رقم" not in line.text and "وقال المدرب" not in line.text
    ]
    assert [line.text.strip("\u200f") for line in titles] == list(ARABIC_TITLES)
    assert not wrong(lines, "rtl")


BODIES = (
    "<p>AFP - أعلن الوزير اليوم فتح المعبر.</p><p>وقال إن العبور مجاني.</p>",
    "<p>Reuters</p><p>أعلن الوزير اليوم فتح المعبر!</p>",
    '<p><a href="https://a.example/">Reuters</a>: أعلن الوزير (أمس) فتح المعبر.</p><ul><li>أولا: مجانا.</li></ul>',
    "<p>2026 عام الكأس في المغرب، 30 منتخبا.</p><p>- والنهائي في يوليوز!</p>",
    "<h2>FIFA: القرعة غدا</h2><p>«ستكون القرعة صعبة»، قال المدرب.</p>",
    "<p>⚽ نجم السنابل بطلا للمرة الثالثة!</p>",
)


@needs_chromium
@every_format
@every_reader
def test_arabic_bodies_are_seen_right_to_left(reader, form, tmp_path):
    """A body whose first letters are Latin, too, also where the reader takes our `dir` out; Latin
    lines stay whole.
    """
    stories = [story(number, html=body) for number, body in enumerate(BODIES, 1)]
    lines = shown(render(feed(*stories), form), reader, tmp_path)
    latin = [line for line in lines if line.text.strip("\u200f") == "Reuters"]
    assert [(line.direction, line.seen) for line in latin] == [("rtl", "ltr")]
    assert not wrong([line for line in lines if line not in latin], "rtl")


FOREIGN = (
    ("fr", "Le ministre reçoit l'équipe (photos).", "<p>Le ministre a reçu l'équipe, hier.</p>"),
    ("en", "2026: the year of the cup!", "<p>«We will win», the coach said.</p><p>He left.</p>"),
    (
        "en",
        "«الجزيرة» reports an earthquake.",
        "<p>الجزيرة said on Friday that nobody was hurt.</p>",
    ),
)


@needs_chromium
@every_format
@every_reader
def test_foreign_stories_of_an_arabic_feed_are_seen_left_to_right(reader, form, tmp_path):
    """French and English ones, also with an Arabic word in front."""
    stories = [
        story(number, title=title, html=html, language=language)
        for number, (language, title, html) in enumerate(FOREIGN, 1)
    ]
    assert not wrong(shown(render(feed(*stories), form), reader, tmp_path), "ltr")


SITES = {
    "fa": (
        "Apple: آیفون تازه رسید!",
        "<p>BBC فارسی: دولت (دیروز) پاسخ داد.</p><p>۲۰ نفر آمدند.</p>",
    ),
    "ur": (
        "ICC: پاکستان کی ٹیم جیت گئی!",
        "<p>ICC نے کہا: میچ کل ہو گا۔</p><p>یہ 2026 کا سال ہے۔</p>",
    ),
    "he": ("CNN: הממשלה התפטרה!", "<p>CNN: הממשלה (אתמול) התפטרה.</p><p>20 איש הגיעו.</p>"),
}


@needs_chromium
@every_reader
@pytest.mark.parametrize("language", SITES)
def test_other_languages_of_that_direction_are_seen_right_to_left(language, reader, tmp_path):
    """Persian, Urdu and Hebrew sites, by their `language` alone."""
    title, html = SITES[language]
    stories = [story(1, title=title, html=html, language=language)]
    assert not wrong(
        shown(render(feed(*stories, language=language), "atom"), reader, tmp_path), "rtl"
    )


@needs_chromium
def test_without_our_mark_a_title_is_seen_the_wrong_way(tmp_path):
    """What the tests above ask can go wrong: a Latin word in front turns a bare line round."""
    xml = render(feed(story(1, title="AFP: القمة تنطلق غدا!")), "atom")
    title = shown(xml.replace("\u200f".encode(), b""), "miniflux", tmp_path)[0]
    assert (title.direction, title.seen) == ("ltr", "ltr")


def on_screen(xml: bytes, folder) -> str:
    """What newsboat writes to a terminal of 120 columns when its one feed is opened, without the
    terminal's codes.
    """
    (folder / "feed.xml").write_bytes(xml)
    (folder / "config").touch()
    (folder / "urls").write_text(f"file://{folder / 'feed.xml'}\n")
    files = ["-C", folder / "config", "-u", folder / "urls", "-c", folder / "cache.db"]
    environment = {
        "HOME": str(folder),
        "PATH": "/usr/bin:/bin",
        "LC_ALL": "C.UTF-8",
        "TERM": "xterm",
    }
    subprocess.run(
        ["newsboat", *files, "-x", "reload"],
        check=True,
        capture_output=True,
        env=environment,
        timeout=60,
    )
    screen, end = pty.openpty()
    fcntl.ioctl(end, termios.TIOCSWINSZ, struct.pack("HHHH", 50, 120, 0, 0))
    with subprocess.Popen(
        ["newsboat", *files], stdin=end, stdout=end, stderr=end, env=environment
    ) as process:
        os.close(end)
        written = b""
        for key in (b"\n", b"q", b"Q"):  # open the feed, leave it, leave
            while select.select([screen], [], [], 1.5)[0]:
                written += os.read(screen, 65536)
            os.write(screen, key)
        process.wait(timeout=30)
    os.close(screen)
    return re.sub(
        r"\x1b(?:\[[0-9;?]*[A-Za-z]|[()][A-Z0-9]|[=>])", "", written.decode("utf-8", "replace")
    )


@pytest.mark.skipif(shutil.which("newsboat") is None, reason="newsboat is not installed")
@every_format
def test_newsboat_shows_titles_whole_whatever_they_begin_with(form, tmp_path):
    """In its list of items each title stands once more as it was written; the mark, which has no
    width, harms none.
    """
    stories = [story(number, title=title) for number, title in enumerate(ARABIC_TITLES, 1)]
    screen = on_screen(render(feed(*stories), form), tmp_path)
    assert [title for title in ARABIC_TITLES if title not in screen] == []
