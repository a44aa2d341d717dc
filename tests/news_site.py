"""A news site on loopback for the tests of a whole run: its pages, its configuration, its feeds."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zlib import crc32

import feedparser
from servers import Reply, Server, html

from feedmaker import pipeline
from feedmaker.model import Fetching, Section, Settings, Site

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
SENTENCES = (
    "أعلنت البلدية اليوم أنها أنهت أعمال الصيانة في الحديقة العامة قبل الموعد المحدد بأسبوعين كاملين.",
    "وقال مدير الأشغال إن العمال زرعوا مئتي شجرة ظل جديدة على جانبي الممر الرئيس، وركبوا مقاعد خشبية.",
    "وستفتح الأبواب أمام الزوار صباح الجمعة المقبل، ويكون الدخول مجانيا طوال الشهر الأول من الافتتاح.",
    "ويأمل سكان الحي أن تصير الحديقة مكانا للقاء العائلات بعد أن ظلت مغلقة نحو ثلاث سنوات متتالية.",
)


def article(
    number: int | str, *, text: str = "", title: str = "", date: str = "2026-11-20T10:00:00+03:00"
) -> Reply:
    """An article page with a story of its own."""
    body = "".join(f"<p>{sentence} {text}{number}.</p>" for sentence in SENTENCES)
    title = title or f"افتتاح الحديقة رقم {number} أمام الزوار بعد أعمال صيانة طويلة"
    head = f'<html lang="ar"><head><title>{title}</title><meta property="article:published_time" content="{date}"></head>'
    return Reply(
        f"{head}<body><article><h1>{title}</h1>{body}</article></body></html>".encode(),
        headers={
            "Content-Type": "text/html; charset=utf-8",
            "ETag": f'"{crc32(f"{number}{text}{title}{date}".encode())}"',
        },
    )


def listing(*numbers: int | str) -> Reply:
    """A section page that links to these articles."""
    rows = "".join(
        f'<li class="item"><a href="/{n}-garden-opens-again.html">'
        f"<h3>افتتاح الحديقة رقم {n} أمام الزوار بعد أعمال صيانة طويلة</h3></a></li>"
        for n in numbers
    )
    return html(f'<main><h1>القسم</h1><ul class="list">{rows}</ul></main>', ETag=f'"{numbers}"')


class News:
    """A news site on loopback, its configuration and a folder for its feeds."""

    def __init__(self, server: Server, folder: Path, store: str = "") -> None:
        self.server, self.folder, self.now = server, folder, NOW
        self.settings = Settings(
            out=str(folder / "out"), store=store or str(folder / "store.sqlite"), max_age=0
        )
        fetch = Fetching(delay=0, retries=0, timeout=3, recheck=(1, 6, 24))
        section = Section(slug="all", title="كل الأخبار", urls=(server.url("/all"),), max_age=0)
        self.site = Site(
            slug="news", name="الموقع", home=server.url("/"), sections=(section,), fetch=fetch
        )

    def publish(self, *numbers: int | str, path: str = "/all") -> None:
        """Put articles on the site and in a listing."""
        self.server.page(path, listing(*numbers))
        for number in numbers:
            self.server.page(f"/{number}-garden-opens-again.html", article(number))

    def run(self, **changes: object) -> list:
        """One run of the pipeline; `changes` are of the section."""
        if changes:
            self.site = replace(self.site, sections=(replace(self.site.sections[0], **changes),))
        self.server.requests.clear()
        return asyncio.run(pipeline.build_feeds(self.settings, [self.site], now=self.now))

    def limit(self, **changes: object) -> None:
        """Change how the site is asked."""
        self.site = replace(self.site, fetch=replace(self.site.fetch, **changes))

    def path(self, section: str = "all", form: str = "atom") -> Path:
        """A feed file."""
        return self.folder / "out" / "news" / f"{section}.{form}.xml"

    def links(self, section: str = "all") -> list[str]:
        """The numbers of the articles in a feed, in its order."""
        entries = feedparser.parse(self.path(section).read_bytes()).entries
        return [
            entry.link.rsplit("/", 1)[1].removesuffix("-garden-opens-again.html")
            for entry in entries
        ]
