"""Why something failed or looks doubtful: a code with parameters and a severity.

A reason is made where the failure is found, and words are put to it where it is shown (`str` gives
them in English). Stores, health files and notifications group by `code`, which never changes.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

Parameter = str | int | float


class Severity(StrEnum):
    """How bad it is: a note for a person, one page that failed, or something that is wrong."""

    NOTE = "note"
    WARNING = "warning"
    ERROR = "error"


class Code(StrEnum):
    """What happened."""

    TEXT = "text"  # a phrase of an older store, or of a library
    BUG = "bug"
    # A section
    BUDGET_USED_UP = "budget-used-up"
    LISTING_SHRUNKEN = "listing-shrunken"
    NOT_WRITTEN = "not-written"
    INVALID_FEED = "invalid-feed"
    NO_LINKS = "no-links"
    LEFT_OUT = "left-out"
    # An article
    NOT_IN_TIME = "not-in-time"
    HOME_PAGE = "home-page"
    NO_STORY = "no-story"
    OTHER_THAN_HEADLINE = "other-than-headline"
    NOTE_INSTEAD = "note-instead"
    STORY_LOST = "story-lost"
    SAME_TEXT = "same-text"
    SAME_TITLE = "same-title"


_WARN: Final = Severity.WARNING
_ERROR: Final = Severity.ERROR
_WORDS: Final[dict[Code, tuple[Severity, str]]] = {
    Code.TEXT: (_ERROR, "{text}"),
    Code.BUG: (_ERROR, "error in feedmaker, please report it: {text}"),
    Code.BUDGET_USED_UP: (_WARN, "the site's {seconds:g} s were used up before it"),
    Code.LISTING_SHRUNKEN: (_ERROR, "the listing holds {links} links instead of about {usual}"),
    Code.NOT_WRITTEN: (_ERROR, "{text}"),
    Code.INVALID_FEED: (_ERROR, "{text}"),
    Code.NO_LINKS: (_ERROR, "{text}"),
    Code.LEFT_OUT: (_WARN, "left out of the feed: {text}"),
    Code.NOT_IN_TIME: (
        _WARN,
        "not fetched within the site's {seconds:g} s; left for the next run",
    ),
    Code.HOME_PAGE: (_WARN, "leads to the home page"),
    Code.NO_STORY: (_WARN, "the page holds no story"),
    Code.OTHER_THAN_HEADLINE: (
        _WARN,
        "the page says nothing of its headline, so it is not its story",
    ),
    Code.NOTE_INSTEAD: (_WARN, "the text says nothing of its headline"),
    Code.STORY_LOST: (_WARN, "the page has lost its story"),
    Code.SAME_TEXT: (_WARN, "{count} articles have the same text"),
    Code.SAME_TITLE: (_WARN, "all {count} articles have the same title"),
}


@dataclass(frozen=True, slots=True)
class Reason:
    """A code with the parameters that its words need.

    `url` is the page that it is about, where that is not said beside it; `more` counts the like.
    """

    code: Code
    parameters: tuple[tuple[str, Parameter], ...] = ()
    url: str = ""
    more: int = 0

    @classmethod
    def of(cls, code: Code, **parameters: Parameter) -> Reason:
        """Return the reason with these parameters."""
        return cls(code, tuple(parameters.items()))

    @property
    def severity(self) -> Severity:
        """How bad it is."""
        return _WORDS[self.code][0]

    def __str__(self) -> str:
        words = _WORDS[self.code][1].format(**dict(self.parameters))
        page = f"{self.url}: " if self.url else ""
        others = f" ({self.more} more like it)" if self.more else ""
        return f"{page}{words}{others}"

    def to_text(self) -> str:
        """Return the reason as one line of JSON, as stores keep it."""
        values = {
            "code": self.code,
            "parameters": dict(self.parameters),
            "url": self.url,
            "more": self.more,
        }
        return json.dumps(values, ensure_ascii=False)


def read_reason(text: str) -> Reason | None:
    """Return the reason that `Reason.to_text` wrote; None of "", and any other text as a phrase."""
    if not text:
        return None
    try:
        values = json.loads(text)
        reason = Reason(
            code=Code(values["code"]),
            parameters=tuple(values["parameters"].items()),
            url=values["url"],
            more=values["more"],
        )
        str(reason)  # a later version's parameters may be others
    except (ValueError, TypeError, AttributeError, KeyError):
        return Reason.of(Code.TEXT, text=text)
    return reason
