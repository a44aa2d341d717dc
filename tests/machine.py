"""What the tests use of the machine: feedmaker as a command, Chromium, and a disk that is full."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from selectolax.lexbor import LexborHTMLParser

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

needs_chromium = pytest.mark.skipif(
    shutil.which("chromium") is None, reason="chromium is not installed"
)
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--window-size=1600,3000",
)  # fmt: skip
USUAL_SECONDS = 0.05


def run(*args: str, cwd: Path, code: int = 0) -> tuple[str, str]:
    """Run `feedmaker` in a folder, expect its exit code, and return what it printed on both
    streams.
    """
    environment = {
        name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")
    }
    done = subprocess.run(
        [sys.executable, "-m", "feedmaker", *args],
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
        env=environment,
    )
    assert done.returncode == code, (done.returncode, done.stdout, done.stderr)
    assert "Traceback" not in done.stdout + done.stderr
    return done.stdout, done.stderr


@contextmanager
def small_disk(folder: Path, kilobytes: int, inodes: int = 100_000) -> Iterator[None]:
    """A file system of so many kilobytes and inodes, its own among them, at `folder`; it takes
    root.
    """
    folder.mkdir(parents=True, exist_ok=True)
    room = f"size={kilobytes}k,nr_inodes={inodes}"
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", room, "tmpfs", folder], check=False, capture_output=True
    )
    if made.returncode:
        pytest.skip("cannot mount a small file system here: " + made.stderr.decode().strip())
    try:
        yield
    finally:
        subprocess.run(["umount", folder], check=True)


def slowness() -> float:
    """How many times slower than the machine of our limits this one is now, and never below 1.

    Limits in seconds are meant for a machine that does a fixed piece of work in `USUAL_SECONDS`.
    """
    page = "<p>" + "<a href='/x'>some words here</a> " * 20_000
    least = float("inf")
    for _ in range(3):
        began = time.process_time()
        for node in LexborHTMLParser(page).css("a"):
            sum(map(ord, f"{node.attributes['href']} {node.text()}"))
        least = min(least, time.process_time() - began)
    return max(1.0, least / USUAL_SECONDS)


def unmeasured() -> dict[str, str]:
    """The environment of a child that coverage.py cannot measure: its files would be cut."""
    return {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")}
