"""What the web app is given: where things are, and who may do what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from pathlib import Path


class Builds(Protocol):
    """The builds that run beside the server."""

    def request(self, site: str, section: str = "") -> None:
        """Ask for a build of a section now, or of all sections of a site; nobody waits for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AppContext:
    """What the web app works on.

    `configuration` is the folder with feedmaker.toml and sites/, `out` the one that is served.
    `allow_private` are hosts whose private addresses may be fetched, as the person said who started
    the server. `is_open` says that no password is asked for.
    """

    configuration: Path
    out: Path
    builds: Builds
    allow_private: frozenset[str] = frozenset()
    is_open: bool = True
