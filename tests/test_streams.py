"""What pages say and where it is printed: no control character, and no stream that stops a run."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys

import pytest
from lxml import etree
from machine import run
from news_site import article, listing
from servers import Reply, Server

from feedmaker.model import Code, Reason, clean_line

# Titles a window, colours a line, clears the screen, goes back, overrides the direction, C1's CSI.
NASTY = "\x1b]0;owned\x07\x1b[31m\x1b[2J\x08\r\x9b31m\u202eevil\u2066\x00\ufffe"
CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe]")


@pytest.fixture
def site(tmp_path):
    """A site with a section that is good and one that never is."""
    with Server() as server:
        server.page("/all", listing(2, 1))
        for number in (1, 2):
            server.page(f"/{number}-garden-opens-again.html", article(number))
        sites = tmp_path / "config" / "sites"
        sites.mkdir(parents=True)
        (tmp_path / "config" / "feedmaker.toml").write_text(
            "max_age = 0\n[fetch]\ndelay = 0\nretries = 0\n"
        )
        sections = "".join(
            f'[[sections]]\nslug = "{slug}"\ntitle = "أخبار"\n{where}\n'
            for slug, where in (
                ("lost", f'heading = "غير موجود"\npage = "{server.url("/all")}"'),
                ("all", f'urls = ["{server.url("/all")}"]'),
            )
        )
        (sites / "news.toml").write_text(
            f'name = "الموقع"\nhome = "{server.url("/")}"\n{sections}', "utf-8"
        )
        server.folder = tmp_path
        yield server


def shell(line: str, site: Server, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run a line of a shell in the site's folder, with `$FM` for feedmaker."""
    given = {name: value for name, value in os.environ.items() if "proxy" not in name.lower()}
    given |= {"FM": f"{sys.executable} -m feedmaker"} | environment
    return subprocess.run(
        ["bash", "-c", line], cwd=site.folder, env=given, capture_output=True, check=False
    )


STREAMS = {
    "closed stdout": ">&-",
    "closed stderr": "2>&-",
    "all closed": "<&- >&- 2>&-",
    "full": ">/dev/full 2>/dev/full",
    "full stderr": "2>/dev/full",
    "full log": "--log json 2>/dev/full",
}


@pytest.mark.parametrize("streams", STREAMS.values(), ids=STREAMS)
def test_a_run_goes_on_whatever_becomes_of_its_streams(site, streams):
    """The same exit code and files as with good ones; nothing that is printed lands in a file."""
    done = shell(f"$FM build -v {streams}; echo $? >code", site)
    assert b"Traceback" not in done.stderr
    assert (site.folder / "code").read_text() == "1\n"
    for name in ("news/all.atom.xml", "index.html", "health.json"):
        assert (site.folder / "out" / name).exists(), name
    assert b"broken" not in (site.folder / ".feedmaker/store.sqlite").read_bytes()[:100]
    shown, _ = run("status", cwd=site.folder)
    assert "news/all" in shown


def test_a_run_into_a_pipe_that_closes_finishes_its_work(site):
    """`build -v | head -1`, and a reader that takes nothing at all."""
    for reader in ("head -1", "true"):
        done = shell(f"($FM build -v 2>&1; echo $? >code) | {reader}", site)
        assert b"Traceback" not in done.stdout + done.stderr
        assert (site.folder / "code").read_text() == "1\n"
        assert (site.folder / "out/news/all.atom.xml").exists()
        assert (site.folder / "out/index.html").exists()


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1256"])
def test_a_terminal_that_is_not_utf_8_is_shown_what_it_can_show(site, encoding):
    """What it cannot is escaped; neither a run nor `status` nor `explain` ends for it."""
    done = shell("$FM build -v; $FM status; $FM explain --links $URL", site,
                 PYTHONIOENCODING=encoding, URL=site.url("/all"))  # fmt: skip
    assert b"Traceback" not in done.stderr
    assert b"news/lost" in done.stderr
    assert done.stdout.count(b"news/all") >= 2
    assert b"2 story links" in done.stdout


