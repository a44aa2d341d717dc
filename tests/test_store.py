"""The store: what is remembered, in which order, and what becomes of a killed write."""

from __future__ import annotations

import re
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from machine import small_disk, unmeasured
from records import keep_story, phrase

from feedmaker import store as store_module
from feedmaker.model import (
    Enclosure,
    Figures,
    HealedRule,
    Link,
    ListedLink,
    Note,
    State,
    Story,
    Validators,
)
from feedmaker.model.errors import CorruptError, DamagedRowError, LockedError, StoreError
from feedmaker.store import (
    Store,
    file_locks,
    forgetting,
    links,
    lock,
    sections,
    set_aside,
    sqlite,
    stories,
    wrong_clock,
)
from feedmaker.store.sqlite import Sqlite
from feedmaker.text import urls

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
NONE = Validators()


@pytest.fixture
def path(tmp_path):
    """Where a store may be made."""
    return tmp_path / "state" / "store.sqlite"


@pytest.fixture
def store(where):
    """An empty store."""
    with Store(where) as opened:
        yield opened


def link(name: str) -> Link:
    """A story link."""
    return Link(url=f"https://news.example/{name}", title=f"عنوان {name}")


def note(store: Store, *names: str, section: str = "all", due: datetime | None = NOW) -> None:
    """Note links, the first the newest."""
    listed = store.links.listed("news", section, [link(name) for name in names])
    store.links.note(
        "news", section, [seen_at(one, place, due) for place, one in enumerate(listed)]
    )


def seen_at(one: ListedLink, place: int = 0, due: datetime | None = NOW) -> ListedLink:
    """A link as it is noted: a new one is first seen now, and due."""
    if one.first_seen:
        return one
    first_seen = NOW - timedelta(seconds=place)
    return replace(one, first_seen=first_seen, next_check=one.next_check if one.is_stored else due)


def due(store: Store, section: str = "all", now: datetime = NOW) -> list:
    """The due links of a section."""
    return store.links.due("news", section, now)


def story(name: str, **how: object) -> Story:
    """A story of that link, shown an hour before now."""
    url = link(name).url
    usual = {
        "url": url,
        "title": name,
        "text": "نص",
        "published": NOW - HOUR,
        "updated": NOW - HOUR,
    }
    return Story(**{**usual, "first_seen": NOW, "id": urls.urn(urls.key(url)), **how})


def save(store: Store, name: str, **how: object) -> Story:
    """Keep a story of a noted link."""
    made = story(name, **how)
    (seen,) = [one for one in due(store) if one.url == link(name).url]
    keep_story(store, seen, made, "digest", None, NONE)
    return made


def test_a_link_is_new_once_and_keeps_when_it_was_first_seen(store):
    """Seeing a link again, in any section and by any of its spellings, changes nothing of it."""
    note(store, "a", "b")
    spelled = Link(url="http://www.news.example/a/?utm_source=x", title="عنوان a")
    listed = store.links.listed("news", "all", [link("a"), link("c"), spelled])
    assert [one.is_noted for one in listed] == [True, False, True]
    store.links.note("news", "all", [replace(listed[2], seen="2026-11-22")])
    assert next((one.url, one.first_seen) for one in due(store)) == (spelled.url, NOW)


def test_due_links_are_those_whose_time_has_come_newest_first(store):
    """What is due later or never is not given; articles never had come before those to be asked
    again.
    """
    note(store, "a", "b")
    note(store, "later", due=NOW + HOUR)
    note(store, "never", due=None)
    assert [one.url[-1] for one in due(store)] == ["a", "b"]
    (a, _) = due(store)
    keep_story(store, a, story("a"), "digest", NOW, Validators(etag='"1"'))
    again = due(store, now=NOW + HOUR)
    assert [one.url.rsplit("/")[-1] for one in again] == ["later", "b", "a"]
    assert (again[-1].digest, again[-1].checks, again[-1].validators.etag) == ("digest", 1, '"1"')


def test_failures_count_up_and_are_forgotten_when_the_article_is_had(store):
    """The count is what pauses grow by; a success ends it."""
    note(store, "a")
    for expected in (0, 1, 2):
        (seen,) = due(store)
        assert seen.failures == expected
        store.links.failed("news", seen, phrase("status 500"), NOW)
    assert [(one.url, str(one.reason or "")) for one in store.links.failures("news", "all")] == [
        (link("a").url, "status 500")
    ]
    store.links.fetched(due(store)[0], NOW)
    assert due(store)[0].failures == 0
    assert store.links.failures("news", "all") == []


def test_a_story_comes_back_as_it_was_kept(store):
    """Every field of a story survives, the offset of its date included."""
    note(store, "a")
    full = story(
        "a", html="<p>نص</p>", summary="ملخص", authors=("أحمد", "سارة"), image="https://news.example/a.jpg",
        published=datetime(2026, 11, 21, 10, 15, tzinfo=timezone(HOUR)), modified=NOW, category="رياضة",
        tags=("كرة", "قدم"), language="ar", teaser=True,
    )  # fmt: skip
    keep_story(store, due(store)[0], full, "digest", None, NONE)
    assert store.stories.get(full.id) == full
    assert store.stories.get(full.id).published.utcoffset() == HOUR
    assert store.stories.get("none") is None


