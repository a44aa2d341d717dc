"""Values that stand in the scripts of a page: JSON, and literals of JavaScript (ECMA-262).

Nothing is run. A literal is read token by token, so that depth costs no stack; calls give their
first argument, and what has no value of its own (functions, unknown names) is None.
"""

from __future__ import annotations

import json
import re
from base64 import b64decode
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_DECODER: Final = json.JSONDecoder(strict=False)
# Objects and lists of one value, which take 64 bytes and more each; of more its beginning is read.
_MOST_CONTAINERS: Final = 300_000
_MOST_TOKENS: Final = 150_000  # of a literal that is no JSON; a second's work
_DEEPEST: Final = 2_000  # levels; what lies deeper is left out
_LONGEST_NUMBER: Final = 40  # characters
_LONGEST_HEADER: Final = 20_000  # characters of a function's parameters

_TOKEN: Final = re.compile(
    r"""(?P<space>\s++|//[^\n]*+|/\*(?:[^*]|\*(?!/))*+(?:\*/)?)
    |(?P<string>"(?:[^"\\]|\\.)*+"?|'(?:[^'\\]|\\.)*+'?|`(?:[^`\\]|\\.)*+`?)
    |(?P<number>-?(?:0[xX][\da-fA-F]++|(?:\d++\.?\d*+|\.\d++)(?:[eE][-+]?\d++)?)n?)
    |(?P<name>[^\W\d][\w$]*+|\$[\w$]*+)
    |(?P<mark>.)""",
    re.VERBOSE | re.DOTALL,
)
_ESCAPE: Final = re.compile(
    r"\\(?:u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(\r\n|.))", re.DOTALL
)
_ESCAPED: Final = {
    "b": "\b",
    "f": "\f",
    "n": "\n",
    "r": "\r",
    "t": "\t",
    "v": "\v",
    "0": "\0",
    "\n": "",
    "\r\n": "",
}
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_CONSTANTS: Final[dict[str, Any]] = {"true": True, "false": False, "Infinity": None, "NaN": None}
_LAST_CODE: Final = 0x10FFFF
# A function that is called at once, as Nuxt 2 writes its state:
# `(function(a,b){return {...}}(1,2))`.
_CALLED_FUNCTION: Final = re.compile(
    rf"\(?\s*+function\b\s*+[\w$]*+\s*+\(([^()]{{0,{_LONGEST_HEADER}}}+)\)\s*+\{{"
)
# A text that is parsed, mostly through `decodeURIComponent` and the like.
_PARSED_TEXT: Final = re.compile(
    r"JSON\s*+\.\s*+parse\s*+\(\s*+(?:[\w$.]{1,60}+\s*+\(\s*+){0,3}(?=[\"'`])"
)
BASE64_OF_JSON: Final = ("eyJ", "W3s", "eyAi", "ewog")  # `{"`, `[{`, `{ "` and a line break
_LONGEST_ENCODED: Final = 1_000_000  # characters; decoding takes eighty bytes for each
_PERCENT_JSON: Final = ("%7B", "%5B", "%7b", "%5b")  # `{` and `[`


def is_of_bounded_size(source: str) -> bool:
    """Whether all objects and lists of a script may be read at once."""
    is_short = len(source) <= _MOST_CONTAINERS
    return is_short or source.count("{") + source.count("[") <= _MOST_CONTAINERS


def read_value(source: str, at: int = 0, *, is_bounded: bool | None = None) -> tuple[Any, int]:
    """Return the value that begins at an index of a script, and where it ends.

    A value that breaks off, or is too long, is read as far as it goes. None is the value of what
    is none. Whoever reads many values of one script says whether it `is_bounded`, looked at once.
    """
    if is_of_bounded_size(source) if is_bounded is None else is_bounded:
        try:
            return _DECODER.raw_decode(source, at)
        except (ValueError, RecursionError):
            pass
    called = _CALLED_FUNCTION.match(source, at)
    if called:
        return _returned_value(source, called)
    parsed = _PARSED_TEXT.match(source, at)
    if parsed:
        text, end = _Literal(source).read(parsed.end())
        return value_of_text(text) if isinstance(text, str) else None, end
    return _Literal(source).read(at)


def read_json(text: str) -> Any:
    """Return the value of a text of JSON; as far as it goes where it is broken or too long."""
    start = len(text) - len(text.lstrip("\ufeff \t\r\n"))
    return read_value(text, start)[0]


def value_of_text(text: str) -> Any:
    """Return the value of JSON in a text, plain, percent-encoded or in Base64; None of others."""
    text = text.strip()
    if text.startswith(_PERCENT_JSON) and len(text) <= _LONGEST_ENCODED:
        text = unquote(text)
    elif text.startswith(BASE64_OF_JSON):
        with suppress(ValueError):
            text = b64decode(text).decode("utf-8", "replace")
    return read_json(text) if text[:1] in ("{", "[") else None


def unescape_string(text: str) -> str:
    """Return the characters that the inside of a string literal stands for."""
    if "\\" not in text:
        return text
    plain = _ESCAPE.sub(_unescaped, text)
    if _SURROGATE.search(plain):
        plain = plain.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return plain


def _unescaped(found: re.Match[str]) -> str:
    code = found[1] or found[2] or found[3]
    if code is None:
        return _ESCAPED.get(found[4], found[4])
    number = int(code, 16)
    return chr(number) if number <= _LAST_CODE else "\ufffd"