def test_a_command_that_is_to_show_something_says_that_it_cannot(site):
    """`status` onto a full disk is one line and exit code 1."""
    run("build", cwd=site.folder, code=1)
    done = shell("$FM status >/dev/full", site)
    assert done.returncode == 1
    assert done.stderr.startswith(b"feedmaker: ")
    assert done.stderr.count(b"\n") == 1


def control_in(text: str) -> list[str]:
    """The lines of a text with a character that no line is to have."""
    return [line for line in text.split("\n") if CONTROL.search(line)]


def test_no_control_character_of_a_server_reaches_a_line_a_log_or_a_file(site):
    """By its headers: in what is printed, logged, kept in `out` and shown by `status`."""
    run("build", cwd=site.folder, code=1)
    kind = NASTY.encode("utf-8").decode("latin-1").replace("\r", "").replace("\x00", "")
    site.page("/all", Reply(b"x", headers={"Content-Type": f"image/{kind}"}))
    printed = "".join(run("build", "-v", cwd=site.folder, code=1))
    printed += "".join(run("build", "-v", "--log", "json", cwd=site.folder, code=1))
    printed += "".join(run("status", cwd=site.folder))
    printed += "".join(run("status", "--json", cwd=site.folder))
    printed += "".join(run("check", "--live", cwd=site.folder, code=1))
    assert "image/" in printed
    assert not control_in(printed)
    for path in (site.folder / "out").rglob("*.*"):
        if path.suffix in (".html", ".xml", ".json", ".opml"):
            assert not control_in(path.read_text("utf-8")), path
    etree.parse(site.folder / "out/health.atom.xml")


def test_no_control_character_of_a_page_reaches_a_terminal(site):
    """By its title, its headings and its text: `explain` of it, as lines and as JSON."""
    page = f"<title>عنوان {NASTY} آخر</title><h1>عنوان {NASTY} آخر</h1><p>{NASTY} {'نص طويل ' * 40}</p>"
    path = site.folder / "saved.html"
    path.write_text(f"<meta charset=utf-8>{page}", "utf-8")
    for options in ((), ("--json",), ("--links", "--url", "https://news.example/")):
        out, err = run("explain", str(path), *options, cwd=site.folder)
        assert not control_in(out + err)


def test_titles_of_a_configuration_break_no_file_that_all_share(site):
    """TOML can spell characters that XML cannot hold."""
    path = site.folder / "config/sites/news.toml"
    text = (
        path.read_text("utf-8").replace("الموقع", r"a\u001b[31m\uFFFF").replace("أخبار", r"b\u0000")
    )
    path.write_text(text, "utf-8")
    run("build", cwd=site.folder, code=1)
    site.page("/all", Reply(b"", 500))
    for _ in range(2):
        run("build", cwd=site.folder, code=1)
    for name in ("health.atom.xml", "feeds.opml", "news/all.atom.xml", "news/all.rss.xml"):
        etree.parse(site.folder / "out" / name)
    json.loads((site.folder / "out/health.json").read_bytes())


def test_a_reason_is_a_line_of_two_hundred_characters():
    """Whatever a server says; the address stands whole, and the words are kept to their beginning."""
    reason = Reason.of(Code.NOT_A_PAGE, kind=f"image/{NASTY}\n{'x' * 90_000}")
    assert len(str(reason)) == 200
    assert not control_in(str(reason))
    assert "\n" not in str(reason)
    assert len(reason.to_text()) < 400
    long = Reason(Code.STATUS, (("status", 500),), url=f"https://news.example/{'a' * 300}")
    assert str(long) == f"https://news.example/{'a' * 300}: status 500"
    assert clean_line("a\n b\t c") == "a b c"


def test_a_reason_says_what_can_be_done():
    """Where its words do not, in the line and in `status`; nothing of what passes by itself."""
    assert "headers" in Reason.of(Code.STATUS, status=403).remedy
    assert "address" in Reason.of(Code.STATUS, status=404).remedy
    assert Reason.of(Code.STATUS, status=500).remedy == ""
    assert "timeout" in Reason.of(Code.NO_ANSWER_IN_TIME, seconds=20).remedy
