"""Many sites, many runs, faults at random: what is in the feeds is compared with what was published.

    python tests/bench/soak.py [--sites 50] [--runs 2000] [--seed 1447] [--no-hangs]

Each newspaper publishes stories of its own on loopback, and now and then something goes wrong: its
pages answer 403, 404, 429, 500 or 503, break off, hang, are empty, show a challenge, or are laid
out anew; its articles fail alone. The clock jumps ahead, the disk is full, a run is killed. The clock of the
runs is moved on by some minutes each time. After each run every feed is read, and a checker that
knows the truth tells of

* a story that is doubled, or shown with a text, title or date that is not its own;
* a story that is lost: still not in the feed a while after the last fault of its newspaper;
* a section that is called good though its listing could not be read in this run;
* a section that is still called broken a while after its last fault.

Runs and faults follow from the seed alone, but for the moments of kills. Where pages hang, a page
has three seconds: on a machine that is busier than that, `--no-hangs` gives it two minutes. Exit
code 1 says that something was told.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import pickle
import random
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING
from zlib import crc32

from feedmaker import pipeline
from feedmaker.model import Fetching, Section, Settings, Site
from feedmaker.model.errors import FeedmakerError
from feedmaker.pipeline import page_work

if TYPE_CHECKING:
    from collections.abc import Sequence

    from feedmaker.model import Report

START = datetime(2026, 3, 1, 6, 0, tzinfo=UTC)
ITEMS = 15  # in a feed
LISTED = 20  # on a listing page
STORIES_A_RUN = 0.12  # of one newspaper, on average
# A section that failed is asked again after six hours at the latest, an article after a day.
SECTION_RESTS = timedelta(hours=6, minutes=30)
ARTICLE_RESTS = timedelta(hours=26)
# A page that looks like a challenge is asked again for two days, and believed then.
DOUBT_RESTS = timedelta(hours=50)
CALM = 30  # runs, two hours apart, of the calm at the end
LISTING_FAULTS = ("403", "404", "429", "500", "503", "break", "hang", "empty", "challenge")
ARTICLE_FAULTS = ("article 500", "article challenge", "article break", "article hang")
# Seconds that a page may take, and less than one takes that hangs. Without hangs nothing here waits
# for a clock, and a machine may be as slow as it is.
TIMEOUT = 3.0
PATIENCE = 120.0
HANGS = 4.0
_CHANCE = random.Random(1)
_LETTERS = "ابتثجحدرسعفقكلمنهوي"
_WORDS = ["".join(_CHANCE.choices(_LETTERS, k=_CHANCE.randint(3, 7))) for _ in range(3000)]
_CHALLENGE = (
    "<html><head><title>Just a moment...</title></head><body><div id='challenge-running'>"
    "<h1>تحقق من أنك لست برنامجا آليا</h1><p>Checking your browser before accessing. "
    "Enable JavaScript and cookies to continue.</p></div></body></html>"
)
# What stands around stories and must never be in one.
_FOREIGN = ("اقرأ أيضا من الأرشيف", "اشترك في نشرتنا", "Just a moment", "تحقق من أنك")


@dataclass(frozen=True)
class Written:
    """A story as a newspaper wrote it."""

    number: int
    title: str
    sentences: tuple[str, ...]
    at: datetime
    dated: bool

    @property
    def path(self) -> str:
        """Where it stands."""
        return f"/news/{self.number}-city-opens-garden"


@dataclass
class Newspaper:
    """A news site, what it published, and what is wrong with it now."""

    slug: str
    stories: list[Written] = field(default_factory=list)
    layout: int = 0
    fault: str = ""
    fault_since: datetime = START
    fault_until: datetime = START
    listing_ill: datetime = START  # when a fault of these kinds was last there
    article_ill: datetime = START
    doubt_ill: datetime = START

    @property
    def host(self) -> str:
        """Its host name."""
        return f"{self.slug}.example"

    def publish(self, now: datetime) -> None:
        """Write another story."""
        number = 1000 + len(self.stories)
        chance = random.Random(f"{self.slug} {number}")
        title = " ".join(chance.sample(_WORDS, 8))
        texts = [" ".join(chance.choices(_WORDS, k=22)) + "." for _ in range(6)]
        sentences = (f"{title} {texts[0]}", *texts[1:])
        dated = chance.random() < 0.9
        self.stories.append(Written(number, title, sentences, now, dated))

    def answer(self, path: str) -> tuple[int, str]:
        """Return status and body of a page."""
        fault, article = self.fault, path.startswith("/news/") and path != "/news/"
        if fault.startswith("article"):
            fault = fault.removeprefix("article ") if article else ""
        if fault == "hang":
            time.sleep(HANGS)
        if fault == "break":
            raise ConnectionAbortedError
        if fault == "challenge":
            return 200, _CHALLENGE
        if fault.isdigit() and (fault != "404" or path == "/news/"):
            return int(fault), "<html><body><p>error</p></body></html>"
        if path == "/news/":
            return 200, self.listing([] if fault == "empty" else self.stories[: -LISTED - 1 : -1])
        for story in self.stories if article else ():
            if path.startswith(f"/news/{story.number}-"):
                return 200, self.article(story)
        return 404, "<html><body><p>not found</p></body></html>"

    def listing(self, stories: Sequence[Written]) -> str:
        """Return the section's page in today's layout."""
        cards = []
        for story in stories:
            link = f'<a href="{story.path}">{story.title}</a>'
            cards.append(
                (
                    f'<li class="item"><h3>{link}</h3></li>',
                    (
                        f'<div class="post-card"><h2 class="post-title">{link}</h2>'
                        f"<p>{story.sentences[0]}</p></div>"
                    ),
                    (
                        f'<article><a href="{story.path}"><img src="/i/{story.number}.jpg" alt="">'
                        f"<h4>{story.title}</h4></a></article>"
                    ),
                )[self.layout]
            )
        inner = "".join(cards)
        box = (
            f'<ul class="list">{inner}</ul>',
            f'<div class="posts">{inner}</div>',
            f'<section class="grid">{inner}</section>',
        )
        return self.page("أخبار المدينة", f"<main><h1>أخبار المدينة</h1>{box[self.layout]}</main>")

    def article(self, story: Written) -> str:
        """Return a story's page in today's layout."""
        paragraphs = "".join(f"<p>{sentence}</p>" for sentence in story.sentences)
        related = "<div class='related'><h4>اقرأ أيضا من الأرشيف</h4><ul><li><a href='/news/1-x'>خبر</a></li></ul></div>"
        letter = "<div class='newsletter'><p>اشترك في نشرتنا</p></div>"
        head = ""
        if story.dated:
            head = f'<meta property="article:published_time" content="{story.at.isoformat()}">'
        bodies = (
            f"<article><h1>{story.title}</h1><div class='body'>{paragraphs}</div>{related}</article>",
            (
                f"<div class='post'><h1 class='entry-title'>{story.title}</h1><div class='entry-content'>"
                f"{paragraphs}{letter}</div></div>{related}"
            ),
            (
                f"<main><header><h1>{story.title}</h1></header><section class='text'>{paragraphs}</section>"
                f"<aside>{related}{letter}</aside></main>"
            ),
        )
        return self.page(story.title, bodies[self.layout], head)

    def page(self, title: str, body: str, head: str = "") -> str:
        """Return a page of this newspaper."""
        return (
            f'<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charset="utf-8"><title>{title} - '
            f'صحيفة {self.slug}</title>{head}</head><body><header><nav><a href="/">الرئيسية</a>'
            f'<a href="/news/">أخبار المدينة</a><a href="/about">من نحن</a></nav></header>{body}'
            f"<footer><p>جميع الحقوق محفوظة</p></footer></body></html>"
        )


class _Press(BaseHTTPRequestHandler):
    """Answers for all newspapers."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    papers: dict[str, Newspaper]

    def do_GET(self) -> None:
        host = (self.headers.get("Host") or "").partition(":")[0]
        status, text = self.papers[host].answer(self.path)
        body = text.encode()
        tag = f'"{crc32(body)}"'
        if status == 200 and self.headers.get("If-None-Match") == tag:
            status, body = 304, b""
        self.send_response(status)
        self.send_header("ETag", tag)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        if status != 304:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def handle(self) -> None:
        with contextlib.suppress(ConnectionError, TimeoutError):
            super().handle()

    def log_message(self, *_: object) -> None:
        pass


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256

    def handle_error(self, *_: object) -> None:
        """Whoever hangs up is killed, or did not want to wait."""


