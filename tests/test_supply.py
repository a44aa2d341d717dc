"""What is imported is declared, what is installed is what was locked, and nothing that is read is
ever run.
"""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from itertools import chain

import pytest
from conftest import ROOT

from feedmaker import __version__

LOCKS = ("requirements.lock", "requirements-build.lock", "requirements-audit.lock")
RECIPES = ("Makefile", ".ci/run", "Containerfile")
sources = pytest.mark.skipif(
    not (ROOT / "Makefile").exists(), reason="the sources are not here: the wheel is tested"
)


def locked(name: str = LOCKS[0]) -> dict[str, str]:
    """The entries of a lock by package."""
    text = re.sub(r"\\\n", "", (ROOT / name).read_text("utf-8"))
    entries = [
        line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")
    ]
    return {re.split(r"[\[=]", entry)[0].lower(): entry for entry in entries}


def declared() -> set[str]:
    """The packages that pyproject.toml declares, those of the extras too."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    needed = [*project["dependencies"], *chain(*project["optional-dependencies"].values())]
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
    absent = {"PIL": ["pillow"]}  # an extra that may not be installed here
    homes = {(packages.get(name) or absent.get(name) or [name])[0] for name in imported()}
    used = {home.lower().replace("_", "-") for home in homes}
    assert used - declared() == set()
    # httptools is looked for by uvicorn, sniffio by httpcore, tzdata by zoneinfo.
    assert declared() - used == {"httptools", "sniffio", "tzdata"}


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
    """By `--require-hashes`, or what was had so (`--no-index`), or feedmaker alone (`--no-deps`)."""
    text = re.sub(r"\\\n\s*", "", (ROOT / recipe).read_text("utf-8")).replace("&&", "\n")
    lines = [
        line for line in text.splitlines() if re.search(r"\bpip (install|wheel|download)\b", line)
    ]
    build = "--no-build-isolation --require-hashes --requirement requirements.lock"
    assert any(build in line for line in lines)
    assert any("--require-hashes --requirement requirements-build.lock" in line for line in lines)
    checked = ("--require-hashes", "--no-index", "--no-deps")
    assert [line for line in lines if not any(option in line for option in checked)] == []


@sources
@pytest.mark.parametrize("name", LOCKS[1:])
def test_the_tools_that_build_and_audit_are_locked_by_hash(name):
    """What runs before any other look is looked at too."""
    entries = locked(name)
    assert entries
    for entry in entries.values():
        assert re.match(r"[\w.-]+==\S+ .*--hash=sha256:[0-9a-f]{64}", entry), entry


@sources
def test_the_licences_of_all_that_is_locked_are_listed():
    """By package, with one that is known to be free, and none that is locked no more."""
    rows = re.findall(r"^\| ([\w.-]+) \| ([^|]+) \| (?:running|development) \|$",
                      (ROOT / "LICENSES.md").read_text("utf-8"), re.MULTILINE)  # fmt: skip
    assert {name for name, _ in rows} == set(locked())
    free = r"(?:MIT|MIT-CMU|BSD-[23]-Clause|Apache-2\.0|MPL-[\d.]+|PSF-2\.0|CNRI-Python|L?GPL-[\d.]+-(?:only|or-later))"
    for name, licence in rows:
        assert re.fullmatch(rf"{free}(?: (?:OR|AND) {free})*", licence), name


@sources
@pytest.mark.parametrize(
    ("vulnerabilities", "code"), [([], 0), ([{"id": "PYSEC-1", "fix_versions": ["2"]}], 1)]
)
def test_a_known_vulnerability_fails_ci(tmp_path, vulnerabilities, code):
    """What could not be looked up does not."""
    found = tmp_path / "found.json"
    known = {"name": "a", "version": "1", "vulns": vulnerabilities}
    found.write_text(
        json.dumps({"dependencies": [known, {"name": "b", "skip_reason": "not found"}]})
    )
    command = [sys.executable, ROOT / ".ci" / "audited.py", found, tmp_path / "said"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == code
    assert ("PYSEC-1" in done.stdout) == bool(code)
    found.write_text("")
    assert subprocess.run(command, capture_output=True, check=False).returncode == 0


@pytest.fixture
def prepare(tmp_path):
    """Runs what prepares a release in a copy of the files that it reads; returns the process."""
    names = ("CHANGELOG.md", "LICENSES.md", "README.md", LOCKS[0], ".ci/release.py",
             "feedmaker/_version.py")  # fmt: skip
    for name in names:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    changes = tmp_path / "CHANGELOG.md"
    text = changes.read_text("utf-8")

    def run(tag: str, date: str = "2026-12-01") -> subprocess.CompletedProcess[str]:
        head = rf"^## {re.escape(__version__)}, .*$"
        dated = re.sub(head, f"## {__version__}, {date}", text, count=1, flags=re.MULTILINE)
        changes.write_text(dated, "utf-8")
        command = [
            sys.executable,
            ".ci/release.py",
            tag,
            "https://code.example/feedmaker",
            "release",
        ]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

    return run


@sources
def test_a_release_has_notes_a_bill_of_materials_and_a_readme_that_stands_alone(prepare, tmp_path):
    """The notes are the changelog's, the parts those that run, and no link is relative."""
    assert prepare(f"v{__version__}").returncode == 0
    notes = (tmp_path / "release/notes.md").read_text("utf-8")
    assert "### Added" in notes
    assert "\n## " not in notes
    bill = json.loads((tmp_path / f"release/feedmaker-{__version__}.cdx.json").read_text("utf-8"))
    rows = re.findall(r"^\| (\S+) \| .* \| running \|$",
                      (ROOT / "LICENSES.md").read_text("utf-8"), re.MULTILINE)  # fmt: skip
    parts = {part["name"]: part for part in bill["components"]}
    assert set(parts) == set(rows)
    assert declared() <= set(parts)
    for name, part in parts.items():
        entry = locked()[name]
        assert f"=={part['version']}" in entry
        assert all(f"sha256:{one['content']}" in entry for one in part["hashes"])
        assert len(part["hashes"]) == entry.count("--hash=")
        assert part["licenses"][0]["expression"]
    targets = re.findall(r"\]\(([^)]+)\)", (tmp_path / "README.md").read_text("utf-8"))
    at = f"https://code.example/feedmaker/{{}}/v{__version__}/"
    assert at.format("raw") + "docs/pictures/index.png" in targets
    assert at.format("blob") + "docs/recipes.md" in targets
    assert [target for target in targets if not target.startswith("https://")] == []


