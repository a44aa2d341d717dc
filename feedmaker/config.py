"""`config/` -> Settings and Sites: strict, and all problems of all files are reported together.

A folder holds `feedmaker.toml` and `sites/*.toml`. Each problem is one line, "file: key: what is
wrong", with what was expected. Keys are named by their path, since the TOML parser keeps no line
numbers.
"""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import fields, is_dataclass, replace
from difflib import get_close_matches
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar, cast, get_args, get_type_hints
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from feedmaker.model import Fetching, Rules, Section, Settings, Site
from feedmaker.model.errors import ConfigError
from feedmaker.text import charset, urls

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pydantic_core import ErrorDetails

_T = TypeVar("_T")
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LANGUAGE = re.compile(r"[a-zA-Z]{2,3}(-[a-zA-Z0-9]{1,8})*")
_CONTACT = re.compile(r"https?://\S+|(mailto:)?[^\s@]+@[^\s@]+")
_HOST = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)*(:\d{1,5})?")
_HEADER = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")  # RFC 9110 section 5.6.2, token
_WORD = re.compile(r"[\w-]+")
_ADDRESS = re.compile(r"(\[[0-9a-fA-F:.]+\]|[^\s:/\[\]]+):(\d{1,5})")
# Files of `out/` itself, which a site's folder would hide or be taken for.
RESERVED = ("index", "status", "health", "feeds", "archive")
# Values that stand in for a required key with a mistake, while the rest is checked.
_NEEDED: dict[str, Any] = {"slug": "", "title": "", "name": "", "home": "", "sections": []}
# Keys of a section that feedmaker.toml gives the default of.
_CASCADE = ("items", "max_age", "formats")


def load(folder: Path) -> tuple[Settings, tuple[Site, ...]]:
    """Read the configuration folder.

    Returns the settings, with `out` and `store` as paths from the folder that holds `folder`, and
    the sites in the order of their file names. Raises ConfigError with every problem found.
    """
    if not folder.is_dir():
        raise ConfigError(
            [f"{folder}: no such folder; run where `config/` is, or name it with --config"]
        )
    problems: list[str] = []
    main = folder / "feedmaker.toml"
    raw = _read(main, problems) if main.exists() else {}
    settings = _validated(Settings, raw, main, problems, _settings_problems)
    usual = {} if problems else raw  # a mistake in it is told once, not again for every site
    paths = sorted((folder / "sites").glob("*.toml"))
    if not paths:
        problems.append(f"{folder / 'sites'}: no site; write one as sites/NAME.toml")
    sites = [_site(path, usual, problems) for path in paths]
    if problems or settings is None:
        raise ConfigError(problems)
    base = folder.resolve().parent
    settings = replace(settings, out=str(base / settings.out), store=_store(settings.store, base))
    return settings, tuple(site for site in sites if site)


def settings(folder: Path) -> Settings:
    """The settings of a folder that may have no sites yet, or not be there at all. Raises
    ConfigError.
    """
    problems: list[str] = []
    main = folder / "feedmaker.toml"
    raw = _read(main, problems) if main.exists() else {}
    found = _validated(Settings, raw, main, problems, _settings_problems)
    if problems or found is None:
        raise ConfigError(problems)
    return found


def _store(store: str, base: Path) -> str:
    """A PostgreSQL URL as it is, a file as a path from the folder that holds the configuration."""
    return store if store.startswith(("postgresql://", "postgres://")) else str(base / store)


def _site(path: Path, main: dict[str, Any], problems: list[str]) -> Site | None:
    before = len(problems)
    raw = _read(path, problems)
    if len(problems) > before:
        return None
    if "slug" in raw:
        problems.append(f"{path}: slug: a site is named by its file's name; take the key out")
    raw["slug"] = path.stem
    _cascade(raw, main)
    return _validated(Site, raw, path, problems, _site_problems)


def _cascade(raw: dict[str, Any], main: dict[str, Any]) -> None:
    """Give a site's tables the defaults of feedmaker.toml; values of a wrong type are left for
    validation to name.
    """
    fetch, usual = raw.setdefault("fetch", {}), main.get("fetch")
    if isinstance(fetch, dict) and isinstance(usual, dict):
        raw["fetch"] = usual | fetch
    sections = raw.get("sections")
    for section in sections if isinstance(sections, list) else []:
        if isinstance(section, dict):
            for key in _CASCADE:
                if key in main:
                    section.setdefault(key, main[key])


