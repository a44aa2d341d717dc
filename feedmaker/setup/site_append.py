"""Further sections in the file of a site that a person keeps: all that stands in it stays."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import tomlkit

from feedmaker.setup.site_file import section_keys, section_lines
from feedmaker.text import arabic, urls

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from feedmaker.setup.section_sources import SectionCandidate
    from feedmaker.setup.site_file import SectionChoice


@dataclass(frozen=True, slots=True)
class KnownSite:
    """A site that is configured: its file, its text, its home page, and what its sections are.

    `keys` are those of `SectionCandidate.key`. `is_inline`: they stand in an array of one value.
    """

    path: Path
    text: str
    home: str
    slugs: tuple[str, ...]
    keys: frozenset[str]
    is_inline: bool

    def has(self, candidate: SectionCandidate) -> bool:
        """Whether a section is configured already."""
        return candidate.key in self.keys


def read_known_site(path: Path) -> KnownSite | None:
    """Return the site of a file; None where there is none that could be read."""
    try:
        text = path.read_text("utf-8-sig")
        table = tomllib.loads(text)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return None
    sections = [one for one in _list(table.get("sections")) if isinstance(one, dict)]
    keys = frozenset(key for section in sections for key in _keys_of(section))
    slugs = tuple(str(section.get("slug")) for section in sections)
    return KnownSite(
        path=path,
        text=text,
        home=str(table.get("home", "")),
        slugs=slugs,
        keys=keys,
        is_inline=bool(sections) and "[[sections]]" not in re.sub(r"\s", "", text),
    )


def _keys_of(section: dict[str, Any]) -> Iterator[str]:
    """Return the keys that candidates for a configured section have."""
    for url in _list(section.get("urls")):
        if isinstance(url, str):
            yield urls.key(url)
    heading = section.get("heading")
    if isinstance(heading, str) and not section.get("page"):
        yield f"«{arabic.fold(heading)}"


def find_known_site(folder: Path, home: str) -> KnownSite | None:
    """Return the configured site that a page is of, None where it is of none."""
    for path in sorted(folder.glob("*.toml")):
        known = read_known_site(path)
        if known is not None and known.home and urls.same_site(known.home, home):
            return known
    return None


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def append_sections(known: KnownSite, sections: Sequence[SectionChoice]) -> str:
    """Return the text of a site's file with further sections behind all that stands in it."""
    if known.is_inline:
        return _with_inline_tables(known.text, sections)
    parts = [known.text.rstrip("\n"), *("\n".join(section_lines(one)) for one in sections)]
    return "\n\n".join(parts) + "\n"


def _with_inline_tables(text: str, sections: Sequence[SectionChoice]) -> str:
    """Return a text with further sections in its array `sections`, which no table can extend."""
    document = tomlkit.parse(text)
    for section in sections:
        table = tomlkit.inline_table()
        table.update(section_keys(section))
        document["sections"].append(table)
    return tomlkit.dumps(document)
