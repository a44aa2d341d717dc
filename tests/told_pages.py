"""Print the story and the links that feedmaker finds in each page of some folders, a line each.

    python tests/told_pages.py [--pure] FOLDER ...

With --pure, modules that are compiled are read from their sources all the same.
"""

from __future__ import annotations

import argparse
import gzip
import importlib
import sys
from datetime import UTC, datetime
from importlib.machinery import SOURCE_SUFFIXES, FileFinder, SourceFileLoader
from pathlib import Path
from typing import Any

NOW = datetime(2026, 11, 30, tzinfo=UTC)
_find_sources = FileFinder.path_hook((SourceFileLoader, SOURCE_SUFFIXES))


def find_feedmaker_by_source(folder: str) -> Any:
    """A path hook that finds sources alone, in feedmaker's folders."""
    if "feedmaker" in Path(folder).parts and Path(folder, "__init__.py").exists():
        return _find_sources(folder)
    raise ImportError


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--pure", action="store_true")
    parser.add_argument("folders", nargs="+", type=Path)
    args = parser.parse_args()
    if args.pure:
        sys.path_hooks.insert(0, find_feedmaker_by_source)
    feedmaker = importlib.import_module("feedmaker")
    for path in sorted(path for folder in args.folders for path in folder.rglob("*.html*")):
        page = path.read_bytes()
        if path.suffix == ".gz":
            page = gzip.decompress(page)
        try:
            print(path, feedmaker.extract(page, "https://news.example/a/1", now=NOW))
        except feedmaker.ExtractError as error:
            print(path, error, error.teaser)
        print(path, feedmaker.find_links(page, "https://news.example/a", now=NOW))
    print(Path(importlib.import_module("feedmaker.html.blocks").__file__).suffix)


if __name__ == "__main__":
    main()
