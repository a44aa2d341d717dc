"""Files of ftr-site-config -> what they say of a site's pages, as selectors (Full-Text RSS).

A file is called after the host that it is for, `example.org.txt`, or with a dot before it for all
hosts below. Each line is `directive: value` (help.fivefilters.org/full-text-rss/site-patterns).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from feedmaker.model.errors import ConfigError
from feedmaker.setup.xpath_selectors import NotExactError, Selected, translate
from feedmaker.text.sayings import Saying, placed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_LINE: Final = re.compile(r"([a-z_]+)(?:\(([^()]{0,500})\))?\s{0,9}:\s{0,9}(.{0,4000})")
_MOST_BYTES: Final = 100_000  # of a file; the longest real one has 21,000
_MOST_FILES: Final = 10_000
# What feedmaker does by itself, or what does nothing to what is read of a page.
_BY_ITSELF: Final = frozenset(
    (
        "next_page_link",
        "single_page_link",
        "single_page_link_in_feed",
        "autodetect_next_page",
        "prune",
        "tidy",
        "parser",
        "autodetect_on_failure",
        "insert_detected_image",
        "convert_double_br_tags",
        "skip_json_ld",
        "strip_attr",
        "post_strip_attr",
        "strip_comments",
        "test_contains",
        "src_lazy_load_attr",
        "footnotes",
    )
)
_XPATHS: Final = {
    "body": "body",
    "title": "title",
    "author": "author",
    "date": "date",
    "strip": "drop",
}
_ATTRIBUTES: Final = ("datetime", "content")  # where a rule for the date looks


@dataclass(frozen=True, slots=True)
class UnknownLine:
    """A line of a file that is not understood: its number, what stands there, and why."""

    number: int
    text: str
    why: str


@dataclass(frozen=True, slots=True)
class SiteConfigFile:
    """What a file says: selectors by the keys of `[rules]`, pages to try it on, and the rest.

    The selectors of a line are one entry: lines for the body are tried in their order. `headers`
    are request headers that it wants.
    """

    name: str
    selectors: dict[str, tuple[str, ...]] = field(default_factory=dict)
    tests: tuple[str, ...] = ()
    headers: dict[str, str] = field(default_factory=dict)
    unknown: tuple[UnknownLine, ...] = ()


def list_rule_files(folder: Path) -> dict[str, Path]:
    """Return the files of a folder by the hosts that they are for. Raises ConfigError."""
    if not folder.is_dir():
        missing = Saying("no such folder; expected a copy of ftr-site-config")
        raise ConfigError([placed(folder, missing)])
    found = sorted(path for path in folder.iterdir() if path.suffix == ".txt")[:_MOST_FILES]
    return {path.name.removesuffix(".txt").lower(): path for path in found}


def rule_file_of(files: dict[str, Path], home: str) -> Path | None:
    """Return the file for the site of a home page; None where there is none.

    A file for all hosts below one begins with a dot.
    """
    host = (urlsplit(home).hostname or "").removeprefix("www.")
    if host in files:
        return files[host]
    labels = host.split(".")
    wider = (".".join(["", *labels[place:]]) for place in range(len(labels) - 1))
    return next((files[name] for name in wider if name in files), None)


def read_rule_file(path: Path) -> SiteConfigFile:
    """Return what a file says. Raises ConfigError where it cannot be read."""
    try:
        data = path.read_bytes()[:_MOST_BYTES]
    except OSError as error:
        problem = Saying("cannot be read: {why}", why=error.strerror)
        raise ConfigError([placed(path, problem)]) from error
    return read_text(data.decode("utf-8-sig", "replace"), path.name)


def read_text(text: str, name: str) -> SiteConfigFile:
    """Return what the text of a file says."""
    selectors: dict[str, list[str]] = {}
    tests: list[str] = []
    headers: dict[str, str] = {}
    unknown: list[UnknownLine] = []
    for number, line, found in _lines(text):
        directive, argument, value = found.groups() if found else ("", "", "")
        try:
            if directive == "test_url":
                tests.append(value.strip())
            elif directive == "http_header":
                headers |= _header(argument or "", value.strip())
            else:
                key, made = _selectors(directive, value.strip())
                selectors.setdefault(key, []).extend(made)
        except NotExactError as error:
            unknown.append(UnknownLine(number, line[:200], error.args[0]))
    kept = {key: tuple(dict.fromkeys(made)) for key, made in selectors.items() if key and made}
    return SiteConfigFile(name, kept, tuple(tests), headers, tuple(unknown))


def _lines(text: str) -> Iterator[tuple[int, str, re.Match[str] | None]]:
    """The lines of a text that say something, with their numbers and what they are."""
    for number, line in enumerate(text.splitlines(), 1):
        stripped = line.strip()
        if stripped and not stripped.startswith(("#", "//")):
            yield number, stripped, _LINE.fullmatch(stripped)


def _selectors(directive: str, value: str) -> tuple[str, tuple[str, ...]]:
    """The key of `[rules]` that a line is for, "" for none, and its selectors.

    Raises NotExactError.
    """
    if directive in _BY_ITSELF:
        return "", ()
    if directive == "strip_id_or_class":
        return "drop", _with_name(value)
    if directive == "strip_image_src":
        text = _quoted(value)
        return "drop", (f"img[src*={text}]",)
    if directive not in _XPATHS:
        raise NotExactError(f"{directive or 'the line'} is not known here")
    key = _XPATHS[directive]
    return key, _of_key(key, translate(value, first=key in ("title", "date")))


def _of_key(key: str, found: Selected) -> tuple[str, ...]:
    """The selectors of an expression for a key. Raises NotExactError.

    What the head of a page says is read without a rule.
    """
    if found.attribute and key in ("body", "drop"):
        raise NotExactError("an attribute")
    if found.attribute and (key != "date" or found.attribute not in _ATTRIBUTES):
        if all(one.startswith("meta") for one in found.selectors):
            return ()
        raise NotExactError(f"the attribute {found.attribute}")
    return found.selectors


def _with_name(value: str) -> tuple[str, ...]:
    """The selectors of what has a text in its id or its classes."""
    text = _quoted(value)
    return f"[id*={text}]", f"[class*={text}]"


def _quoted(value: str) -> str:
    text = value.strip("\"' ")
    if len(text) < 2 or "\\" in text or '"' in text:
        raise NotExactError("no name")
    return f'"{text}"'


def _header(name: str, value: str) -> dict[str, str]:
    """A request header. Raises NotExactError for what says that another program asks."""
    if name.lower() in ("user-agent", "cookie", ""):
        raise NotExactError("feedmaker says who it is, and cookies are yours to give")
    return {name: value}
