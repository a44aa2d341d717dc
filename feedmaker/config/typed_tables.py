"""A table of TOML as a dataclass of `model.configuration`: what is wrong with it, or its value.

It is strict: no text is taken for a number, and no key is passed over.
"""

from __future__ import annotations

import math
import re
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, get_args, get_origin, get_type_hints

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Place = tuple[int | str, ...]

# What TOML has for a type of ours. A truth value is a number for Python alone.
_TOML_TYPES: dict[Any, type | tuple[type, ...]] = {
    str: str,
    int: int,
    float: (int, float),
    tuple: list,
    dict: dict,
}


class Fault(NamedTuple):
    """What is wrong at a place: with the key's name, or with its `value` of an `expected` type."""

    place: Place
    kind: Literal["unknown", "missing", "type", "limits"]
    value: object = None
    expected: Any = None


@cache
def key_types(kind: type) -> dict[str, Any]:
    """Return the types of a dataclass by key: a millisecond for those of all tables."""
    return get_type_hints(kind)


def find_faults(expected: Any, value: Any, place: Place = ()) -> Iterator[Fault]:
    """Yield the faults of a value that is to be of a type: of a table those of all its keys."""
    parts = get_args(expected)
    if not _is_of(expected, value):
        yield Fault(place, "type", value, expected)
    elif is_dataclass(expected):
        yield from _table_faults(expected, value, place)
    elif isinstance(value, list):
        for number, one in enumerate(value):
            yield from find_faults(parts[0], one, (*place, number))
    elif isinstance(value, dict):
        for name, one in value.items():
            yield from find_faults(parts[1], one, (*place, name))


def _table_faults(kind: Any, table: dict[str, Any], place: Place) -> Iterator[Fault]:
    keys = {key.name: key for key in fields(kind)}
    for name, key in keys.items():
        own = (*place, name)
        if name in table:
            found = tuple(find_faults(key_types(kind)[name], table[name], own))
            yield from found
            if not found and not _is_within(key.metadata, table[name]):
                yield Fault(own, "limits", table[name])
        elif key.default is MISSING and key.default_factory is MISSING:
            yield Fault(own, "missing")
    yield from (Fault((*place, name), "unknown") for name in table if name not in keys)


def _is_of(expected: Any, value: object) -> bool:
    """Whether a value is of a type; what is in it is not looked at."""
    origin = get_origin(expected) or expected
    if origin is Literal:
        return value in get_args(expected)
    if isinstance(value, bool) or origin is bool:
        return isinstance(value, bool) and origin is bool
    return isinstance(value, dict if is_dataclass(origin) else _TOML_TYPES[origin])


def _is_within(limits: Mapping[str, Any], value: Any) -> bool:
    """Whether a value keeps to the limits of its key, which have the names of JSON Schema."""
    if isinstance(value, str):
        # There `$` is the very end; in Python a line end may stand behind it.
        pattern = re.sub(r"\$\Z", r"\\Z", limits.get("pattern", ""))
        return bool(re.search(pattern, value))
    size: float = len(value) if isinstance(value, (list, dict)) else value
    least: float = limits.get("minItems", limits.get("minimum", -math.inf))
    most: float = limits.get("maximum", math.inf)
    return least <= size <= most


def typed_value(expected: Any, value: Any) -> Any:
    """Return a value that has no faults as one of its type."""
    if is_dataclass(expected):
        types = key_types(expected)  # type: ignore[arg-type]
        keys = {name: typed_value(types[name], one) for name, one in value.items()}
        return expected(**keys)  # type: ignore[operator]
    if isinstance(value, list):
        part = get_args(expected)[0]
        return tuple(typed_value(part, one) for one in value)
    return float(value) if expected is float else value
