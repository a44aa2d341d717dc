"""Bytes -> file, whole or not at all: readers of `out/` find the last good file or the new one."""

from __future__ import annotations

import errno
import fcntl
import os
import stat
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from feedmaker.model.errors import PublishError
from feedmaker.text.sayings import Saying, placed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

# Whatever the umask: all may read what is in `out/`, a web server among them, and nobody else may
# write it.
_FILE, _FOLDER = 0o644, 0o755
_OTHERS_WRITE = stat.S_IWGRP | stat.S_IWOTH
_NO_LINK = os.O_NOFOLLOW | os.O_NONBLOCK
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


def open_cache_folder() -> Path | None:
    """Return a folder of the user's to keep things in (XDG Base Directory Specification, 0.8).

    None where there is no such folder, or others may write to it.
    """
    if not hasattr(os, "geteuid"):
        return None
    with suppress(OSError, RuntimeError):  # no home
        folder = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "feedmaker"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        found = folder.lstat()
        is_own = stat.S_ISDIR(found.st_mode) and found.st_uid == os.geteuid()
        if is_own and not found.st_mode & _OTHERS_WRITE:
            return folder
    return None


def write_file(path: Path, data: bytes, mode: int = _FILE) -> bool:
    """Make `data` the content of the file at `path`. Return whether that was needed.

    The same bytes leave it untouched. Others go to a temporary file in the same folder, which is
    synced and renamed over `path` (POSIX rename is atomic), so that neither a kill nor a power cut
    can leave half a file. Missing folders are made. What an earlier, killed write of the same file
    left is removed, but not what another run is writing. Raises PublishError.
    """
    try:
        if _holds(path, data):
            return False
        make_folder(path.parent, _FOLDER)
        prefix = f".{path.name}.tmp-"
        _remove_leftovers(path.parent, prefix)
        _replace(path, prefix, data, mode)
    except OSError as error:
        raise _publish_error(path, error) from error
    return True


def read_note(path: Path) -> str:
    """Return what the note at `path` says files were made with; "" where there is none.

    A link in its place is none, and nothing else that is no file keeps anybody waiting.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | _NO_LINK)
        with os.fdopen(descriptor, encoding="utf-8") as file:
            return file.read()
    except (OSError, UnicodeDecodeError):
        return ""


def write_note(path: Path, made: str, files: Mapping[Path, bytes]) -> None:
    """Note at `path` what `files`, just written, were made with.

    There is no note where another program writes to the same folder: one that was slower, with
    older stories, may have written last. Without a note the files are made again. A note that a
    crash lost or cut does no more harm. A link in its place is replaced, and what it leads to left
    alone. Raises PublishError.
    """
    try:
        if path.is_symlink():
            path.unlink()
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | _NO_LINK, _FILE)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            os.fchmod(descriptor, _FILE)  # the umask took some of it
            file.write(made)
        if not all(_holds(file, data) for file, data in files.items()):
            path.unlink(missing_ok=True)
    except OSError as error:
        raise _publish_error(path, error) from error


@contextmanager
def only_writer(folder: Path) -> Iterator[None]:
    """Hold a folder while a file in it is read, changed and written back.

    Of two that do so at once, one would lose what the other wrote. A file system without locks
    holds nothing. Raises OSError where there is no such folder.
    """
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def make_folder(folder: Path, mode: int) -> None:
    """Make a folder, and those above it, where they are missing, each with `mode`.

    A folder that is there is left as it is. Bits that the folder above hands down (set-group-ID)
    stay. Raises OSError.
    """
    if folder.is_dir():
        return
    make_folder(folder.parent, mode)
    folder.mkdir(mode, exist_ok=True)
    folder.chmod(folder.stat().st_mode | mode)  # what the umask took


def _publish_error(path: Path, error: OSError) -> PublishError:
    reason = error.strerror or str(error)
    problem = Saying("cannot be written: {why}", why=reason)
    if remedy := _REMEDIES.get(error.errno or 0):
        problem = Saying("{problem}; {remedy}", problem=problem, remedy=Saying(remedy))
    return PublishError(placed(path, problem))


def _holds(path: Path, data: bytes) -> bool:
    try:
        return path.stat().st_size == len(data) and path.read_bytes() == data
    except FileNotFoundError:
        return False


def _remove_leftovers(folder: Path, prefix: str) -> None:
    """Remove the temporary files that killed writes left.

    What another run is writing is locked and stays; so does what another user left.
    """
    for entry in folder.iterdir():
        if not entry.name.startswith(prefix):
            continue
        with suppress(FileNotFoundError, PermissionError), entry.open("r+b") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                continue
            except OSError:
                pass  # a file system without locks
            entry.unlink()


def _replace(path: Path, prefix: str, data: bytes, mode: int) -> None:
    temporary, descriptor = path, -1
    while descriptor < 0:
        temporary = path.with_name(f"{prefix}{os.urandom(4).hex()}")
        opened = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
        with suppress(OSError):  # a file system without locks
            fcntl.flock(opened, fcntl.LOCK_EX)
        if temporary.exists():
            descriptor = opened
        else:  # another run removed it in the moment before it was locked
            os.close(opened)
    try:
        with os.fdopen(descriptor, "wb") as file:
            os.fchmod(descriptor, mode)  # the umask took some of it
            file.write(data)
            file.flush()
            os.fsync(descriptor)
            temporary.replace(path)  # while it is locked
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    # The rename is to last too. Some network file systems cannot sync a folder, and see to it
    # themselves.
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):
            raise
    finally:
        os.close(folder)