class Soak:
    """The newspapers, their feeds, and what was found wrong."""

    def __init__(
        self,
        folder: Path,
        *,
        sites: int,
        seed: int,
        trouble: float = 1.0,
        hangs: bool = True,
        say: bool = True,
    ) -> None:
        """`trouble` multiplies how often something goes wrong; without `hangs` no page hangs."""
        for job in page_work._STAGES:  # imported once, and not anew by each run's process
            page_work.prepare(job)
        faults = (*LISTING_FAULTS, *ARTICLE_FAULTS)
        self.faults = [one for one in faults if hangs or not one.endswith("hang")]
        self.chance, self.folder, self.now = random.Random(seed), folder, START
        self.trouble, self.say = trouble, say
        self.papers = [Newspaper(f"paper{number:02}") for number in range(sites)]
        for paper in self.papers:
            for story in range(ITEMS):
                paper.publish(START - timedelta(hours=ITEMS - story))
        handler = type("Press", (_Press,), {"papers": {one.host: one for one in self.papers}})
        self.server = _Server(("127.0.0.1", 0), handler)
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()
        self.disk = folder / "disk"
        self.disk.mkdir()
        mount = ["mount", "-t", "tmpfs", "-o", "size=200m", "tmpfs", self.disk]
        self.small = not subprocess.run(mount, check=False, capture_output=True).returncode
        self.settings = Settings(
            out=str(self.disk / "out"),
            store=str(self.disk / "store.sqlite"),
            max_age=0,
            items=ITEMS,
            sites_at_once=16,
        )
        port = self.server.server_address[1]
        fetch = Fetching(delay=0, retries=0, timeout=TIMEOUT if hangs else PATIENCE, concurrency=4)
        section = Section(slug="city", title="أخبار المدينة", max_age=0, items=ITEMS)
        self.sites = [
            Site(
                slug=paper.slug,
                name=f"صحيفة {paper.slug}",
                home=f"http://{paper.host}/",
                connect_to=f"127.0.0.1:{port}",
                sections=(_with_url(section, f"http://{paper.host}/news/"),),
                fetch=fetch,
            )
            for paper in self.papers
        ]
        self.found: list[str] = []
        self.planted: Counter[str] = Counter()
        self.seen: dict[str, frozenset[str]] = {}  # what each feed showed last
        self.told: set[tuple[str, str]] = set()
        self.checked_at = START
        self.clock_ill = START

    def close(self) -> None:
        """End the server."""
        self.server.shutdown()
        self.server.server_close()
        if self.small:
            subprocess.run(["umount", self.disk], check=True)

    def run(self, runs: int) -> None:
        """Run so many times, and check after each; then let all become well, and check that."""
        for number in range(runs):
            self.now += timedelta(minutes=self.chance.choice((10, 20, 30, 30, 60)))
            for paper in self.papers:
                self._live(paper)
            special = self.chance.random() / self.trouble if number > 2 else 1.0
            if special < 0.01:
                self._run_ahead()
            elif special < 0.02:
                self._run_without_room()
            elif special < 0.04:
                self._run_and_kill()
            else:
                self._check(number, self._build(self.now))
            if self.say and number % 50 == 49:
                told = f"{number + 1} runs, {len(self.found)} found, {dict(self.planted)}"
                print(told, flush=True)
        for paper in self.papers:
            paper.fault = ""
        for number in range(runs, runs + CALM):
            self.now += timedelta(hours=2)
            self._check(number, self._build(self.now))

    # ---- what happens

    def _live(self, paper: Newspaper) -> None:
        """A newspaper publishes, breaks down, or is well again."""
        if paper.fault and self.now >= paper.fault_until:
            paper.fault = ""
        if not paper.fault and self.chance.random() < 0.008 * self.trouble:
            paper.fault = self.chance.choice(self.faults)
            hours = self.chance.choice((0.3, 0.5, 1, 2, 4, 12, 24))
            paper.fault_until = self.now + timedelta(hours=hours)
            paper.fault_since = self.now
            self.planted[paper.fault] += 1
        if self.chance.random() < 0.002 * self.trouble:
            paper.layout = (paper.layout + 1) % 3
            self.planted["layout"] += 1
        if paper.fault:
            # A fault of the articles, and a listing that hid some, ends later for the articles.
            paper.article_ill = self.now
            if not paper.fault.startswith("article"):
                paper.listing_ill = self.now
            if "challenge" in paper.fault:
                paper.doubt_ill = self.now
        # More than a listing holds must not be published while nobody can see it.
        unseen = sum(
            self._url(paper, one) not in self.seen.get(paper.slug, ())
            for one in paper.stories[-LISTED:]
        )
        if self.chance.random() < STORIES_A_RUN and unseen < LISTED - ITEMS + 3:
            paper.publish(self.now)

    def _build(self, now: datetime) -> list[Report]:
        return asyncio.run(pipeline.build_feeds(self.settings, self.sites, now=now))

    def _run_ahead(self) -> None:
        """One run with a clock that is a year ahead."""
        self.planted["clock ahead"] += 1
        self._build(self.now + timedelta(days=400))
        self.clock_ill = self.now

    def _run_without_room(self) -> None:
        """One run on a disk that is full."""
        self.planted["full disk"] += 1
        filler = self.disk / "filler"
        if not self.small or not _fill(filler):
            return
        try:
            self._build(self.now)
        except FeedmakerError:
            pass
        finally:
            filler.unlink(missing_ok=True)

    def _run_and_kill(self) -> None:
        """One run that is killed somewhere, from its first moment on."""
        self.planted["kill"] += 1
        asked = self.folder / "asked.pickle"
        asked.write_bytes(pickle.dumps((self.settings, self.sites, self.now)))
        command = [sys.executable, __file__, "--one", str(asked)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
            assert child.stdout.readline() == "begun\n"  # type: ignore[union-attr]
            time.sleep(self.chance.uniform(0.0, 1.5))
            child.kill()
            child.stdout.read()  # type: ignore[union-attr] - until its own children let go, too

    # ---- what is true

    def _check(self, number: int, reports: list[Report]) -> None:
        by_site = {report.site: report for report in reports}
        for paper in self.papers:
            report = by_site[paper.slug]
            told = self._told(paper)
            self._check_report(number, paper, report)
            file = Path(self.settings.out) / paper.slug / "city.json"
            if not file.exists():
                if self.now > max(self._well_at(paper), START + SECTION_RESTS):
                    self._tell(number, paper, "has no feed")
                continue
            self._check_feed(number, paper, file, told)
        self.checked_at = self.now

    def _well_at(self, paper: Newspaper) -> datetime:
        """When all that its faults kept back is had at the latest."""
        return max(
            paper.article_ill + ARTICLE_RESTS,
            paper.listing_ill + SECTION_RESTS + ARTICLE_RESTS,
            paper.doubt_ill + DOUBT_RESTS,
            self.clock_ill + SECTION_RESTS,
        )

    def _told(self, paper: Newspaper) -> dict[str, Written]:
        return {self._url(paper, story): story for story in paper.stories}

    @staticmethod
    def _url(paper: Newspaper, story: Written) -> str:
        return f"http://{paper.host}{story.path}"

    def _check_report(self, number: int, paper: Newspaper, report: Report) -> None:
        well_since = self.now - max(paper.listing_ill, self.clock_ill)
        article_well_since = self.now - paper.article_ill
        if report.good:
            if paper.fault in LISTING_FAULTS:
                self._tell(number, paper, f"is called good with {paper.fault}: {report.status}")
            if paper.fault in ARTICLE_FAULTS and self._missing(paper) >= 3:
                self._tell(number, paper, f"is called good with {paper.fault}: {report.status}")
        elif well_since > SECTION_RESTS and article_well_since > ARTICLE_RESTS:
            self._tell(number, paper, f"is called broken for nothing: {report.reason}")

    def _missing(self, paper: Newspaper) -> int:
        """How many stories were published, and listed in an earlier run, since the fault began."""
        shown = self.seen.get(paper.slug, frozenset())
        new = [s for s in paper.stories if paper.fault_since < s.at < self.checked_at]
        return sum(self._url(paper, story) not in shown for story in new)

    def _check_feed(
        self, number: int, paper: Newspaper, file: Path, told: dict[str, Written]
    ) -> None:
        items = json.loads(file.read_bytes())["items"]
        ids = [item["id"] for item in items]
        if len(set(ids)) < len(ids):
            self._tell(number, paper, "has an id twice")
        shown = [item["url"] for item in items]
        if len(set(shown)) < len(shown):
            self._tell(number, paper, "shows a story twice")
        for item in items:
            story = told.get(item["url"])
            if story is None:
                self._tell(number, paper, f"shows what is no story: {item['url']}")
            else:
                self._check_item(number, paper, item, story)
        self.seen[paper.slug] = frozenset(shown)
        if self.now < self._well_at(paper):
            return
        # A story has a place where the feed is not full, or ends with an older one.
        dates = [datetime.fromisoformat(item["date_published"]) for item in items]
        oldest = min(dates) if len(items) >= ITEMS else START - timedelta(days=1)
        for url, story in told.items():
            if url not in shown and story.at > oldest:
                self._tell(number, paper, f"has lost {story.number} of {story.at:%d %H:%M}")

    def _check_item(self, number: int, paper: Newspaper, item: dict, story: Written) -> None:
        which = f"{story.number} of {story.at:%d %H:%M}"
        if item["title"] != story.title:
            self._tell(number, paper, f"titles {which} {item['title']!r}, not {story.title!r}")
        text = re.sub(r"<[^>]+>", " ", item["content_html"])
        if any(sentence not in text for sentence in story.sentences):
            self._tell(number, paper, f"lacks text of {which}")
        if any(words in text for words in _FOREIGN):
            self._tell(number, paper, f"has foreign text in {which}")
        at = datetime.fromisoformat(item["date_published"])
        if story.dated and at != story.at:
            self._tell(number, paper, f"dates {which} {at}, not {story.at}")
        if not story.dated and not story.at <= at <= max(self.now, story.at):
            self._tell(number, paper, f"dates the undated {which} {at}")

    def _tell(self, number: int, paper: Newspaper, what: str) -> None:
        if (paper.slug, what) in self.told:
            return
        self.told.add((paper.slug, what))
        line = f"run {number}, {self.now:%d.%m. %H:%M}: {paper.slug} {what}"
        self.found.append(line)
        if self.say:
            print(line, flush=True)


def _with_url(section: Section, url: str) -> Section:
    return Section(
        slug=section.slug,
        title=section.title,
        urls=(url,),
        max_age=section.max_age,
        items=section.items,
    )


def _fill(filler: Path) -> bool:
    """Fill the disk that a file is on, and return whether it is full now."""
    with filler.open("wb", buffering=0) as out:
        try:
            while out.write(bytes(65536)):
                pass
        except OSError:
            return True
    return False


def _one(asked: Path) -> None:
    """One run, to be killed."""
    settings, sites, now = pickle.loads(asked.read_bytes())
    print("begun", flush=True)
    asyncio.run(pipeline.build_feeds(settings, sites, now=now))


def main() -> None:
    """Run it as a program."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--sites", type=int, default=50)
    parser.add_argument("--runs", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1447)
    parser.add_argument("--no-hangs", dest="hangs", action="store_false")
    parser.add_argument("--one", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.one:
        _one(arguments.one)
        return
    with tempfile.TemporaryDirectory() as folder:
        soak = Soak(
            Path(folder),
            sites=arguments.sites,
            seed=arguments.seed,
            hangs=arguments.hangs,
        )
        began = time.process_time()
        try:
            soak.run(arguments.runs)
        finally:
            soak.close()
        print(
            f"{arguments.runs} runs of {arguments.sites} sites, {sum(map(len, (p.stories for p in soak.papers)))} stories"
        )
        print(f"planted: {dict(soak.planted)}")
        print(
            f"{len(soak.found)} faults found, {time.process_time() - began:.0f} s of processor time"
        )
        sys.exit(bool(soak.found))


if __name__ == "__main__":
    main()
