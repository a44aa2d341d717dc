"""The README tells the truth: each command, option, key, file and target in it exists, and each
that is is in it.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import tomllib
from dataclasses import fields

import pytest
from conftest import ROOT

from feedmaker import cli, config
from feedmaker.model import Fetching, Notify, Rules, Section, Settings, Site

README = (ROOT / "README.md").read_text("utf-8")


def part(title: str) -> str:
    """One section of the README."""
    return README.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


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


def test_every_command_and_option_stands_in_the_table_and_no_other():
    """Both ways."""
    rows = dict(
        re.findall(r"^\| `feedmaker ([a-z]+)[^`]*` \|(.*)$", part("Commands"), re.MULTILINE)
    )
    assert rows.keys() == cli.COMMANDS.keys()
    for command, text in rows.items():
        assert set(re.findall(r"`(--[a-z-]+)`", text)) == options(command), command


def test_every_command_line_in_the_text_is_one():
    """`feedmaker WORD --option`, wherever it stands."""
    unfenced = re.sub(r"```.*?```", "", README, flags=re.DOTALL)
    spans = "\n".join(re.findall(r"`[^`\n]+`|^    .*$", unfenced, re.MULTILINE))
    lines = re.findall(r"feedmaker ([a-z]+)((?: [^`\n#|&]*)?)", spans)
    seen = {word for word, _ in lines if word in cli.COMMANDS}
    assert len(seen) > 4
    for word, rest in lines:
        if word in cli.COMMANDS:
            assert set(re.findall(r"(?<!\S)--[a-z-]+", rest)) <= options(word), (word, rest)


def test_every_key_stands_in_its_table_and_no_other():
    """Both ways, with each table before its heading."""
    text = part("Configuration")
    tables = [
        {
            key
            for cell in re.findall(r"^\| (`[^|]*) \|", table, re.MULTILINE)
            for key in re.findall(r"`(\w+)`", cell)
        }
        for table in re.split(r"\n\n(?!\|)", text)
        if "| Key |" in table
    ]
    kinds = (Settings, Site, Section, Fetching, Notify)
    assert len(tables) == len(kinds)
    for table, kind in zip(tables, kinds, strict=True):
        assert table == {f.name for f in fields(kind)} - ({"slug"} if kind is Site else set()), kind
    rules = text.partition("`[rules]` of a site")[2].partition("`[fetch]`:")[0]
    assert {f.name for f in fields(Rules)} == set(re.findall(r"`([a-z]+)`", rules)) & {
        f.name for f in fields(Rules)
    }


def test_the_example_is_a_whole_configuration(tmp_path):
    """The TOML block is read without a problem."""
    (block,) = re.findall(r"```toml\n(.*?)```", README, re.DOTALL)
    assert tomllib.loads(block)["sections"]
    (tmp_path / "sites").mkdir()
    (tmp_path / "sites" / "almadar.toml").write_text(block, "utf-8")
    _, (site,) = config.load(tmp_path)
    assert [section.slug for section in site.sections] == ["sport", "latest"]


@pytest.mark.skipif(
    not (ROOT / "Makefile").exists(), reason="the sources are not here: the wheel is tested"
)
def test_every_make_target_and_file_that_it_names_exists():
    """Targets of `make`, pictures, and files of the repository."""
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for target in set(re.findall(r"(?:`|^    |run: )make ([a-z]+)\b", README, re.MULTILINE)):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target
    pictures = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", README)
    screenshots = [picture for picture in pictures if picture.endswith(".png")]
    assert len(screenshots) == 3
    assert all((ROOT / picture).stat().st_size > 10_000 for picture in screenshots)
    assert all((ROOT / picture).exists() for picture in pictures)
    assert (ROOT / "feedmaker" / "pipeline" / "run.py").exists()


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="needs systemd-analyze")
def test_the_units_are_right(tmp_path):
    """Systemd itself reads them without a complaint."""
    text = README.partition("**systemd**")[2].partition("**A container**")[0]
    blocks = re.findall(r"(?:^    .*\n|^\n(?=    ))+", text, re.MULTILINE)
    units = [
        re.sub(r"^    ", "", block, flags=re.MULTILINE) for block in blocks if "[Unit]" in block
    ]
    assert len(units) == 2
    for name, unit in zip(("feedmaker.service", "feedmaker.timer"), units, strict=True):
        (tmp_path / name).write_text(unit.replace("/srv/feeds/.venv/bin/feedmaker", "/bin/true"))
    command = [
        "systemd-analyze",
        "verify",
        "--man=no",
        str(tmp_path / "feedmaker.timer"),
        str(tmp_path / "feedmaker.service"),
    ]
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, env={"SYSTEMD_LOG_LEVEL": "warning"}
    )
    complaints = [line for line in done.stderr.splitlines() if "feedmaker" in line]
    assert complaints == []
