"""Rows of the store <-> the types of `model`: instants as texts in UTC, lists as JSON."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from feedmaker.model import HealedRule, State, Story


def utc(at: datetime | None) -> str | None:
    """An instant as it is stored to be sorted: UTC, to the second."""
    return at.astimezone(UTC).isoformat(timespec="seconds") if at else None


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def to_state(row: dict[str, Any]) -> State:
    """A section's state from its row."""
    values: dict[str, Any] = {
        name: value for name, value in row.items() if name not in ("site", "section")
    }
    values |= {
        name: _instant(row[name]) for name in ("since", "told", "good_at", "next_poll", "due")
    }
    return State(**values)


def to_heal(row: dict[str, Any]) -> HealedRule:
    """What is used in place of a rule, from its row."""
    return HealedRule.from_text(
        what=row["what"],
        before=row["before"],
        after=row["after"],
        agreed=row["agreed"],
        confidence=row["confidence"],
        at=_instant(row["at"]),
    )


_PLAIN = (
    "id",
    "url",
    "title",
    "raw_title",
    "html",
    "text",
    "summary",
    "image",
    "category",
    "language",
)
_LISTS = ("authors", "also", "tags")
_TIMES = ("published", "modified", "first_seen", "updated")


def from_story(story: Story) -> dict[str, Any]:
    """A story as the columns of its row; its dates keep the offset that the page gave."""
    row: dict[str, Any] = {name: getattr(story, name) for name in _PLAIN}
    row |= {name: json.dumps(getattr(story, name), ensure_ascii=False) for name in _LISTS}
    row |= {
        name: at.isoformat(timespec="seconds") if (at := getattr(story, name)) else None
        for name in _TIMES
    }
    return row | {"shown": utc(story.published), "teaser": int(story.teaser)}


def to_story(row: dict[str, Any]) -> Story:
    """A story from its row."""
    values: dict[str, Any] = {name: row[name] for name in _PLAIN}
    values |= {name: tuple(json.loads(row[name])) for name in _LISTS}
    values |= {name: _instant(row[name]) for name in _TIMES}
    return Story(**values, teaser=bool(row["teaser"]))
