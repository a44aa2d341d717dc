"""Attacks by the addresses that people give: to the app, and to `/feed?url=`."""

from __future__ import annotations

import json
import os
import re
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from urllib.parse import quote, urlsplit

import httpx
import pytest
from servers import Reply, Server, redirect

pytest.importorskip("uvicorn", reason="the extra is missing: feedmaker[serve]")
pytest.importorskip("argon2", reason="the extra is missing: feedmaker[serve]")

from web_app import serving

from feedmaker.model import Settings
from feedmaker.web import feed_by_address
from feedmaker.web.private_file import PrivateFile, key_hash

PRIVATE = (
    "http://127.0.0.1/",
    "http://127.1/",
    "http://2130706433/",
    "http://017700000001/",
    "http://0177.0.0.1/",
    "http://0x7f000001/",
    "http://0x7f.0.0.1/",
    "http://0/",
    "http://127.0.0.1./",
    "http://localhost./",
    "http://LOCALHOST/",
    "http://feeds.localhost/",
    "http://[::1]/",
    "http://[::]/",
    "http://[::127.0.0.1]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[0:0:0:0:0:ffff:7f00:1]/",
    "http://[64:ff9b::7f00:1]/",
    "http://[2002:7f00:1::]/",
    "http://[fe80::1%25lo]/",
    "http://[fd00:ec2::254]/",
    "http://10.0.0.1/",
    "http://100.64.1.1/",
    "http://169.254.169.254/latest/meta-data/",
    "http://2852039166/",
    "http://user:pass@10.0.0.1/",
    "http://example.org@127.0.0.1/",
    "http://127.0.0.1#@example.org/",
    "http://127.0.0.1?@example.org/",
    "http://127.0.0.1\\@example.org/",
    "http://1.1.1.1 &@127.0.0.1# @3.3.3.3/",
    "http://127.0.\n0.1/",
    "http://%31%32%37.0.0.1/",
    "http://１２７.0.0.1/",
    "http://①②⑦.⓪.⓪.①/",
    "http://127。0。0。1/",
    "http://127．0｡0．1/",
    "http://127\u00ad.0.0\u200b.1/",
    "//127.0.0.1/",
    "http:127.0.0.1",
)
# A name server's word, for the children too: there is none on loopback.
RESOLVER = """
import socket
ask = socket.getaddrinfo
def resolve(host, *others, **named):
    return ask("127.0.0.1" if host == "inside.example" else host, *others, **named)
socket.getaddrinfo = resolve
"""


@pytest.fixture
def folder(tmp_path):
    """A configuration without sites; a page may take two seconds."""
    folder = tmp_path / "config"
    folder.mkdir()
    text = "[fetch]\ndelay = 0\nretries = 0\ntimeout = 2\n"
    (folder / "feedmaker.toml").write_text(text)
    return folder


@contextmanager
def key_holders(folder, *allowed, count=1):
    """Serve the app; yield a browser, and the keys that there are."""
    keys = [f"key-{number}" for number in range(count)]
    private = PrivateFile(folder, Settings(store=f"{folder.parent}/.feedmaker/s"))
    private.read()
    (path,) = folder.parent.glob(".feedmaker/serve.json")
    given = {key: {"hash": key_hash(key), "requests": 90, "addresses": 90} for key in keys}
    path.write_text(json.dumps(json.loads(path.read_text()) | {"keys": given}))
    with serving(folder, *allowed) as browser:
        yield browser, keys


def feed(browser, key, url):
    """The answer to who asks for a feed, once there is one."""
    for _ in range(60):
        got = browser.client.get("/feed", params={"url": url, "key": key})
        if got.status_code != 503:
            break
        time.sleep(0.2)
    return got


def told(browser, form, address):
    """What a page of the app tells of an address, once it is looked at."""
    browser.get(f"/app/{form}")
    browser.send(f"/{form}$", address=address)
    browser.wait()
    assert "Traceback" not in browser.page.text
    return browser.text


def test_private_addresses_are_refused_in_every_spelling(folder):
    """At once, by all that takes an address, and nothing is asked or kept of it."""
    with key_holders(folder) as (browser, (key,)):
        for address in PRIVATE:
            for form, field in (("add", "address"), ("why", "address"), ("import", "addresses")):
                if form == "import" and " " in address:
                    continue  # these are several there
                browser.get(f"/app/{form}")
                browser.send(f"/{form}$", **{field: address})
                assert browser.page.status_code == 422, (form, address)
            got = feed(browser, key, address)
            assert (got.status_code, got.text.count("\n")) == (400, 1), address
        browser.get("/app/add")
        assert not browser.tree.css("a[href^='/app/add/']")
    assert not (folder.parent / ".feedmaker" / "asked").exists()


