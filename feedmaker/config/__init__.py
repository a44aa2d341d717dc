"""`config/` -> Settings and Sites: strict, and all problems of all files are reported together.

A folder holds `feedmaker.toml` and `sites/*.toml`. Each problem is one line, "file: key: what is
wrong", with what was expected. Keys are named by their path, since the TOML parser keeps no line
numbers. Types, limits and texts of the keys stand in `model.configuration`; pydantic checks them,
and rules here check what types cannot say. The JSON Schemas that editors read are made from them.
"""

from __future__ import annotations

import errno
import json
import os
import re
import tomllib
from collections.abc import Callable
from dataclasses import fields, replace
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import ValidationError
from pydantic_core import from_json

from feedmaker.config import value_forms
from feedmaker.config.error_lines import explain_error, key_path
from feedmaker.config.joined_sections import join_sections
from feedmaker.config.schemas import SCHEMAS, adapter, schema_text, write_schemas
from feedmaker.model import Fetching, Notify, Rules, Section, Settings, Site
from feedmaker.model.configuration import LONGEST_SLUG, SLUG
from feedmaker.model.errors import ConfigError
from feedmaker.text import charset, urls
from feedmaker.text.sayings import Saying, placed
from feedmaker.text.translations import ui_language

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feedmaker.config.error_lines import Place

__all__ = [
    "SCHEMAS",
    "is_address",
    "is_selector",
    "is_slug",
    "is_store",
    "load",
    "load_settings",
    "load_settings_in_place",
    "load_usable",
    "schema_text",
    "write_schemas",
]

_T = TypeVar("_T")
_Table = dict[str, Any]

# Files of `out/` itself, which a site's folder would hide or be taken for.
_RESERVED = (
    "index",
    "status",
    "health",
    "feeds",
    "archive",
)
# Keys of a section that feedmaker.toml gives the default of.
_CASCADE = (
    "items",
    "max_age",
    "keep_days",
    "formats",
)
# Bytes of a file: five thousand sections have .4 million, and 2 million take 5 s to be read.
_LARGEST = 2_000_000
# A key of so many parts: one of fifty thousand takes minutes to be read.
_DEEP_KEY = re.compile(r"""(?<![\w-])(?:(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){64}""")
_ADDRESS = re.compile(r"(\[[0-9a-fA-F:.]+\]|[^\s:/\[\]]+):(\d{1,5})")


class Usable(NamedTuple):
    """What of a configuration can be used, and all problems of the rest.

    A site whose file cannot be used is among `sites` without sections: what was made of it stays.
    """

    settings: Settings
    sites: tuple[Site, ...]
    problems: tuple[str, ...]


def load(folder: Path, out: Path | None = None) -> tuple[Settings, tuple[Site, ...]]:
    """Read a configuration that must be right: see `load_usable`.

    Raises ConfigError with every problem found.
    """
    usable = load_usable(folder, out)
    if usable.problems:
        raise ConfigError(usable.problems)
    return usable.settings, usable.sites


def load_usable(folder: Path, out: Path | None = None) -> Usable:
    """Read the configuration folder; a mistake in the file of one site leaves the others.

    The settings have `out` and `store` as paths from the folder that holds `folder`, and the
    language that most sites are in where they name none; the sites are in the order of their file
    names. `out` replaces what the configuration says. Raises ConfigError
    where no site can be used, or the settings are wrong.
    """
    if not folder.is_dir():
        missing = Saying(
            "no such folder; run where `config/` is, name it with --config, or begin with"
            " `feedmaker add URL`"
        )
        raise ConfigError([placed(folder, missing)])
    # The folder that holds it: where `folder` is a link, not the one that its target lies in.
    base = folder.absolute().parent
    problems: list[str] = []
    table: _Table = {}  # a mistake in the settings is told once, not again for every site
    settings = None
    try:
        settings, table = _load_settings(folder, base, out)
    except ConfigError as error:
        problems += error.problems
    sites, mistakes = _load_sites(folder, table)
    joined = join_sections(sites)
    sites = list(joined.sites)
    problems += mistakes
    problems += [placed(folder / f"sites/{one.site}.toml", one.text) for one in joined.problems]
    if not sites:
        none = Saying("no site; `feedmaker add URL` writes one, or write sites/NAME.toml")
        problems.append(placed(folder / "sites", none))
    languages = [site.language for site in sites if site.sections]
    if settings is None or not languages:
        raise ConfigError(problems)
    if not settings.ui:
        settings = replace(settings, ui=ui_language(languages))
    return Usable(settings, tuple(sites), tuple(problems))


