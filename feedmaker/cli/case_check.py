"""What `feedmaker check` says of the golden cases that a person made by mending."""

from __future__ import annotations

import asyncio
from contextlib import closing
from typing import TYPE_CHECKING

from feedmaker import setup
from feedmaker.model.errors import ConfigError
from feedmaker.pipeline import PageProcess

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from feedmaker.model import Site


def check_cases(folder: Path, sites: Sequence[Site]) -> None:
    """Read the cases of all sites by their rules of today.

    Raises ConfigError with a line for each that is not read as it should be.
    """
    with closing(PageProcess()) as process:
        faults = asyncio.run(setup.case_faults(folder, sites, process))
    if faults:
        raise ConfigError(faults)
