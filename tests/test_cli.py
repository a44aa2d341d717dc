"""The command line as a user meets it: what is printed, which exit codes, and that errors are one
line.
"""

from __future__ import annotations

import argparse
import json
import os
import pty
import re
import subprocess
import sys
from datetime import datetime

import pytest
from machine import run
from manual import PAGES
from news_site import article, listing
from servers import Reply, Server, html

from feedmaker import cli
from feedmaker.cli import build
from feedmaker.model import Code, Failure, Reason, Report
from feedmaker.store import Store
from feedmaker.text.translations import translation


@pytest.fixture
def site(tmp_path):
    """A site with two articles, configured in a folder."""
    with Server() as server:
        server.page("/all", listing(2, 1))
        server.page("/1-garden-opens-again.html", article(1))
        server.page("/2-garden-opens-again.html", article(2))
        sites = tmp_path / "config" / "sites"
        sites.mkdir(parents=True)
        (tmp_path / "config" / "feedmaker.toml").write_text(
            "max_age = 0\n[fetch]\ndelay = 0\nretries = 0\n"
        )
        section = (
            f'[[sections]]\nslug = "all"\ntitle = "كل الأخبار"\nurls = ["{server.url("/all")}"]\n'
        )
        (sites / "news.toml").write_text(
            f'name = "الموقع"\nhome = "{server.url("/")}"\n{section}', "utf-8"
        )
        server.folder = tmp_path
        yield server


@pytest.mark.parametrize(("given", "most"), [("60", 58), ("", 78), ("wide", 78), ("0", 78)])
def test_help_is_as_wide_as_the_terminal(given, most):
    """By `COLUMNS`, else by the terminal, else 80; what others import for that is not imported."""
    code = (
        "import sys; from feedmaker import cli; print(cli.parser().format_help());"
        "sys.exit('shutil' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "COLUMNS": given},
        capture_output=True,
        text=True,
        check=True,
    )
    listed = done.stdout.partition("options:")[2].partition("exit codes:")[0]
    assert most - 12 < max(map(len, listed.splitlines())) <= most


NEEDED_FOR_NEWS = (
    "babel",
    "feedmaker.article",
    "feedmaker.html.parsing",
    "feedmaker.listing",
    "feedmaker.pipeline.due_articles",
    "feedmaker.pipeline.source_pages",
    "feedmaker.text.repairs",
    "jinja2",
    "lxml",
    "nh3",
    "rich",
    "selectolax",
)


def test_a_run_that_finds_nothing_new_imports_nothing_that_reads_or_writes_pages(site):
    """Nor is what it imports looked through for garbage."""
    run("build", cwd=site.folder)
    code = """
import gc, sys
from feedmaker import cli
sys.argv = ["feedmaker", "build"]
try:
    cli.main()
except SystemExit as end:
    assert not end.code
print(gc.get_freeze_count(), *sys.modules)
"""
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=site.folder, capture_output=True, text=True, check=True
    )
    frozen, *imported = done.stdout.split()
    assert "feedmaker.pipeline.listing_pages" in imported
    assert set(NEEDED_FOR_NEWS).isdisjoint(imported)
    assert int(frozen) > 10_000


@pytest.mark.parametrize("command", ["", *cli.COMMANDS])
def test_every_command_has_help_that_says_what_it_is_for(command, tmp_path):
    """`--help` of the program and of each command; every option has a text, and the manual names
    it.
    """
    out, _ = run(*command.split(), "--help", cwd=tmp_path)
    assert out.startswith("usage: feedmaker")
    assert len(out.splitlines()) > 5
    assert f"`feedmaker {command}" in PAGES["commands"]
    if command:
        (commands,) = [
            a for a in cli.parser(command)._actions if isinstance(a, argparse._SubParsersAction)
        ]
        for option in commands.choices[command]._actions:
            assert option.help
            assert (
                not option.option_strings
                or option.dest == "help"
                or option.option_strings[0] in PAGES["commands"]
            )


def test_version_and_wrong_usage(tmp_path):
    """`--version` tells it; what does not exist ends with 2."""
    assert run("--version", cwd=tmp_path)[0].startswith("feedmaker 0")
    assert "invalid choice" in run("bild", cwd=tmp_path, code=2)[1]
    assert "unrecognized arguments" in run("build", "--fast", cwd=tmp_path, code=2)[1]