def _load_sites(folder: Path, table: _Table) -> tuple[list[Site], list[str]]:
    """Return all sites, those whose files have mistakes without sections, and these mistakes."""
    sites: dict[str, Site] = {}
    problems: list[str] = []
    for path in _list_site_files(folder):
        try:
            site = _with_defaults(_read_toml(path), table)
            sites[path.stem] = _checked_site(site, path)
        except ConfigError as error:
            problems += error.problems
            sites.setdefault(path.stem, Site(slug=path.stem, name=path.stem, home="", sections=()))
    return list(sites.values()), problems


def _list_site_files(folder: Path) -> list[Path]:
    """Return the files that may be of a site, those misnamed as NAME.TOML first; no dot files."""
    files = (folder / "sites").glob("[!.]*")
    return sorted(path for path in files if path.suffix.lower() == ".toml")


def _load_settings(folder: Path, base: Path, out: Path | None) -> tuple[Settings, _Table]:
    """Return the settings, with their paths from `base`, and the table that they were read from."""
    path = folder / "feedmaker.toml"
    table = _read_toml(path)
    settings = _checked_table(Settings, table, path)
    if settings.thumbnails and find_spec("PIL") is None:
        problem = Saying('needs Pillow; install it with `pip install "feedmaker[thumbnails]"`')
        raise ConfigError([placed(f"{path}: thumbnails", problem)])
    store = settings.store
    folder_out = out or base / settings.out
    if not urls.is_postgres_url(store):
        store = str(base / store)
        if Path(store).resolve().is_relative_to(folder_out.resolve()):
            problem = Saying(
                "is {value!r}, which lies in {folder}; expected a place outside of what is served",
                value=settings.store,
                folder=folder_out,
            )
            raise ConfigError([placed(f"{path}: store", problem)])
    return replace(settings, out=str(folder_out), store=store), table


def check_site(text: str, path: Path) -> Site:
    """Return the site that a text would be as the file at `path`. Raises ConfigError."""
    table = _parse_toml(text, path)
    return _checked_site(_with_defaults(table, {}), path)


def load_settings(folder: Path) -> Settings:
    """Return the settings of a folder that may have no sites yet, or not be there at all.

    Paths are as they are written. Raises ConfigError.
    """
    path = folder / "feedmaker.toml"
    return _checked_table(Settings, _read_toml(path), path)


def load_settings_in_place(folder: Path, out: Path | None = None) -> Settings:
    """Return the same with `out` and `store` as paths from the folder that holds `folder`.

    `out` replaces what the configuration says. Raises ConfigError.
    """
    return _load_settings(folder, folder.absolute().parent, out)[0]


def is_selector(text: str) -> bool:
    """Whether a text is a CSS selector."""
    return value_forms.is_selector(text)


def is_store(text: str) -> bool:
    """Whether a text is the path of a file or a PostgreSQL URL, and no other connection string."""
    return value_forms.is_store(text)


def is_slug(text: str) -> bool:
    """Whether a site may be called so."""
    is_name = len(text) <= LONGEST_SLUG and re.fullmatch(SLUG, text)
    return bool(is_name) and text not in _RESERVED


def is_address(text: str) -> bool:
    """Whether a text is `host:port`."""
    match = _ADDRESS.fullmatch(text)
    return bool(match and 0 < int(match[2]) < 65_536)


# ---- Files


def _read_toml(path: Path) -> _Table:
    """Return what a file holds, nothing where there is none. Raises ConfigError."""
    try:
        text = _file_text(path)
    except FileNotFoundError as error:
        if not path.is_symlink():
            return {}
        problem = Saying("cannot be read: {why}", why=error.strerror)
    except UnicodeDecodeError as error:
        problem = Saying("not UTF-8 (byte {byte}); save it as UTF-8", byte=error.start)
    except OSError as error:
        problem = Saying("cannot be read: {why}", why=error.strerror)
    else:
        return _parse_toml(text, path)
    raise ConfigError([placed(path, problem)])


