"""What is wrong with a configuration, a line each: "key: what is wrong; expected what"."""

from __future__ import annotations

import json
import re
from dataclasses import Field, fields, is_dataclass
from typing import TYPE_CHECKING, Any, Final, get_args, get_type_hints

from feedmaker.model import Site
from feedmaker.text.sayings import Saying, placed

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

Place = tuple[int | str, ...]

_UNKNOWN_KEY = ("unexpected_keyword_argument", "extra_forbidden")
_MISSING_KEY = ("missing", "missing_argument")
_BEYOND_LIMITS = (
    "greater_than_equal",
    "less_than_equal",
    "string_pattern_mismatch",
    "too_short",
)
UNREADABLE: Final = (
    "cannot be read: a number is too long, or tables or lists lie too deep in each other"
)
# Keys whose values, or parts of them, are secret: they are not shown.
_SECRET_KEYS = frozenset({"smtp", "ntfy_token", "webhook", "headers", "cookies"})
_NUMBERS = ("int_type", "float_type")
# What pydantic calls things, as TOML calls them.
_TOML_NAMES = {
    "a valid array": 'a list, such as ["..."]',
    "an object": 'a table, such as {{name = "..."}}',
    "a valid string": "a valid string",
    "a valid boolean": "a valid boolean",
    "a valid integer": "a valid integer",
    "a valid number": "a valid number",
}
_WORD = re.compile(r"[\w-]+")


def explain_error(kind: type, details: ErrorDetails) -> str:
    """Return the line of an error that pydantic found in a table of a `kind`."""
    if details["type"] == "json_invalid":
        return Saying(UNREADABLE)
    place = details["loc"]
    name = str(place[-1])
    key = key_path(place)
    keys = _keys_at(kind, place[:-1])
    value = json.dumps(
        details["input"],
        ensure_ascii=False,
        default=str,
    )[:80]
    if details["type"] in _UNKNOWN_KEY:
        return placed(key, Saying("unknown key; {hint}", hint=_hint(kind, name, keys)))
    if details["type"] in _MISSING_KEY:
        wanted = Saying(keys[name].metadata["description"])
        return placed(key, Saying("missing; expected {what}", what=wanted))
    expected = _expected(details, keys)
    is_url = "store" in place and "//" in value
    if is_url or _SECRET_KEYS.intersection(place):
        return placed(key, Saying("expected {what}", what=expected))
    return placed(key, Saying("is {value}; expected {what}", value=value, what=expected))


def _expected(details: ErrorDetails, keys: dict[str, Field[Any]]) -> str:
    """Return what was expected in place of a value that is wrong."""
    place, name = details["loc"], str(details["loc"][-1])
    if place == ("sections",) and isinstance(details["input"], dict):
        return Saying("each of them under [[sections]], in two brackets")
    if details["type"] == "string_too_long":
        limits = keys[name].metadata
        what = Saying(limits["description"])
        return Saying("at most {most} characters ({what})", most=limits["max_length"], what=what)
    if details["type"] in _BEYOND_LIMITS:
        return _limits_text(keys[name])
    told = _type_text(details["msg"].removeprefix("Input should be "))
    if details["type"] in _NUMBERS and isinstance(details["input"], str):
        return Saying("{what}, without quotes around it", what=told)
    return told


def _type_text(told: str) -> str:
    """Return what a value must be, by what pydantic says of it."""
    return Saying(_TOML_NAMES[told]) if told in _TOML_NAMES else told


def _hint(kind: type, name: str, keys: dict[str, Field[Any]]) -> str:
    """Say what may be meant by an unknown key of a table with `keys` in a file of a `kind`."""
    from difflib import get_close_matches  # 2 ms, and few files have mistakes

    close = get_close_matches(name, keys, n=1)
    if close:
        return Saying("did you mean {name}?", name=close[0])
    if kind is Site and name in _keys_at(kind, ()):
        return Saying(
            "it is a key of the site, so it stands above the first [[sections]] and other tables"
        )
    return Saying("known are {names}", names=", ".join(keys))


def _limits_text(key: Field[Any]) -> str:
    """Return what a key may be, by its limits and its description."""
    limits = key.metadata
    text = Saying(limits["description"])
    if "le" in limits:
        range_text = "{least:g} to {most:g} ({what})"
        return Saying(range_text, least=limits["ge"], most=limits["le"], what=text)
    if "ge" in limits:
        return Saying("{least:g} or more ({what})", least=limits["ge"], what=text)
    if "examples" in limits:
        return Saying("{what}, such as {those}", what=text, those=", ".join(limits["examples"]))
    if "min_length" in limits:
        return Saying("one at least ({what})", what=text)
    return text


def key_path(place: Place) -> str:
    """Return `sections[2].items` for ("sections", 1, "items"): people count tables from one."""
    text = ""
    for part in place:
        if isinstance(part, int):
            text += f"[{part + 1}]"
        else:  # as TOML writes it, on one line: in quotes unless it is a word
            text += "." + (part if _WORD.fullmatch(part) else json.dumps(part))
    return text.lstrip(".") or "the file"


def _keys_at(kind: Any, place: Place) -> dict[str, Field[Any]]:
    """Return the keys of the table that a place of `kind` leads to; none where it is no table."""
    for part in place:
        if isinstance(part, str):
            hint = get_type_hints(kind)[part]
            kind = next((one for one in (hint, *get_args(hint)) if is_dataclass(one)), None)
        if kind is None:
            return {}
    return {key.name: key for key in fields(kind) if (kind, key.name) != (Site, "slug")}
