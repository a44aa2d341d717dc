"""What an operator confides to the configuration goes to the site alone: not to logs, pages, feeds
or store.
"""

from __future__ import annotations

import subprocess
import sys

import pytest
from servers import Reply, Server, html

TEXT = (
    "<p>أعلنت وزارة النقل، يوم الجمعة، أن الخط الجديد بين المدينتين سيفتح في الربيع، بعد ثلاث سنوات من الأشغال.</p>"
    * 4
)
CONFIG = """
name = "صحيفة"
home = "{home}"
language = "ar"
headers = {{ X-Key = "hush-header" }}
cookies = {{ session = "hush-cookie" }}
fetch = {{ delay = 0, retries = 0 }}

[[sections]]
slug = "good"
title = "أخبار"
urls = ["{home}/good"]

[[sections]]
slug = "broken"
title = "معطل"
urls = ["{home}/broken"]
"""


@pytest.fixture
def place(tmp_path):
    """A folder with a site whose headers, cookies and links hold secrets; one of its sections
    answers 500.
    """
    with Server() as server:
        user = server.url("").replace("//", "//user:hush-user@")
        paths = [f"/2026/11/20/{number}-news-of-the-day" for number in range(1187, 1195)]
        titles = {path: f"الخط الجديد يفتح في الربيع رقم {path[12:16]}" for path in paths}
        links = "".join(
            f'<h2><a href="{user}{path}">{title}</a></h2>' for path, title in titles.items()
        )
        server.page("/good", html(links))
        server.page("/broken", Reply(status=500, headers={"Set-Cookie": "hush-set=1"}))
        for path in paths[1:]:
            server.page(
                path, html(f"<article><h1>الخط الجديد رقم {path[12:16]}</h1>{TEXT}</article>")
            )
        (tmp_path / "config" / "sites").mkdir(parents=True)
        (tmp_path / "config" / "sites" / "news.toml").write_text(
            CONFIG.format(home=server.url("")), "utf-8"
        )
        yield tmp_path, server


def feedmaker(folder, *arguments: str) -> str:
    """All that a command prints."""
    command = [sys.executable, "-m", "feedmaker", *arguments]
    done = subprocess.run(command, cwd=folder, check=False, capture_output=True, timeout=60)
    return (done.stdout + done.stderr).decode()


@pytest.mark.slow
def test_nothing_confided_is_told_or_written(place):
    """Every command at its most talkative, and every file it leaves."""
    folder, server = place
    said = feedmaker(folder, "build", "-v", "--log", "json")
    for command in (
        ("build", "-v"),
        ("check",),
        ("status",),
        ("status", "--json"),
        ("explain", server.url("/good")),
    ):
        said += feedmaker(folder, *command)
    assert {request.headers.get("x-key") for request in server.requests} == {"hush-header"}
    assert "hush" not in said
    assert "status 500" in said
    files = [
        path
        for name in ("out", ".feedmaker")
        for path in (folder / name).rglob("*")
        if path.is_file()
    ]
    assert len(files) > 5
    assert [path for path in files if b"hush" in path.read_bytes()] == []


@pytest.mark.parametrize("key", ["home", "urls", "base_url", "hub"])
def test_a_password_in_an_address_is_refused_without_telling_it(place, key):
    """It would not be sent, and would be kept in the store; headers are the place for it."""
    folder, server = place
    secret = server.url("").replace("//", "//user:hush-user@")
    if key in ("home", "urls"):
        file = folder / "config" / "sites" / "news.toml"
        before = f'{key} = "' if key == "home" else f'{key} = ["'
        file.write_text(
            file.read_text("utf-8").replace(before + server.url(""), before + secret), "utf-8"
        )
    else:
        (folder / "config" / "feedmaker.toml").write_text(f'{key} = "{secret}"\n', "utf-8")
    said = feedmaker(folder, "check")
    assert f"{key}: has a user name before its @" in said
    assert "hush" not in said


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_out_is_for_all_to_read_and_the_store_for_its_owner_alone_whatever_the_umask(place, umask):
    """A web server of another user reads `out`, and nobody else writes it; store, log of writes and
    lock are private.

    A run that is killed leaves all of the store's files behind.
    """
    folder, _ = place
    code = (
        "import os, signal\nimport feedmaker.pipeline.run\nfrom feedmaker.cli import main\n"
        "feedmaker.pipeline.run.tell_hub = lambda *_: os.kill(os.getpid(), signal.SIGKILL)\nmain()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "build"], cwd=folder, check=False, timeout=60, umask=umask
    )
    assert done.returncode == -9
    modes = {path: oct(path.stat().st_mode & 0o7777) for path in (folder, *folder.rglob("*"))}
    state, out = folder / ".feedmaker", folder / "out"
    stores = {path.name: modes[path] for path in state.rglob("*") if path.is_file()}
    beside = {f"store.sqlite{end}" for end in ("-wal", "-shm", ".lock", ".open", ".news")}
    assert stores == dict.fromkeys({"store.sqlite", *beside}, "0o600")
    assert modes[state] == modes[state / "locks"] == "0o700"
    published = [out, *out.rglob("*")]
    assert len(published) > 5
    assert {modes[path] for path in published if path.is_dir()} == {"0o755"}
    assert {modes[path] for path in published if path.is_file()} == {"0o644"}
