"""What is wrong with a table of the configuration: pydantic knows types and limits, rules the rest.

Only what no earlier run found right comes here: see `checked_tables`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import fields
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from feedmaker.config import value_forms
from feedmaker.config.checked_tables import TABLES
from feedmaker.config.error_lines import explain_error, key_path
from feedmaker.config.schemas import adapter
from feedmaker.model import Fetching, Notify, Rules, Section, Settings, Site
from feedmaker.model.errors import ConfigError
from feedmaker.text import charset, urls
from feedmaker.text.sayings import Saying, placed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from feedmaker.config.error_lines import Place

_Table = dict[str, Any]


def check_table(kind: Any, table: _Table, path: Path) -> Any:
    """Return `table`, of the file at `path`, as a `kind`. Raises ConfigError with all problems."""
    lines = []
    wrong: list[Place] = []
    try:
        # By way of JSON, because in strict mode only JSON arrays may become tuples.
        text = json.dumps(table, default=str)
        value = adapter(kind).validate_json(text, strict=True)
    except ValidationError as error:
        for details in error.errors(include_url=False):
            if details["type"] == "too_short" and details["input"]:
                continue  # of what is there, the wrong ones were not counted
            lines.append(explain_error(kind, details))
            wrong.append(details["loc"])
    problems = (problem for problem in _value_problems(kind, table) if not problem.follows(wrong))
    lines += [problem.line() for problem in problems]
    if lines:
        raise ConfigError([placed(path, line) for line in dict.fromkeys(lines)])
    return value


class _Problem(NamedTuple):
    """What is wrong with one or more keys of the table at `place`."""

    place: Place
    keys: tuple[str, ...]
    text: str

    def line(self) -> str:
        first, *others = self.keys
        key = ", ".join([key_path((*self.place, first)), *others])
        return placed(key, self.text)

    def follows(self, wrong: list[Place]) -> bool:
        """Whether one of the keys is of a wrong type, or lies within such a one or around it."""
        for key in self.keys:
            own = (*self.place, key)
            if any(own[: len(one)] == one or one[: len(own)] == own for one in wrong):
                return True
        return False


# What a text or a table must be: else the function gives a false value, or raises an error. The
# problem is then told by the message, which may show the `value` and the `error`.
_Rule = tuple[Callable[[Any], object], str]


def _problem_with(checked: str | _Table, value: object, *rules: _Rule) -> str:
    """Return what is wrong with a text or table by the first rule it breaks, "" for nothing."""
    for holds, message in rules:
        problem: Exception | None = None
        try:
            if holds(checked):
                continue
        except value_forms.FAILURES as error:
            problem = error
        return Saying(message, value=value, error=problem)
    return ""


def _value_problems(kind: type, table: _Table, place: Place = ()) -> Iterator[_Problem]:
    """Yield the problems of a table's values, and of those of the tables in it.

    Values of a wrong type have none, or one that `_Problem.follows`.
    """
    for key, rules in _TEXT_RULES.get(kind, {}).items():
        for inner_place, text in _texts(key, table.get(key)):
            if problem := _problem_with(text, text, *rules):
                *outer, name = inner_place
                yield _Problem((*place, *outer), (name,), problem)
    for keys, rule in _TABLE_RULES.get(kind, {}).items():
        if problem := _problem_with(table, table.get(keys[0]), rule):
            yield _Problem(place, keys, problem)
    if kind is Site:
        yield from _slug_problems(_tables("sections", table))
    for key, inner_kind in TABLES.get(kind, {}).items():
        for inner, inner_table in _tables(key, table):
            yield from _value_problems(inner_kind, inner_table, (*place, *inner))


def _texts(key: str, value: object) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield the texts of a key with their places: of an optional one that is empty none.

    Of a table each name with its text, a line each.
    """
    if isinstance(value, dict):
        for name, text in value.items():
            if isinstance(text, str):
                yield (key, name), f"{name}\n{text}"
        return
    for text in value if isinstance(value, list) else [value or None]:
        if isinstance(text, str):
            yield (key,), text


def _tables(key: str, table: _Table) -> list[tuple[Place, _Table]]:
    """Return the table at a key, or the tables of its list, with their places."""
    value = table.get(key)
    if isinstance(value, dict):
        return [((key,), value)]
    if not isinstance(value, list):
        return []
    return [((key, number), one) for number, one in enumerate(value) if isinstance(one, dict)]


def _slug_problems(sections: list[tuple[Place, _Table]]) -> Iterator[_Problem]:
    first: dict[str, Place] = {}
    for place, section in sections:
        slug = section.get("slug")
        if not slug or not isinstance(slug, str):
            continue
        known = first.setdefault(slug, place)
        if known is not place:
            text = Saying("{slug!r} is already the slug of {key}", slug=slug, key=key_path(known))
            yield _Problem(place, ("slug",), text)


