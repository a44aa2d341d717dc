"""Change one operator or constant of a decision module at a time, and see whether a test notices.

    python tests/bench/mutants.py                  a sample of about 60 changes; exit 1 where more
                                                   than one in ten of them survive
    python tests/bench/mutants.py --all schedule   all changes of the modules with this in the name

A change is one of these: a comparison becomes its neighbour (`<` and `<=`, `==` and `!=`, `in` and
`not in`), `and` becomes `or`, `not` goes, `+` becomes `-` and `*` becomes `/`, a boolean turns
round, an integer grows by one and another number by a tenth. The sample is the same as long as the
lines are: a change is chosen by the hash of what it does, not by where it stands.

Each change is made in a copy of the package; the tests of its module run against that copy and
stop at the first failure. A change that no test can notice, since nothing behaves differently,
belongs to EQUIVALENT with the reason.
"""

from __future__ import annotations

import argparse
import ast
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import Queue
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
# The decision modules and the tests that must notice what changes in them.
MODULES = {
    "feedmaker/policy/schedule.py": ("test_schedule.py",),
    "feedmaker/policy/quarantine.py": ("test_schedule.py", "test_quarantine.py"),
    "feedmaker/policy/near_duplicates.py": ("test_near_duplicates.py",),
    "feedmaker/text/labels.py": ("test_labels.py",),
    "feedmaker/text/urls.py": ("test_urls.py",),
    "feedmaker/article/body/post_filters.py": ("test_extract.py", "test_golden.py"),
}
# Module, change as it is printed, and why no test can notice it.
EQUIVALENT: dict[tuple[str, str], str] = {}
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


def prepare_copy(folder: Path) -> Path:
    """Make a copy of the package, with the tests beside it as a link."""
    folder.mkdir()
    shutil.copytree(ROOT / "feedmaker", folder / "feedmaker")
    for name in ("tests", "pyproject.toml", "README.md", "config"):
        (folder / name).symlink_to(ROOT / name)
    return folder


def passes(folder: Path, module: str) -> bool:
    """Whether the tests of a module pass against the copy of the package in a folder."""
    tests = [f"tests/{name}" for name in MODULES[module]]
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *tests]
    environment = os.environ | {"PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        done = subprocess.run(
            command,
            cwd=folder,
            env=environment,
            capture_output=True,
            timeout=PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0


def survives(mutant: Mutant, folders: Queue[Path]) -> bool:
    """Whether no test notices a change."""
    folder = folders.get()
    path = folder / mutant.module
    original = path.read_text(encoding="utf-8")
    try:
        path.write_text(mutant.source, encoding="utf-8")
        return passes(folder, mutant.module)
    finally:
        path.write_text(original, encoding="utf-8")
        folders.put(folder)


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
    with tempfile.TemporaryDirectory() as scratch, ThreadPoolExecutor(AT_ONCE) as pool:
        folders: Queue[Path] = Queue()
        for number in range(AT_ONCE):
            folders.put(prepare_copy(Path(scratch, str(number))))
        whole = prepare_copy(Path(scratch, "unchanged"))
        for module, passed in zip(
            wanted, pool.map(lambda m: passes(whole, m), wanted), strict=True
        ):
            if not passed:
                print(f"{module}: its tests fail without any change")
                return 2
        results = pool.map(lambda mutant: survives(mutant, folders), chosen)
        surviving = []
        for mutant, survived in zip(chosen, results, strict=True):
            if survived:
                surviving.append(mutant)
                print(f"{mutant.module}:{mutant.line}: {mutant.change}", flush=True)
    print(f"{len(surviving)} of {len(chosen)} changes survive; {ALLOWED:.0%} may")
    return int(len(surviving) > ALLOWED * len(chosen))


if __name__ == "__main__":
    sys.exit(main())
