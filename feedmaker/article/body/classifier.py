"""The model that says of each block whether it is the story's: a sum of small decision trees.

`weights` has them as expressions, which `tests/bench/train.py` writes: a tree that is walked as
data takes three times as long, and compiling them in each process as long as reading two pages. The
score is a log-odds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from feedmaker.article.body.weights import GROUPS

if TYPE_CHECKING:
    from collections.abc import Sequence


def score(row: Sequence[float]) -> float:
    """The log-odds that a block is the story's: above 0 it is."""
    total = 0.0
    for group, low, high in GROUPS:
        total += group(row)
        if not low < total < high:
            break
    return total
