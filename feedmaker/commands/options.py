"""Options that several commands share."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from feedmaker.model import Settings, Site

config_option = click.option(
    "--config",
    "config",
    type=click.Path(path_type=Path),
    default=Path("config"),
    show_default=True,
    help="Folder with feedmaker.toml and sites/*.toml.",
)
out_option = click.option(
    "--out", type=click.Path(path_type=Path), help="Folder to write to, instead of what the configuration says."
)


def load(config: Path, out: Path | None = None) -> tuple[Settings, tuple[Site, ...]]:
    """The configuration, with `out` where the command line gives it. Raises ConfigError."""
    from feedmaker import config as configuration

    settings, sites = configuration.load(config)
    return (replace(settings, out=str(out)) if out else settings), sites
