"""The model that says of each block whether it is the story's: a sum of small decision trees, kept as plain data.

`weights.json` is written by `tests/bench/train.py`. A tree is a number (what it adds to the score) or a list
[feature, threshold, tree where the feature is at most that, tree where it is more]. The score is a log-odds.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Group = tuple[Callable[[Sequence[float]], float], float, float]

_GROUP = 10  # trees added up in one call


@cache
def _groups() -> tuple[Group, ...]:
    """The trees in groups, as functions of a row, each with the scores below and above which the rest cannot matter.

    Compiled once in a process, when a first story is picked: a tree walked as data takes three times as long.
    """
    data = json.loads((Path(__file__).parent / "weights.json").read_text(encoding="ascii"))
    groups: list[Group] = []
    for at, (low, high) in zip(range(0, len(data["trees"]), _GROUP), data["stops"], strict=True):
        source = "+".join(_source(tree) for tree in data["trees"][at : at + _GROUP])
        # Nothing but numbers can be in the source: `_source` makes them such.
        function: Callable[[Sequence[float]], float] = eval(f"lambda x: {source}", {})  # noqa: S307
        groups.append((function, low, high))
    return tuple(groups)


@cache
def features() -> tuple[str, ...]:
    """The names of the numbers in a row, in order."""
    data = json.loads((Path(__file__).parent / "weights.json").read_text(encoding="ascii"))
    return tuple(data["features"])


def _source(tree: Any) -> str:
    """A tree as a Python expression."""
    if isinstance(tree, int | float):
        return f"({tree})"
    feature, threshold, low, high = tree
    return f"({_source(low)} if x[{int(feature)}]<={float(threshold)} else {_source(high)})"


def score(row: Sequence[float]) -> float:
    """The log-odds that a block is the story's: above 0 it is."""
    total = 0.0
    for group, low, high in _groups():
        total += group(row)
        if not low < total < high:
            break
    return total
