"""The data that a page carries for its own scripts: what is known as page state, and JSON-LD.

Frameworks put what they show, or would show once their scripts ran, into the page: Next.js
(`__NEXT_DATA__`, `self.__next_f`), Nuxt (`__NUXT__`, `__NUXT_DATA__`), Redux and Apollo
(`window.__INITIAL_STATE__` and its like), React Router and SvelteKit, Inertia, Livewire, Vue and
Astro (JSON in an attribute). Nothing of the page is run.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from feedmaker.html.flat_values import streamed_value, unflattened, untyped
from feedmaker.html.json_ld_objects import parse_json_ld
from feedmaker.html.script_values import (
    BASE64_OF_JSON,
    is_of_bounded_size,
    read_json,
    read_value,
    value_of_text,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from selectolax.lexbor import LexborHTMLParser

# One of these stands in nearly every page with a state.
STATE_MARKS: Final = (
    b"application/json",
    b"globalContent",
    b"{&quot;",  # JSON in an attribute
    b"{&#34;",
    b"='{\"",
    b"='[{\"",
)
NAMED_STATE_MARKS: Final = re.compile(
    rb"_(?:_next_f|_NUXT|STATE|_DATA|DATA__|_remix|_react|_svelte)"
)
_LEAST_SCRIPT: Final = 100  # characters of a script that holds a state
_MOST_SCRIPTS: Final = 400
_MOST_VALUES: Final = 60  # of one page
_MOST_TEXT: Final = 12_000_000  # characters of scripts that are read, over all of a page
# Of a story that may be missing in what states it; `stated_body` asks for more.
_MISSING: Final = 0.5
_PLAIN_WORD: Final = re.compile(r"[A-Za-z0-9]+")  # written the same way in all scripts
# JSON in an attribute, as a tree is written out.
_ATTRIBUTE: Final = re.compile(r"=\"(\s{0,9}[\[{]\s{0,9}(?:[\[{]\s{0,9})?&quot;[^\"]{100,})\"")
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
_LONGEST_NAME: Final = 80  # characters
_JSON_BEGINS: Final = re.compile(r"\{\s{0,9}\"|\[\s{0,9}[{\[\"]")
_MOST_ASSIGNED: Final = 3_000  # of one script that are looked at
# Marks between values that are read on a page, beyond which its scripts are left: a second's work.
_MOST_MARKS: Final = 60_000
# How SvelteKit starts, and React Router's stream.
_SVELTE_DATA: Final = re.compile(r"\bdata\s{0,3}[:=]\s{0,3}(?=\[)")
_ENQUEUED: Final = re.compile(r"\bstreamController\s{0,3}\.\s{0,3}enqueue\(\s{0,3}(?=[\"'`])")
# A text of JSON within JSON, as its quotes are written; and what it begins with.
_INNER_MARKS: Final = ('"{\\"', '"[{\\"', '"[\\"')
_INNER_BEGINS: Final = ('{"', '[{"', '["')
_LEAST_INNER: Final = 100  # characters
# What Angular writes for signs of HTML.
_ANGULAR: Final = (("&q;", '"'), ("&l;", "<"), ("&g;", ">"), ("&s;", "'"), ("&a;", "&"))
_FLIGHT: Final = re.compile(r"\b__next_f\s{0,3}(?:=[^=]{0,60})?\.push\(\s{0,3}(?=\[)")
_FLIGHT_ROW: Final = re.compile(r"([0-9a-fA-F]{1,8}):(?:T([0-9a-fA-F]{1,8}),|([A-Z]*))")
_MOST_ROWS: Final = 20_000
_REFERENCE: Final = re.compile(r"\$[0-9a-fA-F]{1,8}")
_MOST_NODES: Final = 400_000  # of values that are walked through


def read_state(tree: LexborHTMLParser) -> list[Any]:
    """Return the values that a page carries for its scripts, in page order; none of its JSON-LD."""
    reader = _ScriptReader()
    found: list[Any] = []
    for kind, text in _scripts(tree):
        if "json" in kind:
            reader.note(text)
            found.append(unflattened(read_json(_without_angular(text))))
        else:
            found += reader.script_values(text)
    for text in _texts_in_attributes(tree):
        reader.note(text)
        found.append(untyped(unflattened(read_json(text))))
    found += reader.streamed_values()
    values = [value for value in found if isinstance(value, (dict, list)) and value]
    return _with_inner_values(values) if reader.has_inner else values


def _without_angular(text: str) -> str:
    """JSON as it is, or with the signs that Angular writes in words of its own."""
    if "&q;" not in text[:_LEAST_SCRIPT]:
        return text
    for written, sign in _ANGULAR:
        text = text.replace(written, sign)
    return text


def _with_inner_values(values: list[Any]) -> list[Any]:
    """Put the values of texts of JSON in the place of these texts."""
    stack: list[Any] = [values]
    seen: set[int] = set()
    for _ in range(_MOST_NODES):
        if not stack:
            break
        node = stack.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        places = node.items() if isinstance(node, dict) else enumerate(node)
        for place, one in list(places):
            inner = _inner_value(one) if isinstance(one, str) else one
            if isinstance(inner, (dict, list)):
                node[place] = inner
                stack.append(inner)
    return values


def _inner_value(text: str) -> Any:
    """The value of a text of JSON; None of any other."""
    is_json = len(text) > _LEAST_INNER and text.startswith(_INNER_BEGINS)
    return read_json(text) if is_json else None


def may_state(tree: LexborHTMLParser, shown: str) -> bool:
    """Whether a page may state in its scripts most of a story that it has `shown`, and more.

    A quick look, for the longest words of the paragraphs that are most of it: reading a state
    costs as much as the rest of the page.
    """
    scripts = "\n".join([text for _, text in _scripts(tree)])
    # To find the attributes, all of the page is written out.
    return _may_hold(scripts, shown) or _may_hold(
        "\n".join([scripts, *_texts_in_attributes(tree)]), shown
    )


def _may_hold(whole: str, shown: str) -> bool:
    """Whether the texts of some values, in a row, may have most of what a page has `shown`."""
    if len(whole) < len(shown):
        return False
    left = len(shown) * _MISSING
    for paragraph in sorted(shown.split("\n\n"), key=len, reverse=True):
        word = max(_PLAIN_WORD.findall(paragraph), key=len, default="")
        if word in whole:  # as a text without a plain word may be
            return True
        left -= len(paragraph)
        if left < 0:
            break
    return any(map(whole.__contains__, BASE64_OF_JSON))  # short words take the longest to find


def _texts_in_attributes(tree: LexborHTMLParser) -> list[str]:
    """Return the texts of JSON that attributes of a page hold."""
    found = islice(_ATTRIBUTE.finditer(tree.html or ""), _MOST_VALUES)
    return [unescape(one[1]) for one in found]


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
    """Reads values of a page's scripts until they are too many. `left` counts down.

    `flight` and `streamed` are the pieces of streams that were read so far, `has_inner` says that
    there may be texts of JSON within JSON.
    """

    left: int = _MOST_MARKS
    flight: list[str] = field(default_factory=list)
    streamed: list[str] = field(default_factory=list)
    has_inner: bool = False
    _script: str = ""  # the one that was looked at last
    _is_bounded: bool = True

    def note(self, text: str) -> None:
        """Note whether a text may hold texts of JSON within JSON."""
        self.has_inner = self.has_inner or any(map(text.__contains__, _INNER_MARKS))

    def script_values(self, script: str) -> Iterator[Any]:
        """Give the values that a script states; keep what it adds to a stream."""
        self.note(script)
        if "__next_f" in script:
            self.flight += self.pushed_texts(script, _FLIGHT)
        if "streamController" in script:
            self.streamed += self.pushed_texts(script, _ENQUEUED)
        if "__sveltekit" in script:
            yield from self.pushed_values(script, _SVELTE_DATA)
        yield from islice(self.assigned_values(script), _MOST_VALUES)

    def streamed_values(self) -> list[Any]:
        """Return the values of the streams that scripts added to."""
        stream = "".join(self.flight)
        self.note(stream)
        values = [streamed_value(self.streamed)] if self.streamed else []
        return values + (_flight_values(stream) if stream else [])

    def read(self, script: str, at: int) -> tuple[Any, int]:
        """Return the value at an index and where it ends; None where enough was read."""
        if self.left <= 0:
            return None, len(script)
        if script is not self._script:
            self._script, self._is_bounded = script, is_of_bounded_size(script)
        value, end = read_value(script, at, is_bounded=self._is_bounded)
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
                yield value_of_text(value) if isinstance(value, str) else value

    def pushed_values(self, script: str, before: re.Pattern[str]) -> Iterator[Any]:
        """Give the values that stand behind each place that a pattern matches."""
        read_to = 0
        for pushed in islice(before.finditer(script), _MOST_ASSIGNED):
            if pushed.start() >= read_to:
                value, read_to = self.read(script, pushed.end())
                yield value

    def pushed_texts(self, script: str, before: re.Pattern[str]) -> Iterator[str]:
        """Give the texts that a script adds to a stream, alone or behind a number in a list."""
        for value in self.pushed_values(script, before):
            text = value[1] if isinstance(value, list) and len(value) > 1 else value
            if isinstance(text, str):
                yield text


# ---- what is written in a form of its own


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
