"""`feedmaker serve` and the files in `out/`: as a web server gives them, and nothing else."""

from __future__ import annotations

import gzip
import re
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime

import pytest
from web_server import Served

pytest.importorskip("uvicorn", reason="the extra is missing: feedmaker[serve]")
pytest.importorskip("argon2", reason="the extra is missing: feedmaker[serve]")

STORY = "<entry><link href='http://news.test/1'/><title>خبر</title></entry>" * 50
FILES = {  # file -> its content and its type
    "index.html": ("<!DOCTYPE html><title>خلاصات</title>", "text/html; charset=utf-8"),
    "feed.css": ("feed { color: red }", "text/css; charset=utf-8"),
    "feeds.opml": (
        '<opml><head><title>خلاصات (اضبط base_url)</title></head><outline xmlUrl="news/sport.atom.xml"/></opml>',
        "text/x-opml; charset=utf-8",
    ),
    "health.json": ('{"sections":[]}', "application/json"),
    "news/sport.atom.xml": (
        f'<feed xmlns="http://www.w3.org/2005/Atom">\n  <updated>2026-11-20T12:00:00Z</updated>\n{STORY}</feed>',
        "application/xml; charset=utf-8",
    ),
    "health.atom.xml": (
        '<feed xmlns="http://www.w3.org/2005/Atom">\n<updated>2026-11-20T12:00:00Z</updated>\n</feed>',
        "application/xml; charset=utf-8",
    ),
    "news/sport.rss.xml": (
        '<rss xmlns:atom="http://www.w3.org/2005/Atom">\n    <docs>d</docs><item/></rss>',
        "application/xml; charset=utf-8",
    ),
    "news/sport.json": (
        '{"version":"https://jsonfeed.org/version/1.1","title":"t","items":[]}',
        "application/feed+json",
    ),
}
ATOM = "/news/sport.atom.xml"


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """A server on some files, with nothing to build."""
    folder = tmp_path_factory.mktemp("served")
    for name, (text, _) in FILES.items():
        path = folder / "out" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    (folder / "out" / ".pages.made").write_text("made")
    (folder / "out" / "news" / ".sport.made").write_text("made")
    (folder / "secret.xml").write_text("secret")
    (folder / "out" / "news" / "linked.xml").symlink_to(folder / "secret.xml")
    (folder / "out" / "news" / "inside.xml").symlink_to("sport.rss.xml")
    with Served(folder) as server:
        yield server


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_served_with_its_type_and_validators(served, name):
    """Strong ETag, time of change, length; HEAD tells the same without the content."""
    got = served.client.get(f"/{name}", headers={"Accept-Encoding": "identity"})
    assert got.status_code == 200
    assert got.headers["Content-Type"] == FILES[name][1]
    assert re.fullmatch(r'"[0-9a-f]{32}"', got.headers["ETag"])
    changed = (served.folder / "out" / name).stat().st_mtime
    assert parsedate_to_datetime(got.headers["Last-Modified"]).timestamp() == int(changed)
    assert "accept-ranges" not in got.headers
    assert got.headers["X-Content-Type-Options"] == "nosniff"
    head = served.client.head(f"/{name}", headers={"Accept-Encoding": "identity"})
    assert (head.content, head.status_code) == (b"", 200)
    assert dict(head.headers) == dict(got.headers) | {"date": head.headers["date"]}
    assert int(head.headers["Content-Length"]) == len(got.content)


def test_the_root_is_the_index(served):
    """And a folder is nothing."""
    assert served.client.get("/").text == FILES["index.html"][0]
    assert served.client.get("/news").status_code == 404
    assert served.client.get("/news/").status_code == 404


def test_what_a_client_has_is_not_sent_again(served):
    """By its tag, be it of the compressed bytes or not, or by its time; the store is not asked."""
    first = served.client.get(ATOM, headers={"Accept-Encoding": "identity"})
    packed = served.client.get(ATOM, headers={"Accept-Encoding": "gzip"})
    assert first.headers["ETag"] != packed.headers["ETag"]
    for tag in (first.headers["ETag"], f"W/{first.headers['ETag']}", packed.headers["ETag"], "*"):
        got = served.client.get(ATOM, headers={"If-None-Match": f'"other", {tag}'})
        assert (got.status_code, got.content) == (304, b"")
        assert "ETag" in got.headers
    other = {"If-None-Match": '"other"', "If-Modified-Since": first.headers["Last-Modified"]}
    assert served.client.get(ATOM, headers=other).status_code == 200  # the tag goes first
    since = {"If-Modified-Since": first.headers["Last-Modified"]}
    assert served.client.get(ATOM, headers=since).status_code == 304
    for wrong in ("yesterday", "", format_datetime(datetime(2001, 1, 1, tzinfo=UTC))):
        assert served.client.get(ATOM, headers={"If-Modified-Since": wrong}).status_code == 200
    assert not (served.folder / ".feedmaker" / "store.sqlite").exists()


