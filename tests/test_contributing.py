"""CONTRIBUTING.md tells the truth: rooms, layers, files and targets in it are those that there are."""

from __future__ import annotations

import re
import tomllib

import pytest
from conftest import ROOT

pytestmark = pytest.mark.skipif(
    not (ROOT / "CONTRIBUTING.md").exists(), reason="the sources are not here: the wheel is tested"
)


def page() -> str:
    """The text of CONTRIBUTING.md."""
    return (ROOT / "CONTRIBUTING.md").read_text("utf-8")


def test_every_room_stands_in_the_table_and_no_other():
    """Both ways."""
    rooms = {path.parent.name for path in (ROOT / "feedmaker").glob("*/__init__.py")}
    assert set(re.findall(r"^\| `(\w+)/`", page(), re.MULTILINE)) == rooms


def test_the_layers_are_those_of_the_contract():
    """In the same order."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    contract = settings["tool"]["importlinter"]["contracts"][0]["layers"]
    assert "    " + " > ".join(contract) + "\n" in page()


def test_every_module_of_the_pipeline_stands_in_its_row():
    """Open the one that its name says."""
    (row,) = re.findall(r"^\| `pipeline/` .*$", page(), re.MULTILINE)
    modules = {path.stem for path in (ROOT / "feedmaker" / "pipeline").glob("[!_]*.py")}
    assert set(re.findall(r"`(\w+)`", row)) == modules


def test_every_file_in_it_exists():
    """Paths stand from the root of the repository, those of the package also from the package."""
    paths = re.findall(r"`((?:\w+/)+[\w.]*\.\w+|\w+\.(?:py|md|toml|lock))`", page())
    assert len(paths) > 10
    missing = [
        path
        for path in paths
        if not any((ROOT / folder / path).exists() for folder in ("", "feedmaker", "tests"))
    ]
    assert [path for path in missing if path not in ("run.py", "expected.json")] == []


def test_every_target_in_it_is_one_of_the_makefile():
    """`make WORD ...`, wherever it stands."""
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    named = re.findall(r"(?:^    |`)make ((?:[a-z]+ ?)+)", page(), re.MULTILINE)
    assert len(named) > 4
    assert {word for words in named for word in words.split()} <= targets