def _read(path: Path, problems: list[str]) -> dict[str, Any]:
    from pydantic_core import from_json

    try:
        raw = tomllib.loads(path.read_text("utf-8-sig"))
        from_json(json.dumps(raw, default=str))  # the way that `_validated` goes
    except tomllib.TOMLDecodeError as error:
        problems.append(f"{path}: not TOML: {error}")
    except UnicodeDecodeError as error:
        problems.append(f"{path}: not UTF-8 (byte {error.start}); save it as UTF-8")
    except OSError as error:
        problems.append(f"{path}: cannot be read: {error.strerror}")
    except (ValueError, RecursionError):
        problems.append(
            f"{path}: cannot be read: a number is too long, or tables or lists lie too deep in each other"
        )
    else:
        return raw
    return {}


@cache
def _adapter(kind: Any) -> Any:
    from pydantic import TypeAdapter

    return TypeAdapter(kind)


def _validated(
    kind: type[_T],
    raw: dict[str, Any],
    path: Path,
    problems: list[str],
    check: Callable[[_T], Iterator[str]],
) -> _T | None:
    """`raw` as a `kind`. Problems of its types and, by `check`, of its values are added to
    `problems`, all at once.
    """
    from pydantic import ValidationError

    told: list[str] = []
    for first in (True, False):
        try:
            # By way of JSON, because in strict mode only JSON arrays may become tuples.
            value: _T = _adapter(cast("Any", kind)).validate_json(
                json.dumps(raw, default=str), strict=True
            )
        except ValidationError as error:
            found = error.errors(include_url=False)
            if first:
                told = [_told(kind, problem) for problem in found]
            for problem in found:
                _mend(raw, problem["loc"])
        else:
            told += [line for line in check(value) if not _is_spoilt(line, tuple(told))]
            break
    problems += [f"{path}: {line}" for line in dict.fromkeys(told)]
    return None if told else value


def _mend(raw: dict[str, Any], place: tuple[int | str, ...]) -> None:
    """Take the key with a mistake out, so that the values of all others can be checked in the same
    run.
    """
    while place and isinstance(place[-1], int):
        place = place[:-1]
    parent: Any = raw
    for part in place[:-1]:
        if isinstance(part, int) and part >= len(parent):
            return  # of a list that was taken out
        parent = parent[part]
    parent.pop(place[-1], None)
    if place[-1] in _NEEDED:
        parent[place[-1]] = _NEEDED[str(place[-1])]


def _is_spoilt(line: str, told: tuple[str, ...]) -> bool:
    """Whether a problem is of a key that was taken out, or had something taken out of it, by one
    that was told.
    """
    place, _, names = line.partition(": ")[0].rpartition(".")
    keys = [f"{place}.{name}".lstrip(".") for name in names.split(", ")]
    taken = [one.partition(": ")[0] for one in told]
    return any(re.match(rf"{re.escape(key)}(?![^.\[])", one) for key in keys for one in taken)


def _told(kind: type, problem: ErrorDetails) -> str:
    """One problem that pydantic found, in our words."""
    place = [str(part) for part in problem["loc"]]
    key = _path(problem["loc"])
    if problem["type"] in ("unexpected_keyword_argument", "extra_forbidden"):
        known = _keys_at(kind, problem["loc"][:-1])
        close = get_close_matches(place[-1], known, n=1)
        hint = f"did you mean {close[0]}?" if close else f"known are {', '.join(known)}"
        return f"{key}: unknown key; {hint}"
    if problem["type"] in ("missing", "missing_argument"):
        doc = next(
            (
                f.metadata.get("doc", "")
                for f in _fields_at(kind, problem["loc"][:-1])
                if f.name == place[-1]
            ),
            "",
        )
        return f"{key}: missing; expected {doc}"
    expected = problem["msg"].removeprefix("Input should be ")
    return f"{key}: is {json.dumps(problem['input'], ensure_ascii=False, default=str)[:80]}; expected {expected}"


def _path(place: tuple[int | str, ...]) -> str:
    """`sections[2].items` for ("sections", 1, "items"): counted from one, as a person counts
    tables.
    """
    text = ""
    for part in place:
        text += f"[{part + 1}]" if isinstance(part, int) else f".{_quoted(part)}"
    return text.lstrip(".") or "the file"


