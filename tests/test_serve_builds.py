"""`feedmaker serve` builds: by a process that may be killed, from an empty folder on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
from news_site import article, listing
from servers import Server
from web_server import Served, is_alive

from feedmaker.store import Store

pytest.importorskip("uvicorn", reason="the extra is missing: feedmaker[serve]")
pytest.importorskip("argon2", reason="the extra is missing: feedmaker[serve]")


def publish(server, path, *numbers):
    """Put articles on the site, and into a listing."""
    server.page(path, listing(*numbers))
    for number in numbers:
        server.page(f"/{number}-garden-opens-again.html", article(number))


def write_site(folder, server, *sections, name="news"):
    """Write the configuration of the site, whole at once as an editor does."""
    tables = "".join(
        f'[[sections]]\nslug = "{name}"\ntitle = "قسم"\nurls = ["{server.url(f"/{name}")}"]\nmax_age = 0\n'
        for name in sections
    )
    text = f'name = "موقع"\nhome = "{server.url("/")}"\n[fetch]\ndelay = 0\nretries = 0\n{tables}'
    sites = folder / "config" / "sites"
    sites.mkdir(parents=True, exist_ok=True)
    (sites / ".new").write_text(text, "utf-8")
    (sites / ".new").replace(sites / f"{name}.toml")


@contextmanager
def site():
    """A news site of two sections."""
    with Server() as server:
        publish(server, "/a", 11, 12, 13)
        publish(server, "/b", 21, 22, 23)
        yield server


def has(served, name):
    """Whether a feed of the site is there."""
    return lambda: served.client.get(f"/news/{name}.atom.xml").status_code == 200


def build(folder):
    """The exit code of `feedmaker build`."""
    command = [sys.executable, "-m", "feedmaker", "build"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode in (0, 3), done.stderr
    return done.returncode


def metrics(served):
    """What a monitor reads."""
    return served.client.get("/metrics").text


def test_from_an_empty_folder_to_feeds_that_stay_up_to_date(tmp_path):
    """The first site is built when it is written, a new section when it is; a killed process comes
    back; `feedmaker build` runs beside it; and all of it ends when told to.
    """
    with site() as server, Served(tmp_path) as served:
        assert served.client.get("/").headers["Location"] == "/app/"
        assert served.child() == 0
        write_site(tmp_path, server, "a")
        served.wait(has(served, "a"))
        assert served.client.get("/news/a.atom.xml").text.count("<entry") == 3
        served.wait(lambda: "قسم" in served.client.get("/").text)

        child = served.child()
        own = os.getpriority(os.PRIO_PROCESS, served.process.pid)
        assert os.getpriority(os.PRIO_PROCESS, child) > own  # those who read come first
        os.kill(child, signal.SIGKILL)
        write_site(tmp_path, server, "a", "b")
        served.wait(has(served, "b"))
        assert served.child() not in (0, child)
        assert "SIGKILL; started again" in served.log().replace(")", "")

        server.forget()
        with Store(tmp_path / ".feedmaker" / "store.sqlite") as store:  # as the app asks for it
            store.sections.ask_now("news", "b", datetime.now(UTC))
        served.wait(lambda: server.paths() == ["/b"])

        served.wait(lambda: build(tmp_path) == 0)  # 3 while the other is at work on the site

        good = 'feedmaker_section_good{section="b",site="news"} 1.0'
        served.wait(lambda: good in metrics(served))
        assert 'feedmaker_section_stories{section="a",site="news"} 3.0' in metrics(served)
        command = [sys.executable, "-m", "feedmaker", "status", "--metrics"]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
        assert 'feedmaker_section_stories{section="b",site="news"} 3.0' in done.stdout

        child = served.child()
        assert served.end() < 5
        assert served.process.returncode == 0
        assert not is_alive(child)


def test_it_ends_in_time_while_a_site_keeps_it_waiting(tmp_path):
    """With all its children; what was cut off is built when it starts again. Meanwhile the site is
    held and no other.
    """
    waited = threading.Event()
    with site() as server:
        quick = server.routes["/12-garden-opens-again.html"]
        server.page(
            "/12-garden-opens-again.html", lambda request: waited.wait(15) and quick(request)
        )
        write_site(tmp_path, server, "a")
        with Served(tmp_path) as served:
            served.wait(lambda: "/12-garden-opens-again.html" in server.paths())
            write_site(tmp_path, server, "b", name="other")
            assert build(tmp_path) == 3  # the one is left to the process that is at work on it
            assert (tmp_path / "out" / "other" / "b.atom.xml").exists()
            child = served.child()
            assert served.end() < 5
            assert not is_alive(child)
        waited.set()
        with Served(tmp_path) as served:
            served.wait(has(served, "a"))
            served.wait(lambda: served.client.get("/news/a.atom.xml").text.count("<entry") == 3)
            child = served.child()
            served.end(signal.SIGKILL)
            for _ in range(100):
                if not is_alive(child):
                    break
                threading.Event().wait(0.1)
            assert not is_alive(child)


def test_it_ends_in_time_while_a_button_waits_for_a_build(tmp_path):
    """A thread of its own waits for the site that a build beside it holds, longer than allowed."""
    with site() as server, ThreadPoolExecutor() as pool:
        write_site(tmp_path, server, "a")
        with (
            Store(tmp_path / ".feedmaker" / "store.sqlite") as store,
            store.site_lock("news"),
            Served(tmp_path) as served,
        ):
            form = {"csrf": served.token(path="/app/add"), "section": "a"}
            pressed = pool.submit(served.client.post, "/app/sites/news/again", data=form)
            threading.Event().wait(1)
            assert not pressed.done()
            assert served.end() < 5
            assert served.process.returncode == 0


def test_on_postgres_the_queue_is_worked_on(postgres, tmp_path):
    """By a worker as its child, which ends in time."""
    pytest.importorskip("procrastinate", reason="the extra is missing: feedmaker[postgres]")
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "feedmaker.toml").write_text(f'store = "{postgres.url()}"\n', "utf-8")
    with site() as server:
        write_site(tmp_path, server, "a")
        with Served(tmp_path) as served:
            served.wait(has(served, "a"))
            assert "feedmaker_queue_workers 1.0" in metrics(served)
            child = served.child()
            assert served.end() < 5
            assert not is_alive(child)
