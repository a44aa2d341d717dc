"""Bytes -> file, whole or not at all: whoever reads `out/` at any moment finds the last good file or the new one."""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING

from feedmaker import folders
from feedmaker.errors import PublishError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

# What is in `out/` is for all to read, a web server among them, and for nobody else to write; whatever the umask.
_FILE, _FOLDER = 0o644, 0o755
_REMEDIES = {
    errno.ENOSPC: "free some space",
    errno.EDQUOT: "free some space",
    errno.EACCES: "let this user write there, or choose another folder with --out",
    errno.EPERM: "let this user write there, or choose another folder with --out",
    errno.EROFS: "choose another folder with --out",
    errno.EISDIR: "remove the folder of that name",
    errno.ENOTDIR: "remove the file that stands where a folder must be",
    errno.EEXIST: "remove the file that stands where a folder must be",
}


def write(path: Path, data: bytes) -> bool:
    """Make `data` the content of the file at `path`; whether that was needed. The same bytes leave it untouched.

    The bytes go to a temporary file in the same folder, which is synced and renamed over `path` (POSIX rename is
    atomic), so that neither a kill nor a power cut can leave half a file. Folders are made where missing, and what an
    earlier, killed write of the same file left is removed. Raises PublishError.
    """
    try:
        if _holds(path, data):
            return False
        folders.make(path.parent, _FOLDER)
        _remove_leftovers(path)
        _replace(path, data)
    except OSError as error:
        raise _told(path, error) from error
    return True


def noted(path: Path) -> str:
    """What the note at `path` says files were made with; "" where there is none."""
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return ""


def note(path: Path, made: str, files: Mapping[Path, bytes]) -> None:
    """Note at `path` what `files`, just written, were made with, unless another program writes to the same folder.

    One that was slower, with older stories, may have written last: then the files are no longer what was made, and
    without a note they are made again. A note lost or cut by a crash does no more harm. Raises PublishError.
    """
    try:
        path.write_text(made, "utf-8")
        path.chmod(_FILE)
        if not all(_holds(file, data) for file, data in files.items()):
            path.unlink(missing_ok=True)
    except OSError as error:
        raise _told(path, error) from error


def _told(path: Path, error: OSError) -> PublishError:
    remedy = _REMEDIES.get(error.errno or 0, "")
    reason = error.strerror or str(error)
    return PublishError(f"{path}: cannot be written: {reason}" + (f"; {remedy}" if remedy else ""))


def _holds(path: Path, data: bytes) -> bool:
    try:
        return path.stat().st_size == len(data) and path.read_bytes() == data
    except FileNotFoundError:
        return False


def _temporary_prefix(path: Path) -> str:
    return f".{path.name}.tmp-"


def _remove_leftovers(path: Path) -> None:
    prefix = _temporary_prefix(path)
    for entry in path.parent.iterdir():
        if entry.name.startswith(prefix):
            entry.unlink(missing_ok=True)


def _replace(path: Path, data: bytes) -> None:
    temporary = path.with_name(f"{_temporary_prefix(path)}{os.getpid()}")
    try:
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _FILE)
        with os.fdopen(descriptor, "wb") as file:
            os.fchmod(descriptor, _FILE)  # the umask took some of it
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    """Make the rename last; some network file systems cannot, and then have their own way."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):
            raise
    finally:
        os.close(descriptor)
