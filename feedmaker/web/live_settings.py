"""What the server takes from feedmaker.toml, read again where the file changes."""

from __future__ import annotations

import logging
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

from feedmaker import config
from feedmaker.model.errors import ConfigError
from feedmaker.web.host_names import allowed_names

if TYPE_CHECKING:
    from feedmaker.model import Settings

_log = logging.getLogger(__name__)
# Seconds between two looks at the file.
_LOOK_EVERY: Final = 2.0


class LiveSettings:
    """The settings, and what follows from them; a mistake in the file leaves the last good ones.

    Raises ConfigError where they are wrong from the start.
    """

    def __init__(
        self, folder: Path, out: Path | None, bound: str, host_names: tuple[str, ...]
    ) -> None:
        self._folder = folder
        self._replaced_out = out
        self._bound = bound
        self._host_names = host_names
        self._looked_at = time.monotonic()
        self._changed = self._last_change()
        self._take(config.load_settings_in_place(folder, out))

    def _last_change(self) -> int:
        try:
            return (self._folder / "feedmaker.toml").stat().st_mtime_ns
        except OSError:
            return 0

    def _take(self, settings: Settings) -> None:
        self._settings = settings
        self._out = Path(settings.out)
        self._names = allowed_names(self._bound, settings.base_url, self._host_names)

    def _refresh(self) -> None:
        now = time.monotonic()
        if now - self._looked_at < _LOOK_EVERY:
            return
        self._looked_at = now
        changed = self._last_change()
        if changed == self._changed:
            return
        self._changed = changed
        try:
            self._take(config.load_settings_in_place(self._folder, self._replaced_out))
        except ConfigError as error:
            _log.error("configuration not read again, the last good one holds: %s", error)

    @property
    def settings(self) -> Settings:
        """The settings, with their paths from the folder that holds the configuration."""
        self._refresh()
        return self._settings

    @property
    def out(self) -> Path:
        """The folder that is served."""
        self._refresh()
        return self._out

    @property
    def host_names(self) -> frozenset[str]:
        """The names that the server answers to."""
        self._refresh()
        return self._names
