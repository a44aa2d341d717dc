"""Values that frameworks write in a form of their own, as the trees that they stand for.

Nuxt 3 and SvelteKit write all objects in one list (devalue), React Router too (turbo-stream);
Astro puts a number for its type before each value.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from feedmaker.html.script_values import read_json

if TYPE_CHECKING:
    from collections.abc import Iterable

# The first element of a list says what it is, where it is no plain list. What is none of these
# stands for the value at its place: `["Reactive", 4]`. The first of all is one of the wrappers.
_WRAPPERS: Final = frozenset(("ShallowReactive", "Reactive", "Ref", "ShallowRef"))
_LITERALS: Final = frozenset(("Date", "D", "RegExp", "R", "Object", "BigInt", "B", "URL", "U"))
_COLLECTIONS: Final = frozenset(("Set", "S", "Map", "M"))
_OBJECTS: Final = frozenset(("null", "N"))  # without a prototype
_MOST_WRAPPERS: Final = 10
_NAME_AT: Final = re.compile(r"_(\d{1,8})")
_MOST_LINES: Final = 1_000
_LINE: Final = re.compile(r"(?:P(\d{1,8}):)?(?=\[)")
_TYPES: Final = 12  # of Astro
_DEEPEST: Final = 60  # Astro's values within each other


def unflattened(value: Any) -> Any:
    """Return a value that is written as one list of all its objects as a tree.

    There a number in an object or list is the place of what it stands for. Any other value is
    returned as it is.
    """
    if not isinstance(value, list) or len(value) < 2 or not _is_flat(value):
        return value
    built = [_empty_like(one) for one in value]
    for one, filled in zip(value, built, strict=True):
        if isinstance(filled, dict):
            filled.update(_named_values(value, built, one))
        elif isinstance(filled, list):
            filled.extend(_listed_values(value, built, one))
    return _at_place(value, built, 0)


def streamed_value(chunks: Iterable[str]) -> Any:
    """Return the value of a stream of React Router; None where it has none.

    Its first line is a list as above; later ones go on with it, for values that took longer.
    """
    flat: list[Any] = []
    starts: dict[Any, int] = {}
    for line in "".join(chunks).split("\n", _MOST_LINES)[:_MOST_LINES]:
        begins = _LINE.match(line)
        if begins is None:
            continue
        if begins[1]:
            starts[int(begins[1])] = len(flat)
        flat += read_json(line[begins.end() :]) or ()
    return unflattened([_promised(one, starts) for one in flat]) or None


def _promised(one: Any, starts: dict[Any, int]) -> Any:
    """A value that comes in a later line by its place there; any other as it is."""
    if not isinstance(one, list) or len(one) != 2 or one[0] != "P":
        return one
    return ["P", starts.get(one[1]) if isinstance(one[1], int) else None]


def untyped(value: Any) -> Any:
    """Return the properties of an island of Astro without the types of their values.

    Any other value is returned as it is.
    """
    if not isinstance(value, dict) or not value or not all(map(_is_with_type, value.values())):
        return value
    return {name: _without_type(one, _DEEPEST) for name, one in value.items()}


def _is_flat(value: list[Any]) -> bool:
    """Whether a list holds objects by their places in it, as the first of them shows."""
    first = value[0]
    if isinstance(first, list):
        return _is_typed(first) and first[0] in _WRAPPERS
    if not isinstance(first, dict) or not first:
        return False
    places = [place for place in first.values() if type(place) is int]
    return len(places) == len(first) and max(places) < len(value)


def _is_typed(one: list[Any]) -> bool:
    return bool(one) and isinstance(one[0], str)


def _empty_like(one: Any) -> Any:
    if isinstance(one, dict) or (isinstance(one, list) and _is_typed(one) and one[0] in _OBJECTS):
        return {}
    return [] if isinstance(one, list) else one


def _listed_values(value: list[Any], built: list[Any], one: list[Any]) -> list[Any]:
    """What a list in a flat list holds; a set or a map begins with its type."""
    places = one[1:] if _is_typed(one) else one
    return [_at_place(value, built, place) for place in places]


def _named_values(value: list[Any], built: list[Any], one: Any) -> dict[str, Any]:
    """What an object in a flat list holds; its names may stand in the list, too."""
    if isinstance(one, dict):
        pairs = list(one.items())
    elif len(one) > 1 and isinstance(one[1], dict):
        pairs = list(one[1].items())
    else:
        pairs = list(zip(one[1::2], one[2::2], strict=False))
    return {_name(value, name): _at_place(value, built, place) for name, place in pairs}


def _name(value: list[Any], name: Any) -> str:
    """The name of a member: as it is, or what stands at its place (`_12`)."""
    at = _NAME_AT.fullmatch(name) if isinstance(name, str) else None
    found = value[int(at[1])] if at and int(at[1]) < len(value) else name
    return found if isinstance(found, str) else str(name)


def _at_place(value: list[Any], built: list[Any], place: Any) -> Any:
    """What stands at a place of a flat list, without what wraps it."""
    for _ in range(_MOST_WRAPPERS):
        if type(place) is not int or not 0 <= place < len(value):
            return None
        one = value[place]
        if not isinstance(one, list) or not _is_typed(one):
            return built[place]
        if one[0] in _COLLECTIONS | _OBJECTS:
            return built[place]
        inner = one[1] if len(one) > 1 else None
        if one[0] in _LITERALS or type(inner) is not int:
            return inner
        place = inner
    return None


def _is_with_type(one: Any) -> bool:
    return isinstance(one, list) and len(one) == 2 and type(one[0]) is int and one[0] < _TYPES


def _without_type(one: Any, deep: int) -> Any:
    """A value of Astro's without its type and those of what it holds; None of one too deep."""
    if not deep or not _is_with_type(one):
        return None
    kind, value = one
    if kind == 1 and isinstance(value, str):
        value = read_json(value)
    if isinstance(value, list):
        return [_without_type(inner, deep - 1) for inner in value]
    if isinstance(value, dict):
        return {name: _without_type(inner, deep - 1) for name, inner in value.items()}
    return value
