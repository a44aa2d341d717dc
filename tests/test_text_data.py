"""Months, places and labels as data: complete, without contradictions, and folded as they should."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from feedmaker.text.arabic import fold
from feedmaker.text.label_tables import label_tables
from feedmaker.text.label_words import LABELS
from feedmaker.text.months import (
    ENGLISH_MONTHS,
    GERMAN_MONTHS,
    GREGORIAN_MONTHS,
    HIJRI_MONTHS,
    SOLAR_MONTHS,
    STANDARD_ARABIC_MONTHS,
)
from feedmaker.text.places import DATELINE_CITIES, PLACES_OF_ZONES
from feedmaker.text.word_matching import are_one


@pytest.mark.parametrize("table", [GREGORIAN_MONTHS, HIJRI_MONTHS, SOLAR_MONTHS])
def test_each_line_has_twelve_months(table: str) -> None:
    """A name that is missing would move all after it to another month."""
    lines = [line.split() for line in table.splitlines() if line]
    assert {len(line) for line in lines} == {12}


@pytest.mark.parametrize("names", [STANDARD_ARABIC_MONTHS, ENGLISH_MONTHS, GERMAN_MONTHS])
def test_months_used_alone_are_of_the_table(names: tuple[str, ...]) -> None:
    """The lists that others use are lines of the table that dates are read by."""
    assert len(names) == 12
    assert list(names) in [line.split() for line in GREGORIAN_MONTHS.splitlines()]


@pytest.mark.parametrize(
    ("word", "other", "same"),
    [
        ("يوليو", "يوليوز", True),
        ("غشت", "اب", True),
        ("دجنبر", "كانون", True),
        ("مارس", "ابريل", False),
        ("شتنبر", "اكتوبر", False),
    ],
)
def test_months_of_countries_are_one(word: str, other: str, *, same: bool) -> None:
    """A month has other names in Morocco, Egypt and the Levant."""
    assert are_one(word, other) is same


def test_places_are_in_one_zone() -> None:
    """All zones exist, and no place stands in two."""
    seen: dict[str, str] = {}
    for zone, places in PLACES_OF_ZONES.items():
        assert ZoneInfo(zone).key == zone
        for place in places:
            assert seen.setdefault(fold(place), zone) == zone


def test_tables_hold_each_phrase_folded() -> None:
    """All words are folded in one call, with signs as digits, and come apart as they were."""
    tables = label_tables()
    assert tables.cities == {fold(city) for city in DATELINE_CITIES}
    assert set(tables.kinds.values()) == set(LABELS)
    assert {fold(phrase) for phrase in tables.kinds} == set(tables.kinds)
    assert tables.kinds["تسجيل الدخول"] == "login"
    assert tables.kinds["read more"] == "read-more"
    assert "reuters" in tables.agencies
    assert "وليد" in tables.waw_names
    assert tables.doubtful_bylines <= tables.bylines
