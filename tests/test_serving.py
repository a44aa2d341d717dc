"""The manual's recipes for web servers: nginx and Caddy as Debian brings them serve a folder by its
very text.
"""

from __future__ import annotations

import gzip
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from contextlib import suppress
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import httpx
import pytest
from manual import PAGES
from web_server import Served

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SEARCHED = os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin", "/sbin"))
NGINX = """
{user} daemon off; worker_processes 1; pid {folder}/pid; error_log stderr warn;
events {{ worker_connections 64; }}
http {{
  include /etc/nginx/mime.types; access_log off;
  client_body_temp_path {folder}/b; proxy_temp_path {folder}/p; fastcgi_temp_path {folder}/f;
  uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  server {{ listen 127.0.0.1:{port};
{recipe}
  }}
}}
"""
CADDY = """
{{
  admin off
  auto_https off
}}
http://127.0.0.1:{port} {{
{recipe}
}}
"""
TEXTS = {  # file -> its type, as readers and browsers want it
    "news/sport.atom.xml": "application/xml; charset=utf-8",
    "news/sport.json": "application/feed+json",
    "feeds.opml": "text/x-opml; charset=utf-8",
    "feed.css": "text/css; charset=utf-8",
    "index.html": "text/html; charset=utf-8",
}


def recipe(server: str) -> str:
    """The block for a server in the manual: the indented lines under its name."""
    found = re.search(rf"^{server}:\n\n((?:    .*\n|\n)+)", PAGES["recipes"], re.MULTILINE)
    assert found, server
    return found[1]


def free_port() -> int:
    """A port of loopback that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


@pytest.fixture(params=["nginx", "Caddy"], scope="module")
def served(request, tmp_path_factory) -> Iterator[tuple[httpx.Client, Path]]:
    """A client of a server that has the manual's recipe, and the folder that is served."""
    program = shutil.which(request.param.lower(), path=SEARCHED)
    if program is None:
        pytest.skip(f"{request.param} is not installed")
    folder = tmp_path_factory.mktemp("server")
    out = folder / "out"
    (out / "news").mkdir(parents=True)
    for name in TEXTS:
        (out / name).write_text("خبر عن الحديقة " * 300, "utf-8")
    (out / "news/.sport.made").write_text("a note of feedmaker")
    port = free_port()
    config = folder / "config"
    text = NGINX if request.param == "nginx" else CADDY
    own = recipe(request.param).replace("/srv/feeds/out", str(out))
    user = "user root;" if os.geteuid() == 0 else ""  # else it would be one that may read nothing
    config.write_text(text.format(folder=folder, port=port, recipe=own, user=user))
    command = [program, "run", "--adapter", "caddyfile", "--config", str(config)]
    if request.param == "nginx":
        command = [program, "-e", "stderr", "-p", str(folder), "-c", str(config)]
    environment = os.environ | {"HOME": str(folder), "XDG_DATA_HOME": str(folder)}
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE) as process:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False) as client:
            _wait(client, process)
            yield client, out
        process.terminate()
        process.communicate(timeout=60)


def _wait(client: httpx.Client, process: subprocess.Popen[bytes]) -> None:
    """Wait for a server to answer."""
    for _ in range(600):
        if process.poll() is not None:
            pytest.fail(process.stderr.read().decode(errors="replace")[-2000:])
        with suppress(httpx.TransportError):
            client.get("/feeds")
            return
        time.sleep(0.1)
    pytest.fail("the server does not answer")


@pytest.mark.slow
@pytest.mark.parametrize("name", TEXTS)
def test_texts_are_compressed_and_have_their_type(served, name):
    """Who takes gzip gets it, and caches are told; who does not gets the file itself."""
    client, out = served
    whole = (out / name).read_bytes()
    with client.stream("GET", f"/feeds/{name}", headers={"Accept-Encoding": "gzip"}) as packed:
        assert gzip.decompress(b"".join(packed.iter_raw())) == whole
    assert packed.headers["content-encoding"] == "gzip"
    assert "accept-encoding" in packed.headers["vary"].lower()
    assert packed.headers["content-type"].lower() == TEXTS[name]
    assert packed.headers["cache-control"] == "max-age=600"
    plain = client.get(f"/feeds/{name}", headers={"Accept-Encoding": "identity"})
    assert (plain.content, plain.headers.get("content-encoding")) == (whole, None)


@pytest.mark.slow
def test_an_unchanged_file_is_not_sent_again(served):
    """A reader that asks conditionally gets 304, with either validator."""
    client, _ = served
    first = client.get("/feeds/news/sport.atom.xml")
    for asked, told in (("If-None-Match", "etag"), ("If-Modified-Since", "last-modified")):
        again = client.get("/feeds/news/sport.atom.xml", headers={asked: first.headers[told]})
        assert again.status_code == 304


@pytest.mark.slow
def test_the_folder_is_found_and_its_notes_are_not(served):
    """`/feeds` leads to `/feeds/`, the index page; files that begin with a dot are not served."""
    client, _ = served
    moved = client.get("/feeds")
    assert moved.status_code in (301, 302, 308)
    assert urlsplit(moved.headers["location"]).path == "/feeds/"
    assert client.get("/feeds/").status_code == 200
    assert client.get("/feeds/news/.sport.made").status_code in (403, 404)


@pytest.mark.slow
def test_a_proxy_gives_the_server_its_name_and_https(tmp_path):
    """Caddy as it is told, but for its certificate: a page of the app asks for the password there."""
    pytest.importorskip("uvicorn", reason="the extra is missing: feedmaker[serve]")
    program = shutil.which("caddy", path=SEARCHED)
    if program is None:
        pytest.skip("Caddy is not installed")
    (recipe_text,) = re.findall(
        r"^    feeds\.example \{\n(?:    .*\n)+?    \}\n", PAGES["recipes"], re.MULTILINE
    )
    (options,) = re.findall(r"is started with `([^`]+)`", PAGES["recipes"])
    subprocess.run(
        [sys.executable, "-m", "feedmaker", "password"],
        input="long enough\n", text=True, cwd=tmp_path, check=True, capture_output=True,
    )  # fmt: skip
    with Served(tmp_path, *options.split()) as served:
        port = free_port()
        own = recipe_text.replace("feeds.example", f"http://feeds.example:{port}")
        own = own.replace(":8000", f":{served.port}")
        (tmp_path / "Caddyfile").write_text(f"{{\nadmin off\nauto_https off\n}}\n{own}", "utf-8")
        command = [
            program,
            "run",
            "--adapter",
            "caddyfile",
            "--config",
            str(tmp_path / "Caddyfile"),
        ]
        environment = os.environ | {"HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path)}
        with (
            subprocess.Popen(command, env=environment, stderr=subprocess.PIPE) as process,
            httpx.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False) as client,
        ):
            client.headers["Host"] = f"feeds.example:{port}"
            _wait(client, process)
            got = client.get("/app/")
            process.terminate()
            process.communicate(timeout=60)
    assert got.status_code == 303
    assert got.headers["location"].startswith("/app/login")