def _quoted(key: str) -> str:
    """A key as TOML writes it, on one line: in quotes unless it is a word."""
    return key if _WORD.fullmatch(key) else json.dumps(key)


def _fields_at(kind: Any, place: tuple[int | str, ...]) -> tuple[Any, ...]:
    """The fields of the dataclass that a key path of `kind` leads to."""
    for part in place:
        if isinstance(part, str):
            hint = get_type_hints(kind)[part]
            kind = next((a for a in (hint, *get_args(hint)) if is_dataclass(a)), kind)
    return fields(kind)


def _keys_at(kind: type, place: tuple[int | str, ...]) -> list[str]:
    return [f.name for f in _fields_at(kind, place) if (kind, f.name) != (Site, "slug")]


# What types cannot say


def _settings_problems(settings: Settings) -> Iterator[str]:
    if settings.base_url and not _is_url(settings.base_url):
        yield f"base_url: is {_USER.sub('', settings.base_url)!r}; expected a URL such as https://example.org/feeds"
    if settings.hub and not _is_url(settings.hub):
        yield f"hub: is {_USER.sub('', settings.hub)!r}; expected a URL such as https://hub.example.org/"
    for key in ("base_url", "hub"):
        yield from _user_problems(key, getattr(settings, key))
    if settings.hub and not settings.base_url:
        yield "hub, base_url: a hub needs a base_url, since it is told the addresses of the feeds"
    if settings.contact and not _CONTACT.fullmatch(settings.contact):
        yield f"contact: is {settings.contact!r}; expected a URL or a mail address"
    for key in ("out", "store"):
        if not getattr(settings, key).strip() or "\0" in getattr(settings, key):
            yield f"{key}: is empty or holds a NUL; expected a path"
    if settings.sites_at_once < 1:
        yield f"sites_at_once: is {settings.sites_at_once}; expected 1 or more"
    yield from _feed_problems(settings, "")
    yield from _fetch_problems(settings.fetch)


def _site_problems(site: Site) -> Iterator[str]:
    if not _SLUG.fullmatch(site.slug):
        yield f"the file's name: is {site.slug!r}; expected a-z, 0-9 and hyphens"
    if site.slug in RESERVED:
        yield f"the file's name: {site.slug!r} is a name of feedmaker's own in `out`; choose another"
    if not site.name.strip():
        yield "name: is empty; expected the site's own name"
    yield from _user_problems("home", site.home)
    if not _is_url(site.home):
        yield f"home: is {_USER.sub('', site.home)!r}; expected a URL such as https://example.org/"
    if not _LANGUAGE.fullmatch(site.language):
        yield f"language: is {site.language!r}; expected a tag such as ar, fa, he or en"
    if not _is_zone(site.timezone):
        yield f"timezone: is {site.timezone!r}; expected an IANA name such as Africa/Casablanca"
    if site.charset and not charset.encoding(site.charset):
        yield f"charset: is {site.charset!r}; expected a name such as windows-1256"
    if site.connect_to and not is_address(site.connect_to):
        yield f"connect_to: is {site.connect_to!r}; expected host:port"
    yield from _request_problems(site)
    yield from _fetch_problems(site.fetch)
    for rule in fields(Rules):
        for selector in getattr(site.rules, rule.name):
            if not _is_selector(selector):
                yield f"rules.{rule.name}: {selector!r} is no CSS selector"
    yield from _sections_problems(site)


def _request_problems(site: Site) -> Iterator[str]:
    for host in site.formerly:
        if not _HOST.fullmatch(host):
            yield f"formerly: {host!r} is no host; expected a name such as old.example.org"
    for name, value in site.headers.items():
        if not _HEADER.fullmatch(name) or not value.isprintable() or not value.isascii():
            yield f"headers.{_quoted(name)}: expected a header name and a line of ASCII text"
    for name, value in site.cookies.items():
        if (
            not _HEADER.fullmatch(name)
            or not value.isprintable()
            or not value.isascii()
            or ";" in value
        ):
            yield f"cookies.{_quoted(name)}: expected a cookie name and ASCII text without semicolons"


