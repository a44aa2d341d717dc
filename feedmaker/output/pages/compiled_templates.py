"""The page templates as compiled code, kept in the user's cache folder.

To compile them takes 772 million instructions, some 130 ms, and each run that has news needs them;
to load what is kept takes 5 million. Kept code is run, so the folder must be the user's alone.
"""

from __future__ import annotations

import marshal
from contextlib import suppress
from hashlib import sha256
from typing import TYPE_CHECKING

import jinja2
from jinja2.bccache import bc_magic

from feedmaker.files import open_cache_folder, write_file
from feedmaker.model.errors import PublishError

if TYPE_CHECKING:
    from pathlib import Path

    from jinja2.bccache import Bucket


def open_template_cache() -> CompiledTemplates | None:
    """Return the cache; None where there is no folder for it."""
    folder = open_cache_folder()
    return CompiledTemplates(folder) if folder else None


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
