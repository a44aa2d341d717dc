"""Golden pages: a folder in `tests/golden` is a case, and adding a folder adds a test.

`golden_cases.py` says what a case holds. `feedmaker explain PAGE --record tests/golden/NAME` writes
one with `reviewed` false: it fails until somebody has compared it with the page and taken that out.
"""

from __future__ import annotations

import pytest
from golden_cases import Case, find_faults, load_cases

CASES = [case for case in load_cases() if not case.due]


def test_there_are_golden_cases():
    """The folder is found: the test below is not passing for want of cases."""
    assert len(CASES) >= 80


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_golden(case: Case):
    """A page gives what its folder says."""
    assert find_faults(case) == []


def test_a_case_that_nobody_has_reviewed_fails():
    """What the extractor said of a page is no gold until a person has compared the two."""
    recorded = Case(CASES[0].name, CASES[0].page, {**CASES[0].expected, "reviewed": False})
    assert "by hand" in find_faults(recorded)[0]
