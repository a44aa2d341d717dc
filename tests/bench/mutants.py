"""Change one operator or constant of a decision module at a time, and see whether a test notices.

    python tests/bench/mutants.py                  a sample of about 60 changes; exit 1 where more
                                                   than one in ten of them survive
    python tests/bench/mutants.py --all schedule   all changes of the modules with this in the name

A change is one of these: a comparison becomes its neighbour (`<` and `<=`, `==` and `!=`, `in` and
`not in`), `and` becomes `or`, `not` goes, `+` becomes `-` and `*` becomes `/`, a boolean turns
round, an integer grows by one and another number by a tenth. The sample is the same as long as the
lines are: a change is chosen by the hash of what it does, not by where it stands.

For each change a process imports the module as changed and runs the module's tests up to the first
that fails; no file is written. A change that no test can notice, since nothing behaves differently,
belongs to EQUIVALENT with the reason.
"""

from __future__ import annotations

import argparse
import ast
import hashlib
import multiprocessing
import os
import signal
import sys
from dataclasses import dataclass
from importlib.abc import MetaPathFinder
from importlib.machinery import SourceFileLoader
from importlib.util import spec_from_loader
from pathlib import Path
from typing import TYPE_CHECKING

# Imported once here, and so not once for each change.
import feedparser  # noqa: F401
import httpx  # noqa: F401
import hypothesis  # noqa: F401
import lxml.html  # noqa: F401
import nh3  # noqa: F401
import pydantic  # noqa: F401
import pytest
import selectolax.lexbor  # noqa: F401

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import CodeType

ROOT = Path(__file__).resolve().parents[2]
# The decision modules and the tests that must notice what changes in them.
MODULES = {
    "feedmaker/policy/selection.py": ("test_schedule_limits.py", "test_schedule.py"),
    "feedmaker/policy/schedule.py": ("test_schedule_limits.py", "test_schedule.py"),
    "feedmaker/policy/quarantine.py": ("test_quarantine_limits.py", "test_quarantine.py"),
    "feedmaker/policy/near_duplicates.py": (
        "test_near_duplicates_limits.py",
        "test_near_duplicates.py",
    ),
    "feedmaker/text/labels.py": ("test_labels_limits.py", "test_labels.py"),
    "feedmaker/text/urls.py": ("test_urls.py",),
    "feedmaker/article/body/post_filters.py": (
        "test_post_filters.py",
        "test_extract.py",
        "test_golden.py",
    ),
}
# Module, change as it is printed, and why no test can notice it.
EQUIVALENT = {
    (
        "feedmaker/policy/quarantine.py",
        "0 -> 1  in  return _constant_words(story.text[:60].rpartition(' ')[0])",
    ): "beginnings only choose which whole texts are compared",
    (
        "feedmaker/policy/near_duplicates.py",
        "0 -> 1  in  best = _SharedRun(here, 0, 0)",
    ): "a run without a match is shorter than a shingle with either number",
    (
        "feedmaker/article/body/post_filters.py",
        "1 -> 2  in  last = -1",
    ): "the first block is never compared with it",
}
SAMPLE = 60
ALLOWED = 0.1  # the share of changes that may survive
AT_ONCE = 2
PATIENCE = 300  # seconds for the tests of one change; an endless loop counts as noticed

COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
OPERATORS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}


@dataclass(frozen=True)
class Mutant:
    """A change of a module: where it is, and what it does.

    `node` and `way` say which node of the module is changed, and which of its variants it becomes.
    """

    module: str
    line: int
    change: str
    node: int
    way: int

    @property
    def rank(self) -> str:
        """The place in the order from which the sample is taken."""
        return hashlib.sha256(f"{self.module} {self.change}".encode()).hexdigest()

    @property
    def source(self) -> str:
        """The module's source with the change."""
        tree = parse(self.module)
        node = decisions(tree)[self.node]
        return ast.unparse(Replacement(node, list(variants(node))[self.way]).visit(tree))


class Replacement(ast.NodeTransformer):
    """Puts one node in the place of another."""

    def __init__(self, old: ast.AST, new: ast.AST) -> None:
        self.old, self.new = old, new

    def visit(self, node: ast.AST) -> ast.AST:
        """Return the new node for the old one, and any other as it is."""
        return self.new if node is self.old else self.generic_visit(node)


def variants(node: ast.AST) -> Iterator[ast.AST]:
    """Return what a node may become."""
    if isinstance(node, ast.Compare):
        for place, operator in enumerate(node.ops):
            if other := COMPARISONS.get(type(operator)):
                operators = [*node.ops[:place], other(), *node.ops[place + 1 :]]
                yield ast.Compare(node.left, operators, node.comparators)
    elif isinstance(node, ast.BoolOp):
        yield ast.BoolOp(ast.Or() if isinstance(node.op, ast.And) else ast.And(), node.values)
    elif isinstance(node, ast.BinOp) and (other := OPERATORS.get(type(node.op))):
        yield ast.BinOp(node.left, other(), node.right)
    elif isinstance(node, ast.AugAssign) and (other := OPERATORS.get(type(node.op))):
        yield ast.AugAssign(node.target, other(), node.value)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield ast.UnaryOp(ast.Not(), ast.UnaryOp(ast.Not(), node.operand))
    elif isinstance(node, ast.Constant) and isinstance(node.value, bool):
        yield ast.Constant(not node.value)
    elif isinstance(node, ast.Constant) and isinstance(node.value, int):
        yield ast.Constant(node.value + 1)
    elif isinstance(node, ast.Constant) and isinstance(node.value, float):
        yield ast.Constant(round(node.value * 1.1, 6))