@pytest.mark.parametrize("way", ["name", "redirect", "redirect to a name"])
def test_what_leads_to_a_private_address_is_not_asked(folder, tmp_path, monkeypatch, way):
    """Be it a name of one, or a page of a site that redirects to it; the reason says so."""
    (tmp_path / "sitecustomize.py").write_text(RESOLVER)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path), prepend=os.pathsep)
    with Server() as site, Server() as inner:
        inner.page("/secret")
        away = inner.url("/secret", host="inside.example" if "name" in way else "localhost")
        site.page("/away", redirect(away))
        given = away if way == "name" else site.url("/away")
        with key_holders(folder, "127.0.0.1") as (browser, (key,)):
            for form in ("add", "why"):
                assert "private" in told(browser, form, given), form
            got = feed(browser, key, given)
            assert got.status_code == 502
            assert "private" in got.text
        assert not inner.requests


def endless(part, pause):
    """A page that never ends."""

    def parts():
        for _ in range(100_000):
            time.sleep(pause)
            yield part

    kind = {"Content-Type": "text/html; charset=utf-8"}
    return lambda _: Reply(headers=kind, parts=parts())


def test_huge_and_slow_pages_cost_no_more_than_their_limits(folder, monkeypatch):
    """Each is given up in time, and said why; meanwhile the server answers."""
    monkeypatch.setattr(feed_by_address, "_LONGEST", 5.0)
    with Server() as site, key_holders(folder, "127.0.0.1") as (browser, (key,)):
        site.page("/huge", endless(b"<p>huge" * 20_000, 0))
        site.page("/slow", endless(b"<p>slow", 0.2))
        for path, why in (("/huge", "larger than"), ("/slow", "no whole answer within 2 s")):
            for form in ("add", "why"):
                assert why in told(browser, form, site.url(path)), form
            begun = time.monotonic()
            got = feed(browser, key, site.url(path))
            assert got.status_code == 502, got.text
            assert got.text.count("\n") == 1
            assert time.monotonic() - begun < 30
        assert browser.client.get("/healthz").status_code == 200


def test_a_thousand_keys_that_ask_at_once_are_answered(folder, monkeypatch):
    """Each for another page of a slow site: two are looked at at once, most are told to come back."""
    monkeypatch.setattr(feed_by_address, "_PATIENCE", 2.0)
    with Server() as site, key_holders(folder, "127.0.0.1", count=1_000) as (browser, keys):
        site.page("/", endless(b"<p>slow", 0.2))
        port = urlsplit(browser.base).port

        def ask(number):
            with closing(HTTPConnection("127.0.0.1", port, timeout=60)) as client:
                wanted = quote(f"{site.url('/')}?{number}")
                client.request("GET", f"/feed?url={wanted}&key={keys[number]}")
                got = client.getresponse()
                return got.status, got.read(), int(got.headers["Retry-After"])

        with ThreadPoolExecutor(200) as pool:
            answers = list(pool.map(ask, range(1_000)))
        assert {status for status, _, _ in answers} <= {502, 503}
        assert sum(text.startswith(b"Too much") for _, text, _ in answers) >= 900
        assert site.most_at_once <= 2
        browser.get("/app/add")
        assert browser.page.status_code == 200


def test_no_address_of_the_server_leads_elsewhere(folder):
    """However it is written, and no answer has a header of who asked."""
    wicked = (
        "//evil.test",
        "//evil.test/%2e%2e",
        "//evil.test/app/",
        "/\\evil.test",
        "/app//evil.test/",
        "/app/%2f%2fevil.test/",
        "/app/add/",
        "/app/language/ar//evil.test",
        "/app/language/%0d%0aX-Evil:1",
        "/app/language/ar?back=//evil.test",
        "/app/language/ar?back=/app/%0d%0aX-Evil:1",
        "/app/login?next=/app/%0d%0aX-Evil:1",
        "/%0d%0aX-Evil:1",
        "/feed?key=key-0&url=http://127.1/%0d%0aX-Evil:1",
        "/feed?key=%0d%0aX-Evil:1",
    )
    with key_holders(folder) as (browser, _):
        own = urlsplit(browser.base).netloc
        for path in wicked:
            got = browser.client.send(
                httpx.Request("GET", httpx.URL(browser.base, raw_path=path.encode())),
                follow_redirects=False,
            )
            assert got.status_code < 500, path
            assert "x-evil" not in got.headers, path
            to = urlsplit(got.headers.get("location", ""))
            assert to.netloc in ("", own), path
            assert not to.path.startswith(("//", "/\\")), path
        token = re.search(r'name="csrf" value="([^"]+)"', browser.get("/app/add"))[1]
        for action in ("pause", "build", "remove", "x%0d%0aX-Evil:1"):
            form = {"csrf": token, "section": "\r\nX-Evil: 1", "title": "\r\nX-Evil: 1"}
            got = browser.client.post(f"/app/sites/x%0d%0aX-Evil:1/{action}", data=form)
            assert got.status_code == 404, action
            assert "x-evil" not in got.headers
