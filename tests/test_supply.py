"""What is imported is declared, what is installed is what was locked, and nothing that is read is
ever run.
"""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions

import pytest
from conftest import ROOT

RECIPES = ("Makefile", ".ci/run", "Containerfile")
sources = pytest.mark.skipif(
    not (ROOT / "Makefile").exists(), reason="the sources are not here: the wheel is tested"
)


def locked() -> dict[str, str]:
    """The entries of the lock by package."""
    text = re.sub(r"\\\n", "", (ROOT / "requirements.lock").read_text("utf-8"))
    entries = [
        line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")
    ]
    return {re.split(r"[\[=]", entry)[0].lower(): entry for entry in entries}


def declared() -> set[str]:
    """The packages that pyproject.toml declares, those of the extras too."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    needed = project["dependencies"] + project["optional-dependencies"]["postgres"]
    return {re.split(r"[\[><=;~ ]", one)[0].lower() for one in needed}


def imported() -> dict[str, str]:
    """The top-level modules of others that feedmaker imports, each with a file that does."""
    found = {}
    for path in (ROOT / "feedmaker").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and not node.level:
                names = [node.module]
            else:
                continue
            found |= {name.partition(".")[0]: path.name for name in names}
    own = {*sys.stdlib_module_names, "feedmaker"}
    return {name: path for name, path in found.items() if name not in own}


@sources
def test_every_import_is_declared_and_all_that_is_declared_is_used():
    """No package is had by the grace of another one's requirements."""
    packages = packages_distributions()
    homes = {packages.get(name, [name])[0] for name in imported()}
    used = {home.lower().replace("_", "-") for home in homes}
    assert used - declared() == set()
    # sniffio is looked for by httpcore, tzdata by zoneinfo.
    assert declared() - used == {"sniffio", "tzdata"}


@sources
def test_no_test_module_imports_another():
    """What tests share stands in conftest.py and in helper modules."""
    lines = {
        f"{path.name}: {line}"
        for path in (ROOT / "tests").glob("*.py")
        for line in path.read_text("utf-8").splitlines()
        if re.match(r"(from|import) test_", line)
    }
    assert lines == set()


@sources
def test_the_lock_holds_one_version_and_the_hashes_of_all_that_is_needed():
    """Also of what is needed by what is needed: pip refuses a lock that lacks one when it is told
    to ask for hashes.
    """
    entries = locked()
    assert len(entries) > 40
    for entry in entries.values():
        assert re.match(r"[\w.-]+(\[[\w,-]+\])?==\S+ .*--hash=sha256:[0-9a-f]{64}", entry), entry
    assert declared() <= set(entries)


@sources
@pytest.mark.parametrize("recipe", RECIPES)
def test_nothing_is_installed_without_a_look_at_its_hash(recipe):
    """By `--require-hashes`, or what was had so (`--no-index`), or feedmaker alone (`--no-deps`);
    but the auditor.
    """
    text = re.sub(r"\\\n\s*", "", (ROOT / recipe).read_text("utf-8")).replace("&&", "\n")
    lines = [
        line for line in text.splitlines() if re.search(r"\bpip (install|wheel|download)\b", line)
    ]
    assert any("--require-hashes --requirement requirements.lock" in line for line in lines)
    checked = ("--require-hashes", "--no-index", "--no-deps")
    unchecked = [line for line in lines if not any(option in line for option in checked)]
    assert [line for line in unchecked if not re.search(r"pip install .*\bpip-audit\b", line)] == []


@sources
def test_no_shell_is_called_nothing_unpickled_or_evaluated():
    """The linter forbids exec, pickle, marshal, eval and subprocesses; two places are excepted: a
    person's own editor is opened, and what a process of our own sends is unpickled.
    """
    forbidden = r"S(?:102|301|302|307|60[2-7])"
    lint = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["ruff"]["lint"]
    assert lint["select"] == ["ALL"]
    ignored = [*lint["ignore"], *(code for where, codes in lint["per-file-ignores"].items()
                                  for code in codes if not where.startswith("tests/"))]  # fmt: skip
    assert [code for code in ignored if code == "S" or re.fullmatch(forbidden, code)] == []
    excepted = {
        path.relative_to(ROOT).as_posix(): line.strip()
        for path in (ROOT / "feedmaker").rglob("*.py")
        for line in path.read_text("utf-8").splitlines()
        if re.search(rf"noqa(?!:)|noqa:[^#]*\b{forbidden}\b", line)
    }
    assert set(excepted) == {"feedmaker/cli/add_dialogue.py", "feedmaker/pipeline/page_process.py"}
    assert excepted["feedmaker/cli/add_dialogue.py"].startswith("done = subprocess.run(command,")