_WAYS = (
    "urls",
    "heading",
    "nav",
    "sections_of",
)

_NAMED_BY_A_PAGE = ("wordpress", "feed", "sitemap")
_URL = (
    (
        # It would end up in messages and in the store.
        lambda url: not value_forms.USER.search(url),
        (
            "has a user name before its @, which is never sent;"
            " give an Authorization in headers instead"
        ),
    ),
    (
        lambda url: url == url.strip() and urls.canonical(url) and not urlsplit(url).fragment,
        "is {value!r}; expected a URL such as https://example.org/news",
    ),
)
_SELECTOR = ((value_forms.is_selector, "is {value!r}; expected a CSS selector"),)
_ZONE = ((ZoneInfo, "is {value!r}; expected an IANA name such as Africa/Casablanca"),)
# What the texts of a key, or of its list or table, must be: each rule in turn until one is broken.
_TEXT_RULES: dict[type, dict[str, tuple[_Rule, ...]]] = {
    Settings: {
        "base_url": _URL,
        "hub": _URL,
        # A password may stand in it.
        "store": (
            (
                value_forms.is_store,
                "expected the path of a file, or a URL that begins with postgresql://",
            ),
        ),
    },
    Notify: {
        "webhook": _URL,
        "ntfy": (
            *_URL,
            (
                lambda url: urlsplit(url).path.strip("/"),
                "is {value!r}; expected a topic of a server, such as https://ntfy.sh/my-feeds",
            ),
        ),
        "mail": (
            (
                value_forms.MAIL.fullmatch,
                "is {value!r}; expected an address such as me@example.org",
            ),
        ),
        # A password stands in it.
        "smtp": (
            (value_forms.is_mail_server, "expected smtp://HOST or smtps://USER:PASSWORD@HOST"),
        ),
        "ntfy_token": ((value_forms.TOKEN.fullmatch, "expected ASCII text without blanks"),),
        "timezone": _ZONE,
    },
    Site: {
        "home": _URL,
        "timezone": _ZONE,
        "charset": ((charset.encoding, "is {value!r}; expected a name such as windows-1256"),),
        "formerly": (
            (
                value_forms.HOST.fullmatch,
                "is {value!r}; expected a host such as old.example.org",
            ),
        ),
        "connect_to": ((value_forms.is_address, "is {value!r}; expected host:port"),),
        "headers": (
            (value_forms.HEADER.fullmatch, "expected a header name and a line of ASCII text"),
        ),
        "cookies": (
            (
                value_forms.COOKIE.fullmatch,
                "expected a cookie name and ASCII text without semicolons",
            ),
        ),
    },
    Section: {
        "urls": _URL,
        "page": _URL,
        "match": ((re.compile, "{value!r} is no regular expression ({error})"),),
        "links": _SELECTOR,
        "sections_of": (
            (value_forms.SECTION.fullmatch, "is {value!r}; expected site/section, by their slugs"),
        ),
    },
    Rules: {key.name: _SELECTOR for key in fields(Rules)},
}


def _is_any(table: _Table, *keys: str) -> bool:
    return any(table.get(key) for key in keys)


_EACH_ONCE = (
    lambda table: len(set(table.get("formats", ()))) == len(table.get("formats", ())),
    "is {value}; expected each format once",
)
# What keys of one table must be, or be to each other.
_TABLE_RULES: dict[type, dict[tuple[str, ...], _Rule]] = {
    Settings: {
        ("hub", "base_url"): (
            lambda table: table.get("base_url") or not table.get("hub"),
            "a hub needs a base_url, since it is told the addresses of the feeds",
        ),
        ("formats",): _EACH_ONCE,
    },
    Section: {
        _WAYS: (
            lambda table: sum(bool(table.get(way)) for way in _WAYS) == 1,
            "expected one of them to say where the section's links are",
        ),
        ("page",): (
            lambda table: not (table.get("page") and _is_any(table, "urls", "sections_of")),
            "goes with heading or nav, not with urls or sections_of",
        ),
        ("links",): (
            lambda table: not (table.get("links") and table.get("sections_of")),
            "goes with urls, heading or nav, not with sections_of",
        ),
        ("source",): (
            lambda table: (
                table.get("source") not in _NAMED_BY_A_PAGE or len(table.get("urls") or ()) == 1
            ),
            "is {value!r}; it goes with one address in urls: the home page or a section's",
        ),
        ("source", "sections_of"): (
            lambda table: table.get("source", "auto") == "auto" or not table.get("sections_of"),
            "a section of other sections has no source of its own",
        ),
        ("formats",): _EACH_ONCE,
    },
    Fetching: {
        ("recheck",): (
            lambda table: "recheck" not in table or value_forms.is_growing(table["recheck"]),
            "is {value}; expected hours in growing order, 0 to 10000",
        )
    },
}
