"""Mutated real pages through every parser: whatever a page is, only documented errors come out, within time and memory.

    python tests/bench/fuzz.py [--pages 100000] [--seed 1447] [--processes 2] [--only NUMBER]

Each page is one of the public pages, mostly a part of it, with some of it broken: bytes turned, pieces cut, doubled,
moved or taken of another page, tags and values set in that parsers stumble over. It goes through `extract`, each third
also through `find_links` and, as what a server may call it, the sitemap and feed readers; a story that comes of it goes
into a feed, which must parse. A page is made by its number and the seed alone: what fails is printed with its number,
and `--only` runs that one again.
"""

from __future__ import annotations

import argparse
import gzip
import os
import random
import resource
import sys
import time
import traceback
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from multiprocessing import Pool
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
SLOW = 2.0  # seconds of processor time
TOKENS = tuple(
    part.encode("utf-8", "surrogatepass")
    for part in (
        "<", ">", "</", "/>", "<!--", "-->", "<![CDATA[", "]]>", "<?xml version='1.0'?>", "<!DOCTYPE html>", "&",
        "&#0;", "&#x110000;", "&#xd800;", "&lt;", "&nosuch;", '"', "'", "`", "=", "\0", "\ud800", "\ufffe", "\u202e",
        "\u2066", "\ufeff", "<script>", "</script>", "<style>", "<template>", "<svg>", "<math>", "<title>",
        "</title>", "<textarea>", "<plaintext>", "<noscript>", "<iframe srcdoc='", "<table><tr><td>", "</table>",
        "<select><option>", "<form>", "<frameset>", "<body>", "<base href='http://[::1'>", "<base href=//>",
        "<article>", "</article>", "<h1>", "<p>", "</p>", "<a href='", "<li>", "<time datetime='99999-99-99'>",
        "<time datetime='2026-02-30T25:61:61+99:99'>", "<time>قبل 99999999999999999999 سنة</time>",
        "<meta property='article:published_time' content='0000-00-00'>", "<meta charset='utf-7'>",
        "<meta charset=nosuch>", "<meta http-equiv=refresh content='0;url=javascript:1'>",
        "<img src='data:image/png;base64,AAAA' srcset=',,, 9e999x'>", "<script type='application/ld+json'>",
        '{"@type":"NewsArticle","headline":[[[[1]]],"author":{"name":{"name":[]}},',
        '"datePublished":1e999,"image":[{"url":{}}],"articleBody":null}',
        '{"@graph":[null,1,"x",{"@type":["NewsArticle",null]}]}', "[" * 400, "{" * 400, "<div>" * 600, "<b>" * 300,
        "<table>" * 80, "<ul><li>" * 200, "&amp;" * 500, " x=1" * 3000, "ـ" * 3000, "\u0301" * 3000, "١٢/١٣/٩٩٩٩",
        "31 فبراير 2026", "12 ربيع الأول 9999 هـ", "منذ ٩٩٩٩٩٩٩٩٩٩ يوم", "9" * 400, "<url><loc>", "</loc></url>",
        "<urlset>", "<sitemapindex>", "<rss><channel><item>", "<link>", "<entry>", "<updated>",
        "<lastmod>2026-99-99</lastmod>", "<pubDate>Xxx, 99 Foo 99999 99:99:99 +9999</pubDate>", "xmlns:x='",
        "<!ENTITY a 'b'>", "http://[", "http://a:99999999/", "//", "javascript:alert(1)", "http://\u0660\u0661/",
        "http://a/" + "x" * 5000, "%", "%zz",
    )
)  # fmt: skip

_pages: list[bytes] = []


def load(shared: Path) -> list[bytes]:
    """The public pages, as they were saved."""
    paths = sorted(path for path in (shared / "data").rglob("*") if path.name.endswith((".html", ".html.gz")))
    return [gzip.decompress(p.read_bytes()) if p.suffix == ".gz" else p.read_bytes() for p in paths]


def mutated(number: int, seed: int) -> bytes:
    """The page of a number."""
    chance = random.Random(seed * 1_000_003 + number)
    data = bytearray(_pages[chance.randrange(len(_pages))])
    if chance.random() < 0.85:  # most of the faults are found in a part as well as in the whole, and sooner
        length = chance.randint(2_000, 25_000)
        head = data.lower().find(b"</head>")
        start = chance.randrange(max(1, len(data) - length))
        data = data[: head + 7 if 0 <= head < 30_000 and chance.random() < 0.7 else 0] + data[start : start + length]
    for _ in range(chance.choice((1, 1, 2, 3, 5, 8, 20))):
        _mutate(data, chance)
    return bytes(data)


