"""A plot of `scale.py` as SVG, written by hand: two panels, light and dark as the reader's page is."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    Line = tuple[str, str, Sequence[tuple[float, float]]]  # its name, its colour, its points

_WIDTH, _HEIGHT, _LEFT, _TOP = 380, 210, 56, 46
_STYLE = (
    "text{font:12px system-ui,sans-serif;fill:#24292f}.t{font-weight:600;font-size:13px}.g{stroke:#8c959f55}"
    "@media(prefers-color-scheme:dark){text{fill:#e6edf3}.g{stroke:#8b949e55}}"
)


def plot(
    alone: dict[int, dict[str, float]], many: dict[int, dict[str, float]], sections: int
) -> str:
    """The marginal cost of a section by their number, and what so many workers get done in a
    second.
    """
    sizes = [size for size in alone if size > 1]
    first = [(size, alone[size]["first_each"] * 1000) for size in sizes]
    same = [(size, alone[size]["within_each"] * 1000) for size in sizes]
    stories = [(count, of["stories"] / of["first"]) for count, of in many.items()]
    unchanged = [(count, sections / of["unchanged"]) for count, of in many.items()]
    blue, orange = "#0969da", "#bc4c00"
    panels = [
        _panel(0, "CPU of one more section, ms (log)", "sections", [
            ("first run, 30 articles", blue, first), ("unchanged run", orange, same)]),
        _panel(1, "done in a second (log)", "workers on two cores", [
            ("articles of a first run", blue, stories), ("unchanged sections", orange, unchanged)]),
    ]  # fmt: skip
    width = 2 * (_LEFT + _WIDTH) + 20
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {_HEIGHT + 112}" width="{width}" role="img">'
        f"<title>What a section costs, what workers do</title><style>{_STYLE}</style>{''.join(panels)}</svg>\n"
    )


def _panel(place: int, title: str, below: str, lines: list[Line]) -> str:
    points = [point for _, _, of in lines for point in of]
    low_x, high_x = min(x for x, _ in points), max(x for x, _ in points)
    low, high = (
        math.floor(math.log10(min(y for _, y in points))),
        math.ceil(math.log10(max(y for _, y in points))),
    )

    def at(x: float, y: float) -> tuple[float, float]:
        across = math.log(x / low_x) / (math.log(high_x / low_x) or 1)
        up = (math.log10(y) - low) / ((high - low) or 1)
        return _LEFT + across * (_WIDTH - 40), _TOP + (1 - up) * _HEIGHT

    parts = [f'<text class="t" x="{_LEFT}" y="18">{title}</text>']
    for power in range(low, high + 1):
        _, y = at(low_x, 10.0**power)
        parts.append(
            f'<line class="g" x1="{_LEFT}" x2="{_LEFT + _WIDTH - 40}" y1="{y:.1f}" y2="{y:.1f}"/>'
        )
        parts.append(
            f'<text x="{_LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{10.0**power:g}</text>'
        )
    marks = ((x, at(x, 10.0**low)[0]) for x in sorted({x for x, _ in points}))
    foot = _TOP + _HEIGHT
    parts += [
        f'<text x="{across:.1f}" y="{foot + 18}" text-anchor="middle">{x:,}</text>'
        for x, across in marks
    ]
    parts.append(
        f'<text x="{_LEFT + _WIDTH / 2 - 20}" y="{_TOP + _HEIGHT + 38}" text-anchor="middle">{below}</text>'
    )
    for number, (name, colour, of) in enumerate(lines):
        spots = [at(x, y) for x, y in of]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in spots)
        parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        for (x, y), (_, value) in zip(spots, of, strict=True):
            parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{colour}"/>')
            parts.append(
                f'<text x="{x:.1f}" y="{y - 8:.1f}" text-anchor="middle">{value:.3g}</text>'
            )
        parts.append(
            f'<circle cx="{_LEFT + number * 180}" cy="{_TOP + _HEIGHT + 48}" r="4" fill="{colour}"/>'
        )
        parts.append(
            f'<text x="{_LEFT + 10 + number * 180}" y="{_TOP + _HEIGHT + 52}">{name}</text>'
        )
    return f'<g transform="translate({place * (_LEFT + _WIDTH)})">{"".join(parts)}</g>'