def test_stories_of_a_section_are_newest_first_and_once(store):
    """Order is by the date shown, then by first sight; two links to one story show it once."""
    note(store, "a", "b", "c", "alias")
    for name, age in (("a", 3), ("b", 1), ("c", 2)):
        save(store, name, published=NOW - age * HOUR)
    (seen,) = [one for one in due(store) if one.url.endswith("alias")]
    store.links.alias(seen, story("b").id)
    assert [one.title for one in store.stories.of_section("news", "all")] == ["b", "c", "a"]
    assert store.stories.count("news", "all") == 3
    assert [one.title for one in store.stories.of_section("news", "other")] == []


def test_a_story_kept_again_moves_neither_id_nor_date(store):
    """A changed story takes the place of the old one, and its published date stays though the
    page's moved.
    """
    note(store, "a")
    (seen,) = due(store)
    old = save(store, "a")
    keep_story(store, seen, replace(old, text="آخر", published=NOW, updated=NOW), "d2", None, NONE)
    kept = store.stories.get(old.id)
    assert (kept.text, kept.published, kept.updated) == ("آخر", old.published, NOW)


def test_the_url_a_story_was_found_at_is_known_as_its_alias(store):
    """A redirect's target and a canonical link lead to the story of the first link."""
    note(store, "old")
    save(store, "old", url="https://news.example/new", id="urn:x")
    assert store.stories.title_at("https://news.example/new") == ("urn:x", "old")
    assert [one.is_stored for one in store.links.listed("news", "all", [link("new")])] == [True]
    assert store.stories.title_at("https://news.example/other") == ("", "")


def changes(store: Store, *sections: str) -> list[int]:
    """How many changes each of these sections has seen."""
    return [store.sections.changed("news", section) for section in sections]


def test_a_saved_story_changes_the_feeds_of_its_sections_and_no_others(store):
    """That is counted with the story, so a run that dies before publishing is healed by the next."""
    note(store, "a")
    note(store, "a", section="second")
    note(store, "b", section="third")
    before = changes(store, "all", "second", "third")
    known = store.sections.changes()
    save(store, "a")
    after = changes(store, "all", "second", "third")
    assert [new - old for new, old in zip(after, before, strict=True)] == [1, 1, 0]
    now = store.sections.changes()
    assert {name.section: now[name] - known[name] for name in now} == {
        "all": 1,
        "second": 1,
        "third": 0,
    }


def test_a_story_known_from_elsewhere_changes_a_section_when_it_appears_there(store):
    """An article in two sections is fetched once, and is in the second feed all the same."""
    note(store, "a")
    save(store, "a")
    before = changes(store, "all", "second")
    note(store, "a", section="second")
    again = changes(store, "all", "second")
    assert again == [before[0], before[1] + 1]
    note(store, "a", section="second")
    assert changes(store, "all", "second") == again


def test_state_validators_navigation_and_robots_are_remembered(where):
    """What one run learnt the next one knows, after closing and opening."""
    state = State(
        status="kept",
        reason=phrase("status 500"),
        since=NOW,
        told=NOW,
        good_at=NOW - HOUR,
        links=7,
        notes=(
            Note(replace(phrase("status 500"), url="https://news.example/2"), NOW - HOUR, NOW),
            Note(phrase("خبر"), NOW),
        ),
    )
    with Store(where) as store:
        store.sections.set_state("news", "all", state, changed=True)
        store.sections.set_nav("news", "all", "label page", "https://news.example/x")
        store.sections.set_validators(
            "news", "all", {"https://news.example/": Validators(etag='"e"')}, "made so"
        )
        store.robots["https://news.example"] = ("User-agent: *", 12.5)
        store.set_meta("pages", "x")
    with Store(where) as store:
        kept = store.sections.state("news", "all")
        assert kept == replace(state, nav_from="label page", nav_url="https://news.example/x")
        assert store.sections.states() == {("news", "all"): kept}
        assert store.sections.validators(
            "news", "all", "https://news.example/", "made so"
        ) == Validators(etag='"e"')
        assert (
            store.sections.validators("news", "all", "https://news.example/", "made otherwise")
            == NONE
        )
        assert (
            store.sections.validators("news", "other", "https://news.example/", "made so") == NONE
        )
        assert store.robots.get("https://news.example") == ("User-agent: *", 12.5)
        assert store.robots.get("https://other.example") is None
        assert store.meta("pages") == "x"
        assert store.meta("none") == ""


def test_a_forgotten_section_leaves_its_stories(store):
    """Other sections may show them; the section itself is gone."""
    note(store, "a")
    made = save(store, "a")
    store.sections.forget("news", "all")
    assert store.sections.states() == {}
    assert list(store.stories.of_section("news", "all")) == []
    assert store.stories.get(made.id) == made


def test_what_is_no_store_is_refused_and_left_alone(path):
    """A text file, a folder, another program's database, a later schema: one clear line, and
    nothing is overwritten.
    """
    path.parent.mkdir()
    path.write_text("no database " * 100)
    with pytest.raises(CorruptError, match="not a database"):
        Store(path)
    assert path.read_text() == "no database " * 100
    with pytest.raises(StoreError, match="cannot be used"):
        Store(path.parent)
    foreign = path.with_name("foreign.sqlite")
    for table in ("albums (title TEXT)", "meta (key TEXT)", "links (url TEXT)"):
        with closing(sqlite3.connect(foreign)) as db:
            db.execute(f"CREATE TABLE {table}")
        with pytest.raises(StoreError, match="no store of feedmaker") as raised:
            Store(foreign)
        assert not isinstance(raised.value, CorruptError)
    later = path.with_name("later.sqlite")
    with Store(later) as store:
        store.set_meta("schema", "99")
    with pytest.raises(StoreError, match="later feedmaker"):
        Store(later)


