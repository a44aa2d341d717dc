"""Workers: the same feeds by many processes on one PostgreSQL, whoever of them is killed or loses
the database.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import feedparser
import pytest
from news_site import article, listing
from servers import Server

pytest.importorskip("procrastinate", reason="the extra is missing: feedmaker[postgres]")
pytest.importorskip("psycopg", reason="the extra is missing: feedmaker[postgres]")

from feedmaker.pipeline.due_sites import Configuration
from feedmaker.pipeline.job_queue import publish_pages
from feedmaker.store import Store

if TYPE_CHECKING:
    from pathlib import Path

SITES, ARTICLES = 4, 5


def ids(number: int, name: str) -> list[str]:
    """The articles of a section: numbers, since stories that differ in them alone are no copies of
    each other.
    """
    return [f"{number + 1}{'ab'.index(name)}{n}" for n in range(ARTICLES)]


class Field:
    """Some sites of two sections each on one server, their configuration, and workers on it."""

    def __init__(self, server: Server, folder: Path, store: str, every: float = 30) -> None:
        self.server, self.folder, self.store = server, folder, store
        self.workers: list[subprocess.Popen] = []
        (folder / "config" / "sites").mkdir(parents=True)
        (folder / "config" / "feedmaker.toml").write_text(
            f"store = {json.dumps(store)}\nmax_age = 0\n", "utf-8"
        )
        for number in range(SITES):
            sections = "".join(
                f'[[sections]]\nslug = "{name}"\ntitle = "قسم {name}"\nurls = ["{server.url(f"/{number}/{name}")}"]\n'
                for name in ("a", "b")
            )
            (folder / "config" / "sites" / f"site{number}.toml").write_text(
                f'name = "موقع"\nhome = "{server.url("/")}"\n'
                f"[fetch]\ndelay = 0.05\nretries = 0\nevery = {every}\n{sections}",
                "utf-8",
            )
            for name in ("a", "b"):
                numbers = ids(number, name)
                server.page(f"/{number}/{name}", listing(*numbers))
                for one in numbers:
                    server.page(f"/{one}-garden-opens-again.html", article(one))

    def start(self, *options: str) -> subprocess.Popen:
        """Start a worker."""
        command = [sys.executable, "-m", "feedmaker", "worker", "--log", "json", *options]
        with (self.folder / f"log{len(self.workers)}").open("w") as log:
            worker = subprocess.Popen(command, cwd=self.folder, stderr=log, start_new_session=True)
        self.workers.append(worker)
        return worker

    def logged(self) -> list[dict]:
        """What all workers logged, each line an object."""
        return [
            json.loads(line)
            for log in sorted(self.folder.glob("log*"))
            for line in log.read_text().splitlines()
        ]

    def links(self, number: int, name: str) -> list[str]:
        """The articles in a feed."""
        path = self.folder / "out" / f"site{number}" / f"{name}.atom.xml"
        return (
            [entry.link for entry in feedparser.parse(path.read_bytes()).entries]
            if path.exists()
            else []
        )

    def whole(self) -> bool:
        """Whether every feed has all its articles, each once."""
        return all(
            sorted(self.links(number, name))
            == [self.server.url(f"/{one}-garden-opens-again.html") for one in ids(number, name)]
            for number in range(SITES)
            for name in ("a", "b")
        )

    def wait(self, so: object, seconds: float = 60) -> None:
        """Wait for `so` to be true."""
        until = time.monotonic() + seconds
        while not so():
            assert time.monotonic() < until, [line["message"] for line in self.logged()][-20:]
            time.sleep(0.1)

    def end(self) -> None:
        """Kill what is left."""
        for worker in self.workers:
            if worker.poll() is None:
                worker.kill()
            worker.wait()


@pytest.fixture
def field(postgres, tmp_path):
    """Sites, and no worker yet."""
    with Server() as server:
        made = Field(server, tmp_path, postgres.url())
        try:
            yield made
        finally:
            made.end()


def test_two_workers_share_the_sites_and_end_cleanly(field):
    """Each article is fetched once, the pages are out, and SIGTERM is obeyed within seconds."""
    for _ in range(2):
        field.start()
    field.wait(lambda: any(path.endswith(".html") for path in field.server.paths()))
    with Store(field.store) as store:
        queue = store.queue()
    assert (queue["workers"], queue["waiting"] + queue["under_way"] > 0) == (2, True)
    field.wait(field.whole)
    articles = [path for path in field.server.paths() if path.endswith(".html")]
    assert len(articles) == len(set(articles)) == SITES * 2 * ARTICLES
    field.wait(
        lambda: len([line for line in field.logged() if line.get("event") == "site"]) == SITES
    )
    for worker in field.workers:
        worker.terminate()
    assert [worker.wait(10) for worker in field.workers] == [0, 0]
    sections = [line for line in field.logged() if line.get("event") == "section"]
    assert sorted((line["site"], line["section"], line["added"]) for line in sections) == [
        (f"site{number}", name, ARTICLES) for number in range(SITES) for name in ("a", "b")
    ]
    status = subprocess.run(
        [sys.executable, "-m", "feedmaker", "status"],
        cwd=field.folder,
        capture_output=True,
        text=True,
        check=True,
    )
    assert (
        status.stdout.splitlines()[-1] == "0 workers; 0 sites waiting; 0 under way; 0 sections due"
    )
    with Store(field.store) as store:
        assert store.sections.due_sites(datetime.now(UTC)) == []
        assert len(store.sections.due_sites(datetime.now(UTC) + timedelta(hours=1))) == SITES


def test_a_killed_worker_s_site_is_taken_up_by_another(field):
    """Nothing is lost and nothing doubled, though it died in the middle of its site."""
    first = field.start()
    field.wait(lambda: any(path.endswith(".html") for path in field.server.paths()))
    os.killpg(first.pid, signal.SIGKILL)
    assert not field.whole()
    field.start()
    field.wait(field.whole, 120)


def test_workers_outlive_a_restart_of_the_database(field, postgres):
    """They wait for it, and go on where they were."""
    workers = [field.start() for _ in range(2)]
    field.wait(lambda: any(path.endswith(".html") for path in field.server.paths()))
    postgres.stop()
    time.sleep(1)
    postgres.start()
    field.wait(field.whole, 120)
    assert [worker.poll() for worker in workers] == [None, None]


def test_the_pages_of_all_sections_are_written_and_then_left_alone_for_a_while(field, monkeypatch):
    """Of very many sections they take long; they must not take all of a worker."""
    known, asked = Configuration(field.folder / "config", None), []
    monkeypatch.setattr(
        "feedmaker.output.overview.publish_pages",
        lambda *given: asked.append(given) or time.sleep(0.2),
    )
    for _ in range(2):
        publish_pages(known.settings, list(known.sites.values()))
    assert len(asked) == 1
    with Store(field.store) as store:
        assert store.meta("pages_due") > (datetime.now(UTC) + timedelta(seconds=3)).isoformat()
        store.set_meta("pages_due", "")
    publish_pages(known.settings, list(known.sites.values()))
    assert len(asked) == 2


def test_a_worker_says_when_its_database_cannot_be_reached(field):
    """In one line."""
    main = field.folder / "config" / "feedmaker.toml"
    main.write_text('store = "postgresql://127.0.0.1:1/x"\n', "utf-8")
    command = [sys.executable, "-m", "feedmaker", "worker"]
    done = subprocess.run(
        command, cwd=field.folder, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 1
    assert "cannot be reached" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_changed_configuration_is_read_again_and_a_broken_one_is_not(field, monkeypatch):
    """A worker runs for months; a mistake in a file leaves what was good."""
    known = Configuration(field.folder / "config", None)
    monkeypatch.setattr(known, "_looked_at", float("-inf"))
    path = field.folder / "config" / "sites" / "site0.toml"
    path.write_text(path.read_text("utf-8").replace("موقع", "جديد"), "utf-8")
    known.refresh()
    assert known.sites["site0"].name == "جديد"
    monkeypatch.setattr(known, "_looked_at", float("-inf"))
    path.write_text("no toml", "utf-8")
    known.refresh()
    assert known.sites["site0"].name == "جديد"
    begun = Configuration(field.folder / "config", None)
    assert [site.slug for site in begun.sites.values() if not site.sections] == ["site0"]
