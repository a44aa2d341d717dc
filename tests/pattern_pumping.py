"""All compiled expressions of the package, and texts that make each of them work hardest.

A pattern that backtracks, or begins anew at each letter, takes time that grows with the square of a
text. So each of its repetitions is pumped: a text that leads to it, what it repeats many times, and
an end that fails. What counts is how processor time grows with four times the letters.
"""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import re._constants as ops
import re._parser as parser
import signal
import time
from collections import deque
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import feedmaker

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(feedmaker.__file__).parent
SIZES = (1_500, 6_000)
# Linear time grows four times, quadratic sixteen times.
MOST_GROWTH = 9.0
# Seconds that the second size takes where its growth is worth a look: a sixth of what it takes a
# quadratic pattern, a hundred times of what it takes most others, and some ticks of a coarse clock.
TELLING = 0.01
# What a coarse clock may be wrong by, in seconds.
TICK = 0.004
PATIENCE = 1.0
MOST_PUMPS, MOST_LOOKS, CALLS = 60, 4, 8
ENDS = ("\x00", "", "\n")
_SCANNING = frozenset({"search", "sub", "subn", "finditer", "findall", "split"})
_ANCHORED = frozenset({"match", "fullmatch"})


class Use(NamedTuple):
    """A pattern of the package, the module and name it stands under, and how it is used."""

    where: str
    pattern: re.Pattern[Any]
    methods: frozenset[str]


# ---- which there are


def uses() -> list[Use]:
    """Every pattern that a module holds, by itself or in what it holds."""
    found: dict[tuple[Any, int], Use] = {}
    for info in pkgutil.walk_packages([str(ROOT)], "feedmaker."):
        if info.name.endswith("__main__"):
            continue
        module = importlib.import_module(info.name)
        for name, value in list(vars(module).items()):
            for pattern, method in _patterns_in(value, 4):
                used = {method} if method else _methods(info.name, name)
                key = pattern.pattern, pattern.flags
                known = found.get(key) or Use(f"{info.name}.{name}", pattern, frozenset())
                found[key] = known._replace(methods=known.methods | (used or {"search"}))
    return list(found.values())


_Found = tuple[re.Pattern[Any], str]


def _patterns_in(value: object, depth: int) -> Iterator[_Found]:
    """Yield each pattern, and which method of it is held, where one is."""
    owner = getattr(value, "__self__", None)
    if isinstance(value, re.Pattern):
        yield value, ""
    elif isinstance(owner, re.Pattern):
        yield owner, getattr(value, "__name__", "")
    elif hasattr(value, "cache_clear"):
        yield from _patterns_of_cached(value, depth)
    elif depth and isinstance(value, dict):
        for one in (*value.keys(), *value.values()):
            yield from _patterns_in(one, depth - 1)
    elif depth and isinstance(value, (tuple, list, set, frozenset)):
        for one in value:
            yield from _patterns_in(one, depth - 1)
    elif depth and hasattr(type(value), "__dataclass_fields__"):
        for name in type(value).__dataclass_fields__:
            yield from _patterns_in(getattr(value, name, None), depth - 1)


def _patterns_of_cached(function: Any, depth: int) -> Iterator[_Found]:
    """What a function without parameters makes once: its tables."""
    code = getattr(function.__wrapped__, "__code__", None)
    if depth and code and not code.co_argcount + code.co_kwonlyargcount:
        yield from _patterns_in(function(), depth - 1)


@cache
def _attributes() -> dict[str, dict[str, set[str]]]:
    """Which attributes of each name the package uses, by module."""
    used: dict[str, dict[str, set[str]]] = {}
    for path in ROOT.rglob("*.py"):
        names = used.setdefault(str(path), {})
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Attribute):
                owner = node.value
                name = getattr(owner, "id", None) or getattr(owner, "attr", None)
                names.setdefault(name or "", set()).add(node.attr)
    return used


def _methods(module: str, name: str) -> set[str]:
    """How a pattern is used: in its own module, and elsewhere where its name is public."""
    own = importlib.import_module(module).__file__ or ""
    places = [own] if name.startswith("_") else list(_attributes())
    used = set().union(*(_attributes()[place].get(name, set()) for place in places))
    return used & (_SCANNING | _ANCHORED)


# ---- what a part of a pattern matches


def _char_of(items: list[Any]) -> str:
    """A letter of a class."""
    if items and items[0][0] is ops.NEGATE:
        for letter in "aا1 -\n<":
            if not _class_has(items[1:], letter):
                return letter
        return "\u4e00"
    for kind, value in items:
        if kind is ops.LITERAL:
            return chr(value)
        if kind is ops.RANGE:
            return chr(value[0])
        if kind is ops.CATEGORY:
            return _CATEGORIES.get(value, "a")
    return "a"


_CATEGORIES = {
    ops.CATEGORY_DIGIT: "1", ops.CATEGORY_NOT_DIGIT: "a", ops.CATEGORY_SPACE: " ", ops.CATEGORY_NOT_SPACE: "a",
    ops.CATEGORY_WORD: "a", ops.CATEGORY_NOT_WORD: " ",
}  # fmt: skip


