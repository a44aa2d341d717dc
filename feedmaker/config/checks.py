"""Checks of a table of the configuration: types and limits by pydantic, and what those cannot say.

All problems of a table are found at once, and each is one line, "key: what is wrong", with what was
expected. Keys are named by their path, since the TOML parser keeps no line numbers.
"""

from __future__ import annotations

import json
import re
from dataclasses import Field, fields, is_dataclass
from difflib import get_close_matches
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar, get_args, get_type_hints
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import TypeAdapter, ValidationError
from selectolax.lexbor import LexborHTMLParser, SelectolaxError

from feedmaker.model import Fetching, Rules, Section, Settings, Site
from feedmaker.model.errors import ConfigError
from feedmaker.text import charset, urls

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pydantic_core import ErrorDetails

_T = TypeVar("_T")
Table = dict[str, Any]
_Place = tuple[int | str, ...]

# Keys that hold further tables, or lists of them.
_TABLES: dict[type, dict[str, type]] = {
    Settings: {"fetch": Fetching},
    Site: {"rules": Rules, "fetch": Fetching, "sections": Section},
}
_UNKNOWN_KEY = ("unexpected_keyword_argument", "extra_forbidden")
_MISSING_KEY = ("missing", "missing_argument")
_BEYOND_LIMITS = (
    "greater_than_equal",
    "less_than_equal",
    "string_pattern_mismatch",
    "too_short",
)
_HOST = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)*(:\d{1,5})?")
_HEADER = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")  # RFC 9110 section 5.6.2, token
_WORD = re.compile(r"[\w-]+")
_ADDRESS = re.compile(r"(\[[0-9a-fA-F:.]+\]|[^\s:/\[\]]+):(\d{1,5})")
_USER = re.compile(r"(?<=//)[^/?#]*@")

# What pydantic knows of a type; making it takes longer than using it.
adapter: Callable[[Any], TypeAdapter[Any]] = cache(TypeAdapter)


def checked(kind: type[_T], table: Table, path: Path) -> _T:
    """Return `table`, of the file at `path`, as a `kind`. Raises ConfigError with all problems."""
    lines = []
    wrong: list[_Place] = []
    try:
        # By way of JSON, because in strict mode only JSON arrays may become tuples.
        text = json.dumps(table, default=str)
        value: _T = adapter(kind).validate_json(text, strict=True)
    except ValidationError as error:
        for details in error.errors(include_url=False):
            if details["type"] == "too_short" and details["input"]:
                continue  # of what is there, the wrong ones were not counted
            lines.append(_explain(kind, details))
            wrong.append(details["loc"])
    problems = [problem for problem in _value_problems(kind, table) if not problem.follows(wrong)]
    lines += [problem.line() for problem in problems]
    if lines:
        raise ConfigError([f"{path}: {line}" for line in dict.fromkeys(lines)])
    return value


def is_address(text: str) -> bool:
    """Whether a text is `host:port`."""
    match = _ADDRESS.fullmatch(text)
    return bool(match and 0 < int(match[2]) < 65_536)


# ---- What pydantic says, in our words


def _explain(kind: type, details: ErrorDetails) -> str:
    place = details["loc"]
    name = str(place[-1])
    key = _key_path(place)
    keys = _keys_at(kind, place[:-1])
    value = json.dumps(details["input"], ensure_ascii=False, default=str)[:80]
    if details["type"] in _UNKNOWN_KEY:
        close = get_close_matches(name, keys, n=1)
        hint = f"did you mean {close[0]}?" if close else f"known are {', '.join(keys)}"
        return f"{key}: unknown key; {hint}"
    if details["type"] in _MISSING_KEY:
        return f"{key}: missing; expected {keys[name].metadata['description']}"
    expected = details["msg"].removeprefix("Input should be ")
    if details["type"] in _BEYOND_LIMITS:
        expected = _limits_text(keys[name])
    return f"{key}: is {value}; expected {expected}"


