"""How a story was decided, for who asks why."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """How one field of a story was decided: the value, where it came from, and the candidates that
    lost.
    """

    name: str
    value: str
    source: str
    losers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TracedBlock:
    """One block of a page as `extract` saw it: kept or dropped, with its score, features and the
    reason.
    """

    path: str
    text: str
    kept: bool
    score: float
    reason: str
    features: dict[str, float] = field(default_factory=dict)


@dataclass(slots=True)
class Trace:
    """Filled by the stages as they decide, when someone asks why; the one type here that changes."""

    choices: list[Choice] = field(default_factory=list)
    blocks: list[TracedBlock] = field(default_factory=list)