def _class_has(items: list[Any], letter: str) -> bool:
    code = ord(letter)
    for kind, value in items:
        if kind is ops.LITERAL and code == value:
            return True
        if kind is ops.RANGE and value[0] <= code <= value[1]:
            return True
        if kind is ops.CATEGORY:
            sample = {
                ops.CATEGORY_DIGIT: letter.isdigit(), ops.CATEGORY_NOT_DIGIT: not letter.isdigit(),
                ops.CATEGORY_SPACE: letter.isspace(), ops.CATEGORY_NOT_SPACE: not letter.isspace(),
                ops.CATEGORY_WORD: letter.isalnum() or letter == "_",
                ops.CATEGORY_NOT_WORD: not (letter.isalnum() or letter == "_"),
            }  # fmt: skip
            if sample.get(value):
                return True
    return False


def sample(tree: Any, least: int = 1) -> str:
    """A short text that a parsed pattern matches, but for what looks around and back."""
    return "".join(_sample_of(kind, value, least) for kind, value in tree)


def _sample_of(kind: Any, value: Any, least: int) -> str:
    if kind is ops.LITERAL:
        return chr(value)
    if kind in (ops.NOT_LITERAL, ops.ANY):
        return "b" if value == ord("a") else "a"
    if kind is ops.IN:
        return _char_of(value)
    if kind is ops.SUBPATTERN:
        return sample(value[3], least)
    if kind is ops.ATOMIC_GROUP:
        return sample(value, least)
    if kind is ops.BRANCH:
        return sample(value[1][0], least)
    if kind in (ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT):
        low, high, inner = value
        return sample(inner, least) * max(low, min(least, high))
    return ""


def pumps(tree: Any, before: str = "") -> Iterator[tuple[str, str]]:
    """What leads to each repetition of a parsed pattern, and what it repeats."""
    for kind, value in tree:
        if kind in (ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT):
            _, high, inner = value
            if high > 50:
                yield from ((before, pump) for pump in _varied(inner) if pump)
            yield from pumps(inner, before)
        elif kind is ops.SUBPATTERN:
            yield from pumps(value[3], before)
        elif kind is ops.ATOMIC_GROUP:
            yield from pumps(value, before)
        elif kind is ops.BRANCH:
            for branch in value[1]:
                yield from pumps(branch, before)
        elif kind in (ops.ASSERT, ops.ASSERT_NOT):
            yield from pumps(value[1], before)
        before += _sample_of(kind, value, 1)


def _varied(tree: Any) -> set[str]:
    """Texts that a repeated part matches: its branches, and each with and without options."""
    texts = {sample(tree, 0), sample(tree, 1)}
    for kind, value in tree:
        if kind is ops.SUBPATTERN:
            texts |= _varied(value[3])
        if kind is ops.BRANCH:
            texts |= {sample(branch, 1) for branch in value[1][:8]}
        if kind is ops.IN:
            texts |= {
                letter for letter in "a1 ا-.\n" if _class_has(value, letter)
                and not (value and value[0][0] is ops.NEGATE)
            }  # fmt: skip
    return texts


def texts(pattern: re.Pattern[Any], size: int) -> Iterator[str]:
    """Texts of a size that make a pattern work."""
    tree = parser.parse(pattern.pattern, pattern.flags & ~re.DEBUG)
    whole = sample(tree)
    seen = set(pumps(tree))
    # A pattern that begins with what it can find again at each letter.
    seen |= {("", whole), ("", sample(tree, 0))}
    for before, pump in sorted(seen)[:MOST_PUMPS]:
        if pump:
            count = size // len(pump)
            for end in ENDS:
                yield before + pump * count + end
            if before:
                yield (before + pump) * (size // len(before + pump))


# ---- how much they cost


class _TooLongError(Exception):
    """A pattern took all the time that it may take."""


def growth(pattern: re.Pattern[Any], method: str) -> tuple[float, str]:
    """Return the worst growth of a pattern's cost with its text, and the text; 0 of what is quick.

    What does not end within PATIENCE grows without end.
    """
    worst = (0.0, "")
    looks = 0
    for first, second in zip(*(texts(pattern, size) for size in SIZES), strict=True):
        spent = seconds(pattern, method, second)
        if spent < TELLING or looks == MOST_LOOKS:
            continue
        if spent == float("inf"):
            return spent, second
        looks += 1
        # The clock may tick in milliseconds: many calls together are measured.
        least = sum(seconds(pattern, method, first) for _ in range(CALLS)) / CALLS
        most = sum(seconds(pattern, method, second) for _ in range(CALLS)) / CALLS
        worst = max(worst, (most / max(least, TICK / CALLS), first))
    return worst


def seconds(pattern: re.Pattern[Any], method: str, text: str) -> float:
    """Return the processor time that a pattern takes for a text; infinite beyond PATIENCE."""
    subject: Any = text.encode("utf-8", "replace") if isinstance(pattern.pattern, bytes) else text
    began = time.process_time()
    signal.setitimer(signal.ITIMER_PROF, PATIENCE)
    try:
        if method in ("sub", "subn"):
            pattern.sub(pattern.pattern[:0], subject)
        elif method == "finditer":
            deque(pattern.finditer(subject), maxlen=0)
        else:
            getattr(pattern, method)(subject)
    except _TooLongError:
        return float("inf")
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    return time.process_time() - began


def _stop(*_: object) -> None:
    raise _TooLongError


signal.signal(signal.SIGPROF, _stop)