def _returned_value(source: str, called: re.Match[str]) -> tuple[Any, int]:
    """Return what a function that is called at once returns, and where the call ends."""
    starts = list(_statements_of_body(source, called.end()))
    end = starts.pop()
    values: list[Any] = []
    opened = source.find("(", end, end + 10)
    after = end
    if opened >= 0:
        arguments, after = _Literal(source).read(opened, keep_arguments=True)
        values = arguments if isinstance(arguments, list) else []
    parameters = [name.strip() for name in called[1].split(",")]
    names = dict(zip(parameters, values, strict=False))
    if not starts:
        return None, after
    return _Literal(source, names).read(starts[0])[0], after


def _statements_of_body(source: str, at: int) -> Iterator[int]:
    """Give where the values begin that a function's body returns, and at last where it ends."""
    depth = 1
    for count, token in enumerate(_TOKEN.finditer(source, at)):
        kind, text = token.lastgroup, token[0]
        if kind == "mark":
            depth += (text in "{[(") - (text in "}])")
        elif kind == "name" and text == "return" and depth == 1:
            yield token.end()
        if depth == 0 or count > _MOST_TOKENS:
            yield token.end()
            return
    yield len(source)


@dataclass(slots=True)
class _Frame:
    """An object, list, call or function that is open. `key` waits for the value behind it."""

    opener: str
    value: Any
    key: str | None = None
    name: str = ""  # a call's
    colon: bool = False


@dataclass(slots=True)
class _Literal:
    """One literal of a script, read from an index on. `names` are the values of its names."""

    source: str
    names: Mapping[str, Any] = field(default_factory=dict)
    _open: list[_Frame] = field(default_factory=list)
    _last: Any = None
    _name: str = ""  # the name just read, which a call may follow
    _is_void: bool = False
    _is_not: bool = False
    _is_done: bool = False

    def read(self, at: int, *, keep_arguments: bool = False) -> tuple[Any, int]:
        """Return the value at an index and where it ends; of a call all its arguments, if asked."""
        end = at
        first: _Frame | None = None
        for count, token in enumerate(_TOKEN.finditer(self.source, at)):
            kind = token.lastgroup
            if kind == "space":
                continue
            end = token.end()
            self._read_token(kind, token[0])
            if first is None and self._open:
                first = self._open[0]
            if self._is_done or count > _MOST_TOKENS:
                break
        if first is not None:
            is_kept = keep_arguments or first.opener != "("
            return first.value if is_kept else _call_value(first), end
        return self._last, end

    def _read_token(self, kind: str | None, text: str) -> None:
        if kind == "mark":
            self._read_mark(text)
        elif kind == "string":
            is_closed = len(text) > 1 and text[-1] == text[0]
            self._put(unescape_string(text[1:-1] if is_closed else text[1:]))
        elif kind == "number":
            self._put(_number(text))
        else:
            self._read_name(text)

    def _read_name(self, name: str) -> None:
        """Take a name: a constant, a parameter, a key, an operator, or the name of a call."""
        frame = self._open[-1] if self._open else None
        if frame is not None and frame.opener == "{" and not frame.colon:
            frame.key = name
        elif name == "void":
            self._is_void = True
        elif name in _CONSTANTS:
            self._put(_CONSTANTS[name])
        elif name not in ("new", "return", "async", "await", "typeof"):
            self._put(self.names.get(name))
            self._name = name

    def _read_mark(self, mark: str) -> None:
        name, self._name = self._name, ""
        if mark in "{[(":
            self._open_frame(mark, name)
        elif mark in "}])":
            self._close_frame()
        elif mark == "!":
            self._is_not = not self._is_not
        elif not self._open:
            self._is_done = mark in ",;"
        elif mark == ",":
            frame = self._open[-1]
            if frame.opener == "{" and frame.key is not None and not frame.colon:
                frame.value[frame.key] = self.names.get(frame.key)  # `{title}`
            frame.key, frame.colon = None, False
        elif mark == ":":
            self._open[-1].colon = True
        elif mark == ".":
            self._name = name  # of a member, `Object.create(`

    def _open_frame(self, mark: str, name: str) -> None:
        value: Any = {} if mark == "{" else []
        if mark == "(" and name and self._open:
            self._drop_last()
        if len(self._open) < _DEEPEST and mark != "(" and name != "function":
            self._put(value)
        self._open.append(_Frame(mark, value, name=name))

    def _close_frame(self) -> None:
        if not self._open:
            self._is_done = True
            return
        frame = self._open.pop()
        if frame.opener == "(" and self._open:
            self._put(_call_value(frame))
            # What follows the parameters of a function is its body, and no value.
            self._name = "function" if frame.name == "function" else ""
        self._is_done = not self._open

    def _drop_last(self) -> None:
        """Take back the value of a name that turned out to be a call's."""
        frame = self._open[-1]
        if frame.opener != "{" and frame.value:
            frame.value.pop()

    def _put(self, value: Any) -> None:
        """Add a value to what is open."""
        if self._is_not:
            value, self._is_not = not value, False
        if self._is_void:
            value, self._is_void = None, False
        if not self._open:
            self._last = value
            self._is_done = isinstance(value, str)
            return
        frame = self._open[-1]
        if frame.opener != "{":
            frame.value.append(value)
        elif not frame.colon:
            frame.key = str(value) if isinstance(value, (str, int, float)) else ""
        elif frame.key is not None:
            frame.value[frame.key] = value


def _number(text: str) -> Any:
    text = text.rstrip("n")
    try:
        return int(text, 0)
    except ValueError:  # of a hundred thousand digits too
        return float(text) if len(text) < _LONGEST_NUMBER else None


def _call_value(call: _Frame) -> Any:
    """What a call gives: its first argument, parsed where it is a text of JSON; or its last value.

    `Map` and `Set` are as their lists, `Date` as its text, `(a)` as `a`.
    """
    if not call.value:
        return None
    first = call.value[0]
    is_parsed = call.name == "parse" and isinstance(first, str)
    return read_json(first) if is_parsed else first
