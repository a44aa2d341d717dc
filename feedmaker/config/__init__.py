"""`config/` -> Settings and Sites: strict, and all problems of all files are reported together.

A folder holds `feedmaker.toml` and `sites/*.toml`. Each problem is one line, "file: key: what is
wrong", with what was expected. Types, limits and texts of the keys stand in `model.configuration`;
`checks` applies them, and the JSON Schemas that editors read are made from them.
"""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import replace
from typing import TYPE_CHECKING

from pydantic_core import from_json

from feedmaker.config.checks import adapter, checked, is_address
from feedmaker.model import Settings, Site
from feedmaker.model.configuration import SLUG
from feedmaker.model.errors import ConfigError
from feedmaker.text import urls

if TYPE_CHECKING:
    from pathlib import Path

    from feedmaker.config.checks import Table

__all__ = [
    "SCHEMAS",
    "is_address",
    "is_slug",
    "load",
    "load_settings",
    "schema_text",
    "write_schemas",
]

SCHEMAS: dict[str, type] = {"feedmaker.schema.json": Settings, "site.schema.json": Site}
# Files of `out/` itself, which a site's folder would hide or be taken for.
_RESERVED = ("index", "status", "health", "feeds", "archive")
# Keys of a section that feedmaker.toml gives the default of.
_CASCADE = ("items", "max_age", "formats")


def load(folder: Path, out: Path | None = None) -> tuple[Settings, tuple[Site, ...]]:
    """Read the configuration folder.

    Returns the settings, with `out` and `store` as paths from the folder that holds `folder`, and
    the sites in the order of their file names. `out` replaces what the configuration says. Raises ConfigError with every problem found.
    """
    if not folder.is_dir():
        raise ConfigError(
            [f"{folder}: no such folder; run where `config/` is, or name it with --config"]
        )
    problems: list[str] = []
    defaults: Table = {}  # a mistake in them is told once, not again for every site
    try:
        settings = load_settings(folder)
        defaults = _read_toml(folder / "feedmaker.toml")
    except ConfigError as error:
        problems += error.problems
    paths = sorted((folder / "sites").glob("*.toml"))
    if not paths:
        problems.append(f"{folder / 'sites'}: no site; write one as sites/NAME.toml")
    sites = []
    for path in paths:
        try:
            sites.append(_load_site(path, defaults))
        except ConfigError as error:
            problems += error.problems
    if problems:
        raise ConfigError(problems)
    base = folder.resolve().parent
    store = settings.store
    if not urls.is_postgres_url(store):
        store = str(base / store)
    folder_out = str(out or base / settings.out)
    return replace(settings, out=folder_out, store=store), tuple(sites)


def load_settings(folder: Path) -> Settings:
    """Return the settings of a folder that may have no sites yet, or not be there at all.

    Paths are as they are written. Raises ConfigError.
    """
    path = folder / "feedmaker.toml"
    return checked(Settings, _read_toml(path), path)


def is_slug(text: str) -> bool:
    """Whether a site may be called so."""
    return bool(re.fullmatch(SLUG, text)) and text not in _RESERVED


def schema_text(kind: type) -> str:
    """Return the JSON Schema (draft 2020-12) of the file that is read into `kind`.

    The same types give the same text.
    """
    schema = adapter(kind).json_schema()
    for table in (schema, *schema["$defs"].values()):
        for key in table["properties"].values():
            key.pop("title", None)  # pydantic's, the key once more
    if kind is Site:
        del schema["properties"]["slug"]
        schema["required"].remove("slug")
    dialect = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    return json.dumps(dialect | schema, ensure_ascii=False, indent=2) + "\n"


def write_schemas(folder: Path) -> list[Path]:
    """Write the schemas into a configuration folder; return the files that have changed.

    Editors that know the `#:schema` comment (Taplo, Even Better TOML) complete and explain keys
    with them.
    """
    written = []
    for name, kind in SCHEMAS.items():
        path = folder / name
        text = schema_text(kind)
        if not path.exists() or path.read_text("utf-8") != text:
            path.write_text(text, "utf-8")
            written.append(path)
    return written


# ---- Files


def _read_toml(path: Path) -> Table:
    """Return what a file holds, nothing where there is none. Raises ConfigError."""
    try:
        table = tomllib.loads(path.read_text("utf-8-sig"))
        from_json(json.dumps(table, default=str))  # the way that `_checked` goes
    except FileNotFoundError:
        return {}
    except tomllib.TOMLDecodeError as error:
        problem = f"not TOML: {error}"
    except UnicodeDecodeError as error:
        problem = f"not UTF-8 (byte {error.start}); save it as UTF-8"
    except OSError as error:
        problem = f"cannot be read: {error.strerror}"
    except (ValueError, RecursionError):
        problem = (
            "cannot be read: a number is too long, or tables or lists lie too deep in each other"
        )
    else:
        return table
    raise ConfigError([f"{path}: {problem}"])


def _load_site(path: Path, defaults: Table) -> Site:
    table = _with_defaults(_read_toml(path), defaults)
    slug = path.stem
    problems: list[str] = []
    if "slug" in table:
        problems.append(f"{path}: slug: a site is named by its file's name; take the key out")
    if not is_slug(slug):
        problems.append(
            f"{path}: the file's name: is {slug!r}; expected a-z, 0-9 and hyphens, "
            "and no name of feedmaker's own in `out`; choose another"
        )
        slug = "unnamed"  # so that the rest is checked
    try:
        site = checked(Site, table | {"slug": slug}, path)
    except ConfigError as error:
        problems += error.problems
    if problems:
        raise ConfigError(problems)
    return site


def _with_defaults(site: Table, defaults: Table) -> Table:
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
