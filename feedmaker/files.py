"""Bytes -> file, whole or not at all: whoever reads `out/` at any moment finds the last good file
or the new one.
"""

from __future__ import annotations

import errno
import fcntl
import os
from contextlib import suppress
from typing import TYPE_CHECKING
from uuid import uuid4

from feedmaker.model.errors import PublishError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

# What is in `out/` is for all to read, a web server among them, and for nobody else to write;
# whatever the umask.
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


def write_file(path: Path, data: bytes) -> bool:
    """Make `data` the content of the file at `path`; whether that was needed. The same bytes leave
    it untouched.

    The bytes go to a temporary file in the same folder, which is synced and renamed over `path`
    (POSIX rename is atomic), so that neither a kill nor a power cut can leave half a file. Folders
    are made where missing, and what an earlier, killed write of the same file left is removed, but
    not what another run is writing. Raises PublishError.
    """
    try:
        if _holds(path, data):
            return False
        make_folder(path.parent, _FOLDER)
        _remove_leftovers(path)
        _replace(path, data)
    except OSError as error:
        raise _told(path, error) from error
    return True


def read_note(path: Path) -> str:
    """What the note at `path` says files were made with; "" where there is none."""
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return ""


def write_note(path: Path, made: str, files: Mapping[Path, bytes]) -> None:
    """Note at `path` what `files`, just written, were made with, unless another program writes to
    the same folder.

    One that was slower, with older stories, may have written last: then the files are no longer
    what was made, and without a note they are made again. A note lost or cut by a crash does no
    more harm. Raises PublishError.
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
    """Remove what killed writes left; what another run is writing, which is locked, and another
    user's stays.
    """
    prefix = _temporary_prefix(path)
    for entry in path.parent.iterdir():
        if entry.name.startswith(prefix):
            with suppress(FileNotFoundError, PermissionError), entry.open("r+b") as file:
                if _lock(file.fileno(), fcntl.LOCK_NB):
                    entry.unlink()


def _lock(descriptor: int, how: int = 0) -> bool:
    """Lock an open file until it is closed, by a kill too; whether nobody else holds it."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | how)
    except BlockingIOError:
        return False
    except OSError:  # a file system without locks
        return True
    return True


def _temporary(path: Path) -> tuple[Path, int]:
    """A new temporary file beside `path`, open and locked."""
    while True:
        temporary = path.with_name(f"{_temporary_prefix(path)}{uuid4().hex[:8]}")
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _FILE)
        _lock(descriptor)
        if temporary.exists():
            return temporary, descriptor
        os.close(descriptor)  # another run removed it in the moment before it was locked


def _replace(path: Path, data: bytes) -> None:
    temporary, descriptor = _temporary(path)
    try:
        with os.fdopen(descriptor, "wb") as file:
            os.fchmod(descriptor, _FILE)  # the umask took some of it
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
            temporary.replace(path)  # while it is locked
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


def make_folder(folder: Path, mode: int) -> None:
    """Make a folder, and those above it, where they are missing, each of `mode`; what is there is
    left as it is.

    Bits that the folder above hands down (set-group-ID) stay. Raises OSError.
    """
    if folder.is_dir():
        return
    make_folder(folder.parent, mode)
    folder.mkdir(mode, exist_ok=True)
    folder.chmod(folder.stat().st_mode | mode)  # what the umask took