def older(path, version: int = 1) -> None:
    """A store as an older feedmaker left it, with a link, a story and a section."""
    path.parent.mkdir(exist_ok=True)
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        for number in range(1, version + 1):
            db.executescript((store_module._STEPS / f"{number}.sql").read_text("utf-8"))
        db.execute("INSERT INTO meta VALUES ('schema', ?)", (str(version),))
        db.execute(
            "INSERT INTO sections (site, section, status, links) VALUES ('news', 'all', 'kept', 7)"
        )
        db.execute(
            "INSERT INTO links (key, url, story, title, first_seen) VALUES ('k', 'u', 'i', 't', '2026')"
        )
        db.execute("INSERT INTO section_links (site, section, key) VALUES ('news', 'all', 'k')")


def schema_of(path) -> set[tuple]:
    """Tables, columns and indexes of a store."""
    with closing(sqlite3.connect(path)) as db:
        names = [name for (name,) in db.execute("SELECT name FROM sqlite_master")]
        return {
            (name, *column)
            for name in names
            for column in db.execute(f"PRAGMA table_xinfo('{name}')")
        }


@pytest.mark.parametrize("version", range(1, store_module.SCHEMA))
def test_a_store_of_an_older_version_is_upgraded_and_keeps_what_it_knows(path, version):
    """The steps it lacks are run; then it cannot be told from one made today."""
    older(path, version)
    with Store(path) as store:
        assert store.meta("schema") == str(store_module.SCHEMA)
        assert (
            store.sections.state("news", "all").status,
            store.sections.state("news", "all").links,
        ) == ("kept", 7)
        assert [one.url for one in store.links.newest("news", "all")] == ["u"]
    with Store(path.with_name("new.sqlite")):
        pass
    assert schema_of(path) == schema_of(path.with_name("new.sqlite"))


def test_an_upgrade_that_fails_or_is_killed_leaves_the_old_store(path, monkeypatch):
    """All steps are one transaction: after an error, and after SIGKILL before its end, the old
    version is there.
    """
    older(path)
    before = schema_of(path)
    monkeypatch.setattr(store_module, "_SET_SCHEMA", "INSERT INTO nowhere VALUES (:version)")
    with pytest.raises(StoreError, match="nowhere"):
        Store(path)
    assert schema_of(path) == before
    code = (
        "import os, signal, sys\n"
        "from pathlib import Path\n"
        "from feedmaker import store\n"
        "store.os.urandom = lambda _: os.kill(os.getpid(), signal.SIGKILL)\n"
        "store.Store(Path(sys.argv[1]))\n"
    )
    assert subprocess.run([sys.executable, "-c", code, str(path)], check=False).returncode == -9
    assert schema_of(path) == before
    monkeypatch.undo()
    with Store(path) as store:
        assert store.meta("schema") == str(store_module.SCHEMA)


def filled(path) -> None:
    """A store with some hundred pages."""
    with Store(path) as store:
        for number in range(40):
            note(store, f"a{number}")
            save(store, f"a{number}", html="<p>نص</p>" * 500)


def read_and_write(path) -> None:
    """What a run does with a store."""
    with Store(path) as store:
        list(store.stories.of_section("news", "all"))
        store.sections.forget("news", "all")
        note(store, "b")


@pytest.mark.parametrize("cut", [0.0, 0.1, 0.5, 0.9])
def test_a_cut_or_overwritten_store_is_told_as_corrupt(path, cut):
    """Whether it is seen when the store is opened or only when a damaged page is read."""
    filled(path)
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * cut)] + b"\xa5" * int(len(data) * (1 - cut)))
    with pytest.raises(CorruptError, match="the store is corrupt"):
        read_and_write(path)


def test_a_corrupt_store_that_a_killed_run_left_is_seen_at_once(path):
    """A log beside the file tells that its last run did not end: the file is looked through when it
    is opened.
    """
    filled(path)
    data = bytearray(path.read_bytes())
    data[len(data) // 2 :] = b"\xa5" * len(data[len(data) // 2 :])
    path.write_bytes(data)
    path.with_name(path.name + "-wal").write_bytes(b"")
    with pytest.raises(CorruptError):
        Store(path)


def test_a_corrupt_store_is_moved_aside_with_all_its_files(path):
    """Nothing is thrown away, and a new store takes its place."""
    path.parent.mkdir()
    path.write_bytes(b"broken")
    path.with_name(path.name + "-wal").write_bytes(b"log")
    aside = set_aside(path, NOW)
    assert (aside.name, aside.read_bytes()) == ("store.sqlite.corrupt-20261122T120000", b"broken")
    assert aside.with_name(aside.name + "-wal").read_bytes() == b"log"
    with Store(path) as store:
        assert store.sections.states() == {}


def test_a_store_that_another_program_writes_to_is_waited_for_briefly(path, monkeypatch):
    """`database is locked` is told as what it is, and nothing is moved away for it."""
    monkeypatch.setattr(sqlite, "_WAIT", 0.1)
    with Store(path) as store, closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StoreError, match="another program is writing") as raised:
            store.set_meta("a", "b")
        assert not isinstance(raised.value, CorruptError)
        other.execute("ROLLBACK")
        store.set_meta("a", "b")


