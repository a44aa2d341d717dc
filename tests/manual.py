"""What the tests of the manual share: its pages, and how one is read."""

from __future__ import annotations

import re

from conftest import ROOT

README = (ROOT / "README.md").read_text("utf-8")
PAGES = {path.stem: path.read_text("utf-8") for path in sorted((ROOT / "docs").glob("*.md"))}
ALL = "\n".join((README, *PAGES.values()))


def part(page: str, title: str) -> str:
    """One section of a page of the manual, by its heading of the second level."""
    text = PAGES[page].partition(f"\n## {title}\n")[2].partition("\n## ")[0]
    assert text, (page, title)
    return text


def blocks(text: str) -> list[str]:
    """The indented blocks of a text, without their indent."""
    found = re.findall(r"(?:^    .*\n|^\n(?=    ))+", text, re.MULTILINE)
    return [re.sub(r"^    ", "", block, flags=re.MULTILINE).lstrip("\n") for block in found]


def fenced(text: str, language: str) -> list[str]:
    """The fenced blocks of a language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
