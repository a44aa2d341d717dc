"""What is wrong with a configuration, a line each: "key: what is wrong; expected what"."""

from __future__ import annotations

import json
import re
from dataclasses import Field, fields, is_dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, get_args, get_type_hints

from feedmaker.model import Site

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
_NUMBERS = ("int_type", "float_type")
# What pydantic calls things, as TOML calls them.
_TOML_NAMES = {
    "a valid array": 'a list, such as ["..."]',
    "an object": 'a table, such as {name = "..."}',
}
_WORD = re.compile(r"[\w-]+")


def explain_error(kind: type, details: ErrorDetails) -> str:
    """Return the line of an error that pydantic found in a table of a `kind`."""
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
        return f"{key}: unknown key; {_hint(kind, name, keys)}"
    if details["type"] in _MISSING_KEY:
        return f"{key}: missing; expected {keys[name].metadata['description']}"
    expected = details["msg"].removeprefix("Input should be ")
    if place == ("sections",) and isinstance(details["input"], dict):
        expected = "each of them under [[sections]], in two brackets"
    elif details["type"] in _BEYOND_LIMITS:
        expected = _limits_text(keys[name])
    elif details["type"] in _NUMBERS and isinstance(details["input"], str):
        expected = f"{expected}, without quotes around it"
    return f"{key}: is {value}; expected {_TOML_NAMES.get(expected, expected)}"


def _hint(kind: type, name: str, keys: dict[str, Field[Any]]) -> str:
    """Say what may be meant by an unknown key of a table with `keys` in a file of a `kind`."""
    close = get_close_matches(name, keys, n=1)
    if close:
        return f"did you mean {close[0]}?"
    if kind is Site and name in _keys_at(kind, ()):
        return "it is a key of the site, so it stands above the first [[sections]] and other tables"
    return f"known are {', '.join(keys)}"


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