def _file_text(path: Path) -> str:
    """Return the text of a file. Raises OSError, of a pipe or device too: they may have no end."""
    if path.exists() and not path.is_file() and not path.is_dir():
        raise OSError(errno.EINVAL, "Not a regular file")
    if path.exists() and path.stat().st_size > _LARGEST:
        raise OSError(errno.EFBIG, os.strerror(errno.EFBIG))
    return path.read_text("utf-8-sig")


def _toml_table(text: str) -> _Table:
    """Return what a text holds. Raises TOMLDecodeError, and RecursionError where it is too deep."""
    if _DEEP_KEY.search(text):
        raise RecursionError
    return tomllib.loads(text)


def _parse_toml(text: str, path: Path) -> _Table:
    """Return what the text of the file at `path` holds. Raises ConfigError."""
    try:
        table = _toml_table(text)
        from_json(json.dumps(table, default=str))  # the way that `_checked_table` goes
    except tomllib.TOMLDecodeError as error:
        problem = Saying("not TOML: {why}", why=error)
    except (ValueError, RecursionError):
        problem = Saying(
            "cannot be read: a number is too long, or tables or lists lie too deep in each other"
        )
    else:
        return table
    raise ConfigError([placed(path, problem)])


def _checked_site(table: _Table, path: Path) -> Site:
    """Return the site of the file at `path`. Raises ConfigError."""
    slug = path.stem
    problems: list[str] = []
    if path.suffix != ".toml":
        problems.append(placed(path, Saying("the file's name: must end in .toml; rename it")))
    if "slug" in table:
        named = Saying("slug: a site is named by its file's name; take the key out")
        problems.append(placed(path, named))
    if not is_slug(slug):
        wrong = Saying(
            "the file's name: is {name!r}; expected a-z, 0-9 and hyphens, and no name of"
            " feedmaker's own in `out`; choose another",
            name=slug,
        )
        problems.append(placed(path, wrong))
        slug = "unnamed"  # so that the rest is checked
    try:
        site = _checked_table(Site, table | {"slug": slug}, path)
    except ConfigError as error:
        problems += error.problems
    if problems:
        raise ConfigError(problems)
    return site


def _with_defaults(site: _Table, defaults: _Table) -> _Table:
    """Return a site's table with the defaults of feedmaker.toml.

    Values of a wrong type are left for validation to name.
    """
    new = dict(site)
    fetch = site.get("fetch", {})
    if isinstance(fetch, dict):
        new["fetch"] = defaults.get("fetch", {}) | fetch
    usual = {key: defaults[key] for key in _CASCADE if key in defaults}
    if isinstance(sections := site.get("sections"), list):
        new["sections"] = [usual | one if isinstance(one, dict) else one for one in sections]
    return new


# ---- Values


def _checked_table(kind: type[_T], table: _Table, path: Path) -> _T:
    """Return `table`, of the file at `path`, as a `kind`. Raises ConfigError with all problems."""
    lines = []
    wrong: list[Place] = []
    try:
        # By way of JSON, because in strict mode only JSON arrays may become tuples.
        text = json.dumps(table, default=str)
        value: _T = adapter(kind).validate_json(text, strict=True)
    except ValidationError as error:
        for details in error.errors(include_url=False):
            if details["type"] == "too_short" and details["input"]:
                continue  # of what is there, the wrong ones were not counted
            lines.append(explain_error(kind, details))
            wrong.append(details["loc"])
    problems = (problem for problem in _value_problems(kind, table) if not problem.follows(wrong))
    lines += [problem.line() for problem in problems]
    if lines:
        raise ConfigError([placed(path, line) for line in dict.fromkeys(lines)])
    return value