@pytest.mark.parametrize(
    ("accepted", "is_packed"),
    [("gzip", True), ("br, gzip;q=0.5", True), ("*", True), ("gzip;q=0", False), ("br", False)],
)
def test_gzip_is_sent_to_who_takes_it(served, accepted, is_packed):
    """The same bytes, unpacked."""
    with served.client.stream("GET", ATOM, headers={"Accept-Encoding": accepted}) as got:
        data = b"".join(got.iter_raw())
    assert (got.headers.get("Content-Encoding") == "gzip") == is_packed
    assert got.headers["Vary"] == "Accept-Encoding"
    text = gzip.decompress(data) if is_packed else data
    assert text.endswith(f"{STORY}</feed>".encode())
    assert not is_packed or len(data) < len(text) / 5


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.xml",
        "/news/../../secret.xml",
        "/%2e%2e/secret.xml",
        "/news/%2e%2e%2f%2e%2e%2fsecret.xml",
        "/..%5csecret.xml",
        "//secret.xml",
        "/.pages.made",
        "/news/.sport.made",
        "/news/%2esport.made",
        "/news/linked.xml",
        "/index.html%00.xml",
        "/index.html/",
        "/" + "a" * 5_000,
        "/" + "a/" * 2_000,
    ],
)
def test_nothing_else_is_served(served, path):
    """Neither above the folder, nor dot files, nor links that leave it."""
    request = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
    answer = served.raw(request.encode())
    assert answer.startswith(b"HTTP/1.1 404 ")
    assert b"secret" not in answer
    assert b"made" not in answer


def test_a_link_within_the_folder_and_other_methods(served):
    """One file under two names is served; nothing is taken."""
    assert served.client.get("/news/inside.xml").status_code == 200
    for method in ("POST", "PUT", "DELETE", "OPTIONS"):
        got = served.client.request(method, ATOM)
        assert (got.status_code, got.headers["Allow"]) == (405, "GET, HEAD")


def test_a_new_version_is_served_at_once(served):
    """With another tag; so is one of the same length."""
    path = served.folder / "out" / "health.json"
    tags = set()
    for text in ('{"a":1}', '{"a":2}', '{"a":10}'):
        temporary = path.with_name("new")
        temporary.write_text(text)
        temporary.replace(path)
        got = served.client.get("/health.json")
        assert got.text == text
        tags.add(got.headers["ETag"])
    assert len(tags) == 3
    path.unlink()
    assert served.client.get("/health.json").status_code == 404


def test_without_base_url_a_feed_names_the_address_that_it_was_asked_at(served):
    """Each by its own name; the list of feeds can be imported."""
    for name in ("127.0.0.1", "localhost"):
        base = f"http://{name}:{served.port}"
        get = lambda path: served.client.get(f"{base}{path}").text  # noqa: E731, B023
        assert f'<link href="{base}{ATOM}" rel="self" type="application/atom+xml"/>' in get(ATOM)
        link = (
            f'<atom:link href="{base}/news/sport.rss.xml" rel="self" type="application/rss+xml"/>'
        )
        assert get("/news/sport.rss.xml").count(link) == 1
        assert f'href="{base}/health.atom.xml" rel="self"' in get("/health.atom.xml")
        assert f'"feed_url":"{base}/news/sport.json"' in get("/news/sport.json")
        opml = get("/feeds.opml")
        assert f'xmlUrl="{base}{ATOM}"' in opml
        assert "<title>خلاصات</title>" in opml


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("evil.test", 421),
        ("127.0.0.1.evil.test", 421),
        ("localhost.evil.test:8000", 421),
        ("localhost@evil.test", 421),
        ("", 421),
        ('127.0.0.1"x', 421),
        ("LOCALHOST.:8000", 200),
        ("192.168.1.7:8000", 200),
        ("[::1]:8000", 200),
    ],
)
def test_only_own_names_are_answered(served, host, status):
    """A page whose name leads here by a trick (DNS rebinding) reads nothing; addresses are no
    names.
    """
    for path in (ATOM, "/app/login", "/healthz"):
        request = f"GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
        answer = served.raw(request.encode())
        assert (answer.startswith(b"HTTP/1.1 421 ")) == (status == 421), answer[:200]


def test_two_hosts_are_none(served):
    """No proxy before us shall have read the other one."""
    request = b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: evil.test\r\nConnection: close\r\n\r\n"
    assert served.raw(request)[:13] in (b"HTTP/1.1 421 ", b"HTTP/1.1 400 ")


def test_monitors_are_told_how_it_fares(served):
    """In OpenMetrics, without a store too; a folder without sites is well, and waits for one."""
    assert served.client.get("/healthz").text == "ok\n"
    got = served.client.get("/metrics")
    assert got.headers["Content-Type"].startswith("application/openmetrics-text; version=")
    assert "# TYPE feedmaker_sections gauge" in got.text
    assert got.text.endswith("# EOF\n")