def test_build_is_quiet_when_all_is_well_and_verbose_when_asked(site):
    """Cron sees nothing of a good run; `-v` gives a line for each section."""
    assert run("build", cwd=site.folder) == ("", "")
    assert (site.folder / "out" / "news" / "all.rss.xml").exists()
    out, _ = run("build", "-v", cwd=site.folder)
    assert out == "news/all: unchanged, listing not modified\n"


def test_a_person_who_watches_sees_a_bar_and_a_line_for_each_section(site):
    """On a terminal there is progress, and URLs are not broken at its edge."""
    site.page("/2-garden-opens-again.html", Reply(b"", 500))
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "feedmaker", "build"]
    with subprocess.Popen(
        command, cwd=site.folder, stdin=theirs, stdout=theirs, stderr=theirs
    ) as process:
        os.close(theirs)
        shown = b""
        while True:
            try:
                shown += os.read(ours, 65536)
            except OSError:  # how a terminal says that the last of its users is gone
                break
    os.close(ours)
    text = shown.decode()
    assert process.returncode == 0
    assert "2/2" in text
    assert "news/all: published, 2 links, 1 new, 1 failed" in text
    assert f"{site.url('/2-garden-opens-again.html')}: status 500" in text


def test_a_section_that_fails_twice_is_told_once_with_exit_code_1(site):
    """The line names section, URL and reason; other runs are quiet and still end with 1, the first
    one too, which `status` tells of; healing is told.
    """
    run("build", cwd=site.folder)
    site.page("/all", Reply(b"", 500))
    assert run("build", cwd=site.folder, code=1) == ("", "")
    assert "its last good feed stays: " in run("status", cwd=site.folder)[0]
    assert b"broke" not in (site.folder / "out/health.atom.xml").read_bytes()
    _, err = run("build", cwd=site.folder, code=1)
    assert err.startswith("news/all: broken since ")
    assert f", its last good feed stays: {site.url('/all')}: status 500" in err
    assert err.count("\n") == 1
    assert b"broke" in (site.folder / "out/health.atom.xml").read_bytes()
    assert run("build", cwd=site.folder, code=1) == ("", "")
    site.page("/all", listing(2, 1))
    assert run("build", cwd=site.folder) == ("", "news/all: recovered\n")


def test_a_blip_of_a_section_is_told_nowhere_but_in_status(site):
    """One failure between two good runs: no line, no entry of the health feed, no "recovered"."""
    run("build", cwd=site.folder)
    site.page("/all", Reply(b"", 500))
    assert run("build", cwd=site.folder, code=1) == ("", "")
    site.page("/all", listing(2, 1))
    assert run("build", cwd=site.folder) == ("", "")
    assert b"<entry>" not in (site.folder / "out/health.atom.xml").read_bytes()


def test_a_section_that_never_was_good_is_told_at_once(site):
    """And it is not said that a feed stays where there is none."""
    site.page("/all", Reply(b"", 500))
    _, err = run("build", cwd=site.folder, code=1)
    assert "news/all: broken since " in err
    assert "there is no feed of it yet: " in err
    assert "there is no feed of it yet" in run("status", cwd=site.folder)[0]
    feed = (site.folder / "out/health.atom.xml").read_text("utf-8")
    assert translation("ar").words("There is no feed of it yet.") in feed
    assert run("build", cwd=site.folder, code=1) == ("", "")


def test_sections_that_break_of_one_cause_are_told_in_one_line(site):
    """By site and cause, and so is their recovery."""
    path = site.folder / "config/sites/news.toml"
    text = path.read_text("utf-8")
    head, _, section = text.partition("[[sections]]")
    more = "".join(
        f"[[sections]]{section}".replace('"all"', f'"{slug}"').replace("/all", f"/{slug}")
        for slug in ("a", "b", "c")
    )
    path.write_text(f"{head}{more}", "utf-8")
    for slug in ("a", "b", "c"):
        site.page(f"/{slug}", listing(2, 1))
    run("build", cwd=site.folder)
    for slug, status in (("a", 500), ("b", 500), ("c", 404)):
        site.page(f"/{slug}", Reply(b"", status))
    run("build", cwd=site.folder, code=1)
    _, err = run("build", cwd=site.folder, code=1)
    first, second = err.splitlines()
    assert first.startswith("news: 2 sections (a, b): broken since ")
    assert first.endswith("status 500")
    assert second.startswith("news/c: broken since ")
    for slug in ("a", "b", "c"):
        site.page(f"/{slug}", listing(2, 1))
    assert run("build", cwd=site.folder)[1] == "news: 3 sections (a, b, c): recovered\n"


