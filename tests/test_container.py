"""The container's definition, as far as it can be tried without an engine: its files, its user, and
what it runs.
"""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import time

import pytest
from conftest import ROOT

if not (ROOT / "Containerfile").exists():
    pytest.skip("the sources are not here: the wheel is tested", allow_module_level=True)
TEXT = (ROOT / "Containerfile").read_text("utf-8")
LINES = [
    line for line in re.sub(r"\\\n\s*", "", TEXT).splitlines() if line and not line.startswith("#")
]


def test_everything_that_is_copied_exists_and_is_not_ignored():
    """Each source of COPY."""
    allowed = (ROOT / ".containerignore").read_text("utf-8")
    copied = [
        word
        for line in LINES
        if line.startswith("COPY ") and "--from" not in line
        for word in line.split()[1:-1]
    ]
    assert "feedmaker" in copied
    for name in copied:
        assert (ROOT / name).exists(), name
        assert f"!{name}\n" in allowed, name


def test_it_does_not_run_as_root_and_tells_its_health():
    """User, health check and allocator settings are there, the user after all that needs root."""
    kinds = [line.split()[0] for line in LINES]
    assert LINES[kinds.index("USER")] == "USER 10001"
    assert "RUN" not in kinds[kinds.index("USER") :]
    assert "HEALTHCHECK" in kinds
    assert {"MALLOC_TRIM_THRESHOLD_", "MALLOC_MMAP_THRESHOLD_", "MALLOC_TOP_PAD_"} <= set(
        re.findall(r"(\w+)=\d+", TEXT)
    )


def test_its_loop_runs_again_and_ends_when_told(tmp_path):
    """Runs follow each other, one that fails too, and SIGTERM ends the one under way and the loop."""
    (line,) = [line for line in LINES if line.startswith("CMD ")]
    command = json.loads(line.removeprefix("CMD "))
    fake = tmp_path / "feedmaker"
    fake.write_text(f'#!/bin/sh\necho "$@" >> {tmp_path}/runs\nexit 1\n')
    fake.chmod(0o755)
    environment = os.environ | {"PATH": f"{tmp_path}:{os.environ['PATH']}", "EVERY": "0.2"}
    with subprocess.Popen(
        [part.replace("/tmp/", f"{tmp_path}/") for part in command], env=environment
    ) as process:
        deadline = time.monotonic() + 30
        runs = tmp_path / "runs"
        while (
            not runs.exists() or runs.read_text().count("build") < 3
        ) and time.monotonic() < deadline:
            time.sleep(0.05)
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=10) == 0
    assert runs.read_text().count("build") >= 3
    assert (tmp_path / "feedmaker.ran").exists()
