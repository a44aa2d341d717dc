"""Folders made with modes of our own, whatever the umask: cron's may be any."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def make(folder: Path, mode: int) -> None:
    """Make a folder, and those above it, where they are missing, each of `mode`; what is there is left as it is.

    Bits that the folder above hands down (set-group-ID) stay. Raises OSError.
    """
    if folder.is_dir():
        return
    make(folder.parent, mode)
    folder.mkdir(mode, exist_ok=True)
    folder.chmod(folder.stat().st_mode | mode)  # what the umask took
