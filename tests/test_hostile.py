"""Hostile pages: what attackers write into articles comes out as text, or not at all, in every feed
and page.

`data/hostile/vectors.txt` has one piece of markup a line. Each is put into every place of an
article that ends up in a feed; what comes out is read with a strict eye, and then shown in
chromium, which must not find a thing to run.
"""

from __future__ import annotations

import json
import re
import subprocess
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from html import escape, unescape
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import feed_validator
import pytest
from machine import FLAGS, needs_chromium
from newsroom import SECTION, feed, site
from selectolax.lexbor import LexborHTMLParser

import feedmaker
from feedmaker.model.errors import ExtractError
from feedmaker.output import pages
from feedmaker.output.feed import prepare, render
from feedmaker.output.pages import SectionView

if TYPE_CHECKING:
    from feedmaker.model import Story

_LINES = (Path(__file__).parent / "data" / "hostile" / "vectors.txt").read_text("utf-8").split("\n")


def _read(line: str, number: int) -> str:
    """A vector as it is meant."""
    return re.sub(
        r"~U\+([0-9A-F]{4})~",
        lambda found: chr(int(found[1], 16)),
        line.replace("~N~", str(number)),
    )


VECTORS = {
    n: _read(line, n)
    for n, line in enumerate(_LINES, 1)
    if line and not line.startswith("# ") and line != "#"
}

PAGE = """<!doctype html><html lang="ar" dir="rtl"><head><meta charset="utf-8"><title>{title} | الصحيفة</title>
<meta property="og:type" content="article"><meta property="og:title" content="{attribute}">
<meta property="og:description" content="{attribute}"><script type="application/ld+json">{ld}</script></head>
<body><main><article><h1>{heading}</h1><p class="byline">{byline}</p>
<figure><img src="https://news.example/lead.jpg" width="900" height="600" alt="{alt}">
<figcaption>{caption}</figcaption></figure>
<p>أعلنت وزارة النقل، يوم الجمعة، أن الخط الجديد بين المدينتين سيفتح في الربيع، بعد ثلاث سنوات من الأشغال.</p>
<p>وقال المدير في لقاء مع الصحافة إن الرحلة لن تستغرق أكثر من ساعة {inside} وإن التذاكر ستباع في المحطات.</p>
{between}
<p>وأضاف أن خمسين قاطرة جديدة وصلت إلى الميناء، وأن السائقين بدأوا التدريب عليها منذ بداية الشهر الماضي.</p>
<p>ومن المنتظر أن ينقل الخط عشرة ملايين مسافر في السنة الأولى، حسب تقديرات الوزارة التي نشرت يوم الأربعاء.</p>
</article></main></body></html>"""
PLACES = (
    "heading",
    "title",
    "byline",
    "alt",
    "caption",
    "inside",
    "between",
    "attribute",
    "headline",
    "author",
)


def page(place: str, vector: str) -> str:
    """An article page with a vector in one of its places."""
    usual = dict.fromkeys(PLACES, "") | {
        "heading": "الخط الجديد يفتح في الربيع",
        "byline": "سعاد بناني",
    }
    usual |= {"title": usual["heading"], "headline": usual["heading"], "author": "سعاد بناني"}
    usual |= {place: f"خط {vector} جديد" if place in ("title", "heading", "headline") else vector}
    data = {
        "@type": "NewsArticle",
        "headline": usual.pop("headline"),
        "author": {"name": usual.pop("author")},
    }
    ld = json.dumps(data, ensure_ascii=False).replace("</", "<\\/")
    attribute = escape(usual["attribute"]) or usual["heading"]
    return PAGE.format(**usual | {"ld": ld, "attribute": attribute})


@cache
def stories() -> tuple[Story, ...]:
    """The story of each vector in each place, but where it has no end and the browser would show
    none either.
    """
    found = []
    for number, vector in VECTORS.items():
        for place in PLACES:
            url = f"https://news.example/{number}/{place}"
            try:
                story = feedmaker.extract(page(place, vector), url)
            except ExtractError as error:
                if error.teaser is None:
                    continue
                story = error.teaser
            found.append(
                replace(
                    story, url=url, id=f"urn:{url}", first_seen=datetime(2026, 11, 20, tzinfo=UTC)
                )
            )
    return tuple(found)


