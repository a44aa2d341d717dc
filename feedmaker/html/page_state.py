"""The data that a page carries for its own scripts: what is known as page state, and JSON-LD.

Frameworks put what they show, or would show once their scripts ran, into the page: Next.js
(`__NEXT_DATA__`, `self.__next_f`), Nuxt (`__NUXT__`, `__NUXT_DATA__`), Redux and Apollo
(`window.__INITIAL_STATE__` and its like), Inertia (`data-page`). Nothing of the page is run.
"""

from __future__ import annotations

import re
from base64 import b64decode
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from feedmaker.html.json_ld_objects import parse_json_ld
from feedmaker.html.script_values import read_json, read_value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from selectolax.lexbor import LexborHTMLParser, LexborNode

# One of these stands in nearly every page with a state.
STATE_MARKS: Final = (b"application/json", b"globalContent", b"data-page=")
NAMED_STATE_MARKS: Final = re.compile(rb"_(?:_next_f|_NUXT|STATE|_DATA|DATA__)")
_LEAST_SCRIPT: Final = 100  # characters of a script that holds a state
_MOST_SCRIPTS: Final = 400
_MOST_VALUES: Final = 60  # of one page
_MOST_TEXT: Final = 12_000_000  # characters of scripts that are read, over all of a page
# Of a story that may be missing in what states it; `stated_body` asks for more.
_MISSING: Final = 0.5
_PLAIN_WORD: Final = re.compile(r"[A-Za-z0-9]+")  # written the same way in all scripts
_ATTRIBUTES: Final = ("data-page", "data-props", "data-react-props", "data-initial-state")
_WITH_DATA: Final = ", ".join(f"[{name}]" for name in _ATTRIBUTES)
# Where a script assigns an object, a list or what a function returns, and to what: JSON to any
# name, what is no JSON to a name of the window, or one like `__NUXT__`.
_ASSIGNED: Final = re.compile(
    r"=\s{0,3}(?=[{\[\"']|\(?\s{0,3}function\b|JSON\s{0,3}\.\s{0,3}parse\b)"
)
_ANY_NAME: Final = re.compile(r"[\w$\]\"']\s{0,3}\Z")
_WINDOW_NAME: Final = re.compile(
    r"(?:\b(?:window|self|globalThis|top)\s{0,3}(?:\.\s{0,3}|\[\s{0,3}[\"'])[\w$]{1,60}(?:[\"']\s{0,3}\])?"
    r"|\b__[\w$]{2,60})\s{0,3}\Z"
)
_WINDOWS: Final = ("__", "window", "self", "top", "globalThis")  # one of them is in such a name
_BASE64_OF_JSON: Final = ("eyJ", "W3s", "eyAi", "ewog")  # `{"`, `[{`, `{ "` and a line break
_LONGEST_NAME: Final = 80  # characters
_JSON_BEGINS: Final = re.compile(r"\{\s{0,9}\"|\[\s{0,9}[{\[\"]")
_MOST_ASSIGNED: Final = 3_000  # of one script that are looked at
# Marks between values that are read on a page, beyond which its scripts are left: a second's work.
_MOST_MARKS: Final = 60_000
_FLIGHT: Final = re.compile(r"\b__next_f\s{0,3}(?:=[^=]{0,60})?\.push\(\s{0,3}(?=\[)")
_FLIGHT_ROW: Final = re.compile(r"([0-9a-fA-F]{1,8}):(?:T([0-9a-fA-F]{1,8}),|([A-Z]*))")
_MOST_ROWS: Final = 20_000
_REFERENCE: Final = re.compile(r"\$[0-9a-fA-F]{1,8}")
_MOST_NODES: Final = 400_000  # of values that are walked through
# What the first element of a value says of the others in Nuxt's lists (devalue).
_WRAPPERS: Final = frozenset(
    ("ShallowReactive", "Reactive", "Ref", "ShallowRef", "EmptyRef", "EmptyShallowRef", "NuxtError")
)
_OTHER_TYPES: Final = frozenset(("Date", "Set", "Map", "RegExp", "Object", "BigInt", "null", "URL"))


