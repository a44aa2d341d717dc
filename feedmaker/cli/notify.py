"""`feedmaker notify`: try who is told when a feed breaks.

Send a test by each channel of `[notify]` in feedmaker.toml, and say which of them took it. Runs
tell by themselves what breaks, recovers, heals itself or falls silent.
"""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from feedmaker.cli import tell, told
from feedmaker.config import load_settings_in_place
from feedmaker.model.errors import ConfigError

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

SHARED_OPTIONS = ("--config",)


def configure(parser: ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument(
        "--test", action="store_true", required=True, help="send a test by each channel"
    )


def run(options: Namespace) -> int:
    """Send a test, and say who took it."""
    from feedmaker.pipeline.notifications import send_test  # httpx takes 60 ms of a `--help`

    settings = load_settings_in_place(options.config)
    if not settings.notify.channels:
        file = options.config / "feedmaker.toml"
        none = "{file}: notify: names no channel: command, webhook, ntfy or mail"
        raise ConfigError([tell(none, file=file)])
    failures = asyncio.run(send_test(settings, datetime.now(UTC)))
    for channel, why in failures.items():
        result = tell("not taken: {why}", why=told(why)) if why else tell("sent")
        print(f"{channel}: {result}")
    return 1 if any(failures.values()) else 0