ATTRIBUTES = {
    "a": {"href", "type"}, "img": {"src", "alt", "referrerpolicy"}, "ol": {"start", "reversed", "dir"},
    "td": {"colspan", "rowspan", "dir"}, "th": {"colspan", "rowspan", "dir"}, "div": {"dir", "lang"},
}  # fmt: skip
TAGS = {
    "div", "p", "h2", "h3", "h4", "ul", "ol", "li", "blockquote", "figure", "figcaption", "img", "a", "table", "thead",
    "tbody", "tr", "th", "td", "caption", "strong", "em", "b", "i", "code", "pre", "br", "hr", "sub", "sup", "bdi",
    "span",
}  # fmt: skip
ANY = re.compile(".*", re.DOTALL)
ADDRESS = re.compile(r"https?://[^\s\"<>\\^`{|}]+")
VALUES = {
    "href": ADDRESS, "src": ADDRESS, "dir": re.compile("rtl|ltr|auto"), "lang": re.compile("[A-Za-z-]+"), "alt": ANY,
    "referrerpolicy": re.compile("no-referrer"), "type": re.compile(r"(?:audio|video)/[\w.-]+"),
}  # fmt: skip
NUMBER = re.compile(r"-?\d*")


def faults(html: str) -> list[str]:
    """What a feed's HTML has that it may not, as a browser's parser sees it."""
    body = LexborHTMLParser(html).body
    found = []
    for node in body.css("*") if body else []:
        if node.tag in ("body", "html", "head"):
            continue
        if node.tag not in TAGS:
            found.append(f"<{node.tag}>")
        for name, value in node.attributes.items():
            allowed = name in ATTRIBUTES.get(node.tag or "", {"dir"})
            if not allowed or not VALUES.get(name, NUMBER).fullmatch(value or ""):
                found.append(f"{node.tag} {name}={value}")
    return found


def test_there_are_vectors_of_all_kinds():
    """The list is read whole, and nearly every page gives a story, so that there is something to
    look at.
    """
    assert len(VECTORS) >= 80
    assert len(stories()) > 0.9 * len(VECTORS) * len(PLACES)


def test_contents_hold_only_what_a_story_may_have():
    """Tags, attributes and addresses, both as `extract` gives them and as feeds show them."""
    wrong = {story.url: faults(story.html) for story in stories()}
    wrong |= {item.url + "#item": faults(item.content) for item in prepare(feed(*stories())).items}
    assert {url: found for url, found in wrong.items() if found} == {}


ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@pytest.mark.parametrize("form", ["atom", "rss", "json"])
def test_feeds_are_well_formed_and_of_legal_characters(form):
    """Each parses strictly, holds all the stories and passes our validator."""
    data = render(feed(*stories()), form)
    text = data.decode("utf-8")
    if form == "json":
        assert not any(
            ILLEGAL.search(item["title"] + item["content_html"])
            for item in json.loads(text)["items"]
        )
    else:
        assert not ILLEGAL.search(text)
        root = ET.fromstring(data)
        assert len(
            root.findall(".//item") or root.findall("{http://www.w3.org/2005/Atom}entry")
        ) == len(stories())
        kinds = {
            element.get("type", "text")
            for element in root.iter("{http://www.w3.org/2005/Atom}title")
        }
        assert kinds <= {"text"}
    assert feed_validator.faults(data, form) == []


def test_titles_summaries_and_names_are_text():
    """No markup is left in them even for a reader that takes text for HTML."""
    wrong = {}
    for item in prepare(feed(*stories())).items:
        for text in (item.title, item.summary, *item.authors, *item.categories):
            live = [node.html for node in LexborHTMLParser(f"<div>{text}</div>").css("div *")]
            if live:
                wrong[item.url] = live
    assert wrong == {}


# ---- in a browser

