"""The public functions as a user's program and their editor meet them."""

from __future__ import annotations

import subprocess
import sys
from importlib.resources import files

import pytest

import feedmaker

PUBLIC = [name for name in feedmaker.__all__ if name != "__version__"]
PROGRAM = """\
import feedmaker
title: {} = feedmaker.extract(b"<p>text</p>", "https://news.example/1").title
print(title, [link.url for link in feedmaker.find_links("", "https://news.example/")])
"""


@pytest.mark.parametrize("name", PUBLIC)
def test_what_is_public_is_shown_and_says_what_it_does(name):
    """`dir(feedmaker)` has each public name, and `help(feedmaker)` something to say of it."""
    assert name in dir(feedmaker)
    assert name in feedmaker.__all__
    assert getattr(feedmaker, name).__doc__


def test_a_name_that_is_not_there_is_an_attribute_error():
    """Names are imported when first asked for; a wrong one fails as in any module."""
    with pytest.raises(AttributeError, match="no attribute 'extrakt'"):
        _ = feedmaker.extrakt


def test_the_package_says_that_it_is_typed():
    """PEP 561: without this file type checkers ignore the annotations."""
    assert files("feedmaker").joinpath("py.typed").is_file()


@pytest.mark.slow
@pytest.mark.parametrize(("annotation", "code"), [("str", 0), ("int", 1)])
def test_a_program_of_three_lines_is_checked_strictly(annotation, code, tmp_path):
    """A user's checker sees the types of what the public functions take and give."""
    (tmp_path / "program.py").write_text(PROGRAM.format(annotation), encoding="utf-8")
    command = [sys.executable, "-m", "mypy", "--strict", "program.py"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == code, done.stdout + done.stderr
    assert ("program.py:2: error: Incompatible types" in done.stdout) == (annotation == "int")
