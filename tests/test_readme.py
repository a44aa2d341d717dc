"""The README and the manual tell the truth: each command, option, key, exit code, file, link and
target in them exists, and each that is is in them.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import tomllib
from dataclasses import MISSING, fields
from html import unescape

import pytest
from conftest import ROOT
from manual import ALL, PAGES, README, blocks, fenced, part

from feedmaker import cli, config
from feedmaker.model import Fetching, Notify, Rules, Section, Settings, Site
from feedmaker.model.errors import FeedmakerError

TEXTS = {"README.md": README} | {f"docs/{name}.md": text for name, text in PAGES.items()}
sources = pytest.mark.skipif(
    not (ROOT / "Makefile").exists(), reason="the sources are not here: the wheel is tested"
)


def options(command: str) -> set[str]:
    """The long options of a command."""
    (commands,) = [
        a for a in cli.parser(command)._actions if isinstance(a, argparse._SubParsersAction)
    ]
    return {
        o
        for a in commands.choices[command]._actions
        for o in a.option_strings
        if o.startswith("--")
    } - {"--help"}


def anchors(text: str) -> set[str]:
    """The names that links within a page can use, one a heading, as GitHub makes them."""
    headings = re.findall(
        r"^#+ (.*)$", re.sub(r"```.*?```", "", text, flags=re.DOTALL), re.MULTILINE
    )
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_every_command_and_option_stands_in_the_table_and_no_other():
    """Both ways."""
    rows = dict(
        re.findall(r"^\| `feedmaker ([a-z]+)[^`]*` \|(.*)$", PAGES["commands"], re.MULTILINE)
    )
    assert rows.keys() == cli.COMMANDS.keys()
    for command, text in rows.items():
        assert set(re.findall(r"`(--[a-z-]+)`", text)) == options(command), command


def test_every_exit_code_stands_in_its_table_and_no_other():
    """Those that errors have, those of signals, and those that `--help` tells."""
    told = {
        int(code)
        for code in re.findall(r"^\| (\d+) \|", part("commands", "Exit codes"), re.MULTILINE)
    }
    errors = {FeedmakerError, *FeedmakerError.__subclasses__()}
    assert told == {0, 130, *(error.exit_code for error in errors)}
    helped = re.findall(r"^  (\d[\d, ]*) ", cli._EXIT_CODES, re.MULTILINE)
    assert told == {int(code) for codes in helped for code in codes.split(",")}


@pytest.mark.parametrize("name", TEXTS)
def test_every_command_line_in_the_text_is_one(name):
    """`feedmaker WORD --option`, wherever it stands."""
    unfenced = re.sub(r"```.*?```", "", TEXTS[name], flags=re.DOTALL)
    spans = "\n".join(re.findall(r"`[^`\n]+`|^    .*$", unfenced, re.MULTILINE))
    for word, rest in re.findall(r"feedmaker ([a-z]+)((?: [^`\n#|&]*)?)", spans):
        if word in cli.COMMANDS:
            assert set(re.findall(r"(?<!\S)--[a-z-]+", rest)) <= options(word), (word, rest)


KINDS = (Settings, Site, Section, Fetching, Notify)


def key_tables() -> list[list[tuple[list[str], str]]]:
    """The rows of each table of keys: the keys, and what stands as their default."""
    return [
        [
            (re.findall(r"`(\w+)`", keys), default.strip())
            for keys, default in re.findall(r"^\| (`[^|]*) \|([^|]*)\|", table, re.MULTILINE)
        ]
        for table in re.split(r"\n\n(?!\|)", part("configuration", "Keys"))
        if "| Key |" in table
    ]


def test_every_key_stands_in_its_table_and_no_other():
    """Both ways, with each table before its heading."""
    tables = key_tables()
    assert len(tables) == len(KINDS)
    for rows, kind in zip(tables, KINDS, strict=True):
        told = [key for keys, _ in rows for key in keys]
        own = {field.name for field in fields(kind)} - ({"slug"} if kind is Site else set())
        assert sorted(told) == sorted(own), kind
    text = part("configuration", "Keys")
    rules = text.partition("`[rules]` of a site")[2].partition("`[fetch]`:")[0]
    assert {f.name for f in fields(Rules)} == set(re.findall(r"`([a-z]+)`", rules)) & {
        f.name for f in fields(Rules)
    }


def test_every_default_in_the_tables_is_the_one_that_holds():
    """Where the table has a value, "none" or "required"."""
    checked = 0
    for rows, kind in zip(key_tables(), KINDS, strict=True):
        own = {field.name: field for field in fields(kind)}
        for keys, text in rows:
            told = re.split(r",\s(?![^\[]*\])", text)
            told = told * len(keys) if len(told) == 1 else told
            for key, default in zip(keys, told, strict=True):
                field = own[key]
                holds = field.default
                if field.default_factory is not MISSING:
                    holds = field.default_factory()
                if default == "required":
                    assert holds is MISSING, key
                elif default == "none" and key != "rules":
                    assert not holds, key
                elif re.fullmatch(r"[\d.]+|`.*`", default):
                    value = tomllib.loads(f"value = {default.strip('`')}")["value"]
                    assert (list(holds) if isinstance(value, list) else holds) == value, key
                    checked += 1
    assert checked > 30


def test_the_example_is_a_whole_configuration(tmp_path):
    """The TOML block is read without a problem."""
    (block,) = fenced(part("configuration", "A site"), "toml")
    assert tomllib.loads(block)["sections"]
    (tmp_path / "sites").mkdir()
    (tmp_path / "sites" / "almadar.toml").write_text(block, "utf-8")
    _, (site,) = config.load(tmp_path)
    assert [section.slug for section in site.sections] == ["sport", "latest"]


def test_the_larger_example_is_read_as_it_is(tmp_path):
    """Both files, without a problem."""
    main, shati = fenced(part("configuration", "A larger example"), "toml")
    (tmp_path / "sites").mkdir()
    (tmp_path / "feedmaker.toml").write_text(main, "utf-8")
    (tmp_path / "sites" / "shati.toml").write_text(shati, "utf-8")
    settings, (site,) = config.load(tmp_path)
    assert settings.notify.channels
    assert [section.slug for section in site.sections] == ["economy", "opinion"]
    assert site.sections[0].max_age == 14
    assert site.fetch.delay == 2
    assert site.rules.body == ("div.story-text",)


@sources
def test_every_make_target_and_file_that_it_names_exists():
    """Targets of `make`, and files of the repository."""
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for target in set(re.findall(r"(?:`|^    |run: )make ([a-z]+)\b", ALL, re.MULTILINE)):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target
    named = set(re.findall(r"`((?:feedmaker|tests|\.github/workflows)/[\w./-]+\.\w+)`", ALL))
    made_by_you = {".github/workflows/feeds.yml"}
    assert named
    assert [name for name in named - made_by_you if not (ROOT / name).exists()] == []


def test_the_readme_says_how_to_try_and_to_test_it():
    """The two commands are there in so many words, and a person has read it in ten minutes."""
    assert "    make demo " in README
    assert "    make test " in README
    assert len(README.split()) < 1200


def test_the_figures_of_the_readme_are_those_of_the_manual():
    """Each stands on the page of figures too, where it is measured: change both."""
    text = README.partition("## What it does well")[2].partition("\n## ")[0]
    figures = re.findall(
        r"\.\d+|\d+ to \d+ ms|\d+ ms|\d+ %|\d+ (?:listing|redesigns)|\w+ tenths", text
    )
    assert len(figures) > 10
    for figure in figures:
        held = figure.replace(" listing", " real listing")
        assert held in PAGES["figures"], figure


@sources
@pytest.mark.parametrize("name", TEXTS)
def test_every_link_and_picture_leads_somewhere(name):
    """To a file of the repository, to a heading of its page, or to https; pictures are in docs."""
    text = re.sub(r"```.*?```|`[^`\n]+`", "", TEXTS[name], flags=re.DOTALL)
    for mark, target in re.findall(r"(!?)\[[^\]]+\]\(([^)]+)\)", text):
        if target.startswith("https://"):
            continue
        file, _, anchor = target.partition("#")
        path = (ROOT / name).parent / file if file else ROOT / name
        assert path.is_file(), target
        assert not mark or (path.parent == ROOT / "docs/pictures" and path.stat().st_size < 300_000)
        assert not anchor or unescape(anchor) in anchors(path.read_text("utf-8")), target


@sources
def test_every_page_and_picture_is_linked():
    """The README leads to each page of the manual, and no picture is left behind."""
    for name in PAGES:
        assert f"docs/{name}.md)" in README
    for path in (ROOT / "docs/pictures").iterdir():
        assert re.search(rf"pictures/{path.name}\)", ALL), path.name


def test_the_workflow_keeps_the_store_and_deploys_before_it_fails():
    """A cache that is saved at the end of a job is not where the job failed."""
    (text,) = fenced(part("recipes", "GitHub Actions and Pages"), "yaml")
    steps = ["cache/restore@", "pip install .", "feedmaker build", "cache/save@",
             "upload-pages-artifact@", "deploy-pages@", "exit 1"]  # fmt: skip
    places = [text.index(step) for step in steps]
    assert places == sorted(places)
    restored, saved = (text[text.index(step) :].splitlines()[2:6] for step in steps[0:4:3])
    assert restored == saved
    (command,) = re.findall(r"run: (feedmaker build .*?)  #", text)
    for code, good in ((0, True), (1, True), (2, False), (3, False), (143, False)):
        shell = f"feedmaker() {{ return {code}; }}; {command}"
        assert (subprocess.run(["bash", "-e", "-c", shell], check=False).returncode == 0) is good


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="needs systemd-analyze")
def test_the_units_are_right(tmp_path):
    """Systemd itself reads them without a complaint."""
    names = re.findall(r"[\w-]+@?\.(?:service|timer)", PAGES["recipes"])
    found = [
        block for block in blocks(PAGES["recipes"]) if "[Service]" in block or "[Timer]" in block
    ]
    names = list(dict.fromkeys(names))
    assert len(found) == len(names) == 4
    for name, unit in zip(names, found, strict=True):
        text = unit.replace("/srv/feeds/.venv/bin/feedmaker", "/bin/true")
        (tmp_path / name).write_text(text.replace("/srv/feeds", "/srv"))
    files = [tmp_path / name.replace("@.", "@1.") for name in names]
    command = ["systemd-analyze", "verify", "--man=no", *map(str, files)]
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, env={"SYSTEMD_LOG_LEVEL": "warning"}
    )
    complaints = [line for line in done.stderr.splitlines() if "feedmaker" in line]
    assert complaints == []
