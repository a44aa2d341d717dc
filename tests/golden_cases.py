"""The golden cases: pages written for this project, each with what a right extraction gives.

A case is a folder in `tests/golden`: `page.html` is the page, `expected.json` says what is right.
Fields that are left out are not judged.

    kind        what the page is about, such as "date" or "footnotes"
    note        what a person should know of it; `source`: a public report of this kind of fault
    due         the title of the issue that will make the case pass; until then it must fail
    url, timezone, now, rules   arguments of `feedmaker.extract`
    text        the story's paragraphs in order, and nothing else
    title, authors, image, published, modified   the story's fields; null: there is none
    html, not_html   regular expressions that the story's HTML matches, and does not
    error       a regular expression for the message, where the page holds no story
    teaser      the teaser's text; true: there is one; null: there is none
    links       the story links of a listing, in order
    reviewed    false: nobody has compared the case with its page yet
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import feedmaker
from feedmaker.model import Rules

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feedmaker.model import Story

FOLDER = Path(__file__).with_name("golden")


@dataclass(frozen=True)
class Case:
    """A page and what is right."""

    name: str
    page: bytes
    expected: dict[str, Any]

    @property
    def due(self) -> str:
        """The issue that will make the case pass; empty for a case that passes."""
        return self.expected.get("due", "")


def load_cases(folder: Path = FOLDER) -> list[Case]:
    """Return all cases by name."""
    return [
        Case(
            name=path.parent.name,
            page=path.with_name("page.html").read_bytes(),
            expected=json.loads(path.read_text(encoding="utf-8")),
        )
        for path in sorted(folder.glob("*/expected.json"))
    ]


def extract_case(case: Case) -> Story:
    """Extract the story of a case's page with the arguments that the case names."""
    want = case.expected
    return feedmaker.extract(
        case.page,
        want["url"],
        rules=_rules(want),
        timezone=want.get("timezone", "UTC"),
        now=_instant(want.get("now")),
    )


def find_faults(case: Case) -> list[str]:
    """Return what is wrong with the result for a case, a line each; [] where all is right."""
    want = case.expected
    if want.get("reviewed") is False:
        return ["compare expected.json with the page by hand, then take `reviewed` out of it"]
    if "links" in want:
        found = feedmaker.find_links(case.page, want["url"], rules=_rules(want))
        return list(_differences("links", [link.url for link in found], want["links"]))
    try:
        story = extract_case(case)
    except feedmaker.ExtractError as error:
        return list(_error_faults(error, want))
    return list(_story_faults(story, want))


def _rules(want: dict[str, Any]) -> Rules:
    return Rules(**{name: tuple(selectors) for name, selectors in want.get("rules", {}).items()})


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _squeeze(text: str) -> str:
    return " ".join(text.split())


def _differences(name: str, got: list[str], want: list[str]) -> Iterator[str]:
    yield from (f"{name}: {one!r} is missing" for one in want if one not in got)
    yield from (f"{name}: {one!r} is too much" for one in got if one not in want)
    if got != want:
        yield f"{name}: {len(got)} in place of {len(want)}, or in another order"


def _error_faults(error: feedmaker.ExtractError, want: dict[str, Any]) -> Iterator[str]:
    if "error" not in want:
        yield f"no story: {error}"
        return
    if not re.search(want["error"], str(error)):
        yield f"error: {error} does not match {want['error']!r}"
    yield from _teaser_faults(error.teaser, want)
    if error.teaser:
        yield from _field_faults(error.teaser, want)


def _story_faults(story: Story, want: dict[str, Any]) -> Iterator[str]:
    if "error" in want:
        yield f"a story where there is none: {story.text[:120]!r}"
        return
    if want.get("teaser"):
        yield from _teaser_faults(story, want)
    if "text" in want:
        got = [_squeeze(paragraph) for paragraph in story.text.split("\n\n")]
        yield from _differences("text", got, want["text"])
    yield from _field_faults(story, want)
    for pattern in want.get("html", []):
        if not re.search(pattern, story.html, re.DOTALL):
            yield f"html lacks {pattern!r}"
    for pattern in want.get("not_html", []):
        if re.search(pattern, story.html, re.DOTALL):
            yield f"html has {pattern!r}"


def _teaser_faults(story: Story | None, want: dict[str, Any]) -> Iterator[str]:
    if want.get("teaser") and not (story and story.teaser):
        yield "no teaser"
    if isinstance(want.get("teaser"), str) and story and story.text != want["teaser"]:
        yield f"teaser: {story.text!r}, not {want['teaser']!r}"
    if "teaser" in want and want["teaser"] is None and story:
        yield f"a teaser where there is none: {story.text!r}"


def _field_faults(story: Story, want: dict[str, Any]) -> Iterator[str]:
    right = {name: want[name] for name in ("title", "image") if name in want}
    right |= {name: _instant(want[name]) for name in ("published", "modified") if name in want}
    if "authors" in want:
        right["authors"] = tuple(want["authors"])
    for name, value in right.items():
        if getattr(story, name) != value:
            yield f"{name}: {getattr(story, name)!r}, not {value!r}"