class _Problem(NamedTuple):
    """What is wrong with one or more keys of the table at `place`."""

    place: Place
    keys: tuple[str, ...]
    text: str

    def line(self) -> str:
        first, *others = self.keys
        key = ", ".join([key_path((*self.place, first)), *others])
        return placed(key, self.text)

    def follows(self, wrong: list[Place]) -> bool:
        """Whether one of the keys is of a wrong type, or lies within such a one or around it."""
        for key in self.keys:
            own = (*self.place, key)
            if any(own[: len(one)] == one or one[: len(own)] == own for one in wrong):
                return True
        return False


# What a text or a table must be: else the function gives a false value, or raises an error. The
# problem is then told by the message, which may show the `value` and the `error`.
_Rule = tuple[Callable[[Any], object], str]


def _problem_with(checked: str | _Table, value: object, *rules: _Rule) -> str:
    """Return what is wrong with a text or table by the first rule it breaks, "" for nothing."""
    for holds, message in rules:
        problem: Exception | None = None
        try:
            if holds(checked):
                continue
        except value_forms.FAILURES as error:
            problem = error
        return Saying(message, value=value, error=problem)
    return ""


def _value_problems(kind: type, table: _Table, place: Place = ()) -> Iterator[_Problem]:
    """Yield the problems of a table's values, and of those of the tables in it.

    Values of a wrong type have none, or one that `_Problem.follows`.
    """
    for key, rules in _TEXT_RULES.get(kind, {}).items():
        for inner_place, text in _texts(key, table.get(key)):
            if problem := _problem_with(text, text, *rules):
                *outer, name = inner_place
                yield _Problem((*place, *outer), (name,), problem)
    for keys, rule in _TABLE_RULES.get(kind, {}).items():
        if problem := _problem_with(table, table.get(keys[0]), rule):
            yield _Problem(place, keys, problem)
    if kind is Site:
        yield from _slug_problems(_tables("sections", table))
    for key, inner_kind in _TABLES.get(kind, {}).items():
        for inner, inner_table in _tables(key, table):
            yield from _value_problems(inner_kind, inner_table, (*place, *inner))


