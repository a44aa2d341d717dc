"""Compile the modules that cost most, where a compiled wheel is asked for.

`make wheel COMPILED=1` sets `FEEDMAKER_COMPILED`. Without it the wheel has Python alone. The
modules stay in a compiled wheel as sources too, for tracebacks; Python imports the compiled ones
before them.
"""

from __future__ import annotations

import os
from contextlib import chdir
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

# C may otherwise round a product and a sum at once where the processor can, and Python does not.
_SAME_FLOATS = "-ffp-contract=off"


class CompiledModules(BuildHookInterface[Any]):
    """Adds libraries to a wheel: the option `modules` in pyproject.toml, compiled by mypyc."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile, and have the wheel named for this Python and this system."""
        if version != "standard" or os.environ.get("FEEDMAKER_COMPILED", "0") in ("", "0"):
            return
        # In a folder of its own: beside the sources the libraries would be imported from then on.
        self._folder = TemporaryDirectory()
        libraries = Path(self._folder.name, "libraries")
        with chdir(self.root):
            self._compile(libraries)
        build_data["force_include"] |= {
            str(path): path.relative_to(libraries).as_posix() for path in libraries.rglob("*.so")
        }
        build_data["pure_python"] = False
        build_data["infer_tag"] = True

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:  # noqa: ARG002
        """Remove what is in the wheel by now."""
        if build_data["infer_tag"]:
            self._folder.cleanup()

    def _compile(self, libraries: Path) -> None:
        """Write the libraries of all modules, in folders as the packages'."""
        from mypyc.build import mypycify
        from setuptools import Distribution
        from setuptools.command.build_ext import build_ext

        modules = [str(path) for one in self.config["modules"] for path in sorted(Path().glob(one))]
        extensions = mypycify(
            modules,
            opt_level="1",
            debug_level="0",
            target_dir=str(libraries.with_name("sources")),
            group_name="feedmaker",
        )
        for extension in extensions:
            extension.extra_compile_args = [*extension.extra_compile_args, _SAME_FLOATS]
        command = build_ext(Distribution({"name": "feedmaker", "ext_modules": extensions}))
        command.build_lib = str(libraries)
        command.build_temp = str(libraries.with_name("objects"))
        command.parallel = True
        command.ensure_finalized()
        command.run()
