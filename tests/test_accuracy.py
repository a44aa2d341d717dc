"""The accuracy gate: it shuts below a floor, on other pages than its own, and without a corpus."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path

import pytest

BENCH = Path(__file__).parent / "bench"


@pytest.fixture(scope="module")
def gate():
    """The accuracy gate as a module."""
    spec = importlib.util.spec_from_file_location("accuracy", BENCH / "accuracy.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def floors():
    """The floors in the repository."""
    return json.loads((BENCH / "floors.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("got", "problem"),
    [
        ({"digest": "a", "f1": 0.979, "with": 0.95}, ""),
        ({"digest": "a", "f1": 0.97, "with": 0.95}, "news: f1 is 0.97, its floor is 0.98"),
        ({"digest": "b", "f1": 1.0, "with": 1.0}, "news: other pages than the floors are of"),
    ],
)
def test_the_gate_shuts_below_a_floor_and_for_other_pages(gate, got, problem):
    """A figure below its floor is named; a little less than it is let through."""
    lines = gate.below({"news": got}, {"news": {"digest": "a", "f1": 0.98, "with": 0.9}})
    assert bool(lines) == bool(problem)
    assert all(line.startswith(problem) for line in lines)


def test_a_set_without_floors_does_not_pass(gate):
    """A gate with nothing to compare with is no gate."""
    assert "other pages" in gate.below({"golden": {"pages": 3}}, {})[0]


def test_the_gate_fails_without_the_corpus(gate, monkeypatch, capsys):
    """No golden page means that nothing was measured, which is no success."""
    monkeypatch.setattr(gate, "load_cases", list)
    assert gate.main([]) == 1
    assert "corpus is missing" in capsys.readouterr().out


def test_the_golden_pages_are_read_as_well_as_ever(gate, floors, monkeypatch, capsys, tmp_path):
    """No figure of the project's own corpus is below its floor; without the public sets the second
    gate says that it is skipped.
    """
    monkeypatch.setattr(gate, "SHARED", tmp_path)
    assert gate.main([]) == 0
    printed = capsys.readouterr().out
    assert "second gate is skipped" in printed
    assert json.loads(printed.splitlines()[0].removeprefix("golden "))["pages"] >= 80
    assert floors["golden"]["right"] >= 80


def test_floors_rise_and_never_fall(gate):
    """What --update writes keeps each floor that is higher than what was reached."""
    floors = {"golden": {"pages": 90, "f1": 0.9}, "news": {"digest": "a", "f1": 0.5}}
    new = gate.raised({"golden": {"pages": 91, "f1": 0.899}}, floors)
    assert new == {"golden": {"pages": 91, "f1": 0.9}, "news": {"digest": "a", "f1": 0.5}}


def test_the_development_pages_are_picked_as_well_as_ever(
    gate, floors, shared, monkeypatch, capsys
):
    """No figure of the Arabic and the news pages is below its floor."""
    monkeypatch.setattr(gate, "SHARED", shared)
    monkeypatch.setattr(gate, "SETS", ("arabic", "news"))
    reached = gate.measure_public(gate.scorer(), speed=False)
    assert gate.below(reached, floors) == []
    assert "f1" in capsys.readouterr().out