def test_a_page_beside_the_listing_that_fails_is_told_once_and_shown(site):
    """One of several `urls`: in the second run, and then by `status` and with -v."""
    path = site.folder / "config/sites/news.toml"
    both = f'["{site.url("/all")}", "{site.url("/second")}"]'
    path.write_text(path.read_text("utf-8").replace(f'["{site.url("/all")}"]', both), "utf-8")
    site.page("/second", Reply(b"", 500))
    said = [run("build", cwd=site.folder)[1] for _ in range(4)]
    line = f"{site.url('/second')}: status 500"
    assert said == ["", f"news/all: {line}\n", "", ""]
    assert f"news/all: {line} (since " in run("status", cwd=site.folder)[0]
    assert line in run("build", "-v", cwd=site.folder)[1]
    (row,) = json.loads(run("status", "--json", cwd=site.folder)[0])["sections"]
    assert [note["code"] for note in row["notes"] if note["code"] == "status"] == ["status"]
    site.page("/second", html("<p>لا شيء هنا</p>"))
    _, err = run("build", cwd=site.folder)
    assert err == f"news/all: no longer so: {line}\n"
    site.page("/second", listing(2, 1))
    assert run("build", cwd=site.folder) == ("", "")


def test_a_failed_article_is_no_news_and_gives_exit_code_0(site):
    """It is tried again by later runs, named by `status` and with -v, and told when it fails again."""
    site.page("/2-garden-opens-again.html", Reply(b"", 500))
    assert run("build", cwd=site.folder) == ("", "")
    line = f"news/all: {site.url('/2-garden-opens-again.html')}: status 500"
    assert line in run("status", cwd=site.folder)[0]


def test_only_the_named_sites_are_run(site):
    """Another site stays as it is, and keeps its place on the index page; an unknown name is an
    error.
    """
    other = (site.folder / "config/sites/news.toml").read_text("utf-8").replace("الموقع", "الآخر")
    (site.folder / "config/sites/other.toml").write_text(other, "utf-8")
    run("build", cwd=site.folder)
    run("build", "news", cwd=site.folder)
    assert "الآخر" in (site.folder / "out" / "index.html").read_text("utf-8")
    assert "no such site" in run("build", "nwes", cwd=site.folder, code=2)[1]


def test_a_wrong_configuration_ends_with_2_and_names_the_key(site):
    """For every command that reads it, and before anything is fetched."""
    path = site.folder / "config/sites/news.toml"
    path.write_text(path.read_text("utf-8") + "itmes = 3\n", "utf-8")
    for command in ("build", "check", "status"):
        _, err = run(command, cwd=site.folder, code=2)
        assert "config/sites/news.toml: sections[1].itmes: unknown key; did you mean items?" in err
    assert site.requests == []
    assert "--config" in run("build", cwd=site.folder / "config", code=2)[1]