def read_state(tree: LexborHTMLParser) -> list[Any]:
    """Return the values that a page carries for its scripts, in page order; none of its JSON-LD."""
    reader = _ScriptReader()
    flight: list[str] = []
    found: list[Any] = []
    for kind, text in _scripts(tree):
        if "json" in kind:
            found.append(_unflattened(read_json(text)))
            continue
        if "__next_f" in text:
            flight += reader.flight_chunks(text)
        found += islice(reader.assigned_values(text), _MOST_VALUES)
    for node in islice(tree.css(_WITH_DATA), _MOST_VALUES):
        found += _values_in_attributes(node)
    if flight:
        found += _flight_values("".join(flight))
    return [value for value in found if isinstance(value, (dict, list)) and value]


def may_state(tree: LexborHTMLParser, shown: str) -> bool:
    """Whether a page may state in its scripts most of a story that it has `shown`, and more.

    A quick look, for the longest words of the paragraphs that are most of it: reading a state
    costs as much as the rest of the page.
    """
    texts = [text for _, text in _scripts(tree)]
    for node in islice(tree.css(_WITH_DATA), _MOST_VALUES):
        texts += [node.attributes.get(name) or "" for name in _ATTRIBUTES]
    whole = "\n".join(texts)
    left = len(shown) * _MISSING
    for paragraph in sorted(shown.split("\n\n"), key=len, reverse=True):
        word = max(_PLAIN_WORD.findall(paragraph), key=len, default="")
        if word in whole:  # as a text without a plain word may be
            return True
        left -= len(paragraph)
        if left < 0:
            break
    return any(map(whole.__contains__, _BASE64_OF_JSON))  # short words take the longest to find


def _values_in_attributes(node: LexborNode) -> list[Any]:
    """Return the values in the attributes of an element that hold data."""
    texts = [node.attributes.get(name) or "" for name in _ATTRIBUTES]
    return [read_json(text) for text in texts if text[:1] in ("{", "[")]


def _scripts(tree: LexborHTMLParser) -> Iterator[tuple[str, str]]:
    """Give the types and texts of the scripts that may hold a state."""
    left = _MOST_TEXT
    for script in islice(tree.css("script"), _MOST_SCRIPTS):
        kind = (script.attributes.get("type") or "").lower()
        text = script.text()
        left -= len(text)
        if left < 0:
            return
        is_long = len(text) >= _LEAST_SCRIPT or "__next_f" in text
        is_code = kind in ("", "module") or "javascript" in kind
        if is_long and (is_code or "json" in kind) and "ld+json" not in kind:
            yield kind, text


def read_json_ld_values(tree: LexborHTMLParser) -> list[Any]:
    """Return the values of a page's JSON-LD, in page order."""
    scripts = islice(tree.css("script[type*='ld+json' i]"), _MOST_VALUES)
    return [value for script in scripts if (value := parse_json_ld(script.text()))]


@dataclass(slots=True)
class _ScriptReader:
    """Reads values of a page's scripts until they are too many. `left` counts down."""

    left: int = _MOST_MARKS

    def read(self, script: str, at: int) -> tuple[Any, int]:
        """Return the value at an index and where it ends; None where enough was read."""
        if self.left <= 0:
            return None, len(script)
        value, end = read_value(script, at)
        self.left -= sum(script.count(mark, at, end) for mark in ",:(;{[")
        return value, max(at, end)

    def assigned_values(self, script: str) -> Iterator[Any]:
        """Give the values that a script assigns."""
        read_to = 0
        for assigned in islice(_ASSIGNED.finditer(script), _MOST_ASSIGNED):
            start, at = assigned.span()
            if start < read_to or len(script) - at < _LEAST_SCRIPT:
                continue
            name = script[max(0, start - _LONGEST_NAME) : start]
            form = _ANY_NAME if _JSON_BEGINS.match(script, at) else _WINDOW_NAME
            if form is _WINDOW_NAME and not any(map(name.__contains__, _WINDOWS)):
                continue
            if form.search(name):
                value, read_to = self.read(script, at)
                yield _value_of_text(value) if isinstance(value, str) else value

    def flight_chunks(self, script: str) -> Iterator[str]:
        """Give the pieces of Next.js's stream that a script adds to it."""
        read_to = 0
        for pushed in islice(_FLIGHT.finditer(script), _MOST_ASSIGNED):
            if pushed.start() < read_to:
                continue
            value, read_to = self.read(script, pushed.end())
            if isinstance(value, list) and len(value) > 1 and isinstance(value[1], str):
                yield value[1]


# ---- what is written in a form of its own


