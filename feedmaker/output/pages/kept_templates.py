"""Jinja templates that Python keeps compiled, as it keeps its modules.

To compile those of the pages takes 772 million instructions, some 130 ms, and each run that has
news needs them; to load what is kept takes 5 million. So a template is loaded as the source of a
module is (`importlib.machinery`): what it was compiled to stands in `__pycache__`, or under
PYTHONPYCACHEPREFIX, and is trusted as modules are. None is written with PYTHONDONTWRITEBYTECODE, or
in a folder that is another user's.
"""

from __future__ import annotations

from importlib.machinery import SourceFileLoader
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from zlib import crc32

import jinja2

from feedmaker._version import __version__

if TYPE_CHECKING:
    from collections.abc import Mapping, MutableMapping
    from types import CodeType

# The options that templates are compiled with stand there.
_OPTIONS: Final = Path(__file__).with_name("__init__.py")


class KeptTemplates(jinja2.BaseLoader):
    """Loads the templates of a folder.

    What they are compiled to may depend on no language: one is kept for all.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def load(
        self,
        environment: jinja2.Environment,
        name: str,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002 - Jinja's name
    ) -> jinja2.Template:
        """Return a template. Raises TemplateNotFound."""
        path = self._folder / name
        if not path.is_file():
            raise jinja2.TemplateNotFound(name)
        code = _Source(environment, name, path).get_code(name)
        assert code is not None, "a file has code"
        return environment.template_class.from_code(environment, code, globals or {})


class _Source(SourceFileLoader):
    """A template's file, as the source of a module."""

    def __init__(self, environment: jinja2.Environment, name: str, path: Path) -> None:
        super().__init__(name, str(path))
        self._environment = environment

    def path_stats(self, path: str) -> Mapping[str, Any]:
        """Return what must be the same for a kept code to be taken: 32 bits, and the size."""
        changed = [Path(file).stat().st_mtime_ns for file in (path, _OPTIONS)]
        made_with = f"{changed} {__version__} {jinja2.__version__}"
        return {"mtime": crc32(made_with.encode()), "size": Path(path).stat().st_size}

    def source_to_code(self, data: Any, path: Any) -> CodeType:  # type: ignore[override]
        """Compile the template."""
        return self._environment.compile(data.decode(), self.name, path)
