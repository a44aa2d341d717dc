"""What an earlier run found right in the configuration is not checked again, and nothing else is
passed over for it.
"""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields
from pathlib import Path

import pytest

from feedmaker import config
from feedmaker.config import checked_tables, table_checks
from feedmaker.model import Fetching, Notify, Rules, Section, Settings, Site
from feedmaker.model.errors import ConfigError, PublishError

MAIN = """
base_url = "https://feeds.example/"
hub = "https://hub.example/"
contact = "me@example.org"
out = "public"
ui = "fa"
thumbnails = false
feeds_key = true
store = "state/store.sqlite"
sites_at_once = 3
items = 20
max_age = 10
keep_days = 0
formats = ["atom"]
[fetch]
delay = 3
[notify]
events = ["broke"]
command = ["mail", "me"]
webhook = "https://hook.example/hush-hook"
webhook_secret = "hush-webhook"
ntfy = "https://ntfy.example/feeds"
ntfy_token = "hush-token"
mail = ["me@example.org"]
mail_from = "feeds@example.org"
smtp = "smtps://me:hush-password@mail.example"
quiet_hours = "22:00-07:00"
timezone = "Africa/Casablanca"
"""
SITE = """
name = "موقع"
home = "https://news.example/"
language = "fa"
timezone = "Asia/Tehran"
charset = "windows-1256"
headers = {X-Key = "hush-header"}
cookies = {session = "hush-cookie"}
formerly = ["old.example"]
connect_to = "127.0.0.1:8080"
[rules]
links = ["h3 a"]
body = [".story"]
drop = [".ad"]
title = ["h1"]
date = ["time"]
author = [".by"]
image = ["img"]
[fetch]
concurrency = 1
timeout = 5
budget = 60
retries = 0
max_bytes = 5000
max_tags = 9000
max_depth = 90
max_attributes = 1000
max_redirects = 1
max_links = 10
max_listing_pages = 1
max_pages = 1
max_new = 3
every = 30
recheck = [1, 2.5]
[[sections]]
slug = "all"
title = "الكل"
urls = ["https://news.example/all"]
links = ["h3 a"]
source = "page"
include = ["خبر"]
exclude = []
match = "/news/"
category = ["رياضة"]
language = "ar"
paused = false
items = 30
max_age = 1
keep_days = 2.5
formats = ["rss", "json"]
[[sections]]
slug = "more"
title = "المزيد"
heading = "أخبار"
page = "https://news.example/more"
[[sections]]
slug = "named"
title = "الاسم"
nav = "أخبار"
[[sections]]
slug = "both"
title = "معا"
sections_of = ["news/all", "news/more"]
"""


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A configuration that has a value of every key, and a cache folder of its own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    sites = tmp_path / "config" / "sites"
    sites.mkdir(parents=True)
    (tmp_path / "config" / "feedmaker.toml").write_text(MAIN, "utf-8")
    (sites / "news.toml").write_text(SITE, "utf-8")
    (sites / "other.toml").write_text(SITE.replace('"news/', '"other/'), "utf-8")
    return tmp_path / "config"


@pytest.fixture
def checks(monkeypatch):
    """The names of the files whose tables are checked, as they are."""
    names: list[str] = []
    check = table_checks.check_table

    def noted(kind, table, path):
        names.append(path.name)
        return check(kind, table, path)

    monkeypatch.setattr(table_checks, "check_table", noted)
    return names


def kept(folder: Path) -> Path:
    """The file that says what was right."""
    (file,) = (folder.parent / "cache" / "feedmaker").iterdir()
    return file


ALL = ["feedmaker.toml", "news.toml", "other.toml"]


def test_what_was_right_is_made_again_as_pydantic_made_it(folder, checks):
    """Each key of each table has the same value of the same type: 1 is no 1.0, a list no tuple."""
    written = {line.partition(" =")[0].strip() for line in (MAIN + SITE).splitlines()}
    keys = {
        key.name
        for kind in (Settings, Notify, Site, Rules, Fetching, Section)
        for key in fields(kind)
    }
    assert keys - written - {"slug", "fetch", "notify", "rules", "sections"} == set()
    first = config.load_usable(folder)
    assert first.problems == ()
    assert checks == ALL
    again = config.load_usable(folder)
    assert checks == ALL
    assert repr(again) == repr(first)
    assert again == first
    assert repr(config.load(folder)) == repr(first[:2])


def test_a_run_that_finds_it_unchanged_needs_no_pydantic(folder):
    """It is not imported at all."""
    code = (
        "import sys; from pathlib import Path; from feedmaker import config;"
        "config.load_usable(Path(sys.argv[1])); print('pydantic' in sys.modules)"
    )
    said = [
        subprocess.run(
            [sys.executable, "-c", code, str(folder)], capture_output=True, text=True, check=True
        ).stdout
        for _ in range(2)
    ]
    assert said == ["True\n", "False\n"]


def test_only_a_changed_file_is_checked_again(folder, checks):
    """So is all that takes a default from feedmaker.toml which changed."""
    config.load_usable(folder)
    site = folder / "sites" / "other.toml"
    site.write_text(site.read_text("utf-8").replace("items = 30", "items = 31"), "utf-8")
    config.load_usable(folder)
    assert checks == [*ALL, "other.toml"]
    main = folder / "feedmaker.toml"
    main.write_text(MAIN.replace("max_age = 10", "max_age = 11"), "utf-8")
    config.load_usable(folder)
    config.load_usable(folder)
    assert checks == [*ALL, "other.toml", *ALL]


