"""The stories of the sample site: what its pages are made of, and what feeds must hold.

They are read from `stories/*.toml`.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from datetime import datetime

HOST = "http://almadar.example"
HOME = f"{HOST}/"
# The folder of the sample site's configuration: `feedmaker.toml` and `sites/almadar.toml`.
CONFIG = Path(__file__).with_name("config")
SECTIONS = (
    "local",
    "economy",
    "sport",
    "health",
    "culture",
    "science",
)
# The home page's block «الأخبار الأكثر قراءة», in its order.
MOST_READ = (
    "084731",
    "300412",
    "55019",
    "611204",
    "611187",
    "084698",
)
_LATEST_LENGTH = 10

Kind = Literal["story", "teaser", "closed", "missing", "failing"]
# The kinds that feeds hold.
IN_FEEDS = ("story", "teaser")
_FAILURES = {
    "closed": "robots.txt",
    "missing": "404",
    "failing": "500",
}

# The few signs of the story files: a link or bold words inside a paragraph, and an advert that cuts
# it in two.
LINK = re.compile(r"\[([^\[\]]+)\]\(([^()]+)\)")
BOLD = re.compile(r"\*\*([^*]+)\*\*")
CUT = "{advert}"


@dataclass(frozen=True, slots=True)
class SampleBlock:
    """One block of a story.

    `lines` have inline signs: list items, table rows (cells parted by `|`), or just one line.
    """

    kind: Literal["paragraph", "heading", "list", "quote", "table"]
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """An article of the sample site.

    `url` is where the page is, `link` how listings name it (an old address that redirects, for one
    of them), both as written there, Arabic letters unescaped. `sections` are the slugs of all feeds
    that have it, the home page's blocks included. `paragraphs` are what a reader should see, in
    order, without title, caption or dateline: paragraphs, headings, list items, and table rows with
    their cells joined by a space. `published` and `modified` are aware; `published` is None of the
    one article whose page does not tell. `kind` is "story" or "teaser" (a page with no story whose
    `description` is all there is); of links that lead nowhere, "closed" (robots.txt), "missing"
    (404) or "failing" (500). The rest is what the page shows around the story.
    """

    id: str
    url: str
    link: str
    sections: tuple[str, ...]
    title: str
    paragraphs: tuple[str, ...]
    authors: tuple[str, ...]
    published: datetime | None
    modified: datetime | None
    language: str
    kind: Kind
    blocks: tuple[SampleBlock, ...]
    description: str
    category: str
    markup: str
    encoding: str
    charset: Literal["header", "meta", "none"]
    date: datetime
    date_form: str
    place: str
    deck: str
    caption: str
    tags: tuple[str, ...]

    @property
    def path(self) -> str:
        """Return the page's path and query on the site."""
        return self.url.removeprefix(HOST)

    @property
    def href(self) -> str:
        """Return `link` as a page of the site may write it, without the host."""
        return self.link.removeprefix(HOST)

    @property
    def image(self) -> str:
        """Return the path of the lead picture."""
        return f"/pictures/{self.id}.png"


def read_data(name: str) -> dict[str, Any]:
    """Return one of the package's TOML files."""
    return tomllib.loads(files("feedmaker.demo").joinpath(name).read_text(encoding="utf-8"))


FURNITURE: dict[str, dict[str, str]] = read_data("furniture.toml")
# Pieces of everything on the pages that is no story: none may be in the content of any feed's item.
BOILERPLATE: tuple[str, ...] = tuple(FURNITURE["boilerplate"].values())


def without_signs(line: str) -> str:
    """Return a line of a story as a reader sees it: without inline signs, and whole."""
    line = LINK.sub(r"\1", line)
    line = BOLD.sub(r"\1", line)
    line = line.replace(CUT, " ")
    return re.sub(r"\s+", " ", line).strip()


def _url_slug(title: str) -> str:
    """Return the slug of old-style URLs: the title's words joined by hyphens, no vowel signs."""
    title = re.sub(r"[\u064b-\u0652]", "", title)
    return "-".join(re.findall(r"\w+", title))


def _parse_blocks(text: str) -> tuple[SampleBlock, ...]:
    """Return the blocks of a story's text, where blank lines part them."""
    chunks = re.split(r"\n\s*\n", text.strip())
    return tuple(_parse_block(chunk.splitlines()) for chunk in chunks)


