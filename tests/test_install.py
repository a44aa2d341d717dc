"""The built wheel is installed by the tools that people use, with the packages that it asks for.

Nothing is fetched: of each package that is installed here a wheel is made that holds its metadata
alone, so that all requirements are resolved. What is installed then runs with the packages that
are here.
"""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import tarfile
import zipfile
from importlib.metadata import distributions, version
from pathlib import Path

import httpx
import pytest
from conftest import ROOT

import feedmaker

if not (ROOT / "Makefile").exists():
    pytest.skip("the sources are not here: the wheel is tested", allow_module_level=True)
for _name in ("build", "hatchling"):
    if importlib.util.find_spec(_name) is None:
        pytest.skip(f"{_name} is not installed", allow_module_level=True)


def succeed(*command: object, **environment: object) -> str:
    """Run a program, and return what it printed."""
    done = subprocess.run(
        list(map(str, command)),
        capture_output=True, text=True, check=False,
        env=os.environ | {name: str(value) for name, value in environment.items()},
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Path:
    """A folder with the wheel and the source archive."""
    folder = tmp_path_factory.mktemp("dist")
    succeed(sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, ROOT)
    return folder


@pytest.fixture(scope="module")
def packages(tmp_path_factory) -> Path:
    """A folder with wheels of all that is installed here, each without its code."""
    folder = tmp_path_factory.mktemp("packages")
    for one in distributions():
        name = one.metadata["Name"].replace("-", "_")
        about = f"{name}-{one.version}.dist-info"
        files = {
            f"{about}/METADATA": one.read_text("METADATA"),
            f"{about}/WHEEL": "Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        }
        files[f"{about}/RECORD"] = "".join(f"{file},,\n" for file in (*files, f"{about}/RECORD"))
        if name != "feedmaker" and files[f"{about}/METADATA"]:
            with zipfile.ZipFile(folder / f"{name}-{one.version}-py3-none-any.whl", "w") as wheel:
                for file, text in files.items():
                    wheel.writestr(file, text)
    return folder


@pytest.mark.parametrize("tool", ["uv", "pipx"])
def test_a_tool_installs_the_wheel_and_the_command_runs(tool, built, packages, tmp_path):
    """`uv tool install` and `pipx install`, which calls uv where that is."""
    for name in {tool, "uv"}:
        if importlib.util.find_spec(name) is None:
            pytest.skip(f"{name} is not installed")
    (wheel,) = built.glob("*.whl")
    asked = {"uv": ("tool", "install", "--python", sys.executable), "pipx": ("install",)}[tool]
    succeed(
        *(sys.executable, "-m", tool, *asked, f"{wheel}[serve]"),
        HOME=tmp_path,
        UV_OFFLINE=1, UV_NO_INDEX=1, UV_FIND_LINKS=packages, UV_CACHE_DIR=tmp_path / "cache",
        UV_TOOL_DIR=tmp_path / "tools", UV_TOOL_BIN_DIR=tmp_path / "bin",
        PIPX_HOME=tmp_path / "pipx", PIPX_BIN_DIR=tmp_path / "bin", PIPX_DEFAULT_PYTHON=sys.executable,
    )  # fmt: skip
    (place,) = tmp_path.glob("*/**/site-packages")  # pipx has its commands ignore PYTHONPATH
    (place / "code.pth").write_text(f"{Path(httpx.__file__).parents[1]}\n", "utf-8")
    command = tmp_path / "bin" / "feedmaker"
    assert succeed(command, "--version") == f"feedmaker {version('feedmaker')}\n"
    assert "http://127.0.0.1:8000/" in succeed(command, "serve", "--help")


def test_the_source_archive_has_what_a_developer_needs(built):
    """The manual with its pictures, the tests and the locks; and the wheel nothing but the package."""
    (path,) = built.glob("*.tar.gz")
    with tarfile.open(path) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    for name in ("README.md", "docs/configuration.md", "docs/pictures/index.png", "tests/conftest.py",
                 "requirements.lock", "Makefile", "config/feedmaker.toml"):  # fmt: skip
        assert name in names
    (wheel,) = built.glob("*.whl")
    tops = {name.split("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert tops == {"feedmaker", f"feedmaker-{feedmaker.__version__}.dist-info"}