def test_what_is_wrong_is_told_by_every_run(folder, checks):
    """The rest is known all the same."""
    config.load_usable(folder)
    site = folder / "sites" / "other.toml"
    site.write_text(SITE.replace("items = 30", 'items = "30"'), "utf-8")
    told = [config.load_usable(folder).problems for _ in range(3)]
    assert told[0] == told[1] == told[2]
    assert "sections[1].items" in "".join(told[0])
    assert checks == [*ALL, *["other.toml"] * 3]


def test_what_lies_outside_of_a_table_is_looked_at_by_every_run(folder, monkeypatch):
    """Other sites' sections, packages, where the store lies, and the file's name."""
    main, site = folder / "feedmaker.toml", folder / "sites" / "news.toml"
    main.write_text(MAIN.replace("thumbnails = false", "thumbnails = true"), "utf-8")
    monkeypatch.setattr(config, "find_spec", lambda name: name)
    assert config.load_usable(folder).problems == ()
    (folder / "sites" / "index.toml").write_text(SITE, "utf-8")
    assert "feedmaker's own" in "".join(config.load_usable(folder).problems)
    (folder / "sites" / "index.toml").unlink()
    site.rename(folder / "sites" / "renamed.toml")
    assert "'news/all' is no section" in "".join(config.load_usable(folder).problems)
    with pytest.raises(ConfigError, match="lies in"):
        config.load_usable(folder, folder.parent / "state")
    monkeypatch.setattr(config, "find_spec", lambda _: None)
    with pytest.raises(ConfigError, match="needs Pillow"):
        config.load_usable(folder)


def test_a_value_that_json_has_not_is_always_checked(folder, checks):
    """As text it would look like another one: a date like its text in quotes."""
    site = folder / "sites" / "news.toml"
    site.write_text(SITE.replace('title = "الكل"', "title = 2026-11-30"), "utf-8")
    first = config.load_usable(folder)
    with kept(folder).open("a", encoding="ascii") as file:
        file.write("\n")
    assert first == config.load_usable(folder)
    assert first.sites[0].sections[0].title == "2026-11-30"
    assert checks == [*ALL, "news.toml"]


@pytest.mark.parametrize("name", ["__version__", "sys.version", "changed code", "packages"])
def test_nothing_is_known_by_other_code(folder, checks, monkeypatch, name):
    """Another version, another Python, changed rules, other packages."""
    config.load_usable(folder)
    if name == "__version__":
        monkeypatch.setattr(checked_tables, name, "99")
    elif name == "sys.version":
        monkeypatch.setattr(sys, "version", "99")
    else:
        of = (
            table_checks.__file__ if name == "changed code" else sys.modules["pydantic"].__path__[0]
        )
        changed = Path(of) if name == "changed code" else Path(of).parent
        stat = Path.stat

        def later(path, **named):
            found = stat(path, **named)
            if path != changed:
                return found
            return os.stat_result((*found[:8], 0, 0, 0), {"st_mtime_ns": 1})

        monkeypatch.setattr(Path, "stat", later)
    config.load_usable(folder)
    assert checks == [*ALL, *ALL]


def test_check_knows_nothing(folder, checks):
    """Who asks whether all is right has all of it checked."""
    config.load_usable(folder)
    config.load(folder)
    assert checks == [*ALL, *ALL]


@pytest.mark.parametrize(
    "content", [b"", b"\n" * 9, b"\xff\x00", b"\x80\x04N.", b"99 'x'\n" + b"a" * 64, None]
)
def test_a_damaged_file_is_passed_over_and_replaced(folder, checks, content):
    """Nothing is told of it; None: the file cut in the middle of a digest."""
    config.load_usable(folder)
    whole = kept(folder).read_bytes()
    kept(folder).write_bytes(whole[:-80] if content is None else content)
    assert config.load_usable(folder).problems == ()
    assert len(checks) > len(ALL)
    assert kept(folder).read_bytes() == whole


def test_a_folder_that_is_not_the_users_alone_is_not_used(folder, checks, monkeypatch):
    """One of another user, one that others may write to, a link, none at all."""
    config.load_usable(folder)
    cache = folder.parent / "cache" / "feedmaker"
    before = kept(folder).read_bytes()
    own = os.geteuid()
    monkeypatch.setattr(os, "geteuid", lambda: own + 1)
    config.load_usable(folder)
    monkeypatch.setattr(os, "geteuid", lambda: own)
    cache.chmod(0o770)
    config.load_usable(folder)
    cache.chmod(0o700)
    cache.rename(folder.parent / "elsewhere")
    cache.symlink_to(folder.parent / "elsewhere")
    config.load_usable(folder)
    monkeypatch.setenv("XDG_CACHE_HOME", "/dev/null/x")
    config.load_usable(folder)
    assert checks == ALL * 5
    assert kept(folder).read_bytes() == before


def test_a_home_that_cannot_be_written_is_no_problem(folder, checks, monkeypatch):
    """All is checked by each run."""

    def fail(*_: object) -> None:
        raise PublishError("read-only")

    monkeypatch.setattr(checked_tables, "write_file", fail)
    assert config.load_usable(folder) == config.load_usable(folder)
    assert checks == [*ALL, *ALL]


def test_runs_at_once_are_safe(folder, checks):
    """Whoever comes last keeps a whole file."""
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda _: config.load_usable(folder), range(24)))
    assert all(one == found[0] for one in found)
    checks.clear()
    config.load_usable(folder)
    assert checks == []
    assert kept(folder).name.startswith("checked-")


@pytest.mark.parametrize("umask", [0o000, 0o077])
def test_no_secret_is_kept(folder, umask):
    """Nor anything else of the configuration; only its user may read it."""
    before = os.umask(umask)
    try:
        config.load_usable(folder)
    finally:
        os.umask(before)
    text = kept(folder).read_text("ascii")
    assert "hush" not in text
    assert "example" not in text
    assert kept(folder).stat().st_mode & 0o777 == 0o600