def _limits_text(key: Field[Any]) -> str:
    """Return what a key may be, by its limits and its description."""
    limits = key.metadata
    text: str = limits["description"]
    if "le" in limits:
        return f"{limits['ge']:g} to {limits['le']:g} ({text})"
    if "ge" in limits:
        return f"{limits['ge']:g} or more ({text})"
    if "examples" in limits:
        return f"{text}, such as {', '.join(limits['examples'])}"
    if "min_length" in limits:
        return f"one at least ({text})"
    return text


def _key_path(place: _Place) -> str:
    """Return `sections[2].items` for ("sections", 1, "items"): people count tables from one."""
    text = ""
    for part in place:
        if isinstance(part, int):
            text += f"[{part + 1}]"
        else:  # as TOML writes it, on one line: in quotes unless it is a word
            text += "." + (part if _WORD.fullmatch(part) else json.dumps(part))
    return text.lstrip(".") or "the file"


def _keys_at(kind: Any, place: _Place) -> dict[str, Field[Any]]:
    """Return the keys of the table that a place of `kind` leads to; none where it is no table."""
    for part in place:
        if isinstance(part, str):
            hint = get_type_hints(kind)[part]
            kind = next((one for one in (hint, *get_args(hint)) if is_dataclass(one)), None)
        if kind is None:
            return {}
    return {key.name: key for key in fields(kind) if (kind, key.name) != (Site, "slug")}


# ---- What types and limits cannot say


class _Problem(NamedTuple):
    """What is wrong with one or more keys of the table at `place`."""

    place: _Place
    keys: tuple[str, ...]
    text: str

    def line(self) -> str:
        first, *others = self.keys
        key = ", ".join([_key_path((*self.place, first)), *others])
        return f"{key}: {self.text}"

    def follows(self, wrong: list[_Place]) -> bool:
        """Whether one of the keys is of a wrong type, or lies within such a one or around it."""
        for key in self.keys:
            own = (*self.place, key)
            if any(own[: len(one)] == one or one[: len(own)] == own for one in wrong):
                return True
        return False


def _value_problems(kind: type, table: Table, place: _Place = ()) -> Iterator[_Problem]:
    """Yield the problems of a table's values, and of those of the tables in it.

    Values of a wrong type have none, or one that `_Problem.follows`.
    """
    for key, check in _CHECKS[kind].items():
        for text in _texts(table.get(key)):
            if wrong := check(text):
                yield _Problem(place, (key,), wrong)
    if check_table := _TABLE_CHECKS.get(kind):
        for problem in check_table(table):
            yield problem._replace(place=place + problem.place)
    for key, inner in _TABLES.get(kind, {}).items():
        value = table.get(key)
        if isinstance(value, dict):
            yield from _value_problems(inner, value, (*place, key))
        for number, one in _numbered_tables(value):
            yield from _value_problems(inner, one, (*place, key, number))


def _numbered_tables(value: Any) -> list[tuple[int, Table]]:
    if not isinstance(value, list):
        return []
    return [(number, one) for number, one in enumerate(value) if isinstance(one, dict)]


def _texts(value: Any) -> list[str]:
    """Return the texts of a value: of an optional one that is empty none."""
    if isinstance(value, list):
        return [text for text in value if isinstance(text, str)]
    return [value] if isinstance(value, str) and value else []


def _pairs(value: Any) -> list[tuple[str, str]]:
    if not isinstance(value, dict):
        return []
    return [(name, text) for name, text in value.items() if isinstance(text, str)]


def _settings_problems(table: Table) -> Iterator[_Problem]:
    if table.get("hub") and not table.get("base_url"):
        text = "a hub needs a base_url, since it is told the addresses of the feeds"
        yield _Problem((), ("hub", "base_url"), text)
    yield from _formats_problems(table)


def _site_problems(table: Table) -> Iterator[_Problem]:
    for name, value in _pairs(table.get("headers")):
        if not _is_header(name, value):
            text = "expected a header name and a line of ASCII text"
            yield _Problem(("headers",), (name,), text)
    for name, value in _pairs(table.get("cookies")):
        if not _is_header(name, value) or ";" in value:
            text = "expected a cookie name and ASCII text without semicolons"
            yield _Problem(("cookies",), (name,), text)
    yield from _slug_problems(_numbered_tables(table.get("sections")))


