"""A compiled wheel does what its sources say, and a pure one has nothing compiled in it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest
from conftest import ROOT

from feedmaker.html import blocks

FOLDER = Path(__file__).parent


def told_pages(*options):
    """What is told of the golden pages, and the suffix of a module that may be compiled."""
    command = [sys.executable, FOLDER / "told_pages.py", *options, FOLDER / "golden"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    *pages, suffix = done.stdout.splitlines()
    return pages, suffix


@pytest.mark.skipif(Path(blocks.__file__).suffix == ".py", reason="nothing is compiled here")
def test_the_compiled_form_reads_the_golden_pages_as_the_sources_do():
    """Stories, errors, teasers and links are the same."""
    compiled, suffix = told_pages()
    pure, pure_suffix = told_pages("--pure")
    assert (suffix, pure_suffix) == (".so", ".py")
    assert len(pure) > 300
    assert compiled == pure


@pytest.mark.skipif(
    not (ROOT / "hatch_build.py").exists(), reason="the sources are not here: the wheel is tested"
)
@pytest.mark.slow
def test_a_wheel_is_pure_where_no_other_is_asked_for(tmp_path):
    """It works on every system, and is made without a compiler."""
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", tmp_path]
    env = os.environ | {"FEEDMAKER_COMPILED": ""}  # as the Makefile sets it
    done = subprocess.run([*command, ROOT], env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (wheel,) = tmp_path.glob("*.whl")
    assert wheel.name.endswith("-py3-none-any.whl")
    with ZipFile(wheel) as archive:
        assert [name for name in archive.namelist() if name.endswith((".so", ".c"))] == []
