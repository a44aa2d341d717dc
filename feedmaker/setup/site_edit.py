"""Changes in the file of a site that a person keeps: all that else stands in it stays.

Each is made in the text, and then read back: a text that would say anything else than what was
asked for is not written.
"""

from __future__ import annotations

import re
import tomllib
from copy import deepcopy
from typing import TYPE_CHECKING, Any, Final

import tomlkit

from feedmaker import config, files
from feedmaker.model import clean_line
from feedmaker.model.errors import ConfigError
from feedmaker.text.sayings import Saying

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from feedmaker.setup.mending import Part

_HEADER: Final = re.compile(r"\s*\[\[\s*sections\s*\]\]")
_TABLE: Final = re.compile(r"\s*\[(?!\[?\s*sections\b)")
_SLUG_LINE: Final = re.compile(r"\s*slug\s*=")

_Table = dict[str, Any]


def set_paused(folder: Path, site: str, section: str = "", *, paused: bool) -> None:
    """Pause a section, or all of a site; or let them be asked again. Raises ConfigError."""

    def change(text: str) -> str:
        for slug in [section] if section else _slugs(tomllib.loads(text)):
            text = _with_pause(text, slug, paused=paused)
        return text

    _change_file(folder, site, section, change)


def rename(folder: Path, site: str, section: str, title: str) -> None:
    """Give a section another title, or a site another name. Raises ConfigError."""
    line = " ".join(clean_line(title).replace("\ufffd", " ").split())

    def change(text: str) -> str:
        document = tomlkit.parse(text)
        if section:
            number = _slugs(tomllib.loads(text)).index(section)
            document["sections"][number]["title"] = line
        else:
            document["name"] = line
        return tomlkit.dumps(document)

    _change_file(folder, site, section, change)


def add_rules(folder: Path, site: str, rules: Mapping[str, Sequence[str]]) -> None:
    """Add selectors to the rules of a site, by key; a key that is there stays.

    Raises ConfigError.
    """

    def change(text: str) -> str:
        known = tomllib.loads(text).get("rules", {})
        new = {key: list(selectors) for key, selectors in rules.items() if key not in known}
        wanted = tomllib.loads(text) | {"rules": {**known, **new}}
        document = tomlkit.parse(text)
        if "rules" not in document:
            lines = [f"{key} = {tomlkit.item(value).as_string()}\n" for key, value in new.items()]
            ended = text if text.endswith("\n") else f"{text}\n"
            return _proved(wanted, "".join([f"{ended}\n[rules]\n", *lines]))
        for key, value in new.items():
            document["rules"][key] = value
        return _proved(wanted, tomlkit.dumps(document))

    _change_file(folder, site, "", change)


