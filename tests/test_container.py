"""The container's definition, as far as it can be tried without an engine: its files, its user, and
what it runs.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys

import pytest
from conftest import ROOT
from web_server import Served

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


def test_it_serves_and_its_health_check_fails_where_the_configuration_is_wrong(tmp_path):
    """Its command and its check by their own words, on a port that is free here."""
    pytest.importorskip("uvicorn", reason="the extra is missing: feedmaker[serve]")
    (line,) = [line for line in LINES if line.startswith("CMD ")]
    program, command, *options = json.loads(line.removeprefix("CMD "))
    assert (program, command) == ("feedmaker", "serve")
    subprocess.run(
        [sys.executable, "-m", "feedmaker", "password"],
        input="long enough\n", text=True, cwd=tmp_path, check=True, capture_output=True,
    )  # fmt: skip
    checks = [line.partition(" CMD ")[2] for line in LINES if line.startswith("HEALTHCHECK")]
    _, *check = json.loads(checks[0])
    with Served(tmp_path, *options) as served:
        here = [sys.executable, *(part.replace(":8000/", f":{served.port}/") for part in check)]
        assert subprocess.run(here, check=False, capture_output=True).returncode == 0
        (tmp_path / "config" / "sites").mkdir(parents=True)
        (tmp_path / "config" / "sites" / "news.toml").write_text("wrong =", "utf-8")
        served.wait(lambda: subprocess.run(here, check=False, capture_output=True).returncode, 30)


def test_compose_starts_what_the_container_and_the_worker_are():
    """Its health check is that of the Containerfile, and its commands are commands."""
    text = (ROOT / "compose.yaml").read_text("utf-8")
    checks = [line.partition(" CMD ")[2] for line in LINES if line.startswith("HEALTHCHECK")]
    (tested,) = re.findall(r'test: \["CMD", ("python".*\])', text)
    assert json.loads(f"[{tested}") == json.loads(checks[0])
    assert 'command: ["feedmaker", "worker", "--log", "json"]' in text