def test_a_mistake_in_one_site_s_file_leaves_the_others_running(site):
    """It is named in each run, which ends with 2; its feeds, their health and its files stay."""
    sites = site.folder / "config/sites"
    other = (sites / "news.toml").read_text("utf-8").replace("الموقع", "الآخر")
    (sites / "other.toml").write_text(other, "utf-8")
    run("build", cwd=site.folder)
    out = site.folder / "out"
    feed = (out / "other/all.atom.xml").read_bytes()
    health_id = re.search(rb"<id>(.*?)</id>", (out / "health.atom.xml").read_bytes())[1]
    (sites / "other.toml").write_text(other + "itmes = 3\n", "utf-8")
    site.page("/3-garden-opens-again.html", article(3))
    site.page("/all", listing(3, 2, 1))
    _, err = run("build", "--prune", cwd=site.folder, code=2)
    assert err.count("\n") == 1
    assert "config/sites/other.toml: sections[1].itmes: unknown key" in err
    assert len(json.loads((out / "news/all.json").read_bytes())["items"]) == 3
    assert (out / "other/all.atom.xml").read_bytes() == feed
    assert health_id in (out / "health.atom.xml").read_bytes()
    health = json.loads((out / "health.json").read_bytes())
    assert not health["good"]
    assert {row["site"]: row["status"] for row in health["sections"]} == {
        "news": "good",
        "other": "unusable",
    }
    shown, err = run("status", cwd=site.folder, code=2)
    assert "other/all: the file of its site has a mistake" in shown
    assert "itmes" in err
    for name in ("index.html", "status.html", "feeds.opml"):
        assert "الآخر" in (out / name).read_text("utf-8"), name
    assert "feedmaker check" in (out / "status.html").read_text("utf-8")
    assert "other/all.atom.xml" in (out / "feeds.opml").read_text("utf-8")
    site.page("/all", Reply(b"", 500))
    run("build", cwd=site.folder, code=2)  # 2 wins over 1
    (sites / "other.toml").write_text(other, "utf-8")
    run("build", "other", cwd=site.folder, code=1)


def test_pages_name_the_sections_of_a_broken_file_that_they_never_showed(site):
    """By their slugs: nothing else is known where no page was written while the file was right."""
    sites = site.folder / "config/sites"
    other = (sites / "news.toml").read_text("utf-8").replace("الموقع", "الآخر")
    (sites / "other.toml").write_text(other, "utf-8")
    run("build", cwd=site.folder)
    (sites / "other.toml").write_text("name = ", "utf-8")
    with Store(site.folder / ".feedmaker/store.sqlite") as store:
        store.set_meta("site other", "[]")
    run("build", cwd=site.folder, code=2)
    assert "other/all.atom.xml" in (site.folder / "out/feeds.opml").read_text("utf-8")
    (sites / "third.toml").write_text("name = ", "utf-8")
    run("build", cwd=site.folder, code=2)
    assert not json.loads((site.folder / "out/health.json").read_bytes())["good"]


def test_a_pause_that_a_host_asks_for_is_shown(site):
    """Nor is it said that naming the site would end it."""
    run("build", cwd=site.folder)
    site.page("/all", Reply(b"", 429, headers={"Retry-After": "3600"}))
    run("build", cwd=site.folder, code=1)
    shown, _ = run("status", cwd=site.folder)
    assert re.search("not asked before .* UTC, as its host wishes\n", shown)
    site.page("/all", Reply(b"", 500))
    (site.folder / ".feedmaker/store.sqlite").unlink()
    run("build", cwd=site.folder, code=1)
    shown, _ = run("status", cwd=site.folder)
    assert "`feedmaker build news` asks at once" in shown


def test_an_article_behind_a_redirect_is_named_by_the_address_that_failed(site):
    """`status` says both addresses, and what is told says what can be done."""
    site.page("/2-garden-opens-again.html", Reply(b"", 302, headers={"Location": "/moved.html"}))
    site.page("/moved.html", Reply(b"", 403))
    run("build", cwd=site.folder)
    old, new = site.url("/2-garden-opens-again.html"), site.url("/moved.html")
    assert f"news/all: {old}: {new}: status 403" in run("status", cwd=site.folder)[0]
    assert f"news/all: {new}: status 403" in run("build", "-v", "--again", old, cwd=site.folder)[1]


def test_check_says_that_all_is_well_and_what_is_missing(site):
    """No base URL and no contact are told once, and are no error."""
    out, _ = run("check", cwd=site.folder)
    assert out.endswith("The configuration is right: 1 sites, 1 sections.\n")
    assert "base_url" in out
    assert "contact" in out


def test_status_shows_each_section_for_people_and_for_programs(site):
    """Before the first run, after a good one, and when something failed."""
    assert "No run yet" in run("status", cwd=site.folder)[0]
    assert json.loads(run("status", "--json", cwd=site.folder)[0])["sections"] == []
    site.page("/2-garden-opens-again.html", Reply(b"", 500))
    run("build", cwd=site.folder)
    out, _ = run("status", cwd=site.folder)
    assert "news/all" in out
    assert "2-garden-opens-again.html: status 500" in out
    (row,) = json.loads(run("status", "--json", cwd=site.folder)[0])["sections"]
    assert (row["status"], row["stories"], row["links"]) == ("published", 1, 2)
    assert row["failed_articles"][0]["reason"] == "status 500"


