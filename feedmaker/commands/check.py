"""`feedmaker check`: whether the configuration is right."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from feedmaker.commands.options import config_option, load

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@config_option
def check(config: Path) -> None:
    """Read the configuration and name every problem in it, with file and key. Nothing is fetched."""
    settings, sites = load(config)
    for line in advice(settings.base_url, settings.contact):
        click.echo(f"{config / 'feedmaker.toml'}: {line}")
    sections = sum(len(site.sections) for site in sites)
    click.echo(f"The configuration is right: {len(sites)} sites, {sections} sections.")


def advice(base_url: str, contact: str) -> list[str]:
    """What is not wrong and should be there all the same."""
    lines = []
    if not base_url:
        lines.append("base_url: not set; feeds are written without a self link, and the OPML with relative addresses")
    if not contact:
        lines.append("contact: not set; site owners who see your requests cannot reach you")
    return lines