def test_a_write_that_fails_half_way_leaves_nothing(store):
    """A transaction is all or nothing: the second link's failure takes the first one back."""
    bad = Link(url="https://news.example/b", title=object())
    listed = [seen_at(one) for one in store.links.listed("news", "all", [link("a"), bad])]
    with pytest.raises(StoreError, match="cannot be"):
        store.links.note("news", "all", listed)
    assert due(store) == []
    assert store.links.is_empty("news", "all")
    note(store, "a")
    assert not store.links.is_empty("news", "all")


def test_a_killed_write_leaves_a_sound_store(where):
    """SIGKILL in the middle of a transaction: the store opens, and holds all of what was committed
    before.
    """
    with Store(where) as store:
        note(store, "a")
    code = (
        "import os, signal, sys\n"
        "from feedmaker.store import Store\n"
        "store = Store(sys.argv[1])\n"
        "def work():\n"
        "    store._db.execute('DELETE FROM section_links')\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
        "store._db.transaction(work)\n"
    )
    assert subprocess.run([sys.executable, "-c", code, where], check=False).returncode == -9
    with Store(where) as store:
        assert len(due(store)) == 1


def test_a_killed_write_leaves_a_sound_file(path):
    """SQLite finds nothing wrong with the file either."""
    with Store(path) as store:
        note(store, "a")
    code = (
        "import os, signal, sys\n"
        "from feedmaker.store import Store\n"
        "store = Store(sys.argv[1])\n"
        "store._db.transaction(lambda: os.kill(os.getpid(), signal.SIGKILL))\n"
    )
    assert subprocess.run([sys.executable, "-c", code, str(path)], check=False).returncode == -9
    assert sqlite3.connect(path).execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_store_that_others_have_open_is_neither_looked_through_nor_moved_away(path, monkeypatch):
    """Its file of latest changes is that of a killed run only where nobody has it open."""
    checked = []
    monkeypatch.setattr(Sqlite, "_check_file", lambda _: checked.append(path))
    monkeypatch.setattr(file_locks, "_WAIT", 0.0)
    with Store(path) as store:
        store.set_meta("x", "y")
        assert path.with_name("store.sqlite-wal").exists()
        with Store(path) as other:
            assert other.meta("x") == "y"
        with pytest.raises(LockedError, match="has this store open"):
            set_aside(path, NOW)
        assert not checked
    code = (
        "import os, signal, sys\nfrom feedmaker.store import Store\n"
        "Store(sys.argv[1]).set_meta('x', 'z')\nos.kill(os.getpid(), signal.SIGKILL)\n"
    )
    subprocess.run([sys.executable, "-c", code, str(path)], check=False)
    with Store(path) as store:
        assert store.meta("x") == "z"
        assert len(checked) == 1
    set_aside(path, NOW)
    assert not path.exists()


def test_a_second_run_is_refused_and_the_lock_of_a_killed_one_is_none(path):
    """Two runs never share a store; the kernel frees what a killed run held."""
    with lock(path), pytest.raises(LockedError, match="another run"), lock(path):
        pass
    code = (
        "import os, signal, sys\nfrom pathlib import Path\nfrom feedmaker.store import lock\n"
        "with lock(Path(sys.argv[1])):\n    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    subprocess.run([sys.executable, "-c", code, str(path)], check=False)
    with lock(path):
        pass


FULL = """
import sqlite3, sys
from pathlib import Path
from feedmaker.model.errors import StoreError
from feedmaker.store import Store, lock
try:
    with lock(Path(sys.argv[1])), Store(sys.argv[1]) as store:
        for number in range(300):
            store.set_meta(str(number), "x" * 500)
except StoreError as error:
    print(str(error).partition(": ")[2])
"""


@pytest.mark.parametrize("room", [(8,), (32,), (64,), (4000, 1), (4000, 2), (4000, 3)])
def test_a_full_disk_is_told_as_one(path, room):
    """No room for the lock, for the store, for what SQLite keeps beside it, or for one more write."""
    with small_disk(path.parent, *room):
        done = subprocess.run(
            [sys.executable, "-c", FULL, str(path)], check=False, capture_output=True, text=True
        )
    assert "free some space" in done.stdout or "has its disk room" in done.stdout, done
    assert "is its folder writable" not in done.stdout
    assert done.stderr == ""


def test_a_disk_that_refuses_a_write_may_be_full(path):
    """What SQLite calls an I/O error is told with its most usual reason; here a limit on the size
    of files.
    """
    code = (
        "import resource, signal\nsignal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, (150_000, 150_000)){FULL}"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(path)],
        check=False,
        capture_output=True,
        text=True,
        env=unmeasured(),
    )
    assert (
        done.stdout
        == "the store cannot be written (disk I/O error); the disk may be full: free some space\n"
    ), done