def _parse_block(lines: list[str]) -> SampleBlock:
    lines = [line.strip() for line in lines]
    first = lines[0]
    if first.startswith("## "):
        return SampleBlock("heading", (first.removeprefix("## "),))
    if first.startswith("> "):
        quoted = [line.removeprefix("> ") for line in lines]
        return SampleBlock("quote", (" ".join(quoted),))
    if first.startswith("- "):
        return SampleBlock("list", tuple(line.removeprefix("- ") for line in lines))
    if first.startswith("| "):
        return SampleBlock("table", tuple(line.strip("| ") for line in lines))
    return SampleBlock("paragraph", (" ".join(lines),))


def _block_lines(blocks: tuple[SampleBlock, ...]) -> tuple[str, ...]:
    """Return the lines of all blocks as a reader sees them."""
    lines: list[str] = []
    for block in blocks:
        lines += [without_signs(line.replace("|", " ")) for line in block.lines]
    return tuple(lines)


def _excerpt(paragraph: str, words: int = 24) -> str:
    """Return the first words of a story, as a portal shows them under a headline."""
    parts = paragraph.split()
    start = " ".join(parts[:words])
    return f"{start}..." if len(parts) > words else start


def _article(entry: dict[str, Any], section: dict[str, Any], *, corrected: bool) -> Article:
    """Return the article of an `[[articles]]` table, completed from its section's defaults.

    With `corrected` its correction is applied, if it has one.
    """
    e = {
        **section["defaults"],
        **entry,
    }
    text = e.get("text", "")
    modified = None
    if corrected and "correction" in e:
        change = e["correction"]
        if change["wrong"] not in text:
            raise ValueError(f"article {e['id']}: the words to correct are not in its text")
        text = text.replace(change["wrong"], change["right"])
        modified = change["date"]
    blocks = _parse_blocks(text) if text else ()
    paragraphs = _block_lines(blocks)
    start = _excerpt(paragraphs[0]) if paragraphs else ""
    date: datetime = e["date"]
    slug = e.get("slug") or _url_slug(e["title"])
    path = e["path"].format(
        id=e["id"],
        slug=slug,
        date=date,
    )
    return Article(
        id=e["id"],
        url=HOST + path,
        link=HOST + e.get("old", path),
        sections=(section["slug"], *e.get("also", ())),
        title=e["title"],
        paragraphs=paragraphs,
        authors=tuple(e.get("authors", ())),
        published=None if e["date_form"] == "none" else date,
        modified=modified,
        language=e.get("language", "ar"),
        kind=e.get("kind", "story"),
        blocks=blocks,
        description=e.get("description") or start,
        category=section["title"],
        markup=e["markup"],
        encoding=e.get("encoding", "utf-8"),
        charset=e.get("charset", "header"),
        date=date,
        date_form=e["date_form"],
        place=e.get("place", ""),
        deck=e.get("deck", ""),
        caption=e.get("caption", ""),
        tags=tuple(e.get("tags", ())),
    )


@cache
def linked_articles(*, corrected: bool) -> tuple[Article, ...]:
    """Return all articles that listings link, newest first, those that lead nowhere included."""
    found: list[Article] = []
    for slug in SECTIONS:
        section = read_data(f"stories/{slug}.toml")
        found += [_article(entry, section, corrected=corrected) for entry in section["articles"]]
    found.sort(
        key=lambda article: (article.date, article.id),
        reverse=True,
    )
    latest = latest_articles(tuple(found))
    completed = []
    for article in found:
        sections = list(article.sections)
        if article in latest:
            sections.append("latest")
        if article.id in MOST_READ:
            sections.append("most-read")
        completed.append(replace(article, sections=tuple(sections)))
    return tuple(completed)


def latest_articles(found: tuple[Article, ...]) -> tuple[Article, ...]:
    """Return the home page's block «اخر الاخبار»: the newest of `found`, which are newest first."""
    shown = [article for article in found if article.kind in IN_FEEDS]
    return tuple(shown[:_LATEST_LENGTH])


def articles(*, corrected: bool = False) -> list[Article]:
    """Return what the site's feeds must hold, newest first.

    With `corrected` that is what they must hold from the second run on.
    """
    found = linked_articles(corrected=corrected)
    return [article for article in found if article.kind in IN_FEEDS]


def failures() -> dict[str, str]:
    """Return the links on listings that give no story, as URL -> "404", "500" or "robots.txt"."""
    found = linked_articles(corrected=False)
    return {one.link: _FAILURES[one.kind] for one in found if one.kind in _FAILURES}
