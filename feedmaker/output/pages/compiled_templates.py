"""The page templates as compiled code, kept in the user's cache folder.

To compile them takes 772 million instructions, some 130 ms, and each run that has news needs them;
to load what is kept takes 5 million. Kept code is run, so the folder must be the user's alone.
"""

from __future__ import annotations

import marshal
import os
import stat
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Final

import jinja2
from jinja2.bccache import bc_magic

from feedmaker.files import write_file
from feedmaker.model.errors import PublishError

if TYPE_CHECKING:
    from jinja2.bccache import Bucket

_OTHERS_WRITE: Final = stat.S_IWGRP | stat.S_IWOTH


def open_template_cache() -> CompiledTemplates | None:
    """Return the cache, in a folder of the user's (XDG Base Directory Specification, 0.8).

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
            return CompiledTemplates(folder)
    return None


class CompiledTemplates(jinja2.BytecodeCache):
    """Keeps each template's code in a file; what cannot be read or written is compiled anew.

    (Jinja's own cache of files reads pickles.)
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def load_bytecode(self, bucket: Bucket) -> None:
        """Read the code of a template, where it is kept for this Python and this Jinja."""
        with suppress(OSError, EOFError, ValueError, TypeError):
            made_with, _, code = (self._folder / bucket.key).read_bytes().partition(b"\n")
            if made_with == _made_with(bucket, code):
                bucket.code = marshal.loads(code)  # noqa: S302 - only the user may write it

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code of a template, where that can be."""
        with suppress(PublishError):
            code = marshal.dumps(bucket.code)
            write_file(self._folder / bucket.key, _made_with(bucket, code) + b"\n" + code)


def _made_with(bucket: Bucket, code: bytes) -> bytes:
    """Return what code was made with, Python, Jinja and the template, and its own digest."""
    made_with = f"{bc_magic.hex()} {jinja2.__version__} {bucket.checksum}"
    return f"{made_with} {sha256(code).hexdigest()}".encode()