def _sections_problems(site: Site) -> Iterator[str]:
    if not site.sections:
        yield "sections: none; expected one [[sections]] table at least"
    slugs = [section.slug for section in site.sections]
    for number, section in enumerate(site.sections):
        where = f"sections[{number + 1}]."
        if section.slug in slugs[:number]:
            first = slugs.index(section.slug) + 1
            yield f"{where}slug: {section.slug!r} is already the slug of sections[{first}]"
        for line in _section_problems(section, site):
            yield where + line


def _section_problems(section: Section, site: Site) -> Iterator[str]:
    if not _SLUG.fullmatch(section.slug):
        yield f"slug: is {section.slug!r}; expected a-z, 0-9 and hyphens"
    if not section.title.strip():
        yield "title: is empty; expected what readers shall see"
    if [bool(section.urls), bool(section.heading), bool(section.nav)].count(True) != 1:
        yield "urls, heading, nav: expected one of them to say where the section's links are"
    yield from _user_problems("urls", *section.urls)
    yield from _user_problems("page", section.page)
    for url in section.urls:
        if not _is_url(url):
            yield f"urls: {_USER.sub('', url)!r} is no URL; expected one such as {_USER.sub('', site.home)}"
    if section.page and not _is_url(section.page):
        yield f"page: is {_USER.sub('', section.page)!r}; expected a URL such as {_USER.sub('', site.home)}"
    if section.page and section.urls:
        yield "page: goes with heading or nav, not with urls"
    if section.language and not _LANGUAGE.fullmatch(section.language):
        yield f"language: is {section.language!r}; expected a tag such as ar, fa, he or en"
    try:
        re.compile(section.match)
    except (re.error, OverflowError, RecursionError) as error:
        yield f"match: {section.match!r} is no regular expression ({error})"
    yield from _feed_problems(section, "")


def _feed_problems(of: Section | Settings, where: str) -> Iterator[str]:
    if not 1 <= of.items <= 1000:
        yield f"{where}items: is {of.items}; expected 1 to 1000"
    if not 0 <= of.max_age < 100_000:
        yield f"{where}max_age: is {of.max_age:g}; expected days, or 0 for no limit"
    if not of.formats or len(set(of.formats)) != len(of.formats):
        yield f"{where}formats: expected each format once, and one at least"


_RANGES = {
    "concurrency": (1, 100), "delay": (0, 3600), "timeout": (0.1, 600), "budget": (1, 86_400), "retries": (0, 10),
    "max_bytes": (1_000, 1_000_000_000), "max_tags": (1_000, 10_000_000), "max_depth": (20, 10_000),
    "max_attributes": (1_000, 1_000_000), "max_redirects": (0, 50), "max_links": (1, 100_000), "max_new": (1, 100_000),
    "every": (0.01, 10_080),
}  # fmt: skip


def _fetch_problems(fetch: Fetching) -> Iterator[str]:
    for name, (low, high) in _RANGES.items():
        value = getattr(fetch, name)
        if not low <= value <= high:
            yield f"fetch.{name}: is {value:g}; expected {low:g} to {high:g}"
    ages = fetch.recheck
    if list(ages) != sorted(set(ages)) or any(not 0 <= age <= 10_000 for age in ages):
        yield f"fetch.recheck: is {list(ages)}; expected hours in growing order"


_USER = re.compile(r"(?<=//)[^/?#]*@")


def _user_problems(key: str, *addresses: str) -> Iterator[str]:
    """A user in a URL is never sent and would be told in messages and kept in the store; the
    message holds none.
    """
    if any(map(_USER.search, addresses)):
        yield f"{key}: has a user name before its @, which is never sent; give an Authorization in headers instead"


def _is_url(text: str) -> bool:
    text = _USER.sub("", text)
    return text == text.strip() and urls.canonical(text) is not None and not urlsplit(text).fragment


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (
        ValueError,
        OSError,
        KeyError,
    ):  # no such zone is a KeyError, a folder of zones an OSError
        return False
    return True


def is_slug(text: str) -> bool:
    """Whether a site may be called so."""
    return bool(_SLUG.fullmatch(text)) and text not in RESERVED


def is_address(text: str) -> bool:
    """Whether a text is `host:port`."""
    match = _ADDRESS.fullmatch(text)
    return bool(match and 0 < int(match[2]) < 65_536)


def _is_selector(text: str) -> bool:
    from selectolax.lexbor import LexborHTMLParser, SelectolaxError

    try:
        LexborHTMLParser("<p>").css_first(text)
    except (SelectolaxError, ValueError):
        return False
    return bool(text.strip())
