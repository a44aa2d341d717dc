"""Golden cases that a person made by mending: pages beside the configuration, and what is right.

A case is a folder `cases/SITE/NAME`: `page.html` is the page in UTF-8, `expected.json` has its
`url`, when it was `fetched`, and of an article `title`, `published`, `authors` and the paragraphs
of its `text`, of a listing its `section` and the `links` in order. What is left out is not judged.
`feedmaker check` reads them by the rules of today.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

from feedmaker import files
from feedmaker.model import Page
from feedmaker.model.errors import PageError
from feedmaker.pipeline import page_work
from feedmaker.text.sayings import Saying, placed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from feedmaker.model import Site, Story
    from feedmaker.pipeline import PageProcess

_FOLDER: Final = "cases"
_EXPECTED: Final = "expected.json"
_DIFFERS: Final = "is {got}, expected {wanted}"
_SHOWN: Final = 80  # characters of a value


def write_case(folder: Path, site: str, page: Page, expected: dict[str, Any]) -> Path:
    """Write a case of a site, in place of one of the same page; return its folder.

    Raises PublishError.
    """
    kind = "links" if "links" in expected else "story"
    section = expected.get("section", "")
    name = sha256(f"{page.url} {section}".encode()).hexdigest()[:12]
    case = folder / _FOLDER / site / f"{kind}-{name}"
    told = {"url": page.url, "fetched": page.fetched_at.isoformat(), **expected}
    files.write_file(case / "page.html", page.utf8)
    text = json.dumps(told, ensure_ascii=False, indent=1, default=str) + "\n"
    files.write_file(case / _EXPECTED, text.encode())
    return case


@dataclass(frozen=True, slots=True)
class _Case:
    """A case, as it stands in its folder."""

    folder: Path
    page: Page
    expected: dict[str, Any]


async def case_faults(folder: Path, sites: Sequence[Site], process: PageProcess) -> list[str]:
    """Return a line for each case of some sites that is not read as it should be."""
    lines: list[str] = []
    for site in sites:
        for path in sorted((folder / _FOLDER / site.slug).glob(f"*/{_EXPECTED}")):
            try:
                case = _read_case(path)
                faults = await process.call(case.page.url, _find_faults, case, site)
            except (OSError, ValueError, KeyError, TypeError, AttributeError):
                faults = [Saying("cannot be read; put it right, or remove its folder")]
            except PageError as error:
                faults = [str(error)]
            if faults:
                first = faults[0]
                if len(faults) > 1:
                    more = "{fault} (and {count} more)"
                    first = Saying(more, fault=first, count=len(faults) - 1)
                lines.append(placed(path.parent, first))
    return lines


def _read_case(path: Path) -> _Case:
    expected = json.loads(path.read_text("utf-8"))
    content = path.with_name("page.html").read_bytes()
    fetched = datetime.fromisoformat(expected["fetched"])
    page = Page(url=str(expected["url"]), content=content, utf8=content, fetched_at=fetched)
    return _Case(path.parent, page, expected)


def expected_story(page: Page, site: Site) -> dict[str, Any] | None:
    """Return what a case says of an article page as it is read now; None where it has no story."""
    story = page_work.trace_article(page, site).story
    if story is None:
        return None
    return _fields(story) | {"text": story.text.split("\n\n")}


def _fields(story: Story) -> dict[str, Any]:
    return {
        "title": story.title,
        "published": story.published.isoformat() if story.published else None,
        "authors": list(story.authors),
    }


def _find_faults(case: _Case, site: Site) -> list[str]:
    """Return what is wrong with a case, a line each."""
    if "links" in case.expected:
        return list(_listing_faults(case, site))
    read = page_work.trace_article(case.page, site)
    if read.story is None:
        return [Saying("no story: {why}", why=read.problem.reason if read.problem else "")]
    story = read.story
    got = _fields(story)
    wanted = case.expected
    faults: list[str] = [
        placed(name, Saying(_DIFFERS, got=_shown(value), wanted=_shown(wanted[name])))
        for name, value in got.items()
        if name in wanted and wanted[name] != value
    ]
    if "text" in wanted:
        faults += _differences("text", story.text.split("\n\n"), wanted["text"])
    return faults


def _listing_faults(case: _Case, site: Site) -> Iterator[str]:
    section = next((one for one in site.sections if one.slug == case.expected["section"]), None)
    if section is None:
        return  # it was removed
    read = page_work.trace_listing(case.page, site, section)
    if read.problem:
        yield str(read.problem)
        return
    links = [link.url for link in read.listing.links]
    yield from _differences("links", links, case.expected["links"])


def _differences(name: str, got: list[str], wanted: list[str]) -> Iterator[str]:
    there, right = set(got), set(wanted)
    for one in wanted:
        if one not in there:
            yield placed(name, Saying("{value} is missing", value=_shown(one)))
    for one in got:
        if one not in right:
            yield placed(name, Saying("{value} is too much", value=_shown(one)))
    if there == right and got != wanted:
        yield placed(name, Saying("in another order, or not as often"))


def _shown(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