def test_a_removed_section_is_an_orphan_until_it_is_pruned(site):
    """Its files stay until `build --prune`."""
    run("build", cwd=site.folder)
    path = site.folder / "config/sites/news.toml"
    path.write_text(path.read_text("utf-8").replace('slug = "all"', 'slug = "new"'), "utf-8")
    run("build", cwd=site.folder)
    rows = json.loads(run("status", "--json", cwd=site.folder)[0])["sections"]
    assert {(row["section"], row["status"]) for row in rows} == {
        ("new", "published"),
        ("all", "orphan"),
    }
    out, _ = run("build", "--prune", cwd=site.folder)
    assert all(line.startswith("removed ") and "/all." in line for line in out.splitlines())
    left = {p.name for p in (site.folder / "out" / "news").iterdir()}
    assert {"new.atom.xml", "new.rss.xml", "new.json"} <= left
    assert not any(name.lstrip(".").startswith("all.") for name in left)
    assert len(json.loads(run("status", "--json", cwd=site.folder)[0])["sections"]) == 1


def test_feeds_of_formats_that_were_given_up_are_named_and_pruned(site):
    """Nobody writes them again: `status` says so until `build --prune` removes them."""
    run("build", cwd=site.folder)
    path = site.folder / "config/sites/news.toml"
    path.write_text(path.read_text("utf-8") + 'formats = ["rss"]\n', "utf-8")
    run("build", cwd=site.folder)
    out, _ = run("status", cwd=site.folder)
    for name in ("all.atom.xml", "all.json"):
        assert f"news/{name}: an orphan, by `formats`" in out
    assert "all.rss.xml" not in out
    out, _ = run("build", "--prune", cwd=site.folder)
    assert out.count("removed ") == 2
    assert "orphan" not in run("status", cwd=site.folder)[0]
    assert (site.folder / "out/news/all.rss.xml").exists()


def test_a_hub_that_takes_nothing_is_named_by_status_and_with_verbose(site):
    """It fails no run, and is no news."""
    main = site.folder / "config/feedmaker.toml"
    text = main.read_text("utf-8")
    hub = f'base_url = "https://feeds.example/"\nhub = "{site.url("/hub")}"\n'
    main.write_text(hub + text, "utf-8")
    site.page("/hub", Reply(b"", 500))
    assert run("build", cwd=site.folder) == ("", "")
    line = "the hub was not told of 3 changed feeds: "
    assert line in run("status", cwd=site.folder)[0]
    assert line in json.loads(run("status", "--json", cwd=site.folder)[0])["hub"]
    assert line in run("build", "-v", cwd=site.folder)[1]
    site.page("/hub", Reply(b"", 204))
    run("build", cwd=site.folder)
    assert "the hub" not in run("status", cwd=site.folder)[0]


def test_a_copy_that_was_joined_is_named_by_status_and_with_verbose(site):
    """Another address with the same story: it is no news, and nothing is hidden."""
    site.page("/3-park-is-open.html", article(2))
    site.page("/all", listing(2, 1))
    run("build", cwd=site.folder)
    first = listing(2, 1).body
    row = first[first.index(b"<li") : first.index(b"</li>") + 5]
    copy = row.replace(b"/2-garden-opens-again", b"/3-park-is-open")
    page = first.replace(row, copy + row)
    site.page("/all", Reply(page, headers={"Content-Type": "text/html; charset=utf-8"}))
    _, err = run("build", "-v", cwd=site.folder)
    words = f"{site.url('/3-park-is-open.html')}: a copy of "
    assert words in err
    assert words in run("status", cwd=site.folder)[0]


