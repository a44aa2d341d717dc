"""A store is checked, backed up beside a run, and moved between SQLite and PostgreSQL, all of it."""

from __future__ import annotations

import sqlite3
import stat
from pathlib import Path

import pytest

from feedmaker import cli
from feedmaker.store import Store, copying, is_shared, lock

SCHEMA = Path(copying.__file__).parent / "schema"


@pytest.fixture
def folder(news, tmp_path, monkeypatch):
    """The folder of a configuration whose store has three stories."""
    news.run()
    config = tmp_path / "config"
    config.mkdir()
    (config / "feedmaker.toml").write_text('store = "store.sqlite"\n', "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("FEEDMAKER_LANG", "en")
    return tmp_path


def run(*arguments: str) -> int:
    """The exit code of `feedmaker store`."""
    with pytest.raises(SystemExit) as ended:
        cli.main(["store", *arguments])
    return ended.value.code


def rows(where: str | Path) -> dict[str, list]:
    """All rows of a store by table, but its own name."""
    with Store(where) as store:
        return {
            table: sorted(
                str(sorted(dict(row).items()))
                for row in copying._rows(store._db, table)
                if table != "meta" or row["name"] not in copying._OWN
            )
            for table in copying.TABLES
        }


def test_each_table_of_the_schema_is_copied(folder):
    """A new one is to be named in `TABLES`, with the columns of its key."""
    with Store(folder / "store.sqlite") as store:
        assert store._db.tables() == set(copying.TABLES)
        for table, keys in copying.TABLES.items():
            found = store._db.execute(f"PRAGMA table_info({table})")
            assert {row["name"] for row in found if row["pk"]} == set(keys)


@pytest.mark.usefixtures("folder")
def test_a_sound_store_is_said_to_be(capsys):
    """With exit code 0."""
    assert run("check") == 0
    assert capsys.readouterr().out == "The store is sound.\n"


def test_what_is_wrong_is_named(folder, capsys):
    """Rows that cannot be read, and rows that refer to others that are gone; nothing is changed."""
    with sqlite3.connect(folder / "store.sqlite") as base:
        base.execute(
            "UPDATE stories SET published = 'yesterday' WHERE id IN (SELECT min(id) FROM stories)"
        )
        base.execute("PRAGMA foreign_keys = OFF")
        base.execute(
            "INSERT INTO section_links (site, section, key) VALUES ('news', 'all', 'gone')"
        )
    base.close()
    for _ in range(2):
        assert run("check") == 1
        out = capsys.readouterr().out
        assert "section_links: rows refer to others that are gone" in out
        assert "stories: 1 damaged rows" in out


def test_a_backup_is_the_whole_store_beside_a_run(folder, capsys):
    """For its owner alone; an existing file stays."""
    with lock(folder / "store.sqlite"):
        assert run("backup", "copies/today.sqlite") == 0
    assert rows("copies/today.sqlite") == rows("store.sqlite")
    assert stat.S_IMODE(Path("copies/today.sqlite").stat().st_mode) == 0o600
    assert run("backup", "copies/today.sqlite") == 1
    assert "copies/today.sqlite: is there already" in capsys.readouterr().err
    assert [path.name for path in Path("copies").iterdir() if path.suffix == ".part"] == []


@pytest.mark.usefixtures("folder")
def test_a_store_moves_to_postgresql_and_back(postgres, capsys):
    """Row by row the same; a backup of it is a file."""
    url = postgres.url()
    before = rows("store.sqlite")
    assert len(before["stories"]) == 3
    assert run("move", "store.sqlite", url) == 0
    assert "3 stories among them. Set `store` to TO now." in capsys.readouterr().out
    assert is_shared(url)
    assert rows(url) == before
    assert run("move", url, "back.sqlite") == 0
    assert rows("back.sqlite") == before
    assert rows("store.sqlite") == before
    Path("config/feedmaker.toml").write_text(f'store = "{url}"\n', "utf-8")
    assert run("backup", "backup.sqlite") == 0
    assert rows("backup.sqlite") == before
    assert run("check") == 0


def test_nothing_is_written_over(folder, capsys):
    """A store that holds something is left alone, and so is one that a run is at work on."""
    before = rows("store.sqlite")
    assert run("backup", "other.sqlite") == 0
    assert run("move", "store.sqlite", "other.sqlite") == 1
    assert "other.sqlite: holds stories already" in capsys.readouterr().err
    assert rows("other.sqlite") == before
    with lock(folder / "store.sqlite"):
        assert run("move", str(folder / "store.sqlite"), "new.sqlite") == 3


@pytest.mark.usefixtures("folder")
def test_a_copy_that_fails_leaves_the_new_store_empty(capsys):
    """All rows or none."""
    counted = copying._count
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(copying, "_count", lambda db, table: counted(db, table) - ("new" in db.name))
        assert run("move", "store.sqlite", "new.sqlite") == 1
    assert "are in links" in capsys.readouterr().err
    with Store("new.sqlite") as store:
        assert not store.sections.states()


@pytest.mark.parametrize(
    "arguments", [("move", "store.sqlite"), ("backup",), ("check", "x"), ("move", "none", "new")]
)
@pytest.mark.usefixtures("folder")
def test_a_wrong_command_line_is_one_line(arguments, capsys):
    """Exit code 2."""
    assert run(*arguments) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


@pytest.mark.parametrize(
    "places",
    [
        ("store.sqlite", "POSTGRESQL://u:hush@db/feeds"),
        ("host=db password=hush", "new.sqlite"),
        ("postgresql://u:hush@db/feeds", "postgresql://u:hush@db/feeds"),
    ],
)
def test_a_password_in_a_place_is_not_told_and_names_no_folder(folder, places, capsys):
    """Whether it is no URL of PostgreSQL or the same one twice."""
    before = sorted(folder.iterdir())
    assert run("move", *places) == 2
    assert "hush" not in capsys.readouterr().err
    assert sorted(folder.iterdir()) == before
