"""A small part of `tests/bench/soak.py`: many runs with faults at random, and a checker that can
fail.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from bench.soak import Soak

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="module")
def soak(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Soak]:
    """Five newspapers to which much happened: four times the usual trouble, then days of calm."""
    made = Soak(tmp_path_factory.mktemp("soak"), sites=5, seed=7, trouble=4, hangs=False, say=False)
    try:
        made.run(70)
        yield made
    finally:
        made.close()


def test_nothing_is_lost_doubled_wrong_or_miscalled_whatever_goes_wrong(soak: Soak) -> None:
    """Runs with faults of most kinds."""
    assert soak.planted.keys() >= {"kill", "clock ahead", "layout"}
    assert sum(soak.planted.values()) > 20
    assert soak.found == []


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lambda items: items.pop(3), "has lost"),
        (lambda items: items.append(items[0]), "has an id twice"),
        (lambda items: items[0].update(title="عنوان آخر"), "titles"),
        (lambda items: items[0].update(content_html="<p>قصير</p>"), "lacks text"),
        (lambda items: items[0].update(date_published="2020-01-01T00:00:00Z"), "dates"),
        (lambda items: items[0].update(url="http://paper00.example/about"), "no story"),
    ],
)
def test_the_checker_sees_what_is_wrong(
    soak: Soak, spoil: object, told: str, tmp_path: Path
) -> None:
    """Each kind of fault that it looks for, put into a feed by hand."""
    feed = json.loads((soak.disk / "out" / "paper00" / "city.json").read_bytes())
    spoil(feed["items"])  # type: ignore[operator]
    spoilt = tmp_path / "city.json"
    spoilt.write_text(json.dumps(feed))
    soak.told.clear()
    soak._check_feed(0, soak.papers[0], spoilt, soak._told(soak.papers[0]))
    found = list(soak.found)
    soak.found.clear()
    assert any(told in line for line in found), found
