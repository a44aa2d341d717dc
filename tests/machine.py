"""What the tests use of the machine: feedmaker as a command, Chromium, and a disk that is full."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

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


def unmeasured() -> dict[str, str]:
    """The environment of a child that coverage.py cannot measure: its files would be cut."""
    return {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")}