def _slug_problems(sections: list[tuple[int, Table]]) -> Iterator[_Problem]:
    first: dict[str, int] = {}
    for number, section in sections:
        for slug in _texts(section.get("slug")):
            if slug in first:
                text = f"{slug!r} is already the slug of sections[{first[slug] + 1}]"
                yield _Problem(("sections", number), ("slug",), text)
            first.setdefault(slug, number)


def _is_header(name: str, value: str) -> bool:
    return bool(_HEADER.fullmatch(name)) and value.isprintable() and value.isascii()


def _section_problems(table: Table) -> Iterator[_Problem]:
    ways = ("urls", "heading", "nav")
    if sum(bool(table.get(way)) for way in ways) != 1:
        yield _Problem((), ways, "expected one of them to say where the section's links are")
    if table.get("page") and table.get("urls"):
        yield _Problem((), ("page",), "goes with heading or nav, not with urls")
    yield from _formats_problems(table)


def _formats_problems(table: Table) -> Iterator[_Problem]:
    formats = _texts(table.get("formats"))
    if len(set(formats)) != len(formats):
        yield _Problem((), ("formats",), f"is {formats}; expected each format once")


def _fetch_problems(table: Table) -> Iterator[_Problem]:
    ages = table.get("recheck")
    if not isinstance(ages, list) or not all(isinstance(age, int | float) for age in ages):
        return
    if ages != sorted(set(ages)) or any(not 0 <= age <= 10_000 for age in ages):
        text = f"is {ages}; expected hours in growing order, 0 to 10000"
        yield _Problem((), ("recheck",), text)


def _url_problem(text: str) -> str:
    if _USER.search(text):  # it would end up in messages and in the store
        return (
            "has a user name before its @, which is never sent; "
            "give an Authorization in headers instead"
        )
    if text == text.strip() and urls.canonical(text) and not urlsplit(text).fragment:
        return ""
    return f"is {text!r}; expected a URL such as https://example.org/news"


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ValueError, OSError, KeyError):  # KeyError: no such zone; OSError: a folder of zones
        return False
    return True


def _is_selector(text: str) -> bool:
    try:
        LexborHTMLParser("<p>").css_first(text)
    except (SelectolaxError, ValueError):
        return False
    return bool(text.strip())


def _pattern_problem(pattern: str) -> str:
    try:
        re.compile(pattern)
    except (re.error, OverflowError, RecursionError) as error:
        return f"{pattern!r} is no regular expression ({error})"
    return ""


def _unless(is_right: Callable[[str], object], expected: str) -> Callable[[str], str]:
    """Return a check that says what was expected."""

    def check(text: str) -> str:
        return "" if is_right(text) else f"is {text!r}; expected {expected}"

    return check


_check_selector = _unless(_is_selector, "a CSS selector")
# What the texts of a key, or of its list, must be; each returns what is wrong, or "".
_CHECKS: dict[type, dict[str, Callable[[str], str]]] = {
    Settings: {"base_url": _url_problem, "hub": _url_problem},
    Site: {
        "home": _url_problem,
        "timezone": _unless(_is_zone, "an IANA name such as Africa/Casablanca"),
        "charset": _unless(charset.encoding, "a name such as windows-1256"),
        "formerly": _unless(_HOST.fullmatch, "a host such as old.example.org"),
        "connect_to": _unless(is_address, "host:port"),
    },
    Section: {"urls": _url_problem, "page": _url_problem, "match": _pattern_problem},
    Rules: {key.name: _check_selector for key in fields(Rules)},
    Fetching: {},
}
# What keys of one table must be to each other.
_TABLE_CHECKS: dict[type, Callable[[Table], Iterator[_Problem]]] = {
    Settings: _settings_problems,
    Site: _site_problems,
    Section: _section_problems,
    Fetching: _fetch_problems,
}