def test_explain_tells_of_an_article_and_of_a_listing(site):
    """From a URL and from a file; where nothing is found it says so."""
    out, _ = run("explain", site.url("/1-garden-opens-again.html"), cwd=site.folder)
    assert "title" in out
    assert "افتتاح الحديقة رقم 1" in out
    assert "The story has " in out
    out, _ = run("explain", "--links", site.url("/all"), cwd=site.folder)
    assert out.endswith(f"2 story links on {site.url('/all')}\n")
    saved = site.folder / "saved.html"
    saved.write_bytes(article(7).body)
    assert "افتتاح الحديقة رقم 7" in run("explain", str(saved), cwd=site.folder)[0]
    saved.write_text("<p>لا شيء</p>", "utf-8")
    assert "No story" in run("explain", str(saved), cwd=site.folder)[0]
    assert "neither a file nor a URL" in run("explain", "nothing", cwd=site.folder, code=2)[1]
    assert "no such host" in run("explain", "http://nothing.invalid/", cwd=site.folder, code=1)[1]
    assert "--url" in run("explain", "--links", str(saved), cwd=site.folder, code=1)[1]


def test_a_store_or_out_that_cannot_be_used_is_one_line(site):
    """A file where a folder must be: a line for the section and one for the pages, and what to do."""
    (site.folder / "out").write_text("in the way")
    _, err = run("build", cwd=site.folder, code=1)
    assert [line.count(str(site.folder / "out")) for line in err.splitlines()] == [1, 1]
    (site.folder / ".feedmaker").rename(site.folder / "aside")
    (site.folder / ".feedmaker").write_text("in the way")
    assert run("build", cwd=site.folder, code=1)[1].count("\n") == 1


def test_two_runs_at_once(site):
    """The second ends with 3 and a line."""
    from feedmaker.store import lock

    with lock(site.folder / ".feedmaker" / "store.sqlite"):
        assert "another run" in run("build", cwd=site.folder, code=3)[1]


def test_a_closed_pipe_is_no_error(site):
    """`feedmaker status | head -1` ends quietly."""
    run("build", cwd=site.folder)
    line = f"{sys.executable} -m feedmaker status --json | head -c 1"
    done = subprocess.run(
        line, shell=True, cwd=site.folder, capture_output=True, text=True, check=False
    )
    assert (done.stdout, done.stderr) == ("{", "")


def test_a_log_for_programs_is_an_object_a_line(site):
    """`build --log json` tells of each section what a person would read, with its fields."""
    site.page("/2-garden-opens-again.html", Reply(status=500))
    _, err = run("build", "--log", "json", cwd=site.folder)
    lines = [json.loads(line) for line in err.splitlines()]
    (section,) = [line for line in lines if line["event"] == "section"]
    assert (section["site"], section["section"], section["status"]) == ("news", "all", "published")
    assert section["added"] > 0
    assert [failure["reason"] for failure in section["failures"]] == ["status 500"]
    assert section["level"] == "info"  # one failure is no news
    assert datetime.fromisoformat(section["at"]).tzinfo


def test_articles_that_fail_twice_of_one_cause_are_one_line():
    """Of a site, whatever their sections; another cause and a first failure are told apart."""
    broken = Reason.of(Code.STATUS, status=500)
    closed = Reason.of(Code.CLOSED_BY_ROBOTS)

    def report(section: str, *failures: Failure) -> Report:
        return Report(site="news", section=section, status="published", failures=failures)

    def failure(number: int, reason: Reason, *, again: bool = True) -> Failure:
        return Failure(url=f"https://news.example/{number}", reason=reason, again=again)

    first, second = build.news(
        [
            report("a", failure(1, broken), failure(2, closed), failure(3, broken, again=False)),
            report("b", failure(4, broken), failure(5, broken)),
        ]
    )
    assert first == "news/a: https://news.example/1: status 500 (2 more like it)"
    assert second.startswith("news/a: https://news.example/2: closed by robots.txt; the site wants")


def test_sections_of_which_nothing_comes_are_one_line():
    """However many articles of each failed."""

    def report(section: str, count: int) -> Report:
        status = Reason.of(Code.STATUS, status=403)
        reason = Reason.of(Code.ARTICLES_FAIL, count=count, cause=status)
        return Report(site="news", section=section, status="kept", reason=reason, told=True)

    (line,) = build.news([report("a", 12), report("b", 3)])
    assert line.startswith("news: 2 sections (a, b): broken, ")
    assert line.endswith("keep programs away")