def skipped(node: ast.AST) -> Iterator[ast.AST | None]:
    """Return the parts of a node that are no decisions: annotations, decorators, type checking."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        yield from (node.returns, *node.decorator_list)
    elif isinstance(node, ast.ClassDef):
        yield from node.decorator_list
    elif isinstance(node, ast.arg | ast.AnnAssign):
        yield node.annotation
    elif isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
        yield node


def parse(module: str) -> ast.Module:
    """Return the tree of a module."""
    return ast.parse((ROOT / module).read_text(encoding="utf-8"))


def decisions(tree: ast.Module) -> list[ast.AST]:
    """Return the nodes of a module that may be changed."""
    outside = {
        id(inner)
        for node in ast.walk(tree)
        for part in skipped(node)
        if part is not None
        for inner in ast.walk(part)
    }
    return [node for node in ast.walk(tree) if id(node) not in outside]


def statement_lines(tree: ast.Module) -> dict[int, str]:
    """Return for the id of each node the first line of the innermost statement that it is in."""
    lines = {}
    for statement in ast.walk(tree):  # outer statements come before inner ones
        if isinstance(statement, ast.stmt):
            line = ast.unparse(statement).partition("\n")[0]
            lines |= {id(inner): line for inner in ast.walk(statement)}
    return lines


def mutants_of(module: str) -> Iterator[Mutant]:
    """Return all changes of a module but the equivalent ones."""
    tree = parse(module)
    lines = statement_lines(tree)
    for place, node in enumerate(decisions(tree)):
        for way, variant in enumerate(variants(node)):
            change = f"{ast.unparse(node)} -> {ast.unparse(variant)}  in  {lines[id(node)]}"
            if (module, change) not in EQUIVALENT:
                yield Mutant(module, node.lineno, change, place, way)


class MutantLoader(SourceFileLoader):
    """Loads a module from a source that is not the one in its file."""

    def __init__(self, name: str, path: str, source: str) -> None:
        super().__init__(name, path)
        self.source = source

    def get_code(self, fullname: str) -> CodeType:
        """Return the code of the changed module."""
        return compile(self.source, self.get_filename(fullname), "exec")


class MutantFinder(MetaPathFinder):
    """Finds one module, the changed one."""

    def __init__(self, module: str, source: str) -> None:
        self.name = module.removesuffix(".py").replace("/", ".")
        self.loader = MutantLoader(self.name, str(ROOT / module), source)

    def find_spec(self, fullname: str, path: object = None, target: object = None) -> object:
        """Return the changed module's spec, and None for any other module."""
        del path, target
        return spec_from_loader(fullname, self.loader) if fullname == self.name else None


def run_tests(module: str, source: str) -> bool:
    """Whether the tests of a module pass with another source of it; in a process of their own."""
    sys.meta_path.insert(0, MutantFinder(module, source))
    signal.signal(signal.SIGALRM, signal.default_int_handler)  # ends pytest as Ctrl-C does
    signal.alarm(PATIENCE)
    tests = [str(ROOT / "tests" / name) for name in MODULES[module]]
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        os.dup2(nowhere.fileno(), 1)
        os.dup2(nowhere.fileno(), 2)
    options = ["-x", "-q", "-p", "no:cacheprovider", "--rootdir", str(ROOT)]
    options += ["-W", "ignore::pytest.PytestAssertRewriteWarning"]  # of what is imported above
    return pytest.main([*options, *tests]) == pytest.ExitCode.OK


def survives(mutant: Mutant) -> bool:
    """Whether no test notices a change."""
    return run_tests(mutant.module, mutant.source)


def passes_unchanged(module: str) -> bool:
    """Whether the tests of a module pass as it is."""
    return run_tests(module, ast.unparse(parse(module)))


def choose(modules: list[str], count: int) -> list[Mutant]:
    """Return a sample of the changes of some modules: as many of each, if it has so many."""
    chosen: list[Mutant] = []
    for left, module in zip(range(len(modules), 0, -1), modules, strict=True):
        ranked = sorted(mutants_of(module), key=lambda mutant: mutant.rank)
        share = (count - len(chosen)) // left
        chosen += sorted(ranked[:share], key=lambda mutant: mutant.line)
    return chosen


def main(argv: list[str] | None = None) -> int:
    """Command line; the exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("modules", nargs="*", help="parts of the names of modules; none: all")
    parser.add_argument("--count", type=int, default=SAMPLE, help="how many changes")
    parser.add_argument("--all", action="store_true", help="all changes, no sample")
    args = parser.parse_args(argv)
    wanted = [
        module
        for module in MODULES
        if not args.modules or any(part in module for part in args.modules)
    ]
    chosen = choose(wanted, sys.maxsize if args.all else args.count)
    # A fork for each change: what is imported here is not imported again and again.
    with multiprocessing.get_context("fork").Pool(AT_ONCE, maxtasksperchild=1) as pool:
        for module, passed in zip(wanted, pool.imap(passes_unchanged, wanted), strict=True):
            if not passed:
                print(f"{module}: its tests fail without any change")
                return 2
        surviving = 0
        for mutant, survived in zip(chosen, pool.imap(survives, chosen), strict=True):
            if survived:
                surviving += 1
                print(f"{mutant.module}:{mutant.line}: {mutant.change}", flush=True)
    print(f"{surviving} of {len(chosen)} changes survive; {ALLOWED:.0%} may")
    return int(surviving > ALLOWED * len(chosen))


if __name__ == "__main__":
    sys.exit(main())