@sources
@pytest.mark.parametrize(
    ("tag", "date", "said"),
    [
        ("v9.9.9", "2026-12-01", "v9.9.9: feedmaker/_version.py says"),
        (f"v{__version__}", "not yet released", "CHANGELOG.md: no part is headed"),
    ],
)
def test_a_release_of_another_version_or_without_a_date_is_refused(prepare, tag, date, said):
    """In one line, before anything is built."""
    done = prepare(tag, date)
    assert done.returncode == 1
    assert said in done.stderr
    assert "Traceback" not in done.stderr


@sources
def test_the_changelog_is_by_kind_and_begins_with_this_version():
    """Each release has what was added, changed, fixed or removed, and nothing beside."""
    text = (ROOT / "CHANGELOG.md").read_text("utf-8")
    releases = re.findall(r"^## (\S+), (.*)$", text, re.MULTILINE)
    assert releases[0][0] == __version__
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\d", date) for _, date in releases[1:])
    kinds = re.findall(r"^### (.*)$", text, re.MULTILINE)
    assert set(kinds) <= {"Added", "Changed", "Fixed", "Removed", "Security"}
    for release in re.split(r"^## ", text, flags=re.MULTILINE)[1:]:
        first = release.partition("\n### ")[0]
        assert "\n* " not in first, "each change stands under its kind"


@sources
def test_workflows_are_pinned_and_have_no_rights_of_their_own():
    """Each action by the hash of a commit, and rights job by job; zizmor looks at the rest in CI."""
    for path in (ROOT / ".github" / "workflows").glob("*.yml"):
        text = path.read_text("utf-8")
        actions = re.findall(r"uses:\s*(\S+)", text)
        assert actions
        others = [one for one in actions if not one.startswith("$/.github/workflows/")]
        assert [one for one in others if not re.search(r"@[0-9a-f]{40}$", one)] == []
        assert "\npermissions: {}\n" in text
        assert text.count("actions/checkout@") == text.count("persist-credentials: false")


@sources
def test_no_shell_is_called_nothing_unpickled_or_evaluated():
    """The linter forbids exec, pickle, marshal, eval and subprocesses; excepted are a person's own
    editor, which is opened, what a process of our own sends, which is unpickled, and the code of
    templates, kept where the user alone may write.
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
    assert set(excepted) == {
        "feedmaker/cli/add_dialogue.py",
        "feedmaker/output/pages/compiled_templates.py",
        "feedmaker/pipeline/page_process.py",
        "feedmaker/web/job_process.py",
        "feedmaker/web/jobs.py",
    }
    assert excepted["feedmaker/cli/add_dialogue.py"].startswith("done = subprocess.run(command,")