def _texts(key: str, value: object) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield the texts of a key with their places: of an optional one that is empty none.

    Of a table each name with its text, a line each.
    """
    if isinstance(value, dict):
        for name, text in value.items():
            if isinstance(text, str):
                yield (key, name), f"{name}\n{text}"
        return
    for text in value if isinstance(value, list) else [value or None]:
        if isinstance(text, str):
            yield (key,), text


def _tables(key: str, table: _Table) -> list[tuple[Place, _Table]]:
    """Return the table at a key, or the tables of its list, with their places."""
    value = table.get(key)
    if isinstance(value, dict):
        return [((key,), value)]
    if not isinstance(value, list):
        return []
    return [((key, number), one) for number, one in enumerate(value) if isinstance(one, dict)]


def _slug_problems(sections: list[tuple[Place, _Table]]) -> Iterator[_Problem]:
    first: dict[str, Place] = {}
    for place, section in sections:
        slug = section.get("slug")
        if not slug or not isinstance(slug, str):
            continue
        known = first.setdefault(slug, place)
        if known is not place:
            text = Saying("{slug!r} is already the slug of {key}", slug=slug, key=key_path(known))
            yield _Problem(place, ("slug",), text)


_WAYS = (
    "urls",
    "heading",
    "nav",
    "sections_of",
)

_NAMED_BY_A_PAGE = ("wordpress", "feed", "sitemap")
_URL = (
    (
        # It would end up in messages and in the store.
        lambda url: not value_forms.USER.search(url),
        (
            "has a user name before its @, which is never sent;"
            " give an Authorization in headers instead"
        ),
    ),
    (
        lambda url: url == url.strip() and urls.canonical(url) and not urlsplit(url).fragment,
        "is {value!r}; expected a URL such as https://example.org/news",
    ),
)
_SELECTOR = ((value_forms.is_selector, "is {value!r}; expected a CSS selector"),)
_ZONE = ((ZoneInfo, "is {value!r}; expected an IANA name such as Africa/Casablanca"),)
# What the texts of a key, or of its list or table, must be: each rule in turn until one is broken.
_TEXT_RULES: dict[type, dict[str, tuple[_Rule, ...]]] = {
    Settings: {
        "base_url": _URL,
        "hub": _URL,
        # A password may stand in it.
        "store": (
            (
                value_forms.is_store,
                "expected the path of a file, or a URL that begins with postgresql://",
            ),
        ),
    },
    Notify: {
        "webhook": _URL,
        "ntfy": (
            *_URL,
            (
                lambda url: urlsplit(url).path.strip("/"),
                "is {value!r}; expected a topic of a server, such as https://ntfy.sh/my-feeds",
            ),
        ),
        "mail": (
            (
                value_forms.MAIL.fullmatch,
                "is {value!r}; expected an address such as me@example.org",
            ),
        ),
        # A password stands in it.
        "smtp": (
            (value_forms.is_mail_server, "expected smtp://HOST or smtps://USER:PASSWORD@HOST"),
        ),
        "ntfy_token": ((value_forms.TOKEN.fullmatch, "expected ASCII text without blanks"),),
        "timezone": _ZONE,
    },
    Site: {
        "home": _URL,
        "timezone": _ZONE,
        "charset": ((charset.encoding, "is {value!r}; expected a name such as windows-1256"),),
        "formerly": (
            (
                value_forms.HOST.fullmatch,
                "is {value!r}; expected a host such as old.example.org",
            ),
        ),
        "connect_to": ((is_address, "is {value!r}; expected host:port"),),
        "headers": (
            (value_forms.HEADER.fullmatch, "expected a header name and a line of ASCII text"),
        ),
        "cookies": (
            (
                value_forms.COOKIE.fullmatch,
                "expected a cookie name and ASCII text without semicolons",
            ),
        ),
    },
    Section: {
        "urls": _URL,
        "page": _URL,
        "match": ((re.compile, "{value!r} is no regular expression ({error})"),),
        "links": _SELECTOR,
        "sections_of": (
            (value_forms.SECTION.fullmatch, "is {value!r}; expected site/section, by their slugs"),
        ),
    },
    Rules: {key.name: _SELECTOR for key in fields(Rules)},
}


def _is_any(table: _Table, *keys: str) -> bool:
    return any(table.get(key) for key in keys)


_EACH_ONCE = (
    lambda table: len(set(table.get("formats", ()))) == len(table.get("formats", ())),
    "is {value}; expected each format once",
)
# What keys of one table must be, or be to each other.
_TABLE_RULES: dict[type, dict[tuple[str, ...], _Rule]] = {
    Settings: {
        ("hub", "base_url"): (
            lambda table: table.get("base_url") or not table.get("hub"),
            "a hub needs a base_url, since it is told the addresses of the feeds",
        ),
        ("formats",): _EACH_ONCE,
    },
    Section: {
        _WAYS: (
            lambda table: sum(bool(table.get(way)) for way in _WAYS) == 1,
            "expected one of them to say where the section's links are",
        ),
        ("page",): (
            lambda table: not (table.get("page") and _is_any(table, "urls", "sections_of")),
            "goes with heading or nav, not with urls or sections_of",
        ),
        ("links",): (
            lambda table: not (table.get("links") and table.get("sections_of")),
            "goes with urls, heading or nav, not with sections_of",
        ),
        ("source",): (
            lambda table: (
                table.get("source") not in _NAMED_BY_A_PAGE or len(table.get("urls") or ()) == 1
            ),
            "is {value!r}; it goes with one address in urls: the home page or a section's",
        ),
        ("source", "sections_of"): (
            lambda table: table.get("source", "auto") == "auto" or not table.get("sections_of"),
            "a section of other sections has no source of its own",
        ),
        ("formats",): _EACH_ONCE,
    },
    Fetching: {
        ("recheck",): (
            lambda table: "recheck" not in table or value_forms.is_growing(table["recheck"]),
            "is {value}; expected hours in growing order, 0 to 10000",
        )
    },
}
# Keys that hold further tables, or lists of them.
_TABLES: dict[type, dict[str, type]] = {
    Settings: {"fetch": Fetching, "notify": Notify},
    Site: {"rules": Rules, "fetch": Fetching, "sections": Section},
}
