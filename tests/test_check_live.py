"""`feedmaker check --live`: one conditional request a section, no article, and what changed since
it last worked.
"""

from __future__ import annotations

import pytest
from machine import run
from pressroom import PRESSES, fill
from redesigned import NEW, listed, page
from servers import Reply, Server


@pytest.fixture
def site(tmp_path):
    """A site of two sections that has been built once."""
    with Server() as server:
        fill(server, PRESSES[0])
        server.page("/sport", page(listed()))
        (tmp_path / "config" / "sites").mkdir(parents=True)
        (tmp_path / "config" / "feedmaker.toml").write_text(
            "max_age = 0\n[fetch]\ndelay = 0\nretries = 0\n"
        )
        sections = "".join(
            f'[[sections]]\nslug = "{name}"\ntitle = "{name}"\nurls = ["{server.url("/" + name)}"]\n'
            for name in ("sport", "business")
        )
        rules = '[rules]\nlinks = ["div.old-card", "div.news-item"]\n'
        text = f'name = "س"\nhome = "{server.url("/")}"\n{rules}{sections}'
        (tmp_path / "config" / "sites" / "news.toml").write_text(text, "utf-8")
        server.folder = tmp_path
        yield server


def test_before_the_first_run(site):
    """It says how many links there are, and asks no article."""
    out, _ = run("check", "--live", cwd=site.folder)
    assert "news/sport: works: 9 links" in out
    assert sorted(site.paths()) == ["/business", "/sport"]
    assert not (site.folder / ".feedmaker").exists()


def test_what_changed_since_it_last_worked(site):
    """A redesign, a listing that is gone, and one that is as it was."""
    run("build", cwd=site.folder)
    site.requests.clear()
    out, _ = run("check", "--live", cwd=site.folder)
    assert "9 links" in out
    assert sorted(site.paths()) == ["/business", "/sport"]
    site.page("/sport", page(f"<table>{listed(NEW)}</table>"))
    site.page("/business", Reply(b"gone", 404))
    out, _ = run("check", "--live", cwd=site.folder, code=1)
    assert "CHANGED: links was «div.old-card, div.news-item», is now" in out
    assert "news/business: does not work" in out
    assert "it last worked 20" in out