def _mutate(data: bytearray, chance: random.Random) -> None:
    at = chance.randrange(len(data) + 1)
    length = int(chance.paretovariate(0.7)) % (len(data) // 2 + 1)
    kind = chance.randrange(9)
    if kind <= 2:
        data[at:at] = chance.choice(TOKENS) * (1 if chance.random() < 0.9 else chance.randint(2, 50))
    elif kind == 3:
        del data[at : at + length]
    elif kind == 4:
        data[at:at] = data[chance.randrange(len(data) + 1) :][:length]
    elif kind == 5:
        other = _pages[chance.randrange(len(_pages))]
        data[at : at + length] = other[chance.randrange(len(other)) :][: length * 2]
    elif kind == 6:
        for place in range(at, min(len(data), at + length % 200)):
            data[place] = chance.randrange(256)
    elif kind == 7 and data:
        for _ in range(chance.randint(1, 30)):
            data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    else:
        del data[at:]


def tried(number: int, seed: int) -> tuple[str, float, str]:
    """What became of the page of a number: a word, the processor time, and the traceback where there is one."""
    from lxml import etree

    import feedmaker
    from feedmaker import feed, listing, walls
    from feedmaker.charset import decode
    from feedmaker.errors import ExtractError, ListingError
    from feedmaker.model import Feed, Page, Section, Site

    data = mutated(number, seed)
    url = "https://news.example/1447/خبر"
    began = time.process_time()
    try:
        word = "story"
        try:
            story = feedmaker.extract(data, url, timezone="Asia/Riyadh", now=NOW)
        except ExtractError as error:
            word, story = "none", error.teaser
        if story:
            section = Section(slug="a", title="ب", urls=(url,))
            site = Site(slug="s", name="ص", home=url, sections=(section,))
            whole = replace(story, id="urn:uuid:0", first_seen=NOW, updated=story.modified or NOW)
            for form in ("atom", "rss"):
                etree.fromstring(feed.render(Feed(site=site, section=section, stories=(whole,)), form))
        if number % 3 == 0:
            feedmaker.find_links(data, url)
            text = decode(data)[0]
            walls.at_sight(text)
            walls.without_content(text)
            page = Page(url=url, content=data, text=text, content_type="text/xml", fetched_at=NOW)
            listing.child_sitemaps(page)
            try:
                listing.section_links(page, Section(slug="a", title="ب", urls=(url,)), feedmaker.model.Rules())
            except ListingError:
                word += ", no links"
    except Exception:  # noqa: BLE001 - that none comes is what is tested
        return "ERROR", time.process_time() - began, traceback.format_exc()
    return word, time.process_time() - began, ""


def _prepare(shared: Path) -> None:
    _pages.extend(load(shared))


def _task(task: tuple[int, int]) -> tuple[int, str, float, str, int]:
    return task[0], *tried(*task), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def main() -> None:
    """Run, and print what was found; exit code 1 where an error came out or a page took too long."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--pages", type=int, default=100_000)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1447)
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--only", type=int)
    options = parser.parse_args()
    shared = Path(os.environ.get("FEEDMAKER_SHARED") or ROOT.parent / "shared")
    _prepare(shared)
    if not _pages:
        sys.exit(f"{shared}: no pages; set FEEDMAKER_SHARED to their folder")
    if options.only is not None:
        print(*tried(options.only, options.seed))
        return
    words: Counter[str] = Counter()
    found: dict[str, tuple[int, str]] = {}
    worst, most, slow = (0.0, 0), 0, []
    tasks = ((number, options.seed) for number in range(options.first, options.first + options.pages))
    with Pool(options.processes, _prepare, (shared,)) as pool:
        for done, (number, word, seconds, error, memory) in enumerate(pool.imap_unordered(_task, tasks, 50), 1):
            words[word] += 1
            worst, most = max(worst, (seconds, number)), max(most, memory)
            if seconds > SLOW:
                slow.append(number)
            if error and (place := error.strip().rsplit("File ", 1)[-1]) not in found:
                found[place] = number, error
                print(f"page {number}:\n{error}", flush=True)
            if done % 5000 == 0:
                print(f"{done} pages, {dict(words)}, worst {worst[0]:.2f} s, {most / 1024:.0f} MB", flush=True)
    print(f"{sum(words.values())} mutated pages of {len(_pages)}: {dict(words)}; {len(found)} kinds of errors")
    print(
        f"worst page: number {worst[1]}, {worst[0]:.2f} s; most memory of a process: {most / 1024:.0f} MB; "
        f"slow: {slow[:20]}"
    )
    sys.exit(1 if found or slow else 0)


if __name__ == "__main__":
    main()
