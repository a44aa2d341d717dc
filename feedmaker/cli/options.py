"""Options that several commands share."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from feedmaker import config

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from feedmaker.model import Settings, Site


def add_config(parser: ArgumentParser) -> None:
    """Add `--config`."""
    text = "folder with feedmaker.toml and sites/*.toml (config)"
    parser.add_argument("--config", type=Path, default=Path("config"), metavar="FOLDER", help=text)


def add_out(parser: ArgumentParser) -> None:
    """Add `--out`."""
    text = "folder to write to, instead of what the configuration says"
    parser.add_argument("--out", type=Path, metavar="FOLDER", help=text)


def add_log(parser: ArgumentParser) -> None:
    """Add `--log`."""
    text = "how to log to standard error: text, or json with an object a line"
    parser.add_argument("--log", choices=("text", "json"), default="text", help=text)


def load(folder: Path, out: Path | None = None) -> tuple[Settings, tuple[Site, ...]]:
    """Load the configuration, with `out` where the command line gives it. Raises ConfigError."""
    settings, sites = config.load(folder)
    return (replace(settings, out=str(out)) if out else settings), sites