def _value_of_text(text: str) -> Any:
    """The value of JSON that a script assigns as a text, plain or in Base64; None for others."""
    if text.startswith(_BASE64_OF_JSON):
        with suppress(ValueError):
            text = b64decode(text).decode("utf-8", "replace")
    return read_json(text) if text[:1] in ("{", "[") else None


def _unflattened(value: Any) -> Any:
    """Return a value of Nuxt 3 or SvelteKit, which write all objects in one list, as a tree.

    There a number in an object or list is the place of what it stands for (devalue). Any other
    value is returned as it is.
    """
    if not isinstance(value, list) or len(value) < 2 or not _is_flat(value):
        return value
    built = [_empty_like(one) for one in value]
    for one, filled in zip(value, built, strict=True):
        if isinstance(one, dict):
            filled |= {name: _at_place(value, built, place) for name, place in one.items()}
        elif isinstance(one, list):
            filled += [_at_place(value, built, place) for place in _places(one)]
    return _at_place(value, built, 0)


def _places(one: list[Any]) -> list[Any]:
    """The places that a list of a flat value refers to; a set or a map begins with its type."""
    if not _is_typed(one):
        return one
    return one[1:] if one[0] in ("Set", "Map") else []


def _is_flat(value: list[Any]) -> bool:
    """Whether a list holds objects by their places in it, as the first of them shows."""
    first = value[0]
    if isinstance(first, list):
        return bool(first) and first[0] in _WRAPPERS
    if not isinstance(first, dict) or not first:
        return False
    places = [place for place in first.values() if type(place) is int]
    return len(places) == len(first) and max(places) < len(value)


def _is_typed(one: list[Any]) -> bool:
    return bool(one) and isinstance(one[0], str) and one[0] in _WRAPPERS | _OTHER_TYPES


def _empty_like(one: Any) -> Any:
    if isinstance(one, dict):
        return {}
    return [] if isinstance(one, list) else one


def _at_place(value: list[Any], built: list[Any], place: Any) -> Any:
    """What stands at a place of a flat list, without what wraps it."""
    for _ in range(len(_WRAPPERS)):
        if type(place) is not int or not 0 <= place < len(value):
            return None
        one = value[place]
        if not isinstance(one, list) or not _is_typed(one) or len(one) < 2:
            break
        if one[0] in _WRAPPERS:
            place = one[1]
        elif one[0] in ("Set", "Map"):
            break
        else:
            return one[1]
    return built[place]


def _flight_values(stream: str) -> list[Any]:
    """Return the values in the rows of Next.js's stream (React's flight format).

    A row is its number in hexadecimal and JSON, or a text of so many bytes; `"$1a"` in a value is
    the text of that row.
    """
    data = stream.encode("utf-8", "replace")
    values: list[Any] = []
    texts: dict[str, str] = {}
    at = 0
    for _ in range(_MOST_ROWS):
        row = _FLIGHT_ROW.match(data[at : at + 40].decode("latin-1"))
        line_end = data.find(b"\n", at)
        if row is not None and row[2]:
            start = at + row.end()
            at = start + int(row[2], 16)
            texts[row[1].lower()] = data[start:at].decode("utf-8", "replace")
        else:
            end = line_end if line_end >= 0 else len(data)
            if row is not None and not row[3]:
                values.append(read_json(data[at + row.end() : end].decode("utf-8", "replace")))
            at = end + 1
        if at >= len(data):
            break
    _set_texts(values, texts)
    return values


def _set_texts(values: Iterable[Any], texts: dict[str, str]) -> None:
    """Put the texts of other rows where values refer to them, and drop the marks of dates."""
    stack: list[Any] = list(values)
    for _ in range(_MOST_NODES):
        if not stack:
            return
        node = stack.pop()
        places = node.items() if isinstance(node, dict) else enumerate(node or ())
        if not isinstance(node, (dict, list)):
            continue
        for place, one in list(places):
            if isinstance(one, (dict, list)):
                stack.append(one)
            elif isinstance(one, str) and one[:1] == "$":
                node[place] = _referred(one, texts)


def _referred(text: str, texts: dict[str, str]) -> str:
    if _REFERENCE.fullmatch(text):
        return texts.get(text[1:].lower(), text)
    if text.startswith("$D"):
        return text[2:]
    return text[1:] if text.startswith("$$") else text
