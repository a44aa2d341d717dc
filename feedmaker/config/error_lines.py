"""What is wrong with a configuration, a line each: "key: what is wrong; expected what"."""

from __future__ import annotations

import json
import re
from dataclasses import Field, fields, is_dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, Literal, get_args, get_origin

from feedmaker.config.typed_tables import key_types
from feedmaker.model import Site
from feedmaker.text.sayings import Saying, placed

if TYPE_CHECKING:
    from feedmaker.config.typed_tables import Fault, Place

_TOML_NAMES = {
    tuple: 'a list, such as ["..."]',
    dict: 'a table, such as {{name = "..."}}',
    str: "a valid string",
    bool: "a valid boolean",
    int: "a valid integer",
    float: "a valid number",
}
_WORD = re.compile(r"[\w-]+")


def explain_fault(kind: type, fault: Fault) -> str:
    """Return the line of what is wrong in a table of a `kind`."""
    place = fault.place
    name = str(place[-1])
    key = key_path(place)
    keys = _keys_at(kind, place[:-1])
    if fault.kind == "unknown":
        return placed(key, Saying("unknown key; {hint}", hint=_hint(kind, name, keys)))
    if fault.kind == "missing":
        wanted = Saying(keys[name].metadata["description"])
        return placed(key, Saying("missing; expected {what}", what=wanted))
    value = json.dumps(fault.value, ensure_ascii=False, default=str)[:80]
    if fault.kind == "limits":
        expected = _limits_text(keys[name])
    elif place == ("sections",) and isinstance(fault.value, dict):
        expected = Saying("each of them under [[sections]], in two brackets")
    else:
        expected = _type_text(fault.expected)
        if fault.expected in (int, float) and isinstance(fault.value, str):
            expected = Saying("{what}, without quotes around it", what=expected)
    return placed(key, Saying("is {value}; expected {what}", value=value, what=expected))


def _type_text(expected: Any) -> str:
    """Return what a value of a type is."""
    origin = get_origin(expected) or expected
    if origin is Literal:
        *others, last = map(repr, get_args(expected))
        return f"{', '.join(others)} or {last}"
    return Saying(_TOML_NAMES[dict if is_dataclass(origin) else origin])


def _hint(kind: type, name: str, keys: dict[str, Field[Any]]) -> str:
    """Say what may be meant by an unknown key of a table with `keys` in a file of a `kind`."""
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
    if "maximum" in limits:
        range_text = "{least:g} to {most:g} ({what})"
        return Saying(range_text, least=limits["minimum"], most=limits["maximum"], what=text)
    if "minimum" in limits:
        return Saying("{least:g} or more ({what})", least=limits["minimum"], what=text)
    if "examples" in limits:
        return Saying("{what}, such as {those}", what=text, those=", ".join(limits["examples"]))
    if "minItems" in limits:
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
            hint = key_types(kind)[part]
            kind = next((one for one in (hint, *get_args(hint)) if is_dataclass(one)), None)
        if kind is None:
            return {}
    return {key.name: key for key in fields(kind) if (kind, key.name) != (Site, "slug")}