def remove(folder: Path, site: str, section: str = "") -> None:
    """Take a section out of its site's file; without one, or with the last, the file itself.

    Raises ConfigError.
    """
    path = _find_file(folder, site)
    try:
        slugs = _slugs(tomllib.loads(path.read_text("utf-8-sig")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        slugs = []  # whoever wants it away need not mend it first
    if not section or slugs == [section]:
        path.unlink()
        return
    _change_file(folder, site, section, lambda text: _without_section(text, section))


def set_selectors(
    folder: Path, site: str, part: Part, selectors: Sequence[str], section: str = ""
) -> None:
    """Set the selectors for a part of a site's stories, or for the links of a section.

    Those that stand there already keep their place and their remarks. Raises ConfigError.
    """

    def change(text: str) -> str:
        wanted: _Table = tomllib.loads(text)
        number = _slugs(wanted).index(section) if section else 0
        holder = wanted["sections"][number] if section else wanted.setdefault("rules", {})
        is_new = part not in holder
        holder[part] = list(selectors)
        tables = [_with_selectors(text, part, selectors, number if section else -1)]
        if section and is_new:
            line = f"{part} = {tomlkit.item(list(selectors)).as_string()}"
            tables.insert(0, _with_line(text, number, line))
        return _proved(wanted, *tables)

    _change_file(folder, site, section, change)


def _with_selectors(text: str, part: Part, selectors: Sequence[str], number: int) -> str:
    """Return a text with selectors in the section of a number, in `rules` where that is below 0."""
    document: Any = tomlkit.parse(text)
    if number < 0 and "rules" not in document:
        rules = tomlkit.table()
        rules.add(part, list(selectors))
        return f"{text.rstrip()}\n\n[rules]\n{rules.as_string().strip()}\n"
    holder = document["rules"] if number < 0 else document["sections"][number]
    if part not in holder:
        holder[part] = list(selectors)
        return tomlkit.dumps(document)
    array = holder[part]
    for place in reversed(range(len(array))):
        if array[place] not in selectors:
            del array[place]
    for place, selector in enumerate(selectors):
        if place >= len(array) or array[place] != selector:
            array.insert(place, selector)
    return tomlkit.dumps(document)


def _find_file(folder: Path, site: str) -> Path:
    path = folder / "sites" / f"{site}.toml"
    if not config.is_slug(site) or not path.is_file():
        raise ConfigError([Saying("{name}: no such site in {folder}", name=site, folder=folder)])
    return path


def _change_file(folder: Path, site: str, section: str, change: Callable[[str], str]) -> None:
    """Write what a function makes of a file's text, if that is right. Raises ConfigError."""
    path = _find_file(folder, site)
    with files.only_writer(path.parent):
        text = path.read_text("utf-8-sig")
        config.check_site(text, path)
        if section and section not in _slugs(tomllib.loads(text)):
            missing = "{name}: no such section of {site}"
            raise ConfigError([Saying(missing, name=section, site=site)])
        changed = change(text)
        config.check_site(changed, path)
        files.write_file(path, changed.encode())


def _slugs(table: _Table) -> list[str]:
    return [str(section.get("slug")) for section in table["sections"]]


def _with_pause(text: str, slug: str, *, paused: bool) -> str:
    """Return a text in which a section is paused, or not."""
    table = tomllib.loads(text)
    number = _slugs(table).index(slug)
    wanted = deepcopy(table)
    wanted["sections"][number].pop("paused", None)
    if not paused:
        document = tomlkit.parse(text)
        document["sections"][number].pop("paused", None)
        return _proved(wanted, tomlkit.dumps(document))
    if table["sections"][number].get("paused") is True:
        return text
    text = _with_pause(text, slug, paused=False)
    wanted["sections"][number]["paused"] = True
    document = tomlkit.parse(text)
    # A key that comes to the end of a table would stand below the remarks on the next one.
    document["sections"][number]["paused"] = True
    return _proved(wanted, _with_line(text, number, "paused = true"), tomlkit.dumps(document))


def _with_line(text: str, number: int, line: str) -> str:
    """Return a text with a further line in a section, behind that of its slug."""
    lines = text.splitlines(keepends=True)
    begin, end = _span(lines, number)
    for place in range(begin, end):
        if _SLUG_LINE.match(lines[place]):
            ended = lines[place] if lines[place].endswith("\n") else f"{lines[place]}\n"
            lines[place : place + 1] = [ended, f"{line}\n"]
            break
    return "".join(lines)


def _without_section(text: str, slug: str) -> str:
    """Return a text without a section and the remarks above it."""
    table = tomllib.loads(text)
    number = _slugs(table).index(slug)
    wanted = deepcopy(table)
    del wanted["sections"][number]
    lines = text.splitlines(keepends=True)
    begin, end = _span(lines, number)
    cut = "".join(lines[:begin] + lines[end:])
    document = tomlkit.parse(text)
    del document["sections"][number]
    return _proved(wanted, cut, tomlkit.dumps(document))


def _span(lines: list[str], number: int) -> tuple[int, int]:
    """Return where a section begins, with the remarks right above it, and where it ends.

    Both are 0 where the sections stand in an array of one value.
    """
    headers = [place for place, line in enumerate(lines) if _HEADER.match(line)]
    if number >= len(headers):
        return 0, 0
    others = (place for place, line in enumerate(lines) if _TABLE.match(line))
    next_table = next((place for place in others if place > headers[number]), len(lines))
    following = [*headers[number + 1 : number + 2], next_table]
    return _with_remarks(lines, headers[number]), _with_remarks(lines, min(following))


def _with_remarks(lines: list[str], place: int) -> int:
    while place and place <= len(lines) and lines[place - 1].lstrip().startswith("#"):
        place -= 1
    return place


def _proved(wanted: _Table, *texts: str) -> str:
    """Return the first text that says what is wanted. Raises ConfigError where none does."""
    for text in texts:
        try:
            if tomllib.loads(text) == wanted:
                return text
        except tomllib.TOMLDecodeError:
            continue
    raise ConfigError([Saying("this file is written in a way that only a person can change")])