@pytest.mark.parametrize("kind", ["file", "postgres"])
def test_two_runs_never_work_on_one_site_of_a_store(request, kind, path):
    """The second is refused at once, other sites are free, beside a whole run of a file too, and a
    run that ends however it ends frees its site.
    """
    url = path if kind == "file" else request.getfixturevalue("postgres").url()
    with Store(url) as one, Store(url) as other, lock(url):
        with one.site_lock("news"):
            with pytest.raises(LockedError, match="news: another run"), other.site_lock("news"):
                pass
            with other.site_lock("sport"):
                pass
        with other.site_lock("news"):
            pass
    code = (
        "import os, signal, sys\nfrom feedmaker.store import Store\n"
        "with Store(sys.argv[1]).site_lock('news'):\n    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    subprocess.run([sys.executable, "-c", code, str(url)], check=False)
    with Store(url) as store:
        for _ in range(50):  # the server needs a moment to see that the process is gone
            try:
                with store.site_lock("news"):
                    break
            except LockedError:
                time.sleep(0.1)
        else:
            pytest.fail("the lock of a killed run stays")


def test_a_restarted_database_is_a_pause(postgres):
    """Reading, writing and a transaction in the middle go on after it, and the site is still held."""
    url = postgres.url()
    with Store(url) as store, store.site_lock("news"):
        note(store, "a")
        postgres.restart()
        assert len(due(store)) == 1
        postgres.restart()
        note(store, "b")
        broken = []

        def work() -> None:
            store.set_meta("first", "x")
            if not broken:
                broken.append(postgres.restart())
            store.set_meta("second", "x")

        store._db.transaction(work)
        assert (store.meta("first"), store.meta("second")) == ("x", "x")
        assert len(due(store)) == 2
        with Store(url) as other, pytest.raises(LockedError), other.site_lock("news"):
            pass


def test_a_site_that_another_run_took_meanwhile_is_left_to_it(postgres):
    """A session that lost its lock with its connection, and cannot have it back, goes no further."""
    url = postgres.url()
    with Store(url) as store, Store(url) as other, store.site_lock("news"):
        postgres.restart()
        with other.site_lock("news"), pytest.raises(LockedError):
            store.meta("x")


@pytest.mark.parametrize(
    "where",
    [
        "postgresql://u:hush%xhush@127.0.0.1:1/db",
        "postgresql://u:hush%40hush@127.0.0.1:1/db",
        "postgresql://u:hush@hush@127.0.0.1:1/db",
        "postgresql://u:hush@[::1/db",
        "postgresql://u:hush hush@127.0.0.1:1/db",
        "postgresql://u:hush%00@127.0.0.1:1/db",
        "postgresql://127.0.0.1:1/db?password=hush",
        "postgresql://u:hush@127.0.0.1:1/db?bogus=1",
        "postgresql://u:x/hush@127.0.0.1:1/db",
        "postgresql://u:1/hush@127.0.0.1/db",
    ],
)
def test_a_password_is_told_by_no_error(where):
    """No part of it, escaped or not: what libpq says of a URL would show it."""
    pytest.importorskip("psycopg", reason="the extra is missing: feedmaker[postgres]")
    with pytest.raises(StoreError) as caught:
        Store(where)
    assert "hush" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_database_that_cannot_be_reached_is_told_in_one_line_without_its_password():
    """Nobody listens, or the URL is none."""
    with pytest.raises(StoreError, match="cannot be reached") as told:
        Store("postgresql://me:secret@127.0.0.1:1/feeds")
    assert "secret" not in str(told.value)
    assert "\n" not in str(told.value)
    with pytest.raises(StoreError, match="no PostgreSQL URL") as told:
        Store("postgresql://me:sec%ret@host/name")
    assert "sec" not in str(told.value)
    with pytest.raises(StoreError, match="no PostgreSQL URL"):
        Store("postgresql://me@host/name?nonsense=1")


def test_transactions_in_each_others_way_are_both_done(postgres):
    """Two sessions that lock the same rows in opposite order: PostgreSQL ends one of them, and it
    is done again.
    """
    url = postgres.url()
    with Store(url) as store:
        for name in ("one", "two"):
            store.set_meta(name, "")
    meet = threading.Barrier(2)

    def write(mark: str, names: tuple[str, str]) -> None:
        tries = []

        def work() -> None:
            store.set_meta(names[0], mark)
            if not tries:
                tries.append(meet.wait(10))
            store.set_meta(names[1], mark)

        with Store(url) as store:
            store._db.transaction(work)

    threads = [
        threading.Thread(target=write, args=("a", ("one", "two"))),
        threading.Thread(target=write, args=("b", ("two", "one"))),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    with Store(url) as store:
        assert store.meta("one") == store.meta("two") != ""


def test_many_that_make_a_shared_store_at_once_make_one(postgres):
    """Workers that start together on an empty database find its tables made once."""
    url = postgres.url()
    code = "import sys\nfrom feedmaker.store import Store\nStore(sys.argv[1]).meta('schema')\n"
    started = [subprocess.Popen([sys.executable, "-c", code, url]) for _ in range(4)]
    assert [one.wait(30) for one in started] == [0, 0, 0, 0]


def test_a_text_with_nul_is_kept_without_it(store):
    """PostgreSQL's texts hold none, and no feed may."""
    note(store, "a")
    made = save(store, "a", title="عنوان\0طويل")
    assert store.stories.get(made.id).title.replace("\0", "") == "عنوانطويل"


def all_statements() -> dict[str, str]:
    """The SQL of all parts of the store, by module and name."""
    found = {}
    for module in (store_module, forgetting, links, sections, stories, wrong_clock):
        for name, value in vars(module).items():
            for number, text in enumerate(value if isinstance(value, tuple) else (value,)):
                if isinstance(text, str) and re.match(r"\s*(SELECT|INSERT|UPDATE|DELETE)\b", text):
                    found[f"{module.__name__}.{name} {number}"] = text
    return found


def test_no_statement_looks_through_all_links_or_stories(path):
    """Each finds what it wants by an index: what a store holds of other sections costs a section
    nothing.
    """
    assert len(all_statements()) > 40
    with Store(path) as store:
        for name, sql in all_statements().items():
            values = dict.fromkeys(re.findall(r"(?<![:\w]):(\w+)", sql), "")
            plan = [
                row["detail"] for row in store._db.execute(f"EXPLAIN QUERY PLAN {sql}", **values)
            ]
            assert not [
                line
                for line in plan
                if re.match(r"SCAN (links|stories|section_links|pictures)\b", line)
            ], name


def test_postgresql_knows_every_name_and_column_of_every_statement(postgres):
    """It prepares each, as SQLite does above."""
    with Store(postgres.url()) as store:
        for number, sql in enumerate(all_statements().values()):
            numbered = re.sub(r"(?<!:):[a-z_]+", "NULL", sql)
            store._db.execute(f"EXPLAIN {numbered}")
            assert number >= 0


def test_no_question_to_postgresql_reads_a_whole_table(postgres):
    """None of the large ones is read from end to end where the planner may use an index."""
    with Store(postgres.url()) as store:
        store._db.execute("SET enable_seqscan = off")  # all are small here
        for name, sql in all_statements().items():
            if not sql.lstrip().startswith("SELECT"):
                continue
            names = re.findall(r"(?<![:\w]):(\w+)", sql)
            values = {one: 1 if one in ("count", "last", "most") else "" for one in names}
            rows = store._db.execute(f"EXPLAIN {sql}", **values)
            plan = "\n".join(row["QUERY PLAN"] for row in rows)
            assert " on " in plan, name
            assert not re.search(r"Seq Scan on (links|stories|section_links|pictures)\b", plan), (
                name
            )


def test_a_locked_table_ends_in_a_clear_error(postgres, monkeypatch):
    """Not in a run that waits for ever; what was held is free again."""
    import psycopg

    from feedmaker.store import postgres as postgres_module

    assert "lock_timeout = '15s'" in postgres_module._LIMITS
    monkeypatch.setattr(postgres_module, "_LIMITS", "SET lock_timeout = '300ms'")
    url = postgres.url()
    with Store(url) as store:
        note(store, "a")
        with psycopg.connect(url) as blocker:
            blocker.execute("LOCK TABLE section_links")
            began = time.monotonic()
            with pytest.raises(StoreError, match="another session holds a lock"):
                note(store, "b")
            assert time.monotonic() - began < 5
        note(store, "b")
        assert len(due(store)) == 2


def test_a_database_that_hangs_ends_in_a_clear_error(postgres, monkeypatch):
    """It took the connection, and answers nothing: its process is stopped here."""
    import psutil

    from feedmaker.store import postgres as postgres_module

    assert postgres_module._SILENCE < 25
    monkeypatch.setattr(postgres_module, "_SILENCE", 1.0)
    with Store(postgres.url()) as store:
        note(store, "a")
        pid = store._db._connection.info.backend_pid
        backend = psutil.Process(pid)
        server = psutil.Process(postgres._server.get_pid())
        began = time.monotonic()
        try:
            backend.suspend()
            server.suspend()
            with pytest.raises(StoreError, match="cannot be reached"):
                note(store, "b")
        finally:
            server.resume()
            backend.resume()
        assert time.monotonic() - began < 25


DAMAGES = {
    "sections": "UPDATE sections SET since = '2026-13-45T00:00:00+00:00'",
    "links": "UPDATE links SET first_seen = 'x' WHERE url LIKE '%/a'",
    "section_links": "UPDATE section_links SET first_seen = 'x' WHERE key LIKE '%/c'",
    "stories": "UPDATE stories SET authors = '[\"x' WHERE url LIKE '%/a'",
    "events": "INSERT INTO events VALUES ('zz', 'news', 'all', 'kept', 'r')",
    "heals": "INSERT INTO heals VALUES ('news', 'all', 'links', 'x', 'y', 1, 1, 'zz')",
}


def read_all(store: Store) -> None:
    """Read what runs read."""
    store.sections.states()
    store.sections.events("news", "all")
    store.sections.healed_rules("news")
    due(store)
    list(store.stories.of_section("news", "all"))


@pytest.mark.parametrize("table", DAMAGES)
def test_a_damaged_row_is_set_aside_and_the_others_stay(where, table):
    """Whatever harmed it: it is told as what it is, kept apart, and what it was of is due again."""
    with Store(where) as store:
        note(store, "a", "b")
        save(store, "a")
        save(store, "b")
        note(store, "c")
        store.sections.set_state("news", "all", State(status="published", since=NOW), changed=True)
        read_all(store)
        store._db.execute(DAMAGES[table])
        if table == "links":
            store._db.execute("UPDATE section_links SET next_check = '2026-01-01'")
        with pytest.raises(DamagedRowError, match="`feedmaker build` sets it aside"):
            read_all(store)
        assert store.set_damaged_aside(NOW) == {table: 1}
        assert store.set_damaged_aside(NOW) == {}
        read_all(store)
        kept = [row["kind"] for row in store._db.execute("SELECT kind FROM damaged")]
        assert kept == [table]
        stories = [one.url for one in store.stories.of_section("news", "all")]
        assert len(stories) == (1 if table == "stories" else 2)
        if table in ("stories", "links"):
            assert link("a").url in [one.url for one in due(store)]


@pytest.mark.parametrize("value", ["CAST(x'd8d8ff' AS TEXT)", "x'ff00'"])
def test_a_text_that_is_none_is_set_aside(path, value):
    """SQLite keeps whatever it is given."""
    with Store(path) as store:
        note(store, "a", "b")
        save(store, "a")
        save(store, "b")
        store._db.execute(f"UPDATE stories SET title = {value} WHERE url LIKE '%/a'")
        with pytest.raises(DamagedRowError):
            list(store.stories.of_section("news", "all"))
        assert store.set_damaged_aside(NOW) == {"stories": 1}
        assert [one.url for one in store.stories.of_section("news", "all")] == [link("b").url]


def day(number: int) -> str:
    """A day after now, as links are noted."""
    return f"{NOW + number * DAY:%Y-%m-%d}"


def seen_on(store: Store, name: str, number: int, due: datetime | None = None) -> None:
    """Note a link as one that stood on the listing on that day."""
    (one,) = store.links.listed("news", "all", [link(name)])
    first_seen = one.first_seen or NOW
    noted = replace(one, first_seen=first_seen, next_check=due, seen=day(number))
    store.links.note("news", "all", [noted])


def test_links_without_a_story_are_forgotten_by_age(store):
    """A month after they last stood on the listing; what waits to be fetched stays as long."""
    seen_on(store, "old", 0)
    seen_on(store, "waiting", 0, due=NOW)
    seen_on(store, "listed", 31)
    note(store, "story")
    save(store, "story")
    store.forget("news", "all", items=50, keep_days=0, now=NOW + 29 * DAY)
    assert len(store.links.newest("news", "all")) == 4
    store.forget("news", "all", items=50, keep_days=0, now=NOW + 32 * DAY)
    names = {one.url.rpartition("/")[2] for one in store.links.newest("news", "all")}
    assert names == {"listed", "story"}
    (again,) = store.links.listed("news", "all", [link("old")])
    assert not again.is_noted
    assert [
        row["url"] for row in store._db.execute("SELECT url FROM links WHERE url LIKE '%/old'")
    ] == []


def test_of_very_many_links_without_a_story_the_newest_stay(store, monkeypatch):
    """A listing that is always new does not make the store grow for ever."""
    monkeypatch.setattr(forgetting, "_MOST", 2)
    for number in range(5):
        seen_on(store, f"a{number}", number, due=NOW)
    store.forget("news", "all", items=50, keep_days=0, now=NOW + 5 * DAY)
    names = {one.url.rpartition("/")[2] for one in store.links.newest("news", "all")}
    assert names == {"a3", "a4"}


def test_stories_are_forgotten_where_keep_days_says_so(store):
    """Not those that the feed shows, that stand on a listing, or that another section has."""
    for number, name in enumerate("abcde"):
        note(store, name)
        save(store, name, published=NOW - number * DAY, image=f"https://news.example/{name}.jpg")
    note(store, "d", section="other")
    listed = store.links.listed("news", "all", [link("c")])
    store.links.note("news", "all", [replace(listed[0], seen=day(40))])
    store.forget("news", "all", items=1, keep_days=0, now=NOW + 41 * DAY)
    assert store.stories.count("news", "all") == 5
    store.forget("news", "all", items=1, keep_days=30, now=NOW + 41 * DAY)
    kept = [one.url.rpartition("/")[2] for one in store.stories.of_section("news", "all")]
    assert kept == ["a", "c"]
    assert store.stories.count("news", "other") == 1
    stories = [row["url"] for row in store._db.execute("SELECT url FROM stories ORDER BY url")]
    assert stories == [link(name).url for name in "acd"]
    pictures = store._db.execute("SELECT url FROM pictures ORDER BY url")
    assert len(pictures) == 3


def test_what_is_used_in_place_of_a_rule_is_remembered(where):
    """By site, section and kind, the last one; it goes with its section."""
    heal = HealedRule(
        what="links", before="div.a", kind="selectors", name="div.b", agreed=7, confidence=0.91
    )
    with Store(where) as store:
        store.sections.set_healed_rule("news", "sport", replace(heal, kind="page", name=""), NOW)
        store.sections.set_healed_rule("news", "sport", heal, NOW)
        store.sections.set_healed_rule("news", "", replace(heal, what="body"), NOW)
        assert store.sections.healed_rules("news") == [
            ("", replace(heal, what="body", at=NOW)),
            ("sport", replace(heal, at=NOW)),
        ]
        store.sections.forget("news", "sport")
        assert [section for section, _ in store.sections.healed_rules("news")] == [""]


def test_the_times_of_a_section_are_those_of_its_stories_however_they_came_into_it(store):
    """Fetched in it, known from another section before, or found by a second link: newest first."""
    note(store, "a", "b", "alias")
    save(store, "a", published=NOW - 3 * HOUR)
    save(store, "b", published=NOW - HOUR)
    assert store.stories.times("news", "all") == [NOW - HOUR, NOW - 3 * HOUR]
    note(store, "b", "c", section="second")
    assert store.stories.times("news", "second") == [NOW - HOUR]
    (seen,) = [one for one in due(store) if one.url.endswith("alias")]
    store.links.alias(seen, story("a").id)
    assert store.stories.times("news", "all") == [NOW - HOUR, NOW - 3 * HOUR, NOW - 3 * HOUR]
    assert store.stories.times("news", "all", 1) == [NOW - HOUR]


# ---- what goes out beside the stories, and how sections fared


def test_a_picture_is_described_once_and_then_known(store):
    """Due with its story, in its sections; known by its address when its server told of it."""
    note(store, "a", "b")
    first, second = due(store)
    keep_story(
        store, first, story("a", image="https://news.example/a.jpg"), "1", None, NONE, site="news"
    )
    keep_story(
        store, second, story("b", image="https://news.example/b.jpg"), "2", None, NONE, site="news"
    )
    asked = store.stories.pictures_due("news", "all", NOW, 10)
    assert sorted(asked.items()) == [
        ("https://news.example/a.jpg", 0),
        ("https://news.example/b.jpg", 0),
    ]
    assert store.stories.pictures_due("news", "other", NOW, 10) == {}
    before = store.sections.changed("news", "all")
    told = Enclosure(url="https://news.example/a.jpg", type="image/jpeg", length=5_000_000_000)
    store.stories.describe_picture(told.url, told, None)
    store.stories.describe_picture("https://news.example/b.jpg", None, NOW + HOUR)
    assert store.sections.changed("news", "all") == before + 1
    assert store.stories.pictures([told.url, "https://news.example/b.jpg", None]) == {
        told.url: told
    }
    assert store.stories.pictures_due("news", "all", NOW, 10) == {}
    assert store.stories.pictures_due("news", "all", NOW + HOUR, 10) == {
        "https://news.example/b.jpg": 1
    }


def test_outlines_tell_month_and_what_an_edit_changes(store):
    """Newest first, without texts; the print of a story changes with it alone."""
    note(store, "a", "b")
    for one in due(store):
        name = one.url.rsplit("/", 1)[1]
        at = NOW - timedelta(days=40 if name == "b" else 0)
        keep_story(
            store, one, story(name, published=at, also=("رياضة",)), "1", None, NONE, site="news"
        )
    newest, oldest = store.stories.outlines("news", "all")
    assert (newest.month, oldest.month) == ("2026-11", "2026-10")
    assert (newest.story.also, newest.story.text) == (("رياضة",), "")
    keep_story(
        store,
        one,
        replace(store.stories.get(oldest.story.id), also=()),
        "2",
        None,
        NONE,
        site="news",
    )
    assert store.stories.outlines("news", "all")[0] == newest
    assert store.stories.outlines("news", "all")[1].print != oldest.print


def test_pings_wait_until_they_are_told(store):
    """Each feed once."""
    store.sections.add_pings(["https://f.example/b", "https://f.example/a", "https://f.example/a"])
    assert store.sections.pings() == ["https://f.example/a", "https://f.example/b"]
    store.sections.ping_sent("https://f.example/a")
    assert store.sections.pings() == ["https://f.example/b"]


def test_figures_and_days_are_counted_of_the_newest_stories(store):
    """Dates of their own, authors, pictures, full texts; and how many there are of each day."""
    assert store.stories.figures("news", "all") == Figures()
    note(store, "a", "b", "c")
    told = {
        "a": {"authors": ("سعاد",), "image": "https://news.example/a.jpg"},
        "b": {"teaser": True, "published": NOW, "first_seen": NOW},
        "c": {"published": NOW - timedelta(days=3)},
    }
    for one in due(store):
        name = one.url.rsplit("/", 1)[1]
        keep_story(store, one, story(name, **told[name]), "1", None, NONE, site="news")
    assert store.stories.figures("news", "all") == Figures(
        stories=3, dated=2, signed=1, pictured=1, whole=2
    )
    assert store.stories.figures("news", "all", count=1).stories == 1
    today = NOW.date()
    assert store.stories.days("news", "all", today - timedelta(days=9)) == {
        today: 2,
        today - timedelta(days=3): 1,
    }
    assert store.stories.days("news", "all", today) == {today: 2}


def test_events_come_newest_first(store):
    """When a section broke and healed."""
    for hours, status in ((3, "published"), (2, "kept"), (1, "unchanged")):
        store.sections.set_state(
            "news", "all", State(status=status, since=NOW - hours * HOUR), changed=True
        )
    assert [(event.status, event.at) for event in store.sections.events("news", "all", 2)] == [
        ("unchanged", NOW - HOUR),
        ("kept", NOW - 2 * HOUR),
    ]


def test_a_link_moves_with_its_story(store):
    """The new address is asked, the old one no more; the story leads to the new one."""
    note(store, "a")
    (one,) = due(store)
    keep_story(store, one, story("a"), "1", None, NONE, site="news")
    moved = Link(url="https://new.example/a", title="عنوان جديد")
    assert store.links.move(urls.key(one.url), moved, NOW)
    assert not store.links.move("nowhere.example/x", moved, NOW)
    (listed,) = store.links.listed("news", "all", [moved])
    store.links.note("news", "all", [listed])
    (again,) = due(store)
    assert (again.url, again.story, again.first_seen) == (moved.url, one.story, one.first_seen)
    assert store.stories.get(one.story).url == moved.url


def test_a_story_whose_address_is_gone_is_shown_at_another(store):
    """At the last one it was had at; where there is none, nothing changes."""
    note(store, "a", "b")
    first, second = due(store)
    keep_story(store, first, story("a"), "1", None, NONE, site="news")
    store.links.gone(first)
    assert store.stories.get(first.story).url == first.url
    store.links.alias(second, first.story)
    store.links.fetched(replace(second, story=first.story), None)
    store.links.gone(first)
    assert store.stories.get(first.story).url == second.url
