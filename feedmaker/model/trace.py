"""How a story was decided, for who asks why."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """How one field of a story was decided.

    `losers` are the candidates that lost, each a value and where it came from.
    """

    name: str
    value: str
    source: str
    losers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TracedBlock:
    """One block of a page as `extract` saw it: kept or dropped, and why."""

    path: str
    text: str
    kept: bool
    score: float
    reason: str
    features: dict[str, float] = field(default_factory=dict)


@dataclass(slots=True)
class Trace:
    """What the stages fill as they decide, for who asks why: the one type here that changes."""

    choices: list[Choice] = field(default_factory=list)
    blocks: list[TracedBlock] = field(default_factory=list)