SCRIPT = """
const told = [], seen = [];
for (const name of ['alert', 'confirm', 'prompt', 'open', 'MsgBox']) window[name] = n => told.push(String(n));
function look(root, where) {
  for (const element of root.querySelectorAll('*')) {
    if (['SCRIPT', 'STYLE', 'IFRAME', 'OBJECT', 'EMBED', 'FORM', 'BASE', 'META', 'LINK'].includes(element.tagName)
        || element.namespaceURI !== 'http://www.w3.org/1999/xhtml') seen.push(where + ': ' + element.tagName);
    for (const {name, value} of element.attributes) {
      if (/^on|^style$|^srcset$|^formaction$|^background$/.test(name)) seen.push(where + ': ' + name + '=' + value);
      if (['src', 'href'].includes(name) && !/^https?:$/.test(new URL(value, 'https://base.test/').protocol))
        seen.push(where + ': ' + name + '=' + value);
    }
  }
}
const holder = document.createElement('div');
document.body.append(holder);
contents.forEach((html, at) => {
  const first = document.createElement('div'), again = document.createElement('div');
  first.innerHTML = html;
  again.innerHTML = first.innerHTML;
  holder.append(first, again);
  if (first.innerHTML !== again.innerHTML) seen.push(at + ': is read otherwise the second time');
  look(first, at); look(again, at);
});
for (const element of holder.querySelectorAll('*'))
  for (const kind of ['mouseover', 'focus', 'toggle', 'pointerenter']) element.dispatchEvent(new Event(kind));
for (const html of documents) {
  const shown = document.createElement('iframe');
  const open = html.replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/i, '');
  if (open === html) seen.push('a page without its policy');
  shown.srcdoc = open.replace(/<head>|<meta/i, found => '<script>alert = n => parent.alert(n)</' + 'script>' + found);
  document.body.append(shown);
}
addEventListener('load', () => setTimeout(() => {
  const result = document.createElement('pre');
  const images = [...holder.querySelectorAll('img')].map(image => image.src);
  const frames = document.querySelectorAll('iframe').length;
  result.id = 'result'; result.textContent = JSON.stringify({told, seen, images, frames});
  document.body.replaceChildren(result);
}, 1500));
"""


def shown(contents: list[str], documents: list[str], folder: Path) -> dict:
    """What chromium runs, has and loads of these contents and whole pages."""
    given = json.dumps([contents, documents]).replace("<", "\\u003c")
    script = f"const [contents, documents] = {given};{SCRIPT}"
    (folder / "page.html").write_text(
        f'<!doctype html><meta charset="utf-8"><body><script>{script}</script>', "utf-8"
    )
    flags = (*FLAGS, "--host-resolver-rules=MAP * ~NOTFOUND", "--virtual-time-budget=8000")
    command = [
        "chromium",
        *flags,
        f"--user-data-dir={folder / 'profile'}",
        "--dump-dom",
        f"{folder / 'page.html'}",
    ]
    done = subprocess.run(command, check=True, capture_output=True, timeout=120)
    found = re.search(r'<pre id="result">(.*?)</pre>', done.stdout.decode(), re.DOTALL)
    assert found, "the page's script did not run, or something led away from it"
    return json.loads(unescape(found[1]))


def view() -> SectionView:
    """All the stories as a section."""
    return SectionView(site=site(SECTION), section=SECTION, stories=stories(), count=len(stories()))


@needs_chromium
def test_nothing_runs_in_a_browser(tmp_path):
    """Contents as a reader shows them, read twice, and our own pages without the policy that they
    forbid scripts by.
    """
    contents = [item.content for item in prepare(feed(*stories())).items]
    result = shown(
        contents,
        [pages.section_page(view()).decode(), pages.overview_page("index.html", [view()]).decode()],
        tmp_path,
    )
    assert (result["told"], result["seen"], result["frames"]) == ([], [], 2)
    expected = {src for html in contents for src in _images(html)}
    assert set(result["images"]) == expected


def _images(html: str) -> list[str]:
    return [unescape(src) for src in re.findall(r'<img [^>]*?src="([^"]*)"', html)]


@needs_chromium
def test_without_our_care_they_do_run(tmp_path):
    """What the test above asks can go wrong: some of the vectors as they are."""
    plain = re.compile(r"<img src=x onerror=alert\(\d+\)>|<svg[ /]onload=alert\(\d+\)>")
    raw = {number: vector for number, vector in VECTORS.items() if plain.fullmatch(vector)}
    result = shown(list(raw.values()), [], tmp_path)
    assert set(result["told"]) == {str(number) for number in raw} != set()
    assert result["seen"]


def test_our_pages_hold_no_markup_of_theirs():
    """A section's page and the index have our one script and style, and a policy that allows no
    other.
    """
    for html in (pages.section_page(view()), pages.overview_page("index.html", [view()])):
        tree = LexborHTMLParser(html.decode())
        assert len(tree.css("script")) == len(tree.css("style")) == 1
        assert not tree.css("iframe, object, embed, form, base, math, img")
        assert not [
            n.html
            for n in tree.css("*")
            if any(a.startswith("on") or a == "style" for a in n.attributes)
        ]
        links = [n.attributes.get("href") or "" for n in tree.css("a[href]")]
        assert [
            link
            for link in links
            if ":" in link.partition("/")[0] and not re.match("https?://", link)
        ] == []
