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
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

from feedmaker.config.checked_tables import CheckedTables
from feedmaker.config.error_lines import UNREADABLE
from feedmaker.config.joined_sections import join_sections
from feedmaker.config.schemas import SCHEMAS, schema_text, write_schemas
from feedmaker.config.value_forms import is_address, is_selector, is_store
from feedmaker.model import Settings, Site
from feedmaker.model.configuration import LONGEST_SLUG, SLUG
from feedmaker.model.errors import ConfigError
from feedmaker.text import urls
from feedmaker.text.sayings import Saying, placed
from feedmaker.text.translations import ui_language

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


class Usable(NamedTuple):
    """What of a configuration can be used, and all problems of the rest.

    A site whose file cannot be used is among `sites` without sections: what was made of it stays.
    """

    settings: Settings
    sites: tuple[Site, ...]
    problems: tuple[str, ...]


def load(folder: Path, out: Path | None = None) -> tuple[Settings, tuple[Site, ...]]:
    """Read a configuration that must be right: see `load_usable`.

    All of it is checked, whatever earlier runs found. Raises ConfigError with every problem found.
    """
    usable = load_usable(folder, out, CheckedTables())
    if usable.problems:
        raise ConfigError(usable.problems)
    return usable.settings, usable.sites


def load_usable(
    folder: Path, out: Path | None = None, checked: CheckedTables | None = None
) -> Usable:
    """Read the configuration folder; a mistake in the file of one site leaves the others.

    The settings have `out` and `store` as paths from the folder that holds `folder`, and the
    language that most sites are in where they name none; the sites are in the order of their file
    names. `out` replaces what the configuration says. What an earlier run found right is not
    `checked` again. Raises ConfigError where no site can be used, or the settings are wrong.
    """
    if not folder.is_dir():
        missing = Saying(
            "no such folder; run where `config/` is, name it with --config, or begin with"
            " `feedmaker add URL`"
        )
        raise ConfigError([placed(folder, missing)])
    # The folder that holds it: where `folder` is a link, not the one that its target lies in.
    base = folder.absolute().parent
    checked = checked or CheckedTables(folder)
    problems: list[str] = []
    table: _Table = {}  # a mistake in the settings is told once, not again for every site
    settings = None
    try:
        settings, table = _load_settings(folder, base, out, checked)
    except ConfigError as error:
        problems += error.problems
    sites, mistakes = _load_sites(folder, table, checked)
    checked.keep()
    joined = join_sections(sites)
    sites = list(joined.sites)
    problems += mistakes
    problems += [placed(folder / f"sites/{one.site}.toml", one.text) for one in joined.problems]
    languages = [site.language for site in sites if site.sections]
    if settings is None or not languages:
        raise ConfigError(problems)
    if not settings.ui:
        settings = replace(settings, ui=ui_language(languages))
    return Usable(settings, tuple(sites), tuple(problems))


def _load_sites(
    folder: Path, table: _Table, checked: CheckedTables
) -> tuple[list[Site], list[str]]:
    """Return all sites, those whose files have mistakes without sections, and these mistakes."""
    sites: dict[str, Site] = {}
    problems: list[str] = []
    for path in _list_site_files(folder):
        try:
            site = _with_defaults(_read_toml(path), table)
            sites[path.stem] = _checked_site(site, path, checked)
        except ConfigError as error:
            problems += error.problems
            sites.setdefault(path.stem, Site(slug=path.stem, name=path.stem, home="", sections=()))
    if not sites:
        none = Saying("no site; `feedmaker add URL` writes one, or write sites/NAME.toml")
        problems.append(placed(folder / "sites", none))
    return list(sites.values()), problems


def _list_site_files(folder: Path) -> list[Path]:
    """Return the files that may be of a site, those misnamed as NAME.TOML first; no dot files."""
    files = (folder / "sites").glob("[!.]*")
    return sorted(path for path in files if path.suffix.lower() == ".toml")


def _load_settings(
    folder: Path, base: Path, out: Path | None, checked: CheckedTables
) -> tuple[Settings, _Table]:
    """Return the settings, with their paths from `base`, and the table that they were read from."""
    path = folder / "feedmaker.toml"
    table = _read_toml(path)
    settings = checked.read(Settings, table, path)
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
    return _checked_site(_with_defaults(table, {}), path, CheckedTables())


def load_settings(folder: Path) -> Settings:
    """Return the settings of a folder that may have no sites yet, or not be there at all.

    Paths are as they are written. Raises ConfigError.
    """
    path = folder / "feedmaker.toml"
    return CheckedTables().read(Settings, _read_toml(path), path)


def load_settings_in_place(folder: Path, out: Path | None = None) -> Settings:
    """Return the same with `out` and `store` as paths from the folder that holds `folder`.

    `out` replaces what the configuration says. Raises ConfigError.
    """
    return _load_settings(folder, folder.absolute().parent, out, CheckedTables())[0]


def is_slug(text: str) -> bool:
    """Whether a site may be called so."""
    is_name = len(text) <= LONGEST_SLUG and re.fullmatch(SLUG, text)
    return bool(is_name) and text not in _RESERVED


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
        json.dumps(table, default=str)  # the way that `check_table` goes
    except tomllib.TOMLDecodeError as error:
        problem = Saying("not TOML: {why}", why=error)
    except (ValueError, RecursionError):
        problem = Saying(UNREADABLE)
    else:
        return table
    raise ConfigError([placed(path, problem)])


def _checked_site(table: _Table, path: Path, checked: CheckedTables) -> Site:
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
        site = checked.read(Site, table | {"slug": slug}, path)
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
