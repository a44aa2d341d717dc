"""The stories of the sample site, read from `stories/*.toml`: what its pages are made of and what
feeds must hold.
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
SECTIONS = ("local", "economy", "sport", "health", "culture", "science")
# The home page's block «الأخبار الأكثر قراءة», in its order.
MOST_READ = ("084731", "300412", "55019", "611204", "611187", "084698")
_LATEST_LENGTH = 10

Kind = Literal["story", "teaser", "closed", "missing", "failing"]
_FAILURES = {"closed": "robots.txt", "missing": "404", "failing": "500"}

# The few signs of the story files: a link or bold words inside a paragraph, and an advert that cuts
# it in two.
LINK = re.compile(r"\[([^\]]+)\]\(([^)]+)\)")
BOLD = re.compile(r"\*\*([^*]+)\*\*")
CUT = "{advert}"


@dataclass(frozen=True, slots=True)
class SampleBlock:
    """One block of a story, its lines with inline signs: list items, table rows (cells parted by
    `|`), or just one.
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
        """The page's path and query on the site."""
        return self.url.removeprefix(HOST)

    @property
    def href(self) -> str:
        """`link` as a page of the site may write it, without the host."""
        return self.link.removeprefix(HOST)

    @property
    def image(self) -> str:
        """The path of the lead picture."""
        return f"/pictures/{self.id}.png"


def read(name: str) -> dict[str, Any]:
    """One of the package's TOML files."""
    return tomllib.loads(files("feedmaker.demo").joinpath(name).read_text(encoding="utf-8"))


FURNITURE: dict[str, dict[str, str]] = read("furniture.toml")
# Pieces of everything on the pages that is no story: none may be in the content of any feed's item.
BOILERPLATE: tuple[str, ...] = tuple(FURNITURE["boilerplate"].values())


def plain(line: str) -> str:
    """A line of a story as a reader sees it: without inline signs, and whole."""
    line = BOLD.sub(r"\1", LINK.sub(r"\1", line)).replace(CUT, " ")
    return re.sub(r"\s+", " ", line).strip()


def slugged(title: str) -> str:
    """The slug of old-style URLs: the title's words joined by hyphens, in Arabic letters without
    vowel signs.
    """
    return "-".join(re.findall(r"\w+", re.sub(r"[\u064b-\u0652]", "", title)))


def _blocks(text: str) -> tuple[SampleBlock, ...]:
    """A story's text, blocks parted by blank lines, as blocks."""
    blocks = []
    for chunk in re.split(r"\n\s*\n", text.strip()):
        lines = tuple(line.strip() for line in chunk.splitlines())
        if lines[0].startswith("## "):
            blocks.append(SampleBlock("heading", (lines[0][3:],)))
        elif lines[0].startswith("> "):
            blocks.append(
                SampleBlock("quote", (" ".join(line.removeprefix("> ") for line in lines),))
            )
        elif lines[0].startswith("- "):
            blocks.append(SampleBlock("list", tuple(line[2:] for line in lines)))
        elif lines[0].startswith("| "):
            blocks.append(SampleBlock("table", tuple(line.strip("| ") for line in lines)))
        else:
            blocks.append(SampleBlock("paragraph", (" ".join(lines),)))
    return tuple(blocks)


def _paragraphs(blocks: tuple[SampleBlock, ...]) -> tuple[str, ...]:
    return tuple(plain(line.replace("|", " ")) for block in blocks for line in block.lines)


def _excerpt(paragraph: str, words: int = 24) -> str:
    """The first words of a story, as a portal shows them under a headline."""
    parts = paragraph.split()
    return " ".join(parts[:words]) + ("..." if len(parts) > words else "")


def _article(entry: dict[str, Any], section: dict[str, Any], *, corrected: bool) -> Article:
    """One `[[articles]]` table, completed from its section's defaults; with its correction, if
    there is one.
    """
    e = {**section["defaults"], **entry}
    text, modified = e.get("text", ""), None
    if corrected and "correction" in e:
        change = e["correction"]
        if change["wrong"] not in text:
            raise ValueError(f"article {e['id']}: the words to correct are not in its text")
        text, modified = text.replace(change["wrong"], change["right"]), change["date"]
    blocks = _blocks(text) if text else ()
    paragraphs = _paragraphs(blocks)
    date: datetime = e["date"]
    path = e["path"].format(id=e["id"], slug=e.get("slug") or slugged(e["title"]), date=date)
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
        description=e.get("description") or (_excerpt(paragraphs[0]) if paragraphs else ""),
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
def everything(*, corrected: bool) -> tuple[Article, ...]:
    """All articles the listings link, newest first, those that lead nowhere included."""
    found = [
        _article(entry, section, corrected=corrected)
        for section in (read(f"stories/{slug}.toml") for slug in SECTIONS)
        for entry in section["articles"]
    ]
    found.sort(key=lambda a: (a.date, a.id), reverse=True)
    fresh = {a.id for a in latest(tuple(found))}
    blocks = [("latest",) * (a.id in fresh) + ("most-read",) * (a.id in MOST_READ) for a in found]
    return tuple(
        replace(a, sections=a.sections + more) for a, more in zip(found, blocks, strict=True)
    )


def latest(found: tuple[Article, ...]) -> tuple[Article, ...]:
    """The home page's block «اخر الاخبار»: the newest of `found`, which are newest first."""
    return tuple(a for a in found if a.kind in ("story", "teaser"))[:_LATEST_LENGTH]


def articles(*, corrected: bool = False) -> list[Article]:
    """What the site's feeds must hold, newest first; with `corrected`, as it is from the second run
    on.
    """
    return [a for a in everything(corrected=corrected) if a.kind in ("story", "teaser")]


def failures() -> dict[str, str]:
    """The links on listings that give no story, as URL -> "404", "500" or "robots.txt"."""
    return {a.link: _FAILURES[a.kind] for a in everything(corrected=False) if a.kind in _FAILURES}
