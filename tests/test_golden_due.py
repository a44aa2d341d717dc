"""Golden pages that are not read rightly yet: each names the issue that will mend it.

A case that begins to pass fails here: take `due` out of its `expected.json`.
"""

from __future__ import annotations

import pytest
from golden_cases import Case, find_faults, load_cases


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(
            case,
            id=case.name,
            marks=pytest.mark.xfail(reason=case.due, raises=AssertionError, strict=True),
        )
        for case in load_cases()
        if case.due
    ],
)
def test_golden_due(case: Case):
    """The page does not give what its folder says, until the issue is done."""
    assert find_faults(case) == []
